//! The bot, until told to stop. One process at a time is the bot: it has the directory of the account, and the lease.

use std::{future::Future, sync::Arc, time::Duration};

use exodus_app::{App, Inbound, Outbound, Queue};
use futures::future::BoxFuture;
use matrix_sdk::Client;
use tokio::{
    sync::watch,
    time::{interval, sleep},
};

use crate::{
    PLATFORM,
    account::{self, Obstacle},
    config::Config,
    failure::{CallFailure, Failure},
    home::{Fresh, Home},
    outbound::{Front, TEMPO, way_to},
    receive::Receiver,
    signs::Signs,
};

/// The lease of whoever is the bot.
const LEASE: &str = "matrix-account";
/// Seconds it lasts, and how often it is renewed.
const LEASE_SECONDS: u32 = 15;
const RENEW: Duration = Duration::from_secs(4);
/// How often a directory is asked for that another process has.
const LOOK: Duration = Duration::from_secs(1);
/// The longest pause while something does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Why the bot stopped being the bot.
enum End {
    /// It was told to.
    Stopped,
    /// It has to be opened anew: another process had the lease, or the client could not go on.
    Anew,
}

/// Where it stands with being the bot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Being {
    /// It does not know yet what was said meanwhile.
    Coming,
    /// It answers.
    Here,
    /// It finishes what is under way.
    Going,
}

/// Runs the bot until `stop` resolves. Its notices leave through [`App::serve`]. Any number of processes may run it over one
/// database: one of them is the bot, the others wait.
///
/// # Errors
/// [`Failure`] when it can not begin, or its session has ended. Everything that passes is waited out (O10).
pub async fn run(app: App, config: Config, stop: impl Future<Output = ()> + Send) -> Result<(), Failure> {
    let (stopping, told) = watch::channel(false);
    let bot = Bot { app, config, told };
    // Seen from outside it is one small thing: what it consists of makes compilers of other crates give up.
    let mut serve: BoxFuture<'_, Result<(), Failure>> = Box::pin(bot.serve());
    tokio::pin!(stop);
    tokio::select! {
        done = &mut serve => done,
        () = &mut stop => {
            stopping.send_replace(true);
            serve.await
        }
    }
}

struct Bot {
    app: App,
    config: Config,
    told: watch::Receiver<bool>,
}

