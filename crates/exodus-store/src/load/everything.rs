//! The whole ledger, in memory: for the operator's commands, for embedders, and to make the network anew.

use exodus_core::{Ledger, Policy, Snapshot};
use sea_orm::ConnectionTrait;
use serde::de::DeserializeOwned;

use super::{body_of, member_at, nothing};
use crate::{
    Store, clearing,
    dialect::{self, nat, sql},
    entity,
    trouble::Trouble,
};

/// Rows fetched at once.
pub(crate) const PAGE: u64 = 10_000;

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All.
    All,
    /// Without what is settled, withdrawn, answered or closed: all that makes a tie between members is here.
    Current,
}

impl Store {
    /// The whole ledger, as of one moment.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn load_all(&self) -> Result<Ledger, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let head = self.base.head(&tx).await?;
        let mut whole = everything(&tx, &head, &self.base.policy, Extent::All).await?;
        let loaded: Vec<_> = whole.obligations().map(|row| row.id).collect();
        self.base.plans.complete(&tx, head.id, &mut whole, loaded).await?;
        tx.commit().await?;
        Ok(whole)
    }
}

/// Everything of a ledger with that head.
pub(crate) async fn everything<C: ConnectionTrait>(
    tx: &C,
    head: &entity::ledger::Model,
    policy: &Policy,
    extent: Extent,
) -> Result<Ledger, Trouble> {
    let ledger = head.id;
    let only = |condition: &'static str| match extent {
        Extent::All => "",
        Extent::Current => condition,
    };
    let mut all: Snapshot = nothing();
    all.next = nat(head.next_number);
    all.members = every(tx, ledger, "member", "").await?;
    all.appeals = every(tx, ledger, "appeal", "").await?;
    all.intentions = every(tx, ledger, "intention", only("AND live")).await?;
    all.obligations = every(tx, ledger, "obligation", only("AND unsettled")).await?;
    if extent == Extent::All {
        all.offers = every(tx, ledger, "offer", "").await?;
        all.links = every(tx, ledger, "link", "").await?;
        all.proposals = every(tx, ledger, "proposal", "").await?;
        all.clearing = clearing::state(tx, ledger).await?;
    }
    let text = "SELECT blocker, blocked FROM block WHERE ledger_id = $1";
    for row in tx.query_all_raw(sql(tx, text, [ledger.into()])).await? {
        all.blocks.push((member_at(&row, 0)?, member_at(&row, 1)?));
    }
    let text = "SELECT appeal, helper FROM circle WHERE ledger_id = $1";
    for row in tx.query_all_raw(sql(tx, text, [ledger.into()])).await? {
        let appeal: i64 = row.try_get_by_index(0)?;
        all.circles
            .push((exodus_core::AppealId(nat(appeal)), member_at(&row, 1)?));
    }
    Ok(Ledger::from_snapshot(policy.clone(), all))
}

async fn every<T: DeserializeOwned, C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    table: &str,
    and: &str,
) -> Result<Vec<T>, Trouble> {
    let mut all = Vec::new();
    let mut after = 0_i64;
    loop {
        let text = format!(
            "SELECT body, id FROM {table} WHERE ledger_id = $1 AND id > $2 {and} ORDER BY id LIMIT {PAGE}"
        );
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
