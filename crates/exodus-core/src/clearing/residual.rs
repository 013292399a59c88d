//! What is left to set off and what could be taken back: the residual network, 16 bytes an arc.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "arcs name arcs and nodes of the same part, as `Network::residual` made them; amounts move between an arc \
              and its twin, whose sum is one u64"
)]

use alloc::vec::Vec;
use core::ops::Range;

/// One direction of a pair of parties, as it is looked at most: setting off one more unit (cost −1) or taking one back
/// (cost +1). The node it leads to, counted within its part, and three marks.
#[derive(Clone, Copy)]
pub(super) struct Head(u32);

/// Set: this arc takes back.
const BACK: u32 = 1 << 31;
/// Set: the arc has an amount.
const OPEN: u32 = 1 << 30;
/// Set: the twin has an amount. So that nobody needs to look there, which is a cache miss.
const TWIN_OPEN: u32 = 1 << 29;
const TO: u32 = TWIN_OPEN - 1;

impl Head {
    /// Of an obligation not set off at all.
    pub(super) const fn forth(to: u32) -> Self {
        Self(to | OPEN)
    }

    /// Of the twin of such a one.
    pub(super) const fn back(to: u32) -> Self {
        Self(to | BACK | TWIN_OPEN)
    }

    pub(super) const fn to(self) -> usize {
        (self.0 & TO) as usize
    }

    /// Whether the arc has an amount.
    pub(super) const fn open(self) -> bool {
        self.0 & OPEN != 0
    }

    /// Whether the twin has an amount.
    pub(super) const fn twin_open(self) -> bool {
        self.0 & TWIN_OPEN != 0
    }

    pub(super) const fn is_back(self) -> bool {
        self.0 & BACK != 0
    }

    /// `−one` for setting off, `+one` for taking back.
    pub(super) const fn cost(self, one: Price) -> Price {
        if self.is_back() { one } else { -one }
    }
}
pub(super) type Price = i32;

/// The residual networks of all parts, one after another.
pub(super) struct Residual {
    /// Where each part's nodes end.
    pub(super) ends: Vec<u32>,
    /// Where each node's arcs begin; one more than there are nodes.
    pub(super) first: Vec<u32>,
    /// By node, its arcs: heads, places of their twins within the part, amounts that can still go this way.
    pub(super) heads: Vec<Head>,
    pub(super) twins: Vec<u32>,
    pub(super) amounts: Vec<u64>,
    /// By node: a level, once the part is solved.
    pub(super) levels: Vec<Price>,
}

/// One part of it.
pub(super) struct Part<'a> {
    pub(super) first: &'a [u32],
    pub(super) heads: &'a mut [Head],
    pub(super) twins: &'a [u32],
    pub(super) amounts: &'a mut [u64],
    pub(super) levels: &'a mut [Price],
}

impl Residual {
    /// All parts, each to be worked on by itself.
    pub(super) fn parts(&mut self) -> Vec<Part<'_>> {
        let mut parts = Vec::with_capacity(self.ends.len());
        let (mut heads, mut amounts) = (&mut self.heads[..], &mut self.amounts[..]);
        let (mut twins, mut levels) = (&self.twins[..], &mut self.levels[..]);
        let mut begin = 0;
        for &end in &self.ends {
            let first = &self.first[begin as usize..=end as usize];
            let arcs = (first[first.len() - 1] - first[0]) as usize;
            let nodes = (end - begin) as usize;
            parts.push(Part {
                first,
                heads: heads.split_off_mut(..arcs).unwrap_or_default(),
                twins: twins.split_off(..arcs).unwrap_or_default(),
                amounts: amounts.split_off_mut(..arcs).unwrap_or_default(),
                levels: levels.split_off_mut(..nodes).unwrap_or_default(),
            });
            begin = end;
        }
        parts
    }
}

impl Part<'_> {
    pub(super) fn nodes(&self) -> usize {
        self.levels.len()
    }

    /// Places of a node's arcs.
    pub(super) fn arcs_of(&self, node: usize) -> Range<usize> {
        let base = self.first[0];
        (self.first[node] - base) as usize..(self.first[node + 1] - base) as usize
    }

    /// Moves an amount, which the arc has, along it.
    pub(super) fn push(&mut self, place: usize, amount: u64) {
        let twin = self.twins[place] as usize;
        let (left, own, other) = (&mut self.amounts[place], OPEN, TWIN_OPEN);
        *left -= amount;
        let empty = *left == 0;
        self.amounts[twin] += amount;
        self.heads[place].0 |= other;
        self.heads[twin].0 |= own;
        if empty {
            self.heads[place].0 &= !own;
            self.heads[twin].0 &= !other;
        }
    }
}
