//! What the views say: amounts (L14), lists (U6), spreading a sum (L20), the organizer, home; and that what they offer
//! is what `decide` accepts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod random;
mod village;

use std::collections::BTreeSet;

use exodus_core::{
    Actor, Amount, AppealId, Command, CommandId, Envelope, Event, Fact, Form, Ledger, MemberId, NoteId,
    Refusal, ReleaseReason, ReportId, Side, Snapshot, Status, decide,
    view::{self, AppealView, Helpers, Leaving, Need, Part, Who},
};
use proptest::prelude::*;
use random::History;
use village::{
    Village, date,
    story::{play, story},
    units,
};

fn own(village: &Village, owner: MemberId) -> AppealView {
    let appeal = village.ledger.current_appeal(owner).expect("in need").id;
    view::appeal(&village.ledger, owner, appeal).expect("their own")
}

// ---- L14 ----------------------------------------------------------------------------------------------------------

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
    village.give(owed, units(10));
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
    village.give(owed, units(15));
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

// ---- U6, L20 ------------------------------------------------------------------------------------------------------

/// The viewer helps everybody a little, so that all are in sight; amounts are what each asks for.
fn in_need_of(village: &mut Village, viewer: MemberId, targets: &[u64]) -> Vec<(MemberId, AppealId)> {
    let ask = |&target: &u64| {
        let member = village.newcomer();
        let appeal = village.orange(member, units(target));
        let link = village.make_link(member, member);
        village.follow(viewer, link);
        (member, appeal)
    };
    targets.iter().map(ask).collect()
}

#[test]
fn u6_emergencies_first_then_the_nearest_deadline_then_what_lacks_most() {
    let mut village = Village::new();
    let viewer = village.newcomer();
    let orange = in_need_of(&mut village, viewer, &[50, 300, 200]);
    let red = in_need_of(&mut village, viewer, &[1, 1, 1]);
    let other = village.newcomer();
    village.intend(other, orange[1].1, units(280));
    village.red(red[0].0, units(10), 9);
    village.red(red[1].0, units(10), 4);
    village.red(red[2].0, units(90), 9);
    let needs = view::in_need(&village.ledger, viewer);
    let order: Vec<MemberId> = needs.iter().map(|need| need.member).collect();
    assert_eq!(
        order,
        [
            red[1].0,
            red[2].0,
            red[0].0,
            orange[2].0,
            orange[0].0,
            orange[1].0
        ]
    );
    assert_eq!(
        (needs[5].missing, needs[5].intended, needs[5].status),
        (units(300), units(280), Status::Orange)
    );
    assert_eq!(needs[0].deadline, Some(date(2026, 11, 6)));
    let green = village.newcomer();
    let appeal = village.orange(viewer, units(5));
    village.intend(green, appeal, units(1));
    let everybody: BTreeSet<MemberId> = village.ledger.members().map(|row| row.id).collect();
    let people = view::people(&village.ledger, viewer, &everybody);
    let lines: Vec<MemberId> = people.iter().map(|line| line.member).collect();
    let expected = [&order[..5], &[viewer], &order[5..], &[green]].concat();
    assert_eq!(
        lines.len(),
        expected.len(),
        "the other helper stands too far away"
    );
    assert_eq!(lines.last(), Some(&green), "who asks for nothing comes last");
}

#[test]
fn l20_emergencies_first_the_rest_in_proportion() {
    let mut village = Village::new();
    let viewer = village.newcomer();
    let orange = in_need_of(&mut village, viewer, &[100, 250, 80]);
    let red = in_need_of(&mut village, viewer, &[1, 1]);
    let other = village.newcomer();
    village.intend(other, orange[1].1, units(50));
    village.intend(other, orange[2].1, units(90));
    let late = village.red(red[0].0, units(40), 9);
    let soon = village.red(red[1].0, units(60), 4);
    let spread = |village: &Village, sum| {
        let parts = view::spread(&village.ledger, viewer, sum);
        parts
            .iter()
            .map(|part: &Part| (part.appeal, part.emergency, part.amount))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        spread(&village, units(70)),
        [(soon, true, units(60)), (late, true, units(10))]
    );
    // 100 and 200 are uncovered; intentions cover the third wholly.
    let monthly = [(orange[1].1, false, units(20)), (orange[0].1, false, units(10))];
    let expected = [
        vec![(soon, true, units(60)), (late, true, units(40))],
        monthly.to_vec(),
    ]
    .concat();
    assert_eq!(spread(&village, units(130)), expected);
    let most: Amount = spread(&village, units(100_000))
        .into_iter()
        .map(|(.., amount)| amount)
        .sum();
    assert_eq!(most, units(60 + 40 + 100 + 200), "never more than is uncovered");
    assert_eq!(spread(&village, units(0)), []);
}

