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
    reason = "nodes and arcs of one part; excesses fit by `Width`; prices are kept from LOWEST to 0, and reduced costs \
              differ from them by one cost"
)]

use alloc::{collections::VecDeque, vec::Vec};

use super::{
    residual::Part,
    update::Distances,
    watch::Stopped,
    width::{Price, Width},
};

/// Room to work in, kept from part to part.
pub(super) struct Room<W: Width> {
    /// By node, never above zero.
    pub(super) prices: Vec<W::Price>,
    /// By node, what came less what left.
    pub(super) excess: Vec<W::Excess>,
    /// By node, the place of the first arc that may be admissible.
    pub(super) current: Vec<u32>,
    /// Nodes with an excess, in the order in which they got it.
    pub(super) active: VecDeque<u32>,
    pub(super) distances: Distances<W>,
    /// Only some nodes are concerned: prices of the others stay, and those that amounts went through are noted.
    pub(super) touched: Option<Vec<u32>>,
}

/// Why work ended before its end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Interrupted {
    /// By whoever watches.
    Stopped,
    /// Prices of this width would overflow.
    OutOfRange,
}

impl From<Stopped> for Interrupted {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// How many arcs an excess goes at once.
const STRETCH: usize = 4;
/// After looking at so many times as many arcs as there are, prices are updated globally.
const ROUND: usize = 2;
/// Where only some nodes are concerned, after looking at such a part of them: the way is long and narrow.
const LOCAL_ROUND: usize = 4;

impl<W: Width> Room<W> {
    pub(super) fn new() -> Self {
        Self {
            prices: Vec::new(),
            excess: Vec::new(),
            current: Vec::new(),
            active: VecDeque::new(),
            distances: Distances::default(),
            touched: None,
        }
    }

    /// Makes room for so many nodes; all prices are 0, nothing is in excess.
    pub(super) fn fit(&mut self, nodes: usize) {
        fill(&mut self.prices, nodes);
        fill(&mut self.excess, nodes);
        fill(&mut self.current, nodes);
        self.active.clear();
    }

    /// Uses up every arc that is cheaper than nothing at whole prices. False when there is none: then the prices prove
    /// that the circulation is optimal.
    pub(super) fn saturate(&mut self, part: &mut Part<'_, W>) -> bool {
        let mut any = false;
        for node in 0..part.nodes() {
            for place in part.arcs_of(node) {
                let head = part.heads[place];
                let reduced = head.cost(W::Price::from(1)) + self.prices[node] - self.prices[head.to()];
                if head.open() && reduced < W::Price::default() {
                    let amount = part.amounts[place];
                    part.push(place, amount);
                    self.excess[node] -= W::excess(amount);
                    self.excess[head.to()] += W::excess(amount);
                    any = true;
                }
            }
        }
        any
    }

    /// Brings every excess to where something is missing. `between` is called now and then, with the number of nodes
    /// in excess.
    pub(super) fn route(
        &mut self,
        part: &mut Part<'_, W>,
        one: W::Price,
        mut between: impl FnMut(usize) -> Result<(), Stopped>,
    ) -> Result<(), Interrupted> {
        self.active.clear();
        for node in 0..part.nodes() {
            self.current[node] = part.bounds[node].0;
            if self.excess[node] > W::Excess::default() {
                self.active.push_back(node as u32);
            }
        }
        let round = match self.touched {
            Some(_) => part.heads.len() / LOCAL_ROUND,
            None => part.heads.len() * ROUND,
        };
        let mut work = usize::MAX;
        let mut path: [usize; STRETCH] = [0; STRETCH];
        while let Some(&start) = self.active.front() {
            let start = start as usize;
            if self.excess[start] <= W::Excess::default() {
                self.active.pop_front();
                continue;
            }
            if work > round {
                work = 0;
                between(self.active.len())?;
                self.update(part, one)?;
            }
            let length = self.stretch(part, one, start, &mut path, &mut work)?;
            self.augment(part, start, &path[..length]);
        }
        Ok(())
    }

    /// A path of admissible arcs from `start`, to where something is missing or as long as may be; where there is no
    /// such arc, the node's price is lowered until there is.
    fn stretch(
        &mut self,
        part: &Part<'_, W>,
        one: W::Price,
        start: usize,
        path: &mut [usize; STRETCH],
        work: &mut usize,
    ) -> Result<usize, Interrupted> {
        let mut length = 0;
        let mut tip = start;
        while length < STRETCH && self.excess[tip] >= W::Excess::default() {
            let places = part.arcs_of(tip);
            let price = self.prices[tip];
            let mut least = W::Price::ENDLESS;
            let mut found = None;
            let from = self.current[tip] as usize;
            for (place, head) in (from..).zip(&part.heads[from..places.end]) {
                if head.open() {
                    let reduced = head.cost(one) + price - self.prices[head.to()];
                    if reduced < W::Price::default() {
                        found = Some(place);
                        break;
                    }
                    least = least.min(reduced);
                }
            }
            if let Some(place) = found {
                *work += place - from + 1;
                self.current[tip] = place as u32;
                path[length] = place;
                length += 1;
                tip = part.heads[place].to();
                continue;
            }
            // Arcs before the current one are not admissible, but may be the next to become so.
            for head in &part.heads[places.start..from] {
                if head.open() {
                    least = least.min(head.cost(one) + price - self.prices[head.to()]);
                }
            }
            *work += places.len() + 1;
            if least == W::Price::ENDLESS {
                // Nothing leads out of here: as far out of everybody's way as could ever be needed.
                let nodes = i32::try_from(part.nodes() + 1).unwrap_or(i32::MAX);
                let far = (-one).times(nodes).ok_or(Interrupted::OutOfRange)?;
                self.lower(tip, price + far)?;
            } else {
                self.lower(tip, price - least - W::Price::from(1))?;
            }
            self.current[tip] = part.bounds[tip].0;
            if length > 0 {
                length -= 1;
                tip = part.from(path[length]);
            }
        }
        Ok(length)
    }

    fn lower(&mut self, node: usize, price: W::Price) -> Result<(), Interrupted> {
        if price < W::Price::LOWEST {
            return Err(Interrupted::OutOfRange);
        }
        self.prices[node] = price;
        Ok(())
    }

    /// Sends what there is along a path.
    fn augment(&mut self, part: &mut Part<'_, W>, start: usize, path: &[usize]) {
        let nothing = W::Excess::default();
        let mut node = start;
        for &place in path {
            // A path may cross itself, and find its first arcs used up.
            if self.excess[node] <= nothing || !part.heads[place].open() {
                return;
            }
            let next = part.heads[place].to();
            let amount = W::at_most(self.excess[node], part.amounts[place]);
            part.push(place, amount);
            if let Some(touched) = &mut self.touched {
                touched.extend([node as u32, next as u32]);
            }
            self.excess[node] -= W::excess(amount);
            let before = self.excess[next];
            self.excess[next] += W::excess(amount);
            if before <= nothing && self.excess[next] > nothing {
                self.active.push_back(next as u32);
            }
            node = next;
        }
    }
}

fn fill<N: Default + Clone>(list: &mut Vec<N>, length: usize) {
    list.clear();
    list.reserve_exact(length);
    list.resize(length, N::default());
}
