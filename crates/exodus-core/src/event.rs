//! What happened: the facts of the append-only journal (rule L15). They hold ids, dates, amounts and kinds, the
//! amounts before and after, and no text of anybody's.

mod subjects;

use alloc::vec::Vec;

use crate::{
    amount::Amount,
    appeal::{Before, Ending},
    bond::BondEnding,
    command::Actor,
    id::{AppealId, BondId, IntentionId, LinkId, MemberId, NoteId, ObligationId, OfferId, ReportId},
    intention::Form,
    obligation::Origin,
    time::{Date, Period, Timestamp},
};
pub use subjects::Subjects;

/// One entry of the journal: who, when, what.
#[doc(alias("domain event", "entry"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// What.
    pub fact: Fact,
}

/// Why an intention lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum LapseReason {
    /// The month ended and it was not converted (C3.1).
    MonthEnded,
    /// Its author has something overdue in this circle (C3.3, invariant 4).
    FellOut,
}

/// Why an intention was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CancelReason {
    /// The recipient is fine again (M6).
    NotNeeded,
    /// One blocked the other (M9).
    Blocked,
    /// One of the two left (M11).
    Left,
}

/// Why a due date moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum MoveReason {
    /// The debtor's emergency ended (M6).
    Thawed,
    /// "Not received" was said late (L11).
    NotReceived,
    /// A confirmation was opened again (L16).
    Reopened,
    /// The emergency's deadline was moved later (C7).
    Deadline,
}

