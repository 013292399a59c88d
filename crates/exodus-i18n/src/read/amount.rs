//! Amounts: `50`, `50,00`, `1 000`, `1,000.50`, `€50`, `50 евро`.
//!
//! Invariant: an input has one reading or none. `1.234` is a thousand to some and one and a bit to others, so it is refused
//! unless the unit has three decimals.

use super::words::{WORDS, plain};
use crate::{Unit, read::fold};

/// The largest amount anybody may type, in minor units.
const LIMIT: u64 = 1_000_000_000_000;

/// Why an input is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// It is nothing at all.
    #[error("zero")]
    Zero,
    /// It is less than nothing.
    #[error("less than zero")]
    Negative,
    /// It is no number, or one that could be read in two ways.
    #[error("not a number")]
    NotANumber,
    /// It names another unit than the community counts in.
    #[error("in another unit")]
    OtherUnit,
    /// It has more digits after the decimal sign than the unit; `1.234` and `1,234` are of these, for they may mean 1234.
    #[error("more than {decimals} decimals")]
    TooManyDecimals {
        /// How many the unit has.
        decimals: u8,
    },
    /// It is more than anybody could mean.
    #[error("too large")]
    TooLarge,
}

/// Reads an amount, in minor units of `unit`.
///
/// # Errors
/// [`AmountError`] says why it cannot be read; it is never zero and never above 10^12.
pub fn amount(input: &str, unit: &Unit) -> Result<u64, AmountError> {
    if input.trim().is_empty() {
        return Err(AmountError::Empty);
    }
    let text = plain(input).ok_or(AmountError::NotANumber)?;
    let (before, number, after) = around(&text).ok_or(AmountError::NotANumber)?;
    let (negative, before) = without_minus(before);
    // `руб.50` is not 0.50.
    if number.starts_with(['.', ',']) && before.chars().any(char::is_alphabetic) {
        return Err(AmountError::NotANumber);
    }
    for word in [before.as_str(), after] {
        named(word, unit)?;
    }
    let minor = minor_units(number, unit.decimals)?;
    match minor {
        0 => Err(AmountError::Zero),
        _ if negative => Err(AmountError::Negative),
        _ => Ok(minor),
    }
}

/// What stands before the number, the number with its separators, what stands after it.
fn around(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())?.checked_add(1)?;
    let (before, rest) = text.split_at_checked(first)?;
    let after = text.get(end..)?;
    let number = rest.get(..end.checked_sub(first)?)?;
    match before.strip_suffix(['.', ',']) {
        Some(before) => Some((before, text.get(before.len()..end)?, after)),
        None => Some((before, number, after)),
    }
}

/// A minus may stand before the sign of the unit or after it.
fn without_minus(before: &str) -> (bool, String) {
    let minus = |c: char| matches!(c, '-' | '\u{2212}' | '\u{2013}');
    let trimmed = before.trim();
    let rest = trimmed
        .strip_prefix(minus)
        .or_else(|| trimmed.strip_suffix(minus));
    let negative = rest.is_some();
    (
        negative,
        rest.unwrap_or(trimmed.trim_matches('+')).trim().to_owned(),
    )
}

/// Nothing, or the unit.
fn named(word: &str, unit: &Unit) -> Result<(), AmountError> {
    let folded = fold(word);
    let word = folded.trim_end_matches(['.', ',']).trim();
    if word.is_empty() || WORDS.names_unit(word, unit) {
        Ok(())
    } else if WORDS.names_any_unit(word) {
        Err(AmountError::OtherUnit)
    } else {
        Err(AmountError::NotANumber)
    }
}

