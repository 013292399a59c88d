//! Every breach that the invariants speak of is found, by its name, in a ledger that was tampered with.

use exodus_core::{Breach, Ledger, ObligationState, Side, Snapshot, Status};

use crate::village::{Village, units};

/// Something of everything, and all in order.
fn sound() -> Village {
    let mut village = Village::new();
    let [x, helper, other] = village.newcomers();
    let appeal = village.orange(x, units(100));
    village.intend(other, appeal, units(10));
    let kept = village.oblige(helper, appeal, units(10));
    village.fulfil(kept, units(10));
    let open = village.oblige(helper, appeal, units(20));
    village.report(open, units(5));
    village.offer(helper, x, units(3), Side::Debtor);
    let bond = exodus_core::BondId(village.ledger.next_number());
    let gives = None;
    village.say(helper, exodus_core::Command::ProposeBond { to: x, gives });
    village.say(x, exodus_core::Command::AcceptBond { bond, gives });
    village.ledger.invariants().unwrap();
    village
}

fn found(tamper: impl FnOnce(&mut Snapshot)) -> Option<Breach> {
    let village = sound();
    let mut records = village.ledger.snapshot();
    tamper(&mut records);
    Ledger::from_snapshot(village.ledger.policy.clone(), records)
        .invariants()
        .err()
}

#[test]
fn invariant_1_amounts() {
    let more = found(|records| records.obligations[1].reports[0].amount = units(21));
    assert!(matches!(more, Some(Breach::Overdrawn(_))), "{more:?}");
    let none = found(|records| records.intentions[0].amount = units(0));
    assert!(matches!(none, Some(Breach::BadAmount(_))), "{none:?}");
    let none = found(|records| records.obligations[0].amount = units(0));
    assert!(matches!(none, Some(Breach::BadAmount(_))), "{none:?}");
}

#[test]
fn n6_a_bond_is_between_two_and_one_only() {
    let doubled = found(|records| {
        let again = records.bonds[0].clone();
        let id = exodus_core::BondId(9_999);
        records.bonds.push(exodus_core::Bond { id, ..again });
    });
    assert!(matches!(doubled, Some(Breach::WrongBond(_))), "{doubled:?}");
    let own = found(|records| records.bonds[0].to = records.bonds[0].from);
    assert!(matches!(own, Some(Breach::WrongBond(_))), "{own:?}");
    let nothing = found(|records| records.bonds[0].to_gives = None);
    assert!(matches!(nothing, Some(Breach::WrongBond(_))), "{nothing:?}");
    let blocked = found(|records| {
        let (one, other) = (records.bonds[0].from, records.bonds[0].to);
        records.blocks.push((one, other));
    });
    assert!(matches!(blocked, Some(Breach::WrongBond(_))), "{blocked:?}");
}

#[test]
fn invariant_2_what_is_owed_is_owed_by_and_to_somebody() {
    let nobody = exodus_core::MemberId(999);
    let creditor = found(|records| records.obligations[1].creditor = nobody);
    assert!(
        matches!(creditor, Some(Breach::Unbalanced { .. })),
        "{creditor:?}"
    );
    let debtor = found(|records| records.obligations[1].debtor = nobody);
    assert!(matches!(debtor, Some(Breach::Unbalanced { .. })), "{debtor:?}");
}

#[test]
fn invariant_3_a_state_is_what_its_amounts_say() {
    let open = found(|records| records.obligations[0].state = ObligationState::Open);
    assert!(matches!(open, Some(Breach::WrongState(_))), "{open:?}");
    let gone = found(|records| {
        let at = records.obligations[1].made;
        records.obligations[1].state = ObligationState::Released { at };
    });
    assert!(matches!(gone, Some(Breach::WrongState(_))), "{gone:?}");
}

#[test]
fn invariant_4_circles() {
    let missing = found(|records| records.circles.truncate(1));
    assert!(matches!(missing, Some(Breach::WrongCircle { .. })), "{missing:?}");
    let added = found(|records| {
        let (appeal, _) = records.circles[0];
        records.circles.push((appeal, records.members[0].id));
    });
    assert!(matches!(added, Some(Breach::WrongCircle { .. })), "{added:?}");
    let beside = found(|records| {
        let owner = records.members[1].id;
        records.intentions[0].author = owner;
        let since = records.members[0].period;
        records.obligations[1].state = ObligationState::Overdue { since };
        records.members[1].reputation.overdue = 1;
        records.circles.clear();
    });
    assert!(
        matches!(beside, Some(Breach::IntentionBesideOverdue(_))),
        "{beside:?}"
    );
}

#[test]
fn l2_a_second_intention() {
    let second = found(|records| {
        let mut second = records.intentions[0].clone();
        second.id = exodus_core::IntentionId(999);
        records.intentions.push(second);
    });
    assert!(matches!(second, Some(Breach::SecondIntention(_))), "{second:?}");
}

#[test]
fn m5_m8_m11_members() {
    let green = found(|records| records.members[0].asks_monthly = false);
    assert!(matches!(green, Some(Breach::WrongAppeal(_))), "{green:?}");
    let praised = found(|records| records.members[1].reputation.on_time = 2);
    assert!(matches!(praised, Some(Breach::WrongReputation(_))), "{praised:?}");
    let gone = found(|records| {
        records.members[2].left = Some(records.members[2].joined);
        records
            .circles
            .retain(|(_, helper)| *helper != records.members[2].id);
    });
    assert!(matches!(gone, Some(Breach::GoneButThere(_))), "{gone:?}");
}

#[test]
fn a_snapshot_gives_the_same_ledger() {
    let village = sound();
    let records = village.ledger.snapshot();
    let again = Ledger::from_snapshot(village.ledger.policy.clone(), records.clone());
    assert_eq!(again.snapshot(), records);
    again.invariants().unwrap();
    let x = records.members[0].id;
    assert_eq!(again.status(x), Status::Orange);
    assert_eq!(again.next_number(), village.ledger.next_number());
}
