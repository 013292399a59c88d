//! Answers as values, already limited to what the viewer may see (rule M7). The one place that decides it.
//!
//! Nothing here tells a viewer that something exists which they may not see: such answers are `None`, as for what
//! does not exist.

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{
    amount::Amount,
    appeal::AppealKind,
    id::{AppealId, BondId, IntentionId, LinkId, MemberId, NoteId, ObligationId, OfferId, ReportId},
    intention::Form,
    member::{Reputation, Status},
    obligation::{ObligationState, Origin, ReportState},
    time::{Date, Period, Timestamp},
};

mod appeal;
mod bond;
mod book;
mod card;
mod need;
mod network;
mod record;
mod sight;

pub use appeal::appeal;
pub(crate) use appeal::knows_appeal;
pub use bond::{Backer, BondView, bond, bonds, ring};
pub use book::{home, organizer};
pub use card::{card, leaving};
pub use need::{in_need, spread};
pub use network::{network, people, relations_of};
pub use record::{intention, link, links, obligation, offer};
pub use sight::sight;

/// A person in an answer: by name, or as "a member" when the viewer may not see who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// This member.
    Member(MemberId),
    /// A member whom the viewer may not see.
    Someone,
}

/// By what rights a viewer sees a member: the rows of the table in M7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one flag per row of the table in M7"
)]
pub struct Sight {
    /// It is the viewer.
    pub own: bool,
    /// Helps X's current appeal now.
    pub circle: bool,
    /// Related to X (N1).
    pub network: bool,
    /// Holds an open invitation to X, or one by X to a bond.
    pub link: bool,
    /// Has an unsettled obligation with X.
    pub counterparty: bool,
}

impl Sight {
    /// Whether X exists for the viewer at all.
    #[must_use]
    pub const fn any(self) -> bool {
        self.own || self.circle || self.network || self.link || self.counterparty
    }

    /// Whether the viewer sees X's card with its appeal.
    #[must_use]
    pub const fn card(self) -> bool {
        self.own || self.circle || self.network || self.link
    }
}

/// One helper of an appeal, for those who may see amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Who.
    pub who: Who,
    /// Their live intention, frozen or not.
    pub intended: Amount,
    /// Open and awaiting obligations, what is outstanding of them, whatever period they are due in.
    pub promised: Amount,
    /// Of that, reported and waiting for an answer.
    pub awaiting: Amount,
    /// Confirmed in the period (emergency: in all).
    pub confirmed: Amount,
    /// Overdue; only the owner sees who: it takes its debtor out of the circle (C3.3).
    pub overdue: Amount,
    /// Whether theirs is frozen.
    pub frozen: bool,
    /// In what form: of their live intention, else of what they promised last (L1).
    pub form: Form,
    /// Its words; only with a name.
    pub note: Option<NoteId>,
}

/// Who helps an appeal, as far as the viewer may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helpers {
    /// Everyone with amounts and states (circle and owner).
    All(Vec<Helper>),
    /// Names without amounts from three helpers upward; the others are a count (network).
    Names {
        /// Those the viewer may see anyway.
        names: Vec<MemberId>,
        /// How many more.
        others: usize,
    },
    /// A count only (fewer than three, or through a link).
    Count(usize),
}

/// A vouch for an appeal (M8a).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Who vouches.
    pub who: Who,
    /// Their words; only with a name.
    pub note: Option<NoteId>,
}

