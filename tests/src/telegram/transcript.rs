//! What people saw, as plain text.
//!
//! ```text
//! Anna: /give                     she writes
//! Anna presses [Help]             she presses
//!
//! → Anna                          a message to her, with its entities marked and its buttons in rows
//! **Give**
//! [Help] [Not now]
//!
//! ↻ Anna, 2 above                 the one before the one before her last is edited
//! → Anna, picture code.png        a picture with its caption
//! → Anna, file records.csv        a file with its caption
//! → Anna, asks for a reply        force-reply
//! ✕ Anna, 1 above                 a message is taken away
//! · Anna: Too late.               a small answer to a press (! for one that must be put away)
//! ```
//! What different people see is in the order of who came first, whichever was sent first: chats have no order among each
//! other. Within one chat it is in order.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::Value;

use super::{Call, marked::marked, rows};

/// A message in a chat.
struct Shown {
    id: i64,
    looks: String,
}

/// What people saw so far.
#[derive(Default)]
pub struct Transcript {
    /// All of it.
    pub text: String,
    /// Everybody, in the order in which they came.
    people: Vec<(i64, String)>,
    shown: BTreeMap<i64, Vec<Shown>>,
}

impl Transcript {
    /// Somebody is called so.
    pub fn introduce(&mut self, chat: i64, name: &str) {
        if self.people.iter().all(|(known, _)| *known != chat) {
            self.people.push((chat, name.to_owned()));
        }
    }

    /// A line, with an empty one after it.
    pub fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}\n").expect("written");
    }

    /// What was called meanwhile; presses answered meanwhile are of this chat.
    pub fn calls(&mut self, calls: &[Call], pressed_in: i64) {
        let mut said: BTreeMap<usize, String> = BTreeMap::new();
        for call in calls.iter().filter(|call| call.result().is_some()) {
            let chat = call.chat().unwrap_or(pressed_in);
            let name = self.name_of(chat);
            if let Some(seen) = self.seen(call, chat, &name) {
                let place = self.people.iter().position(|(known, _)| *known == chat);
                said.entry(place.unwrap_or(usize::MAX))
                    .or_default()
                    .push_str(&seen);
            }
        }
        self.text.extend(said.into_values());
    }

    fn name_of(&self, chat: i64) -> String {
        let known = self.people.iter().find(|(known, _)| *known == chat);
        known.map_or_else(|| chat.to_string(), |(_, name)| name.clone())
    }

    fn seen(&mut self, call: &Call, chat: i64, name: &str) -> Option<String> {
        let words = words(call);
        match call.method.as_str() {
            "answerCallbackQuery" => {
                let text = call
                    .given
                    .get("text")
                    .and_then(Value::as_str)
                    .filter(|text| !text.is_empty())?;
                let sign = if call.given.get("show_alert").is_some_and(is_true) {
                    "!"
                } else {
                    "·"
                };
                Some(format!("{sign} {name}: {text}\n\n"))
            }
            "sendMessage" => {
                let asks = call
                    .given
                    .get("reply_markup")
                    .and_then(|markup| markup.get("force_reply"))
                    .is_some();
                self.appeared(call, chat, words.clone());
                Some(format!(
                    "→ {name}{}\n{words}\n",
                    if asks { ", asks for a reply" } else { "" }
                ))
            }
            "sendPhoto" | "sendDocument" => {
                self.appeared(call, chat, words.clone());
                let kind = if call.method == "sendPhoto" {
                    "picture"
                } else {
                    "file"
                };
                let file = call.files.first().map_or("", |file| file.name.as_str());
                Some(format!("→ {name}, {kind} {file}\n{words}\n"))
            }
            "editMessageText" | "editMessageCaption" => self.again(call, chat, name, |_| words.clone()),
            "editMessageReplyMarkup" => self.again(call, chat, name, |looks| {
                let kept: Vec<&str> = looks.lines().filter(|line| !line.starts_with('[')).collect();
                format!("{}\n{}", kept.join("\n"), keyboard(call))
            }),
            "deleteMessage" => {
                let (shown, id) = (self.shown.entry(chat).or_default(), message(call));
                let above = shown.iter().rev().position(|shown| shown.id == id)?;
                shown.retain(|shown| shown.id != id);
                Some(format!("✕ {name}{}\n\n", higher(above)))
            }
            _ => None,
        }
    }

    fn appeared(&mut self, call: &Call, chat: i64, looks: String) {
        let id = call
            .result()
            .and_then(|result| result["message_id"].as_i64())
            .unwrap_or(0);
        self.shown.entry(chat).or_default().push(Shown { id, looks });
    }

    /// An edit that changes nothing is not seen.
    fn again(&mut self, call: &Call, chat: i64, name: &str, new: impl Fn(&str) -> String) -> Option<String> {
        let (shown, id) = (self.shown.entry(chat).or_default(), message(call));
        let above = shown.iter().rev().position(|shown| shown.id == id)?;
        let shown = shown.iter_mut().find(|shown| shown.id == id)?;
        let looks = new(&shown.looks);
        if looks == shown.looks {
            return None;
        }
        shown.looks = looks;
        Some(format!("↻ {name}{}\n{}\n", higher(above), shown.looks))
    }
}

fn is_true(value: &Value) -> bool {
    *value == true || *value == "true"
}

fn higher(above: usize) -> String {
    if above == 0 {
        String::new()
    } else {
        format!(", {above} above")
    }
}

fn message(call: &Call) -> i64 {
    call.given.get("message_id").and_then(Value::as_i64).unwrap_or(0)
}

fn words(call: &Call) -> String {
    let (text, entities) = match call.given.get("caption") {
        Some(caption) => (Some(caption), call.given.get("caption_entities")),
        None => (call.given.get("text"), call.given.get("entities")),
    };
    let mut words = marked(text.and_then(Value::as_str).unwrap_or_default(), entities);
    if !words.is_empty() {
        words.push('\n');
    }
    words.push_str(&keyboard(call));
    words
}

fn keyboard(call: &Call) -> String {
    let mut lines = String::new();
    for row in rows(call.given.get("reply_markup")) {
        let row: Vec<String> = row.iter().map(|(label, data)| button(label, data)).collect();
        writeln!(lines, "{}", row.join(" ")).expect("written");
    }
    lines
}

/// Where a button leads is shown; what it sends is opaque.
fn button(label: &str, data: &str) -> String {
    if data.contains("://") {
        format!("[{label} ↗ {data}]")
    } else {
        format!("[{label}]")
    }
}
