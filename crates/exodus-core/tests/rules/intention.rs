//! Free promises (L1–L6).

use exodus_core::{Amount, Command, Form, IntentionState, Refusal};

use crate::village::{Village, date, units};

#[test]
fn l1_nobody_helps_themselves_with_nothing_or_without_end() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intend = |amount| Command::Intend {
        appeal,
        amount,
        form: Form::Money,
        note: None,
    };
    assert_eq!(village.try_say(x, intend(units(5))), Err(Refusal::Oneself));
    let link = village.make_link(x, x);
    village.follow(helper, link);
    assert_eq!(
        village.try_say(helper, intend(Amount::ZERO)),
        Err(Refusal::ZeroAmount)
    );
    let above = Amount::from_minor(Amount::MAX.minor() + 1);
    assert_eq!(
        village.try_say(helper, intend(above)),
        Err(Refusal::AmountTooLarge)
    );
    village.say(helper, intend(Amount::MAX));
    assert!(village.ledger.is_in_circle(appeal, helper));
}

#[test]
fn l1_another_value_stands_only_if_the_author_takes_it() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend_in(helper, appeal, units(30), Form::Service);
    let propose = |amount| Command::ProposeValue { intention, amount };
    let answer = |take| Command::AnswerValue { intention, take };
    assert_eq!(
        village.try_say(helper, answer(true)),
        Err(Refusal::NoValueProposed)
    );
    village.say(x, propose(units(20)));
    assert_eq!(village.intended(helper, appeal), Some(units(30)));
    assert_eq!(village.say(x, propose(units(20))), [], "proposed already");
    village.say(helper, answer(false));
    assert_eq!(village.intended(helper, appeal), Some(units(30)));
    assert_eq!(
        village.try_say(helper, answer(true)),
        Err(Refusal::NoValueProposed)
    );
    village.say(x, propose(units(20)));
    village.say(helper, answer(true));
    assert_eq!(village.intended(helper, appeal), Some(units(20)));
    assert_eq!(village.say(x, propose(units(20))), [], "that is what it is");
}

#[test]
fn l1_proposing_the_authors_own_value_takes_a_proposal_back() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend_in(helper, appeal, units(30), Form::Thing);
    let propose = |amount| Command::ProposeValue { intention, amount };
    village.say(x, propose(units(20)));
    village.letters();
    village.say(x, propose(units(30)));
    assert_eq!(village.told(helper), [], "nothing is left to answer");
    let take = Command::AnswerValue {
        intention,
        take: true,
    };
    assert_eq!(village.try_say(helper, take), Err(Refusal::NoValueProposed));
}

#[test]
fn l1_money_is_worth_what_it_is() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    let propose = Command::ProposeValue {
        intention,
        amount: units(20),
    };
    assert_eq!(village.try_say(x, propose), Err(Refusal::NotInKind));
}

#[test]
fn l2_a_second_intention_changes_the_first() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let first = village.intend(helper, appeal, units(30));
    village.intend(helper, appeal, units(12));
    assert_eq!(village.ledger.intentions_by(helper).count(), 1);
    assert_eq!(village.ledger.intention(first).unwrap().amount, units(12));
}

#[test]
fn l3_the_author_changes_and_withdraws_and_nobody_else() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    let (made, at) = (village.ledger.intention(intention).unwrap().made, village.at);
    assert_eq!(made, at);
    village.days(3);
    let change = |amount| Command::ChangeIntention { intention, amount };
    assert_eq!(village.try_say(x, change(units(5))), Err(Refusal::Unknown));
    village.say(helper, change(units(5)));
    let row = village.ledger.intention(intention).unwrap();
    assert_eq!(
        (row.made, row.changed, row.recorded),
        (made, Some(village.at), village.at)
    );
    assert_eq!(village.say(helper, change(units(5))), [], "it is so already");
    let withdraw = Command::WithdrawIntention { intention };
    assert_eq!(village.try_say(x, withdraw.clone()), Err(Refusal::Unknown));
    village.say(helper, withdraw.clone());
    assert!(!village.ledger.is_in_circle(appeal, helper));
    assert_eq!(village.try_say(helper, withdraw), Err(Refusal::NoLonger));
}

