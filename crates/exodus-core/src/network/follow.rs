//! The network of a ledger, and keeping it so event by event.
//!
//! Nothing here reads what an event says: [`Network::follow`] looks at how the ledger is now wherever [`Changes`] says
//! that something changed, so following late, or twice, ends in the same network.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{Edges, Full, Network, Record, pair};
use crate::{
    amount::Amount,
    bond::Bond,
    id::MemberId,
    ledger::{Changes, Ledger},
    obligation::{Obligation, ObligationState},
};

impl Network {
    /// The network of a whole ledger.
    ///
    /// # Errors
    /// [`Full`].
    pub fn of(ledger: &Ledger) -> Result<Self, Full> {
        let mut edges = Edges::new();
        for member in ledger.members() {
            edges.member(member.id, member.status())?;
            if let Some(referrer) = member.referred_by {
                edges.referral(referrer, member.id)?;
            }
            let supported: BTreeSet<MemberId> = ledger.supports(member.id).collect();
            for recipient in supported {
                edges.support(member.id, recipient, promised(ledger, member.id, recipient))?;
            }
        }
        for bond in ledger.bonds().filter(|bond| bond.is_live()) {
            let (one_gives, other_gives) = nominals(bond);
            edges.bond(bond.from, bond.to, one_gives, other_gives)?;
        }
        let mut network = edges.build()?;
        for member in ledger.members() {
            let id = member.id;
            if !member.is_here() {
                network.apply(&Record::Left { member: id })?;
            }
            network.apply(&rest(ledger, id))?;
            for other in ledger.blocks_by(id) {
                network.apply(&Record::Blocked { by: id, other })?;
            }
        }
        for obligation in ledger.obligations().filter(|obligation| strains(obligation)) {
            network.apply(&Record::Strained {
                one: obligation.debtor,
                other: obligation.creditor,
                strained: true,
            })?;
        }
        Ok(network)
    }

    /// Brings the network up to a ledger that events have changed.
    ///
    /// # Errors
    /// [`Full`].
    pub fn follow(&mut self, ledger: &Ledger, changes: &Changes) -> Result<(), Full> {
        for &id in &changes.members {
            let Some(member) = ledger.member(id) else {
                continue;
            };
            self.apply(&Record::Member {
                member: id,
                status: member.status(),
            })?;
            if let Some(referrer) = member.referred_by {
                self.apply(&Record::Referred { referrer, member: id })?;
            }
            if !member.is_here() {
                self.apply(&Record::Left { member: id })?;
            }
            self.apply(&rest(ledger, id))?;
        }
        for (&(by, other), &blocked) in &changes.blocks {
            self.apply(&if blocked {
                Record::Blocked { by, other }
            } else {
                Record::Unblocked { by, other }
            })?;
        }
        for bond in changes.bonds.iter().filter_map(|id| ledger.bond(*id)) {
            let (one, other) = (bond.from, bond.to);
            self.apply(&match ledger.bond_between(one, other) {
                Some(live) => bonded(live),
                None => Record::BondEnded { one, other },
            })?;
        }
        let circles = changes.circles.iter();
        let mut support: BTreeSet<(MemberId, MemberId)> = circles
            .map(|(&(_, helper), &(owner, _))| (helper, owner))
            .collect();
        let mut owing = BTreeSet::new();
        for id in &changes.intentions {
            let intention = ledger.intention(*id);
            support.extend(intention.map(|intention| (intention.author, intention.recipient)));
        }
        for id in &changes.obligations {
            if let Some(obligation) = ledger.obligation(*id) {
                support.insert((obligation.debtor, obligation.creditor));
                owing.insert((obligation.debtor, obligation.creditor));
            }
        }
        for (helper, recipient) in support {
            let held = ledger.supports(helper).any(|supported| supported == recipient);
            self.apply(&if held {
                Record::Support {
                    helper,
                    recipient,
                    amount: promised(ledger, helper, recipient),
                }
            } else {
                Record::SupportEnded { helper, recipient }
            })?;
        }
        for (one, other) in owing {
            let strained = [(one, other), (other, one)]
                .into_iter()
                .any(|(debtor, creditor)| {
                    ledger
                        .owed_by(debtor)
                        .any(|obligation| obligation.creditor == creditor && strains(obligation))
                });
            self.apply(&Record::Strained { one, other, strained })?;
        }
        Ok(())
    }