/// A number of ASCII digits with separators between them.
fn minor_units(number: &str, decimals: u8) -> Result<u64, AmountError> {
    // Arabic's own separators say which they are; so do spaces and apostrophes.
    let number = number
        .replace('\u{66B}', ".")
        .replace(['\'', '\u{2019}', '\u{66C}'], " ");
    let (whole, fraction) = parts(&number)?;
    let whole = ungrouped(whole)?;
    let wanted = usize::from(decimals);
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    if fraction.len() > wanted || may_be_group(&number, fraction) {
        return Err(AmountError::TooManyDecimals { decimals });
    }
    let digits = format!("{whole}{fraction:0<wanted$}");
    match digits.trim_start_matches('0') {
        "" => Ok(0),
        digits => digits
            .parse()
            .ok()
            .filter(|minor| *minor <= LIMIT)
            .ok_or(AmountError::TooLarge),
    }
}

/// The whole part with its groups, and the decimals without their sign.
fn parts(number: &str) -> Result<(&str, &str), AmountError> {
    let count = |sign: char| number.matches(sign).count();
    let (dots, commas) = (count('.'), count(','));
    let Some((whole, fraction)) = number.rsplit_once(['.', ',']) else {
        return Ok((number, ""));
    };
    match (dots, commas) {
        // The only sign is the decimal one; signs of two kinds, and the last is of its own.
        (1, 0) | (0, 1) => Ok((whole, fraction)),
        (dots, commas) if dots > 0 && commas > 0 => {
            let last = if number.rfind('.') > number.rfind(',') {
                dots
            } else {
                commas
            };
            if last == 1 {
                Ok((whole, fraction))
            } else {
                Err(AmountError::NotANumber)
            }
        }
        // Several of a kind part groups.
        _ => Ok((number, "")),
    }
}

/// `1,234` of a unit with three decimals may be a thousand, and `0,234` may not. A dot, or a group before, leaves no doubt.
fn may_be_group(number: &str, fraction: &str) -> bool {
    let plain_whole = number.split_once(',').map(|(whole, _)| whole);
    fraction.len() == 3
        && plain_whole.is_some_and(|whole| {
            !whole.starts_with('0')
                && (1..=3).contains(&whole.len())
                && whole.chars().all(|c| c.is_ascii_digit())
        })
}

