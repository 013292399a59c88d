//! A run of clearing over the whole community, while the ledger's lock is for one entry only (K3–K5).
//!
//! ```text
//! snapshot   everything that takes part, as of one entry of the journal            no lock
//! plan       the largest set-off, with its proof checked                           no lock
//! decide     what happened since happens to the part that the plan is about; if all of it still is as it was, ONE entry that
//!            names every set-off is written; else everything again from the start   the lock
//! carry out  what it set off is settled member by member, as commands like any      the lock, for a few members at a time
//! ```
//! Invariant: from the moment that the entry is written, whatever is loaded of an obligation comes with what that run set off
//! of it, and the core lets nothing else happen to its two ends before that is settled. So the run has happened whole, or not
//! at all, wherever a process is killed. See `docs/adr/0016-a-run-is-one-entry.md`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use exodus_core::{
    Actor, Amount, Claim, Clearing, Command, CommandId, Envelope, Event, Fact, Ledger, Member, MemberId,
    Obligation, ObligationId, Period, Refusal, RunId, SetOff, Snapshot, Timestamp,
    set_off::{self, Chains, Due},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde::de::DeserializeOwned;

use crate::{
    Store,
    dialect::{self, Present, int, nat, put, sql},
    entity::{clearing, journal, ledger},
    journal::{self as entries, Chain},
    load::{PAGE, body_of, nothing},
    store::{Base, Writing},
    trouble::Trouble,
    work::Work,
    writer,
};

/// So often a run is planned beside the lock; then, where something changes all the time, under it.
const BESIDE: usize = 4;

/// What a run set off, as every process keeps it of the last one.
#[derive(Debug)]
pub struct RunPlan {
    /// Which run.
    pub run: RunId,
    set_offs: Vec<SetOff>,
    amounts: HashMap<ObligationId, Amount>,
    /// Everybody of whose debts something is set off, once.
    debtors: Vec<MemberId>,
    chains: OnceLock<Chains>,
}

impl RunPlan {
    fn new(run: RunId, set_offs: Vec<SetOff>) -> Self {
        Self {
            run,
            amounts: set_offs.iter().map(|row| (row.obligation, row.amount)).collect(),
            debtors: set_offs
                .iter()
                .map(|row| row.debtor)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            set_offs,
            chains: OnceLock::new(),
        }
    }

    /// Its closed chains.
    pub fn chains(&self) -> &Chains {
        self.chains.get_or_init(|| Chains::of(&self.set_offs))
    }

    /// Everything that it sets off, in the order of the obligations.
    #[must_use]
    pub fn set_offs(&self) -> &[SetOff] {
        &self.set_offs
    }
}

/// The last run asked for.
#[derive(Debug, Default)]
pub(crate) struct Plans(Mutex<Option<Arc<RunPlan>>>);

impl Plans {
    /// What a run set off, from its entry in the journal.
    pub(crate) async fn of<C: ConnectionTrait>(
        &self,
        db: &C,
        ledger: i64,
        run: RunId,
    ) -> Result<Option<Arc<RunPlan>>, Trouble> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept.filter(|kept| kept.run == run) {
            return Ok(Some(kept));
        }
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND record = $2 AND kind = 'clearing_ran'";
        let row = journal::Entity::find()
            .from_raw_sql(sql(db, text, [ledger.into(), int(run.0).into()]))
            .one(db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let plan = aside(move || {
            let Fact::ClearingRan { run, set_offs, .. } = entries::read(&row)?.event.fact else {
                return Err(Trouble::Damaged(format!("journal entry {} is no run", row.seq)));
            };
            Ok(Arc::new(RunPlan::new(run, set_offs)))
        })
        .await??;
        // The newest is the one that is asked for by everybody.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|kept| kept.run < plan.run) {
            *kept = Some(Arc::clone(&plan));
        }
        Ok(Some(plan))
    }

    /// Of these obligations, which were just loaded into a part, what the last run set off and is not settled yet.
    pub(crate) async fn complete<C: ConnectionTrait>(
        &self,
        db: &C,
        ledger: i64,
        part: &mut Ledger,
        loaded: impl IntoIterator<Item = ObligationId>,
    ) -> Result<(), Trouble> {
        let Some(run) = part.clearing().ran.filter(|run| run.left > 0) else {
            return Ok(());
        };
        let Some(plan) = self.of(db, ledger, run.id).await? else {
            return Ok(());
        };
        let named = loaded
            .into_iter()
            .filter_map(|id| Some((id, *plan.amounts.get(&id)?)));
        let set_offs = named.collect();
        part.absorb(Snapshot {
            set_offs,
            ..nothing()
        });
        Ok(())
    }
}

