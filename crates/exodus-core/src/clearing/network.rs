//! From rows to the residual networks of the strongly connected parts, and back to set-offs by row.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "rows and parties are bounded in `Network::new`; counts of them fit 32 bits; none can overflow"
)]

use alloc::vec::Vec;

use super::{
    Certificate, Error, MOST_OBLIGATIONS, MOST_PARTIES, Obligation,
    components::{Components, Creditors, creditor},
    residual::{Head, Residual},
    width::Width,
};
use crate::Amount;

/// Obligations ordered by debtor, then creditor: `creditor << 32 | row`. Those to oneself and of nothing are left out.
pub(super) struct Network {
    /// By party, where what it owes begins; one more than there are parties.
    starts: Vec<u32>,
    slots: Vec<u64>,
    components: Components,
}

/// What of a network is needed to read a solution: rows in the order of slots, with two marks.
pub(super) struct Rows {
    starts: Vec<u32>,
    rows: Vec<u32>,
    components: Components,
}

/// Set: the first row of a pair of parties.
const FIRST: u32 = 1 << 31;
/// Set: debtor and creditor are in the same part.
const INSIDE: u32 = 1 << 30;
const ROW: u32 = INSIDE - 1;

impl Network {
    pub(super) fn new(parties: u32, obligations: &[Obligation]) -> Result<Self, Error> {
        if obligations.len() > MOST_OBLIGATIONS || parties > MOST_PARTIES {
            return Err(Error::TooMany);
        }
        let mut starts = alloc::vec![0_u32; parties as usize + 1];
        for (row, obligation) in obligations.iter().enumerate() {
            for party in [obligation.debtor, obligation.creditor] {
                if party >= parties {
                    return Err(Error::NoSuchParty { row, party, parties });
                }
            }
            starts[obligation.debtor as usize] += u32::from(takes_part(obligation));
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut slots = alloc::vec![0_u64; sum as usize];
        for (row, obligation) in obligations.iter().enumerate().rev() {
            if takes_part(obligation) {
                let start = &mut starts[obligation.debtor as usize];
                *start -= 1;
                slots[*start as usize] = u64::from(obligation.creditor) << 32 | row as u64;
            }
        }
        for party in 0..parties as usize {
            slots[starts[party] as usize..starts[party + 1] as usize].sort_unstable();
        }
        let components = Components::of(
            parties,
            Creditors {
                starts: &starts,
                slots: &slots,
            },
        );
        Ok(Self {
            starts,
            slots,
            components,
        })
    }

    /// Calls `each` with every pair of parties within one part, as nodes, and how many obligations it has, by debtor's
    /// node and then creditor. Places of nodes are by party.
    fn pairs(&self, places: &[u32], mut each: impl FnMut(usize, usize)) {
        let part = &self.components.part;
        for (node, &party) in self.components.order.iter().enumerate() {
            let own =
                &self.slots[self.starts[party as usize] as usize..self.starts[party as usize + 1] as usize];
            for group in own.chunk_by(|one, other| creditor(*one) == creditor(*other)) {
                let head = creditor(group[0]) as usize;
                if part[head] == part[party as usize] {
                    each(node, places[head] as usize);
                }
            }
        }
    }

    /// The residual networks with nothing set off yet. A node's obligations come first, by creditor, then what takes
    /// back those that are owed to it. Nothing where amounts do not fit the width.
    pub(super) fn residual<W: Width>(
        self,
        obligations: &[Obligation],
    ) -> Result<Option<(Rows, Residual<W>)>, Error> {
        let mut places = alloc::vec![0_u32; self.components.part.len()];
        for (node, &party) in (0..).zip(&self.components.order) {
            places[party as usize] = node;
        }
        let nodes = self.components.order.len();
        // At first counts: of what the node owes, and of all its arcs.
        let mut bounds = alloc::vec![(0_u32, 0_u32); nodes];
        self.pairs(&places, |from, to| {
            bounds[from].0 += 1;
            bounds[from].1 += 1;
            bounds[to].1 += 1;
        });
        // By node, the next place for taking back.
        let mut backs = alloc::vec![0_u32; nodes];
        let (mut begin, mut total) = (0, 0);
        for &end in &self.components.ends {
            let mut place = 0;
            for node in begin..end as usize {
                let (owed, all) = bounds[node];
                bounds[node] = (place, place + all);
                backs[node] = place + owed;
                place += all;
            }
            total += place as usize;
            begin = end as usize;
        }
        let mut heads = alloc::vec![Head::forth(0); total];
        let mut twins = alloc::vec![0_u32; total];
        let mut ends = self.components.ends.iter();
        // The part's first node, its end, its first place; the node and its next place for setting off.
        let (mut first, mut end, mut base) = (0, 0, 0);
        let (mut node, mut forth) = (usize::MAX, 0);
        self.pairs(&places, |from, to| {
            if from >= end {
                base += bounds[first..end].last().map_or(0, |&(_, last)| last as usize);
                first = end;
                end = ends.next().map_or(nodes, |&end| end as usize);
            }
            if from != node {
                node = from;
                forth = bounds[from].0;
            }
            let back = backs[to];
            heads[base + forth as usize] = Head::forth((to - first) as u32);
            heads[base + back as usize] = Head::back((from - first) as u32);
            twins[base + forth as usize] = back;
            twins[base + back as usize] = forth;
            backs[to] += 1;
            forth += 1;
        });
        drop((places, backs));
        let rows = self.rows();
        let Some(amounts) = rows.amounts::<W>(obligations, &heads)? else {
            return Ok(None);
        };
        Ok(Some((
            rows,
            Residual {
                bounds,
                heads,
                twins,
                amounts,
                levels: alloc::vec![0; nodes],
            },
        )))
    }

    fn rows(self) -> Rows {
        let mut rows = Vec::with_capacity(self.slots.len());
        let part = &self.components.part;
        for party in 0..part.len() {
            let mut before = None;
            for &slot in &self.slots[self.starts[party] as usize..self.starts[party + 1] as usize] {
                let head = creditor(slot);
                let first = if before == Some(head) { 0 } else { FIRST };
                let inside = if part[party] == part[head as usize] {
                    INSIDE
                } else {
                    0
                };
                before = Some(head);
                rows.push(slot as u32 | first | inside);
            }
        }
        Rows {
            starts: self.starts,
            rows,
            components: self.components,
        }
    }
}

impl Rows {
    /// Where each part's nodes end.
    pub(super) fn ends(&self) -> &[u32] {
        &self.components.ends
    }

