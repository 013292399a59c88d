//! Falling out has steps and a way back (C8).

use exodus_core::{Before, Command, Fact, Form, MemberId, ObligationId, Refusal, Side, notice::Category};

use crate::village::{Village, date, units};

/// Somebody who let two month ends pass with something overdue towards X; `y` is in need too, and in sight.
struct Suspended {
    village: Village,
    me: MemberId,
    x: MemberId,
    y: MemberId,
    overdue: ObligationId,
}

fn suspended() -> Suspended {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.orange(y, units(100));
    for owner in [x, y] {
        let link = village.make_link(owner, owner);
        village.follow(me, link);
    }
    let overdue = village.oblige(me, appeal, units(30));
    village.month();
    assert_eq!(village.member(me).suspended, None, "after one month end");
    village.month();
    assert!(village.member(me).suspended.is_some());
    Suspended {
        village,
        me,
        x,
        y,
        overdue,
    }
}

#[test]
fn c8_each_step_is_reminded_of_before_and_told_and_journalled() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(me, appeal, units(30));
    village.letters();
    village.until(date(2027, 2, 5));
    let steps: Vec<_> = village
        .letters()
        .into_iter()
        .filter(|letter| letter.to == me)
        .filter_map(|letter| {
            let step = match letter.fact {
                Fact::DebtorReminded { last: false, .. } => "reminder",
                Fact::DebtorReminded { last: true, .. } => "last reminder",
                Fact::ObligationOverdue { .. } => "out",
                Fact::MemberSuspended { .. } => "suspended",
                _ => return None,
            };
            Some((letter.on, step))
        })
        .collect();
    assert_eq!(
        steps,
        [
            (date(2026, 11, 27), "reminder"),
            (date(2026, 11, 29), "last reminder"),
            (date(2026, 12, 1), "out"),
            (date(2026, 12, 30), "last reminder"),
            (date(2027, 1, 1), "suspended"),
        ],
        "and no last reminder where no step is left"
    );
    let journalled = village
        .journal
        .iter()
        .filter(|event| matches!(event.fact, Fact::MemberSuspended { member } if member == me));
    assert_eq!(journalled.count(), 1);
}

#[test]
fn c8_suspended_nothing_new_is_promised() {
    let Suspended {
        mut village,
        me,
        x,
        y,
        ..
    } = suspended();
    let monthly = village.ledger.current_appeal(y).unwrap().id;
    let (amount, form, note) = (units(5), Form::Money, None);
    let emergency = {
        let z = village.newcomer();
        let appeal = village.red(z, units(50), 20);
        let link = village.make_link(z, z);
        village.follow(me, link);
        appeal
    };
    let new = [
        Command::Intend {
            appeal: monthly,
            amount,
            form,
            note,
        },
        Command::Promise {
            appeal: emergency,
            amount,
            form,
            note,
        },
        Command::AskMonthly {
            target: amount,
            purpose: None,
            findable: false,
        },
    ];
    for command in new {
        assert_eq!(
            village.try_say(me, command.clone()),
            Err(Refusal::Suspended),
            "{command:?}"
        );
    }
    let _ = x;
}

#[test]
fn c8_suspended_nothing_is_agreed_to_be_done() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (appeal, mine) = (village.orange(x, units(100)), village.orange(me, units(50)));
    // Y and I see each other: Y helps me.
    village.intend(y, mine, units(1));
    village.oblige(me, appeal, units(30));
    village.month();
    village.intend(y, mine, units(1));
    let asked = village.offer(y, me, units(3), Side::Creditor);
    village.month();
    village.intend(y, mine, units(1));
    assert!(village.member(me).suspended.is_some());
    let accept = |offer, accept| Command::AnswerOffer { offer, accept };
    let (form, due, note) = (Form::Time, Some(date(2027, 1, 20)), None);
    let offer = |to, side, given| Command::MakeOffer {
        to,
        side,
        amount: units(3),
        form,
        due,
        note,
        given,
    };
    assert_eq!(
        village.try_say(me, offer(y, Side::Debtor, false)),
        Err(Refusal::Suspended)
    );
    let late = village.try_say(me, accept(asked, true));
    assert!(
        matches!(late, Err(Refusal::Suspended | Refusal::OfferPassed { .. })),
        "{late:?}"
    );
    let again = exodus_core::OfferId(village.ledger.next_number());
    village.say(y, offer(me, Side::Creditor, false));
    assert_eq!(village.try_say(me, accept(again, true)), Err(Refusal::Suspended));
    // What was done already, and what others will do, is no promise of mine.
    village.say(me, offer(y, Side::Debtor, true));
    village.say(me, offer(y, Side::Creditor, false));
}

