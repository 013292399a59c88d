//! What rests while somebody is in an emergency, and how it thaws (M5, M6).

use exodus_core::{Before, Command, Form, Refusal, Side};

use crate::village::{Village, date, units};

#[test]
fn m6_nothing_new_is_promised_in_an_emergency() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (monthly, emergency) = (village.orange(x, units(100)), village.red(y, units(100), 20));
    let intention = village.intend(me, monthly, units(10));
    for owner in [x, y] {
        let link = village.make_link(owner, owner);
        village.follow(me, link);
    }
    village.red(me, units(100), 9);
    let (amount, form, note) = (units(5), Form::Money, None);
    let new = [
        Command::Promise {
            appeal: emergency,
            amount,
            form,
            note,
        },
        Command::Convert {
            intention,
            amount: None,
        },
        Command::ChangeIntention {
            intention,
            amount: units(11),
        },
    ];
    for command in new {
        assert_eq!(village.try_say(me, command), Err(Refusal::InEmergency));
    }
    village.say(
        me,
        Command::ChangeIntention {
            intention,
            amount: units(9),
        },
    );
    village.say(
        me,
        Command::PerformAtOnce {
            intention,
            amount: Some(units(4)),
            note: None,
        },
    );
    village.say(me, Command::WithdrawIntention { intention });
}

#[test]
fn m5_a_resting_appeal_takes_nothing_new_and_no_more() {
    let mut village = Village::new();
    let [x, helper, other] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(10));
    let thing = village.intend_in(other, appeal, units(10), Form::Thing);
    village.say(
        x,
        Command::ProposeValue {
            intention: thing,
            amount: units(15),
        },
    );
    village.red(x, units(100), 9);
    let change = |amount| Command::ChangeIntention { intention, amount };
    assert_eq!(village.try_say(helper, change(units(11))), Err(Refusal::Frozen));
    let take = Command::AnswerValue {
        intention: thing,
        take: true,
    };
    assert_eq!(village.try_say(other, take), Err(Refusal::Frozen));
    village.say(helper, change(units(9)));
    let intend = Command::Intend {
        appeal,
        amount: units(1),
        form: Form::Money,
        note: None,
    };
    assert_eq!(village.try_say(helper, intend), Err(Refusal::AppealClosed));
}

#[test]
fn m5_converting_makes_an_obligation_towards_the_emergency() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(10));
    let emergency = village.red(x, units(100), 9);
    let obligation = village.convert(helper, intention, units(4));
    let row = village.obligation(obligation);
    assert_eq!((row.appeal(), row.due), (Some(emergency), date(2026, 11, 11)));
    assert!(!row.is_monthly());
    assert_eq!(village.intended(helper, appeal), Some(units(6)));
}

#[test]
fn m5_its_intentions_do_not_lapse_and_its_obligations_stay_due() {
    let mut village = Village::new();
    let [x, helper, other] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(10));
    let obligation = village.oblige(other, appeal, units(20));
    village.until(date(2026, 11, 20));
    village.red(x, units(100), 31);
    village.month();
    assert_eq!(village.intended(helper, appeal), Some(units(10)));
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn m6_while_frozen_nothing_becomes_overdue_and_nobody_is_reminded_or_asked() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(me, appeal, units(20));
    let intention = village.intend(me, appeal, units(10));
    village.until(date(2026, 11, 20));
    village.red(me, units(100), 31);
    village.letters();
    village.until(date(2026, 12, 2));
    assert!(!village.obligation(obligation).is_overdue());
    assert_eq!(village.intended(me, appeal), Some(units(10)));
    let reminded = village.letters().into_iter().filter(|letter| letter.to == me);
    let reminded: Vec<_> = reminded
        .filter(|letter| !matches!(letter.fact, exodus_core::Fact::MonthSummarised { .. }))
        .collect();
    assert_eq!(reminded, []);
    assert_eq!(
        village.try_say(x, Command::AskPerformance { obligation }),
        Err(Refusal::Frozen)
    );
    assert_eq!(
        village.try_say(x, Command::AskConversion { intention }),
        Err(Refusal::Frozen)
    );
    village.fulfil(obligation, units(5));
}

