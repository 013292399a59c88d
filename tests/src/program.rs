//! The program itself, in a process of its own that can be killed.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, Statement};

use crate::repository::root;

/// The program, built as these tests are.
///
/// # Panics
/// When it can not be built.
#[must_use]
fn built() -> &'static Path {
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
                "--features",
                "matrix",
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

/// How the program is run, over an SQLite file of its own.
pub struct Program {
    folder: tempfile::TempDir,
    /// Its database.
    pub database: PathBuf,
    /// What it logged so far.
    pub log: PathBuf,
}

impl Program {
    /// One with a front end, whose section of the configuration is made here: in this folder it may keep its files.
    ///
    /// # Panics
    /// When its files can not be written.
    pub fn new(section: impl FnOnce(&Path) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (database, log) = (folder.path().join("exodus.db"), folder.path().join("log"));
        let section = section(folder.path());
        let config = format!(
            "[community]\nzone = \"Europe/Berlin\"\n[store]\nurl = {database:?}\n[limits]\n\
             commands_per_minute = 100000\n{section}[log]\nlevel = \"trace\"\n"
        );
        std::fs::write(folder.path().join("exodus.toml"), config).expect("written");
        Self {
            folder,
            database,
            log,
        }
    }

    /// Where its files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
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

    /// A number past the store, read while the program may be at work.
    ///
    /// # Panics
    /// When it can not be read.
    pub async fn number(&self, query: &str) -> i64 {
        let mut options = ConnectOptions::new(format!("sqlite:{}?mode=ro", self.database.display()));
        options.max_connections(1);
        let db = Database::connect(options).await.expect("a connection");
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), query))
            .await;
        let number = row
            .expect("no trouble")
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number");
        db.close().await.expect("it closes");
        number
    }

    /// The end of its log, for whoever waits in vain.
    #[must_use]
    pub fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let end: Vec<&str> = log.lines().rev().take(30).collect();
        end.join("\n")
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
