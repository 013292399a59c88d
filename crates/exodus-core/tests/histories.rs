//! Properties over random histories (`2-ledger.md`, invariants 1 to 6).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod random;
mod village;

use std::collections::BTreeSet;

use exodus_core::{Actor, Changes, Command, Envelope, Ledger, MemberId, Snapshot, Timestamp, decide, period};
use proptest::prelude::*;
use random::{Dice, History};
use village::plain::Plain;

fn dice() -> impl Strategy<Value = Vec<(Dice, u8, bool)>> {
    let die = (any::<u8>(), any::<u8>(), any::<u8>(), any::<u16>(), any::<u8>());
    prop::collection::vec((die, any::<u8>(), prop::bool::weighted(0.4)), 1..200)
}

/// What a server loads for a scope, cut out of a whole ledger as the documentation of `Scope` says.
fn part(whole: &Ledger, envelope: &Envelope) -> Ledger {
    let everything = whole.snapshot();
    let members: BTreeSet<MemberId> = whole.concerned(&envelope.command.scope(envelope.by));
    let earliest = members
        .iter()
        .filter_map(|id| whole.member(*id))
        .map(|row| row.period)
        .min();
    let has = |member: &MemberId| members.contains(member);
    let open_emergency = |o: &exodus_core::Obligation| {
        o.appeal()
            .and_then(|id| whole.appeal(id))
            .is_some_and(|a| !a.is_monthly() && a.is_open())
    };
    let obligations: Vec<_> = everything
        .obligations
        .into_iter()
        .filter(|o| has(&o.debtor) || has(&o.creditor))
        .filter(|o| o.last_period().is_none_or(|last| Some(last) >= earliest) || open_emergency(o))
        .chain(
            envelope
                .command
                .scope(envelope.by)
                .obligations
                .iter()
                .filter_map(|id| whole.obligation(*id).cloned()),
        )
        .collect();
    let intentions: Vec<_> = everything
        .intentions
        .into_iter()
        .filter(|i| {
            let named = envelope.command.scope(envelope.by).intentions.contains(&i.id);
            named || (i.is_live() && (has(&i.author) || has(&i.recipient)))
        })
        .collect();
    let offers: Vec<_> = everything
        .offers
        .into_iter()
        .filter(|o| {
            let named = envelope.command.scope(envelope.by).offers.contains(&o.id);
            named || (o.is_waiting() && (has(&o.from) || has(&o.to)))
        })
        .collect();
    let bonds: Vec<_> = everything
        .bonds
        .into_iter()
        .filter(|b| {
            let named = envelope.command.scope(envelope.by).bonds.contains(&b.id);
            named || (b.is_current() && (has(&b.from) || has(&b.to)))
        })
        .collect();
    let links: Vec<_> = everything
        .links
        .into_iter()
        .filter(|l| {
            let named = envelope.command.scope(envelope.by).links.contains(&l.id);
            named || l.is_active() && (has(&l.about) || has(&l.maker) || l.visitors.iter().any(has))
        })
        .collect();
    let blocks: Vec<_> = everything
        .blocks
        .into_iter()
        .filter(|(one, other)| has(one) || has(other))
        .collect();
    let circles: Vec<_> = everything
        .circles
        .into_iter()
        .filter(|(appeal, helper)| {
            has(helper) || whole.appeal(*appeal).is_some_and(|appeal| has(&appeal.owner))
        })
        .collect();
    let mut others = members.clone();
    others.extend(obligations.iter().flat_map(|o| [o.debtor, o.creditor]));
    others.extend(intentions.iter().flat_map(|i| [i.author, i.recipient]));
    others.extend(offers.iter().flat_map(|o| [o.from, o.to]));
    others.extend(bonds.iter().flat_map(|b| [b.from, b.to]));
    others.extend(links.iter().flat_map(|l| [l.about, l.maker]));
    others.extend(circles.iter().flat_map(|(appeal, helper)| {
        whole
            .appeal(*appeal)
            .map(|a| a.owner)
            .into_iter()
            .chain([*helper])
    }));
    others.extend(
        everything
            .members
            .iter()
            .filter(|m| m.referred_by.as_ref().is_some_and(has))
            .map(|m| m.id),
    );
    others.extend(members.iter().filter_map(|id| whole.member(*id)?.referred_by));
    let snapshot = Snapshot {
        next: everything.next,
        members: everything
            .members
            .into_iter()
            .filter(|m| others.contains(&m.id))
            .collect(),
        appeals: everything
            .appeals
            .into_iter()
            .filter(|a| {
                let current = whole
                    .member(a.owner)
                    .is_some_and(|m| m.monthly == Some(a.id) || m.emergency == Some(a.id));
                let named = envelope.command.scope(envelope.by).appeals.contains(&a.id);
                named
                    || others.contains(&a.owner) && (current || circles.iter().any(|(id, _)| *id == a.id))
                    || obligations.iter().any(|o| o.appeal() == Some(a.id))
            })
            .collect(),
        intentions,
        obligations,
        offers,
        bonds,
        links,
        blocks,
        circles,
    };
    Ledger::from_snapshot(whole.policy.clone(), snapshot)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Invariants 1 to 5 after every step, circles also by a plain formulation; deciding on the part gives what deciding on
    /// the whole gives; time comes to rest.
    #[test]
    fn invariants_hold_and_the_part_decides_as_the_whole(steps in dice()) {
        let mut history = History::of(6);
        for (dice, hours, wakes) in steps {
            history.pass(hours);
            if wakes {
                history.tick();
                history.ledger.invariants().map_err(|breach| TestCaseError::fail(format!("{breach}")))?;
            }
            let (by, command) = history.draw(dice);
            let envelope = history.envelope(by, command.clone());
            // On a part: what fell due first, then the command.
            let mut part = part(&history.ledger, &envelope);
            let scope = envelope.command.scope(by);
            let mut caught_up = part.catch_up(&scope, envelope.at, &mut Changes::default());
            let on_part = decide(&part, &envelope);
            let before = history.events.len();
            let on_whole = history.give(by, command.clone());
            if let Ok(events) = &on_part {
                caught_up.extend(events.iter().cloned());
            }
            prop_assert_eq!(&on_part, &on_whole, "{:?}", command);
            prop_assert_eq!(&caught_up[..], &history.events[before..], "{:?}", command);
            if history.events.len() == before {
                continue;
            }
            history.ledger.invariants().map_err(|breach| TestCaseError::fail(format!("{breach} after {command:?}")))?;
            let plain = Plain::new(history.ledger.snapshot());
            prop_assert_eq!(plain.held(), plain.records.circles.iter().copied().collect(), "invariant 4 after {:?}", command);
        }
        let mut replayed = Ledger::new(history.ledger.policy.clone());
        for event in &history.events {
            replayed.evolve(event);
        }
        prop_assert_eq!(replayed.snapshot(), history.ledger.snapshot(), "invariant 5: state is the replay of the journal");
    }

    /// What the scheduler is told of its next waking is true: nothing happens before it, and something does then, or will
    /// later; so whoever wakes at those instants alone misses nothing.
    #[test]
    fn nothing_falls_due_before_the_instant_announced(steps in dice(), between in any::<u16>()) {
        let mut history = History::of(5);
        for (dice, hours, _) in steps {
            history.pass(hours);
            let (by, command) = history.draw(dice);
            let _ = history.give(by, command);
        }
        history.tick();
        let members: Vec<_> = history.ledger.members().map(|m| m.id).collect();
        for _ in 0..40 {
            let next = members.iter().filter_map(|id| period::next_due(&history.ledger, *id, history.at)).min();
            let Some(next) = next else { return Ok(()) };
            prop_assert!(next > history.at);
            let wait = next.seconds() - history.at.seconds();
            let probes = [wait - 1, wait * i64::from(between) / i64::from(u16::MAX)];
            for probe in probes.into_iter().filter(|probe| *probe < wait) {
                let at = Timestamp::from_seconds(history.at.seconds() + probe);
                for command in period::due(&history.ledger, at) {
                    let envelope = Envelope { at, ..history.envelope(Actor::Clock, command.clone()) };
                    prop_assert_eq!(decide(&history.ledger, &envelope), Ok(vec![]), "{:?}", command);
                }
            }
            history.at = next;
            history.tick();
        }
    }

    /// A debtor's word never makes an obligation smaller (L8): only its creditor's, or a rule that names it.
    #[test]
    fn l8_no_debtor_reduces_an_obligation(steps in dice()) {
        let mut history = History::of(5);
        for (dice, hours, wakes) in steps {
            history.pass(hours);
            if wakes {
                history.tick();
            }
            let everybody = exodus_core::Scope::of_members(history.ledger.members().map(|m| m.id));
            let at = history.at;
            history.ledger.catch_up(&everybody, at, &mut Changes::default());
            let before: Vec<_> = history.ledger.obligations().cloned().collect();
            let (by, command) = history.draw(dice);
            if matches!(command, Command::Leave) || history.give(by, command.clone()).is_err() {
                continue;
            }
            for was in before {
                let is = history.ledger.obligation(was.id).unwrap();
                prop_assert_eq!(was.amount, is.amount);
                if by == Actor::Member(was.debtor) && is.outstanding() < was.outstanding() {
                    prop_assert!(false, "{:?} reduced {:?}", command, was.id);
                }
            }
        }
    }
}

/// Random histories reach every kind of fact: else the properties above would prove little.
#[test]
fn random_histories_reach_every_kind_of_fact() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for _ in 0..1_000 {
        let steps = dice().new_tree(&mut runner).unwrap().current();
        let mut history = History::of(6);
        for (dice, hours, wakes) in steps {
            history.pass(hours);
            if wakes {
                history.tick();
            }
            let (by, command) = history.draw(dice);
            let _ = history.give(by, command);
        }
        for event in &history.events {
            let name = format!("{:?}", event.fact)
                .split([' ', '{'])
                .next()
                .unwrap()
                .to_owned();
            *seen.entry(name).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), 60, "{seen:?}");
}
