//! The personal data of a group of works: checked before they are decided, gathered, written together.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{Fact, MemberId, Timestamp};
use sea_orm::ConnectionTrait;

use crate::{
    dialect::{self, Present, among, among_pairs, among_texts, int, list, nat, put, sql, storable, texts},
    entity::{account, link_token, linking_code, menu, note, person, session},
    people::{menu_row, session_place},
    person::{AccountKey, Menu, Person},
    store::Base,
    trouble::Trouble,
    vault::{Place, hex},
    work::{Done, Personal, Whose, Work},
};

/// What is to be written.
#[derive(Default)]
pub(crate) struct Batch {
    /// Accounts asked about, and whose they are.
    owners: BTreeMap<AccountKey, MemberId>,
    /// Codes that are still good.
    good_codes: BTreeSet<String>,
    persons: BTreeMap<u64, Person>,
    accounts: Vec<(AccountKey, u64, Timestamp)>,
    touched: BTreeMap<AccountKey, Timestamp>,
    states: BTreeMap<AccountKey, bool>,
    notes: Vec<(String, u64, String)>,
    tokens: Vec<(String, i64)>,
    dropped_tokens: BTreeSet<u64>,
    menus: Vec<(Menu, Timestamp)>,
    codes: BTreeMap<u64, (String, Timestamp)>,
    used_codes: Vec<String>,
    sessions: BTreeMap<AccountKey, String>,
    moves: Vec<Move>,
    erased: BTreeSet<u64>,
}

enum Move {
    One(AccountKey, u64),
    All(u64, u64),
}

