//! Of the month: what is still to be done (C1), what it was (C4), being suspended and that being lifted (C8).

use exodus_core::Period;
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen, Tab};

use super::super::{
    organizer::{everything, waiting},
    people::{many, some_of},
    record::{obligation_item, see_intention, see_obligation},
    summary::{is_quiet, summary},
};
use crate::scene::Scene;

/// What is the reader's to do before the month ends; `None` when nothing is.
pub(super) fn nudged(scene: &Scene, period: Period) -> Option<Screen> {
    let mine = everything(scene);
    let mut blocks = waiting(&mine);
    let asked = |id| mine.to_perform.contains(id);
    let owed = mine.my_obligations.iter().filter(|id| !asked(id)).filter(|id| {
        see_obligation(scene, **id)
            .is_some_and(|view| view.may_report && !view.frozen && Period::of(view.due) <= period)
    });
    blocks.extend(some_of(
        owed.filter_map(|id| obligation_item(scene, *id)).collect(),
    ));
    let free = mine
        .my_intentions
        .iter()
        .filter(|id| see_intention(scene, **id).is_some_and(|view| !view.frozen));
    let free = free.count();
    if free > 0 {
        let text = Text::new("notice-nudge-intentions").count("n", many(free));
        blocks.push(Block::Item {
            text,
            act: Some(Act::Go(Route::Records {
                tab: Tab::Mine,
                page: 0,
            })),
        });
    }
    if blocks.is_empty() {
        return None;
    }
    let title = Text::new("notice-nudge").date("last", period.last_day());
    let mut screen = Screen::new(Route::Organizer, title);
    screen.blocks.extend(blocks);
    Some(screen.offer("choice-organizer", Act::Go(Route::Organizer)))
}

/// The month's summary; nobody with nothing to report is written to.
pub(super) fn summarised(scene: &Scene, period: Period) -> Option<Screen> {
    if is_quiet(scene, period) {
        return None;
    }
    let mut screen = summary(scene, period);
    // The ways are added to every notice alike.
    screen
        .choices
        .retain(|choice| choice.tone != exodus_ui::Tone::Way);
    Some(screen)
}

/// Why nothing new can be promised, and what opens the way back.
pub(super) fn suspended(scene: &Scene) -> Screen {
    let list = Route::Records {
        tab: Tab::NotKept,
        page: 0,
    };
    let mut screen = Screen::new(list.clone(), Text::new("history-suspended"))
        .line(Text::new("notice-suspended-why"))
        .line(Text::new("notice-suspended-back"));
    let mine = everything(scene);
    let overdue = mine.my_obligations.iter().filter(|id| {
        see_obligation(scene, **id)
            .is_some_and(|view| matches!(view.state, exodus_core::ObligationState::Overdue { .. }))
    });
    screen.blocks.extend(some_of(
        overdue.filter_map(|id| obligation_item(scene, *id)).collect(),
    ));
    screen.main("summary-do-overdue", Act::Go(list))
}

/// It is over.
pub(super) fn lifted() -> Screen {
    Screen::new(Route::Home, Text::new("history-suspension-lifted"))
        .line(Text::new("notice-lifted"))
        .main("choice-give", Act::Go(Route::Give { page: 0 }))
}
