//! For the scheduler: for whom time has something.

use exodus_core::{MemberId, Timestamp};
use sea_orm::ConnectionTrait;

use crate::{
    Store,
    dialect::{instant, int, nat, sql},
    trouble::Trouble,
};

impl Store {
    /// Members for whom something is due by now, the longest due first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn due_members(&self, now: Timestamp, limit: u64) -> Result<Vec<MemberId>, Trouble> {
        let db = self.db();
        let text = "SELECT id FROM member WHERE ledger_id = $1 AND next_due <= $2 AND next_due IS NOT NULL \
                    ORDER BY next_due, id LIMIT $3";
        let values = [self.base.ledger.into(), now.seconds().into(), int(limit).into()];
        let rows = db.query_all_raw(sql(db, text, values)).await?;
        rows.iter()
            .map(|row| Ok(MemberId(nat(row.try_get_by_index(0)?))))
            .collect()
    }

    /// When something is next due for anybody.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn next_due_at(&self) -> Result<Option<Timestamp>, Trouble> {
        let db = self.db();
        let text = "SELECT min(next_due) FROM member WHERE ledger_id = $1 AND next_due IS NOT NULL";
        let row = db.query_one_raw(sql(db, text, [self.base.ledger.into()])).await?;
        let at: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        Ok(at.map(instant))
    }

    /// The scheduler does not look at a member before an instant: something of theirs can not be done as it is, and
    /// nobody else is to wait for it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn set_aside(&self, member: MemberId, until: Timestamp) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "UPDATE member SET next_due = $3 WHERE ledger_id = $1 AND id = $2";
        let values = [
            self.base.ledger.into(),
            int(member.0).into(),
            until.seconds().into(),
        ];
        tx.execute_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        Ok(())
    }
}
