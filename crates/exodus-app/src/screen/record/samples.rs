//! Every fact, refusal and command there is, people to read them, and the check that what is said has words.
//!
//! The macros name each variant twice, in a value and in a match: a variant more does not compile until it is here.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Actor, Amount, AppealId, Before, BondEnding, BondId, CancelReason, Command, Date, Ending, Event, Fact,
    Form, IntentionId, LapseReason, Ledger, LinkId, MemberId, MoveReason, NoteId, ObligationId, OfferId,
    Origin, Period, Policy, Refusal, ReleaseReason, ReportId, Side, Timestamp,
};
use exodus_i18n::{Arg, Catalogue, Lang, Text, Unit};
use exodus_store::{OfferLine, PayEntry, Person};
use exodus_ui::{Block, Screen};

use crate::scene::{AccountLine, Community, Scene};

pub(in super::super) const ANNA: MemberId = MemberId(1);
pub(in super::super) const BO: MemberId = MemberId(2);
pub(in super::super) const CARA: MemberId = MemberId(3);
pub(in super::super) const EVERYBODY: [MemberId; 3] = [ANNA, BO, CARA];
pub(in super::super) const INTENTION: IntentionId = IntentionId(11);
pub(in super::super) const OBLIGATION: ObligationId = ObligationId(12);
pub(in super::super) const OFFER: OfferId = OfferId(13);
pub(in super::super) const REPORT: ReportId = ReportId {
    obligation: OBLIGATION,
    nth: 0,
};
const MONTHLY: AppealId = AppealId(10);
const EMERGENCY: AppealId = AppealId(14);
pub(in super::super) const BOND: BondId = BondId(16);
const LINK: LinkId = LinkId(15);
const NOTE: Option<NoteId> = Some(NoteId(7));
const FIFTY: Amount = Amount::from_minor(5_000);
const THIRTY: Amount = Amount::from_minor(3_000);

/// Noon of the 20th of November 2026.
pub(in super::super) const NOW: Timestamp = Timestamp::from_seconds(1_795_176_000);

fn due() -> Date {
    november().last_day()
}

pub(in super::super) fn november() -> Period {
    Policy::default().period(NOW)
}

macro_rules! every {
    ($name:ident: $type:ident { $($variant:ident $fields:tt)* }) => {
        pub(in super::super) fn $name() -> Vec<$type> {
            const fn is_named(it: &$type) -> bool {
                match it {
                    $($type::$variant { .. } => true,)*
                }
            }
            let every = vec![$($type::$variant $fields),*];
            assert!(every.iter().all(is_named));
            every
        }
    };
}

