//! The whole ledger, in memory: for the operator's commands and for embedders.

use exodus_core::{Ledger, Snapshot};
use sea_orm::ConnectionTrait;
use serde::de::DeserializeOwned;

use super::{body_of, member_at, nothing};
use crate::{
    Store,
    dialect::{self, nat, sql},
    trouble::Trouble,
};

/// Rows fetched at once.
pub(crate) const PAGE: u64 = 10_000;

impl Store {
    /// The whole ledger, as of one moment.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn load_all(&self) -> Result<Ledger, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let ledger = self.base.ledger;
        let mut all: Snapshot = nothing();
        all.next = nat(self.base.head(&tx).await?.next_number);
        all.members = every(&tx, ledger, "member").await?;
        all.appeals = every(&tx, ledger, "appeal").await?;
        all.intentions = every(&tx, ledger, "intention").await?;
        all.obligations = every(&tx, ledger, "obligation").await?;
        all.offers = every(&tx, ledger, "offer").await?;
        all.bonds = every(&tx, ledger, "bond").await?;
        all.links = every(&tx, ledger, "link").await?;
        let text = "SELECT blocker, blocked FROM block WHERE ledger_id = $1";
        for row in tx.query_all_raw(sql(&tx, text, [ledger.into()])).await? {
            all.blocks.push((member_at(&row, 0)?, member_at(&row, 1)?));
        }
        let text = "SELECT appeal, helper FROM circle WHERE ledger_id = $1";
        for row in tx.query_all_raw(sql(&tx, text, [ledger.into()])).await? {
            let appeal: i64 = row.try_get_by_index(0)?;
            all.circles
                .push((exodus_core::AppealId(nat(appeal)), member_at(&row, 1)?));
        }
        tx.commit().await?;
        Ok(Ledger::from_snapshot(self.base.policy.clone(), all))
    }
}

async fn every<T: DeserializeOwned, C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    table: &str,
) -> Result<Vec<T>, Trouble> {
    let mut all = Vec::new();
    let mut after = 0_i64;
    loop {
        let text =
            format!("SELECT body, id FROM {table} WHERE ledger_id = $1 AND id > $2 ORDER BY id LIMIT {PAGE}");
        let rows = db
            .query_all_raw(sql(db, text, [ledger.into(), after.into()]))
            .await?;
        let Some(last) = rows.last() else { return Ok(all) };
        after = last.try_get_by_index(1)?;
        for row in &rows {
            all.push(body_of(table, row)?);
        }
    }
}
