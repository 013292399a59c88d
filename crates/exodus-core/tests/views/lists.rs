//! Who needs help, in what order (U6), and how a sum is spread over them (L20).

use std::collections::BTreeSet;

use exodus_core::{
    Amount, AppealId, Command, Form, MemberId, Status,
    view::{self, Part},
};

use crate::village::{Village, date, units};

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
