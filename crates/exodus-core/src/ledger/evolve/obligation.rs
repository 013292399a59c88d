//! Obligations, the reports on them, and offers that become them.

use alloc::vec::Vec;

use super::super::{Changes, Ledger};
use super::fulfilled_counter;
use crate::{
    amount::Amount,
    event::{Fact, ReleaseReason},
    obligation::{ClosureKind, Obligation, ObligationState, Report, ReportState},
    offer::{Offer, OfferState},
    time::Timestamp,
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_obligation(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::ObligationMade {
                obligation,
                debtor,
                creditor,
                amount,
                form,
                note,
                due,
                origin,
            } => {
                self.raise_next_number(obligation.0.saturating_add(1));
                let row = Obligation {
                    id: obligation,
                    debtor,
                    creditor,
                    amount,
                    form,
                    note,
                    due,
                    origin,
                    made: at,
                    reports: Vec::new(),
                    reported: Amount::ZERO,
                    closure: None,
                    state: ObligationState::Open,
                    asked: None,
                    reminded_soon: None,
                    reminded_last: None,
                    due_moved: false,
                    reopened: false,
                    renewed: false,
                    deferred: Amount::ZERO,
                    settlements: Vec::new(),
                    consents: crate::set_off::Consents::default(),
                };
                self.index.add_obligation(&row);
                self.obligations.insert(obligation, row);
                self.after_obligation(obligation, changes);
                self.took_part(debtor, changes);
            }
            Fact::DueMoved {
                obligation,
                after,
                reason,
                ..
            } => {
                self.change_obligation(obligation, changes, |row| {
                    row.due = after;
                    row.reminded_soon = None;
                    row.reminded_last = None;
                    row.due_moved |= matches!(reason, crate::event::MoveReason::NotReceived);
                });
            }
            Fact::PerformanceAsked { obligation, .. } => {
                self.change_obligation(obligation, changes, |row| row.asked = Some(at));
            }
            Fact::DebtorReminded { obligation, last, .. } => {
                self.change_obligation(obligation, changes, |row| {
                    if last {
                        row.reminded_last = Some(at);
                    } else {
                        row.reminded_soon = Some(at);
                    }
                });
            }
            Fact::ObligationFulfilled {
                obligation,
                debtor,
                late,
                by_silence,
                ..
            } => {
                self.no_longer_overdue(obligation, changes);
                self.change_obligation(obligation, changes, |row| {
                    row.state = ObligationState::Fulfilled { at, late, by_silence };
                });
                self.change_reputation(debtor, changes, |reputation| {
                    let counter = fulfilled_counter(reputation, late, by_silence);
                    *counter = counter.saturating_add(1);
                });
            }
            Fact::ObligationOverdue {
                obligation,
                debtor,
                since,
                ..
            } => {
                self.change_obligation(obligation, changes, |row| {
                    row.state = ObligationState::Overdue { since }
                });
                self.change_reputation(debtor, changes, |reputation| {
                    reputation.overdue = reputation.overdue.saturating_add(1);
                });
            }
            Fact::RenewalDeferred {
                obligation,
                amount,
                ref from,
                ..
            } => {
                for &kept in from {
                    self.change_obligation(kept, changes, |row| row.renewed = true);
                }
                self.change_obligation(obligation, changes, |row| {
                    row.deferred = row.deferred.plus(amount)
                });
            }
            Fact::ObligationReleased {
                obligation,
                debtor,
                amount,
                reason,
                ..
            } => {
                let kind = match reason {
                    ReleaseReason::Word => ClosureKind::Released,
                    ReleaseReason::Left => ClosureKind::CreditorLeft,
                };
                self.close_obligation(obligation, kind, amount, at, changes);
                let done = self
                    .obligations
                    .get(&obligation)
                    .is_some_and(|row| !row.is_unsettled());
                if done && reason == ReleaseReason::Word {
                    self.change_reputation(debtor, changes, |reputation| {
                        reputation.released = reputation.released.saturating_add(1);
                    });
                }
            }
            Fact::ObligationCancelled {
                obligation, amount, ..
            } => {
                self.close_obligation(obligation, ClosureKind::Cancelled, amount, at, changes);
            }
            Fact::ObligationDefaulted {
                obligation, amount, ..
            } => {
                self.close_obligation(obligation, ClosureKind::Defaulted, amount, at, changes);
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_report(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::PerformanceReported {
                report,
                debtor,
                amount,
                holding,
                note,
                ..
            } => {
                self.change_obligation(report.obligation, changes, |row| {
                    row.reports.push(Report {
                        amount,
                        holding,
                        at,
                        note,
                        reminded: None,
                        system_reminded: None,
                        state: ReportState::Waiting,
                    });
                    row.reported = row.reported.max(row.performed().plus(row.awaiting()));
                });
                self.took_part(debtor, changes);
            }
            Fact::PerformanceAnswered {
                report,
                creditor,
                confirmed,
                period,
                ..
            } => {
                self.change_report(report, changes, |row| {
                    row.state = ReportState::Answered {
                        confirmed,
                        at,
                        period,
                    };
                });
                self.took_part(creditor, changes);
            }
            Fact::PerformanceSettledBySilence { report, period, .. } => {
                self.change_report(report, changes, |row| {
                    row.state = ReportState::BySilence { at, period }
                });
            }
            Fact::ConfirmationReopened {
                report,
                debtor,
                reason,
                ..
            } => {
                let was = self.obligations.get(&report.obligation).map(|row| row.state);
                if let Some(ObligationState::Fulfilled { late, by_silence, .. }) = was {
                    self.change_reputation(debtor, changes, |reputation| {
                        let counter = fulfilled_counter(reputation, late, by_silence);
                        *counter = counter.saturating_sub(1);
                    });
                }
                self.change_report(report, changes, |row| {
                    row.state = ReportState::Reopened { at, reason }
                });
                self.change_obligation(report.obligation, changes, |row| {
                    row.reopened = true;
                    if row.is_fulfilled() {
                        row.state = ObligationState::Open;
                    }
                });
            }
            Fact::ConfirmationReminded {
                report, by_system, ..
            } => {
                self.change_report(report, changes, |row| {
                    if by_system {
                        row.system_reminded = Some(at);
                    } else {
                        row.reminded = Some(at);
                    }
                });
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_offer(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::OfferMade {
                offer,
                from,
                to,
                debtor,
                amount,
                form,
                due,
                note,
                given,
            } => {
                self.raise_next_number(offer.0.saturating_add(1));
                let creditor = if debtor == from { to } else { from };
                let row = Offer {
                    id: offer,
                    from,
                    to,
                    debtor,
                    creditor,
                    amount,
                    form,
                    due,
                    note,
                    given,
                    at,
                    state: OfferState::Waiting,
                };
                self.index.add_offer(&row);
                self.offers.insert(offer, row);
                changes.offers.insert(offer);
                self.stir(from, changes);
                self.stir(to, changes);
            }
            Fact::OfferAccepted { offer, .. } => self.end_offer(offer, OfferState::Accepted, changes),
            Fact::OfferDeclined { offer, .. } => self.end_offer(offer, OfferState::Declined, changes),
            Fact::OfferWithdrawn { offer, .. } => self.end_offer(offer, OfferState::Withdrawn, changes),
            _ => {}
        }
    }
}
