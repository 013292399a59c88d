//! What someone, or time itself, wants to happen.

use crate::{
    amount::Amount,
    appeal::Before,
    id::{
        AppealId, BondId, CommandId, IntentionId, LinkId, MemberId, NoteId, ObligationId, OfferId, ReportId,
    },
    intention::Form,
    time::{Date, Period, Timestamp},
};

/// Who gives a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Actor {
    /// Somebody not registered yet.
    Newcomer,
    /// A member.
    Member(MemberId),
    /// Time: what falls due (see [`crate::period::due`]).
    Clock,
}

impl Actor {
    /// The member, if it is one.
    #[must_use]
    pub const fn member(self) -> Option<MemberId> {
        match self {
            Self::Member(member) => Some(member),
            Self::Newcomer | Self::Clock => None,
        }
    }
}

/// Which side of an agreement its proposer takes (rule L7a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Side {
    /// "I will do this for you."
    Debtor,
    /// "You will do this for me."
    Creditor,
}

/// A command with who gives it and when. Deciding the same envelope on the same ledger gives the same events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Envelope {
    /// Identity: whoever keeps the ledger gives the same command once, however often it is delivered.
    pub id: CommandId,
    /// Who.
    pub by: Actor,
    /// When. Never earlier than the envelope decided before it.
    pub at: Timestamp,
    /// What.
    pub command: Command,
}

