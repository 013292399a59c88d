//! Where things lie on this computer, and opening what lies there.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use etcetera::BaseStrategy as _;
use exodus_app::App;
use exodus_console::CLOCK_SETTING;
use exodus_core::Timestamp;
use exodus_store::{ManualClock, Options, Store};

use crate::{config::Config, failure::Failure};

/// The directory of everything that belongs to this user, made when it is not there.
pub(crate) fn directory() -> Result<PathBuf, Failure> {
    let path = match env::var_os("EXODUS_DATA_DIR").filter(|path| !path.is_empty()) {
        Some(path) => PathBuf::from(path),
        None => {
            let base = etcetera::choose_base_strategy()
                .context("no data directory is known: set EXODUS_DATA_DIR")?;
            base.data_dir().join("exodus")
        }
    };
    if !path.is_dir() {
        fs::create_dir_all(&path).with_context(|| {
            format!(
                "the data directory {} can not be made; set EXODUS_DATA_DIR to another one",
                path.display()
            )
        })?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // What people tell each other is nobody else's on this computer.
            let private = fs::set_permissions(&path, fs::Permissions::from_mode(0o700));
            private
                .with_context(|| format!("the data directory {} can not be made private", path.display()))?;
        }
    }
    Ok(path)
}

/// The ledger that is configured, or the file in the data directory.
pub(crate) struct Place {
    /// Its address.
    pub(crate) url: String,
    /// The file, when nothing else is configured; whether it was there before.
    pub(crate) file: Option<(PathBuf, bool)>,
}

/// Where the ledger is.
pub(crate) fn place(config: &Config) -> Result<Place, Failure> {
    if let Some(url) = &config.url {
        return Ok(Place {
            url: url.clone(),
            file: None,
        });
    }
    let path = directory()?.join("exodus.db");
    let there = path.exists();
    Ok(Place {
        url: path.display().to_string(),
        file: Some((path, there)),
    })
}

fn options(config: &Config, url: &str) -> Options {
    let mut options = Options::new(url);
    options.policy = config.policy();
    options.master_keys = config.master_keys.clone();
    options.max_connections = config.max_connections;
    options
}

/// Opens the ledger that is configured.
pub(crate) async fn open(config: &Config) -> Result<App, Failure> {
    let store = Store::open(&options(config, &place(config)?.url)).await?;
    Ok(App::new(store, config.settings()))
}

/// Opens a ledger to play with. Its clock goes on where it stood; a new one begins at `from`.
pub(crate) async fn open_play(
    config: &Config,
    path: &Path,
    from: Timestamp,
) -> Result<(App, Arc<ManualClock>), Failure> {
    let clock = Arc::new(ManualClock::new(from));
    let mut options = options(config, &path.display().to_string());
    options.clock = Arc::<ManualClock>::clone(&clock);
    let store = Store::open(&options).await?;
    match store.setting(CLOCK_SETTING).await? {
        Some(kept) => {
            let seconds = kept.parse().context("the clock of this ledger can not be read")?;
            clock.set(Timestamp::from_seconds(seconds));
        }
        None => {
            store
                .set_setting(CLOCK_SETTING, &from.seconds().to_string())
                .await?
        }
    }
    Ok((App::new(store, config.settings()), clock))
}

/// Deletes an SQLite file and what lies beside it.
pub(crate) fn forget(path: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        let file = PathBuf::from(file);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("{} can not be deleted", file.display()))?;
        }
    }
    Ok(())
}
