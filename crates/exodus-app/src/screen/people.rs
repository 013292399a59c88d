//! `/people`: the six relations of rule N1 and referrals, counted and one by one; and how a person stands in any list (U6).

use std::collections::BTreeSet;

use exodus_core::{
    Amount, Date, MemberId, Status,
    view::{self, Need, Neighbour, Relations},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Draft, Relation, Route, Screen, Tone};

use crate::scene::Scene;

/// Every relation, with what it means and how many stand in it.
pub(crate) fn people(scene: &Scene) -> Option<Screen> {
    let relations = view::relations_of(&scene.ledger, scene.viewer);
    let network = view::network(&scene.ledger, scene.viewer).len();
    Some(draw(&relations, network))
}

/// Who stands in one relation, in pages.
pub(crate) fn relation(scene: &Scene, relation: Relation, page: u32) -> Option<Screen> {
    let relations = view::relations_of(&scene.ledger, scene.viewer);
    let members = in_relation(&relations, relation);
    let people = view::people(&scene.ledger, scene.viewer, members);
    Some(draw_relation(scene, relation, &people, page))
}

fn draw(relations: &Relations, network: usize) -> Screen {
    let mut screen = Screen::new(Route::People, Text::new("people-title"))
        .line(Text::new("people-network").count("n", many(network)));
    for relation in Relation::SIX.into_iter().chain([Relation::Referrals]) {
        let members = in_relation(relations, relation);
        if members.is_empty() && relation == Relation::Referrals {
            continue;
        }
        let act = (!members.is_empty()).then_some(Act::Go(Route::Relation { relation, page: 0 }));
        screen = screen.block(Block::Item {
            text: relation_text(relation).count("n", many(members.len())),
            act,
        });
    }
    if !relations.bonded.is_empty() {
        screen = screen.block(Block::Item {
            text: Text::new("people-bonded").count("n", many(relations.bonded.len())),
            act: Some(Act::Go(Route::List { page: 0 })),
        });
    }
    let screen = screen
        .offer("people-choice-search", Act::Ask(Draft::Search(None)))
        .offer("choice-give", Act::Go(Route::Give { page: 0 }))
        .offer("choice-invite", Act::Go(Route::Invite { page: 0 }))
        .offer("choice-list", Act::Go(Route::List { page: 0 }));
    ways(screen)
}

fn draw_relation(scene: &Scene, relation: Relation, people: &[Neighbour], page: u32) -> Screen {
    let title = relation_text(relation).count("n", many(people.len()));
    let mut screen = Screen::new(Route::Relation { relation, page }, title);
    if people.is_empty() {
        screen = screen.line(Text::new("people-nobody"));
    }
    screen.blocks.extend(
        page_of(people, page)
            .iter()
            .map(|one| person(scene, one, Vec::new())),
    );
    let screen = turn(screen, people.len(), page, |page| Route::Relation {
        relation,
        page,
    });
    ways(screen.offer("choice-people", Act::Go(Route::People)))
}

fn in_relation(relations: &Relations, relation: Relation) -> &BTreeSet<MemberId> {
    let mut six = Relation::SIX.into_iter().zip(&relations.six);
    six.find(|(other, _)| *other == relation)
        .map_or(&relations.referrals, |(_, members)| members)
}

/// What a relation means, in plain words; takes how many stand in it.
fn relation_text(relation: Relation) -> Text {
    Text::new(match relation {
        Relation::SupportMe => "people-support-me",
        Relation::ISupport => "people-i-support",
        Relation::FellowHelpers => "people-fellow-helpers",
        Relation::AlsoSupported => "people-also-supported",
        Relation::SupportersOfMine => "people-supporters-of-mine",
        Relation::SupportedByMine => "people-supported-by-mine",
        Relation::Referrals => "people-referrals",
    })
}

// ---- a person in a list, pages, ways: for every list of this part -------------------------------------------------

/// How many people or records stand on a page.
pub(super) const PAGE: usize = 8;

/// One person in a list: mark, word, name; for orange, intentions and missing; for red, missing and days left.
pub(super) fn person(scene: &Scene, one: &Neighbour, more: Vec<Text>) -> Block {
    let need = one.need.iter().map(|need| need_line(scene, need));
    Block::Person {
        status: Some(one.status),
        name: scene.name_text(one.member),
        details: need.chain(more).collect(),
        act: Some(Act::Go(Route::Card { member: one.member })),
    }
}

fn need_line(scene: &Scene, need: &Need) -> Text {
    need_text(scene, need.deadline, need.intended, need.missing)
}

/// What somebody in need lacks: intentions and missing for a month, missing and days left for an emergency.
pub(super) fn need_text(scene: &Scene, deadline: Option<Date>, intended: Amount, missing: Amount) -> Text {
    match deadline {
        Some(deadline) => Text::new("need-emergency")
            .amount("missing", missing.minor())
            .words(
                "left",
                Text::new("need-days-left").count("days", days_left(scene, deadline)),
            ),
        None => Text::new("need-monthly")
            .amount("intended", intended.minor())
            .amount("missing", missing.minor()),
    }
}

/// How many days are left, today and the last one included; 0 when it has passed.
pub(super) fn days_left(scene: &Scene, deadline: Date) -> u64 {
    let days = scene
        .ledger
        .policy
        .date(scene.at)
        .until(deadline)
        .map_or(-1, |span| span.get_days());
    u64::try_from(days.saturating_add(1)).unwrap_or(0)
}

