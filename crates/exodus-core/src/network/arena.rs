//! Where rows of neighbours lie: one array of slots, cut into blocks whose capacities come from a fixed ladder.
//!
//! A row that outgrows its block moves to one of the next capacity, and its old block waits in the free list of its own
//! capacity: no row ever makes the others move, and nothing is rebuilt. Capacities grow by at most an eighth, so a block
//! wastes at most that. (Segregated fit: Knuth, The Art of Computer Programming 1, section 2.5; for graphs: Busato,
//! Green, Bombieri, Bader, "Hornet", HPEC 2018.)
//!
//! Beside each slot there is room for an amount, which is made only when there is a first amount to hold.

use alloc::{vec, vec::Vec};

use super::Full;

/// Which rung of the ladder of capacities.
pub(super) type Rung = u8;

/// A slot that says there is none.
pub(super) const NONE: u32 = u32::MAX;

/// Rungs that can occur: the last holds more than `u32` can count.
const RUNGS: usize = 240;

/// How many slots a block of that rung has: 0, 1, 2 … 16, then eight steps per doubling.
pub(super) const fn capacity(rung: Rung) -> u32 {
    if rung < 8 {
        return rung as u32;
    }
    let step = (rung % 8) as u32;
    8_u32
        .wrapping_add(step)
        .wrapping_shl((rung as u32 / 8).wrapping_sub(1))
}

/// The lowest rung whose blocks hold so many.
pub(super) const fn rung_for(len: u32) -> Rung {
    if len < 16 {
        return len as Rung;
    }
    let shift = 28_u32.wrapping_sub(len.leading_zeros());
    let mut top = len >> shift;
    if (top << shift) < len {
        top = top.wrapping_add(1);
    }
    // `top` is 8 to 16, and 16 is the first step of the next doubling.
    shift
        .wrapping_add(1)
        .wrapping_mul(8)
        .wrapping_add(top)
        .wrapping_sub(8) as Rung
}

/// The slots.
#[derive(Clone, Debug)]
pub(super) struct Arena {
    slots: Vec<u32>,
    /// Amounts beside the slots, as [`super::layer::Layer`] writes them; empty while every amount is nothing.
    beside: Vec<u32>,
    /// The first free block of each rung; the next one's place is in its first slot.
    free: Vec<u32>,
}

impl Default for Arena {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            beside: Vec::new(),
            free: vec![NONE; RUNGS],
        }
    }
}

impl Arena {
    /// Slots laid out already, block after block, with nothing free.
    pub(super) fn of(slots: Vec<u32>, beside: Vec<u32>) -> Self {
        Self {
            slots,
            beside,
            free: vec![NONE; RUNGS],
        }
    }

