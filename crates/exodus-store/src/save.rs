//! Writing what changed: the state rows of a part.

use std::collections::BTreeSet;

use exodus_core::{Changes, Event, Fact, Ledger, MemberId, Timestamp};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::{
    dialect::{Present, among_pairs, int, put, sql},
    entity::{appeal, block, bond, circle, intention, link, member, obligation, offer, visit},
    rows::{self, appeal_row, bond_row, intention_row, link_row, member_row, obligation_row, offer_row},
    trouble::Trouble,
};

/// Writes the rows of everything that changed, as the part has it now.
pub(crate) async fn save<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &Ledger,
    whole: &BTreeSet<MemberId>,
    changes: &Changes,
    now: Timestamp,
) -> Result<(), Trouble> {
    members(db, ledger, part, whole, changes, now).await?;
    let rows = found(
        &changes.appeals,
        |id| part.appeal(id),
        |row| appeal_row(ledger, row),
    )?;
    upsert::<appeal::Entity, _>(db, &rows).await?;
    let rows = found(
        &changes.intentions,
        |id| part.intention(id),
        |row| intention_row(ledger, row),
    )?;
    upsert::<intention::Entity, _>(db, &rows).await?;
    let rows = found(
        &changes.obligations,
        |id| part.obligation(id),
        |row| obligation_row(ledger, row),
    )?;
    upsert::<obligation::Entity, _>(db, &rows).await?;
    let rows = found(&changes.offers, |id| part.offer(id), |row| offer_row(ledger, row))?;
    upsert::<offer::Entity, _>(db, &rows).await?;
    let rows = found(&changes.bonds, |id| part.bond(id), |row| bond_row(ledger, row))?;
    upsert::<bond::Entity, _>(db, &rows).await?;
    let rows = found(&changes.links, |id| part.link(id), |row| link_row(ledger, row))?;
    upsert::<link::Entity, _>(db, &rows).await?;
    edges(db, ledger, changes).await
}

fn found<'a, I: Copy + 'a, T: 'a, M>(
    ids: impl IntoIterator<Item = &'a I>,
    find: impl Fn(I) -> Option<&'a T>,
    row: impl Fn(&'a T) -> Result<M, Trouble>,
) -> Result<Vec<M>, Trouble> {
    ids.into_iter().filter_map(|id| find(*id)).map(row).collect()
}

async fn upsert<E, C>(db: &C, rows: &[E::Model]) -> Result<(), Trouble>
where
    E: EntityTrait,
    E::Model: serde::Serialize,
    C: ConnectionTrait,
{
    put::<E, C>(db, rows, Present::Takes(&[])).await?;
    Ok(())
}

/// Members held whole get the time at which something is next due for them; the others are looked at by the scheduler.
async fn members<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &Ledger,
    whole: &BTreeSet<MemberId>,
    changes: &Changes,
    now: Timestamp,
) -> Result<(), Trouble> {
    let rows: Result<Vec<_>, _> = concerned(part, changes)
        .into_iter()
        .filter_map(|id| part.member(id))
        .map(|row| {
            let due = if whole.contains(&row.id) {
                rows::next_due(part, row.id, now)
            } else {
                Some(now)
            };
            member_row(ledger, row, due)
        })
        .collect();
    upsert::<member::Entity, _>(db, &rows?).await
}

/// Members whose row changed, or for whom something else may be due next.
fn concerned(part: &Ledger, changes: &Changes) -> BTreeSet<MemberId> {
    let mut members = changes.members.clone();
    members.extend(
        changes
            .appeals
            .iter()
            .filter_map(|id| part.appeal(*id))
            .map(|row| row.owner),
    );
    members.extend(
        changes
            .links
            .iter()
            .filter_map(|id| part.link(*id))
            .flat_map(|row| [row.about, row.maker]),
    );
    members
}

async fn edges<C: ConnectionTrait>(db: &C, ledger: i64, changes: &Changes) -> Result<(), Trouble> {
    let mut joined = Vec::new();
    let mut left = Vec::new();
    for (&(appeal, helper), &(owner, joins)) in &changes.circles {
        let row = circle::Model {
            ledger_id: ledger,
            appeal: int(appeal.0),
            helper: int(helper.0),
            owner: int(owner.0),
        };
        if joins {
            joined.push(row)
        } else {
            left.push((row.appeal, row.helper))
        }
    }
    put::<circle::Entity, _>(db, &joined, Present::Stays).await?;
    delete_pairs(db, ledger, "circle", "appeal", "helper", &left).await?;
    let mut made = Vec::new();
    let mut undone = Vec::new();
    for (&(one, other), &stands) in &changes.blocks {
        let row = block::Model {
            ledger_id: ledger,
            blocker: int(one.0),
            blocked: int(other.0),
        };
        if stands {
            made.push(row)
        } else {
            undone.push((row.blocker, row.blocked))
        }
    }
    put::<block::Entity, _>(db, &made, Present::Stays).await?;
    delete_pairs(db, ledger, "block", "blocker", "blocked", &undone).await
}

async fn delete_pairs<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    table: &str,
    one: &str,
    other: &str,
    pairs: &[(i64, i64)],
) -> Result<(), Trouble> {
    if pairs.is_empty() {
        return Ok(());
    }
    let among = among_pairs(db, one, other, "bigint", 2);
    let text = format!("DELETE FROM {table} WHERE ledger_id = $1 AND {among}");
    db.execute_raw(sql(
        db,
        text,
        [ledger.into(), serde_json::to_string(pairs)?.into()],
    ))
    .await?;
    Ok(())
}

/// Writes who followed which link.
pub(crate) async fn visits<'a, C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    events: impl Iterator<Item = &'a Event>,
) -> Result<(), Trouble> {
    let rows: Vec<_> = events
        .filter_map(|event| {
            let Fact::LinkFollowed { link, visitor, .. } = event.fact else {
                return None;
            };
            Some(visit::Model {
                ledger_id: ledger,
                link: int(link.0),
                member: int(visitor.0),
            })
        })
        .collect();
    put::<visit::Entity, _>(db, &rows, Present::Stays).await?;
    Ok(())
}
