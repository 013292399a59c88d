//! What chats without a layout of their own need to know of paragraphs: what stands between two, and what they would make of
//! people's words.

use super::ParagraphKind;

/// What stands between two paragraphs.
#[must_use]
pub const fn gap(before: ParagraphKind, after: ParagraphKind) -> &'static str {
    use ParagraphKind::{Answer, Body, Choice, Code, Heading, Item, Person, Quote, Strong, Title};
    match (before, after) {
        (Choice, Choice) => "\n",
        (Answer | Title, _) | (_, Heading | Title | Strong | Choice) => "\n\n",
        (Heading, _) | (Body, Body | Quote | Code) | (Quote, Quote) | (Code, Code) => "\n",
        (Person | Item, Person | Item) => "\n",
        (Strong | Quote | Code | Choice, _) | (Person | Item, _) | (Body, _) => "\n\n",
    }
}

/// Whether a chat would find a link, a mention, a command or a number to call in it.
#[must_use]
pub fn would_be_linked(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let dotted = |(before, after): (&str, &str)| {
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    };
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('.') {
        if dotted((before, after)) {
            return true;
        }
        rest = after;
    }
    text.contains(['@', '/', '#', '$', ':']) || digits >= 5
}
