//! What goes out: an answer to a sign in the place of its screen, everything else as a message of its own, files after it.
//!
//! Every message has a name of its own that is the same whenever it is sent again (of the notice, or of what is answered): the
//! homeserver takes it once. What is private goes into a room where nobody else is, and nowhere else.

use async_trait::async_trait;
use exodus_app::{
    AccountKey, App, FrontEnd, Guest, Inbound, Outbound, Place, Post, Queue, Read, Reply, RoomWish,
    SendFailure, Shown, Tempo, Urgency, Writing,
};
use exodus_ui::{Attachment, Message, reaction};
use matrix_sdk::{
    Client, Room, RoomState,
    attachment::AttachmentConfig,
    ruma::{EventId, OwnedTransactionId, RoomId, UserId},
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

use crate::{
    circle,
    failure::CallFailure,
    front_end, inbound,
    render::{self, Rendered},
    rooms,
    signs::{Screen, Signs},
};

/// The homeserver says itself when it is too much, for the whole account; until then everything goes as it comes, one at a
/// time in a room.
pub(crate) const TEMPO: Tempo = Tempo {
    overall: Duration::ZERO,
    chat: Duration::ZERO,
    edit: Duration::ZERO,
    group_messages: usize::MAX,
    group_time: Duration::ZERO,
};

/// The bot as the application sees it.
pub(crate) struct Front {
    pub(crate) app: App,
    pub(crate) client: Client,
    pub(crate) queue: Queue<String>,
    pub(crate) signs: Arc<Signs>,
    /// Whether choices have signs.
    pub(crate) reactions: bool,
    /// Ourselves.
    pub(crate) own: String,
    /// What newcomers speak of whom nothing else is known.
    pub(crate) language: String,
}

/// A part of an answer: a message and whether it is the last one, a file.
enum Part<'a> {
    Message(&'a Message, bool),
    File(&'a Attachment),
}

fn part_of(reply: &Reply, part: usize) -> Option<Part<'_>> {
    let messages = &reply.arranged.messages;
    match messages.get(part) {
        Some(message) => Some(Part::Message(message, part.saturating_add(1) == messages.len())),
        None => {
            let file = part.saturating_sub(messages.len());
            reply.arranged.attachments.get(file).map(Part::File)
        }
    }
}

/// The name under which something is sent: the same for the same.
fn transaction(kind: &str, what: &str, part: usize) -> OwnedTransactionId {
    OwnedTransactionId::from(format!("exodus-{kind}-{what}-{part}"))
}

impl Front {
    /// Calls something that writes in a room, in its turn.
    async fn in_turn<T>(
        &self,
        room: &Room,
        urgency: Urgency,
        call: impl Future<Output = Result<T, CallFailure>>,
    ) -> Result<T, CallFailure> {
        let turn = self
            .queue
            .turn(room.room_id().to_string(), urgency, Writing::Message)
            .await;
        let done = call.await;
        drop(turn);
        if let Err(CallFailure::RetryAfter(wait)) = &done {
            self.queue.hold_all(*wait);
        }
        done
    }

    /// Sends a message; the event it is.
    async fn send_content(
        &self,
        room: &Room,
        urgency: Urgency,
        content: Value,
        transaction: Option<OwnedTransactionId>,
    ) -> Result<String, CallFailure> {
        let call = async {
            let send = room.send_raw("m.room.message", content);
            let sent = match &transaction {
                Some(transaction) => send.with_transaction_id(transaction).await,
                None => send.await,
            };
            Ok(sent?.response.event_id.to_string())
        };
        self.in_turn(room, urgency, call).await
    }

    async fn send_file(
        &self,
        room: &Room,
        urgency: Urgency,
        file: &Attachment,
        transaction: OwnedTransactionId,
    ) -> Result<(), CallFailure> {
        let kind = file.media_type.parse().unwrap_or(mime::APPLICATION_OCTET_STREAM);
        let config = AttachmentConfig::new()
            .txn_id(transaction)
            .mentions(Some(matrix_sdk::ruma::events::Mentions::new()));
        let call = async {
            let sent = room.send_attachment(&file.name, &kind, file.bytes.clone(), config);
            sent.await?;
            Ok(())
        };
        self.in_turn(room, urgency, call).await
    }

    /// Takes somebody's sign away, so that it can be put there again; whether we may.
    async fn take_sign(&self, room: &Room, sign: &str) -> Result<bool, CallFailure> {
        let levels = room.power_levels_or_default().await;
        let Ok(event) = EventId::parse(sign) else {
            return Ok(false);
        };
        if !levels.user_can_redact_event_of_other(room.own_user_id()) {
            return Ok(false);
        }
        let call = async {
            let transaction = transaction("sign", sign, 0);
            room.redact(&event, None, Some(transaction)).await?;
            Ok(())
        };
        match self.in_turn(room, Urgency::Answer, call).await {
            Ok(()) => Ok(true),
            Err(CallFailure::Closed | CallFailure::Refused(_)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Gives a part of an answer; the event that shows its menu, if this part does.
    async fn give(
        &self,
        to: &AccountKey,
        place: &Place,
        reply: &Reply,
        part: usize,
    ) -> Result<Option<Shown>, CallFailure> {
        let room = rooms::private(&self.client, &place.chat, to).await?;
        let name = place.said.as_deref().unwrap_or_default();
        let transaction = transaction("answer", name, part);
        match part_of(reply, part) {
            None => Ok(None),
            Some(Part::File(file)) => {
                self.send_file(&room, Urgency::Answer, file, transaction).await?;
                Ok(None)
            }
            Some(Part::Message(message, last)) => {
                let rendered = render::text(message);
                let screen = match (&place.message, &place.press) {
                    (Some(screen), Some(sign)) if part == 0 && self.take_sign(&room, sign).await? => {
                        Some(screen)
                    }
                    _ => None,
                };
                let content = match screen {
                    Some(screen) => render::edit(screen, &rendered),
                    None => render::notice(&rendered, None),
                };
                let sent = self
                    .send_content(&room, Urgency::Answer, content, Some(transaction))
                    .await?;
                let edited = screen.is_some();
                let message = screen.cloned().unwrap_or(sent);
                Ok(last.then(|| self.shown(&room, message, edited, to, reply)))
            }
        }
    }

    /// A message shows a menu from now on.
    fn shown(&self, room: &Room, message: String, edited: bool, to: &AccountKey, reply: &Reply) -> Shown {
        let chat = room.room_id().to_string();
        if self.reactions {
            let screen = Screen {
                message: message.clone(),
                signs: reaction::signs(&reply.arranged.menu),
                edited,
            };
            self.signs.want(&chat, screen);
        }
        Shown {
            chat,
            message,
            account: to.clone(),
            menu: reply.menu,
            prompt: false,
        }
    }

    async fn notify(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), CallFailure> {
        let user = UserId::parse(&to.address).map_err(|_| CallFailure::Closed)?;
        let room = rooms::private_with(&self.client, &user).await?;
        let room = room.ok_or(CallFailure::Closed)?;
        let urgency = if message.urgent {
            Urgency::Emergency
        } else {
            Urgency::Notice
        };
        let name = letter.to_string();
        for part in 0..Inbound::parts(self, message) {
            let transaction = transaction("notice", &name, part);
            match part_of(message, part) {
                None => {}
                Some(Part::File(file)) => self.send_file(&room, urgency, file, transaction).await?,
                Some(Part::Message(text, last)) => {
                    let content = render::notice(&render::text(text), Some(user.as_str()));
                    let sent = self
                        .send_content(&room, urgency, content, Some(transaction))
                        .await?;
                    if last {
                        let shown = self.shown(&room, sent, false, to, message);
                        if let Err(trouble) = self.app.showing(shown).await {
                            // A typed number goes to the last screen anyway; only a sign does not find it.
                            tracing::warn!(%trouble, "it could not be kept which menu a notice shows");
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Says something in a shared room.
    async fn say(&self, chat: &str, in_place_of: Option<&str>, post: &Post) -> Result<String, CallFailure> {
        let room = RoomId::parse(chat).ok().and_then(|id| self.client.get_room(&id));
        let room = room
            .filter(|room| room.state() == RoomState::Joined)
            .ok_or(CallFailure::Closed)?;
        let rendered = self.rendered(post);
        let there = match in_place_of {
            Some(message) if self.stands(&room, message).await? => Some(message),
            _ => None,
        };
        let content = match there {
            Some(message) => render::edit(message, &rendered),
            None => render::notice(&rendered, None),
        };
        let sent = self.send_content(&room, Urgency::Post, content, None).await?;
        Ok(there.map_or(sent, ToOwned::to_owned))
    }

    /// Whether a message of ours stands there still: somebody may have taken it away.
    async fn stands(&self, room: &Room, message: &str) -> Result<bool, CallFailure> {
        let Ok(id) = EventId::parse(message) else {
            return Ok(false);
        };
        match room.event(&id, None).await.map_err(CallFailure::from) {
            Ok(event) => {
                let event: Option<Value> = serde_json::from_str(event.raw().json().get()).ok();
                let content = event.as_ref().and_then(|event| event.get("content"));
                Ok(content
                    .and_then(Value::as_object)
                    .is_some_and(|content| !content.is_empty()))
            }
            Err(CallFailure::Closed) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    fn rendered(&self, post: &Post) -> Rendered {
        let mut rendered = render::paragraphs(&post.paragraphs);
        for (label, payload) in &post.ways {
            rendered.link(label, &way_to(&self.own));
            if !payload.is_empty() {
                rendered.code(&format!("start {payload}"));
            }
        }
        rendered
    }
}

/// A link that leads to somebody.
pub(crate) fn way_to(user: &str) -> String {
    format!("https://matrix.to/#/{user}")
}

#[async_trait]
impl Inbound for Front {
    fn front_end(&self) -> FrontEnd {
        front_end()
    }

    fn read(&self, _key: &str, payload: &str) -> Read {
        inbound::read(payload, &self.own, &self.language)
    }

    fn command(&self, word: &str) -> String {
        format!("{} {word}", inbound::CALL)
    }

    fn parts(&self, reply: &Reply) -> usize {
        let arranged = &reply.arranged;
        arranged.messages.len().saturating_add(arranged.attachments.len())
    }

    async fn answer(
        &self,
        to: &AccountKey,
        place: &Place,
        reply: &Reply,
        part: usize,
    ) -> Result<Option<Shown>, SendFailure> {
        Ok(self.give(to, place, reply, part).await?)
    }

    /// Nothing of ours is taken back: there are no prompts here.
    async fn withdraw(&self, _chat: &str, _message: &str) {}

    /// A sign that has no answer stays where it is.
    async fn acknowledge(&self, _place: &Place) {}

    async fn make_room(&self, wish: &RoomWish) -> Result<String, SendFailure> {
        Ok(circle::make(&self.client, wish).await?)
    }

    async fn settle_room(&self, chat: &str, guests: &[Guest]) -> Result<(), SendFailure> {
        Ok(circle::settle(&self.client, chat, guests).await?)
    }

    async fn close_room(&self, chat: &str, word: &Post) -> Result<(), SendFailure> {
        Ok(circle::close(&self.client, chat, word).await?)
    }

    async fn post(&self, chat: &str, in_place_of: Option<&str>, post: &Post) -> Result<String, SendFailure> {
        if let Some(held) = self.queue.held(&chat.to_owned()) {
            return Err(SendFailure::RetryAfter(held.as_secs().saturating_add(1)));
        }
        let there = RoomId::parse(chat).ok();
        let room = there.as_ref().and_then(|id| self.client.get_room(id));
        if let Some(next) = room.as_ref().and_then(|room| room.successor_room()) {
            return Err(SendFailure::Moved(next.room_id.to_string()));
        }
        let joined = room.is_some_and(|room| room.state() == RoomState::Joined);
        if !joined && there.is_some_and(|id| rooms::moved_from(&self.client, &id).is_some()) {
            // Sooner or later somebody lets us in there.
            return Err(SendFailure::Trouble(
                "the room has moved to where we are not yet".to_owned(),
            ));
        }
        Ok(self.say(chat, in_place_of, post).await?)
    }
}

#[async_trait]
impl Outbound for Front {
    fn front_end(&self) -> FrontEnd {
        front_end()
    }

    /// Each room has its own turn in the queue.
    fn at_once(&self) -> usize {
        16
    }

    async fn send(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), SendFailure> {
        if let Some(held) = self.queue.held(&String::new()) {
            return Err(SendFailure::RetryAfter(held.as_secs().saturating_add(1)));
        }
        Ok(self.notify(to, letter, message).await?)
    }
}
