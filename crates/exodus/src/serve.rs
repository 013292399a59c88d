//! `exodus run`: the scheduler and the delivery, and every front end that is configured.

use std::io;

use anyhow::Context as _;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinSet,
};

use crate::{config::Config, data, failure::Failure};

/// Serves until told to stop.
pub(crate) async fn run(config: &Config) -> Result<(), Failure> {
    let mut ends = [ending(SignalKind::terminate())?, ending(SignalKind::interrupt())?];
    let app = data::open(config).await?;
    let place = data::place(config)?;
    match place.file {
        Some((path, _)) => tracing::info!(file = %path.display(), "the ledger is open"),
        None => tracing::info!("the ledger is open"),
    }
    let holder = format!("{}-{:032x}", std::process::id(), app.store().random().number());
    let (stopping, told) = watch::channel(false);
    let stopped = || {
        let mut told = told.clone();
        async move {
            // Whoever tells it is gone: that is told as well.
            let _ = told.wait_for(|stopping| *stopping).await;
        }
    };
    let mut chats: JoinSet<Result<(), Failure>> = JoinSet::new();
    #[cfg(feature = "telegram")]
    if let Some(bot) = telegram(config) {
        let run = exodus_telegram::run(app.clone(), bot, stopped());
        chats.spawn(async move { run.await.map_err(Failure::trouble) });
    }
    #[cfg(feature = "matrix")]
    if let Some(bot) = matrix(config)? {
        let run = exodus_matrix::run(app.clone(), bot, stopped());
        chats.spawn(async move { run.await.map_err(Failure::trouble) });
    }
    if chats.is_empty() {
        tracing::info!("no chat is configured; month ends, reminders and notices are looked after");
    }
    let [terminate, interrupt] = &mut ends;
    let end = async {
        let failed = tokio::select! {
            _ = terminate.recv() => None,
            _ = interrupt.recv() => None,
            failed = first_failure(&mut chats) => Some(failed),
        };
        tracing::info!("stopping: what is under way is finished");
        stopping.send_replace(true);
        while chats.join_next().await.is_some() {}
        failed
    };
    let (failed, ()) = tokio::join!(end, app.serve(holder, Vec::new(), stopped()));
    app.store().close().await?;
    tracing::info!("stopped");
    failed.map_or(Ok(()), Err)
}

/// Waits for a chat that can not go on; for ever while all can.
async fn first_failure(chats: &mut JoinSet<Result<(), Failure>>) -> Failure {
    loop {
        match chats.join_next().await {
            None => std::future::pending().await,
            Some(Ok(Ok(()))) => {}
            Some(Ok(Err(failure))) => return failure,
            Some(Err(panic)) => return Failure::trouble(panic),
        }
    }
}

#[cfg(feature = "telegram")]
fn telegram(config: &Config) -> Option<exodus_telegram::Config> {
    use exodus_telegram::{Secret, Webhook};
    let bot = &config.telegram;
    let webhook = match (&bot.webhook_url, bot.webhook_listen, &bot.webhook_secret) {
        (Some(url), Some(listen), Some(secret)) => Some(Webhook {
            url: url.clone(),
            listen,
            secret: Secret::new(secret),
        }),
        _ => None,
    };
    Some(exodus_telegram::Config {
        token: Secret::new(bot.token.as_deref()?),
        api_url: bot.api_url.clone(),
        webhook,
    })
}

#[cfg(feature = "matrix")]
fn matrix(config: &Config) -> Result<Option<exodus_matrix::Config>, Failure> {
    use exodus_matrix::{Login, Secret, Trust};
    let bot = &config.matrix;
    let login = match (&bot.user, &bot.password, &bot.token) {
        (Some(user), Some(password), _) => Login::Password {
            user: user.clone(),
            password: Secret::new(password),
        },
        (_, _, Some(token)) => Login::Token(Secret::new(token)),
        _ => return Ok(None),
    };
    let Some(homeserver) = bot.homeserver.clone() else {
        return Ok(None);
    };
    let store = match &bot.store {
        Some(store) => store.clone(),
        None => data::directory()?.join("matrix"),
    };
    Ok(Some(exodus_matrix::Config {
        homeserver,
        login,
        store,
        allowed: bot.allowed.clone(),
        trust: if bot.every_device {
            Trust::Devices
        } else {
            Trust::Identity
        },
        reactions: !bot.no_reactions,
        language: config.language.tag().to_owned(),
    }))
}

fn ending(kind: SignalKind) -> Result<Signal, Failure> {
    let signal: io::Result<Signal> = signal(kind);
    Ok(signal.context("signals can not be heard")?)
}
