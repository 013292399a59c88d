//! What is due now becomes commands, like anyone else's.
//!
//! Nobody waits for another's month: whoever's can not be ended, because a row is damaged or there is a fault in the
//! program, is set aside and said so, and the others' ends.

use std::panic::AssertUnwindSafe;

use exodus_core::{Actor, Command, CommandId, MemberId, Scope, Timestamp, period};
use exodus_store::{Trouble, Work};
use futures::{FutureExt as _, future::join_all};

use crate::App;

/// Seconds for which nobody looks after a member for whom something could not be done.
const SET_ASIDE: i64 = 3_600;

impl App {
    /// Lets everything due now happen, for at most `limit` members; how many were looked at. Zero: nothing is due.
    /// Each step takes effect once, whoever else does the same at the same time.
    ///
    /// # Errors
    /// [`Trouble`] with the database; what was done before it stands.
    pub async fn tick(&self, limit: usize) -> Result<usize, Trouble> {
        // What is due for everybody comes before what is due for somebody.
        let cleared = self.clear().await?;
        let now = self.store.now();
        let members = self
            .store
            .due_members(now, u64::try_from(limit).unwrap_or(u64::MAX))
            .await?;
        if members.is_empty() {
            return Ok(cleared);
        }
        match self.let_happen(&members, now).await {
            Err(fault) if !fault.is_passing() => self.one_by_one(&members, now).await?,
            happened => happened?,
        }
        Ok(members.len().saturating_add(cleared))
    }

    /// What is due for these members happens.
    async fn let_happen(&self, members: &[MemberId], now: Timestamp) -> Result<(), Trouble> {
        let happening = async {
            // What happens may let more be due already: a month that ends late, its summary. So it is looked again, until
            // there is nothing, or nothing more comes of it.
            let mut before = Vec::new();
            loop {
                let ledger = self
                    .store
                    .load(&Scope::of_members(members.iter().copied()))
                    .await?;
                let due: Vec<Command> = members
                    .iter()
                    .flat_map(|member| period::due_for(&ledger, *member, now))
                    .collect();
                if due.is_empty() || due == before {
                    break;
                }
                let works = due.iter().map(|command| self.by_the_clock(command.clone()));
                for done in join_all(works.map(|work| self.store.transact(work))).await {
                    done?;
                }
                before = due;
            }
            self.store.settle_due(members, now).await
        };
        AssertUnwindSafe(happening)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Trouble::Fault("what is due could not be worked out".to_owned())))
    }

    /// Each by themselves, after a fault with one of them: only those concerned are left out.
    async fn one_by_one(&self, members: &[MemberId], now: Timestamp) -> Result<(), Trouble> {
        for member in members {
            match self.let_happen(&[*member], now).await {
                Err(fault) if !fault.is_passing() => {
                    tracing::error!(member = member.0, %fault, "what is due for a member is set aside");
                    let until = Timestamp::from_seconds(now.seconds().saturating_add(SET_ASIDE));
                    self.store.set_aside(*member, until).await?;
                }
                happened => happened?,
            }
        }
        Ok(())
    }

    fn by_the_clock(&self, command: Command) -> Work {
        Work::new(CommandId(self.store.random().number()), Actor::Clock, command)
    }
}

#[cfg(test)]
mod tests;
