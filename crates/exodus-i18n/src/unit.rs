//! Units of account: what amounts are counted in. Money by ISO 4217, or whatever a community agreed on, such as hours.

use serde::{Deserialize, Serialize};

/// A unit of account. Amounts are whole numbers of its minor unit everywhere; only here it is known how many make one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[doc(alias = "currency")]
pub struct Unit {
    /// ISO 4217 code, or a word of the community's own.
    pub code: String,
    /// What stands beside the number: `€`, `h`.
    pub sign: String,
    /// Digits after the decimal sign: 2 means that 100 minor units make one.
    pub decimals: u8,
}

/// A second unit in which a member likes to see amounts: for information, nothing is ever counted in it.
///
/// One whole community unit is `numerator / denominator` whole units of [`Also::unit`]: 1 € = 1.08 $ is 108 / 100, whatever
/// the two units' decimals are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "display currency")]
pub struct Also {
    /// The unit to show.
    pub unit: Unit,
    /// The rate's numerator.
    pub numerator: u64,
    /// The rate's denominator; with 0 nothing is shown.
    pub denominator: u64,
}

/// How a sign stands by its number; a language decides by it in `format-amount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `€`, `A$`.
    Symbol,
    /// `CHF`.
    Code,
    /// `h`, `zł`.
    Word,
}

impl Shape {
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Symbol => "symbol",
            Self::Code => "code",
            Self::Word => "word",
        }
    }
}

/// Code, sign, decimals.
const MONEY: &[(&str, &str, u8)] = &[
    ("AED", "AED", 2),
    ("AMD", "֏", 2),
    ("ARS", "ARS", 2),
    ("AUD", "A$", 2),
    ("AZN", "₼", 2),
    ("BAM", "KM", 2),
    ("BDT", "৳", 2),
    ("BGN", "лв", 2),
    ("BHD", "BHD", 3),
    ("BRL", "R$", 2),
    ("BYN", "Br", 2),
    ("CAD", "C$", 2),
    ("CHF", "CHF", 2),
    ("CLP", "CLP", 0),
    ("CNY", "CN¥", 2),
    ("COP", "COP", 2),
    ("CZK", "Kč", 2),
    ("DKK", "kr", 2),
    ("EGP", "EGP", 2),
    ("EUR", "€", 2),
    ("GBP", "£", 2),
    ("GEL", "₾", 2),
    ("HKD", "HK$", 2),
    ("HUF", "Ft", 2),
    ("IDR", "Rp", 2),
    ("ILS", "₪", 2),
    ("INR", "₹", 2),
    ("IQD", "IQD", 3),
    ("IRR", "IRR", 2),
    ("ISK", "ISK", 0),
    ("JOD", "JOD", 3),
    ("JPY", "¥", 0),
    ("KES", "KES", 2),
    ("KGS", "KGS", 2),
    ("KRW", "₩", 0),
    ("KWD", "KWD", 3),
    ("KZT", "₸", 2),
    ("LBP", "LBP", 2),
    ("LYD", "LYD", 3),
    ("MAD", "MAD", 2),
    ("MDL", "MDL", 2),
    ("MKD", "MKD", 2),
    ("MNT", "₮", 2),
    ("MXN", "MX$", 2),
    ("MYR", "RM", 2),
    ("NGN", "₦", 2),
    ("NOK", "kr", 2),
    ("NZD", "NZ$", 2),
    ("OMR", "OMR", 3),
    ("PEN", "PEN", 2),
    ("PHP", "₱", 2),
    ("PKR", "PKR", 2),
    ("PLN", "zł", 2),
    ("PYG", "₲", 0),
    ("QAR", "QAR", 2),
    ("RON", "lei", 2),
    ("RSD", "RSD", 2),
    ("RUB", "₽", 2),
    ("SAR", "SAR", 2),
    ("SEK", "kr", 2),
    ("SGD", "S$", 2),
    ("THB", "฿", 2),
    ("TJS", "TJS", 2),
    ("TMT", "TMT", 2),
    ("TND", "TND", 3),
    ("TRY", "₺", 2),
    ("TWD", "NT$", 2),
    ("UAH", "₴", 2),
    ("UGX", "UGX", 0),
    ("USD", "$", 2),
    ("UZS", "UZS", 2),
    ("VND", "₫", 0),
    ("XAF", "FCFA", 0),
    ("XOF", "CFA", 0),
    ("ZAR", "R", 2),
];

