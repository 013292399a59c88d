//! Forgetting what is over: the traffic, never the records. Bite by bite, each in a transaction of its own, so that nobody
//! waits for it and it may be broken off anywhere.

use exodus_core::Timestamp;
use sea_orm::{ConnectionTrait, Value};

use crate::{Store, dialect::sql, people::TRIES_WITHIN, trouble::Trouble};

/// Rows looked at in one bite.
const BITE: usize = 5_000;

/// A table that is gone through in the order of a column that names its rows.
struct Table {
    name: &'static str,
    key: &'static str,
    /// Before every key.
    first: Value,
    /// Which rows go: `$2` is an instant.
    over: &'static str,
    at: i64,
}

impl Store {
    /// Forgets buttons and codes that are no longer good, and what was finished before an instant: updates answered,
    /// letters sent or dropped, and which commands were given. From then on a command of before it would be decided
    /// anew. Returns how many rows went.
    ///
    /// # Errors
    /// [`Trouble`]; what went before it is gone.
    pub async fn tidy(&self, before: Timestamp) -> Result<u64, Trouble> {
        let (now, before) = (self.now().seconds(), before.seconds());
        let text = || Value::from("");
        let number = || Value::from(-1_i64);
        let tables = [
            ("menu", "id", text(), "expires <= $2", now),
            ("linking_code", "code_hash", text(), "expires <= $2", now),
            (
                "linking_try",
                "address",
                text(),
                "since < $2",
                now.saturating_sub(TRIES_WITHIN),
            ),
            ("inbox", "id", number(), "state = 1 AND received_at < $2", before),
            ("shown", "message", text(), "created < $2", before),
            ("outbox", "id", number(), "status >= 2 AND created < $2", before),
            ("command", "id", text(), "at < $2", before),
        ];
        let mut gone: u64 = 0;
        for (name, key, first, over, at) in tables {
            let table = Table {
                name,
                key,
                first,
                over,
                at,
            };
            gone = gone.saturating_add(self.go_through(table).await?);
        }
        Ok(gone)
    }

    async fn go_through(&self, table: Table) -> Result<u64, Trouble> {
        let Table {
            name,
            key,
            first,
            over,
            at,
        } = table;
        let mut after = first;
        let mut gone: u64 = 0;
        loop {
            let upto = self.end_of_bite(name, key, after.clone()).await?;
            let mut text = format!("DELETE FROM {name} WHERE ledger_id = $1 AND {over} AND {key} > $3");
            let mut values: Vec<Value> = vec![self.base.ledger.into(), at.into(), after];
            if let Some(upto) = &upto {
                text.push_str(&format!(" AND {key} <= $4"));
                values.push(upto.clone());
            }
            let writing = self.base.write().await?;
            let done = writing.tx.execute_raw(sql(&writing.tx, text, values)).await?;
            writing.commit().await?;
            gone = gone.saturating_add(done.rows_affected());
            let Some(upto) = upto else { return Ok(gone) };
            after = upto;
        }
    }

    /// The key with which the bite after a key ends; none: it is the last.
    async fn end_of_bite(&self, name: &str, key: &str, after: Value) -> Result<Option<Value>, Trouble> {
        let db = self.db();
        let number = matches!(after, Value::BigInt(_));
        let text = format!(
            "SELECT {key} FROM {name} WHERE ledger_id = $1 AND {key} > $2 ORDER BY {key} LIMIT 1 OFFSET {}",
            BITE - 1
        );
        let row = db
            .query_one_raw(sql(db, text, [self.base.ledger.into(), after]))
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(if number {
            row.try_get_by_index::<i64>(0)?.into()
        } else {
            row.try_get_by_index::<String>(0)?.into()
        }))
    }
}