/// What is wanted. There is no command that lets a debtor reduce or withdraw an obligation (rule L8).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Command {
    /// Take part, on first contact (M2); `via` the link that was followed (N4).
    Register {
        /// The link, when one was followed.
        via: Option<LinkId>,
    },
    /// Green to orange: ask for an amount every month (M6).
    AskMonthly {
        /// The amount asked for in each period.
        target: Amount,
        /// What for and for whom.
        purpose: Option<NoteId>,
        /// Whether *expand my network* may show it.
        findable: bool,
    },
    /// To red: call an emergency (M6).
    CallEmergency {
        /// The amount.
        target: Amount,
        /// The last day; 1 to 31 days ahead.
        deadline: Date,
        /// The reason.
        reason: Option<NoteId>,
        /// A link to talk.
        talk: Option<NoteId>,
    },
    /// Change one's own open appeal; what is `None` stays (M6).
    ChangeAppeal {
        /// Which.
        appeal: AppealId,
        /// A new target.
        target: Option<Amount>,
        /// A new deadline (emergency only).
        deadline: Option<Date>,
        /// A new purpose or reason.
        purpose: Option<NoteId>,
        /// Whether *expand my network* may show it.
        findable: Option<bool>,
    },
    /// Orange to green: "I'm fine again" (M6).
    EndMonthly,
    /// Red ends by the member's own word (M6).
    EndEmergency {
        /// Back to the status before, or to green.
        then: Before,
    },
    /// Leave for good (M11).
    Leave,
    /// See each other no more (M9).
    Block {
        /// Whom.
        member: MemberId,
    },
    /// Take a block back.
    Unblock {
        /// Whom.
        member: MemberId,
    },
    /// Vouch for an appeal: "I know this to be true" (M8a).
    Vouch {
        /// Which.
        appeal: AppealId,
        /// In one's own words.
        note: Option<NoteId>,
    },
    /// Take that back.
    WithdrawVouch {
        /// Which.
        appeal: AppealId,
    },
    /// Make a link to oneself or to a member in need in one's network (N4).
    MakeLink {
        /// To whom it leads.
        about: MemberId,
        /// How many may follow it.
        max_uses: Option<u32>,
        /// The last day it works.
        expires: Option<Date>,
    },
    /// Close a link; its maker or whom it leads to (N4).
    RevokeLink {
        /// Which.
        link: LinkId,
    },
    /// Forbid or allow others to make links to oneself (N4).
    ForbidLinks {
        /// Forbid?
        forbid: bool,
    },
    /// Follow a link as a member (N4).
    FollowLink {
        /// Which.
        link: LinkId,
    },
    /// Record an intention towards a monthly appeal, or change the one there is (L1, L2).
    Intend {
        /// Towards which.
        appeal: AppealId,
        /// How much.
        amount: Amount,
        /// In what form.
        form: Form,
        /// In one's own words.
        note: Option<NoteId>,
    },
    /// Change an intention's amount (L3).
    ChangeIntention {
        /// Which.
        intention: IntentionId,
        /// The new amount.
        amount: Amount,
    },
    /// Take an intention back (L3).
    WithdrawIntention {
        /// Which.
        intention: IntentionId,
    },
    /// Turn an intention, or a part, into an obligation (L4).
    Convert {
        /// Which.
        intention: IntentionId,
        /// How much of it; all when `None`.
        amount: Option<Amount>,
    },
    /// Convert and report in one (L5).
    PerformAtOnce {
        /// Which intention.
        intention: IntentionId,
        /// How much of it; all when `None`.
        amount: Option<Amount>,
        /// A note to the report.
        note: Option<NoteId>,
    },
    /// Ask an intention's author to convert it (L6).
    AskConversion {
        /// Which.
        intention: IntentionId,
    },
    /// Answer help in kind with another value (L1).
    ProposeValue {
        /// Which intention.
        intention: IntentionId,
        /// The value.
        amount: Amount,
    },
    /// Take or decline the proposed value, as the intention's author (L1).
    AnswerValue {
        /// Which intention.
        intention: IntentionId,
        /// Take it?
        take: bool,
    },
    /// Promise bindingly towards an emergency (L7).
    Promise {
        /// Which.
        appeal: AppealId,
        /// How much.
        amount: Amount,
        /// In what form.
        form: Form,
        /// In one's own words.
        note: Option<NoteId>,
    },
    /// Record help already given towards an appeal; it counts when the receiver confirms (L7a).
    RecordGiven {
        /// Which.
        appeal: AppealId,
        /// How much.
        amount: Amount,
        /// In what form.
        form: Form,
        /// In one's own words.
        note: Option<NoteId>,
    },
    /// Report (part of) an obligation as carried out (L11).
    Report {
        /// Which.
        obligation: ObligationId,
        /// How much; all that is not reported yet when `None`.
        amount: Option<Amount>,
        /// In one's own words.
        note: Option<NoteId>,
    },
    /// Confirm a report, or less of it (L11).
    Confirm {
        /// Which.
        report: ReportId,
        /// How much arrived; all when `None`.
        amount: Option<Amount>,
    },
    /// Answer a report: not received (L11).
    Refuse {
        /// Which.
        report: ReportId,
    },
    /// Open again what was confirmed by mistake, within 24 hours, once (L16).
    Reopen {
        /// Which.
        report: ReportId,
        /// Why.
        reason: Option<NoteId>,
    },
    /// Let go what is outstanding, as the creditor (L9).
    Release {
        /// Which.
        obligation: ObligationId,
    },
    /// Ask the debtor to carry it out within 24 hours or to talk (L10).
    AskPerformance {
        /// Which.
        obligation: ObligationId,
    },
    /// Remind the creditor to confirm (L12).
    RemindConfirmation {
        /// Which report.
        report: ReportId,
    },
    /// Propose an obligation outside any appeal, or record help already given so (L7a).
    MakeOffer {
        /// To whom.
        to: MemberId,
        /// Who would owe.
        side: Side,
        /// How much.
        amount: Amount,
        /// In what form.
        form: Form,
        /// By when; not for help already given.
        due: Option<Date>,
        /// In one's own words.
        note: Option<NoteId>,
        /// Whether it was already given.
        given: bool,
    },
    /// Accept or decline an offer (L7a).
    AnswerOffer {
        /// Which.
        offer: OfferId,
        /// Accept?
        accept: bool,
    },
    /// Take an offer back (L7a).
    WithdrawOffer {
        /// Which.
        offer: OfferId,
    },
    /// Invite somebody to a bond: "I am ready to help you if needed, and count on the same from you" (N6); or to restore
    /// one that ended (N8). Where their own invitation waits, it is accepted.
    ProposeBond {
        /// Whom.
        to: MemberId,
        /// What one is ready to give, nominally; what the community suggests when `None`.
        gives: Option<Amount>,
    },
    /// Accept an invitation to a bond (N6).
    AcceptBond {
        /// Which.
        bond: BondId,
        /// What one is ready to give, nominally; as much as the other when `None`.
        gives: Option<Amount>,
    },
    /// Decline an invitation to a bond (N6).
    DeclineBond {
        /// Which.
        bond: BondId,
    },
    /// Take one's own invitation to a bond back.
    WithdrawBond {
        /// Which.
        bond: BondId,
    },
    /// Withdraw a bond that stands, as either side (N8).
    EndBond {
        /// Which.
        bond: BondId,
    },
    /// Change what one gives, nominally, in a bond that stands or in one's own invitation (N6).
    ChangeBond {
        /// Which.
        bond: BondId,
        /// The new amount.
        gives: Amount,
    },
    /// Make a personal invitation to a bond as a link, for one person who need not be a member yet (N6).
    MakePersonalLink {
        /// What one is ready to give, nominally; what the community suggests when `None`.
        gives: Option<Amount>,
        /// The last day it works.
        expires: Option<Date>,
    },
    /// From a second chat account, whose member this is for now: ask to belong to that member instead (M1).
    AskLinking {
        /// The member whose one-time code was given.
        of: MemberId,
    },
    /// The second consent, on the side that showed the code: that account is mine (M1).
    LinkAccounts {
        /// The member that account had been for now; it must have no records.
        from: MemberId,
    },
    /// Close a period for a member: the roll-over (C3, C7, C8). Clock only.
    RollOver {
        /// Whom.
        member: MemberId,
        /// The period that ends.
        period: Period,
    },
    /// The 25th: say what is unfinished (C1). Clock only.
    Nudge {
        /// Whom.
        member: MemberId,
        /// Which month.
        period: Period,
    },
    /// After the roll-over: the month's summary (C4). Clock only.
    Summarise {
        /// Whom.
        member: MemberId,
        /// The period that ended.
        period: Period,
    },
    /// Remind the debtor (C2), for the last time (C8). Clock only.
    RemindDebtor {
        /// Of which.
        obligation: ObligationId,
        /// Whether this is the last reminder.
        last: bool,
    },
    /// Remind the creditor of an unanswered report (L12, C2). Clock only.
    RemindCreditor {
        /// Which.
        report: ReportId,
    },
    /// Count an unanswered report as fulfilled by silence (L12). Clock only.
    SettleBySilence {
        /// Which.
        report: ReportId,
    },
    /// End an emergency whose deadline has passed (C6). Clock only.
    ExpireEmergency {
        /// Which.
        appeal: AppealId,
    },
    /// Lift a suspension when nothing is overdue any more (C8). Clock only.
    LiftSuspension {
        /// Whose.
        member: MemberId,
    },
    /// Close a link whose last day has passed (N4). Clock only.
    ExpireLink {
        /// Which.
        link: LinkId,
    },
}
