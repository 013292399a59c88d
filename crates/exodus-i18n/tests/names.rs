//! Names are shown as people call themselves: nobody's name is declined, so no Russian text may put one where another case
//! than the nominative stands (U5).

use std::{fs, path::Path};

/// Words after which a Russian name would have to change.
const PREPOSITIONS: &str = "без в во для до за из к ко между на над о об обо от перед по под при про ради с со среди у через \
                            имени участника участнику участником";
/// Arguments that are names of people, or may be.
const NAMES: &[&str] = &["$name", "$names", "$helper", "$who", "$query"];

/// The word before each place where a name stands in a line, lower-case; empty at the beginning.
fn words_before_names(line: &str) -> Vec<String> {
    let places = line.match_indices("{ ").filter(|(at, _)| {
        let inside = line.get(at + 2..).unwrap_or_default();
        let argument = inside.split([' ', '}']).next().unwrap_or_default();
        NAMES.contains(&argument)
    });
    let before = places.map(|(at, _)| {
        let words = line.get(..at).unwrap_or_default();
        if words.ends_with(' ') {
            words
                .split_whitespace()
                .next_back()
                .unwrap_or_default()
                .to_lowercase()
        } else {
            String::new()
        }
    });
    before.collect()
}

#[test]
fn u5_no_name_follows_a_word_that_would_decline_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/ru");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("the Russian texts") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#'))
        {
            for word in words_before_names(line) {
                read += 1;
                let word = word.trim_start_matches(['(', '«']);
                let declines = PREPOSITIONS
                    .split_whitespace()
                    .any(|preposition| preposition == word);
                assert!(!declines, "{}:{}: {line}", path.display(), at + 1);
            }
        }
    }
    assert!(read > 100, "only {read} names were found");
}

#[test]
fn a_name_after_a_preposition_is_found() {
    assert_eq!(words_before_names("✉ для { $name }:"), ["для"]);
    assert_eq!(
        words_before_names("a = Вы → { $name }, (от { $helper })"),
        ["→", "(от"]
    );
    assert_eq!(words_before_names("a = «{ $query }», { $n }"), [""]);
}
