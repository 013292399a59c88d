//! The actor's own records: mine, or for me. Whatever is not theirs is unknown to them, whether it exists or not (O9);
//! what is theirs and stands no more is [`Refusal::NoLonger`].

use super::Case;
use crate::{
    bond::Bond,
    id::{BondId, IntentionId, MemberId, ObligationId, OfferId, ReportId},
    intention::Intention,
    obligation::{Obligation, Report},
    offer::Offer,
    refusal::Refusal,
};

impl<'a> Case<'a> {
    /// A live intention of the actor's.
    pub(super) fn my_intention(&self, id: IntentionId) -> Result<&'a Intention, Refusal> {
        let mine = self.own(self.ledger.intention(id), |row| row.author)?;
        standing(mine, mine.is_live())
    }

    /// A live intention towards the actor.
    pub(super) fn intention_for_me(&self, id: IntentionId) -> Result<&'a Intention, Refusal> {
        let for_me = self.own(self.ledger.intention(id), |row| row.recipient)?;
        standing(for_me, for_me.is_live())
    }

    /// An unsettled obligation that the actor owes.
    pub(super) fn my_obligation(&self, id: ObligationId) -> Result<&'a Obligation, Refusal> {
        let mine = self.own(self.ledger.obligation(id), |row| row.debtor)?;
        standing(mine, mine.is_unsettled())
    }

    /// An unsettled obligation that the actor is owed.
    pub(super) fn obligation_for_me(&self, id: ObligationId) -> Result<&'a Obligation, Refusal> {
        let for_me = self.own(self.ledger.obligation(id), |row| row.creditor)?;
        standing(for_me, for_me.is_unsettled())
    }

    /// A report that the actor made and that waits for an answer.
    pub(super) fn my_report(&self, id: ReportId) -> Result<(&'a Obligation, &'a Report), Refusal> {
        let mine = self.own(self.ledger.obligation(id.obligation), |row| row.debtor)?;
        let report = mine.report(id.nth).ok_or(Refusal::Unknown)?;
        standing((mine, report), report.is_waiting())
    }

    /// A report, answered or not, on an obligation that the actor is or was owed.
    pub(super) fn report_for_me(&self, id: ReportId) -> Result<(&'a Obligation, &'a Report), Refusal> {
        let for_me = self.own(self.ledger.obligation(id.obligation), |row| row.creditor)?;
        let report = for_me.report(id.nth).ok_or(Refusal::Unknown)?;
        Ok((for_me, report))
    }

    /// A report that waits for the actor's answer.
    pub(super) fn report_to_answer(&self, id: ReportId) -> Result<(&'a Obligation, &'a Report), Refusal> {
        let (row, report) = self.report_for_me(id)?;
        standing((row, report), report.is_waiting())
    }

    /// A waiting offer that the actor made.
    pub(super) fn my_offer(&self, id: OfferId) -> Result<&'a Offer, Refusal> {
        let mine = self.own(self.ledger.offer(id), |row| row.from)?;
        standing(mine, mine.is_waiting())
    }

    /// A waiting offer made to the actor.
    pub(super) fn offer_for_me(&self, id: OfferId) -> Result<&'a Offer, Refusal> {
        let for_me = self.own(self.ledger.offer(id), |row| row.to)?;
        standing(for_me, for_me.is_waiting())
    }

    /// A waiting invitation to a bond that the actor sent.
    pub(super) fn my_invitation(&self, id: BondId) -> Result<&'a Bond, Refusal> {
        let mine = self.own(self.ledger.bond(id), |row| row.from)?;
        standing(mine, mine.is_waiting())
    }

    /// A waiting invitation to a bond that the actor was sent.
    pub(super) fn bond_for_me(&self, id: BondId) -> Result<&'a Bond, Refusal> {
        let for_me = self.own(self.ledger.bond(id), |row| row.to)?;
        standing(for_me, for_me.is_waiting())
    }

    /// A bond of the actor's that stands.
    pub(super) fn my_bond(&self, id: BondId) -> Result<&'a Bond, Refusal> {
        let me = self.actor()?.id;
        let row = self.ledger.bond(id).filter(|row| row.is_of(me));
        let mine = row.ok_or(Refusal::Unknown)?;
        standing(mine, mine.is_live())
    }

    /// A record, if the actor is that party of it.
    fn own<R>(&self, row: Option<&'a R>, party: impl Fn(&R) -> MemberId) -> Result<&'a R, Refusal> {
        let me = self.actor()?.id;
        row.filter(|row| party(row) == me).ok_or(Refusal::Unknown)
    }
}

fn standing<R>(row: R, stands: bool) -> Result<R, Refusal> {
    if stands { Ok(row) } else { Err(Refusal::NoLonger) }
}
