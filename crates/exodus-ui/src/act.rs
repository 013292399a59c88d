//! What a person did, once understood.

use exodus_core::{Amount, AppealId, Command, LinkId, MemberId, OfferId, notice::Category};
use serde::{Deserialize, Serialize};

use crate::{
    draft::{Draft, Value},
    route::Route,
};

/// Texts that go with a command: they lie beside the journal, and the command gets their ids when performed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Texts {
    /// A note, purpose or reason.
    pub note: Option<String>,
    /// A link to talk (emergency).
    pub talk: Option<String>,
}

/// How loudly a category of notices speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Loudness {
    /// At once.
    AtOnce,
    /// Once a day, together.
    Digest,
    /// Never.
    Off,
}

/// The form of an export (M10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ExportForm {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// A plain-text journal that hledger accepts.
    Hledger,
}

/// A change of one's own profile (M3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProfileChange {
    /// Display name.
    Name(String),
    /// About me; empty removes it.
    About(String),
    /// A payment entry more: label and text.
    AddPay(String, String),
    /// A payment entry less, by its place from 0.
    RemovePay(u32),
    /// Which payment entry is shown first.
    DefaultPay(u32),
    /// A line of *I can offer* more, with a friendly value if wished.
    AddOffer(String, Option<Amount>),
    /// A line less, by its place from 0.
    RemoveOffer(u32),
    /// Language tag.
    Language(String),
    /// IANA time zone; `None`: the community's.
    Zone(Option<String>),
    /// Quiet hours from and to, full hours; `None`: none.
    Quiet(Option<(u8, u8)>),
    /// How loudly a category speaks.
    Loudness(Category, Loudness),
    /// Preferred currency for display; `None`: only the unit of account.
    Currency(Option<String>),
    /// What I can give in a month without harm to myself (L19); `None`: not set.
    Harmless(Option<Amount>),
    /// My own totals as gifts counted instead of sums (M13).
    GiftsCounted(bool),
    /// Which account gets notices: its place from 0 in the list of accounts; `None`: the one used last.
    NoticesTo(Option<u32>),
}

/// Something to be done, complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// A command for the ledger, with its texts.
    Ledger {
        /// The command; its note ids are `None` until performed.
        command: Command,
        /// The texts that belong to it.
        texts: Texts,
    },
    /// A change of one's own profile.
    Profile(ProfileChange),
    /// Follow an invitation by its code (N4).
    FollowCode(String),
    /// Show a QR picture of a link (N5).
    Qr(LinkId),
    /// An export of my records (M10).
    Export(ExportForm),
    /// Make a one-time code that links another account to me (M1).
    MakeLinkingCode,
    /// Link this account to the member that the code was shown to (M1).
    UseLinkingCode(String),
    /// The second consent, on the side that showed the code (M1).
    AnswerLinking(bool),
    /// Record several intentions at once, as proposed by `/give AMOUNT` (L20).
    SpreadAll(Vec<(MemberId, Amount)>),
    /// Let a group follow my appeal, by an invitation from there.
    Connect {
        /// The invitation's handle.
        invitation: u128,
        /// Whether it is told news, beside the progress.
        news: bool,
    },
    /// A room for the circle of an appeal: its owner wishes it, or no longer; a helper wants to be there, or no longer.
    Room {
        /// Which appeal.
        appeal: AppealId,
        /// Whether.
        yes: bool,
    },
    /// Let a group follow my appeal in another way, or no longer.
    Reconnect {
        /// On which platform.
        platform: String,
        /// Which chat.
        chat: String,
        /// Whether it is told news, beside the progress; `None`: nothing any more.
        news: Option<bool>,
    },
}

/// What is said of a promise that the application has to find by the other person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Settling {
    /// `paid anna 50`: I did what I owe them; to be reported (L11).
    Reported,
    /// `got 50 from anna`: they did what they owe me; to be confirmed (L11).
    Received,
}

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Opened a screen; leaves any open question.
    Go(Route),
    /// Opened a question.
    Ask(Draft),
    /// Gave the open question a value.
    Fill(Value),
    /// Skipped the open question's field.
    Skip,
    /// Said the thing itself.
    Do(Deed),
    /// `/cancel`: leaves the open question.
    Cancel,
    /// Named somebody in words; the application looks for them among those in sight, then fills the draft.
    Name(String, Draft),
    /// `/give NAME`: the application looks for them among those in sight, then opens the card.
    Find(String),
    /// `paid anna 50`, `got 50 from anna`: the application looks for the person among those in sight, then for an open
    /// obligation between the two that fits, and reports or confirms it; when several fit, it shows them.
    NameRecord {
        /// Whom, in words.
        query: String,
        /// Which side of it.
        what: Settling,
        /// How much, when said.
        amount: Option<Amount>,
    },
    /// Back to the screen before.
    Back,
}

/// Whether an offer was accepted, as a deed's shorthand.
#[must_use]
pub fn answer_offer(offer: OfferId, accept: bool) -> Act {
    Act::Do(Deed::Ledger {
        command: Command::AnswerOffer { offer, accept },
        texts: Texts::default(),
    })
}

impl Deed {
    /// A command without texts.
    #[must_use]
    pub fn plain(command: Command) -> Self {
        Self::Ledger {
            command,
            texts: Texts::default(),
        }
    }
}
