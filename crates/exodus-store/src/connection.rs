//! The connections to the database, as each kind of database wants them.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection,
    sqlx::{
        self, Connection as _,
        sqlite::{SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use crate::{
    options::{Address, Options},
    trouble::OpenError,
};

/// How long is waited for a server, or for whoever else writes to the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects to what the options name.
pub(crate) async fn open(options: &Options) -> Result<DatabaseConnection, OpenError> {
    let address = options.address();
    let name = address.name();
    match address {
        Address::Unknown(scheme) => Err(OpenError::BadAddress(scheme.to_owned())),
        Address::Postgres(url) => {
            let mut to = quiet(url);
            to.max_connections(options.max_connections)
                .connect_timeout(PATIENCE);
            to.map_sqlx_postgres_opts(|to| to.options([("default_transaction_isolation", "read committed")]));
            Database::connect(to)
                .await
                .map_err(|error| OpenError::from(error).about(&name).or_unreachable())
        }
        Address::Memory => {
            let mut to = quiet("sqlite::memory:");
            // The database is the connection: it must never be let go.
            to.max_connections(1)
                .min_connections(1)
                .idle_timeout(None)
                .max_lifetime(None);
            Ok(Database::connect(to).await?)
        }
        Address::File(path) => {
            may_be_used(path)?;
            let mut to = file(path, options.max_connections);
            to.map_sqlx_sqlite_pool_opts(sound);
            Database::connect(to)
                .await
                .map_err(|error| OpenError::from(error).about(&name))
        }
    }
}

/// What SQLite itself would say less clearly.
fn may_be_used(path: &Path) -> Result<(), OpenError> {
    let name = |path: &Path| path.display().to_string();
    let directory = path
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty());
    if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
        return Err(OpenError::NoDirectory(name(directory)));
    }
    if path.is_dir() {
        return Err(OpenError::NotADatabase(name(path)));
    }
    if std::fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
        return Err(OpenError::ReadOnly(name(path)));
    }
    Ok(())
}

fn file(path: &Path, max_connections: u32) -> ConnectOptions {
    let path = path.to_owned();
    let mut to = quiet("sqlite:");
    to.max_connections(max_connections);
    to.map_sqlx_sqlite_opts(move |to| {
        to.filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
    });
    to
}

fn quiet(url: &str) -> ConnectOptions {
    let mut to = ConnectOptions::new(url);
    to.sqlx_logging(false).record_stmt_in_spans(false);
    to
}

/// Nobody gets a connection that is still inside somebody else's transaction: it is closed, and another is opened in its
/// place. On a full disk SQLite rolls back by itself; the driver's own rollback then fails, and it counts the
/// connection as inside a transaction for ever. The next transaction there would be a savepoint inside one that nobody
/// ever commits: answered, and lost.
fn sound(pool: SqlitePoolOptions) -> SqlitePoolOptions {
    pool.after_release(|connection, _| Box::pin(is_free(connection)))
}

async fn is_free(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // When it answers, whatever was on its way to it has arrived.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

#[cfg(test)]
mod tests;
