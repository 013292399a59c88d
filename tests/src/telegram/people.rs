//! People who write to the bot and press its buttons, on whichever server.

use async_trait::async_trait;
use serde_json::{Value, json};

use super::{Borrowed, Call, Fake};

/// Somebody with a private chat, whose number is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their number, above zero.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// The language of their app.
    pub language: String,
}

impl Person {
    /// Somebody.
    #[must_use]
    pub fn new(id: i64, name: &str, language: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            language: language.to_owned(),
        }
    }

    /// As the Bot API describes them.
    #[must_use]
    pub fn user(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": self.name, "language_code": self.language})
    }

    /// Their private chat, as the Bot API describes it.
    #[must_use]
    pub fn chat(&self) -> Value {
        json!({"id": self.id, "type": "private", "first_name": self.name})
    }
}

/// A group.
#[must_use]
pub fn group(id: i64, title: &str) -> Value {
    json!({"id": id, "type": if id < -1_000_000_000_000 { "supergroup" } else { "group" }, "title": title})
}

/// A text as it is sent: a command in it is marked as one.
#[must_use]
pub fn typed(text: &str) -> Value {
    let Some(word) = text
        .strip_prefix('/')
        .and_then(|_| text.split_whitespace().next())
    else {
        return json!({ "text": text });
    };
    let length = word.encode_utf16().count();
    let is_command = word
        .chars()
        .skip(1)
        .all(|sign| sign.is_ascii_alphanumeric() || sign == '_' || sign == '@');
    if !is_command || length < 2 {
        return json!({ "text": text });
    }
    json!({"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]})
}

/// A server that speaks the Bot API, from the side of the bot's users.
#[async_trait]
pub trait Server: Send + Sync {
    /// Where the bot finds it.
    fn url(&self) -> String;

    /// The bot's token there.
    fn token(&self) -> String;

    /// Somebody writes in their private chat.
    async fn write(&self, who: &Person, text: &str);

    /// Somebody presses a button with this data under a message in their private chat.
    async fn press(&self, who: &Person, message: i64, data: &str);

    /// What the bot called, in order, from one on.
    async fn calls(&self, from: usize) -> Vec<Call>;

    /// Updates that the bot did not acknowledge yet.
    async fn waiting(&self) -> usize;

    /// What no server would have taken.
    fn violations(&self) -> Vec<String>;
}

#[async_trait]
impl Server for Fake {
    fn url(&self) -> String {
        Self::url(self).to_owned()
    }

    fn token(&self) -> String {
        Self::token(self)
    }

    async fn write(&self, who: &Person, text: &str) {
        self.message(&who.chat(), Some(&who.user()), typed(text));
    }

    async fn press(&self, who: &Person, message: i64, data: &str) {
        Self::press(self, &who.user(), &who.chat(), message, data);
    }

    async fn calls(&self, from: usize) -> Vec<Call> {
        Self::calls(self, from)
    }

    async fn waiting(&self) -> usize {
        Self::waiting(self) + self.in_flight()
    }

    fn violations(&self) -> Vec<String> {
        Self::violations(self)
    }
}

#[async_trait]
impl Server for Borrowed {
    fn url(&self) -> String {
        Self::url(self).to_owned()
    }

    fn token(&self) -> String {
        Self::token(self).to_owned()
    }

    async fn write(&self, who: &Person, text: &str) {
        Self::write(self, who, text).await;
    }

    async fn press(&self, who: &Person, message: i64, data: &str) {
        Self::press(self, who, message, data).await;
    }

    async fn calls(&self, from: usize) -> Vec<Call> {
        Self::calls(self, from).await
    }

    async fn waiting(&self) -> usize {
        Self::waiting(self).await
    }

    fn violations(&self) -> Vec<String> {
        Vec::new()
    }
}