/// Work for the processor, beside everything else.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|panic| Trouble::Fault(panic.to_string()))
}

/// Where the community stands with clearing, from its row.
pub(crate) async fn state<C: ConnectionTrait>(db: &C, ledger: i64) -> Result<Clearing, Trouble> {
    let row = clearing::Entity::find_by_id(ledger).one(db).await?;
    row.map_or(Ok(Clearing::default()), |row| {
        crate::rows::record("clearing", &row.body)
    })
}

/// Loads into a part where the community stands with clearing.
pub(crate) async fn load_state<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &mut Ledger,
) -> Result<(), Trouble> {
    let clearing = state(db, ledger).await?;
    part.absorb(Snapshot {
        clearing,
        ..nothing()
    });
    Ok(())
}

/// Everything that takes part, as of one entry of the journal.
struct Taking {
    seq: i64,
    clearing: Clearing,
    members: BTreeMap<MemberId, Member>,
    obligations: BTreeMap<ObligationId, Obligation>,
    claims: Vec<Claim>,
}

/// How far this process has carried out a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried {
    run: RunId,
    /// The next of its debtors.
    place: usize,
    /// Whether it failed for somebody on this way through the list.
    failed: bool,
    /// Not to be gone through before then.
    not_before: Timestamp,
}

/// What a dry run found: ids and totals only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRun {
    /// Obligations that take part.
    pub claims: usize,
    /// Members at their ends.
    pub members: usize,
    /// What of them takes part in all, minor units.
    pub owed: u128,
    /// What would be set off.
    pub set_offs: Vec<SetOff>,
}

impl DryRun {
    /// What would be set off in all, minor units.
    #[must_use]
    pub fn total(&self) -> u128 {
        self.set_offs
            .iter()
            .map(|row| u128::from(row.amount.minor()))
            .sum()
    }

    /// How many obligations would be closed completely.
    #[must_use]
    pub fn closed(&self) -> usize {
        self.set_offs.iter().filter(|row| row.amount == row.of).count()
    }
}

