//! Home and the organizer: what is mine for others, others' for me, what waits for my word, and the archives (U6, L18).

use alloc::{collections::BTreeSet, vec::Vec};
use core::cmp::Reverse;

use super::{Home, Organizer, appeal::appeal, need::in_need, network::network, sight::is_here};
use crate::{
    amount::Amount,
    id::{IntentionId, MemberId, ObligationId},
    intention::Intention,
    ledger::Ledger,
    obligation::{Obligation, ObligationState, ReportState},
    time::{Date, Period, Timestamp},
};

/// Home at an instant. `None` for somebody who is not here.
#[must_use]
pub fn home(ledger: &Ledger, viewer: MemberId, at: Timestamp) -> Option<Home> {
    let row = ledger.member(viewer).filter(|row| row.is_here())?;
    let period = ledger.policy.period(at);
    let current = ledger.current_appeal(viewer).map(|appeal| appeal.id);
    Some(Home {
        status: row.status(),
        suspended: row.suspended,
        appeal: current.and_then(|id| appeal(ledger, viewer, id)),
        period,
        days_left: days_left(ledger.policy.date(at)),
        organizer: organizer(ledger, viewer),
        in_need: in_need(ledger, viewer).len(),
        network: network(ledger, viewer).len(),
        promised: promised_by(ledger, viewer, period),
        given: ledger
            .owed_by(viewer)
            .map(|obligation| confirmed_in(obligation, period))
            .sum(),
        received: ledger
            .owed_to(viewer)
            .map(|obligation| confirmed_in(obligation, period))
            .sum(),
    })
}

/// Everything of a member's own, as lists of records. Empty for somebody who is not here.
#[must_use]
pub fn organizer(ledger: &Ledger, viewer: MemberId) -> Organizer {
    if !is_here(ledger, viewer) {
        return Organizer::default();
    }
    let mine = || {
        ledger
            .owed_by(viewer)
            .filter(|obligation| obligation.is_unsettled())
    };
    let for_me = || {
        ledger
            .owed_to(viewer)
            .filter(|obligation| obligation.is_unsettled())
    };
    let my_intentions = || ledger.intentions_by(viewer);
    let offers = || ledger.offers_of(viewer);
    let settled = || ledger.owed_by(viewer).chain(ledger.owed_to(viewer));
    Organizer {
        my_intentions: ids(my_intentions()),
        my_obligations: by_due(mine()),
        intentions_for_me: ids(ledger.intentions_for(viewer)),
        obligations_for_me: by_due(for_me()),
        to_confirm: for_me()
            .flat_map(Obligation::waiting)
            .map(|(report, _)| report)
            .collect(),
        to_convert: ids(my_intentions().filter(|intention| is_to_convert(ledger, intention))),
        to_perform: by_due(mine().filter(|obligation| is_to_perform(ledger, obligation))),
        to_answer: offers()
            .filter(|offer| offer.to == viewer)
            .map(|offer| offer.id)
            .collect(),
        bonds_to_answer: ledger
            .bonds_of(viewer)
            .filter(|bond| bond.is_waiting() && bond.to == viewer)
            .map(|bond| bond.id)
            .collect(),
        my_offers: offers()
            .filter(|offer| offer.from == viewer)
            .map(|offer| offer.id)
            .collect(),
        to_value: ids(my_intentions().filter(|intention| intention.revaluation.is_some())),
        fulfilled: newest_first(ledger, settled().filter(|obligation| obligation.is_fulfilled())),
        not_kept: newest_first(ledger, settled().filter(|obligation| is_not_kept(obligation))),
    }
}

/// Days left in the month of a date, that day included.
fn days_left(today: Date) -> u32 {
    let last = Period::of(today).last_day();
    let after_today = last.day().saturating_sub(today.day());
    u32::try_from(after_today.saturating_add(1)).unwrap_or(0)
}

/// What a member has promised by the end of a month: live intentions, and what is outstanding and due by then.
fn promised_by(ledger: &Ledger, member: MemberId, period: Period) -> Amount {
    let intended = ledger.intentions_by(member).map(|intention| intention.amount);
    let owed = ledger
        .owed_by(member)
        .filter(|row| row.is_unsettled() && row.period() <= period);
    intended.chain(owed.map(Obligation::outstanding)).sum()
}

/// What was confirmed in a month, by word or by silence.
fn confirmed_in(obligation: &Obligation, period: Period) -> Amount {
    let confirmed = obligation.reports.iter().map(|report| match report.state {
        ReportState::Answered { period: when, .. } | ReportState::BySilence { period: when, .. }
            if when == period =>
        {
            report.settled()
        }
        ReportState::Answered { .. }
        | ReportState::BySilence { .. }
        | ReportState::Waiting
        | ReportState::Reopened { .. } => Amount::ZERO,
    });
    confirmed.sum()
}

/// Asked to convert and not done: by its recipient's word (L6), or by their emergency (M6). Nobody is asked for what
/// their own emergency froze.
fn is_to_convert(ledger: &Ledger, intention: &Intention) -> bool {
    let asked = intention.asked.is_some() || ledger.is_red(intention.recipient);
    asked && !ledger.is_red(intention.author)
}

/// Overdue, or asked for and not frozen; and not reported yet (C9).
fn is_to_perform(ledger: &Ledger, obligation: &Obligation) -> bool {
    let asked = obligation.asked.is_some() && !ledger.is_obligation_frozen(obligation);
    (obligation.is_overdue() || asked) && !obligation.unreported().is_zero()
}

/// Overdue or defaulted. What is performed late moves to the fulfilled archive, marked late (L18).
const fn is_not_kept(obligation: &Obligation) -> bool {
    matches!(
        obligation.state,
        ObligationState::Overdue { .. } | ObligationState::Defaulted { .. }
    )
}

fn ids<'a>(intentions: impl Iterator<Item = &'a Intention>) -> Vec<IntentionId> {
    intentions.map(|intention| intention.id).collect()
}

/// The nearest due first.
fn by_due<'a>(obligations: impl Iterator<Item = &'a Obligation>) -> Vec<ObligationId> {
    let sorted: BTreeSet<_> = obligations
        .map(|obligation| (obligation.due, obligation.id))
        .collect();
    sorted.into_iter().map(|(_, id)| id).collect()
}

/// The last to come to where it stands first.
fn newest_first<'a>(ledger: &Ledger, obligations: impl Iterator<Item = &'a Obligation>) -> Vec<ObligationId> {
    let since = |obligation: &Obligation| match obligation.state {
        ObligationState::Open => obligation.made,
        ObligationState::Overdue { since } => ledger.policy.start_of(since),
        ObligationState::Fulfilled { at, .. }
        | ObligationState::Released { at }
        | ObligationState::Cancelled { at }
        | ObligationState::Defaulted { at } => at,
    };
    let sorted: BTreeSet<_> = obligations
        .map(|obligation| Reverse((since(obligation), obligation.id)))
        .collect();
    sorted.into_iter().map(|Reverse((_, id))| id).collect()
}
