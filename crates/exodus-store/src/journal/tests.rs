//! Entries written once are read for ever: one of every kind, frozen.

use exodus_core as core;

use super::{Chain, FIRST, hash_of, read, v1};

const FROZEN: &str = include_str!("../../frozen/journal-v1.jsonl");

fn day(day: i8) -> core::Date {
    core::Date::new(2026, 11, day).unwrap()
}

fn month(month: i8) -> core::Period {
    core::Period::of(core::Date::new(2026, month, 1).unwrap())
}

/// A fact of every kind.
fn samples() -> Vec<core::Fact> {
    vec![
        core::Fact::Registered {
            member: core::MemberId(1),
            period: month(3),
            referrer: Some(core::MemberId(4)),
            link: Some(core::LinkId(6)),
        },
        core::Fact::MonthlyAsked {
            member: core::MemberId(7),
            appeal: core::AppealId(8),
            target: core::Amount::from_minor(900),
            purpose: Some(core::NoteId(11)),
            findable: false,
            again: true,
        },
        core::Fact::EmergencyCalled {
            member: core::MemberId(14),
            appeal: core::AppealId(15),
            target: core::Amount::from_minor(1600),
            deadline: day(18),
            reason: Some(core::NoteId(19)),
            talk: None,
        },
        core::Fact::AppealChanged {
            appeal: core::AppealId(21),
            owner: core::MemberId(22),
            target_before: core::Amount::from_minor(2300),
            target_after: core::Amount::from_minor(2400),
            deadline_before: Some(day(27)),
            deadline_after: Some(day(1)),
            purpose: Some(core::NoteId(30)),
            findable: Some(false),
        },
        core::Fact::MonthlyEnded {
            member: core::MemberId(33),
            appeal: core::AppealId(34),
            ending: core::Ending::Left,
        },
        core::Fact::EmergencyEnded {
            member: core::MemberId(36),
            appeal: core::AppealId(37),
            ending: core::Ending::Ended,
            confirmed: core::Amount::from_minor(3900),
            then: core::Before::Green,
        },
        core::Fact::MemberLeft {
            member: core::MemberId(41),
        },
        core::Fact::LinkingAsked {
            member: core::MemberId(42),
            from: core::MemberId(43),
        },
        core::Fact::AccountsLinked {
            member: core::MemberId(44),
            from: core::MemberId(45),
        },
        core::Fact::MemberBlocked {
            member: core::MemberId(46),
            other: core::MemberId(47),
        },
        core::Fact::MemberUnblocked {
            member: core::MemberId(48),
            other: core::MemberId(49),
        },
        core::Fact::Vouched {
            appeal: core::AppealId(50),
            owner: core::MemberId(51),
            member: core::MemberId(52),
            note: Some(core::NoteId(54)),
        },
        core::Fact::VouchWithdrawn {
            appeal: core::AppealId(55),
            owner: core::MemberId(56),
            member: core::MemberId(57),
        },
        core::Fact::LinkMade {
            link: core::LinkId(58),
            about: core::MemberId(59),
            maker: core::MemberId(60),
            max_uses: Some(62),
            expires: Some(day(9)),
        },
        core::Fact::LinkRevoked {
            link: core::LinkId(65),
            about: core::MemberId(66),
            maker: core::MemberId(67),
        },
        core::Fact::LinkExpired {
            link: core::LinkId(68),
            about: core::MemberId(69),
            maker: core::MemberId(70),
        },
        core::Fact::LinkFollowed {
            link: core::LinkId(71),
            about: core::MemberId(72),
            maker: core::MemberId(73),
            visitor: core::MemberId(74),
        },
        core::Fact::LinksForbidden {
            member: core::MemberId(75),
            forbid: false,
        },
        core::Fact::IntentionRecorded {
            intention: core::IntentionId(77),
            author: core::MemberId(78),
            appeal: core::AppealId(79),
            recipient: core::MemberId(80),
            amount: core::Amount::from_minor(8100),
            form: core::Form::Service,
            note: Some(core::NoteId(84)),
        },
        core::Fact::IntentionChanged {
            intention: core::IntentionId(85),
            author: core::MemberId(86),
            recipient: core::MemberId(87),
            before: core::Amount::from_minor(8800),
            after: core::Amount::from_minor(8900),
            form: core::Form::Service,
            note: Some(core::NoteId(92)),
            revalued: true,
        },
        core::Fact::IntentionWithdrawn {
            intention: core::IntentionId(94),
            author: core::MemberId(95),
            recipient: core::MemberId(96),
            amount: core::Amount::from_minor(9700),
        },
        core::Fact::IntentionConverted {
            intention: core::IntentionId(98),
            author: core::MemberId(99),
            recipient: core::MemberId(100),
            obligation: core::ObligationId(101),
            amount: core::Amount::from_minor(10200),
            rest: core::Amount::from_minor(10300),
        },
        core::Fact::IntentionLapsed {
            intention: core::IntentionId(104),
            author: core::MemberId(105),
            recipient: core::MemberId(106),
            amount: core::Amount::from_minor(10700),
            reason: core::LapseReason::MonthEnded,
        },
        core::Fact::IntentionCancelled {
            intention: core::IntentionId(109),
            author: core::MemberId(110),
            recipient: core::MemberId(111),
            amount: core::Amount::from_minor(11200),
            reason: core::CancelReason::Left,
        },
        core::Fact::IntentionRenewed {
            intention: core::IntentionId(114),
            author: core::MemberId(115),
            appeal: core::AppealId(116),
            recipient: core::MemberId(117),
            amount: core::Amount::from_minor(11800),
            form: core::Form::Time,
            note: None,
            from: vec![core::ObligationId(122), core::ObligationId(123)],
        },
        core::Fact::RenewalDeferred {
            obligation: core::ObligationId(124),
            debtor: core::MemberId(125),
            creditor: core::MemberId(126),
            amount: core::Amount::from_minor(12700),
            from: vec![core::ObligationId(129), core::ObligationId(130)],
        },
        core::Fact::IntentionThawed {
            intention: core::IntentionId(131),
            author: core::MemberId(132),
            recipient: core::MemberId(133),
        },
        core::Fact::ConversionAsked {
            intention: core::IntentionId(134),
            author: core::MemberId(135),
            recipient: core::MemberId(136),
        },
        core::Fact::ValueProposed {
            intention: core::IntentionId(137),
            author: core::MemberId(138),
            recipient: core::MemberId(139),
            before: core::Amount::from_minor(14000),
            proposed: core::Amount::from_minor(14100),
        },
        core::Fact::ValueDeclined {
            intention: core::IntentionId(142),
            author: core::MemberId(143),
            recipient: core::MemberId(144),
            proposed: core::Amount::from_minor(14500),
        },
        core::Fact::ObligationMade {
            obligation: core::ObligationId(146),
            debtor: core::MemberId(147),
            creditor: core::MemberId(148),
            amount: core::Amount::from_minor(14900),
            form: core::Form::Service,
            note: Some(core::NoteId(152)),
            due: day(14),
            origin: core::Origin::Direct {
                offer: core::OfferId(154),
            },
        },
        core::Fact::DueMoved {
            obligation: core::ObligationId(155),
            debtor: core::MemberId(156),
            creditor: core::MemberId(157),
            before: day(19),
            after: day(20),
            reason: core::MoveReason::Thawed,
        },
        core::Fact::PerformanceReported {
            report: core::ReportId {
                obligation: core::ObligationId(161),
                nth: 2,
            },
            debtor: core::MemberId(162),
            creditor: core::MemberId(163),
            amount: core::Amount::from_minor(16400),
            holding: core::Amount::from_minor(16500),
            note: Some(core::NoteId(167)),
        },
        core::Fact::PerformanceAnswered {
            report: core::ReportId {
                obligation: core::ObligationId(168),
                nth: 0,
            },
            debtor: core::MemberId(169),
            creditor: core::MemberId(170),
            reported: core::Amount::from_minor(17100),
            confirmed: core::Amount::from_minor(17200),
            period: month(6),
        },
        core::Fact::PerformanceSettledBySilence {
            report: core::ReportId {
                obligation: core::ObligationId(174),
                nth: 0,
            },
            debtor: core::MemberId(175),
            creditor: core::MemberId(176),
            amount: core::Amount::from_minor(17700),
            period: month(11),
        },
        core::Fact::ConfirmationReopened {
            report: core::ReportId {
                obligation: core::ObligationId(179),
                nth: 2,
            },
            debtor: core::MemberId(180),
            creditor: core::MemberId(181),
            amount: core::Amount::from_minor(18200),
            reason: Some(core::NoteId(184)),
        },
        core::Fact::PerformanceAsked {
            obligation: core::ObligationId(185),
            debtor: core::MemberId(186),
            creditor: core::MemberId(187),
        },
        core::Fact::ConfirmationReminded {
            report: core::ReportId {
                obligation: core::ObligationId(188),
                nth: 2,
            },
            debtor: core::MemberId(189),
            creditor: core::MemberId(190),
            by_system: true,
        },
        core::Fact::DebtorReminded {
            obligation: core::ObligationId(192),
            debtor: core::MemberId(193),
            creditor: core::MemberId(194),
            last: true,
        },
        core::Fact::ObligationFulfilled {
            obligation: core::ObligationId(196),
            debtor: core::MemberId(197),
            creditor: core::MemberId(198),
            late: true,
            by_silence: false,
        },
        core::Fact::ObligationOverdue {
            obligation: core::ObligationId(201),
            debtor: core::MemberId(202),
            creditor: core::MemberId(203),
            outstanding: core::Amount::from_minor(20400),
            since: month(2),
        },
        core::Fact::ObligationReleased {
            obligation: core::ObligationId(206),
            debtor: core::MemberId(207),
            creditor: core::MemberId(208),
            amount: core::Amount::from_minor(20900),
            reason: core::ReleaseReason::Word,
        },
        core::Fact::ObligationCancelled {
            obligation: core::ObligationId(211),
            debtor: core::MemberId(212),
            creditor: core::MemberId(213),
            amount: core::Amount::from_minor(21400),
        },
        core::Fact::ObligationDefaulted {
            obligation: core::ObligationId(215),
            debtor: core::MemberId(216),
            creditor: core::MemberId(217),
            amount: core::Amount::from_minor(21800),
        },
        core::Fact::OfferMade {
            offer: core::OfferId(219),
            from: core::MemberId(220),
            to: core::MemberId(221),
            debtor: core::MemberId(222),
            amount: core::Amount::from_minor(22300),
            form: core::Form::Money,
            due: day(2),
            note: Some(core::NoteId(227)),
            given: false,
        },
        core::Fact::OfferAccepted {
            offer: core::OfferId(229),
            from: core::MemberId(230),
            to: core::MemberId(231),
            obligation: core::ObligationId(232),
        },
        core::Fact::OfferDeclined {
            offer: core::OfferId(233),
            from: core::MemberId(234),
            to: core::MemberId(235),
        },
        core::Fact::OfferWithdrawn {
            offer: core::OfferId(236),
            from: core::MemberId(237),
            to: core::MemberId(238),
        },
        core::Fact::MonthClosed {
            member: core::MemberId(239),
            period: month(1),
            overdue: 241,
            streak: 242,
        },
        core::Fact::MonthNudged {
            member: core::MemberId(243),
            period: month(5),
        },
        core::Fact::MonthSummarised {
            member: core::MemberId(245),
            period: month(7),
        },
        core::Fact::MemberSuspended {
            member: core::MemberId(247),
        },
        core::Fact::SuspensionLifted {
            member: core::MemberId(248),
        },
        core::Fact::PersonalLinkMade {
            link: core::LinkId(249),
            maker: core::MemberId(250),
            gives: core::Amount::from_minor(25100),
            expires: Some(day(12)),
        },
        core::Fact::BondProposed {
            bond: core::BondId(252),
            from: core::MemberId(253),
            to: core::MemberId(254),
            gives: core::Amount::from_minor(25500),
            link: Some(core::LinkId(256)),
            restores: Some(core::BondId(257)),
        },
        core::Fact::BondMade {
            bond: core::BondId(258),
            from: core::MemberId(259),
            to: core::MemberId(260),
            from_gives: core::Amount::from_minor(26100),
            to_gives: core::Amount::from_minor(26200),
            restores: None,
        },
        core::Fact::BondDeclined {
            bond: core::BondId(263),
            from: core::MemberId(264),
            to: core::MemberId(265),
        },
        core::Fact::BondWithdrawn {
            bond: core::BondId(266),
            from: core::MemberId(267),
            to: core::MemberId(268),
        },
        core::Fact::BondChanged {
            bond: core::BondId(269),
            member: core::MemberId(270),
            other: core::MemberId(271),
            before: core::Amount::from_minor(27200),
            after: core::Amount::from_minor(27300),
        },
        core::Fact::BondEnded {
            bond: core::BondId(274),
            member: core::MemberId(275),
            other: core::MemberId(276),
            ending: core::BondEnding::Blocked,
        },
    ]
}