impl Unit {
    /// A unit of a community's own: `Unit::custom("h", "h", 1)` counts hours in tenths.
    pub fn custom(code: impl Into<String>, sign: impl Into<String>, decimals: u8) -> Self {
        Self {
            code: code.into(),
            sign: sign.into(),
            decimals,
        }
    }

    /// The euro.
    #[must_use]
    pub fn eur() -> Self {
        Self::custom("EUR", "€", 2)
    }

    /// A currency by its ISO 4217 code, whatever its case; `None` if we do not know its sign and decimals.
    #[must_use]
    pub fn iso(code: &str) -> Option<Self> {
        let known = MONEY
            .iter()
            .find(|(known, ..)| known.eq_ignore_ascii_case(code.trim()));
        known.map(|&(code, sign, decimals)| Self::custom(code, sign, decimals))
    }

    /// Every currency [`Unit::iso`] knows, in the order of codes.
    pub fn known() -> impl Iterator<Item = Self> {
        MONEY
            .iter()
            .map(|&(code, sign, decimals)| Self::custom(code, sign, decimals))
    }

    /// How many minor units make one. Above 18 decimals it would not fit; nobody counts so finely.
    #[must_use]
    pub fn scale(&self) -> u64 {
        10_u64.pow(u32::from(self.decimals.min(18)))
    }

    pub(crate) fn shape(&self) -> Shape {
        let last = self.sign.chars().last();
        if last.is_some_and(|c| {
            matches!(
                c,
                '$' | '£' | '¤' | '¥' | '֏' | '৳' | '฿' | '\u{20A0}'..='\u{20CF}'
            )
        }) {
            Shape::Symbol
        } else if self.sign == self.code
            && self.code.len() == 3
            && self.code.chars().all(|c| c.is_ascii_uppercase())
        {
            Shape::Code
        } else {
            Shape::Word
        }
    }
}

impl Default for Unit {
    fn default() -> Self {
        Self::eur()
    }
}

impl Also {
    /// `minor` units of `from`, in minor units of [`Also::unit`], rounded to the nearest. `None` if there is no rate or the
    /// result is too large to mean anything.
    #[must_use]
    pub fn convert(&self, minor: u64, from: &Unit) -> Option<u64> {
        let numerator = u128::from(minor)
            .checked_mul(u128::from(self.numerator))?
            .checked_mul(u128::from(self.unit.scale()))?;
        let denominator = u128::from(self.denominator).checked_mul(u128::from(from.scale()))?;
        let rounded = numerator.checked_add(denominator / 2)?.checked_div(denominator)?;
        u64::try_from(rounded).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(code: &str) -> Unit {
        Unit::iso(code).expect("a known code")
    }

    #[test]
    fn currencies_know_their_decimals() {
        assert_eq!(iso("usd"), Unit::custom("USD", "$", 2));
        assert_eq!(iso("JPY").decimals, 0);
        assert_eq!(iso("KWD").decimals, 3);
        assert_eq!(iso("EUR"), Unit::default());
        assert_eq!(Unit::iso("XXX"), None);
        assert!(MONEY.is_sorted());
    }

    #[test]
    fn signs_have_shapes() {
        for (unit, shape) in [
            (iso("EUR"), Shape::Symbol),
            (iso("AUD"), Shape::Symbol),
            (iso("RUB"), Shape::Symbol),
            (iso("CHF"), Shape::Code),
            (iso("PLN"), Shape::Word),
            (Unit::custom("h", "h", 1), Shape::Word),
            (Unit::custom("", "", 0), Shape::Word),
        ] {
            assert_eq!(unit.shape(), shape, "{unit:?}");
        }
    }

    #[test]
    fn conversion_is_by_whole_units() {
        let dollars = Also {
            unit: iso("USD"),
            numerator: 108,
            denominator: 100,
        };
        assert_eq!(dollars.convert(5000, &Unit::eur()), Some(5400));
        let yen = Also {
            unit: iso("JPY"),
            numerator: 160,
            denominator: 1,
        };
        assert_eq!(yen.convert(5000, &Unit::eur()), Some(8000));
        let thirds = Also {
            unit: iso("USD"),
            numerator: 1,
            denominator: 3,
        };
        assert_eq!(thirds.convert(50, &Unit::eur()), Some(17));
        let nothing = Also {
            unit: iso("USD"),
            numerator: 1,
            denominator: 0,
        };
        assert_eq!(nothing.convert(5000, &Unit::eur()), None);
        let vast = Also {
            unit: iso("USD"),
            numerator: u64::MAX,
            denominator: 1,
        };
        assert_eq!(vast.convert(u64::MAX, &Unit::eur()), None);
    }
}
