//! Bonds in the state: who stands by whom, and whose bonds rest (N6, N8, N8a).

use super::Ledger;
use crate::{
    bond::Bond,
    id::{BondId, MemberId},
};

impl Ledger {
    /// A bond, whatever became of it.
    #[must_use]
    pub fn bond(&self, id: BondId) -> Option<&Bond> {
        self.bonds.get(&id)
    }

    /// Every bond held, in the order of their numbers.
    pub fn bonds(&self) -> impl Iterator<Item = &Bond> {
        self.bonds.values()
    }

    /// Every bond held of which a member is one side: invitations, and what ended, among them.
    pub fn bonds_of(&self, member: MemberId) -> impl Iterator<Item = &Bond> {
        self.index.bonds_of(member).filter_map(|id| self.bonds.get(&id))
    }

    /// Every bond held between two members.
    pub fn bonds_between(&self, one: MemberId, other: MemberId) -> impl Iterator<Item = &Bond> {
        self.bonds_of(one)
            .filter(move |bond| bond.is_of(other) && one != other)
    }

    /// The bond that stands between two members, resting or not.
    #[must_use]
    pub fn bond_between(&self, one: MemberId, other: MemberId) -> Option<&Bond> {
        self.bonds_between(one, other).find(|bond| bond.is_live())
    }

    /// The invitation to a bond by one member that waits for another's word.
    #[must_use]
    pub fn invitation(&self, from: MemberId, to: MemberId) -> Option<&Bond> {
        self.bonds_between(from, to)
            .find(|bond| bond.is_waiting() && bond.from == from)
    }

    /// How many bonds of a member stand, resting or not (N10).
    #[must_use]
    pub fn bond_count(&self, member: MemberId) -> usize {
        self.bonds_of(member).filter(|bond| bond.is_live()).count()
    }

    /// Whether a member's bonds rest, counting in nobody's list or pool (N8a): while they are suspended.
    #[must_use]
    pub fn rests(&self, member: MemberId) -> bool {
        self.members
            .get(&member)
            .is_some_and(|row| row.suspended.is_some())
    }

    /// Whether a bond stands and neither side rests (N8a).
    #[must_use]
    pub fn is_awake(&self, bond: &Bond) -> bool {
        bond.is_live() && !self.rests(bond.from) && !self.rests(bond.to)
    }

    /// Ring 1 of a member's reference list: who stands by them personally, with the bond (N7).
    pub fn ring(&self, member: MemberId) -> impl Iterator<Item = (MemberId, &Bond)> {
        self.bonds_of(member)
            .filter(|bond| self.is_awake(bond))
            .map(move |bond| (bond.other(member), bond))
    }

    /// Whether a member has bonds of their own: an invitation that waits for their word is none yet (M1).
    pub(super) fn has_bond_records(&self, member: MemberId) -> bool {
        self.bonds_of(member)
            .any(|bond| !(bond.is_waiting() && bond.to == member))
    }
}
