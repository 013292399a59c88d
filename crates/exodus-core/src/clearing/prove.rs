//! Proving a circulation optimal early: since all costs are ±1, the best prices are small whole numbers. Those nearest
//! to the fine prices are mended (Bellman 1958, with a queue) until no arc is cheaper than nothing. Where a price would
//! have to fall far, the circulation is probably not optimal yet; it is left as it is there, and the next pass begins
//! with the few arcs that still are cheaper than nothing.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; prices stay from LOWEST to 0"
)]

use super::{
    refine::{Interrupted, Room},
    residual::Part,
    width::{Price, Width},
};

/// In `current`: the node waits in the queue; the rest counts how often it did.
const WAITS: u32 = 1 << 31;

impl<W: Width> Room<W> {
    /// Turns fine prices into whole ones, in units of cost, and mends them, no node more than `patience` times.
    pub(super) fn make_whole(
        &mut self,
        part: &Part<'_, W>,
        one: i32,
        patience: u32,
    ) -> Result<(), Interrupted> {
        for price in &mut self.prices {
            *price = price.part(one);
        }
        self.current.fill(0);
        self.active.clear();
        for node in 0..part.nodes() {
            self.mend(part, node, patience);
        }
        while let Some(node) = self.active.pop_front() {
            self.current[node as usize] &= !WAITS;
            if self.prices[node as usize] < W::Price::LOWEST {
                return Err(Interrupted::OutOfRange);
            }
            self.mend(part, node as usize, patience);
        }
        Ok(())
    }

    /// The same where whole prices were in order, and only some have changed since: true when they are again, so that
    /// they prove the circulation optimal.
    pub(super) fn make_whole_again(&mut self, part: &Part<'_, W>, one: i32, whole: &mut [W::Price]) -> bool {
        let mut touched = self.touched.take().unwrap_or_default();
        for (node, (price, before)) in (0..).zip(self.prices.iter_mut().zip(whole.iter_mut())) {
            *price = price.part(one);
            if price != before {
                *before = *price;
                touched.push(node);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        self.current.fill(0);
        self.active.clear();
        let mut left = part.heads.len();
        for &node in &touched {
            let node = node as usize;
            for &head in &part.heads[part.arcs_of(node)] {
                let most = self.prices[head.to()] - head.cost(W::Price::from(1));
                if head.twin_open() && most < self.prices[node] {
                    self.prices[node] = most;
                }
            }
            self.mend(part, node, u32::MAX);
        }
        while let Some(node) = self.active.pop_front() {
            let node = node as usize;
            self.current[node] &= !WAITS;
            whole[node] = self.prices[node];
            let arcs = part.arcs_of(node).len();
            if arcs > left {
                return false;
            }
            left -= arcs;
            self.mend(part, node, u32::MAX);
        }
        for node in touched {
            whole[node as usize] = self.prices[node as usize];
        }
        true
    }

    /// Lowers whoever is too dear to be reached from here.
    fn mend(&mut self, part: &Part<'_, W>, node: usize, patience: u32) {
        let price = self.prices[node];
        for &head in &part.heads[part.arcs_of(node)] {
            let most = price + head.cost(W::Price::from(1));
            let to = head.to();
            if head.open() && self.prices[to] > most {
                let waited = self.current[to];
                if waited & WAITS != 0 {
                    self.prices[to] = most;
                } else if waited < patience.min(WAITS - 1) {
                    self.prices[to] = most;
                    self.current[to] = (waited + 1) | WAITS;
                    self.active.push_back(to as u32);
                }
            }
        }
    }
}
