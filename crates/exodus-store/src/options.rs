//! How a store is opened.

use std::{fmt, path::Path, sync::Arc};

use exodus_core::Policy;

use crate::clock::{Clock, Random, SystemClock};

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// `postgres://…`, or the path of an SQLite file (with or without `sqlite:` before it), made when it is not there.
    pub url: String,
    /// Which community of the database: 1 unless there are several.
    pub ledger: i64,
    /// The community's choices.
    pub policy: Policy,
    /// Master keys with their names, the one to seal with first. None: texts are kept as they are.
    pub master_keys: Vec<(String, [u8; 32])>,
    /// So many waiting works are done in one transaction at most.
    pub max_group: usize,
    /// So many connections at most.
    pub max_connections: u32,
    /// The loaded part of the ledger is let go above so many records.
    pub max_cached: usize,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub random: Random,
}

impl Options {
    /// Everything as usual.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ledger: 1,
            policy: Policy::default(),
            master_keys: Vec::new(),
            max_group: 256,
            max_connections: 8,
            max_cached: 200_000,
            clock: Arc::new(SystemClock),
            random: Random::system(),
        }
    }

    pub(crate) fn address(&self) -> Address<'_> {
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            return Address::Postgres(&self.url);
        }
        let path = self.url.strip_prefix("sqlite:").unwrap_or(&self.url);
        let path = path.strip_prefix("//").unwrap_or(path);
        match path.split('?').next() {
            Some(":memory:") | Some("") | None => Address::Memory,
            Some(path) => Address::File(Path::new(path)),
        }
    }
}

/// Says nothing of keys and passwords.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("ledger", &self.ledger)
            .field("max_group", &self.max_group)
            .finish_non_exhaustive()
    }
}

/// Where the database is.
pub(crate) enum Address<'a> {
    Postgres(&'a str),
    File(&'a Path),
    Memory,
}
