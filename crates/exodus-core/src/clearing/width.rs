//! How many bits a network's numbers need. Amounts of ordinary size go in 32 bits, which makes the network a quarter
//! smaller; whatever does not fit is worked on in the wide numbers, which hold everything.

use core::{
    fmt::Debug,
    ops::{Add, AddAssign, Neg, Sub, SubAssign},
};

/// A whole number.
pub(super) trait Whole: Copy + Ord + Default + Debug + AddAssign + SubAssign {}
impl<N: Copy + Ord + Default + Debug + AddAssign + SubAssign> Whole for N {}

/// A price or reduced cost.
pub(super) trait Price:
    Whole + Add<Output = Self> + Sub<Output = Self> + Neg<Output = Self> + From<i32> + Into<i64>
{
    /// Below every price.
    const NONE: Self;
    /// Above every reduced cost.
    const ENDLESS: Self;
    /// Prices are never below this, and never above zero, so that no reduced cost overflows.
    const LOWEST: Self;

    /// So many times this; nothing where that is below [`Price::LOWEST`].
    fn times(self, factor: i32) -> Option<Self>;
    /// A part of this, rounded down.
    fn part(self, divisor: i32) -> Self;
}

macro_rules! price {
    ($number:ty) => {
        impl Price for $number {
            const NONE: Self = Self::MIN;
            const ENDLESS: Self = Self::MAX;
            const LOWEST: Self = Self::MIN / 8;

            fn times(self, factor: i32) -> Option<Self> {
                self.checked_mul(Self::from(factor))
                    .filter(|price| *price >= Self::LOWEST)
            }

            fn part(self, divisor: i32) -> Self {
                self.div_euclid(Self::from(divisor))
            }
        }
    };
}
price!(i32);
price!(i64);

/// The numbers of one width.
pub(super) trait Width: Send {
    /// What an arc can carry.
    type Amount: Whole + Send + Into<u64> + TryFrom<u64>;
    /// What came to a node less what left it.
    type Excess: Whole + Send;
    /// A price.
    type Price: Price + Send;

    /// An amount as an excess.
    fn excess(amount: Self::Amount) -> Self::Excess;
    /// The smaller of an excess, which is above zero, and an amount.
    fn at_most(excess: Self::Excess, amount: Self::Amount) -> Self::Amount;
}

/// All that two owe each other fits 32 bits. A node has at most 2²⁹ arcs, so that excesses fit 63.
pub(super) struct Narrow;

impl Width for Narrow {
    type Amount = u32;
    type Excess = i64;
    type Price = i32;

    fn excess(amount: u32) -> i64 {
        i64::from(amount)
    }

    fn at_most(excess: i64, amount: u32) -> u32 {
        u32::try_from(excess).map_or(amount, |excess| excess.min(amount))
    }
}

/// Any `u64`.
pub(super) struct Wide;

impl Width for Wide {
    type Amount = u64;
    type Excess = i128;
    type Price = i64;

    fn excess(amount: u64) -> i128 {
        i128::from(amount)
    }

    fn at_most(excess: i128, amount: u64) -> u64 {
        u64::try_from(excess).map_or(amount, |excess| excess.min(amount))
    }
}
