//! Reading the journal: what happened to whom and to what.

use exodus_core::{CommandId, MemberId, Timestamp};
use sea_orm::{EntityTrait, Value};

use crate::{
    Store,
    dialect::{among, int, list, sql},
    entity::journal,
    journal::{Entry, id_text, read},
    trouble::Trouble,
};

impl Store {
    /// What concerns a member, newest first, before an entry if given.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn history_of_member(
        &self,
        member: MemberId,
        before: Option<u64>,
        limit: u64,
    ) -> Result<Vec<Entry>, Trouble> {
        let values = [
            int(member.0).into(),
            int(before.unwrap_or(u64::MAX)).into(),
            int(limit).into(),
        ];
        let text = "SELECT * FROM (SELECT * FROM journal WHERE ledger_id = $1 AND member = $2 AND seq < $3 \
                        ORDER BY seq DESC LIMIT $4) AS one \
                    UNION SELECT * FROM (SELECT * FROM journal WHERE ledger_id = $1 AND other = $2 AND seq < $3 \
                        ORDER BY seq DESC LIMIT $4) AS two \
                    ORDER BY seq DESC LIMIT $4";
        self.entries(text.to_owned(), values).await
    }

    /// What concerns these records, by their numbers, newest first, before an entry if given.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn history_of_record(
        &self,
        records: &[u64],
        before: Option<u64>,
        limit: u64,
    ) -> Result<Vec<Entry>, Trouble> {
        let values = [
            list(records.iter().copied()),
            int(before.unwrap_or(u64::MAX)).into(),
            int(limit).into(),
        ];
        let (record, tied) = (among(self.db(), "record", 2), among(self.db(), "tied", 2));
        let text = format!(
            "SELECT * FROM journal WHERE ledger_id = $1 AND {record} AND seq < $3 \
             UNION SELECT * FROM journal WHERE ledger_id = $1 AND {tied} AND seq < $3 \
             ORDER BY seq DESC LIMIT $4"
        );
        self.entries(text, values).await
    }

    /// The first entry about a record, by its number: how it came to be.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn beginning_of_record(&self, record: u64) -> Result<Option<Entry>, Trouble> {
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND record = $2 ORDER BY seq LIMIT 1";
        let found = self.entries(text.to_owned(), [int(record).into()]).await?;
        Ok(found.into_iter().next())
    }

    /// One entry.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn event(&self, seq: u64) -> Result<Option<Entry>, Trouble> {
        let row = journal::Entity::find_by_id((self.base.ledger, int(seq)))
            .one(self.db())
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// What concerns a member from one instant up to another, oldest first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn events_of_member_since(
        &self,
        member: MemberId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Entry>, Trouble> {
        let values = [int(member.0).into(), from.seconds().into(), to.seconds().into()];
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND member = $2 AND at >= $3 AND at < $4 \
                    UNION SELECT * FROM journal WHERE ledger_id = $1 AND other = $2 AND at >= $3 AND at < $4 \
                    ORDER BY seq";
        self.entries(text.to_owned(), values).await
    }

    /// What a command did, in order: nothing when it was never given or changed nothing.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn events_of_command(&self, command: CommandId) -> Result<Vec<Entry>, Trouble> {
        let text = "SELECT j.* FROM journal j JOIN command c ON c.ledger_id = j.ledger_id \
                    AND j.seq BETWEEN c.first_seq AND c.last_seq WHERE j.ledger_id = $1 AND c.id = $2 ORDER BY j.seq";
        self.entries(text.to_owned(), [id_text(command.0).into()]).await
    }

    async fn entries<const N: usize>(&self, text: String, values: [Value; N]) -> Result<Vec<Entry>, Trouble> {
        let db = self.db();
        let values = std::iter::once(self.base.ledger.into()).chain(values);
        let rows = journal::Entity::find()
            .from_raw_sql(sql(db, text, values))
            .all(db)
            .await?;
        rows.iter().map(read).collect()
    }
}
