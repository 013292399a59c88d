//! Global price updates: every node's price is lowered by its distance to the nearest node where something is missing,
//! so that an excess finds its way there without trying (Goldberg 1997, section 5; buckets: Dial 1969).
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; distances are below FARTHEST"
)]

use alloc::vec::Vec;

use super::{
    refine::{Interrupted, Room},
    residual::Part,
    width::{Price, Width},
};

/// Prices as they will be, and the buckets in which nodes wait.
pub(super) struct Distances<W: Width> {
    /// By node: the best price so far, which is the old one less the node's distance.
    target: Vec<W::Price>,
    /// By distance: the last entry that waits there.
    last: Vec<u32>,
    /// A node, and the entry that waits behind it.
    entries: Vec<(u32, u32)>,
    /// The first entry that may be used again.
    free: u32,
}

/// Distances are not told apart beyond this: whoever is farther is lowered by as much as the farthest node with an
/// excess that was found, which breaks no invariant.
const FARTHEST: usize = 1 << 22;
const NONE: u32 = u32::MAX;

impl<W: Width> Default for Distances<W> {
    fn default() -> Self {
        Self {
            target: Vec::new(),
            last: Vec::new(),
            entries: Vec::new(),
            free: NONE,
        }
    }
}

impl<W: Width> Distances<W> {
    fn begin(&mut self, nodes: usize) {
        self.target.clear();
        self.target.reserve_exact(nodes);
        self.target.resize(nodes, W::Price::NONE);
        self.last.clear();
        self.entries.clear();
        self.entries.reserve_exact(nodes);
        self.free = NONE;
    }

    fn enter(&mut self, node: usize, distance: usize) {
        if self.last.len() <= distance {
            self.last.resize(distance + 1, NONE);
        }
        let entry = (node as u32, self.last[distance]);
        if self.free == NONE {
            self.last[distance] = self.entries.len() as u32;
            self.entries.push(entry);
        } else {
            self.last[distance] = self.free;
            self.free = self.entries[self.free as usize].1;
            self.entries[self.last[distance] as usize] = entry;
        }
    }

    /// Some node that was entered at this distance.
    fn leave(&mut self, distance: usize) -> Option<usize> {
        let place = self.last[distance];
        if place == NONE {
            return None;
        }
        let (node, behind) = self.entries[place as usize];
        self.last[distance] = behind;
        self.entries[place as usize].1 = self.free;
        self.free = place;
        Some(node as usize)
    }
}

impl<W: Width> Room<W> {
    /// Lowers prices; arcs keep a reduced cost of −1 at least.
    pub(super) fn update(&mut self, part: &Part<'_, W>, one: W::Price) -> Result<(), Interrupted> {
        let Self {
            prices,
            excess,
            current,
            distances,
            touched,
            ..
        } = self;
        let nothing = W::Excess::default();
        distances.begin(part.nodes());
        let mut waiting = 0;
        for (node, &amount) in excess.iter().enumerate() {
            if amount < nothing {
                distances.target[node] = prices[node];
                distances.enter(node, 0);
            }
            waiting += usize::from(amount > nothing);
        }
        let mut distance = 0;
        while waiting > 0 && distance < distances.last.len() {
            let Some(node) = distances.leave(distance) else {
                distance += 1;
                continue;
            };
            let target = distances.target[node];
            if steps::<W>(prices[node], target) != distance {
                continue;
            }
            if excess[node] > nothing {
                waiting -= 1;
                if waiting == 0 {
                    break;
                }
            }
            for &head in &part.heads[part.arcs_of(node)] {
                // At this price the twin, which leads here, would be admissible.
                let price = target + head.cost(one) - W::Price::from(1);
                let from = head.to();
                if head.twin_open() && price > distances.target[from] {
                    let distance = steps::<W>(prices[from], price);
                    if distance < FARTHEST {
                        distances.target[from] = price;
                        distances.enter(from, distance);
                    }
                }
            }
        }
        let farthest = W::Price::from(i32::try_from(distance).unwrap_or(0));
        if touched.is_some() {
            // Differences are what counts: those that were found rise instead, and the others stay.
            for (node, price) in prices.iter_mut().enumerate() {
                let higher = distances.target[node].max(*price - farthest) + farthest;
                *price = higher;
                current[node] = part.bounds[node].0;
            }
            return Ok(());
        }
        for (node, price) in prices.iter_mut().enumerate() {
            let lower = distances.target[node].max(*price - farthest);
            if lower < *price {
                if lower < W::Price::LOWEST {
                    return Err(Interrupted::OutOfRange);
                }
                *price = lower;
                current[node] = part.bounds[node].0;
            }
        }
        Ok(())
    }
}

fn steps<W: Width>(price: W::Price, lower: W::Price) -> usize {
    let difference: i64 = (price - lower).into();
    usize::try_from(difference).unwrap_or(0)
}
