//! Set-offs as closed chains of parties: "A owes B, B owes C, C owes A: 30 of each".
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "places of set-offs and parties, checked by `settled`; counts fit"
)]

use alloc::vec::Vec;

use super::{Flaw, Obligation, settled};
use crate::Amount;

/// A closed chain of obligations and what is set off on each of them.
#[doc(alias("cycle"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// Obligations by their row, from 0: each one's creditor is the next one's debtor, and the last one's creditor the
    /// first one's debtor. The first is the one with the smallest row.
    pub rows: Vec<usize>,
    /// What is set off on each.
    pub amount: Amount,
}

const NOWHERE: usize = usize::MAX;

/// Takes set-offs apart into loops, which together are exactly them: at most as many as there are obligations set off,
/// since each loop uses one of them up. Nobody occurs in a loop twice. At every party the chain goes on with the
/// largest set-off that is not used up, which makes for large loops and few; the fewest possible would be NP-hard to find (as for any
/// flow: Vatinlen et al. 2008, EJOR 185(3):1390).
///
/// # Errors
/// When the set-offs change somebody's balance, there are no such loops: the [`Flaw`].
#[doc(alias("flow decomposition"))]
pub fn loops(parties: u32, obligations: &[Obligation], set_offs: &[Amount]) -> Result<Vec<Loop>, Flaw> {
    settled(parties, obligations, set_offs)?;
    let mut left: Vec<u64> = set_offs.iter().map(|amount| amount.minor()).collect();
    // Rows that are set off, by debtor, the largest first.
    let mut rows: Vec<usize> = (0..left.len()).filter(|&row| left[row] > 0).collect();
    rows.sort_unstable_by_key(|&row| (obligations[row].debtor, core::cmp::Reverse(left[row]), row));
    let mut starts = alloc::vec![0_usize; parties as usize + 1];
    for &row in &rows {
        starts[obligations[row].debtor as usize + 1] += 1;
    }
    for party in 0..parties as usize {
        starts[party + 1] += starts[party];
    }
    let mut next = starts.clone();
    let mut on_chain = alloc::vec![NOWHERE; parties as usize];
    let mut chain: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for begin in 0..parties as usize {
        let mut party = begin;
        loop {
            while next[party] < starts[party + 1] && left[rows[next[party]]] == 0 {
                next[party] += 1;
            }
            if next[party] == starts[party + 1] {
                // Whatever comes in goes out: only where the chain began can nothing be left.
                break;
            }
            on_chain[party] = chain.len();
            chain.push(rows[next[party]]);
            party = obligations[rows[next[party]]].creditor as usize;
            let place = on_chain[party];
            if place == NOWHERE {
                continue;
            }
            let mut closed = chain.split_off(place);
            for &row in &closed {
                on_chain[obligations[row].debtor as usize] = NOWHERE;
            }
            let amount = closed.iter().map(|&row| left[row]).min().unwrap_or(0);
            for &row in &closed {
                left[row] -= amount;
            }
            let first = closed
                .iter()
                .enumerate()
                .min_by_key(|&(_, row)| *row)
                .map_or(0, |(place, _)| place);
            closed.rotate_left(first);
            found.push(Loop {
                rows: closed,
                amount: Amount::from_minor(amount),
            });
        }
    }
    Ok(found)
}
