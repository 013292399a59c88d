//! `/list`: who stands by the reader, ring by ring, with how much; how it changed; and those of them in sight (N7).
//!
//! Invariant: of a small ring beyond the first neither number nor amount is said, nor how either changed.

use std::collections::BTreeMap;

use exodus_core::{
    Amount, MemberId,
    network::{Band, Difference, Size, Standing},
    view::{self, Backer},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Draft, Nominal, Route, Screen};

use super::{
    bond::item,
    people::{many, page_of, person, some_of, turn, ways},
};
use crate::scene::Scene;

/// From so many members on, numbers may be said of a ring beyond the first.
const ENOUGH: u64 = 3;

/// The reference list.
pub(crate) fn list(scene: &Scene, page: u32) -> Option<Screen> {
    scene.me()?;
    let ring = view::ring(&scene.ledger, scene.viewer);
    let mut screen = Screen::new(Route::List { page }, Text::new("list-title"));
    screen = if ring.is_empty() {
        screen.line(Text::new("list-nobody")).line(Text::new("list-lead"))
    } else {
        sizes(scene, screen.line(personal(&ring)))
    };
    let waiting: Vec<Block> = view::bonds(&scene.ledger, scene.viewer)
        .iter()
        .filter(|bond| bond.may_decline)
        .map(|bond| item(scene, bond))
        .collect();
    if !waiting.is_empty() {
        screen = screen.block(Block::Heading(Text::new("list-waiting")));
        screen.blocks.extend(some_of(waiting));
    }
    let usual = scene.ledger.policy.nominal;
    let invite = Draft::Nominal {
        of: Nominal::Link,
        usual,
        amount: None,
    };
    let screen = in_sight(scene, screen, &ring, page)
        .main("list-choice-invite", Act::Ask(invite))
        .offer("list-choice-bonds", Act::Go(Route::Bonds { page: 0 }))
        .offer("choice-people", Act::Go(Route::People));
    Some(ways(screen))
}

/// How many stand by the reader personally, with how much, and how many of them have kept promises before.
fn personal(ring: &[Backer]) -> Text {
    let kept = ring.iter().filter(|backer| backer.kept).count();
    let sum: Amount = ring.iter().map(|backer| backer.gives).sum();
    let each = ring.first().map(|backer| backer.gives);
    let each = each.filter(|each| ring.iter().all(|backer| backer.gives == *each));
    let text = match each {
        Some(each) => Text::new("list-personal-each").amount("each", each.minor()),
        None => Text::new("list-personal").amount("sum", sum.minor()),
    };
    text.count("n", many(ring.len())).count("kept", many(kept))
}

/// Size and pool per ring and in all, with how they changed since last looked at.
fn sizes(scene: &Scene, screen: Screen) -> Screen {
    let list = &scene.list;
    let mut screen = screen;
    for band in list.standing.bands() {
        let changed = band_change(list.before.as_ref(), &list.standing, band);
        let text = with_change(band_text(band), changed);
        screen = screen.line(text);
    }
    let whole = list.standing.whole();
    let change = list
        .before
        .as_ref()
        .map(|before| list.standing.since(before).whole);
    let few = list.standing.bands().iter().any(|band| band.size == Size::Few);
    // With a few in the last ring, the sum would say how many.
    let text = if few {
        let known = list
            .standing
            .bands()
            .into_iter()
            .filter_map(|band| match band.size {
                Size::Exactly(tally) => Some(tally),
                Size::Few => None,
            });
        let known = known.fold(
            exodus_core::network::Tally::default(),
            exodus_core::network::Tally::plus,
        );
        Text::new("list-whole-few")
            .count("n", known.members)
            .amount("pool", known.pool.minor())
    } else {
        let text = Text::new("list-whole")
            .count("n", whole.members)
            .amount("pool", whole.pool.minor());
        with_change(text, change)
    };
    screen.line(text)
}

fn band_text(band: Band) -> Text {
    let text = match (band.size, band.from == band.to) {
        (Size::Exactly(tally), true) => Text::new("list-ring")
            .count("n", tally.members)
            .amount("pool", tally.pool.minor()),
        (Size::Exactly(tally), false) => Text::new("list-rings")
            .count("to", many(band.to))
            .count("n", tally.members)
            .amount("pool", tally.pool.minor()),
        (Size::Few, true) => Text::new("list-ring-few"),
        (Size::Few, false) => Text::new("list-rings-few").count("to", many(band.to)),
    };
    text.count("ring", many(band.from))
}

