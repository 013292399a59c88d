//! The organizer, the archives and home (L16, L18, M6, C8).

use exodus_core::{Command, Form, ReportId, Side, Status, view};

use crate::village::{Village, date, units};

#[test]
fn organizer_lists_what_waits_for_whom() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let thing = village.intend_in(helper, appeal, units(30), Form::Thing);
    village.say(
        x,
        Command::ProposeValue {
            intention: thing,
            amount: units(20),
        },
    );
    village.say(x, Command::AskConversion { intention: thing });
    let view = view::organizer(&village.ledger, helper);
    assert_eq!(
        (&view.my_intentions, &view.to_convert, &view.to_value),
        (&vec![thing], &vec![thing], &vec![thing])
    );
    assert_eq!(view::organizer(&village.ledger, x).intentions_for_me, [thing]);
    let later = village.convert(helper, thing, units(5));
    let offer = village.offer(x, helper, units(3), Side::Debtor);
    assert_eq!(view::organizer(&village.ledger, helper).to_answer, [offer]);
    assert_eq!(view::organizer(&village.ledger, x).my_offers, [offer]);
    village.say(helper, Command::AnswerOffer { offer, accept: false });
    let due = Some(date(2026, 11, 12));
    let sooner = exodus_core::ObligationId(village.ledger.next_number() + 1);
    let make = Command::MakeOffer {
        to: x,
        side: Side::Debtor,
        amount: units(4),
        form: Form::Time,
        due,
        note: None,
        given: false,
    };
    village.say(helper, make);
    village.say(
        x,
        Command::AnswerOffer {
            offer: exodus_core::OfferId(sooner.0 - 1),
            accept: true,
        },
    );
    village.say(x, Command::AskPerformance { obligation: later });
    let view = view::organizer(&village.ledger, helper);
    assert_eq!(view.my_obligations, [sooner, later], "the nearest due first");
    assert_eq!(view.to_perform, [later]);
    assert!(view.to_convert.is_empty(), "done, in part");
    let report = village.report(later, units(5));
    assert!(
        view::organizer(&village.ledger, helper).to_perform.is_empty(),
        "C9: done already"
    );
    let view = view::organizer(&village.ledger, x);
    assert_eq!(
        (view.to_confirm, view.obligations_for_me),
        (vec![report], vec![sooner, later])
    );
    village.confirm(report);
    for member in [x, helper] {
        assert_eq!(view::organizer(&village.ledger, member).fulfilled, [later]);
    }
}

#[test]
fn m6_an_emergency_asks_everyone_to_convert_and_nobody_for_what_their_own_froze() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    let to_convert = |village: &Village| view::organizer(&village.ledger, helper).to_convert;
    assert_eq!(to_convert(&village), []);
    village.red(x, units(500), 9);
    assert_eq!(to_convert(&village), [intention]);
    assert!(
        view::intention(&village.ledger, helper, intention, village.at)
            .expect("mine")
            .may_convert
    );
    village.red(helper, units(500), 9);
    assert_eq!(to_convert(&village), []);
    assert!(
        !view::intention(&village.ledger, helper, intention, village.at)
            .expect("mine")
            .may_convert
    );
}

#[test]
fn l18_what_is_performed_late_moves_to_the_fulfilled_archive() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let kept = village.oblige(helper, appeal, units(10));
    let late = village.oblige(helper, appeal, units(10));
    village.fulfil(kept, units(10));
    village.month();
    for member in [x, helper] {
        let view = view::organizer(&village.ledger, member);
        assert_eq!((view.fulfilled, view.not_kept), (vec![kept], vec![late]));
    }
    assert_eq!(view::organizer(&village.ledger, helper).to_perform, [late]);
    village.fulfil(late, units(10));
    for member in [x, helper] {
        let view = view::organizer(&village.ledger, member);
        assert_eq!(
            (view.fulfilled, view.not_kept),
            (vec![late, kept], vec![]),
            "newest first"
        );
    }
}

#[test]
fn l16_a_confirmation_can_be_opened_again_for_a_day_once_while_nothing_was_let_go() {
    let mut village = Village::new();
    let [x, helper, other] = village.newcomers();
    let emergency = village.red(x, units(100), 20);
    let may = |village: &Village, report: ReportId| {
        let record = view::obligation(&village.ledger, x, report.obligation, village.at).expect("a party");
        let may = record.reports[usize::try_from(report.nth).expect("few")].may_reopen;
        let answer = village.would(x, Command::Reopen { report, reason: None });
        assert_eq!(may, answer.is_ok(), "{answer:?}");
        may
    };
    let owed = village.promise(helper, emergency, units(60));
    let first = village.report(owed, units(10));
    assert!(!may(&village, first), "not answered");
    village.confirm(first);
    assert!(may(&village, first));
    village.hours(24);
    assert!(may(&village, first));
    village.hours(1);
    assert!(!may(&village, first), "a day has passed");
    let second = village.report(owed, units(10));
    village.confirm(second);
    let third = village.report(owed, units(5));
    let kept = village.promise(other, emergency, units(80));
    let report = village.report(kept, units(80));
    assert!(may(&village, second));
    village.confirm(report);
    assert_eq!(village.ledger.status(x), Status::Green, "the target is reached");
    assert!(!may(&village, second), "the rest was cancelled");
    assert!(!may(&village, third));
    assert!(may(&village, report));
    village.say(other, Command::Leave);
    assert!(!may(&village, report), "the debtor has left");
}

#[test]
fn home_says_where_the_month_stands() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(40));
    village.fulfil(owed, units(15));
    village.intend(helper, appeal, units(7));
    let home = view::home(&village.ledger, helper, village.at).expect("here");
    assert_eq!(
        (home.status, home.days_left, home.in_need, home.network),
        (Status::Green, 29, 1, 1)
    );
    assert_eq!(
        (home.promised, home.given, home.received),
        (units(25 + 7), units(15), units(0))
    );
    let home = view::home(&village.ledger, x, village.at).expect("here");
    assert_eq!(
        (home.status, home.received, home.given),
        (Status::Orange, units(15), units(0))
    );
    assert_eq!(home.appeal.expect("orange").missing, units(60));
    village.days(28);
    assert_eq!(
        view::home(&village.ledger, x, village.at)
            .expect("here")
            .days_left,
        1
    );
    village.days(1);
    let home = view::home(&village.ledger, x, village.at).expect("here");
    assert_eq!((home.days_left, home.received), (31, units(0)), "a new month");
}

#[test]
fn c8_suspension_is_on_an_emergencys_card_and_ones_own() {
    let mut village = Village::new();
    let [x, other] = village.newcomers();
    let target = village.orange(other, units(100));
    let mine = village.orange(x, units(50));
    village.oblige(x, target, units(10));
    village.intend(other, mine, units(1));
    village.month();
    village.intend(other, mine, units(1));
    village.month();
    assert!(village.ledger.member(x).expect("here").suspended.is_some());
    village.intend(other, mine, units(1));
    let suspended = |village: &Village, viewer| {
        view::card(&village.ledger, viewer, x)
            .expect("in sight")
            .suspended
    };
    assert!(suspended(&village, x));
    assert!(!suspended(&village, other));
    village.red(x, units(500), 9);
    assert!(suspended(&village, other));
}