every!(facts: Fact {
    Registered { member: CARA, period: november(), referrer: Some(ANNA), link: Some(LINK) }
    MonthlyAsked { member: BO, appeal: MONTHLY, target: FIFTY, purpose: NOTE, findable: true, again: false }
    EmergencyCalled { member: BO, appeal: EMERGENCY, target: FIFTY, deadline: due(), reason: NOTE, talk: NOTE }
    AppealChanged {
        appeal: MONTHLY, owner: BO, target_before: FIFTY, target_after: THIRTY, deadline_before: None,
        deadline_after: None, purpose: None, findable: None
    }
    MonthlyEnded { member: BO, appeal: MONTHLY, ending: Ending::Ended }
    EmergencyEnded {
        member: BO, appeal: EMERGENCY, ending: Ending::Reached, confirmed: FIFTY, then: Before::Orange
    }
    MemberLeft { member: BO }
    LinkingAsked { member: ANNA, from: CARA }
    AccountsLinked { member: ANNA, from: CARA }
    MemberBlocked { member: ANNA, other: BO }
    MemberUnblocked { member: ANNA, other: BO }
    Vouched { appeal: MONTHLY, owner: BO, member: ANNA, note: NOTE }
    VouchWithdrawn { appeal: MONTHLY, owner: BO, member: ANNA }
    LinkMade { link: LINK, about: BO, maker: ANNA, max_uses: Some(3), expires: None }
    LinkRevoked { link: LINK, about: BO, maker: ANNA }
    LinkExpired { link: LINK, about: BO, maker: ANNA }
    LinkFollowed { link: LINK, about: BO, maker: ANNA, visitor: CARA }
    LinksForbidden { member: BO, forbid: true }
    IntentionRecorded {
        intention: INTENTION, author: ANNA, appeal: MONTHLY, recipient: BO, amount: FIFTY, form: Form::Service,
        note: NOTE
    }
    IntentionChanged {
        intention: INTENTION, author: ANNA, recipient: BO, before: FIFTY, after: THIRTY, form: Form::Thing, note: NOTE,
        revalued: false
    }
    IntentionWithdrawn { intention: INTENTION, author: ANNA, recipient: BO, amount: FIFTY }
    IntentionConverted {
        intention: INTENTION, author: ANNA, recipient: BO, obligation: OBLIGATION, amount: THIRTY, rest: THIRTY
    }
    IntentionLapsed {
        intention: INTENTION, author: ANNA, recipient: BO, amount: FIFTY, reason: LapseReason::MonthEnded
    }
    IntentionCancelled {
        intention: INTENTION, author: ANNA, recipient: BO, amount: FIFTY, reason: CancelReason::NotNeeded
    }
    IntentionRenewed {
        intention: INTENTION, author: ANNA, appeal: MONTHLY, recipient: BO, amount: FIFTY, form: Form::Time, note: NOTE,
        from: vec![OBLIGATION]
    }
    RenewalDeferred { obligation: OBLIGATION, debtor: ANNA, creditor: BO, amount: FIFTY, from: vec![OBLIGATION] }
    IntentionThawed { intention: INTENTION, author: ANNA, recipient: BO }
    ConversionAsked { intention: INTENTION, author: ANNA, recipient: BO }
    ValueProposed { intention: INTENTION, author: ANNA, recipient: BO, before: FIFTY, proposed: THIRTY }
    ValueDeclined { intention: INTENTION, author: ANNA, recipient: BO, proposed: THIRTY }
    ObligationMade {
        obligation: OBLIGATION, debtor: ANNA, creditor: BO, amount: FIFTY, form: Form::Money, note: NOTE, due: due(),
        origin: Origin::Appeal { appeal: MONTHLY, intention: None, monthly: true }
    }
    DueMoved {
        obligation: OBLIGATION, debtor: ANNA, creditor: BO, before: due(), after: november().next().last_day(),
        reason: MoveReason::NotReceived
    }
    PerformanceReported { report: REPORT, debtor: ANNA, creditor: BO, amount: THIRTY, holding: THIRTY, note: NOTE }
    PerformanceAnswered {
        report: REPORT, debtor: ANNA, creditor: BO, reported: FIFTY, confirmed: THIRTY, period: november()
    }
    PerformanceSettledBySilence { report: REPORT, debtor: ANNA, creditor: BO, amount: THIRTY, period: november() }
    ConfirmationReopened { report: REPORT, debtor: ANNA, creditor: BO, amount: THIRTY, reason: NOTE }
    PerformanceAsked { obligation: OBLIGATION, debtor: ANNA, creditor: BO }
    ConfirmationReminded { report: REPORT, debtor: ANNA, creditor: BO, by_system: true }
    DebtorReminded { obligation: OBLIGATION, debtor: ANNA, creditor: BO, last: true }
    ObligationFulfilled { obligation: OBLIGATION, debtor: ANNA, creditor: BO, late: true, by_silence: false }
    ObligationOverdue {
        obligation: OBLIGATION, debtor: ANNA, creditor: BO, outstanding: FIFTY, since: november().next()
    }
    ObligationReleased {
        obligation: OBLIGATION, debtor: ANNA, creditor: BO, amount: FIFTY, reason: ReleaseReason::Word
    }
    ObligationCancelled { obligation: OBLIGATION, debtor: ANNA, creditor: BO, amount: FIFTY }
    ObligationDefaulted { obligation: OBLIGATION, debtor: ANNA, creditor: BO, amount: FIFTY }
    OfferMade {
        offer: OFFER, from: ANNA, to: BO, debtor: ANNA, amount: FIFTY, form: Form::Time, due: due(), note: NOTE,
        given: false
    }
    OfferAccepted { offer: OFFER, from: ANNA, to: BO, obligation: OBLIGATION }
    OfferDeclined { offer: OFFER, from: ANNA, to: BO }
    OfferWithdrawn { offer: OFFER, from: ANNA, to: BO }
    PersonalLinkMade { link: LINK, maker: ANNA, gives: FIFTY, expires: None }
    BondProposed { bond: BOND, from: ANNA, to: BO, gives: FIFTY, link: None, restores: None }
    BondMade { bond: BOND, from: ANNA, to: BO, from_gives: FIFTY, to_gives: THIRTY, restores: None }
    BondDeclined { bond: BOND, from: ANNA, to: BO }
    BondWithdrawn { bond: BOND, from: ANNA, to: BO }
    BondChanged { bond: BOND, member: ANNA, other: BO, before: FIFTY, after: THIRTY }
    BondEnded { bond: BOND, member: ANNA, other: BO, ending: BondEnding::Word }
    MonthClosed { member: ANNA, period: november(), overdue: 2, streak: 1 }
    MonthNudged { member: ANNA, period: november() }
    MonthSummarised { member: ANNA, period: november() }
    MemberSuspended { member: ANNA }
    SuspensionLifted { member: ANNA }
});

