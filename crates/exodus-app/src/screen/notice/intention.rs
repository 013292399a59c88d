//! Of intentions: recorded for me, changed, taken back; asked to convert; what an ending or a month did with them.

use exodus_core::{CancelReason, Command, Event, IntentionId, MemberId};
use exodus_i18n::Text;
use exodus_ui::{Act, Deed, Draft, Route, Screen};

use super::{
    super::record::{quoting, see_intention, value_choices},
    news,
};
use crate::scene::Scene;

/// To its recipient: it was recorded, changed or converted, or its author kept their value.
pub(super) fn for_me(scene: &Scene, event: &Event, intention: IntentionId) -> Option<Screen> {
    let screen = news(scene, event, Route::Intention { intention })?;
    let Some(view) = see_intention(scene, intention).filter(|view| view.live) else {
        return Some(screen);
    };
    let screen = quoting(screen, scene, view.note);
    let screen = if view.may_ask {
        screen.offer(
            "rec-do-ask-convert",
            Act::Do(Deed::plain(Command::AskConversion { intention })),
        )
    } else {
        screen
    };
    Some(if view.may_revalue {
        let revalue = Draft::Revalue {
            intention,
            amount: None,
        };
        screen
            .line(Text::new("rec-value-hint"))
            .offer("rec-do-revalue", Act::Ask(revalue))
    } else {
        screen
    })
}

/// It fell away, or rests no more.
pub(super) fn turned(
    scene: &Scene,
    event: &Event,
    intention: IntentionId,
    author: MemberId,
) -> Option<Screen> {
    let screen = news(scene, event, Route::Intention { intention })?;
    Some(if author == scene.viewer {
        choices(scene, intention, screen)
    } else {
        screen
    })
}

/// It ended by no act of its author's: with thanks, when it is no longer needed.
pub(super) fn cancelled(
    scene: &Scene,
    event: &Event,
    intention: IntentionId,
    author: MemberId,
    reason: CancelReason,
) -> Option<Screen> {
    let screen = news(scene, event, Route::Intention { intention })?;
    let thanks = reason == CancelReason::NotNeeded && author == scene.viewer;
    Some(if thanks {
        screen.line(Text::new("notice-fine-thanks"))
    } else {
        screen
    })
}

/// Kept help came back (C3.2).
pub(super) fn renewed(
    scene: &Scene,
    event: &Event,
    intention: IntentionId,
    author: MemberId,
) -> Option<Screen> {
    let screen = news(scene, event, Route::Intention { intention })?;
    if author != scene.viewer {
        return Some(screen);
    }
    Some(choices(
        scene,
        intention,
        screen.line(Text::new("summary-renewed-free")),
    ))
}

/// Asked to convert it (L6): nothing to ask when it stands no more.
pub(super) fn asked(
    scene: &Scene,
    event: &Event,
    intention: IntentionId,
    author: MemberId,
) -> Option<Screen> {
    see_intention(scene, intention).filter(|view| view.live && author == scene.viewer)?;
    let screen =
        news(scene, event, Route::Intention { intention })?.line(Text::new("notice-asked-to-convert"));
    Some(choices(scene, intention, screen))
}

/// Another value was proposed (L1): nothing to answer when it was answered.
pub(super) fn valued(
    scene: &Scene,
    event: &Event,
    intention: IntentionId,
    author: MemberId,
) -> Option<Screen> {
    let view = see_intention(scene, intention).filter(|view| view.live && author == scene.viewer)?;
    let screen = news(scene, event, Route::Intention { intention })?.line(Text::new("notice-value-yours"));
    Some(value_choices(screen, intention, view.amount, view.proposed?))
}

/// With what its author may do.
pub(super) fn choices(scene: &Scene, intention: IntentionId, mut screen: Screen) -> Screen {
    let Some(view) = see_intention(scene, intention).filter(|view| view.live && view.mine) else {
        return screen;
    };
    if view.may_convert {
        let whole = view.amount;
        let convert = Draft::Convert {
            intention,
            whole,
            amount: Some(whole),
            sure: None,
        };
        screen = screen.main("rec-do-convert", Act::Ask(convert));
    }
    if view.may_change {
        screen = screen.offer(
            "rec-do-change",
            Act::Ask(Draft::Change {
                intention,
                amount: None,
            }),
        );
    }
    screen.offer(
        "rec-do-withdraw",
        Act::Do(Deed::plain(Command::WithdrawIntention { intention })),
    )
}