    /// Everything the network holds, as records that make the same network of an empty one; in an order that depends on
    /// nothing else. Two networks are the same if these are.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let mut order: Vec<(MemberId, u32)> = (0..self.len() as u32)
            .map(|index| (self.members.id(index), index))
            .collect();
        order.sort_unstable();
        let mut records = Vec::new();
        for &(member, index) in &order {
            let status = self.members.status(index);
            records.push(Record::Member { member, status });
            if self.members.is_resting(index) {
                records.push(Record::Rest {
                    member,
                    resting: true,
                });
            }
        }
        for &(one, index) in &order {
            let mut referred: Vec<Record> = self
                .referrals
                .outward(index)
                .iter()
                .map(|&other| Record::Referred {
                    referrer: one,
                    member: self.members.id(other),
                })
                .collect();
            referred.sort_unstable();
            records.extend(referred);
            self.records_of_ties(one, index, &mut records);
        }
        for &(by, index) in &order {
            let blocked = self.apart_from(index).filter(|&other| {
                let marks = self.blocks.get(&(index, other)).copied().unwrap_or(0);
                marks & super::record::BLOCKS != 0
            });
            let mut blocked: Vec<MemberId> = blocked.map(|other| self.members.id(other)).collect();
            blocked.sort_unstable();
            records.extend(blocked.into_iter().map(|other| Record::Blocked { by, other }));
        }
        let mut strained: Vec<(MemberId, MemberId)> = self
            .strained
            .iter()
            .map(|&(one, other)| (self.members.id(one), self.members.id(other)))
            .map(|(one, other)| (one.min(other), one.max(other)))
            .collect();
        strained.sort_unstable();
        records.extend(strained.into_iter().map(|(one, other)| Record::Strained {
            one,
            other,
            strained: true,
        }));
        let gone = order.iter().filter(|&&(_, index)| self.members.is_gone(index));
        records.extend(gone.map(|&(member, _)| Record::Left { member }));
        records
    }

    /// Support and bonds of one member, those that a block hides among them.
    fn records_of_ties(&self, one: MemberId, index: u32, records: &mut Vec<Record>) {
        let mut ties: Vec<Record> = self
            .support
            .outward_with_amounts(index)
            .map(|(other, amount)| self.as_support(one, other, amount))
            .collect();
        for &other in self.bonds.all(index) {
            if let (Some((_, gives)), Some((_, takes))) =
                (self.bonds.find(index, other), self.bonds.find(other, index))
            {
                ties.extend(self.as_bond(one, other, gives, takes));
            }
        }
        for other in self.apart_from(index) {
            let Some(hidden) = self.hidden.get(&pair(index, other)) else {
                continue;
            };
            let first = index < other;
            let support = if first { hidden.support } else { hidden.back };
            ties.extend(support.map(|amount| self.as_support(one, other, amount)));
            if let Some((low_gives, high_gives)) = hidden.bond {
                let (gives, takes) = if first {
                    (low_gives, high_gives)
                } else {
                    (high_gives, low_gives)
                };
                ties.extend(self.as_bond(one, other, gives, takes));
            }
        }
        ties.sort_unstable();
        records.extend(ties);
    }

    fn as_support(&self, helper: MemberId, recipient: u32, amount: u64) -> Record {
        Record::Support {
            helper,
            recipient: self.members.id(recipient),
            amount: Amount::from_minor(amount),
        }
    }

    /// A bond, told once: by the lower id.
    fn as_bond(&self, one: MemberId, other: u32, gives: u64, takes: u64) -> Option<Record> {
        let other = self.members.id(other);
        (one < other).then_some(Record::Bond {
            one,
            other,
            one_gives: Amount::from_minor(gives),
            other_gives: Amount::from_minor(takes),
        })
    }
}

/// Whether a member's bonds rest, as the ledger says (N8a).
fn rest(ledger: &Ledger, member: MemberId) -> Record {
    Record::Rest {
        member,
        resting: ledger.rests(member),
    }
}

/// A bond that stands, with what each side gives (N6).
fn bonded(bond: &Bond) -> Record {
    let (one_gives, other_gives) = nominals(bond);
    Record::Bond {
        one: bond.from,
        other: bond.to,
        one_gives,
        other_gives,
    }
}

fn nominals(bond: &Bond) -> (Amount, Amount) {
    (bond.from_gives, bond.to_gives.unwrap_or_default())
}

/// What one has promised towards another's appeals and not carried out yet: live intentions, and what is outstanding of
/// binding obligations.
fn promised(ledger: &Ledger, helper: MemberId, recipient: MemberId) -> Amount {
    let intended = ledger
        .intentions_by(helper)
        .filter(|intention| intention.recipient == recipient && intention.is_live())
        .map(|intention| intention.amount);
    let owed = ledger
        .owed_by(helper)
        .filter(|obligation| obligation.creditor == recipient && obligation.appeal().is_some())
        .filter(|obligation| {
            matches!(
                obligation.state,
                ObligationState::Open | ObligationState::Overdue { .. }
            )
        })
        .map(Obligation::outstanding);
    intended.chain(owed).sum()
}

/// Whether an obligation keeps a referral from being a tie (N1).
fn strains(obligation: &Obligation) -> bool {
    matches!(
        obligation.state,
        ObligationState::Overdue { .. } | ObligationState::Defaulted { .. }
    )
}
