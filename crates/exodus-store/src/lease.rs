//! Leases: one process at a time leads the tick or keeps a cursor, however many run.

use sea_orm::ConnectionTrait;

use crate::{Store, dialect::sql, trouble::Trouble};

impl Store {
    /// Takes or renews a lease for so many seconds. Whether the holder has it now.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn lease(&self, name: &str, holder: &str, for_seconds: u32) -> Result<bool, Trouble> {
        let now = self.now().seconds();
        let until = now.saturating_add(i64::from(for_seconds));
        let text = "INSERT INTO lease (ledger_id, name, holder, until) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (ledger_id, name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
                    WHERE lease.holder = excluded.holder OR lease.until <= $5";
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let values = [
            self.base.ledger.into(),
            name.into(),
            holder.into(),
            until.into(),
            now.into(),
        ];
        let taken = tx.execute_raw(sql(tx, text, values)).await?.rows_affected() > 0;
        writing.commit().await?;
        Ok(taken)
    }

    /// Gives a lease back.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn release(&self, name: &str, holder: &str) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "DELETE FROM lease WHERE ledger_id = $1 AND name = $2 AND holder = $3";
        tx.execute_raw(sql(
            tx,
            text,
            [self.base.ledger.into(), name.into(), holder.into()],
        ))
        .await?;
        writing.commit().await?;
        Ok(())
    }
}