/// Digits of the whole part: one sign between groups, three digits in each but the first.
fn ungrouped(whole: &str) -> Result<String, AmountError> {
    let Some(sign) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok(whole.to_owned());
    };
    let mut groups = whole.split(sign);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
    let sound = matches!(sign, ' ' | '.' | ',')
        && (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    if sound {
        Ok(whole.replace(sign, ""))
    } else {
        Err(AmountError::NotANumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str) -> Unit {
        Unit::iso(code).expect("a known code")
    }

    #[test]
    fn what_people_type() {
        for (input, minor) in [
            ("50", 5000),
            (" 50 ", 5000),
            ("50.00", 5000),
            ("50,00", 5000),
            ("50,5", 5050),
            ("0.05", 5),
            (".50", 50),
            ("50.", 5000),
            ("050", 5000),
            ("+50", 5000),
            ("1000", 100_000),
            ("1 000", 100_000),
            ("1\u{a0}000", 100_000),
            ("1\u{202f}000", 100_000),
            ("1\u{2009}000,50", 100_050),
            ("1'000", 100_000),
            ("1’000.50", 100_050),
            ("1,000.50", 100_050),
            ("1.000,50", 100_050),
            ("1,000,000", 100_000_000),
            ("1.000.000", 100_000_000),
            ("1 000 000,5", 100_000_050),
            ("1,000,000.50", 100_000_050),
            ("€50", 5000),
            ("€ 50", 5000),
            ("€.50", 50),
            ("50€", 5000),
            ("50 €", 5000),
            ("50 EUR", 5000),
            ("eur 50", 5000),
            ("50 евро", 5000),
            ("50 Евро.", 5000),
            ("50 euros", 5000),
            ("50 euro", 5000),
            ("€50 EUR", 5000),
            ("\u{200e}50\u{200e} €", 5000),
            ("\u{665}\u{660}", 5000),
            ("\u{665}\u{660}\u{66b}\u{665}", 5050),
            ("\u{ff15}\u{ff10}", 5000),
            ("10000000000", 1_000_000_000_000),
        ] {
            assert_eq!(amount(input, &Unit::eur()), Ok(minor), "{input:?}");
        }
    }

    #[test]
    fn what_cannot_be_meant() {
        use AmountError::{Empty, Negative, NotANumber, OtherUnit, TooLarge, Zero};
        let too_many = AmountError::TooManyDecimals { decimals: 2 };
        let huge = format!("1{}", "0".repeat(30));
        for (input, error) in [
            ("", Empty),
            (" \u{a0}\n", Empty),
            ("0", Zero),
            ("0,00", Zero),
            ("€0", Zero),
            ("-0", Zero),
            ("-5", Negative),
            ("\u{2212}5", Negative),
            ("-€5", Negative),
            ("€-5", Negative),
            ("fifty", NotANumber),
            ("пятьдесят", NotANumber),
            ("€", NotANumber),
            ("50k", NotANumber),
            ("50%", NotANumber),
            ("50 or 60", NotANumber),
            ("50-60", NotANumber),
            ("50-", NotANumber),
            ("5 0", NotANumber),
            ("1 00", NotANumber),
            ("1  000", NotANumber),
            ("1000 000", NotANumber),
            ("1,00,000", NotANumber),
            ("1.000,000,000", NotANumber),
            ("1 000.000,00", NotANumber),
            ("1,5,5", NotANumber),
            ("5..5", NotANumber),
            ("1e30", NotANumber),
            ("0x50", NotANumber),
            ("½", NotANumber),
            ("5²", NotANumber),
            ("руб.50", NotANumber),
            ("--5", NotANumber),
            ("NaN", NotANumber),
            ("1.234", too_many),
            ("1,234", too_many),
            ("0.001", too_many),
            ("50.001", too_many),
            ("1,000.505", too_many),
            ("1 000.505", too_many),
            ("50 $", OtherUnit),
            ("50 рублей", OtherUnit),
            ("50 USD", OtherUnit),
            ("50 hours", OtherUnit),
            ("10000000000.01", TooLarge),
            (huge.as_str(), TooLarge),
        ] {
            assert_eq!(amount(input, &Unit::eur()), Err(error), "{input:?}");
        }
    }

    #[test]
    fn other_units_have_other_decimals() {
        assert_eq!(amount("5000", &unit("JPY")), Ok(5000));
        assert_eq!(amount("¥5 000", &unit("JPY")), Ok(5000));
        assert_eq!(
            amount("5,000", &unit("JPY")),
            Err(AmountError::TooManyDecimals { decimals: 0 })
        );
        assert_eq!(amount("1.234", &unit("KWD")), Ok(1234));
        assert_eq!(amount("0,234", &unit("KWD")), Ok(234));
        assert_eq!(
            amount("1,234", &unit("KWD")),
            Err(AmountError::TooManyDecimals { decimals: 3 })
        );
        assert_eq!(amount("1 000,234", &unit("KWD")), Ok(1_000_234));
        let hours = Unit::custom("h", "ч", 1);
        for input in ["3.5 h", "3,5ч", "3,5 часа", "3.5 hours"] {
            assert_eq!(amount(input, &hours), Ok(35), "{input}");
        }
        assert_eq!(
            amount("3.25", &hours),
            Err(AmountError::TooManyDecimals { decimals: 1 })
        );
        assert_eq!(amount("50 руб.", &unit("RUB")), Ok(5000));
        assert_eq!(amount("$1,000.50", &unit("USD")), Ok(100_050));
        assert_eq!(amount("$50", &unit("AUD")), Ok(5000));
        assert_eq!(amount("A$50", &unit("AUD")), Ok(5000));
        assert_eq!(amount("A$50", &unit("USD")), Err(AmountError::OtherUnit));
        assert_eq!(amount("CHF 1’000.50", &unit("CHF")), Ok(100_050));
        let fine = Unit::custom("x", "x", 255);
        assert_eq!(amount("1", &fine), Err(AmountError::TooLarge));
    }
}
