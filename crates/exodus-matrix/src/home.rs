//! The directory of the account: one process at a time, and files that only we may read.
//!
//! ```text
//! lock           held while a process uses the directory
//! key            the key of the store of keys, drawn at the first start
//! session.json   user, device and access token: the bot logs in once
//! recovery-key   opens the bot's own identity; keep a copy somewhere else
//! store/         the store of keys; never put an older copy in its place
//! ```

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// The directory, while it is ours.
pub(crate) struct Home {
    directory: PathBuf,
    fresh: Fresh,
    _lock: File,
}

/// What was drawn for an account that has nothing yet.
#[derive(Clone, Copy)]
pub(crate) struct Fresh {
    pub(crate) key: [u8; 32],
    pub(crate) device: [u8; 8],
}

/// The session, as far as it has begun: the device has its name before it logs in, so that a crash makes no second one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) device: String,
    #[serde(default)]
    pub(crate) user: Option<String>,
    #[serde(default)]
    pub(crate) token: Option<String>,
}

impl Home {
    /// Takes the directory; `None` while another process has it.
    pub(crate) fn take(directory: &Path, fresh: Fresh) -> Result<Option<Self>, Failure> {
        let cannot = |error: io::Error| {
            Failure::Store(format!(
                "the directory {} can not be used: {error}",
                directory.display()
            ))
        };
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(cannot)?;
        let lock = private()
            .create(true)
            .truncate(false)
            .open(directory.join("lock"))
            .map_err(cannot)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self {
                directory: directory.to_owned(),
                fresh,
                _lock: lock,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(cannot(error)),
        }
    }

    /// Where the store of keys is.
    pub(crate) fn store(&self) -> PathBuf {
        self.directory.join("store")
    }

    /// The directory's name, for whoever has to look.
    pub(crate) fn name(&self) -> String {
        self.directory.display().to_string()
    }

    /// The key of the store, drawn when there is none.
    pub(crate) fn key(&self) -> Result<[u8; 32], Failure> {
        if let Some(kept) = self.read("key")? {
            let bytes = kept.as_bytes();
            let pairs = bytes.chunks(2).map(|pair| {
                std::str::from_utf8(pair)
                    .ok()
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            });
            let key: Option<Vec<u8>> = pairs.collect();
            return key
                .and_then(|key| key.try_into().ok())
                .ok_or_else(|| self.cannot("key", "holds no 64 hexadecimal digits"));
        }
        if self.store().exists() {
            return Err(self.cannot("key", "is gone, and the store can not be opened without it"));
        }
        self.write("key", &digits(&self.fresh.key))?;
        Ok(self.fresh.key)
    }

    /// The session; a new one has a device and nothing else.
    pub(crate) fn session(&self) -> Result<Session, Failure> {
        if let Some(kept) = self.read("session.json")? {
            return serde_json::from_str(&kept).map_err(|_| self.cannot("session.json", "can not be read"));
        }
        let session = Session {
            device: format!("EXODUS{}", digits(&self.fresh.device).to_uppercase()),
            user: None,
            token: None,
        };
        self.keep_session(&session)?;
        Ok(session)
    }

    /// Keeps the session.
    pub(crate) fn keep_session(&self, session: &Session) -> Result<(), Failure> {
        let text =
            serde_json::to_string(session).map_err(|_| self.cannot("session.json", "can not be made"))?;
        self.write("session.json", &text)
    }

    /// The key to the bot's own identity.
    pub(crate) fn recovery_key(&self) -> Result<Option<String>, Failure> {
        self.read("recovery-key")
    }

    /// Keeps the key to the bot's own identity.
    pub(crate) fn keep_recovery_key(&self, key: &str) -> Result<(), Failure> {
        self.write("recovery-key", key)
    }

    fn read(&self, name: &str) -> Result<Option<String>, Failure> {
        match fs::read_to_string(self.directory.join(name)) {
            Ok(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot(name, &error.to_string())),
        }
    }

    /// Whole or not at all, and on the disk before anything is built on it.
    fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        let (path, fresh) = (
            self.directory.join(name),
            self.directory.join(format!("{name}.new")),
        );
        let written = || {
            let mut file = private().create(true).truncate(true).open(&fresh)?;
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
            writeln!(file, "{text}")?;
            file.sync_all()?;
            fs::rename(&fresh, &path)?;
            File::open(&self.directory)?.sync_all()
        };
        written().map_err(|error: io::Error| self.cannot(name, &error.to_string()))
    }

    fn cannot(&self, name: &str, why: &str) -> Failure {
        Failure::Store(format!("the file {}: {why}", self.directory.join(name).display()))
    }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: Fresh = Fresh {
        key: [7; 32],
        device: [9; 8],
    };

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn what_is_kept_is_ours_alone_and_stays() {
        let place = tempfile::tempdir().expect("a directory");
        let directory = place.path().join("matrix");
        let home = Home::take(&directory, FRESH).expect("usable").expect("free");
        assert!(Home::take(&directory, FRESH).expect("usable").is_none());
        let (key, session) = (home.key().expect("a key"), home.session().expect("a session"));
        assert_eq!(home.recovery_key(), Ok(None));
        home.keep_recovery_key("EsT4 x").expect("kept");
        let kept = Session {
            token: Some("syt_secret".into()),
            ..session.clone()
        };
        home.keep_session(&kept).expect("kept");
        drop(home);
        let home = Home::take(&directory, FRESH)
            .expect("usable")
            .expect("free again");
        assert_eq!(home.key(), Ok(key));
        let again = home.session().expect("a session");
        assert_eq!((again.device, again.token), (session.device, kept.token));
        assert_eq!(home.recovery_key(), Ok(Some("EsT4 x".to_owned())));
        for name in ["key", "session.json", "recovery-key", "lock"] {
            assert_eq!(mode(&directory.join(name)), 0o600, "{name}");
        }
        assert_eq!(mode(&directory), 0o700);
    }

    #[test]
    fn a_store_without_its_key_is_not_opened_with_another() {
        let place = tempfile::tempdir().expect("a directory");
        let home = Home::take(place.path(), FRESH).expect("usable").expect("free");
        fs::create_dir(home.store()).expect("made");
        assert!(matches!(home.key(), Err(Failure::Store(_))));
    }
}
