//! A request for help with a target amount.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::{
    amount::Amount,
    id::{AppealId, MemberId, NoteId},
    time::{Date, Timestamp},
};

/// The status before an emergency, to which it returns (rule M6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Before {
    /// Was ready to help.
    Green,
    /// Was asking for monthly support; that appeal rests meanwhile.
    Orange,
}

/// What kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AppealKind {
    /// An amount every month. A member has one such appeal for ever; it opens and closes.
    Monthly,
    /// An amount by a deadline; takes obligations only.
    Emergency {
        /// The last day.
        deadline: Date,
    },
}

/// How an appeal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Ending {
    /// Confirmed help reached the target (rule C5).
    Reached,
    /// The deadline passed short of the target (rule C6).
    Expired,
    /// By its owner's word (rule M6).
    Ended,
    /// Its owner left (rule M11).
    Left,
}

/// Where an appeal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum AppealState {
    /// Takes help. A monthly appeal whose owner is red rests (rule M5) though its state is open.
    Open,
    /// Takes nothing new.
    Closed {
        /// When.
        at: Timestamp,
        /// How.
        ending: Ending,
    },
}

/// A request for help.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Appeal {
    /// Which.
    pub id: AppealId,
    /// Who asks.
    pub owner: MemberId,
    /// Monthly or emergency.
    pub kind: AppealKind,
    /// What it asks for: each period, or in all.
    pub target: Amount,
    /// Open or closed.
    pub state: AppealState,
    /// When it was opened last.
    pub opened: Timestamp,
    /// What for and for whom, or the reason of an emergency: a text beside the journal.
    pub purpose: Option<NoteId>,
    /// A link to talk (emergency): a text beside the journal.
    pub talk: Option<NoteId>,
    /// Whether *expand my network* may show it (rules M6, N2).
    pub findable: bool,
    /// Who vouches for it, with their words (rule M8a).
    pub vouches: BTreeMap<MemberId, Option<NoteId>>,
    /// Who found it by *expand my network* and chose to look (rules M7, N2); as long as it may be found.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "BTreeSet::is_empty"))]
    pub found_by: BTreeSet<MemberId>,
}

impl Appeal {
    /// Whether it is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, AppealState::Open)
    }

    /// Whether it is monthly.
    #[must_use]
    pub const fn is_monthly(&self) -> bool {
        matches!(self.kind, AppealKind::Monthly)
    }

    /// Its deadline, when it is an emergency.
    #[must_use]
    pub const fn deadline(&self) -> Option<Date> {
        match self.kind {
            AppealKind::Monthly => None,
            AppealKind::Emergency { deadline } => Some(deadline),
        }
    }
}
