//! The network of a ledger, and keeping it so event by event.
//!
//! Nothing here reads what an event says: [`Network::follow`] looks at how the ledger is now wherever [`Changes`] says
//! that something changed, so following late, or twice, ends in the same network.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{Edges, Full, Network, Record, pair};
use crate::{
    amount::Amount,
    id::MemberId,
    ledger::{Changes, Ledger},
    member::Member,
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
            for recipient in ledger.supports(member.id) {
                edges.support(member.id, recipient, promised(ledger, member.id, recipient))?;
            }
        }
        let mut network = edges.build()?;
        for member in ledger.members() {
            network.say_member(ledger, member)?;
            for other in ledger.blocks_by(member.id) {
                network.apply(&Record::Blocked { by: member.id, other })?;
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

    /// Brings the network up to a ledger that events have changed, or to a part of it that holds one side at least of
    /// whatever changed whole.
    ///
    /// # Errors
    /// [`Full`].
    pub fn follow(&mut self, ledger: &Ledger, changes: &Changes) -> Result<(), Full> {
        let owners = changes.appeals.iter().filter_map(|id| ledger.appeal(*id));
        let mut members = changes.members.clone();
        members.extend(owners.map(|appeal| appeal.owner));
        for member in members.into_iter().filter_map(|id| ledger.member(id)) {
            self.say_member(ledger, member)?;
        }
        for (&(by, other), &blocked) in &changes.blocks {
            self.say_block(by, other, blocked)?;
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
            self.say_support(ledger, helper, recipient)?;
        }
        for (one, other) in owing {
            self.say_strained(ledger, one, other)?;
        }
        Ok(())
    }

    /// Brings everything about these members up to a part of the ledger that holds them whole, whatever the network said
    /// of them before: what follows a journal only from the names in its entries asks for this.
    ///
    /// # Errors
    /// [`Full`].
    pub fn refresh(&mut self, ledger: &Ledger, members: &BTreeSet<MemberId>) -> Result<(), Full> {
        let held = || members.iter().filter_map(|id| ledger.member(*id));
        for member in held() {
            self.say_member(ledger, member)?;
        }
        let mut pairs: BTreeSet<(MemberId, MemberId)> =
            held().flat_map(|member| self.tied_or_apart(member.id)).collect();
        for member in held() {
            let id = member.id;
            let supported = ledger.supports(id).chain(ledger.supported_by(id));
            let blocked = ledger.blocks_by(id).chain(ledger.blocked_by(id));
            pairs.extend(
                supported
                    .chain(blocked)
                    .map(|other| (id.min(other), id.max(other))),
            );
            let owing = ledger.owed_by(id).chain(ledger.owed_to(id));
            pairs.extend(
                owing
                    .filter(|row| strains(row))
                    .map(|row| (row.debtor.min(row.creditor), row.debtor.max(row.creditor))),
            );
        }
        let known = self
            .strained
            .iter()
            .map(|&(one, other)| (self.members.id(one), self.members.id(other)));
        let known = known.filter(|(one, other)| members.contains(one) || members.contains(other));
        pairs.extend(known.map(|(one, other)| (one.min(other), one.max(other))));
        for (one, other) in pairs {
            for (by, other) in [(one, other), (other, one)] {
                self.say_block(by, other, ledger.blocks_by(by).any(|blocked| blocked == other))?;
                self.say_support(ledger, by, other)?;
            }
            self.say_strained(ledger, one, other)?;
        }
        Ok(())
    }

    /// Pairs of a member with everybody they have a tie with or are apart from; the lower id first.
    fn tied_or_apart(&self, member: MemberId) -> Vec<(MemberId, MemberId)> {
        let Some(index) = self.members.index(member) else {
            return Vec::new();
        };
        let rows = [self.support.all(index), self.bonds.all(index)];
        let tied = rows.into_iter().flatten().copied();
        let others = tied
            .chain(self.apart_from(index))
            .map(|other| self.members.id(other));
        others
            .map(|other| (member.min(other), member.max(other)))
            .collect()
    }

    /// What a member's own row says.
    fn say_member(&mut self, ledger: &Ledger, row: &Member) -> Result<(), Full> {
        let member = row.id;
        self.apply(&Record::Member {
            member,
            status: row.status(),
        })?;
        if let Some(referrer) = row.referred_by {
            self.apply(&Record::Referred { referrer, member })?;
        }
        if !row.is_here() {
            self.apply(&Record::Left { member })?;
        }
        // A bond rests while either side is suspended (N8a).
        self.apply(&Record::Rest {
            member,
            resting: row.suspended.is_some(),
        })?;
        let current = ledger.current_appeal(member);
        self.apply(&Record::Findable {
            member,
            findable: current.is_some_and(|appeal| appeal.findable),
        })?;
        Ok(())
    }

    fn say_block(&mut self, by: MemberId, other: MemberId, blocked: bool) -> Result<bool, Full> {
        self.apply(&if blocked {
            Record::Blocked { by, other }
        } else {
            Record::Unblocked { by, other }
        })
    }

    fn say_support(&mut self, ledger: &Ledger, helper: MemberId, recipient: MemberId) -> Result<bool, Full> {
        let held = ledger.supports(helper).any(|supported| supported == recipient);
        self.apply(&if held {
            Record::Support {
                helper,
                recipient,
                amount: promised(ledger, helper, recipient),
            }
        } else {
            Record::SupportEnded { helper, recipient }
        })
    }

    fn say_strained(&mut self, ledger: &Ledger, one: MemberId, other: MemberId) -> Result<bool, Full> {
        let owes = |debtor, creditor| {
            let mut owed = ledger.owed_by(debtor);
            owed.any(|obligation| obligation.creditor == creditor && strains(obligation))
        };
        let strained = owes(one, other) || owes(other, one);
        self.apply(&Record::Strained { one, other, strained })
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
            if self.members.is_findable(index) {
                records.push(Record::Findable {
                    member,
                    findable: true,
                });
            }
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

/// Whether an obligation keeps a referral from being a tie (N1). One that is defaulted need not: its debtor left, and is
/// tied to nobody.
const fn strains(obligation: &Obligation) -> bool {
    matches!(obligation.state, ObligationState::Overdue { .. })
}
