//! A mutual, personally confirmed promise between two members: the invitation to it, and what became of it (rules N6, N8).

use crate::{
    amount::Amount,
    id::{BondId, LinkId, MemberId},
    time::Timestamp,
};

/// How a bond ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BondEnding {
    /// By the word of one of the two (N8).
    Word,
    /// One blocked the other (M9).
    Blocked,
    /// One of the two left (M11).
    Left,
}

/// Where a bond stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum BondState {
    /// Proposed; waits for the other's word.
    Waiting,
    /// Declined by the other.
    Declined,
    /// The invitation was taken back, or ended because someone left or blocked.
    Withdrawn,
    /// Confirmed by both.
    Live {
        /// Since when.
        since: Timestamp,
    },
    /// It was live, and is no more.
    Ended {
        /// When.
        at: Timestamp,
        /// How.
        ending: BondEnding,
        /// Whether another bond between the two took its place since.
        restored: bool,
    },
}

/// A bond between two members, from the invitation on. Of two members at most one invitation each way waits, and at most
/// one bond is live.
#[doc(alias("Arvut Adadit", "trust line", "mutual guarantee"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bond {
    /// Which.
    pub id: BondId,
    /// Who invited.
    pub from: MemberId,
    /// Who was invited.
    pub to: MemberId,
    /// What `from` is ready to give, nominally.
    pub from_gives: Amount,
    /// What `to` is ready to give; their word comes with accepting.
    pub to_gives: Option<Amount>,
    /// When it was proposed.
    pub made: Timestamp,
    /// The personal link it came by, if it did.
    pub link: Option<LinkId>,
    /// The bond that ended before, which this one restores (N8).
    pub restores: Option<BondId>,
    /// Where it stands.
    pub state: BondState,
}

impl Bond {
    /// Whether it waits for a word.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, BondState::Waiting)
    }

    /// Whether it stands, resting or not.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.state, BondState::Live { .. })
    }

    /// Whether it was live and may be again, if both wish it (N8).
    #[must_use]
    pub const fn is_restorable(&self) -> bool {
        matches!(
            self.state,
            BondState::Ended {
                ending: BondEnding::Word | BondEnding::Blocked,
                restored: false,
                ..
            }
        )
    }

    /// Whether it still says something about the two: it waits, stands, or may be restored.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        self.is_waiting() || self.is_live() || self.is_restorable()
    }

    /// Whether a member is one of the two.
    #[must_use]
    pub fn is_of(&self, member: MemberId) -> bool {
        self.from == member || self.to == member
    }

    /// The other of the two.
    #[must_use]
    pub fn other(&self, member: MemberId) -> MemberId {
        if self.from == member { self.to } else { self.from }
    }

    /// What one of the two gives, nominally: as far as they have said.
    #[must_use]
    pub fn gives(&self, member: MemberId) -> Option<Amount> {
        if self.from == member {
            Some(self.from_gives)
        } else {
            self.to_gives
        }
    }
}

/// How many personal invitations a member has sent of late (rule N10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Invitations {
    /// Since when they are counted: a day long.
    pub since: Timestamp,
    /// How many.
    pub count: u32,
}