/// An appeal as a viewer sees it. To the network and through a link only `target`, `intended` and `missing` are known
/// (M7); the other amounts are zero then and not to be shown: see [`AppealView::is_whole`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer may know of it, one flag each"
)]
pub struct AppealView {
    /// Which.
    pub appeal: AppealId,
    /// Whose.
    pub owner: MemberId,
    /// Monthly, or an emergency with its deadline.
    pub kind: AppealKind,
    /// Whether it takes new help now.
    pub takes_help: bool,
    /// Whether it rests while its owner is red (M5).
    pub resting: bool,
    /// What it asks for.
    pub target: Amount,
    /// Live, unfrozen intentions.
    pub intended: Amount,
    /// Outstanding of open and awaiting obligations that are not frozen.
    pub promised: Amount,
    /// Of that, waiting for confirmation.
    pub awaiting: Amount,
    /// Confirmed or cleared.
    pub confirmed: Amount,
    /// Missing 🙏 (L14).
    pub missing: Amount,
    /// Frozen amounts, shown apart: intentions and obligations.
    pub frozen: Amount,
    /// Overdue amounts, shown apart.
    pub overdue: Amount,
    /// Defaulted amounts, shown apart: what helpers who left had promised and not carried out.
    pub defaulted: Amount,
    /// Who helps.
    pub helpers: Helpers,
    /// What for, or why.
    pub purpose: Option<NoteId>,
    /// A link to talk; for the circle and the owner, and for whoever may help an emergency.
    pub talk: Option<NoteId>,
    /// Who vouches.
    pub vouchers: Vec<Voucher>,
    /// Whether the viewer may vouch, or change their words.
    pub may_vouch: bool,
    /// Whether the viewer vouches.
    pub vouching: bool,
    /// Whether *expand my network* may show it; the owner sees it.
    pub findable: bool,
}

impl AppealView {
    /// Whether the viewer sees all of it: its owner and its circle, every helper with amounts.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.helpers, Helpers::All(_))
    }
}

/// A member's card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer may know and do, one flag each"
)]
pub struct Card {
    /// Who.
    pub member: MemberId,
    /// By what rights.
    pub sight: Sight,
    /// Mark and word.
    pub status: Status,
    /// Whether they can promise nothing new (C8); shown on an emergency's card and to themselves.
    pub suspended: bool,
    /// Whether "about me" is shown.
    pub about: bool,
    /// Whether payment details are shown (M4, M7).
    pub pay: bool,
    /// Whether *I can offer* is shown.
    pub offers: bool,
    /// The current appeal.
    pub appeal: Option<AppealView>,
    /// What became of their promises (M8).
    pub reputation: Option<Reputation>,
    /// How many they help.
    pub helps: Option<usize>,
    /// Of those, the ones the viewer may see (from three upward).
    pub helps_names: Vec<MemberId>,
    /// The viewer's live intention towards the current or resting appeal.
    pub my_intention: Option<IntentionId>,
    /// Unsettled obligations between the two.
    pub between: Vec<ObligationId>,
    /// Whether the viewer may propose an agreement (L7a): the two see each other's cards.
    pub may_agree: bool,
    /// Whether the viewer may make a help link.
    pub may_link: bool,
    /// The bond between the two that waits for a word or stands (N6).
    pub bond: Option<BondId>,
    /// Whether the viewer may invite them to a bond (N6).
    pub may_bond: bool,
}

/// Somebody in need, in a list (U6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Who.
    pub member: MemberId,
    /// Orange or red.
    pub status: Status,
    /// Their current appeal.
    pub appeal: AppealId,
    /// Live intentions.
    pub intended: Amount,
    /// Missing.
    pub missing: Amount,
    /// An emergency's last day.
    pub deadline: Option<Date>,
}

/// Somebody in a list of people (U6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Who.
    pub member: MemberId,
    /// Mark and word.
    pub status: Status,
    /// What they need, when orange or red.
    pub need: Option<Need>,
}

/// A part of a sum proposed for somebody (L20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// For whom.
    pub member: MemberId,
    /// Towards which appeal.
    pub appeal: AppealId,
    /// Whether it is an emergency (an obligation) or monthly (an intention).
    pub emergency: bool,
    /// How much.
    pub amount: Amount,
}

