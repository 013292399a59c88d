//! Who is reminded of what, and when (C1, C2, C8, C9, L12).

use exodus_core::{Command, Date, Fact, MemberId, Side, notice::Category};

use crate::village::{Letter, Village, date, units};

/// The days on which somebody was told something of the kind.
fn days(letters: &[Letter], to: MemberId, is: impl Fn(&Fact) -> bool) -> Vec<Date> {
    let told = letters
        .iter()
        .filter(|letter| letter.to == to && is(&letter.fact));
    told.map(|letter| letter.on).collect()
}

const fn nudge(fact: &Fact) -> bool {
    matches!(fact, Fact::MonthNudged { .. })
}

const fn to_confirm(fact: &Fact) -> bool {
    matches!(fact, Fact::ConfirmationReminded { by_system: true, .. })
}

const fn soon(fact: &Fact) -> bool {
    matches!(fact, Fact::DebtorReminded { last: false, .. })
}

const fn last(fact: &Fact) -> bool {
    matches!(fact, Fact::DebtorReminded { last: true, .. })
}

#[test]
fn c1_on_the_25th_whoever_has_something_unfinished() {
    let mut village = Village::new();
    let [x, one, two, done] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(one, appeal, units(5));
    village.oblige(two, appeal, units(5));
    let kept = village.oblige(done, appeal, units(5));
    village.fulfil(kept, units(5));
    village.letters();
    village.until(date(2026, 11, 30));
    let letters = village.letters();
    for member in [one, two] {
        assert_eq!(days(&letters, member, nudge), [date(2026, 11, 25)]);
    }
    for member in [x, done] {
        assert_eq!(days(&letters, member, nudge), [], "C9: nothing is theirs to do");
    }
}

#[test]
fn c1_an_offer_or_a_report_that_waits_is_something_unfinished() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(5));
    village.report(owed, units(5));
    village.offer(x, helper, units(3), Side::Debtor);
    village.letters();
    village.until(date(2026, 11, 26));
    let letters = village.letters();
    for member in [x, helper] {
        assert_eq!(days(&letters, member, nudge), [date(2026, 11, 25)]);
    }
}

#[test]
fn c2_three_days_before_and_c8_on_the_day_before() {
    let mut village = Village::new();
    let [x, helper, done] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(helper, appeal, units(5));
    let reported = village.oblige(done, appeal, units(5));
    village.letters();
    village.until(date(2026, 11, 26));
    village.report(reported, units(5));
    village.until(date(2026, 11, 30));
    let letters = village.letters();
    assert_eq!(days(&letters, helper, soon), [date(2026, 11, 27)]);
    assert_eq!(days(&letters, helper, last), [date(2026, 11, 29)]);
    assert_eq!(days(&letters, done, soon), [], "C9: done already");
    assert_eq!(days(&letters, done, last), []);
}

#[test]
fn c2_a_date_of_its_own_has_its_own_days() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 10);
    village.promise(helper, emergency, units(5));
    village.letters();
    village.until(date(2026, 11, 12));
    let letters = village.letters();
    assert_eq!(days(&letters, helper, soon), [date(2026, 11, 9)]);
    assert_eq!(days(&letters, helper, last), [date(2026, 11, 11)]);
}

#[test]
fn c2_promised_later_than_that_only_the_last_reminder_is_left() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 2);
    village.promise(helper, emergency, units(5));
    village.letters();
    village.until(date(2026, 11, 6));
    let letters = village.letters();
    assert_eq!(days(&letters, helper, soon), []);
    assert_eq!(days(&letters, helper, last), [date(2026, 11, 3)]);
}

#[test]
fn c8_made_on_its_last_day_the_last_reminder_comes_before_the_month_ends() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 1);
    village.days(1);
    let obligation = village.promise(helper, emergency, units(5));
    village.letters();
    village.until(date(2026, 11, 30));
    assert_eq!(
        days(&village.letters(), helper, last),
        [date(2026, 11, 29)],
        "more than a day before the roll-over that it warns of"
    );
    village.month();
    assert!(village.obligation(obligation).is_overdue());
}

#[test]
fn c8_a_moved_due_date_is_reminded_of_anew() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 10);
    village.promise(helper, emergency, units(5));
    village.until(date(2026, 11, 11));
    village.letters();
    village.say(
        x,
        Command::ChangeAppeal {
            appeal: emergency,
            target: None,
            deadline: Some(date(2026, 11, 20)),
            purpose: None,
            findable: None,
        },
    );
    assert_eq!(
        village.told(helper),
        [Category::DueSoon],
        "one notice, as loud as a due date"
    );
    village.until(date(2026, 11, 20));
    let letters = village.letters();
    assert_eq!(days(&letters, helper, soon), [date(2026, 11, 17)]);
    assert_eq!(days(&letters, helper, last), [date(2026, 11, 19)]);
}

#[test]
fn l12_the_creditor_is_reminded_after_five_days_then_weekly_and_before_the_month_ends() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let obligation = village.oblige(helper, appeal, units(5));
    village.until(date(2026, 11, 10));
    let report = village.report(obligation, units(5));
    village.letters();
    village.until(date(2026, 12, 3));
    let reminded = days(&village.letters(), x, to_confirm);
    assert_eq!(
        reminded,
        [15, 22, 27].map(|day| date(2026, 11, day)),
        "the 27th is three days before the end; the next a week later"
    );
    village.confirm(report);
    village.letters();
    village.until(date(2026, 12, 20));
    assert_eq!(days(&village.letters(), x, to_confirm), [], "C9: answered");
}

#[test]
fn c8_a_suspended_member_is_reminded_of_what_is_not_overdue_yet() {
    let mut village = Village::new();
    let [x, y, me] = village.newcomers();
    let (appeal, other) = (village.orange(x, units(100)), village.orange(y, units(100)));
    village.oblige(me, appeal, units(30));
    village.until(date(2026, 12, 30));
    let open = village.oblige(me, other, units(7));
    village.until(date(2027, 1, 2));
    assert!(village.member(me).suspended.is_some());
    village.letters();
    village.until(date(2027, 1, 31));
    let letters = village.letters();
    let of: Vec<_> = letters
        .iter()
        .filter_map(|letter| match letter.fact {
            Fact::DebtorReminded {
                obligation,
                last: true,
                ..
            } => Some(obligation),
            _ => None,
        })
        .collect();
    assert_eq!(of, [open]);
}
