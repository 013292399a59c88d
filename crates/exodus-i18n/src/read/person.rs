//! Names and notes: text of people's own, made safe to show beside ours.
//!
//! Invariant: what comes out has something visible in it, no control, no direction override, nothing invisible to hide in, and
//! is bounded in length, however it was written. Every script and emoji are welcome.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

/// Marks that may follow one letter; real orthographies need fewer, towers of marks spill over other people's lines.
const MARKS: usize = 6;
/// Tag characters that may follow a flag: 🏴 with up to six tags and their end.
const TAGS: usize = 7;
const JOINER: char = '\u{200D}';

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is nothing in it that could be seen.
    #[error("nothing visible")]
    Empty,
    /// It is longer than allowed.
    #[error("more than {max} characters")]
    TooLong {
        /// How many characters may be, as a reader counts them.
        max: usize,
    },
}

/// Reads one line: line breaks become spaces.
///
/// # Errors
/// [`TextError`] if nothing visible or too much remains.
pub fn person_text(input: &str, max: usize) -> Result<String, TextError> {
    let words: Vec<String> = input
        .split_whitespace()
        .map(cleaned)
        .filter(|word| !word.is_empty())
        .collect();
    checked(&words.join(" "), max)
}

/// Reads several lines, at most one of them empty in a row.
///
/// # Errors
/// [`TextError`] if nothing visible or too much remains.
pub fn person_lines(input: &str, max: usize) -> Result<String, TextError> {
    let mut text = String::new();
    let mut empty = 0;
    let unbroken = input.replace("\r\n", "\n");
    for line in unbroken.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let words: Vec<String> = line
            .split_whitespace()
            .map(cleaned)
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            empty += 1;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        text.push_str(&words.join(" "));
        empty = 0;
    }
    checked(&text, max)
}

/// A word, composed, without what must not be in it.
fn cleaned(word: &str) -> String {
    let chars: Vec<char> = word.nfc().collect();
    let mut text = String::with_capacity(word.len());
    let (mut marks, mut tags) = (0, TAGS);
    for (at, &c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied();
        marks = if is_mark(c) { marks + 1 } else { 0 };
        tags = match c {
            '\u{1F3F4}' => 0,
            '\u{E0020}'..='\u{E007F}' => tags + 1,
            _ => TAGS,
        };
        let keep = match c {
            JOINER => text.chars().last().is_some_and(ends_emoji) && next.is_some_and(is_emoji),
            '\u{E0020}'..='\u{E007F}' => tags <= TAGS,
            // Only emoji need a selector of their shape.
            '\u{FE00}'..='\u{FE0F}' => text.chars().last().is_some_and(UnicodeEmoji::is_emoji_char),
            _ => !is_hidden(c) && marks <= MARKS && !(is_mark(c) && text.is_empty()),
        };
        if keep {
            text.push(c);
        }
    }
    // Composed again, for what stood between letters may be gone.
    text.nfc().collect()
}

fn checked(text: &str, max: usize) -> Result<String, TextError> {
    if !text.chars().any(is_visible) {
        return Err(TextError::Empty);
    }
    // One character as a reader counts may be many in memory: a family, a flag. That has its bound, too.
    let memory = max.saturating_mul(4).saturating_add(16);
    if text.graphemes(true).count() > max || text.chars().count() > memory {
        return Err(TextError::TooLong { max });
    }
    Ok(text.to_owned())
}

fn is_mark(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
    )
}

fn is_visible(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter
            | GeneralCategoryGroup::Number
            | GeneralCategoryGroup::Punctuation
            | GeneralCategoryGroup::Symbol
    )
}

/// Controls, directions, zero widths, private use, unassigned, and letters that look like nothing.
pub(super) fn is_hidden(c: char) -> bool {
    // Signs of Arabic, Syriac and Kaithi numbers are formats that can be seen.
    let number_sign = matches!(
        c,
        '\u{600}'
            ..='\u{605}'
                | '\u{6DD}'
                | '\u{70F}'
                | '\u{890}'
                | '\u{891}'
                | '\u{8E2}'
                | '\u{110BD}'
                | '\u{110CD}'
    );
    let blank = matches!(
        c,
        '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}'
    );
    blank || (c.general_category_group() == GeneralCategoryGroup::Other && !number_sign)
}

