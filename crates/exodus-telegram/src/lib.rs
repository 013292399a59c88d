//! Exodus in Telegram: a bot over the same application.
//!
//! ```text
//! poll, webhook   raw updates → the inbox, committed before they are acknowledged
//! inbound         a raw update → what somebody said, as far as it can be read
//! outbound        an answer or a notice → messages, edits, toasts, files
//! render          paragraphs → text and entities; buttons → opaque handles
//! tempo           how fast Telegram may be written to
//! client          teloxide's client, whose errors never show the token
//! ```
//! teloxide gives the client and the types of the Bot API. Its dispatcher, its polling and its throttle are not used: they
//! acknowledge before anything is kept, stop all chats for one, and end with a panic
//! ([ADR 11](../../../docs/adr/0011-telegram-through-the-inbox.md)).

mod client;
mod config;
mod inbound;
mod outbound;
mod poll;
mod register;
mod render;
mod run;
mod tempo;
mod webhook;

pub use config::{Config, Webhook};
pub use exodus_app::Secret;
pub use run::{Failure, run};

use exodus_app::FrontEnd;
use exodus_ui::Capabilities;

/// The platform's name, in accounts and updates.
pub const PLATFORM: &str = "telegram";

/// The longest text of a message, in UTF-16 units, with room for what stands between its paragraphs. Telegram takes 4096.
const LONGEST_TEXT: usize = 4000;

/// What a chat with the bot can do.
#[must_use]
pub const fn front_end() -> FrontEnd {
    let can = Capabilities {
        buttons: true,
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
