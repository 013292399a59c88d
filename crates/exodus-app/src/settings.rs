//! What whoever runs the service chose, as far as the application asks.

use exodus_i18n::{Also, Lang};

use crate::scene::Community;

/// Limits on what one account may ask for (O8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Updates of one account handled in a minute; more get a clear word and change nothing.
    pub commands_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            commands_per_minute: 120,
        }
    }
}

/// The application's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What screens show of the community.
    pub community: Community,
    /// The language of those whose chat does not say theirs, or says one that we do not speak.
    pub language: Lang,
    /// The community's rates for display (information only).
    pub rates: Vec<Also>,
    /// Limits.
    pub limits: Limits,
    /// The key that codes of links are made from; drawn and kept in the database when not given.
    pub link_key: Option<[u8; 32]>,
}