#[test]
fn l20_leaves_out_whom_the_viewer_helps_already_or_owes() {
    let mut village = Village::new();
    let viewer = village.newcomer();
    let orange = in_need_of(&mut village, viewer, &[100, 100, 100]);
    village.intend(viewer, orange[0].1, units(5));
    let owed = village.oblige(viewer, orange[1].1, units(5));
    village.month();
    village.say(
        viewer,
        Command::Intend {
            appeal: orange[0].1,
            amount: units(5),
            form: Form::Money,
            note: None,
        },
    );
    assert!(village.ledger.obligation(owed).expect("made").is_overdue());
    let parts = view::spread(&village.ledger, viewer, units(50));
    assert_eq!(parts.len(), 1);
    assert_eq!((parts[0].member, parts[0].amount), (orange[2].0, units(50)));
    village.red(viewer, units(100), 5);
    assert_eq!(
        view::spread(&village.ledger, viewer, units(50)),
        [],
        "promises nothing new (M6)"
    );
}

#[test]
fn l20_where_intentions_exceed_what_is_missing_each_sees_their_part() {
    let mut village = Village::new();
    let [x, first, second] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let one = village.intend(first, appeal, units(90));
    let part = |village: &Village, viewer, id| {
        view::intention(&village.ledger, viewer, id, village.at)
            .expect("a party")
            .proportional
    };
    assert_eq!(part(&village, first, one), None);
    let two = village.intend(second, appeal, units(30));
    assert_eq!(part(&village, first, one), Some(units(75)));
    assert_eq!(part(&village, second, two), Some(units(25)));
    assert_eq!(part(&village, x, two), Some(units(25)));
    village.convert(second, two, units(30));
    assert_eq!(
        part(&village, first, one),
        Some(units(70)),
        "30 of 100 are promised"
    );
}

// ---- the organizer, home, leaving ---------------------------------------------------------------------------------

#[test]
fn organizer_lists_what_waits_for_whom() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let thing = village.intend_in(helper, appeal, units(30), Form::Thing);
    village.say(
        x,
        Command::ProposeValue {
            intention: thing,
            amount: units(20),
        },
    );
    village.say(x, Command::AskConversion { intention: thing });
    let view = view::organizer(&village.ledger, helper);
    assert_eq!(
        (&view.my_intentions, &view.to_convert, &view.to_value),
        (&vec![thing], &vec![thing], &vec![thing])
    );
    assert_eq!(view::organizer(&village.ledger, x).intentions_for_me, [thing]);
    let later = village.convert(helper, thing, units(5));
    let offer = village.offer(x, helper, units(3), Side::Debtor);
    assert_eq!(view::organizer(&village.ledger, helper).to_answer, [offer]);
    assert_eq!(view::organizer(&village.ledger, x).my_offers, [offer]);
    village.say(helper, Command::AnswerOffer { offer, accept: false });
    let due = Some(date(2026, 11, 12));
    let sooner = exodus_core::ObligationId(village.ledger.next_number() + 1);
    let make = Command::MakeOffer {
        to: x,
        side: Side::Debtor,
        amount: units(4),
        form: Form::Time,
        due,
        note: None,
        given: false,
    };
    village.say(helper, make);
    village.say(
        x,
        Command::AnswerOffer {
            offer: exodus_core::OfferId(sooner.0 - 1),
            accept: true,
        },
    );
    village.say(x, Command::AskPerformance { obligation: later });
    let view = view::organizer(&village.ledger, helper);
    assert_eq!(view.my_obligations, [sooner, later], "the nearest due first");
    assert_eq!(view.to_perform, [later]);
    assert!(view.to_convert.is_empty(), "done, in part");
    let report = village.report(later, units(5));
    assert!(
        view::organizer(&village.ledger, helper).to_perform.is_empty(),
        "C9: done already"
    );
    let view = view::organizer(&village.ledger, x);
    assert_eq!(
        (view.to_confirm, view.obligations_for_me),
        (vec![report], vec![sooner, later])
    );
    village.confirm(report);
    for member in [x, helper] {
        assert_eq!(view::organizer(&village.ledger, member).fulfilled, [later]);
    }
}

