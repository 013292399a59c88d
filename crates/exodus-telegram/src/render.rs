//! From paragraphs to what Telegram takes: text with entities, and buttons with opaque handles.
//!
//! Nothing is ever parsed as markup: what is bold is said by offsets, counted in UTF-16 units as Telegram does. Words that
//! people gave and in which Telegram would find a link, a mention or a command are marked as code: there it finds none, and
//! they can be copied as they are.

use data_encoding::BASE64URL_NOPAD;
use exodus_i18n::Phrase;
use exodus_ui::{Button, Message, Paragraph, ParagraphKind, gap, would_be_linked};
use teloxide_core::types::{InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, MessageEntityKind};

/// The longest toast, in UTF-16 units.
const LONGEST_TOAST: usize = 200;
/// The longest words in an empty field for typing.
const LONGEST_HINT: usize = 64;

/// A text as Telegram takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) entities: Vec<MessageEntity>,
    units: usize,
}

impl Rendered {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.units += text.encode_utf16().count();
    }

    /// A phrase; where it began.
    fn say(&mut self, phrase: &Phrase) -> usize {
        let begun = self.units;
        for span in &phrase.0 {
            let from = self.units;
            self.push(&span.text);
            if span.given && would_be_linked(&span.text) {
                self.mark(MessageEntityKind::Code, from);
            }
        }
        begun
    }

    /// Marks everything from there on; blanks at its ends are left out, as Telegram does it.
    fn mark(&mut self, kind: MessageEntityKind, from: usize) {
        let length = self.units.saturating_sub(from);
        if length > 0 {
            self.entities.push(MessageEntity::new(kind, from, length));
        }
    }

    /// Whether something of it is code already: Telegram lets nothing else stand around that.
    fn has_code_since(&self, from: usize) -> bool {
        self.entities
            .iter()
            .any(|entity| entity.offset >= from && entity.kind == MessageEntityKind::Code)
    }
}

/// The text of a message.
pub(crate) fn text(message: &Message) -> Rendered {
    let mut out = Rendered::default();
    let mut before: Option<&Paragraph> = None;
    let mut quote: Option<usize> = None;
    for paragraph in &message.paragraphs {
        if paragraph.kind != ParagraphKind::Quote
            && let Some(from) = quote.take()
        {
            out.mark(MessageEntityKind::Blockquote, from);
        }
        if let Some(before) = before {
            out.push(gap(before.kind, paragraph.kind));
        }
        if let Some(number) = paragraph.number {
            out.push(&format!("{number}. "));
        }
        let from = out.say(&paragraph.phrase);
        match paragraph.kind {
            ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Strong => {
                if !out.has_code_since(from) {
                    out.mark(MessageEntityKind::Bold, from);
                }
            }
            ParagraphKind::Quote => {
                quote.get_or_insert(from);
            }
            ParagraphKind::Code => {
                let lines = paragraph.phrase.0.iter().any(|span| span.text.contains('\n'));
                let kind = if lines {
                    MessageEntityKind::Pre { language: None }
                } else {
                    MessageEntityKind::Code
                };
                out.mark(kind, from);
            }
            ParagraphKind::Answer
            | ParagraphKind::Body
            | ParagraphKind::Person
            | ParagraphKind::Item
            | ParagraphKind::Choice => {}
        }
        before = Some(paragraph);
    }
    if let Some(from) = quote {
        out.mark(MessageEntityKind::Blockquote, from);
    }
    if out.text.trim().is_empty() {
        // A message must say something.
        out = Rendered::default();
        out.push("·");
    }
    out
}

/// Paragraphs of one's own words, as in a group.
pub(crate) fn paragraphs(phrases: &[Phrase]) -> Rendered {
    let mut out = Rendered::default();
    for (at, phrase) in phrases.iter().enumerate() {
        if at > 0 {
            out.push("\n");
        }
        out.say(phrase);
    }
    out
}

/// The words of an answer that fit into a toast.
pub(crate) fn toast(message: &Message) -> Option<String> {
    let answer = message
        .paragraphs
        .iter()
        .find(|paragraph| paragraph.kind == ParagraphKind::Answer)?;
    let text = answer.phrase.to_string();
    (text.encode_utf16().count() <= LONGEST_TOAST && !text.trim().is_empty()).then_some(text)
}

/// Words for an empty field.
pub(crate) fn hint(text: &str) -> Option<String> {
    let cut: String = text.chars().take(LONGEST_HINT).collect();
    (!cut.trim().is_empty()).then_some(cut)
}

/// The buttons of a message.
pub(crate) fn keyboard(rows: &[Vec<Button>], menu: u128) -> InlineKeyboardMarkup {
    let row = |row: &Vec<Button>| {
        row.iter()
            .map(|button| {
                let label = button.label.to_string();
                let label = if label.trim().is_empty() {
                    "·".to_owned()
                } else {
                    label
                };
                InlineKeyboardButton::callback(label, handle(menu, button.place))
            })
            .collect::<Vec<_>>()
    };
    InlineKeyboardMarkup::new(rows.iter().map(row))
}

/// What a button carries: the menu's name and a place in it, at most 33 of the 64 bytes there are.
fn handle(menu: u128, place: u32) -> String {
    format!("{}.{place}", BASE64URL_NOPAD.encode(&menu.to_be_bytes()))
}

