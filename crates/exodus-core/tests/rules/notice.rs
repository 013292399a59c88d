//! Who is told what, and nobody twice of one thing.

use exodus_core::{Command, Fact, Form, MemberId, notice::Category};

use crate::village::{Letter, Village, date, units};

fn loudness(letters: &[Letter], to: MemberId) -> Vec<Category> {
    let told = letters.iter().filter(|letter| letter.to == to);
    told.map(|letter| letter.category).collect()
}

/// Who was told since letters were read last, and how loudly.
fn everybody(village: &mut Village) -> Vec<(MemberId, Category)> {
    let letters = village.letters();
    letters
        .iter()
        .map(|letter| (letter.to, letter.category))
        .collect()
}

#[test]
fn m6_fine_again_is_one_notice_to_each_helper() {
    let mut village = Village::new();
    let [x, free, bound, both, before] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(before, appeal, units(3));
    village.days(1);
    village.say(
        before,
        Command::WithdrawIntention {
            intention: village.ledger.intention_of(before, appeal).unwrap().id,
        },
    );
    village.intend(free, appeal, units(5));
    village.oblige(bound, appeal, units(5));
    let intention = village.intend(both, appeal, units(9));
    village.convert(both, intention, units(4));
    village.days(1);
    village.letters();
    village.say(x, Command::EndMonthly);
    let letters = village.letters();
    let told = |to| loudness(&letters, to);
    assert_eq!(told(free), [Category::Cancelled]);
    assert_eq!(told(both), [Category::Cancelled], "not of the end as well");
    assert_eq!(told(bound), [Category::CircleNews]);
    assert_eq!(told(before), [], "who had left the circle before");
}

#[test]
fn m6_whose_intention_was_cancelled_once_hears_of_the_next_end() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(9));
    village.convert(helper, intention, units(4));
    village.say(x, Command::EndMonthly);
    village.orange(x, units(100));
    village.days(1);
    village.letters();
    village.say(x, Command::EndMonthly);
    assert_eq!(village.told(helper), [Category::CircleNews]);
}

#[test]
fn m6_a_changed_amount_is_told_to_the_circle_and_not_to_who_blocked_its_owner() {
    let mut village = Village::new();
    let [x, helper, blocker] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    village.oblige(blocker, appeal, units(5));
    village.block(blocker, x);
    village.letters();
    let change = |target, purpose| Command::ChangeAppeal {
        appeal,
        target,
        deadline: None,
        purpose,
        findable: None,
    };
    village.say(x, change(Some(units(120)), None));
    let told = everybody(&mut village);
    assert_eq!(told, [(helper, Category::CircleNews)]);
    village.say(x, change(None, Some(exodus_core::NoteId(5))));
    assert_eq!(village.letters(), [], "words alone");
}

#[test]
fn m6_everyone_with_an_intention_is_asked_to_convert_in_an_emergency() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    village.letters();
    village.red(x, units(100), 9);
    assert_eq!(village.told(helper), [Category::EmergencyInCircle]);
}

#[test]
fn l1_the_recipient_and_the_circle_are_told() {
    let mut village = Village::new();
    let [x, helper, second] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    let link = village.make_link(x, x);
    village.follow(second, link);
    village.letters();
    village.say(
        second,
        Command::Intend {
            appeal,
            amount: units(5),
            form: Form::Money,
            note: None,
        },
    );
    let told = everybody(&mut village);
    assert_eq!(
        told,
        [(x, Category::IntentionForMe), (helper, Category::CircleNews)]
    );
}

#[test]
fn l7_an_emergencys_circle_hears_of_what_was_converted_too() {
    let mut village = Village::new();
    let [x, helper, rescuer] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(5));
    let emergency = village.red(x, units(100), 9);
    village.promise(rescuer, emergency, units(10));
    village.letters();
    village.convert(helper, intention, units(5));
    let told = everybody(&mut village);
    assert_eq!(
        told,
        [(x, Category::ObligationForMe), (rescuer, Category::CircleNews)]
    );
}

