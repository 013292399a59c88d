//! The words are in order: every message in every language with the same variables, none unused, none missing.

use std::collections::BTreeSet;

use exodus_i18n::{Catalogue, Lang};
use exodus_tests::repository;

/// Messages whose ids are put together, not written out: the prefix, and where.
const PUT_TOGETHER: &[(&str, &str)] = &[
    // crates/exodus-i18n/src/read/words.rs: a unit's names, by its code.
    ("read-unit-", "read-unit-"),
    // crates/exodus-ui/src/arrange.rs: a traffic light's parts.
    ("status-", "."),
];

/// Where words of a language belong into the code: grammar, signs of units, what made-up people say.
const OWN_WORDS: &[&str] = &["crates/exodus-i18n/src/", "crates/exodus/src/demo/"];

/// The code of a file without its tests.
fn code() -> Vec<(String, String)> {
    let files = repository::files(&[".rs"]).into_iter();
    let files = files.filter(|path| {
        let short = repository::short(path);
        short.starts_with("crates/")
            && short.contains("/src/")
            && !short.ends_with("tests.rs")
            && !short.contains("/tests/")
    });
    files
        .map(|path| {
            let text = repository::read(&path);
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            (repository::short(&path), text[..end].to_owned())
        })
        .collect()
}

/// Every `"…"` of a text, one line each.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).filter(|literal| !literal.contains('\n'))
}

#[test]
fn u5_the_files_have_no_faults() {
    for lang in Lang::all() {
        assert_eq!(Catalogue::of(lang).faults(), &[] as &[String], "{lang}");
    }
}

#[test]
fn u5_every_language_says_the_same_things() {
    let english = Catalogue::of(Lang::EN).messages();
    for lang in Lang::all() {
        let other = Catalogue::of(lang).messages();
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (english.keys().collect(), other.keys().collect());
        let missing: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert!(missing.is_empty(), "{lang}: in one language only: {missing:?}");
        for (id, message) in english {
            assert_eq!(
                message.variables, other[id].variables,
                "{lang}: {id} has other variables"
            );
            assert_eq!(
                message.file, other[id].file,
                "{lang}: {id} stands in another file"
            );
        }
    }
}

#[test]
fn u5_no_message_is_unused() {
    let code = code();
    let used: BTreeSet<&str> = code.iter().flat_map(|(_, text)| literals(text)).collect();
    let put_together = |id: &str| {
        PUT_TOGETHER
            .iter()
            .any(|(begins, has)| id.starts_with(begins) && id.contains(has))
    };
    // What another message refers to is used as well.
    let locales: String = repository::files(&[".ftl"])
        .iter()
        .map(|path| repository::read(path))
        .collect();
    let referred =
        |id: &str| locales.contains(&format!("{{ {id} }}")) || locales.contains(&format!("{{ {id} ->"));
    let unused = Catalogue::of(Lang::EN)
        .messages()
        .keys()
        .filter(|id| !used.contains(id.as_str()) && !put_together(id) && !referred(id));
    let unused: Vec<_> = unused.collect();
    assert!(unused.is_empty(), "said nowhere: {unused:?}");
}

#[test]
fn u5_no_message_is_missing() {
    let messages = Catalogue::of(Lang::EN).messages();
    let mut missing = Vec::new();
    // The store says nothing to people.
    for (file, text) in code()
        .into_iter()
        .filter(|(file, _)| !file.starts_with("crates/exodus-store/"))
    {
        for call in ["Text::new(", ".field(", ".main(", ".offer(", ".way("] {
            for after in text.split(call).skip(1) {
                let Some(id) = after
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|after| after.split('"').next())
                else {
                    continue;
                };
                if !messages.contains_key(id) {
                    missing.push(format!("{file}: {id}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "said and not there: {missing:#?}");
}

/// No word of a sentence stands in the code: everything a person reads comes from the locales (U5).
#[test]
fn u5_no_cyrillic_in_the_code() {
    let said: Vec<_> = code()
        .into_iter()
        .filter(|(file, _)| !OWN_WORDS.iter().any(|own| file.starts_with(own)))
        .flat_map(|(file, text)| {
            let lines: Vec<String> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .filter(|line| {
                    literals(line).any(|literal| literal.chars().any(|c| ('а'..='я').contains(&c)))
                })
                .map(|line| format!("{file}: {}", line.trim()))
                .collect();
            lines
        })
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}
