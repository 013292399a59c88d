//! What whoever runs the service chose: defaults, then a file, then environment variables.
//!
//! [`keys`] is the one list of what can be set; everything else here goes by it. Every problem is found, not the first
//! only; a value that may be secret is never repeated.

mod keys;
mod load;
mod near;

use std::{fmt, net::SocketAddr};

use exodus_app::{Community, Limits, Settings};
use exodus_core::{Amount, Policy};
use exodus_i18n::{Also, Lang, Unit};

pub(crate) use load::{Loaded, load};

/// Everything that can be set. Says nothing of itself in logs: some of it is secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Config {
    /// Time zone and numbers of the rules.
    pub(crate) policy: Policy,
    /// What somebody is ready to give in a bond unless they say another amount (N6), in whole units.
    pub(crate) nominal: u32,
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
    /// What is logged, when it is not the command's usual.
    pub(crate) log_level: Option<String>,
    /// Whether the log is JSON.
    pub(crate) log_json: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            policy: Policy::default(),
            nominal: 100,
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

/// What stands for the source until an operator says where it is.
const SOURCE: &str = concat!("exodus ", env!("CARGO_PKG_VERSION"));

impl Config {
    /// The community's choices, with amounts in minor units of its unit of account.
    pub(crate) fn policy(&self) -> Policy {
        let minor = 10_u64.saturating_pow(u32::from(self.unit.decimals));
        Policy {
            nominal: Amount::from_minor(u64::from(self.nominal).saturating_mul(minor)),
            ..self.policy.clone()
        }
    }

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
