//! Bonds: personal invitations, the answers, the end, and their limits (N6, N8, N10, M9, M11).

use exodus_core::{
    Actor, Amount, BondEnding, BondId, BondState, Command, Fact, LinkId, MemberId, Policy, Refusal,
    notice::Category,
    view::{self, Who},
};

use crate::village::{Village, date, units};

/// Two who see each other: the second helps the first.
fn neighbours() -> (Village, MemberId, MemberId) {
    let mut village = Village::new();
    let [one, other] = village.newcomers();
    let appeal = village.orange(one, units(100));
    village.intend(other, appeal, units(1));
    (village, one, other)
}

fn propose(to: MemberId) -> Command {
    Command::ProposeBond { to, gives: None }
}

fn accept(bond: BondId) -> Command {
    Command::AcceptBond { bond, gives: None }
}

/// Somebody whom another does not see yet comes to stand by them, over a personal link.
fn by_link(village: &mut Village, maker: MemberId, visitor: MemberId) -> BondId {
    let link = personal(village, maker);
    let bond = BondId(village.ledger.next_number());
    village.follow(visitor, link);
    bond
}

fn personal(village: &mut Village, maker: MemberId) -> LinkId {
    let link = LinkId(village.ledger.next_number());
    let (gives, expires) = (None, None);
    village.say(maker, Command::MakePersonalLink { gives, expires });
    link
}

#[test]
fn n6_accepted_it_is_a_bond_with_what_each_side_gives() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    let gives = Some(units(80));
    village.say(one, Command::ProposeBond { to: other, gives });
    village.letters();
    assert_eq!(view::ring(&village.ledger, one), [], "nothing stands yet");
    assert_eq!(
        village.try_say(one, accept(bond)),
        Err(Refusal::Unknown),
        "not one's own"
    );
    let gives = Some(units(50));
    village.say(other, Command::AcceptBond { bond, gives });
    assert_eq!(village.told(one), [Category::BondNews]);
    let row = village.ledger.bond(bond).unwrap();
    assert_eq!(
        (row.gives(one), row.gives(other)),
        (Some(units(80)), Some(units(50)))
    );
    let ring = view::ring(&village.ledger, one);
    assert_eq!(
        (ring[0].member, ring[0].gives),
        (other, units(50)),
        "what they promised me"
    );
    assert_eq!(village.try_say(other, accept(bond)), Err(Refusal::NoLonger));
    village.ledger.invariants().unwrap();
}

#[test]
fn n6_without_an_amount_it_is_what_the_community_suggests_and_the_same_back() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    village.say(other, accept(bond));
    let row = village.ledger.bond(bond).unwrap();
    assert_eq!(row.from_gives, Policy::default().nominal);
    assert_eq!(row.to_gives, Some(Policy::default().nominal));
    for gives in [Amount::ZERO, Amount::from_minor(Amount::MAX.minor() + 1)] {
        let refused = village.try_say(one, Command::ChangeBond { bond, gives });
        assert!(matches!(
            refused,
            Err(Refusal::ZeroAmount | Refusal::AmountTooLarge)
        ));
    }
}

#[test]
fn n6_ones_own_a_second_and_a_blocked_one_are_refused() {
    let (mut village, one, other) = neighbours();
    assert_eq!(village.try_say(one, propose(one)), Err(Refusal::Oneself));
    let own = personal(&mut village, one);
    assert_eq!(
        village.try_say(one, Command::FollowLink { link: own }),
        Err(Refusal::Oneself)
    );

    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    village.say(other, accept(bond));
    for (by, to) in [(one, other), (other, one)] {
        assert_eq!(village.try_say(by, propose(to)), Err(Refusal::AlreadyBonded));
    }
    assert_eq!(
        village.try_say(other, Command::FollowLink { link: own }),
        Err(Refusal::AlreadyBonded),
        "and the link is still good for somebody else"
    );
    assert!(village.ledger.link(own).unwrap().is_active());

    village.block(other, one);
    assert_eq!(village.try_say(other, propose(one)), Err(Refusal::Blocked));
    assert_eq!(
        village.try_say(other, Command::FollowLink { link: own }),
        Err(Refusal::Blocked)
    );
    assert_eq!(
        village.try_say(one, propose(other)),
        Err(Refusal::Unknown),
        "who is blocked is not told (M9)"
    );
    let theirs = personal(&mut village, other);
    assert_eq!(
        village.try_say(one, Command::FollowLink { link: theirs }),
        Err(Refusal::Unknown)
    );
}

