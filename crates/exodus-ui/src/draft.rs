//! An open question: a set of fields, filled in any order; the next question is the first empty one.
//!
//! A draft is the only conversation state. It lies in the store, survives a restart, and any command leaves it.

use exodus_core::{
    Amount, AppealId, BondId, Date, Form, IntentionId, MemberId, ObligationId, ReportId, Side,
};
use serde::{Deserialize, Serialize};

use crate::act::Deed;

mod answered;
mod fill;
mod question;
mod step;

pub use question::form_text;

/// What a question asks for: which parser reads the answer and which words ask it (`ask-KIND` in the locales).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// How much is promised or given.
    Amount,
    /// How much is needed.
    Target,
    /// By when.
    Deadline,
    /// By when an agreement is due.
    Due,
    /// The form of help.
    Form,
    /// A note; may be skipped.
    Note,
    /// What for and for whom; may be skipped.
    Purpose,
    /// Why it is urgent.
    Reason,
    /// A link to talk; may be skipped.
    Talk,
    /// May *expand my network* show it?
    Findable,
    /// Who.
    Person,
    /// Display name.
    Name,
    /// About me.
    About,
    /// A payment entry's label.
    PayLabel,
    /// A payment entry's text.
    PayText,
    /// A line of *I can offer*.
    OfferLine,
    /// Its friendly value; may be skipped.
    OfferValue,
    /// A time zone's name.
    Zone,
    /// Quiet hours, as `22-8`.
    Quiet,
    /// What to look for.
    Query,
    /// The word that confirms leaving.
    LeaveWord,
    /// A linking or invitation code.
    Code,
    /// How often a link may be used; may be skipped.
    Uses,
    /// The last day of a link; may be skipped.
    Expiry,
    /// Yes or no.
    Sure,
}

/// What answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A number: an amount, a day, hours. There a bare number is the answer and no place in a menu.
    Number,
    /// Any words.
    Words,
    /// Certain words only.
    Choice,
}

impl Field {
    /// What answers it.
    pub(crate) const fn reads(self) -> Reads {
        match self {
            Self::Amount
            | Self::Target
            | Self::OfferValue
            | Self::Deadline
            | Self::Due
            | Self::Expiry
            | Self::Uses
            | Self::Quiet => Reads::Number,
            Self::Note
            | Self::Purpose
            | Self::Reason
            | Self::Talk
            | Self::Person
            | Self::Name
            | Self::About
            | Self::PayLabel
            | Self::PayText
            | Self::OfferLine
            | Self::Query
            | Self::Code => Reads::Words,
            Self::Form | Self::Findable | Self::Zone | Self::LeaveWord | Self::Sure => Reads::Choice,
        }
    }
}

/// A value for a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// An amount.
    Amount(Amount),
    /// A date.
    Date(Date),
    /// A form of help.
    Form(Form),
    /// A text that a person wrote, cleaned.
    Text(String),
    /// Somebody.
    Member(MemberId),
    /// Yes or no.
    Yes(bool),
    /// A number.
    Number(u32),
    /// Two full hours.
    Hours(u8, u8),
}

/// Towards what a promise goes, and how binding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Help {
    /// A free intention (monthly), or a binding obligation (emergency): whatever the appeal takes.
    Promise,
    /// Already given; counts when confirmed (L7a).
    Given,
}

/// In what one gives a nominal amount (N6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Nominal {
    /// A personal invitation as a link.
    Link,
    /// Accepting an invitation.
    Accept(BondId),
    /// A bond that stands, or one's own invitation.
    Change(BondId),
}

