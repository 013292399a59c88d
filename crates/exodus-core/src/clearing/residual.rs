//! What is left to set off and what could be taken back: the residual network, 16 bytes an arc.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "arcs name arcs and nodes of the same part, as `Network::residual` made them; amounts move between an arc \
              and its twin, whose sum is one u64"
)]

use alloc::vec::Vec;
use core::ops::Range;

/// One direction of a pair of parties: setting off one more unit (cost −1) or taking one back (cost +1).
#[derive(Clone, Copy)]
pub(super) struct Arc {
    /// The node it leads to, counted within its part.
    pub(super) to: u32,
    /// Its twin's place within the part, and two marks.
    link: u32,
    /// How much can still go this way.
    pub(super) amount: u64,
}

/// Set: this arc takes back.
const BACK: u32 = 1 << 31;
/// Set: the twin has an amount. So that nobody needs to look there, which is a cache miss.
const OPEN: u32 = 1 << 30;
const TWIN: u32 = OPEN - 1;

impl Arc {
    /// An obligation not set off at all, whose twin lies at `twin`.
    pub(super) const fn forth(to: u32, twin: u32, amount: u64) -> Self {
        Self {
            to,
            link: twin,
            amount,
        }
    }

    /// The twin of such a one, which has an amount.
    pub(super) const fn back(to: u32, twin: u32) -> Self {
        Self {
            to,
            link: twin | BACK | OPEN,
            amount: 0,
        }
    }

    pub(super) const fn twin(self) -> usize {
        (self.link & TWIN) as usize
    }

    /// Whether the twin has an amount.
    pub(super) const fn twin_open(self) -> bool {
        self.link & OPEN != 0
    }

    pub(super) const fn is_back(self) -> bool {
        self.link & BACK != 0
    }

    /// `−one` for setting off, `+one` for taking back.
    pub(super) const fn cost(self, one: i64) -> i64 {
        if self.is_back() { one } else { -one }
    }
}

/// The residual networks of all parts, one after another.
pub(super) struct Residual {
    /// Where each part's nodes end.
    pub(super) ends: Vec<u32>,
    /// Where each node's arcs begin; one more than there are nodes.
    pub(super) first: Vec<u32>,
    /// By node, its arcs.
    pub(super) arcs: Vec<Arc>,
    /// By node: a level, once the part is solved.
    pub(super) levels: Vec<i64>,
}

/// One part of it.
pub(super) struct Part<'a> {
    pub(super) first: &'a [u32],
    pub(super) arcs: &'a mut [Arc],
    pub(super) levels: &'a mut [i64],
}

impl Residual {
    /// All parts, each to be worked on by itself.
    pub(super) fn parts(&mut self) -> Vec<Part<'_>> {
        let mut parts = Vec::with_capacity(self.ends.len());
        let (mut arcs, mut levels) = (&mut self.arcs[..], &mut self.levels[..]);
        let mut begin = 0;
        for &end in &self.ends {
            let first = &self.first[begin as usize..=end as usize];
            let (mine, rest) = arcs.split_at_mut((first[first.len() - 1] - first[0]) as usize);
            arcs = rest;
            let (own, rest) = levels.split_at_mut((end - begin) as usize);
            levels = rest;
            parts.push(Part {
                first,
                arcs: mine,
                levels: own,
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
        let arc = &mut self.arcs[place];
        arc.amount -= amount;
        arc.link |= OPEN;
        let (twin, empty) = (arc.twin(), arc.amount == 0);
        let back = &mut self.arcs[twin];
        back.amount += amount;
        if empty {
            back.link &= !OPEN;
        }
    }
}
