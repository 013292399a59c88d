//! Why something was not done: a state of affairs, never a fault. Each has words in every locale.

use crate::{
    amount::Amount,
    time::{Date, Timestamp},
};

/// Why a command was refused. Nothing changed.
///
/// [`Refusal::Unknown`] is the one answer about everything that the actor may not see, whether it exists or not
/// (rule M7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Refusal {
    /// There is no such thing, for this actor.
    #[error("there is no such member or record for the one who asks")]
    Unknown,
    /// The actor is not a registered member any more.
    #[error("the actor is not a member")]
    NotAMember,
    /// Only time gives this command.
    #[error("only the clock gives this command")]
    ClockOnly,
    /// Something of an earlier month is still to be done first; whoever keeps the ledger does it (`Ledger::catch_up`).
    #[error("an earlier month has not been closed for somebody concerned")]
    MonthNotClosed,
    /// The amount is zero.
    #[error("the amount is zero")]
    ZeroAmount,
    /// The amount is above [`Amount::MAX`].
    #[error("the amount is too large")]
    AmountTooLarge,
    /// One cannot help, block or owe oneself (L1).
    #[error("that would be oneself")]
    Oneself,
    /// The member already asks for monthly support.
    #[error("a monthly appeal is open already")]
    AlreadyOrange,
    /// The member is already in an emergency.
    #[error("an emergency runs already")]
    AlreadyRed,
    /// The member asks for nothing.
    #[error("no appeal is open")]
    NotAsking,
    /// The appeal takes nothing now: closed, or resting.
    #[error("the appeal takes nothing now")]
    AppealClosed,
    /// Only intentions make sense towards a monthly appeal.
    #[error("a monthly appeal takes intentions")]
    TakesIntentions,
    /// Only obligations are accepted towards an emergency (M4).
    #[error("an emergency takes obligations only")]
    TakesObligations,
    /// The date is in the past.
    #[error("the date {date} has passed")]
    DatePassed {
        /// The date given.
        date: Date,
    },
    /// The date is too near: an emergency runs at least a day (M6).
    #[error("the date is before {earliest}")]
    DateTooSoon {
        /// The earliest date allowed.
        earliest: Date,
    },
    /// The date is too far ahead.
    #[error("the date is after {latest}")]
    DateTooFar {
        /// The latest date allowed.
        latest: Date,
    },
    /// Promises nothing new while in an emergency (M6).
    #[error("promises nothing new while in an emergency")]
    InEmergency,
    /// Promises nothing new while suspended (C8).
    #[error("promises nothing new until nothing is overdue")]
    Suspended,
    /// Something is overdue towards this member: no new intention is taken there (invariant 4).
    #[error("something is overdue towards this member")]
    OverdueThere,
    /// It is frozen: its author or recipient is in an emergency (M6).
    #[error("it is frozen")]
    Frozen,
    /// It is not live, open or waiting any more.
    #[error("it has been settled, answered or taken back already")]
    NoLonger,
    /// More than the intention is.
    #[error("more than the intention of {}", intention.minor())]
    AboveIntention {
        /// The intention's amount.
        intention: Amount,
    },
    /// More than is outstanding and unreported: more is a new gift (L11).
    #[error("more than the {} that can be reported", outstanding.minor())]
    AboveOutstanding {
        /// What can be reported.
        outstanding: Amount,
    },
    /// More than was reported.
    #[error("more than the {} reported", reported.minor())]
    AboveReported {
        /// What was reported.
        reported: Amount,
    },
    /// Asked, or reminded, less than 24 hours ago (L10, L12).
    #[error("can be repeated only at a later time")]
    TooSoon {
        /// When it may be repeated.
        again: Timestamp,
    },
    /// A waiting report is answered first (L9).
    #[error("a report waits for an answer first")]
    ReportWaits,
    /// A confirmation can be opened again only within 24 hours, once (L16).
    #[error("a confirmation can be opened again only within 24 hours, and once")]
    TooLateToReopen,
    /// A changed value can be proposed only for help in kind (L1).
    #[error("only help in kind can be valued anew")]
    NotInKind,
    /// There is no other value proposed.
    #[error("no value was proposed")]
    NoValueProposed,
    /// The member forbids links to them (N4).
    #[error("this member does not want links")]
    LinksForbidden,
    /// The member is not in need.
    #[error("this member is not in need")]
    NotInNeed,
    /// Too many links.
    #[error("at most {limit} open links")]
    TooManyLinks {
        /// The limit.
        limit: u32,
    },
    /// Only somebody of the circle or of ring 1 vouches (M8a).
    #[error("only somebody of the circle or of ring 1 vouches")]
    NotInCircle,
    /// Blocked by the actor's own word.
    #[error("the actor has blocked this member")]
    Blocked,
    /// The two stand by each other already (N6).
    #[error("there is a bond between the two already")]
    AlreadyBonded,
    /// The actor has as many bonds as one may have (N10).
    #[error("at most {limit} bonds")]
    TooManyBonds {
        /// The limit.
        limit: u32,
    },
    /// The other one has as many bonds as one may have (N10).
    #[error("the other one has as many bonds as one may have")]
    BondsFull,
    /// Too many personal invitations in a day (N10).
    #[error("at most {limit} personal invitations a day")]
    TooManyInvitations {
        /// The limit.
        limit: u32,
        /// When the next may be sent.
        again: Timestamp,
    },
    /// An account that has records of its own is not linked (M1).
    #[error("the other account has records of its own")]
    HasRecords,
    /// A link would be of no use: no uses allowed.
    #[error("a link needs at least one use")]
    NoUses,
}