    /// The rows of every pair of parties within one part, in the order of `Network::pairs`.
    fn pairs(&self) -> impl Iterator<Item = &[u32]> {
        self.components.order.iter().flat_map(|&party| {
            self.rows[self.starts[party as usize] as usize..self.starts[party as usize + 1] as usize]
                .chunk_by(|_, next| next & FIRST == 0)
                .filter(|pair| pair[0] & INSIDE != 0)
        })
    }

    /// By place, what can still go; nothing where it does not fit the width.
    fn amounts<W: Width>(
        &self,
        obligations: &[Obligation],
        heads: &[Head],
    ) -> Result<Option<Vec<W::Amount>>, Error> {
        let mut amounts = alloc::vec![W::Amount::default(); heads.len()];
        let forth = amounts.iter_mut().zip(heads).filter(|(_, head)| !head.is_back());
        for ((amount, _), pair) in forth.zip(self.pairs()) {
            let mut sum = 0_u64;
            for &row in pair {
                let obligation = &obligations[(row & ROW) as usize];
                sum = sum
                    .checked_add(obligation.amount.minor())
                    .ok_or(Error::PairTooLarge {
                        debtor: obligation.debtor,
                        creditor: obligation.creditor,
                    })?;
            }
            match W::Amount::try_from(sum) {
                Ok(sum) => *amount = sum,
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(amounts))
    }

    /// Set-offs by row and levels by party, from the parts' solutions.
    pub(super) fn outcome<W: Width>(
        self,
        obligations: &[Obligation],
        residual: Residual<W>,
    ) -> (Vec<Amount>, Certificate) {
        let certificate = self.certificate(&residual.levels);
        let flows = residual.flows(&self.components.ends);
        let mut set_offs = alloc::vec![Amount::ZERO; obligations.len()];
        for (set_off, obligation) in set_offs.iter_mut().zip(obligations) {
            if obligation.debtor == obligation.creditor {
                *set_off = obligation.amount;
            }
        }
        let mut rows = Vec::new();
        for (pair, flow) in self.pairs().zip(flows) {
            if let [row] = pair {
                set_offs[(row & ROW) as usize] = Amount::from_minor(flow);
                continue;
            }
            rows.clear();
            rows.extend(pair.iter().map(|row| (row & ROW) as usize));
            rows.sort_unstable_by_key(|&row| (obligations[row].amount, row));
            let mut rest = flow;
            for &row in &rows {
                let own = rest.min(obligations[row].amount.minor());
                set_offs[row] = Amount::from_minor(own);
                rest -= own;
            }
        }
        (set_offs, certificate)
    }

    /// Levels by party: those of each part above all levels of the parts that owe it, so that obligations between
    /// parts, of which nothing can be set off, rise.
    fn certificate(&self, by_node: &[u32]) -> Certificate {
        let part = &self.components.part;
        let mut span = alloc::vec![0_i64; self.components.parts as usize];
        for (&party, &level) in self.components.order.iter().zip(by_node) {
            let span = &mut span[part[party as usize] as usize];
            *span = (*span).max(i64::from(level));
        }
        // Obligations lead from higher numbers of parts to lower ones.
        let mut above = 0;
        for span in span.iter_mut().rev() {
            let own = *span;
            *span = above;
            above += own + 1;
        }
        let mut levels: Vec<i64> = part.iter().map(|&part| span[part as usize]).collect();
        for (&party, &level) in self.components.order.iter().zip(by_node) {
            levels[party as usize] += i64::from(level);
        }
        Certificate { levels }
    }
}

fn takes_part(obligation: &Obligation) -> bool {
    obligation.debtor != obligation.creditor && !obligation.amount.is_zero()
}
