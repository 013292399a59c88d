//! Of obligations: made, due, reported, answered, overdue, ended.

use exodus_core::{
    Amount, Event, MemberId, NoteId, ObligationId, ObligationState, ReportId, view::ObligationView,
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen};

use super::{
    super::record::{answer_choices, grave, paying, quoting, report_choices, see_obligation, side, worth},
    news,
};
use crate::scene::Scene;

/// It was made.
pub(super) fn made(scene: &Scene, event: &Event, obligation: ObligationId) -> Option<Screen> {
    let screen = news(scene, event, Route::Obligation { obligation })?;
    let Some(view) = see_obligation(scene, obligation) else {
        return Some(screen);
    };
    Some(quoting(screen, scene, view.note))
}

/// Its due date moved.
pub(super) fn due_moved(scene: &Scene, event: &Event, obligation: ObligationId) -> Option<Screen> {
    let screen = news(scene, event, Route::Obligation { obligation })?;
    Some(reportable(scene, obligation, screen))
}

/// Its debtor reported, or somebody reminds of it: nothing to answer when it was answered.
pub(super) fn reported(scene: &Scene, event: &Event, id: ReportId, creditor: MemberId) -> Option<Screen> {
    let view = see_obligation(scene, id.obligation).filter(|_| creditor == scene.viewer)?;
    let report = view
        .reports
        .iter()
        .find(|report| report.report == id && report.may_answer)?;
    let title = Text::new("notice-reported")
        .with("name", scene.who(view.other))
        .with("amount", worth(report.amount, view.form))
        .with("at", scene.date(report.at));
    let route = Route::Obligation {
        obligation: id.obligation,
    };
    let screen = quoting(Screen::new(route, title), scene, report.note);
    let screen = if report.at == event.at {
        screen
    } else {
        screen.line(Text::new("notice-still-waits"))
    };
    Some(answer_choices(screen, report))
}

/// Its creditor answered.
pub(super) fn answered(
    scene: &Scene,
    event: &Event,
    report: ReportId,
    debtor: MemberId,
    (reported, confirmed): (Amount, Amount),
) -> Option<Screen> {
    let obligation = report.obligation;
    let screen = news(scene, event, Route::Obligation { obligation })?;
    if debtor != scene.viewer {
        return Some(screen);
    }
    if confirmed == reported {
        return Some(screen.line(Text::new("notice-thanks")));
    }
    Some(reportable(
        scene,
        obligation,
        screen.line(Text::new("notice-not-received")),
    ))
}

/// Nobody answered.
pub(super) fn by_silence(scene: &Scene, event: &Event, report: ReportId, debtor: MemberId) -> Option<Screen> {
    let obligation = report.obligation;
    let screen = news(scene, event, Route::Obligation { obligation })?;
    let words = if debtor == scene.viewer {
        "notice-silence-mine"
    } else {
        "notice-silence"
    };
    Some(screen.line(Text::new(words)))
}

/// A confirmation was opened again, with a reason.
pub(super) fn reopened(
    scene: &Scene,
    event: &Event,
    report: ReportId,
    reason: Option<NoteId>,
) -> Option<Screen> {
    let obligation = report.obligation;
    let screen = quoting(
        news(scene, event, Route::Obligation { obligation })?,
        scene,
        reason,
    );
    Some(reportable(scene, obligation, screen))
}

/// Its creditor asks to carry it out within 24 hours (L10): nothing to ask when it was reported.
pub(super) fn asked(
    scene: &Scene,
    event: &Event,
    obligation: ObligationId,
    debtor: MemberId,
) -> Option<Screen> {
    let view = to_do(scene, obligation, debtor)?;
    let screen = news(scene, event, Route::Obligation { obligation })?.line(due(scene, &view));
    Some(report_choices(paid(scene, &view, screen), &view))
}