#[test]
fn c8_an_offer_made_before_is_not_accepted_while_its_debtor_is_suspended() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (appeal, mine) = (village.orange(x, units(100)), village.orange(me, units(50)));
    village.intend(y, mine, units(1));
    village.oblige(me, appeal, units(30));
    village.month();
    village.intend(y, mine, units(1));
    let offer = exodus_core::OfferId(village.ledger.next_number());
    village.say(
        me,
        Command::MakeOffer {
            to: y,
            side: Side::Debtor,
            amount: units(3),
            form: Form::Time,
            due: Some(date(2027, 2, 20)),
            note: None,
            given: false,
        },
    );
    village.month();
    village.intend(y, mine, units(1));
    let accept = Command::AnswerOffer { offer, accept: true };
    assert_eq!(
        village.try_say(y, accept),
        Err(Refusal::OtherMayNotPromise),
        "no word of the suspension, which is not for others to see"
    );
}

#[test]
fn c8_what_exists_runs_on() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (appeal, other, mine) = (
        village.orange(x, units(100)),
        village.orange(y, units(100)),
        village.orange(me, units(50)),
    );
    village.oblige(me, appeal, units(30));
    village.until(date(2026, 12, 29));
    let standing = village.intend(me, other, units(9));
    let owed = village.convert(me, standing, units(7));
    village.month();
    assert!(village.member(me).suspended.is_some());
    assert!(village.ledger.appeal(mine).unwrap().is_open(), "their own appeal");
    let change = |amount| Command::ChangeIntention {
        intention: standing,
        amount,
    };
    // Two are left of the nine.
    village.say(me, change(units(1)));
    assert_eq!(village.try_say(me, change(units(2))), Err(Refusal::Suspended));
    let convert = Command::Convert {
        intention: standing,
        amount: None,
    };
    assert_eq!(village.try_say(me, convert), Err(Refusal::Suspended));
    village.say(
        me,
        Command::PerformAtOnce {
            intention: standing,
            amount: None,
            note: None,
        },
    );
    village.fulfil(owed, units(7));
    village.record(me, other, units(2));
    village.say(
        me,
        Command::ChangeAppeal {
            appeal: mine,
            target: Some(units(60)),
            deadline: None,
            purpose: None,
            findable: None,
        },
    );
    village.ledger.invariants().unwrap();
}

#[test]
fn c8_an_emergency_may_still_be_called() {
    let Suspended { mut village, me, .. } = suspended();
    village.red(me, units(100), 10);
    village.say(me, Command::EndEmergency { then: Before::Green });
    assert!(village.member(me).suspended.is_some(), "and does not lift it");
}

fn lifted(village: &mut Village, me: MemberId) {
    village.letters();
    village.tick();
    assert_eq!(village.member(me).suspended, None);
    assert_eq!(village.member(me).overdue_streak, 0);
    let letters = village.letters();
    let told = letters.iter().any(|letter| {
        letter.to == me
            && letter.category == Category::Overdue
            && matches!(letter.fact, Fact::SuspensionLifted { .. })
    });
    assert!(told, "its lifting is told");
    assert!(
        village
            .journal
            .iter()
            .any(|event| matches!(event.fact, Fact::SuspensionLifted { member } if member == me))
    );
    village.orange(me, units(5));
}

#[test]
fn c8_lifted_when_what_was_overdue_is_kept() {
    let Suspended {
        mut village,
        me,
        overdue,
        ..
    } = suspended();
    village.fulfil(overdue, units(10));
    village.tick();
    assert!(village.member(me).suspended.is_some(), "a part is still overdue");
    let report = village.report(overdue, units(20));
    village.tick();
    assert!(
        village.member(me).suspended.is_some(),
        "reported is not confirmed"
    );
    village.confirm(report);
    lifted(&mut village, me);
}

#[test]
fn c8_lifted_when_it_is_let_go() {
    let Suspended {
        mut village,
        me,
        overdue,
        ..
    } = suspended();
    village.release(overdue);
    lifted(&mut village, me);
}

#[test]
fn c8_lifted_when_its_creditor_leaves() {
    let Suspended {
        mut village, me, x, ..
    } = suspended();
    village.say(x, Command::Leave);
    lifted(&mut village, me);
}

