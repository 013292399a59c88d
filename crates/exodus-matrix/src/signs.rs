//! The signs under a message: put there after the message, one after another, and never before anything that somebody waits
//! for. A newer screen in the same room makes those of an older one superfluous.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use exodus_app::{Queue, Urgency, Writing, queue::Turn};
use matrix_sdk::{
    Client, Room,
    room::{IncludeRelations, RelationsOptions},
    ruma::{EventId, RoomId, UInt, events::relation::RelationType},
};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::{failure::CallFailure, inbound::text_of};

/// Messages whose signs are remembered; of others the homeserver is asked.
const REMEMBERED: usize = 512;

/// What is to be done, by room: the last screen there.
#[derive(Default)]
pub(crate) struct Signs {
    wanted: Mutex<BTreeMap<String, Screen>>,
    changed: Notify,
}

/// A screen and the signs it has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    pub(crate) message: String,
    pub(crate) signs: Vec<String>,
    /// Whether it may have others: it was there before.
    pub(crate) edited: bool,
}

/// Signs of ours that are there, by message, in the order in which they came there: the sign and the event that put it there.
#[derive(Default)]
struct There {
    of: HashMap<String, Vec<(String, String)>>,
    order: VecDeque<String>,
}

impl Signs {
    /// A screen is shown in a room.
    pub(crate) fn want(&self, room: &str, screen: Screen) {
        self.lock().insert(room.to_owned(), screen);
        self.changed.notify_one();
    }

