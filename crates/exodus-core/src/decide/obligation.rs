//! Carrying out binding promises: report, answer, release, reopen (L9–L12, L16, C5).

use super::{Case, appeal::before_of, not_within_a_day, valid};
use crate::{
    amount::Amount,
    appeal::{AppealState, Ending},
    event::{Fact, MoveReason, ReleaseReason},
    id::{MemberId, NoteId, ObligationId, ReportId},
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

    /// A new obligation is carried out already: its first report, of all of it.
    pub(super) fn report_whole(
        &mut self,
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        note: Option<NoteId>,
    ) -> ReportId {
        let report = ReportId { obligation, nth: 0 };
        let holding = amount;
        self.say(Fact::PerformanceReported {
            report,
            debtor,
            creditor,
            amount,
            holding,
            note,
        });
        report
    }

    /// A second report of a refused amount holds back *overdue* only when made three days before the due date (L11).
    /// What was refused and not reported since counts as reported first.
    fn holding(&self, row: &Obligation, amount: Amount) -> Amount {
        if self.at.plus_days(3) <= self.policy().zone.end_of(row.due) {
            return amount;
        }
        let again = row.reported.less(row.performed()).less(row.awaiting());
        amount.less(again)
    }

    pub(super) fn confirm(&mut self, id: ReportId, amount: Option<Amount>) -> Result<(), Refusal> {
        let (row, report) = self.report_to_answer(id)?;
        let confirmed = valid(amount.unwrap_or(report.amount))?;
        if confirmed > report.amount {
            return Err(Refusal::AboveReported {
                reported: report.amount,
            });
        }
        self.answer(row, id, report, Answer::Word(confirmed))
    }

    pub(super) fn refuse(&mut self, id: ReportId) -> Result<(), Refusal> {
        let (row, report) = self.report_to_answer(id)?;
        self.answer(row, id, report, Answer::Word(Amount::ZERO))
    }

    pub(super) fn settle_by_silence(&mut self, id: ReportId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.obligation(id.obligation).ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        if report.is_waiting() && report.at.plus_days(self.policy().silence_days) <= self.at {
            self.answer(row, id, report, Answer::Silence)?;
        }
        Ok(())
    }

    /// An answer and all that follows from it.
    fn answer(
        &mut self,
        row: &Obligation,
        id: ReportId,
        report: &Report,
        answer: Answer,
    ) -> Result<(), Refusal> {
        let period = self.ledger.member(row.creditor).ok_or(Refusal::Unknown)?.period;
        let (obligation, debtor, creditor, reported) = (row.id, row.debtor, row.creditor, report.amount);
        let (settled, by_silence) = match answer {
            Answer::Word(confirmed) => (confirmed, false),
            Answer::Silence => (reported, true),
        };
        self.say(if by_silence {
            Fact::PerformanceSettledBySilence {
                report: id,
                debtor,
                creditor,
                amount: reported,
                period,
            }
        } else {
            Fact::PerformanceAnswered {
                report: id,
                debtor,
                creditor,
                reported,
                confirmed: settled,
                period,
            }
        });
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
                    creditor,
                    late,
                    by_silence,
                });
                self.come_back_late(row, row.settled().plus(settled));
            }
            None if refused.is_zero() => {}
            // Not received, it is cancelled like the rest (C5).
            None if self.waited_beyond(row, report) => {
                self.close_further(row, ClosureKind::Cancelled, refused)
            }
            None => self.give_time(row, MoveReason::NotReceived),
        }
        if !by_silence {
            self.succeed_if_reached(row, refused, settled);
        }
        Ok(())
    }

    /// A part will not be carried out: so much more goes this way.
    pub(super) fn close_further(&mut self, row: &Obligation, kind: ClosureKind, amount: Amount) {
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
        let after = self.end_with_time();
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

    /// Whether a report waited already when the emergency it is towards succeeded.
    fn waited_beyond(&self, row: &Obligation, report: &Report) -> bool {
        let appeal = row.appeal().and_then(|id| self.ledger.appeal(id));
        appeal.is_some_and(|appeal| match appeal.state {
            AppealState::Closed { at, ending } => ending == Ending::Reached && report.at <= at,
            AppealState::Open => false,
        })
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
        let (debtor, creditor) = (row.debtor, row.creditor);
        self.say(Fact::ConfirmationReopened {
            report: id,
            debtor,
            creditor,
            amount: confirmed,
            reason,
        });
        self.give_time(row, MoveReason::Reopened);
        Ok(())
    }

    pub(super) fn release(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let row = self.obligation_for_me(id)?;
        if !row.awaiting().is_zero() {
            return Err(Refusal::ReportWaits);
        }
        self.close_further(row, ClosureKind::Released, row.outstanding());
        if !row.deferred.is_zero() {
            self.come_back_late(row, row.settled());
        }
        Ok(())
    }

    pub(super) fn ask_performance(&mut self, id: ObligationId) -> Result<(), Refusal> {
        let row = self.obligation_for_me(id)?;
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

    pub(super) fn remind_confirmation(&mut self, id: ReportId) -> Result<(), Refusal> {
        let (row, report) = self.my_report(id)?;
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

pub(super) const fn was_silent(report: &Report) -> bool {
    matches!(report.state, ReportState::BySilence { .. })
}
