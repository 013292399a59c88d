//! Reading raw updates, by hand and with patience: what can not be read of one is left out, and nothing makes it fail.
//!
//! Only what decides is looked at: who, in which chat, what was said or pressed. An update of a kind that is newer than this
//! program, or a message with parts it does not know, is read as far as it goes.

use exodus_app::{AccountKey, Place, RawUpdate, Read, Shared, SharedEvent, Update};
use exodus_ui::Said;
use serde_json::Value;
use teloxide_core::types::AllowedUpdate;

use crate::{PLATFORM, render::read_handle};

/// The kinds of updates that are asked for.
pub(crate) const KINDS: &[&str] = &["message", "callback_query", "my_chat_member"];

/// The same, as teloxide calls them.
pub(crate) fn allowed() -> [AllowedUpdate; 3] {
    [
        AllowedUpdate::Message,
        AllowedUpdate::CallbackQuery,
        AllowedUpdate::MyChatMember,
    ]
}

/// What private messages say that nobody said: the chat tells of itself.
const SERVICE: &[&str] = &[
    "pinned_message",
    "message_auto_delete_timer_changed",
    "chat_background_set",
    "write_access_allowed",
    "proximity_alert_triggered",
    "boost_added",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
];

/// An update as it is kept; `None` without a number, by which alone it can be acknowledged.
pub(crate) fn raw(update: &Value) -> Option<(i64, RawUpdate)> {
    let number = update.get("update_id")?.as_i64()?;
    let payload = update.to_string();
    let press = update.get("callback_query");
    let message = update.get("message");
    let sign = match (press, message) {
        (Some(press), _) => format!("press {}", text_of(press, "id").unwrap_or_default()),
        (None, Some(message)) => format!(
            "message {} {} {}",
            chat_of(message).unwrap_or_default(),
            number_of(message, "message_id").unwrap_or_default(),
            number_of(message, "date").unwrap_or_default()
        ),
        (None, None) => payload.clone(),
    };
    let mut parts = update.as_object().into_iter().flatten();
    let body = parts.find_map(|(_, part)| part.is_object().then_some(part));
    let from = body.and_then(|body| number_of(body.get("from")?, "id"));
    let chat = body.and_then(|body| chat_of(body).or_else(|| chat_of(body.get("message")?)));
    // What others say to each other in a group is not ours to keep.
    let foreign = message.is_some_and(|message| !is_private(message) && !concerns_us(message));
    let payload = if foreign {
        serde_json::json!({ "update_id": number }).to_string()
    } else {
        payload
    };
    let raw = RawUpdate {
        key: number.to_string(),
        sign,
        chat: chat
            .or(from)
            .map_or_else(|| "-".to_owned(), |chat| chat.to_string()),
        account: from.map(|from| from.to_string()).unwrap_or_default(),
        payload,
    };
    Some((number, raw))
}

/// What a kept update says. `bot` is our own user name.
pub(crate) fn read(key: &str, payload: &str, bot: &str) -> Read {
    let Ok(update) = serde_json::from_str::<Value>(payload) else {
        return Read::Nothing;
    };
    let read = if let Some(press) = update.get("callback_query") {
        press_of(key, press)
    } else if let Some(message) = update.get("message") {
        message_of(key, message, bot)
    } else if let Some(change) = update.get("my_chat_member") {
        membership_of(change)
    } else {
        None
    };
    read.unwrap_or(Read::Nothing)
}

/// A press of a button. One that carries what we never gave stands for nothing, in no menu.
fn press_of(key: &str, press: &Value) -> Option<Read> {
    let from = press.get("from")?;
    let account = account_of(from)?;
    let message = press.get("message");
    if message.is_some_and(|message| !is_private(message)) {
        return None;
    }
    let (menu, place) = text_of(press, "data")
        .and_then(read_handle)
        .unwrap_or((0, u32::MAX));
    let update = Update {
        key: key.to_owned(),
        name: name_of(from),
        language: language_of(from),
        said: Said::Choice(place),
        menu: Some(menu),
        account,
    };
    let chat = message.and_then(chat_of).or_else(|| number_of(from, "id"))?;
    let place = Place {
        chat: chat.to_string(),
        message: message
            .and_then(|message| number_of(message, "message_id"))
            .map(|id| id.to_string()),
        regarding: None,
        press: text_of(press, "id").map(ToOwned::to_owned),
        said: None,
    };
    Some(Read::Said(update, place))
}

fn message_of(key: &str, message: &Value, bot: &str) -> Option<Read> {
    if !is_private(message) {
        return shared_of(message, bot);
    }
    let from = message.get("from")?;
    let account = account_of(from)?;
    if SERVICE.iter().any(|kind| message.get(*kind).is_some()) {
        return None;
    }
    // What is no text (a picture, a voice, something newer than this program) is answered that it is not understood.
    let text = text_of(message, "text")
        .or_else(|| text_of(message, "caption"))
        .unwrap_or_default();
    let update = Update {
        key: key.to_owned(),
        name: name_of(from),
        language: language_of(from),
        said: said(text, bot),
        menu: None,
        account,
    };
    let place = Place {
        chat: chat_of(message)?.to_string(),
        message: None,
        regarding: message
            .get("reply_to_message")
            .and_then(|message| number_of(message, "message_id"))
            .map(|id| id.to_string()),
        press: None,
        said: None,
    };
    Some(Read::Said(update, place))
}

