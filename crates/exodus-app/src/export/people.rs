//! How others are called in an export: by their name if the member sees them now, else by one pseudonym each.
//!
//! Invariant: no two people are called the same, whatever they call themselves.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::MemberId;
use exodus_i18n::{Text, Voice};

/// Everybody who occurs, in the order of first appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    called: BTreeMap<MemberId, Called>,
    order: Vec<MemberId>,
}

/// How somebody is called.
#[derive(Clone, Debug)]
struct Called {
    label: String,
    name: Option<String>,
}

impl People {
    /// Calls everybody something: `names` holds those whom the member sees now, `order` everybody who occurs.
    pub(super) fn new(
        order: impl IntoIterator<Item = MemberId>,
        names: &BTreeMap<MemberId, String>,
        voice: &Voice,
    ) -> Self {
        let mut people = Self::default();
        let mut once = BTreeSet::new();
        people.order = order.into_iter().filter(|member| once.insert(*member)).collect();
        let named = |member: &MemberId| names.get(member).filter(|name| !cleaned(name).is_empty());
        let mut taken = BTreeSet::new();
        let hidden = people.order.iter().filter(|member| named(member).is_none());
        for (number, member) in (1..).zip(hidden) {
            let pseudonym = voice
                .say(&Text::new("export-member").code("number", number.to_string()))
                .to_string();
            let label = unlike(&mut taken, &cleaned(&pseudonym));
            people.called.insert(*member, Called { label, name: None });
        }
        for member in &people.order {
            if let Some(name) = named(member) {
                let label = unlike(&mut taken, &cleaned(name));
                people.called.insert(
                    *member,
                    Called {
                        label,
                        name: Some(name.clone()),
                    },
                );
            }
        }
        people
    }

    /// How somebody is called.
    pub(super) fn label(&self, member: MemberId) -> Option<&str> {
        self.called.get(&member).map(|called| called.label.as_str())
    }

    /// Whether somebody is called by their name.
    pub(super) fn is_named(&self, member: MemberId) -> bool {
        self.called
            .get(&member)
            .is_some_and(|called| called.name.is_some())
    }

    /// Everybody in order: how they are called, and their own name for themselves, where it may be known.
    pub(super) fn all(&self) -> impl Iterator<Item = (MemberId, &str, Option<&str>)> {
        let called = self
            .order
            .iter()
            .filter_map(|member| Some((*member, self.called.get(member)?)));
        called.map(|(member, called)| (member, called.label.as_str(), called.name.as_deref()))
    }
}

/// A name like this one that nobody has yet: `Anna`, `Anna 2`, `Anna 3`.
pub(super) fn unlike(taken: &mut BTreeSet<String>, name: &str) -> String {
    let numbered = (2_u64..).map(|number| format!("{name} {number}"));
    let free = std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(&name.to_lowercase()));
    let free = free.unwrap_or_default();
    taken.insert(free.to_lowercase());
    free
}

/// On one line, with single spaces and nothing invisible in it.
pub(super) fn cleaned(name: &str) -> String {
    let spaced = name.chars().map(|c| {
        if c.is_whitespace() || c.is_control() {
            ' '
        } else {
            c
        }
    });
    let seen: String = spaced.filter(|c| !is_invisible(*c)).collect();
    seen.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Characters that change how others look, or look like nothing.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}'
    )
}

#[cfg(test)]
mod tests {
    use exodus_i18n::Lang;

    use super::*;

    fn labels(order: &[u64], names: &[(u64, &str)], lang: Lang) -> Vec<String> {
        let names = names
            .iter()
            .map(|(id, name)| (MemberId(*id), (*name).to_owned()))
            .collect();
        let people = People::new(order.iter().copied().map(MemberId), &names, &Voice::new(lang));
        people.all().map(|(_, label, _)| label.to_owned()).collect()
    }

    #[test]
    fn who_is_not_seen_is_numbered_in_the_order_of_first_appearance() {
        assert_eq!(
            labels(&[9, 4, 9, 2, 4], &[(4, "Anna")], Lang::EN),
            ["member 1", "Anna", "member 2"]
        );
        assert_eq!(labels(&[9, 4], &[], Lang::RU), ["участник 1", "участник 2"]);
    }

    #[test]
    fn no_two_are_called_the_same() {
        let names = [
            (1, "Anna"),
            (2, "Anna"),
            (3, "anna\u{200b}  "),
            (4, "Anna 2"),
            (5, "member 1"),
            (6, " \u{202e}"),
        ];
        let called = labels(&[1, 2, 3, 4, 5, 6], &names, Lang::EN);
        assert_eq!(
            called,
            ["Anna", "Anna 2", "anna 3", "Anna 2 2", "member 1 2", "member 1"]
        );
    }
}
