//! Global price updates: every node's price is lowered by its distance to the nearest node where something is missing,
//! so that an excess finds its way there without trying (Goldberg 1997, section 5: set-relabel with buckets, Dial 1969).
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; ranks are at most FARTHEST"
)]

use alloc::vec::Vec;

use super::residual::{Part,Price};

/// Prices as they will be and the buckets that nodes wait in.
#[derive(Default)]
pub(super) struct Ranks {
    /// By node: the best price so far, which is the old one less the node's distance.
    target: Vec<Price>,
    /// By distance: the last entry that waits there.
    last: Vec<u32>,
    /// Node, and the entry that waits behind it.
    entries: Vec<(u32, u32)>,
}

/// Distances are not told apart beyond this: whoever is farther is lowered by this much, which breaks no invariant.
const FARTHEST: usize = 1 << 22;
const NONE: u32 = u32::MAX;

impl Ranks {
    fn enter(&mut self, node: usize, rank: usize) {
        if self.last.len() <= rank {
            self.last.resize(rank + 1, NONE);
        }
        self.entries.push((node as u32, self.last[rank]));
        self.last[rank] = (self.entries.len() - 1) as u32;
    }

    /// Lowers prices; arcs keep a reduced cost of −1 at least.
    pub(super) fn update(&mut self, part: &mut Part<'_>, excess: &[i128], current: &mut [u32], one: Price) {
        self.target.clear();
        self.target.resize(part.nodes(), Price::MIN);
        self.last.clear();
        self.entries.clear();
        let mut waiting = 0;
        for (node, &amount) in excess.iter().enumerate() {
            if amount < 0 {
                self.target[node] = part.levels[node];
                self.enter(node, 0);
            }
            waiting += usize::from(amount > 0);
        }
        waiting -= (waiting as i64 * super::tune(3) / 256) as usize;
        let mut rank = 0;
        while waiting > 0 && rank < self.last.len() {
            let entry = self.last[rank];
            if entry == NONE {
                rank += 1;
                continue;
            }
            let (node, before) = self.entries[entry as usize];
            let node = node as usize;
            self.last[rank] = before;
            let target = self.target[node];
            if part.levels[node] - target != rank as Price {
                continue;
            }
            if excess[node] > 0 {
                waiting -= 1;
                if waiting == 0 {
                    break;
                }
            }
            for &head in &part.heads[part.arcs_of(node)] {
                if head.twin_open() {
                    // The twin leads here: at this price it would be admissible.
                    let (from, price) = (head.to(), target + head.cost(one) - 1);
                    if price > self.target[from] {
                        let distance = (part.levels[from] - price) as usize;
                        if distance < FARTHEST {
                            self.target[from] = price;
                            self.enter(from, distance);
                        }
                    }
                }
            }
        }
        let rank = rank as Price;
        for node in 0..part.nodes() {
            let price = &mut part.levels[node];
            let lower = self.target[node].max(*price - rank);
            if lower < *price {
                *price = lower;
                current[node] = part.arcs_of(node).start as u32;
            }
        }
    }
}
