//! One layer of the network: for every member a row of neighbours in three sorted parts, so that every question is a
//! contiguous slice.
//!
//! ```text
//! a layer with direction    [ I → them only | both ways | they → me only ]    out = 1+2   in = 2+3   all = 1+2+3
//! bonds                     [ live          | resting   | –              ]    live = 1    all = 1+2
//! ```
//! A pair that supports each other stands once in each row: two directed edges in two slots of four bytes.
//!
//! Invariant: `b` stands in `a`'s row exactly if `a` stands in `b`'s, in the parts that mirror each other; each part is
//! sorted by index and holds nobody twice.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    Full,
    arena::{Arena, Rung, capacity},
};

/// A part of a row, from 0.
pub(super) type Part = usize;

/// Directed: only outward. Bonds: live.
pub(super) const FIRST: Part = 0;
/// Directed: both ways. Bonds: resting.
pub(super) const SECOND: Part = 1;
/// Directed: only inward.
pub(super) const THIRD: Part = 2;

/// What is written beside a slot whose amount is in `large`.
const LARGE: u32 = u32::MAX;

/// Where a row lies, and where its parts end, counted from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) start: u32,
    pub(super) ends: [u32; 3],
}

impl Row {
    pub(super) const fn len(&self) -> u32 {
        let [_, _, end] = self.ends;
        end
    }

    /// Where a part begins and ends in the arena.
    fn part(&self, part: Part) -> (u32, u32) {
        let from = part
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        let to = self.ends.get(part).copied().unwrap_or(from);
        (self.start.saturating_add(from), self.start.saturating_add(to))
    }
}

/// One kind of tie between all members.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    rows: Vec<Row>,
    rungs: Vec<Rung>,
    arena: Arena,
    /// Amounts too large to stand beside their slot, by giver and receiver.
    large: BTreeMap<(u32, u32), u64>,
}

impl Layer {
    /// Rows laid out already: each in a block of the lowest rung that holds it.
    pub(super) fn of(
        rows: Vec<Row>,
        rungs: Vec<Rung>,
        arena: Arena,
        large: BTreeMap<(u32, u32), u64>,
    ) -> Self {
        Self {
            rows,
            rungs,
            arena,
            large,
        }
    }

    #[inline]
    pub(super) fn row(&self, member: u32) -> Row {
        self.rows.get(member as usize).copied().unwrap_or_default()
    }

    /// How many members have ever had a row.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Directed: whom the member points at. Bonds: all of them.
    #[inline]
    pub(super) fn outward(&self, member: u32) -> &[u32] {
        let row = self.row(member);
        let [_, end, _] = row.ends;
        self.arena.slice(row.start, row.start.wrapping_add(end))
    }

    /// Directed: who points at the member.
    #[inline]
    pub(super) fn inward(&self, member: u32) -> &[u32] {
        let row = self.row(member);
        let [begin, _, end] = row.ends;
        self.arena
            .slice(row.start.wrapping_add(begin), row.start.wrapping_add(end))
    }

    /// Everyone tied to the member.
    #[inline]
    pub(super) fn all(&self, member: u32) -> &[u32] {
        let row = self.row(member);
        self.arena.slice(row.start, row.start.wrapping_add(row.len()))
    }

    /// Bonds: the live ones. Directed: those the member alone points at.
    #[inline]
    pub(super) fn first(&self, member: u32) -> &[u32] {
        let row = self.row(member);
        let [end, _, _] = row.ends;
        self.arena.slice(row.start, row.start.wrapping_add(end))
    }

    /// The neighbours of a part with what the member gives them.
    pub(super) fn part_with_amounts(&self, member: u32, part: Part) -> impl Iterator<Item = (u32, u64)> {
        let (from, to) = self.row(member).part(part);
        let beside = self.arena.beside_slice(from, to).iter().copied();
        self.arena
            .slice(from, to)
            .iter()
            .zip(beside.chain(core::iter::repeat(0)))
            .map(move |(&other, beside)| (other, self.amount(member, other, beside)))
    }

    /// Directed: what the member gives to whom.
    pub(super) fn outward_with_amounts(&self, member: u32) -> impl Iterator<Item = (u32, u64)> {
        self.part_with_amounts(member, FIRST)
            .chain(self.part_with_amounts(member, SECOND))
    }

    /// In which part of the member's row the other stands, and what the member gives.
    pub(super) fn find(&self, member: u32, other: u32) -> Option<(Part, u64)> {
        let (part, place) = self.place(member, other)?;
        Some((part, self.amount(member, other, self.arena.beside(place))))
    }

    fn amount(&self, member: u32, other: u32, beside: u32) -> u64 {
        if beside == LARGE {
            return self.large.get(&(member, other)).copied().unwrap_or(0);
        }
        u64::from(beside)
    }

    fn place(&self, member: u32, other: u32) -> Option<(Part, u32)> {
        let row = self.row(member);
        [FIRST, SECOND, THIRD].into_iter().find_map(|part| {
            let (from, to) = row.part(part);
            let place = self.arena.slice(from, to).binary_search(&other).ok()?;
            Some((part, from.saturating_add(place as u32)))
        })
    }

    /// Whether one more entry in each of two rows fits.
    pub(super) fn has_room(&self, one: u32, other: u32) -> Result<(), Full> {
        let longer = self.row(one).len().max(self.row(other).len());
        self.arena
            .has_room_for(longer.saturating_add(1).saturating_add(longer >> 3))
    }