/// A status, as an argument of a message chooses by it.
pub(super) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Green => "green",
        Status::Orange => "orange",
        Status::Red => "red",
    }
}

/// Several names as one text, at most five of them; `others` more are counted after them. `None` for nobody.
pub(super) fn names(scene: &Scene, members: &[MemberId], others: usize) -> Option<Text> {
    const SHOWN: usize = 5;
    let mut shown = members.iter().take(SHOWN).map(|member| scene.name_text(*member));
    let first = shown.next()?;
    let names = shown.fold(first, |first, next| {
        Text::new("names-two").words("first", first).words("second", next)
    });
    let others = others.saturating_add(members.len().saturating_sub(SHOWN));
    Some(if others == 0 {
        names
    } else {
        Text::new("names-others")
            .words("names", names)
            .count("n", many(others))
    })
}

/// How many, as messages count.
pub(super) fn many(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// What stands on a page. A page that is not there any more is the last one.
pub(super) fn page_of<T>(items: &[T], page: u32) -> &[T] {
    items
        .chunks(PAGE)
        .nth(page_at(items.len(), page))
        .unwrap_or_default()
}

/// The ways to the pages before and after, when there are any.
pub(super) fn turn(screen: Screen, items: usize, page: u32, route: impl Fn(u32) -> Route) -> Screen {
    let (at, pages) = (page_at(items, page), items.div_ceil(PAGE));
    if pages < 2 {
        return screen;
    }
    let go = |to: usize| Act::Go(route(u32::try_from(to).unwrap_or(u32::MAX)));
    let mut screen = screen.line(
        Text::new("page-of")
            .count("page", many(at.saturating_add(1)))
            .count("pages", many(pages)),
    );
    if let Some(before) = at.checked_sub(1) {
        screen = screen.offer("page-choice-before", go(before));
    }
    if at.saturating_add(1) < pages {
        screen = screen.offer("page-choice-after", go(at.saturating_add(1)));
    }
    screen
}

/// The ways to newer and older entries of what is listed newest first, where how many there are is not known.
pub(super) fn older(mut screen: Screen, more: bool, page: u32, route: impl Fn(u32) -> Route) -> Screen {
    if let Some(newer) = page.checked_sub(1) {
        screen = screen.offer("page-choice-newer", Act::Go(route(newer)));
    }
    if more {
        screen.offer("page-choice-older", Act::Go(route(page.saturating_add(1))))
    } else {
        screen
    }
}

/// As much of a list as fits a message that is no list itself, and how many more there are.
pub(super) fn some_of(mut items: Vec<Block>) -> Vec<Block> {
    let more = items.len().saturating_sub(PAGE);
    if more > 0 {
        items.truncate(PAGE);
        items.push(Block::Line(Text::new("and-more").count("n", many(more))));
    }
    items
}

pub(super) fn page_at(items: usize, page: u32) -> usize {
    let last = items.div_ceil(PAGE).saturating_sub(1);
    usize::try_from(page).unwrap_or(usize::MAX).min(last)
}

/// The ways back and home.
pub(super) fn ways(screen: Screen) -> Screen {
    screen
        .choice(Text::new("choice-back"), Act::Back, Tone::Way)
        .way("choice-home", Route::Home)
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both, english},
        *,
    };

    #[test]
    fn the_six_relations() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let (bo, cleo) = (stage.friend("Bo", anna), stage.friend("Cleo", anna));
        stage.intends(bo, appeal, 50);
        stage.intends(cleo, appeal, 20);
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, people(&scene));
        assert!(
            english.starts_with(
                "# 👥 People
Your network: 2 people
- Who helps me: 0
• Whom I help: 1
• Who else helps the people I help: 1
- Whom else my helpers help: 0
- Who helps my helpers: 0
- Whom the people I help are helping: 0
• By invitation: 1
"
            ),
            "{english}"
        );
        assert!(
            russian.contains("Ваша сеть: 2 человека\n- Кто помогает мне: 0\n• Кому помогаю я: 1"),
            "{russian}"
        );
        let [english, _] = both(&scene, relation(&scene, Relation::ISupport, 0));
        assert!(
            english.contains("• Anna | 🔆 needs monthly support | Intentions ❤️ €70 · missing 🙏 €300"),
            "{english}"
        );
    }

    #[test]
    fn an_empty_relation() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        for each in Relation::SIX.into_iter().chain([Relation::Referrals]) {
            assert!(english(&scene, relation(&scene, each, 0)).contains("Nobody yet."));
        }
    }

    #[test]
    fn names_end_in_a_count() {
        let mut stage = Stage::new();
        let all: Vec<MemberId> = (1..8).map(|n| stage.person(&format!("M{n}"))).collect();
        let scene = stage.scene(all[0]);
        let say =
            |names: Option<Text>| names.map(|text| english(&scene, Some(Screen::new(Route::Home, text))));
        assert_eq!(say(names(&scene, &all[..2], 0)).as_deref(), Some("# M1, M2"));
        assert_eq!(
            say(names(&scene, &all, 1)).as_deref(),
            Some("# M1, M2, M3, M4, M5 and 3 more")
        );
        assert_eq!(say(names(&scene, &[], 3)), None);
    }

    #[test]
    fn pages_have_ends() {
        let items: Vec<u32> = (0..17).collect();
        assert_eq!(page_of(&items, 0), &items[..8]);
        assert_eq!(page_of(&items, 2), &items[16..]);
        assert_eq!(page_of(&items, 99), &items[16..]);
        assert_eq!(page_of(&items[..0], 0), &[] as &[u32]);
    }
}
