//! Reading events, by hand and with patience: what can not be read of one is left out, and nothing makes it fail.
//!
//! What others say to each other in a shared room is not kept at all; of what is said in a private one everything that the
//! other says is, but notices, which nobody answers, and corrections of what was said and done already.

use exodus_app::{AccountKey, Place, RawUpdate, Read, Shared, SharedEvent, Update};
use exodus_ui::{Said, reaction};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::PLATFORM;

/// How one speaks to us where others read too.
pub(crate) const CALL: &str = "!exodus";

/// What is known of the room in which something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    pub(crate) room: String,
    /// What it is called.
    pub(crate) title: String,
    /// Ourselves.
    pub(crate) own: String,
    /// The only other one here; `None` in a shared room.
    pub(crate) with: Option<String>,
    /// Whether nobody is here but us.
    pub(crate) alone: bool,
    /// Whether we keep the room for a circle.
    pub(crate) kept: bool,
}

/// An event as it is kept, with what was true when it came.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    room: String,
    title: String,
    with: Option<String>,
    /// What whoever did it is called.
    name: String,
    event: Value,
}

/// An event as it is kept, if it is ours to answer. `name` is what its sender is called.
pub(crate) fn keep(around: &Around, name: &str, event: &Value) -> Option<RawUpdate> {
    let id = text_of(event, "event_id")?;
    let sender = text_of(event, "sender")?;
    let from_us = sender == around.own;
    let private = around.with.as_deref() == Some(sender);
    let content = event.get("content")?;
    let wanted = match text_of(event, "type")? {
        "m.room.message" => {
            !from_us
                && text_of(content, "msgtype")
                    .is_some_and(|kind| !matches!(kind, "m.notice" | "m.key.verification.request"))
                && relation(content) != Some("m.replace")
                && (private || around.with.is_none() && command(content).is_some())
        }
        "m.sticker" => private,
        "m.reaction" => private && reacted(content).is_some_and(|(_, sign)| reaction::is_sign(sign)),
        "m.room.member" => {
            let of_us = text_of(event, "state_key") == Some(&around.own);
            let (was, is) = memberships(event);
            match is {
                // Invited, and not into a room that we made.
                Some("join") => {
                    of_us && was == Some("invite") || !of_us && around.kept && was != Some("join")
                }
                // What we do ourselves is known.
                Some("leave" | "ban") => of_us && !from_us || !of_us && around.alone && was != Some("leave"),
                _ => false,
            }
        }
        "m.room.tombstone" => around.with.is_none(),
        _ => false,
    };
    if !wanted {
        return None;
    }
    let kept = Kept {
        room: around.room.clone(),
        title: around.title.clone(),
        with: around.with.clone(),
        name: name.to_owned(),
        event: pruned(event),
    };
    Some(RawUpdate {
        key: id.to_owned(),
        sign: id.to_owned(),
        chat: around.room.clone(),
        account: if from_us { String::new() } else { sender.to_owned() },
        payload: serde_json::to_string(&kept).ok()?,
    })
}

/// What reading looks at.
fn pruned(event: &Value) -> Value {
    let mut event = event.clone();
    if let Some(parts) = event.as_object_mut() {
        parts.retain(|part, _| {
            matches!(
                part.as_str(),
                "type" | "event_id" | "sender" | "state_key" | "content"
            )
        });
    }
    event
}

/// What a kept event says. `own` is who we are, `language` what newcomers speak of whom nothing else is known.
pub(crate) fn read(payload: &str, own: &str, language: &str) -> Read {
    serde_json::from_str::<Kept>(payload)
        .ok()
        .and_then(|kept| kept.read(own, language))
        .unwrap_or(Read::Nothing)
}

impl Kept {
    fn read(&self, own: &str, language: &str) -> Option<Read> {
        let event = &self.event;
        let content = event.get("content")?;
        let id = text_of(event, "event_id")?;
        match text_of(event, "type")? {
            "m.room.message" | "m.sticker" if self.with.is_some() => {
                let text = text(content);
                let language = language_of(&text).unwrap_or(language);
                let place = Place {
                    regarding: replied(content).map(ToOwned::to_owned),
                    ..self.place(id)
                };
                let update = self.update(id, language, said(&text))?;
                Some(Read::Said(update, place))
            }
            "m.room.message" => {
                let word = command(content)?;
                let command = SharedEvent::Command {
                    account: AccountKey::new(PLATFORM, text_of(event, "sender")?),
                    language: Some(language_of(&word).unwrap_or(language).to_owned()),
                    word,
                };
                Some(self.shared(command))
            }
            "m.reaction" => {
                let (message, sign) = reacted(content)?;
                let place = Place {
                    message: Some(message.to_owned()),
                    regarding: Some(message.to_owned()),
                    press: Some(id.to_owned()),
                    ..self.place(id)
                };
                let update = self.update(id, language, Said::Reaction(sign.to_owned()))?;
                Some(Read::Said(update, place))
            }
            "m.room.member" => self.member(own, language),
            "m.room.tombstone" => {
                let to = text_of(content, "replacement_room").filter(|to| !to.is_empty())?;
                Some(self.shared(SharedEvent::Moved { to: to.to_owned() }))
            }
            _ => None,
        }
    }

