//! Clearing, rules K1, K3, K4 and K9: against a plain implementation that is obviously right, and its properties.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests look at what they made"
)]

mod again;
mod extremes;
mod plain;
mod properties;
mod shapes;

use exodus_core::{
    Amount,
    clearing::{Obligation, Plan},
};

/// What one owes another.
fn owes(debtor: u32, creditor: u32, amount: u64) -> Obligation {
    Obligation {
        debtor,
        creditor,
        amount: Amount::from_minor(amount),
    }
}

/// What is left of obligations after a plan.
fn rest(obligations: &[Obligation], plan: &Plan) -> Vec<Obligation> {
    obligations
        .iter()
        .zip(&plan.set_offs)
        .map(|(obligation, set_off)| Obligation {
            amount: obligation.amount.checked_less(*set_off).unwrap(),
            ..*obligation
        })
        .collect()
}
