//! A webhook: Telegram brings updates to us. It hears "yes" only when they are kept; else it brings them again.

use std::{future::Future, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use exodus_app::App;
use teloxide_core::payloads::{SetWebhook, SetWebhookSetters as _};
use tokio::{net::TcpListener, time::sleep};

use crate::{
    PLATFORM,
    client::{CallFailure, Client},
    config::Webhook,
    inbound::raw,
    run::Failure,
};

/// The header in which Telegram says the secret.
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// The longest update, in bytes: far more than Telegram sends.
const LONGEST: usize = 4 * 1024 * 1024;
/// Connections that Telegram may open at once.
const CONNECTIONS: u8 = 40;

struct Door {
    app: App,
    webhook: Webhook,
}

/// Listens until told to stop.
pub(crate) async fn listen(
    app: &App,
    client: &Client,
    webhook: &Webhook,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| Failure::Listen {
        address: webhook.listen.to_string(),
        why: error.to_string(),
    };
    let url: url::Url = webhook
        .url
        .parse()
        .map_err(|_| Failure::Configuration("the webhook's address is none".to_owned()))?;
    let listener = TcpListener::bind(webhook.listen).await.map_err(cannot)?;
    let door = Arc::new(Door {
        app: app.clone(),
        webhook: webhook.clone(),
    });
    let path = match url.path() {
        "" => "/",
        path => path,
    };
    let routes = Router::new()
        .route(path, post(receive))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(door);
    tracing::info!(address = %webhook.listen, "updates are brought here");
    let serve = axum::serve(listener, routes).with_graceful_shutdown(stop);
    let served = async { serve.await.map_err(cannot) };
    tokio::pin!(served);
    tokio::select! {
        done = &mut served => done,
        () = invite(client, &url, webhook) => served.await,
    }
}

/// Tells Telegram where to bring updates, however long that takes.
async fn invite(client: &Client, url: &url::Url, webhook: &Webhook) {
    let mut wait = Duration::from_secs(1);
    loop {
        let set = SetWebhook::new(url.clone())
            .max_connections(CONNECTIONS)
            .allowed_updates(crate::inbound::allowed())
            .secret_token(webhook.secret.reveal());
        match client.call(set).await {
            Ok(_) => return,
            Err(CallFailure::RetryAfter(seconds)) => sleep(Duration::from_secs(seconds)).await,
            Err(failure) => {
                tracing::warn!(%failure, "the webhook could not be set; trying again");
                sleep(wait).await;
                wait = wait.saturating_mul(2).min(Duration::from_secs(60));
            }
        }
    }
}

/// One update. Who does not know the secret learns nothing, not even that something is here.
async fn receive(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let said = headers
        .get(SECRET)
        .map(|value| value.as_bytes())
        .unwrap_or_default();
    if !door.webhook.secret.is(said) {
        return StatusCode::NOT_FOUND;
    }
    let update = serde_json::from_slice(&body).ok();
    let Some((_, update)) = update.as_ref().and_then(raw) else {
        tracing::error!("the server brought something without a number, which can not be kept");
        // Brought again it would be no better.
        return StatusCode::OK;
    };
    match door.app.keep(PLATFORM, &[update], None).await {
        Ok(_) => StatusCode::OK,
        Err(trouble) => {
            tracing::warn!(%trouble, "an update waits for the database; it will be brought again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
