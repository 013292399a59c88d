//! The network of trust as this process keeps it in memory: a read model that follows the journal.
//!
//! ```text
//! Store::network(ask) ── the journal's head is further than we are? ── no ──▶ ask
//!                            │ yes
//!          own group committed: its part and changes ──▶ Network::follow      (nothing is loaded)
//!          entries of others: whom they are about ──▶ load those wholly ──▶ Network::refresh
//!          too many, or nothing kept: the tables ──▶ Network::of
//! ```
//!
//! Invariants
//! - The position is read in the same snapshot as the rows it stands for, and moves only under the ledger's lock: no entry
//!   is missed, those of other processes included.
//! - What is kept says how things are, not how they came about: bringing it up twice, or in part, does no harm.
//! - It is never a second truth. A snapshot that is damaged, or of another history, is made anew; `verify` compares.

mod snapshot;

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use exodus_core::{
    Changes, Ledger, MemberId, Scope,
    network::{Network, Record, Scratch},
};
use sea_orm::ConnectionTrait;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

use crate::{
    Store,
    dialect::{self, nat, sql},
    load::{Extent, everything, load_scope, member_at},
    store::Base,
    trouble::Trouble,
};

/// So many members are loaded at once.
const AT_ONCE: usize = 256;
/// With more to be looked at again than one in so many of all, everything is read instead.
const TOO_MANY: usize = 8;
/// … but not for fewer than these.
const FEW: usize = 2_000;
/// A snapshot is written again after so many entries.
const WORTH_KEEPING: i64 = 50_000;

/// What a process keeps.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) network: Network,
    /// The last entry of the journal that is in it.
    pub(crate) seq: i64,
    /// That entry's hash: of which history it is.
    pub(crate) hash: String,
}

/// The read model of one process.
#[derive(Default)]
pub(crate) struct Model {
    kept: Arc<RwLock<Option<Kept>>>,
    /// Room for questions, kept from one to the next.
    scratches: Arc<Mutex<Vec<Scratch>>>,
    /// Where the snapshot lies, and up to where it goes.
    file: Option<PathBuf>,
    saved: Mutex<i64>,
}

impl Model {
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }

    /// Forgets everything: the ledger is another one now.
    pub(crate) async fn forget(&self) {
        *self.kept.write().await = None;
    }

    /// A group of this process was committed: the ledger went from one entry to another by these changes. While somebody
    /// is asking, nobody who writes waits for them: the next who asks brings it up.
    pub(crate) fn follow(&self, from: i64, part: &Ledger, changes: &Changes, seq: i64, hash: &str) {
        let Ok(mut guard) = self.kept.try_write() else {
            return;
        };
        let Some(kept) = guard.as_mut().filter(|kept| kept.seq == from) else {
            return;
        };
        if kept.network.follow(part, changes).is_err() {
            *guard = None;
            return;
        }
        kept.seq = seq;
        hash.clone_into(&mut kept.hash);
    }

    fn scratch(&self) -> Scratch {
        let mut scratches = self.scratches.lock().unwrap_or_else(PoisonError::into_inner);
        scratches.pop().unwrap_or_default()
    }
}

impl Store {
    /// Asks the network of trust as it is now: it is brought up to the journal first, entries of other processes
    /// included. What it answers is for the views to limit to what may be seen.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn network<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Network, &mut Scratch) -> T + Send + 'static,
    ) -> Result<T, Trouble> {
        let kept = self.base.network_now().await?;
        let mut scratch = self.base.network.scratch();
        let scratches = Arc::clone(&self.base.network.scratches);
        let asked = tokio::task::spawn_blocking(move || {
            let answer = kept.as_ref().map(|kept| ask(&kept.network, &mut scratch));
            let mut scratches = scratches.lock().unwrap_or_else(PoisonError::into_inner);
            scratches.push(scratch);
            answer
        });
        let answer = asked.await.map_err(|error| Trouble::Fault(error.to_string()))?;
        answer.ok_or_else(|| Trouble::Fault("no network is kept".to_owned()))
    }

    /// Writes the snapshot from which the next start begins, if there is a place for it and anything new.
    ///
    /// # Errors
    /// [`Trouble`] when it can not be written.
    pub async fn keep_network(&self) -> Result<(), Trouble> {
        self.base.keep_network(0).await
    }
}

