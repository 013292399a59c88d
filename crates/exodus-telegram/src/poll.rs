//! Long polling: updates are fetched, kept, and only then acknowledged, by the number from which the next ones are asked for.
//!
//! The number is said once, right after its updates were kept. Asking without one gives the oldest that nobody acknowledged,
//! which is right after a start, after a crash, and after a week of silence, when Telegram begins its numbers anew anywhere.

use std::{sync::Arc, time::Duration};

use exodus_app::{App, RawUpdate};
use serde_json::Value;
use teloxide_core::payloads::{DeleteWebhook, DeleteWebhookSetters as _};
use tokio::time::{Instant, interval, sleep};

use crate::{
    PLATFORM,
    client::{CallFailure, Client},
    inbound::{KINDS, raw},
};

/// The lease of whoever fetches: Telegram lets only one do it.
const LEASE: &str = "telegram-updates";
/// Seconds it lasts, and how often it is renewed.
const LEASE_SECONDS: u32 = 6;
const RENEW: Duration = Duration::from_secs(2);
/// A server that does not hold a request open is not asked more often than this.
const PAUSE: Duration = Duration::from_millis(200);
/// The longest pause while something does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Fetches updates for ever, whenever no other process does.
pub(crate) async fn poll(app: &App, client: &Client, holder: &str) {
    let mut wait = Duration::from_secs(1);
    loop {
        match app.lead(LEASE, holder, LEASE_SECONDS).await {
            Ok(true) => {
                wait = Duration::from_secs(1);
                let renewed = async {
                    let mut renew = interval(RENEW);
                    renew.tick().await;
                    loop {
                        renew.tick().await;
                        match app.lead(LEASE, holder, LEASE_SECONDS).await {
                            Ok(true) => {}
                            Ok(false) => break,
                            Err(trouble) => tracing::warn!(%trouble, "the lease could not be renewed"),
                        }
                    }
                };
                tokio::select! {
                    () = renewed => tracing::info!("another process fetches updates now"),
                    () = fetch(app, client) => {}
                }
            }
            Ok(false) => sleep(RENEW).await,
            Err(trouble) => {
                tracing::warn!(%trouble, "updates wait for the database");
                sleep(wait).await;
                wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Gives the lease back.
pub(crate) async fn resign(app: &App, holder: &str) {
    if let Err(trouble) = app.resign(LEASE, holder).await {
        tracing::debug!(%trouble, "the lease could not be given back; it ends by itself");
    }
}

async fn fetch(app: &App, client: &Client) {
    let drop_nothing = DeleteWebhook::new().drop_pending_updates(false);
    if let Err(failure) = client.call(drop_nothing).await {
        tracing::warn!(%failure, "a webhook that may be set could not be taken off");
    }
    let mut kept: Option<i64> = None;
    let mut wait = Duration::from_secs(1);
    loop {
        let asked = Instant::now();
        let offset = kept.map(|kept| kept.saturating_add(1));
        match client.updates(offset, KINDS).await {
            Ok(updates) => {
                // What was kept is acknowledged by having asked.
                kept = None;
                wait = Duration::from_secs(1);
                if updates.is_empty() {
                    sleep(PAUSE.saturating_sub(asked.elapsed())).await;
                } else {
                    kept = keep(app, &updates).await;
                }
            }
            Err(failure) => {
                let pause = match &failure {
                    CallFailure::RetryAfter(seconds) => Duration::from_secs(*seconds),
                    CallFailure::Conflict => Duration::from_secs(3),
                    CallFailure::Gone
                    | CallFailure::Moved(_)
                    | CallFailure::Unchanged
                    | CallFailure::CanNotEdit
                    | CallFailure::Token
                    | CallFailure::Refused(_)
                    | CallFailure::Trouble(_) => wait,
                };
                tracing::warn!(%failure, "updates can not be fetched now; trying again");
                sleep(pause).await;
                wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Keeps updates, however long the database takes; the highest number among them.
pub(crate) async fn keep(app: &App, updates: &[Value]) -> Option<i64> {
    let read: Vec<(i64, RawUpdate)> = updates.iter().filter_map(raw).collect();
    if read.len() < updates.len() {
        tracing::error!("the server sent something without a number, which can not be kept");
    }
    let highest = read.iter().map(|(number, _)| *number).max();
    let rows: Arc<[RawUpdate]> = read.into_iter().map(|(_, raw)| raw).collect();
    let mut wait = Duration::from_secs(1);
    loop {
        match app.keep(PLATFORM, &rows, None).await {
            Ok(new) => {
                tracing::debug!(new, "updates were kept");
                return highest;
            }
            Err(trouble) => {
                tracing::warn!(%trouble, "updates wait for the database; they are not acknowledged");
                sleep(wait).await;
                wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
    }
}
