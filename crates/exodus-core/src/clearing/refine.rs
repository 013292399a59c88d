//! Refining: from prices to a circulation that is optimal up to one unit of price per arc (Goldberg, Tarjan 1990,
//! Math. Oper. Res. 15(3):430), by partial augmentation in FIFO order (Goldberg 1997, J. Algorithms 22:1; partial
//! augment-relabel: Goldberg 2008, ESA).
//!
//! Prices are whole numbers and ε is always 1; what makes an arc's cost fine or coarse against it is `one`, the price
//! of one unit of cost. An arc of reduced cost below zero is admissible. While refining, every arc that has an amount
//! has a reduced cost of −1 at least: that is the invariant.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; excesses are sums of at most 2³⁰ u64; prices fall by at most some 3 × nodes × \
              one < 2⁶² in a pass (Goldberg, Tarjan 1990, lemma 5.8)"
)]

use alloc::{collections::VecDeque, vec::Vec};

use super::{residual::Part, update::Ranks};

/// Room to work in, kept from part to part.
#[derive(Default)]
pub(super) struct Room {
    pub(super) excess: Vec<i128>,
    pub(super) current: Vec<u32>,
    pub(super) active: VecDeque<u32>,
    pub(super) ranks: Ranks,
}

/// How many arcs an excess goes at once.
const STRETCH: usize = 4;

impl Room {
    /// Makes room for a part; nothing is in excess.
    pub(super) fn for_part(&mut self, part: &Part<'_>) {
        self.excess.clear();
        self.excess.resize(part.nodes(), 0);
        self.current.clear();
        self.current.resize(part.nodes(), 0);
        self.active.clear();
    }

    /// Uses up every arc that is cheaper than nothing at the prices there are.
    pub(super) fn saturate(&mut self, part: &mut Part<'_>, one: i64) {
        for node in 0..part.nodes() {
            let price = part.levels[node];
            for place in part.arcs_of(node) {
                let arc = part.arcs[place];
                if arc.amount > 0 && arc.cost(one) + price - part.levels[arc.to as usize] < 0 {
                    part.push(place, arc.amount);
                    self.excess[node] -= i128::from(arc.amount);
                    self.excess[arc.to as usize] += i128::from(arc.amount);
                }
            }
        }
    }

    /// Brings every excess to where something is missing. `between` is called now and then.
    pub(super) fn route<E>(
        &mut self,
        part: &mut Part<'_>,
        one: i64,
        mut between: impl FnMut(usize) -> Result<(), E>,
    ) -> Result<(), E> {
        self.active.clear();
        for node in 0..part.nodes() {
            self.current[node] = part.arcs_of(node).start as u32;
            if self.excess[node] > 0 {
                self.active.push_back(node as u32);
            }
        }
        let rest = part.nodes() * super::tune(2) as usize / 16 ;
        let mut relabels = usize::MAX;
        let mut path: [usize; STRETCH] = [0; STRETCH];
        while let Some(&start) = self.active.front() {
            if self.excess[start as usize] <= 0 {
                self.active.pop_front();
                continue;
            }
            if relabels > rest {
                relabels = 0;
                between(self.active.len())?;
                self.ranks.update(part, &self.excess, &mut self.current, one);
            }
            let length = self.stretch(part, one, start as usize, &mut path, &mut relabels);
            self.augment(part, start as usize, &path[..length]);
        }
        Ok(())
    }

    /// A path of admissible arcs from `start`, to where something is missing or as long as may be; relabels where
    /// there is none.
    fn stretch(
        &mut self,
        part: &mut Part<'_>,
        one: i64,
        start: usize,
        path: &mut [usize; STRETCH],
        relabels: &mut usize,
    ) -> usize {
        let mut length = 0;
        let mut tip = start;
        while length < STRETCH && self.excess[tip] >= 0 {
            let places = part.arcs_of(tip);
            let price = part.levels[tip];
            let mut least = i64::MAX;
            let mut found = None;
            let from = self.current[tip] as usize;
            for place in from..places.end {
                let arc = part.arcs[place];
                if arc.amount > 0 {
                    let reduced = arc.cost(one) + price - part.levels[arc.to as usize];
                    if reduced < 0 {
                        found = Some(place);
                        break;
                    }
                    least = least.min(reduced);
                }
            }
            if let Some(place) = found {
                self.current[tip] = place as u32;
                path[length] = place;
                length += 1;
                tip = part.arcs[place].to as usize;
                continue;
            }
            // Arcs before the current one may have come back to life at a higher cost.
            for place in places.start..from {
                let arc = part.arcs[place];
                if arc.amount > 0 {
                    least = least.min(arc.cost(one) + price - part.levels[arc.to as usize]);
                }
            }
            if least == i64::MAX {
                // Nothing leads out of here: out of everybody's way, so that nothing is sent here again.
                part.levels[tip] = price - one * (part.nodes() as i64 + 1);
            } else {
                part.levels[tip] = price - least - 1;
            }
            self.current[tip] = places.start as u32;
            *relabels += 1;
            if length > 0 {
                length -= 1;
                tip = part.arcs[part.arcs[path[length]].twin()].to as usize;
            }
        }
        length
    }

    /// Sends what there is along a path.
    fn augment(&mut self, part: &mut Part<'_>, start: usize, path: &[usize]) {
        let mut node = start;
        for &place in path {
            let arc = part.arcs[place];
            let next = arc.to as usize;
            let amount = u64::try_from(self.excess[node]).unwrap_or(u64::MAX).min(arc.amount);
            if self.excess[node] <= 0 || amount == 0 {
                return;
            }
            part.push(place, amount);
            self.excess[node] -= i128::from(amount);
            let before = self.excess[next];
            self.excess[next] = before + i128::from(amount);
            if before <= 0 && self.excess[next] > 0 {
                self.active.push_back(next as u32);
            }
            node = next;
        }
    }
}
