//! Who sees what (M7, M9, M11, N1, N4): the table row by row, and over random histories against a plain formulation.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod random;
mod village;

use std::collections::BTreeSet;

use exodus_core::{
    Actor, AppealId, Command, Form, Ledger, LinkId, MemberId, ObligationId, Side, Status,
    view::{self, AppealView, Helpers, Sight, Who},
};
use proptest::prelude::*;
use village::{
    Village,
    plain::Plain,
    story::{play, story},
    units,
};

/// What one viewer learns of one member: the columns of the table in M7.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    name: bool,
    status: bool,
    about: bool,
    pay: bool,
    offers: bool,
    /// What is asked for and what is intended.
    totals: bool,
    missing: bool,
    /// What is promised, awaiting, confirmed, frozen, overdue.
    all_totals: bool,
    helper_names: bool,
    helper_amounts: bool,
    helper_count: bool,
    reputation: bool,
    helps: bool,
    vouchers: bool,
    help_link: bool,
    record: bool,
    record_pay: bool,
}

const NOTHING: Seen = Seen {
    name: false,
    status: false,
    about: false,
    pay: false,
    offers: false,
    totals: false,
    missing: false,
    all_totals: false,
    helper_names: false,
    helper_amounts: false,
    helper_count: false,
    reputation: false,
    helps: false,
    vouchers: false,
    help_link: false,
    record: false,
    record_pay: false,
};

/// What a network viewer sees of a member in need with three helpers and more.
const NETWORK: Seen = Seen {
    name: true,
    status: true,
    about: true,
    offers: true,
    totals: true,
    missing: true,
    helper_names: true,
    helper_count: true,
    reputation: true,
    helps: true,
    vouchers: true,
    help_link: true,
    ..NOTHING
};

const CIRCLE: Seen = Seen {
    pay: true,
    all_totals: true,
    helper_amounts: true,
    ..NETWORK
};

const LINK: Seen = Seen {
    helper_names: false,
    help_link: false,
    ..NETWORK
};

fn seen(village: &Village, viewer: MemberId, x: MemberId) -> Seen {
    let ledger = &village.ledger;
    let sight = view::sight(ledger, viewer, x);
    let card = view::card(ledger, viewer, x);
    let appeal = card.as_ref().and_then(|card| card.appeal.as_ref());
    let between = |row: &&exodus_core::Obligation| {
        (row.debtor, row.creditor) == (viewer, x) || (row.debtor, row.creditor) == (x, viewer)
    };
    let records: Vec<_> = ledger
        .obligations()
        .filter(between)
        .filter_map(|row| view::obligation(ledger, viewer, row.id, village.at))
        .filter(|record| record.other == Who::Member(x))
        .collect();
    Seen {
        name: sight.any(),
        status: sight.any(),
        about: card.as_ref().is_some_and(|card| card.about),
        pay: card.as_ref().is_some_and(|card| card.pay),
        offers: card.as_ref().is_some_and(|card| card.offers),
        totals: appeal.is_some_and(|appeal| !appeal.target.is_zero()),
        missing: appeal.is_some_and(|appeal| !appeal.missing.is_zero()),
        all_totals: appeal.is_some_and(|appeal| !appeal.confirmed.is_zero() || !appeal.promised.is_zero()),
        helper_names: appeal.is_some_and(|appeal| !named(&appeal.helpers).is_empty()),
        helper_amounts: appeal.is_some_and(AppealView::is_whole),
        helper_count: appeal.is_some(),
        reputation: card.as_ref().is_some_and(|card| card.reputation.is_some()),
        helps: card.as_ref().is_some_and(|card| card.helps.is_some()),
        vouchers: appeal.is_some_and(|appeal| !appeal.vouchers.is_empty()),
        help_link: card.as_ref().is_some_and(|card| card.may_link),
        record: !records.is_empty(),
        record_pay: records.iter().any(|record| record.pay),
    }
}

/// The helpers a viewer is told by name.
fn named(helpers: &Helpers) -> BTreeSet<MemberId> {
    match helpers {
        Helpers::All(all) => all.iter().filter_map(|helper| id(helper.who)).collect(),
        Helpers::Names { names, .. } => names.iter().copied().collect(),
        Helpers::Count(_) => BTreeSet::new(),
    }
}