#[test]
fn n6_only_whom_one_sees_is_invited_directly() {
    let mut village = Village::new();
    let [one, stranger] = village.newcomers();
    for to in [stranger, MemberId(9_999)] {
        assert_eq!(village.try_say(one, propose(to)), Err(Refusal::Unknown));
    }
}

#[test]
fn n6_somebody_new_comes_by_a_personal_link_and_answers() {
    let mut village = Village::new();
    let one = village.newcomer();
    let link = personal(&mut village, one);
    let bond = BondId(village.ledger.next_number() + 1);
    village.letters();
    let guest = village.newcomer_via(Some(link));
    assert_eq!(village.told(guest), [], "they stand before it");
    assert_eq!(village.member(guest).referred_by, Some(one));
    let seen = view::bond(&village.ledger, guest, bond).unwrap();
    assert_eq!((seen.other, seen.takes), (Who::Member(one), Some(units(100))));
    assert!(seen.may_accept && seen.may_decline && !seen.may_withdraw);
    assert_eq!(view::organizer(&village.ledger, guest).bonds_to_answer, [bond]);
    village.say(guest, accept(bond));
    assert_eq!(view::ring(&village.ledger, guest)[0].member, one);
    // It was for one person.
    let [second] = village.newcomers();
    assert_eq!(
        village.try_say(second, Command::FollowLink { link }),
        Err(Refusal::Unknown)
    );
}

#[test]
fn n6_whoever_holds_the_invitation_sees_who_sent_it_until_it_is_answered() {
    let mut village = Village::new();
    let [one, visitor] = village.newcomers();
    let bond = by_link(&mut village, one, visitor);
    let sees = |village: &Village| view::sight(&village.ledger, visitor, one).card();
    assert!(sees(&village));
    assert!(
        !view::sight(&village.ledger, one, visitor).any(),
        "and is seen by nobody for it"
    );
    assert_eq!(
        view::bond(&village.ledger, one, bond).unwrap().other,
        Who::Someone
    );
    village.say(visitor, Command::DeclineBond { bond });
    assert!(!sees(&village));
    let bond = by_link(&mut village, one, visitor);
    village.say(one, Command::WithdrawBond { bond });
    assert!(!sees(&village), "and when it is taken back");
    assert_eq!(village.try_say(visitor, accept(bond)), Err(Refusal::NoLonger));
}

#[test]
fn n6_who_wish_the_same_have_agreed() {
    let (mut village, one, other) = neighbours();
    let gives = Some(units(30));
    village.say(one, Command::ProposeBond { to: other, gives });
    let gives = Some(units(20));
    village.say(other, Command::ProposeBond { to: one, gives });
    let row = village.ledger.bond_between(one, other).unwrap();
    assert_eq!(
        (row.gives(one), row.gives(other)),
        (Some(units(30)), Some(units(20)))
    );

    let mut village = Village::new();
    let [one, other] = village.newcomers();
    by_link(&mut village, one, other);
    by_link(&mut village, other, one);
    assert!(
        village.ledger.bond_between(one, other).is_some(),
        "by links as well"
    );
    village.ledger.invariants().unwrap();
}

