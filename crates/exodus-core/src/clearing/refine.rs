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

use super::{residual::{Part,Price}, update::Ranks};

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
    pub(super) fn saturate(&mut self, part: &mut Part<'_>, one: Price) {
        for node in 0..part.nodes() {
            let price = part.levels[node];
            for place in part.arcs_of(node) {
                let head = part.heads[place];
                if head.open() && head.cost(one) + price - part.levels[head.to()] < 0 {
                    let amount = part.amounts[place];
                    part.push(place, amount);
                    self.excess[node] -= i128::from(amount);
                    self.excess[head.to()] += i128::from(amount);
                }
            }
        }
    }

    /// Brings every excess to where something is missing. `between` is called now and then.
    pub(super) fn route<E>(
        &mut self,
        part: &mut Part<'_>,
        one: Price,
        mut between: impl FnMut(usize) -> Result<(), E>,
    ) -> Result<(), E> {
        self.active.clear();
        for node in 0..part.nodes() {
            self.current[node] = part.arcs_of(node).start as u32;
            if self.excess[node] > 0 {
                self.active.push_back(node as u32);
            }
        }
        let rest = part.heads.len() * super::tune(2) as usize / 16 ;
        let mut work = usize::MAX;
        let mut path: [usize; STRETCH] = [0; STRETCH];
        while let Some(&start) = self.active.front() {
            if self.excess[start as usize] <= 0 {
                self.active.pop_front();
                continue;
            }
            if work > rest {
                work = 0;
                between(self.active.len())?;
                if super::tune(6)==1 { super::lap(&alloc::format!("before update active {}", self.active.len())); }
                self.ranks.update(part, &self.excess, &mut self.current, one);
 if super::tune(6)==1 { super::lap("updated"); }
            }
            let length = self.stretch(part, one, start as usize, &mut path, &mut work);
            self.augment(part, start as usize, &path[..length]);
        }
        Ok(())
    }

    /// A path of admissible arcs from `start`, to where something is missing or as long as may be; work where
    /// there is none.
    fn stretch(
        &mut self,
        part: &mut Part<'_>,
        one: Price,
        start: usize,
        path: &mut [usize; STRETCH],
        work: &mut usize,
    ) -> usize {
        let mut length = 0;
        let mut tip = start;
        while length < STRETCH && self.excess[tip] >= 0 {
            let places = part.arcs_of(tip);
            let price = part.levels[tip];
            let mut least = Price::MAX;
            let mut found = None;
            let from = self.current[tip] as usize;
            for (place, head) in (from..).zip(&part.heads[from..places.end]) {
                if head.open() {
                    let reduced = head.cost(one) + price - part.levels[head.to()];
                    if reduced < 0 {
                        found = Some(place);
                        break;
                    }
                    least = least.min(reduced);
                }
            }
            *work += found.unwrap_or(places.end) - from;
            if let Some(place) = found {
                self.current[tip] = place as u32;
                path[length] = place;
                length += 1;
                tip = part.heads[place].to();
                continue;
            }
            // Arcs before the current one may have come back to life at a higher cost.
            for head in &part.heads[places.start..from] {
                if head.open() {
                    least = least.min(head.cost(one) + price - part.levels[head.to()]);
                }
            }
            *work += from - places.start;
            if least == Price::MAX {
                // Nothing leads out of here: out of everybody's way, so that nothing is sent here again.
                part.levels[tip] = price - one * (part.nodes() as Price + 1);
            } else {
                part.levels[tip] = price - least - 1;
            }
            self.current[tip] = places.start as u32;
            if length > 0 {
                length -= 1;
                tip = part.heads[part.twins[path[length]] as usize].to();
            }
        }
        length
    }

    /// Sends what there is along a path.
    fn augment(&mut self, part: &mut Part<'_>, start: usize, path: &[usize]) {
        let mut node = start;
        for &place in path {
            let next = part.heads[place].to();
            let amount = u64::try_from(self.excess[node]).unwrap_or(u64::MAX).min(part.amounts[place]);
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
