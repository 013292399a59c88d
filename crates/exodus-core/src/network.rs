//! The network of trust as a graph in memory: an index beside the ledger that answers for one member without walking
//! everything, at a scale of millions (N13).
//!
//! ```text
//! Record ──apply──▶ Network ──▶ relations · network            who is related to a member (N1)
//!  (or Edges ─────▶            reference_list · standing       rings, their sizes and pools (N7)
//!   or a Ledger)               chain · expand                  the way to somebody; whom to help next (N2, N3)
//!                              to_bytes · from_bytes           a snapshot, to start quickly
//! ```
//!
//! Three layers over the same members: **support** (helper → recipient), **bonds** (mutual; live or resting, N8a) and
//! **referrals**. Each is, per member, one row of neighbours in sorted parts, so that "whom I support", "who supports
//! me" and "everyone tied to me" are contiguous slices of 4 bytes per neighbour, and a pair that supports each other
//! takes two slots, not four. A row has its own block in an arena and moves when it outgrows it; nothing else moves.
//! Members built in bulk are numbered by falling number of ties, which keeps the busy ones together and lets a
//! search from below meet them first.
//!
//! | operation | cost (d: ties of the members concerned; n, m: members and ties reached) |
//! | --- | --- |
//! | apply a record about a pair | O(log d) to find, O(d) words moved to write; amortised allocation |
//! | rest, wake, leave, block | the same for each tie of that member |
//! | relations, network | O(ties of the neighbours), plus sorting the answer |
//! | rings to k, standing | breadth first, O(n + m) within k; direction-optimising (Beamer, Asanović, Patterson, SC 2012) |
//! | chain | breadth first from both ends (Pohl 1971), O(m) of the two balls that meet |
//! | expand | two searches over the networks of the network, then one chain per answer |
//! | build in bulk | O(n + m) counting and placing, O(d log d) per row |
//! | to and from bytes | O(n + m) |
//!
//! What a block hides, and who left, is out of every row, so no search asks for it. Answers depend on the records alone,
//! not on the order they came in: members are given in order of id, and of several shortest chains the one whose ids
//! come first.
//!
//! It is never a second truth: whoever keeps one can make it anew from the ledger at any time ([`Network::of`]).
//! It shows nothing to anybody by itself; what a viewer may see of an answer, `view` decides.

mod arena;
mod build;
mod chain;
mod expand;
mod follow;
mod layer;
mod members;
mod record;
mod relations;
mod rings;
mod scratch;
mod snapshot;
mod spread;
mod tally;
mod xxh64;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

pub use build::Edges;
pub use expand::Found;
pub use record::Record;
pub use relations::Relations;
pub use rings::Ring;
pub use scratch::Scratch;
pub use snapshot::Damaged;
pub use spread::{Along, Ball};
pub use tally::{Band, Change, Difference, Size, Standing, Tally};

use crate::{amount::Amount, id::MemberId, member::Status};
use layer::Layer;
use members::Members;

/// The graph can hold no more: above four thousand million members or slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the network is full")]
pub struct Full;

/// The network of trust of one community. See the [module](self).
#[derive(Clone, Debug, Default)]
pub struct Network {
    members: Members,
    support: Layer,
    bonds: Layer,
    referrals: Layer,
    /// The lowest nominal among a member's live bonds; `u64::MAX` without one.
    lowest: Vec<u64>,
    /// Who blocks whom, under both: bit 1, the first the second; bit 2, the second the first.
    blocks: BTreeMap<(u32, u32), u8>,
    /// Ties between two who block each other, kept for when the block is taken back. The lower index stands first.
    hidden: BTreeMap<(u32, u32), Hidden>,
    /// Pairs between whom something is overdue or defaulted. The lower index stands first.
    strained: BTreeSet<(u32, u32)>,
}

/// What a block hides between two members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hidden {
    /// Support by the one with the lower index.
    support: Option<u64>,
    /// Support by the other.
    back: Option<u64>,
    /// What each side of their bond gives.
    bond: Option<(u64, u64)>,
}

/// How much memory a network holds, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Members and ties, with the room for more that is held already.
    pub graph: usize,
    /// Amounts of ties, and each member's lowest nominal.
    pub amounts: usize,
}

