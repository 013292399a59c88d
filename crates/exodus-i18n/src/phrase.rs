//! What was said: localised text in which what people gave is still told apart from what is ours.
//!
//! Invariant: between marks stands exactly one given argument; marks never occur in given text, for they are removed from it
//! before, so nobody can step out of their span.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Private-use character before a given argument while a message is formatted.
const OPEN: char = '\u{E0F0}';
/// Private-use character after it.
const CLOSE: char = '\u{E0F1}';

/// A localised text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase(pub Vec<Span>);

/// A stretch of a [`Phrase`] from one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether a person gave them: links, mentions and markup in them must not work.
    pub given: bool,
}

impl Phrase {
    /// Our own text as it is, of no language: a number, a bar of progress.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::spans([Span {
            text: text.into(),
            given: false,
        }])
    }

    /// Text that a person gave.
    pub fn given(text: impl Into<String>) -> Self {
        Self::spans([Span {
            text: text.into(),
            given: true,
        }])
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }

    /// Another phrase after this one.
    pub fn push(&mut self, other: Self) {
        for span in other.0 {
            self.push_span(span);
        }
    }

    fn spans(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut phrase = Self::default();
        for span in spans {
            phrase.push_span(span);
        }
        phrase
    }

    /// Drops what is empty; joins our own neighbours, but never two given ones.
    fn push_span(&mut self, span: Span) {
        if span.text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if !last.given && !span.given => last.text.push_str(&span.text),
            Some(_) | None => self.0.push(span),
        }
    }

    /// Splits formatted text at the marks.
    pub(crate) fn from_marked(marked: &str) -> Self {
        let mut phrase = Self::default();
        let mut text = String::new();
        let mut given = false;
        for c in marked.chars() {
            if c == OPEN || c == CLOSE {
                phrase.push_span(Span {
                    text: std::mem::take(&mut text),
                    given,
                });
                given = c == OPEN;
            } else {
                text.push(c);
            }
        }
        phrase.push_span(Span { text, given });
        phrase
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

/// Given text between marks.
pub(crate) fn mark(given: &str) -> String {
    format!("{OPEN}{}{CLOSE}", unmarked(given))
}

/// Text without the characters that serve as marks.
pub(crate) fn unmarked(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, given: bool) -> Span {
        Span {
            text: text.to_owned(),
            given,
        }
    }

    #[test]
    fn marks_become_spans() {
        let marked = format!("Hello, {}{}!", mark("Anna"), mark(""));
        assert_eq!(
            Phrase::from_marked(&marked).0,
            [span("Hello, ", false), span("Anna", true), span("!", false)]
        );
        assert_eq!(Phrase::from_marked(""), Phrase::default());
    }

    #[test]
    fn nobody_steps_out_of_their_span() {
        let evil = format!("a{CLOSE}@all{OPEN}b");
        assert_eq!(Phrase::from_marked(&mark(&evil)).0, [span("a@allb", true)]);
    }

    #[test]
    fn phrases_join() {
        let mut phrase = Phrase::plain("1. ");
        phrase.push(Phrase::plain("to "));
        phrase.push(Phrase::given("Анна"));
        phrase.push(Phrase::given("Bo"));
        assert_eq!(
            phrase.0,
            [span("1. to ", false), span("Анна", true), span("Bo", true)]
        );
        assert_eq!(phrase.to_string(), "1. to АннаBo");
        assert!(Phrase::plain("").is_empty());
    }
}
