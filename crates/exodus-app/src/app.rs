//! The application: one over a store, shared by every front end of a process.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

use exodus_core::{CommandId, Timestamp};
use exodus_i18n::{Lang, Voice};
use exodus_store::{AccountKey, Person, Store, Trouble};
use tokio::sync::Notify;

use crate::{Outbound, settings::Settings};

/// The setting in which it is kept how invitations are opened.
const OPENINGS: &str = "openings";

/// The application. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) settings: Arc<Settings>,
    /// Front ends that came up after the delivery had begun.
    fronts: Arc<Mutex<Vec<Arc<dyn Outbound>>>>,
    /// Platforms on which another process speaks, and this one waits to take its place.
    waiting: Arc<Mutex<BTreeSet<&'static str>>>,
    /// An update was kept.
    pub(crate) arrived: Arc<Notify>,
    pace: Arc<Mutex<HashMap<AccountKey, Counted>>>,
}

/// How many updates of an account came in a minute.
#[derive(Clone, Copy)]
struct Counted {
    minute: i64,
    updates: u32,
}

/// Whether an account keeps to the limit of updates a minute (O8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// It does.
    Kept,
    /// This one is too much; it is told so.
    Exceeded,
    /// It was told already in this minute.
    Over,
}

/// Accounts counted at most before those of past minutes are forgotten.
const COUNTED: usize = 4096;

impl App {
    /// An application over a store.
    #[must_use]
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store,
            settings: Arc::new(settings),
            fronts: Arc::default(),
            waiting: Arc::default(),
            arrived: Arc::default(),
            pace: Arc::default(),
        }
    }

    /// Its store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// How to speak to somebody: their language, the community's unit, their currency beside it.
    pub(crate) fn voice(&self, person: Option<&Person>) -> Voice {
        let lang = person
            .and_then(|person| Lang::parse(&person.language).ok())
            .unwrap_or_default();
        let currency = person.and_then(|person| person.display_currency.as_deref());
        let also = self
            .settings
            .rates
            .iter()
            .find(|also| Some(also.unit.code.as_str()) == currency);
        let today = self.store.policy().date(self.store.now());
        Voice::new(lang)
            .in_unit(self.settings.community.unit.clone())
            .showing_also(also.cloned())
            .on(today)
    }

    /// Counts an update of an account by the minute in which it was received.
    pub(crate) fn pace(&self, account: &AccountKey, received: Timestamp) -> Pace {
        let minute = received.seconds() / 60;
        let Ok(mut counts) = self.pace.lock() else {
            return Pace::Kept;
        };
        if counts.len() >= COUNTED {
            counts.retain(|_, counted| counted.minute >= minute);
        }
        let counted = counts
            .entry(account.clone())
            .or_insert(Counted { minute, updates: 0 });
        if counted.minute != minute {
            *counted = Counted { minute, updates: 0 };
        }
        counted.updates = counted.updates.saturating_add(1);
        let limit = self.settings.limits.commands_per_minute;
        match counted.updates {
            updates if updates <= limit => Pace::Kept,
            updates if updates == limit.saturating_add(1) => Pace::Exceeded,
            _ => Pace::Over,
        }
    }

    /// Another process speaks on a platform for now: what is to be said there is left to it.
    pub fn stand_by(&self, platform: &'static str) {
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.insert(platform);
        }
    }

    /// Whether another process speaks there.
    pub(crate) fn stands_by(&self, platform: &str) -> bool {
        self.waiting
            .lock()
            .is_ok_and(|waiting| waiting.contains(platform))
    }

    /// A front end can be spoken to from now on: [`App::serve`] delivers through it.
    pub fn join(&self, front: &Arc<dyn Outbound>) {
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.remove(front.front_end().platform);
        }
        if let Ok(mut fronts) = self.fronts.lock() {
            fronts.push(Arc::clone(front));
        }
    }

    /// The front ends of a platform can not be spoken to any more.
    pub fn part(&self, platform: &str) {
        if let Ok(mut fronts) = self.fronts.lock() {
            fronts.retain(|front| front.front_end().platform != platform);
        }
    }

    /// Every front end there is now, these first.
    pub(crate) fn fronts(&self, first: &[Arc<dyn Outbound>]) -> Vec<Arc<dyn Outbound>> {
        let joined = self
            .fronts
            .lock()
            .map(|fronts| fronts.clone())
            .unwrap_or_default();
        first.iter().cloned().chain(joined).collect()
    }

    /// Says how an invitation is opened on a platform: a link in which `{code}` stands for its code (N5).
    ///
    /// # Errors
    /// [`Trouble`] with the store.
    pub async fn announce(&self, platform: &str, link: &str) -> Result<(), Trouble> {
        let mut openings = self.openings().await?;
        if openings.get(platform).map(String::as_str) == Some(link) {
            return Ok(());
        }
        openings.insert(platform.to_owned(), link.to_owned());
        let kept = serde_json::to_string(&openings).unwrap_or_default();
        self.store.set_setting(OPENINGS, &kept).await
    }

    /// How invitations are opened, by platform.
    pub(crate) async fn openings(&self) -> Result<BTreeMap<String, String>, Trouble> {
        let kept = self.store.setting(OPENINGS).await?;
        Ok(kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default())
    }

    /// The key that codes of links are made from.
    pub(crate) async fn link_key(&self) -> Result<[u8; 32], Trouble> {
        if let Some(key) = self.settings.link_key {
            return Ok(key);
        }
        const NAME: &str = "link-key";
        let kept = self.store.setting(NAME).await?;
        if let Some(key) = kept.and_then(|kept| blake3::Hash::from_hex(kept).ok()) {
            return Ok(*key.as_bytes());
        }
        let drawn = blake3::Hash::from_bytes(self.store.random().bytes::<32>());
        self.store.set_setting(NAME, drawn.to_hex().as_str()).await?;
        Ok(*drawn.as_bytes())
    }
}

/// The identity of what came out of some words: the same words, the same identity.
pub(crate) fn command_id(parts: &[&str]) -> CommandId {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    CommandId(u128::from_le_bytes(bytes))
}
