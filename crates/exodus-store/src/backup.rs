//! One file with everything, from either database into either.
//!
//! ```text
//! {"exodus":"backup","version":1,"ledger":1,"rows":{"journal":2,…}}     what follows
//! {"journal":{"ledger_id":1,"seq":1,…}}                                 a row, all of a table's together
//! …
//! {"hash":"…"}                                                          BLAKE3 of every line before, with line ends
//! ```
//! Leases and lanes are left out: they are of processes that run. What is sealed stays sealed.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use sea_orm::{ConnectionTrait, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn, Value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    Store,
    dialect::{self, Present, put, sql},
    entity,
    trouble::Trouble,
    verify,
};

/// Rows read or written at once.
const BATCH: usize = 2_000;

#[derive(Serialize, Deserialize)]
struct Header {
    exodus: String,
    version: u32,
    ledger: i64,
    rows: BTreeMap<String, u64>,
}

/// Does the same for every table, in an order in which they can be filled.
macro_rules! every_table {
    ($do:ident) => {
        $do! {
            ledger journal command member appeal intention obligation offer bond link visit block circle
            person person_key account note link_token linking_code linking_try
            inbox outbox broadcast session menu setting
            shown follower
        }
    };
}

fn failed(error: &dyn std::fmt::Display) -> Trouble {
    Trouble::Backup(error.to_string())
}

impl Store {
    /// Writes everything into a file, as of one moment. The file appears whole or not at all.
    ///
    /// # Errors
    /// [`Trouble::Backup`] when it can not be written.
    pub async fn backup(&self, path: &Path) -> Result<(), Trouble> {
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = std::path::PathBuf::from(partial);
        let written = self.write_backup(&partial).await;
        if written.is_err() {
            // What takes up room on a disk that may be full, and is no backup.
            let _ = std::fs::remove_file(&partial);
            return written;
        }
        std::fs::rename(&partial, path)
            .and_then(|()| sync_directory(path))
            .map_err(|error| failed(&error))
    }

    async fn write_backup(&self, path: &Path) -> Result<(), Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let ledger = self.base.ledger;
        let mut out = Out::create(path)?;
        let mut rows = BTreeMap::new();
        macro_rules! count {
            ($($table:ident)*) => { $(
                let text = format!("SELECT count(*) FROM {} WHERE {} = $1", stringify!($table), of(stringify!($table)));
                let row = tx.query_one_raw(sql(&tx, text, [ledger.into()])).await?;
                let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
                rows.insert(stringify!($table).to_owned(), dialect::nat(count));
            )* };
        }
        every_table!(count);
        out.line(&serde_json::to_string(&Header {
            exodus: "backup".to_owned(),
            version: 1,
            ledger,
            rows,
        })?)?;
        macro_rules! dump {
            ($($table:ident)*) => { $( dump::<entity::$table::Entity, _>(&tx, ledger, stringify!($table), &mut out).await?; )* };
        }
        every_table!(dump);
        tx.commit().await?;
        out.close()
    }

    /// Fills an empty database from a file, and verifies it: nothing is changed when anything is wrong with the file.
    ///
    /// # Errors
    /// [`Trouble::Backup`] when the database is not empty, or the file is damaged or none.
    pub async fn restore(&self, path: &Path) -> Result<(), Trouble> {
        let header = check(path)?;
        let ledger = self.base.ledger;
        if header.ledger != ledger {
            return Err(Trouble::Backup(format!(
                "is of ledger {}, this is ledger {ledger}",
                header.ledger
            )));
        }
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        dialect::lock_ledger(tx, ledger).await?;
        self.must_be_empty(tx).await?;
        for text in [
            "DELETE FROM person_key WHERE ledger_id = $1",
            "DELETE FROM ledger WHERE id = $1",
        ] {
            tx.execute_raw(sql(tx, text, [ledger.into()])).await?;
        }
        let mut lines = BufReader::new(File::open(path).map_err(|error| failed(&error))?)
            .lines()
            .skip(1)
            .peekable();
        macro_rules! load {
            ($($table:ident)*) => { $(
                let count = header.rows.get(stringify!($table)).copied().unwrap_or(0);
                load::<entity::$table::Entity, _>(tx, stringify!($table), count, &mut lines).await?;
            )* };
        }
        every_table!(load);
        if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
            for table in ["inbox", "outbox", "broadcast"] {
                let text = format!(
                    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
                );
                tx.query_one_raw(sql(tx, text, [])).await?;
            }
        }
        let report = verify::verify(tx, ledger, &self.base.policy, |_, _| {}).await?;
        if let Some(first) = report.differences.first() {
            return Err(Trouble::Backup(format!(
                "{} {}: {}",
                first.place, first.id, first.what
            )));
        }
        let vault = &self.base.vault;
        let written = match vault.check(tx).await {
            Ok(()) => writing.commit().await.map_err(Trouble::from),
            Err(trouble) => Err(trouble),
        };
        // Whichever rows there are now: their keys are the ones.
        vault.reopen(self.db()).await?;
        self.forget().await;
        written
    }

    async fn must_be_empty<C: ConnectionTrait>(&self, db: &C) -> Result<(), Trouble> {
        macro_rules! empty {
            ($($table:ident)*) => { $(
                let table = stringify!($table);
                if !matches!(table, "ledger" | "person_key") {
                    let text = format!("SELECT 1 FROM {table} WHERE {} = $1 LIMIT 1", of(table));
                    if db.query_one_raw(sql(db, text, [self.base.ledger.into()])).await?.is_some() {
                        return Err(Trouble::Backup(format!("the database is not empty: there are rows in {table}")));
                    }
                }
            )* };
        }
        every_table!(empty);
        Ok(())
    }
}