impl Store {
    /// Where the community stands with clearing.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn clearing(&self) -> Result<Clearing, Trouble> {
        state(self.db(), self.base.ledger).await
    }

    /// What a run set off.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn run_plan(&self, run: RunId) -> Result<Option<Arc<RunPlan>>, Trouble> {
        self.base.plans.of(self.db(), self.base.ledger, run).await
    }

    /// Everything that takes part in clearing now, in the order of the obligations, and the entry of the journal as of which.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn claims(&self) -> Result<(u64, Vec<Claim>), Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let taking = taking(&tx, &self.base).await?;
        tx.commit().await?;
        Ok((nat(taking.seq), taking.claims))
    }

    /// What a run would do now. Changes nothing.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn dry_run(&self) -> Result<DryRun, Trouble> {
        let (_, claims) = self.claims().await?;
        aside(move || {
            let ends = claims.iter().flat_map(|claim| [claim.debtor, claim.creditor]);
            Ok(DryRun {
                claims: claims.len(),
                members: ends.collect::<BTreeSet<_>>().len(),
                owed: claims.iter().map(|claim| u128::from(claim.amount.minor())).sum(),
                set_offs: planned(&claims)?,
            })
        })
        .await?
    }

    /// Does what is due for the whole community: the announcement of a run, or the run (K7). Whether anything was.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn clear(&self) -> Result<bool, Trouble> {
        let _turn = self.base.clearing_turn.lock().await;
        match self.clearing().await?.due(self.policy(), self.now()) {
            Some(Due::Announcement(period)) => {
                let id = CommandId(self.random().number());
                let work = Work::new(id, Actor::Clock, Command::AnnounceClearing { period });
                self.writer().transact(work).await?;
                Ok(true)
            }
            Some(Due::Run(period)) => {
                self.run_clearing(period).await?;
                Ok(true)
            }
            Some(Due::CarryingOut(_)) | None => Ok(false),
        }
    }

    async fn run_clearing(&self, period: Period) -> Result<(), Trouble> {
        for nth in 0.. {
            let began = std::time::Instant::now();
            let done = if nth < BESIDE {
                self.run_beside(period).await?
            } else {
                self.run_within(period).await?
            };
            if done {
                tracing::info!(%period, attempt = nth + 1, took = ?began.elapsed(), "the month's clearing was run");
                break;
            }
        }
        Ok(())
    }

    /// Planned beside the lock; whether nothing that it is about had changed by then.
    async fn run_beside(&self, period: Period) -> Result<bool, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let taking = taking(&tx, &self.base).await?;
        tx.commit().await?;
        let policy = self.base.policy.clone();
        let (seq, part, set_offs) = aside(move || prepared(taking, policy)).await?;
        let writing = self.base.write().await?;
        self.decide_run(writing, period, seq, part, set_offs).await
    }

    /// Planned under the lock, when something changes all the time.
    async fn run_within(&self, period: Period) -> Result<bool, Trouble> {
        let writing = self.base.write().await?;
        writer::lock(&writing, self.base.ledger).await?;
        let taking = taking(&writing.tx, &self.base).await?;
        let policy = self.base.policy.clone();
        let (seq, part, set_offs) = aside(move || prepared(taking, policy)).await?;
        self.decide_run(writing, period, seq, part, set_offs).await
    }

    /// Brings the part up to now, decides, and writes the one entry.
    async fn decide_run(
        &self,
        writing: Writing,
        period: Period,
        seq: i64,
        mut part: Ledger,
        set_offs: Vec<SetOff>,
    ) -> Result<bool, Trouble> {
        let (tx, ledger_id) = (&writing.tx, self.base.ledger);
        let head = writer::lock(&writing, ledger_id).await?;
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND seq > $2 ORDER BY seq";
        let since = journal::Entity::find()
            .from_raw_sql(sql(tx, text, [ledger_id.into(), seq.into()]))
            .all(tx)
            .await?;
        for row in &since {
            part.evolve(&entries::read(row)?.event);
        }
        part.raise_next_number(nat(head.next_number));
        let at = self.now().max(dialect::instant(head.last_at));
        let envelope = Envelope {
            id: CommandId(self.random().number()),
            by: Actor::Clock,
            at,
            command: Command::RunClearing { period, set_offs },
        };
        let events: Vec<Event> = match exodus_core::decide(&part, &envelope) {
            Ok(events) => events,
            Err(Refusal::ClearingChanged) => return Ok(false),
            Err(refusal) => return Err(Trouble::Fault(format!("a run of clearing: {refusal}"))),
        };
        if events.is_empty() {
            return Ok(true);
        }
        let mut chain = Chain {
            ledger: ledger_id,
            seq: head.head_seq,
            hash: head.head_hash,
        };
        let mut rows = Vec::new();
        for event in &events {
            rows.push(chain.append(envelope.id, event)?);
            part.evolve(event);
        }
        put::<journal::Entity, _>(tx, &rows, Present::Fails).await?;
        save(tx, ledger_id, &part).await?;
        ledger::ActiveModel {
            id: Set(ledger_id),
            next_number: Set(int(part.next_number())),
            head_seq: Set(chain.seq),
            head_hash: Set(chain.hash),
            last_at: Set(at.seconds()),
            ..Default::default()
        }
        .update(tx)
        .await?;
        writing.commit().await?;
        Ok(true)
    }

    /// Settles what the last run set off, for at most so many members: those who owe. How many were seen to; zero: it is all
    /// settled.
    ///
    /// # Errors
    /// [`Trouble`]; what was settled before it stands.
    pub async fn carry_out(&self, limit: usize) -> Result<usize, Trouble> {
        let Some(run) = self.clearing().await?.ran.filter(|run| run.left > 0) else {
            return Ok(0);
        };
        let plan = self.run_plan(run.id).await?;
        let plan = plan.ok_or_else(|| Trouble::Damaged(format!("the journal has no run {}", run.id)))?;
        let mut carried = self.carried(run.id);
        if carried.not_before > self.now() {
            return Ok(0);
        }
        let waiting = plan.debtors.get(carried.place..).unwrap_or_default();
        let debtors = waiting.get(..limit).unwrap_or(waiting);
        carried.place += debtors.len();
        let works = debtors.iter().map(|&member| {
            let id = CommandId(self.random().number());
            let work = Work::new(id, Actor::Clock, Command::CarryOutClearing { member });
            self.writer().transact(work)
        });
        for done in futures::future::join_all(works).await {
            match done {
                Err(fault) if !fault.is_passing() => {
                    // Nobody waits for somebody whose records are damaged.
                    tracing::error!(%fault, "a run of clearing can not be carried out for somebody");
                    carried.failed = true;
                }
                done => {
                    done?;
                }
            }
        }
        if carried.place >= plan.debtors.len() {
            // From the beginning again: for what another process left off, or for whoever was mended since.
            carried.place = 0;
            if carried.failed {
                carried.failed = false;
                carried.not_before = self.now().plus_hours(1);
            }
        }
        *self.base.carried.lock().unwrap_or_else(PoisonError::into_inner) = Some(carried);
        Ok(debtors.len())
    }

    /// How far this process has carried out a run.
    fn carried(&self, run: RunId) -> Carried {
        let kept = *self.base.carried.lock().unwrap_or_else(PoisonError::into_inner);
        let new = Carried {
            run,
            place: 0,
            failed: false,
            not_before: Timestamp::default(),
        };
        kept.filter(|kept| kept.run == run).unwrap_or(new)
    }

    /// What a run did to a member's obligations, from the journal.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn cleared_for(&self, member: MemberId, run: RunId) -> Result<Vec<Event>, Trouble> {
        let db = self.db();
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND member = $2 AND kind = 'obligation_cleared' AND tied = $3 \
                    UNION SELECT * FROM journal WHERE ledger_id = $1 AND other = $2 AND kind = 'obligation_cleared' AND tied = $3 \
                    ORDER BY seq";
        let values = [self.base.ledger.into(), int(member.0).into(), int(run.0).into()];
        let rows = journal::Entity::find()
            .from_raw_sql(sql(db, text, values))
            .all(db)
            .await?;
        rows.iter().map(|row| Ok(entries::read(row)?.event)).collect()
    }

    /// The runs that set something off for a member, the last first, at most so many.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn runs_of(&self, member: MemberId, limit: u64) -> Result<Vec<RunId>, Trouble> {
        let db = self.db();
        let text = "SELECT DISTINCT tied FROM ( \
                        SELECT tied FROM journal WHERE ledger_id = $1 AND member = $2 AND kind = 'obligation_cleared' \
                        UNION SELECT tied FROM journal WHERE ledger_id = $1 AND other = $2 AND kind = 'obligation_cleared' \
                    ) AS mine WHERE tied IN (SELECT record FROM journal WHERE ledger_id = $1 AND member = 0 AND kind = 'clearing_ran') \
                    ORDER BY tied DESC LIMIT $3";
        let values = [self.base.ledger.into(), int(member.0).into(), int(limit).into()];
        let rows = db.query_all_raw(sql(db, text, values)).await?;
        rows.iter()
            .map(|row| Ok(RunId(nat(row.try_get_by_index(0)?))))
            .collect()
    }
}

