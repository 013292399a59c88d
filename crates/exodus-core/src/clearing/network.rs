//! From rows to the residual networks of the strongly connected parts, and back to set-offs by row.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "rows and parties are bounded in `new`; counts of them fit 32 bits; none can overflow"
)]

use alloc::vec::Vec;

use super::{
    Certificate, Error, MOST_OBLIGATIONS, MOST_PARTIES, Obligation,
    components::{Components, Creditors, creditor},
    residual::{Head, Residual},
};
use crate::Amount;

/// Obligations ordered by debtor, then creditor: `creditor << 32 | row`. Those to oneself and of nothing are left out.
pub(super) struct Network {
    starts: Vec<u32>,
    slots: Vec<u64>,
    components: Components,
}

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

    /// Calls `each` with every pair of parties within one part, as nodes, and the slots of its obligations; in an
    /// order that is always the same.
    fn pairs<'a>(
        &'a self,
        places: &[u32],
        mut each: impl FnMut(usize, usize, &'a [u64]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let part = &self.components.part;
        for (node, &party) in self.components.order.iter().enumerate() {
            let own = &self.slots[self.starts[party as usize] as usize..self.starts[party as usize + 1] as usize];
            for group in own.chunk_by(|one, other| creditor(*one) == creditor(*other)) {
                let head = creditor(group[0]) as usize;
                if part[head] == part[party as usize] {
                    each(node, places[head] as usize, group)?;
                }
            }
        }
        Ok(())
    }

    /// By party, its node.
    fn places(&self) -> Vec<u32> {
        let mut places = alloc::vec![u32::MAX; self.components.part.len()];
        for (node, &party) in (0..).zip(&self.components.order) {
            places[party as usize] = node;
        }
        places
    }

    /// Where the node's part begins, by node.
    fn begins(&self) -> impl Iterator<Item = u32> {
        let mut begin = 0;
        self.components.ends.iter().flat_map(move |&end| {
            let own = begin;
            begin = end;
            core::iter::repeat_n(own, (end - own) as usize)
        })
    }

    /// The residual networks with nothing set off yet.
    pub(super) fn residual(&self, obligations: &[Obligation]) -> Result<Residual, Error> {
        let places = self.places();
        let nodes = self.components.order.len();
        let mut first = alloc::vec![0_u32; nodes + 1];
        self.pairs(&places, |from, to, _| {
            first[from] += 1;
            first[to] += 1;
            Ok(())
        })?;
        let mut sum = 0;
        for start in &mut first {
            let own = *start;
            *start = sum;
            sum += own;
        }
        let mut heads = alloc::vec![Head::forth(0); sum as usize];
        let mut twins = alloc::vec![0_u32; sum as usize];
        let mut amounts = alloc::vec![0_u64; sum as usize];
        let mut begins = alloc::vec![0_u32; nodes];
        for (begin, own) in begins.iter_mut().zip(self.begins()) {
            *begin = own;
        }
        let mut next = first.clone();
        self.pairs(&places, |from, to, group| {
            let mut amount = 0_u64;
            for &slot in group {
                let more = obligations[slot as u32 as usize].amount.minor();
                amount = amount.checked_add(more).ok_or_else(|| Error::PairTooLarge {
                    debtor: self.components.order[from],
                    creditor: creditor(slot),
                })?;
            }
            let (forth, back) = (next[from], next[to]);
            next[from] += 1;
            next[to] += 1;
            let (begin, base) = (begins[from], first[begins[from] as usize]);
            heads[forth as usize] = Head::forth(to as u32 - begin);
            heads[back as usize] = Head::back(from as u32 - begin);
            twins[forth as usize] = back - base;
            twins[back as usize] = forth - base;
            amounts[forth as usize] = amount;
            Ok(())
        })?;
        let mut ends = Vec::with_capacity(self.components.ends.len());
        ends.extend_from_slice(&self.components.ends);
        Ok(Residual {
            ends,
            first,
            heads,
            twins,
            amounts,
            levels: alloc::vec![0; nodes],
        })
    }

    /// Set-offs by row and levels by party, from the parts' solutions.
    pub(super) fn outcome(self, obligations: &[Obligation], residual: Residual) -> (Vec<Amount>, Certificate) {
        let certificate = self.certificate(&residual);
        let places = self.places();
        let flows = self.flows(&places, residual);
        let mut set_offs = alloc::vec![Amount::ZERO; obligations.len()];
        for (set_off, obligation) in set_offs.iter_mut().zip(obligations) {
            if obligation.debtor == obligation.creditor {
                *set_off = obligation.amount;
            }
        }
        let mut flows = flows.into_iter();
        let mut rows = Vec::new();
        let shared = self.pairs(&places, |_, _, group| {
            let mut flow = flows.next().unwrap_or(0);
            rows.clear();
            rows.extend(group.iter().map(|&slot| slot as u32 as usize));
            rows.sort_unstable_by_key(|&row| (obligations[row].amount, row));
            for &row in &rows {
                let own = flow.min(obligations[row].amount.minor());
                set_offs[row] = Amount::from_minor(own);
                flow -= own;
            }
            Ok(())
        });
        debug_assert_eq!(shared, Ok(()));
        (set_offs, certificate)
    }

    /// What is set off by pair, in the order of [`Network::pairs`].
    fn flows(&self, places: &[u32], residual: Residual) -> Vec<u64> {
        let mut next = residual.first.clone();
        let mut flows = Vec::with_capacity(residual.heads.len() / 2);
        let mut bases = self.begins().map(|begin| residual.first[begin as usize]);
        let (mut node, mut base) = (usize::MAX, 0);
        let walked = self.pairs(places, |from, to, _| {
            while node != from {
                node = node.wrapping_add(1);
                base = bases.next().unwrap_or(0) as usize;
            }
            let twin = residual.twins[next[from] as usize] as usize;
            next[from] += 1;
            next[to] += 1;
            flows.push(residual.amounts[base + twin]);
            Ok(())
        });
        debug_assert_eq!(walked, Ok(()));
        flows
    }

    /// Levels by party: those of each part above all levels of the parts that owe it, so that obligations between
    /// parts, of which nothing can be set off, rise.
    fn certificate(&self, residual: &Residual) -> Certificate {
        let part = &self.components.part;
        let mut span = alloc::vec![0_i64; self.components.parts as usize];
        for (&party, &level) in self.components.order.iter().zip(&residual.levels) {
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
        for (&party, &level) in self.components.order.iter().zip(&residual.levels) {
            levels[party as usize] += i64::from(level);
        }
        Certificate { levels }
    }
}

fn takes_part(obligation: &Obligation) -> bool {
    obligation.debtor != obligation.creditor && !obligation.amount.is_zero()
}
