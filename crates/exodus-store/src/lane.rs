//! Lanes: updates of chats wait in them and are worked off, one after another in a chat, many chats at once.
//!
//! A lane is a chat in which updates wait. Whoever takes it works some of them off and gives it back; it then stands
//! behind every lane with older updates, so that a chat with ten thousand of them keeps nobody waiting. A crash gives it back
//! by itself. An update is waiting, then handled (its effect is there, its answer perhaps not), then answered.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Value};

use crate::{
    Store,
    dialect::{Present, instant, int, is_sqlite, nat, put, put_numbered, sql, storable, texts},
    entity::{inbox, setting},
    inbox::{InboxId, payload_place, pending_place},
    trouble::Trouble,
};

/// An update as a chat server sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawUpdate {
    /// The platform's own name for it.
    pub key: String,
    /// What tells it apart from another of the same name: platforms begin their numbers anew.
    pub sign: String,
    /// The chat in whose lane it waits; not empty.
    pub chat: String,
    /// The account it is from, if any; erased with it.
    pub account: String,
    /// What was sent.
    pub payload: String,
}

/// A lane that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// On which platform.
    pub platform: String,
    /// Which chat.
    pub chat: String,
    /// The newest update that waited when it was taken.
    newest: i64,
}

/// The first update of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Which.
    pub id: InboxId,
    /// The platform's own name for it.
    pub key: String,
    /// What was sent.
    pub payload: String,
    /// When it was received.
    pub received_at: exodus_core::Timestamp,
    /// It was handled before and not answered: what its answer said.
    pub handled: Option<String>,
    /// How many messages and files of its answer were given before.
    pub given: usize,
}

impl Store {
    /// Keeps updates in their lanes, and the cursor up to which a platform was read, in one transaction. The same update
    /// (platform, key and sign) is kept once. Returns how many were new.
    ///
    /// # Errors
    /// [`Trouble`]: nothing was kept then.
    pub async fn enqueue(
        &self,
        platform: &str,
        updates: &[RawUpdate],
        cursor: Option<(&str, &str)>,
    ) -> Result<u64, Trouble> {
        let received_at = self.now().seconds();
        let row = |update: &RawUpdate| {
            let payload = self
                .base
                .vault
                .seal(payload_place(&update.key), &storable(&update.payload))?;
            Ok(inbox::Model {
                id: 0,
                ledger_id: self.base.ledger,
                platform: storable(platform),
                update_key: storable(&update.key),
                payload_hash: blake3::hash(update.sign.as_bytes()).to_hex().to_string(),
                payload,
                account: storable(&update.account),
                received_at,
                state: 0,
                outcome: None,
                chat: storable(&update.chat),
                given: 0,
            })
        };
        let rows: Vec<inbox::Model> = updates.iter().map(row).collect::<Result<_, Trouble>>()?;
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let new = put_numbered::<inbox::Entity, _>(tx, &rows, Present::Stays).await?;
        if new > 0 {
            let chats: BTreeSet<String> = rows.into_iter().map(|row| row.chat).collect();
            let chats: Vec<String> = chats.into_iter().collect();
            let values = [self.base.ledger.into(), storable(platform).into(), texts(&chats)];
            open_lanes_of(tx, values).await?;
        }
        if let Some((name, value)) = cursor {
            let row = setting::Model {
                ledger_id: self.base.ledger,
                name: storable(name),
                value: storable(value),
            };
            put::<setting::Entity, _>(tx, &[row], Present::Takes(&[])).await?;
        }
        writing.commit().await?;
        Ok(new)
    }

