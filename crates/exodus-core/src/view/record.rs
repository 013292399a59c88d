//! Single records as their parties see them, with what each may do (L1–L12, L16, N4).
//!
//! Invariant: a flag `may_…` says what [`crate::decide()`] will accept from the viewer at that instant.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    IntentionView, LinkView, ObligationView, OfferView, ReportView, Who,
    appeal::totals,
    need::may_promise,
    sight::{is_here, party, who},
};
use crate::{
    amount::Amount,
    id::{IntentionId, LinkId, MemberId, ObligationId, OfferId, ReportId},
    intention::{Form, Intention},
    ledger::Ledger,
    link::Link,
    obligation::{Obligation, Report, ReportState},
    period::overdue_on,
    share::apportion,
    time::Timestamp,
};

/// An intention, for its author and its recipient at an instant. The rest of the circle sees it among the helpers of
/// the appeal.
#[must_use]
pub fn intention(ledger: &Ledger, viewer: MemberId, id: IntentionId, at: Timestamp) -> Option<IntentionView> {
    let row = ledger
        .intention(id)
        .filter(|row| is_party(ledger, viewer, row.author, row.recipient))?;
    let mine = row.author == viewer;
    let live = row.is_live();
    let other = if mine { row.recipient } else { row.author };
    Some(IntentionView {
        intention: id,
        author: row.author,
        recipient: row.recipient,
        other: who(ledger, viewer, other),
        appeal: row.appeal,
        amount: row.amount,
        form: row.form,
        note: row.note,
        made: row.made,
        changed: row.changed,
        recorded: row.recorded,
        frozen: ledger.is_frozen(row),
        live,
        asked: row.asked,
        proposed: row.revaluation.map(|revaluation| revaluation.amount),
        proportional: proportional(ledger, row),
        mine,
        may_change: live && mine,
        may_convert: live && mine && may_promise(ledger, viewer),
        may_ask: live && !mine && !ledger.is_red(row.author) && a_day_after(row.asked, at),
        may_revalue: live && !mine && row.form != Form::Money,
    })
}

/// An obligation, for its debtor and its creditor at an instant.
#[must_use]
pub fn obligation(
    ledger: &Ledger,
    viewer: MemberId,
    id: ObligationId,
    at: Timestamp,
) -> Option<ObligationView> {
    let row = ledger
        .obligation(id)
        .filter(|row| is_party(ledger, viewer, row.debtor, row.creditor))?;
    let mine = row.debtor == viewer;
    let unsettled = row.is_unsettled();
    let (owes, claims) = (unsettled && mine, unsettled && !mine);
    let other = if mine { row.creditor } else { row.debtor };
    let named = party(ledger, viewer, other, unsettled);
    let reports = (0..).zip(&row.reports);
    Some(ObligationView {
        obligation: id,
        debtor: row.debtor,
        creditor: row.creditor,
        other: named,
        other_status: (named != Who::Someone && is_here(ledger, other)).then(|| ledger.status(other)),
        amount: row.amount,
        settled: row.settled(),
        outstanding: row.outstanding(),
        awaiting: row.awaiting(),
        unreported: row.unreported(),
        form: row.form,
        note: row.note,
        due: row.due,
        state: row.state,
        frozen: ledger.is_obligation_frozen(row),
        origin: row.origin,
        made: row.made,
        overdue_on: overdue_on(ledger, row),
        reports: reports
            .map(|(nth, report)| report_view(ledger, viewer, row, nth, report, at))
            .collect(),
        mine,
        pay: owes,
        may_report: owes && !row.unreported().is_zero(),
        may_release: claims && row.awaiting().is_zero(),
        may_ask: claims
            && !ledger.is_red(row.debtor)
            && !row.unreported().is_zero()
            && a_day_after(row.asked, at),
    })
}

/// An offer, for who made it and to whom.
#[must_use]
pub fn offer(ledger: &Ledger, viewer: MemberId, id: OfferId) -> Option<OfferView> {
    let row = ledger
        .offer(id)
        .filter(|row| is_party(ledger, viewer, row.from, row.to))?;
    let waiting = row.is_waiting();
    let other = if row.from == viewer { row.to } else { row.from };
    Some(OfferView {
        offer: id,
        from: row.from,
        to: row.to,
        other: who(ledger, viewer, other),
        debtor: row.debtor,
        amount: row.amount,
        form: row.form,
        due: row.due,
        note: row.note,
        given: row.given,
        waiting,
        may_answer: waiting && row.to == viewer,
    })
}

