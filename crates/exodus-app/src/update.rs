//! What comes in from a chat and what goes back to it.

use exodus_i18n::Lang;
use exodus_store::AccountKey;
use exodus_ui::{Arranged, Capabilities, Said};
use serde::{Deserialize, Serialize};

/// One thing somebody said or did in a chat, as an adapter understood it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The platform's own number of it, unique on the platform: the same update twice takes effect once.
    pub key: String,
    /// Who speaks.
    pub account: AccountKey,
    /// The name in the chat profile, for a newcomer.
    pub name: String,
    /// The client's language, for a newcomer (`ru`, `en-GB`, `ru_RU.UTF-8`).
    pub language: Option<String>,
    /// What was said or pressed.
    pub said: Said,
    /// The menu a button belongs to or a reply goes to; `None`: the one last shown.
    pub menu: Option<u128>,
}

/// The answer to the one who spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The screen, arranged for that chat.
    pub arranged: Arranged,
    /// The menu's handle, for buttons (a place in it is added by the adapter).
    pub menu: u128,
    /// The reader's language.
    pub lang: Lang,
    /// Whether a question is open.
    pub asking: bool,
    /// Where an answer is to be typed: what is answered most often, or nothing.
    pub hint: Option<String>,
    /// Whether it goes before everything else: somebody's emergency.
    pub urgent: bool,
}

/// Where and how a front end shows things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontEnd {
    /// Its name: `console`, `telegram`, `matrix`.
    pub platform: &'static str,
    /// What it can do.
    pub can: Capabilities,
}
