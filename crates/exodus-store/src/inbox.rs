//! The inbox: every update is a row before it is acknowledged, and is answered once.

use exodus_core::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Store,
    dialect::{Present, instant, int, is_sqlite, nat, put_numbered, sql, storable},
    entity::inbox,
    person::AccountKey,
    store::Base,
    trouble::Trouble,
    vault::Place,
};

/// Names an update in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InboxId(pub u64);

/// What the inbox says to an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is new and waits now.
    New(InboxId),
    /// It was delivered before and still waits.
    Waiting(InboxId),
    /// It was delivered before and answered: with this outcome.
    Done(InboxId, String),
}

/// An update that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Which.
    pub id: InboxId,
    /// The platform's own name for it.
    pub update_key: String,
    /// From which account.
    pub account: AccountKey,
    /// What was sent.
    pub payload: String,
    /// When.
    pub received_at: Timestamp,
}

impl Store {
    /// Keeps an update. The same one (platform, key and content) is kept once, however often it is delivered.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn receive(
        &self,
        platform: &str,
        update_key: &str,
        account: &AccountKey,
        payload: &str,
    ) -> Result<Received, Trouble> {
        let row = inbox::Model {
            id: 0,
            ledger_id: self.base.ledger,
            platform: storable(platform),
            update_key: storable(update_key),
            payload_hash: blake3::hash(payload.as_bytes()).to_hex().to_string(),
            payload: self.base.vault.seal(payload_place(update_key), payload)?,
            account: storable(&account.address),
            received_at: self.now().seconds(),
            state: 0,
            outcome: None,
            chat: String::new(),
            given: 0,
        };
        let writing = self.base.write().await?;
        let new = put_numbered::<inbox::Entity, _>(&writing.tx, std::slice::from_ref(&row), Present::Stays)
            .await?
            > 0;
        let kept = inbox::Entity::find()
            .filter(inbox::Column::LedgerId.eq(row.ledger_id))
            .filter(inbox::Column::Platform.eq(row.platform))
            .filter(inbox::Column::UpdateKey.eq(row.update_key))
            .filter(inbox::Column::PayloadHash.eq(row.payload_hash))
            .one(&writing.tx)
            .await?;
        writing.commit().await?;
        let kept = kept.ok_or_else(|| Trouble::Unavailable("an update was not kept".to_owned()))?;
        let id = InboxId(nat(kept.id));
        Ok(match (new, kept.state) {
            (true, _) => Received::New(id),
            (false, 0) => Received::Waiting(id),
            (false, _) => Received::Done(id, kept.outcome.unwrap_or_default()),
        })
    }

    /// Updates that wait in no lane, oldest first: what a start goes on with.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn waiting_inbox(&self, limit: u64) -> Result<Vec<Incoming>, Trouble> {
        let rows = inbox::Entity::find()
            .filter(inbox::Column::LedgerId.eq(self.base.ledger))
            .filter(inbox::Column::State.eq(0))
            .filter(inbox::Column::Chat.eq(""))
            .order_by_asc(inbox::Column::Id)
            .limit(limit)
            .all(self.db())
            .await?;
        self.base.vault.prepare(self.db(), [0], false).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Incoming {
                    id: InboxId(nat(row.id)),
                    payload: self
                        .base
                        .vault
                        .open(payload_place(&row.update_key), &row.payload)?,
                    update_key: row.update_key,
                    account: AccountKey {
                        platform: row.platform,
                        address: row.account,
                    },
                    received_at: instant(row.received_at),
                })
            })
            .collect()
    }

    /// An update that changed nothing is answered.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn finish_inbox(&self, id: InboxId, outcome: &str) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let finished = Finished {
            id,
            outcome: outcome.to_owned(),
            pending: String::new(),
        };
        finish_all(&writing.tx, &self.base, &[finished]).await?;
        writing.commit().await?;
        Ok(())
    }
}

pub(crate) fn payload_place(update_key: &str) -> Place<'_> {
    Place {
        table: "inbox",
        column: "payload",
        person: 0,
        row: update_key,
    }
}

/// An update that is handled, and what is kept of that.
#[derive(Clone, Debug)]
pub(crate) struct Finished {
    pub(crate) id: InboxId,
    /// What became of it.
    pub(crate) outcome: String,
    /// What is needed to answer it, where that comes later.
    pub(crate) pending: String,
}

pub(crate) fn pending_place(id: &str) -> Place<'_> {
    Place {
        table: "inbox",
        column: "outcome",
        person: 0,
        row: id,
    }
}

/// Updates are handled. One that waited in a lane is done when it is answered as well, the others are done now: what was
/// sent is not kept any longer than that. The first answer stands.
pub(crate) async fn finish_all<C: ConnectionTrait>(
    db: &C,
    base: &Base,
    finished: &[Finished],
) -> Result<(), Trouble> {
    if finished.is_empty() {
        return Ok(());
    }
    let row = |finished: &Finished| {
        let (id, outcome) = (int(finished.id.0), storable(&finished.outcome));
        let pending = base
            .vault
            .seal(pending_place(&id.to_string()), &finished.pending)?;
        Ok((id, outcome, pending))
    };
    let rows: Vec<(i64, String, String)> = finished.iter().map(row).collect::<Result<_, Trouble>>()?;
    const SET: &str = "UPDATE inbox SET state = CASE chat WHEN '' THEN 1 ELSE 2 END, \
        payload = CASE chat WHEN '' THEN '' ELSE payload END, \
        outcome = CASE chat WHEN '' THEN given.value->>1 ELSE given.value->>2 END";
    let text = if is_sqlite(db) {
        format!("{SET} FROM json_each($1) AS given WHERE inbox.id = (given.value->>0) AND inbox.state = 0")
    } else {
        format!(
            "{SET} FROM json_array_elements($1::json) AS given(value) \
             WHERE inbox.id = (given.value->>0)::bigint AND inbox.state = 0"
        )
    };
    db.execute_raw(sql(db, text, [serde_json::to_string(&rows)?.into()]))
        .await?;
    Ok(())
}
