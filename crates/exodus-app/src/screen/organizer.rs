//! `/organizer`: everything of one's own, counted and in lists.

use std::cmp::Reverse;

use exodus_core::{
    Ledger, ObligationId, ObligationState,
    view::{self, Organizer},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen, Tab};

use super::{
    offer::offer_item,
    people::{PAGE, many, older, page_at, page_of, turn, ways},
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
    let archived = has_archive(scene, &mine);
    if lists.is_empty() && !archived {
        return ways(screen.line(Text::new("org-nothing")));
    }
    screen = listed(screen, "org-lists", lists);
    if archived {
        screen = listed(
            screen,
            "org-archives",
            [Tab::Fulfilled, Tab::NotKept].map(archive).into(),
        );
    }
    ways(screen)
}

fn listed(screen: Screen, heading: &'static str, lists: Vec<Block>) -> Screen {
    if lists.is_empty() {
        return screen;
    }
    lists
        .into_iter()
        .fold(screen.block(Block::Heading(Text::new(heading))), Screen::block)
}

/// Whether anything is over, or was not kept.
fn has_archive(scene: &Scene, mine: &Organizer) -> bool {
    let (owed, due) = (
        scene.ledger.owed_by(scene.viewer),
        scene.ledger.owed_to(scene.viewer),
    );
    !mine.not_kept.is_empty() || owed.chain(due).any(|obligation| !obligation.is_unsettled())
}

/// The way to an archive. It has no count: that would take all of it.
fn archive(tab: Tab) -> Block {
    Block::Item {
        text: Text::new("org-tab").keyword("tab", tab_word(tab)),
        act: Some(Act::Go(Route::Records { tab, page: 0 })),
    }
}

/// Whether a record belongs to an archive.
pub(crate) fn is_in(ledger: &Ledger, record: u64, tab: Tab) -> bool {
    let Some(obligation) = ledger.obligation(ObligationId(record)) else {
        return false;
    };
    match tab {
        Tab::Fulfilled => obligation.is_fulfilled(),
        Tab::NotKept => matches!(
            obligation.state,
            ObligationState::Overdue { .. } | ObligationState::Defaulted { .. }
        ),
        Tab::Mine | Tab::ForMe | Tab::ToConfirm => false,
    }
}

/// How many records of an archive have to be known to show a page of it and whether another follows.
pub(crate) fn records_up_to(page: u32) -> usize {
    usize::try_from(page)
        .unwrap_or(usize::MAX)
        .saturating_add(1)
        .saturating_mul(PAGE)
        .saturating_add(1)
}

/// One list, in pages. Of an archive, no more is known than the page and whether another follows.
pub(crate) fn records(scene: &Scene, tab: Tab, page: u32) -> Screen {
    let items = items(scene, &everything(scene), tab);
    let word = tab_word(tab);
    let route = |page| Route::Records { tab, page };
    let screen = Screen::new(route(page), Text::new("org-tab").keyword("tab", word));
    let screen = if items.is_empty() {
        screen.line(Text::new("org-tab-empty").keyword("tab", word))
    } else {
        let shown = page_of(&items, page).iter().cloned();
        let screen = shown.fold(screen, Screen::block);
        match tab {
            Tab::Mine | Tab::ForMe | Tab::ToConfirm => turn(screen, items.len(), page, route),
            Tab::Fulfilled | Tab::NotKept => {
                let at = u32::try_from(page_at(items.len(), page)).unwrap_or(u32::MAX);
                older(screen, items.len() >= records_up_to(at), at, route)
            }
        }
    };
    ways(screen.offer("choice-organizer", Act::Go(Route::Organizer)))
}

/// What waits for the reader's word, one line a kind, the most pressing first; a single record opens itself, several open
/// their list.
pub(super) fn waiting(mine: &Organizer) -> Vec<Block> {
    let obligation = |obligation| Route::Obligation { obligation };
    let intention = |intention| Route::Intention { intention };
    let kinds = [
        (
            "waits-to-perform",
            mine.to_perform.len(),
            one(&mine.to_perform, obligation),
            Tab::Mine,
        ),
        (
            "waits-to-confirm",
            mine.to_confirm.len(),
            one(&mine.to_confirm, |id| obligation(id.obligation)),
            Tab::ToConfirm,
        ),
        (
            "waits-to-convert",
            mine.to_convert.len(),
            one(&mine.to_convert, intention),
            Tab::Mine,
        ),
        (
            "waits-to-answer",
            mine.to_answer.len(),
            one(&mine.to_answer, |offer| Route::Offer { offer }),
            Tab::ToConfirm,
        ),
        (
            "waits-to-value",
            mine.to_value.len(),
            one(&mine.to_value, intention),
            Tab::Mine,
        ),
    ];
    let lines = kinds.into_iter().map(|(id, count, only, tab)| {
        let route = only.unwrap_or(Route::Records { tab, page: 0 });
        (id, count, route)
    });
    let bonds = &mine.bonds_to_answer;
    let bond = one(bonds, |bond| Route::Bond { bond }).unwrap_or(Route::Bonds { page: 0 });
    lines
        .chain([("waits-bonds", bonds.len(), bond)])
        .filter(|(_, count, _)| *count > 0)
        .map(|(id, count, route)| Block::Item {
            text: Text::new(id).count("n", many(count)),
            act: Some(Act::Go(route)),
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
        Tab::Fulfilled => obligations(&last_made_first(&mine.fulfilled)),
        Tab::NotKept => obligations(&last_made_first(&mine.not_kept)),
    }
}

/// In the order in which archives are read: a page stays the same, however much of the rest is known.
fn last_made_first(ids: &[ObligationId]) -> Vec<ObligationId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable_by_key(|id| Reverse(*id));
    ids
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
