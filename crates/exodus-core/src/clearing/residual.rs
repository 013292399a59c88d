//! What is left to set off and what could be taken back: the residual network. An arc takes 12 bytes, or 16 when
//! amounts are large; what is looked at most, 4 of them, lies apart.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "arcs name arcs and nodes of the same part, as `Network::residual` made them; amounts move between an arc \
              and its twin, whose sum stays the same"
)]

use alloc::vec::Vec;
use core::ops::Range;

use super::width::{Price, Width};

/// One direction of a pair of parties: setting off one more unit (cost −1) or taking one back (cost +1). The node it
/// leads to, counted within its part, and three marks.
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

    /// The same with other marks.
    pub(super) const fn marked(self, open: bool, twin_open: bool) -> Self {
        let open = if open { OPEN } else { 0 };
        let twin_open = if twin_open { TWIN_OPEN } else { 0 };
        Self(self.0 & (BACK | TO) | open | twin_open)
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

    /// Whether both have one: the obligation is set off in part.
    pub(super) const fn in_part(self) -> bool {
        self.0 & (OPEN | TWIN_OPEN) == OPEN | TWIN_OPEN
    }

    pub(super) const fn is_back(self) -> bool {
        self.0 & BACK != 0
    }

    /// `−one` for setting off, `+one` for taking back.
    pub(super) fn cost<P: Price>(self, one: P) -> P {
        if self.is_back() { one } else { -one }
    }
}

/// The residual networks of all parts, one after another.
pub(super) struct Residual<W: Width> {
    /// By node, the places of its arcs, counted within its part.
    pub(super) bounds: Vec<(u32, u32)>,
    /// By place.
    pub(super) heads: Vec<Head>,
    /// By place, the place of the arc back, counted within its part.
    pub(super) twins: Vec<u32>,
    /// By place, how much can still go this way.
    pub(super) amounts: Vec<W::Amount>,
    /// By node: a level, once the part is solved; the lowest of a part is 0.
    pub(super) levels: Vec<u32>,
}

/// One part of it.
pub(super) struct Part<'a, W: Width> {
    pub(super) bounds: &'a [(u32, u32)],
    pub(super) heads: &'a mut [Head],
    pub(super) twins: &'a [u32],
    pub(super) amounts: &'a mut [W::Amount],
    pub(super) levels: &'a mut [u32],
}

impl<W: Width> Residual<W> {
    /// All parts, each to be worked on by itself.
    ///
    /// `ends` says where each one's nodes end.
    pub(super) fn parts(&mut self, ends: &[u32]) -> Vec<Part<'_, W>> {
        let mut parts = Vec::with_capacity(ends.len());
        let (mut heads, mut amounts) = (&mut self.heads[..], &mut self.amounts[..]);
        let (mut twins, mut levels, mut bounds) = (&self.twins[..], &mut self.levels[..], &self.bounds[..]);
        let mut begin = 0;
        for &end in ends {
            let nodes = (end - begin) as usize;
            let own = bounds.split_off(..nodes).unwrap_or_default();
            let arcs = own.last().map_or(0, |&(_, end)| end as usize);
            parts.push(Part {
                bounds: own,
                heads: heads.split_off_mut(..arcs).unwrap_or_default(),
                twins: twins.split_off(..arcs).unwrap_or_default(),
                amounts: amounts.split_off_mut(..arcs).unwrap_or_default(),
                levels: levels.split_off_mut(..nodes).unwrap_or_default(),
            });
            begin = end;
        }
        parts
    }

    /// What is set off by pair of parties, in the order in which nodes and their arcs are.
    pub(super) fn flows(self, ends: &[u32]) -> Vec<u64> {
        let Self {
            bounds,
            heads,
            twins,
            amounts,
            ..
        } = self;
        let mut flows = Vec::with_capacity(heads.len() / 2);
        let (mut base, mut begin) = (0, 0);
        for &end in ends {
            let last = bounds[begin as usize..end as usize].last();
            let places = base..base + last.map_or(0, |&(_, end)| end as usize);
            for place in places.clone().filter(|&place| !heads[place].is_back()) {
                flows.push(amounts[base + twins[place] as usize].into());
            }
            (base, begin) = (places.end, end);
        }
        flows
    }
}

impl<W: Width> Part<'_, W> {
    pub(super) fn nodes(&self) -> usize {
        self.bounds.len()
    }

    /// Places of a node's arcs.
    pub(super) fn arcs_of(&self, node: usize) -> Range<usize> {
        let (begin, end) = self.bounds[node];
        begin as usize..end as usize
    }

    /// The node that an arc comes from.
    pub(super) fn from(&self, place: usize) -> usize {
        self.heads[self.twins[place] as usize].to()
    }

    /// Moves an amount, which the arc has, along it.
    pub(super) fn push(&mut self, place: usize, amount: W::Amount) {
        let twin = self.twins[place] as usize;
        self.amounts[place] -= amount;
        self.amounts[twin] += amount;
        self.heads[place].0 |= TWIN_OPEN;
        self.heads[twin].0 |= OPEN;
        if self.amounts[place] == W::Amount::default() {
            self.heads[place].0 &= !OPEN;
            self.heads[twin].0 &= !TWIN_OPEN;
        }
    }
}
