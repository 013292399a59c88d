//! People with clients of their own, which this project did not write: `tests/servers/matrix/people.py` keeps them.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use exodus_store::Random;
use serde_json::{Value, json};

use super::from_environment;

/// The client-server API.
const CLIENT: &str = "/_matrix/client/v3";

/// Where people of a test are spoken with; each test has names of its own.
pub struct People {
    url: String,
    client: reqwest::Client,
    /// What ends the name of everybody here.
    pub suffix: String,
    number: AtomicU64,
}

impl People {
    /// The people that `tests/run` brought.
    ///
    /// # Panics
    /// When it brought none.
    #[must_use]
    pub fn here() -> Arc<Self> {
        Arc::new(Self {
            url: from_environment("EXODUS_TEST_MATRIX_PEOPLE"),
            client: reqwest::Client::new(),
            suffix: format!(".{:032x}", Random::system().number()),
            number: AtomicU64::new(0),
        })
    }

    /// Asks for something to be done.
    ///
    /// # Errors
    /// What was said instead.
    ///
    /// # Panics
    /// When nobody is there.
    pub async fn try_ask(&self, what: &Value) -> Result<Value, String> {
        let asking = self
            .client
            .post(&self.url)
            .header("content-type", "application/json");
        let answer = asking.body(what.to_string()).send().await;
        let answer = answer.unwrap_or_else(|error| panic!("{what}: {error}"));
        let status = answer.status();
        let said = answer
            .text()
            .await
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        if status.is_success() {
            Ok(serde_json::from_str(&said).expect("JSON"))
        } else {
            Err(said)
        }
    }

    /// Has something done.
    ///
    /// # Panics
    /// When it is not.
    pub async fn ask(&self, what: &Value) -> Value {
        self.try_ask(what)
            .await
            .unwrap_or_else(|trouble| panic!("{trouble}"))
    }

    /// An account and nothing more: its user id.
    ///
    /// # Panics
    /// When it can not be had.
    pub async fn account(&self, name: &str, password: &str) -> String {
        let asked = json!({"do": "account", "name": format!("{name}{}", self.suffix), "password": password});
        text(&self.ask(&asked).await)
    }

    /// Somebody with an account and a device.
    ///
    /// # Panics
    /// When they can not be had.
    pub async fn person(self: &Arc<Self>, display: &str) -> Person {
        self.with_device(display, true).await
    }

    /// Somebody whose device nobody vouches for, themselves least.
    ///
    /// # Panics
    /// When they can not be had.
    pub async fn careless(self: &Arc<Self>, display: &str) -> Person {
        self.with_device(display, false).await
    }

    async fn with_device(self: &Arc<Self>, display: &str, signed: bool) -> Person {
        let number = self.number.fetch_add(1, Ordering::SeqCst) + 1;
        let name = format!("person{number}{}", self.suffix);
        let asked = json!({"do": "register", "name": name, "display": display, "signed": signed});
        Person {
            user: text(&self.ask(&asked).await),
            name: display.to_owned(),
            people: Arc::clone(self),
        }
    }

    /// From now on an account may send so many events a second; `None`: as usual.
    ///
    /// # Panics
    /// When the homeserver does not agree.
    pub async fn allow(&self, user: &str, per_second: Option<u32>) {
        self.ask(&json!({"do": "allow", "user": user, "per_second": per_second}))
            .await;
    }
}

/// Somebody with a client.
#[derive(Clone)]
pub struct Person {
    /// Their user id.
    pub user: String,
    /// Their name.
    pub name: String,
    people: Arc<People>,
}

impl Person {
    /// Asks the homeserver for something.
    ///
    /// # Errors
    /// What it said instead.
    pub async fn try_request(&self, method: &str, path: &str, body: Value) -> Result<Value, String> {
        let path = format!("{CLIENT}{path}");
        let asked = json!({"do": "request", "who": self.user, "method": method, "path": path, "body": body});
        self.people.try_ask(&asked).await
    }

    /// Asks the homeserver for something.
    ///
    /// # Panics
    /// When it does not agree.
    pub async fn request(&self, method: &str, path: &str, body: Value) -> Value {
        let said = self.try_request(method, path, body).await;
        said.unwrap_or_else(|trouble| panic!("{trouble}"))
    }

    /// A room for two, as clients make one to write to somebody; its id.
    ///
    /// # Panics
    /// When it can not be made.
    pub async fn direct(&self, with: &str, encrypted: bool) -> String {
        let more = json!({"preset": "trusted_private_chat", "is_direct": true});
        self.room(&[with], encrypted, more).await
    }

    /// A room with others; its id. `more` is what else the request says.
    ///
    /// # Panics
    /// When it can not be made.
    pub async fn room(&self, with: &[&str], encrypted: bool, more: Value) -> String {
        let mut asked = json!({"preset": "private_chat", "invite": with, "initial_state": []});
        if encrypted {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            asked["initial_state"] =
                json!([{"type": "m.room.encryption", "state_key": "", "content": content}]);
        }
        let fields = asked.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        text(&self.request("POST", "/createRoom", asked).await["room_id"])
    }

