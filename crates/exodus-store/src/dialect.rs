//! Where PostgreSQL and SQLite differ, and the few ways in which everything else speaks to them.
//!
//! Lists go into a statement as one parameter, so that the text of a statement never depends on how many rows it is
//! about: each is prepared once.

use exodus_core::Timestamp;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    IsolationLevel, Iterable, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
    sea_query::{ColumnType, Iden},
};
use sea_orm::{ColumnTrait, IdenStatic, PrimaryKeyToColumn};

/// Begins a transaction that will write: on SQLite the write lock is taken at once.
pub(crate) async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    begin(db, options).await
}

/// Begins a transaction that only reads, all of it as of one moment.
pub(crate) async fn begin_read(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let options = TransactionOptions {
        isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
        access_mode: postgres.then_some(AccessMode::ReadOnly),
        sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
    };
    begin(db, options).await
}

/// Begins in a task of its own: a caller that goes away in the middle would leave a connection half in a transaction,
/// and the next one to use it would be inside. So it is begun to the end, and given back whole.
async fn begin(db: &DatabaseConnection, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
    let db = db.clone();
    let begun = tokio::spawn(async move { db.begin_with_options(options).await });
    begun
        .await
        .map_err(|stopped| DbErr::Custom(stopped.to_string()))?
}

/// A statement with `$1`, `$2` … for its values: both databases read it so.
pub(crate) fn sql<C: ConnectionTrait>(
    db: &C,
    text: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), text, values)
}

/// Whether this is SQLite; else it is PostgreSQL.
pub(crate) fn is_sqlite<C: ConnectionTrait>(db: &C) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// Numbers as one parameter, for [`among`].
pub(crate) fn list(numbers: impl IntoIterator<Item = u64>) -> Value {
    let mut text = String::new();
    for number in numbers {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&number.to_string());
    }
    text.into()
}

/// "`column` is among the numbers that parameter carries."
pub(crate) fn among<C: ConnectionTrait>(db: &C, column: &str, parameter: usize) -> String {
    if is_sqlite(db) {
        format!("{column} IN (SELECT value FROM json_each('[' || ${parameter} || ']'))")
    } else {
        format!("{column} = ANY(string_to_array(${parameter}, ',')::bigint[])")
    }
}

/// "`column` is among the texts that parameter, a JSON array, carries."
pub(crate) fn among_texts<C: ConnectionTrait>(db: &C, column: &str, parameter: usize) -> String {
    if is_sqlite(db) {
        format!("{column} IN (SELECT value FROM json_each(${parameter}))")
    } else {
        format!("{column} IN (SELECT json_array_elements_text(${parameter}::json))")
    }
}

/// Texts as one parameter, for [`among_texts`].
pub(crate) fn texts(texts: &[String]) -> Value {
    serde_json::Value::from(texts.to_vec()).to_string().into()
}

/// What happens to a row that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Present {
    /// It stays.
    Stays,
    /// These columns take the new values; all but the key when the list is empty.
    Takes(&'static [&'static str]),
    /// That is trouble.
    Fails,
}

/// Writes rows in one statement, whatever their number.
pub(crate) async fn put<E, C>(db: &C, rows: &[E::Model], present: Present) -> Result<u64, DbErr>
where
    E: EntityTrait,
    E::Model: serde::Serialize,
    C: ConnectionTrait,
{
    put_rows::<E, C>(db, rows, present, true).await
}

/// As [`put`], the database giving the ids.
pub(crate) async fn put_numbered<E, C>(db: &C, rows: &[E::Model], present: Present) -> Result<u64, DbErr>
where
    E: EntityTrait,
    E::Model: serde::Serialize,
    C: ConnectionTrait,
{
    put_rows::<E, C>(db, rows, present, false).await
}

