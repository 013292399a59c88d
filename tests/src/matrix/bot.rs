//! The bot, in this process, over a database of a test.

use std::sync::Arc;

use exodus_app::{AccountKey, App, Secret};
use exodus_matrix::{Config, Failure, Login, PLATFORM, Trust};
use tokio::{sync::watch, task::JoinHandle};

use super::{Gate, eventually, soon};
use crate::{
    Place,
    rest::{self, Rest},
    world::settings,
};

/// What a bot's account is opened with.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its user id.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Whose invitations it accepts; empty: its own server's.
    pub allowed: Vec<String>,
    /// What newcomers speak.
    pub language: String,
    /// Whether it puts signs under its choices.
    pub signs: bool,
}

/// The bot at work.
pub struct Bot {
    /// Its application.
    pub app: App,
    rest: Rest,
    stop: watch::Sender<bool>,
    running: JoinHandle<Result<(), Failure>>,
    serving: JoinHandle<()>,
}

impl Bot {
    /// Starts it. `process` numbers it: each has randomness of its own.
    pub async fn start(place: &Arc<Place>, process: u64, gate: &Gate, account: &Account) -> Self {
        let app = App::new(place.open(process).await, settings());
        let config = Config {
            homeserver: gate.url(),
            login: Login::Password {
                user: account.user.clone(),
                password: Secret::new(&account.password),
            },
            store: place.path("matrix"),
            allowed: account.allowed.clone(),
            trust: Trust::Identity,
            language: account.language.clone(),
            reactions: account.signs,
        };
        let (stop, told) = watch::channel(false);
        let stopped = || {
            let mut told = told.clone();
            async move { drop(told.wait_for(|stop| *stop).await) }
        };
        let (bot, end) = (app.clone(), stopped());
        let running = tokio::spawn(async move { exodus_matrix::run(bot, config, end).await });
        let (serve, end) = (app.clone(), stopped());
        let serving =
            tokio::spawn(async move { serve.serve(format!("serve-{process}"), Vec::new(), end).await });
        let rest = Rest::of(place).await;
        Self {
            app,
            rest,
            stop,
            running,
            serving,
        }
    }

    /// Lets it finish what is under way, and closes its database.
    ///
    /// # Panics
    /// When it does not end well.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        eventually("the bot stops", async || {
            self.running.is_finished() && self.serving.is_finished()
        })
        .await;
        self.running.await.expect("no panic").expect("no failure");
        self.serving.await.expect("no panic");
        self.rest.close().await;
        self.app.store().close().await.expect("it closes");
    }

    /// Ends it in the middle of whatever it does.
    pub async fn abort(self) {
        self.running.abort();
        self.serving.abort();
        // They end by being aborted, which is no news.
        drop((self.running.await, self.serving.await));
    }

    /// Waits until it ends by itself; with what words.
    ///
    /// # Panics
    /// When it does not, or ends well.
    pub async fn fails(self) -> String {
        eventually("the bot ends", async || self.running.is_finished()).await;
        self.serving.abort();
        let failure = self.running.await.expect("no panic").expect_err("a failure");
        failure.to_string()
    }

    /// What is left to do now; nothing when every event it was told of is answered, everything due is done, every notice is
    /// sent.
    ///
    /// # Panics
    /// When the bot has ended, or the store is in trouble.
    pub async fn left_to_do(&self) -> Option<String> {
        assert!(!self.running.is_finished(), "the bot has ended");
        self.rest.left_to_do(&self.app).await
    }

    /// Waits until the bot knows of all these events and has nothing left to do.
    ///
    /// # Panics
    /// When it never rests.
    pub async fn settle(&self, gate: &Gate, events: &[String]) {
        const QUIET: usize = 4;
        let (mut quiet, mut left, mut before) = (0, None, gate.count());
        let settled = soon(async || {
            left = match events.iter().find(|event| !gate.acknowledged(event)) {
                Some(event) => Some(format!("the bot does not know of {event}")),
                None if gate.under_way() > 0 => Some(format!("{} requests", gate.under_way())),
                None => self.left_to_do().await,
            };
            let count = gate.count();
            quiet = if left.is_none() && count == before {
                quiet + 1
            } else {
                0
            };
            before = count;
            quiet > QUIET
        });
        assert!(settled.await, "the bot never rests: {left:?}");
    }

    /// Whether a number that somebody types now is an answer, and no place in a list.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn asks_for_a_number(&self, user: &str) -> bool {
        rest::asks_for_a_number(&self.app, &AccountKey::new(PLATFORM, user)).await
    }
}
