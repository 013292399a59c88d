//! Reading what people type: amounts, dates, times, names. Forgiving where the meaning is plain, an error where it is not:
//! nothing is ever guessed that could turn 1 into 1000.
//!
//! All functions are pure, and read every language at once: whoever speaks Russian may well type `15 Dec`. The words come
//! from `read-…` messages of `locales/*/format.ftl`.

mod amount;
mod date;
mod name;
mod person;
mod words;

pub use amount::{AmountError, amount};
pub use date::{DateError, TimeError, date, time_of_day};
pub use name::{Match, fold, name_matches};
pub use person::{TextError, person_lines, person_text};

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::*;
    use crate::{Lang, Unit, Voice};

    /// Anything at all, or something made of what the readers look for.
    fn typed() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[0-9.,' \u{a0}€$\u{2212}/:-]{0,12}",
            "(in|через|by|до)? ?[0-9]{0,4}(th|-го| )?(days|дней|dec|декабря|am|pm|евро|h)?[. ]?[0-9]{0,4}",
            "[a🌻👩❤\u{200d}\u{fe0f}\u{301}\u{1F3F4}\u{E0061}\u{E007F}\u{202e} \n\u{E0F0}]{0,12}",
        ]
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(input in typed(), name in typed()) {
            let today = day(2026, 11, 20);
            if let Ok(minor) = amount(&input, &Unit::eur()) {
                prop_assert!(minor > 0 && minor <= 1_000_000_000_000);
            }
            if let Ok(date) = date(&input, today) {
                prop_assert!(date >= today);
            }
            let _ = date(&input, jiff::civil::Date::MAX);
            let _ = time_of_day(&input);
            let _ = name_matches(&input, &name);
            prop_assert_eq!(fold(&fold(&input)), fold(&input));
            for read in [person_text, person_lines] {
                if let Ok(text) = read(&input, 40) {
                    prop_assert_eq!(read(&text, 40), Ok(text.clone()));
                    prop_assert_eq!(name_matches(&text, &text), if fold(&text).is_empty() { Match::No } else { Match::Exact });
                }
            }
        }

        #[test]
        fn what_we_write_we_read(minor in 1_u64..=1_000_000_000_000, days in 0_i32..4000) {
            for lang in Lang::all() {
                let today = day(2026, 11, 20);
                let voice = Voice::new(lang).on(today);
                let written = voice.amount(minor);
                match amount(&written, &voice.unit) {
                    // €1,234 may be read in two ways by somebody; it must not be read in the wrong one.
                    Err(AmountError::TooManyDecimals { .. }) => prop_assert!(written.contains(',') && minor % 100 == 0),
                    read => prop_assert_eq!(read, Ok(minor), "{}", written),
                }
                let date_then = today.saturating_add(jiff::Span::new().days(days));
                prop_assert_eq!(date(&voice.date(date_then), today), Ok(date_then));
            }
        }
    }
}