/// Writes where a part stands with clearing.
pub(crate) async fn save<C: ConnectionTrait>(db: &C, ledger: i64, part: &Ledger) -> Result<(), Trouble> {
    let row = crate::rows::clearing_row(ledger, &part.clearing())?;
    put::<clearing::Entity, _>(db, &[row], Present::Takes(&["body"])).await?;
    Ok(())
}

fn planned(claims: &[Claim]) -> Result<Vec<SetOff>, Trouble> {
    set_off::plan(claims).map_err(|error| Trouble::Fault(format!("a run of clearing: {error}")))
}

/// The plan, and the part of the ledger that it is about.
fn prepared(taking: Taking, policy: exodus_core::Policy) -> (i64, Ledger, Vec<SetOff>) {
    let set_offs = planned(&taking.claims).unwrap_or_else(|fault| {
        // A month without clearing is better than a month that can not end.
        tracing::error!(%fault, "nothing is set off in this run");
        Vec::new()
    });
    let Taking {
        seq,
        clearing,
        mut members,
        mut obligations,
        ..
    } = taking;
    let named: BTreeSet<ObligationId> = set_offs.iter().map(|row| row.obligation).collect();
    let ends: BTreeSet<MemberId> = set_offs
        .iter()
        .flat_map(|row| [row.debtor, row.creditor])
        .collect();
    obligations.retain(|id, _| named.contains(id));
    members.retain(|id, _| ends.contains(id));
    let part = Snapshot {
        clearing,
        members: members.into_values().collect(),
        obligations: obligations.into_values().collect(),
        ..nothing()
    };
    (seq, Ledger::from_snapshot(policy, part), set_offs)
}

