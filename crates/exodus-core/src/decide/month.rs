//! The month (C1–C8), as the clock commands it. Each step takes effect once per member and period.

use alloc::vec::Vec;

use super::Case;
use crate::{
    event::{Fact, LapseReason},
    id::{AppealId, MemberId, ObligationId, ReportId},
    ledger::Ledger,
    member::Member,
    obligation::{Obligation, ObligationState},
    period,
    refusal::Refusal,
    time::{Period, Timestamp},
};

impl Case<'_> {
    /// The roll-over (C3): for one member, as debtor and as recipient. Members may be taken in any order.
    pub(super) fn roll_over(&mut self, member: MemberId, closing: Period) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self
            .ledger
            .member(member)
            .filter(|row| row.is_here())
            .ok_or(Refusal::Unknown)?;
        let boundary = self.policy().start_of(closing.next());
        if row.period != closing || self.at < boundary {
            return Ok(());
        }
        if self.ledger.clearing_comes_before(closing) {
            return Err(Refusal::ClearingFirst);
        }
        let fallen = self.become_overdue(row, closing, boundary);
        if let Some(appeal) = row.monthly {
            self.lapse(row, appeal, closing);
            if row.asks_monthly {
                self.renew(row, appeal, closing, boundary);
            }
        }
        self.close_month(row, closing, boundary, fallen.len());
        Ok(())
    }

    /// C3.3 as a debtor; the intention towards that circle lapses with it (invariant 4).
    fn become_overdue(&mut self, row: &Member, closing: Period, boundary: Timestamp) -> Vec<ObligationId> {
        let late = self
            .ledger
            .owed_by(row.id)
            .filter(|o| falls_overdue(self.ledger, o, boundary));
        let late: Vec<_> = late
            .map(|o| (o.id, o.creditor, o.appeal(), o.outstanding()))
            .collect();
        let mut left: Vec<AppealId> = Vec::new();
        for &(obligation, creditor, appeal, outstanding) in &late {
            let (debtor, since) = (row.id, closing.next());
            self.say(Fact::ObligationOverdue {
                obligation,
                debtor,
                creditor,
                outstanding,
                since,
            });
            if let Some(appeal) = appeal.filter(|appeal| !left.contains(appeal)) {
                left.push(appeal);
                if let Some(intention) = self.ledger.intention_of(debtor, appeal) {
                    let (intention, recipient, amount) =
                        (intention.id, intention.recipient, intention.amount);
                    let reason = LapseReason::FellOut;
                    self.say(Fact::IntentionLapsed {
                        intention,
                        author: debtor,
                        recipient,
                        amount,
                        reason,
                    });
                }
            }
        }
        late.into_iter().map(|(obligation, ..)| obligation).collect()
    }

    /// C3.1 as a recipient: what was not converted lapses; what was recorded in the last days is carried over; what is
    /// frozen rests.
    fn lapse(&mut self, row: &Member, appeal: AppealId, closing: Period) {
        let policy = self.policy();
        let lapses = |recorded: Timestamp| {
            let date = policy.date(recorded);
            Period::of(date) < closing || (Period::of(date) == closing && !policy.is_late(date))
        };
        let live = self
            .ledger
            .intentions_for(row.id)
            .filter(|i| i.appeal == appeal && !self.ledger.is_frozen(i));
        let lapsed: Vec<_> = live
            .filter(|i| lapses(i.recorded))
            .map(|i| (i.id, i.author, i.amount))
            .collect();
        for (intention, author, amount) in lapsed {
            let (recipient, reason) = (row.id, LapseReason::MonthEnded);
            self.say(Fact::IntentionLapsed {
                intention,
                author,
                recipient,
                amount,
                reason,
            });
        }
    }

    /// The month is closed; two roll-overs in a row with something overdue suspend, once reminded (C8).
    fn close_month(&mut self, row: &Member, closing: Period, boundary: Timestamp, fallen: usize) {
        let (member, period) = (row.id, closing);
        let before = self.ledger.owed_by(member).filter(|o| o.is_overdue()).count();
        let overdue = u32::try_from(before.saturating_add(fallen)).unwrap_or(u32::MAX);
        let streak = match (row.is_red(), overdue) {
            (true, _) => row.overdue_streak,
            (false, 0) => 0,
            (false, _) => row.overdue_streak.saturating_add(1),
        };
        self.say(Fact::MonthClosed {
            member,
            period,
            overdue,
            streak,
        });
        let start = self.policy().start_of(closing);
        let reminded = |o: &Obligation| {
            o.reminded_last
                .is_some_and(|at| at >= start && at.plus_days(1) <= boundary)
        };
        let owes = |o: &Obligation| o.is_overdue() || falls_overdue(self.ledger, o, boundary);
        let warned = self.ledger.owed_by(member).any(|o| owes(o) && reminded(o));
        if streak >= 2 && overdue > 0 && !row.is_red() && row.suspended.is_none() && warned {
            self.say(Fact::MemberSuspended { member });
        }
    }

    pub(super) fn lift_suspension(&mut self, member: MemberId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.member(member).ok_or(Refusal::Unknown)?;
        if row.suspended.is_some() && !self.ledger.has_overdue(member) {
            self.say(Fact::SuspensionLifted { member });
        }
        Ok(())
    }

    pub(super) fn nudge(&mut self, member: MemberId, month: Period) -> Result<(), Refusal> {
        self.clock_only()?;
        if period::nudge_due(self.ledger, member).is_some_and(|(at, due)| due == month && at <= self.at) {
            self.say(Fact::MonthNudged {
                member,
                period: month,
            });
        }
        Ok(())
    }

    pub(super) fn summarise(&mut self, member: MemberId, month: Period) -> Result<(), Refusal> {
        self.clock_only()?;
        if period::summary_due(self.ledger, member).is_some_and(|(at, due)| due == month && at <= self.at) {
            self.say(Fact::MonthSummarised {
                member,
                period: month,
            });
        }
        Ok(())
    }

    pub(super) fn remind_debtor(&mut self, id: ObligationId, last: bool) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.obligation(id).ok_or(Refusal::Unknown)?;
        let due = if last {
            period::last_reminder_due(self.ledger, row)
        } else {
            period::soon_reminder_due(self.ledger, row)
        };
        if due.is_some_and(|due| due <= self.at) {
            let (debtor, creditor) = (row.debtor, row.creditor);
            self.say(Fact::DebtorReminded {
                obligation: id,
                debtor,
                creditor,
                last,
            });
        }
        Ok(())
    }

    pub(super) fn remind_creditor(&mut self, id: ReportId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.obligation(id.obligation).ok_or(Refusal::Unknown)?;
        let report = row.report(id.nth).ok_or(Refusal::Unknown)?;
        if period::creditor_reminder_due(self.ledger, row, report).is_some_and(|due| due <= self.at) {
            let (debtor, creditor) = (row.debtor, row.creditor);
            self.say(Fact::ConfirmationReminded {
                report: id,
                debtor,
                creditor,
                by_system: true,
            });
        }
        Ok(())
    }
}

/// Whether an obligation becomes overdue at that boundary (C3.3): past its due date (an emergency's deadline by three
/// days, C7), a part neither confirmed nor held by a report, not frozen, and its last reminder given a day before (C8).
pub(super) fn falls_overdue(ledger: &Ledger, obligation: &Obligation, boundary: Timestamp) -> bool {
    let reminded = obligation
        .reminded_last
        .is_some_and(|at| at.plus_days(1) <= boundary);
    matches!(obligation.state, ObligationState::Open)
        && period::overdue_from(ledger, obligation) <= boundary
        && reminded
        && !ledger.is_obligation_frozen(obligation)
        && obligation.outstanding() > obligation.holding()
}