impl Base {
    /// The network, brought up to the journal.
    async fn network_now(&self) -> Result<OwnedRwLockReadGuard<Option<Kept>>, Trouble> {
        let model = &self.network;
        loop {
            let head = self.head(&self.db).await?.head_seq;
            let guard = Arc::clone(&model.kept).read_owned().await;
            if guard.as_ref().is_some_and(|kept| kept.seq >= head) {
                return Ok(guard);
            }
            drop(guard);
            let mut guard = model.kept.write().await;
            if guard.as_ref().is_none_or(|kept| kept.seq < head) {
                let tx = dialect::begin_read(&self.db).await?;
                // Taken out meanwhile: what is brought up only in part, by a caller who goes away, is not kept as it is.
                let kept = match guard.take() {
                    Some(kept) => Some(kept),
                    None => self.read_snapshot(&tx).await?,
                };
                let kept = self.up_to_date(&tx, kept).await?;
                tx.commit().await?;
                *guard = Some(kept);
                drop(guard);
                if let Err(trouble) = self.keep_network(WORTH_KEEPING).await {
                    tracing::warn!(%trouble, "the snapshot of the network could not be written");
                }
            }
        }
    }

    /// What was kept, or what the tables say, as of the snapshot that a transaction reads.
    pub(crate) async fn up_to_date<C: ConnectionTrait>(
        &self,
        tx: &C,
        kept: Option<Kept>,
    ) -> Result<Kept, Trouble> {
        let head = self.head(tx).await?;
        if let Some(mut kept) = kept {
            if kept.seq == head.head_seq {
                return Ok(kept);
            }
            let members = self.named_since(tx, kept.seq).await?;
            let many = members.len() > FEW && members.len() > kept.network.len() / TOO_MANY;
            if kept.seq < head.head_seq && !many {
                self.look_again(tx, &mut kept.network, members).await?;
                kept.seq = head.head_seq;
                kept.hash = head.head_hash;
                return Ok(kept);
            }
        }
        let all = everything(tx, &head, &self.policy, Extent::Current).await?;
        let made = tokio::task::spawn_blocking(move || Network::of(&all));
        let made = made.await.map_err(|error| Trouble::Fault(error.to_string()))?;
        Ok(Kept {
            network: made.map_err(|full| Trouble::Fault(full.to_string()))?,
            seq: head.head_seq,
            hash: head.head_hash,
        })
    }

    /// Whom the entries after one are about.
    async fn named_since<C: ConnectionTrait>(&self, tx: &C, seq: i64) -> Result<BTreeSet<MemberId>, Trouble> {
        let text = "SELECT member FROM journal WHERE ledger_id = $1 AND seq > $2 \
                    UNION SELECT other FROM journal WHERE ledger_id = $1 AND seq > $2 AND other IS NOT NULL";
        let rows = tx
            .query_all_raw(sql(tx, text, [self.ledger.into(), seq.into()]))
            .await?;
        rows.iter().map(|row| member_at(row, 0)).collect()
    }

    /// Makes the network say of these members what the tables say.
    async fn look_again<C: ConnectionTrait>(
        &self,
        tx: &C,
        network: &mut Network,
        members: BTreeSet<MemberId>,
    ) -> Result<(), Trouble> {
        let members: Vec<MemberId> = members.into_iter().collect();
        for some in members.chunks(AT_ONCE) {
            let some: BTreeSet<MemberId> = some.iter().copied().collect();
            let mut part = Ledger::new(self.policy.clone());
            let scope = Scope::of_members(some.iter().copied());
            load_scope(tx, self, &mut part, &scope, &mut BTreeSet::new()).await?;
            let done = network.refresh(&part, &some);
            done.map_err(|full| Trouble::Fault(full.to_string()))?;
        }
        Ok(())
    }

