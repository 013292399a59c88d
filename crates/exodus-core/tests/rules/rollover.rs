//! The roll-over (C3, C4): what lapses, what becomes overdue, and catching up after being down.

use exodus_core::{
    Actor, Command, CommandId, Envelope, Fact, Form, IntentionState, LapseReason, ObligationState, Refusal,
    Status, decide,
};

use crate::village::{Village, date, units};

#[test]
fn c3_1_what_was_not_converted_lapses() {
    let mut village = Village::new();
    let [x, helper, late] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(10));
    village.until(date(2026, 11, 28));
    village.intend(late, appeal, units(20));
    village.month();
    let row = village.ledger.intention(intention).unwrap();
    assert_eq!(row.state, IntentionState::Lapsed);
    assert!(!village.ledger.is_in_circle(appeal, helper));
    assert_eq!(
        village.intended(late, appeal),
        Some(units(20)),
        "recorded in the last three days"
    );
    village.month();
    assert_eq!(village.intended(late, appeal), None);
}

#[test]
fn c3_3_what_was_not_reported_is_overdue_and_takes_its_debtor_out() {
    let mut village = Village::new();
    let [x, helper, reporter] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(10));
    village.intend(helper, appeal, units(5));
    let reported = village.oblige(reporter, appeal, units(20));
    village.report(reported, units(20));
    let partly = village.oblige(reporter, appeal, units(8));
    village.until(date(2026, 11, 29));
    village.letters();
    village.until(date(2026, 12, 1));
    let since = village.ledger.policy.period(village.at);
    assert_eq!(
        village.obligation(obligation).state,
        ObligationState::Overdue { since }
    );
    assert_eq!(village.obligation(reported).state, ObligationState::Open);
    assert!(village.obligation(partly).is_overdue());
    for out in [helper, reporter] {
        assert!(!village.ledger.is_in_circle(appeal, out));
    }
    assert!(village.journal.iter().any(|event| matches!(
        event.fact,
        Fact::IntentionLapsed { author, .. } if author == helper
    )));
    assert!(village.letters().iter().any(|letter| letter.to == x
        && matches!(letter.fact, Fact::ObligationOverdue { debtor, .. } if debtor == helper)));
}

#[test]
fn c3_3_an_intention_of_the_last_days_lapses_beside_what_is_overdue() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(helper, appeal, units(10));
    village.until(date(2026, 11, 30));
    village.intend(helper, appeal, units(5));
    village.month();
    let lapsed = village.journal.iter().find_map(|event| match event.fact {
        Fact::IntentionLapsed { reason, .. } => Some(reason),
        _ => None,
    });
    assert_eq!(lapsed, Some(LapseReason::FellOut));
    let link = village.make_link(x, x);
    village.follow(helper, link);
    let intend = Command::Intend {
        appeal,
        amount: units(5),
        form: Form::Money,
        note: None,
    };
    assert_eq!(village.try_say(helper, intend), Err(Refusal::OverdueThere));
}

#[test]
fn c3_4_the_new_month_starts_with_the_same_target() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.fulfil(obligation, units(30));
    village.month();
    let view = exodus_core::view::appeal(&village.ledger, x, appeal).unwrap();
    assert_eq!(
        (view.target, view.confirmed, view.missing),
        (units(100), units(0), units(100))
    );
}

#[test]
fn c3_only_the_clock_ends_a_month_once_and_not_before_its_time() {
    let mut village = Village::new();
    let x = village.newcomer();
    let period = village.ledger.policy.period(village.at);
    let command = Command::RollOver { member: x, period };
    assert_eq!(village.try_say(x, command.clone()), Err(Refusal::ClockOnly));
    let by_clock = |village: &Village| {
        let (id, by, at) = (CommandId(0), Actor::Clock, village.at);
        let command = command.clone();
        decide(&village.ledger, &Envelope { id, by, at, command })
    };
    assert_eq!(by_clock(&village), Ok(vec![]), "it is not over");
    village.month();
    assert_eq!(by_clock(&village), Ok(vec![]), "it has ended before");
}

#[test]
fn c3_whoever_comes_first_on_a_stale_month_ends_it_first() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(10));
    // Nobody woke the clock for five weeks.
    village.at = village.at.plus_days(35);
    let command = Command::Convert {
        intention,
        amount: None,
    };
    assert_eq!(
        village.would(helper, command.clone()),
        Err(Refusal::MonthNotClosed)
    );
    assert_eq!(village.try_say(helper, command), Err(Refusal::NoLonger));
    assert_eq!(
        village.ledger.intention(intention).unwrap().state,
        IntentionState::Lapsed
    );
}

#[test]
fn c3_after_being_down_over_month_ends_each_is_caught_up_in_order() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.fulfil(obligation, units(30));
    village.at = village.at.plus_days(80);
    village.tick();
    let closed: Vec<_> = village
        .journal
        .iter()
        .filter_map(|event| match event.fact {
            Fact::MonthClosed { member, period, .. } if member == x => Some(period.month()),
            _ => None,
        })
        .collect();
    assert_eq!(closed, [11, 12]);
    assert_eq!(
        village.intended(helper, appeal),
        Some(units(30)),
        "kept in November"
    );
    village.ledger.invariants().unwrap();
}

#[test]
fn c8_without_the_last_reminder_nothing_becomes_overdue() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    // Down from before the reminders until after the month's end.
    village.until(date(2026, 11, 26));
    village.at = village.at.plus_days(6);
    village.tick();
    assert_eq!(village.today(), date(2026, 12, 2));
    assert_eq!(village.obligation(obligation).state, ObligationState::Open);
    village.until(date(2026, 12, 30));
    let reminded = village.obligation(obligation).reminded_last.unwrap();
    assert_eq!(village.ledger.policy.date(reminded), date(2026, 12, 30));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn c8_a_last_reminder_less_than_a_day_before_is_given_again_the_month_after() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(30));
    village.until(date(2026, 11, 28));
    village.at = village.at.plus_hours(2 * 24 + 2);
    village.tick();
    assert_eq!(village.today(), date(2026, 11, 30));
    assert!(village.obligation(obligation).reminded_last.is_some());
    village.until(date(2026, 12, 1));
    assert_eq!(village.obligation(obligation).state, ObligationState::Open);
    village.letters();
    village.until(date(2026, 12, 31));
    let again = village.letters().into_iter().any(|letter| {
        letter.on == date(2026, 12, 30) && matches!(letter.fact, Fact::DebtorReminded { last: true, .. })
    });
    assert!(again, "no step comes as a surprise");
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn c4_nobody_with_nothing_to_report_gets_a_summary() {
    let mut village = Village::new();
    let [x, helper, quiet] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    village.letters();
    village.month();
    let summed = |letters: &[crate::village::Letter], member| {
        letters
            .iter()
            .filter(|letter| letter.to == member)
            .filter(|letter| matches!(letter.fact, Fact::MonthSummarised { .. }))
            .count()
    };
    let letters = village.letters();
    assert_eq!(
        [x, helper, quiet].map(|member| summed(&letters, member)),
        [1, 1, 0]
    );
    village.month();
    let letters = village.letters();
    assert_eq!(
        summed(&letters, helper),
        0,
        "a month in which nothing of theirs moved"
    );
    assert_eq!(village.ledger.status(x), Status::Orange);
}
