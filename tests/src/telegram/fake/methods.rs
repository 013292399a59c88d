//! The methods, as Telegram answers them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{DATE, PRESS, State};
use crate::telegram::{File, description::bot_api};

/// What is answered.
pub(super) struct Outcome {
    pub(super) status: u16,
    pub(super) value: Value,
}

impl Outcome {
    pub(super) fn good(result: Value) -> Self {
        Self {
            status: 200,
            value: json!({"ok": true, "result": result}),
        }
    }

    pub(super) fn error(status: u16, description: &str) -> Self {
        Self {
            status,
            value: json!({"ok": false, "error_code": status, "description": description}),
        }
    }

    pub(super) fn flood(seconds: u64) -> Self {
        let mut outcome = Self::error(429, &format!("Too Many Requests: retry after {seconds}"));
        outcome.value["parameters"] = json!({"retry_after": seconds});
        outcome
    }
}

type Done = Result<Value, Outcome>;

fn refused(description: &str) -> Outcome {
    Outcome::error(400, &format!("Bad Request: {description}"))
}

fn whole(given: &Map<String, Value>, name: &str) -> i64 {
    given.get(name).and_then(Value::as_i64).unwrap_or_default()
}

impl State {
    pub(super) fn perform(
        &mut self,
        method: &str,
        given: &Map<String, Value>,
        files: &BTreeMap<String, File>,
    ) -> Outcome {
        let done = match method {
            "getMe" => Ok(self.me(true)),
            "sendMessage" => self.send(given, &["text", "entities"], json!({})),
            "sendPhoto" => {
                let photo = json!([self.stored(files.get("photo"), json!({"width": 300, "height": 300}))]);
                self.send(given, &["caption", "caption_entities"], json!({"photo": photo}))
            }
            "sendDocument" => {
                let file = files.get("document");
                let named = file.map_or(
                    json!({}),
                    |file| json!({"file_name": file.name, "mime_type": file.kind}),
                );
                let document = self.stored(file, named);
                self.send(
                    given,
                    &["caption", "caption_entities"],
                    json!({"document": document}),
                )
            }
            "editMessageText" => self.edit(given, &["text", "entities", "reply_markup"]),
            "editMessageCaption" => self.edit(given, &["caption", "caption_entities", "reply_markup"]),
            "editMessageReplyMarkup" => self.edit(given, &["reply_markup"]),
            "deleteMessage" => self.delete(given),
            "answerCallbackQuery" => self.answer_press(given),
            "sendChatAction" | "pinChatMessage" => {
                self.open_chat(whole(given, "chat_id")).map(|_| true.into())
            }
            "leaveChat" => {
                self.chat(whole(given, "chat_id")).closed =
                    Some("Forbidden: bot is not a member of the group chat");
                Ok(true.into())
            }
            "getChat" => self.open_chat(whole(given, "chat_id")).map(|chat| {
                let mut about = about_chat(chat);
                about["accent_color_id"] = 0.into();
                about["max_reaction_count"] = 11.into();
                about
            }),
            "getChatMember" => Ok(self.member(whole(given, "chat_id"), whole(given, "user_id"))),
            "setMyCommands"
            | "deleteMyCommands"
            | "setMyDescription"
            | "setMyShortDescription"
            | "setMyName" => {
                let language = given.get("language_code").and_then(Value::as_str).unwrap_or("*");
                let scope = given
                    .get("scope")
                    .and_then(|scope| scope["type"].as_str())
                    .unwrap_or("default");
                let place = format!("{method} {scope} {language}");
                self.profile.insert(place, Value::Object(given.clone()));
                Ok(true.into())
            }
            "deleteWebhook" => Ok(true.into()),
            "setWebhook" => Ok(true.into()),
            "getWebhookInfo" => Ok(
                json!({"url": "", "has_custom_certificate": false, "pending_update_count": self.updates.len()}),
            ),
            other => {
                self.violation(format!("{other} is not made here; is it needed?"));
                Err(Outcome::error(404, "Not Found"))
            }
        };
        done.map_or_else(|refused| refused, Outcome::good)
    }

    fn me(&self, whole: bool) -> Value {
        let id: i64 = self
            .token
            .split(':')
            .next()
            .and_then(|id| id.parse().ok())
            .unwrap_or(1);
        let mut me = json!({"id": id, "is_bot": true, "first_name": "Exodus", "username": "exodus_test_bot"});
        if whole {
            for can in [
                "can_connect_to_business",
                "can_read_all_group_messages",
                "supports_inline_queries",
                "has_main_web_app",
                "has_topics_enabled",
                "allows_users_to_create_topics",
                "can_manage_bots",
            ] {
                me[can] = false.into();
            }
            me["can_join_groups"] = true.into();
        }
        me
    }

    fn stored(&mut self, file: Option<&File>, more: Value) -> Value {
        self.files += 1;
        let size = file.map_or(0, |file| file.bytes.len());
        let number = self.files;
        let mut stored = more;
        stored["file_id"] = format!("file-{number}").into();
        stored["file_unique_id"] = format!("unique-{number}").into();
        stored["file_size"] = size.into();
        stored
    }

