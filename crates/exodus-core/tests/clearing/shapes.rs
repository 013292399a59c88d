//! Shapes of networks whose largest set-off is known, or compared with the plain implementation.

use std::ops::ControlFlow;

use exodus_core::{
    Amount,
    clearing::{self, Error, Obligation, Parties, Progress},
};

use crate::{owes, plain};

fn total(parties: u32, obligations: &[Obligation]) -> u128 {
    clearing::plan(parties, obligations).unwrap().total
}

#[test]
fn k1_two_who_owe_each_other() {
    assert_eq!(total(2, &[owes(0, 1, 30), owes(1, 0, 50)]), 60);
}

#[test]
fn k3_a_maximum_and_not_merely_some_cycles() {
    // The two-cycle first would leave 0 → 1 used up and gain 2; the long way round gains 4.
    let obligations = [
        owes(0, 1, 1),
        owes(1, 0, 1),
        owes(1, 2, 1),
        owes(2, 3, 1),
        owes(3, 0, 1),
    ];
    let plan = clearing::plan(4, &obligations).unwrap();
    assert_eq!(plan.total, 4);
    assert_eq!(plan.set_offs, [1, 0, 1, 1, 1].map(Amount::from_minor));
}

#[test]
fn k3_among_equals_more_are_closed() {
    // Through 2 or through 3, or half and half: all set off 30 in all, but the last closes only one of three.
    let obligations = [
        owes(0, 1, 10),
        owes(1, 2, 10),
        owes(2, 0, 10),
        owes(1, 3, 10),
        owes(3, 0, 10),
    ];
    let plan = clearing::plan(4, &obligations).unwrap();
    let closed = obligations
        .iter()
        .zip(&plan.set_offs)
        .filter(|(obligation, set_off)| obligation.amount == **set_off);
    assert_eq!((plan.total, closed.count()), (30, 3));
}

#[test]
fn of_parallel_obligations_the_smallest_are_closed_first() {
    let obligations = [owes(0, 1, 50), owes(0, 1, 10), owes(0, 1, 20), owes(1, 0, 35)];
    let plan = clearing::plan(2, &obligations).unwrap();
    assert_eq!(plan.set_offs, [5, 10, 20, 35].map(Amount::from_minor));
}

#[test]
fn obligations_to_oneself_are_closed_and_nothing_stays_nothing() {
    let obligations = [owes(0, 0, 7), owes(0, 1, 0), owes(1, 0, 9), owes(1, 1, 0)];
    let plan = clearing::plan(3, &obligations).unwrap();
    assert_eq!(plan.set_offs, [7, 0, 0, 0].map(Amount::from_minor));
    assert_eq!(clearing::plan(0, &[]).unwrap().total, 0);
    assert_eq!(clearing::plan(5, &[]).unwrap().certificate.levels.len(), 5);
}

#[test]
fn what_leads_out_of_a_part_is_never_set_off() {
    // Two rings and a bridge; and a chain before and after them.
    let obligations = [
        owes(6, 0, 5),
        owes(0, 1, 5),
        owes(1, 2, 4),
        owes(2, 0, 3),
        owes(2, 3, 9),
        owes(3, 4, 2),
        owes(4, 5, 2),
        owes(5, 3, 9),
        owes(5, 7, 1),
    ];
    let plan = clearing::plan(8, &obligations).unwrap();
    assert_eq!(plan.total, 15);
    assert_eq!(plan.set_offs[4], Amount::ZERO);
}

#[test]
fn a_ring_of_two_hundred_thousand_needs_no_stack() {
    let parties = 200_000;
    let mut obligations: Vec<Obligation> = (0..parties)
        .map(|party| owes(party, (party + 1) % parties, 5 + u64::from(party % 7)))
        .collect();
    assert_eq!(total(parties, &obligations), u128::from(parties) * 5);
    // The other way round, and shuffled in number.
    for obligation in &mut obligations {
        (obligation.debtor, obligation.creditor) = (
            (u64::from(obligation.creditor) * 7919 % u64::from(parties)) as u32,
            (u64::from(obligation.debtor) * 7919 % u64::from(parties)) as u32,
        );
    }
    assert_eq!(total(parties, &obligations), u128::from(parties) * 5);
}

#[test]
fn two_rings_side_by_side_with_rungs() {
    // Every rung can take the flow to the other ring and back: long cycles of obligations set off in part.
    let length = 2_000;
    let mut obligations = Vec::new();
    for place in 0..length {
        let next = (place + 1) % length;
        obligations.push(owes(place, next, 10 + u64::from(place % 13)));
        obligations.push(owes(length + place, length + next, 10 + u64::from(place % 11)));
        obligations.push(owes(place, length + place, 3));
        obligations.push(owes(length + place, place, 3));
    }
    let plan = clearing::plan(2 * length, &obligations).unwrap();
    assert_forest(2 * length, &obligations, &plan.set_offs);
}