fn id(who: Who) -> Option<MemberId> {
    match who {
        Who::Member(member) => Some(member),
        Who::Someone => None,
    }
}

/// X asks for 100 a month; three help; the first vouches, and has given something.
struct Scene {
    village: Village,
    x: MemberId,
    appeal: AppealId,
    helpers: [MemberId; 3],
    /// What the first helper still owes.
    owed: ObligationId,
}

fn scene() -> Scene {
    let mut village = Village::new();
    let x = village.newcomer();
    let helpers = village.newcomers::<3>();
    let appeal = village.orange(x, units(100));
    let owed = village.oblige(helpers[0], appeal, units(20));
    village.give(owed, units(5));
    village.intend(helpers[1], appeal, units(10));
    village.intend(helpers[2], appeal, units(10));
    village.vouch(helpers[0], appeal);
    Scene {
        village,
        x,
        appeal,
        helpers,
        owed,
    }
}

impl Scene {
    /// Somebody in X's network who does not help X: a helper of theirs supports this one too.
    fn neighbour(&mut self) -> MemberId {
        let neighbour = self.village.newcomer();
        let appeal = self.village.orange(neighbour, units(50));
        self.village.intend(self.helpers[0], appeal, units(1));
        neighbour
    }

    fn seen_by(&self, viewer: MemberId) -> Seen {
        seen(&self.village, viewer, self.x)
    }

    fn appeal_for(&self, viewer: MemberId) -> Option<AppealView> {
        view::appeal(&self.village.ledger, viewer, self.appeal)
    }
}

