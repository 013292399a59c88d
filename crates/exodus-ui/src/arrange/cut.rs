//! Making phrases fit: people's words in one line and to size, long phrases in parts.

use exodus_i18n::{Phrase, Span};

/// What says that something was cut.
const CUT: char = '…';

/// How long a phrase is as Telegram counts, in UTF-16 units; never less than in characters.
pub(super) fn units(phrase: &Phrase) -> usize {
    phrase.0.iter().map(|span| span.text.encode_utf16().count()).sum()
}

/// Lines that people wrote, without those that are empty.
pub(super) fn lines(words: &str) -> impl Iterator<Item = &str> {
    words.split(is_break).filter(|line| !line.trim().is_empty())
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Turns the direction of writing, or hides it.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// People's words in one line, without controls, and each stretch of them at most so long.
pub(super) fn tame(phrase: Phrase, max: usize) -> Phrase {
    let tamed = phrase
        .0
        .into_iter()
        .map(|span| if span.given { tame_span(&span, max) } else { span });
    Phrase(tamed.filter(|span| !span.text.is_empty()).collect())
}

fn tame_span(span: &Span, max: usize) -> Span {
    let shown = span.text.chars().filter(|c| !is_direction(*c));
    let line: String = shown
        .map(|c| if is_break(c) || c.is_control() { ' ' } else { c })
        .collect();
    Span {
        text: shortened(&line, max),
        given: true,
    }
}

/// At most so many characters, the last of them … when something is missing.
fn shortened(text: &str, max: usize) -> String {
    if text.chars().nth(max).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    // Half of a joined emoji joins nothing.
    let mut kept = kept
        .trim_end_matches(|c: char| c == '\u{200d}' || c.is_whitespace())
        .to_owned();
    kept.push(CUT);
    kept
}

/// A phrase of at most so many characters.
pub(super) fn cut(phrase: Phrase, max: usize) -> Phrase {
    let mut left = max;
    let mut spans = Vec::new();
    for span in phrase.0 {
        let length = span.text.chars().count();
        if length > left {
            if left > 0 {
                spans.push(Span {
                    text: shortened(&span.text, left),
                    given: span.given,
                });
            }
            break;
        }
        left = left.saturating_sub(length);
        spans.push(span);
    }
    Phrase(spans)
}

/// Parts of at most so many UTF-16 units, which together are the phrase: parted after a line, else after a word, else
/// anywhere.
pub(super) fn split(phrase: Phrase, max: usize) -> Vec<Phrase> {
    if units(&phrase) <= max {
        return vec![phrase];
    }
    let mut parts = Vec::new();
    let mut part: Vec<Span> = Vec::new();
    let mut left = max;
    for span in phrase.0 {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            let (head, tail) = fitting(rest, left, part.is_empty());
            if !head.is_empty() {
                left = left.saturating_sub(head.encode_utf16().count());
                part.push(Span {
                    text: head.to_owned(),
                    given: span.given,
                });
            }
            if !tail.is_empty() {
                parts.push(Phrase(std::mem::take(&mut part)));
                left = max;
            }
            rest = tail;
        }
    }
    if !part.is_empty() {
        parts.push(Phrase(part));
    }
    parts
}

/// As much of the text as fits, and the rest. `must`: at least one character, and a word may be parted.
fn fitting(text: &str, room: usize, must: bool) -> (&str, &str) {
    let (mut taken, mut end, mut word, mut line) = (0_usize, 0, None, None);
    for (at, c) in text.char_indices() {
        taken = taken.saturating_add(c.len_utf16());
        if taken > room && !(must && at == 0) {
            let at = line.or(word).unwrap_or(if must { end } else { 0 });
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
        end = at.saturating_add(c.len_utf8());
        if c == '\n' {
            line = Some(end);
        } else if c.is_whitespace() {
            word = Some(end);
        }
    }
    (text, "")
}
