//! The words that do things: slash commands, and what people type instead of them.
//!
//! Which words these are stands in the locales: messages `word-…`, alternatives separated by commas. Every language's words
//! are understood, whatever the reader's language, with a slash before them or without.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use exodus_i18n::{Catalogue, Lang, Text, Voice, read::fold};

use crate::{
    hear::label_key,
    route::{Route, Section},
};

/// A slash command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlashCommand {
    /// Its name, without the slash.
    pub name: &'static str,
    /// What it opens; `None` for `/cancel`.
    pub opens: Option<Route>,
    /// The message that describes it: `cmd-NAME`.
    pub about: &'static str,
}

/// Every slash command that is registered with a chat and listed by `/help`, in the order of the specification.
pub static SLASH_COMMANDS: &[SlashCommand] = &[
    SlashCommand {
        name: "start",
        opens: Some(Route::Home),
        about: "cmd-start",
    },
    SlashCommand {
        name: "need",
        opens: Some(Route::Need),
        about: "cmd-need",
    },
    SlashCommand {
        name: "give",
        opens: Some(Route::Give { page: 0 }),
        about: "cmd-give",
    },
    SlashCommand {
        name: "organizer",
        opens: Some(Route::Organizer),
        about: "cmd-organizer",
    },
    SlashCommand {
        name: "people",
        opens: Some(Route::People),
        about: "cmd-people",
    },
    SlashCommand {
        name: "list",
        opens: Some(Route::List { page: 0 }),
        about: "cmd-list",
    },
    SlashCommand {
        name: "invite",
        opens: Some(Route::Invite { page: 0 }),
        about: "cmd-invite",
    },
    SlashCommand {
        name: "profile",
        opens: Some(Route::Profile {
            section: Section::Main,
        }),
        about: "cmd-profile",
    },
    SlashCommand {
        name: "history",
        opens: Some(Route::History { page: 0 }),
        about: "cmd-history",
    },
    SlashCommand {
        name: "help",
        opens: Some(Route::Help),
        about: "cmd-help",
    },
    SlashCommand {
        name: "privacy",
        opens: Some(Route::Privacy),
        about: "cmd-privacy",
    },
    SlashCommand {
        name: "language",
        opens: Some(Route::Profile {
            section: Section::Language,
        }),
        about: "cmd-language",
    },
    SlashCommand {
        name: "cancel",
        opens: None,
        about: "cmd-cancel",
    },
];

/// Whether a text, as somebody might call themselves, is a word that does something: such a name must not stand where it
/// could be taken for that word.
#[must_use]
pub fn is_reserved(text: &str) -> bool {
    let words = Said::of(text);
    Word::COMMANDS
        .iter()
        .chain(&[Word::Skip, Word::Yes, Word::No])
        .any(|word| words.is(*word))
}

/// Whether a message is the label of a choice, by its name: `choice-WORD`, `SCREEN-choice-WORD`, `SCREEN-do-WORD`.
#[must_use]
pub fn names_label(id: &str) -> bool {
    id.starts_with("choice-") || id.contains("-choice-") || id.contains("-do-")
}

/// Whether a text is a label of ours, of whatever screen and in whatever language. A label with somebody's own words or with
/// an amount in it is not known here.
pub(crate) fn is_label(text: &str) -> bool {
    static LABELS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let of = |lang| {
            let messages = Catalogue::of(lang).messages().iter();
            let labels = messages.filter(|(id, message)| names_label(id) && message.variables.is_empty());
            labels.map(move |(id, _)| label_key(&Voice::new(lang).say(&Text::new(id.clone())).to_string()))
        };
        Lang::all().flat_map(of).collect()
    });
    LABELS.contains(&label_key(text))
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    // Commands.
    Start,
    Home,
    Need,
    Emergency,
    Give,
    Promise,
    Paid,
    Got,
    Organizer,
    People,
    Find,
    List,
    Invite,
    Profile,
    Name,
    Link,
    History,
    Export,
    Leave,
    Help,
    Privacy,
    Language,
    Cancel,
    Back,
    // Answers.
    Skip,
    Yes,
    No,
    None,
    All,
    Half,
    Unlimited,
    Money,
    Thing,
    Service,
    Time,
    LeaveForGood,
    // Parts of a sentence.
    Towards,
    From,
    Until,
    Within,
    Monthly,
    Urgent,
    Filler,
}

impl Word {
    /// Those that do something by themselves.
    pub(crate) const COMMANDS: &[Self] = &[
        Self::Start,
        Self::Home,
        Self::Need,
        Self::Emergency,
        Self::Give,
        Self::Promise,
        Self::Paid,
        Self::Got,
        Self::Organizer,
        Self::People,
        Self::Find,
        Self::List,
        Self::Invite,
        Self::Profile,
        Self::Name,
        Self::Link,
        Self::History,
        Self::Export,
        Self::Leave,
        Self::Help,
        Self::Privacy,
        Self::Language,
        Self::Cancel,
        Self::Back,
    ];

