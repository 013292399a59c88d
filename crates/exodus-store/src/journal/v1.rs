//! Version 1 of the journal's entries. Frozen: entries written once are read so for ever. A fact that needs other
//! fields begins version 2; a new kind of fact may be added here.
//!
//! `frozen/journal-v1.jsonl` holds an entry of every kind as it was first written.

use exodus_core as core;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::parsed;

/// The same value in the core's terms and in the journal's.
trait Mirrors<C> {
    fn of(value: C) -> Self;
    fn back(self) -> C;
}

macro_rules! same {
    ($($type:ty),*) => { $(
        impl Mirrors<$type> for $type {
            fn of(value: $type) -> Self { value }
            fn back(self) -> $type { self }
        }
    )* };
}

same!(bool, u32);

macro_rules! ids {
    ($($id:ident),*) => { $(
        impl Mirrors<core::$id> for u64 {
            fn of(value: core::$id) -> Self { value.0 }
            fn back(self) -> core::$id { core::$id(self) }
        }
    )* };
}

ids!(
    MemberId,
    AppealId,
    BondId,
    IntentionId,
    ObligationId,
    OfferId,
    LinkId
);

impl Mirrors<core::Amount> for u64 {
    fn of(value: core::Amount) -> Self {
        value.minor()
    }

    fn back(self) -> core::Amount {
        core::Amount::from_minor(self)
    }
}

impl Mirrors<core::ReportId> for (u64, u32) {
    fn of(value: core::ReportId) -> Self {
        (value.obligation.0, value.nth)
    }

    fn back(self) -> core::ReportId {
        core::ReportId {
            obligation: core::ObligationId(self.0),
            nth: self.1,
        }
    }
}

impl<C, T: Mirrors<C>> Mirrors<Option<C>> for Option<T> {
    fn of(value: Option<C>) -> Self {
        value.map(T::of)
    }

    fn back(self) -> Option<C> {
        self.map(T::back)
    }
}

impl<C, T: Mirrors<C>> Mirrors<Vec<C>> for Vec<T> {
    fn of(value: Vec<C>) -> Self {
        value.into_iter().map(T::of).collect()
    }

    fn back(self) -> Vec<C> {
        self.into_iter().map(T::back).collect()
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $core:ty, $what:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $name($core);

        impl Mirrors<$core> for $name {
            fn of(value: $core) -> Self { Self(value) }
            fn back(self) -> $core { self.0 }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer, $what).map(Self)
            }
        }
    )* };
}

texts! {
    /// A date, as `2026-11-30`.
    Day = core::Date, "a date";
    /// A month, as `2026-11`.
    Month = core::Period, "a month";
    /// The name of a text, as 32 hexadecimal digits.
    Note = core::NoteId, "the name of a note";
}

macro_rules! choices {
    ($($name:ident { $($choice:ident),* })*) => { $(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name { $($choice),* }

        impl Mirrors<core::$name> for $name {
            fn of(value: core::$name) -> Self {
                match value { $(core::$name::$choice => Self::$choice),* }
            }

            fn back(self) -> core::$name {
                match self { $(Self::$choice => core::$name::$choice),* }
            }
        }
    )* };
}

choices! {
    Form { Money, Thing, Service, Time }
    Before { Green, Orange }
    Ending { Reached, Expired, Ended, Left }
    LapseReason { MonthEnded, FellOut }
    CancelReason { NotNeeded, Blocked, Left }
    MoveReason { Thawed, NotReceived, Reopened, Deadline }
    ReleaseReason { Word, Left }
    BondEnding { Word, Blocked, Left }
}

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($kind:ident { $($field:ident: $type:ty),* $(,)? }),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name { $($kind { $($field: $type),* }),* }

        impl From<&core::$name> for $name {
            fn from(value: &core::$name) -> Self {
                match value {
                    $(core::$name::$kind { $($field),* } => Self::$kind { $($field: Mirrors::of($field.clone())),* }),*
                }
            }
        }

        impl From<$name> for core::$name {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$kind { $($field),* } => Self::$kind { $($field: Mirrors::back($field)),* }),*
                }
            }
        }
    )* };
}

impl Mirrors<core::Origin> for Origin {
    fn of(value: core::Origin) -> Self {
        (&value).into()
    }

    fn back(self) -> core::Origin {
        self.into()
    }
}