/// How a band changed; `None` where it was, or is, so small that the difference would tell of one person.
fn band_change(before: Option<&Standing>, now: &Standing, band: Band) -> Option<Difference> {
    let before = before?;
    let was: u64 = before
        .rings
        .iter()
        .skip(band.from.saturating_sub(1))
        .take(band.to.saturating_sub(band.from).saturating_add(1))
        .map(|ring| ring.members)
        .sum();
    let hidden = band.from > 1 && was > 0 && was < ENOUGH;
    if hidden || band.size == Size::Few {
        return None;
    }
    let rings = now.since(before).rings;
    let of_band = rings
        .iter()
        .skip(band.from.saturating_sub(1))
        .take(band.to.saturating_sub(band.from).saturating_add(1));
    Some(of_band.fold(Difference::default(), |sum, ring| Difference {
        members: sum.members.saturating_add(ring.members),
        pool: sum.pool.saturating_add(ring.pool),
    }))
}

/// A line, with what changed since last looked at; unchanged where nothing did.
fn with_change(text: Text, change: Option<Difference>) -> Text {
    let Some(change) = change else { return text };
    let members = sign(i128::from(change.members)).map(|(sign, n)| {
        Text::new("list-change-members")
            .keyword("sign", sign)
            .count("n", n)
    });
    let pool = sign(change.pool).map(|(sign, amount)| {
        Text::new("list-change-pool")
            .keyword("sign", sign)
            .amount("amount", amount)
    });
    let said = [members, pool]
        .into_iter()
        .flatten()
        .reduce(|first, next| Text::new("names-two").words("first", first).words("second", next));
    match said {
        Some(change) => Text::new("list-changed")
            .words("line", text)
            .words("change", change),
        None => text,
    }
}

fn sign(difference: i128) -> Option<(&'static str, u64)> {
    let size = u64::try_from(difference.unsigned_abs()).unwrap_or(u64::MAX);
    match difference {
        0 => None,
        1.. => Some(("more", size)),
        _ => Some(("less", size)),
    }
}

/// Those on the list whom the reader sees, ring 1 first.
fn in_sight(scene: &Scene, screen: Screen, ring: &[Backer], page: u32) -> Screen {
    let promised: BTreeMap<MemberId, Amount> =
        ring.iter().map(|backer| (backer.member, backer.gives)).collect();
    let mut rings = scene.list.rings.clone();
    rings.extend(promised.keys().map(|member| (*member, 1)));
    let members = rings.keys().copied().collect();
    let mut people = view::people(&scene.ledger, scene.viewer, &members);
    let at = |member: &MemberId| rings.get(member).copied().unwrap_or(u32::MAX);
    people.sort_by_key(|one| at(&one.member));
    if people.is_empty() {
        return screen;
    }
    let mut screen = screen.block(Block::Heading(Text::new("list-in-sight")));
    screen.blocks.extend(page_of(&people, page).iter().map(|one| {
        let details = match promised.get(&one.member) {
            Some(gives) => Text::new("list-stands").amount("amount", gives.minor()),
            None => Text::new("list-at").count("ring", u64::from(at(&one.member))),
        };
        person(scene, one, vec![details])
    }));
    turn(screen, people.len(), page, |page| Route::List { page })
}

#[cfg(test)]
mod tests {
    use exodus_core::{
        Amount, Command,
        network::{Standing, Tally},
    };

    use super::{
        super::tests::stage::{Stage, both, english, euro},
        list,
    };

