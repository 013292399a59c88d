//! `/people WORD`: names and *I can offer* lines that match, of those the reader may see (M3).

use std::{cmp::Reverse, collections::BTreeSet};

use exodus_core::{
    MemberId,
    view::{self, Neighbour},
};
use exodus_i18n::{
    Text,
    read::{Match, fold, name_matches},
};
use exodus_ui::{Act, Draft, Route, Screen};

use super::{
    card::offer_line,
    people::{many, page_of, person, turn, ways},
};
use crate::scene::Scene;

/// So many of somebody's offers that fit are shown in the list; their card has them all.
const OFFERS: usize = 3;

/// Somebody found: how well the name fits, and which of their offers do.
struct Found {
    one: Neighbour,
    name: Match,
    offers: Vec<Text>,
}

/// Who is found; names first.
pub(crate) fn search(scene: &Scene, query: &str, page: u32) -> Option<Screen> {
    let others: BTreeSet<MemberId> = scene
        .persons
        .keys()
        .copied()
        .filter(|member| *member != scene.viewer)
        .collect();
    let people = view::people(&scene.ledger, scene.viewer, &others);
    Some(draw(scene, query, &find(scene, query, people), page))
}

/// Those of `people` whom the query finds. All of them show their card, and with it what they offer (M7).
fn find(scene: &Scene, query: &str, people: Vec<Neighbour>) -> Vec<Found> {
    let fits = |one: Neighbour| {
        let profile = scene.persons.get(&one.member)?;
        let offers = profile
            .offers
            .iter()
            .filter(|line| says(&line.text, query))
            .map(offer_line);
        let found = Found {
            one,
            name: name_matches(query, &profile.name),
            offers: offers.collect(),
        };
        (found.name != Match::No || !found.offers.is_empty()).then_some(found)
    };
    let mut found: Vec<Found> = people.into_iter().filter_map(fits).collect();
    found.sort_by_key(|found| Reverse(found.name));
    found
}

/// Whether every word of the query stands in a line, perhaps inside a longer word.
fn says(line: &str, query: &str) -> bool {
    let (line, query) = (fold(line), fold(query));
    !query.is_empty() && query.split(' ').all(|word| line.contains(word))
}

fn draw(scene: &Scene, query: &str, found: &[Found], page: u32) -> Screen {
    let route = |page| Route::Search {
        query: query.to_owned(),
        page,
    };
    let title = Text::new("search-title")
        .name("query", query)
        .count("n", many(found.len()));
    let mut screen = Screen::new(route(page), title);
    if found.is_empty() {
        screen = screen.line(Text::new("search-nobody"));
    }
    for found in page_of(found, page) {
        let offers = found.offers.iter().take(OFFERS).cloned();
        screen = screen.block(person(scene, &found.one, offers.collect()));
    }
    let screen = turn(screen, found.len(), page, route)
        .offer("search-choice-again", Act::Ask(Draft::Search(None)))
        .offer("choice-people", Act::Go(Route::People));
    ways(screen)
}

#[cfg(test)]
mod tests {
    use exodus_store::OfferLine;

    use super::{
        super::tests::stage::{Stage, both, english},
        search,
    };

    #[test]
    fn names_first_then_what_they_offer() {
        let mut stage = Stage::new();
        let me = stage.person("Me");
        let (bo, anna) = (stage.friend("Bo", me), stage.friend("Анна", me));
        let stranger = stage.person("Anna Stranger");
        let line = |text: &str| OfferLine {
            text: text.into(),
            value: None,
        };
        stage.profile(bo, |profile| {
            profile.offers = vec![line("Уроки у Анны на даче"), line("A drill")]
        });
        stage.profile(stranger, |profile| profile.offers = vec![line("A drill")]);
        stage.asks(anna, 100, "Rent");
        let scene = stage.scene(me);
        let [english, russian] = both(&scene, search(&scene, "анн", 0));
        assert!(
            english.starts_with("# “анн”: 2 people\n• Анна | 🔆 needs monthly support | Intentions"),
            "{english}"
        );
        assert!(
            russian.contains("• Bo | ✅ может помочь | Уроки у Анны на даче\n"),
            "{russian}"
        );
        let [english, _] = both(&scene, search(&scene, "DRILL", 0));
        assert!(
            english.contains("1 person\n• Bo") && !english.contains("Stranger"),
            "{english}"
        );
    }

    #[test]
    fn nobody_found() {
        let mut stage = Stage::new();
        let me = stage.person("Me");
        let scene = stage.scene(me);
        assert!(
            english(&scene, search(&scene, "plumber", 0))
                .starts_with("# “plumber”: nobody found\nNobody in your")
        );
    }
}
