//! Reading what is personal: persons, accounts, words, sessions, buttons; and the little of it that is written alone.

use std::collections::BTreeMap;

use exodus_core::{LinkId, MemberId, NoteId, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Store,
    dialect::{
        self, Present, among, among_pairs, among_texts, instant, int, list, nat, put, sql, storable, texts,
    },
    entity::{account, link_token, linking_code, linking_try, menu, session, setting},
    journal::id_text,
    person::{Account, AccountKey, Menu, Person},
    store::Base,
    trouble::Trouble,
    vault::{Place, hex},
};

/// Wrong codes an account may give …
const TRIES: i64 = 5;
/// … in so many seconds.
pub(crate) const TRIES_WITHIN: i64 = 600;

/// What became of a one-time code that an account gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkingTry {
    /// It is this member's. It is used up only by [`crate::Personal::TakeLinkingCode`].
    Good(MemberId),
    /// It is nobody's, or no longer good.
    Wrong {
        /// How many tries are left.
        left: u32,
    },
    /// Too many wrong ones: not even looked at.
    TooMany,
}

pub(crate) fn session_place(account: &AccountKey) -> Place<'_> {
    Place {
        table: "session",
        column: "body",
        person: 0,
        row: &account.address,
    }
}

pub(crate) fn menu_row(base: &Base, menu: &Menu, at: Timestamp) -> Result<menu::Model, Trouble> {
    let id = id_text(menu.id);
    let place = Place {
        table: "menu",
        column: "body",
        person: 0,
        row: &id,
    };
    let body = base.vault.seal(place, &menu.body)?;
    Ok(menu::Model {
        ledger_id: base.ledger,
        id,
        platform: storable(&menu.account.platform),
        address: storable(&menu.account.address),
        member_id: menu.member.map(|member| int(member.0)),
        body,
        created: at.seconds(),
        expires: menu.expires.seconds(),
    })
}

/// Marks the accounts that members chose for notices, and no other of theirs.
pub(crate) async fn mark_chosen<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    choices: &[(u64, Option<&AccountKey>)],
) -> Result<(), Trouble> {
    let members = || list(choices.iter().map(|(member, _)| *member));
    let among = |parameter| among(db, "member_id", parameter);
    let text = format!(
        "UPDATE account SET chosen = FALSE WHERE ledger_id = $1 AND chosen AND {}",
        among(2)
    );
    db.execute_raw(sql(db, text, [ledger.into(), members()])).await?;
    let chosen: Vec<_> = choices
        .iter()
        .filter_map(|(_, account)| *account)
        .map(|account| (storable(&account.platform), storable(&account.address)))
        .collect();
    if chosen.is_empty() {
        return Ok(());
    }
    let text = format!(
        "UPDATE account SET chosen = TRUE WHERE ledger_id = $1 AND {} AND {}",
        among(2),
        among_pairs(db, "platform", "address", "text", 3)
    );
    let pairs = serde_json::to_string(&chosen)?;
    db.execute_raw(sql(db, text, [ledger.into(), members(), pairs.into()]))
        .await?;
    Ok(())
}

