//! From a reply to text for a terminal.
//!
//! Invariant: no control character of anybody's words reaches the terminal, so nobody can colour, move or title it.

use exodus_app::Reply;
use exodus_core::Status;
use exodus_i18n::Phrase;
use exodus_ui::{Paragraph, ParagraphKind};

/// What is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Whether colours are shown.
    pub colour: bool,
}

const BOLD: &str = "1";
const DIM: &str = "2";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const RED: &str = "31";
const CYAN: &str = "36";

impl Paper {
    /// A reply as text, without a line break at its end. A choice in a notice is picked by the notice's number too.
    pub(crate) fn reply(self, reply: &Reply, letter: Option<u64>) -> String {
        let messages = reply
            .arranged
            .messages
            .iter()
            .map(|message| self.paragraphs(&message.paragraphs, letter));
        let messages: Vec<String> = messages.filter(|text| !text.is_empty()).collect();
        messages.join("\n\n")
    }

    fn paragraphs(self, paragraphs: &[Paragraph], letter: Option<u64>) -> String {
        let mut text = String::new();
        let mut before: Option<ParagraphKind> = None;
        for paragraph in paragraphs {
            if let Some(before) = before {
                text.push_str(if parted(before, paragraph.kind) {
                    "\n\n"
                } else {
                    "\n"
                });
            }
            text.push_str(&self.paragraph(paragraph, letter));
            before = Some(paragraph.kind);
        }
        text
    }

    fn paragraph(self, paragraph: &Paragraph, letter: Option<u64>) -> String {
        let words = plain(&paragraph.phrase);
        let words = match paragraph.kind {
            ParagraphKind::Quote => format!("│ {words}"),
            ParagraphKind::Answer
            | ParagraphKind::Title
            | ParagraphKind::Heading
            | ParagraphKind::Body
            | ParagraphKind::Strong
            | ParagraphKind::Code
            | ParagraphKind::Person
            | ParagraphKind::Item
            | ParagraphKind::Choice => words,
        };
        let words = match (paragraph.kind, paragraph.status) {
            (ParagraphKind::Title | ParagraphKind::Heading, _) => self.dye(BOLD, &words),
            (ParagraphKind::Answer, _) | (ParagraphKind::Person, Some(Status::Green)) => {
                self.dye(GREEN, &words)
            }
            (ParagraphKind::Strong, _) | (ParagraphKind::Person, Some(Status::Orange)) => {
                self.dye(YELLOW, &words)
            }
            (ParagraphKind::Person, Some(Status::Red)) => self.dye(RED, &words),
            (ParagraphKind::Quote, _) => self.dye(DIM, &words),
            (
                ParagraphKind::Body
                | ParagraphKind::Code
                | ParagraphKind::Person
                | ParagraphKind::Item
                | ParagraphKind::Choice,
                _,
            ) => words,
        };
        match (paragraph.number, letter) {
            // Where a number is the answer, a choice is picked by its words.
            (None, _) if paragraph.kind == ParagraphKind::Choice => format!("– {words}"),
            (None, _) => words,
            (Some(number), None) => format!("{} {words}", self.dye(CYAN, &format!("{number}."))),
            (Some(number), Some(letter)) => {
                format!("{} {words}", self.dye(CYAN, &format!("/{letter}.{number}")))
            }
        }
    }

    /// A line that matters, such as the head of a notice.
    pub(crate) fn head(self, words: &str) -> String {
        self.dye(BOLD, words)
    }

    fn dye(self, code: &str, words: &str) -> String {
        if self.colour && !words.is_empty() {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// Whether an empty line stands between two paragraphs.
fn parted(before: ParagraphKind, after: ParagraphKind) -> bool {
    let choice = |kind| kind == ParagraphKind::Choice;
    before == ParagraphKind::Answer || after == ParagraphKind::Heading || (choice(after) && !choice(before))
}

/// A phrase as plain characters: what is ours keeps its line breaks, what people wrote stands in one line.
pub(crate) fn plain(phrase: &Phrase) -> String {
    let spans = phrase.0.iter().map(|span| harmless(&span.text, !span.given));
    spans.collect()
}

/// Text without characters that steer a terminal or turn the direction of writing.
pub(crate) fn harmless(text: &str, lines: bool) -> String {
    let shown = text.chars().filter_map(|c| match c {
        '\n' if lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(kind: ParagraphKind, phrase: Phrase, number: Option<u32>) -> Paragraph {
        Paragraph {
            kind,
            phrase,
            number,
            status: None,
        }
    }

    #[test]
    fn what_people_wrote_can_not_steer_the_terminal() {
        let evil = "\u{1b}]0;root\u{7}An\u{1b}[2J\u{9b}31mna\r\u{8}\u{202e}x\n1. Pay";
        let mut phrase = Phrase::plain("For ");
        phrase.push(Phrase::given(evil));
        for colour in [false, true] {
            let paper = Paper { colour };
            let text = paper.paragraphs(&[paragraph(ParagraphKind::Body, phrase.clone(), None)], None);
            assert_eq!(text, "For ]0;rootAn[2J31mnax 1. Pay");
        }
    }

    #[test]
    fn colours_only_where_they_are_wanted() {
        let title = [paragraph(ParagraphKind::Title, Phrase::plain("Home"), None)];
        assert_eq!(Paper { colour: false }.paragraphs(&title, None), "Home");
        assert_eq!(
            Paper { colour: true }.paragraphs(&title, None),
            "\u{1b}[1mHome\u{1b}[0m"
        );
    }

    #[test]
    fn choices_stand_apart_with_their_numbers() {
        let page = [
            paragraph(ParagraphKind::Answer, Phrase::plain("Recorded."), None),
            paragraph(ParagraphKind::Title, Phrase::plain("Home"), None),
            paragraph(ParagraphKind::Quote, Phrase::given("1. thanks"), None),
            paragraph(ParagraphKind::Choice, Phrase::plain("Back"), Some(1)),
            paragraph(ParagraphKind::Choice, Phrase::plain("Home"), Some(2)),
        ];
        let paper = Paper::default();
        assert_eq!(
            paper.paragraphs(&page, None),
            "Recorded.\n\nHome\n│ 1. thanks\n\n1. Back\n2. Home"
        );
        assert!(paper.paragraphs(&page, Some(3)).ends_with("/3.1 Back\n/3.2 Home"));
    }
}
