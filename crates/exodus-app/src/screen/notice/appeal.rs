//! Of somebody's need: to their network and circle, and to themselves when it ends (M6, C5, C6).

use exodus_core::{
    Amount, AppealId, Ending, Event, Fact, Form, MemberId, Origin,
    view::{self, AppealView, Card, Helpers},
};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Draft, Route, Screen, Tone, draft::Help};

use super::{
    super::{
        card::help_label,
        history::ending_word,
        people::days_left,
        record::{party, person, quoting, see_intention, sees, worth},
    },
    carded, news,
};
use crate::scene::Scene;

/// Somebody asks for monthly support: `None` when they do no more, or it is not the reader's to see.
pub(super) fn asked(scene: &Scene, member: MemberId, appeal: AppealId) -> Option<Screen> {
    let (card, view) = seen(scene, member, appeal)?;
    let title = Text::new("notice-asks-monthly")
        .with("name", scene.name(member))
        .amount("target", view.target.minor());
    let screen = Screen::new(Route::Card { member }, title);
    let screen = quoting(screen, scene, view.purpose);
    let missing = Text::new("notice-missing").amount("missing", view.missing.minor());
    Some(help(scene, &card, &view, screen.line(missing)))
}

/// Somebody is in an emergency; whoever has an intention for them is asked to make it binding.
pub(super) fn emergency(scene: &Scene, event: &Event, member: MemberId, appeal: AppealId) -> Option<Screen> {
    if member == scene.viewer {
        return news(scene, event, Route::Home);
    }
    let (card, view) = seen(scene, member, appeal)?;
    let deadline = match view.kind {
        exodus_core::AppealKind::Emergency { deadline } => deadline,
        exodus_core::AppealKind::Monthly => return None,
    };
    let title = Text::new("notice-emergency")
        .with("name", scene.name(member))
        .amount("target", view.target.minor())
        .date("deadline", deadline);
    let screen = quoting(Screen::new(Route::Card { member }, title), scene, view.purpose);
    let screen = quoting(screen, scene, view.talk);
    let left = Text::new("notice-missing-days")
        .amount("missing", view.missing.minor())
        .count("days", days_left(scene, deadline));
    let screen = screen.block(Block::Strong(left));
    let rests = scene
        .ledger
        .intentions_by(member)
        .any(|row| row.recipient == scene.viewer)
        || scene
            .ledger
            .owed_by(member)
            .any(|row| row.creditor == scene.viewer && row.is_unsettled());
    let screen = if rests {
        screen.line(Text::new("notice-rests").with("name", scene.name(member)))
    } else {
        screen
    };
    Some(help(scene, &card, &view, screen))
}

/// The amount or the last day changed; for the circle.
pub(super) fn changed(scene: &Scene, fact: &Fact, owner: MemberId, appeal: AppealId) -> Option<Screen> {
    let Fact::AppealChanged {
        target_before,
        target_after,
        deadline_before,
        deadline_after,
        ..
    } = fact
    else {
        return None;
    };
    if owner == scene.viewer {
        return None;
    }
    let (card, view) = seen(scene, owner, appeal)?;
    let title = Text::new("notice-appeal-changed").with("name", scene.name(owner));
    let mut screen = Screen::new(Route::Card { member: owner }, title);
    if target_before != target_after {
        let text = Text::new("notice-appeal-target").amount("before", target_before.minor());
        screen = screen.line(text.amount("after", target_after.minor()));
    }
    if let Some((from, to)) = deadline_before
        .zip(*deadline_after)
        .filter(|(from, to)| from != to)
    {
        screen = screen.line(
            Text::new("notice-appeal-deadline")
                .date("from", from)
                .date("to", to),
        );
    }
    Some(help(scene, &card, &view, screen))
}

/// Somebody is fine again; for those who helped.
pub(super) fn fine_again(scene: &Scene, member: MemberId, appeal: AppealId) -> Option<Screen> {
    if member == scene.viewer || !concerns(scene, member, appeal) {
        return None;
    }
    let title = Text::new("notice-fine-again").with("name", party(scene, member));
    let screen = Screen::new(place(scene, member), title);
    let stays = scene
        .ledger
        .owed_by(scene.viewer)
        .any(|row| row.appeal() == Some(appeal) && row.is_unsettled());
    let screen = if stays {
        screen.line(Text::new("notice-obligations-stay"))
    } else {
        screen
    };
    Some(carded(screen, scene, member))
}

