//! The statements that load records: each by one column, for any number of values.

use exodus_core::{Appeal, AppealId, Bond, Intention, Link, Member, MemberId, Obligation, Offer};
use sea_orm::ConnectionTrait;
use serde::de::DeserializeOwned;

use super::{Loader, body_of, member_at};
use crate::{
    dialect::{among, list, nat, sql},
    trouble::Trouble,
};

impl<C: ConnectionTrait> Loader<'_, C> {
    pub(crate) fn any(&self, column: &str, parameter: usize) -> String {
        among(self.db, column, parameter)
    }

    async fn bodies<T: DeserializeOwned>(
        &self,
        table: &str,
        condition: &str,
        ids: Vec<u64>,
    ) -> Result<Vec<T>, Trouble> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!("SELECT body FROM {table} WHERE ledger_id = $1 AND {condition}");
        let rows = self
            .db
            .query_all_raw(sql(self.db, text, [self.ledger.into(), list(ids)]))
            .await?;
        rows.iter().map(|row| body_of(table, row)).collect()
    }

    fn condition(&self, column: &str, and: &str) -> String {
        let any = self.any(column, 2);
        if and.is_empty() {
            any
        } else {
            format!("{and} AND {any}")
        }
    }

    pub(crate) async fn members_by(&mut self, column: &str, ids: Vec<u64>) -> Result<(), Trouble> {
        let rows: Vec<Member> = self.bodies("member", &self.condition(column, ""), ids).await?;
        self.found.members.extend(rows);
        Ok(())
    }

    pub(crate) async fn appeals_by(&mut self, column: &str, ids: Vec<u64>) -> Result<(), Trouble> {
        let rows: Vec<Appeal> = self.bodies("appeal", &self.condition(column, ""), ids).await?;
        self.found.appeals.extend(rows);
        Ok(())
    }

    pub(crate) async fn intentions_by(
        &mut self,
        column: &str,
        and: &str,
        ids: Vec<u64>,
    ) -> Result<(), Trouble> {
        let rows: Vec<Intention> = self
            .bodies("intention", &self.condition(column, and), ids)
            .await?;
        self.found.intentions.extend(rows);
        Ok(())
    }

    pub(crate) async fn obligations_by(
        &mut self,
        column: &str,
        and: &str,
        ids: Vec<u64>,
    ) -> Result<(), Trouble> {
        let rows: Vec<Obligation> = self
            .bodies("obligation", &self.condition(column, and), ids)
            .await?;
        self.found.obligations.extend(rows);
        Ok(())
    }

    pub(crate) async fn offers_by(&mut self, column: &str, and: &str, ids: Vec<u64>) -> Result<(), Trouble> {
        let rows: Vec<Offer> = self.bodies("offer", &self.condition(column, and), ids).await?;
        self.found.offers.extend(rows);
        Ok(())
    }

    pub(crate) async fn bonds_by(&mut self, column: &str, and: &str, ids: Vec<u64>) -> Result<(), Trouble> {
        let rows: Vec<Bond> = self.bodies("bond", &self.condition(column, and), ids).await?;
        self.found.bonds.extend(rows);
        Ok(())
    }

    pub(super) async fn links_where(&mut self, condition: &str, ids: Vec<u64>) -> Result<(), Trouble> {
        let rows: Vec<Link> = self.bodies("link", condition, ids).await?;
        self.found.links.extend(rows);
        Ok(())
    }

    pub(crate) async fn blocks_of(&mut self, ids: Vec<u64>) -> Result<(), Trouble> {
        if ids.is_empty() {
            return Ok(());
        }
        let text = format!(
            "SELECT blocker, blocked FROM block WHERE ledger_id = $1 AND {} \
             UNION SELECT blocker, blocked FROM block WHERE ledger_id = $1 AND {}",
            self.any("blocker", 2),
            self.any("blocked", 2)
        );
        for row in self
            .db
            .query_all_raw(sql(self.db, text, [self.ledger.into(), list(ids)]))
            .await?
        {
            self.found.blocks.push((member_at(&row, 0)?, member_at(&row, 1)?));
        }
        Ok(())
    }

    /// Circle edges with any of these members at either end: appeal, owner, helper.
    pub(crate) async fn circles_of(
        &self,
        ids: Vec<u64>,
    ) -> Result<Vec<(AppealId, MemberId, MemberId)>, Trouble> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let text = format!(
            "SELECT appeal, owner, helper FROM circle WHERE ledger_id = $1 AND {} \
             UNION SELECT appeal, owner, helper FROM circle WHERE ledger_id = $1 AND {}",
            self.any("owner", 2),
            self.any("helper", 2)
        );
        let rows = self
            .db
            .query_all_raw(sql(self.db, text, [self.ledger.into(), list(ids)]))
            .await?;
        rows.iter()
            .map(|row| {
                let appeal: i64 = row.try_get_by_index(0)?;
                Ok((AppealId(nat(appeal)), member_at(row, 1)?, member_at(row, 2)?))
            })
            .collect()
    }

    /// Who is in the circles of these appeals.
    pub(crate) async fn circles_in(&mut self, appeals: Vec<u64>) -> Result<(), Trouble> {
        if appeals.is_empty() {
            return Ok(());
        }
        let text = format!(
            "SELECT appeal, helper FROM circle WHERE ledger_id = $1 AND {}",
            self.any("appeal", 2)
        );
        for row in self
            .db
            .query_all_raw(sql(self.db, text, [self.ledger.into(), list(appeals)]))
            .await?
        {
            let appeal: i64 = row.try_get_by_index(0)?;
            self.found
                .circles
                .push((AppealId(nat(appeal)), member_at(&row, 1)?));
        }
        Ok(())
    }
}