    /// All the others.
    const OTHERS: &[Self] = &[
        Self::Skip,
        Self::Yes,
        Self::No,
        Self::None,
        Self::All,
        Self::Half,
        Self::Unlimited,
        Self::Money,
        Self::Thing,
        Self::Service,
        Self::Time,
        Self::LeaveForGood,
        Self::Towards,
        Self::From,
        Self::Until,
        Self::Within,
        Self::Monthly,
        Self::Urgent,
        Self::Filler,
    ];

    /// The message that lists its alternatives.
    const fn message(self) -> &'static str {
        match self {
            Self::Start => "word-start",
            Self::Home => "word-home",
            Self::Need => "word-need",
            Self::Emergency => "word-emergency",
            Self::Give => "word-give",
            Self::Promise => "word-promise",
            Self::Paid => "word-paid",
            Self::Got => "word-got",
            Self::Organizer => "word-organizer",
            Self::People => "word-people",
            Self::Find => "word-find",
            Self::List => "word-list",
            Self::Invite => "word-invite",
            Self::Profile => "word-profile",
            Self::Name => "word-name",
            Self::Link => "word-link",
            Self::History => "word-history",
            Self::Export => "word-export",
            Self::Leave => "word-leave",
            Self::Help => "word-help",
            Self::Privacy => "word-privacy",
            Self::Language => "word-language",
            Self::Cancel => "word-cancel",
            Self::Back => "word-back",
            Self::Skip => "word-skip",
            Self::Yes => "word-yes",
            Self::No => "word-no",
            Self::None => "word-none",
            Self::All => "word-all",
            Self::Half => "word-half",
            Self::Unlimited => "word-unlimited",
            Self::Money => "word-money",
            Self::Thing => "word-thing",
            Self::Service => "word-service",
            Self::Time => "word-time",
            Self::LeaveForGood => "word-leave-for-good",
            Self::Towards => "word-towards",
            Self::From => "word-from",
            Self::Until => "word-until",
            Self::Within => "word-within",
            Self::Monthly => "word-monthly",
            Self::Urgent => "word-urgent",
            Self::Filler => "word-filler",
        }
    }

    /// Its alternatives in every language, each as a row of folded words, the longest first.
    fn alternatives(self) -> &'static [Vec<String>] {
        LEXICON.get(&self).map_or(&[], Vec::as_slice)
    }
}

static LEXICON: LazyLock<BTreeMap<Word, Vec<Vec<String>>>> = LazyLock::new(|| {
    let words = Word::COMMANDS.iter().chain(Word::OTHERS);
    words.map(|word| (*word, gathered(word.message()))).collect()
});

fn gathered(message: &'static str) -> Vec<Vec<String>> {
    let lists = Lang::all().map(|lang| Voice::new(lang).say(&Text::new(message)).to_string());
    let mut alternatives: Vec<Vec<String>> = lists
        .flat_map(|list| {
            list.split(',')
                .map(|words| words.split_whitespace().map(plain).collect())
                .collect::<Vec<_>>()
        })
        .filter(|words: &Vec<String>| !words.is_empty())
        .collect();
    alternatives.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    alternatives.dedup();
    alternatives
}

/// A text for comparing: folded, with plain apostrophes.
pub(crate) fn folded(text: &str) -> String {
    fold(text).replace(['\u{2019}', '\u{2bc}', '`'], "'")
}

/// A word for comparing: folded, without punctuation around it.
fn plain(word: &str) -> String {
    let folded = folded(word);
    let trimmed = folded.trim_matches([
        '.', ',', '!', '?', ';', ':', '…', '"', '«', '»', '“', '”', '„', '(', ')',
    ]);
    if trimmed.is_empty() {
        folded
    } else {
        trimmed.to_owned()
    }
}

/// One word of what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As it was typed.
    pub(crate) given: &'a str,
    /// For comparing.
    plain: String,
}

/// What was said, word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said<'a>(pub(crate) Vec<Token<'a>>);

