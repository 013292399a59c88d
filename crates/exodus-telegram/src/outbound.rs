//! What goes out: answers in the place of the menu that was pressed, notices as messages of their own, files after them.

use std::time::Duration;

use async_trait::async_trait;
use exodus_app::{
    AccountKey, App, FrontEnd, Inbound, Outbound, Place, Post, Queue, Read, Reply, SendFailure, Shown,
    Urgency, Writing,
};
use exodus_i18n::{Text, Voice};
use exodus_ui::{Attachment, Message};
use serde_json::Value;
use teloxide_core::{
    payloads::{
        AnswerCallbackQuery, AnswerCallbackQuerySetters as _, DeleteMessage, EditMessageText,
        EditMessageTextSetters as _, SendMessage, SendMessageSetters as _,
    },
    types::{
        CallbackQueryId, ChatId, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions,
        MessageId,
    },
};

use crate::{
    client::{CallFailure, Client},
    front_end, inbound,
    render::{self, Rendered},
};

/// The bot as the application sees it.
pub(crate) struct Front {
    pub(crate) app: App,
    pub(crate) client: Client,
    pub(crate) queue: Queue<i64>,
    /// Our own user name.
    pub(crate) bot: String,
}

/// A part of an answer: a message and whether it is the one with the buttons, a file, a prompt.
enum Part<'a> {
    Message(&'a Message, bool),
    File(&'a Attachment),
    /// Asks to type, with what is typed most often.
    Prompt(&'a str),
}

/// The parts of an answer in their order.
fn part_of(reply: &Reply, part: usize) -> Option<Part<'_>> {
    let messages = &reply.arranged.messages;
    match messages.get(part) {
        Some(message) => Some(Part::Message(message, part.saturating_add(1) == messages.len())),
        None => {
            let file = part.saturating_sub(messages.len());
            let files = &reply.arranged.attachments;
            match files.get(file) {
                Some(file) => Some(Part::File(file)),
                None => reply
                    .hint
                    .as_deref()
                    .filter(|_| file == files.len())
                    .map(Part::Prompt),
            }
        }
    }
}

impl Front {
    /// Calls something that writes in a chat, in its turn.
    async fn in_turn<T>(
        &self,
        chat: i64,
        urgency: Urgency,
        writing: Writing,
        call: impl Future<Output = Result<T, CallFailure>>,
    ) -> Result<T, CallFailure> {
        let _turn = self.queue.turn(chat, urgency, writing).await;
        let done = call.await;
        if let Err(CallFailure::RetryAfter(seconds)) = &done {
            self.queue.hold(chat, Duration::from_secs(*seconds));
        }
        done
    }

    /// Sends a message; its number.
    async fn send_text(
        &self,
        chat: i64,
        urgency: Urgency,
        rendered: Rendered,
        buttons: InlineKeyboardMarkup,
    ) -> Result<i64, CallFailure> {
        let mut message = SendMessage::new(ChatId(chat), rendered.text)
            .entities(rendered.entities)
            .link_preview_options(no_preview());
        if !buttons.inline_keyboard.is_empty() {
            message = message.reply_markup(buttons);
        }
        let sent = self
            .in_turn(chat, urgency, Writing::Message, self.client.call(message))
            .await?;
        Ok(message_id(&sent).unwrap_or_default())
    }

    /// Puts something in the place of a message; `false` when that can not be edited any more.
    async fn edit_text(
        &self,
        chat: i64,
        urgency: Urgency,
        message: i64,
        rendered: Rendered,
        buttons: InlineKeyboardMarkup,
    ) -> Result<bool, CallFailure> {
        let Ok(id) = i32::try_from(message) else {
            return Ok(false);
        };
        let edit = EditMessageText::new(ChatId(chat), MessageId(id), rendered.text)
            .entities(rendered.entities)
            .link_preview_options(no_preview())
            .reply_markup(buttons);
        match self
            .in_turn(chat, urgency, Writing::Edit, self.client.call(edit))
            .await
        {
            Ok(_) | Err(CallFailure::Unchanged) => Ok(true),
            Err(CallFailure::CanNotEdit) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Opens the field for typing, with what is typed most often in it. Buttons and this can not stand under one message.
    async fn send_prompt(&self, chat: i64, hint: &str, reply: &Reply) -> Result<i64, CallFailure> {
        let voice = Voice::new(reply.lang);
        let say = |id: &'static str| voice.say(&Text::new(id)).to_string();
        let typed = render::hint(hint).unwrap_or_else(|| say("telegram-prompt-hint"));
        let field = ForceReply::new().input_field_placeholder(typed);
        let message = SendMessage::new(ChatId(chat), say("telegram-prompt")).reply_markup(field);
        let sent = self
            .in_turn(chat, Urgency::Answer, Writing::Message, self.client.call(message))
            .await?;
        Ok(message_id(&sent).unwrap_or_default())
    }

    async fn send_file(&self, chat: i64, urgency: Urgency, file: &Attachment) -> Result<(), CallFailure> {
        let (name, bytes) = (file.name.clone(), file.bytes.clone());
        if file.media_type.starts_with("image/") {
            let photo = self.client.photo(chat, name, bytes);
            self.in_turn(chat, urgency, Writing::Message, photo).await
        } else {
            let document = self.client.document(chat, name, bytes);
            self.in_turn(chat, urgency, Writing::Message, document).await
        }
    }

    /// Stops the waiting sign on a pressed button, with a word if there is one. Too late is no trouble.
    async fn toast(&self, press: &str, text: Option<String>) {
        let mut answer = AnswerCallbackQuery::new(CallbackQueryId(press.to_owned()));
        if let Some(text) = text {
            answer = answer.text(text);
        }
        if let Err(failure) = self.client.call(answer).await {
            tracing::debug!(%failure, "a press could not be acknowledged");
        }
    }

    /// Shows a message: in place of another where that is possible. Its number.
    async fn show(
        &self,
        chat: i64,
        urgency: Urgency,
        in_place_of: Option<i64>,
        rendered: Rendered,
        buttons: InlineKeyboardMarkup,
    ) -> Result<i64, CallFailure> {
        if let Some(message) = in_place_of
            && self
                .edit_text(chat, urgency, message, rendered.clone(), buttons.clone())
                .await?
        {
            return Ok(message);
        }
        self.send_text(chat, urgency, rendered, buttons).await
    }
}

/// Links that people give show no pictures of their own.
fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn message_id(sent: &Value) -> Option<i64> {
    sent.get("message_id")?.as_i64()
}

fn chat_id(chat: &str) -> Result<i64, SendFailure> {
    chat.parse()
        .map_err(|_| SendFailure::Refused("no chat of Telegram's".to_owned()))
}

/// What a failed call means for whoever wanted to say something.
fn send_failure(failure: CallFailure) -> SendFailure {
    match failure {
        CallFailure::Gone => SendFailure::Gone,
        CallFailure::RetryAfter(seconds) => SendFailure::RetryAfter(seconds.max(1)),
        CallFailure::Refused(why) => SendFailure::Refused(why),
        CallFailure::Moved(_)
        | CallFailure::Unchanged
        | CallFailure::CanNotEdit
        | CallFailure::Token
        | CallFailure::Conflict
        | CallFailure::Trouble(_) => SendFailure::Trouble(failure.to_string()),
    }
}

#[async_trait]
impl Inbound for Front {
    fn front_end(&self) -> FrontEnd {
        front_end()
    }

    fn read(&self, key: &str, payload: &str) -> Read {
        inbound::read(key, payload, &self.bot)
    }

    fn parts(&self, reply: &Reply) -> usize {
        let arranged = &reply.arranged;
        let prompt = usize::from(reply.hint.is_some());
        arranged
            .messages
            .len()
            .saturating_add(arranged.attachments.len())
            .saturating_add(prompt)
    }

    async fn answer(
        &self,
        to: &AccountKey,
        place: &Place,
        reply: &Reply,
        part: usize,
    ) -> Result<Option<Shown>, SendFailure> {
        let chat = chat_id(&place.chat)?;
        if let (0, Some(press)) = (part, &place.press) {
            let word = reply.arranged.messages.first().and_then(render::toast);
            self.toast(press, word).await;
        }
        match part_of(reply, part) {
            None => Ok(None),
            Some(Part::File(file)) => {
                let sent = self.send_file(chat, Urgency::Answer, file).await;
                sent.map(|()| None).map_err(send_failure)
            }
            Some(Part::Message(message, last)) => {
                let pressed = place.message.as_ref().filter(|_| part == 0);
                let in_place_of = pressed.and_then(|message| message.parse().ok());
                let buttons = render::keyboard(&message.rows, reply.menu);
                let rendered = render::text(message);
                let shown = self
                    .show(chat, Urgency::Answer, in_place_of, rendered, buttons)
                    .await;
                let id = shown.map_err(send_failure)?;
                Ok(last.then(|| shown_at(place.chat.clone(), id, to, reply)))
            }
            Some(Part::Prompt(hint)) => {
                let sent = self.send_prompt(chat, hint, reply).await;
                let id = sent.map_err(send_failure)?;
                Ok(Some(Shown {
                    prompt: true,
                    ..shown_at(place.chat.clone(), id, to, reply)
                }))
            }
        }
    }

    async fn withdraw(&self, chat: &str, message: &str) {
        let (Ok(chat), Ok(message)) = (chat.parse(), message.parse()) else {
            return;
        };
        let delete = DeleteMessage::new(ChatId(chat), MessageId(message));
        if let Err(failure) = self.client.call(delete).await {
            tracing::debug!(%failure, "a message could not be taken back");
        }
    }

    async fn acknowledge(&self, place: &Place) {
        if let Some(press) = &place.press {
            self.toast(press, None).await;
        }
    }

    async fn post(&self, chat: &str, in_place_of: Option<&str>, post: &Post) -> Result<String, SendFailure> {
        let id = chat_id(chat)?;
        if let Some(held) = self.queue.held(&id) {
            return Err(SendFailure::RetryAfter(held.as_secs().saturating_add(1)));
        }
        let buttons = post.ways.iter().filter_map(|(label, payload)| {
            let link = deep_link(&self.bot, payload).parse().ok()?;
            Some([InlineKeyboardButton::url(label.to_string(), link)])
        });
        let buttons = InlineKeyboardMarkup::new(buttons);
        let rendered = render::paragraphs(&post.paragraphs);
        let message = in_place_of.and_then(|message| message.parse().ok());
        match self.show(id, Urgency::Post, message, rendered, buttons).await {
            Ok(id) => Ok(id.to_string()),
            Err(CallFailure::Moved(to)) => Err(SendFailure::Moved(to.to_string())),
            Err(failure) => Err(send_failure(failure)),
        }
    }
}

/// A link that opens the private chat with us, and says something there.
pub(crate) fn deep_link(bot: &str, payload: &str) -> String {
    if payload.is_empty() {
        format!("https://t.me/{bot}")
    } else {
        format!("https://t.me/{bot}?start={payload}")
    }
}

fn shown_at(chat: String, message: i64, to: &AccountKey, reply: &Reply) -> Shown {
    Shown {
        chat,
        message: message.to_string(),
        account: to.clone(),
        menu: reply.menu,
        prompt: false,
    }
}

#[async_trait]
impl Outbound for Front {
    fn front_end(&self) -> FrontEnd {
        front_end()
    }

    /// Each chat has its own turn in the queue.
    fn at_once(&self) -> usize {
        64
    }

    async fn send(&self, to: &AccountKey, _letter: u64, message: &Reply) -> Result<(), SendFailure> {
        // A private chat has the number of the person.
        let chat = chat_id(&to.address)?;
        if let Some(held) = self.queue.held(&chat) {
            return Err(SendFailure::RetryAfter(held.as_secs().saturating_add(1)));
        }
        let urgency = if message.urgent {
            Urgency::Emergency
        } else {
            Urgency::Notice
        };
        let parts = Inbound::parts(self, message);
        for part in 0..parts {
            match part_of(message, part) {
                None | Some(Part::Prompt(_)) => {}
                Some(Part::File(file)) => self.send_file(chat, urgency, file).await.map_err(send_failure)?,
                Some(Part::Message(part, last)) => {
                    let buttons = render::keyboard(&part.rows, message.menu);
                    let sent = self.send_text(chat, urgency, render::text(part), buttons).await;
                    let id = sent.map_err(send_failure)?;
                    if last {
                        let shown = shown_at(to.address.clone(), id, to, message);
                        if let Err(trouble) = self.app.showing(shown).await {
                            // Its buttons say themselves which menu they are of; only a typed number does not find it.
                            tracing::warn!(%trouble, "it could not be kept which menu a notice shows");
                        }
                    }
                }
            }
        }
        Ok(())
    }
}