/// Why an obligation was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReleaseReason {
    /// The creditor's word (L9).
    Word,
    /// The creditor left (M11).
    Left,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(
    missing_docs,
    reason = "the fields carry the names and meanings of the records' own fields"
)]
pub enum Fact {
    /// Somebody took part for the first time (M2); `referrer` made the link they came by (N4).
    Registered {
        member: MemberId,
        period: Period,
        referrer: Option<MemberId>,
        link: Option<LinkId>,
    },
    /// Green became orange (M6). `again`: the member's monthly appeal was there before and opens again.
    MonthlyAsked {
        member: MemberId,
        appeal: AppealId,
        target: Amount,
        purpose: Option<NoteId>,
        findable: bool,
        again: bool,
    },
    /// Red began (M6).
    EmergencyCalled {
        member: MemberId,
        appeal: AppealId,
        target: Amount,
        deadline: Date,
        reason: Option<NoteId>,
        talk: Option<NoteId>,
    },
    /// An appeal's owner changed it (M6). `purpose`, `findable`: new values, when changed.
    AppealChanged {
        appeal: AppealId,
        owner: MemberId,
        target_before: Amount,
        target_after: Amount,
        deadline_before: Option<Date>,
        deadline_after: Option<Date>,
        purpose: Option<NoteId>,
        findable: Option<bool>,
    },
    /// Orange became green, or its owner left.
    MonthlyEnded {
        member: MemberId,
        appeal: AppealId,
        ending: Ending,
    },
    /// Red ended: help confirmed by then, and what the member returns to (C5, C6).
    EmergencyEnded {
        member: MemberId,
        appeal: AppealId,
        ending: Ending,
        confirmed: Amount,
        then: Before,
    },
    /// A member left (M11).
    MemberLeft { member: MemberId },
    /// Somebody with a member's one-time code asked to be that member from another account (M1).
    LinkingAsked { member: MemberId, from: MemberId },
    /// A second account was linked: what it had been for now is gone (M1).
    AccountsLinked { member: MemberId, from: MemberId },
    /// A block (M9).
    MemberBlocked { member: MemberId, other: MemberId },
    /// A block taken back.
    MemberUnblocked { member: MemberId, other: MemberId },
    /// Somebody vouched for an appeal (M8a).
    Vouched {
        appeal: AppealId,
        owner: MemberId,
        member: MemberId,
        note: Option<NoteId>,
    },
    /// … and took it back.
    VouchWithdrawn {
        appeal: AppealId,
        owner: MemberId,
        member: MemberId,
    },
    /// A link was made (N4).
    LinkMade {
        link: LinkId,
        about: MemberId,
        maker: MemberId,
        max_uses: Option<u32>,
        expires: Option<Date>,
    },
    /// A link was revoked.
    LinkRevoked {
        link: LinkId,
        about: MemberId,
        maker: MemberId,
    },
    /// A link's last day passed.
    LinkExpired {
        link: LinkId,
        about: MemberId,
        maker: MemberId,
    },
    /// Somebody followed a link.
    LinkFollowed {
        link: LinkId,
        about: MemberId,
        maker: MemberId,
        visitor: MemberId,
    },
    /// A member forbade, or allowed, links to them by others.
    LinksForbidden { member: MemberId, forbid: bool },
    /// A free promise (L1).
    IntentionRecorded {
        intention: IntentionId,
        author: MemberId,
        appeal: AppealId,
        recipient: MemberId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
    },
    /// Its author changed it (L2, L3), or took the value its recipient proposed (L1: `revalued`).
    IntentionChanged {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        before: Amount,
        after: Amount,
        form: Form,
        note: Option<NoteId>,
        revalued: bool,
    },
    /// Its author took it back (L3).
    IntentionWithdrawn {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        amount: Amount,
    },
    /// It became, in part or whole, that obligation (L4); `rest` stays an intention.
    IntentionConverted {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        obligation: ObligationId,
        amount: Amount,
        rest: Amount,
    },
    /// It fell away (C3).
    IntentionLapsed {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        amount: Amount,
        reason: LapseReason,
    },
    /// It ended by no act of its author's.
    IntentionCancelled {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        amount: Amount,
        reason: CancelReason,
    },
    /// Kept help came back as an intention for the new period (C3.2), out of these obligations.
    IntentionRenewed {
        intention: IntentionId,
        author: MemberId,
        appeal: AppealId,
        recipient: MemberId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
        from: Vec<ObligationId>,
    },
    /// Kept help waits to come back until this overdue obligation is fulfilled (C3.2).
    RenewalDeferred {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        from: Vec<ObligationId>,
    },
    /// An emergency that froze it ended; it counts as recorded now (M6).
    IntentionThawed {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
    },
    /// Its recipient asked to convert it (L6).
    ConversionAsked {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
    },
    /// Its recipient proposed another value (L1).
    ValueProposed {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        before: Amount,
        proposed: Amount,
    },
    /// Its author kept their own value.
    ValueDeclined {
        intention: IntentionId,
        author: MemberId,
        recipient: MemberId,
        proposed: Amount,
    },
    /// A binding promise (L7).
    ObligationMade {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
        due: Date,
        origin: Origin,
    },
    /// Its due date moved.
    DueMoved {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        before: Date,
        after: Date,
        reason: MoveReason,
    },
    /// Its debtor reported a performance (L11).
    PerformanceReported {
        report: ReportId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        holding: Amount,
        note: Option<NoteId>,
    },
    /// Its creditor answered: so much arrived, the rest did not; zero is "not received" (L11).
    PerformanceAnswered {
        report: ReportId,
        debtor: MemberId,
        creditor: MemberId,
        reported: Amount,
        confirmed: Amount,
        period: Period,
    },
    /// Nobody answered (L12), or its creditor left (M11).
    PerformanceSettledBySilence {
        report: ReportId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        period: Period,
    },
    /// Confirmed by mistake, opened again (L16).
    ConfirmationReopened {
        report: ReportId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        reason: Option<NoteId>,
    },
    /// Its creditor asked to carry it out within 24 hours (L10).
    PerformanceAsked {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
    },
    /// The creditor was reminded to answer: by the debtor, or by the system (L12, C2).
    ConfirmationReminded {
        report: ReportId,
        debtor: MemberId,
        creditor: MemberId,
        by_system: bool,
    },
    /// The debtor was reminded (C2), for the last time (C8).
    DebtorReminded {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        last: bool,
    },
    /// Nothing of it is outstanding: it was carried out (L13).
    ObligationFulfilled {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        late: bool,
        by_silence: bool,
    },
    /// Past its due date at a roll-over (C3.3).
    ObligationOverdue {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        outstanding: Amount,
        since: Period,
    },
    /// Let go by its creditor (L9).
    ObligationReleased {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
        reason: ReleaseReason,
    },
    /// Let go because the target was reached (C5).
    ObligationCancelled {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
    },
    /// Closed because its debtor left (M11).
    ObligationDefaulted {
        obligation: ObligationId,
        debtor: MemberId,
        creditor: MemberId,
        amount: Amount,
    },
    /// Something was proposed outside any appeal (L7a).
    OfferMade {
        offer: OfferId,
        from: MemberId,
        to: MemberId,
        debtor: MemberId,
        amount: Amount,
        form: Form,
        due: Date,
        note: Option<NoteId>,
        given: bool,
    },
    /// … and accepted: that obligation was made.
    OfferAccepted {
        offer: OfferId,
        from: MemberId,
        to: MemberId,
        obligation: ObligationId,
    },
    /// … or declined.
    OfferDeclined {
        offer: OfferId,
        from: MemberId,
        to: MemberId,
    },
    /// … or taken back.
    OfferWithdrawn {
        offer: OfferId,
        from: MemberId,
        to: MemberId,
    },
    /// A personal invitation to a bond was made as a link (N6).
    PersonalLinkMade {
        link: LinkId,
        maker: MemberId,
        gives: Amount,
        expires: Option<Date>,
    },
    /// Somebody was invited to a bond (N6), directly or by a personal link; `restores`: the one that ended before (N8).
    BondProposed {
        bond: BondId,
        from: MemberId,
        to: MemberId,
        gives: Amount,
        link: Option<LinkId>,
        restores: Option<BondId>,
    },
    /// … and accepted: the bond stands.
    BondMade {
        bond: BondId,
        from: MemberId,
        to: MemberId,
        from_gives: Amount,
        to_gives: Amount,
        restores: Option<BondId>,
    },
    /// … or declined.
    BondDeclined {
        bond: BondId,
        from: MemberId,
        to: MemberId,
    },
    /// … or it was taken back.
    BondWithdrawn {
        bond: BondId,
        from: MemberId,
        to: MemberId,
    },
    /// One of the two gives another amount, nominally.
    BondChanged {
        bond: BondId,
        member: MemberId,
        other: MemberId,
        before: Amount,
        after: Amount,
    },
    /// A bond that stood ended (N8), by what `member` did.
    BondEnded {
        bond: BondId,
        member: MemberId,
        other: MemberId,
        ending: BondEnding,
    },
    /// A member's month ended (C3); `overdue`: how many of their obligations are overdue now.
    MonthClosed {
        member: MemberId,
        period: Period,
        overdue: u32,
        streak: u32,
    },
    /// A member was told what is unfinished (C1).
    MonthNudged { member: MemberId, period: Period },
    /// A member was given the month's summary (C4).
    MonthSummarised { member: MemberId, period: Period },
    /// A member can promise nothing new until nothing of theirs is overdue (C8).
    MemberSuspended { member: MemberId },
    /// That ended.
    SuspensionLifted { member: MemberId },
}