/// An intention as one of its two parties sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer may do with it, one flag each"
)]
pub struct IntentionView {
    /// Which.
    pub intention: IntentionId,
    /// Who promises.
    pub author: MemberId,
    /// To whom.
    pub recipient: MemberId,
    /// The party who is not the viewer, as the viewer may see them now.
    pub other: Who,
    /// Towards which appeal.
    pub appeal: AppealId,
    /// How much.
    pub amount: Amount,
    /// In what form.
    pub form: Form,
    /// Its words.
    pub note: Option<NoteId>,
    /// When it was first recorded, or came back.
    pub made: Timestamp,
    /// When it last changed, if it did.
    pub changed: Option<Timestamp>,
    /// When it counts as recorded (C3.1, M6); people are shown when it was made and changed.
    pub recorded: Timestamp,
    /// Whether it is frozen.
    pub frozen: bool,
    /// Whether it stands.
    pub live: bool,
    /// Asked to convert, when.
    pub asked: Option<Timestamp>,
    /// Another value its recipient proposed.
    pub proposed: Option<Amount>,
    /// Where intentions exceed what is missing: the author's proportional part of that (L20).
    pub proportional: Option<Amount>,
    /// Whether the viewer is the author.
    pub mine: bool,
    /// The author may change it.
    pub may_change: bool,
    /// The author may convert it now.
    pub may_convert: bool,
    /// The recipient may ask to convert it.
    pub may_ask: bool,
    /// The recipient may propose another value.
    pub may_revalue: bool,
}

/// A report inside an obligation's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportView {
    /// Which.
    pub report: ReportId,
    /// How much.
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
    /// Its words.
    pub note: Option<NoteId>,
    /// What became of it.
    pub state: ReportState,
    /// The creditor may answer it.
    pub may_answer: bool,
    /// The debtor may remind of it (24 hours have passed).
    pub may_remind: bool,
    /// The creditor may open it again.
    pub may_reopen: bool,
}

/// An obligation as one of its two parties sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer may do with it, one flag each"
)]
pub struct ObligationView {
    /// Which.
    pub obligation: ObligationId,
    /// Who owes.
    pub debtor: MemberId,
    /// Who is owed.
    pub creditor: MemberId,
    /// The party who is not the viewer, as the viewer may see them now: by name while it is unsettled (M7), later only
    /// if they are in sight.
    pub other: Who,
    /// Their mark, when they are named and here.
    pub other_status: Option<Status>,
    /// How much was promised.
    pub amount: Amount,
    /// Confirmed.
    pub settled: Amount,
    /// Still owed.
    pub outstanding: Amount,
    /// Reported and not answered.
    pub awaiting: Amount,
    /// Owed and not reported.
    pub unreported: Amount,
    /// In what form.
    pub form: Form,
    /// Its words.
    pub note: Option<NoteId>,
    /// The last day.
    pub due: Date,
    /// Where it stands.
    pub state: ObligationState,
    /// Whether it is frozen.
    pub frozen: bool,
    /// Where it came from.
    pub origin: Origin,
    /// When made.
    pub made: Timestamp,
    /// The 1st on which it becomes overdue unless it is carried out or reported before; `None` for what is not open, and
    /// while it is frozen.
    pub overdue_on: Option<Date>,
    /// The reports on it.
    pub reports: Vec<ReportView>,
    /// Whether the viewer owes it.
    pub mine: bool,
    /// Whether the creditor's payment details are shown (to who owes, M7).
    pub pay: bool,
    /// The debtor may report.
    pub may_report: bool,
    /// The creditor may release it.
    pub may_release: bool,
    /// The creditor may ask for it to be carried out now.
    pub may_ask: bool,
}

/// An offer as one of its two parties sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferView {
    /// Which.
    pub offer: OfferId,
    /// Who made it.
    pub from: MemberId,
    /// To whom.
    pub to: MemberId,
    /// The party who is not the viewer, as the viewer may see them now.
    pub other: Who,
    /// Who would owe.
    pub debtor: MemberId,
    /// How much.
    pub amount: Amount,
    /// In what form.
    pub form: Form,
    /// By when.
    pub due: Date,
    /// Its words.
    pub note: Option<NoteId>,
    /// Already given?
    pub given: bool,
    /// Waits?
    pub waiting: bool,
    /// Whether the viewer may answer it (else they made it): decline it in any case, accept it while they see who made it
    /// (L7a), which `other` says.
    pub may_answer: bool,
}

