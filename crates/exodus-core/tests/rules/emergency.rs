//! Emergencies: called, changed, ended (M6, C5–C7).

use exodus_core::{Before, Command, Ending, Fact, Form, ObligationState, Refusal, Status};

use crate::village::{Village, date, units};

fn ended(village: &Village) -> Option<(Ending, Before)> {
    village.journal.iter().rev().find_map(|event| match event.fact {
        Fact::EmergencyEnded { ending, then, .. } => Some((ending, then)),
        _ => None,
    })
}

#[test]
fn m6_a_deadline_is_one_to_thirty_one_days_ahead() {
    let mut village = Village::new();
    let x = village.newcomer();
    let call = |deadline| Command::CallEmergency {
        target: units(10),
        deadline,
        reason: None,
        talk: None,
    };
    let (earliest, latest) = (date(2026, 11, 3), date(2026, 12, 3));
    for (deadline, refusal) in [
        (date(2026, 11, 2), Refusal::DateTooSoon { earliest }),
        (date(2026, 12, 4), Refusal::DateTooFar { latest }),
    ] {
        assert_eq!(village.try_say(x, call(deadline)), Err(refusal));
        let policy = &village.ledger.policy;
        assert_eq!(policy.check_deadline(village.today(), deadline), Err(refusal));
    }
    for deadline in [earliest, latest] {
        assert_eq!(
            village.ledger.policy.check_deadline(village.today(), deadline),
            Ok(())
        );
    }
    village.say(x, call(latest));
    assert_eq!(village.try_say(x, call(latest)), Err(Refusal::AlreadyRed));
}

#[test]
fn m5_one_appeal_of_ones_own_at_a_time() {
    let mut village = Village::new();
    let x = village.newcomer();
    village.orange(x, units(100));
    let ask = Command::AskMonthly {
        target: units(5),
        purpose: None,
        findable: false,
    };
    assert_eq!(village.try_say(x, ask.clone()), Err(Refusal::AlreadyOrange));
    village.red(x, units(100), 5);
    assert_eq!(village.try_say(x, ask), Err(Refusal::AlreadyRed));
    assert_eq!(village.try_say(x, Command::EndMonthly), Err(Refusal::AlreadyRed));
}

#[test]
fn m6_red_ends_by_word_to_the_status_before_or_to_green() {
    for (then, status) in [(Before::Orange, Status::Orange), (Before::Green, Status::Green)] {
        let mut village = Village::new();
        let [x, helper] = village.newcomers();
        let appeal = village.orange(x, units(100));
        village.intend(helper, appeal, units(10));
        village.red(x, units(100), 5);
        village.say(x, Command::EndEmergency { then });
        assert_eq!(village.ledger.status(x), status);
        let live = village.intended(helper, appeal).is_some();
        assert_eq!(live, then == Before::Orange);
        if then == Before::Orange {
            assert_eq!(village.ledger.appeal(appeal).unwrap().target, units(100));
        }
    }
}

#[test]
fn m6_who_was_green_does_not_become_orange() {
    let mut village = Village::new();
    let x = village.newcomer();
    village.red(x, units(100), 5);
    village.say(x, Command::EndEmergency { then: Before::Orange });
    assert_eq!(village.ledger.status(x), Status::Green);
}

#[test]
fn c5_confirmed_help_that_reaches_the_target_ends_it_and_the_rest_is_cancelled() {
    let mut village = Village::new();
    let [x, one, two, three] = village.newcomers();
    village.orange(x, units(50));
    let emergency = village.red(x, units(100), 9);
    let (first, open) = (
        village.promise(one, emergency, units(100)),
        village.promise(two, emergency, units(40)),
    );
    let waiting = village.promise(three, emergency, units(30));
    let waiting = village.report(waiting, units(20));
    let report = village.report(first, units(100));
    village.letters();
    village.confirm_part(report, units(100));
    assert_eq!(ended(&village), Some((Ending::Reached, Before::Orange)));
    assert_eq!(village.ledger.status(x), Status::Orange);
    let row = village.obligation(open);
    assert!(matches!(row.state, ObligationState::Cancelled { .. }));
    let row = village.obligation(waiting.obligation);
    assert_eq!(
        (row.state, row.awaiting(), row.closed()),
        (ObligationState::Open, units(20), units(10)),
        "what was reported waits for its answer (C7)"
    );
    village.confirm(waiting);
    let row = village.obligation(waiting.obligation);
    assert_eq!((row.settled(), row.outstanding()), (units(20), units(0)));
    village.ledger.invariants().unwrap();
}

