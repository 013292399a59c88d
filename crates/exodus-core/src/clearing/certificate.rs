//! The check of a plan: short, and apart from everything that finds plans.
//!
//! Why it is enough (linear programming duality; the dual is the *agony* of Gupte et al. 2011, WWW): give every party a
//! level. Along any closed chain the levels rise as much as they fall, so the rises sum up to nothing, and a unit set
//! off on an obligation whose level rises by `r` is worth `1 − r` without changing any total. Of that, an obligation
//! yields at most `amount × max(0, 1 − r)`: their sum is a [`bound`] on every possible set-off. A plan reaches it when
//! whatever still owes something rises by at least one, and whatever is set off rises by at most one.

use alloc::vec::Vec;

use super::Obligation;
use crate::Amount;

/// A level for every party, which proves that a plan is the largest.
#[doc(alias("potentials", "dual solution", "prices"))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// By party.
    pub levels: Vec<i64>,
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// There is not exactly one set-off for each obligation.
    #[error("there are not as many set-offs as obligations")]
    Length,
    /// There is not exactly one level for each party, or an obligation names a party that there is not.
    #[error("there are not as many levels as parties")]
    Parties,
    /// An obligation would be reduced by more than is outstanding.
    #[error("obligation {row} would be reduced by more than is outstanding")]
    AboveOutstanding {
        /// Which, from 0.
        row: usize,
    },
    /// The reductions of what a party owes and of what it is owed differ: its balance would change.
    #[error("the balance of party {party} would change")]
    Unbalanced {
        /// Who.
        party: u32,
    },
    /// The levels do not prove that nothing more can be set off.
    #[error("obligation {row} does not agree with the levels: the total is not shown to be the largest")]
    NotProved {
        /// Where, from 0.
        row: usize,
    },
}

/// Checks that nothing is reduced below zero and nobody's balance changes (rule K4), and gives the total.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn settled(parties: u32, obligations: &[Obligation], set_offs: &[Amount]) -> Result<u128, Flaw> {
    if obligations.len() != set_offs.len() {
        return Err(Flaw::Length);
    }
    let mut balances: Vec<i128> = alloc::vec![0; usize::try_from(parties).unwrap_or(usize::MAX)];
    let mut total: u128 = 0;
    for (row, (obligation, set_off)) in obligations.iter().zip(set_offs).enumerate() {
        if *set_off > obligation.amount {
            return Err(Flaw::AboveOutstanding { row });
        }
        total = total.saturating_add(u128::from(set_off.minor()));
        for (party, change) in [
            (obligation.debtor, i128::from(set_off.minor())),
            (obligation.creditor, i128::from(set_off.minor()).saturating_neg()),
        ] {
            let balance = at(&mut balances, party).ok_or(Flaw::Parties)?;
            *balance = balance.saturating_add(change);
        }
    }
    match (0..).zip(&balances).find(|(_, balance)| **balance != 0) {
        Some((party, _)) => Err(Flaw::Unbalanced { party }),
        None => Ok(total),
    }
}

/// Checks a plan and its certificate: that it is in order ([`settled`]) and the largest there is. Gives the total.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn verify(
    parties: u32,
    obligations: &[Obligation],
    set_offs: &[Amount],
    certificate: &Certificate,
) -> Result<u128, Flaw> {
    let total = settled(parties, obligations, set_offs)?;
    for (row, (obligation, set_off)) in obligations.iter().zip(set_offs).enumerate() {
        let rise = certificate.rise(obligation).ok_or(Flaw::Parties)?;
        let owes_still = *set_off < obligation.amount;
        let is_set_off = *set_off > Amount::ZERO;
        if (owes_still && rise < 1) || (is_set_off && rise > 1) {
            return Err(Flaw::NotProved { row });
        }
    }
    Ok(total)
}

/// What no set-off can be above, whoever finds it: equal to the total of a plan that the certificate proves.
///
/// # Errors
/// [`Flaw::Parties`].
#[doc(alias("dual value", "agony"))]
pub fn bound(obligations: &[Obligation], certificate: &Certificate) -> Result<u128, Flaw> {
    obligations.iter().try_fold(0_u128, |sum, obligation| {
        let rise = certificate.rise(obligation).ok_or(Flaw::Parties)?;
        let worth = u128::try_from(1_i128.saturating_sub(rise)).unwrap_or(0);
        Ok(sum.saturating_add(worth.saturating_mul(u128::from(obligation.amount.minor()))))
    })
}

impl Certificate {
    /// By how much the level rises from debtor to creditor.
    fn rise(&self, obligation: &Obligation) -> Option<i128> {
        let level = |party: u32| self.levels.get(usize::try_from(party).ok()?).copied();
        let (from, to) = (level(obligation.debtor)?, level(obligation.creditor)?);
        Some(i128::from(to).saturating_sub(i128::from(from)))
    }
}

fn at<T>(list: &mut [T], party: u32) -> Option<&mut T> {
    list.get_mut(usize::try_from(party).ok()?)
}
