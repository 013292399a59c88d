//! Vouches, agreements, and who fell out of a circle (M8a, L7a, C3).

use std::collections::BTreeSet;

use exodus_core::{
    Command, Form, ObligationId, Side,
    view::{self, Who},
};

use crate::{
    scene::{named, scene},
    village::units,
};

#[test]
fn m8a_vouchers_are_named_to_those_who_may_see_them() {
    let mut scene = scene();
    let viewer = scene.neighbour();
    let voucher = scene.helpers[0];
    let vouchers = scene.appeal_for(viewer).expect("in the network").vouchers;
    assert_eq!(
        (vouchers[0].who, vouchers[0].note.is_some()),
        (Who::Member(voucher), true)
    );
    scene.village.block(viewer, voucher);
    assert_eq!(
        scene.appeal_for(viewer),
        None,
        "the tie went through the one blocked"
    );
    let fellow = scene.helpers[1];
    scene.village.block(fellow, voucher);
    let vouchers = scene.appeal_for(fellow).expect("the circle").vouchers;
    assert_eq!(
        (vouchers.len(), vouchers[0].who, vouchers[0].note),
        (1, Who::Someone, None),
        "counted all the same"
    );
}

#[test]
fn c3_who_fell_out_is_named_to_the_owner_only() {
    let mut scene = scene();
    let [debtor, fellow, _] = scene.helpers;
    scene.village.month();
    scene.village.intend(fellow, scene.appeal, units(10));
    assert!(
        scene
            .village
            .ledger
            .obligation(scene.owed)
            .expect("made")
            .is_overdue()
    );
    let owner = scene.appeal_for(scene.x).expect("own");
    assert_eq!(owner.overdue, units(15));
    assert!(named(&owner.helpers).contains(&debtor));
    let circle = scene.appeal_for(fellow).expect("the circle");
    assert_eq!(circle.overdue, units(15), "shown apart (L14)");
    assert_eq!(named(&circle.helpers), BTreeSet::from([fellow]));
    assert_eq!(scene.appeal_for(debtor), None);
}

#[test]
fn l7a_an_agreement_is_its_two_parties_only() {
    let mut scene = scene();
    let [first, second, third] = scene.helpers;
    let offer = scene.village.offer(first, second, units(7), Side::Debtor);
    let ledger = &scene.village.ledger;
    assert!(view::offer(ledger, first, offer).is_some_and(|offer| !offer.may_answer));
    assert!(view::offer(ledger, second, offer).is_some_and(|offer| offer.may_answer));
    assert_eq!(view::offer(ledger, third, offer), None);
    assert_eq!(view::offer(ledger, scene.x, offer), None);
    let agreed = ObligationId(ledger.next_number());
    scene
        .village
        .say(second, Command::AnswerOffer { offer, accept: true });
    let ledger = &scene.village.ledger;
    assert!(view::obligation(ledger, first, agreed, scene.village.at).is_some());
    assert_eq!(view::obligation(ledger, third, agreed, scene.village.at), None);
    assert_eq!(ledger.obligation(agreed).expect("made").form, Form::Service);
}
