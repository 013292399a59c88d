//! The scheduler, the delivery and the housekeeping, until told to stop. Any number of processes may run it over one
//! database.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use exodus_core::Timestamp;
use exodus_store::Trouble;
use futures::FutureExt as _;

use crate::{App, Outbound};

/// Members whose due things are done in one go: a group small enough that nobody waits long for the ledger.
const MEMBERS_AT_ONCE: usize = 200;
/// Seconds the scheduler's lease lasts.
const LEASE_SECONDS: u32 = 30;
/// Seconds after which it is renewed by whoever has it, and asked for by everybody else: asking writes to the database.
const LEASE_AGAIN: i64 = 10;
/// The longest pause between two rounds.
const PAUSE: Duration = Duration::from_millis(1000);
/// The longest pause while the database does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Days for which is known which updates were answered, which commands given and which notices sent (invariant 6): longer
/// than a button is good for, and than any chat gives an update again.
const KEPT_DAYS: u32 = 90;
/// How often what is over is forgotten.
const TIDY_DAYS: u32 = 1;
/// How often is looked whether it is time for that.
const TIDY_LOOK: Duration = Duration::from_secs(3_600);

/// The scheduler's lease.
const SCHEDULER: &str = "scheduler";
/// The housekeeping's, and the setting that says when it was done last.
const HOUSEKEEPING: &str = "housekeeping";

/// Whether this process leads, as it last heard.
#[derive(Clone, Copy, Default)]
struct Leading {
    now: bool,
    asked: Option<Timestamp>,
}

impl App {
    /// Runs the scheduler, when no other process does, and the delivery through these front ends, until `stop`
    /// resolves; beside them once a day the housekeeping. Trouble is waited out. `holder` names this process.
    pub async fn serve(
        &self,
        holder: String,
        fronts: Vec<Arc<dyn Outbound>>,
        stop: impl Future<Output = ()> + Send,
    ) {
        tokio::select! {
            () = self.rounds(&holder, &fronts, stop) => {}
            // Each of its steps is whole: it may be left off anywhere.
            () = self.keep_house(&holder) => {}
        }
        for lease in [SCHEDULER, HOUSEKEEPING] {
            if let Err(trouble) = self.store.release(lease, &holder).await {
                tracing::warn!(%trouble, lease, "a lease could not be given back; it ends by itself");
            }
        }
    }

    async fn rounds(
        &self,
        holder: &str,
        fronts: &[Arc<dyn Outbound>],
        stop: impl Future<Output = ()> + Send,
    ) {
        tokio::pin!(stop);
        let mut leading = Leading::default();
        let mut pause = PAUSE;
        loop {
            let round = AssertUnwindSafe(self.round(holder, fronts, &mut leading))
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(Trouble::Fault("a round could not be ended".to_owned())));
            match round {
                Ok(0) => pause = PAUSE,
                Ok(_) => pause = Duration::ZERO,
                Err(trouble) => {
                    tracing::warn!(%trouble, "the database does not answer as it should; waiting");
                    pause = pause.max(PAUSE).saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// What is due, then what is to be told: of two troubles the first is said, and neither keeps the other from being
    /// tried.
    async fn round(
        &self,
        holder: &str,
        fronts: &[Arc<dyn Outbound>],
        leading: &mut Leading,
    ) -> Result<usize, Trouble> {
        let ticked = match self.is_ticking(holder, leading).await {
            Ok(true) => self.tick(MEMBERS_AT_ONCE).await,
            Ok(false) => Ok(0),
            Err(trouble) => Err(trouble),
        };
        let delivered = self.deliver(holder, &self.fronts(fronts)).await;
        Ok(ticked?.saturating_add(delivered?))
    }

    /// Whether this process is the one that ticks.
    async fn is_ticking(&self, holder: &str, leading: &mut Leading) -> Result<bool, Trouble> {
        let now = self.store.now();
        let fresh = |asked: Timestamp| (0..LEASE_AGAIN).contains(&now.seconds_since(asked));
        if !leading.asked.is_some_and(fresh) {
            *leading = Leading::default();
            leading.now = self.store.lease(SCHEDULER, holder, LEASE_SECONDS).await?;
            leading.asked = Some(now);
        }
        Ok(leading.now)
    }

    /// Forgets what is over, now and then, for ever.
    async fn keep_house(&self, holder: &str) {
        loop {
            match self.tidy(holder).await {
                Ok(Some(gone)) => tracing::info!(gone, "rows of what is over were deleted"),
                Ok(None) => {}
                Err(trouble) => {
                    tracing::warn!(%trouble, "what is over could not be forgotten; trying again later")
                }
            }
            tokio::time::sleep(TIDY_LOOK).await;
        }
    }

    /// Forgets what is over, if that was not done today by any process: buttons that expired, and after ninety days
    /// which updates were answered, which commands given and which notices sent. How many rows went; `None`: it was not
    /// time, or another process is at it.
    ///
    /// # Errors
    /// [`Trouble`] with the store; what went before it is gone.
    pub async fn tidy(&self, holder: &str) -> Result<Option<u64>, Trouble> {
        let now = self.store.now();
        let last = self.store.setting(HOUSEKEEPING).await?;
        let last = last
            .and_then(|last| last.parse().ok())
            .map(Timestamp::from_seconds);
        if last.is_some_and(|last| last.plus_days(TIDY_DAYS) > now) {
            return Ok(None);
        }
        let hour = u32::try_from(TIDY_LOOK.as_secs()).unwrap_or(u32::MAX);
        if !self.store.lease(HOUSEKEEPING, holder, hour).await? {
            return Ok(None);
        }
        let gone = self.store.tidy(now.minus_days(KEPT_DAYS)).await?;
        self.store
            .set_setting(HOUSEKEEPING, &now.seconds().to_string())
            .await?;
        self.store.release(HOUSEKEEPING, holder).await?;
        Ok(Some(gone))
    }
}

#[cfg(test)]
mod tests;
