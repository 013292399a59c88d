//! Rooms that the bot keeps for circles: private, encrypted, read from one's joining on, and only the bot lets in.
//!
//! A room is made under an address of its own, so that a second try finds the first room. Whoever left by themselves is not
//! invited again, unless they said so since.

use exodus_app::{Guest, Post, RoomWish};
use matrix_sdk::{
    Client, Room, RoomState,
    ruma::{
        RoomAliasId, RoomId, UserId, api::client::room::create_room::v3::Request,
        events::room::member::MembershipState,
    },
};
use serde_json::{Value, json};

use crate::{failure::CallFailure, render, rooms};

/// How the addresses of rooms begin.
const ADDRESS: &str = "exodus-circle-";

/// Makes a room, or finds it; which it is.
pub(crate) async fn make(client: &Client, wish: &RoomWish) -> Result<String, CallFailure> {
    let address = format!("{ADDRESS}{}", wish.name);
    let request: Request = request(&address, wish);
    match client.create_room(request).await {
        Ok(room) => Ok(room.room_id().to_string()),
        Err(error) => match CallFailure::from(error) {
            // It was made before, and nobody heard of it.
            CallFailure::Taken => {
                let server = client.user_id().map(|own| own.server_name().to_string());
                let alias = format!("#{address}:{}", server.unwrap_or_default());
                let alias = RoomAliasId::parse(alias).map_err(|_| CallFailure::Closed)?;
                Ok(client.resolve_room_alias(&alias).await?.room_id.to_string())
            }
            failure @ (CallFailure::RetryAfter(_)
            | CallFailure::Closed
            | CallFailure::Session
            | CallFailure::Refused(_)
            | CallFailure::Trouble(_)) => Err(failure),
        },
    }
}

fn request(address: &str, wish: &RoomWish) -> Request {
    let state = |kind: &str, content: Value| json!({ "type": kind, "state_key": "", "content": content });
    let initial = [
        state(
            "m.room.encryption",
            json!({ "algorithm": "m.megolm.v1.aes-sha2" }),
        ),
        state(
            "m.room.history_visibility",
            json!({ "history_visibility": "joined" }),
        ),
        state("m.room.guest_access", json!({ "guest_access": "forbidden" })),
    ];
    let mut request = Request::new();
    request.name = Some(wish.title.clone());
    request.topic = Some(wish.topic.clone());
    request.room_alias_name = Some(address.to_owned());
    request.preset = Some(matrix_sdk::ruma::api::client::room::create_room::v3::RoomPreset::PrivateChat);
    request.initial_state = initial
        .iter()
        .filter_map(|state| matrix_sdk::ruma::serde::Raw::from_json_string(state.to_string()).ok())
        .collect();
    // Nobody but the bot invites, puts out, or changes the room.
    let levels = json!({ "invite": 100, "kick": 100, "ban": 100, "redact": 100, "state_default": 100 });
    request.power_level_content_override =
        matrix_sdk::ruma::serde::Raw::from_json_string(levels.to_string()).ok();
    request
}

/// A room of ours.
fn ours(client: &Client, chat: &str) -> Result<Room, CallFailure> {
    let room = RoomId::parse(chat).ok().and_then(|id| client.get_room(&id));
    room.filter(|room| room.state() == RoomState::Joined)
        .ok_or(CallFailure::Closed)
}

/// Sees to it that exactly these are there or invited.
pub(crate) async fn settle(client: &Client, chat: &str, guests: &[Guest]) -> Result<(), CallFailure> {
    let room = ours(client, chat)?;
    let there = rooms::others(&room).await?;
    for user in &there {
        if guests.iter().all(|guest| guest.address != user.as_str()) {
            room.kick_user(user, None).await?;
        }
    }
    for guest in guests {
        let Ok(user) = UserId::parse(&guest.address) else {
            continue;
        };
        if there.contains(&user) || went_since(&room, &user, guest).await? {
            continue;
        }
        match room.invite_user_by_id(&user).await.map_err(CallFailure::from) {
            // Somebody who can not be invited (a server that is gone, a ban) keeps nobody else out.
            Ok(()) | Err(CallFailure::Closed | CallFailure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// Whether somebody left by themselves after they had said that they want to be there.
async fn went_since(room: &Room, user: &UserId, guest: &Guest) -> Result<bool, CallFailure> {
    let Some(member) = room.get_member(user).await? else {
        return Ok(false);
    };
    let event = member.event();
    let went = *member.membership() == MembershipState::Leave && event.sender() == user;
    let at = event.timestamp().map(|at| i64::from(at) / 1000);
    Ok(went && at.is_none_or(|at| at >= guest.since.seconds()))
}

/// Says a last word and leaves; from then on the room can be read and nothing said there.
pub(crate) async fn close(client: &Client, chat: &str, word: &Post) -> Result<(), CallFailure> {
    let room = ours(client, chat)?;
    let content = render::notice(&render::paragraphs(&word.paragraphs), None);
    let transaction = matrix_sdk::ruma::OwnedTransactionId::from(format!("exodus-last-{chat}"));
    room.send_raw("m.room.message", content)
        .with_transaction_id(&transaction)
        .await?;
    let mut levels = json!({});
    let kept = room.get_state_event("m.room.power_levels".into(), "").await?;
    if let Some(kept) = kept.and_then(content_of) {
        levels = kept;
    }
    if let Some(levels) = levels.as_object_mut() {
        levels.insert("events_default".to_owned(), json!(100));
    }
    room.send_state_event_raw("m.room.power_levels", "", levels)
        .await?;
    for invited in room.members(matrix_sdk::RoomMemberships::INVITE).await? {
        room.kick_user(invited.user_id(), None).await?;
    }
    room.leave().await?;
    Ok(())
}

fn content_of(state: matrix_sdk::deserialized_responses::RawAnySyncOrStrippedState) -> Option<Value> {
    let text = match &state {
        matrix_sdk::deserialized_responses::RawAnySyncOrStrippedState::Sync(raw) => raw.json().get(),
        matrix_sdk::deserialized_responses::RawAnySyncOrStrippedState::Stripped(raw) => raw.json().get(),
    };
    let event: Value = serde_json::from_str(text).ok()?;
    event.get("content").cloned()
}
