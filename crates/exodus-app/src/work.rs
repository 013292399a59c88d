//! Working off the updates that wait: in order within a chat, many chats at once, nobody behind somebody else's ten thousand.
//!
//! A lane is held until its answer is out, so that a chat that has to wait holds nobody else: lanes are many, and only so many
//! updates are handled at the same moment. Crash at any place: what was not handled is handled by whoever takes the lane
//! next, what was handled and not answered is answered then.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use exodus_store::{AccountKey, Lane, Personal, Queued, RawUpdate, Shown, Trouble, Work};
use exodus_ui::Said;
use futures::FutureExt;
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};

use crate::{
    App, Reply, SendFailure, Update,
    app::{Pace, command_id},
    inbound::{Inbound, Place, Read},
};

/// Lanes held at once: most of them wait for their chat to take another message.
const LANES: usize = 1024;
/// Lanes taken at once.
const AT_ONCE: usize = 32;
/// Updates handled at the same moment.
const HANDLED_AT_ONCE: usize = 8;
/// Updates worked off in a lane before another lane has its turn.
const SLICE: usize = 4;
/// Seconds a lane is ours. Short: after a crash somebody waits for it. Whoever is slower than that does nothing twice, since
/// an update takes effect in the transaction that also says so.
const LEASE_SECONDS: u32 = 6;
/// How often leases are renewed.
const KEEP: Duration = Duration::from_secs(2);
/// How long to wait for updates that another process received.
const LOOK: Duration = Duration::from_millis(500);
/// The longest pause while the database does not answer (O10), or the platform.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long what is under way may take to finish when told to stop.
const GRACE: Duration = Duration::from_secs(8);

/// What the tasks of one worker share.
#[derive(Clone)]
struct Shop {
    app: App,
    front: Arc<dyn Inbound>,
    holder: Arc<str>,
    hands: Arc<Semaphore>,
    stopping: watch::Receiver<bool>,
}

/// What became of a part of an answer.
enum Given {
    /// It is there, and perhaps shows a menu.
    Yes(Option<Shown>),
    /// Whoever was to read it is gone.
    Never,
}

/// Why a lane is left before it is empty.
enum Pause {
    /// The database does not answer.
    Trouble(Trouble),
    /// We were told to stop.
    Stopping,
}

impl From<Trouble> for Pause {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl App {
    /// Keeps updates as they were sent, and the cursor up to which the platform was read, in one transaction. Only then may
    /// they be acknowledged. Returns how many were new.
    ///
    /// # Errors
    /// [`Trouble`]: nothing was kept then.
    pub async fn keep(
        &self,
        platform: &str,
        updates: &[RawUpdate],
        cursor: Option<(&str, &str)>,
    ) -> Result<u64, Trouble> {
        let new = self.store.enqueue(platform, updates, cursor).await?;
        if new > 0 {
            self.arrived.notify_one();
        }
        Ok(new)
    }

    /// A message shows a menu, apart from any update.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn showing(&self, shown: Shown) -> Result<(), Trouble> {
        self.store.showing(&[shown]).await
    }