#[test]
fn n6_inviting_again_changes_the_amount() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    assert_eq!(village.say(one, propose(other)), [], "it is so already");
    let gives = Some(units(7));
    village.say(one, Command::ProposeBond { to: other, gives });
    assert_eq!(village.ledger.bond(bond).unwrap().from_gives, units(7));
    village.say(other, accept(bond));
    village.letters();
    village.say(
        other,
        Command::ChangeBond {
            bond,
            gives: units(9),
        },
    );
    assert_eq!(village.told(one), [Category::BondNews]);
    assert_eq!(view::ring(&village.ledger, one)[0].gives, units(9));
}

#[test]
fn n8_either_side_withdraws_and_the_other_is_told() {
    for first in [true, false] {
        let (mut village, one, other) = neighbours();
        let bond = BondId(village.ledger.next_number());
        village.say(one, propose(other));
        village.say(other, accept(bond));
        village.letters();
        let (by, told) = if first { (one, other) } else { (other, one) };
        village.say(by, Command::EndBond { bond });
        assert_eq!(village.told(told), [Category::BondNews]);
        assert_eq!(view::ring(&village.ledger, one), []);
        assert_eq!(
            village.try_say(by, Command::EndBond { bond }),
            Err(Refusal::NoLonger)
        );
    }
}

#[test]
fn n8_it_is_restored_by_mutual_consent_though_neither_sees_the_other_any_more() {
    let mut village = Village::new();
    let [one, other] = village.newcomers();
    let bond = by_link(&mut village, one, other);
    village.say(other, accept(bond));
    village.say(one, Command::EndBond { bond });
    assert!(!view::sight(&village.ledger, one, other).any());
    let ended = view::bond(&village.ledger, other, bond).unwrap();
    assert!(ended.may_restore && ended.other == Who::Someone);
    let again = BondId(village.ledger.next_number());
    village.say(other, propose(one));
    assert!(
        !view::bond(&village.ledger, other, bond).unwrap().may_restore,
        "it waits for a word"
    );
    village.say(one, accept(again));
    let row = village.ledger.bond_between(one, other).unwrap();
    assert_eq!((row.id, row.restores), (again, Some(bond)));
    let before = village.ledger.bond(bond).unwrap();
    assert!(!before.is_current());
    // A third ends the second, and that one alone is to be restored.
    village.say(other, Command::EndBond { bond: again });
    let restorable = view::bonds(&village.ledger, one);
    assert_eq!(restorable.iter().map(|row| row.bond).collect::<Vec<_>>(), [again]);
}

#[test]
fn m9_a_block_ends_the_bond_and_the_other_is_not_told() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    village.say(other, accept(bond));
    village.letters();
    village.block(other, one);
    assert!(!village.told(one).contains(&Category::BondNews));
    let row = village.ledger.bond(bond).unwrap();
    assert!(matches!(
        row.state,
        BondState::Ended {
            ending: BondEnding::Blocked,
            ..
        }
    ));
    village.say(other, Command::Unblock { member: one });
    assert_eq!(
        village.ledger.bond_count(one),
        0,
        "taking the block back does not bring it back"
    );
    let again = BondId(village.ledger.next_number());
    village.say(other, propose(one));
    village.say(one, accept(again));
    village.ledger.invariants().unwrap();
}

#[test]
fn m9_a_block_takes_invitations_back() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    village.letters();
    village.block(other, one);
    assert_eq!(
        village.told(one),
        [Category::Cancelled; 0],
        "who is blocked is not told"
    );
    assert_eq!(village.ledger.bond(bond).unwrap().state, BondState::Withdrawn);
}

#[test]
fn m11_who_leaves_leaves_their_bonds_and_links_to_them() {
    let (mut village, one, other) = neighbours();
    let bond = BondId(village.ledger.next_number());
    village.say(one, propose(other));
    village.say(other, accept(bond));
    let link = personal(&mut village, one);
    village.letters();
    village.say(one, Command::Leave);
    assert!(village.told(other).contains(&Category::BondNews));
    assert!(
        !village.ledger.bond(bond).unwrap().is_current(),
        "nobody to restore it with"
    );
    assert!(!village.ledger.link(link).unwrap().is_active());
    assert_eq!(view::bonds(&village.ledger, other), []);
    village.ledger.invariants().unwrap();
}

