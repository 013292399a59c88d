//! Coming, linking accounts, leaving, blocking (M1, M2, M8, M9, M11).

use exodus_core::{Actor, CancelReason, Command, CommandId, Envelope, Fact, Refusal, decide};

use crate::village::{Village, units};

#[test]
fn m2_whoever_takes_part_already_does_so() {
    let mut village = Village::new();
    let x = village.newcomer();
    assert_eq!(village.say(x, Command::Register { via: None }), []);
    village.say(x, Command::Leave);
    assert_eq!(
        village.try_say(x, Command::Register { via: None }),
        Err(Refusal::NotAMember),
        "who left begins anew, as somebody else"
    );
}

#[test]
fn m1_only_whoever_asked_is_linked() {
    let mut village = Village::new();
    let [me, second, third, stranger] = village.newcomers();
    let link = |from| Command::LinkAccounts { from };
    let ask = Command::AskLinking { of: me };
    assert_eq!(
        village.try_say(me, link(second)),
        Err(Refusal::Unknown),
        "nobody asked"
    );
    village.say(second, ask.clone());
    assert_eq!(village.try_say(stranger, link(second)), Err(Refusal::Unknown));
    village.say(third, ask);
    assert_eq!(
        village.try_say(me, link(second)),
        Err(Refusal::Unknown),
        "the one who asked last"
    );
    village.say(me, link(third));
    assert!(!village.member(third).is_here());
    assert!(village.member(second).is_here());
    assert_eq!(village.member(me).linking, None);
}

#[test]
fn m1_an_account_with_records_is_refused_whoever_it_asks() {
    let mut village = Village::new();
    let [me, second] = village.newcomers();
    village.orange(second, units(10));
    for of in [me, exodus_core::MemberId(999)] {
        assert_eq!(
            village.try_say(second, Command::AskLinking { of }),
            Err(Refusal::HasRecords)
        );
    }
}

#[test]
fn m1_records_made_after_asking_are_in_the_way_too() {
    let mut village = Village::new();
    let [me, second] = village.newcomers();
    village.say(second, Command::AskLinking { of: me });
    village.orange(second, units(10));
    let link = Command::LinkAccounts { from: second };
    assert_eq!(village.try_say(me, link), Err(Refusal::HasRecords));
}

#[test]
fn m8_months_are_counted_in_which_somebody_took_part() {
    let mut village = Village::new();
    let [x, helper, quiet] = village.newcomers();
    let appeal = village.orange(x, units(100));
    for _ in 0..3 {
        village.intend(helper, appeal, units(5));
        village.intend(helper, appeal, units(6));
        village.month();
    }
    assert_eq!(village.member(helper).reputation.months, 3);
    assert_eq!(village.member(quiet).reputation.months, 0);
}

#[test]
fn m9_a_block_cancels_intentions_and_offers_and_tells_nobody() {
    let mut village = Village::new();
    let [x, helper] = village.newcomers();
    let appeal = village.orange(x, units(100));
    let mine = village.orange(helper, units(100));
    village.intend(helper, appeal, units(5));
    village.intend(x, mine, units(7));
    let owed = village.agree(helper, x, units(3));
    for (from, to) in [(x, helper), (helper, x)] {
        village.offer(from, to, units(2), exodus_core::Side::Debtor);
    }
    village.letters();
    let events = village.say(x, Command::Block { member: helper });
    assert_eq!(village.letters(), []);
    let cancelled = events.iter().filter(|event| {
        matches!(
            event.fact,
            Fact::IntentionCancelled {
                reason: CancelReason::Blocked,
                ..
            }
        )
    });
    assert_eq!(cancelled.count(), 2);
    assert_eq!(village.ledger.offers_of(x).count(), 0);
    assert_eq!(
        village.say(x, Command::Block { member: helper }),
        [],
        "it is so already"
    );
    let row = village.obligation(owed);
    assert!(row.is_unsettled(), "obligations stay due");
    village.month();
    assert!(village.obligation(owed).is_overdue());
    assert!(
        village
            .letters()
            .iter()
            .any(|letter| letter.to == helper && matches!(letter.fact, Fact::ObligationOverdue { .. })),
        "with their notices"
    );
}

#[test]
fn m11_everybody_concerned_is_told_of_what_ended() {
    let mut village = Village::new();
    let [x, helper, mutual] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(helper, appeal, units(5));
    let theirs = village.orange(mutual, units(100));
    village.intend(x, theirs, units(7));
    village.offer(mutual, x, units(2), exodus_core::Side::Debtor);
    let link = village.make_link(helper, x);
    village.letters();
    village.say(x, Command::Leave);
    let letters = village.letters();
    let hears = |to, is: fn(&Fact) -> bool| {
        letters
            .iter()
            .filter(|letter| letter.to == to && is(&letter.fact))
            .count()
    };
    let cancelled = |fact: &Fact| matches!(fact, Fact::IntentionCancelled { .. });
    assert_eq!((hears(helper, cancelled), hears(mutual, cancelled)), (1, 1));
    assert_eq!(
        hears(mutual, |fact| matches!(fact, Fact::OfferWithdrawn { .. })),
        1,
        "who had made them an offer"
    );
    assert_eq!(hears(helper, |fact| matches!(fact, Fact::LinkRevoked { .. })), 1);
    assert!(letters.iter().all(|letter| letter.to != x));
    assert!(!village.ledger.link(link).unwrap().is_active());
    village.ledger.invariants().unwrap();
}

#[test]
fn m11_who_left_says_nothing_more() {
    let mut village = Village::new();
    let x = village.newcomer();
    village.say(x, Command::Leave);
    assert_eq!(village.try_say(x, Command::Leave), Err(Refusal::NotAMember));
    let by_nobody = |by| {
        let (id, at) = (CommandId(0), village.at);
        let command = Command::EndMonthly;
        decide(&village.ledger, &Envelope { id, by, at, command })
    };
    for by in [
        Actor::Newcomer,
        Actor::Clock,
        Actor::Member(exodus_core::MemberId(77)),
    ] {
        assert_eq!(by_nobody(by), Err(Refusal::NotAMember));
    }
}
