//! Where the community stands with clearing, and what waits to be carried out or answered.

use alloc::vec::Vec;

use super::Ledger;
use crate::{
    amount::Amount,
    id::{MemberId, ObligationId, ProposalId},
    obligation::Obligation,
    proposal::Proposal,
    set_off::{self, Claim, Clearing, SettlementKind, agrees},
    time::Period,
};

impl Ledger {
    /// Where the community stands with clearing.
    #[must_use]
    pub const fn clearing(&self) -> Clearing {
        self.clearing
    }

    /// A server loads it before any record; what is held already stands.
    pub(super) fn absorb_clearing(
        &mut self,
        clearing: Clearing,
        set_offs: Vec<(ObligationId, Amount)>,
        proposals: Vec<Proposal>,
    ) {
        if self.clearing == Clearing::default() {
            self.clearing = clearing;
        }
        let run = self.clearing.ran.map(|run| run.id);
        for (obligation, amount) in set_offs {
            let settled = self.obligations.get(&obligation).is_some_and(|row| {
                row.settlements
                    .iter()
                    .any(|row| matches!(row.kind, SettlementKind::Cleared { run: by } if Some(by) == run))
            });
            if !settled {
                self.set_offs.insert(obligation, amount);
            }
        }
        for proposal in proposals {
            self.index.add_proposal(&proposal);
            self.proposals.entry(proposal.id).or_insert(proposal);
        }
    }

    /// Whether a run was announced for a period and has not been: it comes before that month's end (K7).
    #[must_use]
    pub fn clearing_comes_before(&self, closing: Period) -> bool {
        self.clearing
            .awaited()
            .is_some_and(|announced| announced.period <= closing)
    }

    /// What the last run set off for a member and is not settled yet, on either side, in the order of the obligations.
    pub fn to_carry_out(&self, member: MemberId) -> impl Iterator<Item = (&Obligation, Amount)> {
        let both = if self.set_offs.is_empty() {
            Vec::new()
        } else {
            let mut both: Vec<&Obligation> = self.owed_by(member).chain(self.owed_to(member)).collect();
            both.sort_unstable_by_key(|row| row.id);
            both
        };
        both.into_iter()
            .filter_map(|row| Some((row, *self.set_offs.get(&row.id)?)))
    }

    /// Which obligations a run set off that are not settled yet, and by how much.
    pub fn uncarried(&self) -> impl Iterator<Item = (ObligationId, Amount)> {
        self.set_offs.iter().map(|(&id, &amount)| (id, amount))
    }

    /// How much of an obligation could be set off if both agreed (K2).
    #[must_use]
    pub fn free(&self, obligation: &Obligation) -> Amount {
        let ends = (self.member(obligation.debtor), self.member(obligation.creditor));
        let (Some(debtor), Some(creditor)) = ends else {
            return Amount::ZERO;
        };
        set_off::free(obligation, debtor, creditor)
    }

    /// What of an obligation takes part in clearing (K2).
    #[must_use]
    pub fn claim(&self, obligation: ObligationId) -> Option<Claim> {
        let row = self.obligation(obligation)?;
        set_off::claim(row, self.member(row.debtor)?, self.member(row.creditor)?)
    }

    /// Everything that takes part in clearing now (K3).
    pub fn claims(&self) -> impl Iterator<Item = Claim> {
        self.obligations().filter_map(|row| self.claim(row.id))
    }

    /// Whether one side of an obligation agrees to clearing it (K2).
    #[must_use]
    pub fn agrees_to_clear(&self, obligation: &Obligation, side: MemberId) -> bool {
        self.member(side).is_some_and(|side| agrees(obligation, side))
    }

    /// A proposal.
    #[must_use]
    pub fn proposal(&self, id: ProposalId) -> Option<&Proposal> {
        self.proposals.get(&id)
    }

    /// Every proposal held.
    pub fn proposals(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.values()
    }

    /// Waiting proposals that a member made or is asked about.
    pub fn proposals_of(&self, member: MemberId) -> impl Iterator<Item = &Proposal> {
        self.index
            .proposals_of(member)
            .filter_map(|id| self.proposals.get(&id))
            .filter(|row| row.is_waiting())
    }

    /// Whether both obligations of a proposal still have what it is about (K8).
    #[must_use]
    pub fn stands(&self, proposal: &Proposal) -> bool {
        let has = |id| {
            self.obligation(id)
                .is_some_and(|row| self.free(row) >= proposal.amount)
        };
        has(proposal.first) && has(proposal.second)
    }
}
