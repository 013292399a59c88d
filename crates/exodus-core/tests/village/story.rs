//! A village with a random history: dense at first, then anything that may happen.

use exodus_core::{Actor, Command, Form, MemberId};
use proptest::prelude::*;

use super::units;
use crate::random::{Dice, History};

/// A dense village to begin with (who helps whom, and whether bindingly), and what happens in it then.
pub(crate) type Story = (Vec<(u8, u8, bool)>, Vec<(Dice, u8, bool)>);

pub(crate) fn story() -> impl Strategy<Value = Story> {
    let ties = prop::collection::vec(any::<(u8, u8, bool)>(), 0..24);
    let steps = prop::collection::vec((any::<Dice>(), any::<u8>(), prop::bool::weighted(0.4)), 0..80);
    (ties, steps)
}

pub(crate) fn play((ties, steps): &Story) -> History {
    let mut history = History::of(8);
    let members: Vec<MemberId> = history.ledger.members().map(|row| row.id).collect();
    for &owner in &members[..5] {
        let ask = Command::AskMonthly {
            target: units(200),
            purpose: None,
            findable: false,
        };
        history.give(Actor::Member(owner), ask).expect("green");
    }
    for &(helper, owner, binding) in ties {
        help(
            &mut history,
            members[usize::from(helper) % 8],
            members[usize::from(owner) % 5],
            binding,
        );
    }
    for &owner in &members[..4] {
        let link = history
            .ledger
            .links_made_by(owner)
            .next()
            .expect("everybody has one")
            .id;
        history
            .give(Actor::Member(owner), Command::RevokeLink { link })
            .expect("their own");
    }
    for &(dice, hours, wakes) in steps {
        history.pass(hours);
        if wakes {
            history.tick();
        }
        let (by, command) = history.draw(dice);
        drop(history.give(by, command));
    }
    history.tick();
    history
}

fn help(history: &mut History, helper: MemberId, owner: MemberId, binding: bool) {
    let link = history
        .ledger
        .links_made_by(owner)
        .next()
        .expect("everybody has one")
        .id;
    let appeal = history.ledger.current_appeal(owner).expect("orange").id;
    drop(history.give(Actor::Member(helper), Command::FollowLink { link }));
    let intend = Command::Intend {
        appeal,
        amount: units(20),
        form: Form::Money,
        note: None,
    };
    drop(history.give(Actor::Member(helper), intend));
    let intention = history.ledger.intention_of(helper, appeal).map(|row| row.id);
    if let Some(intention) = intention.filter(|_| binding) {
        let convert = Command::Convert {
            intention,
            amount: Some(units(5)),
        };
        drop(history.give(Actor::Member(helper), convert));
    }
}