#[test]
fn c5_what_waited_beyond_the_target_and_is_refused_is_cancelled_like_the_rest() {
    let mut village = Village::new();
    let [x, one, two] = village.newcomers();
    let emergency = village.red(x, units(100), 9);
    let first = village.promise(one, emergency, units(100));
    let beyond = village.promise(two, emergency, units(30));
    let waiting = village.report(beyond, units(30));
    village.fulfil(first, units(100));
    assert_eq!(village.ledger.status(x), Status::Green);
    village.refuse(waiting);
    let row = village.obligation(beyond);
    assert!(matches!(row.state, ObligationState::Cancelled { .. }));
    assert_eq!(row.closed(), units(30));
}

#[test]
fn l16_opened_again_after_it_succeeded_it_stays_to_be_kept() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let emergency = village.red(x, units(100), 9);
    let obligation = village.promise(one, emergency, units(100));
    let report = village.report(obligation, units(100));
    village.confirm(report);
    village.hours(1);
    village.say(x, Command::Reopen { report, reason: None });
    assert_eq!(village.ledger.status(x), Status::Green, "it stays ended");
    village.hours(1);
    let again = village.report(obligation, units(100));
    village.refuse(again);
    let row = village.obligation(obligation);
    assert_eq!(
        (row.state, row.outstanding()),
        (ObligationState::Open, units(100))
    );
}

#[test]
fn c5_a_part_refused_in_the_answer_that_reaches_the_target_is_cancelled_too() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let emergency = village.red(x, units(100), 9);
    let obligation = village.promise(one, emergency, units(150));
    let report = village.report(obligation, units(120));
    village.confirm_part(report, units(100));
    let row = village.obligation(obligation);
    assert!(matches!(row.state, ObligationState::Cancelled { .. }));
    assert_eq!((row.settled(), row.closed()), (units(100), units(50)));
}

#[test]
fn c5_silence_does_not_reach_a_target() {
    let mut village = Village::new();
    village.ledger.policy.silence_days = 5;
    let [x, one] = village.newcomers();
    let emergency = village.red(x, units(100), 20);
    let obligation = village.promise(one, emergency, units(100));
    village.report(obligation, units(100));
    village.days(6);
    assert!(village.obligation(obligation).is_fulfilled());
    assert_eq!(village.ledger.status(x), Status::Red);
}

#[test]
fn m6_lowering_the_target_to_what_is_confirmed_ends_it() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let appeal = village.red(x, units(100), 20);
    let obligation = village.promise(one, appeal, units(60));
    village.fulfil(obligation, units(60));
    let change = |target| Command::ChangeAppeal {
        appeal,
        target: Some(target),
        deadline: None,
        purpose: None,
        findable: None,
    };
    village.say(x, change(units(61)));
    assert_eq!(village.ledger.status(x), Status::Red);
    village.letters();
    village.say(x, change(units(60)));
    assert_eq!(ended(&village), Some((Ending::Reached, Before::Green)));
    assert_eq!(village.told(one).len(), 1, "of its end, not of the change too");
}

#[test]
fn c6_its_deadline_passes_and_obligations_stay() {
    let mut village = Village::new();
    let [x, one, two] = village.newcomers();
    let emergency = village.red(x, units(100), 5);
    let kept = village.promise(one, emergency, units(30));
    village.fulfil(kept, units(30));
    let open = village.promise(two, emergency, units(40));
    village.days(5);
    assert_eq!(village.ledger.status(x), Status::Red, "the last day is not over");
    village.days(1);
    assert_eq!(ended(&village), Some((Ending::Expired, Before::Green)));
    assert_eq!(village.obligation(open).state, ObligationState::Open);
    assert!(village.ledger.is_in_circle(emergency, two));
    assert!(
        !village.ledger.is_in_circle(emergency, one),
        "help given holds until it ends"
    );
}