every!(refusals: Refusal {
    Unknown {}
    NotAMember {}
    ClockOnly {}
    MonthNotClosed {}
    ZeroAmount {}
    AmountTooLarge {}
    Oneself {}
    AlreadyOrange {}
    AlreadyRed {}
    NotAsking {}
    AppealClosed {}
    TakesIntentions {}
    TakesObligations {}
    DatePassed { date: due() }
    DateTooSoon { earliest: due() }
    DateTooFar { latest: due() }
    InEmergency {}
    Suspended {}
    OverdueThere {}
    Frozen {}
    NoLonger {}
    AboveIntention { intention: FIFTY }
    AboveOutstanding { outstanding: FIFTY }
    AboveReported { reported: FIFTY }
    TooSoon { again: NOW }
    ReportWaits {}
    TooLateToReopen {}
    NotInKind {}
    NoValueProposed {}
    LinksForbidden {}
    NotInNeed {}
    TooManyLinks { limit: 50 }
    NotInCircle {}
    Blocked {}
    AlreadyBonded {}
    TooManyBonds { limit: 150 }
    BondsFull {}
    TooManyInvitations { limit: 20, again: NOW }
    HasRecords {}
    NoUses {}
});

every!(commands: Command {
    Register { via: None }
    AskMonthly { target: FIFTY, purpose: None, findable: true }
    CallEmergency { target: FIFTY, deadline: due(), reason: None, talk: None }
    ChangeAppeal { appeal: MONTHLY, target: Some(THIRTY), deadline: None, purpose: None, findable: None }
    EndMonthly {}
    EndEmergency { then: Before::Green }
    Leave {}
    Block { member: BO }
    Unblock { member: BO }
    Vouch { appeal: MONTHLY, note: None }
    WithdrawVouch { appeal: MONTHLY }
    MakeLink { about: BO, max_uses: None, expires: None }
    RevokeLink { link: LINK }
    ForbidLinks { forbid: false }
    FollowLink { link: LINK }
    Intend { appeal: MONTHLY, amount: FIFTY, form: Form::Money, note: None }
    ChangeIntention { intention: INTENTION, amount: FIFTY }
    WithdrawIntention { intention: INTENTION }
    Convert { intention: INTENTION, amount: None }
    PerformAtOnce { intention: INTENTION, amount: None, note: None }
    AskConversion { intention: INTENTION }
    ProposeValue { intention: INTENTION, amount: FIFTY }
    AnswerValue { intention: INTENTION, take: false }
    Promise { appeal: MONTHLY, amount: FIFTY, form: Form::Money, note: None }
    RecordGiven { appeal: MONTHLY, amount: FIFTY, form: Form::Money, note: None }
    Report { obligation: OBLIGATION, amount: None, note: None }
    Confirm { report: REPORT, amount: None }
    Refuse { report: REPORT }
    Reopen { report: REPORT, reason: None }
    Release { obligation: OBLIGATION }
    AskPerformance { obligation: OBLIGATION }
    RemindConfirmation { report: REPORT }
    MakeOffer { to: BO, side: Side::Debtor, amount: FIFTY, form: Form::Time, due: None, note: None, given: true }
    AnswerOffer { offer: OFFER, accept: true }
    WithdrawOffer { offer: OFFER }
    ProposeBond { to: BO, gives: None }
    AcceptBond { bond: BOND, gives: None }
    DeclineBond { bond: BOND }
    WithdrawBond { bond: BOND }
    EndBond { bond: BOND }
    ChangeBond { bond: BOND, gives: FIFTY }
    MakePersonalLink { gives: None, expires: None }
    AskLinking { of: BO }
    LinkAccounts { from: CARA }
    RollOver { member: ANNA, period: november() }
    Nudge { member: ANNA, period: november() }
    Summarise { member: ANNA, period: november() }
    RemindDebtor { obligation: OBLIGATION, last: false }
    RemindCreditor { report: REPORT }
    SettleBySilence { report: REPORT }
    ExpireEmergency { appeal: EMERGENCY }
    LiftSuspension { member: ANNA }
    ExpireLink { link: LINK }
});

