//! How updates come in from a chat whose server sends them once: kept raw first, read and answered later.
//!
//! An adapter fetches updates, gives them to [`App::keep`](crate::App::keep), and acknowledges them only then.
//! [`App::work`](crate::App::work) reads them back through [`Inbound`], in order within a chat, many chats at once.

use async_trait::async_trait;
use exodus_store::{AccountKey, Shown};

use crate::{
    outbound::SendFailure,
    update::{FrontEnd, Reply, Update},
};

/// What an update turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Somebody said or did something in a chat of their own.
    Said(Update, Place),
    /// Something happened in a chat that others read too.
    Shared(Shared),
    /// The account can not be written to any more, until it returns (U9).
    Gone(AccountKey),
    /// Nothing that is ours to answer.
    Nothing,
}

/// Where an answer belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The chat.
    pub chat: String,
    /// The message whose button was pressed: the answer takes its place.
    pub message: Option<String>,
    /// The message that was replied or reacted to: numbers belong to its menu.
    pub regarding: Option<String>,
    /// A press that wants to be acknowledged, by the platform's own name.
    pub press: Option<String>,
    /// What is answered, by the platform's own name, where it swallows a second answer under the same name.
    pub said: Option<String>,
}

/// Something in a chat that others read too. Nobody's private screen is ever shown there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The chat.
    pub chat: String,
    /// What it is called.
    pub title: String,
    /// What happened.
    pub what: SharedEvent,
}

/// What can happen in a shared chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SharedEvent {
    /// A command, by somebody who can be told apart.
    Command {
        /// Who.
        account: AccountKey,
        /// Their client's language.
        language: Option<String>,
        /// The command's word, without a slash.
        word: String,
    },
    /// A command in the name of the chat itself or of a channel: nobody knows whose.
    Anonymous {
        /// The client's language, if it is known.
        language: Option<String>,
    },
    /// We were let into a chat of somebody's own, who has not said anything yet.
    Met,
    /// We were let in.
    Joined {
        /// The language of whoever let us in.
        language: Option<String>,
    },
    /// Somebody came into a room that we keep, where one sees nothing of before.
    Came,
    /// We were put out.
    Left,
    /// The chat has another name from now on.
    Moved {
        /// The new one.
        to: String,
    },
}

/// A front end whose updates wait in the inbox.
#[async_trait]
pub trait Inbound: Send + Sync {
    /// What it is and can do.
    fn front_end(&self) -> FrontEnd;

    /// What a kept update says. Whatever can not be read of it is left out; nothing makes this fail.
    fn read(&self, key: &str, payload: &str) -> Read;

    /// How a command is written in a chat that others read too.
    fn command(&self, word: &str) -> String {
        format!("/{word}")
    }

    /// Of how many messages and files an answer consists: at least one.
    fn parts(&self, reply: &Reply) -> usize;

    /// Gives a part of the answer, from 0, to whoever spoke; if it shows the menu, says where.
    ///
    /// # Errors
    /// [`SendFailure`]; after [`SendFailure::RetryAfter`] and [`SendFailure::Trouble`] it is tried again.
    async fn answer(
        &self,
        to: &AccountKey,
        place: &Place,
        reply: &Reply,
        part: usize,
    ) -> Result<Option<Shown>, SendFailure>;

    /// Takes a message back, if that is still possible.
    async fn withdraw(&self, chat: &str, message: &str);

    /// Acknowledges a press that has no answer.
    async fn acknowledge(&self, place: &Place);

    /// Says something in a shared chat: a new message, or in place of one. Says which message it is.
    ///
    /// # Errors
    /// [`SendFailure`].
    async fn post(&self, chat: &str, in_place_of: Option<&str>, post: &Post) -> Result<String, SendFailure>;

    /// Makes a room for a circle, or finds the one that was made for this wish; which chat it is. Only for front ends that
    /// said they keep rooms ([`App::keeps_rooms`](crate::App::keeps_rooms)).
    ///
    /// # Errors
    /// [`SendFailure`].
    async fn make_room(&self, _wish: &RoomWish) -> Result<String, SendFailure> {
        Err(no_rooms())
    }

    /// Sees to it that exactly these are in a room, or invited to it.
    ///
    /// # Errors
    /// [`SendFailure`].
    async fn settle_room(&self, _chat: &str, _guests: &[Guest]) -> Result<(), SendFailure> {
        Err(no_rooms())
    }

    /// Says a last word in a room and leaves it to be read.
    ///
    /// # Errors
    /// [`SendFailure`].
    async fn close_room(&self, _chat: &str, _word: &Post) -> Result<(), SendFailure> {
        Err(no_rooms())
    }
}

fn no_rooms() -> SendFailure {
    SendFailure::Refused("this front end keeps no rooms".to_owned())
}

/// A room to be made for the circle of an appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomWish {
    /// Its own name, by which a room that was made before is found again: 32 of `0-9a-f`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub topic: String,
}

/// Somebody who is to be in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Their account's address.
    pub address: String,
    /// When they said so: whoever left by themselves after that is left alone.
    pub since: exodus_core::Timestamp,
}

/// Something said in a shared chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its paragraphs.
    pub paragraphs: Vec<exodus_i18n::Phrase>,
    /// Ways to the private chat: a label, and what its deep link carries.
    pub ways: Vec<(exodus_i18n::Phrase, String)>,
}