/// Reads everything that takes part, as of one moment of the transaction.
async fn taking<C: ConnectionTrait>(db: &C, base: &Base) -> Result<Taking, Trouble> {
    let ledger = base.ledger;
    let seq = base.head(db).await?.head_seq;
    let clearing = state(db, ledger).await?;
    let mut members: BTreeMap<MemberId, Member> = BTreeMap::new();
    let mut rows = Pages::of("member", "here");
    while let Some(page) = rows.next::<Member, _>(db, ledger).await? {
        members.extend(page.into_iter().map(|row| (row.id, row)));
    }
    let mut taking = Taking {
        seq,
        clearing,
        members,
        obligations: BTreeMap::new(),
        claims: Vec::new(),
    };
    let mut rows = Pages::of("obligation", "unsettled");
    while let Some(page) = rows.next::<Obligation, _>(db, ledger).await? {
        for row in page {
            let ends = (taking.members.get(&row.debtor), taking.members.get(&row.creditor));
            let (Some(debtor), Some(creditor)) = ends else {
                continue;
            };
            if let Some(claim) = set_off::claim(&row, debtor, creditor) {
                taking.claims.push(claim);
                taking.obligations.insert(row.id, row);
            }
        }
    }
    Ok(taking)
}

/// The records of a table that fulfil a condition, page by page, read beside everything else.
struct Pages {
    table: &'static str,
    condition: &'static str,
    after: Option<i64>,
}

impl Pages {
    const fn of(table: &'static str, condition: &'static str) -> Self {
        Self {
            table,
            condition,
            after: Some(0),
        }
    }

    async fn next<T, C>(&mut self, db: &C, ledger: i64) -> Result<Option<Vec<T>>, Trouble>
    where
        T: DeserializeOwned + Send + 'static,
        C: ConnectionTrait,
    {
        let Some(after) = self.after else { return Ok(None) };
        let (table, condition) = (self.table, self.condition);
        let text = format!(
            "SELECT body, id FROM {table} WHERE ledger_id = $1 AND {condition} AND id > $2 ORDER BY id LIMIT {PAGE}"
        );
        let rows = db
            .query_all_raw(sql(db, text, [ledger.into(), after.into()]))
            .await?;
        self.after = rows.last().map(|row| row.try_get_by_index(1)).transpose()?;
        let read = move || {
            rows.iter()
                .map(|row| body_of(table, row))
                .collect::<Result<Vec<T>, Trouble>>()
        };
        aside(read).await?.map(Some)
    }
}

#[cfg(test)]
mod tests;
