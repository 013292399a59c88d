//! telegram-test-api, which this project did not write, behind the proxy of `tests/servers/telegram`.

use reqwest::Client;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Call, File, Person, people::typed};

/// A bot's part of the server: by its token, so that many tests can use it at once.
pub struct Borrowed {
    bot: String,
    people: String,
    token: String,
    client: Client,
}

impl Borrowed {
    /// The server that `tests/run` started, for a bot with this token.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn of(token: &str) -> Self {
        let server = |name: &str| {
            std::env::var(name).unwrap_or_else(|_| {
                panic!("{name} is not set: run the tests with `tests/run`, which starts a server for them")
            })
        };
        Self {
            bot: server("EXODUS_TEST_TELEGRAM"),
            people: server("EXODUS_TEST_TELEGRAM_PEOPLE"),
            token: token.to_owned(),
            client: Client::new(),
        }
    }

    /// Where the bot finds it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.bot
    }

    /// The bot's token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Somebody writes in their private chat.
    ///
    /// # Panics
    /// When the server is in trouble.
    pub async fn write(&self, who: &Person, text: &str) {
        let words = typed(text);
        let path = if words.get("entities").is_some() {
            "sendCommand"
        } else {
            "sendMessage"
        };
        let mut message =
            json!({"botToken": self.token, "date": DATE, "from": who.user(), "chat": who.chat()});
        let fields = message.as_object_mut().expect("an object");
        fields.extend(words.as_object().expect("an object").clone());
        self.post(&format!("{}/{path}", self.people), &message).await;
    }

    /// Somebody presses a button with this data under a message in their private chat.
    ///
    /// # Panics
    /// When the server is in trouble.
    pub async fn press(&self, who: &Person, message: i64, data: &str) {
        let message = json!({"message_id": message, "date": DATE, "chat": who.chat(), "text": "…"});
        let press = json!({
            "botToken": self.token, "date": DATE, "from": who.user(), "message": message, "data": data,
        });
        self.post(&format!("{}/sendCallback", self.people), &press).await;
    }

    /// What the bot called, in order, from one on.
    ///
    /// # Panics
    /// When the server is in trouble.
    pub async fn calls(&self, from: usize) -> Vec<Call> {
        let state = self.state(from).await;
        let calls = state["calls"].as_array().expect("calls");
        calls.iter().map(call).collect()
    }

    /// Updates that the bot did not acknowledge yet, and calls that are under way.
    ///
    /// # Panics
    /// When the server is in trouble.
    pub async fn waiting(&self) -> usize {
        let waiting = self.state(usize::MAX >> 12).await["waiting"]
            .as_u64()
            .expect("a number");
        usize::try_from(waiting).expect("few")
    }

    /// The text of a message as the server keeps it, apart from what the proxy says.
    ///
    /// # Panics
    /// When the server is in trouble.
    pub async fn kept(&self, chat: i64, message: i64) -> Option<String> {
        let url = format!("{}/getUpdatesHistory", self.people);
        let history = self.post(&url, &json!({"token": self.token})).await;
        let entries = history["result"].as_array().expect("entries");
        let ours = |entry: &&Value| {
            let chats = &entry["message"]["chat_id"];
            let same = chats.as_i64() == Some(chat) || chats.as_str() == Some(&chat.to_string());
            same && entry["messageId"].as_i64() == Some(message)
        };
        let text = entries.iter().find(ours)?["message"]["text"].as_str()?;
        Some(text.to_owned())
    }

    async fn state(&self, from: usize) -> Value {
        let asked = json!({"token": self.token, "from": from});
        self.post(&format!("{}/harness/state", self.bot), &asked).await
    }

    async fn post(&self, url: &str, body: &Value) -> Value {
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .body(body.to_string());
        let response = request
            .send()
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        let text = response
            .text()
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{url}: {error}: {text}"))
    }
}

const DATE: i64 = crate::place::START.seconds();

fn call(kept: &Value) -> Call {
    let files = kept["files"].as_object().expect("files");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let method = super::description::bot_api()
        .method(&text(&kept["method"]))
        .expect("a method")
        .to_owned();
    Call {
        method,
        given: kept["given"].as_object().expect("parameters").clone(),
        files: files
            .values()
            .map(|file| File {
                name: text(&file["name"]),
                kind: text(&file["type"]),
                bytes: vec![0; usize::try_from(file["size"].as_u64().expect("a size")).expect("few")],
            })
            .collect(),
        outcome: kept["outcome"].clone(),
        heard: true,
        at: Instant::now(),
    }
}