impl Network {
    /// Nobody, and nothing between them.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many members it knows, those who left among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether it knows nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.len() == 0
    }

    /// Every member it knows, in no order that means anything.
    pub fn members(&self) -> impl Iterator<Item = MemberId> {
        self.members.ids().iter().map(|&id| MemberId(id))
    }

    /// Whether a member is known and has not left.
    #[must_use]
    pub fn is_here(&self, member: MemberId) -> bool {
        self.here(member).is_some()
    }

    /// A member's traffic light (M4); green for somebody unknown.
    #[must_use]
    pub fn status(&self, member: MemberId) -> Status {
        self.members
            .index(member)
            .map_or(Status::Green, |index| self.members.status(index))
    }

    /// Whether a member in need may be found by the networks of their network (N2).
    #[must_use]
    pub fn is_findable(&self, member: MemberId) -> bool {
        self.members
            .index(member)
            .is_some_and(|index| self.members.is_findable(index))
    }

    /// Whether a member's bonds rest (N8a).
    #[must_use]
    pub fn is_resting(&self, member: MemberId) -> bool {
        self.members
            .index(member)
            .is_some_and(|index| self.members.is_resting(index))
    }

    /// Whether either of two members blocks the other (M9).
    #[must_use]
    pub fn is_blocked(&self, one: MemberId, other: MemberId) -> bool {
        match (self.members.index(one), self.members.index(other)) {
            (Some(one), Some(other)) => self.blocks.contains_key(&(one, other)),
            _ => false,
        }
    }

    /// What `helper` gives `recipient` over support, if there is such a tie that no block hides.
    #[must_use]
    pub fn support(&self, helper: MemberId, recipient: MemberId) -> Option<Amount> {
        let (helper, recipient) = (self.members.index(helper)?, self.members.index(recipient)?);
        self.support.arrow(helper, recipient).map(Amount::from_minor)
    }

    /// What two bonded members promise each other: first `one`'s part; live or resting, but not hidden by a block.
    #[must_use]
    pub fn bond(&self, one: MemberId, other: MemberId) -> Option<(Amount, Amount)> {
        let (one, other) = (self.members.index(one)?, self.members.index(other)?);
        let (_, gives) = self.bonds.find(one, other)?;
        let (_, takes) = self.bonds.find(other, one)?;
        Some((Amount::from_minor(gives), Amount::from_minor(takes)))
    }

    /// Whom a member supports, with how much, in order.
    #[must_use]
    pub fn supports(&self, member: MemberId) -> Vec<(MemberId, Amount)> {
        let Some(member) = self.members.index(member) else {
            return Vec::new();
        };
        let mut supported: Vec<_> = self
            .support
            .outward_with_amounts(member)
            .map(|(other, amount)| (self.members.id(other), Amount::from_minor(amount)))
            .collect();
        supported.sort_unstable();
        supported
    }

    /// Bytes held now.
    #[must_use]
    pub fn memory(&self) -> Memory {
        let layers = [&self.support, &self.bonds, &self.referrals].map(Layer::bytes);
        let pair = size_of::<((u32, u32), Hidden)>();
        let apart = self
            .blocks
            .len()
            .saturating_add(self.hidden.len())
            .saturating_add(self.strained.len())
            .saturating_mul(pair);
        let mut memory = Memory {
            graph: self.members.bytes().saturating_add(apart),
            amounts: self.lowest.capacity().saturating_mul(size_of::<u64>()),
        };
        for (graph, amounts) in layers {
            memory.graph = memory.graph.saturating_add(graph);
            memory.amounts = memory.amounts.saturating_add(amounts);
        }
        memory
    }

    /// The index of somebody who is here.
    fn here(&self, member: MemberId) -> Option<u32> {
        self.members
            .index(member)
            .filter(|&index| !self.members.is_gone(index))
    }

    /// Whom a member blocks, and by whom they are blocked.
    fn apart_from(&self, member: u32) -> impl Iterator<Item = u32> {
        self.blocks
            .range((member, 0)..=(member, u32::MAX))
            .map(|(&(_, other), _)| other)
    }

    /// Whom a member referred and by whom they were, as far as it makes a tie (N1).
    fn referral_ties(&self, member: u32) -> impl Iterator<Item = u32> {
        self.referrals.all(member).iter().copied().filter(move |&other| {
            !self.members.is_gone(other)
                && !self.members.is_gone(member)
                && !self.blocks.contains_key(&(member, other))
                && !self.strained.contains(&pair(member, other))
        })
    }

    /// The lowest nominal among a member's live bonds.
    #[inline]
    fn lowest(&self, member: u32) -> u64 {
        self.lowest.get(member as usize).copied().unwrap_or(u64::MAX)
    }

    /// Ids of indices, in order.
    fn ids(&self, indices: &[u32]) -> Vec<MemberId> {
        let mut ids: Vec<MemberId> = indices.iter().map(|&index| self.members.id(index)).collect();
        ids.sort_unstable();
        ids
    }
}

/// The lower index first.
fn pair(one: u32, other: u32) -> (u32, u32) {
    (one.min(other), one.max(other))
}
