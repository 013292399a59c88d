//! How accounts are called in the hledger journal.
//!
//! Invariant: whatever people call themselves, nothing in a name ends an account or a description, begins a comment, a
//! code, a mark or a virtual posting, or makes two people one.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::MemberId;
use exodus_i18n::{Text, Voice};

use super::{
    booking::{Account, End, Place, Side},
    people::{People, cleaned, unlike},
};

/// The accounts of one journal.
pub(super) struct Accounts {
    names: BTreeMap<MemberId, String>,
    voice: Voice,
}

impl Accounts {
    /// Accounts for everybody, in the member's language.
    pub(super) fn new(people: &People, voice: &Voice) -> Self {
        let mut taken = BTreeSet::from(["exodus".to_owned()]);
        let mut names = BTreeMap::new();
        for (member, label, _) in people.all() {
            names.insert(member, unlike(&mut taken, &part(label)));
        }
        Self {
            names,
            voice: voice.clone(),
        }
    }

    /// A person as payee, and as the last part of an account.
    pub(super) fn person(&self, member: MemberId) -> &str {
        self.names.get(&member).map_or("?", String::as_str)
    }

    /// The whole name of an account: `obligations:I owe:Anna`.
    pub(super) fn name(&self, (place, with): Account) -> String {
        format!("{}:{}", self.place(place), self.person(with))
    }

    fn place(&self, place: Place) -> String {
        let of = |id: &'static str, side| Text::new(id).keyword("side", side_word(side));
        let text = match place {
            Place::Owed(side) => of("export-account-owed", side),
            Place::Intended(side) => of("export-account-intended", side),
            Place::Helped(side) => of("export-account-helped", side),
            Place::Cleared(side) => of("export-account-cleared", side),
            Place::Promised(side) => of("export-account-promised", side),
            Place::Ended(side, end) => of("export-account-ended", side).keyword("how", end_word(end)),
        };
        self.voice
            .say(&text)
            .to_string()
            .split(':')
            .map(part)
            .collect::<Vec<_>>()
            .join(":")
    }
}

const fn side_word(side: Side) -> &'static str {
    match side {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
    }
}

const fn end_word(end: End) -> &'static str {
    match end {
        End::Withdrawn => "withdrawn",
        End::Lapsed => "lapsed",
        End::Cancelled => "cancelled",
        End::Released => "released",
        End::Defaulted => "defaulted",
        End::HandedOn => "handed-on",
    }
}

/// One part of an account's name, or a piece of a description, with nothing in it that means something to hledger.
pub(super) fn part(text: &str) -> String {
    let plain = |c: char| match c {
        ':' | ';' | '|' | '(' | ')' | '[' | ']' | '{' | '}' | '=' | '@' | '\\' => ' ',
        '"' => '\'',
        c => c,
    };
    let text = cleaned(&text.chars().map(plain).collect::<String>());
    let text =
        text.trim_matches(|c: char| matches!(c, '*' | '!' | '#' | '%' | '~' | '+' | '-' | ',' | '\'' | ' '));
    if text.is_empty() {
        "?".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use exodus_i18n::Lang;

    use super::*;

    #[test]
    fn names_can_not_break_the_format() {
        let parts = [
            ("Anna", "Anna"),
            ("Анна Ёлкина", "Анна Ёлкина"),
            ("a  b\n\tc", "a b c"),
            ("a\u{a0}\u{2003}b", "a b"),
            ("; include /etc/passwd", "include /etc/passwd"),
            ("Bo | Co", "Bo Co"),
            ("(Bo)", "Bo"),
            ("[Bo]:x", "Bo x"),
            ("* Bo", "Bo"),
            ("!!", "?"),
            ("  ", "?"),
            ("2026-11-01 * x", "2026-11-01 * x"),
            ("100 EUR = 5 @ 2", "100 EUR 5 2"),
            ("\"", "?"),
            ("\u{202e}Bo", "Bo"),
        ];
        for (name, expected) in parts {
            assert_eq!(part(name), expected, "{name:?}");
        }
    }

    #[test]
    fn everybody_has_an_account_of_their_own() {
        let names = [
            (1, "Bo"),
            (2, "(Bo)"),
            (3, "bo"),
            (4, ";"),
            (5, "|"),
            (6, "Exodus"),
        ];
        let names = names
            .into_iter()
            .map(|(id, name)| (MemberId(id), name.to_owned()))
            .collect();
        let people = People::new((1..=6).map(MemberId), &names, &Voice::new(Lang::EN));
        let accounts = Accounts::new(&people, &Voice::new(Lang::EN));
        let called: Vec<&str> = (1..=6).map(|id| accounts.person(MemberId(id))).collect();
        assert_eq!(called, ["Bo", "Bo 2", "bo 2 2", "?", "? 2", "Exodus 2"]);
    }

    #[test]
    fn no_two_places_are_called_the_same_in_any_language() {
        let ends = [
            End::Withdrawn,
            End::Lapsed,
            End::Cancelled,
            End::Released,
            End::Defaulted,
        ];
        for lang in Lang::all() {
            let accounts = Accounts::new(&People::default(), &Voice::new(lang));
            let mut names = BTreeSet::new();
            for side in [Side::Mine, Side::Theirs] {
                let mut places = vec![
                    Place::Owed(side),
                    Place::Intended(side),
                    Place::Helped(side),
                    Place::Promised(side),
                ];
                places.extend(ends.map(|end| Place::Ended(side, end)));
                names.extend(places.into_iter().map(|place| accounts.place(place)));
            }
            assert_eq!(names.len(), 18, "{names:?}");
            assert!(
                names
                    .iter()
                    .all(|name| !name.contains('[') && !name.contains('?')),
                "{names:?}"
            );
        }
    }
}
