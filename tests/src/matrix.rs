//! Matrix in tests: a homeserver, people with clients that this project did not write, transcripts of what they see.
//!
//! ```text
//! Gate         stands before the homeserver: shuts, limits, loses answers, notes what the bot asks
//! People       everybody with a client, as `tests/run` brought them
//! Person       somebody with an account and a device
//! Seen         something that happened in a room, decrypted
//! Sight        what somebody sees in their room with the bot
//! Bot          the bot in this process
//! Company      a bot and people around it
//! Tale         a story of `tests/stories`, told on Matrix
//! program      the program itself as a bot
//! ```
//! The homeserver lives in the machine's time, so the bot does too; what its clock says is set by hand all the same.

pub mod bot;
pub mod company;
pub mod gate;
pub mod people;
pub mod program;
pub mod sight;
pub mod tale;

use std::time::Duration;

pub use bot::{Account, Bot};
pub use company::Company;
pub use gate::{Asked, Fare, Gate};
pub use people::{People, Person, Seen};
pub use program::program;
pub use sight::{Change, Shown, Sight};
pub use tale::Tale;

/// Where something is that `tests/run` started.
fn from_environment(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run the tests with `tests/run`, which starts a homeserver for them")
    })
}

/// Between two looks at something that is waited for …
const LOOK: Duration = Duration::from_millis(15);
/// … and how many of them until it is taken to never come: two minutes.
const LOOKS: usize = 8_000;

/// Waits until something is so, but not for ever; whether it came.
pub async fn soon(mut so: impl AsyncFnMut() -> bool) -> bool {
    for _ in 0..LOOKS {
        if so().await {
            return true;
        }
        tokio::time::sleep(LOOK).await;
    }
    false
}

/// Waits until something is so.
///
/// # Panics
/// When it never is.
pub async fn eventually(what: &str, so: impl AsyncFnMut() -> bool) {
    assert!(soon(so).await, "it never comes that {what}");
}
