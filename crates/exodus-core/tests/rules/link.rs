//! Invitations (N4).

use exodus_core::{Command, LinkId, Refusal};

use crate::village::{Village, date, units};

#[test]
fn n4_the_referral_is_recorded_at_first_registration_only() {
    let mut village = Village::new();
    let [x, member] = village.newcomers();
    village.orange(x, units(100));
    let link = village.make_link(x, x);
    let guest = village.newcomer_via(Some(link));
    village.follow(member, link);
    assert_eq!(village.member(guest).referred_by, Some(x));
    assert_eq!(village.member(member).referred_by, None);
    assert_eq!(village.ledger.link(link).unwrap().visitors.len(), 2);
}

#[test]
fn n4_the_maker_is_the_one_who_refers() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(1));
    let link = village.make_link(helper, x);
    let guest = village.newcomer_via(Some(link));
    assert_eq!(village.member(guest).referred_by, Some(helper));
    assert!(exodus_core::view::sight(&village.ledger, guest, x).link);
}

#[test]
fn n4_a_link_that_does_not_work_opens_nothing_and_all_say_the_same() {
    let mut village = Village::new();
    let [x, green, blocked, visitor] = village.newcomers();
    village.orange(x, units(100));
    let made = |village: &mut Village, about, max_uses, expires| {
        let link = LinkId(village.ledger.next_number());
        let make = Command::MakeLink {
            about,
            max_uses,
            expires,
        };
        village.say(about, make);
        link
    };
    let used = made(&mut village, x, Some(1), None);
    village.newcomer_via(Some(used));
    let expired = made(&mut village, x, None, Some(date(2026, 11, 3)));
    let revoked = made(&mut village, x, None, None);
    village.say(x, Command::RevokeLink { link: revoked });
    let to_green = made(&mut village, green, None, None);
    village.orange(blocked, units(10));
    let to_blocked = made(&mut village, blocked, None, None);
    let appeal = village.ledger.current_appeal(blocked).unwrap().id;
    village.intend(visitor, appeal, units(1));
    village.block(visitor, blocked);
    village.until(date(2026, 11, 4));
    for link in [used, expired, revoked, to_green, to_blocked, LinkId(9_999)] {
        assert_eq!(
            village.try_say(visitor, Command::FollowLink { link }),
            Err(Refusal::Unknown)
        );
    }
    let guest = village.newcomer_via(Some(revoked));
    assert_eq!(village.member(guest).referred_by, None);
}

#[test]
fn n4_whoever_has_followed_it_uses_it_up_once() {
    let mut village = Village::new();
    let [x, one, other] = village.newcomers();
    village.orange(x, units(100));
    let link = LinkId(village.ledger.next_number());
    village.say(
        x,
        Command::MakeLink {
            about: x,
            max_uses: Some(2),
            expires: None,
        },
    );
    let follow = Command::FollowLink { link };
    village.say(one, follow.clone());
    assert_eq!(village.say(one, follow.clone()), [], "it is so already");
    village.say(other, follow.clone());
    assert_eq!(village.say(one, follow), []);
}

#[test]
fn n4_what_cannot_be_made() {
    let mut village = Village::new();
    let [x, helper, green] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(1));
    let theirs = village.orange(green, units(10));
    village.intend(helper, theirs, units(1));
    village.convert(
        helper,
        village.ledger.intention_of(helper, theirs).unwrap().id,
        units(1),
    );
    village.say(green, Command::EndMonthly);
    let make = |about, max_uses, expires| Command::MakeLink {
        about,
        max_uses,
        expires,
    };
    assert_eq!(
        village.try_say(helper, make(green, None, None)),
        Err(Refusal::NotInNeed)
    );
    assert_eq!(
        village.try_say(helper, make(x, Some(0), None)),
        Err(Refusal::NoUses)
    );
    let passed = date(2026, 11, 1);
    assert_eq!(
        village.try_say(helper, make(x, None, Some(passed))),
        Err(Refusal::DatePassed { date: passed })
    );
    village.say(x, Command::ForbidLinks { forbid: true });
    assert_eq!(
        village.try_say(helper, make(x, None, None)),
        Err(Refusal::LinksForbidden)
    );
    village.say(x, make(x, None, None));
    village.ledger.policy.links_per_member = 2;
    village.say(helper, make(helper, None, None));
    village.say(helper, make(helper, None, None));
    assert_eq!(
        village.try_say(helper, make(helper, None, None)),
        Err(Refusal::TooManyLinks { limit: 2 })
    );
}

#[test]
fn n4_its_maker_and_whom_it_leads_to_may_revoke_it() {
    let mut village = Village::new();
    let [x, helper, fellow] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(1));
    village.intend(fellow, appeal, units(1));
    for by in [x, helper] {
        let link = village.make_link(helper, x);
        let revoke = Command::RevokeLink { link };
        assert_eq!(village.try_say(fellow, revoke.clone()), Err(Refusal::Unknown));
        village.say(by, revoke.clone());
        assert_eq!(village.say(by, revoke), [], "it is so already");
    }
}
