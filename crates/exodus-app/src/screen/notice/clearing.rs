//! Of clearing: the run announced (K7), the statement of one (K6), and what is proposed about two obligations (K1, K8).

use exodus_core::{
    Command, Date, Event, ObligationId, Period, ProposalEnding, ProposalId, ProposalState, RunId,
};
use exodus_i18n::Text;
use exodus_ui::{Act, Deed, Route, Screen};

use super::super::{
    clearing::{in_a_line, statement},
    proposal::{answers, see_proposal, terms},
};
use crate::scene::Scene;

/// The run of a month comes: until then everybody may still choose otherwise. Nothing to tell once that is past.
pub(super) fn announced(scene: &Scene, period: Period, on: Date) -> Option<Screen> {
    let awaited = scene.ledger.clearing().awaited();
    awaited.filter(|awaited| awaited.period == period)?;
    let consents = scene.me()?.clearing.consents.is_some();
    let screen = Screen::new(
        Route::Clearing,
        Text::new("notice-clearing-announced").date("on", on),
    )
    .line(Text::new("notice-clearing-before"))
    .main("clearing-do-clearing", Act::Go(Route::Clearing));
    let stop = Act::Do(Deed::plain(Command::ConsentToClearing { consents: false }));
    Some(if consents {
        screen.offer("clearing-do-stop", stop)
    } else {
        screen
    })
}

/// What a run did for the reader.
pub(super) fn stated(scene: &Scene, run: RunId) -> Option<Screen> {
    let mut screen = statement(scene, run)?;
    // The ways are added to every notice alike.
    screen
        .choices
        .retain(|choice| choice.tone != exodus_ui::Tone::Way);
    Some(screen)
}

/// What the month's run did, in the nudge of that day (C1).
pub(super) fn with_nudge(scene: &Scene, period: Period, screen: Option<Screen>) -> Option<Screen> {
    let run = scene.ledger.clearing().ran.filter(|run| run.period == period);
    let line = run.and_then(|run| Some((run.id, in_a_line(scene, run.id)?)));
    let Some((run, line)) = line else { return screen };
    match screen {
        Some(screen) => {
            let screen = screen.line(line);
            Some(screen.offer("clearing-do-statement", Act::Go(Route::Statement { run })))
        }
        None => stated(scene, run),
    }
}

/// Somebody asks the reader: to agree, or first whether they may be named. Nothing once it is answered or over.
pub(super) fn asked(scene: &Scene, proposal: ProposalId, named: bool) -> Option<Screen> {
    let view = see_proposal(scene, proposal).filter(|view| view.may_answer && view.named == named)?;
    let id = match (view.of_two, named) {
        (true, _) => "notice-proposal-set-off",
        (false, true) => "notice-proposal-hand-on",
        (false, false) => "notice-proposal-naming",
    };
    let screen = Screen::new(
        Route::Proposal { proposal },
        Text::new(id).with("name", scene.who(view.by)),
    )
    .line(terms(scene, &view))
    .line(Text::new("notice-proposal-until").with("until", scene.local(view.expires)));
    Some(answers(&view, screen))
}

/// It is done.
pub(super) fn agreed(
    scene: &Scene,
    event: &Event,
    proposal: ProposalId,
    made: Option<ObligationId>,
) -> Option<Screen> {
    let obligation = made.filter(|id| {
        let row = scene.ledger.obligation(*id);
        row.is_some_and(|row| row.debtor == scene.viewer || row.creditor == scene.viewer)
    });
    let route = obligation.map_or(Route::Proposal { proposal }, |obligation| Route::Obligation {
        obligation,
    });
    super::news(scene, event, route)
}

/// Somebody agreed, and it waits for another.
pub(super) fn consented(scene: &Scene, event: &Event, proposal: ProposalId) -> Option<Screen> {
    see_proposal(scene, proposal).filter(|view| matches!(view.state, ProposalState::Waiting))?;
    super::news(scene, event, Route::Proposal { proposal })
}

/// It came to nothing.
pub(super) fn ended(
    scene: &Scene,
    event: &Event,
    proposal: ProposalId,
    how: ProposalEnding,
) -> Option<Screen> {
    let screen = super::news(scene, event, Route::Proposal { proposal })?;
    Some(match how {
        ProposalEnding::Left => screen,
        ProposalEnding::Declined
        | ProposalEnding::Withdrawn
        | ProposalEnding::Expired
        | ProposalEnding::Fallen => screen.line(Text::new("notice-proposal-nothing-changes")),
    })
}
