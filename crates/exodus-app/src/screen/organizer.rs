//! `/organizer`: everything of one's own, counted and in lists.

use exodus_core::view::{self, Organizer};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen, Tab};

use super::{
    offer::offer_item,
    people::{many, page_of, turn, ways},
    record::{intention_item, obligation_item, report_item},
};
use crate::scene::Scene;

/// The overview: what waits, and every list with its count.
pub(crate) fn organizer(scene: &Scene) -> Screen {
    let mine = everything(scene);
    let mut screen = Screen::new(Route::Organizer, Text::new("org-title"));
    let waiting = waiting(&mine);
    if !waiting.is_empty() {
        screen = screen.block(Block::Heading(Text::new("org-waits")));
        screen.blocks.extend(waiting);
    }
    let lists = lists(&mine);
    if lists.is_empty() {
        return ways(screen.line(Text::new("org-nothing")));
    }
    screen = screen.block(Block::Heading(Text::new("org-lists")));
    screen.blocks.extend(lists);
    ways(screen)
}

/// One list, in pages.
pub(crate) fn records(scene: &Scene, tab: Tab, page: u32) -> Screen {
    let items = items(scene, &everything(scene), tab);
    let word = tab_word(tab);
    let route = |page| Route::Records { tab, page };
    let screen = Screen::new(route(page), Text::new("org-tab").keyword("tab", word));
    let screen = if items.is_empty() {
        screen.line(Text::new("org-tab-empty").keyword("tab", word))
    } else {
        let shown = page_of(&items, page).iter().cloned();
        turn(shown.fold(screen, Screen::block), items.len(), page, route)
    };
    ways(screen.offer("org-do-organizer", Act::Go(Route::Organizer)))
}

/// What waits for the reader, one line a kind; a single record opens itself, several open their list.
pub(super) fn waiting(mine: &Organizer) -> Vec<Block> {
    let obligation = |obligation| Route::Obligation { obligation };
    let intention = |intention| Route::Intention { intention };
    let kinds = [
        (
            "org-to-confirm",
            mine.to_confirm.len(),
            one(&mine.to_confirm, |id| obligation(id.obligation)),
            Tab::ToConfirm,
        ),
        (
            "org-to-perform",
            mine.to_perform.len(),
            one(&mine.to_perform, obligation),
            Tab::Mine,
        ),
        (
            "org-to-convert",
            mine.to_convert.len(),
            one(&mine.to_convert, intention),
            Tab::Mine,
        ),
        (
            "org-to-value",
            mine.to_value.len(),
            one(&mine.to_value, intention),
            Tab::Mine,
        ),
        (
            "org-to-answer",
            mine.to_answer.len(),
            one(&mine.to_answer, |offer| Route::Offer { offer }),
            Tab::ToConfirm,
        ),
    ];
    let lines = kinds.into_iter().filter(|(_, count, ..)| *count > 0);
    lines
        .map(|(id, count, only, tab)| Block::Item {
            text: Text::new(id).count("n", many(count)),
            act: Some(Act::Go(only.unwrap_or(Route::Records { tab, page: 0 }))),
        })
        .collect()
}

/// Everything of the reader's own.
pub(super) fn everything(scene: &Scene) -> Organizer {
    view::organizer(&scene.ledger, scene.viewer)
}

fn one<T: Copy>(records: &[T], route: impl Fn(T) -> Route) -> Option<Route> {
    match records {
        [only] => Some(route(*only)),
        [] | [_, _, ..] => None,
    }
}

fn lists(mine: &Organizer) -> Vec<Block> {
    let count = many;
    let texts = [
        (
            Tab::Mine,
            mine.my_intentions.len() + mine.my_obligations.len() + mine.my_offers.len(),
            Text::new("org-mine")
                .count("intentions", count(mine.my_intentions.len()))
                .count("obligations", count(mine.my_obligations.len()))
                .count("offers", count(mine.my_offers.len())),
        ),
        (
            Tab::ForMe,
            mine.intentions_for_me.len() + mine.obligations_for_me.len(),
            Text::new("org-for-me")
                .count("intentions", count(mine.intentions_for_me.len()))
                .count("obligations", count(mine.obligations_for_me.len())),
        ),
        (
            Tab::Fulfilled,
            mine.fulfilled.len(),
            Text::new("org-fulfilled").count("n", count(mine.fulfilled.len())),
        ),
        (
            Tab::NotKept,
            mine.not_kept.len(),
            Text::new("org-not-kept").count("n", count(mine.not_kept.len())),
        ),
    ];
    let some = texts.into_iter().filter(|(_, count, _)| *count > 0);
    some.map(|(tab, _, text)| Block::Item {
        text,
        act: Some(Act::Go(Route::Records { tab, page: 0 })),
    })
    .collect()
}

fn items(scene: &Scene, mine: &Organizer, tab: Tab) -> Vec<Block> {
    let obligations =
        |ids: &[_]| -> Vec<Block> { ids.iter().filter_map(|id| obligation_item(scene, *id)).collect() };
    let intentions =
        |ids: &[_]| -> Vec<Block> { ids.iter().filter_map(|id| intention_item(scene, *id)).collect() };
    let offers = |ids: &[_]| -> Vec<Block> { ids.iter().filter_map(|id| offer_item(scene, *id)).collect() };
    match tab {
        Tab::Mine => [
            obligations(&mine.my_obligations),
            intentions(&mine.my_intentions),
            offers(&mine.my_offers),
        ]
        .concat(),
        Tab::ForMe => [
            obligations(&mine.obligations_for_me),
            intentions(&mine.intentions_for_me),
        ]
        .concat(),
        Tab::ToConfirm => {
            let reports = mine
                .to_confirm
                .iter()
                .filter_map(|id| report_item(scene, *id))
                .collect();
            [reports, offers(&mine.to_answer)].concat()
        }
        Tab::Fulfilled => obligations(&mine.fulfilled),
        Tab::NotKept => obligations(&mine.not_kept),
    }
}

const fn tab_word(tab: Tab) -> &'static str {
    match tab {
        Tab::Mine => "mine",
        Tab::ForMe => "for-me",
        Tab::ToConfirm => "to-confirm",
        Tab::Fulfilled => "fulfilled",
        Tab::NotKept => "not-kept",
    }
}