impl Bot {
    /// Resolves when the bot is to stop.
    fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut told = self.told.clone();
        async move {
            // Whoever tells it lives as long as the bot.
            let _ = told.wait_for(|stopping| *stopping).await;
        }
    }

    async fn serve(&self) -> Result<(), Failure> {
        self.app.stand_by(PLATFORM);
        let home = tokio::select! {
            home = self.home() => home?,
            () = self.stopped() => return Ok(()),
        };
        // Whoever has the directory is the same bot, also after a crash: nobody waits for its leases to end.
        let holder = format!("matrix-{}", home.session()?.device);
        loop {
            let led = tokio::select! {
                () = self.lead(&holder) => true,
                () = self.stopped() => false,
            };
            if !led {
                return Ok(());
            }
            let end = self.be(&home, &holder).await;
            self.app.part(PLATFORM);
            self.app.stand_by(PLATFORM);
            if let Err(trouble) = self.app.resign(LEASE, &holder).await {
                tracing::debug!(%trouble, "the lease could not be given back; it ends by itself");
            }
            match end? {
                End::Stopped => return Ok(()),
                End::Anew => sleep(LOOK).await,
            }
        }
    }

    /// The directory of the account, as soon as no other process has it.
    async fn home(&self) -> Result<Home, Failure> {
        let random = self.app.store().random();
        let fresh = Fresh {
            key: random.bytes::<32>(),
            device: random.bytes::<8>(),
        };
        let mut said = false;
        loop {
            if let Some(home) = Home::take(&self.config.store, fresh)? {
                return Ok(home);
            }
            if !said {
                tracing::info!("another process uses the account's directory; waiting");
                said = true;
            }
            sleep(LOOK).await;
        }
    }

    /// Waits until the lease is ours.
    async fn lead(&self, holder: &str) {
        let mut wait = Duration::from_secs(1);
        loop {
            match self.app.lead(LEASE, holder, LEASE_SECONDS).await {
                Ok(true) => return,
                Ok(false) => sleep(RENEW).await,
                Err(trouble) => {
                    tracing::warn!(%trouble, "the bot waits for the database");
                    sleep(wait).await;
                    wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
        }
    }

    /// Keeps the lease; ends when another process has it.
    async fn keep_leading(&self, holder: &str) {
        let mut renew = interval(RENEW);
        loop {
            renew.tick().await;
            match self.app.lead(LEASE, holder, LEASE_SECONDS).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(trouble) => tracing::warn!(%trouble, "the lease could not be renewed"),
            }
        }
    }

    /// Is the bot.
    async fn be(&self, home: &Home, holder: &str) -> Result<End, Failure> {
        let open = Box::pin(self.open(home));
        let client = tokio::select! {
            client = open => client?,
            () = self.keep_leading(holder) => return Ok(End::Anew),
            () = self.stopped() => return Ok(End::Stopped),
        };
        let ended = Box::pin(self.work(home, holder, &client));
        tokio::select! {
            end = ended => end,
            () = self.keep_leading(holder) => {
                tracing::info!("another process is the bot now");
                Ok(End::Anew)
            }
        }
    }

    /// Opens the account, however long that takes.
    async fn open(&self, home: &Home) -> Result<Client, Failure> {
        let mut wait = Duration::from_secs(1);
        loop {
            let pause = match account::open(&self.config, home).await {
                Ok(client) => return Ok(client),
                Err(Obstacle::Final(failure)) => return Err(failure),
                Err(Obstacle::Passing(CallFailure::RetryAfter(pause))) => pause,
                Err(Obstacle::Passing(failure)) => {
                    tracing::warn!(%failure, "the homeserver does not answer; trying again");
                    let pause = wait;
                    wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
                    pause
                }
            };
            sleep(pause).await;
        }
    }

    async fn work(&self, home: &Home, holder: &str, client: &Client) -> Result<End, Failure> {
        let own = client.user_id().map(ToString::to_string).unwrap_or_default();
        let queue = Queue::new(TEMPO, |_| false);
        let front = Arc::new(Front {
            app: self.app.clone(),
            client: client.clone(),
            queue: queue.clone(),
            signs: Arc::new(Signs::default()),
            reactions: self.config.reactions,
            own: own.clone(),
            language: self.config.language.clone(),
        });
        let (being, is) = watch::channel(Being::Coming);
        let mut receiver = Receiver::new(&self.app, client, &self.config.allowed);
        let receive = async {
            let received = async {
                if let Err(failure) = receiver.catch_up().await {
                    return failure;
                }
                self.introduce(home, client, &own).await;
                being.send_replace(Being::Here);
                receiver.run().await
            };
            let received = tokio::select! {
                failure = received => Some(failure),
                () = self.stopped() => None,
            };
            self.app.part(PLATFORM);
            being.send_replace(Being::Going);
            received
        };
        let answer = async {
            let mut comes = is.clone();
            let here = comes.wait_for(|being| *being != Being::Coming).await;
            if !here.is_ok_and(|being| *being == Being::Here) {
                return;
            }
            let outbound: Arc<dyn Outbound> = Arc::<Front>::clone(&front);
            self.app.join(&outbound);
            let inbound: Arc<dyn Inbound> = Arc::<Front>::clone(&front);
            let mut goes = is.clone();
            let going = async move {
                let _ = goes.wait_for(|being| *being == Being::Going).await;
            };
            self.app.work(holder, inbound, going).await;
        };
        let background = async {
            tokio::join!(queue.run(), front.signs.run(client, &queue));
        };
        let received = tokio::select! {
            (received, ()) = async { tokio::join!(receive, answer) } => received,
            () = background => None,
        };
        match received {
            None => Ok(End::Stopped),
            Some(CallFailure::Session) => Err(Failure::Session(home.name())),
            Some(failure) => {
                tracing::warn!(%failure, "the client can not go on; it is opened anew");
                Ok(End::Anew)
            }
        }
    }

    /// Lets others see that it is the bot, and how it is found.
    async fn introduce(&self, home: &Home, client: &Client, own: &str) {
        if let Err(why) = account::secure(client, &self.config, home).await {
            tracing::warn!(%why, "others can not see that the bot's device is its own");
        }
        if let Err(trouble) = self.app.announce(PLATFORM, &way_to(own)).await {
            tracing::warn!(%trouble, "invitations are shown without their links until the next start");
        }
        if let Err(trouble) = self.app.keeps_rooms(PLATFORM).await {
            tracing::warn!(%trouble, "rooms for circles are offered after the next start");
        }
        tracing::info!(bot = own, "Matrix knows the bot");
    }
}
