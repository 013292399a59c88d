//! What whoever runs the bot chose.

use std::path::PathBuf;

use exodus_app::Secret;

/// How the bot is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The homeserver's address, `https://…`.
    pub homeserver: String,
    /// How the session begins, when there is none yet.
    pub login: Login,
    /// The directory that holds the session, the keys and the store of keys.
    pub store: PathBuf,
    /// Whose invitations are accepted: servers, and users such as `@anna:example.org`. Empty: the bot's own server.
    pub allowed: Vec<String>,
    /// Whose devices are trusted.
    pub trust: Trust,
    /// Whether choices have signs under their messages, beside their numbers: each is an event more, and homeservers allow
    /// few unless they are told otherwise.
    pub reactions: bool,
    /// The language of newcomers of whom nothing else is known.
    pub language: String,
}

/// How a session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// With a name and a password.
    Password {
        /// The user, as a whole (`@exodus:example.org`) or the part before the colon.
        user: String,
        /// The password.
        password: Secret,
    },
    /// With an access token of a device that nothing else uses.
    Token(Secret),
}

/// Which devices take part in encrypted rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those that their owner's own identity has signed. What others say is not read, and they read nothing.
    #[default]
    Identity,
    /// Every device that the homeserver names.
    Devices,
}
