//! The one inverse dependency: how notices leave through a front end.

use async_trait::async_trait;
use exodus_store::{AccountKey, Reach};

use crate::update::{FrontEnd, Reply};

/// Why a message could not be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendFailure {
    /// The account blocked the bot or is gone: not written to until it returns (U9).
    #[error("the account is gone")]
    Gone,
    /// The platform asks to wait so many seconds.
    #[error("the platform asks to wait {0} s")]
    RetryAfter(u64),
    /// The chat has this other name from now on.
    #[error("the chat has moved")]
    Moved(String),
    /// The platform will never take this message; why, without personal data.
    #[error("refused: {0}")]
    Refused(String),
    /// Anything else; tried again later. Must hold no personal data.
    #[error("{0}")]
    Trouble(String),
}

/// A front end that can be spoken to.
#[async_trait]
pub trait Outbound: Send + Sync {
    /// What it is and can do.
    fn front_end(&self) -> FrontEnd;

    /// Whom it can write to now: everybody on its platform, or certain accounts only. Notices for others are left to
    /// whoever reaches them.
    fn reach(&self) -> Reach {
        Reach::Platform(self.front_end().platform.to_owned())
    }

    /// How many messages may be on their way at the same moment. One: they are sent in the order in which they came to be.
    fn at_once(&self) -> usize {
        1
    }

    /// Sends a message. `letter` is the same for the same notice, for platforms that swallow repetitions.
    async fn send(&self, to: &AccountKey, letter: u64, message: &Reply) -> Result<(), SendFailure>;
}
