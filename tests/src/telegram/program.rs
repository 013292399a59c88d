//! The program itself as a bot, in a process of its own that can be killed.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use super::Server;
use crate::repository::root;

/// The program, built as these tests are.
///
/// # Panics
/// When it can not be built.
#[must_use]
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let here = std::env::current_exe().expect("a path");
        let folder = here.ancestors().nth(2).expect("…/PROFILE/deps/test");
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(profile) => profile,
        };
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                "--offline",
                "--package",
                "exodus",
                "--profile",
                profile,
            ])
            .arg("--target-dir")
            .arg(folder.parent().expect("a target directory"))
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(
            build.status.success(),
            "{}",
            String::from_utf8_lossy(&build.stderr)
        );
        folder.join("exodus")
    })
}

/// How the program is run as a bot.
pub struct Program {
    folder: tempfile::TempDir,
    /// Its database.
    pub database: PathBuf,
    /// What it logged so far.
    pub log: PathBuf,
}

impl Program {
    /// The bot of a server, over an empty SQLite file.
    ///
    /// # Panics
    /// When its files can not be written.
    #[must_use]
    pub fn new(server: &dyn Server) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (database, log) = (folder.path().join("exodus.db"), folder.path().join("log"));
        let token = folder.path().join("token");
        std::fs::write(&token, server.token()).expect("written");
        let config = format!(
            "[community]\nzone = \"Europe/Berlin\"\n[store]\nurl = {database:?}\n[limits]\n\
             commands_per_minute = 100000\n[telegram]\ntoken_file = {token:?}\napi_url = {:?}\n[log]\nlevel = \"trace\"\n",
            server.url()
        );
        std::fs::write(folder.path().join("exodus.toml"), config).expect("written");
        Self {
            folder,
            database,
            log,
        }
    }

    /// Starts it. It dies with the test.
    ///
    /// # Panics
    /// When it can not be started.
    #[must_use]
    pub fn start(&self) -> Running {
        let log = File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .expect("a log");
        let child = Command::new(built())
            .arg("--config")
            .arg(self.folder.path().join("exodus.toml"))
            .arg("run")
            .env_clear()
            .env("EXODUS_DATA_DIR", self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("it starts");
        Running(child)
    }
}

/// The program at work. Killed when dropped.
pub struct Running(Child);

impl Running {
    /// `kill -9`.
    ///
    /// # Panics
    /// When it had ended by itself.
    pub fn kill(mut self) {
        let ended = self.0.try_wait().expect("a state");
        assert!(ended.is_none(), "it ended by itself: {ended:?}");
        self.0.kill().expect("killed");
        self.0.wait().expect("gone");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone; then there is nothing to do.
        drop((self.0.kill(), self.0.wait()));
    }
}
