//! A member's records, present and past: tables.

use exodus_core::{
    AppealState, Bond, BondState, Intention, Link, Obligation, ObligationState, Offer, Origin, ReportState,
    Timestamp,
};

use super::{
    cell::{Row, Table},
    line::Line,
    own::Own,
    words,
};

/// The tables, those without rows too.
pub(super) fn tables(own: &Own) -> Vec<Table> {
    let records = &own.records;
    vec![
        Table {
            name: "appeals",
            rows: records.appeals.iter().map(|row| appeal(own, row)).collect(),
        },
        Table {
            name: "intentions",
            rows: records.intentions.iter().map(|row| intention(own, row)).collect(),
        },
        Table {
            name: "obligations",
            rows: records
                .obligations
                .iter()
                .map(|row| obligation(own, row))
                .collect(),
        },
        Table {
            name: "reports",
            rows: records
                .obligations
                .iter()
                .flat_map(|row| reports(own, row))
                .collect(),
        },
        Table {
            name: "offers",
            rows: records.offers.iter().map(|row| offer(own, row)).collect(),
        },
        Table {
            name: "bonds",
            rows: records.bonds.iter().map(|row| bond(own, row)).collect(),
        },
        Table {
            name: "links",
            rows: records.links.iter().map(|row| link(own, row)).collect(),
        },
        Table {
            name: "vouches",
            rows: vouches(own),
        },
        Table {
            name: "journal",
            rows: journal(own),
        },
    ]
}

/// An appeal of one's own.
fn appeal(own: &Own, row: &exodus_core::Appeal) -> Row {
    let (closed, ending) = match row.state {
        AppealState::Open => (None, ""),
        AppealState::Closed { at, ending } => (Some(at), words::ending(ending)),
    };
    Row(vec![
        ("appeal", row.id.0.into()),
        ("kind", words::appeal_kind(row.is_monthly()).into()),
        ("target", own.amount(row.target).into()),
        ("unit", own.unit().code.as_str().into()),
        ("deadline", row.deadline().into()),
        ("state", words::appeal_state(row.state).into()),
        ("opened", row.opened.into()),
        ("closed", closed.into()),
        ("ending", ending.into()),
        ("findable", row.findable.into()),
        ("purpose", own.words(row.purpose).into()),
        ("talk", own.words(row.talk).into()),
    ])
}

fn intention(own: &Own, row: &Intention) -> Row {
    let now = own.near.intention(row.id);
    Row(vec![
        ("intention", row.id.0.into()),
        (
            "direction",
            if row.author == own.me { "by_me" } else { "for_me" }.into(),
        ),
        ("with", own.other(row.author, row.recipient).into()),
        ("amount", own.amount(row.amount).into()),
        ("unit", own.unit().code.as_str().into()),
        ("form", words::form(row.form).into()),
        ("state", words::intention_state(row.state).into()),
        ("frozen", now.is_some_and(|now| own.near.is_frozen(now)).into()),
        ("recorded", row.recorded.into()),
        ("asked_to_convert", row.asked.into()),
        (
            "value_proposed",
            row.revaluation.map(|proposed| own.amount(proposed.amount)).into(),
        ),
        ("note", own.words(row.note).into()),
    ])
}

fn obligation(own: &Own, row: &Obligation) -> Row {
    let now = own.near.obligation(row.id);
    let (ended, how) = ending(row);
    let (intention, offer) = match row.origin {
        Origin::Appeal { intention, .. } => (intention.map(|intention| intention.0), None),
        Origin::Direct { offer } => (None, Some(offer.0)),
    };
    Row(vec![
        ("obligation", row.id.0.into()),
        ("direction", direction(own, row).into()),
        ("with", own.other(row.debtor, row.creditor).into()),
        ("amount", own.amount(row.amount).into()),
        ("settled", own.amount(row.settled()).into()),
        ("let_go", own.amount(row.closed()).into()),
        ("outstanding", own.amount(row.outstanding()).into()),
        ("awaiting", own.amount(row.awaiting()).into()),
        ("unit", own.unit().code.as_str().into()),
        ("form", words::form(row.form).into()),
        ("state", words::obligation_state(row.state).into()),
        (
            "frozen",
            now.is_some_and(|now| own.near.is_obligation_frozen(now)).into(),
        ),
        ("made", row.made.into()),
        ("due", row.due.into()),
        ("ended", ended.into()),
        ("how", how.into()),
        ("origin", words::origin(row.origin).into()),
        ("intention", intention.into()),
        ("offer", offer.into()),
        ("note", own.words(row.note).into()),
    ])
}

fn direction(own: &Own, row: &Obligation) -> &'static str {
    if row.debtor == own.me {
        "i_owe"
    } else {
        "owed_to_me"
    }
}

/// When an obligation ended, and how it was fulfilled.
const fn ending(row: &Obligation) -> (Option<Timestamp>, &'static str) {
    match row.state {
        ObligationState::Open | ObligationState::Overdue { .. } => (None, ""),
        ObligationState::Fulfilled { at, late, by_silence } => (Some(at), words::fulfilled(late, by_silence)),
        ObligationState::Released { at }
        | ObligationState::Cancelled { at }
        | ObligationState::Defaulted { at } => (Some(at), ""),
    }
}