/// Facts again with other values, where the words depend on them.
pub(in super::super) fn more_facts() -> Vec<Fact> {
    let changed = |target_after, dates: Option<(Date, Date)>, findable| Fact::AppealChanged {
        appeal: MONTHLY,
        owner: BO,
        target_before: FIFTY,
        target_after,
        deadline_before: dates.map(|dates| dates.0),
        deadline_after: dates.map(|dates| dates.1),
        purpose: None,
        findable,
    };
    let answered = |confirmed| Fact::PerformanceAnswered {
        report: REPORT,
        debtor: ANNA,
        creditor: BO,
        reported: FIFTY,
        confirmed,
        period: november(),
    };
    let offered = |debtor, given| Fact::OfferMade {
        offer: OFFER,
        from: ANNA,
        to: BO,
        debtor,
        amount: FIFTY,
        form: Form::Money,
        due: due(),
        note: None,
        given,
    };
    let ended = |ending| Fact::BondEnded {
        bond: BOND,
        member: ANNA,
        other: BO,
        ending,
    };
    let dates = Some((due(), november().next().last_day()));
    vec![
        Fact::Registered {
            member: ANNA,
            period: november(),
            referrer: None,
            link: None,
        },
        changed(THIRTY, dates, None),
        changed(FIFTY, dates, None),
        changed(FIFTY, None, Some(true)),
        changed(FIFTY, None, None),
        Fact::LinkMade {
            link: LINK,
            about: BO,
            maker: BO,
            max_uses: None,
            expires: None,
        },
        Fact::LinkRevoked {
            link: LINK,
            about: BO,
            maker: BO,
        },
        Fact::LinkExpired {
            link: LINK,
            about: BO,
            maker: BO,
        },
        Fact::IntentionChanged {
            intention: INTENTION,
            author: ANNA,
            recipient: BO,
            before: FIFTY,
            after: THIRTY,
            form: Form::Thing,
            note: None,
            revalued: true,
        },
        Fact::IntentionConverted {
            intention: INTENTION,
            author: ANNA,
            recipient: BO,
            obligation: OBLIGATION,
            amount: FIFTY,
            rest: Amount::ZERO,
        },
        Fact::ObligationMade {
            obligation: OBLIGATION,
            debtor: ANNA,
            creditor: BO,
            amount: FIFTY,
            form: Form::Service,
            note: None,
            due: due(),
            origin: Origin::Appeal {
                appeal: EMERGENCY,
                intention: None,
                monthly: false,
            },
        },
        Fact::BondProposed {
            bond: BOND,
            from: BO,
            to: ANNA,
            gives: FIFTY,
            link: None,
            restores: Some(BOND),
        },
        Fact::BondMade {
            bond: BOND,
            from: ANNA,
            to: BO,
            from_gives: FIFTY,
            to_gives: THIRTY,
            restores: Some(BOND),
        },
        ended(BondEnding::Blocked),
        ended(BondEnding::Left),
        answered(FIFTY),
        answered(Amount::ZERO),
        offered(BO, false),
        offered(ANNA, true),
        offered(BO, true),
    ]
}

/// A fact by somebody.
pub(in super::super) fn event(by: Option<MemberId>, fact: Fact) -> Event {
    Event {
        at: NOW,
        by: by.map_or(Actor::Clock, Actor::Member),
        fact,
    }
}