#[test]
fn m6_an_emergency_asks_everyone_to_convert_and_nobody_for_what_their_own_froze() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let intention = village.intend(helper, appeal, units(30));
    let to_convert = |village: &Village| view::organizer(&village.ledger, helper).to_convert;
    assert_eq!(to_convert(&village), []);
    village.red(x, units(500), 9);
    assert_eq!(to_convert(&village), [intention]);
    assert!(
        view::intention(&village.ledger, helper, intention, village.at)
            .expect("mine")
            .may_convert
    );
    village.red(helper, units(500), 9);
    assert_eq!(to_convert(&village), []);
    assert!(
        !view::intention(&village.ledger, helper, intention, village.at)
            .expect("mine")
            .may_convert
    );
}

#[test]
fn l18_what_is_performed_late_moves_to_the_fulfilled_archive() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let kept = village.oblige(helper, appeal, units(10));
    let late = village.oblige(helper, appeal, units(10));
    village.give(kept, units(10));
    village.month();
    for member in [x, helper] {
        let view = view::organizer(&village.ledger, member);
        assert_eq!((view.fulfilled, view.not_kept), (vec![kept], vec![late]));
    }
    assert_eq!(view::organizer(&village.ledger, helper).to_perform, [late]);
    village.give(late, units(10));
    for member in [x, helper] {
        let view = view::organizer(&village.ledger, member);
        assert_eq!(
            (view.fulfilled, view.not_kept),
            (vec![late, kept], vec![]),
            "newest first"
        );
    }
}

#[test]
fn l16_a_confirmation_can_be_opened_again_for_a_day_once_while_nothing_was_let_go() {
    let mut village = Village::new();
    let [x, helper, other] = village.newcomers();
    let emergency = village.red(x, units(100), 20);
    let may = |village: &Village, report: ReportId| {
        let record = view::obligation(&village.ledger, x, report.obligation, village.at).expect("a party");
        let may = record.reports[usize::try_from(report.nth).expect("few")].may_reopen;
        let answer = village.would(x, Command::Reopen { report, reason: None });
        assert_eq!(may, answer.is_ok(), "{answer:?}");
        may
    };
    let owed = village.promise(helper, emergency, units(60));
    let first = village.report(owed, units(10));
    assert!(!may(&village, first), "not answered");
    village.confirm(first);
    assert!(may(&village, first));
    village.hours(24);
    assert!(may(&village, first));
    village.hours(1);
    assert!(!may(&village, first), "a day has passed");
    let second = village.report(owed, units(10));
    village.confirm(second);
    let third = village.report(owed, units(5));
    let kept = village.promise(other, emergency, units(80));
    let report = village.report(kept, units(80));
    assert!(may(&village, second));
    village.confirm(report);
    assert_eq!(village.ledger.status(x), Status::Green, "the target is reached");
    assert!(!may(&village, second), "the rest was cancelled");
    assert!(!may(&village, third));
    assert!(may(&village, report));
    village.say(other, Command::Leave);
    assert!(!may(&village, report), "the debtor has left");
}

#[test]
fn home_says_where_the_month_stands() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helper, appeal, units(40));
    village.give(owed, units(15));
    village.intend(helper, appeal, units(7));
    let home = view::home(&village.ledger, helper, village.at).expect("here");
    assert_eq!(
        (home.status, home.days_left, home.in_need, home.network),
        (Status::Green, 29, 1, 1)
    );
    assert_eq!(
        (home.promised, home.given, home.received),
        (units(25 + 7), units(15), units(0))
    );
    let home = view::home(&village.ledger, x, village.at).expect("here");
    assert_eq!(
        (home.status, home.received, home.given),
        (Status::Orange, units(15), units(0))
    );
    assert_eq!(home.appeal.expect("orange").missing, units(60));
    village.days(28);
    assert_eq!(
        view::home(&village.ledger, x, village.at)
            .expect("here")
            .days_left,
        1
    );
    village.days(1);
    let home = view::home(&village.ledger, x, village.at).expect("here");
    assert_eq!((home.days_left, home.received), (31, units(0)), "a new month");
}