#[test]
fn l11_both_answers_reach_the_debtor() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(20));
    village.letters();
    let report = village.report(obligation, units(10));
    assert_eq!(village.told(x), [Category::ReportedAsPerformed]);
    village.confirm_part(report, units(4));
    assert_eq!(village.told(helper), [Category::NotReceived]);
    let report = village.report(obligation, units(16));
    village.letters();
    village.confirm(report);
    assert_eq!(village.told(helper), [Category::Confirmed]);
}

#[test]
fn c5_who_fulfilled_is_thanked_who_did_not_is_freed_and_nobody_hears_of_nothing() {
    let mut village = Village::new();
    let [x, one, two, three] = village.newcomers();
    let emergency = village.red(x, units(100), 9);
    let first = village.promise(one, emergency, units(100));
    village.promise(two, emergency, units(40));
    let third = village.promise(three, emergency, units(30));
    let waiting = village.report(third, units(20));
    let report = village.report(first, units(100));
    village.letters();
    village.confirm(report);
    let letters = village.letters();
    let told = |to| loudness(&letters, to);
    assert_eq!(told(one), [Category::Confirmed, Category::CircleNews]);
    assert_eq!(told(two), [Category::Cancelled]);
    assert_eq!(told(three), [Category::Cancelled]);
    village.confirm(waiting);
    assert_eq!(
        village.told(three),
        [Category::Confirmed],
        "nothing more is cancelled with it"
    );
}

#[test]
fn l9_released_and_asked_reach_the_debtor() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(20));
    village.letters();
    village.say(x, Command::AskPerformance { obligation });
    village.release(obligation);
    assert_eq!(
        village.told(helper),
        [Category::AskedToPerform, Category::Released]
    );
}

#[test]
fn l7a_an_offer_taken_back_reaches_the_other() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(1));
    let offer = village.offer(x, helper, units(3), exodus_core::Side::Debtor);
    village.letters();
    village.say(x, Command::WithdrawOffer { offer });
    let told = everybody(&mut village);
    assert_eq!(told, [(helper, Category::OfferForMe)]);
}

#[test]
fn c4_what_a_months_end_did_is_told_in_the_summary() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    village.until(date(2026, 11, 30));
    village.letters();
    village.month();
    let letters = village.letters();
    assert!(
        letters
            .iter()
            .all(|letter| matches!(letter.fact, Fact::MonthSummarised { .. }))
    );
    assert_eq!(letters.len(), 2);
}

#[test]
fn who_acts_is_told_by_the_answer_alone() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(20));
    village.fulfil(obligation, units(20));
    village.say(x, Command::EndMonthly);
    for event in &village.journal {
        let by = event.by.member();
        let told = exodus_core::notice::notices(&village.ledger, event);
        assert!(told.iter().all(|notice| match notice.to {
            exodus_core::notice::Audience::Member(member) => Some(member) != by,
            exodus_core::notice::Audience::Network(_) => true,
        }));
    }
}

/// M6: orange again in the same month is the same appeal, and who is in its circle still hears that it goes on.
#[test]
fn m6_asked_again_in_the_same_month_the_circle_hears_of_it() {
    let mut village = Village::new();
    let [x, bound, free] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(bound, appeal, units(5));
    village.intend(free, appeal, units(5));
    village.say(x, Command::EndMonthly);
    village.letters();
    village.orange(x, units(100));
    assert_eq!(village.told(bound), [Category::StatusInNetwork]);
}

/// C6: who gave something hears how an emergency ended, whatever became of the rest of their promise.
#[test]
fn c6_who_gave_a_part_and_was_let_go_of_the_rest_hears_how_it_ended() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.red(x, units(100), 5);
    let obligation = village.promise(helper, appeal, units(50));
    village.fulfil(obligation, units(20));
    village.release(obligation);
    village.letters();
    village.say(
        x,
        Command::EndEmergency {
            then: exodus_core::Before::Green,
        },
    );
    assert_eq!(village.told(helper), [Category::CircleNews]);
}
