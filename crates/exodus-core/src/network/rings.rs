//! The reference list: everyone over live bonds, ring by ring, and what they stand with (N7).
//!
//! Ring 1 counts what each promised the member; a farther member counts once, with the lowest nominal of their live
//! bonds, which is kept with each member and found again when one of their bonds changes.

use alloc::vec::Vec;

use super::{Network, Scratch, Standing, Tally, layer::FIRST};
use crate::{amount::Amount, id::MemberId};

/// Those at one distance on the reference list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ring {
    /// Who, in order.
    pub members: Vec<MemberId>,
    /// What they stand with together.
    pub pool: Amount,
}

impl Network {
    /// A member's reference list up to the ring `farthest` (`None`: the whole of it), the first ring being that of
    /// personal bonds.
    #[must_use]
    pub fn reference_list(
        &self,
        scratch: &mut Scratch,
        member: MemberId,
        farthest: Option<usize>,
    ) -> Vec<Ring> {
        self.walk_bonds(scratch, member, farthest)
            .map(|(members, tally)| Ring {
                members: self.ids(members),
                pool: tally.pool,
            })
            .collect()
    }

    /// Only how many are on it and what they stand with, ring by ring.
    #[must_use]
    pub fn standing(&self, scratch: &mut Scratch, member: MemberId, farthest: Option<usize>) -> Standing {
        Standing {
            rings: self
                .walk_bonds(scratch, member, farthest)
                .map(|(_, tally)| tally)
                .collect(),
        }
    }

    fn walk_bonds<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        member: MemberId,
        farthest: Option<usize>,
    ) -> impl Iterator<Item = (&'a [u32], Tally)> {
        scratch.begin(self.members.len());
        let middle = self.here(member);
        if let Some(index) = middle {
            self.begin_at(scratch, index);
            self.spread_bonds(scratch, farthest);
        }
        let scratch = &*scratch;
        (1..scratch.levels.len()).map(move |ring| {
            let members = scratch.level(ring);
            let nominal = |&other: &u32| {
                let minor = match middle {
                    // What they promised the one in the middle is written in their own row.
                    Some(middle) if ring == 1 => self
                        .bonds
                        .find(other, middle)
                        .and_then(|(part, gives)| (part == FIRST).then_some(gives))
                        .unwrap_or(0),
                    _ => self.lowest(other),
                };
                Amount::from_minor(minor)
            };
            let tally = Tally {
                members: members.len() as u64,
                pool: members.iter().map(nominal).sum(),
            };
            (members, tally)
        })
    }
}
