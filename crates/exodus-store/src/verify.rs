//! Whether the state is what the journal says, and the journal is what was written.
//!
//! The journal is read through once, page by page, each page decoded and replayed while the next is fetched; then every
//! state row is compared with the replayed one, byte for byte.

use exodus_core::{Ledger, Policy, Snapshot};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Store,
    dialect::{self, int, nat, sql},
    entity::{appeal, intention, journal, ledger, link, member, obligation, offer},
    journal::{FIRST, hash_of, read, wrong_columns},
    load::PAGE,
    rows::{appeal_row, intention_row, link_row, member_row, obligation_row, offer_row},
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
        let report = verify(&tx, self.base.ledger, &self.base.policy, progress).await?;
        tx.commit().await?;
        Ok(report)
    }
}

/// As [`Store::verify`], in a transaction of the caller's.
pub(crate) async fn verify<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    policy: &Policy,
    progress: impl FnMut(u64, u64) + Send,
) -> Result<Report, Trouble> {
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
    compare(db, ledger, &part.snapshot(), &mut report).await?;
    Ok(report)
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

macro_rules! compare_table {
    ($db:expr, $ledger:expr, $report:expr, $entity:ident, $name:literal, $records:expr, $row:expr) => {{
        let mut expected = $records.iter();
        let mut next = expected.next().map($row).transpose()?;
        let mut after = -1_i64;
        loop {
            let rows = $entity::Entity::find()
                .filter($entity::Column::LedgerId.eq($ledger))
                .filter($entity::Column::Id.gt(after))
                .order_by_asc($entity::Column::Id)
                .limit(PAGE)
                .all($db)
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in rows {
                while let Some(missing) = next.take_if(|next| next.id < row.id) {
                    $report.note($name, missing.id, "is missing");
                    next = expected.next().map($row).transpose()?;
                }
                match next.take_if(|next| next.id == row.id) {
                    None => $report.note($name, row.id, "is not in the journal"),
                    Some(should) => {
                        differ($report, $name, row.id, &should, &row)?;
                        next = expected.next().map($row).transpose()?;
                    }
                }
            }
        }
        while let Some(missing) = next.take() {
            $report.note($name, missing.id, "is missing");
            next = expected.next().map($row).transpose()?;
        }
    }};
}

/// Compares every state row with the replayed state.
async fn compare<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    should: &Snapshot,
    report: &mut Report,
) -> Result<(), Trouble> {
    compare_table!(db, ledger, report, member, "member", should.members, |row| {
        member_row(ledger, row, None)
    });
    compare_table!(db, ledger, report, appeal, "appeal", should.appeals, |row| {
        appeal_row(ledger, row)
    });
    compare_table!(
        db,
        ledger,
        report,
        intention,
        "intention",
        should.intentions,
        |row| intention_row(ledger, row)
    );
    compare_table!(
        db,
        ledger,
        report,
        obligation,
        "obligation",
        should.obligations,
        |row| obligation_row(ledger, row)
    );
    compare_table!(
        db,
        ledger,
        report,
        offer,
        "offer",
        should.offers,
        |row| offer_row(ledger, row)
    );
    compare_table!(db, ledger, report, link, "link", should.links, |row| link_row(
        ledger, row
    ));
    let visits = should
        .links
        .iter()
        .flat_map(|link| link.visitors.iter().map(|visitor| vec![link.id.0, visitor.0]));
    edges(db, ledger, report, "visit", "link, member", visits.collect()).await?;
    let blocks = should.blocks.iter().map(|(one, other)| vec![one.0, other.0]);
    edges(db, ledger, report, "block", "blocker, blocked", blocks.collect()).await?;
    let owners: std::collections::BTreeMap<_, _> =
        should.appeals.iter().map(|row| (row.id, row.owner.0)).collect();
    let circles = should
        .circles
        .iter()
        .map(|(appeal, helper)| vec![appeal.0, helper.0, owners.get(appeal).copied().unwrap_or(0)]);
    edges(
        db,
        ledger,
        report,
        "circle",
        "appeal, helper, owner",
        circles.collect(),
    )
    .await
}

/// Names the columns, and the fields of the body, in which a row is not as it should be.
fn differ<M: serde::Serialize + PartialEq>(
    report: &mut Report,
    place: &'static str,
    id: i64,
    should: &M,
    is: &M,
) -> Result<(), Trouble> {
    if should == is {
        return Ok(());
    }
    let (should, is) = (serde_json::to_value(should)?, serde_json::to_value(is)?);
    for field in fields(&should, &is) {
        // When something is next due is kept beside the state.
        if field == "next_due" {
            continue;
        }
        if field != "body" {
            let [is, should] = [&is, &should].map(|row| row.get(&field).cloned().unwrap_or_default());
            report.note(place, id, format!("{field} is {is} and should be {should}"));
            continue;
        }
        let inner = |row: &serde_json::Value| -> serde_json::Value {
            let body = row
                .get("body")
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default();
            serde_json::from_str(body).unwrap_or_default()
        };
        let (should, is) = (inner(&should), inner(&is));
        let wrong = fields(&should, &is);
        if wrong.is_empty() {
            report.note(place, id, "body is written in another way");
        }
        for field in wrong {
            let [is, should] = [&is, &should].map(|row| row.get(&field).cloned().unwrap_or_default());
            report.note(place, id, format!("{field} is {is} and should be {should}"));
        }
    }
    Ok(())
}

fn fields(one: &serde_json::Value, other: &serde_json::Value) -> Vec<String> {
    let keys = |value: &serde_json::Value| -> std::collections::BTreeSet<String> {
        value
            .as_object()
            .into_iter()
            .flat_map(|map| map.keys().cloned())
            .collect()
    };
    keys(one)
        .union(&keys(other))
        .filter(|key| one.get(*key) != other.get(*key))
        .cloned()
        .collect()
}

async fn edges<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    report: &mut Report,
    place: &'static str,
    columns: &str,
    should: std::collections::BTreeSet<Vec<u64>>,
) -> Result<(), Trouble> {
    let count = columns.split(',').count();
    let text = format!("SELECT {columns} FROM {place} WHERE ledger_id = $1");
    let mut is = std::collections::BTreeSet::new();
    for row in db.query_all_raw(sql(db, text, [ledger.into()])).await? {
        let edge: Result<Vec<u64>, sea_orm::DbErr> = (0..count)
            .map(|column| row.try_get_by_index::<i64>(column).map(nat))
            .collect();
        is.insert(edge?);
    }
    let name = |edge: &[u64]| {
        edge.iter()
            .map(|id| int(*id).to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for edge in should.difference(&is) {
        report.note(place, name(edge), "is missing");
    }
    for edge in is.difference(&should) {
        report.note(place, name(edge), "is not in the journal");
    }
    Ok(())
}
