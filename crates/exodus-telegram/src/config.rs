//! What whoever runs the bot chose.

use std::{fmt, net::SocketAddr};

/// How the bot is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The bot's token, as BotFather gave it.
    pub token: Secret,
    /// The Bot API server, when it is not Telegram's own.
    pub api_url: Option<String>,
    /// How updates are brought; `None`: they are fetched by long polling.
    pub webhook: Option<Webhook>,
}

/// Updates are brought by Telegram to an address of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The public address, `https://…`; whatever takes TLS off passes it on to `listen`.
    pub url: String,
    /// Where we listen.
    pub listen: SocketAddr,
    /// What Telegram says with every update, so that nobody else can bring any: 1 to 256 of `A-Za-z0-9_-`.
    pub secret: Secret,
}

/// Text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps it.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The text itself, for where it has to be said.
    #[must_use]
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether somebody knows it; takes as long whether little or much of it is right.
    #[must_use]
    pub(crate) fn is(&self, said: &[u8]) -> bool {
        // Hashes of BLAKE3 are compared in constant time.
        blake3::hash(self.0.as_bytes()) == blake3::hash(said)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_and_not_shown() {
        let secret = Secret::new("123:abc");
        assert!(secret.is(b"123:abc"));
        assert!(!secret.is(b"123:ab") && !secret.is(b"") && !secret.is(b"123:abcd"));
        assert_eq!(format!("{secret:?}"), "…");
    }
}
