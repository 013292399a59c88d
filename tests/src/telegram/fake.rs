//! A strict Bot API server of ours.
//!
//! Every request is held against the published description ([`super::description`]) and against what Telegram refuses
//! beyond it ([`checks`]); what does not pass is answered with an error *and* kept as a violation, on which tests fail.
//! Its clock is tokio's: in a runtime whose time is moved by hand, waiting times pass by hand too.
//!
//! ```text
//! people write and press  → updates, numbered, until they are acknowledged by the next offset
//! the bot calls           → checks → faults by a seed → the method → an answer, kept in order as a call
//! ```

pub mod checks;
pub mod faults;
mod http;
mod methods;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value, json};
use tokio::{sync::Notify, task::JoinHandle, time::Instant};

use super::{Call, description::bot_api};

pub use faults::{Fault, Faults, Rates};

/// A press must be answered within this.
const PRESS: Duration = Duration::from_secs(150);
/// Messages in a second, in all.
const PER_SECOND: usize = 30;
/// Messages in a minute, in a group.
const PER_MINUTE: usize = 20;

/// A chat as the server knows it.
#[derive(Default)]
pub(super) struct Chat {
    messages: BTreeMap<i64, Value>,
    last_message: i64,
    /// Why the bot may not write there.
    closed: Option<&'static str>,
    /// The bot is to leave it alone until then.
    flood: Option<Instant>,
    /// It became this one.
    migrated: Option<i64>,
    /// When the bot wrote there.
    written: VecDeque<Instant>,
}

/// A press that may be answered.
struct Press {
    at: Instant,
    answered: bool,
}

pub(super) struct State {
    token: String,
    updates: VecDeque<Value>,
    /// Acknowledged lately, for days on which they come again.
    past: VecDeque<Value>,
    next_update: i64,
    polls: u64,
    chats: BTreeMap<i64, Chat>,
    presses: BTreeMap<String, Press>,
    calls: Vec<Call>,
    violations: Vec<String>,
    faults: Option<Faults>,
    paced: bool,
    written: VecDeque<Instant>,
    /// What the bot said of itself, by method, scope and language.
    profile: BTreeMap<String, Value>,
    /// Members of groups who are more than that: owner or administrator.
    standings: BTreeMap<(i64, i64), &'static str>,
    in_flight: usize,
    files: u64,
}

/// The server. It ends when it is dropped.
pub struct Fake {
    shared: Arc<Shared>,
    url: String,
    serving: JoinHandle<()>,
}