/// The column that says of which community a row is.
fn of(table: &str) -> &'static str {
    if table == "ledger" { "id" } else { "ledger_id" }
}

/// The file being written, and the hash of what was written.
struct Out {
    file: BufWriter<File>,
    hash: blake3::Hasher,
}

/// A new file for its owner's eyes: what people say of themselves is in it.
fn create_private(path: &Path) -> std::io::Result<File> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A file that was renamed is there after a power cut only once its directory was written.
#[cfg(unix)]
fn sync_directory(path: &Path) -> std::io::Result<()> {
    let directory = path
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "a directory can be written through only on Unix"
)]
fn sync_directory(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

impl Out {
    fn create(path: &Path) -> Result<Self, Trouble> {
        let file = create_private(path).map_err(|error| failed(&error))?;
        Ok(Self {
            file: BufWriter::new(file),
            hash: blake3::Hasher::new(),
        })
    }

    fn line(&mut self, line: &str) -> Result<(), Trouble> {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        self.file
            .write_all(line.as_bytes())
            .and_then(|()| self.file.write_all(b"\n"))
            .map_err(|error| failed(&error))
    }

    fn close(mut self) -> Result<(), Trouble> {
        let hash = self.hash.finalize().to_hex();
        writeln!(self.file, "{{\"hash\":\"{hash}\"}}")
            .and_then(|()| self.file.flush())
            .and_then(|()| self.file.get_ref().sync_all())
            .map_err(|error| failed(&error))
    }
}

/// Writes the rows of a table in the order of their keys, page by page.
async fn dump<E, C>(db: &C, ledger: i64, table: &str, out: &mut Out) -> Result<(), Trouble>
where
    E: EntityTrait,
    E::Model: Serialize,
    C: ConnectionTrait,
{
    let keys: Vec<&str> = E::PrimaryKey::iter()
        .map(|key| key.into_column().as_str())
        .collect();
    let keys: Vec<&str> = keys.into_iter().filter(|key| *key != of(table)).collect();
    let mut after: Vec<Value> = Vec::new();
    loop {
        let order = if keys.is_empty() {
            of(table).to_owned()
        } else {
            keys.join(", ")
        };
        let beyond = if after.is_empty() {
            String::new()
        } else {
            let places: Vec<String> = (2..after.len() + 2).map(|place| format!("${place}")).collect();
            format!(" AND ({order}) > ({})", places.join(", "))
        };
        let text = format!(
            "SELECT * FROM {table} WHERE {} = $1{beyond} ORDER BY {order} LIMIT {BATCH}",
            of(table)
        );
        let values = std::iter::once(ledger.into()).chain(after.clone());
        let rows = E::find().from_raw_sql(sql(db, text, values)).all(db).await?;
        let full = rows.len() == BATCH;
        for row in rows {
            let row = serde_json::to_value(&row)?;
            after = keys.iter().map(|key| key_value(&row, key)).collect();
            out.line(&serde_json::json!({ table: row }).to_string())?;
        }
        if !full || keys.is_empty() {
            return Ok(());
        }
    }
}

fn key_value(row: &serde_json::Value, key: &str) -> Value {
    match row.get(key) {
        Some(serde_json::Value::Number(number)) => number.as_i64().unwrap_or(0).into(),
        Some(serde_json::Value::String(text)) => text.as_str().into(),
        _ => 0_i64.into(),
    }
}

/// Reads the next `count` lines as rows of a table.
async fn load<E, C>(
    db: &C,
    table: &str,
    count: u64,
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> Result<(), Trouble>
where
    E: EntityTrait,
    E::Model: Serialize + DeserializeOwned,
    C: ConnectionTrait,
{
    let mut left = count;
    while left > 0 {
        let mut rows: Vec<E::Model> = Vec::new();
        while left > 0 && rows.len() < BATCH {
            let line = lines
                .next()
                .ok_or_else(|| Trouble::Backup("ends too early".to_owned()))?;
            let line = line.map_err(|error| failed(&error))?;
            let mut row: BTreeMap<String, E::Model> =
                serde_json::from_str(&line).map_err(|error| failed(&error))?;
            rows.push(
                row.remove(table)
                    .ok_or_else(|| Trouble::Backup(format!("a row of {table} is expected")))?,
            );
            left -= 1;
        }
        put::<E, _>(db, &rows, Present::Fails).await?;
    }
    Ok(())
}

/// Reads a file through: whether it is whole, and what is in it.
fn check(path: &Path) -> Result<Header, Trouble> {
    let mut file = BufReader::new(File::open(path).map_err(|error| failed(&error))?);
    let mut hash = blake3::Hasher::new();
    let (mut line, mut header, mut rows) = (String::new(), None::<Header>, 0_u64);
    loop {
        line.clear();
        if file.read_line(&mut line).map_err(|error| failed(&error))? == 0 {
            return Err(Trouble::Backup("has no closing line: it is not whole".to_owned()));
        }
        match &header {
            None => {
                let first: Header = serde_json::from_str(&line)
                    .map_err(|_| Trouble::Backup("is no backup of Exodus".to_owned()))?;
                if first.exodus != "backup" || first.version != 1 {
                    return Err(Trouble::Backup(format!(
                        "is of version {}, which is unknown",
                        first.version
                    )));
                }
                header = Some(first);
            }
            Some(_) if line.starts_with("{\"hash\":\"") => break,
            Some(_) => rows += 1,
        }
        hash.update(line.as_bytes());
    }
    let header = header.ok_or_else(|| Trouble::Backup("is empty".to_owned()))?;
    if line.trim_end() != format!("{{\"hash\":\"{}\"}}", hash.finalize().to_hex()) {
        return Err(Trouble::Backup(
            "its closing hash does not fit: it is damaged".to_owned(),
        ));
    }
    if header.rows.values().sum::<u64>() != rows {
        return Err(Trouble::Backup(
            "has another number of rows than it says".to_owned(),
        ));
    }
    Ok(header)
}
