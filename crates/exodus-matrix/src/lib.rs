//! Exodus in Matrix: a bot over the same application.
//!
//! ```text
//! home        the directory of the account: its lock, keys and session
//! account     the session restored, or begun once; the bot's own identity, signed and kept
//! receive     sync → the inbox, in one transaction with the cursor; what could not be decrypted yet waits beside it
//! inbound     an event → what somebody said, as far as it can be read
//! rooms       which rooms are private, whose invitations are accepted, where a room has moved
//! outbound    an answer or a notice → messages, edits, files
//! circle      rooms that the bot keeps for circles
//! signs       the reactions under a message that stand for its choices
//! render      paragraphs → HTML and plain text
//! failure     what a failed call means, told without anybody's words
//! ```
//! matrix-sdk gives the client and the encryption. Its own sync token is not used: it is kept before anything else is
//! ([ADR 14](../../../docs/adr/0014-matrix-through-the-inbox.md)).

#![recursion_limit = "256"]

mod account;
mod circle;
mod config;
mod failure;
mod home;
mod inbound;
mod outbound;
mod receive;
mod render;
mod rooms;
mod run;
mod signs;

pub use config::{Config, Login, Trust};
pub use exodus_app::Secret;
pub use failure::Failure;
pub use run::run;

use exodus_app::FrontEnd;
use exodus_ui::Capabilities;

/// The platform's name, in accounts and updates.
pub const PLATFORM: &str = "matrix";

/// The longest text of a message, in UTF-16 units. An event may have 64 KiB, and an edit says everything three times.
const LONGEST_TEXT: usize = 3000;

/// What a room with the bot can do.
#[must_use]
pub const fn front_end() -> FrontEnd {
    let can = Capabilities {
        buttons: false,
        numbers: true,
        edits: true,
        files: true,
        pictures: true,
        page: 8,
        max_chars: LONGEST_TEXT,
        colour: false,
    };
    FrontEnd {
        platform: PLATFORM,
        can,
    }
}