    /// Sends an event; its id.
    ///
    /// # Panics
    /// When it can not be sent.
    pub async fn send(&self, room: &str, kind: &str, content: Value) -> String {
        let asked = json!({"do": "send", "who": self.user, "room": room, "type": kind, "content": content});
        text(&self.people.ask(&asked).await)
    }

    /// Writes; the event's id.
    pub async fn write(&self, room: &str, words: &str) -> String {
        self.send(
            room,
            "m.room.message",
            json!({"msgtype": "m.text", "body": words}),
        )
        .await
    }

    /// Writes an answer to a message; the event's id.
    pub async fn reply(&self, room: &str, message: &str, words: &str) -> String {
        let relation = json!({"m.in_reply_to": {"event_id": message}});
        let content = json!({"msgtype": "m.text", "body": words, "m.relates_to": relation});
        self.send(room, "m.room.message", content).await
    }

    /// Puts a sign under a message; the event's id.
    pub async fn react(&self, room: &str, message: &str, sign: &str) -> String {
        let relation = json!({"rel_type": "m.annotation", "event_id": message, "key": sign});
        self.send(room, "m.reaction", json!({"m.relates_to": relation}))
            .await
    }

    /// What is new since the last look.
    pub async fn look(&self) -> Vec<Seen> {
        let seen = self.people.ask(&json!({"do": "look", "who": self.user})).await;
        seen.as_array().expect("events").iter().map(Seen::read).collect()
    }

    /// What a message about a file points to.
    ///
    /// # Panics
    /// When it can not be had, or opened.
    pub async fn file(&self, content: &Value) -> Vec<u8> {
        let asked = json!({"do": "file", "who": self.user, "content": content});
        bytes(&text(&self.people.ask(&asked).await))
    }

    /// Keeps a file at the homeserver; its address.
    ///
    /// # Panics
    /// When it can not be kept.
    pub async fn upload(&self, name: &str, kind: &str, bytes: &[u8]) -> String {
        let data: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let asked = json!({"do": "upload", "who": self.user, "name": name, "kind": kind, "data": data});
        text(&self.people.ask(&asked).await)
    }

    /// Whose keys those are, and whether each device of theirs is cross-signed.
    pub async fn identity(&self, user: &str) -> Value {
        self.people
            .ask(&json!({"do": "identity", "who": self.user, "user": user}))
            .await
    }

    /// Is in a room.
    pub async fn join(&self, room: &str) {
        self.request("POST", &format!("/join/{room}"), json!({})).await;
    }

    /// Does something to a room: `leave`, `invite`, `kick`, `ban`, `unban`, `upgrade`.
    pub async fn act(&self, room: &str, what: &str, body: Value) -> Value {
        self.request("POST", &format!("/rooms/{room}/{what}"), body).await
    }

    /// Who is in a room, with what membership.
    pub async fn membership(&self, room: &str, user: &str) -> Option<String> {
        let path = format!("/rooms/{room}/state/m.room.member/{user}");
        let said = self.try_request("GET", &path, Value::Null).await.ok()?;
        said["membership"].as_str().map(str::to_owned)
    }
}

/// Something that happened in a room, as a client shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Where.
    pub room: String,
    /// What: the event's type; `invitation` for a room one is invited to.
    pub kind: String,
    /// The event's id.
    pub id: String,
    /// By whom.
    pub sender: String,
    /// Its content, decrypted.
    pub content: Value,
    /// Of a member's event: whose.
    pub state_key: Option<String>,
    /// Of a redaction: of what.
    pub redacts: Option<String>,
    /// Whether it was encrypted.
    pub encrypted: bool,
    /// What the homeserver saw of one that was.
    pub outside: Value,
    /// Whether it came from a device that is cross-signed.
    pub trusted: bool,
}

impl Seen {
    fn read(event: &Value) -> Self {
        let redacts = event["redacts"]
            .as_str()
            .or_else(|| event["content"]["redacts"].as_str());
        Self {
            room: text(&event["room"]),
            kind: text(&event["type"]),
            id: text(&event["id"]),
            sender: text(&event["sender"]),
            content: event["content"].clone(),
            state_key: event["state_key"].as_str().map(str::to_owned),
            redacts: redacts.map(str::to_owned),
            encrypted: event["encrypted"] == true,
            outside: event["outside"].clone(),
            trusted: event["trusted"] == true,
        }
    }

    /// What it relates to, in this way.
    #[must_use]
    pub fn relates(&self, how: &str) -> Option<&str> {
        let relation = &self.content["m.relates_to"];
        (relation["rel_type"] == how)
            .then(|| relation["event_id"].as_str())
            .flatten()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What is written in hexadecimal.
fn bytes(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text
        .chars()
        .map(|digit| digit.to_digit(16).expect("a digit"))
        .collect();
    let byte = |pair: &[u32]| u8::try_from(pair[0] * 16 + pair[1]).expect("a byte");
    digits.chunks_exact(2).map(byte).collect()
}
