//! M7, row by row.

use exodus_core::{
    AppealId, Command, MemberId, Status,
    view::{self, Helpers, Sight, Who},
};

use crate::{
    scene::{CIRCLE, LINK, NETWORK, NOTHING, Scene, Seen, scene, seen},
    village::{Village, units},
};

#[test]
fn m7_oneself_sees_everything() {
    let scene = scene();
    let everything = Seen {
        record: true,
        ..CIRCLE
    };
    let mut own = scene.seen_by(scene.x);
    let record = view::obligation(&scene.village.ledger, scene.x, scene.owed, scene.village.at);
    own.record = record.is_some();
    assert_eq!(own, everything);
    assert!(scene.appeal_for(scene.x).expect("own").findable);
    assert_eq!(
        view::sight(&scene.village.ledger, scene.x, scene.x),
        Sight {
            own: true,
            ..Sight::default()
        }
    );
}

#[test]
fn m7_circle_sees_helpers_with_amounts_and_payment_details() {
    let scene = scene();
    assert_eq!(scene.seen_by(scene.helpers[1]), CIRCLE);
    let view = scene.appeal_for(scene.helpers[1]).expect("the circle");
    let Helpers::All(all) = view.helpers else {
        panic!("amounts")
    };
    assert_eq!(all.len(), 3);
    let first = all[0];
    assert_eq!(first.who, Who::Member(scene.helpers[0]));
    assert_eq!(
        (first.intended, first.promised, first.confirmed),
        (units(0), units(15), units(5))
    );
    assert_eq!(all[1].intended, units(10));
    assert!(!view.findable, "only its owner sees that");
    assert!(view.may_vouch && !view.vouching);
}

#[test]
fn m7_circle_rights_hold_for_the_one_appeal_helped() {
    let mut scene = scene();
    let emergency = scene.village.red(scene.x, units(500), 10);
    let helper = scene.helpers[1];
    let seen = scene.seen_by(helper);
    assert!(
        !seen.helper_amounts && !seen.pay && !seen.all_totals,
        "of the emergency, which they do not help yet"
    );
    assert!(
        scene
            .appeal_for(helper)
            .expect("their own resting one")
            .is_whole()
    );
    assert!(scene.appeal_for(helper).expect("their own resting one").resting);
    let rescuer = scene.village.newcomer();
    scene.village.promise(rescuer, emergency, units(50));
    assert!(scene.seen_by(rescuer).helper_amounts);
    assert_eq!(
        scene.appeal_for(rescuer),
        None,
        "the resting appeal is not what they help"
    );
}

#[test]
fn m7_network_sees_totals_and_names_without_amounts() {
    let mut scene = scene();
    let viewer = scene.neighbour();
    assert_eq!(scene.seen_by(viewer), NETWORK);
    let view = scene.appeal_for(viewer).expect("in the network");
    assert_eq!(
        (view.target, view.intended, view.missing),
        (units(100), units(20), units(80))
    );
    let hidden = [
        view.promised,
        view.awaiting,
        view.confirmed,
        view.frozen,
        view.overdue,
    ];
    assert_eq!(hidden, [units(0); 5]);
    assert_eq!(
        view.helpers,
        Helpers::Names {
            names: vec![scene.helpers[0]],
            others: 2
        },
        "the viewer's own supporter; the others, who stand three steps away, are a count"
    );
    assert!(!view.may_vouch && !view.findable);
}

#[test]
fn m7_network_sees_red_with_missing_and_reason() {
    let mut scene = scene();
    let viewer = scene.neighbour();
    scene.village.red(scene.x, units(500), 10);
    let card = view::card(&scene.village.ledger, viewer, scene.x).expect("in the network");
    assert_eq!(card.status, Status::Red);
    let view = card.appeal.expect("in an emergency");
    assert_eq!((view.missing, view.helpers), (units(500), Helpers::Count(0)));
    assert!(view.purpose.is_some());
    assert!(view.talk.is_some(), "who may help an emergency may talk");
}

#[test]
fn m7_fewer_than_three_helpers_are_a_count() {
    let mut scene = scene();
    let viewer = scene.neighbour();
    let intention = scene
        .village
        .ledger
        .intention_of(scene.helpers[2], scene.appeal)
        .expect("live")
        .id;
    scene
        .village
        .say(scene.helpers[2], Command::WithdrawIntention { intention });
    assert_eq!(
        scene.appeal_for(viewer).expect("in the network").helpers,
        Helpers::Count(2)
    );
}

#[test]
fn m7_whom_x_helps_follows_the_same_rule() {
    let mut village = Village::new();
    let [x, viewer] = village.newcomers();
    let owners = village.newcomers::<3>();
    let appeals = owners.map(|owner| village.orange(owner, units(10)));
    village.intend(x, appeals[0], units(1));
    village.intend(x, appeals[1], units(1));
    village.intend(viewer, appeals[0], units(1));
    village.intend(viewer, appeals[1], units(1));
    let card = view::card(&village.ledger, viewer, x).expect("both help the same");
    assert_eq!(
        (card.helps, card.helps_names),
        (Some(2), vec![]),
        "fewer than three are a count"
    );
    village.intend(x, appeals[2], units(1));
    let card = view::card(&village.ledger, viewer, x).expect("both help the same");
    assert_eq!(card.helps, Some(3));
    assert_eq!(
        card.helps_names,
        owners[..2].to_vec(),
        "the third is out of the viewer's sight"
    );
    village.block(viewer, owners[1]);
    let card = view::card(&village.ledger, viewer, x).expect("both help the same");
    assert_eq!((card.helps, card.helps_names), (Some(3), vec![owners[0]]));
    let own = view::card(&village.ledger, x, x).expect("oneself");
    assert_eq!(own.helps_names, owners.to_vec());
    let visitor = village.newcomer();
    village.orange(x, units(10));
    for member in [x, owners[0]] {
        let link = village.make_link(member, member);
        village.follow(visitor, link);
    }
    let card = view::card(&village.ledger, visitor, x).expect("through the link");
    assert_eq!(
        (card.helps, card.helps_names),
        (Some(3), vec![]),
        "no names through a link (N4)"
    );
}

