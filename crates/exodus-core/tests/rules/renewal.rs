//! Kept help comes back (C3.2, L18).

use exodus_core::{AppealId, Command, Form, MemberId, notice::Category};

use crate::village::{Village, date, units};

fn asking() -> (Village, MemberId, AppealId, MemberId) {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(500));
    (village, x, appeal, helper)
}

#[test]
fn c3_2_one_intention_comes_back_of_all_that_was_kept() {
    let (mut village, _, appeal, helper) = asking();
    let first = village.oblige(helper, appeal, units(30));
    village.fulfil(first, units(30));
    let second = village.oblige(helper, appeal, units(12));
    let report = village.report(second, units(12));
    village.confirm_part(report, units(5));
    village.release(second);
    village.letters();
    village.month();
    assert_eq!(village.intended(helper, appeal), Some(units(35)));
    let told = village.letters().into_iter().any(|letter| {
        letter.to == helper && matches!(letter.fact, exodus_core::Fact::IntentionRenewed { .. })
    });
    assert!(!told, "the summary tells");
}

#[test]
fn c3_2_keeps_its_form_and_words() {
    let (mut village, x, appeal, helper) = asking();
    let link = village.make_link(x, x);
    village.follow(helper, link);
    let (form, note) = (Form::Service, Some(exodus_core::NoteId(7)));
    let given = Command::RecordGiven {
        appeal,
        amount: units(9),
        form,
        note,
    };
    village.say(helper, given);
    let obligation = village.ledger.owed_by(helper).next().unwrap().id;
    village.confirm(exodus_core::ReportId { obligation, nth: 0 });
    village.month();
    let row = village.ledger.intention_of(helper, appeal).unwrap();
    assert_eq!((row.form, row.note, row.changed), (form, note, None));
}

#[test]
fn c3_2_frozen_when_red_and_not_at_all_when_green() {
    for green in [true, false] {
        let (mut village, x, appeal, helper) = asking();
        let obligation = village.oblige(helper, appeal, units(30));
        village.fulfil(obligation, units(30));
        if green {
            village.say(x, Command::EndMonthly);
        } else {
            village.red(x, units(900), 31);
        }
        village.month();
        let back = village.ledger.intention_of(helper, appeal);
        assert_eq!(back.is_none(), green);
        assert!(back.is_none_or(|row| village.ledger.is_frozen(row)));
    }
}

#[test]
fn c3_2_one_carried_over_stands_instead() {
    let (mut village, _, appeal, helper) = asking();
    let obligation = village.oblige(helper, appeal, units(30));
    village.fulfil(obligation, units(30));
    village.until(date(2026, 11, 29));
    village.intend(helper, appeal, units(7));
    village.month();
    assert_eq!(village.intended(helper, appeal), Some(units(7)));
}

#[test]
fn c3_2_what_only_waits_comes_back_when_it_is_confirmed() {
    let (mut village, x, appeal, helper) = asking();
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(30));
    village.month();
    assert_eq!(village.intended(helper, appeal), None);
    village.letters();
    village.confirm(report);
    assert_eq!(village.intended(helper, appeal), Some(units(30)));
    assert_eq!(
        village.told(helper),
        [Category::Confirmed, Category::IntentionForMe],
        "no summary tells of it"
    );
    village.say(x, Command::EndMonthly);
}

#[test]
fn l18_kept_late_restores_the_link() {
    let (mut village, x, appeal, helper) = asking();
    let obligation = village.oblige(helper, appeal, units(30));
    village.month();
    assert!(!village.ledger.is_in_circle(appeal, helper));
    village.fulfil(obligation, units(30));
    assert!(village.ledger.is_in_circle(appeal, helper));
    assert_eq!(village.intended(helper, appeal), Some(units(30)));
    let reputation = village.member(helper).reputation;
    assert_eq!((reputation.late, reputation.overdue), (1, 0));
    assert_eq!(village.ledger.owed_to(x).count(), 1);
}