    /// Opens the lanes of updates that wait without one, as after restoring a backup.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn open_lanes(&self) -> Result<(), Trouble> {
        self.change_lanes(
            "INSERT INTO lane (ledger_id, platform, chat, newest, turn) \
             SELECT ledger_id, platform, chat, max(id), min(id) FROM inbox \
             WHERE ledger_id = $1 AND state <> 1 AND chat <> '' GROUP BY ledger_id, platform, chat \
             ON CONFLICT (ledger_id, platform, chat) DO UPDATE SET newest = excluded.newest",
            [self.base.ledger.into()],
        )
        .await
        .map(drop)
    }

    /// Takes up to `limit` lanes for so many seconds, those first that were not served for longest.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn take_lanes(
        &self,
        platform: &str,
        holder: &str,
        limit: u64,
        seconds: u32,
    ) -> Result<Vec<Lane>, Trouble> {
        let now = self.now().seconds();
        let db = self.db();
        const FREE: &str =
            "FROM lane WHERE ledger_id = $1 AND platform = $2 AND (lease_until IS NULL OR lease_until <= $3)";
        // A look without any lock: usually there is nothing to do.
        let look = format!("SELECT 1 {FREE} LIMIT 1");
        let values = [self.base.ledger.into(), platform.into(), now.into()];
        if limit == 0 || db.query_one_raw(sql(db, look, values)).await?.is_none() {
            return Ok(Vec::new());
        }
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let skip = if is_sqlite(tx) {
            ""
        } else {
            " FOR UPDATE SKIP LOCKED"
        };
        // Chosen once: as a mere part of the condition PostgreSQL may choose anew for every row.
        let text = format!(
            "WITH free AS MATERIALIZED (SELECT chat {FREE} ORDER BY turn LIMIT $6{skip}) \
             UPDATE lane SET lease_by = $4, lease_until = $5 WHERE ledger_id = $1 AND platform = $2 \
             AND chat IN (SELECT chat FROM free) RETURNING chat, newest, turn"
        );
        let values: [Value; 6] = [
            self.base.ledger.into(),
            platform.into(),
            now.into(),
            holder.into(),
            now.saturating_add(i64::from(seconds)).into(),
            int(limit).into(),
        ];
        let rows = tx.query_all_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        let mut lanes = Vec::with_capacity(rows.len());
        for row in rows {
            let turn: i64 = row.try_get_by_index(2)?;
            let lane = Lane {
                platform: platform.to_owned(),
                chat: row.try_get_by_index(0)?,
                newest: row.try_get_by_index(1)?,
            };
            lanes.push((turn, lane));
        }
        lanes.sort_by_key(|(turn, _)| *turn);
        Ok(lanes.into_iter().map(|(_, lane)| lane).collect())
    }

    /// The first update of a lane that is not answered.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn next_in(&self, lane: &Lane) -> Result<Option<Queued>, Trouble> {
        let row = inbox::Entity::find()
            .filter(inbox::Column::LedgerId.eq(self.base.ledger))
            .filter(inbox::Column::Platform.eq(&lane.platform))
            .filter(inbox::Column::Chat.eq(&lane.chat))
            .filter(inbox::Column::State.ne(1))
            .order_by_asc(inbox::Column::Id)
            .one(self.db())
            .await?;
        let Some(row) = row else { return Ok(None) };
        self.base.vault.prepare(self.db(), [0], false).await?;
        let handled = match (row.state, &row.outcome) {
            (2, Some(pending)) => {
                let place = row.id.to_string();
                Some(self.base.vault.open(pending_place(&place), pending)?)
            }
            (2, None) => Some(String::new()),
            _ => None,
        };
        Ok(Some(Queued {
            id: InboxId(nat(row.id)),
            payload: self
                .base
                .vault
                .open(payload_place(&row.update_key), &row.payload)?,
            key: row.update_key,
            received_at: instant(row.received_at),
            handled,
            given: usize::try_from(row.given).unwrap_or(0),
        }))
    }

    /// Keeps all lanes of a holder for so many seconds more; how many they are.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn keep_lanes(&self, holder: &str, seconds: u32) -> Result<u64, Trouble> {
        let until = self.now().seconds().saturating_add(i64::from(seconds));
        self.change_lanes(
            "UPDATE lane SET lease_until = $3 WHERE ledger_id = $1 AND lease_by = $2",
            [self.base.ledger.into(), holder.into(), until.into()],
        )
        .await
    }

    /// Gives a lane back: to the end of the row while updates wait in it, else it is closed.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn leave_lane(&self, lane: &Lane, holder: &str) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let values: [Value; 4] = [
            self.base.ledger.into(),
            lane.platform.as_str().into(),
            lane.chat.as_str().into(),
            holder.into(),
        ];
        const MINE: &str = "ledger_id = $1 AND platform = $2 AND chat = $3 AND lease_by = $4";
        const WAITS: &str = "SELECT 1 FROM inbox WHERE inbox.ledger_id = $1 AND inbox.platform = $2 \
                             AND inbox.chat = $3 AND inbox.state <> 1";
        // An update that comes at this moment raises `newest`, and the lane stays.
        let close = format!("DELETE FROM lane WHERE {MINE} AND newest = $5 AND NOT EXISTS ({WAITS})");
        let with_newest = values.iter().cloned().chain([lane.newest.into()]);
        let closed = tx.execute_raw(sql(tx, close, with_newest)).await?.rows_affected();
        if closed == 0 {
            let text = format!(
                "UPDATE lane SET lease_by = NULL, lease_until = NULL, \
                 turn = (SELECT coalesce(max(id), 0) + 1 FROM inbox WHERE ledger_id = $1) WHERE {MINE}"
            );
            tx.execute_raw(sql(tx, text, values)).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// Gives all lanes of a holder back where they stand.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn leave_lanes(&self, holder: &str) -> Result<(), Trouble> {
        self.change_lanes(
            "UPDATE lane SET lease_by = NULL, lease_until = NULL WHERE ledger_id = $1 AND lease_by = $2",
            [self.base.ledger.into(), holder.into()],
        )
        .await
        .map(drop)
    }

    async fn change_lanes(
        &self,
        text: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, Trouble> {
        let writing = self.base.write().await?;
        let changed = writing.tx.execute_raw(sql(&writing.tx, text, values)).await?;
        writing.commit().await?;
        Ok(changed.rows_affected())
    }
}

/// Opens lanes for the updates that wait in these chats of a platform. A lane that is open already stands where it stood.
async fn open_lanes_of<C: ConnectionTrait>(
    db: &C,
    values: impl IntoIterator<Item = Value>,
) -> Result<(), Trouble> {
    let chats = if is_sqlite(db) {
        "json_each($3) AS c"
    } else {
        "json_array_elements_text($3::json) AS c(value)"
    };
    // Looked up by the ends of an index: a chat may have ten thousand of them.
    let end = |end: &str| {
        format!(
            "(SELECT {end}(i.id) FROM inbox i WHERE i.ledger_id = $1 AND i.platform = $2 AND i.chat = c.value AND i.state <> 1)"
        )
    };
    let (newest, oldest) = (end("max"), end("min"));
    let text = format!(
        "INSERT INTO lane (ledger_id, platform, chat, newest, turn) \
         SELECT $1, $2, c.value, {newest}, {oldest} FROM {chats} WHERE {newest} IS NOT NULL \
         ON CONFLICT (ledger_id, platform, chat) DO UPDATE SET newest = excluded.newest"
    );
    db.execute_raw(sql(db, text, values)).await?;
    Ok(())
}
