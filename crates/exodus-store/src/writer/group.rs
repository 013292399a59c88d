//! One transaction: a group of works decided one after another on one loaded part, and written together.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use exodus_core::{
    Actor, Changes, Command, CommandId, Envelope, Event, Fact, Ledger, MemberId, Refusal, Scope, Timestamp,
    notice,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Set};

use super::personal::Batch;
use crate::{
    clearing,
    dialect::{self, Present, int, nat, put, put_numbered, sql},
    entity::{broadcast, command, journal, ledger, member, outbox},
    inbox::{Finished, InboxId},
    journal::{self as entries, Chain, id_text},
    load::{load_scope, load_traces},
    outbox::category_name,
    rows::{due_after, member_row},
    save,
    store::{Base, Writing},
    trouble::Trouble,
    work::{Done, Work},
};

/// About so many records are loaded with a member.
const RECORDS_OF_A_MEMBER: usize = 16;

/// The part of the ledger that was loaded, good as long as nobody else writes.
pub(crate) struct Cache {
    part: Ledger,
    /// The members held with everything that is current with them.
    whole: BTreeSet<MemberId>,
    seq: i64,
    hash: String,
    /// About how many records it holds.
    used: usize,
}

/// Whether the same work must not take effect again. The clock's commands decide by the state alone whether anything is
/// left to do; where a conversation stands is simply written again.
fn is_remembered(work: &Work) -> bool {
    work.by != Actor::Clock && (work.command.is_some() || !work.personal.is_empty())
}

/// Why a group could not be done.
pub(crate) enum Broken {
    /// This work, by its place, panicked.
    By(usize, Trouble),
    /// Something about the database.
    All(Trouble),
}

impl<T: Into<Trouble>> From<T> for Broken {
    fn from(trouble: T) -> Self {
        Self::All(trouble.into())
    }
}

pub(crate) struct Group<'a> {
    base: &'a Base,
    writing: Writing,
    part: Ledger,
    whole: BTreeSet<MemberId>,
    used: usize,
    chain: Chain,
    /// The last entry before this group's.
    began: i64,
    last_at: Timestamp,
    changes: Changes,
    journal: Vec<journal::Model>,
    commands: Vec<command::Model>,
    letters: Vec<outbox::Model>,
    broadcasts: Vec<broadcast::Model>,
    followed: Vec<Event>,
    personal: Batch,
    inbox: Vec<Finished>,
}

impl<'a> Group<'a> {
    /// Begins the transaction and takes the lock of the ledger, in a statement of its own.
    pub(crate) async fn begin(base: &'a Base, cache: Option<Cache>) -> Result<Self, Broken> {
        let writing = base.write().await?;
        let head = lock(&writing, base.ledger).await?;
        let good = cache.filter(|cache| cache.seq == head.head_seq && cache.hash == head.head_hash);
        let (mut part, whole, used) = match good {
            Some(cache) => (cache.part, cache.whole, cache.used),
            None => {
                let mut part = Ledger::new(base.policy.clone());
                clearing::load_state(&writing.tx, base.ledger, &mut part).await?;
                (part, BTreeSet::new(), 0)
            }
        };
        part.raise_next_number(nat(head.next_number));
        Ok(Self {
            base,
            writing,
            part,
            whole,
            used,
            began: head.head_seq,
            chain: Chain {
                ledger: base.ledger,
                seq: head.head_seq,
                hash: head.head_hash,
            },
            last_at: dialect::instant(head.last_at),
            changes: Changes::default(),
            journal: Vec::new(),
            commands: Vec::new(),
            letters: Vec::new(),
            broadcasts: Vec::new(),
            followed: Vec::new(),
            personal: Batch::default(),
            inbox: Vec::new(),
        })
    }

    /// Loads what a scope names, if it is not held.
    pub(crate) async fn load(&mut self, scope: &Scope) -> Result<(), Broken> {
        let held = self.whole.len();
        load_scope(
            &self.writing.tx,
            self.base,
            &mut self.part,
            scope,
            &mut self.whole,
        )
        .await?;
        self.used += (self.whole.len() - held) * RECORDS_OF_A_MEMBER;
        Ok(())
    }

