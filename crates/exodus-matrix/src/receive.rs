//! Sync: what the homeserver sends is kept, together with the cursor up to which it was read, and only then the next is asked
//! for.
//!
//! The cursor is ours. What the SDK keeps of a batch before ours is there (keys, members) does no harm: the batch comes again
//! after a crash, its keys are known then, and its events are found in the inbox by their ids. A gap in a room's timeline is
//! filled in before the batch is kept. An event whose key has not come yet waits beside the cursor, as it was sent.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use exodus_app::{App, RawUpdate};
use matrix_sdk::{
    Client, Room,
    config::{SyncSettings, SyncToken},
    deserialized_responses::TimelineEvent,
    room::MessagesOptions,
    ruma::{
        OwnedRoomId, RoomId, UInt, UserId,
        api::client::{filter::FilterDefinition, sync::sync_events::v3::Filter},
        events::AnySyncTimelineEvent,
        serde::Raw,
    },
    sync::{JoinedRoomUpdate, LeftRoomUpdate, State, SyncResponse},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    PLATFORM,
    failure::CallFailure,
    inbound::{self, Around, text_of},
    rooms,
};

/// The setting in which the cursor is kept.
const CURSOR: &str = "matrix-cursor";
/// How long the homeserver holds a request open.
const HELD: Duration = Duration::from_secs(25);
/// Events of a room in a batch; what is beyond is a gap, and filled in.
const EVENTS: u32 = 100;
/// Requests to fill one gap: whoever said so much at once is not waited for.
const REQUESTS: usize = 50;
/// Events that wait for their keys at most; the oldest is given up first.
const WAITING: usize = 500;
/// The longest pause while something does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A homeserver that does not hold a request open is not asked more often than this.
const PAUSE: Duration = Duration::from_millis(200);
/// How often is looked again at what waits, when no keys came: they can come by other ways.
const LOOK: Duration = Duration::from_secs(30);
/// How long an invitation that could not be answered is left alone.
const LATER: Duration = Duration::from_secs(20);

/// How far the account was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// By which device: another one has to be told everything anew.
    device: String,
    /// Up to where.
    since: String,
    /// What could not be decrypted yet.
    #[serde(default)]
    waiting: Vec<Waiting>,
}

/// An event that waits for its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    room: String,
    event: Value,
}

/// Whoever receives.
pub(crate) struct Receiver<'a> {
    pub(crate) app: &'a App,
    pub(crate) client: &'a Client,
    /// Whose invitations are accepted.
    pub(crate) allowed: &'a [String],
    /// Up to where was read.
    cursor: Cursor,
    /// Invitations that could not be answered, and when they are looked at again.
    later: HashMap<OwnedRoomId, Instant>,
    /// When was looked last whether keys have come.
    looked: Instant,
}

impl<'a> Receiver<'a> {
    pub(crate) fn new(app: &'a App, client: &'a Client, allowed: &'a [String]) -> Self {
        Self {
            app,
            client,
            allowed,
            cursor: Cursor::default(),
            later: HashMap::new(),
            looked: Instant::now(),
        }
    }

    /// Catches up with what was said while nobody listened.
    pub(crate) async fn catch_up(&mut self) -> Result<(), CallFailure> {
        self.cursor = self.left_off().await;
        self.round(false).await.map(drop)
    }

    /// Receives until it can not go on with this client: the session has ended, or what was received could not be worked in.
    pub(crate) async fn run(&mut self) -> CallFailure {
        loop {
            let asked = Instant::now();
            match self.round(true).await {
                Ok(true) => {}
                Ok(false) => sleep(PAUSE.saturating_sub(asked.elapsed())).await,
                Err(failure) => return failure,
            }
        }
    }

    /// One batch, however long it takes to get it; whether there was anything in it.
    async fn round(&mut self, hold: bool) -> Result<bool, CallFailure> {
        let mut wait = Duration::from_secs(1);
        let response = loop {
            match self.ask(hold).await {
                Ok(response) => break response,
                Err(Unasked::Http(CallFailure::Session)) => return Err(CallFailure::Session),
                Err(Unasked::Http(failure)) => {
                    tracing::warn!(%failure, "updates can not be fetched now; trying again");
                    sleep(pause_after(&failure, &mut wait)).await;
                }
                // What the client has of the batch it would not take a second time.
                Err(Unasked::Client(failure)) => return Err(failure),
            }
        };
        let new = self.work_in(&response).await;
        self.answer_invitations().await;
        Ok(new)
    }

