//! Proving a circulation optimal early: since all costs are ±1, the best prices are small whole numbers. Those nearest
//! to the fine prices are mended (Bellman, Ford; with a queue) until no arc is cheaper than nothing, or until that costs
//! too much, which means that the circulation is not optimal yet.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; prices stay within those of refining"
)]

use super::{refine::Room, residual::{Part,Price}};

impl Room {
    /// Turns fine prices into whole ones, in units of cost. True when they prove the circulation optimal; tries as long
    /// as it looks at no more than `patience` arcs.
    pub(super) fn prove(&mut self, part: &mut Part<'_>, one: Price, patience: usize) -> bool {
        for level in part.levels.iter_mut() {
            *level = level.div_euclid(one);
        }
        // `current` marks who waits in the queue.
        self.current.fill(0);
        self.active.clear();
        let mut left = patience;
        for node in 0..part.nodes() {
            self.mend(part, node);
        }
        while let Some(node) = self.active.pop_front() {
            self.current[node as usize] = 0;
            let arcs = part.arcs_of(node as usize).len();
            if arcs > left {
                return false;
            }
            left -= arcs;
            self.mend(part, node as usize);
        }
        true
    }

    fn mend(&mut self, part: &mut Part<'_>, node: usize) {
        let price = part.levels[node];
        for place in part.arcs_of(node) {
            let head = part.heads[place];
            let most = price + head.cost(1);
            let to = head.to();
            if head.open() && part.levels[to] > most {
                part.levels[to] = most;
                if self.current[to] == 0 {
                    self.current[to] = 1;
                    self.active.push_back(to as u32);
                }
            }
        }
    }
}