/// A scene where Anna, Bo and Cara take part, Bo asks for monthly support, and then these things happened.
pub(in super::super) fn scene(viewer: MemberId, then: &[Fact]) -> Scene {
    let mut ledger = Ledger::new(Policy::default());
    let came = |member| Fact::Registered {
        member,
        period: november(),
        referrer: None,
        link: None,
    };
    let asked = Fact::MonthlyAsked {
        member: BO,
        appeal: MONTHLY,
        target: FIFTY,
        purpose: NOTE,
        findable: true,
        again: false,
    };
    let first = EVERYBODY.into_iter().map(came).chain([asked]);
    for fact in first.chain(then.iter().cloned()) {
        ledger.evolve(&event(None, fact));
    }
    let persons = EVERYBODY
        .into_iter()
        .zip(["Anna", "Bo", "Cara"])
        .map(|(id, name)| (id, person(name)));
    Scene {
        viewer,
        at: NOW.plus_hours(1),
        ledger,
        persons: persons.collect(),
        notes: BTreeMap::from([(NoteId(7), "in the morning".to_owned())]),
        events: Vec::new(),
        more: false,
        codes: BTreeMap::new(),
        openings: BTreeMap::new(),
        list: crate::scene::ReferenceList::default(),
        groups: crate::scene::Groups::default(),
        accounts: vec![
            AccountLine {
                platform: "console".to_owned(),
                address: "one".to_owned(),
                current: true,
                notices: true,
            },
            AccountLine {
                platform: "matrix".to_owned(),
                address: "two".to_owned(),
                current: false,
                notices: false,
            },
        ],
        linking: None,
        pay_hidden: false,
        community: Community {
            unit: Unit::default(),
            currencies: vec!["USD".to_owned()],
            support: None,
            source: String::new(),
        },
    }
}

fn person(name: &str) -> Person {
    let pay = |label: &str, default| PayEntry {
        label: label.to_owned(),
        text: "123".to_owned(),
        default,
    };
    Person {
        name: name.to_owned(),
        language: "en".to_owned(),
        pay: vec![pay("Card", false), pay("Bank", true)],
        offers: vec![
            OfferLine {
                text: "bread".to_owned(),
                value: Some(300),
            },
            OfferLine {
                text: "time".to_owned(),
                value: None,
            },
        ],
        ..Person::default()
    }
}

/// What a story about an intention, an obligation with a report, and an offer leaves.
pub(in super::super) fn story() -> Vec<Fact> {
    let wanted = |fact: &Fact| {
        matches!(
            fact,
            Fact::IntentionRecorded { .. }
                | Fact::ConversionAsked { .. }
                | Fact::ValueProposed { .. }
                | Fact::ObligationMade { .. }
                | Fact::PerformanceReported { .. }
                | Fact::OfferMade { .. }
        )
    };
    facts().into_iter().filter(wanted).collect()
}

/// Every language has this text, with exactly these arguments, and says it without a hole.
#[track_caller]
pub(in super::super) fn said(text: &Text) {
    let given: BTreeSet<String> = text.args.iter().map(|(key, _)| key.to_string()).collect();
    for lang in Lang::all() {
        let message = Catalogue::of(lang).messages().get(text.id.as_ref());
        let message = message.unwrap_or_else(|| panic!("{lang} has no {}", text.id));
        assert_eq!(message.variables, given, "{lang}: {}", text.id);
    }
    for (_, arg) in &text.args {
        if let Arg::Words(inner) = arg {
            said(inner);
        }
    }
}

/// The same for everything on a screen.
#[track_caller]
pub(in super::super) fn shown(screen: &Screen) {
    said(&screen.title);
    screen.choices.iter().for_each(|choice| said(&choice.label));
    for block in &screen.blocks {
        match block {
            Block::Line(text) | Block::Strong(text) | Block::Heading(text) | Block::Item { text, .. } => {
                said(text)
            }
            Block::Field { label, value } => {
                said(label);
                said(value);
            }
            Block::Person { name, details, .. } => {
                said(name);
                details.iter().for_each(said);
            }
            Block::Progress { .. } | Block::Quote(_) | Block::Code(_) => {}
        }
    }
}
