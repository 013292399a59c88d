//! Rooms: private with one person, or shared with others. Whose invitations are accepted. Where a room has moved.

use exodus_app::AccountKey;
use matrix_sdk::{
    Client, Room, RoomMemberships, RoomState,
    ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId},
};

use crate::{failure::CallFailure, inbound::Around};

/// Who is here beside us, also those who are invited.
pub(crate) async fn others(room: &Room) -> Result<Vec<OwnedUserId>, CallFailure> {
    let members = room.members(RoomMemberships::ACTIVE).await?;
    let own = room.own_user_id();
    Ok(members
        .iter()
        .map(|member| member.user_id())
        .filter(|user| *user != own)
        .map(ToOwned::to_owned)
        .collect())
}

/// Whether we made a room: then it is a circle's, however few are there.
pub(crate) fn is_kept(room: &Room) -> bool {
    let made_by = room.create_content().map(|made| made.creator);
    made_by.as_deref() == Some(room.own_user_id())
}

/// What is to be known of a room to read what happens there.
pub(crate) async fn around(room: &Room) -> Result<Around, CallFailure> {
    let others = others(room).await?;
    let with = match others.as_slice() {
        [one] if !is_kept(room) => Some(one.to_string()),
        _ => None,
    };
    let title = match (&with, room.display_name().await) {
        (None, Ok(name)) => name.to_string(),
        (None, Err(_)) => room.room_id().to_string(),
        // A private room is called after whoever it is with; they are named already.
        (Some(_), _) => String::new(),
    };
    Ok(Around {
        room: room.room_id().to_string(),
        title,
        own: room.own_user_id().to_string(),
        with,
        alone: others.is_empty() && !is_kept(room),
        kept: is_kept(room),
    })
}

/// What somebody is called in a room, else the first part of their name on the server.
pub(crate) async fn name_in(room: &Room, user: &UserId) -> String {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    member
        .and_then(|member| member.display_name().map(ToOwned::to_owned))
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| user.localpart().to_owned())
}

/// The private room with somebody: the one they wrote in last, as far as that is known, and one that is encrypted before
/// one that is not.
pub(crate) async fn private_with(client: &Client, user: &UserId) -> Result<Option<Room>, CallFailure> {
    let mut found: Option<((bool, u64), Room)> = None;
    for room in client.joined_rooms() {
        if room.is_tombstoned() || room.active_members_count() > 2 || is_kept(&room) {
            continue;
        }
        let others = others(&room).await?;
        if !matches!(others.as_slice(), [one] if one == user) {
            continue;
        }
        let stamp = room.recency_stamp().map(u64::from).unwrap_or_default();
        let rank = (room.encryption_state().is_encrypted(), stamp);
        if found.as_ref().is_none_or(|(best, _)| rank > *best) {
            found = Some((rank, room));
        }
    }
    Ok(found.map(|(_, room)| room))
}

/// A room if it is private with an account: nobody else reads there, nor will be let in to.
pub(crate) async fn private(client: &Client, room: &str, with: &AccountKey) -> Result<Room, CallFailure> {
    let room = RoomId::parse(room).ok().and_then(|id| client.get_room(&id));
    let room = room
        .filter(|room| room.state() == RoomState::Joined && !is_kept(room))
        .ok_or(CallFailure::Closed)?;
    let others = others(&room).await?;
    match others.as_slice() {
        [one] if one.as_str() == with.address => Ok(room),
        [] => Err(CallFailure::Closed),
        _ => Err(CallFailure::Refused("others have come into the room".to_owned())),
    }
}

/// Whether somebody's invitation is accepted.
pub(crate) fn is_allowed(inviter: &UserId, own: &UserId, allowed: &[String]) -> bool {
    if allowed.is_empty() {
        return inviter.server_name() == own.server_name();
    }
    allowed.iter().any(|allowed| {
        let allowed = allowed.trim();
        if allowed.starts_with('@') {
            inviter.as_str() == allowed
        } else {
            inviter.server_name().as_str().eq_ignore_ascii_case(allowed)
        }
    })
}

/// The joined room that was moved to this one, if one was.
pub(crate) fn moved_from(client: &Client, room: &RoomId) -> Option<OwnedRoomId> {
    let moved = |old: &Room| old.successor_room().is_some_and(|next| next.room_id == room);
    client
        .joined_rooms()
        .iter()
        .find(|old| moved(old))
        .map(|old| old.room_id().to_owned())
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::user_id;

    use super::*;

    #[test]
    fn whose_invitations_are_accepted() {
        let own = user_id!("@exodus:example.org");
        let (anna, bo) = (user_id!("@anna:example.org"), user_id!("@bo:other.example"));
        assert!(is_allowed(anna, own, &[]));
        assert!(!is_allowed(bo, own, &[]));
        let allowed = ["Other.example".to_owned(), "@carla:third.example".to_owned()];
        assert!(is_allowed(bo, own, &allowed));
        // Who names others has to name their own server as well.
        assert!(!is_allowed(anna, own, &allowed));
        assert!(is_allowed(user_id!("@carla:third.example"), own, &allowed));
        assert!(!is_allowed(user_id!("@dora:third.example"), own, &allowed));
    }
}
