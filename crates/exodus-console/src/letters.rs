//! Where notices wait until the terminal prints them.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use exodus_app::{FrontEnd, Outbound, Reply, SendFailure};

use crate::AccountKey;

/// Letters remembered, so that one handed over twice is printed once.
const REMEMBERED: usize = 10_000;
/// Seconds until a letter for somebody who does not speak here is tried again: they may begin to, here or elsewhere.
const LATER: u64 = 60;

/// The console as something that can be written to: it takes notices for the personas of its session and keeps them
/// until they are printed.
#[derive(Debug)]
pub struct Letterbox {
    front: FrontEnd,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// Addresses of those who speak in this session; `None`: everybody.
    here: Option<BTreeSet<String>>,
    seen: BTreeSet<u64>,
    /// Letters for personas who did not speak here when they came, by address.
    refused: BTreeMap<String, BTreeSet<u64>>,
    waiting: VecDeque<(AccountKey, Reply)>,
}

impl Letterbox {
    /// An empty one for a session in which nobody speaks yet.
    #[must_use]
    pub fn new(front: FrontEnd) -> Self {
        Self {
            front,
            held: Mutex::new(Held {
                here: Some(BTreeSet::new()),
                ..Held::default()
            }),
        }
    }

    /// One that takes everybody's: for a made-up network in which everybody reads what they get.
    #[must_use]
    pub fn of_everybody(front: FrontEnd) -> Self {
        Self {
            front,
            held: Mutex::default(),
        }
    }

    /// Takes notices for this persona too from now on. Those refused so far are given back, to be tried again at once.
    pub fn admit(&self, persona: &AccountKey) -> BTreeSet<u64> {
        let mut held = self.held();
        if let Some(here) = &mut held.here {
            here.insert(persona.address.clone());
        }
        held.refused.remove(&persona.address).unwrap_or_default()
    }

    /// Whatever came since, in order.
    pub fn empty(&self) -> Vec<(AccountKey, Reply)> {
        self.held().waiting.drain(..).collect()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Outbound for Letterbox {
    fn front_end(&self) -> FrontEnd {
        self.front
    }

    async fn send(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), SendFailure> {
        let mut held = self.held();
        if held.here.as_ref().is_some_and(|here| !here.contains(&to.address)) {
            let refused = held.refused.entry(to.address.clone()).or_default();
            if refused.len() < REMEMBERED {
                refused.insert(letter);
            }
            return Err(SendFailure::RetryAfter(LATER));
        }
        if held.seen.insert(letter) {
            held.waiting.push_back((to.clone(), message.clone()));
        }
        while held.seen.len() > REMEMBERED {
            held.seen.pop_first();
        }
        Ok(())
    }
}