#[test]
fn m7_link_shows_what_the_network_sees_but_no_helpers_names() {
    let mut scene = scene();
    let visitor = scene.village.newcomer();
    let link = scene.village.make_link(scene.x, scene.x);
    assert_eq!(scene.seen_by(visitor), NOTHING, "before it is followed");
    scene.village.follow(visitor, link);
    assert_eq!(scene.seen_by(visitor), LINK);
    let view = scene.appeal_for(visitor).expect("through the link");
    assert_eq!(view.helpers, Helpers::Count(3));
    assert!(
        view.vouchers
            .iter()
            .all(|voucher| voucher.who == Who::Someone && voucher.note.is_none())
    );
    assert!(
        !view::sight(&scene.village.ledger, scene.x, visitor).any(),
        "a link shows its visitor to nobody"
    );
}

#[test]
fn m7_counterparty_sees_the_record_only() {
    let mut scene = scene();
    // The helper falls out of sight: blocked, with a binding promise between them.
    let debtor = scene.helpers[0];
    scene.village.block(scene.x, debtor);
    let expected = Seen {
        name: true,
        status: true,
        record: true,
        record_pay: true,
        ..NOTHING
    };
    assert_eq!(scene.seen_by(debtor), expected);
    let back = seen(&scene.village, scene.x, debtor);
    assert_eq!(
        back,
        Seen {
            record_pay: false,
            ..expected
        }
    );
    assert_eq!(view::card(&scene.village.ledger, debtor, scene.x), None);
    assert_eq!(scene.appeal_for(debtor), None);
}

#[test]
fn m7_who_owes_sees_payment_details_of_a_green_creditor() {
    let mut scene = scene();
    scene.village.say(scene.x, Command::EndMonthly);
    let debtor = scene.helpers[0];
    let card = view::card(&scene.village.ledger, debtor, scene.x).expect("still supports X");
    assert!(!card.pay, "green hides (M4)");
    assert_eq!(card.between, vec![scene.owed]);
    let record =
        view::obligation(&scene.village.ledger, debtor, scene.owed, scene.village.at).expect("a party");
    assert!(record.pay && record.mine);
    let record =
        view::obligation(&scene.village.ledger, scene.x, scene.owed, scene.village.at).expect("a party");
    assert!(!record.pay, "the creditor is paid, and pays nobody");
}

#[test]
fn m7_a_settled_record_names_nobody_out_of_sight() {
    let mut scene = scene();
    let debtor = scene.helpers[0];
    scene.village.fulfil(scene.owed, units(15));
    let other = |scene: &Scene, viewer| {
        let ledger = &scene.village.ledger;
        let record = view::obligation(ledger, viewer, scene.owed, scene.village.at).expect("a party");
        (record.other, record.other_status)
    };
    assert_eq!(other(&scene, scene.x), (Who::Member(debtor), Some(Status::Green)));
    scene.village.block(scene.x, debtor);
    assert_eq!(other(&scene, scene.x), (Who::Someone, None));
    assert_eq!(other(&scene, debtor), (Who::Someone, None));
    assert_eq!(
        view::organizer(&scene.village.ledger, debtor).fulfilled,
        vec![scene.owed],
        "one's own archive stays"
    );
}

#[test]
fn m7_anyone_else_sees_nothing() {
    let mut scene = scene();
    let stranger = scene.village.newcomer();
    let nobody = MemberId(999_999);
    let ledger = &scene.village.ledger;
    assert_eq!(scene.seen_by(stranger), NOTHING);
    assert_eq!(
        scene.seen_by(stranger),
        seen(&scene.village, stranger, nobody),
        "exactly as if X did not exist"
    );
    assert_eq!(
        scene.appeal_for(stranger),
        view::appeal(ledger, stranger, AppealId(999_999))
    );
    let intention = ledger
        .intention_of(scene.helpers[1], scene.appeal)
        .expect("live")
        .id;
    assert_eq!(
        view::intention(ledger, stranger, intention, scene.village.at),
        None
    );
    assert_eq!(
        view::intention(ledger, scene.helpers[2], intention, scene.village.at),
        None,
        "the rest of the circle"
    );
    assert_eq!(
        view::obligation(ledger, stranger, scene.owed, scene.village.at),
        None
    );
    assert_eq!(
        view::obligation(ledger, scene.helpers[2], scene.owed, scene.village.at),
        None
    );
}

#[test]
fn m7_a_closed_appeal_is_its_owners_only() {
    let mut scene = scene();
    scene.village.say(scene.x, Command::EndMonthly);
    assert!(scene.appeal_for(scene.x).is_some());
    assert_eq!(scene.appeal_for(scene.helpers[0]), None);
    assert_eq!(
        view::card(&scene.village.ledger, scene.helpers[0], scene.x)
            .expect("related")
            .appeal,
        None
    );
}