/// A link as its maker or whom it leads to sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// Which.
    pub link: LinkId,
    /// To whom it leads.
    pub about: MemberId,
    /// Who made it.
    pub maker: MemberId,
    /// The one of the two who is not the viewer, as the viewer may see them now; the viewer, when they are both.
    pub other: Who,
    /// When.
    pub made: Timestamp,
    /// How many followed it.
    pub uses: usize,
    /// Of at most so many.
    pub max_uses: Option<u32>,
    /// The last day.
    pub expires: Option<Date>,
    /// Whether it works.
    pub active: bool,
    /// Whether the viewer made it: only its maker is shown the code.
    pub mine: bool,
    /// What its maker is ready to give, when it is a personal invitation to a bond (N6).
    pub gives: Option<Amount>,
}

/// Everything of one's own under `/organizer`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organizer {
    /// My live intentions.
    pub my_intentions: Vec<IntentionId>,
    /// My unsettled obligations, the nearest due first.
    pub my_obligations: Vec<ObligationId>,
    /// Live intentions for me.
    pub intentions_for_me: Vec<IntentionId>,
    /// Unsettled obligations for me.
    pub obligations_for_me: Vec<ObligationId>,
    /// Reports that wait for my answer.
    pub to_confirm: Vec<ReportId>,
    /// Intentions I was asked to convert and have not.
    pub to_convert: Vec<IntentionId>,
    /// Obligations I was asked to carry out now, or that are overdue.
    pub to_perform: Vec<ObligationId>,
    /// Offers that wait for my word.
    pub to_answer: Vec<OfferId>,
    /// Invitations to a bond that wait for my word (N6).
    pub bonds_to_answer: Vec<BondId>,
    /// Offers of mine that wait for the other's.
    pub my_offers: Vec<OfferId>,
    /// Values proposed for my intentions.
    pub to_value: Vec<IntentionId>,
    /// Fulfilled, on time or late, both sides, as far as loaded; newest first.
    pub fulfilled: Vec<ObligationId>,
    /// Not kept on time, both sides: overdue or defaulted; what is performed late moves to `fulfilled` (L18). Newest
    /// first.
    pub not_kept: Vec<ObligationId>,
}

/// Home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// My light.
    pub status: Status,
    /// Suspended since (C8).
    pub suspended: Option<Timestamp>,
    /// My current appeal.
    pub appeal: Option<AppealView>,
    /// The month.
    pub period: Period,
    /// Days left in it, today included.
    pub days_left: u32,
    /// Everything of mine.
    pub organizer: Organizer,
    /// People in need in my network.
    pub in_need: usize,
    /// My network's size.
    pub network: usize,
    /// What I promised this month: live intentions, and what is outstanding and due by its end.
    pub promised: Amount,
    /// What I gave this month: confirmed.
    pub given: Amount,
    /// What I received this month: confirmed.
    pub received: Amount,
}

/// What leaving will do (M11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaving {
    /// Intentions of mine, cancelled.
    pub my_intentions: usize,
    /// Intentions for me, cancelled.
    pub intentions_for_me: usize,
    /// Obligations in my favour, released.
    pub released: Amount,
    /// My open obligations, closed as defaulted: the unreported rest.
    pub defaulted: Amount,
    /// Reports of others that wait for my answer, counted as fulfilled by silence.
    pub by_silence: usize,
    /// Bonds that end (N6).
    pub bonds: usize,
}

/// Members by each of the six relations of rule N1, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// Relation 1 to 6 at places 0 to 5, each in the order of their numbers.
    pub six: [BTreeSet<MemberId>; 6],
    /// Ring 1 of the viewer's reference list: who stands by them personally.
    pub bonded: BTreeSet<MemberId>,
    /// Whom the viewer referred, and by whom they were.
    pub referrals: BTreeSet<MemberId>,
}