#[test]
fn c3_2_while_part_is_overdue_nothing_comes_back_and_then_all_of_it_once() {
    let (mut village, _, appeal, helper) = asking();
    let kept = village.oblige(helper, appeal, units(50));
    village.fulfil(kept, units(50));
    let late = village.oblige(helper, appeal, units(100));
    village.fulfil(late, units(30));
    village.month();
    assert_eq!(village.intended(helper, appeal), None);
    village.fulfil(late, units(70));
    assert_eq!(
        village.intended(helper, appeal),
        Some(units(150)),
        "50 and 100 were kept: no promise grows"
    );
}

#[test]
fn c3_2_two_that_were_late_come_back_together() {
    let (mut village, _, appeal, helper) = asking();
    let one = village.oblige(helper, appeal, units(30));
    let other = village.oblige(helper, appeal, units(20));
    village.month();
    village.fulfil(one, units(30));
    assert_eq!(village.intended(helper, appeal), None, "the other is overdue");
    village.fulfil(other, units(20));
    assert_eq!(village.intended(helper, appeal), Some(units(50)));
}

#[test]
fn c3_2_however_long_the_second_takes_the_first_is_not_lost() {
    let (mut village, _, appeal, helper) = asking();
    let one = village.oblige(helper, appeal, units(30));
    let other = village.oblige(helper, appeal, units(20));
    village.month();
    village.fulfil(one, units(30));
    village.month();
    village.month();
    village.fulfil(other, units(20));
    assert_eq!(village.intended(helper, appeal), Some(units(50)));
}

#[test]
fn c3_2_of_several_months_the_most_of_one_comes_back() {
    let (mut village, _, appeal, helper) = asking();
    let late = village.oblige(helper, appeal, units(20));
    village.month();
    for amount in [60, 90, 70] {
        let report = village.record(helper, appeal, units(amount));
        village.confirm(report);
        village.month();
        assert_eq!(village.intended(helper, appeal), None, "something is overdue");
    }
    village.fulfil(late, units(20));
    assert_eq!(
        village.intended(helper, appeal),
        Some(units(90)),
        "no month had more: no promise grows by waiting"
    );
}

#[test]
fn c3_2_what_waited_comes_back_when_the_overdue_part_is_let_go() {
    let (mut village, _, appeal, helper) = asking();
    let kept = village.oblige(helper, appeal, units(50));
    village.fulfil(kept, units(50));
    let late = village.oblige(helper, appeal, units(100));
    village.month();
    village.letters();
    village.release(late);
    assert_eq!(village.intended(helper, appeal), Some(units(50)));
    assert_eq!(
        village.told(helper),
        [Category::Released, Category::IntentionForMe]
    );
}

#[test]
fn c3_2_let_go_with_nothing_kept_nothing_comes_back() {
    let (mut village, _, appeal, helper) = asking();
    let late = village.oblige(helper, appeal, units(100));
    village.month();
    village.release(late);
    assert_eq!(village.intended(helper, appeal), None);
}

#[test]
fn c3_2_not_beside_an_intention_that_is_there() {
    let (mut village, _, appeal, helper) = asking();
    let obligation = village.oblige(helper, appeal, units(30));
    let report = village.report(obligation, units(30));
    village.month();
    village.intend(helper, appeal, units(4));
    village.confirm(report);
    assert_eq!(village.intended(helper, appeal), Some(units(4)));
}

#[test]
fn c3_2_not_between_two_who_block_each_other() {
    let (mut village, x, appeal, helper) = asking();
    let obligation = village.oblige(helper, appeal, units(30));
    village.fulfil(obligation, units(30));
    village.block(x, helper);
    village.month();
    assert_eq!(village.intended(helper, appeal), None);
}

#[test]
fn l7a_what_was_agreed_outside_any_appeal_does_not_come_back() {
    let (mut village, x, appeal, helper) = asking();
    village.intend(helper, appeal, units(1));
    let obligation = village.agree(helper, x, units(30));
    village.fulfil(obligation, units(30));
    village.month();
    assert_eq!(village.intended(helper, appeal), None);
}
