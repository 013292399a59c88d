//! The scheduler and the delivery, until told to stop. Any number of processes may run it over one database.

use std::{future::Future, sync::Arc, time::Duration};

use exodus_store::Trouble;

use crate::{App, Outbound};

/// Members whose due things are done in one go: a group small enough that nobody waits long for the ledger.
const MEMBERS_AT_ONCE: usize = 200;
/// Seconds the scheduler's lease lasts; it is renewed at every round.
const LEASE_SECONDS: u32 = 30;
/// The longest pause between two rounds.
const PAUSE: Duration = Duration::from_millis(1000);
/// The longest pause while the database does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl App {
    /// Runs the scheduler, when no other process does, and the delivery through these front ends, until `stop`
    /// resolves. Trouble is waited out. `holder` names this process.
    pub async fn serve(
        &self,
        holder: String,
        fronts: Vec<Arc<dyn Outbound>>,
        stop: impl Future<Output = ()> + Send,
    ) {
        tokio::pin!(stop);
        let mut pause = PAUSE;
        loop {
            let round = self.round(&holder, &fronts).await;
            match round {
                Ok(0) => pause = PAUSE,
                Ok(_) => pause = Duration::ZERO,
                Err(trouble) => {
                    tracing::warn!(%trouble, "the database does not answer as it should; waiting");
                    pause = pause.max(PAUSE).saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
        if let Err(trouble) = self.store.release(SCHEDULER, &holder).await {
            tracing::warn!(%trouble, "the scheduler's lease could not be given back; it ends by itself");
        }
    }

    async fn round(&self, holder: &str, fronts: &[Arc<dyn Outbound>]) -> Result<usize, Trouble> {
        let mut done = 0_usize;
        if self.store.lease(SCHEDULER, holder, LEASE_SECONDS).await? {
            done = done.saturating_add(self.tick(MEMBERS_AT_ONCE).await?);
        }
        let fronts = self.fronts(fronts);
        Ok(done.saturating_add(self.deliver(holder, &fronts).await?))
    }
}

/// The scheduler's lease.
const SCHEDULER: &str = "scheduler";
