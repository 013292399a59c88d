//! Letting events happen. Total: whatever the event, whatever part is held.

mod appeal;
mod bond;
mod intention;
mod member;
mod obligation;

use alloc::vec::Vec;

use super::{Changes, Ledger};
use crate::{
    amount::Amount,
    appeal::{Appeal, AppealState, Ending},
    event::{Event, Fact},
    id::{AppealId, IntentionId, LinkId, MemberId, ObligationId, OfferId, ReportId},
    intention::Intention,
    link::Link,
    member::{Member, Reputation},
    obligation::{Closure, ClosureKind, Obligation, ObligationState, Report},
    offer::OfferState,
    time::Timestamp,
};

impl Ledger {
    /// Lets an event happen.
    pub fn evolve(&mut self, event: &Event) {
        self.evolve_noting(event, &mut Changes::default());
    }

    /// Lets an event happen and notes what it changed.
    pub fn evolve_noting(&mut self, event: &Event, changes: &mut Changes) {
        let at = event.at;
        match &event.fact {
            Fact::Registered { .. }
            | Fact::MemberLeft { .. }
            | Fact::LinkingAsked { .. }
            | Fact::AccountsLinked { .. }
            | Fact::MemberBlocked { .. }
            | Fact::MemberUnblocked { .. }
            | Fact::LinksForbidden { .. }
            | Fact::MonthClosed { .. }
            | Fact::MonthNudged { .. }
            | Fact::MonthSummarised { .. }
            | Fact::MemberSuspended { .. }
            | Fact::SuspensionLifted { .. } => self.evolve_member(&event.fact, at, changes),
            Fact::MonthlyAsked { .. }
            | Fact::EmergencyCalled { .. }
            | Fact::AppealChanged { .. }
            | Fact::MonthlyEnded { .. }
            | Fact::EmergencyEnded { .. }
            | Fact::Vouched { .. }
            | Fact::VouchWithdrawn { .. } => self.evolve_appeal(&event.fact, at, changes),
            Fact::LinkMade { .. }
            | Fact::LinkRevoked { .. }
            | Fact::LinkExpired { .. }
            | Fact::PersonalLinkMade { .. }
            | Fact::LinkFollowed { .. } => self.evolve_link(&event.fact, at, changes),
            Fact::IntentionRecorded { .. }
            | Fact::IntentionChanged { .. }
            | Fact::IntentionWithdrawn { .. }
            | Fact::IntentionConverted { .. }
            | Fact::IntentionLapsed { .. }
            | Fact::IntentionCancelled { .. }
            | Fact::IntentionRenewed { .. }
            | Fact::IntentionThawed { .. }
            | Fact::ConversionAsked { .. }
            | Fact::ValueProposed { .. }
            | Fact::ValueDeclined { .. } => self.evolve_intention(&event.fact, at, changes),
            Fact::ObligationMade { .. }
            | Fact::DueMoved { .. }
            | Fact::PerformanceAsked { .. }
            | Fact::DebtorReminded { .. }
            | Fact::ObligationFulfilled { .. }
            | Fact::ObligationOverdue { .. }
            | Fact::RenewalDeferred { .. }
            | Fact::ObligationReleased { .. }
            | Fact::ObligationCancelled { .. }
            | Fact::ObligationDefaulted { .. } => self.evolve_obligation(&event.fact, at, changes),
            Fact::PerformanceReported { .. }
            | Fact::PerformanceAnswered { .. }
            | Fact::PerformanceSettledBySilence { .. }
            | Fact::ConfirmationReopened { .. }
            | Fact::ConfirmationReminded { .. } => self.evolve_report(&event.fact, at, changes),
            Fact::OfferMade { .. }
            | Fact::OfferAccepted { .. }
            | Fact::OfferDeclined { .. }
            | Fact::OfferWithdrawn { .. } => self.evolve_offer(&event.fact, at, changes),
            Fact::BondProposed { .. }
            | Fact::BondMade { .. }
            | Fact::BondDeclined { .. }
            | Fact::BondWithdrawn { .. }
            | Fact::BondChanged { .. }
            | Fact::BondEnded { .. } => self.evolve_bond(&event.fact, at, changes),
        }
    }

    // ---- leaves -------------------------------------------------------------------------------------------------

    fn change_member(&mut self, id: MemberId, changes: &mut Changes, change: impl FnOnce(&mut Member)) {
        if let Some(row) = self.members.get_mut(&id) {
            change(row);
            changes.members.insert(id);
        }
    }

