//! Amounts: whole minor units of the community's unit of account, never negative, never floating point.

/// An amount of help, in minor units (cents of a euro, tenths of an hour: as the community's unit says).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct Amount(u64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount one record may carry: 10¹² minor units. Eighteen million such records still add up exactly.
    pub const MAX: Self = Self(1_000_000_000_000);

    /// An amount of so many minor units. Sums may be above [`Amount::MAX`]; single records may not.
    #[must_use]
    pub const fn from_minor(minor: u64) -> Self {
        Self(minor)
    }

    /// Minor units.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.0
    }

    /// Whether this is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This and that together. Saturates, which no ledger of amounts up to [`Amount::MAX`] can reach.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// This less that, never below zero.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// This less that, or nothing when that is more.
    #[must_use]
    pub const fn checked_less(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// How many hundredths of `whole` this is, rounded down, at most 100 unless above the whole.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> u64 {
        let hundredfold = u128::from(self.0).saturating_mul(100);
        let percent = hundredfold.checked_div(u128::from(whole.0)).unwrap_or(0);
        u64::try_from(percent).unwrap_or(u64::MAX)
    }
}

impl core::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}