#[test]
fn c8_lifted_by_silence_on_what_was_reported() {
    let Suspended {
        mut village,
        me,
        overdue,
        ..
    } = suspended();
    village.report(overdue, units(30));
    village.days(59);
    assert!(village.member(me).suspended.is_some());
    village.days(1);
    assert_eq!(village.member(me).suspended, None);
}

#[test]
fn c8_lifted_before_the_next_thing_they_say_though_nobody_woke_the_clock() {
    let Suspended {
        mut village,
        me,
        y,
        overdue,
        ..
    } = suspended();
    village.fulfil(overdue, units(30));
    assert!(village.member(me).suspended.is_some());
    let appeal = village.ledger.current_appeal(y).unwrap().id;
    village.say(
        me,
        Command::Intend {
            appeal,
            amount: units(5),
            form: Form::Money,
            note: None,
        },
    );
    assert_eq!(village.member(me).suspended, None);
}

#[test]
fn c8_only_the_clock_lifts_it() {
    let Suspended { mut village, me, .. } = suspended();
    let lift = Command::LiftSuspension { member: me };
    assert_eq!(village.try_say(me, lift), Err(Refusal::ClockOnly));
}

#[test]
fn c8_not_while_another_thing_is_overdue() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (one, other) = (village.orange(x, units(100)), village.orange(y, units(100)));
    let first = village.oblige(me, one, units(30));
    let second = village.oblige(me, other, units(20));
    village.month();
    village.month();
    assert!(village.member(me).suspended.is_some());
    village.fulfil(first, units(30));
    village.tick();
    assert!(village.member(me).suspended.is_some());
    village.fulfil(second, units(20));
    lifted(&mut village, me);
}

#[test]
fn c8_two_month_ends_in_a_row_the_same_or_another() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (one, other) = (village.orange(x, units(100)), village.orange(y, units(100)));
    let first = village.oblige(me, one, units(30));
    village.month();
    village.fulfil(first, units(30));
    village.oblige(me, other, units(20));
    village.month();
    assert_eq!(village.member(me).overdue_streak, 2);
    assert!(village.member(me).suspended.is_some(), "another");
}

#[test]
fn c8_a_month_end_with_nothing_overdue_begins_anew() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let first = village.oblige(me, appeal, units(30));
    village.month();
    village.fulfil(first, units(30));
    village.month();
    assert_eq!(village.member(me).overdue_streak, 0);
    village.oblige(me, appeal, units(20));
    village.month();
    assert_eq!(village.member(me).overdue_streak, 1);
    assert_eq!(village.member(me).suspended, None);
}

#[test]
fn c8_not_without_the_last_reminder_of_that_month() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(me, appeal, units(30));
    village.month();
    // Down from before December's reminders until after its end.
    village.until(date(2026, 12, 28));
    village.at = village.at.plus_days(5);
    village.tick();
    assert_eq!(village.member(me).overdue_streak, 2);
    assert_eq!(village.member(me).suspended, None);
    village.month();
    assert!(
        village.member(me).suspended.is_some(),
        "the month after, reminded"
    );
}

#[test]
fn c8_not_when_the_last_reminder_came_less_than_a_day_before() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(me, appeal, units(30));
    village.month();
    village.until(date(2026, 12, 29));
    village.at = village.at.plus_hours(2 * 24 + 2);
    village.letters();
    village.tick();
    assert_eq!(village.today(), date(2026, 12, 31));
    assert_eq!(village.told(me), [Category::Overdue], "late, but given");
    village.until(date(2027, 1, 1));
    assert_eq!(village.member(me).suspended, None);
    village.month();
    assert!(village.member(me).suspended.is_some());
}

#[test]
fn c8_what_is_all_reported_suspends_nobody() {
    let mut village = Village::new();
    let [x, me] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(me, appeal, units(30));
    village.month();
    village.report(obligation, units(30));
    village.month();
    assert!(village.obligation(obligation).is_overdue());
    assert_eq!(
        village.member(me).suspended,
        None,
        "a report that nobody answers never harms (L12)"
    );
}

/// L5, C8: what exists runs on; who may promise nothing new may still carry out what they mean to give.
#[test]
fn c8_who_is_suspended_may_carry_an_intention_out_at_once() {
    let mut village = Village::new();
    let [x, y] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(y, appeal, units(5));
    village.red(y, units(10), 5);
    let seen = exodus_core::view::intention(&village.ledger, y, intention, village.at).expect("one's own");
    assert!(seen.may_perform && !seen.may_convert);
    let now = Command::PerformAtOnce {
        intention,
        amount: None,
        note: None,
    };
    village.say(y, now);
}