impl Store {
    /// What these members say about themselves; those who left, or never said anything, are not among the answer.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn persons(&self, members: &[MemberId]) -> Result<BTreeMap<MemberId, Person>, Trouble> {
        if members.is_empty() {
            return Ok(BTreeMap::new());
        }
        let db = self.db();
        let ids = || list(members.iter().map(|member| member.0));
        let text = format!(
            "SELECT member_id, body FROM person WHERE ledger_id = $1 AND {}",
            among(db, "member_id", 2)
        );
        let rows = db
            .query_all_raw(sql(db, text, [self.base.ledger.into(), ids()]))
            .await?;
        if self.base.vault.seals() {
            self.base
                .vault
                .prepare(db, members.iter().map(|member| member.0), false)
                .await?;
        }
        let mut persons = BTreeMap::new();
        for row in rows {
            let (member, body): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let place = Place {
                table: "person",
                column: "body",
                person: nat(member),
                row: "",
            };
            persons.insert(
                MemberId(nat(member)),
                serde_json::from_str(&self.base.vault.open(place, &body)?)?,
            );
        }
        Ok(persons)
    }

    /// What a member says about themselves.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn person(&self, member: MemberId) -> Result<Option<Person>, Trouble> {
        Ok(self.persons(&[member]).await?.remove(&member))
    }

    /// The account, if it is a member's.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn account(&self, key: &AccountKey) -> Result<Option<Account>, Trouble> {
        let found = account::Entity::find()
            .filter(account::Column::LedgerId.eq(self.base.ledger))
            .filter(account::Column::Platform.eq(storable(&key.platform)))
            .filter(account::Column::Address.eq(storable(&key.address)))
            .one(self.db())
            .await?;
        Ok(found.map(account_of))
    }

    /// A member's accounts, the one used last first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn accounts_of(&self, member: MemberId) -> Result<Vec<Account>, Trouble> {
        let found = account::Entity::find()
            .filter(account::Column::LedgerId.eq(self.base.ledger))
            .filter(account::Column::MemberId.eq(int(member.0)))
            .order_by_desc(account::Column::LastUsed)
            .order_by_asc(account::Column::Platform)
            .order_by_asc(account::Column::Address)
            .all(self.db())
            .await?;
        Ok(found.into_iter().map(account_of).collect())
    }

    /// Marks the account that a member chose for notices, as [`crate::Personal::SetPerson`] does.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn mark_chosen(&self, member: MemberId, account: Option<&AccountKey>) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        mark_chosen(&writing.tx, self.base.ledger, &[(member.0, account)]).await?;
        writing.commit().await?;
        Ok(())
    }

    /// The words of that name; erased ones are not among the answer.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn notes(&self, ids: &[NoteId]) -> Result<BTreeMap<NoteId, String>, Trouble> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let db = self.db();
        let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let text = format!(
            "SELECT id, member_id, text FROM note WHERE ledger_id = $1 AND {}",
            among_texts(db, "id", 2)
        );
        let rows = db
            .query_all_raw(sql(db, text, [self.base.ledger.into(), texts(&names)]))
            .await?;
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, member, text): (String, i64, String) = (
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            );
            kept.push((id, nat(member), text));
        }
        if self.base.vault.seals() {
            self.base
                .vault
                .prepare(db, kept.iter().map(|(_, member, _)| *member), false)
                .await?;
        }
        let mut notes = BTreeMap::new();
        for (id, person, text) in kept {
            let place = Place {
                table: "note",
                column: "text",
                person,
                row: &id,
            };
            let text = self.base.vault.open(place, &text)?;
            let name = id
                .parse()
                .map_err(|_| Trouble::Damaged(format!("a note is called {id:?}")))?;
            notes.insert(name, text);
        }
        Ok(notes)
    }

    /// The link that a secret opens, by the BLAKE3 hash of the secret.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn link_by_token_hash(&self, token_hash: &[u8; 32]) -> Result<Option<LinkId>, Trouble> {
        let found = link_token::Entity::find_by_id((self.base.ledger, hex(token_hash)))
            .one(self.db())
            .await?;
        Ok(found.map(|row| LinkId(nat(row.link))))
    }

    /// Where the conversation with an account stands.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn session(&self, account: &AccountKey) -> Result<Option<String>, Trouble> {
        let key = (
            self.base.ledger,
            storable(&account.platform),
            storable(&account.address),
        );
        let found = session::Entity::find_by_id(key).one(self.db()).await?;
        self.base.vault.prepare(self.db(), [0], false).await?;
        found
            .map(|row| self.base.vault.open(session_place(account), &row.body))
            .transpose()
    }

    /// Writes where the conversation with an account stands, apart from any work; `None` forgets it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn put_session(&self, account: &AccountKey, body: Option<&str>) -> Result<(), Trouble> {
        let key = (
            self.base.ledger,
            storable(&account.platform),
            storable(&account.address),
        );
        let writing = self.base.write().await?;
        match body {
            None => {
                session::Entity::delete_by_id(key).exec(&writing.tx).await?;
            }
            Some(body) => {
                let (ledger_id, platform, address) = key;
                let body = self.base.vault.seal(session_place(account), body)?;
                let row = session::Model {
                    ledger_id,
                    platform,
                    address,
                    body,
                };
                put::<session::Entity, _>(&writing.tx, &[row], Present::Takes(&[])).await?;
            }
        }
        writing.commit().await?;
        Ok(())
    }

    /// Changes where the conversation with an account stands, whatever else writes it at the same time; `None` leaves it
    /// as it is.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn change_session(
        &self,
        account: &AccountKey,
        change: impl FnOnce(Option<&str>) -> Option<String>,
    ) -> Result<(), Trouble> {
        let (ledger_id, platform, address) = (
            self.base.ledger,
            storable(&account.platform),
            storable(&account.address),
        );
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        self.base.vault.prepare(tx, [0], false).await?;
        let lock = if dialect::is_sqlite(tx) { "" } else { " FOR UPDATE" };
        let text = format!(
            "SELECT ledger_id, platform, address, body FROM session \
             WHERE ledger_id = $1 AND platform = $2 AND address = $3{lock}"
        );
        let values = [
            ledger_id.into(),
            platform.as_str().into(),
            address.as_str().into(),
        ];
        let found = session::Entity::find()
            .from_raw_sql(sql(tx, text, values))
            .one(tx)
            .await?;
        let place = session_place(account);
        let kept = found
            .map(|row| self.base.vault.open(place, &row.body))
            .transpose()?;
        if let Some(body) = change(kept.as_deref()) {
            let row = session::Model {
                ledger_id,
                platform,
                address,
                body: self.base.vault.seal(place, &body)?,
            };
            put::<session::Entity, _>(tx, &[row], Present::Takes(&[])).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// What a button stands for. Whether it is still good, and pressed by whom it was shown to, is for the caller.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn menu(&self, id: u128) -> Result<Option<Menu>, Trouble> {
        let Some(row) = menu::Entity::find_by_id((self.base.ledger, id_text(id)))
            .one(self.db())
            .await?
        else {
            return Ok(None);
        };
        self.base.vault.prepare(self.db(), [0], false).await?;
        let place = Place {
            table: "menu",
            column: "body",
            person: 0,
            row: &row.id,
        };
        Ok(Some(Menu {
            id,
            body: self.base.vault.open(place, &row.body)?,
            account: AccountKey {
                platform: row.platform,
                address: row.address,
            },
            member: row.member_id.map(|member| MemberId(nat(member))),
            expires: instant(row.expires),
        }))
    }

    /// Buttons shown apart from any work.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn put_menus(&self, menus: &[Menu]) -> Result<(), Trouble> {
        let rows: Result<Vec<_>, _> = menus
            .iter()
            .map(|menu| menu_row(&self.base, menu, self.now()))
            .collect();
        let writing = self.base.write().await?;
        put::<menu::Entity, _>(&writing.tx, &rows?, Present::Stays).await?;
        writing.commit().await?;
        Ok(())
    }

    /// An account gives a one-time code, by its BLAKE3 hash. Wrong ones are counted.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn try_linking_code(
        &self,
        account: &AccountKey,
        code_hash: &[u8; 32],
    ) -> Result<LinkingTry, Trouble> {
        let now = self.now();
        let (ledger_id, platform, address) = (
            self.base.ledger,
            storable(&account.platform),
            storable(&account.address),
        );
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let key = (ledger_id, platform.clone(), address.clone());
        let fresh = || linking_try::Model {
            ledger_id,
            platform: platform.clone(),
            address: address.clone(),
            tries: 0,
            since: now.seconds(),
        };
        put::<linking_try::Entity, _>(tx, &[fresh()], Present::Stays).await?;
        // A statement that changes the row: whoever tries at the same time waits here.
        let text = "UPDATE linking_try SET tries = CASE WHEN since < $4 THEN 0 ELSE tries END, \
                    since = CASE WHEN since < $4 THEN $5 ELSE since END \
                    WHERE ledger_id = $1 AND platform = $2 AND address = $3";
        let values = [
            ledger_id.into(),
            platform.clone().into(),
            address.clone().into(),
            now.seconds().saturating_sub(TRIES_WITHIN).into(),
            now.seconds().into(),
        ];
        tx.execute_raw(sql(tx, text, values)).await?;
        let tried = linking_try::Entity::find_by_id(key)
            .one(tx)
            .await?
            .map_or(0, |row| row.tries);
        if tried >= TRIES {
            writing.commit().await?;
            return Ok(LinkingTry::TooMany);
        }
        let code = linking_code::Entity::find_by_id((ledger_id, hex(code_hash)))
            .one(tx)
            .await?;
        let outcome = match code.filter(|code| code.expires > now.seconds()) {
            Some(code) => LinkingTry::Good(MemberId(nat(code.member_id))),
            None => {
                let row = linking_try::Model {
                    tries: tried.saturating_add(1),
                    ..fresh()
                };
                put::<linking_try::Entity, _>(tx, &[row], Present::Takes(&["tries"])).await?;
                let left = TRIES.saturating_sub(tried).saturating_sub(1);
                LinkingTry::Wrong {
                    left: u32::try_from(left).unwrap_or(0),
                }
            }
        };
        writing.commit().await?;
        Ok(outcome)
    }

    /// What the community has set.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn setting(&self, name: &str) -> Result<Option<String>, Trouble> {
        let found = setting::Entity::find_by_id((self.base.ledger, name.to_owned()))
            .one(self.db())
            .await?;
        Ok(found.map(|row| row.value))
    }

    /// Sets something for the community.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn set_setting(&self, name: &str, value: &str) -> Result<(), Trouble> {
        let row = setting::Model {
            ledger_id: self.base.ledger,
            name: storable(name),
            value: storable(value),
        };
        let writing = self.base.write().await?;
        put::<setting::Entity, _>(&writing.tx, &[row], Present::Takes(&[])).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Seals every person's key with the first master key, and whatever is still plain with their person's. Returns how
    /// many keys were sealed anew.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn rotate_keys(&self) -> Result<u64, Trouble> {
        let rotated = self.rotate().await;
        if rotated.is_err() {
            self.base.vault.forget_all();
        }
        rotated
    }

    async fn rotate(&self) -> Result<u64, Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        dialect::lock_ledger(tx, self.base.ledger).await?;
        let count = self.base.vault.rotate(tx).await?;
        if self.base.vault.seals() {
            crate::reseal::seal_plain(tx, &self.base).await?;
        }
        writing.commit().await?;
        Ok(count)
    }
}

fn account_of(row: account::Model) -> Account {
    Account {
        key: AccountKey {
            platform: row.platform,
            address: row.address,
        },
        member: MemberId(nat(row.member_id)),
        created: instant(row.created),
        last_used: instant(row.last_used),
        active: row.state == 0,
        chosen: row.chosen,
    }
}
