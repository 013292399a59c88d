//! Breadth first over one kind of tie, from above or from below.
//!
//! From above, each member of a level looks at whom they are tied to; from below, each member not yet reached looks for
//! somebody who was, and stops at the first. Which one a level takes is chosen by how many ties it has compared with how
//! many are left (Beamer, Asanović, Patterson, "Direction-Optimizing Breadth-First Search", SC 2012, section 5).

use alloc::vec::Vec;

use super::{
    Network,
    layer::Layer,
    scratch::{Bits, Scratch},
};
use crate::id::MemberId;

/// A level looks from below when its ties are more than one part in so many of those left …
const ALPHA: usize = 14;
/// … and goes on so while it has more than one member in so many of all.
const BETA: usize = 24;
/// Levels smaller than one part in so many of all members never do.
const SMALL: usize = 64;

/// Which ties lead on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Along {
    /// From helper to recipient.
    Supports,
    /// From recipient to helper.
    SupportedBy,
    /// Support in either direction.
    Support,
    /// Bonds that are live.
    Bonds,
    /// Support in either direction, and bonds, resting or not: acquaintance (N3).
    Acquaintance,
}

/// Everyone within some steps of a member, level by level.
#[derive(Clone, Copy, Debug)]
pub struct Ball<'a> {
    network: &'a Network,
    scratch: &'a Scratch,
}

impl Ball<'_> {
    /// How many members, the one in the middle among them; 0 if that one is unknown or has left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scratch.reached()
    }

    /// Whether the one in the middle is unknown or has left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many steps away the farthest are.
    #[must_use]
    pub fn radius(&self) -> usize {
        self.scratch.levels.len().saturating_sub(1)
    }

    /// How many are exactly so many steps away.
    #[must_use]
    pub fn count_at(&self, steps: usize) -> usize {
        self.scratch.level(steps).len()
    }

    /// Those exactly so many steps away, in order.
    #[must_use]
    pub fn at(&self, steps: usize) -> Vec<MemberId> {
        self.network.ids(self.scratch.level(steps))
    }

    /// Everyone, nearest first and otherwise in no order that means anything; without sorting.
    pub fn members(&self) -> impl Iterator<Item = MemberId> {
        let reached = self.scratch.queue.get(..self.len()).unwrap_or(&[]);
        reached.iter().map(|&index| self.network.members.id(index))
    }
}

impl Network {
    /// Everyone within so many steps of a member (`None`: everyone reachable); never over or to somebody between whom
    /// and the member there is a block.
    pub fn ball<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        member: MemberId,
        along: Along,
        steps: Option<usize>,
    ) -> Ball<'a> {
        scratch.begin(self.members.len());
        if let Some(index) = self.here(member) {
            self.begin_at(scratch, index);
            match along {
                Along::Supports => self.spread(scratch, &Outward(&self.support), steps),
                Along::SupportedBy => self.spread(scratch, &Inward(&self.support), steps),
                Along::Support => self.spread(scratch, &Either(&self.support), steps),
                Along::Bonds => self.spread(scratch, &Live(&self.bonds), steps),
                Along::Acquaintance => self.spread(scratch, &Both(&self.support, &self.bonds), steps),
            }
        }
        Ball {
            network: self,
            scratch,
        }
    }

    /// Begins at a member, who sees nobody they are blocked from.
    pub(super) fn begin_at(&self, scratch: &mut Scratch, member: u32) {
        scratch.start(member);
        for other in self.apart_from(member) {
            scratch.exclude(other);
        }
    }

    /// Everyone over live bonds.
    pub(super) fn spread_bonds(&self, scratch: &mut Scratch, steps: Option<usize>) {
        self.spread(scratch, &Live(&self.bonds), steps);
    }

    /// Everyone over support in either direction.
    pub(super) fn spread_support(&self, scratch: &mut Scratch, steps: usize) {
        self.spread(scratch, &Either(&self.support), Some(steps));
    }

    /// Adds levels to a search that has begun, until there are so many steps or nobody more.
    fn spread(&self, scratch: &mut Scratch, ties: &impl Ties, steps: Option<usize>) {
        let members = self.members.len();
        let mut left = ties.count();
        let mut from_below = false;
        loop {
            let done = scratch.levels.len();
            let end = scratch.reached();
            let begin = end.saturating_sub(scratch.level(done.saturating_sub(1)).len());
            let size = end.saturating_sub(begin);
            if steps.is_some_and(|steps| done > steps) || size == 0 {
                return;
            }
            if size > members.checked_div(SMALL).unwrap_or(0) {
                let level = scratch.queue.get(begin..end).unwrap_or(&[]);
                let of_level: usize = level
                    .iter()
                    .fold(0, |sum, &member| ties.degree(member).saturating_add(sum));
                let many = of_level > left.checked_div(ALPHA).unwrap_or(0);
                left = left.saturating_sub(of_level);
                from_below = many || (from_below && size > members.checked_div(BETA).unwrap_or(0));
            } else {
                from_below = false;
            }
            let found = if from_below {
                below(scratch, members, ties, end)
            } else {
                above(&mut scratch.seen, &mut scratch.queue, ties, begin, end)
            };
            if found == 0 {
                return;
            }
            scratch.levels.push(end.saturating_add(found) as u32);
        }
    }
}

