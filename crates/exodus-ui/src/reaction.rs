//! Signs under a message, where a chat has reactions instead of buttons: each stands for one choice of the menu.

use crate::{act::Act, draft::Value, hear::Menu};

/// Yes and no, where that is the question.
const YES: &str = "✅";
const NO: &str = "❌";
/// Ten, which has a sign of its own; the others are a digit in a key.
const TEN: &str = "🔟";
/// So many choices have a sign; the others are picked by their number or their words.
const MOST: u32 = 10;

/// The signs under a menu, in the order of its choices.
#[must_use]
pub fn signs(menu: &Menu) -> Vec<String> {
    (1..=menu.numbered.min(MOST))
        .zip(&menu.acts)
        .map(|(number, act)| match (answer(act), number) {
            (Some(true), _) => YES.to_owned(),
            (Some(false), _) => NO.to_owned(),
            (None, MOST) => TEN.to_owned(),
            (None, number) => format!("{number}\u{fe0f}\u{20e3}"),
        })
        .collect()
}

/// Whether somebody's sign can be meant as a choice at all: people put hearts under messages too.
#[must_use]
pub fn is_sign(sign: &str) -> bool {
    let sign = bare(sign);
    sign == YES || sign == NO || number(&sign).is_some()
}

/// What a sign under a menu picks: only what the menu shows.
#[must_use]
pub fn pick<'a>(menu: &'a Menu, sign: &str) -> Option<&'a Act> {
    let sign = bare(sign);
    let mut shown = menu.acts.iter().take(usize::try_from(menu.numbered).ok()?);
    match number(&sign) {
        Some(number) => shown.nth(number.checked_sub(1)?),
        None if sign == YES => shown.find(|act| answer(act) == Some(true)),
        None if sign == NO => shown.find(|act| answer(act) == Some(false)),
        None => None,
    }
}

/// Yes or no, if that is what an act says.
const fn answer(act: &Act) -> Option<bool> {
    if let Act::Fill(Value::Yes(yes)) = act {
        Some(*yes)
    } else {
        None
    }
}

/// Some clients put a mark after a sign that says how it is drawn, some do not.
fn bare(sign: &str) -> String {
    sign.chars().filter(|c| *c != '\u{fe0f}').collect()
}

/// `3⃣`: 3.
fn number(sign: &str) -> Option<usize> {
    if sign == TEN {
        return Some(10);
    }
    let digits = sign.strip_suffix('\u{20e3}')?;
    digits.parse().ok().filter(|number| (1..10).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Route;

    fn menu(acts: Vec<Act>, numbered: u32) -> Menu {
        Menu {
            route: Route::Home,
            labels: vec![String::new(); acts.len()],
            acts,
            numbered,
        }
    }

    #[test]
    fn every_sign_picks_what_it_stands_under() {
        let acts: Vec<Act> = (0..12).map(|page| Act::Go(Route::Give { page })).collect();
        let menu = menu(acts.clone(), 12);
        let signs = signs(&menu);
        assert_eq!(signs.len(), 10);
        assert_eq!((signs[0].as_str(), signs[9].as_str()), ("1️⃣", "🔟"));
        for (sign, act) in signs.iter().zip(&acts) {
            assert!(is_sign(sign));
            assert_eq!(pick(&menu, sign), Some(act));
            // Without the mark of how it is drawn.
            assert_eq!(pick(&menu, &bare(sign)), Some(act));
        }
        assert_eq!(pick(&menu, "✅"), None);
    }

    #[test]
    fn yes_and_no_have_their_own() {
        let yes = |yes| Act::Fill(Value::Yes(yes));
        let menu = menu(vec![yes(true), yes(false), Act::Go(Route::Home)], 3);
        assert_eq!(signs(&menu), ["✅", "❌", "3️⃣"]);
        assert_eq!(pick(&menu, "✅"), Some(&yes(true)));
        assert_eq!(pick(&menu, "❌"), Some(&yes(false)));
        assert_eq!(pick(&menu, "1️⃣"), Some(&yes(true)));
        for nothing in ["❤️", "👍", "0️⃣", "12", "4️⃣", "", "\u{20e3}"] {
            assert_eq!(pick(&menu, nothing), None, "{nothing}");
        }
        assert!(!is_sign("❤️") && !is_sign("12") && !is_sign("0️⃣"));
    }

    #[test]
    fn what_shows_no_number_is_not_picked() {
        let menu = menu(vec![Act::Back, Act::Cancel], 1);
        assert_eq!(signs(&menu), ["1️⃣"]);
        assert_eq!(pick(&menu, "2️⃣"), None);
    }
}
