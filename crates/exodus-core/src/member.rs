//! A person as the ledger knows them: status, standing, reputation. Names and texts lie elsewhere.

use crate::{
    bond::Invitations,
    id::{AppealId, MemberId},
    time::{Period, Timestamp},
};

/// The traffic light (rule M4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Status {
    /// Ready to help, needs nothing.
    Green,
    /// Needs support every month.
    Orange,
    /// In an emergency.
    Red,
}

/// What a member's promises came to, counted and never scored by hand (rule M8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reputation {
    /// Obligations fulfilled on time.
    pub on_time: u32,
    /// Fulfilled late.
    pub late: u32,
    /// Counted as fulfilled because a report was never answered (rule L12); shown apart.
    pub by_silence: u32,
    /// Released by the creditor; never counts against the debtor (rule L9).
    pub released: u32,
    /// Overdue now.
    pub overdue: u32,
    /// Months in which the member took part: a promise made, kept or confirmed.
    pub months: u32,
    /// The last month counted in `months`.
    pub last_month: Option<Period>,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// When they registered.
    pub joined: Timestamp,
    /// Who invited them, recorded at first registration only (rule N4).
    pub referred_by: Option<MemberId>,
    /// The monthly appeal, kept for ever once made; open, resting or closed.
    pub monthly: Option<AppealId>,
    /// The emergency that runs now.
    pub emergency: Option<AppealId>,
    /// Whether the monthly appeal is open or resting: the colour to come back to when an emergency ends.
    pub asks_monthly: bool,
    /// The period this member lives in: everything that fell due at earlier month ends has been done.
    pub period: Period,
    /// The last period whose 25th (C1) has been spoken of.
    pub nudged: Option<Period>,
    /// The last closed period that was summarised (C4).
    pub summarised: Option<Period>,
    /// The last period of theirs in which a record they are a party to moved.
    pub stirred: Option<Period>,
    /// Roll-overs in a row that found something overdue (rule C8).
    pub overdue_streak: u32,
    /// Since when the member can promise nothing new (rule C8).
    pub suspended: Option<Timestamp>,
    /// Whether others may make links to this member (rule N4).
    pub forbids_links: bool,
    /// Who asked last to be this member from another account, and waits for their word (rule M1).
    pub linking: Option<MemberId>,
    /// What became of their promises.
    pub reputation: Reputation,
    /// Personal invitations sent of late (rule N10).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub invitations: Option<Invitations>,
    /// When they left; the row stays under a pseudonym (rule M11).
    pub left: Option<Timestamp>,
}

impl Member {
    /// The traffic light (rule M4): red while an emergency runs, orange while a monthly appeal is open.
    #[must_use]
    pub const fn status(&self) -> Status {
        if self.emergency.is_some() {
            Status::Red
        } else if self.asks_monthly {
            Status::Orange
        } else {
            Status::Green
        }
    }

    /// Whether an emergency runs: everything of theirs rests (rule M6).
    #[must_use]
    pub const fn is_red(&self) -> bool {
        self.emergency.is_some()
    }

    /// Whether they are still here.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        self.left.is_none()
    }
}
