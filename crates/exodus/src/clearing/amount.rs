//! Amounts as people write them in files: `1234`, `1234.50`. Whole numbers of the smallest unit that occurs.

use std::fmt;

/// More decimals than money, hours or kilograms have.
pub(super) const MOST_DECIMALS: usize = 18;

/// A decimal number as it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    digits: u64,
    pub(super) decimals: usize,
}

/// Why it is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    Missing,
    Below,
    Comma,
    NotANumber,
    TooManyDecimals,
    TooLarge,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "an amount is missing",
            Self::Below => "an amount below zero: turn debtor and creditor around",
            Self::Comma => "an amount with a comma: write 1234.50",
            Self::NotANumber => "no amount: write it like 1234 or 1234.50",
            Self::TooManyDecimals => "more than 18 decimals",
            Self::TooLarge => "too large, with the decimals that occur in this file",
        })
    }
}

impl Written {
    /// Reads one.
    pub(super) fn parse(text: &str) -> Result<Self, Wrong> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if text.is_empty() {
            return Err(Wrong::Missing);
        }
        if text.starts_with('-') {
            return Err(Wrong::Below);
        }
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || whole.is_empty() || text.ends_with('.') {
            return Err(if text.contains(',') {
                Wrong::Comma
            } else {
                Wrong::NotANumber
            });
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > MOST_DECIMALS {
            return Err(Wrong::TooManyDecimals);
        }
        let digits = whole
            .bytes()
            .chain(decimals.bytes())
            .try_fold(0_u64, |sum, digit| {
                sum.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
            });
        Ok(Self {
            digits: digits.ok_or(Wrong::TooLarge)?,
            decimals: decimals.len(),
        })
    }

    /// In units of the given decimals, which are at least its own.
    pub(super) fn minor(self, decimals: usize) -> Result<u64, Wrong> {
        let more = u32::try_from(decimals.saturating_sub(self.decimals)).unwrap_or(u32::MAX);
        let factor = 10_u64.checked_pow(more).ok_or(Wrong::TooLarge)?;
        self.digits.checked_mul(factor).ok_or(Wrong::TooLarge)
    }
}

/// So many of the smallest unit, as a decimal number.
pub(super) fn write(minor: u128, decimals: usize) -> String {
    let digits = format!("{minor:0>width$}", width = decimals + 1);
    match digits.split_at_checked(digits.len() - decimals) {
        Some((whole, part)) if decimals > 0 => format!("{whole}.{part}"),
        Some(_) | None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_exactly() {
        for (text, decimals, minor) in [
            ("0", 0, 0),
            ("12", 2, 1200),
            ("0.5", 2, 50),
            ("12.50", 1, 125),
            ("007.00", 2, 700),
            ("18446744073709551615", 0, u64::MAX),
            ("184467440737095516.15", 2, u64::MAX),
        ] {
            let written = Written::parse(text).unwrap();
            assert!(written.decimals <= decimals);
            assert_eq!(written.minor(decimals), Ok(minor), "{text}");
        }
        assert_eq!(write(5, 2), "0.05");
        assert_eq!(write(1250, 2), "12.50");
        assert_eq!(write(1250, 0), "1250");
        assert_eq!(write(0, 3), "0.000");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, wrong) in [
            ("", Wrong::Missing),
            ("-1", Wrong::Below),
            ("1,5", Wrong::Comma),
            ("1.", Wrong::NotANumber),
            (".5", Wrong::NotANumber),
            ("1e3", Wrong::NotANumber),
            ("+1", Wrong::NotANumber),
            ("1.2.3", Wrong::NotANumber),
            ("0.1234567890123456789", Wrong::TooManyDecimals),
            ("18446744073709551616", Wrong::TooLarge),
        ] {
            assert_eq!(Written::parse(text).unwrap_err(), wrong, "{text}");
        }
        assert_eq!(
            Written::parse("18446744073709551615").unwrap().minor(2),
            Err(Wrong::TooLarge)
        );
    }
}
