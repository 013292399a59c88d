//! The schema, step by step: one file per migration, forward only, run under a lock.

mod m20261101_000001_journal;
mod m20261101_000002_state;
mod m20261101_000003_people;
mod m20261101_000004_traffic;
mod m20261121_000001_chats;
mod m20261129_000001_bonds;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::{dialect, trouble::OpenError};

/// What every migration is written with.
mod prelude {
    pub(super) use super::run;
    pub(super) use sea_orm_migration::prelude::{DeriveMigrationName, *};
}

/// The list of migrations.
pub(crate) struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_journal::Migration),
            Box::new(m20261101_000002_state::Migration),
            Box::new(m20261101_000003_people::Migration),
            Box::new(m20261101_000004_traffic::Migration),
            Box::new(m20261121_000001_chats::Migration),
            Box::new(m20261129_000001_bonds::Migration),
        ]
    }
}

/// Runs statements written for PostgreSQL on either database; on SQLite, tables are STRICT.
async fn run(manager: &sea_orm_migration::SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for statement in statements {
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        let statement = if sqlite {
            for_sqlite(statement)
        } else {
            (*statement).to_owned()
        };
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

fn for_sqlite(statement: &str) -> String {
    let statement = statement
        .replace("BIGSERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT")
        .replace("BIGINT", "INTEGER")
        .replace("BOOLEAN", "INTEGER");
    if statement.starts_with("CREATE TABLE") {
        statement + " STRICT"
    } else {
        statement
    }
}

/// Any number; the same in every process: whoever migrates holds this lock.
const LOCK: i64 = 0x0045_786f_6475_7301;

/// Brings the schema up to date, or says that the database belongs to a newer program. Returns how many steps were made.
pub(crate) async fn migrate(db: &DatabaseConnection) -> Result<usize, OpenError> {
    let tx = dialect::begin_write(db).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock($1)",
            [LOCK.into()],
        );
        tx.execute_raw(lock).await?;
    }
    let applied = Migrator::get_migration_models(&tx).await?;
    let known = Migrator::migrations();
    if let Some(newer) = applied
        .iter()
        .find(|applied| !known.iter().any(|known| known.name() == applied.version))
    {
        return Err(OpenError::Newer {
            migration: newer.version.clone(),
        });
    }
    let steps = known.len().saturating_sub(applied.len());
    if steps > 0 {
        Migrator::up(&tx, None).await?;
    }
    tx.commit().await?;
    Ok(steps)
}
