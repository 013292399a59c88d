//! What the actor may not see is unknown to them: one answer for what is hidden, blocked, somebody else's, gone, or was
//! never there (M7, M9, O9).

use exodus_core::{
    AppealId, BondId, Command, Form, IntentionId, LinkId, MemberId, ObligationId, OfferId, Refusal, ReportId,
    Side,
};
use proptest::prelude::*;

use crate::village::{
    Village,
    story::{play, story},
    units,
};

/// Every command by which a member can be named.
fn naming(member: MemberId) -> Vec<Command> {
    let offer = |side, given| Command::MakeOffer {
        to: member,
        side,
        amount: units(1),
        form: Form::Money,
        due: None,
        note: None,
        given,
    };
    vec![
        Command::Block { member },
        Command::Unblock { member },
        Command::MakeLink {
            about: member,
            max_uses: None,
            expires: None,
        },
        Command::LinkAccounts { from: member },
        Command::ProposeBond {
            to: member,
            gives: None,
        },
        offer(Side::Debtor, false),
        offer(Side::Creditor, true),
    ]
}

/// Every command by which an appeal can be named.
fn on_appeal(appeal: AppealId) -> Vec<Command> {
    let (amount, form, note) = (units(1), Form::Money, None);
    vec![
        Command::Intend {
            appeal,
            amount,
            form,
            note,
        },
        Command::Promise {
            appeal,
            amount,
            form,
            note,
        },
        Command::RecordGiven {
            appeal,
            amount,
            form,
            note,
        },
        Command::Vouch { appeal, note },
        Command::WithdrawVouch { appeal },
        Command::ChangeAppeal {
            appeal,
            target: Some(amount),
            deadline: None,
            purpose: None,
            findable: None,
        },
    ]
}

/// Every command by which a bond can be named.
fn on_bond(bond: BondId) -> Vec<Command> {
    vec![
        Command::AcceptBond { bond, gives: None },
        Command::DeclineBond { bond },
        Command::WithdrawBond { bond },
        Command::EndBond { bond },
        Command::ChangeBond {
            bond,
            gives: units(1),
        },
    ]
}

/// Every command by which an intention can be named.
fn on_intention(intention: IntentionId) -> Vec<Command> {
    let amount = units(1);
    vec![
        Command::ChangeIntention { intention, amount },
        Command::WithdrawIntention { intention },
        Command::Convert {
            intention,
            amount: None,
        },
        Command::PerformAtOnce {
            intention,
            amount: None,
            note: None,
        },
        Command::AskConversion { intention },
        Command::ProposeValue { intention, amount },
        Command::AnswerValue {
            intention,
            take: true,
        },
    ]
}

/// Every command by which an obligation or a report can be named.
fn on_obligation(obligation: ObligationId) -> Vec<Command> {
    let report = ReportId { obligation, nth: 0 };
    vec![
        Command::Report {
            obligation,
            amount: None,
            note: None,
        },
        Command::Release { obligation },
        Command::AskPerformance { obligation },
        Command::Confirm { report, amount: None },
        Command::Refuse { report },
        Command::Reopen { report, reason: None },
        Command::RemindConfirmation { report },
    ]
}

fn on_offer(offer: OfferId) -> Vec<Command> {
    vec![
        Command::AnswerOffer { offer, accept: true },
        Command::AnswerOffer { offer, accept: false },
        Command::WithdrawOffer { offer },
    ]
}

fn on_link(link: LinkId) -> Vec<Command> {
    vec![Command::RevokeLink { link }, Command::FollowLink { link }]
}

const NOTHING: u64 = 1_000_000;

/// To somebody, what is there answers as what is not.
fn same(village: &Village, to: MemberId, there: Vec<Command>, nowhere: Vec<Command>) {
    for (there, nowhere) in there.into_iter().zip(nowhere) {
        let expected = village.would(to, nowhere);
        assert!(
            matches!(&expected, Err(Refusal::Unknown)) || expected == Ok(vec![]),
            "{expected:?}"
        );
        assert_eq!(village.would(to, there.clone()), expected, "{there:?}");
    }
}

#[test]
fn m9_to_the_blocked_one_the_blocker_is_nobody() {
    let mut village = Village::new();
    let [x, blocked, fellow] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(fellow, appeal, units(5));
    let owed = village.convert(fellow, intention, units(3));
    village.report(owed, units(3));
    let link = village.make_link(x, x);
    village.intend(blocked, appeal, units(5));
    let visited = village.make_link(x, x);
    village.follow(blocked, visited);
    village.vouch(fellow, appeal);
    let offer = village.offer(fellow, x, units(2), Side::Debtor);
    village.block(x, blocked);
    same(&village, blocked, naming(x), naming(MemberId(NOTHING)));
    same(&village, blocked, on_appeal(appeal), on_appeal(AppealId(NOTHING)));
    same(
        &village,
        blocked,
        on_intention(intention),
        on_intention(IntentionId(NOTHING)),
    );
    same(
        &village,
        blocked,
        on_obligation(owed),
        on_obligation(ObligationId(NOTHING)),
    );
    same(&village, blocked, on_offer(offer), on_offer(OfferId(NOTHING)));
    for link in [link, visited] {
        same(&village, blocked, on_link(link), on_link(LinkId(NOTHING)));
    }
    let ask = |of| village.would(blocked, Command::AskLinking { of });
    assert_eq!(
        ask(x),
        ask(MemberId(NOTHING)),
        "an account with records asks nobody"
    );
}

