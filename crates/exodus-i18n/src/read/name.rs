//! Finding people by what others call them: `анне` is Анна, `игорю` is Игорь, `anna` is Anna Petrova.
//!
//! A Russian name is recognised by its nominative: the ending of the nominative says which endings its other cases may have.
//! That finds every regular name and takes no dictionary; diminutives (Аня for Анна) are other names.

use unicode_normalization::UnicodeNormalization;

use super::person::is_hidden;

/// How well a name fits what was typed, the best greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Not at all.
    No,
    /// The name begins so, or its first words are these.
    Prefix,
    /// It is the name, or its first words, in another case.
    Inflected,
    /// It is the name.
    Exact,
}

/// A form for comparing: no difference of case, of е and ё, of compatible characters or of spaces; nothing invisible.
#[must_use]
pub fn fold(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_hidden(*c))
        .collect();
    let lower = seen.nfkc().collect::<String>().to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How well `name` fits the `query`.
#[must_use]
pub fn name_matches(query: &str, name: &str) -> Match {
    let (query, name) = (fold(query), fold(name));
    if query.is_empty() {
        return Match::No;
    }
    if query == name {
        return Match::Exact;
    }
    let (asked, called): (Vec<&str>, Vec<&str>) = (query.split(' ').collect(), name.split(' ').collect());
    if asked.len() <= called.len()
        && asked
            .iter()
            .zip(&called)
            .all(|(asked, called)| asked == called || is_case_of(asked, called))
    {
        let same = asked.iter().zip(&called).all(|(asked, called)| asked == called);
        return if same { Match::Prefix } else { Match::Inflected };
    }
    if name.starts_with(&query) {
        Match::Prefix
    } else {
        Match::No
    }
}

/// Endings of the nominative, with those of its other cases. All rows that fit count: they add no word that is a name.
const DECLENSIONS: &[(&str, &[&str])] = &[
    // Мария, Оля, Илья
    ("я", &["и", "е", "ю", "ей", "ею", "ь"]),
    // Анна, Никита, Петрова
    ("а", &["ы", "и", "е", "у", "ой", "ою", "ей", "ею"]),
    // Толстая; Толстой, Белый, Достоевский
    ("ая", &["ой", "ую", "ою"]),
    ("ой", &["ого", "ому", "ым", "ом"]),
    ("ый", &["ого", "ому", "ым", "ом"]),
    ("кий", &["кого", "кому", "ким", "ком"]),
    // Дмитрий, Сергей, Николай
    ("й", &["я", "ю", "ем", "е", "и"]),
    // Игорь; Любовь
    ("ь", &["я", "ю", "ем", "е", "и", "ью"]),
    // Павел, Лев
    ("вел", &["вла", "влу", "влом", "вле"]),
    ("лев", &["льва", "льву", "львом", "льве"]),
    // Борис, Королёв
    ("", &["а", "у", "ом", "ем", "е", "ым"]),
];

/// Whether `word` is a case of `name`, both folded.
fn is_case_of(word: &str, name: &str) -> bool {
    let cyrillic = |c: char| matches!(c, 'а'..='я');
    if !name.ends_with(cyrillic)
        || !word.ends_with(cyrillic)
        || name.ends_with(['о', 'е', 'у', 'и', 'ы', 'э', 'ю'])
    {
        return false;
    }
    DECLENSIONS.iter().any(|(ending, cases)| {
        name.strip_suffix(ending)
            .and_then(|stem| word.strip_prefix(stem))
            .is_some_and(|case| cases.contains(&case))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_forms_are_equal() {
        for (a, b) in [
            ("Пётр", "петр"),
            ("ANNA ", "anna"),
            ("Ａｎｎａ", "anna"),
            ("a\u{200b}nna", "Anna"),
            ("а  б", "А\u{a0}Б"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_eq!(fold("Андрей"), "андрей");
        assert_ne!(fold("Анна"), fold("Anna"));
    }

    #[test]
    fn cases_are_recognised() {
        for (query, name) in [
            ("анне", "Анна"),
            ("анны", "Анна"),
            ("анну", "Анна"),
            ("анной", "Анна"),
            ("ольге", "Ольга"),
            ("ольги", "Ольга"),
            ("саше", "Саша"),
            ("борису", "Борис"),
            ("бориса", "Борис"),
            ("борисом", "Борис"),
            ("оле", "Оля"),
            ("олей", "Оля"),
            ("оль", "Оля"),
            ("игорю", "Игорь"),
            ("игорем", "Игорь"),
            ("марии", "Мария"),
            ("марией", "Мария"),
            ("любови", "Любовь"),
            ("любовью", "Любовь"),
            ("сергею", "Сергей"),
            ("николая", "Николай"),
            ("дмитрию", "Дмитрий"),
            ("петру", "Пётр"),
            ("пётру", "Петр"),
            ("павлу", "Павел"),
            ("льву", "Лев"),
            ("илье", "Илья"),
            ("олегу", "Олег"),
            ("анне", "Анна Петрова"),
            ("анне петровой", "Анна Петрова"),
            ("анне петрова", "Анна Петрова"),
            ("льву толстому", "Лев Толстой"),
            ("достоевскому", "Достоевский"),
            ("достоевской", "Достоевская"),
            ("королеву", "Королёв"),
            ("софье", "Софья"),
            ("андрея", "Андрей"),
            ("ивану петрову", "Иван Петров"),
        ] {
            assert_eq!(name_matches(query, name), Match::Inflected, "{query} {name}");
        }
    }

    #[test]
    fn names_and_their_beginnings() {
        for (query, name, fit) in [
            ("анна", "Анна", Match::Exact),
            ("ANNA", "Anna", Match::Exact),
            ("петр", "Пётр", Match::Exact),
            ("anna", "Anna Petrova", Match::Prefix),
            ("ann", "Anna", Match::Prefix),
            ("anna pet", "Anna Petrova", Match::Prefix),
            ("оле", "Олег", Match::Prefix),
            ("", "Anna", Match::No),
            (" ", "", Match::No),
            ("\u{200b}", "Anna", Match::No),
            ("анне", "Анатолий", Match::No),
            ("анне", "Инна", Match::No),
            ("petrova", "Anna Petrova", Match::No),
            ("anna petrova", "Anna", Match::No),
            ("борисы", "Борис", Match::No),
            ("отто", "Отт", Match::No),
            ("оттоу", "Отто", Match::No),
            ("анна", "Анне", Match::No),
            ("bobу", "Bob", Match::No),
            ("🌻", "🌻 Bo", Match::Prefix),
        ] {
            assert_eq!(name_matches(query, name), fit, "{query} {name}");
        }
        assert!(
            Match::Exact > Match::Inflected && Match::Inflected > Match::Prefix && Match::Prefix > Match::No
        );
    }
}