/// `/start TOKEN` is a link that was followed, everything else is what it says.
fn said(text: &str, bot: &str) -> Said {
    let mut words = text.split_whitespace();
    match words.next().and_then(|word| command(word, bot)) {
        Some("start") => Said::Start(words.next().map(ToOwned::to_owned)),
        _ => Said::Text(text.to_owned()),
    }
}

/// `/word` or `/word@us`: the word.
fn command<'a>(word: &'a str, bot: &str) -> Option<&'a str> {
    let word = word.strip_prefix('/').filter(|word| !word.is_empty())?;
    match word.split_once('@') {
        None => Some(word),
        Some((word, whose)) => whose.eq_ignore_ascii_case(bot).then_some(word),
    }
}

/// Whether a message of a group may be a command to us, or a change of the group itself.
fn concerns_us(message: &Value) -> bool {
    text_of(message, "text").is_some_and(|text| text.trim_start().starts_with('/'))
        || message.get("migrate_to_chat_id").is_some()
        || message.get("migrate_from_chat_id").is_some()
}

/// In a group: commands to us, and the group's own changes. Nothing else there is read.
fn shared_of(message: &Value, bot: &str) -> Option<Read> {
    // A channel has nobody to talk to.
    let kind = message.get("chat").and_then(|chat| text_of(chat, "type"))?;
    if !matches!(kind, "group" | "supergroup") {
        return None;
    }
    let chat = chat_of(message)?.to_string();
    let title = message
        .get("chat")
        .and_then(|chat| text_of(chat, "title"))
        .unwrap_or_default()
        .to_owned();
    if let Some(to) = number_of(message, "migrate_to_chat_id") {
        let what = SharedEvent::Moved { to: to.to_string() };
        return Some(Read::Shared(Shared { chat, title, what }));
    }
    if let Some(from) = number_of(message, "migrate_from_chat_id") {
        let shared = Shared {
            chat: from.to_string(),
            title,
            what: SharedEvent::Moved { to: chat },
        };
        return Some(Read::Shared(shared));
    }
    let first = text_of(message, "text")?.split_whitespace().next()?;
    let word = command(first, bot)?.to_lowercase();
    let from = message.get("from");
    let language = from.and_then(language_of);
    // In the name of a channel, or of the group itself, "from" is a stand-in.
    let what = match from.and_then(account_of) {
        Some(account) if message.get("sender_chat").is_none() => SharedEvent::Command {
            account,
            language,
            word,
        },
        _ => SharedEvent::Anonymous { language },
    };
    Some(Read::Shared(Shared { chat, title, what }))
}

/// We were let in, put out, blocked.
fn membership_of(change: &Value) -> Option<Read> {
    let here = |key: &str| {
        let status = change.get(key).and_then(|member| text_of(member, "status"))?;
        Some(!matches!(status, "left" | "kicked"))
    };
    let (was, is) = (here("old_chat_member").unwrap_or(false), here("new_chat_member")?);
    let from = change.get("from");
    if is_private(change) {
        return (!is).then(|| from.and_then(account_of).map(Read::Gone)).flatten();
    }
    let what = match (was, is) {
        (false, true) => SharedEvent::Joined {
            language: from.and_then(language_of),
        },
        (_, false) => SharedEvent::Left,
        (true, true) => return None,
    };
    let chat = change.get("chat")?;
    let shared = Shared {
        chat: number_of(chat, "id")?.to_string(),
        title: text_of(chat, "title").unwrap_or_default().to_owned(),
        what,
    };
    Some(Read::Shared(shared))
}

/// The account of a person; bots are none.
fn account_of(from: &Value) -> Option<AccountKey> {
    let bot = from.get("is_bot").and_then(Value::as_bool).unwrap_or(false);
    let id = number_of(from, "id").filter(|_| !bot)?;
    Some(AccountKey::new(PLATFORM, id.to_string()))
}

fn name_of(from: &Value) -> String {
    let parts = [text_of(from, "first_name"), text_of(from, "last_name")];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        text_of(from, "username").unwrap_or_default().to_owned()
    } else {
        parts.join(" ")
    }
}

fn language_of(from: &Value) -> Option<String> {
    text_of(from, "language_code").map(ToOwned::to_owned)
}

fn is_private(message: &Value) -> bool {
    let kind = message.get("chat").and_then(|chat| text_of(chat, "type"));
    kind == Some("private")
}

fn chat_of(message: &Value) -> Option<i64> {
    number_of(message.get("chat")?, "id")
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn number_of(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

#[cfg(test)]
mod tests;
