//! What whoever runs the service chose: defaults, then a file, then environment variables.
//!
//! [`keys`] is the one list of what can be set; everything else here goes by it. Every problem is found, not the first
//! only; a value that may be secret is never repeated.

mod keys;
mod load;
mod near;

use std::{fmt, net::SocketAddr, path::PathBuf};

use exodus_app::{Community, Limits, Settings};
use exodus_core::Policy;
use exodus_i18n::{Also, Lang, Unit};

pub(crate) use load::{Loaded, load};

/// Everything that can be set. Says nothing of itself in logs: some of it is secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// Time zone and numbers of the rules.
    pub(crate) policy: Policy,
    /// The unit of account.
    pub(crate) unit: Unit,
    /// Currencies to see amounts in, at the community's rate.
    pub(crate) rates: Vec<Also>,
    /// Whom to turn to.
    pub(crate) support: Option<String>,
    /// Where the source of this version is.
    pub(crate) source: String,
    /// The language of newcomers whose chat does not say theirs.
    pub(crate) language: Lang,
    /// The database, when it is not the file in the data directory.
    pub(crate) url: Option<String>,
    /// Connections to it at most.
    pub(crate) max_connections: u32,
    /// Names and keys that texts are sealed with, the current one first.
    pub(crate) master_keys: Vec<(String, [u8; 32])>,
    /// The key that codes of links are made from.
    pub(crate) link_key: Option<[u8; 32]>,
    /// Limits on what one account may ask for.
    pub(crate) limits: Limits,
    /// The bot in Telegram, as far as anything is said of it.
    pub(crate) telegram: Telegram,
    /// The bot in Matrix, as far as anything is said of it.
    pub(crate) matrix: Matrix,
    /// What is logged, when it is not the command's usual.
    pub(crate) log_level: Option<String>,
    /// Whether the log is JSON.
    pub(crate) log_json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            unit: Unit::default(),
            rates: Vec::new(),
            support: None,
            source: SOURCE.to_owned(),
            language: Lang::EN,
            url: None,
            max_connections: 8,
            master_keys: Vec::new(),
            link_key: None,
            limits: Limits::default(),
            telegram: Telegram::default(),
            matrix: Matrix::default(),
            log_level: None,
            log_json: false,
        }
    }
}

/// The bot in Telegram; it is run when there is a token.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Telegram {
    /// Its token.
    pub(crate) token: Option<String>,
    /// The Bot API server, when it is not Telegram's own.
    pub(crate) api_url: Option<String>,
    /// Where Telegram brings updates, when they are not fetched.
    pub(crate) webhook_url: Option<String>,
    /// Where we listen for that.
    pub(crate) webhook_listen: Option<SocketAddr>,
    /// What Telegram says with each.
    pub(crate) webhook_secret: Option<String>,
}

/// The bot in Matrix; it is run when there is a homeserver.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Matrix {
    /// The homeserver's address.
    pub(crate) homeserver: Option<String>,
    /// Who the bot is.
    pub(crate) user: Option<String>,
    /// Its password.
    pub(crate) password: Option<String>,
    /// An access token instead.
    pub(crate) token: Option<String>,
    /// Where its session and keys are, when not in the data directory.
    pub(crate) store: Option<PathBuf>,
    /// Whose invitations it accepts, when not its own server's.
    pub(crate) allowed: Vec<String>,
    /// Whether it deals with every device, not only with those that their owners have signed.
    pub(crate) every_device: bool,
    /// Whether it puts no reactions under its messages.
    pub(crate) no_reactions: bool,
}

/// What stands for the source until an operator says where it is.
const SOURCE: &str = concat!("exodus ", env!("CARGO_PKG_VERSION"));

impl Config {
    /// What the application needs of it.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            community: Community {
                unit: self.unit.clone(),
                currencies: self.rates.iter().map(|also| also.unit.code.clone()).collect(),
                support: self.support.clone(),
                source: self.source.clone(),
            },
            rates: self.rates.clone(),
            limits: self.limits,
            link_key: self.link_key,
        }
    }
}

/// Something wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where it stands: a file or the environment.
    pub(crate) place: String,
    /// The key, as it is written there; empty when it is about the whole.
    pub(crate) key: String,
    /// What is wrong. Never a secret.
    pub(crate) what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            write!(f, "{}: {}", self.place, self.what)
        } else {
            write!(f, "{}: {}: {}", self.place, self.key, self.what)
        }
    }
}