fn reports<'a>(own: &'a Own, row: &'a Obligation) -> impl Iterator<Item = Row> + 'a {
    (0_u32..).zip(&row.reports).map(move |(nth, report)| {
        let (answered, reason) = match report.state {
            ReportState::Waiting => (None, None),
            ReportState::Answered { at, .. } | ReportState::BySilence { at, .. } => (Some(at), None),
            ReportState::Reopened { at, reason } => (Some(at), reason),
        };
        Row(vec![
            ("obligation", row.id.0.into()),
            ("report", nth.into()),
            ("direction", direction(own, row).into()),
            ("with", own.other(row.debtor, row.creditor).into()),
            ("amount", own.amount(report.amount).into()),
            ("confirmed", own.amount(report.settled()).into()),
            ("unit", own.unit().code.as_str().into()),
            ("state", words::report_state(report.state).into()),
            ("reported", report.at.into()),
            ("answered", answered.into()),
            ("note", own.words(report.note).into()),
            ("reason", own.words(reason).into()),
        ])
    })
}

fn offer(own: &Own, row: &Offer) -> Row {
    let mine = row.from == own.me;
    Row(vec![
        ("offer", row.id.0.into()),
        ("side", if mine { "mine" } else { "theirs" }.into()),
        ("with", own.other(row.from, row.to).into()),
        (
            "direction",
            if row.debtor == own.me {
                "i_would_owe"
            } else {
                "owed_to_me"
            }
            .into(),
        ),
        ("amount", own.amount(row.amount).into()),
        ("unit", own.unit().code.as_str().into()),
        ("form", words::form(row.form).into()),
        ("given_already", row.given.into()),
        ("due", row.due.into()),
        ("made", row.at.into()),
        ("state", words::offer_state(row.state).into()),
        ("note", own.words(row.note).into()),
    ])
}

fn bond(own: &Own, row: &Bond) -> Row {
    let other = row.other(own.me);
    let ended = match row.state {
        BondState::Ended { at, .. } => Some(at),
        BondState::Waiting | BondState::Declined | BondState::Withdrawn | BondState::Live { .. } => None,
    };
    Row(vec![
        ("bond", row.id.0.into()),
        ("side", if row.from == own.me { "mine" } else { "theirs" }.into()),
        ("with", own.label(other).into()),
        (
            "i_give",
            row.gives(own.me).map(|amount| own.amount(amount)).into(),
        ),
        (
            "they_give",
            row.gives(other).map(|amount| own.amount(amount)).into(),
        ),
        ("unit", own.unit().code.as_str().into()),
        ("made", row.made.into()),
        ("state", words::bond_state(row.state).into()),
        ("ended", ended.into()),
    ])
}

fn link(own: &Own, row: &Link) -> Row {
    let state = match (row.revoked, row.expired) {
        (Some(_), _) => "revoked",
        (None, Some(_)) => "expired",
        (None, None) if row.is_active() => "active",
        (None, None) => "used",
    };
    let other = (row.maker != row.about)
        .then(|| own.other(row.maker, row.about))
        .flatten();
    Row(vec![
        ("link", row.id.0.into()),
        ("side", if row.maker == own.me { "mine" } else { "theirs" }.into()),
        (
            "leads_to",
            if row.about == own.me {
                Some("me".to_owned())
            } else {
                other.clone()
            }
            .into(),
        ),
        ("with", other.into()),
        ("made", row.made.into()),
        ("used", row.visitors.len().into()),
        ("max_uses", row.max_uses.into()),
        ("expires", row.expires.into()),
        ("state", state.into()),
        ("ended", row.revoked.or(row.expired).into()),
    ])
}

/// Vouches given and received (M8a), also those taken back.
fn vouches(own: &Own) -> Vec<Row> {
    let vouched = own
        .entries
        .iter()
        .enumerate()
        .filter(|(_, (_, line))| line.what == "vouched");
    let same = |line: &Line, other: &Line| {
        (line.side, line.with, line.record) == (other.side, other.with, other.record)
    };
    vouched
        .map(|(place, (entry, line))| {
            let later = own.entries.iter().skip(place);
            let mut ends = later.filter(|(_, other)| other.what == "vouch_withdrawn" && same(line, other));
            Row(vec![
                (
                    "direction",
                    if line.side == "mine" { "by_me" } else { "for_me" }.into(),
                ),
                ("with", line.with.and_then(|other| own.label(other)).into()),
                ("appeal", line.record.into()),
                ("at", entry.event.at.into()),
                ("withdrawn", ends.next().map(|(end, _)| end.event.at).into()),
                ("words", own.words(line.details.note).into()),
            ])
        })
        .collect()
}

/// The member's journal, oldest first.
fn journal(own: &Own) -> Vec<Row> {
    let numbered = (1_u64..).zip(&own.entries);
    numbered
        .map(|(number, (entry, line))| {
            let details = &line.details;
            let amount = |amount: Option<exodus_core::Amount>| amount.map(|amount| own.amount(amount));
            Row(vec![
                ("number", number.into()),
                ("at", entry.event.at.into()),
                ("what", line.what.into()),
                ("by", line.by.into()),
                ("side", line.side.into()),
                ("with", line.with.and_then(|other| own.label(other)).into()),
                ("record", line.record.into()),
                ("became", line.became.into()),
                ("report", details.report.into()),
                ("amount", amount(details.amount).into()),
                ("amount_before", amount(details.before).into()),
                ("reported", amount(details.reported).into()),
                ("rest", amount(details.rest).into()),
                (
                    "unit",
                    details.amount.map_or("", |_| own.unit().code.as_str()).into(),
                ),
                ("form", details.form.map_or("", words::form).into()),
                ("date", details.date.into()),
                ("date_before", details.date_before.into()),
                ("month", details.month.map(|month| month.to_string()).into()),
                ("why", details.why.into()),
                ("note", own.words(details.note).into()),
                ("talk", own.words(details.talk).into()),
            ])
        })
        .collect()
}
