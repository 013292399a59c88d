//! Totals. No names, no texts.

use sea_orm::ConnectionTrait;

use crate::{
    Store,
    dialect::{nat, sql},
    trouble::Trouble,
};

/// How much there is of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Members here now.
    pub members: u64,
    /// Members who left.
    pub left: u64,
    /// Members who ask for monthly support.
    pub orange: u64,
    /// Members in an emergency.
    pub red: u64,
    /// Open appeals.
    pub appeals: u64,
    /// Live intentions.
    pub intentions: u64,
    /// Unsettled obligations.
    pub obligations: u64,
    /// Settled obligations.
    pub settled: u64,
    /// Support edges.
    pub edges: u64,
    /// Entries of the journal.
    pub entries: u64,
    /// Updates that wait.
    pub inbox: u64,
    /// Letters that wait.
    pub outbox: u64,
    /// Networks still to be told.
    pub broadcasts: u64,
}

impl Store {
    /// Totals.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn stats(&self) -> Result<Stats, Trouble> {
        Ok(Stats {
            members: self.count("member", "here").await?,
            left: self.count("member", "NOT here").await?,
            orange: self.count("member", "here AND status = 1").await?,
            red: self.count("member", "here AND status = 2").await?,
            appeals: self.count("appeal", "is_open").await?,
            intentions: self.count("intention", "live").await?,
            obligations: self.count("obligation", "unsettled").await?,
            settled: self.count("obligation", "NOT unsettled").await?,
            edges: self.count("circle", "true").await?,
            entries: nat(self.base.head(self.db()).await?.head_seq),
            inbox: self.count("inbox", "state <> 1").await?,
            outbox: self.count("outbox", "status < 2").await?,
            broadcasts: self.count("broadcast", "true").await?,
        })
    }

    async fn count(&self, table: &str, condition: &str) -> Result<u64, Trouble> {
        let db = self.db();
        let text = format!("SELECT count(*) FROM {table} WHERE ledger_id = $1 AND {condition}");
        let row = db.query_one_raw(sql(db, text, [self.base.ledger.into()])).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(nat(count))
    }
}
