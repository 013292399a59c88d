//! Global price updates: every node's price is lowered by its distance to the nearest node where something is missing,
//! so that an excess finds its way there without trying (Goldberg 1997, section 5: set-relabel with buckets, Dial 1969).
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; ranks are at most FARTHEST"
)]

use alloc::vec::Vec;

use super::residual::Part;

/// Ranks of nodes and the buckets they wait in.
#[derive(Default)]
pub(super) struct Ranks {
    rank: Vec<u32>,
    /// By rank: the last entry that waits there.
    last: Vec<u32>,
    /// Node, and the entry that waits behind it.
    entries: Vec<(u32, u32)>,
}

/// Ranks are not told apart beyond this: whoever is farther is lowered by this much, which breaks no invariant.
const FARTHEST: u32 = 1 << 22;
const NONE: u32 = u32::MAX;

impl Ranks {
    fn enter(&mut self, node: u32, rank: u32) {
        self.rank[node as usize] = rank;
        if self.last.len() <= rank as usize {
            self.last.resize(rank as usize + 1, NONE);
        }
        self.entries.push((node, self.last[rank as usize]));
        self.last[rank as usize] = (self.entries.len() - 1) as u32;
    }

    /// Lowers prices; arcs keep a reduced cost of −1 at least.
    pub(super) fn update(&mut self, part: &mut Part<'_>, excess: &[i128], current: &mut [u32], one: i64) {
        self.rank.clear();
        self.rank.resize(part.nodes(), FARTHEST);
        self.last.clear();
        self.entries.clear();
        let mut waiting = 0;
        for (node, &amount) in (0..).zip(excess) {
            if amount < 0 {
                self.enter(node, 0);
            }
            waiting += usize::from(amount > 0);
        }
        let mut rank = 0;
        while waiting > 0 && (rank as usize) < self.last.len() {
            let entry = self.last[rank as usize];
            if entry == NONE {
                rank += 1;
                continue;
            }
            let (node, before) = self.entries[entry as usize];
            self.last[rank as usize] = before;
            if self.rank[node as usize] != rank {
                continue;
            }
            if excess[node as usize] > 0 {
                waiting -= 1;
                if waiting == 0 {
                    break;
                }
            }
            let price = part.levels[node as usize];
            for place in part.arcs_of(node as usize) {
                let arc = part.arcs[place];
                let old = self.rank[arc.to as usize];
                if arc.twin_open() && rank < old {
                    // The twin leads here; admissible ones are no way at all.
                    let way = part.levels[arc.to as usize] - price - arc.cost(one) + 1;
                    if way < i64::from(old - rank) {
                        self.enter(arc.to, rank + way as u32);
                    }
                }
            }
        }
        for node in 0..part.nodes() {
            let lower = self.rank[node].min(rank);
            if lower > 0 {
                part.levels[node] -= i64::from(lower);
                current[node] = part.arcs_of(node).start as u32;
            }
        }
    }
}
