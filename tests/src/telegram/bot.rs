//! The bot, in this process, over a database of a test.

use std::sync::Arc;

use exodus_app::App;
use exodus_telegram::{Config, Failure, PLATFORM, Secret};
use tokio::{sync::watch, task::JoinHandle};

use super::{Person, Server, still};
use crate::{
    Place,
    rest::{self, Rest},
    world::settings,
};

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
    pub async fn start(place: &Arc<Place>, process: u64, server: &dyn Server) -> Self {
        let app = App::new(place.open(process).await, settings());
        let config = Config {
            token: Secret::new(server.token()),
            api_url: Some(server.url()),
            webhook: None,
        };
        let (stop, told) = watch::channel(false);
        let stopped = || {
            let mut told = told.clone();
            async move { drop(told.wait_for(|stop| *stop).await) }
        };
        let (bot, end) = (app.clone(), stopped());
        let running = tokio::spawn(async move { exodus_telegram::run(bot, config, end).await });
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
        still::until("the bot stops", async || {
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

    /// What is left to do now; nothing when every update is answered, everything due is done, every notice is sent.
    ///
    /// # Panics
    /// When the bot has ended, or the store is in trouble.
    pub async fn left_to_do(&self, server: &dyn Server) -> Option<String> {
        assert!(!self.running.is_finished(), "the bot has ended");
        let waiting = server.waiting().await;
        if waiting > 0 {
            return Some(format!("{waiting} updates or calls at the server"));
        }
        self.rest.left_to_do(&self.app).await
    }

    /// Lets time pass until nothing is left to do.
    ///
    /// # Panics
    /// When there always is.
    pub async fn settle(&self, server: &dyn Server) {
        let (mut quiet, mut left) = (0, None);
        let settled = still::soon(async || {
            left = self.left_to_do(server).await;
            quiet = if left.is_none() { quiet + 1 } else { 0 };
            quiet > 2
        });
        assert!(settled.await, "the bot never rests: {left:?}");
    }

    /// Whether a number that somebody types now is an answer, and no place in a list.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn asks_for_a_number(&self, who: &Person) -> bool {
        let account = exodus_app::AccountKey::new(PLATFORM, who.id.to_string());
        rest::asks_for_a_number(&self.app, &account).await
    }
}
