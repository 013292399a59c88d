//! A whole network is told: its members are found when there is time for it, apart from the command.

use std::collections::BTreeSet;

use exodus_core::{MemberId, Scope, view};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Store,
    dialect::{Present, int, nat, put_numbered, sql},
    entity::{broadcast, outbox},
    trouble::Trouble,
};

impl Store {
    /// Works out whom up to `limit` broadcasts are to, emergencies first, and puts a letter to each into the outbox.
    /// Returns how many broadcasts were done.
    ///
    /// # Errors
    /// [`Trouble`]; what was done before it stands.
    pub async fn fan_out(&self, limit: u64) -> Result<usize, Trouble> {
        let waiting = broadcast::Entity::find()
            .filter(broadcast::Column::LedgerId.eq(self.base.ledger))
            .order_by_desc(broadcast::Column::Urgent)
            .order_by_asc(broadcast::Column::Id)
            .limit(limit)
            .all(self.db())
            .await?;
        for row in &waiting {
            let told = self.audience(MemberId(nat(row.member))).await?;
            self.put_letters(row, told).await?;
        }
        Ok(waiting.len())
    }

    /// A member's network as the core defines it (N1), without the circle of their current appeal: those are told by
    /// name.
    async fn audience(&self, member: MemberId) -> Result<BTreeSet<MemberId>, Trouble> {
        let part = self.load_near(member, &Scope::default()).await?;
        let mut told = view::network(&part, member);
        if let Some(appeal) = part.current_appeal(member) {
            told.retain(|reader| !part.is_in_circle(appeal.id, *reader));
        }
        Ok(told)
    }

    /// The broadcast becomes letters, unless another process was faster. Who was told by name of the same entry has
    /// heard of it.
    async fn put_letters(
        &self,
        broadcast: &broadcast::Model,
        mut told: BTreeSet<MemberId>,
    ) -> Result<(), Trouble> {
        let ledger = self.base.ledger;
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let deleted = broadcast::Entity::delete_by_id(broadcast.id).exec(tx).await?;
        if deleted.rows_affected == 0 {
            return Ok(());
        }
        let text = "SELECT DISTINCT recipient FROM outbox WHERE ledger_id = $1 AND cause = $2";
        let values = [ledger.into(), broadcast.cause.into()];
        for row in tx.query_all_raw(sql(tx, text, values)).await? {
            told.remove(&MemberId(nat(row.try_get_by_index(0)?)));
        }
        let letter = |reader: MemberId| outbox::Model {
            id: 0,
            ledger_id: ledger,
            cause: broadcast.cause,
            recipient: int(reader.0),
            category: broadcast.category.clone(),
            kind: broadcast.kind.clone(),
            urgent: broadcast.urgent,
            status: 0,
            not_before: 0,
            lease_until: None,
            lease_by: None,
            attempts: 0,
            created: broadcast.created,
        };
        let letters: Vec<_> = told.into_iter().map(letter).collect();
        put_numbered::<outbox::Entity, _>(tx, &letters, Present::Stays).await?;
        writing.commit().await?;
        Ok(())
    }
}
