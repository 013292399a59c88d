//! The words dates and amounts are read by, gathered from all languages.

use std::{collections::BTreeMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentValue};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::fold;
use crate::{Catalogue, Lang, Unit};

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::gather);

/// Words in folded form, see [`fold`].
pub(super) struct Words {
    pub(super) yesterday: Vec<String>,
    pub(super) today: Vec<String>,
    pub(super) tomorrow: Vec<String>,
    pub(super) after_tomorrow: Vec<String>,
    pub(super) within: Vec<String>,
    pub(super) one: Vec<String>,
    pub(super) day: Vec<String>,
    pub(super) week: Vec<String>,
    pub(super) month: Vec<String>,
    pub(super) ordinal: Vec<String>,
    pub(super) filler: Vec<String>,
    pub(super) before_noon: Vec<String>,
    pub(super) after_noon: Vec<String>,
    /// Names of months with their numbers, 1 to 12.
    pub(super) months: Vec<(String, i8)>,
    /// Words of units by their folded codes.
    units: BTreeMap<String, Vec<String>>,
}

impl Words {
    fn gather() -> Self {
        let months = (1..=12_i8).flat_map(|month| {
            let args: FluentArgs<'_> = [("month", FluentValue::from(f64::from(month)))]
                .into_iter()
                .collect();
            let names = ["format-month-dated", "format-month-alone"].map(|id| said(id, &args));
            names.into_iter().flatten().map(move |name| (fold(&name), month))
        });
        let ids = Lang::all().flat_map(|lang| Catalogue::of(lang).messages().keys());
        let codes = ids.filter_map(|id| id.strip_prefix("read-unit-"));
        let units = codes
            .map(|code| (fold(code), list(&format!("read-unit-{code}"))))
            .collect();
        Self {
            yesterday: list("read-yesterday"),
            today: list("read-today"),
            tomorrow: list("read-tomorrow"),
            after_tomorrow: list("read-after-tomorrow"),
            within: list("read-in"),
            one: list("read-one"),
            day: list("read-day"),
            week: list("read-week"),
            month: list("read-month"),
            ordinal: list("read-ordinal"),
            filler: list("read-filler"),
            before_noon: list("read-before-noon"),
            after_noon: list("read-after-noon"),
            months: months.collect(),
            units,
        }
    }

    /// Whether this folded word names the unit: its code, its sign or what is special of it (`$` of `A$`), or a word for it.
    pub(super) fn names_unit(&self, word: &str, unit: &Unit) -> bool {
        let (code, sign) = (fold(&unit.code), fold(&unit.sign));
        let special = sign.trim_start_matches(char::is_alphabetic);
        !word.is_empty()
            && (word == code
                || word == sign
                || word == special
                || self
                    .units
                    .get(&code)
                    .is_some_and(|words| words.iter().any(|known| known == word)))
    }

    /// Whether this folded word names some unit that we know.
    pub(super) fn names_any_unit(&self, word: &str) -> bool {
        self.units.values().flatten().any(|known| known == word)
            || Unit::known().any(|unit| self.names_unit(word, &unit))
    }
}

/// What a message says in every language.
fn said(id: &str, args: &FluentArgs<'_>) -> Vec<String> {
    Lang::all()
        .filter_map(|lang| Catalogue::of(lang).format(id, args))
        .collect()
}

/// The words of a list in every language.
fn list(id: &str) -> Vec<String> {
    let lists = said(id, &FluentArgs::new());
    lists
        .iter()
        .flat_map(|list| list.split(','))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Zeros of the decimal digits people have on their keyboards.
const ZEROS: [char; 12] = [
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{BE6}', '\u{C66}',
    '\u{CE6}', '\u{E50}', '\u{FF10}',
];

/// Input with plain digits, plain spaces and plain letters, without invisible characters. `None` if there are numerals in it
/// that are no plain digits: `½`, `5²` must not become 1/2 or 52.
pub(super) fn plain(input: &str) -> Option<String> {
    let mut text = String::with_capacity(input.len());
    for c in input.chars() {
        if let Some(digit) = digit(c) {
            text.push(digit);
        } else if c.is_numeric() {
            return None;
        } else if c.is_whitespace() {
            text.push(' ');
        } else if !matches!(
            c.general_category(),
            GeneralCategory::Format | GeneralCategory::Control
        ) {
            text.push(c);
        }
    }
    Some(text.nfkc().collect::<String>().trim().to_owned())
}

fn digit(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c)
            .checked_sub(u32::from(zero))
            .filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_languages_are_heard() {
        for word in ["завтра", "tomorrow"] {
            assert!(WORDS.tomorrow.iter().any(|known| known == word));
        }
        assert_eq!(WORDS.months.len(), 12 * 2 * Lang::all().count());
        assert!(WORDS.names_unit("евро", &Unit::eur()) && WORDS.names_unit("€", &Unit::eur()));
        assert!(WORDS.names_unit("часа", &Unit::custom("h", "ч", 1)));
        assert!(
            !WORDS.names_unit("$", &Unit::eur()) && WORDS.names_any_unit("$") && !WORDS.names_any_unit("x")
        );
    }

    #[test]
    fn digits_become_plain() {
        assert_eq!(
            plain(" \u{661}\u{662}\u{a0}\u{ff13}\u{200e}a ").as_deref(),
            Some("12 3a")
        );
        for odd in ["½", "5²", "①", "Ⅷ"] {
            assert_eq!(plain(odd), None, "{odd}");
        }
    }
}
