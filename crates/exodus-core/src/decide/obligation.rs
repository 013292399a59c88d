//! Carrying out binding promises: report, answer, release, reopen (L9–L12, L16, C3.2, C5).

use super::{Case, appeal::before_of, not_within_a_day, valid};
use crate::{
    amount::Amount,
    appeal::Ending,
    event::{Fact, MoveReason, ReleaseReason},
    id::{IntentionId, MemberId, NoteId, ObligationId, ReportId},
    obligation::{ClosureKind, Obligation, ObligationState, Report, ReportState},
    refusal::Refusal,
};

/// How a report was answered.
#[derive(Clone, Copy)]
enum Answer {
    /// By the creditor: so much arrived.
    Word(Amount),
    /// By silence: all of it counts.
    Silence,
}

impl Case<'_> {
    pub(super) fn report(
        &mut self,
        id: ObligationId,
        amount: Option<Amount>,
        note: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let row = self.my_obligation(id)?;
        let outstanding = row.unreported();
        if outstanding.is_zero() {
            return Err(Refusal::AboveOutstanding { outstanding });
        }
        let amount = valid(amount.unwrap_or(outstanding))?;
        if amount > outstanding {
            return Err(Refusal::AboveOutstanding { outstanding });
        }
        let holding = self.holding(row, amount);
        let nth = u32::try_from(row.reports.len()).unwrap_or(u32::MAX);
        let (debtor, creditor) = (row.debtor, row.creditor);
        let report = ReportId { obligation: id, nth };
        self.say(Fact::PerformanceReported {
            report,
            debtor,
            creditor,
            amount,
            holding,
            note,
        });
        Ok(())
    }

    /// A second report of a refused amount holds back *overdue* only when made three days before the due date (L11).
    fn holding(&self, row: &Obligation, amount: Amount) -> Amount {
        if self.at.plus_days(3) <= self.policy().zone.end_of(row.due) {
            return amount;
        }
        let refused: Amount = row.reports.iter().map(refused_part).sum();
        amount.min(row.unreported().less(refused))
    }

    /// A waiting report on an obligation the actor is owed.
    fn report_for_me(&self, id: ReportId) -> Result<(&Obligation, &Report), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .obligation(id.obligation)
            .filter(|row| row.creditor == me)
            .ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        Ok((row, report))
    }

    pub(super) fn confirm(&mut self, id: ReportId, amount: Option<Amount>) -> Result<(), Refusal> {
        let (row, report) = self.report_for_me(id)?;
        if !report.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        let confirmed = valid(amount.unwrap_or(report.amount))?;
        if confirmed > report.amount {
            return Err(Refusal::AboveReported {
                reported: report.amount,
            });
        }
        let id_of_row = row.id;
        self.answer(id_of_row, id, Answer::Word(confirmed))
    }

    pub(super) fn refuse(&mut self, id: ReportId) -> Result<(), Refusal> {
        let (row, report) = self.report_for_me(id)?;
        if !report.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        let id_of_row = row.id;
        self.answer(id_of_row, id, Answer::Word(Amount::ZERO))
    }

    pub(super) fn settle_by_silence(&mut self, id: ReportId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.obligation(id.obligation).ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        if report.is_waiting() && report.at.plus_days(self.policy().silence_days) <= self.at {
            self.answer(row.id, id, Answer::Silence)?;
        }
        Ok(())
    }

    /// An answer and all that follows from it.
    fn answer(&mut self, obligation: ObligationId, id: ReportId, answer: Answer) -> Result<(), Refusal> {
        let row = self.ledger.obligation(obligation).ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        let creditor = self.ledger.member(row.creditor).ok_or(Refusal::Unknown)?;
        let (debtor, period, reported) = (row.debtor, creditor.period, report.amount);
        let (settled, by_silence) = match answer {
            Answer::Word(confirmed) => (confirmed, false),
            Answer::Silence => (reported, true),
        };
        let (creditor_id, report_id) = (creditor.id, id);
        if by_silence {
            self.say(Fact::PerformanceSettledBySilence {
                report: report_id,
                debtor,
                creditor: creditor_id,
                amount: reported,
                period,
            });
        } else {
            self.say(Fact::PerformanceAnswered {
                report: report_id,
                debtor,
                creditor: creditor_id,
                reported,
                confirmed: settled,
                period,
            });
        }
        let refused = reported.less(settled);
        let outstanding = row.outstanding().less(settled);
        match row.closure {
            Some(closure) if !refused.is_zero() || outstanding.is_zero() => {
                self.close_further(row, closure.kind, refused)
            }
            Some(_) => {}
            None if outstanding.is_zero() => {
                let late = self.is_late(row, Some(id.nth));
                let by_silence = by_silence || row.reports.iter().any(was_silent);
                self.say(Fact::ObligationFulfilled {
                    obligation,
                    debtor,
                    creditor: creditor_id,
                    late,
                    by_silence,
                });
                self.come_back_late(row, settled);
            }
            None if !refused.is_zero() => self.give_time(row, MoveReason::NotReceived),
            None => {}
        }
        if !by_silence {
            self.succeed_if_reached(row, refused, settled);
        }
        Ok(())
    }

    /// The refused part goes the way of the rest that was let go, or lost, before.
    fn close_further(&mut self, row: &Obligation, kind: ClosureKind, amount: Amount) {
        let (obligation, debtor, creditor) = (row.id, row.debtor, row.creditor);
        let released = |reason| Fact::ObligationReleased {
            obligation,
            debtor,
            creditor,
            amount,
            reason,
        };
        self.say(match kind {
            ClosureKind::Released => released(ReleaseReason::Word),
            ClosureKind::CreditorLeft => released(ReleaseReason::Left),
            ClosureKind::Cancelled => Fact::ObligationCancelled {
                obligation,
                debtor,
                creditor,
                amount,
            },
            ClosureKind::Defaulted => Fact::ObligationDefaulted {
                obligation,
                debtor,
                creditor,
                amount,
            },
        });
    }

    /// On time is judged by the report, not by the confirmation (L11). `answered` is settled in this decision.
    pub(super) fn is_late(&self, row: &Obligation, answered: Option<u32>) -> bool {
        let end = self.policy().zone.end_of(row.due);
        let counts = |nth: u32, report: &Report| {
            Some(nth) == answered
                || !report.settled().is_zero()
                || (answered.is_none() && report.is_waiting())
        };
        row.is_overdue()
            || (0..)
                .zip(&row.reports)
                .any(|(nth, report)| counts(nth, report) && report.at >= end)
    }

    /// "Not received", said after the due date or in the three days before it, moves the due date (L11, once; L16).
    fn give_time(&mut self, row: &Obligation, reason: MoveReason) {
        let near = self.at.plus_days(3) > self.policy().zone.end_of(row.due);
        let spent = reason == MoveReason::NotReceived && row.due_moved;
        let after = self.end_of_period();
        if near && !spent && !row.is_overdue() && after > row.due {
            let (obligation, debtor, creditor, before) = (row.id, row.debtor, row.creditor, row.due);
            self.say(Fact::DueMoved {
                obligation,
                debtor,
                creditor,
                before,
                after,
                reason,
            });
        }
    }

    /// An obligation fulfilled after the end of its period comes back at that moment, unless its helper already has an
    /// intention there, or something else is overdue there (C3.2, L18).
    fn come_back_late(&mut self, row: &Obligation, just_settled: Amount) {
        let Some(appeal) = row.appeal().filter(|_| row.is_monthly() && !row.renewed) else {
            return;
        };
        let Some(creditor) = self.ledger.member(row.creditor) else {
            return;
        };
        if row.period() >= creditor.period || !creditor.asks_monthly {
            return;
        }
        let (author, recipient) = (row.debtor, row.creditor);
        let here = self
            .ledger
            .member(author)
            .is_some_and(crate::member::Member::is_here);
        let another = self.ledger.intention_of(author, appeal).is_some();
        let there = || {
            self.ledger
                .owed_by(author)
                .filter(|o| o.appeal() == Some(appeal) && o.id != row.id)
        };
        if !here
            || another
            || self.ledger.is_blocked(author, recipient)
            || there().any(Obligation::is_overdue)
        {
            return;
        }
        let kept = |o: &&Obligation| {
            let current = o.last_period().is_none_or(|last| last >= creditor.period);
            o.is_fulfilled() && !o.renewed && o.period() < creditor.period && current
        };
        let mut from = alloc::vec![row.id];
        let mut amount = row.settled().plus(just_settled).plus(row.deferred);
        for other in there().filter(kept) {
            from.push(other.id);
            amount = amount.plus(other.settled()).plus(other.deferred);
        }
        let intention = IntentionId(self.number());
        let (form, note, amount) = (row.form, row.note, amount.min(Amount::MAX));
        self.say(Fact::IntentionRenewed {
            intention,
            author,
            appeal,
            recipient,
            amount,
            form,
            note,
            from,
        });
    }

    /// An emergency succeeds when confirmed help reaches the target (C5).
    fn succeed_if_reached(&mut self, row: &Obligation, refused: Amount, settled: Amount) {
        let Some(appeal) = row.appeal().and_then(|id| self.ledger.appeal(id)) else {
            return;
        };
        let Some(owner) = self.ledger.member(appeal.owner) else {
            return;
        };
        if appeal.is_monthly() || !appeal.is_open() || settled.is_zero() {
            return;
        }
        if self.confirmed_by_word(appeal.id).plus(settled) >= appeal.target {
            let just = Some((row.id, refused));
            self.end_emergency(owner, appeal, Ending::Reached, before_of(owner), just, settled);
        }
    }

    pub(super) fn reopen(&mut self, id: ReportId, reason: Option<NoteId>) -> Result<(), Refusal> {
        let (row, report) = self.report_for_me(id)?;
        let ReportState::Answered { confirmed, at, .. } = report.state else {
            return Err(Refusal::NoLonger);
        };
        if confirmed.is_zero() {
            return Err(Refusal::NoLonger);
        }
        let debtor_is_here = self
            .ledger
            .member(row.debtor)
            .is_some_and(crate::member::Member::is_here);
        let settled = matches!(row.state, ObligationState::Fulfilled { .. }) || row.is_unsettled();
        if at.plus_hours(24) < self.at || row.reopened || row.closure.is_some() || !debtor_is_here || !settled
        {
            return Err(Refusal::TooLateToReopen);
        }
        let (debtor, creditor, obligation) = (row.debtor, row.creditor, row.id);
        self.say(Fact::ConfirmationReopened {
            report: id,
            debtor,
            creditor,
            amount: confirmed,
            reason,
        });
        if let Some(row) = self.ledger.obligation(obligation) {
            self.give_time(row, MoveReason::Reopened);
        }
        Ok(())
    }

    pub(super) fn release(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let row = self.owed_to_me(id)?;
        if !row.awaiting().is_zero() {
            return Err(Refusal::ReportWaits);
        }
        let (debtor, creditor, amount) = (row.debtor, row.creditor, row.outstanding());
        let reason = ReleaseReason::Word;
        self.say(Fact::ObligationReleased {
            obligation: id,
            debtor,
            creditor,
            amount,
            reason,
        });
        Ok(())
    }

    pub(super) fn ask_performance(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let row = self.owed_to_me(id)?;
        if self.ledger.is_red(row.debtor) {
            return Err(Refusal::Frozen);
        }
        if row.unreported().is_zero() {
            return Err(Refusal::ReportWaits);
        }
        not_within_a_day(row.asked, self.at)?;
        let (debtor, creditor) = (row.debtor, row.creditor);
        self.say(Fact::PerformanceAsked {
            obligation: id,
            debtor,
            creditor,
        });
        Ok(())
    }

    fn owed_to_me(&self, id: ObligationId) -> Result<&Obligation, Refusal> {
        let me: MemberId = self.actor()?.id;
        let row = self
            .ledger
            .obligation(id)
            .filter(|row| row.creditor == me)
            .ok_or(Refusal::Unknown)?;
        if row.is_unsettled() {
            Ok(row)
        } else {
            Err(Refusal::NoLonger)
        }
    }

    pub(super) fn remind_confirmation(&mut self, id: ReportId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .obligation(id.obligation)
            .filter(|row| row.debtor == me)
            .ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        if !report.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        not_within_a_day(report.reminded, self.at)?;
        let (debtor, creditor) = (row.debtor, row.creditor);
        self.say(Fact::ConfirmationReminded {
            report: id,
            debtor,
            creditor,
            by_system: false,
        });
        Ok(())
    }
}

/// What was reported and answered "not received", or confirmed and opened again.
fn refused_part(report: &Report) -> Amount {
    match report.state {
        ReportState::Waiting | ReportState::BySilence { .. } => Amount::ZERO,
        ReportState::Answered { confirmed, .. } => report.amount.less(confirmed),
        ReportState::Reopened { .. } => report.amount,
    }
}

const fn was_silent(report: &Report) -> bool {
    matches!(report.state, ReportState::BySilence { .. })
}