    /// Everything due by an instant was done for these members: writes when something is next due.
    pub(crate) async fn settle(&mut self, members: &[MemberId], done: Timestamp) -> Result<(), Broken> {
        let held = members.iter().filter_map(|member| self.part.member(*member));
        let row = |row| member_row(self.base.ledger, row, due_after(&self.part, row.id, done));
        let rows: Result<Vec<_>, Trouble> = held.map(row).collect();
        put::<member::Entity, _>(&self.writing.tx, &rows?, Present::Takes(&["next_due"])).await?;
        Ok(())
    }

    /// Decides the works, in their order.
    pub(crate) async fn run(
        &mut self,
        works: &[(usize, &Work)],
    ) -> Result<Vec<Result<Done, Trouble>>, Broken> {
        let mut answered = self.answered(works).await?;
        let fresh = || {
            works
                .iter()
                .filter(|(_, work)| !answered.contains_key(&work.id))
                .map(|(_, work)| *work)
        };
        self.personal
            .check(&self.writing.tx, self.base.ledger, fresh())
            .await?;
        let mut scope = Scope::default();
        for work in fresh() {
            if let Some(command) = &work.command {
                scope.extend(command.scope(work.by));
            }
        }
        let linked: BTreeSet<MemberId> = fresh().filter_map(who_must_have_no_records).collect();
        self.load(&scope).await?;
        for member in linked {
            load_traces(&self.writing.tx, self.base.ledger, &mut self.part, member).await?;
        }
        let mut finished = self.finished(works).await?;
        let mut outcomes = Vec::with_capacity(works.len());
        for &(place, work) in works {
            let inbox = work.inbox.map(|inbox| int(inbox.0));
            if inbox.is_some_and(|inbox| finished.contains(&inbox)) && !answered.contains_key(&work.id) {
                // Another process answered this update meanwhile, and what is said now was heard after that.
                outcomes.push(Ok(Done {
                    repeated: true,
                    ..Done::default()
                }));
                continue;
            }
            finished.extend(inbox);
            if let Some(before) = answered.get(&work.id) {
                if let Some(inbox) = work.inbox {
                    self.inbox.push(finished_by(work, inbox, before));
                }
                outcomes.push(Ok(before.clone()));
                continue;
            }
            let done = catch_unwind(AssertUnwindSafe(|| self.one(work)))
                .map_err(|panic| Broken::By(place, Trouble::Fault(words(&*panic))))?;
            if let Ok(done) = &done {
                answered.insert(
                    work.id,
                    Done {
                        repeated: true,
                        ..done.clone()
                    },
                );
            }
            outcomes.push(match done {
                Err(Trouble::AccountTaken(member)) => Err(Trouble::AccountTaken(member)),
                Err(Trouble::CodeGone) => Err(Trouble::CodeGone),
                Err(Trouble::ClearingFirst) => Err(Trouble::ClearingFirst),
                Err(fault) => return Err(Broken::By(place, fault)),
                Ok(done) => Ok(done),
            });
        }
        Ok(outcomes)
    }