impl Batch {
    /// Looks up what decides whether works can be done at all: whose accounts are, which codes are good.
    pub(crate) async fn check<'a, C: ConnectionTrait>(
        &mut self,
        db: &C,
        ledger: i64,
        works: impl Iterator<Item = &'a Work>,
    ) -> Result<(), Trouble> {
        let (mut accounts, mut codes) = (Vec::new(), Vec::new());
        for personal in works.flat_map(|work| &work.personal) {
            if let Personal::AddAccount { account, .. } = personal {
                accounts.push((account.platform.as_str(), account.address.as_str()));
            }
            if let Personal::TakeLinkingCode { code_hash } = personal {
                codes.push(hex(code_hash));
            }
        }
        if !accounts.is_empty() {
            let pairs = serde_json::to_string(&accounts)?;
            let text = format!(
                "SELECT platform, address, member_id FROM account WHERE ledger_id = $1 AND {}",
                among_pairs(db, "platform", "address", "text", 2)
            );
            for row in db
                .query_all_raw(sql(db, text, [ledger.into(), pairs.into()]))
                .await?
            {
                let key = AccountKey {
                    platform: row.try_get_by_index(0)?,
                    address: row.try_get_by_index(1)?,
                };
                self.owners.insert(key, MemberId(nat(row.try_get_by_index(2)?)));
            }
        }
        if !codes.is_empty() {
            let text = format!(
                "SELECT code_hash FROM linking_code WHERE ledger_id = $1 AND {}",
                among_texts(db, "code_hash", 2)
            );
            for row in db
                .query_all_raw(sql(db, text, [ledger.into(), texts(&codes)]))
                .await?
            {
                self.good_codes.insert(row.try_get_by_index(0)?);
            }
        }
        Ok(())
    }

    /// Whether a work can be done at all.
    pub(crate) fn allows(&self, work: &Work) -> Result<(), Trouble> {
        for personal in &work.personal {
            if let Personal::AddAccount { whose, account } = personal
                && let Some(&owner) = self.owners.get(account)
                && *whose != Whose::Member(owner)
            {
                return Err(Trouble::AccountTaken(owner));
            }
            if let Personal::TakeLinkingCode { code_hash } = personal
                && !self.good_codes.contains(&hex(code_hash))
            {
                return Err(Trouble::CodeGone);
            }
        }
        Ok(())
    }

    /// Everything of a member is erased, after everything else.
    pub(crate) fn erase(&mut self, member: MemberId) {
        self.erased.insert(member.0);
    }

    /// Takes in what goes with a work that was not refused.
    pub(crate) fn add(&mut self, work: &Work, done: &Done, at: Timestamp) -> Result<(), Trouble> {
        let registered = done.events.iter().find_map(|(_, event)| {
            let Fact::Registered { member, .. } = event.fact else {
                return None;
            };
            Some(member)
        });
        let made = done.events.iter().find_map(|(_, event)| {
            let (Fact::LinkMade { link, .. } | Fact::PersonalLinkMade { link, .. }) = event.fact else {
                return None;
            };
            Some(link)
        });
        let who = |whose: &Whose| match whose {
            Whose::Member(member) => Ok(*member),
            Whose::Registered => registered.ok_or_else(|| {
                Trouble::Fault("personal data of whom a work registers: it registers nobody".into())
            }),
        };
        for personal in &work.personal {
            match personal {
                Personal::SetPerson { whose, person } => {
                    self.persons.insert(who(whose)?.0, person.clone());
                }
                Personal::AddAccount { whose, account } => {
                    let member = who(whose)?;
                    self.owners.insert(account.clone(), member);
                    self.accounts.push((account.clone(), member.0, at));
                }
                Personal::TouchAccount { account } => {
                    self.touched.insert(account.clone(), at);
                }
                Personal::SetAccountState { account, active } => {
                    self.states.insert(account.clone(), *active);
                }
                Personal::PutNote { id, whose, text } => {
                    self.notes.push((id.to_string(), who(whose)?.0, text.clone()));
                }
                Personal::PutLinkToken { token_hash } => {
                    // Nothing to bind it to when the link was there already.
                    if let Some(link) = made {
                        self.tokens.push((hex(token_hash), int(link.0)));
                    }
                }
                Personal::ReplaceLinkToken { link, token_hash } => {
                    self.dropped_tokens.insert(link.0);
                    self.tokens.retain(|(_, other)| *other != int(link.0));
                    self.tokens.push((hex(token_hash), int(link.0)));
                }
                Personal::PutMenu(menu) => self.menus.push((menu.clone(), at)),
                Personal::PutLinkingCode {
                    member,
                    code_hash,
                    expires,
                } => {
                    self.codes.insert(member.0, (hex(code_hash), *expires));
                }
                Personal::TakeLinkingCode { code_hash } => {
                    self.good_codes.remove(&hex(code_hash));
                    self.used_codes.push(hex(code_hash));
                }
                Personal::MoveAccount { account, to } => {
                    self.owners.insert(account.clone(), *to);
                    self.moves.push(Move::One(account.clone(), to.0));
                }
                Personal::MoveAccounts { from, to } => {
                    self.owners
                        .values_mut()
                        .filter(|owner| *owner == from)
                        .for_each(|owner| *owner = *to);
                    self.moves.push(Move::All(from.0, to.0));
                }
                Personal::ErasePerson(member) => self.erase(*member),
            }
        }
        if let Some((account, body)) = &work.session {
            self.sessions.insert(account.clone(), body.clone());
        }
        Ok(())
    }

    /// Writes it all.
    pub(crate) async fn write<C: ConnectionTrait>(&mut self, db: &C, base: &Base) -> Result<(), Trouble> {
        let ledger = base.ledger;
        let whose = self
            .persons
            .keys()
            .copied()
            .chain(self.notes.iter().map(|(_, person, _)| *person));
        let whose: BTreeSet<u64> = whose.filter(|person| !self.erased.contains(person)).collect();
        if !whose.is_empty() {
            base.vault.prepare(db, whose, true).await?;
        }
        self.write_persons(db, base).await?;
        self.write_accounts(db, ledger).await?;
        self.write_secrets(db, ledger).await?;
        let mut rows = Vec::new();
        for (menu, at) in &self.menus {
            rows.push(menu_row(base, menu, *at)?);
        }
        put::<menu::Entity, _>(db, &rows, Present::Stays).await?;
        let mut rows = Vec::new();
        for (account, body) in &self.sessions {
            rows.push(session::Model {
                ledger_id: ledger,
                platform: storable(&account.platform),
                address: storable(&account.address),
                body: base.vault.seal(session_place(account), body)?,
            });
        }
        put::<session::Entity, _>(db, &rows, Present::Takes(&[])).await?;
        if !self.erased.is_empty() {
            erase(db, base, &self.erased).await?;
        }
        Ok(())
    }

    async fn write_persons<C: ConnectionTrait>(&self, db: &C, base: &Base) -> Result<(), Trouble> {
        let mut rows = Vec::new();
        for (&member, said) in self
            .persons
            .iter()
            .filter(|(member, _)| !self.erased.contains(member))
        {
            let place = Place {
                table: "person",
                column: "body",
                person: member,
                row: "",
            };
            rows.push(person::Model {
                ledger_id: base.ledger,
                member_id: int(member),
                language: storable(&said.language),
                body: base.vault.seal(place, &serde_json::to_string(said)?)?,
            });
        }
        put::<person::Entity, _>(db, &rows, Present::Takes(&[])).await?;
        let mut rows = Vec::new();
        for (id, member, text) in self
            .notes
            .iter()
            .filter(|(_, member, _)| !self.erased.contains(member))
        {
            let place = Place {
                table: "note",
                column: "text",
                person: *member,
                row: id,
            };
            let text = base.vault.seal(place, text)?;
            rows.push(note::Model {
                ledger_id: base.ledger,
                id: id.clone(),
                member_id: int(*member),
                text,
            });
        }
        put::<note::Entity, _>(db, &rows, Present::Stays).await?;
        Ok(())
    }

    async fn write_accounts<C: ConnectionTrait>(&self, db: &C, ledger: i64) -> Result<(), Trouble> {
        let rows: Vec<_> = self
            .accounts
            .iter()
            .map(|(account, member, at)| account::Model {
                ledger_id: ledger,
                platform: storable(&account.platform),
                address: storable(&account.address),
                member_id: int(*member),
                created: at.seconds(),
                last_used: at.seconds(),
                state: 0,
            })
            .collect();
        put::<account::Entity, _>(db, &rows, Present::Stays).await?;
        let of = |pairs: Vec<(&str, &str)>| serde_json::to_string(&pairs);
        let pair = |account: &'_ AccountKey| (storable(&account.platform), storable(&account.address));
        if let Some(latest) = self.touched.values().max() {
            let pairs: Vec<_> = self.touched.keys().map(pair).collect();
            let among = among_pairs(db, "platform", "address", "text", 3);
            let text = format!(
                "UPDATE account SET state = 0, last_used = CASE WHEN last_used > $2 THEN last_used ELSE $2 END \
                 WHERE ledger_id = $1 AND {among}"
            );
            let pairs = of(pairs
                .iter()
                .map(|(one, other)| (one.as_str(), other.as_str()))
                .collect())?;
            db.execute_raw(sql(
                db,
                text,
                [ledger.into(), latest.seconds().into(), pairs.into()],
            ))
            .await?;
        }
        for (account, active) in &self.states {
            let text =
                "UPDATE account SET state = $2 WHERE ledger_id = $1 AND platform = $3 AND address = $4";
            let (platform, address) = pair(account);
            let values = [
                ledger.into(),
                i64::from(!active).into(),
                platform.into(),
                address.into(),
            ];
            db.execute_raw(sql(db, text, values)).await?;
        }
        for moved in &self.moves {
            let statement = match moved {
                Move::One(account, to) => {
                    let (platform, address) = pair(account);
                    let text = "UPDATE account SET member_id = $2 WHERE ledger_id = $1 AND platform = $3 AND address = $4";
                    sql(
                        db,
                        text,
                        [ledger.into(), int(*to).into(), platform.into(), address.into()],
                    )
                }
                Move::All(from, to) => {
                    let text = "UPDATE account SET member_id = $2 WHERE ledger_id = $1 AND member_id = $3";
                    sql(db, text, [ledger.into(), int(*to).into(), int(*from).into()])
                }
            };
            db.execute_raw(statement).await?;
        }
        Ok(())
    }

    async fn write_secrets<C: ConnectionTrait>(&self, db: &C, ledger: i64) -> Result<(), Trouble> {
        if !self.dropped_tokens.is_empty() {
            let text = format!(
                "DELETE FROM link_token WHERE ledger_id = $1 AND {}",
                among(db, "link", 2)
            );
            let links = list(self.dropped_tokens.iter().copied());
            db.execute_raw(sql(db, text, [ledger.into(), links])).await?;
        }
        let rows: Vec<_> = self
            .tokens
            .iter()
            .map(|(hash, link)| link_token::Model {
                ledger_id: ledger,
                token_hash: hash.clone(),
                link: *link,
            })
            .collect();
        put::<link_token::Entity, _>(db, &rows, Present::Fails).await?;
        if !self.codes.is_empty() {
            let text = format!(
                "DELETE FROM linking_code WHERE ledger_id = $1 AND {}",
                among(db, "member_id", 2)
            );
            db.execute_raw(sql(db, text, [ledger.into(), list(self.codes.keys().copied())]))
                .await?;
            let rows: Vec<_> = self
                .codes
                .iter()
                .map(|(member, (hash, expires))| linking_code::Model {
                    ledger_id: ledger,
                    code_hash: hash.clone(),
                    member_id: int(*member),
                    expires: expires.seconds(),
                })
                .collect();
            put::<linking_code::Entity, _>(db, &rows, Present::Stays).await?;
        }
        if !self.used_codes.is_empty() {
            let among = among_texts(db, "code_hash", 2);
            let text = format!("DELETE FROM linking_code WHERE ledger_id = $1 AND {among}");
            db.execute_raw(sql(db, text, [ledger.into(), texts(&self.used_codes)]))
                .await?;
        }
        Ok(())
    }
}