    #[test]
    fn n7_nobody_yet() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        let [english, russian] = both(&scene, list(&scene, 0));
        assert!(
            english.contains("Nobody stands by you personally yet."),
            "{english}"
        );
        assert!(
            russian.contains("Пока ни с кем у вас нет взаимной поруки."),
            "{russian}"
        );
        assert!(
            english.contains("[🛡 Invite somebody to stand by me]"),
            "{english}"
        );
    }

    #[test]
    fn n7_rings_with_their_pools_and_those_in_sight_ring_1_first() {
        let mut stage = Stage::new();
        let [anna, bo, cleo, dan, eva] = ["Anna", "Bo", "Cleo", "Dan", "Eva"].map(|name| stage.person(name));
        stage.bond(anna, bo, 100, 100);
        stage.bond(anna, cleo, 100, 100);
        for (friend, other) in [(bo, dan), (cleo, eva)] {
            stage.bond(friend, other, 100, 40);
        }
        let finn = stage.person("Finn");
        stage.bond(bo, finn, 100, 60);
        // Dan is in Anna's sight besides: he helps somebody whom she helps.
        let appeal = stage.asks(bo, 300, "Rent");
        stage.intends(dan, appeal, 5);
        stage.intends(anna, appeal, 5);
        let mut scene = stage.scene(anna);
        let [english, russian] = both(&scene, list(&scene, 0));
        let shown = "# 🛡 Reference list: who stands by you
2 people stand by you personally, for €100 each.
Ring 1: 2 people · €200
Ring 2: 3 people · €140
In all: 5 people · €340
= Those you can see
• Bo | 🔆 needs monthly support | Intentions ❤️ €10 · missing 🙏 €300 | ring 1 · stands by you for €100
• Cleo | ✅ ready to help | ring 1 · stands by you for €100
• Dan | ✅ ready to help | ring 2";
        assert!(english.starts_with(shown), "{english}");
        assert!(
            russian.contains(
                "Лично за вас 2 человека, готовность — по 100 €.
Круг 1: 2 человека · 200 €
Круг 2: 3 человека · 140 €
Всего: 5 человек · 340 €"
            ),
            "{russian}"
        );
        assert!(
            !english.contains("Eva") && !english.contains("Finn"),
            "who is out of sight is a number"
        );
        // Since last time: one more in ring 1; ring 2 was too small then to say how it grew.
        let tally = |members, pool| Tally {
            members,
            pool: euro(pool),
        };
        scene.list.before = Some(Standing {
            rings: vec![tally(1, 50), tally(2, 100)],
        });
        let [english, russian] = both(&scene, list(&scene, 0));
        assert!(
            english.contains("Ring 1: 2 people · €200 (since you last looked: +1, +€150)"),
            "{english}"
        );
        assert!(english.contains("\nRing 2: 3 people · €140\n"), "{english}");
        assert!(
            english.contains("In all: 5 people · €340 (since you last looked: +2, +€190)"),
            "{english}"
        );
        assert!(russian.contains("(с прошлого раза: +2, +190 €)"), "{russian}");
        scene.list.before = Some(Standing {
            rings: vec![tally(4, 200), tally(3, 140)],
        });
        let [english, _] = both(&scene, list(&scene, 0));
        assert!(
            english.contains("Ring 1: 2 people · €200 (since you last looked: −2)"),
            "{english}"
        );
    }

    #[test]
    fn n7_of_a_few_neither_number_nor_amount_is_said() {
        let mut stage = Stage::new();
        let [anna, bo, cleo] = ["Anna", "Bo", "Cleo"].map(|name| stage.person(name));
        stage.bond(anna, bo, 100, 30);
        stage.bond(bo, cleo, 100, 77);
        let scene = stage.scene(anna);
        let shown = english(&scene, list(&scene, 0));
        assert!(
            shown.contains("1 person stands by you personally, for €30."),
            "{shown}"
        );
        assert!(
            shown.contains("Ring 2: a few\nIn all: 1 person · €30, and a few more"),
            "{shown}"
        );
        assert!(!shown.contains("77") && !shown.contains("Cleo"), "{shown}");
    }

    #[test]
    fn m8_how_many_have_kept_promises_before() {
        let mut stage = Stage::new();
        let [anna, bo, cleo] = ["Anna", "Bo", "Cleo"].map(|name| stage.person(name));
        stage.bond(anna, bo, 100, 20);
        stage.bond(anna, cleo, 100, 30);
        let appeal = stage.asks(anna, 300, "Rent");
        let (amount, form, note) = (euro(10), exodus_core::Form::Money, None);
        stage.does(
            bo,
            Command::RecordGiven {
                appeal,
                amount,
                form,
                note,
            },
        );
        let report = stage
            .ledger
            .owed_by(bo)
            .next()
            .expect("given")
            .waiting()
            .next()
            .expect("waits")
            .0;
        stage.does(
            anna,
            Command::Confirm {
                report,
                amount: None::<Amount>,
            },
        );
        let scene = stage.scene(anna);
        let [english, russian] = both(&scene, list(&scene, 0));
        let line = "2 people stand by you personally, for €50 together; 1 of them has kept promises before.";
        assert!(english.contains(line), "{english}");
        assert!(
            russian.contains("готовность вместе — 50 €; обещания уже исполняли: 1."),
            "{russian}"
        );
    }
}
