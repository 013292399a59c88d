//! The core's records as rows of the state tables, and back.

use exodus_core::{
    Appeal, Bond, Intention, Ledger, Link, Member, MemberId, Obligation, Offer, Period, Status, Timestamp,
};
use serde::de::DeserializeOwned;

use crate::{
    dialect::int,
    entity::{appeal, bond, intention, link, member, obligation, offer},
    trouble::Trouble,
};

/// The month in which what is unsettled last matters: far ahead.
const FAR_AHEAD: i64 = 1_000_000;

/// A month as a number: months since year 0.
pub(crate) fn month_number(period: Period) -> i64 {
    i64::from(period.year()) * 12 + i64::from(period.month()) - 1
}

/// The core's record, as it is kept.
fn body<T: serde::Serialize>(record: &T) -> Result<String, Trouble> {
    Ok(serde_json::to_string(record)?)
}

/// The core's record from how it is kept.
pub(crate) fn record<T: DeserializeOwned>(table: &str, body: &str) -> Result<T, Trouble> {
    serde_json::from_str(body).map_err(|error| Trouble::Damaged(format!("a row of {table}: {error}")))
}

pub(crate) fn member_row(
    ledger: i64,
    record: &Member,
    next_due: Option<Timestamp>,
) -> Result<member::Model, Trouble> {
    Ok(member::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        status: status_number(record.status()),
        here: record.is_here(),
        referred_by: record.referred_by.map(|member| int(member.0)),
        period: month_number(record.period),
        next_due: next_due.map(Timestamp::seconds),
        body: body(record)?,
    })
}

pub(crate) const fn status_number(status: Status) -> i64 {
    match status {
        Status::Green => 0,
        Status::Orange => 1,
        Status::Red => 2,
    }
}

pub(crate) fn appeal_row(ledger: i64, record: &Appeal) -> Result<appeal::Model, Trouble> {
    Ok(appeal::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        owner: int(record.owner.0),
        monthly: record.is_monthly(),
        is_open: record.is_open(),
        findable: record.findable,
        body: body(record)?,
    })
}

pub(crate) fn intention_row(ledger: i64, record: &Intention) -> Result<intention::Model, Trouble> {
    Ok(intention::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        author: int(record.author.0),
        recipient: int(record.recipient.0),
        appeal: int(record.appeal.0),
        live: record.is_live(),
        body: body(record)?,
    })
}

pub(crate) fn obligation_row(ledger: i64, record: &Obligation) -> Result<obligation::Model, Trouble> {
    Ok(obligation::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        debtor: int(record.debtor.0),
        creditor: int(record.creditor.0),
        appeal: record.appeal().map(|appeal| int(appeal.0)),
        unsettled: record.is_unsettled(),
        last_period: record.last_period().map_or(FAR_AHEAD, month_number),
        body: body(record)?,
    })
}

pub(crate) fn offer_row(ledger: i64, record: &Offer) -> Result<offer::Model, Trouble> {
    Ok(offer::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        from_member: int(record.from.0),
        to_member: int(record.to.0),
        waiting: record.is_waiting(),
        body: body(record)?,
    })
}

pub(crate) fn bond_row(ledger: i64, record: &Bond) -> Result<bond::Model, Trouble> {
    Ok(bond::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        from_member: int(record.from.0),
        to_member: int(record.to.0),
        waiting: record.is_waiting(),
        live: record.is_live(),
        is_current: record.is_current(),
        body: body(record)?,
    })
}

pub(crate) fn link_row(ledger: i64, record: &Link) -> Result<link::Model, Trouble> {
    Ok(link::Model {
        ledger_id: ledger,
        id: int(record.id.0),
        about: int(record.about.0),
        maker: int(record.maker.0),
        active: record.is_active(),
        body: body(record)?,
    })
}

/// When time next has something for a member, as the part that holds them whole says: now, when it has something now.
pub(crate) fn next_due(part: &Ledger, member: MemberId, now: Timestamp) -> Option<Timestamp> {
    if exodus_core::period::due_for(part, member, now).is_empty() {
        due_after(part, member, now)
    } else {
        Some(now)
    }
}

/// When time next has something for a member after an instant by which everything was done.
pub(crate) fn due_after(part: &Ledger, member: MemberId, done: Timestamp) -> Option<Timestamp> {
    exodus_core::period::next_due(part, member, done)
}
