//! Nothing stands in a picture that its reader may not see, over random histories; and a month day by day.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Actor, Amount, AppealId, Command, Form, Ledger, MemberId, Timestamp,
    network::{Network, Scratch},
    view,
};
use exodus_i18n::{Lang, Unit, Voice};
use exodus_picture::{Day, Theme, Tie, network_svg};
use exodus_store::Person;
use exodus_ui::Whom;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

use super::{
    month::days_of,
    network::{Around, picture},
};
use crate::{
    random::History,
    scene::{Community, Scene},
};

fn name(member: MemberId) -> String {
    format!("N{}e", member.0)
}

fn scene(ledger: &Ledger, viewer: MemberId, at: Timestamp) -> Scene {
    let persons = ledger.members().map(|row| {
        let person = Person {
            name: name(row.id),
            language: "en".to_owned(),
            ..Person::default()
        };
        (row.id, person)
    });
    Scene {
        viewer,
        at,
        ledger: ledger.clone(),
        persons: persons.collect(),
        notes: BTreeMap::new(),
        seen: crate::seen::Seen::default(),
        events: Vec::new(),
        more: false,
        codes: BTreeMap::new(),
        openings: BTreeMap::new(),
        groups: crate::scene::Groups::default(),
        accounts: Vec::new(),
        pay_hidden: false,
        linking: None,
        forecast: crate::scene::Forecast::Unknown,
        runs: Vec::new(),
        plan: None,
        cleared: Vec::new(),
        community: Community {
            unit: Unit::default(),
            currencies: Vec::new(),
            support: None,
            source: String::new(),
        },
    }
}

/// A history of so many steps among so many people.
fn history(seed: u64, people: usize, steps: usize) -> History {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut history = History::of(people);
    for _ in 0..steps {
        history.pass(dice.random());
        if dice.random_bool(0.4) {
            history.tick();
        }
        let (by, command) = history.draw(dice.random());
        let _ = history.give(by, command);
    }
    history
}

const WHOM: [Whom; 4] = [Whom::All, Whom::InNeed, Whom::Circle, Whom::List];

#[test]
fn n11_nothing_stands_in_a_picture_that_its_reader_may_not_see() {
    let (mut named, mut left_out) = (0, 0);
    for seed in 0..24 {
        let history = history(seed, 14, 160);
        let ledger = &history.ledger;
        let network = Network::of(ledger).expect("a small one");
        let mut scratch = Scratch::new();
        for viewer in ledger.members().map(|row| row.id) {
            let scene = scene(ledger, viewer, history.at);
            let voice = Voice::new(Lang::EN);
            for whom in WHOM {
                let around = Around::of(&network, &mut scratch, viewer, whom);
                let drawn = picture(&scene, &voice, whom, Theme::Light, &around);
                let svg = network_svg(&drawn);
                for other in ledger.members().map(|row| row.id) {
                    let shown = svg.contains(&format!(">{}<", name(other)));
                    let sight = view::sight(ledger, viewer, other);
                    assert!(
                        !shown || (sight.card() && !sight.own),
                        "seed {seed}: {other} for {viewer}"
                    );
                    named += u32::from(shown);
                    left_out += u32::from(!sight.card());
                }
                check_ties(&scene, &drawn, &around, &format!("seed {seed} for {viewer}"));
            }
        }
    }
    assert!(named > 300 && left_out > 300, "{named} named, {left_out} not");
}

/// Widths tell amounts: only of ties of the reader's own, and in circles the reader is in or has.
fn check_ties(scene: &Scene, drawn: &exodus_picture::NetworkPicture, around: &Around, what: &str) {
    let may_see = view::around(
        &scene.ledger,
        scene.viewer,
        &around
            .people
            .iter()
            .map(|(member, _)| *member)
            .collect::<Vec<_>>(),
    );
    let people: Vec<MemberId> = std::iter::once(scene.viewer).chain(may_see.people).collect();
    for tie in &drawn.ties {
        let Tie::Support { from, to, tier } = *tie else {
            panic!("{what}: there are no bonds yet")
        };
        let (helper, recipient) = (people[from], people[to]);
        let own = helper == scene.viewer || recipient == scene.viewer;
        let whole = scene
            .ledger
            .current_appeal(recipient)
            .and_then(|appeal| view::appeal(&scene.ledger, scene.viewer, appeal.id))
            .is_some_and(|view| view.is_whole());
        assert!(tier.is_none() || own || whole, "{what}: {helper} to {recipient}");
    }
    assert!(drawn.people.len() <= 150);
    assert!(drawn.people.iter().all(|person| person.name.is_some()));
}