/// One level from above: those in the queue from `begin` to `end` look on. Returns how many were found, and are in the
/// queue after `end`.
fn above(seen: &mut Bits, queue: &mut [u32], ties: &impl Ties, begin: usize, end: usize) -> usize {
    let (done, fresh) = queue.split_at_mut(end);
    let words = seen.words.as_mut_slice();
    let mut found: usize = 0;
    for &member in done.get(begin..).unwrap_or(&[]) {
        for others in ties.onward(member) {
            for &other in others {
                let Some(word) = words.get_mut((other >> 6) as usize) else {
                    continue;
                };
                // Written before it is known to be new: whether it is can not be foretold, and a wrong guess of the
                // processor costs more than a write.
                let new = !(*word >> (other & 63)) & 1;
                *word |= new.wrapping_shl(other);
                if let Some(place) = fresh.get_mut(found) {
                    *place = other;
                }
                found = found.wrapping_add(new as usize);
            }
        }
    }
    found
}

/// One level from below: everyone not seen looks for somebody reached before.
fn below(scratch: &mut Scratch, members: usize, ties: &impl Ties, end: usize) -> usize {
    let Scratch {
        seen,
        queue,
        before,
        excluded,
        ..
    } = scratch;
    before.copy(seen);
    for &member in excluded.iter() {
        before.unset(member);
    }
    let fresh = queue.get_mut(end..).unwrap_or_default();
    let mut found: usize = 0;
    for (nth, word) in (0_u32..).zip(seen.words.iter_mut()) {
        let first = nth.wrapping_shl(6);
        let mut unseen = !*word;
        while unseen != 0 {
            let at = unseen.trailing_zeros();
            unseen &= unseen.wrapping_sub(1);
            let member = first.wrapping_add(at);
            if member as usize >= members {
                break;
            }
            let reached = ties
                .back(member)
                .into_iter()
                .any(|others| others.iter().any(|&other| before.has(other)));
            if reached {
                *word |= 1_u64.wrapping_shl(at);
                if let Some(place) = fresh.get_mut(found) {
                    *place = member;
                }
                found = found.wrapping_add(1);
            }
        }
    }
    found
}

/// Ties as slices; the second is for a second layer.
trait Ties {
    /// Whom a member leads to.
    fn onward(&self, member: u32) -> [&[u32]; 2];
    /// Who leads to a member.
    fn back(&self, member: u32) -> [&[u32]; 2];
    /// About how many there are in all.
    fn count(&self) -> usize;

    fn degree(&self, member: u32) -> usize {
        let [first, second] = self.onward(member);
        first.len().saturating_add(second.len())
    }
}

struct Outward<'a>(&'a Layer);
struct Inward<'a>(&'a Layer);
struct Either<'a>(&'a Layer);
struct Live<'a>(&'a Layer);
struct Both<'a>(&'a Layer, &'a Layer);

impl Ties for Outward<'_> {
    #[inline]
    fn onward(&self, member: u32) -> [&[u32]; 2] {
        [self.0.outward(member), &[]]
    }
    #[inline]
    fn back(&self, member: u32) -> [&[u32]; 2] {
        [self.0.inward(member), &[]]
    }
    fn count(&self) -> usize {
        self.0.entries()
    }
}

impl Ties for Inward<'_> {
    #[inline]
    fn onward(&self, member: u32) -> [&[u32]; 2] {
        [self.0.inward(member), &[]]
    }
    #[inline]
    fn back(&self, member: u32) -> [&[u32]; 2] {
        [self.0.outward(member), &[]]
    }
    fn count(&self) -> usize {
        self.0.entries()
    }
}

impl Ties for Either<'_> {
    #[inline]
    fn onward(&self, member: u32) -> [&[u32]; 2] {
        [self.0.all(member), &[]]
    }
    #[inline]
    fn back(&self, member: u32) -> [&[u32]; 2] {
        [self.0.all(member), &[]]
    }
    fn count(&self) -> usize {
        self.0.entries()
    }
}

impl Ties for Live<'_> {
    #[inline]
    fn onward(&self, member: u32) -> [&[u32]; 2] {
        [self.0.first(member), &[]]
    }
    #[inline]
    fn back(&self, member: u32) -> [&[u32]; 2] {
        [self.0.first(member), &[]]
    }
    fn count(&self) -> usize {
        self.0.entries()
    }
}

impl Ties for Both<'_> {
    #[inline]
    fn onward(&self, member: u32) -> [&[u32]; 2] {
        [self.0.all(member), self.1.all(member)]
    }
    #[inline]
    fn back(&self, member: u32) -> [&[u32]; 2] {
        [self.0.all(member), self.1.all(member)]
    }
    fn count(&self) -> usize {
        self.0.entries().saturating_add(self.1.entries())
    }
}
