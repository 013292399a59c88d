//! What is due now becomes commands, like anyone else's.

use exodus_core::{Actor, CommandId, MemberId, Scope, period};
use exodus_store::{Trouble, Work};
use futures::future::join_all;

use crate::App;

impl App {
    /// Lets everything due now happen, for at most `limit` members; how many were looked at. Zero: nothing is due.
    /// Each step takes effect once, whoever else does the same at the same time.
    ///
    /// # Errors
    /// [`Trouble`] with the store; what was done before it stands.
    pub async fn tick(&self, limit: usize) -> Result<usize, Trouble> {
        let now = self.store.now();
        let members = self
            .store
            .due_members(now, u64::try_from(limit).unwrap_or(u64::MAX))
            .await?;
        if members.is_empty() {
            return Ok(0);
        }
        let ledger = self
            .store
            .load(&Scope::of_members(members.iter().copied()))
            .await?;
        let works = members
            .iter()
            .flat_map(|member| self.due_works(&ledger, *member, now));
        for done in join_all(works.map(|work| self.store.transact(work))).await {
            done?;
        }
        self.store.settle_due(&members, now).await?;
        Ok(members.len())
    }

    fn due_works(
        &self,
        ledger: &exodus_core::Ledger,
        member: MemberId,
        now: exodus_core::Timestamp,
    ) -> impl Iterator<Item = Work> {
        let due = period::due_for(ledger, member, now).into_iter();
        due.map(|command| Work::new(CommandId(self.store.random().number()), Actor::Clock, command))
    }
}