/// An emergency ended: thanks to whoever helped, the result to all of the circle (C5, C6).
pub(super) fn ended(
    scene: &Scene,
    event: &Event,
    member: MemberId,
    appeal: AppealId,
    ending: Ending,
    confirmed: Amount,
) -> Option<Screen> {
    if member == scene.viewer {
        let screen = news(scene, event, Route::Organizer)?;
        return Some(screen.line(Text::new("notice-emergency-over")));
    }
    if !concerns(scene, member, appeal) {
        return None;
    }
    let title = Text::new("notice-emergency-ended")
        .with("name", party(scene, member))
        .keyword("ending", ending_word(ending))
        .amount("confirmed", confirmed.minor());
    let mut screen = Screen::new(place(scene, member), title);
    let mine = || {
        scene
            .ledger
            .owed_by(scene.viewer)
            .filter(|row| row.appeal() == Some(appeal))
    };
    let gave: Amount = mine().map(exodus_core::Obligation::settled).sum();
    if !gave.is_zero() {
        let text = Text::new("notice-emergency-thanks").with("name", party(scene, member));
        screen = screen.block(Block::Strong(text.amount("amount", gave.minor())));
    }
    if let Some(open) = mine().find(|row| row.is_unsettled()) {
        screen = screen.line(Text::new("notice-obligations-stay")).main(
            "notice-do-record",
            Act::Go(Route::Obligation { obligation: open.id }),
        );
    }
    Some(carded(screen, scene, member))
}

/// Somebody else intends to help too; for the circle.
pub(super) fn circle_intention(
    scene: &Scene,
    author: MemberId,
    recipient: MemberId,
    appeal: AppealId,
    (amount, form): (Amount, Form),
) -> Option<Screen> {
    circle(
        scene,
        author,
        recipient,
        appeal,
        worth(amount, form),
        "notice-circle-intention",
    )
}

/// Somebody else promised help in an emergency; for the circle.
pub(super) fn circle_obligation(
    scene: &Scene,
    debtor: MemberId,
    creditor: MemberId,
    origin: Origin,
    (amount, form): (Amount, Form),
) -> Option<Screen> {
    let Origin::Appeal { appeal, .. } = origin else {
        return None;
    };
    circle(
        scene,
        debtor,
        creditor,
        appeal,
        worth(amount, form),
        "notice-circle-obligation",
    )
}

fn circle(
    scene: &Scene,
    helper: MemberId,
    owner: MemberId,
    appeal: AppealId,
    amount: Arg,
    id: &'static str,
) -> Option<Screen> {
    let view = view::appeal(&scene.ledger, scene.viewer, appeal)?;
    let Helpers::All(helpers) = &view.helpers else {
        return None;
    };
    let shown = helpers.iter().any(|one| one.who == view::Who::Member(helper));
    let name = if shown {
        scene.name(helper)
    } else {
        person(scene, helper)
    };
    let title = Text::new(id)
        .with("helper", name)
        .with("name", scene.name(owner))
        .with("amount", amount);
    let screen = Screen::new(Route::Circle { appeal, page: 0 }, title)
        .line(Text::new("notice-missing").amount("missing", view.missing.minor()))
        .offer("card-choice-circle", Act::Go(Route::Circle { appeal, page: 0 }));
    (helper != scene.viewer && owner != scene.viewer).then_some(screen)
}

/// Whether the reader helps or helped with an appeal, or sees its owner anyway.
fn concerns(scene: &Scene, owner: MemberId, appeal: AppealId) -> bool {
    sees(scene, owner)
        || scene.ledger.is_in_circle(appeal, scene.viewer)
        || scene
            .ledger
            .owed_by(scene.viewer)
            .any(|row| row.appeal() == Some(appeal))
}

/// Somebody's card while the reader may open it.
fn place(scene: &Scene, member: MemberId) -> Route {
    if sees(scene, member) {
        Route::Card { member }
    } else {
        Route::Organizer
    }
}

/// The card and the appeal, when it is still what they ask for and the reader may see it.
fn seen(scene: &Scene, member: MemberId, appeal: AppealId) -> Option<(Card, AppealView)> {
    let card = view::card(&scene.ledger, scene.viewer, member).filter(|card| !card.sight.own)?;
    let view = card.appeal.clone().filter(|view| view.appeal == appeal)?;
    Some((card, view))
}

/// With who helps already, and the button to help: to make one's intention binding in an emergency, else to promise.
fn help(scene: &Scene, card: &Card, view: &AppealView, screen: Screen) -> Screen {
    let emergency = matches!(view.kind, exodus_core::AppealKind::Emergency { .. });
    let intention = card
        .my_intention
        .and_then(|id| see_intention(scene, id))
        .filter(|view| view.may_convert);
    let screen = match intention {
        Some(mine) if emergency => {
            let (intention, whole) = (mine.intention, mine.amount);
            let convert = Draft::Convert {
                intention,
                whole,
                amount: Some(whole),
                sure: None,
            };
            screen
                .line(Text::new("notice-convert-for-emergency").with("amount", worth(whole, mine.form)))
                .main("rec-do-convert", Act::Ask(convert))
        }
        Some(_) | None => screen,
    };
    let promise = Draft::Help {
        help: Help::Promise,
        to: Some(card.member),
        appeal: Some((view.appeal, emergency)),
        amount: None,
        form: Some(Form::Money),
        note: None,
        sure: None,
    };
    let screen = if view.takes_help {
        let tone = if screen.choices.is_empty() {
            Tone::Main
        } else {
            Tone::Plain
        };
        screen.choice(Text::new(help_label(emergency)), Act::Ask(promise), tone)
    } else {
        screen
    };
    let screen = screen.offer(
        "card-choice-circle",
        Act::Go(Route::Circle {
            appeal: view.appeal,
            page: 0,
        }),
    );
    carded(screen, scene, card.member)
}
