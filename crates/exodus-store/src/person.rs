//! What a person says about themselves, and where they are reached: kept apart from the ledger, erased when they leave.

use std::collections::BTreeMap;

use exodus_core::{MemberId, Timestamp, network::Standing, notice::Category};
use serde::{Deserialize, Serialize};

/// How loudly somebody wants to hear of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loudness {
    /// At once.
    #[default]
    AtOnce,
    /// Once a day, with everything else.
    Digest,
    /// Not at all.
    Off,
}

/// One way to pay somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PayEntry {
    /// What it is called.
    pub label: String,
    /// The details.
    pub text: String,
    /// Whether it is the one shown first.
    pub default: bool,
}

/// One line of *I can offer*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferLine {
    /// What.
    pub text: String,
    /// A friendly value, in minor units.
    pub value: Option<u64>,
}

/// A person (rule M3). Fields may be added: what is not there takes its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name they are shown by.
    pub name: String,
    /// Their language.
    pub language: String,
    /// About them, with a link.
    pub about: Option<String>,
    /// Payment details.
    pub pay: Vec<PayEntry>,
    /// What they can offer.
    pub offers: Vec<OfferLine>,
    /// Their time zone, when it is not the community's.
    pub zone: Option<String>,
    /// Quiet hours, from and to, in their time zone.
    pub quiet: Option<(u8, u8)>,
    /// How loudly they want to hear of what, where it is not the default.
    pub loudness: BTreeMap<Category, Loudness>,
    /// Where notices go, when not to the account used last.
    pub notify_account: Option<AccountKey>,
    /// The currency amounts are shown in beside the unit.
    pub display_currency: Option<String>,
    /// What they can give in a month without harm to themselves, in minor units, for their own eyes (rule L19).
    pub harmless_limit: Option<u64>,
    /// Whether they see their totals as gifts counted (M13).
    pub gifts_counted: bool,
    /// How their reference list stood when they last looked at it (N7).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_seen: Option<Standing>,
    /// Hints they have seen already.
    pub seen: Vec<String>,
    /// Whatever a front end keeps for them.
    pub extra: BTreeMap<String, String>,
}

/// A chat account: the platform and its name for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountKey {
    /// `telegram`, `matrix`, `console`.
    pub platform: String,
    /// The platform's own id for the account.
    pub address: String,
}

impl AccountKey {
    /// That account on that platform.
    pub fn new(platform: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            platform: platform.into(),
            address: address.into(),
        }
    }
}

/// A chat account that points to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub key: AccountKey,
    /// Whose.
    pub member: MemberId,
    /// Since when.
    pub created: Timestamp,
    /// When it was used last.
    pub last_used: Timestamp,
    /// Whether it can be written to.
    pub active: bool,
}

/// What a button stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Its handle, drawn at random.
    pub id: u128,
    /// Who may press it.
    pub account: AccountKey,
    /// For whom it was shown, once registered.
    pub member: Option<MemberId>,
    /// JSON.
    pub body: String,
    /// Until when it is good.
    pub expires: Timestamp,
}