#[test]
fn c8_suspension_is_on_an_emergencys_card_and_ones_own() {
    let mut village = Village::new();
    let [x, other] = village.newcomers();
    let target = village.orange(other, units(100));
    let mine = village.orange(x, units(50));
    village.oblige(x, target, units(10));
    village.intend(other, mine, units(1));
    village.month();
    village.intend(other, mine, units(1));
    village.month();
    assert!(village.ledger.member(x).expect("here").suspended.is_some());
    village.intend(other, mine, units(1));
    let suspended = |village: &Village, viewer| {
        view::card(&village.ledger, viewer, x)
            .expect("in sight")
            .suspended
    };
    assert!(suspended(&village, x));
    assert!(!suspended(&village, other));
    village.red(x, units(500), 9);
    assert!(suspended(&village, other));
}

// ---- over random histories ----------------------------------------------------------------------------------------

/// One viewer who tries things.
struct Trial<'a> {
    history: &'a History,
    viewer: MemberId,
}

impl Trial<'_> {
    fn would(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let envelope = Envelope {
            id: CommandId(0),
            by: Actor::Member(self.viewer),
            at: self.history.at,
            command,
        };
        decide(&self.history.ledger, &envelope)
    }

    /// The flag says what `decide` does.
    fn agrees(&self, may: bool, command: Command) {
        let answer = self.would(command.clone());
        assert_eq!(may, answer.is_ok(), "{}: {command:?}: {answer:?}", self.viewer);
    }

    fn unknown(&self, command: Command) {
        assert_eq!(
            self.would(command.clone()),
            Err(Refusal::Unknown),
            "{}: {command:?}",
            self.viewer
        );
    }

    /// An appeal that is not shown: who sees its owner, and pressed an old button, hears that it takes nothing now (U2);
    /// to anybody else there is no such thing.
    fn does_not_take(&self, owner: MemberId, command: Command) {
        let told = matches!(
            self.would(command.clone()),
            Err(Refusal::AppealClosed | Refusal::NotInCircle)
        );
        if !(told && view::sight(&self.history.ledger, self.viewer, owner).card()) {
            self.unknown(command);
        }
    }

    fn intentions(&self) {
        let History { ledger, at, .. } = self.history;
        for row in ledger.intentions() {
            let (intention, amount) = (row.id, row.amount);
            let Some(view) = view::intention(ledger, self.viewer, intention, *at) else {
                self.unknown(Command::Convert {
                    intention,
                    amount: None,
                });
                self.unknown(Command::AskConversion { intention });
                continue;
            };
            self.agrees(view.may_change, Command::ChangeIntention { intention, amount });
            self.agrees(view.may_change, Command::WithdrawIntention { intention });
            self.agrees(
                view.may_convert,
                Command::Convert {
                    intention,
                    amount: None,
                },
            );
            self.agrees(view.may_ask, Command::AskConversion { intention });
            self.agrees(
                view.may_revalue,
                Command::ProposeValue {
                    intention,
                    amount: units(1),
                },
            );
            let to_answer = view.mine && view.live && view.proposed.is_some();
            self.agrees(
                to_answer,
                Command::AnswerValue {
                    intention,
                    take: false,
                },
            );
        }
    }

    fn obligations(&self) {
        let History { ledger, at, .. } = self.history;
        for obligation in ledger.obligations().map(|row| row.id) {
            let Some(view) = view::obligation(ledger, self.viewer, obligation, *at) else {
                self.unknown(Command::Report {
                    obligation,
                    amount: None,
                    note: None,
                });
                self.unknown(Command::Release { obligation });
                continue;
            };
            self.agrees(
                view.may_report,
                Command::Report {
                    obligation,
                    amount: None,
                    note: None,
                },
            );
            self.agrees(view.may_release, Command::Release { obligation });
            self.agrees(view.may_ask, Command::AskPerformance { obligation });
            for row in view.reports {
                let report = row.report;
                self.agrees(row.may_answer, Command::Confirm { report, amount: None });
                self.agrees(row.may_answer, Command::Refuse { report });
                self.agrees(row.may_remind, Command::RemindConfirmation { report });
                self.agrees(row.may_reopen, Command::Reopen { report, reason: None });
            }
        }
    }

    fn offers_and_links(&self, records: &Snapshot) {
        let ledger = &self.history.ledger;
        for offer in records.offers.iter().map(|row| row.id) {
            let Some(view) = view::offer(ledger, self.viewer, offer) else {
                self.unknown(Command::AnswerOffer { offer, accept: true });
                continue;
            };
            self.agrees(view.may_answer, Command::AnswerOffer { offer, accept: false });
            self.agrees(
                view.waiting && view.from == self.viewer,
                Command::WithdrawOffer { offer },
            );
        }
        for link in records.links.iter().map(|row| row.id) {
            let may = view::link(ledger, self.viewer, link).is_some();
            self.agrees(may, Command::RevokeLink { link });
        }
    }

    fn appeals(&self) {
        let ledger = &self.history.ledger;
        for row in ledger.appeals() {
            let (appeal, amount) = (row.id, units(1));
            let help = if row.is_monthly() {
                Command::Intend {
                    appeal,
                    amount,
                    form: Form::Money,
                    note: None,
                }
            } else {
                Command::Promise {
                    appeal,
                    amount,
                    form: Form::Money,
                    note: None,
                }
            };
            let Some(view) = view::appeal(ledger, self.viewer, appeal) else {
                self.does_not_take(row.owner, help);
                self.does_not_take(row.owner, Command::Vouch { appeal, note: None });
                continue;
            };
            self.agrees(view.may_vouch, Command::Vouch { appeal, note: None });
            let answer = self.would(help);
            let open = view.takes_help && view.owner != self.viewer;
            let shut = matches!(
                answer,
                Err(Refusal::Unknown | Refusal::AppealClosed | Refusal::Oneself)
            );
            assert_eq!(open, !shut, "{answer:?}");
        }
    }

    fn people(&self, x: MemberId) {
        let ledger = &self.history.ledger;
        let card = view::card(ledger, self.viewer, x);
        let (side, amount, form) = (Side::Creditor, units(1), Form::Time);
        let offer = Command::MakeOffer {
            to: x,
            side,
            amount,
            form,
            due: None,
            note: None,
            given: true,
        };
        self.agrees(card.as_ref().is_some_and(|card| card.may_agree), offer);
        let link = self.would(Command::MakeLink {
            about: x,
            max_uses: None,
            expires: None,
        });
        let refused = matches!(
            link,
            Err(Refusal::Unknown | Refusal::NotInNeed | Refusal::LinksForbidden)
        );
        assert_eq!(card.is_some_and(|card| card.may_link), !refused, "{link:?}");
        if x != self.viewer && !ledger.blocks_by(self.viewer).any(|blocked| blocked == x) {
            self.agrees(
                view::sight(ledger, self.viewer, x).any(),
                Command::Block { member: x },
            );
        }
    }
}