async fn put_rows<E, C>(db: &C, rows: &[E::Model], present: Present, with_id: bool) -> Result<u64, DbErr>
where
    E: EntityTrait,
    E::Model: serde::Serialize,
    C: ConnectionTrait,
{
    if rows.is_empty() {
        return Ok(0);
    }
    let json = serde_json::to_string(rows).map_err(|error| DbErr::Json(error.to_string()))?;
    let text = insert::<E>(is_sqlite(db), present, with_id);
    Ok(db
        .execute_raw(sql(db, text, [json.into()]))
        .await?
        .rows_affected())
}

fn insert<E: EntityTrait>(sqlite: bool, present: Present, with_id: bool) -> String {
    let keys: Vec<&str> = E::PrimaryKey::iter()
        .map(|key| key.into_column().as_str())
        .collect();
    let columns: Vec<(&str, bool, bool)> = E::Column::iter()
        .filter(|column| with_id || !keys.contains(&column.as_str()))
        .map(|column| {
            let def = column.def();
            let kind = def.get_column_type();
            (
                column.as_str(),
                matches!(kind, ColumnType::BigInteger),
                matches!(kind, ColumnType::Boolean),
            )
        })
        .collect();
    let names = columns
        .iter()
        .map(|(name, ..)| *name)
        .collect::<Vec<_>>()
        .join(", ");
    let table = E::default();
    let table = Iden::unquoted(&table).to_owned();
    let source = if sqlite {
        let values: Vec<_> = columns
            .iter()
            .map(|(name, ..)| format!("value->>'{name}'"))
            .collect();
        format!("SELECT {} FROM json_each($1) WHERE true", values.join(", "))
    } else {
        let kind = |number: bool, flag: bool| match (number, flag) {
            (true, _) => "bigint",
            (false, true) => "boolean",
            (false, false) => "text",
        };
        let typed: Vec<_> = columns
            .iter()
            .map(|(name, number, flag)| format!("{name} {}", kind(*number, *flag)))
            .collect();
        format!(
            "SELECT {names} FROM json_to_recordset($1::json) AS given ({})",
            typed.join(", ")
        )
    };
    let conflict = match present {
        Present::Fails => String::new(),
        Present::Stays => " ON CONFLICT DO NOTHING".to_owned(),
        Present::Takes(taken) => {
            let taken: Vec<_> = columns
                .iter()
                .map(|(name, ..)| *name)
                .filter(|name| {
                    if taken.is_empty() {
                        !keys.contains(name)
                    } else {
                        taken.contains(name)
                    }
                })
                .map(|name| format!("{name} = excluded.{name}"))
                .collect();
            format!(
                " ON CONFLICT ({}) DO UPDATE SET {}",
                keys.join(", "),
                taken.join(", ")
            )
        }
    };
    format!("INSERT INTO {table} ({names}) {source}{conflict}")
}

/// A number for the database. Ids, amounts and counts stay far below 2⁶³.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number from the database; what was written there is never negative.
pub(crate) fn nat(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// An instant from the database.
pub(crate) const fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A text both databases can hold: PostgreSQL has no NUL in texts.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// "`one` and `other` are among the pairs that parameter, a JSON array of arrays, carries."
pub(crate) fn among_pairs<C: ConnectionTrait>(
    db: &C,
    one: &str,
    other: &str,
    kind: &str,
    parameter: usize,
) -> String {
    let source = if is_sqlite(db) {
        format!("SELECT value->>0, value->>1 FROM json_each(${parameter})")
    } else {
        format!(
            "SELECT (value->>0)::{kind}, (value->>1)::{kind} FROM json_array_elements(${parameter}::json)"
        )
    };
    format!("({one}, {other}) IN ({source})")
}

/// Takes the lock of the ledger, so that nobody writes to it meanwhile.
pub(crate) async fn lock_ledger<C: ConnectionTrait>(db: &C, ledger: i64) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.query_one_raw(sql(
            db,
            "SELECT id FROM ledger WHERE id = $1 FOR UPDATE",
            [ledger.into()],
        ))
        .await?;
    }
    Ok(())
}
