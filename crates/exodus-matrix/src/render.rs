//! From paragraphs to what Matrix takes: plain text with everything in it, and HTML of the kind that clients show.
//!
//! Nothing that people wrote is ever markup: it is escaped, and where a client would find a link or a mention in it, it is
//! marked as code, in which clients find none. Whom a message mentions is said apart, by us.

use exodus_i18n::Phrase;
use exodus_ui::{Message, Paragraph, ParagraphKind, gap, would_be_linked};
use serde_json::{Value, json};

/// A text as Matrix takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) plain: String,
    pub(crate) html: String,
}

impl Rendered {
    fn say(&mut self, phrase: &Phrase) {
        for span in &phrase.0 {
            self.plain.push_str(&span.text);
            let text = escaped(&span.text);
            if span.given && would_be_linked(&span.text) {
                self.html.push_str(&format!("<code>{text}</code>"));
            } else {
                self.html.push_str(&text);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    /// What stands between two paragraphs.
    fn gap(&mut self, gap: &str) {
        self.plain.push_str(gap);
        self.html.push_str(&gap.replace('\n', "<br>"));
    }

    /// A way out of the room: its words, and where it leads.
    pub(crate) fn link(&mut self, label: &Phrase, address: &str) {
        self.plain.push_str(&format!("\n\n{label}: {address}"));
        self.tag("<br><br>");
        self.html.push_str(&format!(
            "<a href=\"{}\">{}</a>",
            escaped(address),
            escaped(&label.to_string())
        ));
    }

    /// Something to be typed.
    pub(crate) fn code(&mut self, code: &str) {
        self.plain.push_str(&format!("\n{code}"));
        self.html.push_str(&format!("<br><code>{}</code>", escaped(code)));
    }
}

/// The text of a message.
pub(crate) fn text(message: &Message) -> Rendered {
    let mut out = Rendered::default();
    let mut before: Option<&Paragraph> = None;
    for paragraph in &message.paragraphs {
        let kind = paragraph.kind;
        let quoted = before.is_some_and(|before| before.kind == ParagraphKind::Quote);
        if quoted && kind != ParagraphKind::Quote {
            out.tag("</blockquote>");
        }
        if let Some(before) = before {
            let between = gap(before.kind, kind);
            out.plain.push_str(between);
            // A quotation stands apart by itself.
            if kind == ParagraphKind::Quote && !quoted || quoted && kind != ParagraphKind::Quote {
            } else {
                out.tag(&between.replace('\n', "<br>"));
            }
        }
        if kind == ParagraphKind::Quote && !quoted {
            out.tag("<blockquote>");
        }
        if let Some(number) = paragraph.number {
            let number = format!("{number}. ");
            out.plain.push_str(&number);
            out.tag(&number);
        }
        let lines = paragraph.phrase.0.iter().any(|span| span.text.contains('\n'));
        let (open, close) = match kind {
            ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Strong => {
                ("<strong>", "</strong>")
            }
            ParagraphKind::Code if lines => ("<pre><code>", "</code></pre>"),
            ParagraphKind::Code => ("<code>", "</code>"),
            ParagraphKind::Answer
            | ParagraphKind::Body
            | ParagraphKind::Quote
            | ParagraphKind::Person
            | ParagraphKind::Item
            | ParagraphKind::Choice => ("", ""),
        };
        out.tag(open);
        if kind == ParagraphKind::Code {
            let code = paragraph.phrase.to_string();
            out.plain.push_str(&code);
            out.html.push_str(&escaped(&code));
        } else {
            out.say(&paragraph.phrase);
        }
        out.tag(close);
        before = Some(paragraph);
    }
    if before.is_some_and(|before| before.kind == ParagraphKind::Quote) {
        out.tag("</blockquote>");
    }
    if out.plain.trim().is_empty() {
        // A message must say something.
        out = Rendered {
            plain: "·".to_owned(),
            html: "·".to_owned(),
        };
    }
    out
}

/// Paragraphs of one's own words, as in a shared room.
pub(crate) fn paragraphs(phrases: &[Phrase]) -> Rendered {
    let mut out = Rendered::default();
    for (at, phrase) in phrases.iter().enumerate() {
        if at > 0 {
            out.gap("\n");
        }
        out.say(phrase);
    }
    out
}

/// Text that stands for itself in HTML, on lines of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign => out.push(sign),
        }
    }
    out
}

