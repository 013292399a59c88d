//! Reports and their answers (L11–L13).

use exodus_core::{Command, ObligationId, ObligationState, Refusal, ReportState};

use crate::village::{Village, date, units};

/// Somebody owes 100, due on 30 November.
fn owing() -> (Village, ObligationId) {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(500));
    let obligation = village.oblige(helper, appeal, units(100));
    (village, obligation)
}

#[test]
fn l11_nothing_above_what_is_outstanding_and_nothing_twice() {
    let (mut village, obligation) = owing();
    let debtor = village.obligation(obligation).debtor;
    let report = |amount| Command::Report {
        obligation,
        amount: Some(amount),
        note: None,
    };
    village.report(obligation, units(60));
    let outstanding = units(40);
    assert_eq!(
        village.try_say(debtor, report(units(41))),
        Err(Refusal::AboveOutstanding { outstanding })
    );
    village.report(obligation, units(40));
    let outstanding = units(0);
    assert_eq!(
        village.try_say(debtor, report(units(1))),
        Err(Refusal::AboveOutstanding { outstanding })
    );
}

#[test]
fn l11_less_may_be_confirmed_and_not_more() {
    let (mut village, obligation) = owing();
    let creditor = village.obligation(obligation).creditor;
    let report = village.report(obligation, units(60));
    let confirm = |amount| Command::Confirm {
        report,
        amount: Some(amount),
    };
    let reported = units(60);
    assert_eq!(
        village.try_say(creditor, confirm(units(61))),
        Err(Refusal::AboveReported { reported })
    );
    assert_eq!(
        village.try_say(creditor, confirm(units(0))),
        Err(Refusal::ZeroAmount)
    );
    village.confirm_part(report, units(25));
    let row = village.obligation(obligation);
    assert_eq!(
        (row.settled(), row.outstanding(), row.unreported()),
        (units(25), units(75), units(75))
    );
    assert_eq!(
        village.try_say(creditor, confirm(units(5))),
        Err(Refusal::NoLonger)
    );
}

#[test]
fn l11_not_received_long_before_the_due_date_moves_nothing() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(100));
    village.until(date(2026, 11, 27));
    village.refuse(report);
    let row = village.obligation(obligation);
    assert_eq!((row.due, row.due_moved), (date(2026, 11, 30), false));
}

#[test]
fn l11_not_received_near_the_due_date_moves_it_once() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(100));
    village.until(date(2026, 11, 28));
    village.refuse(report);
    assert_eq!(village.obligation(obligation).due, date(2026, 12, 31));
    let report = village.report(obligation, units(100));
    village.until(date(2026, 12, 30));
    village.refuse(report);
    assert_eq!(village.obligation(obligation).due, date(2026, 12, 31), "once");
}

#[test]
fn l11_not_received_after_the_due_date_moves_it_to_the_end_of_the_month() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(100));
    village.until(date(2026, 12, 10));
    assert!(!village.obligation(obligation).is_overdue(), "it waits (L12)");
    village.refuse(report);
    assert_eq!(village.obligation(obligation).due, date(2026, 12, 31));
}

#[test]
fn l11_the_three_days_are_no_matter_of_the_communitys_choice() {
    let (mut village, obligation) = owing();
    village.ledger.policy.late_days = 0;
    let report = village.report(obligation, units(100));
    village.until(date(2026, 11, 29));
    village.refuse(report);
    assert_eq!(
        village.obligation(obligation).due,
        date(2026, 12, 31),
        "less than three days are left of November"
    );
}

#[test]
fn l11_a_refused_amount_reported_again_late_does_not_hold_back_overdue() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(100));
    village.refuse(report);
    village.until(date(2026, 11, 29));
    village.report(obligation, units(100));
    assert_eq!(village.obligation(obligation).holding(), units(0));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn l11_a_refused_amount_reported_again_in_time_holds() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(100));
    village.refuse(report);
    village.until(date(2026, 11, 27));
    village.report(obligation, units(100));
    village.month();
    assert_eq!(village.obligation(obligation).state, ObligationState::Open);
}

#[test]
fn l11_what_was_never_refused_holds_however_late_it_is_reported() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(60));
    village.refuse(report);
    village.report(obligation, units(60));
    village.until(date(2026, 11, 30));
    village.report(obligation, units(40));
    assert_eq!(
        village.obligation(obligation).holding(),
        units(100),
        "60 again in time, 40 for the first time"
    );
    village.month();
    assert_eq!(village.obligation(obligation).state, ObligationState::Open);
}

#[test]
fn l11_reporting_in_parts_does_not_hide_what_was_refused() {
    let (mut village, obligation) = owing();
    let report = village.report(obligation, units(60));
    village.refuse(report);
    village.until(date(2026, 11, 30));
    village.report(obligation, units(40));
    village.report(obligation, units(60));
    assert_eq!(
        village.obligation(obligation).holding(),
        units(40),
        "of 100, 60 had been refused"
    );
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn l11_on_time_is_judged_by_the_report() {
    let (mut village, obligation) = owing();
    let debtor = village.obligation(obligation).debtor;
    village.until(date(2026, 11, 30));
    let report = village.report(obligation, units(100));
    village.until(date(2026, 12, 20));
    village.confirm(report);
    let reputation = village.member(debtor).reputation;
    assert_eq!((reputation.on_time, reputation.late), (1, 0));
}

#[test]
fn l12_the_debtor_reminds_once_a_day() {
    let (mut village, obligation) = owing();
    let debtor = village.obligation(obligation).debtor;
    let report = village.report(obligation, units(100));
    let remind = Command::RemindConfirmation { report };
    village.say(debtor, remind.clone());
    let again = village.at.plus_hours(24);
    village.hours(23);
    assert_eq!(
        village.try_say(debtor, remind.clone()),
        Err(Refusal::TooSoon { again })
    );
    village.hours(1);
    village.say(debtor, remind.clone());
    village.confirm(report);
    village.days(2);
    assert_eq!(village.try_say(debtor, remind), Err(Refusal::NoLonger));
}

#[test]
fn l12_silence_counts_after_sixty_days_and_never_as_overdue() {
    let (mut village, obligation) = owing();
    let debtor = village.obligation(obligation).debtor;
    village.report(obligation, units(100));
    village.days(59);
    assert_eq!(village.obligation(obligation).state, ObligationState::Open);
    village.days(1);
    let row = village.obligation(obligation);
    assert!(matches!(row.reports[0].state, ReportState::BySilence { .. }));
    assert!(row.is_fulfilled());
    let reputation = village.member(debtor).reputation;
    assert_eq!((reputation.by_silence, reputation.on_time), (1, 0));
}