pub(super) struct Shared {
    state: Mutex<State>,
    news: Notify,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fake {
    /// Starts one for the bot with this token, on a free port of loopback.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start(token: &str) -> Self {
        let state = State {
            token: token.to_owned(),
            updates: VecDeque::new(),
            past: VecDeque::new(),
            next_update: 1,
            polls: 0,
            chats: BTreeMap::new(),
            presses: BTreeMap::new(),
            calls: Vec::new(),
            violations: Vec::new(),
            faults: None,
            paced: true,
            written: VecDeque::new(),
            profile: BTreeMap::new(),
            standings: BTreeMap::new(),
            in_flight: 0,
            files: 0,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            news: Notify::new(),
        });
        let (url, serving) = http::serve(Arc::clone(&shared)).await;
        Self { shared, url, serving }
    }

    /// Where it answers.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The bot's token.
    #[must_use]
    pub fn token(&self) -> String {
        self.state().token.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }

    // ---- what people do -----------------------------------------------------------------------------------------

    /// An update happens: a number is added. Returns it.
    ///
    /// # Panics
    /// When it is none by the published description.
    pub fn give(&self, update: Value) -> i64 {
        let mut whole = update.clone();
        whole["update_id"] = 1.into();
        bot_api()
            .update(&whole)
            .unwrap_or_else(|why| panic!("{why}: {update}"));
        self.give_unchecked(update)
    }

    /// An update of a kind nobody described yet.
    pub fn give_unchecked(&self, mut update: Value) -> i64 {
        let mut state = self.state();
        let number = state.next_update;
        update["update_id"] = number.into();
        state.next_update += 1;
        state.updates.push_back(update);
        drop(state);
        self.shared.news.notify_waiters();
        number
    }

    /// A message of somebody in a chat; `more` holds its text or whatever it is. Returns its number in the chat.
    ///
    /// # Panics
    /// When it is none by the published description.
    pub fn message(&self, chat: &Value, from: Option<&Value>, more: Value) -> i64 {
        let number = {
            let mut state = self.state();
            let kept = state.chat(chat["id"].as_i64().expect("a number"));
            kept.last_message += 1;
            kept.last_message
        };
        let mut message = json!({"message_id": number, "date": DATE, "chat": chat});
        if let Some(from) = from {
            message["from"] = from.clone();
        }
        let fields = message.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        let kind = if chat["type"] == "channel" {
            "channel_post"
        } else {
            "message"
        };
        self.give(json!({ kind: message }));
        number
    }

    /// Somebody presses a button with this data under a message. `None`: under one that is too old to be shown.
    pub fn press(&self, from: &Value, chat: &Value, message: i64, data: &str) {
        let mut state = self.state();
        let id = format!("press-{}", state.presses.len() + 1);
        let press = Press {
            at: Instant::now(),
            answered: false,
        };
        state.presses.insert(id.clone(), press);
        let number = chat["id"].as_i64().expect("a number");
        let shown = state.chat(number).messages.get(&message).cloned();
        drop(state);
        let shown = shown.unwrap_or_else(|| json!({"message_id": message, "chat": chat, "date": 0}));
        let instance = format!("chat-{number}");
        self.give(json!({"callback_query": {
            "id": id, "from": from, "message": shown, "data": data, "chat_instance": instance,
        }}));
    }

    // ---- what becomes of chats ----------------------------------------------------------------------------------

    /// Somebody blocks the bot.
    pub fn block(&self, chat: i64) {
        self.state().chat(chat).closed = Some("Forbidden: bot was blocked by the user");
    }

    /// The bot is thrown out of a group.
    pub fn kick(&self, chat: i64) {
        self.state().chat(chat).closed = Some("Forbidden: bot was kicked from the group chat");
    }

    /// The bot may write there again.
    pub fn reopen(&self, chat: i64) {
        self.state().chat(chat).closed = None;
    }

    /// For so many seconds everything sent there is answered with 429.
    pub fn flood(&self, chat: i64, seconds: u64) {
        self.state().chat(chat).flood = Some(Instant::now() + Duration::from_secs(seconds));
    }

    /// A group becomes a supergroup: it has another number, both chats say so, and the old one is gone.
    pub fn migrate(&self, chat: &Value, from: &Value, to: i64) {
        let old = chat["id"].as_i64().expect("a number");
        let mut new = chat.clone();
        (new["id"], new["type"]) = (to.into(), "supergroup".into());
        self.state().chat(to);
        self.state().chat(old).migrated = Some(to);
        self.message(chat, Some(from), json!({"migrate_to_chat_id": to}));
        self.message(&new, Some(from), json!({"migrate_from_chat_id": old}));
    }

    /// Somebody is more than a member of a group: `creator` or `administrator`.
    pub fn stands(&self, chat: i64, who: i64, standing: &'static str) {
        self.state().standings.insert((chat, who), standing);
    }

    /// From now on, by this chance.
    pub fn befall(&self, faults: Option<Faults>) {
        self.state().faults = faults;
    }

    /// Whether Telegram's limits on messages a second and a minute hold. They do at first.
    pub fn pace(&self, holds: bool) {
        self.state().paced = holds;
    }

    // ---- what the bot did ---------------------------------------------------------------------------------------

    /// What the bot called, in order, from one on; polls for updates apart.
    #[must_use]
    pub fn calls(&self, from: usize) -> Vec<Call> {
        self.state().calls.get(from..).unwrap_or_default().to_vec()
    }

    /// What no server would have taken.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.state().violations.clone()
    }

    /// Updates that were not acknowledged.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state().updates.len()
    }

    /// Requests that are not answered, polls apart.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.state().in_flight
    }

    /// Polls for updates so far.
    #[must_use]
    pub fn polls(&self) -> u64 {
        self.state().polls
    }

    /// The messages in a chat now, in order: the bot's, as they were edited.
    #[must_use]
    pub fn shown(&self, chat: i64) -> Vec<Value> {
        self.state().chat(chat).messages.values().cloned().collect()
    }

    /// Presses that were never answered.
    #[must_use]
    pub fn unanswered(&self) -> Vec<String> {
        let state = self.state();
        let open = state.presses.iter().filter(|(_, press)| !press.answered);
        open.map(|(id, _)| id.clone()).collect()
    }

    /// What the bot said of itself: `setMyCommands` and the like, by method, scope and language.
    #[must_use]
    pub fn profile(&self) -> BTreeMap<String, Value> {
        self.state().profile.clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The date of every message: when every test begins. Nobody reads it.
const DATE: i64 = crate::place::START.seconds();

impl State {
    pub(super) fn chat(&mut self, number: i64) -> &mut Chat {
        self.chats.entry(number).or_default()
    }

    /// A request that no server would have taken.
    pub(super) fn violation(&mut self, what: String) {
        self.violations.push(what);
    }

    /// Whether a method, its name as described, is called as described; what Telegram would answer otherwise.
    fn check(
        &mut self,
        method: &str,
        given: &Map<String, Value>,
        files: &BTreeSet<String>,
    ) -> Result<(), String> {
        bot_api().request(method, given, files)?;
        let (field, entities) = if given.contains_key("caption") {
            ("caption", "caption_entities")
        } else {
            ("text", "entities")
        };
        if method != "answerCallbackQuery" {
            checks::text(given, field, entities)?;
        }
        checks::keyboard(given)?;
        checks::commands(given)
    }

    /// Whether the bot may write there now, by the limits Telegram documents.
    fn keeps_pace(&mut self, chat: i64) -> Result<(), u64> {
        let now = Instant::now();
        let second = Duration::from_secs(1);
        self.written.retain(|at| now.duration_since(*at) < second);
        let group = chat < 0;
        let written = &mut self.chats.entry(chat).or_default().written;
        written.retain(|at| now.duration_since(*at) < second * 60);
        if self.written.len() >= PER_SECOND {
            return Err(1);
        }
        if group && written.len() >= PER_MINUTE {
            let oldest = written.front().map_or(now, |at| *at);
            return Err((second * 60).saturating_sub(now.duration_since(oldest)).as_secs() + 1);
        }
        written.push_back(now);
        self.written.push_back(now);
        Ok(())
    }
}
