//! One obligation: its debtor reports, its creditor confirms, asks or releases (L7–L16).

use exodus_core::{
    Command, ObligationId, ObligationState, ReportState, Timestamp,
    view::{ObligationView, ReportView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, Tone};

use super::{super::people::ways, card_way, grave, paying, quoting, see_obligation, side, state, worth};
use crate::scene::Scene;

/// The screen of an obligation; `None` when there is nothing to show this reader.
pub(crate) fn obligation(scene: &Scene, id: ObligationId) -> Option<Screen> {
    let view = see_obligation(scene, id)?;
    let title = Text::new("rec-obligation-title")
        .keyword("side", side(view.mine))
        .with("name", scene.who(view.other))
        .with("amount", worth(view.amount, view.form));
    let screen = Screen::new(Route::Obligation { obligation: id }, title);
    let screen = quoting(amounts(&view, screen), scene, view.note);
    let screen = view
        .reports
        .iter()
        .fold(screen, |screen, report| told(scene, &view, report, screen));
    let screen = explained(scene, &view, screen);
    let screen = if view.pay {
        paying(screen, scene, &view)
    } else {
        screen
    };
    let screen = if view.mine {
        debtor(&view, screen)
    } else {
        creditor(&view, screen)
    };
    let screen = proposing(&view, screen);
    let why = if view.mine { "rec-do-why" } else { "rec-do-history" };
    let screen = screen.offer(
        why,
        Act::Go(Route::RecordHistory {
            record: id.0,
            page: 0,
        }),
    );
    Some(ways(card_way(screen, scene, view.other)))
}

fn amounts(view: &ObligationView, screen: Screen) -> Screen {
    let amount = |minor| Text::new("just").amount("it", minor);
    let mut screen = screen
        .field("rec-state-label", state(view))
        .field("rec-due-label", Text::new("just").date("it", view.due));
    let received = view.settled.less(view.cleared).less(view.transferred);
    if !received.is_zero() && received != view.amount {
        screen = screen.field("rec-settled-label", amount(received.minor()));
    }
    for (id, of) in [
        ("rec-cleared-label", view.cleared),
        ("rec-transferred-label", view.transferred),
    ] {
        if !of.is_zero() {
            screen = screen.field(id, amount(of.minor()));
        }
    }
    if !view.unreported.is_zero() && view.unreported != view.amount {
        screen = screen.field("rec-unreported-label", amount(view.unreported.minor()));
    }
    if view.clearable && view.agrees {
        let word = if view.takes_part { "in" } else { "waits" };
        screen = screen.line(Text::new("rec-clearing").keyword("state", word));
    }
    screen
}

/// A report with its words and what became of it.
fn told(scene: &Scene, view: &ObligationView, report: &ReportView, screen: Screen) -> Screen {
    let line = |id| {
        Text::new(id)
            .with("at", scene.date(report.at))
            .with("amount", worth(report.amount, view.form))
    };
    let text = match report.state {
        ReportState::Waiting => line("rec-report-waiting"),
        ReportState::Answered { confirmed, .. } if confirmed == report.amount => line("rec-report-confirmed"),
        ReportState::Answered { confirmed, .. } if confirmed.is_zero() => line("rec-report-refused"),
        ReportState::Answered { confirmed, .. } => {
            line("rec-report-partly").amount("confirmed", confirmed.minor())
        }
        ReportState::BySilence { .. } => line("rec-report-silence"),
        ReportState::Reopened { .. } => line("rec-report-reopened"),
    };
    let screen = quoting(screen.line(text), scene, report.note);
    match report.state {
        ReportState::Reopened { reason, .. } => quoting(screen, scene, reason),
        ReportState::Waiting | ReportState::Answered { .. } | ReportState::BySilence { .. } => screen,
    }
}

/// What its state means for the reader, where that is not plain.
fn explained(scene: &Scene, view: &ObligationView, screen: Screen) -> Screen {
    let line = |id: &'static str| {
        Text::new(id)
            .keyword("side", side(view.mine))
            .with("name", scene.who(view.other))
    };
    match view.state {
        ObligationState::Overdue { .. } if view.unreported.is_zero() => {
            screen.block(Block::Strong(line("rec-overdue-reported")))
        }
        ObligationState::Overdue { .. } => screen.block(Block::Strong(line("rec-overdue"))),
        ObligationState::Open if view.frozen => screen.line(line("rec-obligation-frozen")),
        ObligationState::Open if view.mine => match asked_lately(scene, view) {
            Some(at) => {
                let text = Text::new("rec-asked-now").with("name", scene.who(view.other));
                screen.block(Block::Strong(text.with("at", scene.local(at))))
            }
            None => screen,
        },
        ObligationState::Open
        | ObligationState::Fulfilled { .. }
        | ObligationState::Released { .. }
        | ObligationState::Cancelled { .. }
        | ObligationState::Defaulted { .. } => screen,
    }
}