/// Erases everything personal of these members (M11). Deleting the key erases what is sealed in every copy.
async fn erase<C: ConnectionTrait>(db: &C, base: &Base, members: &BTreeSet<u64>) -> Result<(), Trouble> {
    let theirs = among(db, "member_id", 2);
    let accounts = format!("(SELECT platform, address FROM account WHERE ledger_id = $1 AND {theirs})");
    let mut statements = vec![
        format!(
            "UPDATE inbox SET account = '', payload = '' \
             WHERE ledger_id = $1 AND state = 1 AND (platform, account) IN {accounts}"
        ),
        format!("DELETE FROM session WHERE ledger_id = $1 AND (platform, address) IN {accounts}"),
        format!("DELETE FROM linking_try WHERE ledger_id = $1 AND (platform, address) IN {accounts}"),
        format!("DELETE FROM menu WHERE ledger_id = $1 AND (platform, address) IN {accounts}"),
        format!("DELETE FROM shown WHERE ledger_id = $1 AND (platform, account) IN {accounts}"),
    ];
    for table in [
        "menu",
        "linking_code",
        "follower",
        "note",
        "person",
        "person_key",
        "account",
    ] {
        statements.push(format!("DELETE FROM {table} WHERE ledger_id = $1 AND {theirs}"));
    }
    for text in statements {
        let values = [base.ledger.into(), list(members.iter().copied())];
        db.execute_raw(dialect::sql(db, text, values)).await?;
    }
    for member in members {
        base.vault.forget(*member);
    }
    Ok(())
}
