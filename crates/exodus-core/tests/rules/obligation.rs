//! Binding promises: let go, asked for, reopened (L8–L10, L16).

use exodus_core::{ClosureKind, Command, MoveReason, ObligationState, Refusal};

use crate::village::{Village, date, units};

#[test]
fn l8_its_debtor_cannot_let_it_go() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let release = Command::Release { obligation };
    assert_eq!(village.try_say(helper, release), Err(Refusal::Unknown));
    assert_eq!(village.obligation(obligation).outstanding(), units(30));
}

#[test]
fn l9_a_waiting_report_is_answered_before_releasing() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(10));
    let release = Command::Release { obligation };
    assert_eq!(village.try_say(x, release.clone()), Err(Refusal::ReportWaits));
    village.confirm(report);
    village.say(x, release.clone());
    let row = village.obligation(obligation);
    assert!(matches!(row.state, ObligationState::Released { .. }));
    assert_eq!(
        (row.settled(), row.closed()),
        (units(10), units(20)),
        "what was confirmed counts on"
    );
    assert_eq!(village.member(helper).reputation.released, 1);
    assert!(
        village.ledger.is_in_circle(appeal, helper),
        "help confirmed this month holds them"
    );
    assert_eq!(village.try_say(x, release), Err(Refusal::NoLonger));
}

#[test]
fn l9_releasing_takes_the_debtor_out_of_the_circle() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.release(obligation);
    assert!(!village.ledger.is_in_circle(appeal, helper));
    assert_eq!(village.member(helper).reputation.overdue, 0);
}

#[test]
fn l9_what_is_overdue_may_be_released_too() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
    village.release(obligation);
    let reputation = village.member(helper).reputation;
    assert_eq!((reputation.overdue, reputation.released), (0, 1));
}

#[test]
fn l10_asking_again_within_a_day_is_refused_with_the_time() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let ask = Command::AskPerformance { obligation };
    assert_eq!(village.try_say(helper, ask.clone()), Err(Refusal::Unknown));
    village.say(x, ask.clone());
    let again = village.at.plus_hours(24);
    village.hours(23);
    assert_eq!(village.try_say(x, ask.clone()), Err(Refusal::TooSoon { again }));
    village.hours(1);
    village.say(x, ask.clone());
    village.report(obligation, units(30));
    village.days(2);
    assert_eq!(
        village.try_say(x, ask),
        Err(Refusal::ReportWaits),
        "nothing is left to ask for (C9)"
    );
}

#[test]
fn l16_a_confirmation_is_opened_again_within_a_day_once() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(30));
    let reopen = Command::Reopen { report, reason: None };
    assert_eq!(village.try_say(x, reopen.clone()), Err(Refusal::NoLonger));
    village.confirm(report);
    assert_eq!(village.member(helper).reputation.on_time, 1);
    assert_eq!(village.try_say(helper, reopen.clone()), Err(Refusal::Unknown));
    village.hours(24);
    village.say(x, reopen.clone());
    let row = village.obligation(obligation);
    assert_eq!((row.state, row.outstanding()), (ObligationState::Open, units(30)));
    assert_eq!(village.member(helper).reputation.on_time, 0);
    let again = village.report(obligation, units(30));
    village.confirm(again);
    let reopen = Command::Reopen {
        report: again,
        reason: None,
    };
    assert_eq!(village.try_say(x, reopen), Err(Refusal::TooLateToReopen), "once");
}

#[test]
fn l16_later_than_a_day_it_stays_confirmed() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(30));
    village.confirm(report);
    village.hours(25);
    let reopen = Command::Reopen { report, reason: None };
    assert_eq!(village.try_say(x, reopen), Err(Refusal::TooLateToReopen));
}

#[test]
fn l16_opened_again_it_is_due_as_after_not_received_and_what_came_back_stays() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.until(date(2026, 11, 30));
    village.hours(4);
    let report = village.report(obligation, units(30));
    village.confirm(report);
    village.hours(18);
    assert_eq!(village.today(), date(2026, 12, 1));
    assert_eq!(village.intended(helper, appeal), Some(units(30)), "it came back");
    let events = village.say(x, Command::Reopen { report, reason: None });
    assert!(events.iter().any(|event| matches!(
        event.fact,
        exodus_core::Fact::DueMoved {
            reason: MoveReason::Reopened,
            ..
        }
    )));
    let row = village.obligation(obligation);
    assert_eq!((row.state, row.due), (ObligationState::Open, date(2026, 12, 31)));
    assert_eq!(village.intended(helper, appeal), Some(units(30)), "and stays");
    village.fulfil(obligation, units(30));
    village.month();
    assert_eq!(
        village.intended(helper, appeal),
        None,
        "once only: it lapsed, and does not come back again"
    );
}

#[test]
fn m11_what_a_leaver_had_not_reported_is_defaulted_and_the_report_stays() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(10));
    village.say(helper, Command::Leave);
    let row = village.obligation(obligation);
    assert_eq!(
        (row.state, row.awaiting(), row.closed()),
        (ObligationState::Open, units(10), units(20))
    );
    village.confirm(report);
    let row = village.obligation(obligation);
    assert!(matches!(row.state, ObligationState::Defaulted { .. }));
    assert_eq!((row.settled(), row.closed()), (units(10), units(20)));
}

#[test]
fn m11_a_default_stays_a_default_when_its_creditor_leaves_too() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.report(obligation, units(10));
    village.say(helper, Command::Leave);
    village.say(x, Command::Leave);
    let row = village.obligation(obligation);
    assert!(matches!(row.state, ObligationState::Defaulted { .. }), "{row:?}");
    assert_eq!(row.closure.unwrap().kind, ClosureKind::Defaulted);
    assert_eq!((row.settled(), row.closed()), (units(10), units(20)));
    village.ledger.invariants().unwrap();
}

#[test]
fn m11_what_a_leaver_is_owed_is_released_and_reports_count_by_silence() {
    let mut village = Village::new();
    let [x, one, other] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let reported = village.oblige(one, appeal, units(30));
    village.report(reported, units(30));
    let open = village.oblige(other, appeal, units(20));
    village.report(open, units(5));
    village.letters();
    village.say(x, Command::Leave);
    let row = village.obligation(reported);
    assert!(matches!(
        row.state,
        ObligationState::Fulfilled { by_silence: true, .. }
    ));
    let row = village.obligation(open);
    assert!(matches!(row.state, ObligationState::Released { .. }));
    assert_eq!((row.settled(), row.closed()), (units(5), units(15)));
    assert_eq!(village.member(one).reputation.by_silence, 1);
    assert_eq!(
        village.member(other).reputation.released,
        0,
        "nobody's word let it go"
    );
    village.ledger.invariants().unwrap();
}
