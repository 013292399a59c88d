//! Properties over random networks of many shapes.

use std::collections::BTreeMap;

use exodus_core::{
    Amount,
    clearing::{self, Obligation},
};
use proptest::prelude::*;

use crate::{owes, plain, rest, shapes::assert_forest};

/// Up to 9 parties and 40 obligations: sparse and dense, with parallels, loops and zeros, small and huge amounts.
fn networks() -> impl Strategy<Value = (u32, Vec<Obligation>)> {
    let amount = prop_oneof![
        6 => 0_u64..5,
        6 => 1_u64..1_000,
        2 => 1_u64..u64::from(u32::MAX) * 2,
        1 => 1_u64..u64::MAX / 64,
    ];
    (1_u32..10).prop_flat_map(move |parties| {
        let row = (0..parties, 0..parties, amount.clone())
            .prop_map(|(debtor, creditor, amount)| owes(debtor, creditor, amount));
        (Just(parties), prop::collection::vec(row, 0..40))
    })
}

/// The same with amounts that agree often, so that there are many plans of the same total.
fn level_networks() -> impl Strategy<Value = (u32, Vec<Obligation>)> {
    (2_u32..30).prop_flat_map(|parties| {
        let row = (0..parties, 0..parties, 1_u64..4)
            .prop_map(|(debtor, creditor, amount)| owes(debtor, creditor, amount * 10));
        (Just(parties), prop::collection::vec(row, 0..150))
    })
}

fn balances(obligations: &[Obligation]) -> BTreeMap<u32, i128> {
    let mut balances = BTreeMap::new();
    for obligation in obligations {
        *balances.entry(obligation.creditor).or_default() += i128::from(obligation.amount.minor());
        *balances.entry(obligation.debtor).or_default() -= i128::from(obligation.amount.minor());
    }
    balances
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn k3_equal_to_the_plain_way((parties, obligations) in networks()) {
        let plan = clearing::plan(parties, &obligations).unwrap();
        prop_assert_eq!(plan.total, plain::largest(parties, &obligations));
        prop_assert_eq!(clearing::bound(&obligations, &plan.certificate), Ok(plan.total));
    }

    #[test]
    fn k4_balances_stay_and_nothing_grows((parties, obligations) in networks()) {
        let plan = clearing::plan(parties, &obligations).unwrap();
        // `rest` fails where more than outstanding is set off.
        prop_assert_eq!(balances(&obligations), balances(&rest(&obligations, &plan)));
        prop_assert_eq!(plan.total, plan.set_offs.iter().map(|amount| u128::from(amount.minor())).sum::<u128>());
        assert_forest(parties, &obligations, &plan.set_offs);
    }

    #[test]
    fn nothing_more_is_left_to_clear((parties, obligations) in level_networks()) {
        let plan = clearing::plan(parties, &obligations).unwrap();
        assert_forest(parties, &obligations, &plan.set_offs);
        let again = clearing::plan(parties, &rest(&obligations, &plan)).unwrap();
        prop_assert_eq!(again.total, 0);
    }

    #[test]
    fn k3_the_order_of_rows_changes_nothing(
        ((parties, obligations), order) in level_networks().prop_flat_map(|network| {
            let places: Vec<usize> = (0..network.1.len()).collect();
            (Just(network), Just(places).prop_shuffle())
        })
    ) {
        let shuffled: Vec<Obligation> = order.iter().map(|&place| obligations[place]).collect();
        // Rows that agree in everything may change places.
        let sorted = |obligations: &[Obligation]| {
            let plan = clearing::plan(parties, obligations).unwrap();
            let mut rows: Vec<(Obligation, Amount)> = obligations.iter().copied().zip(plan.set_offs).collect();
            rows.sort_unstable();
            (rows, plan.certificate)
        };
        prop_assert_eq!(sorted(&obligations), sorted(&shuffled));
    }

    #[test]
    fn k4_a_plan_tampered_with_fails_the_check(
        (parties, obligations) in networks(), place in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), up in any::<bool>()
    ) {
        prop_assume!(!obligations.is_empty());
        let mut plan = clearing::plan(parties, &obligations).unwrap();
        let row = place.index(obligations.len());
        let amount = plan.set_offs[row].minor();
        plan.set_offs[row] = Amount::from_minor(if up { amount + 1 } else { amount.saturating_sub(1) });
        if plan.set_offs[row].minor() != amount {
            prop_assert!(clearing::verify(parties, &obligations, &plan.set_offs, &plan.certificate).is_err());
        }
        // With a second change that puts balances right, the total is smaller, and that is seen as well.
        let row = other.index(obligations.len());
        let mut less = clearing::plan(parties, &obligations).unwrap();
        for part in clearing::loops(parties, &obligations, &less.set_offs).unwrap() {
            if part.rows.contains(&row) {
                for row in part.rows {
                    less.set_offs[row] = less.set_offs[row].less(Amount::from_minor(1));
                }
                prop_assert!(clearing::settled(parties, &obligations, &less.set_offs).is_ok());
                prop_assert!(clearing::verify(parties, &obligations, &less.set_offs, &less.certificate).is_err());
                break;
            }
        }
    }

    #[test]
    fn loops_are_the_plan((parties, obligations) in level_networks()) {
        let plan = clearing::plan(parties, &obligations).unwrap();
        let mut left: Vec<u64> = plan.set_offs.iter().map(|amount| amount.minor()).collect();
        let loops = clearing::loops(parties, &obligations, &plan.set_offs).unwrap();
        prop_assert!(loops.len() <= left.iter().filter(|amount| **amount > 0).count());
        for part in loops {
            prop_assert!(!part.amount.is_zero() && part.rows.iter().min() == part.rows.first());
            let mut seen = std::collections::BTreeSet::new();
            for (place, &row) in part.rows.iter().enumerate() {
                let next = part.rows[(place + 1) % part.rows.len()];
                prop_assert_eq!(obligations[row].creditor, obligations[next].debtor);
                prop_assert!(seen.insert(obligations[row].debtor));
                left[row] -= part.amount.minor();
            }
        }
        prop_assert!(left.iter().all(|amount| *amount == 0));
    }
}