#[test]
fn l3_an_obligation_keeps_who_withdrew_in_the_circle() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    village.convert(helper, intention, units(10));
    village.say(helper, Command::WithdrawIntention { intention });
    assert!(village.ledger.is_in_circle(appeal, helper));
}

#[test]
fn l4_a_part_leaves_the_rest_as_a_smaller_intention() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend_in(helper, appeal, units(30), Form::Time);
    let convert = |amount| Command::Convert { intention, amount };
    let above = village.try_say(helper, convert(Some(units(31))));
    assert_eq!(above, Err(Refusal::AboveIntention { intention: units(30) }));
    let obligation = village.convert(helper, intention, units(12));
    let row = village.obligation(obligation);
    assert_eq!(
        (row.amount, row.form, row.due),
        (units(12), Form::Time, date(2026, 11, 30))
    );
    assert_eq!(village.intended(helper, appeal), Some(units(18)));
    village.say(helper, convert(None));
    assert_eq!(village.intended(helper, appeal), None);
    let row = village.ledger.intention(intention).unwrap();
    assert_eq!(row.state, IntentionState::Converted);
}

#[test]
fn l5_performing_at_once_converts_reports_and_waits() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.until(date(2026, 11, 29));
    let intention = village.intend(helper, appeal, units(30));
    let perform = Command::PerformAtOnce {
        intention,
        amount: Some(units(20)),
        note: None,
    };
    village.say(helper, perform);
    let row = village.ledger.owed_by(helper).next().unwrap();
    assert_eq!((row.awaiting(), row.unreported()), (units(20), units(0)));
    assert_eq!(row.due, date(2026, 11, 30), "given now, also in the last days");
    assert_eq!(village.intended(helper, appeal), Some(units(10)));
}

#[test]
fn l6_asking_to_convert_may_be_repeated_after_a_day() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    let ask = Command::AskConversion { intention };
    assert_eq!(village.try_say(helper, ask.clone()), Err(Refusal::Unknown));
    village.say(x, ask.clone());
    let again = village.at.plus_hours(24);
    village.hours(23);
    assert_eq!(village.try_say(x, ask.clone()), Err(Refusal::TooSoon { again }));
    village.hours(1);
    village.say(x, ask);
}

#[test]
fn l7_promised_in_the_last_three_days_it_is_due_a_month_later() {
    let due = |day| {
        let mut village = Village::new();
        let [x, helper] = village.newcomers();
        let appeal = village.orange(x, units(100));
        village.until(date(2026, 11, day));
        let obligation = village.oblige(helper, appeal, units(10));
        village.obligation(obligation).due
    };
    assert_eq!(due(27), date(2026, 11, 30));
    assert_eq!(due(28), date(2026, 12, 31));
}

#[test]
fn m4_an_emergency_takes_obligations_a_monthly_appeal_intentions() {
    let mut village = Village::new();
    let [x, y, helper] = village.newcomers();
    let (monthly, emergency) = (village.orange(x, units(100)), village.red(y, units(100), 9));
    for owner in [x, y] {
        let link = village.make_link(owner, owner);
        village.follow(helper, link);
    }
    let (amount, form, note) = (units(5), Form::Money, None);
    let intend = Command::Intend {
        appeal: emergency,
        amount,
        form,
        note,
    };
    assert_eq!(village.try_say(helper, intend), Err(Refusal::TakesObligations));
    let promise = Command::Promise {
        appeal: monthly,
        amount,
        form,
        note,
    };
    assert_eq!(village.try_say(helper, promise), Err(Refusal::TakesIntentions));
}
