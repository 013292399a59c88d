//! The largest set-off, the slow and plain way: while some closed chain of "set off one more" and "take one back" gains
//! anything, go round it as often as it allows (Klein 1967). No part of the engine is used.

use exodus_core::clearing::Obligation;

/// The largest total.
pub(crate) fn largest(parties: u32, obligations: &[Obligation]) -> u128 {
    let mut set_off: Vec<u128> = vec![0; obligations.len()];
    while let Some(round) = gaining(parties, obligations, &set_off) {
        let room = |&(row, forth): &(usize, bool)| {
            if forth {
                u128::from(obligations[row].amount.minor()) - set_off[row]
            } else {
                set_off[row]
            }
        };
        let amount = round.iter().map(room).min().unwrap();
        for (row, forth) in round {
            if forth {
                set_off[row] += amount;
            } else {
                set_off[row] -= amount;
            }
        }
    }
    set_off.iter().sum()
}

/// A closed chain that gains (Bellman, Ford), as rows and whether each is set off or taken back.
fn gaining(parties: u32, obligations: &[Obligation], set_off: &[u128]) -> Option<Vec<(usize, bool)>> {
    let mut steps = Vec::new();
    for (row, obligation) in obligations.iter().enumerate() {
        let (debtor, creditor) = (obligation.debtor as usize, obligation.creditor as usize);
        if set_off[row] < u128::from(obligation.amount.minor()) {
            steps.push((debtor, creditor, -1, row, true));
        }
        if set_off[row] > 0 {
            steps.push((creditor, debtor, 1, row, false));
        }
    }
    let mut cost = vec![0_i64; parties as usize];
    let mut came = vec![None; parties as usize];
    let mut lowered = None;
    for _ in 0..=parties {
        lowered = None;
        for &(from, to, price, row, forth) in &steps {
            if cost[from] + price < cost[to] {
                cost[to] = cost[from] + price;
                came[to] = Some((from, row, forth));
                lowered = Some(to);
            }
        }
        lowered?;
    }
    // Lowered after as many rounds as there are parties: there is a cycle behind it.
    let mut party = lowered?;
    for _ in 0..parties {
        party = came[party]?.0;
    }
    let (mut round, begin) = (Vec::new(), party);
    loop {
        let (from, row, forth) = came[party]?;
        round.push((row, forth));
        party = from;
        if party == begin {
            return Some(round);
        }
    }
}