    /// Where it was left off, however long the database takes to say.
    async fn left_off(&self) -> Cursor {
        let mut wait = Duration::from_secs(1);
        loop {
            match self.app.cursor(CURSOR).await {
                Ok(kept) => {
                    return kept
                        .and_then(|kept| serde_json::from_str(&kept).ok())
                        .unwrap_or_default();
                }
                Err(trouble) => {
                    tracing::warn!(%trouble, "updates wait for the database");
                    sleep(wait).await;
                    wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// The next batch. Held open by the homeserver while there is none, if it may.
    async fn ask(&self, hold: bool) -> Result<SyncResponse, Unasked> {
        let known = self.knows();
        let mut settings = SyncSettings::new()
            .filter(Filter::FilterDefinition(filter()))
            .timeout(if hold && known { HELD } else { Duration::ZERO });
        settings = if known {
            settings.token(self.cursor.since.clone())
        } else {
            settings.token(SyncToken::NoToken)
        };
        self.client.sync_once(settings).await.map_err(|error| {
            let http = matches!(error, matrix_sdk::Error::Http(_));
            let failure = CallFailure::from(error);
            if http {
                Unasked::Http(failure)
            } else {
                Unasked::Client(failure)
            }
        })
    }

    /// Whether the cursor is this device's.
    fn knows(&self) -> bool {
        let cursor = &self.cursor;
        !cursor.since.is_empty()
            && self.client.device_id().map(|device| device.as_str()) == Some(&cursor.device)
    }

    /// Reads a batch and keeps it, however long that takes. Whether there was anything in it.
    async fn work_in(&mut self, response: &SyncResponse) -> bool {
        let look = !response.to_device.is_empty() || self.looked.elapsed() >= LOOK;
        let mut wait = Duration::from_secs(1);
        let (waiting, rows) = loop {
            match self.read(response, look).await {
                Ok(read) => break read,
                Err(failure) => {
                    tracing::warn!(%failure, "a batch of updates can not be read now; trying again");
                    sleep(pause_after(&failure, &mut wait)).await;
                }
            }
        };
        if look {
            self.looked = Instant::now();
        }
        let next = Cursor {
            device: self
                .client
                .device_id()
                .map(ToString::to_string)
                .unwrap_or_default(),
            since: response.next_batch.clone(),
            waiting,
        };
        let new = !rows.is_empty() || next != self.cursor;
        if new {
            self.keep(rows, &next).await;
        }
        self.cursor = next;
        new
    }

    /// Keeps a batch, however long the database takes.
    async fn keep(&self, rows: Vec<RawUpdate>, cursor: &Cursor) {
        let value = serde_json::to_string(cursor).unwrap_or_default();
        let rows: Arc<[RawUpdate]> = rows.into();
        let mut wait = Duration::from_secs(1);
        loop {
            match self.app.keep(PLATFORM, &rows, Some((CURSOR, &value))).await {
                Ok(new) => {
                    tracing::debug!(new, "updates were kept");
                    return;
                }
                Err(trouble) => {
                    tracing::warn!(%trouble, "updates wait for the database; no more are asked for");
                    sleep(wait).await;
                    wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// Tries again what waits for its key.
    async fn look_again(
        &self,
        waiting: &mut Vec<Waiting>,
        rows: &mut Vec<RawUpdate>,
    ) -> Result<(), CallFailure> {
        let mut still = Vec::new();
        for wait in std::mem::take(waiting) {
            let room = RoomId::parse(&wait.room)
                .ok()
                .and_then(|room| self.client.get_room(&room));
            // Where we are no more nobody is answered.
            let Some(room) = room.filter(|room| room.state() == matrix_sdk::RoomState::Joined) else {
                continue;
            };
            let raw: Raw<AnySyncTimelineEvent> = Raw::from_json_string(wait.event.to_string())
                .map_err(|_| CallFailure::Trouble("a kept event can not be read".to_owned()))?;
            let event = room.decrypt_event(raw.cast_ref_unchecked(), None).await?;
            if event.kind.is_utd() {
                still.push(wait);
            } else {
                let around = rooms::around(&room).await?;
                rows.extend(self.kept(&room, &around, &event).await);
            }
        }
        *waiting = still;
        Ok(())
    }

    /// What is in a batch: what waits for its key now, and what is kept.
    async fn read(
        &self,
        response: &SyncResponse,
        look: bool,
    ) -> Result<(Vec<Waiting>, Vec<RawUpdate>), CallFailure> {
        let (mut waiting, mut rows) = (self.cursor.waiting.clone(), Vec::new());
        if look {
            self.look_again(&mut waiting, &mut rows).await?;
        }
        let known = self.knows();
        let since = Some(self.cursor.since.as_str()).filter(|since| !since.is_empty());
        for (id, update) in &response.rooms.joined {
            if let Some(room) = self.client.get_room(id) {
                let events = self.events(&room, update, since, known).await?;
                self.in_room(&room, events, &mut waiting, &mut rows).await?;
            }
        }
        for (id, update) in &response.rooms.left {
            if let Some(room) = self.client.get_room(id).filter(|_| known) {
                rows.extend(self.left(&room, update).await?);
            }
        }
        let extra = waiting.len().saturating_sub(WAITING);
        waiting.drain(..extra);
        Ok((waiting, rows))
    }

    /// What happened in a room since we looked last, in order; nothing of before we came.
    async fn events(
        &self,
        room: &Room,
        update: &JoinedRoomUpdate,
        since: Option<&str>,
        known: bool,
    ) -> Result<Vec<TimelineEvent>, CallFailure> {
        let Some(since) = since else {
            // The very first look: whatever stands there was said to nobody, but what came with our own coming.
            return Ok(since_we_came(room.own_user_id(), update.timeline.events.clone()).unwrap_or_default());
        };
        let mut events = Vec::new();
        if !known {
            // Another device read up to there.
            events = self.gap(room, since, None).await?;
        } else {
            if update.timeline.limited {
                events = self
                    .gap(room, since, update.timeline.prev_batch.as_deref())
                    .await?;
            }
            events.extend(update.timeline.events.iter().cloned());
        }
        let came = since_we_came(room.own_user_id(), events.clone());
        Ok(came.unwrap_or(events))
    }

    /// What lies between two places in a room.
    async fn gap(
        &self,
        room: &Room,
        from: &str,
        to: Option<&str>,
    ) -> Result<Vec<TimelineEvent>, CallFailure> {
        let (mut events, mut from) = (Vec::new(), from.to_owned());
        for _ in 0..REQUESTS {
            let mut options = MessagesOptions::forward().from(Some(from.as_str()));
            options.limit = UInt::from(EVENTS);
            options.to = to.map(ToOwned::to_owned);
            let page = room.messages(options).await?;
            let empty = page.chunk.is_empty();
            events.extend(page.chunk);
            match page.end {
                Some(end) if !empty && Some(end.as_str()) != to && end != from => from = end,
                _ => return Ok(events),
            }
        }
        tracing::warn!("more was said in a room than can be read; the newest of it is left out");
        Ok(events)
    }

    async fn in_room(
        &self,
        room: &Room,
        events: Vec<TimelineEvent>,
        waiting: &mut Vec<Waiting>,
        rows: &mut Vec<RawUpdate>,
    ) -> Result<(), CallFailure> {
        if events.is_empty() {
            return Ok(());
        }
        let around = rooms::around(room).await?;
        let mut seen = HashSet::new();
        for event in events {
            // Where a gap was filled in, an end of it may be there twice.
            if event.event_id().is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            if event.kind.is_utd() {
                let ours = event.sender().as_deref() == Some(room.own_user_id());
                let (room, event) = (around.room.clone(), json_of(event.raw()));
                // In a shared room whoever called us calls again.
                if let Some(event) = event.filter(|_| !ours && around.with.is_some()) {
                    tracing::debug!("an event can not be decrypted yet; it waits for its key");
                    waiting.push(Waiting { room, event });
                }
                continue;
            }
            rows.extend(self.kept(room, &around, &event).await);
        }
        Ok(())
    }

    /// An event as it is kept, if it is ours to answer.
    async fn kept(&self, room: &Room, around: &Around, event: &TimelineEvent) -> Option<RawUpdate> {
        let value = json_of(event.raw())?;
        let sender = event.sender()?;
        let name = rooms::name_in(room, &sender).await;
        let row = inbound::keep(around, &name, &value)?;
        let gone = around.alone && text_of(&value, "type") == Some("m.room.member");
        if gone && self.is_elsewhere(&value).await {
            return None;
        }
        Some(row)
    }

    /// Whether whoever left has another room with us.
    async fn is_elsewhere(&self, event: &Value) -> bool {
        let Some(user) = text_of(event, "state_key").and_then(|user| UserId::parse(user).ok()) else {
            return false;
        };
        matches!(rooms::private_with(self.client, &user).await, Ok(Some(_)))
    }

    /// We were put out of a room.
    async fn left(&self, room: &Room, update: &LeftRoomUpdate) -> Result<Option<RawUpdate>, CallFailure> {
        let own = room.own_user_id();
        let with = room
            .direct_targets()
            .into_iter()
            .next()
            .map(|with| with.to_string());
        if let Some(user) = with.as_deref().and_then(|with| UserId::parse(with).ok())
            && rooms::private_with(self.client, &user).await?.is_some()
        {
            return Ok(None);
        }
        let around = Around {
            room: room.room_id().to_string(),
            title: String::new(),
            own: own.to_string(),
            with,
            alone: false,
            kept: false,
        };
        let state = match &update.state {
            State::Before(events) | State::After(events) => events,
        };
        let state = state.iter().filter_map(json_of);
        let timeline = update
            .timeline
            .events
            .iter()
            .filter_map(|event| json_of(event.raw()));
        let ours = |event: &Value| text_of(event, "state_key") == Some(own.as_str());
        let last = state.chain(timeline).rfind(ours);
        Ok(last.and_then(|event| inbound::keep(&around, "", &event)))
    }

    /// Accepts invitations, or refuses them without a word. Rooms in which nobody is left are left too.
    async fn answer_invitations(&mut self) {
        let now = Instant::now();
        self.later.retain(|_, until| *until > now);
        for room in self.client.invited_rooms() {
            if !self.later.contains_key(room.room_id()) {
                self.tried(&room, self.answer_invitation(&room).await);
            }
        }
        for room in self.client.joined_rooms() {
            let over = room.active_members_count() <= 1 && !rooms::is_kept(&room) || room.is_tombstoned();
            if over && !self.later.contains_key(room.room_id()) {
                self.tried(&room, self.leave_if_over(&room).await);
            }
        }
    }

    fn tried(&mut self, room: &Room, done: Result<(), CallFailure>) {
        let pause = match done {
            Ok(()) => LATER,
            Err(CallFailure::RetryAfter(pause)) => pause,
            Err(failure) => {
                tracing::info!(%failure, "an invitation could not be answered; trying again later");
                LATER
            }
        };
        self.later
            .insert(room.room_id().to_owned(), Instant::now() + pause);
    }

    async fn answer_invitation(&self, room: &Room) -> Result<(), CallFailure> {
        let inviter = room.invite_details().await?.inviter_id;
        let moved = rooms::moved_from(self.client, room.room_id()).is_some();
        let welcome = rooms::is_allowed(&inviter, room.own_user_id(), self.allowed);
        if (moved || welcome) && !room.is_space() {
            room.join().await?;
            tracing::info!("an invitation was accepted");
        } else {
            room.leave().await?;
            tracing::info!("an invitation was refused: its sender is not among those who are allowed");
        }
        Ok(())
    }

    async fn leave_if_over(&self, room: &Room) -> Result<(), CallFailure> {
        if let Some(next) = room.successor_room() {
            let there = self.client.get_room(&next.room_id);
            let joined = there.is_some_and(|next| next.state() == matrix_sdk::RoomState::Joined);
            if !joined {
                let via = room.route().await.unwrap_or_default();
                match self
                    .client
                    .join_room_by_id_or_alias((&*next.room_id).into(), &via)
                    .await
                {
                    Ok(_) => {}
                    Err(error) => match CallFailure::from(error) {
                        // We have to be invited, and are if somebody wants us there.
                        CallFailure::Closed => return Ok(()),
                        failure @ (CallFailure::RetryAfter(_)
                        | CallFailure::Taken
                        | CallFailure::Session
                        | CallFailure::Refused(_)
                        | CallFailure::Trouble(_)) => return Err(failure),
                    },
                }
            }
            room.leave().await?;
            return Ok(());
        }
        if rooms::others(room).await?.is_empty() {
            room.leave().await?;
            tracing::info!("a room in which nobody was left was left");
        }
        Ok(())
    }
}

/// Why there is no batch.
enum Unasked {
    /// The homeserver did not give it.
    Http(CallFailure),
    /// The client could not take it.
    Client(CallFailure),
}

/// How long to wait after a failure; longer the next time.
fn pause_after(failure: &CallFailure, wait: &mut Duration) -> Duration {
    if let CallFailure::RetryAfter(pause) = failure {
        return *pause;
    }
    let pause = *wait;
    *wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
    pause
}

/// What is asked for: no presence, no typing, no receipts.
fn filter() -> FilterDefinition {
    let nothing = json!({ "not_types": ["*"] });
    let wanted = json!({
        "presence": nothing,
        "room": {
            "ephemeral": nothing,
            "state": { "lazy_load_members": true },
            "timeline": { "limit": EVENTS, "lazy_load_members": true },
        },
    });
    serde_json::from_value(wanted).unwrap_or_default()
}

/// The events from our own coming on, if they have it: what was said before was not said to us.
fn since_we_came(own: &UserId, mut events: Vec<TimelineEvent>) -> Option<Vec<TimelineEvent>> {
    let is_ours = |event: &TimelineEvent| {
        let Some(event) = json_of(event.raw()) else {
            return false;
        };
        text_of(&event, "type") == Some("m.room.member")
            && text_of(&event, "state_key") == Some(own.as_str())
            && event
                .get("content")
                .and_then(|content| text_of(content, "membership"))
                == Some("invite")
    };
    let came = events.iter().rposition(is_ours)?;
    Some(events.split_off(came))
}

fn json_of<T>(raw: &Raw<T>) -> Option<Value> {
    serde_json::from_str(raw.json().get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_is_one() {
        let filter = filter();
        assert_eq!(filter.room.timeline.limit, Some(UInt::from(EVENTS)));
        assert!(!filter.room.state.lazy_load_options.is_disabled());
        assert_eq!(filter.presence.not_types, ["*"]);
        assert_eq!(filter.room.ephemeral.not_types, ["*"]);
    }

    #[test]
    fn what_was_said_before_we_came_was_not_said_to_us() {
        let own = matrix_sdk::ruma::user_id!("@exodus:example.org");
        let event = |id: &str, kind: &str, key: Option<&str>, membership: &str| {
            let mut event = json!({
                "type": kind, "event_id": id, "sender": "@anna:example.org", "origin_server_ts": 1,
                "content": { "membership": membership, "msgtype": "m.text", "body": "x" },
            });
            if let Some(key) = key {
                event["state_key"] = json!(key);
            }
            TimelineEvent::from_plaintext(Raw::from_json_string(event.to_string()).expect("an event"))
        };
        let said = |id: &str| event(id, "m.room.message", None, "");
        let invited = event("$2", "m.room.member", Some(own.as_str()), "invite");
        let joined = event("$3", "m.room.member", Some(own.as_str()), "join");
        let ids = |events: &[TimelineEvent]| -> Vec<String> {
            events
                .iter()
                .filter_map(|event| event.event_id().map(|id| id.to_string()))
                .collect()
        };
        let events = vec![said("$1"), invited, joined.clone(), said("$4")];
        let since = since_we_came(own, events).expect("we came");
        assert_eq!(ids(&since), ["$2", "$3", "$4"]);
        assert!(since_we_came(own, vec![said("$1"), joined]).is_none());
    }
}