/// Its debtor is reminded (C2), or for the last time (C8): nobody of what they have done (C9).
pub(super) fn reminded(
    scene: &Scene,
    obligation: ObligationId,
    debtor: MemberId,
    last: bool,
) -> Option<Screen> {
    let view = to_do(scene, obligation, debtor).filter(|view| !view.frozen)?;
    let screen = Screen::new(Route::Obligation { obligation }, due(scene, &view));
    let follows = |id: &'static str| Text::new(id).with("name", scene.who(view.other));
    let screen = if is_overdue(&view) {
        let suspended = scene.me().is_some_and(|me| me.suspended.is_some());
        let text = follows("notice-last-reminder-overdue");
        screen.block(Block::Strong(
            text.keyword("suspended", if suspended { "yes" } else { "no" }),
        ))
    } else if last {
        let on = view.overdue_on.unwrap_or(view.due);
        screen.block(Block::Strong(follows("notice-last-reminder").date("overdue", on)))
    } else {
        screen
    };
    Some(report_choices(paid(scene, &view, screen), &view))
}

/// It became overdue (C3.3): what that means, and the way back.
pub(super) fn overdue(
    scene: &Scene,
    event: &Event,
    obligation: ObligationId,
    debtor: MemberId,
) -> Option<Screen> {
    let view = see_obligation(scene, obligation).filter(|view| !view.outstanding.is_zero())?;
    let screen = news(scene, event, Route::Obligation { obligation })?;
    if debtor == scene.viewer {
        if !view.may_report {
            let text = Text::new("rec-overdue-reported").with("name", scene.who(view.other));
            return Some(screen.block(Block::Strong(text.keyword("side", side(true)))));
        }
        let text = Text::new("notice-overdue-mine").with("name", scene.who(view.other));
        let screen = screen
            .block(Block::Strong(text))
            .line(Text::new("notice-overdue-next"));
        return Some(report_choices(paid(scene, &view, screen), &view));
    }
    let screen = screen.line(Text::new("notice-overdue").with("name", scene.who(view.other)));
    let screen = if view.may_ask {
        screen.offer(
            "rec-do-ask-perform",
            Act::Do(Deed::plain(exodus_core::Command::AskPerformance { obligation })),
        )
    } else {
        screen
    };
    Some(if view.may_release {
        grave(
            screen,
            "rec-do-release",
            Deed::plain(exodus_core::Command::Release { obligation }),
        )
    } else {
        screen
    })
}

/// It ended without being carried out.
pub(super) fn ended(
    scene: &Scene,
    event: &Event,
    obligation: ObligationId,
    words: Option<&'static str>,
) -> Option<Screen> {
    let screen = news(scene, event, Route::Obligation { obligation })?;
    Some(
        words
            .into_iter()
            .fold(screen, |screen, words| screen.line(Text::new(words))),
    )
}

/// What is left to do of it, for its debtor.
fn to_do(scene: &Scene, obligation: ObligationId, debtor: MemberId) -> Option<ObligationView> {
    see_obligation(scene, obligation).filter(|view| debtor == scene.viewer && view.may_report)
}

/// How much, to whom, by when (C9).
fn due(scene: &Scene, view: &ObligationView) -> Text {
    let id = if is_overdue(view) {
        "notice-was-due"
    } else {
        "notice-due"
    };
    Text::new(id)
        .with("name", scene.who(view.other))
        .with("amount", worth(view.unreported, view.form))
        .date("due", view.due)
}

const fn is_overdue(view: &ObligationView) -> bool {
    matches!(view.state, ObligationState::Overdue { .. })
}

fn paid(scene: &Scene, view: &ObligationView, screen: Screen) -> Screen {
    if view.pay {
        paying(screen, scene, view)
    } else {
        screen
    }
}

/// With the debtor's buttons, when there is something to report.
fn reportable(scene: &Scene, obligation: ObligationId, screen: Screen) -> Screen {
    match see_obligation(scene, obligation) {
        Some(view) if view.may_report => report_choices(screen, &view),
        Some(_) | None => screen,
    }
}