    /// Writes a neighbour into a part of a row, wherever it stood before. The caller has seen that there is room.
    pub(super) fn put(&mut self, member: u32, part: Part, other: u32, amount: u64) {
        let beside = self.beside_for(member, other, amount);
        match self.place(member, other) {
            Some((now, place)) if now == part => {
                self.arena.set_beside(place, beside);
                return;
            }
            Some((now, place)) => self.close(member, now, place),
            None => {}
        }
        self.open(member, part, other, beside);
    }

    /// Takes a neighbour out of a row.
    pub(super) fn take(&mut self, member: u32, other: u32) {
        if let Some((part, place)) = self.place(member, other) {
            self.close(member, part, place);
            self.large.remove(&(member, other));
        }
    }

    fn beside_for(&mut self, member: u32, other: u32, amount: u64) -> u32 {
        match u32::try_from(amount) {
            Ok(small) if small != LARGE => {
                if !self.large.is_empty() {
                    self.large.remove(&(member, other));
                }
                small
            }
            _ => {
                self.large.insert((member, other), amount);
                LARGE
            }
        }
    }

    fn open(&mut self, member: u32, part: Part, other: u32, beside: u32) {
        let at = member as usize;
        if at >= self.rows.len() {
            let rows = at.saturating_add(1);
            if rows > self.rows.capacity() {
                let more = (self.rows.len() >> 4)
                    .max(64)
                    .max(rows.saturating_sub(self.rows.len()));
                self.rows.reserve_exact(more);
                self.rungs.reserve_exact(more);
            }
            self.rows.resize(rows, Row::default());
            self.rungs.resize(rows, 0);
        }
        let (Some(row), Some(rung)) = (self.rows.get_mut(at), self.rungs.get_mut(at)) else {
            return;
        };
        let len = row.len();
        if len >= capacity(*rung) {
            (row.start, *rung) = self.arena.grow(row.start, *rung, len);
        }
        let (from, to) = row.part(part);
        let place = match self.arena.slice(from, to).binary_search(&other) {
            Ok(place) | Err(place) => from.saturating_add(place as u32),
        };
        self.arena
            .insert(place, row.start.saturating_add(len), other, beside);
        for end in row.ends.iter_mut().skip(part) {
            *end = end.saturating_add(1);
        }
    }

    fn close(&mut self, member: u32, part: Part, place: u32) {
        let Some(row) = self.rows.get_mut(member as usize) else {
            return;
        };
        self.arena.remove(place, row.start.saturating_add(row.len()));
        for end in row.ends.iter_mut().skip(part) {
            *end = end.saturating_sub(1);
        }
    }

    // ---- a layer with direction -----------------------------------------------------------------------------------

    /// What `from` gives `to`, if it points there.
    pub(super) fn arrow(&self, from: u32, to: u32) -> Option<u64> {
        self.find(from, to)
            .and_then(|(part, amount)| (part != THIRD).then_some(amount))
    }

    /// Makes `from` point at `to`. Returns whether anything changed.
    pub(super) fn point(&mut self, from: u32, to: u32, amount: u64) -> Result<bool, Full> {
        match self.find(from, to) {
            Some((FIRST | SECOND, before)) if before == amount => return Ok(false),
            Some((part @ (FIRST | SECOND), _)) => self.put(from, part, to, amount),
            Some(_) => {
                let back = self.find(to, from).map_or(0, |(_, amount)| amount);
                self.put(from, SECOND, to, amount);
                self.put(to, SECOND, from, back);
            }
            None => {
                self.has_room(from, to)?;
                self.put(from, FIRST, to, amount);
                self.put(to, THIRD, from, 0);
            }
        }
        Ok(true)
    }

    /// Makes `from` point at `to` no more. Returns whether it did.
    pub(super) fn unpoint(&mut self, from: u32, to: u32) -> bool {
        match self.find(from, to) {
            Some((FIRST, _)) => {
                self.take(from, to);
                self.take(to, from);
            }
            Some((SECOND, _)) => {
                let back = self.find(to, from).map_or(0, |(_, amount)| amount);
                self.put(from, THIRD, to, 0);
                self.put(to, FIRST, from, back);
            }
            _ => return false,
        }
        true
    }

    // ---- memory -----------------------------------------------------------------------------------------------------

    /// About how many entries all rows have together: what the slots hold room for.
    pub(super) fn entries(&self) -> usize {
        self.arena.len()
    }

    /// Whether any amount was ever written.
    pub(super) fn has_amounts(&self) -> bool {
        self.arena.has_amounts()
    }

    /// The amounts beside a whole row, as they are written.
    pub(super) fn beside(&self, member: u32) -> &[u32] {
        let row = self.row(member);
        self.arena
            .beside_slice(row.start, row.start.saturating_add(row.len()))
    }

    /// Amounts too large to stand beside their slot.
    pub(super) fn large(&self) -> &BTreeMap<(u32, u32), u64> {
        &self.large
    }

    /// Bytes held: of ties and of amounts.
    pub(super) fn bytes(&self) -> (usize, usize) {
        let (slots, beside) = self.arena.bytes();
        let rows = self.rows.capacity().saturating_mul(size_of::<Row>());
        let large = self.large.len().saturating_mul(size_of::<((u32, u32), u64)>());
        (
            slots.saturating_add(rows).saturating_add(self.rungs.capacity()),
            beside.saturating_add(large),
        )
    }
}