/// A link, for who made it and to whom it leads.
#[must_use]
pub fn link(ledger: &Ledger, viewer: MemberId, id: LinkId) -> Option<LinkView> {
    let row = ledger
        .link(id)
        .filter(|row| is_party(ledger, viewer, row.maker, row.about))?;
    Some(LinkView {
        link: id,
        about: row.about,
        maker: row.maker,
        other: other_of_link(ledger, viewer, row),
        made: row.made,
        uses: row.visitors.len(),
        max_uses: row.max_uses,
        expires: row.expires,
        active: row.is_active(),
        mine: row.maker == viewer,
        gives: row.gives,
    })
}

/// The links a member made and those that lead to them, in the order they were made.
#[must_use]
pub fn links(ledger: &Ledger, viewer: MemberId) -> Vec<LinkView> {
    let ids: BTreeSet<LinkId> = ledger
        .links_made_by(viewer)
        .chain(ledger.links_about(viewer))
        .map(|link| link.id)
        .collect();
    ids.into_iter()
        .filter_map(|id| link(ledger, viewer, id))
        .collect()
}

/// Whether the viewer is one of two, and has not left.
fn is_party(ledger: &Ledger, viewer: MemberId, one: MemberId, other: MemberId) -> bool {
    (viewer == one || viewer == other) && is_here(ledger, viewer)
}

fn report_view(
    ledger: &Ledger,
    viewer: MemberId,
    row: &Obligation,
    nth: u32,
    report: &Report,
    at: Timestamp,
) -> ReportView {
    let mine = row.debtor == viewer;
    ReportView {
        report: ReportId {
            obligation: row.id,
            nth,
        },
        amount: report.amount,
        at: report.at,
        note: report.note,
        state: report.state,
        may_answer: !mine && report.is_waiting(),
        may_remind: mine && report.is_waiting() && a_day_after(report.reminded, at),
        may_reopen: !mine && may_reopen(ledger, row, report, at),
    }
}

/// Confirmed by mistake: within 24 hours, once, while nothing of it was let go and the debtor is here (L16).
fn may_reopen(ledger: &Ledger, row: &Obligation, report: &Report, at: Timestamp) -> bool {
    let recently = match report.state {
        ReportState::Answered {
            confirmed,
            at: answered,
            ..
        } => !confirmed.is_zero() && at <= answered.plus_hours(24),
        ReportState::Waiting | ReportState::BySilence { .. } | ReportState::Reopened { .. } => false,
    };
    let stands = row.is_fulfilled() || row.is_unsettled();
    recently && stands && !row.reopened && row.closure.is_none() && is_here(ledger, row.debtor)
}

/// Whether 24 hours have passed since the last time, if there was one (L10, L12).
fn a_day_after(last: Option<Timestamp>, at: Timestamp) -> bool {
    last.is_none_or(|last| last.plus_hours(24) <= at)
}

/// The part of what is missing that falls to an intention, where intentions are more than that (L20).
fn proportional(ledger: &Ledger, intention: &Intention) -> Option<Amount> {
    if !intention.is_live() || ledger.is_frozen(intention) {
        return None;
    }
    let appeal = ledger.appeal(intention.appeal)?;
    let totals = totals(ledger, appeal);
    if totals.intended <= totals.missing {
        return None;
    }
    let counting = ledger
        .intentions_for(appeal.owner)
        .filter(|row| row.appeal == appeal.id && !ledger.is_frozen(row));
    let (ids, weights): (Vec<IntentionId>, Vec<Amount>) = counting.map(|row| (row.id, row.amount)).unzip();
    let shares = apportion(totals.missing, &weights);
    ids.into_iter()
        .zip(shares)
        .find(|(id, _)| *id == intention.id)
        .map(|(_, share)| share)
}

/// The other end of a link. Whom it leads to sees who made it (N4), unless blocked or gone; its maker is named whom it
/// leads to while they may see them.
fn other_of_link(ledger: &Ledger, viewer: MemberId, row: &Link) -> Who {
    if row.about == viewer && is_here(ledger, row.maker) && !ledger.is_blocked(viewer, row.maker) {
        Who::Member(row.maker)
    } else {
        let other = if row.about == viewer { row.maker } else { row.about };
        who(ledger, viewer, other)
    }
}