/// What leaving does, from its events.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other facts move nothing that was shown"
)]
fn left(events: &[Event], leaver: MemberId) -> Leaving {
    let mut sum = Leaving::default();
    for event in events {
        match event.fact {
            Fact::IntentionCancelled { author, .. } if author == leaver => sum.my_intentions += 1,
            Fact::IntentionCancelled { .. } => sum.intentions_for_me += 1,
            Fact::ObligationReleased {
                amount,
                reason: ReleaseReason::Left,
                ..
            } => {
                sum.released = sum.released.plus(amount);
            }
            Fact::ObligationDefaulted { amount, .. } => sum.defaulted = sum.defaulted.plus(amount),
            Fact::PerformanceSettledBySilence { .. } => sum.by_silence += 1,
            _ => {}
        }
    }
    sum
}

/// A ledger that lost some of its records.
fn holed(ledger: &Ledger, mut lost: u64) -> Ledger {
    let mut keeps = move || {
        lost = lost
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        lost >> 62 != 0
    };
    let mut snapshot = ledger.snapshot();
    snapshot.members.retain(|_| keeps());
    snapshot.appeals.retain(|_| keeps());
    snapshot.intentions.retain(|_| keeps());
    snapshot.obligations.retain(|_| keeps());
    snapshot.offers.retain(|_| keeps());
    snapshot.links.retain(|_| keeps());
    snapshot.circles.retain(|_| keeps());
    Ledger::from_snapshot(ledger.policy.clone(), snapshot)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_views_offer_is_what_decide_accepts(story in story()) {
        let history = play(&story);
        let records = history.ledger.snapshot();
        for viewer in history.ledger.members().filter(|row| row.is_here()).map(|row| row.id) {
            let trial = Trial { history: &history, viewer };
            trial.intentions();
            trial.obligations();
            trial.offers_and_links(&records);
            trial.appeals();
            history.ledger.members().for_each(|x| trial.people(x.id));
        }
    }

    #[test]
    fn m11_leaving_does_what_was_shown(story in story()) {
        let history = play(&story);
        for viewer in history.ledger.members().filter(|row| row.is_here()).map(|row| row.id) {
            let events = Trial { history: &history, viewer }.would(Command::Leave).expect("anybody may leave");
            prop_assert_eq!(view::leaving(&history.ledger, viewer), left(&events, viewer));
        }
    }

    #[test]
    fn l20_parts_add_up_and_can_be_promised(story in story(), sum in 0_u64..500_000) {
        let history = play(&story);
        let ledger = &history.ledger;
        for viewer in ledger.members().map(|row| row.id) {
            let (parts, needs) = (view::spread(ledger, viewer, Amount::from_minor(sum)), view::in_need(ledger, viewer));
            let uncovered = |need: &Need| match need.deadline {
                Some(_) => need.missing,
                None => need.missing.less(need.intended),
            };
            prop_assert!(parts.iter().map(|part| part.amount).sum::<Amount>() <= Amount::from_minor(sum));
            for part in parts {
                let need = needs.iter().find(|need| need.appeal == part.appeal).expect("in need, and in sight");
                prop_assert!(!part.amount.is_zero() && part.amount <= uncovered(need));
                let (appeal, amount, form, note) = (part.appeal, part.amount, Form::Money, None);
                let trial = Trial { history: &history, viewer };
                trial.agrees(true, if part.emergency {
                    Command::Promise { appeal, amount, form, note }
                } else {
                    Command::Intend { appeal, amount, form, note }
                });
            }
        }
    }

    #[test]
    fn a_part_with_holes_answers_and_names_only_whom_it_holds(story in story(), lost in any::<u64>()) {
        let history = play(&story);
        let ledger = holed(&history.ledger, lost);
        let everybody: BTreeSet<MemberId> = history.ledger.members().map(|row| row.id).collect();
        let held = |member: MemberId| ledger.member(member).is_some();
        for &viewer in &everybody {
            prop_assert_eq!(view::home(&ledger, viewer, history.at).is_some(),
                ledger.member(viewer).is_some_and(|row| row.is_here()));
            prop_assert!(view::network(&ledger, viewer).into_iter().all(held));
            prop_assert!(view::in_need(&ledger, viewer).into_iter().all(|need| held(need.member)));
            prop_assert!(view::people(&ledger, viewer, &everybody).into_iter().all(|line| held(line.member)));
            let _ = view::spread(&ledger, viewer, units(100));
            let _ = view::leaving(&ledger, viewer);
            let _ = view::links(&ledger, viewer);
            for &x in &everybody {
                prop_assert!(view::card(&ledger, viewer, x).is_none() || held(x));
            }
            for id in 0..ledger.next_number() {
                let _ = view::appeal(&ledger, viewer, AppealId(id));
                let _ = view::intention(&ledger, viewer, exodus_core::IntentionId(id), history.at);
                let _ = view::offer(&ledger, viewer, exodus_core::OfferId(id));
                let record = view::obligation(&ledger, viewer, exodus_core::ObligationId(id), history.at);
                prop_assert!(record.is_none_or(|record| held(viewer) && record.other != Who::Member(viewer)));
            }
        }
    }
}
