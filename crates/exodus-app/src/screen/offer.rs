//! One offer outside any appeal: the other accepts or declines it, who made it takes it back (L7a).

use exodus_core::{Command, OfferId, OfferState, Origin, view::OfferView};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen, act::answer_offer};

use super::{
    people::ways,
    record::{card_way, grave, quoting, see_offer, side, worth},
};
use crate::scene::Scene;

/// The screen of an offer; `None` when there is nothing to show this reader.
pub(crate) fn offer(scene: &Scene, id: OfferId) -> Option<Screen> {
    let view = see_offer(scene, id)?;
    let mine = view.from == scene.viewer;
    let title = Text::new("offer-title")
        .keyword("side", side(mine))
        .with("name", scene.who(view.other));
    let screen = Screen::new(Route::Offer { offer: id }, title)
        .line(terms(scene, &view))
        .line(Text::new("offer-state").keyword("state", state(scene, &view)));
    let screen = answers(scene, &view, quoting(screen, scene, view.note));
    let made = scene
        .ledger
        .owed_by(view.debtor)
        .find(|obligation| matches!(obligation.origin, Origin::Direct { offer } if offer == id));
    let screen = match made {
        Some(made) => screen.offer(
            "offer-do-record",
            Act::Go(Route::Obligation { obligation: made.id }),
        ),
        None => screen,
    };
    Some(ways(card_way(screen, scene, view.other)))
}

/// With what its reader may answer.
pub(super) fn answers(scene: &Scene, view: &OfferView, screen: Screen) -> Screen {
    let offer = view.offer;
    if !view.waiting {
        return screen;
    }
    if !view.may_answer {
        return screen.offer(
            "offer-do-withdraw",
            Act::Do(Deed::plain(Command::WithdrawOffer { offer })),
        );
    }
    // To owe from now on can not be undone; to confirm what was given, or to be promised something, needs no question.
    let owes = view.debtor == scene.viewer && !view.given;
    let screen = if owes {
        grave(
            screen,
            "offer-do-accept",
            Deed::plain(Command::AnswerOffer { offer, accept: true }),
        )
    } else {
        screen.main("offer-do-accept", answer_offer(offer, true))
    };
    screen.offer("offer-do-decline", answer_offer(offer, false))
}

/// An offer in a list.
pub(super) fn offer_item(scene: &Scene, id: OfferId) -> Option<Block> {
    let view = see_offer(scene, id)?;
    let text = Text::new("rec-offer-line")
        .keyword("side", side(view.debtor == scene.viewer))
        .with("name", scene.who(view.other))
        .with("amount", worth(view.amount, view.form))
        .keyword("given", if view.given { "yes" } else { "no" })
        .keyword("state", if view.may_answer { "answer" } else { "wait" });
    Some(Block::Item {
        text,
        act: Some(Act::Go(Route::Offer { offer: id })),
    })
}

/// Who would give what to whom, by when.
pub(super) fn terms(scene: &Scene, view: &OfferView) -> Text {
    let giver = view.debtor == view.from;
    let id = match (view.given, giver) {
        (false, true) => "offer-give",
        (false, false) => "offer-ask",
        (true, true) => "offer-given",
        (true, false) => "offer-received",
    };
    let text = Text::new(id)
        .keyword("side", side(view.from == scene.viewer))
        .with("name", scene.who(view.other))
        .with("amount", worth(view.amount, view.form));
    if view.given {
        text
    } else {
        text.date("due", view.due)
    }
}

fn state(scene: &Scene, view: &OfferView) -> &'static str {
    match scene.ledger.offer(view.offer).map(|offer| offer.state) {
        _ if view.may_answer => "answer",
        Some(OfferState::Waiting) => "wait",
        Some(OfferState::Accepted) => "accepted",
        Some(OfferState::Declined) => "declined",
        Some(OfferState::Withdrawn) | None => "withdrawn",
    }
}