#[test]
fn n11_filters_show_part_of_the_whole() {
    let history = history(5, 14, 160);
    let network = Network::of(&history.ledger).expect("a small one");
    let mut scratch = Scratch::new();
    let mut smaller = 0;
    for viewer in history.ledger.members().map(|row| row.id) {
        let [all, in_need, circle, list] = WHOM.map(|whom| {
            let around = Around::of(&network, &mut scratch, viewer, whom);
            around
                .people
                .into_iter()
                .map(|(member, _)| member)
                .collect::<BTreeSet<_>>()
        });
        assert_eq!(all, network.network(&mut scratch, viewer).into_iter().collect());
        assert!(
            in_need
                .iter()
                .all(|member| network.status(*member) != exodus_core::Status::Green)
        );
        let near = |member: &&MemberId| {
            network.support(viewer, **member).is_some() || network.support(**member, viewer).is_some()
        };
        assert_eq!(circle.len(), all.iter().filter(near).count());
        assert!(list.is_empty() && in_need.is_subset(&all) && circle.is_subset(&all));
        smaller += usize::from(circle.len() < all.len() && in_need.len() < all.len());
    }
    assert!(smaller > 3);
}

#[test]
fn n11_beyond_150_the_farthest_are_a_count() {
    let mut network = Network::new();
    let id = |number: u64| MemberId(number + 10);
    for number in 1..=170 {
        let record = exodus_core::network::Record::Support {
            helper: id(number),
            recipient: if number <= 20 { id(0) } else { id(number % 20 + 1) },
            amount: Amount::ZERO,
        };
        network.apply(&record).expect("a small one");
    }
    let around = Around::of(&network, &mut Scratch::new(), id(0), Whom::All);
    assert_eq!(around.people.len(), 150);
    assert_eq!(around.farther, BTreeMap::from([(2, 20)]));
}

/// The picture of each day is how the appeal's totals stood when that day was over.
#[test]
fn n12_each_day_is_as_it_was_seen_then() {
    let mut compared = 0;
    for seed in 0..30 {
        let mut dice = StdRng::seed_from_u64(900 + seed);
        let mut history = History::of(8);
        let members: Vec<MemberId> = history.ledger.members().map(|row| row.id).collect();
        let owner = members[0];
        let ask = Command::AskMonthly {
            target: Amount::from_minor(30_000),
            purpose: None,
            findable: false,
        };
        history.give(Actor::Member(owner), ask).expect("green");
        let appeal = history.ledger.current_appeal(owner).expect("asks").id;
        let mut seen: BTreeMap<exodus_core::Date, (Day, exodus_core::Period)> = BTreeMap::new();
        for _ in 0..120 {
            history.at = history.at.plus_hours(dice.random_range(0..9));
            history.tick();
            let by = members[dice.random_range(1..members.len())];
            let command = match dice.random_range(0..6) {
                0..3 => Command::Intend {
                    appeal,
                    amount: Amount::from_minor(dice.random_range(1..40) * 100),
                    form: Form::Money,
                    note: None,
                },
                _ => history.draw(dice.random()).1,
            };
            if dice.random_bool(0.5) {
                let (actor, command) = history.draw(dice.random());
                let _ = history.give(actor, command);
            }
            let _ = history.give(Actor::Member(by), command);
            let here = history
                .ledger
                .member(owner)
                .filter(|row| row.is_here() && !row.is_red());
            if let (Some(row), Some(day)) = (here, now(&history.ledger, owner, appeal)) {
                seen.insert(history.ledger.policy.date(history.at), (day, row.period));
            }
        }
        let ledger = &history.ledger;
        let Some(row) = ledger.member(owner).filter(|row| row.is_here() && !row.is_red()) else {
            continue;
        };
        let open = view::appeal(ledger, owner, appeal).is_some_and(|view| view.is_whole());
        if !open {
            continue;
        }
        let first = row.period.first_day();
        let from = ledger.policy.zone.instant(first.at(0, 0, 0, 0));
        let events: Vec<_> = history
            .events
            .iter()
            .filter(|event| event.at >= from)
            .filter(|event| {
                let subjects = event.fact.subjects();
                subjects.member == owner || subjects.other == Some(owner)
            })
            .cloned()
            .collect();
        let appeal_row = ledger.appeal(appeal).expect("held");
        // What rests while somebody is in an emergency stands apart, and the picture does not tell when it did.
        let called =
            |event: &exodus_core::Event| matches!(event.fact, exodus_core::Fact::EmergencyCalled { .. });
        if history.events.iter().any(called) {
            continue;
        }
        let today = ledger.policy.date(history.at);
        let days = days_of(ledger, appeal_row, &events, first, today);
        let mut date = first;
        for day in days {
            if let Some((then, period)) = seen.get(&date)
                && *period == row.period
            {
                assert_eq!(day, *then, "seed {seed}, {date}");
                compared += 1;
            }
            date = date.tomorrow().expect("another day");
        }
    }
    assert!(compared > 60, "{compared}");
}

/// How an appeal stands now, as its owner sees it.
fn now(ledger: &Ledger, owner: MemberId, appeal: AppealId) -> Option<Day> {
    let view = view::appeal(ledger, owner, appeal)?;
    Some(Day {
        fulfilled: view.confirmed.minor(),
        obligations: view.promised.minor(),
        intentions: view.intended.minor(),
    })
}
