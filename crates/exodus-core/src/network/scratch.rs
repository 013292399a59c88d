//! What a search writes down on its way, kept from question to question so that none allocates or clears what it did not
//! touch.

use alloc::vec::Vec;

use crate::id::MemberId;

/// Room for questions to a [`super::Network`]: about four bytes and a quarter per member for a search, twice that for a
/// chain, made when first needed. One per thread; it belongs to no network in particular.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Members seen by the search, or not to be seen at all.
    pub(super) seen: Bits,
    /// The order in which they were; what lies beyond the last level means nothing.
    pub(super) queue: Vec<u32>,
    /// Where each level ends in the queue; the first is that of the beginning.
    pub(super) levels: Vec<u32>,
    /// Who is not to be seen.
    pub(super) excluded: Vec<u32>,
    /// Seen when a level began; only for a search from below.
    pub(super) before: Bits,
    /// A second set: of the other end of a chain, or of an answer.
    pub(super) other: Bits,
    /// What is in it.
    pub(super) other_queue: Vec<u32>,
    /// Beside the queue of a chain: where in it stands who led there.
    pub(super) parents: Vec<u32>,
    /// For putting members in order of id.
    pub(super) keys: Vec<(MemberId, u32)>,
}

impl Scratch {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets the last search and makes room for so many members.
    pub(super) fn begin(&mut self, members: usize) {
        let reached = self.reached();
        let seen = self.queue.get(..reached).unwrap_or(&[]);
        self.seen.clear(seen.iter().chain(&self.excluded), seen.len());
        self.seen.resize(members);
        self.levels.clear();
        self.excluded.clear();
        // One more than can be reached: the next to be seen is written before it is known to be new.
        let places = members.saturating_add(1);
        if self.queue.len() < places {
            self.queue.resize(places, 0);
        }
    }

    /// The same for the second set.
    pub(super) fn begin_other(&mut self, members: usize) {
        let count = self.other_queue.len();
        self.other.clear(self.other_queue.iter(), count);
        self.other.resize(members);
        self.other_queue.clear();
    }

    /// How many members were reached, the first among them.
    pub(super) fn reached(&self) -> usize {
        self.levels.last().map_or(0, |&end| end as usize)
    }

    /// Begins at a member.
    pub(super) fn start(&mut self, member: u32) {
        if let Some(first) = self.queue.first_mut() {
            *first = member;
        }
        self.seen.set(member);
        self.levels.push(1);
    }

    /// Begins at several members at once.
    pub(super) fn start_all(&mut self, members: &[u32]) {
        for (place, &member) in self.queue.iter_mut().zip(members) {
            *place = member;
            self.seen.set(member);
        }
        self.levels.push(members.len() as u32);
    }

    /// Keeps a member from being seen.
    pub(super) fn exclude(&mut self, member: u32) {
        self.seen.set(member);
        self.excluded.push(member);
    }

    /// Adds a member to the last level, if not seen.
    pub(super) fn append(&mut self, member: u32) {
        let new = self.seen.add(member);
        let Some(end) = self.levels.last_mut().filter(|_| new) else {
            return;
        };
        if let Some(place) = self.queue.get_mut(*end as usize) {
            *place = member;
        }
        *end = end.saturating_add(1);
    }

    /// Members reached at so many steps; at 0, where it began.
    pub(super) fn level(&self, steps: usize) -> &[u32] {
        let end = self.levels.get(steps).copied().unwrap_or(0) as usize;
        let begin = steps
            .checked_sub(1)
            .and_then(|before| self.levels.get(before))
            .copied()
            .unwrap_or(0) as usize;
        self.queue.get(begin..end).unwrap_or(&[])
    }
}

/// A set of indices.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    pub(super) words: Vec<u64>,
}

impl Bits {
    #[inline]
    pub(super) fn has(&self, index: u32) -> bool {
        let word = self.words.get((index >> 6) as usize).copied().unwrap_or(0);
        word & bit(index) != 0
    }

    #[inline]
    pub(super) fn set(&mut self, index: u32) {
        if let Some(word) = self.words.get_mut((index >> 6) as usize) {
            *word |= bit(index);
        }
    }

    #[inline]
    pub(super) fn unset(&mut self, index: u32) {
        if let Some(word) = self.words.get_mut((index >> 6) as usize) {
            *word &= !bit(index);
        }
    }

    /// Adds an index; whether it is new.
    #[inline]
    pub(super) fn add(&mut self, index: u32) -> bool {
        let Some(word) = self.words.get_mut((index >> 6) as usize) else {
            return false;
        };
        let new = *word & bit(index) == 0;
        *word |= bit(index);
        new
    }

    /// Makes room for so many indices; what is new is not in the set.
    pub(super) fn resize(&mut self, members: usize) {
        let words = members.div_ceil(64);
        if self.words.len() < words {
            self.words.resize(words, 0);
        }
    }

    /// Empties the set of what it holds; `count` of them.
    fn clear<'a>(&mut self, held: impl Iterator<Item = &'a u32>, count: usize) {
        if count > self.words.len() >> 3 {
            self.words.fill(0);
            return;
        }
        for &index in held {
            if let Some(word) = self.words.get_mut((index >> 6) as usize) {
                *word = 0;
            }
        }
    }

    /// Becomes a copy of another set.
    pub(super) fn copy(&mut self, other: &Self) {
        self.words.clear();
        self.words.extend_from_slice(&other.words);
    }
}

#[inline]
const fn bit(index: u32) -> u64 {
    1_u64.wrapping_shl(index)
}