    /// The slots of a range; empty if there is no such range.
    #[inline]
    pub(super) fn slice(&self, from: u32, to: u32) -> &[u32] {
        self.slots.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// What stands beside a slot.
    #[inline]
    pub(super) fn beside(&self, place: u32) -> u32 {
        self.beside.get(place as usize).copied().unwrap_or(0)
    }

    /// What stands beside the slots of a range; empty while every amount is nothing.
    #[inline]
    pub(super) fn beside_slice(&self, from: u32, to: u32) -> &[u32] {
        self.beside.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// Whether two more blocks for rows of so many fit.
    pub(super) fn has_room_for(&self, len: u32) -> Result<(), Full> {
        let two = 2_u64.wrapping_mul(u64::from(capacity(rung_for(len))));
        let after = two.saturating_add(self.slots.len() as u64);
        if after < u64::from(NONE) {
            Ok(())
        } else {
            Err(Full)
        }
    }

    /// A block of that rung. The caller has seen that there is room.
    fn take(&mut self, rung: Rung) -> u32 {
        let head = self.free.get(usize::from(rung)).copied().unwrap_or(NONE);
        if head != NONE {
            let next = self.slots.get(head as usize).copied().unwrap_or(NONE);
            if let Some(first) = self.free.get_mut(usize::from(rung)) {
                *first = next;
            }
            return head;
        }
        let start = self.slots.len();
        let end = start.saturating_add(capacity(rung) as usize);
        // Grows by a sixteenth, not twofold: what lies idle counts as memory per edge.
        if end > self.slots.capacity() {
            let more = (start >> 4).max(64).max(capacity(rung) as usize);
            self.slots.reserve_exact(more);
            if !self.beside.is_empty() {
                self.beside.reserve_exact(more);
            }
        }
        self.slots.resize(end, 0);
        if !self.beside.is_empty() {
            self.beside.resize(end, 0);
        }
        start as u32
    }

    fn give_back(&mut self, start: u32, rung: Rung) {
        let Some(first) = self.free.get_mut(usize::from(rung)).filter(|_| rung > 0) else {
            return;
        };
        if let Some(slot) = self.slots.get_mut(start as usize) {
            *slot = *first;
            *first = start;
        }
    }

    /// Moves a row of `len` into a block with room for one more, and some: returns where it lies now.
    pub(super) fn grow(&mut self, start: u32, rung: Rung, len: u32) -> (u32, Rung) {
        let wanted = rung_for(len.saturating_add(1).saturating_add(len >> 3));
        let place = self.take(wanted);
        let (from, to) = (start as usize, start.saturating_add(len) as usize);
        self.slots.copy_within(from..to, place as usize);
        if !self.beside.is_empty() {
            self.beside.copy_within(from..to, place as usize);
        }
        self.give_back(start, rung);
        (place, wanted)
    }

    /// Opens a gap at `place` in a row that ends at `end` and has room, and writes into it.
    pub(super) fn insert(&mut self, place: u32, end: u32, slot: u32, beside: u32) {
        if beside != 0 && self.beside.is_empty() {
            self.beside.resize(self.slots.len(), 0);
        }
        let (at, to) = (place as usize, end as usize);
        self.slots.copy_within(at..to, at.saturating_add(1));
        if let Some(here) = self.slots.get_mut(at) {
            *here = slot;
        }
        if !self.beside.is_empty() {
            self.beside.copy_within(at..to, at.saturating_add(1));
            if let Some(here) = self.beside.get_mut(at) {
                *here = beside;
            }
        }
    }

    /// Closes the gap at `place` in a row that ends at `end`.
    pub(super) fn remove(&mut self, place: u32, end: u32) {
        let (at, to) = (place as usize, end as usize);
        let after = at.saturating_add(1).min(to);
        self.slots.copy_within(after..to, at);
        if !self.beside.is_empty() {
            self.beside.copy_within(after..to, at);
        }
    }

    /// Writes beside a slot.
    pub(super) fn set_beside(&mut self, place: u32, beside: u32) {
        if beside != 0 && self.beside.is_empty() {
            self.beside.resize(self.slots.len(), 0);
        }
        if let Some(here) = self.beside.get_mut(place as usize) {
            *here = beside;
        }
    }

    /// How many slots there are, free ones among them.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are amounts.
    pub(super) fn has_amounts(&self) -> bool {
        !self.beside.is_empty()
    }

    /// Bytes held: of the slots with their free lists, and of the amounts.
    pub(super) fn bytes(&self) -> (usize, usize) {
        let word = size_of::<u32>();
        (
            self.slots
                .capacity()
                .saturating_add(self.free.capacity())
                .saturating_mul(word),
            self.beside.capacity().saturating_mul(word),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rung_holds_what_it_is_for_and_wastes_an_eighth_at_most() {
        let lens = (0..5_000).chain([65_535, 65_536, 65_537, 1 << 20, (1 << 31) - 1, 1 << 31]);
        for len in lens {
            let held = capacity(rung_for(len));
            assert!(held >= len, "{len}: {held}");
            assert!(
                u64::from(held) <= u64::from(len) + u64::from(len) / 8,
                "{len}: {held}"
            );
            if rung_for(len) > 0 {
                assert!(capacity(rung_for(len) - 1) < len, "{len}");
            }
        }
    }

    #[test]
    fn blocks_given_back_are_taken_again() {
        let mut arena = Arena::default();
        let one = arena.take(rung_for(5));
        let other = arena.take(rung_for(5));
        arena.give_back(one, rung_for(5));
        arena.give_back(other, rung_for(5));
        let mut again = [arena.take(rung_for(5)), arena.take(rung_for(5))];
        again.sort_unstable();
        assert_eq!(again, [one, other]);
        assert_eq!(arena.slots.len(), 10);
    }
}