    /// Puts signs where they have to be, for ever.
    pub(crate) async fn run(&self, client: &Client, queue: &Queue<String>) {
        let mut there = There::default();
        loop {
            let next = self.lock().pop_first();
            match next {
                Some((room, screen)) => self.put(client, queue, &mut there, &room, &screen).await,
                None => self.changed.notified().await,
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Screen>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a newer screen is shown there.
    fn is_over(&self, room: &str) -> bool {
        self.lock().contains_key(room)
    }

    async fn put(
        &self,
        client: &Client,
        queue: &Queue<String>,
        there: &mut There,
        room: &str,
        screen: &Screen,
    ) {
        let (Some(place), Ok(message)) = (
            RoomId::parse(room).ok().and_then(|id| client.get_room(&id)),
            EventId::parse(&screen.message),
        ) else {
            return;
        };
        if screen.edited && !there.of.contains_key(&screen.message) {
            match found(&place, &message).await {
                Ok(found) => there.remember(&screen.message, found),
                Err(failure) => tracing::debug!(%failure, "signs that may be there are left alone"),
            }
        }
        let mut now = there.of.get(&screen.message).cloned().unwrap_or_default();
        // Clients show them in the order in which they came: what is not in its place any more goes.
        for (sign, event) in now.split_off(in_place(&now, &screen.signs)) {
            let gone = match EventId::parse(&event) {
                Ok(event) => take_away(queue, &place, &event).await.is_ok(),
                Err(_) => true,
            };
            if !gone {
                now.push((sign, event));
            }
        }
        for sign in &screen.signs {
            if now.iter().any(|(there, _)| there == sign) {
                continue;
            }
            if self.is_over(room) {
                break;
            }
            match put_under(queue, &place, &screen.message, sign).await {
                Ok(event) => now.push((sign.clone(), event)),
                Err(failure) => {
                    tracing::debug!(%failure, "a sign could not be put under a message");
                    break;
                }
            }
        }
        there.remember(&screen.message, now);
    }
}

impl There {
    fn remember(&mut self, message: &str, signs: Vec<(String, String)>) {
        if self.of.insert(message.to_owned(), signs).is_none() {
            self.order.push_back(message.to_owned());
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.of.remove(&oldest);
        }
    }
}

/// How many signs stay where they are: those at the beginning that are wanted there.
fn in_place(there: &[(String, String)], wanted: &[String]) -> usize {
    there
        .iter()
        .zip(wanted)
        .take_while(|((sign, _), wanted)| sign == *wanted)
        .count()
}

/// Puts a sign under a message; the event that does. Waits as long as the server asks for.
async fn put_under(
    queue: &Queue<String>,
    room: &Room,
    message: &str,
    sign: &str,
) -> Result<String, CallFailure> {
    let content = json!({
        "m.relates_to": { "rel_type": "m.annotation", "event_id": message, "key": sign }
    });
    loop {
        let turn = turn(queue, room).await;
        let sent = room.send_raw("m.reaction", content.clone()).await;
        drop(turn);
        match sent.map_err(CallFailure::from) {
            Ok(sent) => return Ok(sent.response.event_id.to_string()),
            Err(CallFailure::RetryAfter(wait)) => queue.hold_all(wait),
            Err(failure) => return Err(failure),
        }
    }
}

/// Takes a sign of ours away.
async fn take_away(queue: &Queue<String>, room: &Room, sign: &EventId) -> Result<(), CallFailure> {
    loop {
        let turn = turn(queue, room).await;
        let taken = room.redact(sign, None, None).await;
        drop(turn);
        match taken.map_err(CallFailure::from) {
            Ok(_) => return Ok(()),
            Err(CallFailure::RetryAfter(wait)) => queue.hold_all(wait),
            Err(failure) => return Err(failure),
        }
    }
}

async fn turn(queue: &Queue<String>, room: &Room) -> Turn<String> {
    let room = room.room_id().to_string();
    queue.turn(room, Urgency::Trimming, Writing::Message).await
}

/// Our own signs under a message, as the homeserver has them.
async fn found(room: &Room, message: &EventId) -> Result<Vec<(String, String)>, CallFailure> {
    let options = RelationsOptions {
        include_relations: IncludeRelations::RelationsOfType(RelationType::Annotation),
        limit: Some(UInt::from(100_u32)),
        ..RelationsOptions::default()
    };
    let relations = room.relations(message.to_owned(), options).await?;
    let own = room.own_user_id();
    // The newest comes first.
    let ours = relations.chunk.iter().rev().filter_map(|event| {
        let value: Value = serde_json::from_str(event.raw().json().get()).ok()?;
        let sign = text_of(value.get("content")?.get("m.relates_to")?, "key")?.to_owned();
        let event = text_of(&value, "event_id")?.to_owned();
        (text_of(&value, "sender") == Some(own.as_str())).then_some((sign, event))
    });
    Ok(ours.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_screen_of_a_room_is_the_one_with_signs() {
        let signs = Signs::default();
        let screen = |message: &str| Screen {
            message: message.to_owned(),
            signs: vec!["1️⃣".to_owned()],
            edited: false,
        };
        signs.want("!a", screen("$1"));
        signs.want("!b", screen("$2"));
        signs.want("!a", screen("$3"));
        assert!(signs.is_over("!a"));
        assert_eq!(signs.lock().pop_first(), Some(("!a".to_owned(), screen("$3"))));
        assert!(!signs.is_over("!a"));
    }

    #[test]
    fn signs_stand_in_the_order_of_their_choices() {
        let there = |signs: &[&str]| -> Vec<(String, String)> {
            let signs = signs.iter().map(|sign| ((*sign).to_owned(), format!("${sign}")));
            signs.collect()
        };
        let wanted =
            |signs: &[&str]| -> Vec<String> { signs.iter().map(|sign| (*sign).to_owned()).collect() };
        for (have, want, stay) in [
            (&["1", "2"][..], &["1", "2", "3"][..], 2),
            (&["yes", "no", "3"], &["1", "2", "3"], 0),
            (&["1", "2", "3"], &["1"], 1),
            (&[], &["1"], 0),
        ] {
            assert_eq!(in_place(&there(have), &wanted(want)), stay, "{have:?} {want:?}");
        }
    }

    #[test]
    fn not_every_message_is_remembered_for_ever() {
        let mut there = There::default();
        for message in 0..REMEMBERED + 10 {
            there.remember(&message.to_string(), Vec::new());
        }
        there.remember("20", Vec::new());
        assert_eq!((there.of.len(), there.order.len()), (REMEMBERED, REMEMBERED));
        assert!(there.of.contains_key("20") && !there.of.contains_key("1"));
    }
}