records! {
    /// Where an obligation came from.
    Origin {
        Appeal { appeal: u64, intention: Option<u64>, monthly: bool },
        Direct { offer: u64 },
    }

    /// What happened.
    Fact {
        Registered { member: u64, period: Month, referrer: Option<u64>, link: Option<u64> },
        MonthlyAsked { member: u64, appeal: u64, target: u64, purpose: Option<Note>, findable: bool, again: bool },
        EmergencyCalled {
            member: u64,
            appeal: u64,
            target: u64,
            deadline: Day,
            reason: Option<Note>,
            talk: Option<Note>,
        },
        AppealChanged {
            appeal: u64,
            owner: u64,
            target_before: u64,
            target_after: u64,
            deadline_before: Option<Day>,
            deadline_after: Option<Day>,
            purpose: Option<Note>,
            findable: Option<bool>,
        },
        MonthlyEnded { member: u64, appeal: u64, ending: Ending },
        EmergencyEnded { member: u64, appeal: u64, ending: Ending, confirmed: u64, then: Before },
        MemberLeft { member: u64 },
        LinkingAsked { member: u64, from: u64 },
        AccountsLinked { member: u64, from: u64 },
        MemberBlocked { member: u64, other: u64 },
        MemberUnblocked { member: u64, other: u64 },
        Vouched { appeal: u64, owner: u64, member: u64, note: Option<Note> },
        VouchWithdrawn { appeal: u64, owner: u64, member: u64 },
        LinkMade { link: u64, about: u64, maker: u64, max_uses: Option<u32>, expires: Option<Day> },
        LinkRevoked { link: u64, about: u64, maker: u64 },
        LinkExpired { link: u64, about: u64, maker: u64 },
        LinkFollowed { link: u64, about: u64, maker: u64, visitor: u64 },
        LinksForbidden { member: u64, forbid: bool },
        IntentionRecorded {
            intention: u64,
            author: u64,
            appeal: u64,
            recipient: u64,
            amount: u64,
            form: Form,
            note: Option<Note>,
        },
        IntentionChanged {
            intention: u64,
            author: u64,
            recipient: u64,
            before: u64,
            after: u64,
            form: Form,
            note: Option<Note>,
            revalued: bool,
        },
        IntentionWithdrawn { intention: u64, author: u64, recipient: u64, amount: u64 },
        IntentionConverted { intention: u64, author: u64, recipient: u64, obligation: u64, amount: u64, rest: u64 },
        IntentionLapsed { intention: u64, author: u64, recipient: u64, amount: u64, reason: LapseReason },
        IntentionCancelled { intention: u64, author: u64, recipient: u64, amount: u64, reason: CancelReason },
        IntentionRenewed {
            intention: u64,
            author: u64,
            appeal: u64,
            recipient: u64,
            amount: u64,
            form: Form,
            note: Option<Note>,
            from: Vec<u64>,
        },
        RenewalDeferred { obligation: u64, debtor: u64, creditor: u64, amount: u64, from: Vec<u64> },
        IntentionThawed { intention: u64, author: u64, recipient: u64 },
        ConversionAsked { intention: u64, author: u64, recipient: u64 },
        ValueProposed { intention: u64, author: u64, recipient: u64, before: u64, proposed: u64 },
        ValueDeclined { intention: u64, author: u64, recipient: u64, proposed: u64 },
        ObligationMade {
            obligation: u64,
            debtor: u64,
            creditor: u64,
            amount: u64,
            form: Form,
            note: Option<Note>,
            due: Day,
            origin: Origin,
        },
        DueMoved { obligation: u64, debtor: u64, creditor: u64, before: Day, after: Day, reason: MoveReason },
        PerformanceReported {
            report: (u64, u32),
            debtor: u64,
            creditor: u64,
            amount: u64,
            holding: u64,
            note: Option<Note>,
        },
        PerformanceAnswered {
            report: (u64, u32),
            debtor: u64,
            creditor: u64,
            reported: u64,
            confirmed: u64,
            period: Month,
        },
        PerformanceSettledBySilence { report: (u64, u32), debtor: u64, creditor: u64, amount: u64, period: Month },
        ConfirmationReopened { report: (u64, u32), debtor: u64, creditor: u64, amount: u64, reason: Option<Note> },
        PerformanceAsked { obligation: u64, debtor: u64, creditor: u64 },
        ConfirmationReminded { report: (u64, u32), debtor: u64, creditor: u64, by_system: bool },
        DebtorReminded { obligation: u64, debtor: u64, creditor: u64, last: bool },
        ObligationFulfilled { obligation: u64, debtor: u64, creditor: u64, late: bool, by_silence: bool },
        ObligationOverdue { obligation: u64, debtor: u64, creditor: u64, outstanding: u64, since: Month },
        ObligationReleased { obligation: u64, debtor: u64, creditor: u64, amount: u64, reason: ReleaseReason },
        ObligationCancelled { obligation: u64, debtor: u64, creditor: u64, amount: u64 },
        ObligationDefaulted { obligation: u64, debtor: u64, creditor: u64, amount: u64 },
        OfferMade {
            offer: u64,
            from: u64,
            to: u64,
            debtor: u64,
            amount: u64,
            form: Form,
            due: Day,
            note: Option<Note>,
            given: bool,
        },
        OfferAccepted { offer: u64, from: u64, to: u64, obligation: u64 },
        OfferDeclined { offer: u64, from: u64, to: u64 },
        OfferWithdrawn { offer: u64, from: u64, to: u64 },
        PersonalLinkMade { link: u64, maker: u64, gives: u64, expires: Option<Day> },
        BondProposed { bond: u64, from: u64, to: u64, gives: u64, link: Option<u64>, restores: Option<u64> },
        BondMade { bond: u64, from: u64, to: u64, from_gives: u64, to_gives: u64, restores: Option<u64> },
        BondDeclined { bond: u64, from: u64, to: u64 },
        BondWithdrawn { bond: u64, from: u64, to: u64 },
        BondChanged { bond: u64, member: u64, other: u64, before: u64, after: u64 },
        BondEnded { bond: u64, member: u64, other: u64, ending: BondEnding },
        MonthClosed { member: u64, period: Month, overdue: u32, streak: u32 },
        MonthNudged { member: u64, period: Month },
        MonthSummarised { member: u64, period: Month },
        MemberSuspended { member: u64 },
        SuspensionLifted { member: u64 },
    }
}