/// `EXODUS_FREEZE=1` adds the lines of new kinds of facts; a line that is there is never written again.
#[test]
fn every_kind_is_frozen_and_reads_as_it_was_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/frozen/journal-v1.jsonl");
    let lines: Vec<String> = samples()
        .iter()
        .map(|fact| serde_json::to_string(&v1::Fact::from(fact)).unwrap())
        .collect();
    if std::env::var_os("EXODUS_FREEZE").is_some() {
        let mut frozen = FROZEN.to_owned();
        for line in lines.iter().filter(|line| {
            !FROZEN
                .lines()
                .any(|other| super::kind_of(other) == super::kind_of(line))
        }) {
            frozen.push_str(line);
            frozen.push('\n');
        }
        std::fs::write(path, frozen).unwrap();
        return;
    }
    for (line, fact) in lines.iter().zip(samples()) {
        let kept = FROZEN
            .lines()
            .find(|other| super::kind_of(other) == super::kind_of(line));
        let kept = kept
            .unwrap_or_else(|| panic!("{} is not frozen: run with EXODUS_FREEZE=1", super::kind_of(line)));
        assert_eq!(kept, line);
        let back: v1::Fact = serde_json::from_str(kept).unwrap();
        assert_eq!(core::Fact::from(back), fact);
    }
    assert_eq!(
        FROZEN.lines().count(),
        lines.len(),
        "a kind is frozen that is not written any more"
    );
}