#[test]
fn c7_a_later_deadline_moves_due_dates_an_earlier_one_does_not() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let appeal = village.red(x, units(100), 10);
    let obligation = village.promise(one, appeal, units(30));
    let to = |deadline| Command::ChangeAppeal {
        appeal,
        target: None,
        deadline: Some(deadline),
        purpose: None,
        findable: None,
    };
    village.say(x, to(date(2026, 11, 8)));
    assert_eq!(village.obligation(obligation).due, date(2026, 11, 12));
    village.say(x, to(date(2026, 11, 20)));
    assert_eq!(village.obligation(obligation).due, date(2026, 11, 20));
    assert_eq!(village.say(x, to(date(2026, 11, 20))), [], "it is so already");
    village.until(date(2026, 11, 20));
    assert_eq!(
        village.say(x, to(date(2026, 11, 20))),
        [],
        "also on the last day, when it could not be chosen any more"
    );
}

#[test]
fn c7_overdue_at_the_first_month_end_three_days_after_the_deadline() {
    let overdue = |days, until| {
        let mut village = Village::new();
        let [x, one] = village.newcomers();
        let emergency = village.red(x, units(100), days);
        let obligation = village.promise(one, emergency, units(30));
        let on = exodus_core::period::overdue_on(&village.ledger, village.obligation(obligation));
        village.until(until);
        (village.obligation(obligation).is_overdue(), on)
    };
    let (december, january) = (Some(date(2026, 12, 1)), Some(date(2027, 1, 1)));
    assert_eq!(overdue(25, date(2026, 12, 1)), (true, december), "the 27th");
    assert_eq!(overdue(26, date(2026, 12, 1)), (false, january), "the 28th");
    assert_eq!(overdue(26, date(2026, 12, 31)), (false, january));
    assert_eq!(overdue(26, date(2027, 1, 1)), (true, january));
}

#[test]
fn c7_a_date_moved_by_not_received_counts_like_any_other() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let emergency = village.red(x, units(100), 5);
    let obligation = village.promise(one, emergency, units(30));
    let report = village.report(obligation, units(30));
    village.until(date(2026, 11, 10));
    village.refuse(report);
    assert_eq!(village.obligation(obligation).due, date(2026, 11, 30));
    let on = exodus_core::period::overdue_on(&village.ledger, village.obligation(obligation));
    assert_eq!(on, Some(date(2026, 12, 1)));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn c7_kept_help_of_an_emergency_does_not_come_back() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    village.orange(x, units(50));
    let emergency = village.red(x, units(100), 25);
    let obligation = village.promise(one, emergency, units(30));
    village.fulfil(obligation, units(30));
    village.month();
    assert_eq!(village.ledger.intentions_by(one).count(), 0);
}

#[test]
fn m8a_who_helps_may_vouch_and_say_it_once() {
    let mut village = Village::new();
    let [x, helper, stranger] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(10));
    let link = village.make_link(x, x);
    village.follow(stranger, link);
    let vouch = Command::Vouch { appeal, note: None };
    assert_eq!(
        village.try_say(stranger, vouch.clone()),
        Err(Refusal::NotInCircle)
    );
    assert_eq!(village.try_say(x, vouch.clone()), Err(Refusal::Oneself));
    village.say(helper, vouch.clone());
    assert_eq!(village.say(helper, vouch.clone()), [], "it is so already");
    village.say(helper, Command::WithdrawVouch { appeal });
    assert_eq!(
        village.try_say(helper, Command::WithdrawVouch { appeal }),
        Err(Refusal::Unknown)
    );
    village.say(helper, vouch);
    village.say(x, Command::EndMonthly);
    village.orange(x, units(100));
    let vouches = &village.ledger.appeal(appeal).unwrap().vouches;
    assert!(vouches.is_empty(), "for that appeal only");
}

#[test]
fn m6_help_given_is_recorded_towards_an_emergency_too() {
    let mut village = Village::new();
    let [x, one] = village.newcomers();
    let emergency = village.red(x, units(100), 25);
    let report = village.record(one, emergency, units(100));
    assert_eq!(village.obligation(report.obligation).form, Form::Money);
    village.confirm(report);
    assert_eq!(ended(&village), Some((Ending::Reached, Before::Green)));
}