#[test]
fn n10_no_more_bonds_than_the_limit_on_either_side() {
    let mut village = Village::new();
    village.ledger.policy.bonds_per_member = 2;
    let [one, a, b, c, d] = village.newcomers();
    let bonds = [a, b, c].map(|other| by_link(&mut village, one, other));
    village.say(a, accept(bonds[0]));
    village.say(b, accept(bonds[1]));
    assert_eq!(village.try_say(c, accept(bonds[2])), Err(Refusal::BondsFull));
    let make = Command::MakePersonalLink {
        gives: None,
        expires: None,
    };
    let full = Err(Refusal::TooManyBonds { limit: 2 });
    assert_eq!(village.try_say(one, make), full);
    let theirs = by_link(&mut village, d, one);
    assert_eq!(village.try_say(one, accept(theirs)), full);
    village.say(one, Command::EndBond { bond: bonds[0] });
    village.say(one, accept(theirs));
    assert_eq!(village.ledger.bond_count(one), 2);
}

#[test]
fn n10_so_many_invitations_a_day_links_and_direct_ones_together() {
    let (mut village, one, other) = neighbours();
    village.ledger.policy.invitations_per_day = 2;
    let start = village.at;
    village.say(one, propose(other));
    personal(&mut village, one);
    let make = Command::MakePersonalLink {
        gives: None,
        expires: None,
    };
    let again = start.plus_hours(24);
    let limit = Err(Refusal::TooManyInvitations { limit: 2, again });
    assert_eq!(village.try_say(one, make.clone()), limit);
    village.days(1);
    village.say(one, make.clone());
    village.say(one, make.clone());
    assert!(village.try_say(one, make).is_err());
    // An invitation that comes by a link was counted when the link was made.
    let [guest] = village.newcomers();
    by_link(&mut village, other, guest);
    assert_eq!(village.member(other).invitations.unwrap().count, 1);
}

#[test]
fn n8a_a_suspended_members_bonds_rest_and_they_can_promise_no_new_one() {
    let mut village = Village::new();
    let [one, other, third] = village.newcomers();
    let appeal = village.orange(one, units(100));
    let bond = by_link(&mut village, one, other);
    village.say(other, accept(bond));
    village.oblige(other, appeal, units(10));
    for _ in 0..3 {
        village.month();
    }
    assert!(village.member(other).suspended.is_some());
    assert_eq!(view::ring(&village.ledger, one), []);
    let seen = view::bond(&village.ledger, one, bond).unwrap();
    assert!(
        seen.live && seen.resting && seen.other == Who::Member(other),
        "it stands all the same"
    );
    let theirs = by_link(&mut village, third, other);
    assert_eq!(village.try_say(other, accept(theirs)), Err(Refusal::Suspended));
    assert_eq!(
        village.try_say(
            other,
            Command::MakePersonalLink {
                gives: None,
                expires: None
            }
        ),
        Err(Refusal::Suspended)
    );
}

#[test]
fn m1_an_account_with_a_bond_has_records_and_one_that_was_invited_has_none() {
    let mut village = Village::new();
    let [one, fresh, bound] = village.newcomers();
    let waiting = by_link(&mut village, one, fresh);
    village.say(fresh, Command::AskLinking { of: bound });
    village.say(bound, Command::LinkAccounts { from: fresh });
    assert_eq!(village.ledger.bond(waiting).unwrap().state, BondState::Withdrawn);
    let bond = by_link(&mut village, one, bound);
    village.say(bound, accept(bond));
    let [target] = village.newcomers();
    let asked = village.try_say(bound, Command::AskLinking { of: target });
    assert_eq!(asked, Err(Refusal::HasRecords));
    village.ledger.invariants().unwrap();
}