#[test]
fn m6_what_was_reminded_of_before_is_not_overdue_while_frozen_either() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(me, appeal, units(20));
    village.until(date(2026, 11, 29));
    assert!(village.obligation(obligation).reminded_last.is_some());
    village.red(me, units(100), 31);
    village.until(date(2026, 12, 2));
    assert!(!village.obligation(obligation).is_overdue());
    let view = exodus_core::view::obligation(&village.ledger, me, obligation, village.at).unwrap();
    assert_eq!((view.frozen, view.overdue_on), (true, None));
    village.say(me, Command::EndEmergency { then: Before::Green });
    assert_eq!(village.obligation(obligation).due, date(2026, 12, 31));
    let view = exodus_core::view::obligation(&village.ledger, me, obligation, village.at).unwrap();
    assert_eq!(view.overdue_on, Some(date(2027, 1, 1)));
}

#[test]
fn m6_thawed_it_is_due_in_three_days_at_the_earliest() {
    let due = |day, late_days| {
        let mut village = Village::new();
        village.ledger.policy.late_days = late_days;
        let [x, me] = village.newcomers();
        let appeal = village.orange(x, units(100));
        let monthly = village.oblige(me, appeal, units(20));
        let link = village.make_link(x, x);
        village.follow(me, link);
        let link = village.make_link(me, me);
        village.orange(me, units(1));
        village.follow(x, link);
        let offer = exodus_core::OfferId(village.ledger.next_number());
        village.say(
            me,
            Command::MakeOffer {
                to: x,
                side: Side::Debtor,
                amount: units(3),
                form: Form::Time,
                due: Some(date(2026, 11, 12)),
                note: None,
                given: false,
            },
        );
        let direct = exodus_core::ObligationId(village.ledger.next_number());
        village.say(x, Command::AnswerOffer { offer, accept: true });
        village.red(me, units(100), 31);
        village.until(date(2026, 11, day));
        village.say(me, Command::EndEmergency { then: Before::Green });
        (village.obligation(monthly).due, village.obligation(direct).due)
    };
    let (november, december) = (date(2026, 11, 30), date(2026, 12, 31));
    assert_eq!(due(9, 3), (november, date(2026, 11, 12)), "three days ahead");
    assert_eq!(due(10, 3), (november, november));
    assert_eq!(due(27, 3), (november, november));
    assert_eq!(due(28, 3), (december, december), "less than three days left");
    assert_eq!(
        due(28, 0),
        (december, december),
        "whatever the community chose for L7"
    );
}

#[test]
fn m6_a_thawed_intention_counts_as_recorded_that_day() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(me, appeal, units(10));
    let made = village.at;
    village.red(me, units(100), 31);
    village.until(date(2026, 11, 29));
    village.say(me, Command::EndEmergency { then: Before::Green });
    let row = village.ledger.intention(intention).unwrap();
    assert_eq!((row.made, row.changed, row.recorded), (made, None, village.at));
    village.month();
    assert_eq!(
        village.intended(me, appeal),
        Some(units(10)),
        "carried over (C3.1)"
    );
    village.month();
    assert_eq!(village.intended(me, appeal), None);
}

#[test]
fn m6_an_intention_frozen_from_both_sides_thaws_with_the_second() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(me, appeal, units(10));
    village.red(me, units(100), 31);
    village.red(x, units(100), 31);
    village.days(1);
    village.say(me, Command::EndEmergency { then: Before::Green });
    let frozen = |village: &Village| {
        let row = village.ledger.intention(intention).unwrap();
        (village.ledger.is_frozen(row), row.recorded == village.at)
    };
    assert_eq!(frozen(&village), (true, false));
    village.days(1);
    village.say(x, Command::EndEmergency { then: Before::Orange });
    assert_eq!(frozen(&village), (false, true));
}

#[test]
fn m6_what_was_overdue_before_stays_so_and_does_not_count_for_suspension() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(me, appeal, units(20));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
    village.red(me, units(100), 31);
    village.month();
    assert!(village.obligation(obligation).is_overdue());
    assert_eq!(village.member(me).suspended, None);
    assert_eq!(village.member(me).overdue_streak, 1);
}