// ---- M7, row by row -----------------------------------------------------------------------------------------------

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
fn n4_what_a_link_opened_closes_when_revoked_expired_forbidden_or_green() {
    let ways: [fn(&mut Scene, LinkId); 5] = [
        |scene, link| drop(scene.village.say(scene.x, Command::RevokeLink { link })),
        |scene, link| {
            let maker = scene.village.ledger.link(link).expect("made").maker;
            drop(scene.village.say(maker, Command::RevokeLink { link }));
        },
        |scene, _| drop(scene.village.say(scene.x, Command::ForbidLinks { forbid: true })),
        |scene, _| drop(scene.village.say(scene.x, Command::EndMonthly)),
        |scene, _| scene.village.days(3),
    ];
    for close in ways {
        let mut scene = scene();
        let (maker, visitor) = (scene.helpers[0], scene.village.newcomer());
        let link = LinkId(scene.village.ledger.next_number());
        let expires = Some(scene.village.ledger.policy.date(scene.village.at.plus_days(2)));
        scene.village.say(
            maker,
            Command::MakeLink {
                about: scene.x,
                max_uses: None,
                expires,
            },
        );
        scene.village.follow(visitor, link);
        assert_eq!(scene.seen_by(visitor), LINK);
        close(&mut scene, link);
        assert_eq!(scene.seen_by(visitor), NOTHING);
    }
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
    scene.village.give(scene.owed, units(15));
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

// ---- M9, M11, N1 --------------------------------------------------------------------------------------------------

#[test]
fn m9_after_a_block_neither_sees_the_other() {
    let mut scene = scene();
    let blocked = scene.helpers[1];
    scene.village.block(scene.x, blocked);
    assert_eq!(scene.seen_by(blocked), NOTHING);
    assert_eq!(seen(&scene.village, scene.x, blocked), NOTHING);
    assert!(!view::network(&scene.village.ledger, blocked).contains(&scene.x));
    assert!(!view::network(&scene.village.ledger, scene.x).contains(&blocked));
    scene.village.say(scene.x, Command::Unblock { member: blocked });
    assert_eq!(
        scene.seen_by(blocked),
        NOTHING,
        "the intention was cancelled: no tie is left"
    );
}

#[test]
fn m9_in_one_circle_each_is_a_member_to_the_other() {
    let mut scene = scene();
    let [first, second, third] = scene.helpers;
    scene.village.block(second, third);
    let whole = |scene: &Scene, viewer| match scene.appeal_for(viewer).expect("the circle").helpers {
        Helpers::All(all) => all,
        Helpers::Names { .. } | Helpers::Count(_) => panic!("amounts"),
    };
    for (viewer, other) in [(second, third), (third, second)] {
        let all = whole(&scene, viewer);
        let who: Vec<Who> = all.iter().map(|helper| helper.who).collect();
        assert_eq!(who, [Who::Member(first), Who::Member(viewer), Who::Someone]);
        assert_eq!(all[2].intended, units(10), "totals stay true");
        assert_eq!(seen(&scene.village, viewer, other), NOTHING);
    }
    assert_eq!(
        whole(&scene, first)
            .iter()
            .filter(|helper| helper.who == Who::Someone)
            .count(),
        0
    );
}

#[test]
fn m9_a_blocked_tie_is_no_tie_for_anybody() {
    let mut scene = scene();
    let viewer = scene.neighbour();
    // viewer ← helper → X; X blocks the helper, whose obligation holds them in the circle all the same.
    scene.village.block(scene.x, scene.helpers[0]);
    assert!(scene.village.ledger.is_in_circle(scene.appeal, scene.helpers[0]));
    assert_eq!(scene.seen_by(viewer), NOTHING);
    assert!(!view::network(&scene.village.ledger, viewer).contains(&scene.x));
}

#[test]
fn m11_nobody_sees_who_left() {
    let mut scene = scene();
    let (leaver, viewer) = (scene.helpers[0], scene.neighbour());
    let report = scene.village.report(scene.owed, units(5));
    scene.village.say(leaver, Command::Leave);
    for other in [scene.helpers[1], scene.helpers[2], viewer] {
        assert_eq!(seen(&scene.village, other, leaver), NOTHING);
        assert!(!view::network(&scene.village.ledger, other).contains(&leaver));
    }
    let by_owner = seen(&scene.village, scene.x, leaver);
    assert_eq!(
        by_owner,
        Seen {
            name: true,
            status: true,
            record: true,
            ..NOTHING
        },
        "a report waits for an answer"
    );
    assert_eq!(view::card(&scene.village.ledger, scene.x, leaver), None);
    scene.village.confirm(report);
    assert_eq!(seen(&scene.village, scene.x, leaver), NOTHING, "settled");
    for x in [scene.x, leaver] {
        assert_eq!(seen(&scene.village, leaver, x), NOTHING, "who left sees nothing");
    }
    assert_eq!(view::home(&scene.village.ledger, leaver, scene.village.at), None);
}

#[test]
fn n1_the_six_relations() {
    let mut village = Village::new();
    let [me, supporter, supported, fellow, also, second, farther] = village.newcomers();
    let support = |village: &mut Village, helper, owner: MemberId| {
        let current = village.ledger.current_appeal(owner).map(|appeal| appeal.id);
        let appeal = current.unwrap_or_else(|| village.orange(owner, units(100)));
        village.intend(helper, appeal, units(1));
    };
    support(&mut village, supporter, me);
    support(&mut village, me, supported);
    support(&mut village, fellow, supported);
    support(&mut village, supporter, also);
    support(&mut village, second, supporter);
    support(&mut village, supported, farther);
    let relations = view::relations_of(&village.ledger, me);
    let expected =
        [supporter, supported, fellow, also, second, farther].map(|member| BTreeSet::from([member]));
    assert_eq!(relations.six, expected);
    assert_eq!(view::network(&village.ledger, me).len(), 6);
    assert!(
        !view::sight(&village.ledger, second, farther).any(),
        "four steps apart"
    );
}

#[test]
fn n1_a_referral_ties_until_something_is_overdue() {
    let mut village = Village::new();
    let maker = village.newcomer();
    let appeal = village.orange(maker, units(100));
    let link = village.make_link(maker, maker);
    let guest = village.newcomer_via(Some(link));
    village.say(maker, Command::RevokeLink { link });
    assert_eq!(
        view::relations_of(&village.ledger, guest).referrals,
        BTreeSet::from([maker])
    );
    assert_eq!(
        view::relations_of(&village.ledger, maker).referrals,
        BTreeSet::from([guest])
    );
    assert!(view::sight(&village.ledger, guest, maker).network);
    let owed = village.oblige(guest, appeal, units(10));
    village.month();
    assert!(village.ledger.obligation(owed).expect("made").is_overdue());
    let only_the_record = Sight {
        counterparty: true,
        ..Sight::default()
    };
    assert_eq!(view::sight(&village.ledger, guest, maker), only_the_record);
    assert_eq!(view::sight(&village.ledger, maker, guest), only_the_record);
    village.give(owed, units(10));
    assert!(
        view::sight(&village.ledger, guest, maker).network,
        "kept late: the tie is back"
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

#[test]
fn n4_a_link_is_shown_to_its_maker_and_whom_it_leads_to() {
    let mut scene = scene();
    let [maker, fellow, _] = scene.helpers;
    let link = scene.village.make_link(maker, scene.x);
    let visitor = scene.village.newcomer();
    scene.village.follow(visitor, link);
    let ledger = &scene.village.ledger;
    let mine = view::link(ledger, maker, link).expect("its maker");
    assert_eq!(
        (mine.mine, mine.uses, mine.other),
        (true, 1, Who::Member(scene.x))
    );
    let about_me = view::link(ledger, scene.x, link).expect("whom it leads to");
    assert_eq!((about_me.mine, about_me.other), (false, Who::Member(maker)));
    assert_eq!(view::link(ledger, visitor, link), None);
    assert_eq!(view::link(ledger, fellow, link), None);
    let shown = |member| -> Vec<(bool, bool)> {
        view::links(ledger, member)
            .iter()
            .map(|row| (row.link == link, row.active))
            .collect()
    };
    let (by_maker, by_x) = (shown(maker), shown(scene.x));
    assert_eq!(by_maker, [(true, true)]);
    assert_eq!(
        by_x,
        [(false, false), (false, false), (false, false), (true, true)],
        "three introductions are over"
    );
}

// ---- over random histories ----------------------------------------------------------------------------------------

/// Every member that an answer mentions, whatever the field: read off its debug form.
fn mentioned(answer: &impl std::fmt::Debug) -> BTreeSet<MemberId> {
    let text = format!("{answer:?}");
    let ids = text
        .split("MemberId(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next()?.parse().ok());
    ids.map(MemberId).collect()
}

fn check_pair(ledger: &Ledger, plain: &Plain, viewer: MemberId, x: MemberId, visible: &BTreeSet<MemberId>) {
    let sight = plain.sight(viewer, x);
    assert_eq!(view::sight(ledger, viewer, x), sight, "{viewer} looks at {x}");
    let card = view::card(ledger, viewer, x);
    assert_eq!(card.is_some(), sight.card());
    let Some(card) = card else { return };
    let helps_now = card
        .appeal
        .as_ref()
        .is_some_and(|appeal| plain.in_circle(appeal.appeal, viewer));
    assert_eq!(
        card.pay,
        sight.own || (helps_now && plain.status(x) != Status::Green),
        "payment details"
    );
    let supported = plain.records.circles.iter().filter(|(_, helper)| *helper == x);
    let supported: BTreeSet<MemberId> = supported.map(|&(appeal, _)| plain.appeal(appeal).owner).collect();
    assert_eq!(card.helps, Some(supported.len()));
    let may_name = sight.own || (sight.network && supported.len() >= 3);
    assert!(card.helps_names.is_empty() || may_name);
    assert!(card.helps_names.iter().all(|name| visible.contains(name)));
    assert_eq!(card.appeal.is_some(), plain.status(x) != Status::Green);
}

fn check_appeal(
    ledger: &Ledger,
    plain: &Plain,
    viewer: MemberId,
    id: AppealId,
    visible: &BTreeSet<MemberId>,
) {
    let row = plain.appeal(id);
    let sight = plain.sight(viewer, row.owner);
    let helps = plain.in_circle(id, viewer) && row.is_open() && sight.card();
    let shown = sight.own || helps || (sight.card() && plain.current(row.owner) == Some(id));
    let Some(answer) = view::appeal(ledger, viewer, id) else {
        assert!(!shown, "appeal {id} for {viewer}");
        return;
    };
    assert!(shown, "appeal {id} for {viewer}");
    let circle: BTreeSet<MemberId> = plain
        .records
        .circles
        .iter()
        .filter(|(appeal, _)| *appeal == id)
        .map(|&(_, helper)| helper)
        .collect();
    match &answer.helpers {
        Helpers::All(all) => {
            assert!(sight.own || helps, "amounts are for the owner and the circle");
            assert!(
                named(&answer.helpers)
                    .iter()
                    .all(|&name| !plain.blocked(viewer, name))
            );
            assert!(sight.own || named(&answer.helpers).is_subset(&circle));
            assert!(all.len() >= circle.len(), "every helper");
        }
        Helpers::Names { names, others } => {
            assert!(sight.network && circle.len() >= 3 && names.len() + others == circle.len());
            assert!(
                names
                    .iter()
                    .all(|name| visible.contains(name) && circle.contains(name))
            );
        }
        Helpers::Count(count) => {
            assert_eq!(*count, circle.len());
            assert!(circle.len() < 3 || !sight.network);
        }
    }
    let apart = [
        answer.promised,
        answer.awaiting,
        answer.confirmed,
        answer.frozen,
        answer.overdue,
    ];
    assert!(answer.is_whole() || apart.iter().all(|amount| amount.is_zero()));
    let gone = |member: &MemberId| ledger.member(*member).is_some_and(|row| row.left.is_some());
    let vouches = row.vouches.keys().filter(|member| !gone(member)).count();
    assert_eq!(answer.vouchers.len(), vouches);
    for voucher in &answer.vouchers {
        match voucher.who {
            Who::Member(member) => assert!(visible.contains(&member)),
            Who::Someone => assert_eq!(voucher.note, None),
        }
    }
    assert!(!answer.findable || sight.own);
    let in_the_circle_with = if answer.is_whole() {
        circle
    } else {
        BTreeSet::new()
    };
    let overdue = plain
        .records
        .obligations
        .iter()
        .filter(|o| sight.own && o.appeal() == Some(id) && o.is_overdue());
    let debtors: BTreeSet<MemberId> = overdue.map(|row| row.debtor).collect();
    for name in mentioned(&answer) {
        assert!(visible.contains(&name) || in_the_circle_with.contains(&name) || debtors.contains(&name));
    }
}

fn check_lists(ledger: &Ledger, plain: &Plain, viewer: MemberId, visible: &BTreeSet<MemberId>) {
    let network: BTreeSet<MemberId> = visible
        .iter()
        .copied()
        .filter(|&x| plain.sight(viewer, x).network)
        .collect();
    assert_eq!(view::network(ledger, viewer), network);
    assert!(mentioned(&view::relations_of(ledger, viewer)).is_subset(&network));
    let everybody = plain.records.members.iter().map(|row| row.id).collect();
    let people = view::people(ledger, viewer, &everybody);
    assert_eq!(
        &people.iter().map(|line| line.member).collect::<BTreeSet<_>>(),
        visible
    );
    let mut needy: BTreeSet<MemberId> = visible.clone();
    needy.retain(|&x| x != viewer && plain.status(x) != Status::Green);
    let needs = view::in_need(ledger, viewer);
    assert_eq!(
        needs.iter().map(|need| need.member).collect::<BTreeSet<_>>(),
        needy
    );
    assert!(mentioned(&view::spread(ledger, viewer, units(1000))).is_subset(&needy));
}

fn check_records(ledger: &Ledger, plain: &Plain, viewer: MemberId, at: exodus_core::Timestamp) {
    let here = plain.here(viewer);
    let visible = |x| plain.sight(viewer, x).card();
    for row in &plain.records.intentions {
        let answer = view::intention(ledger, viewer, row.id, at);
        assert_eq!(
            answer.is_some(),
            here && [row.author, row.recipient].contains(&viewer)
        );
        let other = answer.and_then(|answer| id(answer.other));
        assert!(other.is_none_or(visible));
        assert!(other.is_some() || !row.is_live() || !here || ![row.author, row.recipient].contains(&viewer));
    }
    for row in &plain.records.obligations {
        let answer = view::obligation(ledger, viewer, row.id, at);
        assert_eq!(
            answer.is_some(),
            here && [row.debtor, row.creditor].contains(&viewer)
        );
        let Some(answer) = answer else { continue };
        assert_eq!(answer.pay, row.debtor == viewer && row.is_unsettled());
        let other = if row.debtor == viewer {
            row.creditor
        } else {
            row.debtor
        };
        assert_eq!(
            id(answer.other),
            Some(other).filter(|&x| row.is_unsettled() || visible(x))
        );
    }
    for row in &plain.records.offers {
        let answer = view::offer(ledger, viewer, row.id);
        assert_eq!(answer.is_some(), here && [row.from, row.to].contains(&viewer));
        assert!(answer.and_then(|answer| id(answer.other)).is_none_or(visible));
    }
    for row in &plain.records.links {
        let answer = view::link(ledger, viewer, row.id);
        assert_eq!(answer.is_some(), here && [row.maker, row.about].contains(&viewer));
        let maker_is_told =
            |x| row.about == viewer && x == row.maker && plain.here(x) && !plain.blocked(viewer, x);
        assert!(
            answer
                .and_then(|answer| id(answer.other))
                .is_none_or(|x| visible(x) || maker_is_told(x))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn m7_nothing_is_shown_that_the_table_forbids(story in story()) {
        let history = play(&story);
        let ledger = &history.ledger;
        let plain = Plain::new(ledger.snapshot());
        let members: Vec<MemberId> = ledger.members().map(|row| row.id).collect();
        for &viewer in &members {
            let visible = plain.visible(viewer);
            for &x in &members {
                check_pair(ledger, &plain, viewer, x, &visible);
            }
            for appeal in ledger.appeals() {
                check_appeal(ledger, &plain, viewer, appeal.id, &visible);
            }
            check_lists(ledger, &plain, viewer, &visible);
            check_records(ledger, &plain, viewer, history.at);
        }
    }

    #[test]
    fn m7_whom_the_ledger_does_not_hold_nobody_sees(story in story()) {
        let history = play(&story);
        let (ledger, nobody) = (&history.ledger, MemberId(u64::MAX));
        for viewer in ledger.members().map(|row| row.id) {
            for (one, other) in [(viewer, nobody), (nobody, viewer)] {
                prop_assert_eq!(view::sight(ledger, one, other), Sight::default());
                prop_assert_eq!(view::card(ledger, one, other), None);
            }
        }
        prop_assert_eq!(view::home(ledger, nobody, history.at), None);
        prop_assert_eq!(view::organizer(ledger, nobody), view::Organizer::default());
        prop_assert!(view::network(ledger, nobody).is_empty());
    }

    #[test]
    fn m9_after_a_block_only_counterparty_records_are_left(
        story in story(), die in any::<u8>()
    ) {
        let mut history = play(&story);
        let rows = history.ledger.members().filter(|row| row.is_here());
        let here: Vec<MemberId> = rows.map(|row| row.id).collect();
        let pairs = here.iter().flat_map(|&one| here.iter().map(move |&other| (one, other)));
        let sees = |(one, other)| one != other && view::sight(&history.ledger, one, other).any();
        let pairs: Vec<(MemberId, MemberId)> = pairs.filter(|&pair| sees(pair)).collect();
        let Some(&(one, other)) = pairs.get(usize::from(die) % pairs.len().max(1)) else { return Ok(()) };
        history.give(Actor::Member(one), Command::Block { member: other }).expect("in sight");
        for (viewer, x) in [(one, other), (other, one)] {
            let sight = view::sight(&history.ledger, viewer, x);
            prop_assert_eq!(sight, Sight { counterparty: sight.counterparty, ..Sight::default() });
            prop_assert_eq!(view::card(&history.ledger, viewer, x), None);
            prop_assert!(!mentioned(&view::relations_of(&history.ledger, viewer)).contains(&x));
            prop_assert!(!mentioned(&view::in_need(&history.ledger, viewer)).contains(&x));
            for member in &here {
                let card = view::card(&history.ledger, viewer, *member);
                prop_assert!(!mentioned(&card).contains(&x), "neither on anybody else's card");
            }
        }
    }
}