/// An open question with what is known so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Draft {
    /// Offer help to somebody in need; the application puts the appeal in when it knows the person.
    Help {
        /// Promise, or already given.
        help: Help,
        /// Whom.
        to: Option<MemberId>,
        /// Their appeal: its id, and whether it is an emergency.
        appeal: Option<(AppealId, bool)>,
        /// How much.
        amount: Option<Amount>,
        /// In what form; money unless said otherwise.
        form: Form,
        /// A note, if wished: the outer `None` is "not asked", which is enough.
        note: Option<String>,
        /// Yes to what can not be undone: an obligation, in an emergency or for help already given.
        sure: Option<bool>,
    },
    /// Ask for monthly support.
    Monthly {
        /// How much.
        target: Option<Amount>,
        /// What for; the inner `None`: skipped.
        #[serde(with = "answered")]
        purpose: Option<Option<String>>,
        /// May others find it?
        findable: Option<bool>,
    },
    /// Call an emergency.
    Emergency {
        /// How much.
        target: Option<Amount>,
        /// By when.
        deadline: Option<Date>,
        /// Why.
        reason: Option<String>,
        /// A link to talk; the inner `None`: skipped.
        #[serde(with = "answered")]
        talk: Option<Option<String>>,
        /// Yes: everybody in the network is told.
        sure: Option<bool>,
    },
    /// Change one's appeal: the target.
    Retarget {
        /// Which.
        appeal: AppealId,
        /// The new target.
        target: Option<Amount>,
    },
    /// Change one's emergency: the deadline.
    Redate {
        /// Which.
        appeal: AppealId,
        /// The new deadline.
        deadline: Option<Date>,
    },
    /// Change one's appeal: the words.
    Repurpose {
        /// Which.
        appeal: AppealId,
        /// The new words.
        purpose: Option<String>,
    },
    /// Vouch for an appeal (M8a).
    Vouch {
        /// Which.
        appeal: AppealId,
        /// In one's own words; the inner `None`: skipped.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Change an intention.
    Change {
        /// Which.
        intention: IntentionId,
        /// The new amount.
        amount: Option<Amount>,
    },
    /// Answer help in kind with another value.
    Revalue {
        /// Which intention.
        intention: IntentionId,
        /// The value.
        amount: Option<Amount>,
    },
    /// Convert an intention, or a part.
    Convert {
        /// Which.
        intention: IntentionId,
        /// All of it, for the suggestion.
        whole: Amount,
        /// How much.
        amount: Option<Amount>,
        /// Yes: it can not be taken back.
        sure: Option<bool>,
    },
    /// Report a part of an obligation.
    Report {
        /// Which.
        obligation: ObligationId,
        /// All that can be reported.
        whole: Amount,
        /// How much.
        amount: Option<Amount>,
        /// A note; the inner `None`: skipped.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Confirm less than was reported.
    ConfirmPart {
        /// Which.
        report: ReportId,
        /// What was reported.
        whole: Amount,
        /// How much arrived.
        amount: Option<Amount>,
    },
    /// Open a confirmation again.
    Reopen {
        /// Which.
        report: ReportId,
        /// Why.
        reason: Option<String>,
    },
    /// Propose an agreement outside any appeal (L7a).
    Offer {
        /// To whom.
        to: MemberId,
        /// Which side is mine.
        side: Side,
        /// Whether it was already given.
        given: bool,
        /// How much.
        amount: Option<Amount>,
        /// In what form.
        form: Option<Form>,
        /// By when.
        due: Option<Date>,
        /// What.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Make a link (N4).
    Link {
        /// To whom it leads.
        about: MemberId,
        /// The inner `None`: unlimited.
        #[serde(with = "answered")]
        uses: Option<Option<u32>>,
        /// The inner `None`: for good.
        #[serde(with = "answered")]
        expires: Option<Option<Date>>,
    },
    /// What one is ready to give in a bond, nominally (N6).
    Nominal {
        /// In what.
        of: Nominal,
        /// What it would be unless another amount is said.
        usual: Amount,
        /// How much.
        amount: Option<Amount>,
    },
    /// Change the display name.
    Name(Option<String>),
    /// Change "about me".
    About(Option<String>),
    /// A payment entry.
    Pay {
        /// Its label.
        label: Option<String>,
        /// Its text.
        text: Option<String>,
    },
    /// A line of *I can offer*.
    OfferLine {
        /// What.
        text: Option<String>,
        /// Its friendly value; the inner `None`: skipped.
        #[serde(with = "answered")]
        value: Option<Option<Amount>>,
    },
    /// Time zone.
    Zone(Option<String>),
    /// Quiet hours.
    Quiet(Option<(u8, u8)>),
    /// What I can give without harm.
    Harmless(Option<Amount>),
    /// Look for somebody.
    Search(Option<String>),
    /// A linking code from the other account.
    LinkingCode(Option<String>),
    /// An invitation's code.
    InvitationCode(Option<String>),
    /// Leave: the word that confirms it.
    Leave(Option<bool>),
    /// Are you sure? (U3)
    Sure {
        /// To do what.
        deed: Deed,
        /// The answer.
        sure: Option<bool>,
    },
}

/// Where a draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next question.
    Ask(Field),
    /// Everything is known.
    Ready(Deed),
    /// Everything is known: look for this.
    Look(String),
    /// The answer to "are you sure?" was no.
    Declined,
}

#[cfg(test)]
mod tests;
