//! After a block, and after leaving (M9, M11).

use exodus_core::{
    Command,
    view::{self, Helpers, Who},
};

use crate::{
    scene::{NOTHING, Scene, Seen, scene, seen},
    village::units,
};

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