    fn change_reputation(
        &mut self,
        id: MemberId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Reputation),
    ) {
        self.change_member(id, changes, |row| change(&mut row.reputation));
    }

    /// A record of theirs moved.
    fn stir(&mut self, id: MemberId, changes: &mut Changes) {
        self.change_member(id, changes, |row| row.stirred = Some(row.period));
    }

    /// They promised, performed or confirmed: the month counts (M8).
    fn took_part(&mut self, id: MemberId, changes: &mut Changes) {
        self.change_member(id, changes, |row| {
            let reputation = &mut row.reputation;
            if reputation.last_month != Some(row.period) {
                reputation.last_month = Some(row.period);
                reputation.months = reputation.months.saturating_add(1);
            }
        });
    }

    fn put_appeal(&mut self, appeal: Appeal, changes: &mut Changes) {
        changes.appeals.insert(appeal.id);
        self.appeals.insert(appeal.id, appeal);
    }

    fn change_appeal(&mut self, id: AppealId, changes: &mut Changes, change: impl FnOnce(&mut Appeal)) {
        if let Some(row) = self.appeals.get_mut(&id) {
            change(row);
            changes.appeals.insert(id);
        }
    }

    fn close_appeal(&mut self, id: AppealId, ending: Ending, at: Timestamp, changes: &mut Changes) {
        self.change_appeal(id, changes, |row| {
            row.state = AppealState::Closed { at, ending };
            row.vouches.clear();
        });
        let helpers: Vec<_> = self.index.circle(id).collect();
        for helper in helpers {
            self.settle_circle(id, helper, changes);
        }
    }

    fn change_link(&mut self, id: LinkId, changes: &mut Changes, change: impl FnOnce(&mut Link)) {
        if let Some(row) = self.links.get_mut(&id) {
            change(row);
            changes.links.insert(id);
        }
    }

    fn put_intention(&mut self, intention: Intention, changes: &mut Changes) {
        let id = intention.id;
        self.raise_next_number(id.0.saturating_add(1));
        self.index.add_intention(&intention);
        self.intentions.insert(id, intention);
        self.after_intention(id, changes);
    }

    fn change_intention(
        &mut self,
        id: IntentionId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Intention),
    ) {
        if let Some(row) = self.intentions.get_mut(&id) {
            change(row);
            self.after_intention(id, changes);
        }
    }

    fn after_intention(&mut self, id: IntentionId, changes: &mut Changes) {
        let Some(&Intention {
            author,
            appeal,
            recipient,
            ..
        }) = self.intentions.get(&id)
        else {
            return;
        };
        changes.intentions.insert(id);
        self.stir(author, changes);
        self.stir(recipient, changes);
        self.settle_circle(appeal, author, changes);
    }

    fn change_obligation(
        &mut self,
        id: ObligationId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Obligation),
    ) {
        if let Some(row) = self.obligations.get_mut(&id) {
            change(row);
            self.after_obligation(id, changes);
        }
    }

    fn after_obligation(&mut self, id: ObligationId, changes: &mut Changes) {
        let Some(row) = self.obligations.get(&id) else {
            return;
        };
        let (debtor, creditor, appeal) = (row.debtor, row.creditor, row.appeal());
        changes.obligations.insert(id);
        self.stir(debtor, changes);
        self.stir(creditor, changes);
        if let Some(appeal) = appeal {
            self.settle_circle(appeal, debtor, changes);
        }
    }

    fn change_report(&mut self, id: ReportId, changes: &mut Changes, change: impl FnOnce(&mut Report)) {
        self.change_obligation(id.obligation, changes, |row| {
            let report = usize::try_from(id.nth)
                .ok()
                .and_then(|nth| row.reports.get_mut(nth));
            if let Some(report) = report {
                change(report);
            }
        });
    }

    fn no_longer_overdue(&mut self, id: ObligationId, changes: &mut Changes) {
        let debtor = self
            .obligations
            .get(&id)
            .filter(|row| row.is_overdue())
            .map(|row| row.debtor);
        if let Some(debtor) = debtor {
            self.change_reputation(debtor, changes, |reputation| {
                reputation.overdue = reputation.overdue.saturating_sub(1);
            });
        }
    }

    /// Closes so much of an obligation; with nothing outstanding it ends as that closure.
    fn close_obligation(
        &mut self,
        id: ObligationId,
        kind: ClosureKind,
        amount: Amount,
        at: Timestamp,
        changes: &mut Changes,
    ) {
        let ends = self
            .obligations
            .get(&id)
            .is_some_and(|row| row.outstanding() <= amount);
        if ends {
            self.no_longer_overdue(id, changes);
        }
        self.change_obligation(id, changes, |row| {
            let before = row.closed();
            row.closure = Some(Closure {
                kind,
                amount: before.plus(amount),
                at,
            });
            if ends {
                row.state = match kind {
                    ClosureKind::Released | ClosureKind::CreditorLeft => ObligationState::Released { at },
                    ClosureKind::Cancelled => ObligationState::Cancelled { at },
                    ClosureKind::Defaulted => ObligationState::Defaulted { at },
                };
            }
        });
    }

    fn end_offer(&mut self, id: OfferId, state: OfferState, changes: &mut Changes) {
        let Some(row) = self.offers.get_mut(&id) else {
            return;
        };
        row.state = state;
        let (from, to) = (row.from, row.to);
        changes.offers.insert(id);
        self.stir(from, changes);
        self.stir(to, changes);
    }

    /// Puts somebody in a circle or takes them out, as their records there say (invariant 4).
    fn settle_circle(&mut self, appeal: AppealId, helper: MemberId, changes: &mut Changes) {
        let Some(owner) = self.appeals.get(&appeal).map(|row| row.owner) else {
            return;
        };
        let (is_in, belongs) = (
            self.index.is_in_circle(appeal, helper),
            self.holds(appeal, helper),
        );
        match (is_in, belongs) {
            (false, true) => self.index.join(appeal, owner, helper),
            (true, false) => self.index.part(appeal, owner, helper),
            (true, true) | (false, false) => return,
        }
        changes.circles.insert((appeal, helper), (owner, belongs));
    }
}

/// The counter that a fulfilled obligation goes to (M8).
fn fulfilled_counter(reputation: &mut Reputation, late: bool, by_silence: bool) -> &mut u32 {
    match (by_silence, late) {
        (true, _) => &mut reputation.by_silence,
        (false, true) => &mut reputation.late,
        (false, false) => &mut reputation.on_time,
    }
}
