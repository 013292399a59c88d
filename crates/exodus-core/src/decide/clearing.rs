//! Clearing: consent, the announcement, the run, and what it settles (K2–K7).

use super::Case;
use crate::{
    amount::Amount,
    event::{ClearedBy, Fact},
    id::{MemberId, ObligationId, RunId},
    obligation::Obligation,
    period,
    refusal::Refusal,
    set_off::{self, Due, SetOff},
    time::Period,
};

impl Case<'_> {
    pub(super) fn consent_to_clearing(&mut self, consents: bool) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.clearing.consents.is_some() != consents {
            let member = me.id;
            self.say(Fact::ClearingConsentChanged { member, consents });
        }
        Ok(())
    }

    /// A word about one obligation; one that says no more than the general choice is none.
    pub(super) fn consent_to_clear(&mut self, id: ObligationId, consents: bool) -> Result<(), Refusal> {
        let me = self.actor()?;
        let row = self.ledger.obligation(id).ok_or(Refusal::Unknown)?;
        let (debtor, creditor) = (row.debtor, row.creditor);
        let before = if me.id == debtor {
            row.consents.debtor
        } else if me.id == creditor {
            row.consents.creditor
        } else {
            return Err(Refusal::Unknown);
        };
        if !row.is_unsettled() {
            return Err(Refusal::NoLonger);
        }
        if row.is_of_emergency() {
            return Err(Refusal::NotCleared);
        }
        let consent = (me.clearing.consents.is_some() != consents).then_some(consents);
        if before.map(|before| before.given) != consent {
            self.say(Fact::ObligationConsentChanged {
                obligation: id,
                debtor,
                creditor,
                by: me.id,
                consent,
            });
        }
        Ok(())
    }

    pub(super) fn announce_clearing(&mut self, month: Period) -> Result<(), Refusal> {
        self.clock_only()?;
        if self.ledger.clearing().due(self.policy(), self.at) == Some(Due::Announcement(month))
            && let Some(announced) = set_off::announcement(self.policy(), self.at)
        {
            let (period, on) = (announced.period, announced.on);
            self.say(Fact::ClearingAnnounced { period, on });
        }
        Ok(())
    }

    pub(super) fn tell_clearing(&mut self, member: MemberId, month: Period) -> Result<(), Refusal> {
        self.clock_only()?;
        let due = period::announcement_due(self.ledger, member);
        if due.is_some_and(|(at, due)| due == month && at <= self.at) {
            let awaited = self.ledger.clearing().awaited();
            if let Some(announced) = awaited.filter(|announced| announced.period == month) {
                let on = announced.on;
                self.say(Fact::ClearingTold {
                    member,
                    period: month,
                    on,
                });
            }
        }
        Ok(())
    }

    /// The run, as planned from a snapshot: every obligation must be as it was then (K5), and the whole must be sound (K4).
    /// Looks at the obligations named, the rows of their two ends, and nothing else.
    pub(super) fn run_clearing(&mut self, month: Period, set_offs: &[SetOff]) -> Result<(), Refusal> {
        self.clock_only()?;
        if self.ledger.clearing().due(self.policy(), self.at) != Some(Due::Run(month)) {
            return Ok(());
        }
        set_off::check(set_offs).map_err(|_| Refusal::ClearingChanged)?;
        for row in set_offs {
            let held = self.ledger.claim(row.obligation);
            let as_planned = held.is_some_and(|claim| {
                (claim.debtor, claim.creditor, claim.amount) == (row.debtor, row.creditor, row.of)
            });
            if !as_planned {
                return Err(Refusal::ClearingChanged);
            }
        }
        let run = RunId(self.number());
        self.say(Fact::ClearingRan {
            run,
            period: month,
            set_offs: set_offs.to_vec(),
        });
        Ok(())
    }

    /// What the last run set off for a member is settled.
    pub(super) fn carry_out_clearing(&mut self, member: MemberId) -> Result<(), Refusal> {
        self.clock_only()?;
        let Some(run) = self.ledger.clearing().ran else {
            return Ok(());
        };
        for (row, amount) in self.ledger.to_carry_out(member) {
            self.clear(row, ClearedBy::Run { run: run.id }, amount, run.period);
        }
        Ok(())
    }

    pub(super) fn state_clearing(&mut self, member: MemberId, run: RunId) -> Result<(), Refusal> {
        self.clock_only()?;
        if period::statement_due(self.ledger, member).is_some_and(|(at, due)| due == run && at <= self.at) {
            self.say(Fact::ClearingStated { member, run });
        }
        Ok(())
    }

    /// So much of an obligation is settled as cleared.
    pub(super) fn clear(&mut self, row: &Obligation, by: ClearedBy, amount: Amount, period: Period) {
        self.say(Fact::ObligationCleared {
            obligation: row.id,
            debtor: row.debtor,
            creditor: row.creditor,
            by,
            before: row.outstanding(),
            amount,
            period,
        });
        self.fulfil_if_settled(row, amount);
    }

    /// With nothing outstanding after `amount` more is settled, an obligation is fulfilled, on time unless a report that
    /// counts was late (K5, L11).
    pub(super) fn fulfil_if_settled(&mut self, row: &Obligation, amount: Amount) {
        if row.outstanding() > amount {
            return;
        }
        let by_silence = row.reports.iter().any(super::obligation::was_silent);
        let late = self.is_late(row, None);
        self.say(Fact::ObligationFulfilled {
            obligation: row.id,
            debtor: row.debtor,
            creditor: row.creditor,
            late,
            by_silence,
        });
        self.come_back_late(row, row.settled().plus(amount));
    }
}
