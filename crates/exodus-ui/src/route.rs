//! Where a person is: a screen can be rebuilt from its route alone.

use exodus_core::{AppealId, BondId, IntentionId, LinkId, MemberId, ObligationId, OfferId, Period};
use serde::{Deserialize, Serialize};

/// A list under `/organizer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tab {
    /// What I promised others.
    Mine,
    /// What others promised me.
    ForMe,
    /// Reports that wait for my answer.
    ToConfirm,
    /// Fulfilled, both sides.
    Fulfilled,
    /// Not kept on time.
    NotKept,
}

/// One of the six relations of rule N1, as seen from the viewer; or who came to the viewer, or brought them, by an
/// invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// 1: who supports me.
    SupportMe,
    /// 2: whom I support.
    ISupport,
    /// 3: who else supports those whom I support.
    FellowHelpers,
    /// 4: who else is supported by those who support me.
    AlsoSupported,
    /// 5: who supports my supporters.
    SupportersOfMine,
    /// 6: who is supported by those whom I support.
    SupportedByMine,
    /// Whom I referred, and who referred me.
    Referrals,
}

impl Relation {
    /// The six, in the specification's order.
    pub const SIX: [Self; 6] = [
        Self::SupportMe,
        Self::ISupport,
        Self::FellowHelpers,
        Self::AlsoSupported,
        Self::SupportersOfMine,
        Self::SupportedByMine,
    ];
}

/// Which part of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Section {
    /// Name, about, and the way to everything else.
    Main,
    /// Payment details.
    Pay,
    /// *I can offer*.
    Offers,
    /// Language.
    Language,
    /// Time zone and quiet hours.
    Time,
    /// Notifications.
    Notices,
    /// Chat accounts and linking.
    Accounts,
    /// Export of my records.
    Export,
    /// How amounts are shown: currency, gifts counted, without harm.
    Amounts,
    /// Leaving.
    Leave,
}

/// A screen's address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Route {
    /// First words to somebody new; then home.
    Welcome,
    /// One's status, progress, what waits, days left.
    Home,
    /// `/need`.
    Need,
    /// `/give`: people in need in my network.
    Give {
        /// From 0.
        page: u32,
    },
    /// `/give AMOUNT`: how a sum could be spread (L20).
    Spread {
        /// The sum, minor units.
        amount: u64,
        /// From 0.
        page: u32,
    },
    /// A member's card.
    Card {
        /// Whose.
        member: MemberId,
    },
    /// Who helps an appeal: helpers with amounts and states, as far as the viewer may see.
    Circle {
        /// Which appeal.
        appeal: AppealId,
        /// From 0.
        page: u32,
    },
    /// `/organizer`, the overview.
    Organizer,
    /// A list of it.
    Records {
        /// Which list.
        tab: Tab,
        /// From 0.
        page: u32,
    },
    /// One intention.
    Intention {
        /// Which.
        intention: IntentionId,
    },
    /// One obligation.
    Obligation {
        /// Which.
        obligation: ObligationId,
    },
    /// One offer.
    Offer {
        /// Which.
        offer: OfferId,
    },
    /// "Why do I owe this?": a record's whole history (L17).
    RecordHistory {
        /// The record's number.
        record: u64,
        /// From 0.
        page: u32,
    },
    /// `/people`: the six relations, counted.
    People,
    /// One relation.
    Relation {
        /// Which.
        relation: Relation,
        /// From 0.
        page: u32,
    },
    /// `/people WORD`: names and *I can offer* that match.
    Search {
        /// What was looked for.
        query: String,
        /// From 0.
        page: u32,
    },
    /// `/invite`: my links and links to me.
    Invite {
        /// From 0.
        page: u32,
    },
    /// One link, with its code.
    Link {
        /// Which.
        link: LinkId,
    },
    /// `/list`: the reference list (N7).
    List {
        /// From 0.
        page: u32,
    },
    /// My bonds and invitations to them.
    Bonds {
        /// From 0.
        page: u32,
    },
    /// One bond, or an invitation to one.
    Bond {
        /// Which.
        bond: BondId,
    },
    /// `/profile` and its parts.
    Profile {
        /// Which part.
        section: Section,
    },
    /// Whom I block.
    Blocked {
        /// From 0.
        page: u32,
    },
    /// `/history`: my journal, newest first.
    History {
        /// From 0.
        page: u32,
    },
    /// The summary of a month (C4).
    Summary {
        /// The month that ended.
        period: Period,
    },
    /// `/help`.
    Help,
    /// `/privacy`.
    Privacy,
    /// Groups that follow my appeal.
    Groups,
    /// Letting a group follow my appeal, by an invitation from there.
    Connect {
        /// The invitation's handle.
        invitation: u128,
    },
    /// After leaving.
    Farewell,
}
