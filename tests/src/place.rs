//! A database of a test's own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use exodus_core::{Policy, Timestamp, Zone};
use exodus_store::{ManualClock, Options, Random, Store};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};

/// When every test begins: Monday, 2 November 2026, nine in the morning in Berlin.
pub const START: Timestamp = Timestamp::from_seconds(1_793_606_400);

/// Which database server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// The server at `EXODUS_TEST_POSTGRES`.
    Postgres,
}

impl Backend {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A new database, and a clock that stands still. Removed when dropped.
#[derive(Debug)]
pub struct Place {
    /// Where it is.
    pub url: String,
    /// On which server.
    pub backend: Backend,
    /// What time it is for everybody who opens it.
    pub clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
    name: String,
}

impl Place {
    /// A new database on one of the servers.
    ///
    /// # Panics
    /// When there is no such server.
    #[must_use]
    pub fn new(backend: Backend) -> Arc<Self> {
        let folder = folder();
        let name = format!("exodus_{:032x}", Random::system().number());
        let url = match backend {
            Backend::Sqlite => folder.path().join("exodus.db").display().to_string(),
            Backend::Postgres => {
                on_server(&format!("CREATE DATABASE {name}"));
                let server = server();
                let (base, _) = server.rsplit_once('/').expect("a URL with a database");
                format!("{base}/{name}")
            }
        };
        let clock = Arc::new(ManualClock::new(START));
        Arc::new(Self {
            url,
            backend,
            clock,
            folder,
            name,
        })
    }

    /// What time it is.
    #[must_use]
    pub fn clock_now(&self) -> Timestamp {
        exodus_store::Clock::now(&*self.clock)
    }

    /// A file beside the database.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// How a process opens it. Each process has randomness of its own.
    #[must_use]
    pub fn options(&self, process: u64) -> Options {
        let mut options = Options::new(&self.url);
        options.policy = policy();
        options.clock = Arc::<ManualClock>::clone(&self.clock);
        options.random = Random::seeded(process);
        options.max_connections = 4;
        options
    }

    /// Opens it as a process.
    ///
    /// # Panics
    /// When it can not be opened.
    pub async fn open(&self, process: u64) -> Store {
        Store::open(&self.options(process))
            .await
            .expect("the database opens")
    }

    /// A connection past the store.
    ///
    /// # Panics
    /// When there is none.
    pub async fn connect(&self) -> DatabaseConnection {
        let url = match self.backend {
            Backend::Sqlite => format!("sqlite:{}", self.url),
            Backend::Postgres => self.url.clone(),
        };
        Database::connect(url).await.expect("a connection")
    }

    /// Does something past the store; how many rows it changed.
    ///
    /// # Panics
    /// When it fails.
    pub async fn raw(&self, statement: &str) -> u64 {
        let db = self.connect().await;
        let rows = db
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
        db.close().await.expect("it closes");
        rows.rows_affected()
    }

    /// Reads past the store.
    ///
    /// # Panics
    /// When it fails.
    pub async fn rows(&self, query: &str) -> Vec<QueryResult> {
        let db = self.connect().await;
        let statement = Statement::from_string(db.get_database_backend(), query);
        let rows = db
            .query_all_raw(statement)
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"));
        db.close().await.expect("it closes");
        rows
    }

    /// A number past the store.
    ///
    /// # Panics
    /// When it fails.
    pub async fn number(&self, query: &str) -> i64 {
        self.rows(query).await[0].try_get_by_index(0).expect("a number")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.backend == Backend::Postgres {
            on_server(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// The community's choices in all tests: as usual, in Berlin.
///
/// # Panics
/// Never: Berlin has a time zone.
#[must_use]
pub fn policy() -> Policy {
    Policy {
        zone: Zone::named("Europe/Berlin").expect("a zone"),
        // Small, so that a story comes to them.
        bonds_per_member: 3,
        invitations_per_day: 4,
        ..Policy::default()
    }
}

/// A date and an hour in Berlin.
#[must_use]
pub fn berlin(year: i16, month: i8, day: i8, hour: i8) -> Timestamp {
    policy()
        .zone
        .instant(exodus_core::Date::constant(year, month, day).at(hour, 0, 0, 0))
}

/// Room that a test may need on a file system in memory, in bytes.
const ROOM: u64 = 2 << 30;

/// A folder in memory, where there is room for one: as the server of the tests does not wait for its disk, SQLite is not
/// to wait for one either.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).map_or(0, |it| it.f_bavail.saturating_mul(it.f_frsize));
    let in_memory = (room > ROOM).then(|| tempfile::tempdir_in(memory).ok());
    in_memory
        .flatten()
        .unwrap_or_else(|| tempfile::tempdir().expect("a temporary folder"))
}

fn server() -> String {
    std::env::var("EXODUS_TEST_POSTGRES").expect(
        "EXODUS_TEST_POSTGRES is not set: run the tests with `tests/run`, which starts a server for them",
    )
}

/// From a thread of its own: a runtime can not be started inside another.
fn on_server(statement: &str) {
    let server = server();
    let done = std::thread::scope(|scope| {
        scope
            .spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime");
                runtime.block_on(async {
                    let db = Database::connect(server).await?;
                    db.execute_unprepared(statement).await?;
                    db.close().await
                })
            })
            .join()
    });
    let outcome = done.expect("a thread");
    if !std::thread::panicking() {
        outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

/// Runs a test in a runtime of its own.
///
/// # Panics
/// When the test does.
pub fn run<F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(Arc<Place>) -> F) {
    let place = Place::new(backend);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(test(Arc::clone(&place)));
    runtime.shutdown_background();
}
