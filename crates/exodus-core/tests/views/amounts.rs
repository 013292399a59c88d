//! The amounts of an appeal (L14), and what belongs to it (L1, M5, M6).

use exodus_core::{
    Command, Form, MemberId, NoteId,
    view::{self, AppealView, Helpers, Who},
};

use crate::village::{Village, date, units};

fn own(village: &Village, owner: MemberId) -> AppealView {
    let appeal = village.ledger.current_appeal(owner).expect("in need").id;
    view::appeal(&village.ledger, owner, appeal).expect("their own")
}

#[test]
fn l14_intentions_never_reduce_what_is_missing() {
    let mut village = Village::new();
    let [x, first, second] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(first, appeal, units(70));
    village.intend(second, appeal, units(60));
    let view = own(&village, x);
    assert_eq!(
        (view.target, view.intended, view.missing),
        (units(100), units(130), units(100))
    );
    village.convert(first, intention, units(40));
    let view = own(&village, x);
    assert_eq!(
        (view.intended, view.promised, view.missing),
        (units(90), units(40), units(60))
    );
}

#[test]
fn l14_awaiting_and_confirmed_count_and_never_twice() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(40));
    let report = village.report(owed, units(30));
    let view = own(&village, x);
    assert_eq!(
        (view.promised, view.awaiting, view.confirmed, view.missing),
        (units(40), units(30), units(0), units(60))
    );
    village.confirm(report);
    let view = own(&village, x);
    assert_eq!(
        (view.promised, view.awaiting, view.confirmed, view.missing),
        (units(10), units(0), units(30), units(60))
    );
}

#[test]
fn l14_missing_is_never_below_zero() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(10));
    village.oblige(helper, appeal, units(40));
    assert_eq!(own(&village, x).missing, units(0));
}

#[test]
fn l14_a_monthly_amount_belongs_to_the_month_it_is_due_in() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.days(27);
    let owed = village.oblige(helper, appeal, units(40));
    assert_eq!(
        village.ledger.obligation(owed).expect("made").due,
        date(2026, 12, 31),
        "made in the last three days"
    );
    let view = own(&village, x);
    assert_eq!((view.promised, view.missing), (units(0), units(100)));
    let Helpers::All(helpers) = view.helpers else {
        panic!("own")
    };
    assert_eq!(helpers[0].promised, units(40), "theirs to carry out all the same");
    let promised = |village: &Village| {
        view::home(&village.ledger, helper, village.at)
            .expect("here")
            .promised
    };
    assert_eq!(promised(&village), units(0), "nor is it promised for this month");
    village.month();
    let view = own(&village, x);
    assert_eq!((view.promised, view.missing), (units(40), units(60)));
    assert_eq!(promised(&village), units(40));
}

#[test]
fn l14_overdue_is_shown_apart() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(40));
    village.fulfil(owed, units(10));
    village.month();
    let view = own(&village, x);
    assert_eq!(
        (view.promised, view.confirmed, view.overdue, view.missing),
        (units(0), units(0), units(30), units(100))
    );
}

#[test]
fn l14_frozen_is_shown_apart() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(helper, appeal, units(40));
    village.intend(helper, appeal, units(7));
    assert_eq!(own(&village, x).missing, units(60));
    village.red(helper, units(500), 5);
    let view = own(&village, x);
    assert_eq!(
        (view.intended, view.promised, view.frozen, view.missing),
        (units(0), units(0), units(47), units(100))
    );
    let Helpers::All(helpers) = view.helpers else {
        panic!("own")
    };
    assert!(helpers[0].frozen);
    assert_eq!((helpers[0].intended, helpers[0].promised), (units(7), units(40)));
}

#[test]
fn m5_a_resting_appeal_freezes_intentions_and_keeps_obligations() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.oblige(helper, appeal, units(40));
    village.intend(helper, appeal, units(7));
    village.red(x, units(500), 5);
    let view = view::appeal(&village.ledger, x, appeal).expect("their own");
    assert!(view.resting && !view.takes_help);
    assert_eq!(
        (view.intended, view.frozen, view.promised, view.missing),
        (units(0), units(7), units(40), units(60))
    );
    let emergency = own(&village, x);
    assert_eq!((emergency.missing, emergency.intended), (units(500), units(0)));
}

#[test]
fn l14_an_emergency_counts_every_month() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 31);
    let owed = village.promise(helper, emergency, units(40));
    village.fulfil(owed, units(15));
    village.month();
    let view = own(&village, x);
    assert_eq!(
        (view.confirmed, view.promised, view.missing),
        (units(15), units(25), units(60))
    );
}

#[test]
fn m6_reason_and_link_belong_to_the_appeal() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let emergency = village.red(x, units(100), 9);
    village.promise(helper, emergency, units(5));
    let view = view::appeal(&village.ledger, helper, emergency).expect("the circle");
    assert_eq!((view.purpose, view.talk), (Some(NoteId(80)), Some(NoteId(81))));
}

#[test]
fn l1_form_and_note_are_seen_by_the_owner_and_the_circle() {
    let mut village = Village::new();
    let [x, helper, fellow] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let link = village.make_link(x, x);
    village.follow(helper, link);
    let (form, note) = (Form::Service, Some(NoteId(7)));
    village.say(
        helper,
        Command::Intend {
            appeal,
            amount: units(9),
            form,
            note,
        },
    );
    village.intend(fellow, appeal, units(1));
    let intention = village.ledger.intention_of(helper, appeal).expect("live").id;
    let first = |village: &Village, viewer| match view::appeal(&village.ledger, viewer, appeal) {
        Some(AppealView {
            helpers: Helpers::All(all),
            ..
        }) => (all[0].form, all[0].note),
        Some(_) | None => panic!("amounts"),
    };
    for viewer in [x, fellow] {
        assert_eq!(first(&village, viewer), (form, note));
    }
    village.convert(helper, intention, units(9));
    assert_eq!(first(&village, fellow), (form, note), "kept when converted");
    village.block(fellow, helper);
    let Some(Helpers::All(all)) = view::appeal(&village.ledger, fellow, appeal).map(|view| view.helpers)
    else {
        panic!("amounts")
    };
    assert_eq!((all[1].who, all[1].note), (Who::Someone, None));
}