    /// Somebody came or went.
    fn member(&self, own: &str, language: &str) -> Option<Read> {
        let event = &self.event;
        let who = text_of(event, "state_key")?;
        let joined = memberships(event).1 == Some("join");
        if who != own {
            return Some(if joined {
                self.shared(SharedEvent::Came)
            } else {
                Read::Gone(AccountKey::new(PLATFORM, who))
            });
        }
        match (joined, &self.with) {
            (true, Some(_)) => Some(self.shared(SharedEvent::Met)),
            (true, None) => Some(self.shared(SharedEvent::Joined {
                language: Some(language.to_owned()),
            })),
            (false, Some(with)) => Some(Read::Gone(AccountKey::new(PLATFORM, with))),
            (false, None) => Some(self.shared(SharedEvent::Left)),
        }
    }

    fn update(&self, id: &str, language: &str, said: Said) -> Option<Update> {
        Some(Update {
            key: id.to_owned(),
            account: AccountKey::new(PLATFORM, self.with.as_ref()?),
            name: self.name.clone(),
            language: Some(language.to_owned()),
            said,
            menu: None,
        })
    }

    fn place(&self, id: &str) -> Place {
        Place {
            chat: self.room.clone(),
            said: Some(id.to_owned()),
            ..Place::default()
        }
    }

    fn shared(&self, what: SharedEvent) -> Read {
        Read::Shared(Shared {
            chat: self.room.clone(),
            title: self.title.clone(),
            what,
        })
    }
}

/// The words of a message. What is no text (a picture, a voice) is answered that it is not understood.
fn text(content: &Value) -> String {
    let body = match text_of(content, "msgtype") {
        Some("m.text" | "m.emote") => text_of(content, "body").unwrap_or_default(),
        _ => "",
    };
    if replied(content).is_none() {
        return body.trim().to_owned();
    }
    // What an answer answers is repeated before it by older clients.
    let mut lines = body.lines().peekable();
    if lines.peek().is_some_and(|line| line.starts_with("> ")) {
        while lines.next_if(|line| line.starts_with('>')).is_some() {}
    }
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What a text in a private room says: a call is not needed there, and an exclamation mark begins a command as a slash does,
/// which some clients keep for themselves.
fn said(text: &str) -> Said {
    let text = match called(text) {
        Some("") => return Said::Start(None),
        Some(rest) => rest,
        None => text,
    };
    match text.strip_prefix('!') {
        Some(rest) if rest.starts_with(char::is_alphabetic) => Said::Text(format!("/{rest}")),
        _ => Said::Text(text.to_owned()),
    }
}

/// What follows the call, if a text begins with it.
fn called(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(CALL)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// The word of a command in a shared room; empty for the call alone.
fn command(content: &Value) -> Option<String> {
    let text = text(content);
    let word = called(&text)?.split_whitespace().next().unwrap_or_default();
    Some(word.trim_start_matches('/').to_lowercase())
}

/// The language that letters speak, as far as they do.
fn language_of(text: &str) -> Option<&'static str> {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let cyrillic = |c: &char| matches!(c, '\u{400}'..='\u{4ff}');
    if letters.clone().any(|c| cyrillic(&c)) {
        Some("ru")
    } else {
        letters.any(|c| c.is_ascii_alphabetic()).then_some("en")
    }
}

fn relation(content: &Value) -> Option<&str> {
    text_of(content.get("m.relates_to")?, "rel_type")
}

/// The message that is answered.
fn replied(content: &Value) -> Option<&str> {
    let to = content.get("m.relates_to")?.get("m.in_reply_to")?;
    text_of(to, "event_id")
}

/// The message under which a sign was put, and the sign.
fn reacted(content: &Value) -> Option<(&str, &str)> {
    let to = content.get("m.relates_to")?;
    let annotation = text_of(to, "rel_type") == Some("m.annotation");
    Some((text_of(to, "event_id")?, text_of(to, "key")?)).filter(|_| annotation)
}

/// A membership before and after.
fn memberships(event: &Value) -> (Option<&str>, Option<&str>) {
    let before = event
        .get("unsigned")
        .and_then(|unsigned| unsigned.get("prev_content"))
        .or_else(|| event.get("prev_content"));
    (
        before.and_then(|before| text_of(before, "membership")),
        event
            .get("content")
            .and_then(|content| text_of(content, "membership")),
    )
}

pub(crate) fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests;