    /// The chat, if the bot may write there now.
    fn open_chat(&mut self, number: i64) -> Result<i64, Outcome> {
        let Some(chat) = self.chats.get(&number) else {
            return Err(refused("chat not found"));
        };
        if let Some(to) = chat.migrated {
            let mut gone = refused("group chat was upgraded to a supergroup chat");
            gone.value["parameters"] = json!({"migrate_to_chat_id": to});
            return Err(gone);
        }
        if let Some(closed) = chat.closed {
            return Err(Outcome::error(403, closed));
        }
        if let Some(until) = chat.flood {
            let left = until.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                // Whoever waits so many whole seconds has waited long enough.
                let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
                return Err(Outcome::flood(seconds));
            }
        }
        Ok(number)
    }

    fn send(&mut self, given: &Map<String, Value>, words: &[&str], more: Value) -> Done {
        let number = self.open_chat(whole(given, "chat_id"))?;
        if self.paced {
            self.keeps_pace(number).map_err(Outcome::flood)?;
        }
        let from = self.me(false);
        let chat = self.chat(number);
        chat.last_message += 1;
        let id = chat.last_message;
        let mut message = json!({"message_id": id, "date": DATE, "from": from, "chat": about_chat(number)});
        let fields = message.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        for word in words {
            if let Some(value) = given.get(*word).filter(|value| **value != json!([])) {
                fields.insert((*word).to_owned(), value.clone());
            }
        }
        if let Some(markup) = inline(given) {
            fields.insert("reply_markup".to_owned(), markup);
        }
        bot_api().message(&message).expect("what is shown is a message");
        chat.messages.insert(id, message.clone());
        Ok(message)
    }

    fn edit(&mut self, given: &Map<String, Value>, words: &[&str]) -> Done {
        let number = self.open_chat(whole(given, "chat_id"))?;
        let chat = self.chat(number);
        let Some(message) = chat.messages.get_mut(&whole(given, "message_id")) else {
            return Err(refused("message to edit not found"));
        };
        let before = message.clone();
        if words.contains(&"text") && message.get("text").is_none() {
            return Err(refused("there is no text in the message to edit"));
        }
        if words.contains(&"caption") && message.get("photo").or(message.get("document")).is_none() {
            return Err(refused("there is no caption in the message to edit"));
        }
        let fields = message.as_object_mut().expect("an object");
        for word in words {
            fields.remove(*word);
            let value = if *word == "reply_markup" {
                inline(given)
            } else {
                given.get(*word).cloned()
            };
            if let Some(value) = value.filter(|value| *value != json!([])) {
                fields.insert((*word).to_owned(), value);
            }
        }
        let same = words.iter().all(|word| before.get(word) == fields.get(*word));
        if same {
            *message = before;
            return Err(refused(
                "message is not modified: specified new message content and reply markup are exactly the same as a \
                 current content and reply markup of the message",
            ));
        }
        fields.insert("edit_date".to_owned(), DATE.into());
        let message = message.clone();
        bot_api().message(&message).expect("what is shown is a message");
        Ok(message)
    }

    fn delete(&mut self, given: &Map<String, Value>) -> Done {
        let number = self.open_chat(whole(given, "chat_id"))?;
        match self.chat(number).messages.remove(&whole(given, "message_id")) {
            Some(_) => Ok(true.into()),
            None => Err(refused("message to delete not found")),
        }
    }

    fn answer_press(&mut self, given: &Map<String, Value>) -> Done {
        let id = given
            .get("callback_query_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let too_late = "query is too old and response timeout expired or query ID is invalid";
        let press = self.presses.get_mut(id).ok_or_else(|| refused(too_late))?;
        if press.at.elapsed() > PRESS {
            return Err(refused(too_late));
        }
        press.answered = true;
        Ok(true.into())
    }

    fn member(&self, chat: i64, user: i64) -> Value {
        let who = json!({"id": user, "is_bot": false, "first_name": "Somebody"});
        match self.standings.get(&(chat, user)) {
            Some(&"creator") => json!({"status": "creator", "user": who, "is_anonymous": false}),
            Some(_) => {
                let mut member = json!({"status": "administrator", "user": who, "is_anonymous": false, "can_be_edited": false});
                for may in [
                    "can_manage_chat",
                    "can_delete_messages",
                    "can_manage_video_chats",
                    "can_restrict_members",
                    "can_promote_members",
                    "can_change_info",
                    "can_invite_users",
                    "can_post_stories",
                    "can_edit_stories",
                    "can_delete_stories",
                ] {
                    member[may] = true.into();
                }
                member
            }
            None => json!({"status": "member", "user": who}),
        }
    }
}

/// The keyboard under a message: one without buttons is none.
fn inline(given: &Map<String, Value>) -> Option<Value> {
    let markup = given.get("reply_markup")?;
    let rows = markup.get("inline_keyboard")?.as_array()?;
    (!rows.is_empty()).then(|| markup.clone())
}

fn about_chat(id: i64) -> Value {
    if id > 0 {
        json!({"id": id, "type": "private", "first_name": "Somebody"})
    } else if id < -1_000_000_000_000 {
        json!({"id": id, "type": "supergroup", "title": "A group"})
    } else {
        json!({"id": id, "type": "group", "title": "A group"})
    }
}