    /// Which of the updates that these works answer are answered already.
    async fn finished(&self, works: &[(usize, &Work)]) -> Result<BTreeSet<i64>, Broken> {
        let inboxes: BTreeSet<u64> = works.iter().filter_map(|(_, work)| Some(work.inbox?.0)).collect();
        if inboxes.is_empty() {
            return Ok(BTreeSet::new());
        }
        let tx = &self.writing.tx;
        let among = dialect::among(tx, "id", 2);
        let text = format!("SELECT id FROM inbox WHERE ledger_id = $1 AND state <> 0 AND {among}");
        let values = [self.base.ledger.into(), dialect::list(inboxes)];
        let rows = tx.query_all_raw(sql(tx, text, values)).await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<_, _>>()?)
    }

    /// What was answered already to works of these ids.
    async fn answered(&self, works: &[(usize, &Work)]) -> Result<BTreeMap<CommandId, Done>, Broken> {
        let tx = &self.writing.tx;
        let ids: Vec<String> = works.iter().map(|(_, work)| id_text(work.id.0)).collect();
        let text = format!(
            "SELECT id, first_seq, last_seq FROM command WHERE ledger_id = $1 AND {}",
            dialect::among_texts(tx, "id", 2)
        );
        let mut answered = BTreeMap::new();
        for row in tx
            .query_all_raw(sql(tx, text, [self.base.ledger.into(), dialect::texts(&ids)]))
            .await?
        {
            let id: String = row.try_get_by_index(0)?;
            let span: (Option<i64>, Option<i64>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let mut done = Done {
                repeated: true,
                ..Done::default()
            };
            if let (Some(first), Some(last)) = span {
                let rows = journal::Entity::find()
                    .filter(journal::Column::LedgerId.eq(self.base.ledger))
                    .filter(journal::Column::Seq.between(first, last))
                    .all(tx)
                    .await?;
                for row in rows {
                    let entry = entries::read(&row)?;
                    done.events.push((entry.seq, entry.event));
                }
                done.events.sort_by_key(|(seq, _)| *seq);
            }
            if let Some(id) = entries::parse_id(&id) {
                answered.insert(CommandId(id), done);
            }
        }
        Ok(answered)
    }

    /// One work: what had fallen due, what is decided, what goes with it.
    fn one(&mut self, work: &Work) -> Result<Done, Trouble> {
        self.personal.allows(work)?;
        let at = self.base.now().max(self.last_at);
        self.last_at = at;
        let mut done = Done::default();
        if let Some(command) = &work.command {
            let scope = command.scope(work.by);
            let due = self.part.catch_up(&scope, at, &mut self.changes);
            for event in due {
                self.happened(work.id, event, &mut done)?;
            }
            let envelope = Envelope {
                id: work.id,
                by: work.by,
                at,
                command: command.clone(),
            };
            match exodus_core::decide(&self.part, &envelope) {
                Ok(events) => {
                    for event in &events {
                        self.part.evolve_noting(event, &mut self.changes);
                    }
                    for event in events {
                        self.happened(work.id, event, &mut done)?;
                    }
                }
                // What had fallen due has happened; the work itself is to come again.
                Err(Refusal::ClearingFirst) => return Err(Trouble::ClearingFirst),
                Err(refusal) => done.refusal = Some(refusal),
            }
        }
        if done.refusal.is_none() {
            self.personal.add(work, &done, at)?;
        }
        if let Some(inbox) = work.inbox {
            self.inbox.push(finished_by(work, inbox, &done));
        }
        if done.refusal.is_none() && is_remembered(work) {
            self.commands.push(command::Model {
                ledger_id: self.base.ledger,
                id: id_text(work.id.0),
                first_seq: done.events.first().map(|(seq, _)| int(*seq)),
                last_seq: done.events.last().map(|(seq, _)| int(*seq)),
                at: at.seconds(),
            });
        }
        Ok(done)
    }

    /// An event has happened to the part: its journal row, and who must be told.
    fn happened(&mut self, command: CommandId, event: Event, done: &mut Done) -> Result<(), Trouble> {
        let row = self.chain.append(command, &event)?;
        for notice in notice::notices(&self.part, &event) {
            self.tell(&row, notice, event.at)?;
        }
        if let Fact::Registered { member, .. } = event.fact {
            self.whole.insert(member);
        }
        if let Fact::MemberLeft { member } = event.fact {
            self.personal.erase(member);
        }
        if matches!(event.fact, Fact::LinkFollowed { .. }) {
            self.followed.push(event.clone());
        }
        done.events.push((nat(row.seq), event));
        self.journal.push(row);
        Ok(())
    }

    fn tell(&mut self, row: &journal::Model, notice: notice::Notice, at: Timestamp) -> Result<(), Trouble> {
        let (category, kind) = (category_name(notice.category)?, row.kind.clone());
        let (ledger_id, cause, urgent, created) = (
            self.base.ledger,
            row.seq,
            notice.category.is_urgent(),
            at.seconds(),
        );
        match notice.to {
            notice::Audience::Member(member) => self.letters.push(outbox::Model {
                id: 0,
                ledger_id,
                cause,
                recipient: int(member.0),
                category,
                kind,
                urgent,
                status: 0,
                not_before: 0,
                lease_until: None,
                lease_by: None,
                attempts: 0,
                created,
            }),
            notice::Audience::Network(member) => self.broadcasts.push(broadcast::Model {
                id: 0,
                ledger_id,
                cause,
                member: int(member.0),
                category,
                kind,
                urgent,
                created,
            }),
        }
        Ok(())
    }

    /// Writes everything, events first, and commits. Gives back the part, to go on with.
    pub(crate) async fn commit(mut self) -> Result<Option<Cache>, Broken> {
        let (tx, ledger_id) = (&self.writing.tx, self.base.ledger);
        put::<journal::Entity, _>(tx, &self.journal, Present::Fails).await?;
        put::<command::Entity, _>(tx, &self.commands, Present::Fails).await?;
        let now = self.base.now().max(self.last_at);
        save::save(tx, ledger_id, &self.part, &self.whole, &self.changes, now).await?;
        save::visits(tx, ledger_id, self.followed.iter()).await?;
        put_numbered::<outbox::Entity, _>(tx, &self.letters, Present::Stays).await?;
        put_numbered::<broadcast::Entity, _>(tx, &self.broadcasts, Present::Stays).await?;
        if !self.journal.is_empty() {
            ledger::ActiveModel {
                id: Set(ledger_id),
                next_number: Set(int(self.part.next_number())),
                head_seq: Set(self.chain.seq),
                head_hash: Set(self.chain.hash.clone()),
                last_at: Set(self.last_at.seconds()),
                ..Default::default()
            }
            .update(tx)
            .await?;
        }
        crate::inbox::finish_all(tx, self.base, &self.inbox).await?;
        self.personal.write(tx, self.base).await?;
        self.writing.commit().await?;
        let (seq, hash) = (self.chain.seq, &self.chain.hash);
        let network = &self.base.network;
        network.follow(self.began, &self.part, &self.changes, seq, hash);
        self.used += self.journal.len();
        let kept = self.used <= self.base.max_cached;
        Ok(kept.then_some(Cache {
            part: self.part,
            whole: self.whole,
            seq: self.chain.seq,
            hash: self.chain.hash,
            used: self.used,
        }))
    }
}