#[test]
fn choices_come_back_as_they_were() {
    let appeal = core::Origin::Appeal {
        appeal: core::AppealId(1),
        intention: Some(core::IntentionId(u64::MAX >> 1)),
        monthly: false,
    };
    for origin in [
        appeal,
        core::Origin::Direct {
            offer: core::OfferId(3),
        },
    ] {
        for form in [
            core::Form::Money,
            core::Form::Thing,
            core::Form::Service,
            core::Form::Time,
        ] {
            let fact = core::Fact::ObligationMade {
                obligation: core::ObligationId(9),
                debtor: core::MemberId(1),
                creditor: core::MemberId(2),
                amount: core::Amount::MAX,
                form,
                note: Some(core::NoteId(u128::MAX)),
                due: day(30),
                origin,
            };
            let text = serde_json::to_string(&v1::Fact::from(&fact)).unwrap();
            assert_eq!(
                core::Fact::from(serde_json::from_str::<v1::Fact>(&text).unwrap()),
                fact
            );
        }
    }
}

#[test]
fn everything_an_entry_says_is_in_its_hash() {
    let event = |seconds, fact| core::Event {
        at: core::Timestamp::from_seconds(seconds),
        by: core::Actor::Clock,
        fact,
    };
    let mut chain = Chain {
        ledger: 1,
        seq: 0,
        hash: FIRST.to_owned(),
    };
    for (seconds, fact) in (1..).zip(samples()) {
        let before = chain.hash.clone();
        let row = chain
            .append(core::CommandId(5), &event(seconds, fact.clone()))
            .unwrap();
        assert_eq!(read(&row).unwrap().event, event(seconds, fact));
        assert_eq!(
            super::wrong_columns(&row, &read(&row).unwrap().event),
            Vec::<&str>::new()
        );
        let changed = [
            crate::entity::journal::Model {
                at: row.at + 1,
                ..row.clone()
            },
            crate::entity::journal::Model {
                seq: row.seq + 1,
                ..row.clone()
            },
            crate::entity::journal::Model {
                version: 2,
                ..row.clone()
            },
            crate::entity::journal::Model {
                by_kind: 1,
                ..row.clone()
            },
            crate::entity::journal::Model {
                by_member: Some(3),
                ..row.clone()
            },
            crate::entity::journal::Model {
                command: "0".to_owned(),
                ..row.clone()
            },
            crate::entity::journal::Model {
                body: row.body.replace('1', "2") + " ",
                ..row.clone()
            },
        ];
        for other in changed {
            assert_ne!(hash_of(&before, &other), row.hash);
        }
        assert_ne!(hash_of(&row.hash, &row), row.hash);
    }
}
