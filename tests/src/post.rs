//! A front end of nobody's: it keeps what it is given.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use exodus_app::{FrontEnd, Outbound, Reply, SendFailure};
use exodus_store::AccountKey;

use crate::world::{FRONT, text};

/// A message that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Whom to: the address.
    pub to: String,
    /// The letter it is.
    pub letter: u64,
    /// What it says.
    pub text: String,
    /// What can be picked from it.
    pub reply: Reply,
}

/// Whether a message goes out, by the letter and how many were tried before.
type Weather = Box<dyn Fn(u64, usize) -> Result<(), SendFailure> + Send + Sync>;

/// Collects everything that is sent.
#[derive(Default)]
pub struct Post {
    sent: Mutex<Vec<Sent>>,
    tried: Mutex<usize>,
    weather: Mutex<Option<Weather>>,
}

impl Post {
    /// What was sent, in order; a letter sent again stands there again.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was sent to one address since the last time it was asked.
    pub fn empty(&self) -> Vec<Sent> {
        std::mem::take(&mut *self.sent.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on each message fares as this says, by its letter and by how many were tried before.
    pub fn fare(&self, weather: impl Fn(u64, usize) -> Result<(), SendFailure> + Send + Sync + 'static) {
        *self.weather.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(weather));
    }

    /// From now on everything arrives.
    pub fn clear_up(&self) {
        *self.weather.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[async_trait]
impl Outbound for Post {
    fn front_end(&self) -> FrontEnd {
        FRONT
    }

    async fn send(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), SendFailure> {
        // As every real chat does: other things may happen meanwhile.
        tokio::task::yield_now().await;
        let tried = {
            let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
            *tried += 1;
            *tried - 1
        };
        if let Some(weather) = &*self.weather.lock().unwrap_or_else(PoisonError::into_inner) {
            weather(letter, tried)?;
        }
        let sent = Sent {
            to: to.address.clone(),
            letter,
            text: text(message),
            reply: message.clone(),
        };
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(sent);
        Ok(())
    }
}
