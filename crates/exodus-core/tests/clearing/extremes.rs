//! The largest and smallest numbers there are, and what is refused.

use exodus_core::{
    Amount,
    clearing::{self, Error, Flaw, MOST_PARTIES, Obligation},
};

use crate::{owes, plain};

#[test]
fn the_largest_amounts_are_exact() {
    for most in [
        u64::MAX,
        i64::MAX as u64,
        i64::MAX as u64 + 1,
        u64::from(u32::MAX),
        u64::from(u32::MAX) + 1,
    ] {
        let ring = [owes(0, 1, most), owes(1, 2, most), owes(2, 0, most)];
        assert_eq!(clearing::plan(3, &ring).unwrap().total, 3 * u128::from(most));
        // What one party owes is far beyond 64 bits.
        let hub: Vec<Obligation> = (1..=50)
            .flat_map(|leaf| [owes(0, leaf, most), owes(leaf, 0, most - 1)])
            .collect();
        assert_eq!(
            clearing::plan(51, &hub).unwrap().total,
            100 * u128::from(most - 1)
        );
    }
}

#[test]
fn huge_and_tiny_amounts_beside_each_other() {
    let amounts = [
        1,
        u64::MAX,
        2,
        i64::MAX as u64,
        3,
        u64::from(u32::MAX) + 5,
        1 << 40,
    ];
    for shift in 0..amounts.len() {
        let obligations: Vec<Obligation> = (0..6_u32)
            .flat_map(|debtor| (0..6_u32).map(move |creditor| (debtor, creditor)))
            .filter(|(debtor, creditor)| debtor != creditor)
            .enumerate()
            .map(|(row, (debtor, creditor))| {
                owes(debtor, creditor, amounts[(row * 5 + shift) % amounts.len()])
            })
            .collect();
        assert_eq!(
            clearing::plan(6, &obligations).unwrap().total,
            plain::largest(6, &obligations)
        );
    }
}

#[test]
fn together_small_amounts_need_wide_numbers() {
    let most = u64::from(u32::MAX);
    let obligations = [
        owes(0, 1, most),
        owes(0, 1, most),
        owes(1, 0, most),
        owes(1, 0, 7),
    ];
    let plan = clearing::plan(2, &obligations).unwrap();
    assert_eq!(plan.total, 2 * u128::from(most + 7));
    assert_eq!(plan.set_offs, [most, 7, most, 7].map(Amount::from_minor));
}

#[test]
fn a_pair_beyond_64_bits_is_refused_where_it_matters() {
    let obligations = [owes(0, 1, u64::MAX), owes(0, 1, 1), owes(1, 0, 5)];
    assert_eq!(
        clearing::plan(2, &obligations),
        Err(Error::PairTooLarge {
            debtor: 0,
            creditor: 1
        })
    );
    // Nothing comes back from 1: nothing can be set off, whatever they owe.
    assert_eq!(clearing::plan(2, &obligations[..2]).unwrap().total, 0);
}

#[test]
fn who_does_not_exist_and_what_is_too_much_is_refused() {
    let missing = [owes(0, 1, 1), owes(1, 2, 1)];
    assert_eq!(
        clearing::plan(2, &missing),
        Err(Error::NoSuchParty {
            row: 1,
            party: 2,
            parties: 2
        })
    );
    assert_eq!(clearing::plan(MOST_PARTIES + 1, &[]), Err(Error::TooMany));
}

#[test]
fn k4_the_check_says_what_is_wrong() {
    let obligations = [owes(0, 1, 5), owes(1, 0, 5), owes(1, 2, 5)];
    let plan = clearing::plan(3, &obligations).unwrap();
    let check = |set_offs: &[u64]| {
        let set_offs: Vec<Amount> = set_offs.iter().copied().map(Amount::from_minor).collect();
        clearing::verify(3, &obligations, &set_offs, &plan.certificate)
    };
    assert_eq!(check(&[5, 5, 0]), Ok(10));
    assert_eq!(check(&[5, 5]), Err(Flaw::Length));
    assert_eq!(check(&[6, 6, 0]), Err(Flaw::AboveOutstanding { row: 0 }));
    assert_eq!(check(&[5, 4, 0]), Err(Flaw::Unbalanced { party: 0 }));
    assert_eq!(check(&[5, 4, 1]), Err(Flaw::Unbalanced { party: 0 }));
    assert_eq!(check(&[4, 4, 0]), Err(Flaw::NotProved { row: 0 }));
    assert_eq!(
        clearing::verify(2, &obligations[..2], &plan.set_offs[..2], &Default::default()),
        Err(Flaw::Parties)
    );
    assert_eq!(
        clearing::verify(2, &obligations, &plan.set_offs, &plan.certificate),
        Err(Flaw::Parties)
    );
    assert_eq!(clearing::bound(&obligations, &plan.certificate), Ok(10));
}
