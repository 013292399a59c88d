//! Clearing again from the last result: after any changes as good as a plan from nothing.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::atomic::{AtomicU32, Ordering},
};

use exodus_core::{
    Amount,
    clearing::{self, Error, Obligation, Progress, Standing},
};
use proptest::prelude::*;

use crate::{owes, plain};

/// What is kept is in order, complete, the largest, and proved so.
fn assert_settled(standing: &Standing, parties: u32, owed: &BTreeMap<(u32, u32), u64>) -> u128 {
    let (pairs, set_offs): (Vec<Obligation>, Vec<Amount>) = standing.pairs().unzip();
    let known: BTreeMap<(u32, u32), u64> = pairs
        .iter()
        .map(|pair| ((pair.debtor, pair.creditor), pair.amount.minor()))
        .collect();
    let expected = owed
        .iter()
        .filter(|(_, amount)| **amount > 0)
        .map(|(pair, amount)| (*pair, *amount));
    assert_eq!(known, expected.collect());
    let total = clearing::verify(parties, &pairs, &set_offs, &standing.certificate()).unwrap();
    assert_eq!(total, standing.total());
    for (pair, set_off) in pairs.iter().zip(&set_offs) {
        assert_eq!(standing.set_off(pair.debtor, pair.creditor), *set_off);
    }
    total
}

fn owed(obligations: &[Obligation]) -> BTreeMap<(u32, u32), u64> {
    let mut owed = BTreeMap::new();
    for obligation in obligations {
        *owed.entry((obligation.debtor, obligation.creditor)).or_default() += obligation.amount.minor();
    }
    owed
}

fn rows(parties: u32, count: usize, most: u64) -> impl Strategy<Value = Vec<Obligation>> {
    let row = (0..parties, 0..parties, 0..most);
    prop::collection::vec(
        row.prop_map(|(debtor, creditor, amount)| owes(debtor, creditor, amount)),
        0..count,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn after_any_changes_it_is_the_largest(
        (parties, begin, rounds) in (2_u32..12, prop_oneof![Just(4_u64), Just(1_000), Just(u64::MAX / 64)]).prop_flat_map(|(parties, most)| {
            (Just(parties), rows(parties, 40, most), prop::collection::vec(rows(parties, 6, most), 1..5))
        })
    ) {
        let mut standing = Standing::new(parties, &begin).unwrap();
        let mut owed = owed(&begin);
        assert_settled(&standing, parties, &owed);
        for changes in rounds {
            for change in changes {
                standing.set(change.debtor, change.creditor, change.amount).unwrap();
                owed.insert((change.debtor, change.creditor), change.amount.minor());
            }
            standing.settle().unwrap();
            let total = assert_settled(&standing, parties, &owed);
            let now: Vec<Obligation> = owed.iter().map(|(&(debtor, creditor), &amount)| owes(debtor, creditor, amount)).collect();
            prop_assert_eq!(total, plain::largest(parties, &now));
        }
    }
}

/// A network large enough that few changes are worked in instead of beginning from nothing.
fn village(parties: u32) -> Vec<Obligation> {
    (0..parties * 6)
        .map(|row| {
            let mixed = u64::from(row)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(23)
                .wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let (debtor, creditor) = ((mixed >> 40) as u32 % parties, (mixed >> 8) as u32 % parties);
            owes(debtor, creditor, mixed % 500 + 1)
        })
        .collect()
}

#[test]
fn many_small_changes_in_a_larger_network() {
    let parties = 1_500;
    let begin = village(parties);
    let mut owed = owed(&begin);
    let mut standing = Standing::new(parties, &begin).unwrap();
    for round in 0..60_u32 {
        for change in 0..round % 9 + 1 {
            let row = begin[(round as usize * 131 + change as usize * 17) % begin.len()];
            // Raised, lowered, ended, and new.
            let (debtor, creditor, amount) = match (round + change) % 4 {
                0 => (row.debtor, row.creditor, row.amount.minor() * 3),
                1 => (row.debtor, row.creditor, row.amount.minor() / 2),
                2 => (row.debtor, row.creditor, 0),
                _ => (row.creditor, (row.debtor + round) % parties, 250),
            };
            standing
                .set(debtor, creditor, Amount::from_minor(amount))
                .unwrap();
            owed.insert((debtor, creditor), amount);
        }
        standing.settle().unwrap();
        let total = assert_settled(&standing, parties, &owed);
        let now: Vec<Obligation> = owed
            .iter()
            .map(|(&(debtor, creditor), &amount)| owes(debtor, creditor, amount))
            .collect();
        assert_eq!(total, clearing::plan(parties, &now).unwrap().total);
    }
}

#[test]
fn stopped_it_can_be_settled_later() {
    let parties = 1_500;
    let begin = village(parties);
    let mut owed = owed(&begin);
    let mut standing = Standing::new(parties, &begin).unwrap();
    for row in begin.iter().step_by(150) {
        standing.set(row.debtor, row.creditor, Amount::ZERO).unwrap();
        owed.insert((row.debtor, row.creditor), 0);
    }
    for calls in 0..4 {
        let left = AtomicU32::new(calls);
        let watch = |_: Progress| match left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
        {
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        if standing.settle_watched(&watch).is_ok() {
            assert!(calls > 0);
            break;
        }
        assert_eq!(
            standing.settle_watched(&|_: Progress| ControlFlow::Break(())),
            Err(Error::Stopped)
        );
    }
    standing.settle().unwrap();
    let total = assert_settled(&standing, parties, &owed);
    let now: Vec<Obligation> = owed
        .iter()
        .map(|(&(debtor, creditor), &amount)| owes(debtor, creditor, amount))
        .collect();
    assert_eq!(total, clearing::plan(parties, &now).unwrap().total);
}

#[test]
fn who_does_not_exist_can_not_owe() {
    let mut standing = Standing::new(2, &[owes(0, 1, 5), owes(1, 0, 3)]).unwrap();
    let refused = standing.set(0, 2, Amount::from_minor(1));
    assert_eq!(
        refused,
        Err(Error::NoSuchParty {
            row: 0,
            party: 2,
            parties: 2
        })
    );
    assert_eq!((standing.total(), standing.set_off(0, 2)), (6, Amount::ZERO));
}
