//! What a link opens, to whom it is shown, and when that closes (N4).

use exodus_core::{
    Command, LinkId,
    view::{self, Who},
};

use crate::scene::{LINK, NOTHING, Scene, scene};

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
