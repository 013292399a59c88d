//! Comparing the state tables with the replayed state: both in the order of their keys, side by side, a page at a time.

use std::{cmp::Ordering, iter::Peekable};

use exodus_core::{AppealId, Ledger, LinkId, MemberId, OfferId};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult, Value};
use serde::Serialize;

use super::Report;
use crate::{
    dialect::{int, sql},
    entity::{appeal, bond, intention, link, member, obligation, offer},
    load::PAGE,
    rows::{appeal_row, bond_row, intention_row, link_row, member_row, obligation_row, offer_row},
    trouble::Trouble,
};

/// Compares every state row with the replayed state.
pub(super) async fn tables<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &Ledger,
    report: &mut Report,
) -> Result<(), Trouble> {
    let mut records = Records { db, ledger, report };
    let rows = part.members().map(|row| member_row(ledger, row, None));
    records
        .compare::<member::Entity>("member", |row| row.id, rows)
        .await?;
    let rows = part.appeals().map(|row| appeal_row(ledger, row));
    records
        .compare::<appeal::Entity>("appeal", |row| row.id, rows)
        .await?;
    let rows = part.intentions().map(|row| intention_row(ledger, row));
    records
        .compare::<intention::Entity>("intention", |row| row.id, rows)
        .await?;
    let rows = part.obligations().map(|row| obligation_row(ledger, row));
    records
        .compare::<obligation::Entity>("obligation", |row| row.id, rows)
        .await?;
    let rows = offers(part).map(|row| offer_row(ledger, row));
    records
        .compare::<offer::Entity>("offer", |row| row.id, rows)
        .await?;
    let rows = part.bonds().map(|row| bond_row(ledger, row));
    records
        .compare::<bond::Entity>("bond", |row| row.id, rows)
        .await?;
    let rows = links(part).map(|row| link_row(ledger, row));
    records
        .compare::<link::Entity>("link", |row| row.id, rows)
        .await?;
    records
        .edges("visit", ["link", "member"], None, visits(part))
        .await?;
    records
        .edges("block", ["blocker", "blocked"], None, blocks(part))
        .await?;
    records
        .edges("circle", ["appeal", "helper"], Some("owner"), circles(part))
        .await
}

/// Numbers are given to records of all kinds in turn.
fn numbers(part: &Ledger) -> std::ops::Range<u64> {
    1..part.next_number()
}

/// Every offer, in the order of their numbers.
pub(crate) fn offers(part: &Ledger) -> impl Iterator<Item = &exodus_core::Offer> {
    numbers(part).filter_map(|number| part.offer(OfferId(number)))
}

/// Every link, in the order of their numbers.
pub(crate) fn links(part: &Ledger) -> impl Iterator<Item = &exodus_core::Link> {
    numbers(part).filter_map(|number| part.link(LinkId(number)))
}

/// Two ends, and what else stands there, or 0.
pub(crate) type Edge = [u64; 3];

/// Who followed which link.
pub(crate) fn visits(part: &Ledger) -> impl Iterator<Item = Edge> {
    links(part).flat_map(|row| row.visitors.iter().map(|visitor| [row.id.0, visitor.0, 0]))
}

/// Who blocks whom.
pub(crate) fn blocks(part: &Ledger) -> impl Iterator<Item = Edge> {
    part.members().flat_map(|row| {
        part.blocks_by(row.id)
            .map(move |MemberId(other)| [row.id.0, other, 0])
    })
}

/// Who is in the circle of which appeal, and whose it is.
pub(crate) fn circles(part: &Ledger) -> impl Iterator<Item = Edge> {
    part.appeals().flat_map(|row| {
        let AppealId(appeal) = row.id;
        part.circle(row.id)
            .map(move |MemberId(helper)| [appeal, helper, row.owner.0])
    })
}

/// The tables of a community, and what is found wrong with them.
struct Records<'a, C> {
    db: &'a C,
    ledger: i64,
    report: &'a mut Report,
}

impl<C: ConnectionTrait> Records<'_, C> {
    /// Compares a table with the rows that should be in it.
    async fn compare<E>(
        &mut self,
        place: &'static str,
        id: fn(&E::Model) -> i64,
        should: impl Iterator<Item = Result<E::Model, Trouble>>,
    ) -> Result<(), Trouble>
    where
        E: EntityTrait,
        E::Model: Serialize + PartialEq,
    {
        let mut should = should.peekable();
        let mut after = -1_i64;
        loop {
            let text =
                format!("SELECT * FROM {place} WHERE ledger_id = $1 AND id > $2 ORDER BY id LIMIT {PAGE}");
            let page = sql(self.db, text, [self.ledger.into(), after.into()]);
            let rows = E::find().from_raw_sql(page).all(self.db).await?;
            let Some(last) = rows.last() else { break };
            after = id(last);
            for row in rows {
                let number = id(&row);
                while let Some(missing) = before(&mut should, |next| id(next).cmp(&number))? {
                    self.report.note(place, id(&missing), "is missing");
                }
                match should.next_if(|next| next.as_ref().is_ok_and(|next| id(next) == number)) {
                    Some(next) => differ(self.report, place, number, &next?, &row)?,
                    None => self.report.note(place, number, "is not in the journal"),
                }
            }
        }
        for missing in should {
            self.report.note(place, id(&missing?), "is missing");
        }
        Ok(())
    }

    /// Compares a table of edges with those that should be in it.
    async fn edges(
        &mut self,
        place: &'static str,
        [one, other]: [&str; 2],
        third: Option<&str>,
        should: impl Iterator<Item = Edge>,
    ) -> Result<(), Trouble> {
        let mut should = should.peekable();
        let name = |edge: Edge| {
            let shown = if third.is_some() { 3 } else { 2 };
            let numbers: Vec<String> = edge.iter().take(shown).map(ToString::to_string).collect();
            numbers.join(" ")
        };
        let mut after: Edge = [0, 0, 0];
        loop {
            let [from, to, _] = after;
            let text = format!(
                "SELECT {one}, {other}, {} FROM {place} WHERE ledger_id = $1 AND ({one}, {other}) > ($2, $3) \
                 ORDER BY {one}, {other} LIMIT {PAGE}",
                third.unwrap_or("0")
            );
            let values: [Value; 3] = [self.ledger.into(), int(from).into(), int(to).into()];
            let rows = self.db.query_all_raw(sql(self.db, text, values)).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let edge = edge(row, third.is_some())?;
                after = edge;
                while let Some(missing) = should.next_if(|next| *next < edge) {
                    self.report.note(place, name(missing), "is missing");
                }
                if should.next_if(|next| *next == edge).is_none() {
                    self.report.note(place, name(edge), "is not in the journal");
                }
            }
        }
        for missing in should {
            self.report.note(place, name(missing), "is missing");
        }
        Ok(())
    }
}

/// The next of these if it comes before something.
fn before<T>(
    rows: &mut Peekable<impl Iterator<Item = Result<T, Trouble>>>,
    compared: impl Fn(&T) -> Ordering,
) -> Result<Option<T>, Trouble> {
    rows.next_if(|next| !next.as_ref().is_ok_and(|next| compared(next).is_ge()))
        .transpose()
}

fn edge(row: &QueryResult, third: bool) -> Result<Edge, Trouble> {
    let number = |column| row.try_get_by_index::<i64>(column).map(crate::dialect::nat);
    let third = if third { number(2)? } else { 0 };
    Ok([number(0)?, number(1)?, third])
}

/// Names the columns, and the fields of the body, in which a row is not as it should be.
fn differ<M: Serialize + PartialEq>(
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
