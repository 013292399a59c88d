//! What holds at every moment, for every member and for the whole (`2-ledger.md`).

use alloc::collections::{BTreeMap, BTreeSet};

use crate::{
    amount::Amount,
    bond::BondState,
    id::{AppealId, BondId, IntentionId, MemberId, ObligationId},
    ledger::Ledger,
    member::Reputation,
    obligation::{ClosureKind, Obligation, ObligationState},
};

/// An invariant that does not hold: a bug, or records changed from outside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// Invariant 1: settled and closed parts are above the amount, or more is reported than is outstanding.
    #[error("obligation {0}: more is settled, let go or reported than was promised")]
    Overdrawn(ObligationId),
    /// Invariant 1: an amount of zero, or above the limit.
    #[error("record {0}: its amount can not be")]
    BadAmount(u64),
    /// Invariant 2: debts and claims do not add up.
    #[error("debtors owe {owed} minor units, creditors are owed {claimed}")]
    Unbalanced {
        /// What all debtors owe.
        owed: u64,
        /// What all creditors are owed.
        claimed: u64,
    },
    /// Invariant 3: an obligation's state contradicts its amounts.
    #[error("obligation {0}: its state contradicts its amounts")]
    WrongState(ObligationId),
    /// Invariant 4: somebody is in a circle and no record holds them there, or the other way round.
    #[error("member {helper} and the circle of appeal {appeal}: records say otherwise")]
    WrongCircle {
        /// Which circle.
        appeal: AppealId,
        /// Who.
        helper: MemberId,
    },
    /// Invariant 4: an intention lives where its author has something overdue.
    #[error("intention {0} lives where its author has something overdue")]
    IntentionBesideOverdue(IntentionId),
    /// L2: two live intentions of one author towards one appeal.
    #[error("intention {0} is a second one towards the same appeal")]
    SecondIntention(IntentionId),
    /// M4, M5: a member's appeals contradict their status.
    #[error("member {0}: their appeals contradict their status")]
    WrongAppeal(MemberId),
    /// M8: a reputation that the records do not bear out.
    #[error("member {0}: their reputation is not what the records say")]
    WrongReputation(MemberId),
    /// N6: a bond with oneself, of nothing, beside another between the same two, or between two who block each other.
    #[error("bond {0} can not stand as it is")]
    WrongBond(BondId),
    /// M11: somebody who left still has something going on.
    #[error("member {0} has left and still has something going on")]
    GoneButThere(MemberId),
}

impl Ledger {
    /// Checks every invariant over the whole ledger.
    ///
    /// # Errors
    /// The first [`Breach`] found.
    pub fn invariants(&self) -> Result<(), Breach> {
        let mut reputations: BTreeMap<MemberId, Reputation> = BTreeMap::new();
        for obligation in self.obligations() {
            check_obligation(obligation)?;
            count(reputations.entry(obligation.debtor).or_default(), obligation);
        }
        self.check_balance()?;
        self.check_intentions()?;
        self.check_circles()?;
        self.check_bonds()?;
        self.check_members(&reputations)
    }

    /// What each member is found to owe and to be owed, as everything else finds it; and nothing beside that.
    fn check_balance(&self) -> Result<(), Breach> {
        let everybody = || self.members().map(|member| member.id);
        let outstanding = |o: &Obligation| {
            if o.is_unsettled() {
                o.outstanding()
            } else {
                Amount::ZERO
            }
        };
        let owed: Amount = everybody().flat_map(|id| self.owed_by(id)).map(outstanding).sum();
        let claimed: Amount = everybody().flat_map(|id| self.owed_to(id)).map(outstanding).sum();
        let whole: Amount = self.obligations().map(outstanding).sum();
        if owed == whole && claimed == whole {
            Ok(())
        } else {
            Err(Breach::Unbalanced {
                owed: owed.minor(),
                claimed: claimed.minor(),
            })
        }
    }

    fn check_intentions(&self) -> Result<(), Breach> {
        let mut seen = BTreeSet::new();
        for intention in self.intentions().filter(|intention| intention.is_live()) {
            if intention.amount.is_zero() || intention.amount > Amount::MAX {
                return Err(Breach::BadAmount(intention.id.0));
            }
            if !seen.insert((intention.author, intention.appeal)) {
                return Err(Breach::SecondIntention(intention.id));
            }
            let mut there = self
                .owed_by(intention.author)
                .filter(|o| o.appeal() == Some(intention.appeal));
            if there.any(Obligation::is_overdue) {
                return Err(Breach::IntentionBesideOverdue(intention.id));
            }
        }
        Ok(())
    }