#[test]
fn n4_a_personal_link_ends_on_its_last_day_and_counts_among_links() {
    let mut village = Village::new();
    village.ledger.policy.links_per_member = 1;
    let [one, visitor] = village.newcomers();
    let link = LinkId(village.ledger.next_number());
    let expires = Some(date(2026, 11, 3));
    village.say(one, Command::MakePersonalLink { gives: None, expires });
    let make = Command::MakePersonalLink {
        gives: None,
        expires: None,
    };
    assert_eq!(
        village.try_say(one, make.clone()),
        Err(Refusal::TooManyLinks { limit: 1 })
    );
    village.until(date(2026, 11, 5));
    assert_eq!(
        village.try_say(visitor, Command::FollowLink { link }),
        Err(Refusal::Unknown)
    );
    village.say(one, make);
    let passed = Some(date(2026, 11, 4));
    let late = Command::MakePersonalLink {
        gives: None,
        expires: passed,
    };
    assert!(matches!(
        village.try_say(visitor, late),
        Err(Refusal::DatePassed { .. })
    ));
}

#[test]
fn m7_who_was_invited_by_somebody_in_need_may_help() {
    let mut village = Village::new();
    let [one, visitor] = village.newcomers();
    let appeal = village.orange(one, units(100));
    by_link(&mut village, one, visitor);
    let needs = view::in_need(&village.ledger, visitor);
    assert_eq!(needs.iter().map(|need| need.appeal).collect::<Vec<_>>(), [appeal]);
    let card = view::card(&village.ledger, visitor, one).unwrap();
    assert!(card.bond.is_some() && !card.may_bond);
}

#[test]
fn n1_ring_1_is_in_the_network_and_hears_of_an_emergency() {
    let mut village = Village::new();
    let [one, other] = village.newcomers();
    let bond = by_link(&mut village, one, other);
    village.say(other, accept(bond));
    for (viewer, x) in [(one, other), (other, one)] {
        assert!(view::network(&village.ledger, viewer).contains(&x));
        assert!(view::sight(&village.ledger, viewer, x).network);
    }
    assert_eq!(view::relations_of(&village.ledger, one).bonded, [other].into());
}

#[test]
fn n6_a_proposal_is_one_entry_with_its_bond() {
    let (mut village, one, other) = neighbours();
    let events = village.say(one, propose(other));
    let [event] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(event.by, Actor::Member(one));
    let Fact::BondProposed {
        bond,
        gives,
        restores,
        ..
    } = event.fact
    else {
        panic!("{event:?}")
    };
    assert_eq!((gives, restores), (units(100), None));
    let subjects = event.fact.subjects();
    assert_eq!(
        (subjects.member, subjects.other, subjects.record),
        (one, Some(other), Some(bond.0))
    );
}

#[test]
fn m8a_ring_1_may_vouch_for_the_current_appeal_without_helping() {
    let mut village = Village::new();
    let [one, other, visitor] = village.newcomers();
    let monthly = village.orange(one, units(100));
    let bond = by_link(&mut village, one, other);
    let vouch = |appeal| Command::Vouch { appeal, note: None };
    assert_eq!(
        village.try_say(other, vouch(monthly)),
        Err(Refusal::NotInCircle),
        "an invitation is no bond yet"
    );
    village.say(other, accept(bond));
    let seen = view::appeal(&village.ledger, other, monthly).unwrap();
    assert!(seen.may_vouch && !seen.is_whole());
    village.say(other, vouch(monthly));
    let emergency = village.red(one, units(50), 5);
    assert_eq!(
        village.try_say(other, vouch(monthly)).map(|events| events.len()),
        Err(Refusal::NotInCircle),
        "the one that rests is not theirs to see"
    );
    village.say(other, vouch(emergency));
    let link = village.make_link(one, one);
    village.follow(visitor, link);
    assert_eq!(
        village.try_say(visitor, vouch(emergency)),
        Err(Refusal::NotInCircle)
    );
    let shown = view::appeal(&village.ledger, visitor, emergency).unwrap();
    assert_eq!(shown.vouchers.len(), 1);
}
