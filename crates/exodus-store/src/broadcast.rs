//! A whole network is told: its members are found when there is time for it, apart from the command.

use sea_orm::{ConnectionTrait, DbBackend, Value};

use crate::{
    Store,
    dialect::{int, sql},
    trouble::Trouble,
};

/// A member's network by support edges, two steps in either direction (N1), and their referrals; without who is blocked
/// either way (M9), who left, who is in the circle of the current appeal (told by name) and who was told by name of the
/// same entry. `$1` community, `$2` member, `$3` entry.
const NETWORK: &str = "WITH near AS ( \
        SELECT owner AS id FROM circle WHERE ledger_id = $1 AND helper = $2 \
        UNION SELECT helper FROM circle WHERE ledger_id = $1 AND owner = $2), \
    around AS ( \
        SELECT id FROM near \
        UNION SELECT c.owner FROM circle c JOIN near ON c.helper = near.id WHERE c.ledger_id = $1 \
        UNION SELECT c.helper FROM circle c JOIN near ON c.owner = near.id WHERE c.ledger_id = $1 \
        UNION SELECT id FROM member WHERE ledger_id = $1 AND referred_by = $2 \
        UNION SELECT referred_by FROM member WHERE ledger_id = $1 AND id = $2 AND referred_by IS NOT NULL) \
    SELECT around.id FROM around JOIN member m ON m.ledger_id = $1 AND m.id = around.id AND m.here \
    WHERE around.id <> $2 \
    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.ledger_id = $1 AND b.blocker = around.id AND b.blocked = $2) \
    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.ledger_id = $1 AND b.blocker = $2 AND b.blocked = around.id) \
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ledger_id = $1 AND o.cause = $3 AND o.recipient = around.id) \
    AND NOT EXISTS (SELECT 1 FROM circle c JOIN appeal a ON a.ledger_id = $1 AND a.id = c.appeal AND a.is_open \
        WHERE c.ledger_id = $1 AND c.owner = $2 AND c.helper = around.id)";

impl Store {
    /// Works out whom up to `limit` broadcasts are to, and puts a letter to each into the outbox. Returns how many
    /// broadcasts were done.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn fan_out(&self, limit: u64) -> Result<usize, Trouble> {
        let ledger: Value = self.base.ledger.into();
        let db = self.db();
        // A look without any lock: usually there is nothing to do.
        let any = "SELECT 1 FROM broadcast WHERE ledger_id = $1 LIMIT 1";
        if db.query_one_raw(sql(db, any, [ledger.clone()])).await?.is_none() {
            return Ok(0);
        }
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let skip = if tx.get_database_backend() == DbBackend::Postgres {
            " FOR UPDATE SKIP LOCKED"
        } else {
            ""
        };
        let text = format!(
            "SELECT id, cause, member FROM broadcast WHERE ledger_id = $1 ORDER BY id LIMIT $2{skip}"
        );
        let rows = tx
            .query_all_raw(sql(tx, text, [ledger.clone(), int(limit).into()]))
            .await?;
        for row in &rows {
            let (id, cause, member): (i64, i64, i64) = (
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            );
            let text = format!(
                "INSERT INTO outbox (ledger_id, cause, recipient, category, kind, urgent, status, not_before, attempts, created) \
                 SELECT $1, $3, told.id, s.category, s.kind, s.urgent, 0, 0, 0, s.created \
                 FROM ({NETWORK}) AS told JOIN broadcast s ON s.id = $4 WHERE true ORDER BY told.id \
                 ON CONFLICT DO NOTHING"
            );
            let values = [ledger.clone(), member.into(), cause.into(), id.into()];
            tx.execute_raw(sql(tx, text, values)).await?;
            tx.execute_raw(sql(tx, "DELETE FROM broadcast WHERE id = $1", [id.into()]))
                .await?;
        }
        writing.commit().await?;
        Ok(rows.len())
    }
}