#[test]
fn a_star_of_two_cycles() {
    let obligations: Vec<Obligation> = (1..=1_000)
        .flat_map(|leaf| [owes(0, leaf, 10), owes(leaf, 0, u64::from(leaf % 20))])
        .collect();
    let expected: u64 = (1..=1_000_u64).map(|leaf| 2 * (leaf % 20).min(10)).sum();
    assert_eq!(total(1_001, &obligations), u128::from(expected));
}

#[test]
fn a_party_from_which_nothing_can_go_on_is_left_alone() {
    // 3 can be reached and left by almost nothing: a path sent there must come back without the price running away.
    let obligations = [
        owes(0, 1, 1_000),
        owes(1, 2, 1_000),
        owes(2, 0, 1_000),
        owes(1, 3, 1_000_000),
        owes(3, 4, 1),
        owes(4, 0, 1_000_000),
        owes(2, 3, 1_000_000),
    ];
    let plan = clearing::plan(5, &obligations).unwrap();
    assert_eq!(plan.total, plain::largest(5, &obligations));
}

#[test]
fn whoever_watches_can_stop_it_and_hears_of_progress() {
    let obligations: Vec<Obligation> = (0..400_u32)
        .map(|row| owes(row % 40, row * 7 % 41, u64::from(row % 90) + 1))
        .collect();
    let stop = |_: Progress| ControlFlow::Break(());
    assert_eq!(
        clearing::plan_watched(41, &obligations, &stop),
        Err(Error::Stopped)
    );
    let seen = std::sync::Mutex::new(Vec::new());
    let watch = |progress: Progress| {
        seen.lock().unwrap().push(progress);
        ControlFlow::Continue(())
    };
    let watched = clearing::plan_watched(41, &obligations, &watch).unwrap();
    assert_eq!(Ok(watched), clearing::plan(41, &obligations));
    let seen = seen.into_inner().unwrap();
    assert!(!seen.is_empty());
    assert!(
        seen.iter()
            .all(|progress| progress.done <= progress.of && progress.of <= 400)
    );
}

#[test]
fn parties_are_numbered_in_their_order() {
    let parties = Parties::new(["Vera", "Anna", "Boris", "Anna"]);
    assert_eq!(parties.count(), 3);
    assert_eq!(parties.number(&"Boris"), Some(1));
    assert_eq!(parties.number(&"Gleb"), None);
    assert_eq!(parties.get(2), Some(&"Vera"));
    assert_eq!(
        parties.iter().copied().collect::<Vec<_>>(),
        ["Anna", "Boris", "Vera"]
    );
}

/// Pairs that are set off in part form no cycle (rule K3, what is promised of it).
pub(crate) fn assert_forest(parties: u32, obligations: &[Obligation], set_offs: &[Amount]) {
    let mut pairs = std::collections::BTreeMap::new();
    for (obligation, set_off) in obligations.iter().zip(set_offs) {
        if obligation.debtor != obligation.creditor {
            let (amount, of) = pairs
                .entry((obligation.debtor, obligation.creditor))
                .or_insert((0_u128, 0_u128));
            *amount += u128::from(set_off.minor());
            *of += u128::from(obligation.amount.minor());
        }
    }
    let mut root: Vec<usize> = (0..parties as usize).collect();
    let find = |root: &mut Vec<usize>, mut party: usize| {
        while root[party] != party {
            root[party] = root[root[party]];
            party = root[party];
        }
        party
    };
    for ((debtor, creditor), (amount, of)) in pairs {
        if 0 < amount && amount < of {
            let (one, other) = (
                find(&mut root, debtor as usize),
                find(&mut root, creditor as usize),
            );
            assert_ne!(
                one, other,
                "{debtor} → {creditor} closes a cycle of obligations set off in part"
            );
            root[one] = other;
        }
    }
}

#[test]
fn many_parts_solved_together_are_as_each_by_itself() {
    // With the feature `parallel` these are worked on side by side.
    let (each, parts) = (40_u32, 60_u32);
    let part = |number: u32| -> Vec<Obligation> {
        (0..each * 8)
            .map(|row| {
                let (debtor, creditor) = (row * 17 + number, row * row + number * 3 + 1);
                let amount = u64::from((row * 31 + number * 7) % 97) + 1;
                owes(debtor % each, creditor % each, amount)
            })
            .collect()
    };
    let all: Vec<Obligation> = (0..parts)
        .flat_map(|number| {
            let shift = number * each;
            part(number).into_iter().map(move |obligation| Obligation {
                debtor: obligation.debtor + shift,
                creditor: obligation.creditor + shift,
                ..obligation
            })
        })
        .collect();
    assert!(all.len() > 15_000);
    let together = clearing::plan(each * parts, &all).unwrap();
    let apart: Vec<Amount> = (0..parts)
        .flat_map(|number| clearing::plan(each, &part(number)).unwrap().set_offs)
        .collect();
    assert_eq!(together.set_offs, apart);
}