/// Digits count as emoji in Unicode, not here.
fn is_emoji(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char()
}

fn ends_emoji(c: char) -> bool {
    is_emoji(c) || c == '\u{FE0F}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_everywhere_are_legal() {
        for name in [
            "Anna",
            "Анна-Мария О’Нил",
            "יוסי",
            "محمد",
            "安娜",
            "Ngọc Ánh",
            "ตุ๊กตา",
            "🌻 Bo",
            "👨‍👩‍👧‍👦",
            "❤️",
            "👍🏽",
            "🏳️‍🌈",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
            "1️⃣",
            "🇺🇦",
            ".",
        ] {
            assert_eq!(person_text(name, 40).as_deref(), Ok(name));
        }
    }

    #[test]
    fn what_hides_is_taken_out() {
        for (input, text) in [
            ("  Anna \t Petrova\n", "Anna Petrova"),
            ("An\u{0}na\u{7}\u{1b}[31m", "Anna[31m"),
            ("\u{202e}annA\u{202c}", "annA"),
            (
                "\u{2066}a\u{2067}b\u{2068}c\u{2069}\u{200e}\u{200f}\u{61c}d",
                "abcd",
            ),
            ("a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f\u{ad}g", "abcdefg"),
            ("a\u{200d}🌻", "a🌻"),
            ("🌻\u{200d}a", "🌻a"),
            ("🌻\u{200d}\u{200d}🌻", "🌻\u{200d}🌻"),
            ("a\u{E0F0}b\u{E0F1}c\u{f0000}d\u{378}e\u{ffff}f", "abcdef"),
            ("a\u{fe0f}b\u{e0041}c\u{e0100}d\u{3164}e", "abcde"),
            ("\u{301}Anna", "Anna"),
            ("Ё", "Ё"),
            ("Ан\u{438}\u{306}", "Ан\u{439}"),
            ("a\u{a0}b\u{3000}c", "a b c"),
        ] {
            assert_eq!(person_text(input, 40).as_deref(), Ok(text), "{input:?}");
        }
        let tower = format!("A{}", "\u{335}".repeat(500));
        assert_eq!(
            person_text(&tower, 40).map(|text| text.chars().count()),
            Ok(1 + MARKS)
        );
        let tags = format!("🏴{}", "\u{E0061}".repeat(500));
        assert_eq!(
            person_text(&tags, 40).map(|text| text.chars().count()),
            Ok(1 + TAGS)
        );
    }

    #[test]
    fn nothing_visible_is_nothing() {
        for input in [
            "",
            " ",
            "\u{200b}",
            "\u{3164}",
            "\u{2800}",
            "\u{202e} \u{2066}",
            "\u{301}",
            "\u{fe0f}",
            "\n\n",
            "\u{E0F0}",
        ] {
            assert_eq!(person_text(input, 40), Err(TextError::Empty), "{input:?}");
            assert_eq!(person_lines(input, 40), Err(TextError::Empty), "{input:?}");
        }
    }

    #[test]
    fn length_is_what_a_reader_counts() {
        assert_eq!(person_text("Анна", 4).as_deref(), Ok("Анна"));
        assert_eq!(person_text("Анна!", 4), Err(TextError::TooLong { max: 4 }));
        assert_eq!(person_text("👨‍👩‍👧‍👦ab", 3).as_deref(), Ok("👨‍👩‍👧‍👦ab"));
        assert!(person_text("👨‍👩‍👧‍👦abc", 3).is_err());
        let chain = vec!["🌻"; 1000].join("\u{200d}");
        assert_eq!(person_text(&chain, 40), Err(TextError::TooLong { max: 40 }));
    }

    #[test]
    fn lines_stay_where_they_may() {
        let input = "\n one \r\ntwo\t2\n\n\n\u{200b}\nthree\u{2028}four\n";
        assert_eq!(
            person_lines(input, 100).as_deref(),
            Ok("one\ntwo 2\n\nthree\nfour")
        );
        assert_eq!(person_text(input, 100).as_deref(), Ok("one two 2 three four"));
    }
}
