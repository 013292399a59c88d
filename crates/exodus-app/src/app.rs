//! The application: one over a store, shared by every front end of a process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use exodus_core::CommandId;
use exodus_i18n::{Lang, Voice};
use exodus_store::{AccountKey, Person, Store, Trouble};

use crate::settings::Settings;

/// The application. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) settings: Arc<Settings>,
    pace: Arc<Mutex<HashMap<AccountKey, Pace>>>,
}

/// How many updates of an account came in the running minute.
#[derive(Clone, Copy)]
struct Pace {
    minute: i64,
    updates: u32,
}

impl App {
    /// An application over a store.
    #[must_use]
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store,
            settings: Arc::new(settings),
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

    /// Whether an account keeps to the limit of updates a minute (O8).
    pub(crate) fn keeps_pace(&self, account: &AccountKey) -> bool {
        let minute = self.store.now().seconds() / 60;
        let Ok(mut paces) = self.pace.lock() else {
            return true;
        };
        paces.retain(|_, pace| pace.minute == minute);
        let pace = paces
            .entry(account.clone())
            .or_insert(Pace { minute, updates: 0 });
        pace.updates = pace.updates.saturating_add(1);
        pace.updates <= self.settings.limits.commands_per_minute
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