    fn check_circles(&self) -> Result<(), Breach> {
        for appeal in self.appeals() {
            let by_intention = self
                .intentions_for(appeal.owner)
                .map(|intention| intention.author);
            let by_obligation = self.owed_to(appeal.owner).map(|obligation| obligation.debtor);
            let candidates: BTreeSet<_> = by_intention
                .chain(by_obligation)
                .chain(self.circle(appeal.id))
                .collect();
            for helper in candidates {
                if self.is_in_circle(appeal.id, helper) != self.holds(appeal.id, helper) {
                    return Err(Breach::WrongCircle {
                        appeal: appeal.id,
                        helper,
                    });
                }
            }
        }
        Ok(())
    }

    /// Of two members one bond stands at most, or one invitation each way waits, and nothing where one blocks the other.
    fn check_bonds(&self) -> Result<(), Breach> {
        let mut standing = BTreeSet::new();
        for bond in self.bonds() {
            let amounts = [Some(bond.from_gives), bond.to_gives];
            let fits = |amount: Amount| !amount.is_zero() && amount <= Amount::MAX;
            let answered = bond.to_gives.is_some();
            let said = match bond.state {
                BondState::Waiting | BondState::Declined | BondState::Withdrawn => !answered,
                BondState::Live { .. } | BondState::Ended { .. } => answered,
            };
            let here = bond.is_waiting() || bond.is_live();
            let pair = (bond.from.min(bond.to), bond.from.max(bond.to));
            let direction = if bond.is_live() { None } else { Some(bond.from) };
            let beside = here
                && (!standing.insert((pair, direction))
                    || (bond.is_waiting() && self.bond_between(bond.from, bond.to).is_some()));
            let blocked = here && self.is_blocked(bond.from, bond.to);
            let wrong = bond.from == bond.to || !amounts.into_iter().flatten().all(fits) || !said;
            if wrong || beside || blocked {
                return Err(Breach::WrongBond(bond.id));
            }
        }
        Ok(())
    }

    fn check_members(&self, reputations: &BTreeMap<MemberId, Reputation>) -> Result<(), Breach> {
        for member in self.members() {
            let monthly = member.monthly.and_then(|id| self.appeal(id));
            let emergency = member.emergency.and_then(|id| self.appeal(id));
            let asks = monthly.is_some_and(|appeal| appeal.is_open() && appeal.is_monthly());
            let burns = emergency.is_some_and(|appeal| appeal.is_open() && !appeal.is_monthly());
            if asks != member.asks_monthly || burns != member.emergency.is_some() {
                return Err(Breach::WrongAppeal(member.id));
            }
            let counted = reputations.get(&member.id).copied().unwrap_or_default();
            let own = member.reputation;
            let tallies = |r: &Reputation| (r.on_time, r.late, r.by_silence, r.released, r.overdue);
            if tallies(&counted) != tallies(&own) {
                return Err(Breach::WrongReputation(member.id));
            }
            let going_on = self
                .intentions_by(member.id)
                .chain(self.intentions_for(member.id))
                .next()
                .is_some()
                || self.offers_of(member.id).next().is_some()
                || self
                    .bonds_of(member.id)
                    .any(|bond| bond.is_waiting() || bond.is_live())
                || self.owed_to(member.id).any(Obligation::is_unsettled)
                || member.asks_monthly
                || member.is_red();
            if !member.is_here() && going_on {
                return Err(Breach::GoneButThere(member.id));
            }
        }
        Ok(())
    }
}

fn check_obligation(obligation: &Obligation) -> Result<(), Breach> {
    if obligation.amount.is_zero() || obligation.amount > Amount::MAX {
        return Err(Breach::BadAmount(obligation.id.0));
    }
    let spent = obligation
        .settled()
        .plus(obligation.closed())
        .plus(obligation.awaiting());
    if spent > obligation.amount {
        return Err(Breach::Overdrawn(obligation.id));
    }
    let nothing_left = obligation.outstanding().is_zero();
    let fits = match obligation.state {
        ObligationState::Open | ObligationState::Overdue { .. } => !nothing_left,
        ObligationState::Fulfilled { .. } => nothing_left && obligation.closure.is_none(),
        ObligationState::Released { .. }
        | ObligationState::Cancelled { .. }
        | ObligationState::Defaulted { .. } => nothing_left && obligation.closure.is_some(),
    };
    if fits {
        Ok(())
    } else {
        Err(Breach::WrongState(obligation.id))
    }
}

fn count(reputation: &mut Reputation, obligation: &Obligation) {
    let counter = match obligation.state {
        ObligationState::Fulfilled { by_silence: true, .. } => &mut reputation.by_silence,
        ObligationState::Fulfilled { late: true, .. } => &mut reputation.late,
        ObligationState::Fulfilled { .. } => &mut reputation.on_time,
        ObligationState::Overdue { .. } => &mut reputation.overdue,
        ObligationState::Released { .. }
            if obligation
                .closure
                .is_some_and(|c| c.kind == ClosureKind::Released) =>
        {
            &mut reputation.released
        }
        ObligationState::Open
        | ObligationState::Released { .. }
        | ObligationState::Cancelled { .. }
        | ObligationState::Defaulted { .. } => return,
    };
    *counter = counter.saturating_add(1);
}
