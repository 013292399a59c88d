//! The terminal's own commands: a slash and a word of `console-word-…`, in whatever language.

use std::{collections::BTreeMap, sync::LazyLock};

use exodus_i18n::{Lang, Text, Voice, read::fold};

/// Something said to the terminal, not to Exodus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    /// `/as NAME`; without a name, who speaks in this session.
    As(String),
    /// `/tomorrow`.
    Tomorrow,
    /// `/date 2026-12-01`.
    Date(String),
    /// `/hour 9`.
    Hour(String),
    /// `/keys`.
    Keys,
    /// `/quit`.
    Quit,
    /// `/3.1`: the first choice of the third notice.
    Letter {
        /// Which notice, from 1.
        letter: u64,
        /// Which choice, from 1.
        choice: u32,
    },
}

/// Makes a command of what follows its word.
type Make = fn(String) -> Own;

/// The messages that list the words, each with what it makes of what follows.
const WORDS: [(&str, Make); 6] = [
    ("console-word-as", Own::As),
    ("console-word-tomorrow", |_| Own::Tomorrow),
    ("console-word-date", Own::Date),
    ("console-word-hour", Own::Hour),
    ("console-word-keys", |_| Own::Keys),
    ("console-word-quit", |_| Own::Quit),
];

static LEXICON: LazyLock<BTreeMap<String, Make>> = LazyLock::new(|| {
    let mut lexicon = BTreeMap::new();
    for (message, make) in WORDS {
        for lang in Lang::all() {
            let list = Voice::new(lang).say(&Text::new(message)).to_string();
            lexicon.extend(list.split(',').map(|word| (fold(word), make)));
        }
    }
    lexicon
});

/// What a line says to the terminal itself, if it does.
pub(crate) fn read(line: &str) -> Option<Own> {
    let said = line.trim().strip_prefix('/')?;
    let (word, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    if let Some((letter, choice)) = word.split_once('.')
        && let (Ok(letter), Ok(choice)) = (letter.parse(), choice.parse())
    {
        return Some(Own::Letter { letter, choice });
    }
    LEXICON.get(&fold(word)).map(|make| make(rest.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_language() {
        for (line, own) in [
            ("/as Anna Berg", Some(Own::As("Anna Berg".to_owned()))),
            ("  /AS  anna ", Some(Own::As("anna".to_owned()))),
            ("/как Анна", Some(Own::As("Анна".to_owned()))),
            ("/as", Some(Own::As(String::new()))),
            ("/tomorrow", Some(Own::Tomorrow)),
            ("/завтра", Some(Own::Tomorrow)),
            ("/date 1 Dec", Some(Own::Date("1 Dec".to_owned()))),
            ("/час 9", Some(Own::Hour("9".to_owned()))),
            (
                "/3.12",
                Some(Own::Letter {
                    letter: 3,
                    choice: 12,
                }),
            ),
            ("/quit", Some(Own::Quit)),
            ("/3", None),
            ("/3.x", None),
            ("/asia", None),
            ("/give 50", None),
            ("as Anna", None),
            ("tomorrow", None),
            ("/", None),
            ("", None),
        ] {
            assert_eq!(read(line), own, "{line:?}");
        }
    }

    #[test]
    fn no_word_of_ours_is_one_of_exodus() {
        for word in LEXICON.keys() {
            assert!(!exodus_ui::words::is_reserved(word), "/{word} means two things");
        }
        for command in exodus_ui::SLASH_COMMANDS {
            assert_eq!(read(&format!("/{}", command.name)), None);
        }
    }
}
