//! Sharing a whole among parts so that the parts add up to it exactly.

use alloc::vec::Vec;

use crate::amount::Amount;

/// Shares `total` in proportion to `weights`, by largest remainder (Hamilton's method): the shares add up to the
/// total exactly, and none differs from its exact proportion by a whole minor unit. Among equal remainders the
/// earlier weight comes first. All zero weights give all zero shares.
///
/// ```
/// use exodus_core::{Amount, apportion};
/// let shares = apportion(Amount::from_minor(100), &[1, 1, 1].map(Amount::from_minor));
/// assert_eq!(shares, [34, 33, 33].map(Amount::from_minor));
/// ```
#[doc(alias("largest remainder", "Hare quota"))]
#[must_use]
pub fn apportion(total: Amount, weights: &[Amount]) -> Vec<Amount> {
    let sum: u128 = weights.iter().map(|weight| u128::from(weight.minor())).sum();
    let product = |weight: &Amount| u128::from(total.minor()).saturating_mul(u128::from(weight.minor()));
    let floor = |weight: &Amount| product(weight).checked_div(sum).unwrap_or(0);
    let remainder = |weight: &Amount| product(weight).checked_rem(sum).unwrap_or(0);
    let mut shares: Vec<u128> = weights.iter().map(floor).collect();
    if sum == 0 {
        return shares.into_iter().map(|_| Amount::ZERO).collect();
    }
    let given: u128 = shares.iter().sum();
    let missing = usize::try_from(u128::from(total.minor()).saturating_sub(given)).unwrap_or(0);
    let mut order: Vec<(usize, u128)> = weights.iter().map(remainder).enumerate().collect();
    order.sort_by_key(|&(place, remainder)| (core::cmp::Reverse(remainder), place));
    for (place, _) in order.into_iter().take(missing) {
        if let Some(share) = shares.get_mut(place) {
            *share = share.saturating_add(1);
        }
    }
    shares
        .into_iter()
        .map(|share| Amount::from_minor(u64::try_from(share).unwrap_or(u64::MAX)))
        .collect()
}