    /// Takes or renews a lease for so many seconds; whether `holder` has it now. What only one process may do is done by
    /// whoever has it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn lead(&self, lease: &str, holder: &str, seconds: u32) -> Result<bool, Trouble> {
        self.store.lease(lease, holder, seconds).await
    }

    /// Gives a lease back.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn resign(&self, lease: &str, holder: &str) -> Result<(), Trouble> {
        self.store.release(lease, holder).await
    }

    /// The cursor of that name, as it was kept last.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn cursor(&self, name: &str) -> Result<Option<String>, Trouble> {
        self.store.setting(name).await
    }

    /// Works off what waits for a front end, until `stop` resolves; then finishes what is under way. `holder` names this
    /// process: any number of them may work.
    pub async fn work(&self, holder: &str, front: Arc<dyn Inbound>, stop: impl Future<Output = ()> + Send) {
        let (stopping, told) = watch::channel(false);
        let shop = Shop {
            app: self.clone(),
            front,
            holder: Arc::from(holder),
            hands: Arc::new(Semaphore::new(HANDLED_AT_ONCE)),
            stopping: told,
        };
        tokio::pin!(stop);
        let mut lanes = JoinSet::new();
        let mut keep = interval(KEEP);
        keep.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pause = Duration::ZERO;
        // An earlier process of this name is no more.
        if let Err(trouble) = self.store.leave_lanes(holder).await {
            tracing::warn!(%trouble, "lanes could not be taken back; they come back by themselves");
        }
        if let Err(trouble) = self.store.open_lanes().await {
            tracing::warn!(%trouble, "lanes of updates could not be opened; new updates open them");
        }
        let (app, told, name) = (self.clone(), shop.stopping.clone(), Arc::clone(&shop.holder));
        let front = Arc::clone(&shop.front);
        let followers = tokio::spawn(async move { app.tell_followers(&name, &front, told).await });
        loop {
            if pause.is_zero() {
                pause = match shop.take(&mut lanes).await {
                    Ok(0) => LOOK,
                    Ok(_) => Duration::ZERO,
                    Err(trouble) => {
                        tracing::warn!(%trouble, "the database does not answer as it should; waiting");
                        Duration::from_secs(2)
                    }
                };
                if pause.is_zero() {
                    continue;
                }
            }
            tokio::select! {
                () = &mut stop => break,
                () = self.arrived.notified(), if lanes.len() < LANES => pause = Duration::ZERO,
                Some(_) = lanes.join_next() => pause = Duration::ZERO,
                () = sleep(pause) => pause = Duration::ZERO,
                _ = keep.tick() => shop.keep(lanes.len()).await,
            }
        }
        stopping.send_replace(true);
        let finish = async {
            loop {
                tokio::select! {
                    done = lanes.join_next() => if done.is_none() { break },
                    _ = keep.tick() => shop.keep(1).await,
                }
            }
        };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            tracing::info!("some answers are still on their way; they are given after the next start");
        }
        lanes.shutdown().await;
        // They hear that it stops as well; a post that does not come to its end may come twice.
        let abort = followers.abort_handle();
        if tokio::time::timeout(GRACE, followers).await.is_err() {
            abort.abort();
        }
        if let Err(trouble) = self.store.leave_lanes(holder).await {
            tracing::warn!(%trouble, "lanes could not be given back; they come back by themselves");
        }
    }
}

impl Shop {
    /// Takes lanes and sets somebody to each; how many.
    async fn take(&self, lanes: &mut JoinSet<()>) -> Result<usize, Trouble> {
        let room = LANES.saturating_sub(lanes.len()).min(AT_ONCE);
        let platform = self.front.front_end().platform;
        let limit = u64::try_from(room).unwrap_or(0);
        let taken = self
            .app
            .store
            .take_lanes(platform, &self.holder, limit, LEASE_SECONDS)
            .await?;
        let count = taken.len();
        for lane in taken {
            lanes.spawn(self.clone().lane(lane));
        }
        Ok(count)
    }

    async fn keep(&self, held: usize) {
        if held == 0 {
            return;
        }
        if let Err(trouble) = self.app.store.keep_lanes(&self.holder, LEASE_SECONDS).await {
            tracing::warn!(%trouble, "lanes could not be kept; another process may take them");
        }
    }

