//! Where notices wait until the terminal prints them.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use exodus_app::{FrontEnd, Outbound, Reach, Reply, SendFailure};

use crate::AccountKey;

/// Letters remembered, so that one handed over twice is printed once.
const REMEMBERED: usize = 10_000;
/// Seconds until a letter for somebody who ceased to speak here on its way is tried again.
const LATER: u64 = 1;

/// The console as something that can be written to: it takes notices for the personas of its session and keeps them
/// until they are printed.
#[derive(Debug)]
pub struct Letterbox {
    front: FrontEnd,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// Those who speak in this session; `None`: everybody.
    here: Option<BTreeSet<AccountKey>>,
    seen: BTreeSet<u64>,
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

    /// Takes notices for this persona too from now on.
    pub fn admit(&self, persona: &AccountKey) {
        if let Some(here) = &mut self.held().here {
            here.insert(persona.clone());
        }
    }

    /// Takes no notices for this persona any more. Whether it did.
    pub fn dismiss(&self, persona: &AccountKey) -> bool {
        let mut held = self.held();
        held.here.as_mut().is_some_and(|here| here.remove(persona))
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

    fn reach(&self) -> Reach {
        let here = self.held().here.clone();
        here.map_or_else(
            || Reach::Platform(self.front.platform.to_owned()),
            |here| Reach::Accounts(here.into_iter().collect()),
        )
    }

    async fn send(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), SendFailure> {
        let mut held = self.held();
        if held.here.as_ref().is_some_and(|here| !here.contains(to)) {
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