/// When its creditor asked to carry it out, while the 24 hours run and something is left to do (L10, C9).
fn asked_lately(scene: &Scene, view: &ObligationView) -> Option<Timestamp> {
    let asked = scene.ledger.obligation(view.obligation)?.asked?;
    (!view.unreported.is_zero() && scene.at < asked.plus_hours(24)).then_some(asked)
}

/// With what can be proposed about it (K1, K8).
fn proposing(view: &ObligationView, screen: Screen) -> Screen {
    let obligation = view.obligation;
    if view.may_propose {
        screen.offer("rec-do-propose", Act::Go(Route::Propose { obligation }))
    } else {
        screen
    }
}

fn debtor(view: &ObligationView, mut screen: Screen) -> Screen {
    if view.may_report {
        screen = report_choices(screen, view);
    }
    if let Some(report) = view.reports.iter().find(|report| report.may_remind) {
        let command = Command::RemindConfirmation {
            report: report.report,
        };
        screen = screen.offer("rec-do-remind", Act::Do(Deed::plain(command)));
    }
    screen
}

/// Report everything in one tap; or a part, with words.
pub(in super::super) fn report_choices(screen: Screen, view: &ObligationView) -> Screen {
    let (obligation, whole) = (view.obligation, view.unreported);
    let all = Deed::plain(Command::Report {
        obligation,
        amount: None,
        note: None,
    });
    let part = Draft::Report {
        obligation,
        whole,
        amount: None,
        note: None,
    };
    screen
        .choice(
            Text::new("rec-do-report").amount("amount", whole.minor()),
            Act::Do(all),
            Tone::Main,
        )
        .offer("rec-do-report-part", Act::Ask(part))
}

/// Confirm all in one tap; or less; or nothing.
pub(in super::super) fn answer_choices(screen: Screen, report: &ReportView) -> Screen {
    let (id, whole) = (report.report, report.amount);
    let confirm = Deed::plain(Command::Confirm {
        report: id,
        amount: None,
    });
    screen
        .choice(
            Text::new("rec-do-confirm").amount("amount", whole.minor()),
            Act::Do(confirm),
            Tone::Main,
        )
        .offer(
            "rec-do-confirm-part",
            Act::Ask(Draft::ConfirmPart {
                report: id,
                whole,
                amount: None,
            }),
        )
        .offer(
            "rec-do-refuse",
            Act::Do(Deed::plain(Command::Refuse { report: id })),
        )
}

fn creditor(view: &ObligationView, mut screen: Screen) -> Screen {
    let obligation = view.obligation;
    // The oldest report first: its answer brings the next one up, and the buttons stay few.
    if let Some(report) = view.reports.iter().find(|report| report.may_answer) {
        screen = answer_choices(screen, report);
    }
    if view.may_ask {
        screen = screen.offer(
            "rec-do-ask-perform",
            Act::Do(Deed::plain(Command::AskPerformance { obligation })),
        );
    }
    if let Some(report) = view.reports.iter().rev().find(|report| report.may_reopen) {
        let draft = Draft::Reopen {
            report: report.report,
            reason: None,
        };
        screen = screen.offer("rec-do-reopen", Act::Ask(draft));
    }
    if view.may_release {
        screen = grave(
            screen,
            "rec-do-release",
            Deed::plain(Command::Release { obligation }),
        );
    }
    screen
}
