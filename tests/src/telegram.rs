//! Telegram in tests: servers that speak the Bot API, people who write and press, transcripts of what they see.
//!
//! ```text
//! description  the published description of the Bot API
//! Fake         a strict server of ours, held against it: faults by a seed, chats that close, move and flood
//! Borrowed     telegram-test-api behind its proxy, which `tests/run` starts
//! Person       somebody with a private chat
//! Transcript   what people saw, as plain text
//! marked       a text with its entities
//! still        a runtime whose time stands still until some is let pass
//! Bot          the bot in this process
//! Tale         a story of `tests/stories`, told on Telegram
//! Company      a bot on the strict server and people around it
//! program      the program itself as a bot
//! ```

pub mod borrowed;
pub mod bot;
pub mod company;
pub mod description;
pub mod fake;
pub mod marked;
pub mod people;
pub mod program;
pub mod still;
pub mod tale;
pub mod transcript;

use serde_json::{Map, Value};
use tokio::time::Instant;

pub use borrowed::Borrowed;
pub use bot::Bot;
pub use company::Company;
pub use fake::{Fake, Faults, Rates};
pub use people::{Person, Server};
pub use program::program;
pub use tale::Tale;
pub use transcript::Transcript;

/// What the bot called.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method, by its own name.
    pub method: String,
    /// Its parameters.
    pub given: Map<String, Value>,
    /// The files it sent.
    pub files: Vec<File>,
    /// What was answered.
    pub outcome: Value,
    /// Whether the answer came.
    pub heard: bool,
    /// When.
    pub at: Instant,
}

impl Call {
    /// What came of it, if it was done.
    #[must_use]
    pub fn result(&self) -> Option<&Value> {
        self.outcome.get("result").filter(|_| self.outcome["ok"] == true)
    }

    /// The chat it is about.
    #[must_use]
    pub fn chat(&self) -> Option<i64> {
        self.given.get("chat_id").and_then(|chat| match chat {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        })
    }

    /// Its words: the text or the caption.
    #[must_use]
    pub fn words(&self) -> &str {
        let words = self.given.get("text").or_else(|| self.given.get("caption"));
        words.and_then(Value::as_str).unwrap_or_default()
    }

    /// The buttons it shows: labels and data, in rows.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<(String, String)>> {
        rows(self.given.get("reply_markup"))
    }
}

/// The buttons of a keyboard: labels and data (or the address they lead to), in rows.
#[must_use]
pub fn rows(markup: Option<&Value>) -> Vec<Vec<(String, String)>> {
    let rows = markup
        .and_then(|markup| markup.get("inline_keyboard"))
        .and_then(Value::as_array);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.into_iter()
        .flatten()
        .map(|row| {
            let row = row.as_array().map(Vec::as_slice).unwrap_or_default();
            row.iter()
                .map(|button| {
                    (
                        text(&button["text"]),
                        text(button.get("callback_data").unwrap_or(&button["url"])),
                    )
                })
                .collect()
        })
        .collect()
}

/// A file the bot sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}
