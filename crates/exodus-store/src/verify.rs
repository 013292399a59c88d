//! Whether the state is what the journal says, and the journal is what was written.
//!
//! The journal is read through once, page by page, each page decoded and replayed while the next is fetched; then every
//! state row is compared with the replayed one, byte for byte, page by page too. What is held is the state and two
//! pages, however long the journal.

pub(crate) mod compare;

use exodus_core::{Ledger, Policy};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Store,
    dialect::{self, nat},
    entity::{journal, ledger},
    journal::{FIRST, hash_of, read, wrong_columns},
    load::PAGE,
    network,
    trouble::Trouble,
};

/// Differences named; more are only counted.
const NAMED: usize = 1000;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub place: &'static str,
    /// Which row there: its number, or its two.
    pub id: String,
    /// What is wrong with it.
    pub what: String,
}

/// What verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries of the journal that were read.
    pub entries: u64,
    /// What is wrong, the first thousand of it.
    pub differences: Vec<Difference>,
    /// How much is wrong.
    pub count: u64,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn ok(&self) -> bool {
        self.count == 0
    }

    fn note(&mut self, place: &'static str, id: impl ToString, what: impl Into<String>) {
        self.count += 1;
        if self.differences.len() < NAMED {
            self.differences.push(Difference {
                place,
                id: id.to_string(),
                what: what.into(),
            });
        }
    }
}

impl Store {
    /// Replays the journal and compares. `progress` is told how many entries of how many were read.
    ///
    /// # Errors
    /// [`Trouble`] when the database does not answer; what is wrong with the data is in the report.
    pub async fn verify(&self, progress: impl FnMut(u64, u64) + Send) -> Result<Report, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let (mut report, part) = verify(&tx, self.base.ledger, &self.base.policy, progress).await?;
        self.compare_network(&tx, &part, &mut report).await?;
        tx.commit().await?;
        Ok(report)
    }

    /// Compares the network with the replayed state: what is kept in memory, if it stands where the journal ends, and
    /// what is made of the snapshot and of the entries after it.
    async fn compare_network<C: ConnectionTrait>(
        &self,
        tx: &C,
        part: &Ledger,
        report: &mut Report,
    ) -> Result<(), Trouble> {
        let expected = network::of_replay(part)?;
        let head = self.base.head(tx).await?.head_seq;
        let held = self.base.network_at(head).await;
        let snapshot = match self.base.read_snapshot(tx).await? {
            None => None,
            Some(kept) => Some(self.base.up_to_date(tx, Some(kept)).await?.network.records()),
        };
        for (id, found) in [("in memory", held), ("snapshot", snapshot)] {
            let what = found.and_then(|found| network::difference(&found, &expected));
            if let Some(what) = what {
                report.note("network", id, what);
            }
        }
        Ok(())
    }
}

/// As [`Store::verify`], in a transaction of the caller's.
pub(crate) async fn verify<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    policy: &Policy,
    progress: impl FnMut(u64, u64) + Send,
) -> Result<(Report, Ledger), Trouble> {
    let head = ledger::Entity::find_by_id(ledger).one(db).await?;
    let head = head.ok_or_else(|| Trouble::Damaged(format!("ledger {ledger} is gone")))?;
    let replay = replay(db, &head, policy, progress).await?;
    let Replay {
        part,
        mut report,
        seq,
        hash,
        at,
    } = replay;
    if head.head_seq != seq {
        report.note(
            "ledger",
            ledger,
            format!(
                "says the last entry is {}, the journal ends with {seq}",
                head.head_seq
            ),
        );
    } else if head.head_hash != hash {
        report.note("ledger", ledger, "has another hash than the last entry");
    }
    if head.last_at != at && seq > 0 {
        report.note("ledger", ledger, "has another time than the last entry");
    }
    if nat(head.next_number) != part.next_number() {
        report.note(
            "ledger",
            ledger,
            format!(
                "next number {} should be {}",
                head.next_number,
                part.next_number()
            ),
        );
    }
    if let Err(breach) = part.invariants() {
        report.note("ledger", ledger, format!("an invariant is broken: {breach:?}"));
    }
    compare::tables(db, ledger, &part, &mut report).await?;
    Ok((report, part))
}

/// The journal, replayed.
pub(crate) struct Replay {
    pub(crate) part: Ledger,
    pub(crate) report: Report,
    seq: i64,
    hash: String,
    at: i64,
}

/// Reads the journal through.
pub(crate) async fn replay<C: ConnectionTrait>(
    db: &C,
    head: &ledger::Model,
    policy: &Policy,
    mut progress: impl FnMut(u64, u64) + Send,
) -> Result<Replay, Trouble> {
    let all = nat(head.head_seq);
    let mut replay = Replay {
        part: Ledger::new(policy.clone()),
        report: Report::default(),
        seq: 0,
        hash: FIRST.to_owned(),
        at: i64::MIN,
    };
    let mut page = fetch(db, head.id, 0).await?;
    while let Some(last) = page.last() {
        let next = fetch(db, head.id, last.seq);
        let work = tokio::task::spawn_blocking(move || {
            replay.page(&page);
            replay
        });
        let (next, done) = futures::join!(next, work);
        replay = done.map_err(|error| Trouble::Fault(error.to_string()))?;
        page = next?;
        progress(replay.report.entries, all);
    }
    Ok(replay)
}

async fn fetch<C: ConnectionTrait>(db: &C, ledger: i64, after: i64) -> Result<Vec<journal::Model>, Trouble> {
    let rows = journal::Entity::find()
        .filter(journal::Column::LedgerId.eq(ledger))
        .filter(journal::Column::Seq.gt(after))
        .order_by_asc(journal::Column::Seq)
        .limit(PAGE)
        .all(db)
        .await?;
    Ok(rows)
}

impl Replay {
    fn page(&mut self, rows: &[journal::Model]) {
        for row in rows {
            self.entry(row);
        }
    }

    fn entry(&mut self, row: &journal::Model) {
        let report = &mut self.report;
        report.entries += 1;
        let expected = self.seq.saturating_add(1);
        if row.seq == expected {
            if row.hash != hash_of(&self.hash, row) {
                report.note(
                    "journal",
                    row.seq,
                    "its hash does not fit what it says and the entry before it",
                );
            }
        } else if row.seq == expected.saturating_add(1) {
            report.note("journal", expected, "is missing");
        } else {
            report.note(
                "journal",
                expected,
                format!("to {} are missing", row.seq.saturating_sub(1)),
            );
        }
        if row.at < self.at {
            report.note("journal", row.seq, "is earlier than the entry before it");
        }
        match read(row) {
            Ok(entry) => {
                for column in wrong_columns(row, &entry.event) {
                    report.note(
                        "journal",
                        row.seq,
                        format!("its column {column} does not fit its body"),
                    );
                }
                self.part.evolve(&entry.event);
            }
            Err(trouble) => report.note("journal", row.seq, format!("can not be read: {trouble}")),
        }
        self.seq = row.seq;
        self.at = row.at;
        self.hash.clone_from(&row.hash);
    }
}