    /// What is kept now, if it stands at that entry: for `verify`.
    pub(crate) async fn network_at(&self, seq: i64) -> Option<Vec<Record>> {
        let guard = self.network.kept.read().await;
        let kept = guard.as_ref().filter(|kept| kept.seq == seq);
        kept.map(|kept| kept.network.records())
    }

    /// Writes the snapshot when it is further than the one written last by more than so many entries.
    pub(crate) async fn keep_network(&self, than: i64) -> Result<(), Trouble> {
        let Some(file) = self.network.file.clone() else {
            return Ok(());
        };
        let guard = Arc::clone(&self.network.kept).read_owned().await;
        let Some(seq) = guard.as_ref().map(|kept| kept.seq) else {
            return Ok(());
        };
        {
            let mut saved = self.network.saved.lock().unwrap_or_else(PoisonError::into_inner);
            if seq - *saved <= than {
                return Ok(());
            }
            *saved = seq;
        }
        let written = tokio::task::spawn_blocking(move || match guard.as_ref() {
            Some(kept) => snapshot::write(&file, kept),
            None => Ok(()),
        });
        let written = written.await.map_err(|error| Trouble::Fault(error.to_string()))?;
        written.map_err(|error| Trouble::Unavailable(format!("the network's snapshot: {error}")))
    }

    /// The snapshot, if there is one of this very history.
    pub(crate) async fn read_snapshot<C: ConnectionTrait>(&self, tx: &C) -> Result<Option<Kept>, Trouble> {
        let Some(file) = self.network.file.clone() else {
            return Ok(None);
        };
        let read = tokio::task::spawn_blocking(move || snapshot::read(&file));
        let read = read.await.map_err(|error| Trouble::Fault(error.to_string()))?;
        let kept = match read {
            Ok(kept) => kept,
            Err(why) => {
                if why.kind() != std::io::ErrorKind::NotFound {
                    tracing::warn!(%why, "the snapshot of the network is made anew");
                }
                return Ok(None);
            }
        };
        let text = "SELECT hash FROM journal WHERE ledger_id = $1 AND seq = $2";
        let row = tx
            .query_one_raw(sql(tx, text, [self.ledger.into(), kept.seq.into()]))
            .await?;
        let hash: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        let ours = hash.as_ref() == Some(&kept.hash);
        if !ours {
            tracing::warn!("the snapshot of the network is of another ledger, and is made anew");
        }
        Ok(ours.then(|| {
            *self.network.saved.lock().unwrap_or_else(PoisonError::into_inner) = kept.seq;
            kept
        }))
    }
}

/// What a network made of a whole ledger holds.
pub(crate) fn of_replay(part: &Ledger) -> Result<Vec<Record>, Trouble> {
    let network = Network::of(part).map_err(|full| Trouble::Fault(full.to_string()))?;
    Ok(network.records())
}

/// How two lists of records differ, in words: how many, and the first.
pub(crate) fn difference(found: &[Record], expected: &[Record]) -> Option<String> {
    if found == expected {
        return None;
    }
    let (there, right): (BTreeSet<_>, BTreeSet<_>) = (found.iter().collect(), expected.iter().collect());
    let count = nat(i64::try_from(there.symmetric_difference(&right).count()).unwrap_or(i64::MAX));
    let first = match (right.difference(&there).next(), there.difference(&right).next()) {
        (Some(missing), _) => format!("{missing:?} is missing"),
        (None, Some(extra)) => format!("{extra:?} is too much"),
        (None, None) => "their order".to_owned(),
    };
    Some(format!(
        "{count} records differ from what the journal says: {first}"
    ))
}
