//! A free promise towards an appeal: its author may change it or take it back.

use crate::{
    amount::Amount,
    id::{AppealId, IntentionId, MemberId, NoteId},
    time::Timestamp,
};

/// The form help takes (rule L1). Help in kind is valued by the two people concerned and recorded in the same unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Form {
    /// Money, moved outside the system.
    #[default]
    Money,
    /// A thing, given or lent.
    Thing,
    /// A service.
    Service,
    /// Time.
    Time,
}

/// Where an intention stands: `live → withdrawn | converted | lapsed | cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum IntentionState {
    /// Stands. It is frozen while its author or recipient is in an emergency: see [`crate::Ledger::is_frozen`].
    Live,
    /// Taken back by its author (rule L3).
    Withdrawn,
    /// Wholly turned into obligations (rule L4).
    Converted,
    /// Not converted by the month's end (rule C3.1), or its author fell out (rule C3.3).
    Lapsed,
    /// Ended by the recipient needing it no more, a block, or someone leaving.
    Cancelled,
}

/// Another value for help in kind that the recipient proposed; stands only if the author takes it (rule L1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Revaluation {
    /// The recipient's value.
    pub amount: Amount,
    /// When it was proposed.
    pub at: Timestamp,
}

/// An intention.
#[doc(alias("intent", "pledge"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Intention {
    /// Which.
    pub id: IntentionId,
    /// Who promises.
    pub author: MemberId,
    /// Towards which appeal.
    pub appeal: AppealId,
    /// Whose appeal that is.
    pub recipient: MemberId,
    /// How much.
    pub amount: Amount,
    /// In what form.
    pub form: Form,
    /// The author's words, beside the journal.
    pub note: Option<NoteId>,
    /// When it was first recorded, or came back.
    pub made: Timestamp,
    /// When its amount, form, words or state last changed, if they did.
    pub changed: Option<Timestamp>,
    /// When it counts as recorded: when its author last gave their word for it, or it thawed (rule M6). Rule C3.1
    /// counts from here; people are shown `made` and `changed`.
    pub recorded: Timestamp,
    /// Where it stands.
    pub state: IntentionState,
    /// When its recipient last asked to convert it (rule L6).
    pub asked: Option<Timestamp>,
    /// Another value the recipient proposed.
    pub revaluation: Option<Revaluation>,
}

impl Intention {
    /// Whether it stands.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.state, IntentionState::Live)
    }
}