/// What a button carried.
pub(crate) fn read_handle(data: &str) -> Option<(u128, u32)> {
    let (menu, place) = data.split_once('.')?;
    let bytes = BASE64URL_NOPAD.decode(menu.as_bytes()).ok()?;
    let menu = u128::from_be_bytes(bytes.try_into().ok()?);
    Some((menu, place.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use exodus_ui::Tone;

    use super::*;

    fn paragraph(kind: ParagraphKind, phrase: Phrase) -> Paragraph {
        Paragraph {
            kind,
            phrase,
            number: None,
            status: None,
        }
    }

    fn message(paragraphs: Vec<Paragraph>) -> Message {
        Message {
            paragraphs,
            rows: Vec::new(),
        }
    }

    /// What an entity marks.
    fn marked<'a>(units: &'a [u16], entity: &MessageEntity) -> String {
        let part: &'a [u16] = &units[entity.offset..entity.offset + entity.length];
        String::from_utf16(part).expect("whole characters")
    }

    #[test]
    fn offsets_are_in_utf16_units() {
        let mut title = Phrase::plain("🆘 ");
        title.push(Phrase::given("Анна 👩‍👩‍👧"));
        let rendered = text(&message(vec![
            paragraph(ParagraphKind::Answer, Phrase::plain("✅ 𝔻one")),
            paragraph(ParagraphKind::Title, title),
            paragraph(ParagraphKind::Quote, Phrase::given("one")),
            paragraph(ParagraphKind::Quote, Phrase::given("two")),
            paragraph(ParagraphKind::Code, Phrase::plain("start k7w2")),
        ]));
        assert_eq!(rendered.text, "✅ 𝔻one\n\n🆘 Анна 👩‍👩‍👧\n\none\ntwo\n\nstart k7w2");
        let units: Vec<u16> = rendered.text.encode_utf16().collect();
        let marks: Vec<_> = rendered
            .entities
            .iter()
            .map(|entity| (entity.kind.clone(), marked(&units, entity)))
            .collect();
        assert_eq!(
            marks,
            [
                (MessageEntityKind::Bold, "🆘 Анна 👩‍👩‍👧".to_owned()),
                (MessageEntityKind::Blockquote, "one\ntwo".to_owned()),
                (MessageEntityKind::Code, "start k7w2".to_owned()),
            ]
        );
    }

    #[test]
    fn u7_no_name_is_a_link_a_mention_or_a_command() {
        for name in [
            "@admin",
            "/leave",
            "evil.example",
            "https://evil.example",
            "#sos",
            "t.me/evil",
            "a@b.example",
            "+49 170 1234567",
            "$BTC",
            "tg:resolve",
        ] {
            let mut phrase = Phrase::plain("From ");
            phrase.push(Phrase::given(name));
            let rendered = text(&message(vec![paragraph(ParagraphKind::Body, phrase)]));
            let units: Vec<u16> = rendered.text.encode_utf16().collect();
            assert_eq!(rendered.entities.len(), 1, "{name}");
            assert_eq!(rendered.entities[0].kind, MessageEntityKind::Code);
            assert_eq!(marked(&units, &rendered.entities[0]), name);
        }
        for name in ["Anna", "<b>Bo</b>", "*Bo*", "Надежда", "Mr. Fox", "R2D2"] {
            let phrase = Phrase::given(name);
            let rendered = text(&message(vec![paragraph(ParagraphKind::Body, phrase)]));
            let plain = rendered.entities.is_empty() || name.contains('/');
            assert!(plain, "{name}");
            assert_eq!(rendered.text, name);
        }
    }

    #[test]
    fn lists_keep_together() {
        let mut anna = paragraph(ParagraphKind::Person, Phrase::plain("Anna"));
        anna.number = Some(1);
        let mut bo = paragraph(ParagraphKind::Person, Phrase::plain("Bo"));
        bo.number = Some(2);
        let rendered = text(&message(vec![
            paragraph(ParagraphKind::Title, Phrase::plain("People")),
            paragraph(ParagraphKind::Body, Phrase::plain("a")),
            paragraph(ParagraphKind::Body, Phrase::plain("b")),
            anna,
            bo,
        ]));
        assert_eq!(rendered.text, "People\n\na\nb\n\n1. Anna\n2. Bo");
        assert_eq!(text(&message(Vec::new())).text, "·");
    }

    #[test]
    fn handles_are_short_and_read_back() {
        for (menu, place) in [(0, 0), (u128::MAX, u32::MAX), (42, 7)] {
            let handle = handle(menu, place);
            assert!(handle.len() <= 64, "{handle}");
            assert_eq!(read_handle(&handle), Some((menu, place)));
        }
        for forged in [
            "",
            ".",
            "x.1",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAA.-1",
            "✓.1",
        ] {
            assert_eq!(read_handle(forged), None, "{forged}");
        }
    }

    #[test]
    fn toasts_and_hints_fit() {
        let answer = |text: &str| {
            toast(&message(vec![paragraph(
                ParagraphKind::Answer,
                Phrase::plain(text),
            )]))
        };
        assert_eq!(answer("Recorded."), Some("Recorded.".to_owned()));
        assert_eq!(
            answer(&"я".repeat(200)).map(|toast| toast.chars().count()),
            Some(200)
        );
        assert_eq!(answer(&"я".repeat(201)), None);
        assert_eq!(answer(&"😀".repeat(101)), None);
        assert_eq!(toast(&message(Vec::new())), None);
        assert_eq!(hint(&"я".repeat(70)).map(|hint| hint.chars().count()), Some(64));
        assert_eq!(hint("  "), None);
    }

    #[test]
    fn buttons_keep_their_places() {
        let button = |label: &str, place| Button {
            label: Phrase::plain(label),
            place,
            tone: Tone::Plain,
        };
        let keyboard = keyboard(
            &[vec![button("1", 0), button(" ", 1)], vec![button("Home", 2)]],
            7,
        );
        let labels: Vec<Vec<&str>> = keyboard
            .inline_keyboard
            .iter()
            .map(|row| row.iter().map(|button| button.text.as_str()).collect())
            .collect();
        assert_eq!(labels, [vec!["1", "·"], vec!["Home"]]);
    }
}
