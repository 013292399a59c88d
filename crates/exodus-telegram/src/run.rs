//! The bot, until told to stop.

use std::{future::Future, sync::Arc, time::Duration};

use exodus_app::{App, Inbound, Outbound, Queue};
use teloxide_core::payloads::GetMe;
use tokio::{sync::watch, time::sleep};

use crate::{
    PLATFORM,
    client::{CallFailure, Client, NoClient},
    config::Config,
    outbound::{Front, deep_link},
    poll,
    register::register,
    tempo, webhook,
};

/// The longest pause between two tries to reach Telegram at the start (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Why the bot does not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The token is not good.
    #[error("Telegram does not know the bot's token")]
    Token,
    /// Something about the configuration.
    #[error("{0}")]
    Configuration(String),
    /// The address to listen on can not be used.
    #[error("nobody can be heard on {address}: {why}")]
    Listen {
        /// Which.
        address: String,
        /// Why.
        why: String,
    },
}

impl From<NoClient> for Failure {
    fn from(error: NoClient) -> Self {
        Self::Configuration(error.to_string())
    }
}

/// Runs the bot until `stop` resolves: receives, answers, finishes what is under way. Its notices leave through
/// [`App::serve`], which some process has to run. Any number of processes may run the same bot over one database.
///
/// # Errors
/// [`Failure`] when it can not begin. Everything that passes is waited out (O10).
pub async fn run(app: App, config: Config, stop: impl Future<Output = ()> + Send) -> Result<(), Failure> {
    let client = Client::new(&config)?;
    let (stopping, told) = watch::channel(false);
    let stopped = || {
        let mut told = told.clone();
        async move {
            // Whoever tells it lives as long as this function.
            let _ = told.wait_for(|stopping| *stopping).await;
        }
    };
    let serve = async {
        let bot = tokio::select! {
            bot = introduced(&client) => bot?,
            () = stopped() => return Ok(()),
        };
        tracing::info!(bot, "Telegram knows the bot");
        let holder = format!(
            "telegram-{}-{:032x}",
            std::process::id(),
            app.store().random().number()
        );
        let queue = Queue::new(tempo::TEMPO, tempo::is_group);
        let front = Arc::new(Front {
            app: app.clone(),
            client: client.clone(),
            queue: queue.clone(),
            bot: bot.clone(),
        });
        if let Err(trouble) = app.announce(PLATFORM, &deep_link(&bot, "{code}")).await {
            tracing::warn!(%trouble, "invitations are shown without their links until the next start");
        }
        let outbound: Arc<dyn Outbound> = Arc::<Front>::clone(&front);
        app.join(&outbound);
        let inbound: Arc<dyn Inbound> = Arc::<Front>::clone(&front);
        let receive = async {
            match &config.webhook {
                None => {
                    tokio::select! {
                        () = poll::poll(&app, &client, &holder) => {}
                        () = stopped() => {}
                    }
                    poll::resign(&app, &holder).await;
                    Ok(())
                }
                Some(webhook) => webhook::listen(&app, &client, webhook, stopped()).await,
            }
        };
        let background = async {
            tokio::join!(queue.run(), register(&client));
        };
        let work = async {
            let received = tokio::join!(
                async {
                    let received = receive.await;
                    // Without updates nothing comes to be worked off.
                    stopping.send_replace(true);
                    received
                },
                app.work(&holder, inbound, stopped()),
            );
            received.0
        };
        let done = tokio::select! {
            done = work => done,
            () = background => Ok(()),
        };
        app.part(PLATFORM);
        done
    };
    tokio::pin!(serve, stop);
    tokio::select! {
        done = &mut serve => done,
        () = &mut stop => {
            stopping.send_replace(true);
            serve.await
        }
    }
}

/// Asks Telegram who we are, however long that takes: our user name.
async fn introduced(client: &Client) -> Result<String, Failure> {
    let mut wait = Duration::from_secs(1);
    loop {
        match client.call(GetMe::new()).await {
            Ok(me) => {
                let name = me.get("username").and_then(serde_json::Value::as_str);
                return name.map(ToOwned::to_owned).ok_or_else(|| {
                    Failure::Configuration("the Bot API server does not say the bot's user name".to_owned())
                });
            }
            Err(CallFailure::Token) => return Err(Failure::Token),
            Err(failure) => {
                tracing::warn!(%failure, "Telegram does not answer; trying again");
                sleep(wait).await;
                wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
            }
        }
    }
}
