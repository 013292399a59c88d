//! How a store is opened.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

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
    /// Where a snapshot of the network is kept, so that the next start is quick. None: it is made of the tables.
    pub snapshot: Option<PathBuf>,
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
            snapshot: None,
            clock: Arc::new(SystemClock),
            random: Random::system(),
        }
    }

    pub(crate) fn address(&self) -> Address<'_> {
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            return Address::Postgres(&self.url);
        }
        let path = self.url.strip_prefix("sqlite:").unwrap_or(&self.url);
        if let Some((scheme, _)) = path.split_once("://") {
            return Address::Unknown(scheme);
        }
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
    /// Of something else: what it begins with.
    Unknown(&'a str),
}

impl Address<'_> {
    /// What to call it before people: nothing of who may open it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Postgres(url) => {
                let name = url.rsplit('/').next().unwrap_or_default();
                name.split('?').next().unwrap_or_default().to_owned()
            }
            Self::File(path) => path.display().to_string(),
            Self::Memory => ":memory:".to_owned(),
            Self::Unknown(scheme) => (*scheme).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_file_a_server_or_neither() {
        let name = |url: &str| Options::new(url).address().name();
        assert_eq!(name("a/b.db"), "a/b.db");
        assert_eq!(name("sqlite:a/b.db"), "a/b.db");
        assert_eq!(name("sqlite:///a/b.db?mode=rwc"), "/a/b.db");
        assert_eq!(name("sqlite::memory:"), ":memory:");
        assert_eq!(
            name("postgres://me:secret@host:5432/exodus?sslmode=require"),
            "exodus"
        );
        assert!(matches!(
            Options::new("mysql://me:secret@host/x").address(),
            Address::Unknown("mysql")
        ));
    }
}
