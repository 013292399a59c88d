//! An invitation to a member in need, or to oneself (rule N4). The secret token is kept outside the core.

use alloc::collections::BTreeSet;

use crate::{
    amount::Amount,
    id::{LinkId, MemberId},
    time::{Date, Timestamp},
};

/// A link that opens the way to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Link {
    /// Which.
    pub id: LinkId,
    /// Whom it leads to.
    pub about: MemberId,
    /// Who made it; may be the same.
    pub maker: MemberId,
    /// When.
    pub made: Timestamp,
    /// How many different members may follow it.
    pub max_uses: Option<u32>,
    /// The last day it works.
    pub expires: Option<Date>,
    /// Who followed it.
    pub visitors: BTreeSet<MemberId>,
    /// When it was revoked, by its maker or by whom it leads to.
    pub revoked: Option<Timestamp>,
    /// When its last day passed and it was closed.
    pub expired: Option<Timestamp>,
    /// What its maker is ready to give whoever follows it: a personal invitation, for one person (rule N6).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub gives: Option<Amount>,
}

impl Link {
    /// Whether it was neither revoked nor has expired; a personal invitation, besides, whether nobody followed it yet.
    /// What it opened closes with it.
    #[must_use]
    pub fn is_active(&self) -> bool {
        let used = self.is_personal() && !self.visitors.is_empty();
        self.revoked.is_none() && self.expired.is_none() && !used
    }

    /// Whether it is a personal invitation to a bond (N6).
    #[must_use]
    pub const fn is_personal(&self) -> bool {
        self.gives.is_some()
    }
}
