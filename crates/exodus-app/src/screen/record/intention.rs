//! One intention: its author changes, converts, performs or withdraws it; its recipient asks and proposes (L1–L6).

use exodus_core::{Amount, Command, Form, IntentionId, IntentionState, view::IntentionView};
use exodus_i18n::Text;
use exodus_ui::{Act, Deed, Draft, Route, Screen, Tone};

use super::{super::people::ways, card_way, grave, quoting, see_intention, side, worth};
use crate::scene::Scene;

/// The screen of an intention; `None` when there is nothing to show this reader.
pub(crate) fn intention(scene: &Scene, id: IntentionId) -> Option<Screen> {
    let view = see_intention(scene, id)?;
    let screen = Screen::new(Route::Intention { intention: id }, title(scene, &view))
        .field("rec-state-label", state(scene, &view));
    let day = |at| Text::new("just").with("it", scene.date(at));
    let screen = screen.field("rec-recorded-label", day(view.made));
    let screen = match view.changed {
        Some(changed) => screen.field("rec-changed-label", day(changed)),
        None => screen,
    };
    let screen = quoting(screen, scene, view.note);
    let screen = match (view.live, view.mine) {
        (true, true) => author(scene, &view, standing(scene, &view, screen)),
        (true, false) => recipient(scene, &view, standing(scene, &view, screen)),
        (false, _) => screen,
    };
    let screen = screen.offer(
        "rec-do-history",
        Act::Go(Route::RecordHistory {
            record: id.0,
            page: 0,
        }),
    );
    Some(ways(card_way(screen, scene, view.other)))
}

fn title(scene: &Scene, view: &IntentionView) -> Text {
    Text::new("rec-intention-title")
        .keyword("side", side(view.mine))
        .with("name", scene.who(view.other))
        .with("amount", worth(view.amount, view.form))
}

fn state(scene: &Scene, view: &IntentionView) -> Text {
    let state = scene
        .ledger
        .intention(view.intention)
        .map(|intention| intention.state);
    let word = match state {
        _ if view.frozen => "frozen",
        Some(IntentionState::Live) | None if view.mine => "live",
        Some(IntentionState::Live) | None => "given",
        Some(IntentionState::Withdrawn) => "withdrawn",
        Some(IntentionState::Converted) => "converted",
        Some(IntentionState::Lapsed) => "lapsed",
        Some(IntentionState::Cancelled) => "cancelled",
    };
    Text::new("rec-intention-state").keyword("state", word)
}

/// Why it rests, and that its recipient asked to convert it, from the reader's side.
fn standing(scene: &Scene, view: &IntentionView, mut screen: Screen) -> Screen {
    let (frozen, asked) = if view.mine {
        ("rec-intention-frozen", "rec-asked-to-convert")
    } else {
        ("rec-intention-for-me-frozen", "rec-asked-them")
    };
    let line = |id: &'static str| Text::new(id).with("name", scene.who(view.other));
    if view.frozen {
        let me = scene.ledger.is_red(scene.viewer);
        screen = screen.line(line(frozen).keyword("who", if me { "me" } else { "them" }));
    }
    if view.asked.is_some() {
        screen = screen.line(line(asked));
    }
    screen
}

fn author(scene: &Scene, view: &IntentionView, mut screen: Screen) -> Screen {
    let (id, amount) = (view.intention, view.amount);
    let name = || scene.who(view.other);
    if let Some(proposed) = view.proposed {
        let text = Text::new("rec-value-proposed")
            .with("name", name())
            .amount("proposed", proposed.minor());
        screen = value_choices(screen.line(text), id, amount, proposed);
    }
    if let Some(part) = view
        .proportional
        .filter(|part| *part != amount && !part.is_zero())
    {
        screen = screen.line(
            Text::new("rec-proportional")
                .with("name", name())
                .amount("part", part.minor()),
        );
        if view.may_change {
            screen = screen.choice(
                Text::new("rec-do-proportional").amount("part", part.minor()),
                Act::Do(Deed::plain(Command::ChangeIntention {
                    intention: id,
                    amount: part,
                })),
                Tone::Plain,
            );
        }
    }
    if view.may_convert {
        let convert = |amount| Draft::Convert {
            intention: id,
            whole: view.amount,
            amount,
            sure: None,
        };
        let tone = if view.proposed.is_some() {
            Tone::Plain
        } else {
            Tone::Main
        };
        screen = screen
            .choice(Text::new("rec-do-convert"), Act::Ask(convert(Some(amount))), tone)
            .offer("rec-do-convert-part", Act::Ask(convert(None)));
    }
    if view.may_perform {
        screen = grave(
            screen,
            "rec-do-perform-now",
            Deed::plain(Command::PerformAtOnce {
                intention: id,
                amount: None,
                note: None,
            }),
        );
    }
    if view.may_change {
        screen = screen.offer(
            "rec-do-change",
            Act::Ask(Draft::Change {
                intention: id,
                amount: None,
            }),
        );
    }
    screen.offer(
        "rec-do-withdraw",
        Act::Do(Deed::plain(Command::WithdrawIntention { intention: id })),
    )
}

/// Take the value that the recipient proposed, or keep one's own.
pub(in super::super) fn value_choices(
    screen: Screen,
    intention: IntentionId,
    amount: Amount,
    proposed: Amount,
) -> Screen {
    let answer = |take| Act::Do(Deed::plain(Command::AnswerValue { intention, take }));
    screen
        .choice(
            Text::new("rec-do-take-value").amount("amount", proposed.minor()),
            answer(true),
            Tone::Main,
        )
        .choice(
            Text::new("rec-do-keep-value").amount("amount", amount.minor()),
            answer(false),
            Tone::Plain,
        )
}

fn recipient(scene: &Scene, view: &IntentionView, mut screen: Screen) -> Screen {
    let id = view.intention;
    if let Some(proposed) = view.proposed {
        let text = Text::new("rec-value-waits")
            .with("name", scene.who(view.other))
            .amount("proposed", proposed.minor());
        screen = screen.line(text);
    }
    if view.may_ask {
        screen = screen.main(
            "rec-do-ask-convert",
            Act::Do(Deed::plain(Command::AskConversion { intention: id })),
        );
    }
    if view.may_revalue && view.form != Form::Money {
        screen = screen.line(Text::new("rec-value-hint")).offer(
            "rec-do-revalue",
            Act::Ask(Draft::Revalue {
                intention: id,
                amount: None,
            }),
        );
    }
    screen
}