/// The content of a message: a notice, which other bots do not answer, and whom it is meant for, if anybody.
pub(crate) fn notice(rendered: &Rendered, mentions: Option<&str>) -> Value {
    json!({
        "msgtype": "m.notice",
        "body": rendered.plain,
        "format": "org.matrix.custom.html",
        "formatted_body": rendered.html,
        "m.mentions": mentioning(mentions),
    })
}

/// The content that takes the place of a message's.
pub(crate) fn edit(message: &str, rendered: &Rendered) -> Value {
    json!({
        "msgtype": "m.notice",
        // For clients that know no edits.
        "body": format!("* {}", rendered.plain),
        "m.mentions": {},
        "m.new_content": notice(rendered, None),
        "m.relates_to": { "rel_type": "m.replace", "event_id": message },
    })
}

fn mentioning(who: Option<&str>) -> Value {
    match who {
        Some(who) => json!({ "user_ids": [who] }),
        None => json!({}),
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn both_say_the_same() {
        let mut choice = paragraph(ParagraphKind::Choice, Phrase::plain("Help"));
        choice.number = Some(1);
        let mut home = paragraph(ParagraphKind::Choice, Phrase::plain("Home"));
        home.number = Some(2);
        let rendered = text(&message(vec![
            paragraph(ParagraphKind::Answer, Phrase::plain("Recorded.")),
            paragraph(ParagraphKind::Title, Phrase::plain("Anna")),
            paragraph(ParagraphKind::Body, Phrase::plain("a")),
            paragraph(ParagraphKind::Quote, Phrase::given("one")),
            paragraph(ParagraphKind::Quote, Phrase::given("two")),
            paragraph(ParagraphKind::Code, Phrase::plain("start k7w2")),
            choice,
            home,
        ]));
        assert_eq!(
            rendered.plain,
            "Recorded.\n\nAnna\n\na\none\ntwo\n\nstart k7w2\n\n1. Help\n2. Home"
        );
        assert_eq!(
            rendered.html,
            "Recorded.<br><br><strong>Anna</strong><br><br>a<blockquote>one<br>two</blockquote>\
             <code>start k7w2</code><br><br>1. Help<br>2. Home"
        );
        assert_eq!(text(&message(Vec::new())).plain, "·");
    }

    #[test]
    fn u7_no_name_is_markup_a_link_or_a_mention() {
        for name in [
            "<b>Bo</b>",
            "<a href=\"https://evil.example\">Bo</a>",
            "@admin:example.org",
            "@room",
            "https://matrix.to/#/@anna:example.org",
            "evil.example",
            "</code><img src=x>",
            "&lt;b&gt;",
            "*Bo* `x`",
        ] {
            let mut phrase = Phrase::plain("From ");
            phrase.push(Phrase::given(name));
            let rendered = text(&message(vec![paragraph(ParagraphKind::Body, phrase)]));
            assert_eq!(rendered.plain, format!("From {name}"));
            let marks = rendered.html.replace("<code>", "").replace("</code>", "");
            assert!(!marks.contains('<') && !marks.contains('>'), "{}", rendered.html);
            assert_eq!(rendered.html.contains("<code>"), would_be_linked(name), "{name}");
            let content = notice(&rendered, None);
            assert_eq!(content["m.mentions"], json!({}));
            assert_eq!(edit("$1", &rendered)["m.new_content"]["m.mentions"], json!({}));
        }
    }

    #[test]
    fn whom_a_notice_is_for_is_mentioned() {
        let rendered = paragraphs(&[Phrase::plain("a"), Phrase::plain("b")]);
        assert_eq!(
            (rendered.plain.as_str(), rendered.html.as_str()),
            ("a\nb", "a<br>b")
        );
        let content = notice(&rendered, Some("@anna:example.org"));
        assert_eq!(content["m.mentions"]["user_ids"], json!(["@anna:example.org"]));
        assert_eq!(content["msgtype"], "m.notice");
    }

    #[test]
    fn the_longest_message_fits_into_an_event() {
        let longest = Phrase::plain("ж\"".repeat(crate::LONGEST_TEXT / 2));
        let rendered = text(&message(vec![paragraph(ParagraphKind::Body, longest)]));
        let bytes = edit("$1", &rendered).to_string().len();
        // Encrypted it takes a third more, and some hundred bytes around it.
        assert!(bytes / 3 * 4 + 2000 < 65_536, "{bytes}");
    }
}
