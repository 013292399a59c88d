//! An agreement proposed outside any appeal: a service against a later one, or help already given (rule L7a).

use crate::{
    amount::Amount,
    id::{MemberId, NoteId, OfferId},
    intention::Form,
    time::{Date, Timestamp},
};

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum OfferState {
    /// Waits for the other's word.
    Waiting,
    /// Accepted: an obligation was made.
    Accepted,
    /// Declined by the other.
    Declined,
    /// Taken back by who made it, or ended because someone left or blocked.
    Withdrawn,
}

/// A proposed obligation between two members who see each other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Offer {
    /// Which.
    pub id: OfferId,
    /// Who made it.
    pub from: MemberId,
    /// Whose word it waits for.
    pub to: MemberId,
    /// Who would owe: one of the two.
    pub debtor: MemberId,
    /// Who would be owed: the other.
    pub creditor: MemberId,
    /// How much.
    pub amount: Amount,
    /// In what form.
    pub form: Form,
    /// By when; for help already given, the day it was recorded.
    pub due: Date,
    /// Words, beside the journal.
    pub note: Option<NoteId>,
    /// Whether this is help already given: accepting it confirms it.
    pub given: bool,
    /// When it was made.
    pub at: Timestamp,
    /// Where it stands.
    pub state: OfferState,
}

impl Offer {
    /// Whether it waits.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, OfferState::Waiting)
    }
}
