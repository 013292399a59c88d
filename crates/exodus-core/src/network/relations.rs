//! The relations of a member and the network they make (N1).

use alloc::vec::Vec;

use super::{Network, Scratch};
use crate::id::MemberId;

/// A member's relations, each in order and without the member, nor anybody between whom and the member there is a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// The six of N1, over support: who supports M; whom M supports; who else supports those; who else is supported by
    /// M's supporters; who supports those; who is supported by those whom M supports.
    pub six: [Vec<MemberId>; 6],
    /// Ring 1 of the reference list.
    pub bonded: Vec<MemberId>,
    /// Whom M referred and by whom they were, as far as it makes a tie.
    pub referrals: Vec<MemberId>,
}

/// A step over support.
#[derive(Clone, Copy)]
enum Step {
    /// To whom a member supports.
    Onward,
    /// To who supports a member.
    Back,
}

impl Network {
    /// The relations of a member; empty for somebody unknown or who left.
    #[must_use]
    pub fn relations(&self, scratch: &mut Scratch, member: MemberId) -> Relations {
        let Some(index) = self.here(member) else {
            return Relations::default();
        };
        let mut two = |first, second| {
            self.two_steps(scratch, index, first, second);
            self.ids(scratch.queue.get(1..scratch.reached()).unwrap_or(&[]))
        };
        let six = [
            self.ids(self.support.inward(index)),
            self.ids(self.support.outward(index)),
            two(Step::Onward, Step::Back),
            two(Step::Back, Step::Onward),
            two(Step::Back, Step::Back),
            two(Step::Onward, Step::Onward),
        ];
        let referrals: Vec<u32> = self.referral_ties(index).collect();
        Relations {
            six,
            bonded: self.ids(self.bonds.first(index)),
            referrals: self.ids(&referrals),
        }
    }

    /// Everyone a member is related to: the union of their relations, in order.
    #[must_use]
    pub fn network(&self, scratch: &mut Scratch, member: MemberId) -> Vec<MemberId> {
        let Some(index) = self.here(member) else {
            return Vec::new();
        };
        self.network_of(scratch, index);
        self.ids(scratch.queue.get(1..scratch.reached()).unwrap_or(&[]))
    }

    /// The same, left in the scratch after the member. The six relations together are two steps over support in either
    /// direction.
    pub(super) fn network_of(&self, scratch: &mut Scratch, member: u32) {
        scratch.begin(self.members.len());
        self.begin_at(scratch, member);
        self.spread_support(scratch, 2);
        for &other in self.bonds.first(member) {
            scratch.append(other);
        }
        for other in self.referral_ties(member) {
            scratch.append(other);
        }
    }

    fn step(&self, member: u32, step: Step) -> &[u32] {
        match step {
            Step::Onward => self.support.outward(member),
            Step::Back => self.support.inward(member),
        }
    }

    /// Those at the end of two steps, left in the scratch after the member.
    fn two_steps(&self, scratch: &mut Scratch, member: u32, first: Step, second: Step) {
        scratch.begin(self.members.len());
        self.begin_at(scratch, member);
        for &between in self.step(member, first) {
            for &other in self.step(between, second) {
                scratch.append(other);
            }
        }
    }
}