    /// Works off a slice of a lane and gives it back.
    async fn lane(mut self, lane: Lane) {
        for _ in 0..SLICE {
            match self.one(&lane).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(Pause::Stopping) => break,
                Err(Pause::Trouble(trouble)) => {
                    tracing::warn!(%trouble, "an update waits for the database");
                    sleep(Duration::from_secs(1)).await;
                    break;
                }
            }
            if *self.stopping.borrow() {
                break;
            }
        }
        if let Err(trouble) = self.app.store.leave_lane(&lane, &self.holder).await {
            tracing::warn!(%trouble, "a lane could not be given back; it comes back by itself");
        }
    }

    /// Handles and answers the first update of a lane; whether there was one.
    async fn one(&mut self, lane: &Lane) -> Result<bool, Pause> {
        let Ok(hand) = Arc::clone(&self.hands).acquire_owned().await else {
            return Err(Pause::Stopping);
        };
        let Some(queued) = self.app.store.next_in(lane).await? else {
            return Ok(false);
        };
        let read =
            std::panic::catch_unwind(AssertUnwindSafe(|| self.front.read(&queued.key, &queued.payload)));
        let shown = match read {
            Err(_) => {
                tracing::error!(
                    update = queued.id.0,
                    "an update could not be read and was set aside"
                );
                Vec::new()
            }
            Ok(Read::Nothing) => Vec::new(),
            Ok(Read::Gone(account)) => {
                self.app.gone(&account, &queued.key).await?;
                Vec::new()
            }
            Ok(Read::Shared(shared)) => {
                let front = Arc::clone(&self.front);
                let done = self.app.in_shared(&shared, &*front, &queued);
                match AssertUnwindSafe(done).catch_unwind().await {
                    Ok(Err(trouble)) if trouble.is_passing() => return Err(trouble.into()),
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => {
                        tracing::error!(
                            update = queued.id.0,
                            "an update of a shared chat could not be handled and was set aside"
                        );
                    }
                }
                drop(hand);
                self.app.store.answered(queued.id, &[]).await?;
                return Ok(true);
            }
            Ok(Read::Said(update, place)) => {
                let reply = self.handled(&queued, update, &place).await?;
                drop(hand);
                match reply {
                    Some((account, reply)) => self.answer(&queued, &account, &place, &reply).await?,
                    None => {
                        self.front.acknowledge(&place).await;
                        Vec::new()
                    }
                }
            }
        };
        self.app.store.answered(queued.id, &shown).await?;
        Ok(true)
    }

    /// Handles what somebody said; `None` when there is nothing to answer.
    async fn handled(
        &self,
        queued: &Queued,
        mut update: Update,
        place: &Place,
    ) -> Result<Option<(AccountKey, Reply)>, Pause> {
        let front = self.front.front_end();
        let pace = self.app.pace(&update.account, queued.received_at);
        if pace == Pace::Over && queued.handled.is_none() {
            return Ok(None);
        }
        if let (None, Some(message)) = (update.menu, &place.regarding) {
            update.menu = self
                .app
                .store
                .shown_by(front.platform, &place.chat, message)
                .await?;
        }
        // A sign under anything but one of our screens is none of our business.
        if update.menu.is_none() && matches!(update.said, Said::Reaction(_)) {
            return Ok(None);
        }
        let reply = match self.app.handle_queued(queued, &update, &front, pace).await {
            Ok(reply) => reply,
            Err(trouble) if trouble.is_passing() => return Err(trouble.into()),
            Err(trouble) => {
                tracing::error!(update = queued.id.0, %trouble, "an update could not be handled and was set aside");
                crate::handle::mishap(&update, &front)
            }
        };
        Ok(Some((update.account, reply)))
    }

    /// Gives an answer, part by part, however long the platform lets it wait.
    async fn answer(
        &mut self,
        queued: &Queued,
        account: &AccountKey,
        place: &Place,
        reply: &Reply,
    ) -> Result<Vec<Shown>, Pause> {
        let platform = self.front.front_end().platform;
        let prompts = self.app.store.prompts_in(platform, &place.chat).await?;
        let parts = self.front.parts(reply).max(1);
        let first = queued.given.min(parts.saturating_sub(1));
        let mut shown = Vec::new();
        for part in first..parts {
            match self.part(queued, account, place, reply, part).await? {
                Given::Yes(menu) => {
                    self.app.store.showing(menu.as_slice()).await?;
                    shown.extend(menu);
                }
                Given::Never => break,
            }
            let given = part.saturating_add(1);
            if given < parts {
                self.app.store.given(queued.id, given).await?;
            }
        }
        // What was asked before is answered, or asked anew.
        for prompt in prompts {
            if shown.iter().all(|shown| shown.message != prompt) {
                self.front.withdraw(&place.chat, &prompt).await;
                self.app.store.withdrawn(platform, &place.chat, &prompt).await?;
            }
        }
        Ok(shown)
    }

    async fn part(
        &mut self,
        queued: &Queued,
        account: &AccountKey,
        place: &Place,
        reply: &Reply,
        part: usize,
    ) -> Result<Given, Pause> {
        let mut wait = Duration::from_secs(1);
        loop {
            let pause = match self.front.answer(account, place, reply, part).await {
                Ok(shown) => return Ok(Given::Yes(shown)),
                Err(SendFailure::Gone) => {
                    self.app.gone(account, &queued.key).await?;
                    return Ok(Given::Never);
                }
                Err(SendFailure::Refused(why)) => {
                    tracing::error!(update = queued.id.0, %why, "an answer was refused by the platform");
                    return Ok(Given::Yes(None));
                }
                Err(SendFailure::RetryAfter(seconds)) => Duration::from_secs(seconds),
                Err(failure @ (SendFailure::Trouble(_) | SendFailure::Moved(_))) => {
                    tracing::warn!(update = queued.id.0, %failure, "an answer could not be sent; trying again");
                    let pause = wait;
                    wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
                    pause
                }
            };
            tokio::select! {
                () = sleep(pause) => {}
                _ = self.stopping.wait_for(|stopping| *stopping) => return Err(Pause::Stopping),
            }
        }
    }
}

impl App {
    /// The account can not be written to until it returns (U9).
    async fn gone(&self, account: &AccountKey, cause: &str) -> Result<(), Trouble> {
        let Some(known) = self.store.account(account).await? else {
            return Ok(());
        };
        let id = command_id(&["gone", &account.platform, &account.address, cause]);
        let gone = Personal::SetAccountState {
            account: account.clone(),
            active: false,
        };
        let by = exodus_core::Actor::Member(known.member);
        self.store.transact(Work::personal(id, by, vec![gone])).await?;
        Ok(())
    }
}