impl<'a> Said<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let tokens = text.split_whitespace().map(|given| Token {
            given,
            plain: plain(given),
        });
        // What can not be seen is no word.
        Self(tokens.filter(|token| !token.plain.is_empty()).collect())
    }

    /// Whether it is exactly this word.
    pub(crate) fn is(&self, word: Word) -> bool {
        self.at(0, word).is_some_and(|count| count == self.0.len())
    }

    /// How many tokens from this place on are this word, at most.
    pub(crate) fn at(&self, place: usize, word: Word) -> Option<usize> {
        let rest = self.0.get(place..)?;
        let fits = |words: &&Vec<String>| {
            words.len() <= rest.len() && words.iter().zip(rest).all(|(word, token)| *word == token.plain)
        };
        word.alternatives().iter().find(fits).map(Vec::len)
    }

    /// The command it begins with, and how many tokens that is: of several, the longest.
    pub(crate) fn command(&self) -> Option<(Word, usize)> {
        let begun = Word::COMMANDS
            .iter()
            .filter_map(|word| Some((*word, self.at(0, *word)?)));
        begun.max_by_key(|(_, count)| *count)
    }

    /// The command it is exactly.
    pub(crate) fn bare_command(&self) -> Option<Word> {
        self.command()
            .filter(|(_, count)| *count == self.0.len())
            .map(|(word, _)| word)
    }

    /// Without the first so many tokens.
    pub(crate) fn after(&self, count: usize) -> Self {
        Self(self.0.iter().skip(count).cloned().collect())
    }

    /// Takes a word out wherever it stands; whether it was there.
    pub(crate) fn take(&mut self, word: Word) -> bool {
        let found = (0..self.0.len()).find_map(|place| Some((place, self.at(place, word)?)));
        if let Some((place, count)) = found {
            self.0.drain(place..place.saturating_add(count));
        }
        found.is_some()
    }

    /// Takes a word off the beginning, if something is left then.
    pub(crate) fn strip(&mut self, word: Word) {
        if let Some(count) = self.at(0, word).filter(|count| *count < self.0.len()) {
            self.0.drain(..count);
        }
    }

    /// The words as they were typed.
    pub(crate) fn given(&self) -> String {
        self.0
            .iter()
            .map(|token| token.given)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        for lang in Lang::all() {
            for word in Word::COMMANDS.iter().chain(Word::OTHERS) {
                assert!(
                    Catalogue::of(lang).has(word.message()),
                    "{lang}: {}",
                    word.message()
                );
            }
            for id in Catalogue::of(lang)
                .messages()
                .keys()
                .filter(|id| id.starts_with("word-"))
            {
                let known = Word::COMMANDS
                    .iter()
                    .chain(Word::OTHERS)
                    .any(|word| word.message() == id);
                assert!(known, "{lang}: {id} is a word of nothing");
            }
        }
    }

    #[test]
    fn every_language_says_the_same() {
        let ours = |lang: Lang| {
            let messages = Catalogue::of(lang)
                .messages()
                .iter()
                .filter(|(_, message)| message.file == "ui.ftl");
            messages
                .map(|(id, message)| (id.clone(), message.variables.clone()))
                .collect::<BTreeMap<_, _>>()
        };
        for lang in Lang::all() {
            let faults: Vec<_> = Catalogue::of(lang)
                .faults()
                .iter()
                .filter(|fault| fault.contains("ui.ftl"))
                .collect();
            assert!(faults.is_empty(), "{faults:?}");
            assert_eq!(ours(lang), ours(Lang::EN), "{lang}");
        }
    }

    #[test]
    fn no_word_stands_for_two_things() {
        let answers = [
            Word::Cancel,
            Word::Skip,
            Word::Yes,
            Word::No,
            Word::None,
            Word::All,
            Word::Half,
            Word::Unlimited,
        ];
        let parts = [Word::Towards, Word::From, Word::Until, Word::Within, Word::Filler];
        for group in [Word::COMMANDS, &answers, &parts] {
            for (at, one) in group.iter().enumerate() {
                for other in group.iter().skip(at + 1) {
                    let shared: Vec<_> = one
                        .alternatives()
                        .iter()
                        .filter(|words| other.alternatives().contains(words))
                        .collect();
                    assert!(shared.is_empty(), "{one:?} and {other:?} share {shared:?}");
                }
            }
        }
    }

    #[test]
    fn every_slash_command_is_a_word_and_described() {
        for SlashCommand { name, about, .. } in SLASH_COMMANDS {
            assert!(Said::of(name).bare_command().is_some(), "{name}");
            assert!(name.len() <= 32 && name.bytes().all(|b| b.is_ascii_lowercase()));
            for lang in Lang::all() {
                assert!(Catalogue::of(lang).has(about), "{lang}: {about}");
                let words = Voice::new(lang).say(&Text::new(*about)).to_string();
                assert!((3..=256).contains(&words.chars().count()), "{words}");
            }
        }
    }

    #[test]
    fn names_that_could_be_taken_for_commands() {
        for name in [
            "Cancel",
            "ОТМЕНА",
            "home!",
            "«Домой»",
            "да",
            "Yes",
            "/help".trim_start_matches('/'),
            "Помогите мне",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["Anna", "Надежда", "Home Office", "", "🌻", "\u{200b}"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
