//! Secrets in memory: they are said where they have to be said, and shown nowhere.

use std::fmt;

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
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether somebody knows it; takes as long whether little or much of it is right.
    #[must_use]
    pub fn is(&self, said: &[u8]) -> bool {
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
