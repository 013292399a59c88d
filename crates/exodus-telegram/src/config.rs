//! What whoever runs the bot chose.

use std::net::SocketAddr;

use exodus_app::Secret;

/// How the bot is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The bot's token, as BotFather gave it.
    pub token: Secret,
    /// The Bot API server, when it is not Telegram's own.
    pub api_url: Option<String>,
    /// How updates are brought; `None`: they are fetched by long polling.
    pub webhook: Option<Webhook>,
}

/// Updates are brought by Telegram to an address of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The public address, `https://…`; whatever takes TLS off passes it on to `listen`.
    pub url: String,
    /// Where we listen.
    pub listen: SocketAddr,
    /// What Telegram says with every update, so that nobody else can bring any: 1 to 256 of `A-Za-z0-9_-`.
    pub secret: Secret,
}
