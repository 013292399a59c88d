//! Setting off between two (K1) and handing on (K8).

use super::{Case, valid};
use crate::{
    amount::Amount,
    event::{ClearedBy, Fact},
    id::{MemberId, ObligationId, ProposalId},
    obligation::{Obligation, Origin},
    proposal::{Proposal, ProposalEnding},
    refusal::Refusal,
};

/// So many hours a proposal waits (K8).
const HOURS: u32 = 72;

impl<'a> Case<'a> {
    /// Whoever is owed the one and owes the other proposes it. Nothing is asked of whoever can not take part in it now.
    pub(super) fn propose(
        &mut self,
        first: ObligationId,
        second: ObligationId,
        amount: Option<Amount>,
    ) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let first = self.obligation_for_me(first)?;
        let second = self.my_obligation(second)?;
        let most = self.free(first).min(self.free(second));
        if most.is_zero() {
            return Err(Refusal::NotCleared);
        }
        let amount = valid(amount.unwrap_or(most))?;
        if amount > most {
            return Err(Refusal::AboveOutstanding { outstanding: most });
        }
        let (debtor, creditor) = (first.debtor, second.creditor);
        let same = |row: &&Proposal| row.by == me && (row.first, row.second) == (first.id, second.id);
        if self.ledger.proposals_of(me).any(|row| same(&row)) {
            return Err(Refusal::AlreadyProposed);
        }
        let proposal = ProposalId(self.number());
        let named = debtor == creditor || self.see_each_other(debtor, creditor);
        self.say(Fact::ProposalMade {
            proposal,
            by: me,
            debtor,
            creditor,
            first: first.id,
            second: second.id,
            amount,
            expires: self.at.plus_hours(HOURS),
            named,
        });
        self.ask_all(proposal, me, debtor, creditor, named);
        Ok(())
    }

    fn ask_all(
        &mut self,
        proposal: ProposalId,
        by: MemberId,
        debtor: MemberId,
        creditor: MemberId,
        named: bool,
    ) {
        let third = (debtor != creditor).then_some(creditor);
        for member in [debtor].into_iter().chain(third) {
            self.say(Fact::ProposalAsked {
                proposal,
                by,
                member,
                named,
            });
        }
    }

    /// Whether two may see each other: each the other's card (M7).
    fn see_each_other(&self, one: MemberId, other: MemberId) -> bool {
        self.sees(one, other).is_ok() && self.sees(other, one).is_ok()
    }

    fn free(&self, row: &Obligation) -> Amount {
        self.ledger.free(row)
    }

    /// A waiting proposal that the actor is asked about.
    fn proposal_to_answer(&self, id: ProposalId) -> Result<&'a Proposal, Refusal> {
        let me = self.actor()?.id;
        let row = self.ledger.proposal(id).ok_or(Refusal::Unknown)?;
        if !row.asked().any(|asked| asked == me) {
            return Err(Refusal::Unknown);
        }
        if row.is_waiting() {
            Ok(row)
        } else {
            Err(Refusal::NoLonger)
        }
    }

    pub(super) fn answer_proposal(&mut self, id: ProposalId, yes: bool) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self.proposal_to_answer(id)?;
        let said = row.said(me).ok_or(Refusal::Unknown)?;
        if !row.named {
            return self.answer_naming(row, me, said.naming, yes);
        }
        if said.agrees == yes && yes {
            return Ok(());
        }
        if !yes {
            self.end_proposal(row, ProposalEnding::Declined);
            return Ok(());
        }
        if !self.ledger.stands(row) {
            return Err(Refusal::NoLonger);
        }
        if !row.is_of_two() && me == row.debtor {
            self.may_promise(self.actor()?)?;
        }
        self.say(Fact::ProposalConsented {
            proposal: id,
            by: row.by,
            member: me,
        });
        let other = if me == row.debtor {
            row.from_creditor
        } else {
            row.from_debtor
        };
        if row.is_of_two() || other.agrees {
            self.agree(row);
        }
        Ok(())
    }

    /// Whether the actor may be named to the other. A refusal looks like silence: nobody hears of it, and the proposal
    /// lapses in its time. Who blocks the other, or is blocked, is never named, whatever they say.
    fn answer_naming(
        &mut self,
        row: &Proposal,
        me: MemberId,
        before: Option<bool>,
        yes: bool,
    ) -> Result<(), Refusal> {
        if before.is_some() {
            return if before == Some(yes) {
                Ok(())
            } else {
                Err(Refusal::NoLonger)
            };
        }
        self.say(Fact::ProposalNamingAnswered {
            proposal: row.id,
            member: me,
            yes,
        });
        let other = if me == row.debtor {
            row.from_creditor
        } else {
            row.from_debtor
        };
        let apart = self.ledger.is_blocked(row.debtor, row.creditor);
        if yes && other.naming == Some(true) && !apart {
            self.ask_all(row.id, row.by, row.debtor, row.creditor, true);
        }
        Ok(())
    }

    /// Everybody has agreed: it happens.
    fn agree(&mut self, row: &Proposal) {
        let (Some(first), Some(second)) = (
            self.ledger.obligation(row.first),
            self.ledger.obligation(row.second),
        ) else {
            return;
        };
        let (proposal, amount) = (row.id, row.amount);
        let period_of = |member| self.ledger.member(member).map(|row| row.period);
        let now = self.policy().period(self.at);
        let of_first = period_of(first.creditor).unwrap_or(now);
        let of_second = period_of(second.creditor).unwrap_or(now);
        if row.is_of_two() {
            self.tell_agreed(row, None);
            let by = ClearedBy::Agreement { proposal };
            self.clear(first, by, amount, of_first);
            self.clear(second, by, amount, of_second);
            return;
        }
        let made = ObligationId(self.number());
        self.tell_agreed(row, Some(made));
        for (old, period, replaced) in [(first, of_first, false), (second, of_second, true)] {
            self.say(Fact::ObligationTransferred {
                obligation: old.id,
                debtor: old.debtor,
                creditor: old.creditor,
                proposal,
                made,
                before: old.outstanding(),
                amount,
                period,
                replaced,
            });
        }
        self.say(Fact::ObligationMade {
            obligation: made,
            debtor: row.debtor,
            creditor: row.creditor,
            amount,
            form: first.form,
            note: None,
            due: first.due.min(second.due),
            origin: Origin::HandedOn {
                proposal,
                appeal: second.appeal(),
            },
        });
        self.fulfil_if_settled(first, amount);
        self.fulfil_if_settled(second, amount);
    }

    fn tell_agreed(&mut self, row: &Proposal, obligation: Option<ObligationId>) {
        for member in row.people() {
            self.say(Fact::ProposalAgreed {
                proposal: row.id,
                by: row.by,
                member,
                amount: row.amount,
                obligation,
            });
        }
    }

    pub(super) fn withdraw_proposal(&mut self, id: ProposalId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .proposal(id)
            .filter(|row| row.by == me)
            .ok_or(Refusal::Unknown)?;
        if !row.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        self.end_proposal(row, ProposalEnding::Withdrawn);
        Ok(())
    }

    /// Its time is over, or its amounts have gone.
    pub(super) fn lapse_proposal(&mut self, id: ProposalId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.proposal(id).ok_or(Refusal::Unknown)?;
        if row.is_waiting() && !self.ledger.stands(row) {
            self.end_proposal(row, ProposalEnding::Fallen);
        } else if row.is_waiting() && row.expires <= self.at {
            self.end_proposal(row, ProposalEnding::Expired);
        }
        Ok(())
    }

    /// Everybody concerned hears of it for themselves.
    fn end_proposal(&mut self, row: &Proposal, how: ProposalEnding) {
        for member in row.people() {
            self.say(Fact::ProposalEnded {
                proposal: row.id,
                by: row.by,
                member,
                how,
            });
        }
    }

    /// Those of somebody who leaves, or between two of whom one blocks the other: not those in which these two do not know
    /// of each other.
    pub(super) fn end_proposals(&mut self, waiting: alloc::vec::Vec<&Proposal>, how: ProposalEnding) {
        for row in waiting {
            self.end_proposal(row, how);
        }
    }
}