/// Takes the lock of the ledger and reads its head.
pub(crate) async fn lock(writing: &Writing, id: i64) -> Result<ledger::Model, Trouble> {
    let tx = &writing.tx;
    let lock = if tx.get_database_backend() == DbBackend::Postgres {
        " FOR UPDATE"
    } else {
        ""
    };
    let text = format!(
        "SELECT id, next_number, head_seq, head_hash, last_at, created FROM ledger WHERE id = $1{lock}"
    );
    let row = ledger::Entity::find()
        .from_raw_sql(sql(tx, text, [id.into()]))
        .one(tx)
        .await?;
    row.ok_or_else(|| Trouble::Damaged(format!("ledger {id} is gone")))
}

/// Two commands ask whether a member has any record at all, settled ones too: no scope says so.
fn who_must_have_no_records(work: &Work) -> Option<MemberId> {
    match work.command {
        Some(Command::AskLinking { .. }) => work.by.member(),
        Some(Command::LinkAccounts { from }) => Some(from),
        _ => None,
    }
}

/// The update that a work answers, and what is kept of that.
fn finished_by(work: &Work, inbox: InboxId, done: &Done) -> Finished {
    Finished {
        id: inbox,
        outcome: outcome(work, done),
        pending: work.pending.clone().unwrap_or_default(),
    }
}

/// What the inbox remembers of a work.
fn outcome(work: &Work, done: &Done) -> String {
    let refusal = done
        .refusal
        .as_ref()
        .and_then(|refusal| serde_json::to_value(refusal).ok());
    serde_json::json!({ "command": id_text(work.id.0), "refusal": refusal }).to_string()
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic".to_owned())
}