#[test]
fn m9_to_the_blocker_the_blocked_one_is_nobody_but_can_be_unblocked() {
    let mut village = Village::new();
    let [x, blocked] = village.newcomers();
    let mine = village.orange(x, units(100));
    village.intend(blocked, mine, units(5));
    let appeal = village.orange(blocked, units(100));
    village.block(x, blocked);
    let told: Vec<_> = naming(blocked)
        .into_iter()
        .filter(|command| !matches!(command, Command::Unblock { .. } | Command::Block { .. }))
        .collect();
    for command in told.into_iter().chain(on_appeal(appeal)) {
        assert_eq!(
            village.would(x, command.clone()),
            Err(Refusal::Unknown),
            "{command:?}"
        );
    }
    village.say(x, Command::Unblock { member: blocked });
}

#[test]
fn m7_to_a_stranger_nothing_is_there() {
    let mut village = Village::new();
    let [x, helper, stranger] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(9));
    let owed = village.convert(helper, intention, units(3));
    village.report(owed, units(3));
    let link = village.make_link(x, x);
    let offer = village.offer(helper, x, units(2), Side::Debtor);
    let [gone] = village.newcomers();
    village.say(gone, Command::Leave);
    for member in [x, helper, gone] {
        same(&village, stranger, naming(member), naming(MemberId(NOTHING)));
    }
    same(
        &village,
        stranger,
        on_appeal(appeal),
        on_appeal(AppealId(NOTHING)),
    );
    same(
        &village,
        stranger,
        on_intention(intention),
        on_intention(IntentionId(NOTHING)),
    );
    same(
        &village,
        stranger,
        on_obligation(owed),
        on_obligation(ObligationId(NOTHING)),
    );
    same(&village, stranger, on_offer(offer), on_offer(OfferId(NOTHING)));
    let revoke = |link| village.would(stranger, Command::RevokeLink { link });
    assert_eq!(revoke(link), revoke(LinkId(NOTHING)));
}

#[test]
fn o9_only_the_clock_gives_the_clocks_commands_and_says_nothing_of_what_they_name() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(3));
    let period = village.ledger.policy.period(village.at);
    let clocks = |member, appeal, obligation, link| {
        let report = ReportId { obligation, nth: 0 };
        [
            Command::RollOver { member, period },
            Command::Nudge { member, period },
            Command::Summarise { member, period },
            Command::LiftSuspension { member },
            Command::ExpireEmergency { appeal },
            Command::RemindDebtor {
                obligation,
                last: true,
            },
            Command::RemindCreditor { report },
            Command::SettleBySilence { report },
            Command::ExpireLink { link },
        ]
    };
    let link = village.make_link(x, x);
    let there = clocks(x, appeal, owed, link);
    let nowhere = clocks(
        MemberId(NOTHING),
        AppealId(NOTHING),
        ObligationId(NOTHING),
        LinkId(NOTHING),
    );
    for command in there.into_iter().chain(nowhere) {
        assert_eq!(
            village.would(x, command.clone()),
            Err(Refusal::ClockOnly),
            "{command:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Over random histories: whoever is no party of a record, and whoever does not see a member's card, gets the one
    /// answer.
    #[test]
    fn o9_what_is_not_ones_own_is_unknown(story in story()) {
        let history = play(&story);
        let ledger = &history.ledger;
        let village = Village::at(ledger.clone(), history.at);
        let unknown = |to, commands: Vec<Command>| {
            for command in commands {
                let answer = village.would(to, command.clone());
                assert!(
                    matches!(&answer, Err(Refusal::Unknown)) || answer == Ok(vec![]),
                    "{to}: {command:?}: {answer:?}"
                );
            }
        };
        let records = ledger.snapshot();
        for to in ledger.members().filter(|row| row.is_here()).map(|row| row.id) {
            for row in &records.intentions {
                if ![row.author, row.recipient].contains(&to) {
                    unknown(to, on_intention(row.id));
                }
            }
            for row in &records.obligations {
                if ![row.debtor, row.creditor].contains(&to) {
                    unknown(to, on_obligation(row.id));
                }
            }
            for row in &records.offers {
                if ![row.from, row.to].contains(&to) {
                    unknown(to, on_offer(row.id));
                }
            }
            for row in records.bonds.iter().filter(|row| !row.is_of(to)) {
                unknown(to, on_bond(row.id));
            }
            for row in ledger.members() {
                let hidden = !exodus_core::view::sight(ledger, to, row.id).any();
                let bound = ledger.bonds_between(to, row.id).any(|bond| bond.is_current());
                let own_doing = bound
                    || ledger.blocks_by(to).any(|blocked| blocked == row.id)
                    || ledger.member(to).is_some_and(|me| me.linking == Some(row.id));
                if hidden && !own_doing {
                    unknown(to, naming(row.id));
                }
            }
            for row in &records.appeals {
                let sight = exodus_core::view::sight(ledger, to, row.owner);
                let vouches = row.vouches.contains_key(&to);
                if !sight.card() && !vouches {
                    unknown(to, on_appeal(row.id));
                }
            }
        }
    }
}
