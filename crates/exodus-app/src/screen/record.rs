//! What two people agreed, as one of them sees it: the words that lists and record screens share.
//!
//! Invariant: whoever the reader may not see any more is "a member" here, whatever the record says (M7, U9).

mod intention;
mod obligation;
#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;

use exodus_core::{
    Amount, Form, IntentionId, MemberId, NoteId, ObligationId, ObligationState, OfferId, ReportId,
    view::{self, IntentionView, ObligationView, OfferView, Who},
};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Draft, Route, Screen, Tone};

use crate::scene::Scene;

pub(super) use intention::value_choices;
pub(super) use obligation::{answer_choices, report_choices};

pub(crate) use intention::intention;
pub(crate) use obligation::obligation;

/// An intention, as far as the reader may see it.
pub(super) fn see_intention(scene: &Scene, id: IntentionId) -> Option<IntentionView> {
    view::intention(&scene.ledger, scene.viewer, id, scene.at)
}

/// An obligation, as far as the reader may see it.
pub(super) fn see_obligation(scene: &Scene, id: ObligationId) -> Option<ObligationView> {
    view::obligation(&scene.ledger, scene.viewer, id, scene.at)
}

/// An offer, as far as the reader may see it.
pub(super) fn see_offer(scene: &Scene, id: OfferId) -> Option<OfferView> {
    view::offer(&scene.ledger, scene.viewer, id)
}

/// Whether a route is that of a record the reader may open.
#[expect(clippy::wildcard_enum_match_arm, reason = "records are of three kinds")]
pub(super) fn sees_record(scene: &Scene, route: &Route) -> bool {
    match *route {
        Route::Intention { intention } => see_intention(scene, intention).is_some(),
        Route::Obligation { obligation } => see_obligation(scene, obligation).is_some(),
        Route::Offer { offer } => see_offer(scene, offer).is_some(),
        _ => false,
    }
}

/// Whether the reader may see somebody at all.
pub(super) fn sees(scene: &Scene, member: MemberId) -> bool {
    view::sight(&scene.ledger, scene.viewer, member).any()
}

/// Somebody by name, or as "a member" when the reader may not see them now.
pub(super) fn person(scene: &Scene, member: MemberId) -> Arg {
    if sees(scene, member) {
        scene.name(member)
    } else {
        Arg::Words(Box::new(Text::new("someone")))
    }
}

/// The other one of a record that just ended: by name, though the record was all that tied the two, for it is their
/// last word in it. A block takes the name away (M9), and so does leaving.
pub(super) fn party(scene: &Scene, member: MemberId) -> Arg {
    if scene.ledger.is_blocked(scene.viewer, member) {
        person(scene, member)
    } else {
        scene.name(member)
    }
}

/// Which side is spoken of, as a word that messages choose by.
pub(super) const fn side(mine: bool) -> &'static str {
    if mine { "mine" } else { "theirs" }
}

/// A form of help, as a word that messages choose by.
pub(super) const fn form_word(form: Form) -> &'static str {
    match form {
        Form::Money => "money",
        Form::Thing => "thing",
        Form::Service => "service",
        Form::Time => "time",
    }
}

/// An amount, with its form unless that is money: `€30 (a service)`.
pub(super) fn worth(amount: Amount, form: Form) -> Arg {
    match form {
        Form::Money => Arg::Amount(amount.minor()),
        Form::Thing | Form::Service | Form::Time => {
            let text = Text::new("rec-worth")
                .amount("amount", amount.minor())
                .keyword("form", form_word(form));
            Arg::Words(Box::new(text))
        }
    }
}

/// Where an obligation stands, as a word that messages choose by.
pub(super) fn state_word(view: &ObligationView) -> &'static str {
    match view.state {
        ObligationState::Open if view.frozen => "frozen",
        ObligationState::Open if view.unreported.is_zero() => "awaiting",
        ObligationState::Open => "open",
        ObligationState::Overdue { .. } => "overdue",
        ObligationState::Fulfilled { by_silence: true, .. } => "silence",
        ObligationState::Fulfilled { late: true, .. } => "late",
        ObligationState::Fulfilled { .. } => "fulfilled",
        ObligationState::Released { .. } => "released",
        ObligationState::Cancelled { .. } => "cancelled",
        ObligationState::Defaulted { .. } => "defaulted",
    }
}

/// Where an obligation stands: mark plus word.
pub(super) fn state(view: &ObligationView) -> Text {
    Text::new("rec-state").keyword("state", state_word(view))
}

/// An obligation in a list.
pub(super) fn obligation_item(scene: &Scene, id: ObligationId) -> Option<Block> {
    let view = see_obligation(scene, id)?;
    let settled = matches!(
        view.state,
        ObligationState::Fulfilled { .. }
            | ObligationState::Released { .. }
            | ObligationState::Cancelled { .. }
            | ObligationState::Defaulted { .. }
    );
    let amount = if settled { view.amount } else { view.outstanding };
    let text = Text::new("rec-obligation-line")
        .keyword("side", side(view.mine))
        .with("name", scene.who(view.other))
        .with("amount", worth(amount, view.form))
        .date("due", view.due)
        .words("state", state(&view));
    Some(Block::Item {
        text,
        act: Some(Act::Go(Route::Obligation { obligation: id })),
    })
}

/// An intention in a list.
pub(super) fn intention_item(scene: &Scene, id: IntentionId) -> Option<Block> {
    let view = see_intention(scene, id)?;
    let state = match (view.frozen, view.proposed, view.asked) {
        (true, _, _) => "frozen",
        (false, Some(_), _) => "proposed",
        (false, None, Some(_)) => "asked",
        (false, None, None) => "live",
    };
    let text = Text::new("rec-intention-line")
        .keyword("side", side(view.mine))
        .with("name", scene.who(view.other))
        .with("amount", worth(view.amount, view.form))
        .keyword("state", state);
    Some(Block::Item {
        text,
        act: Some(Act::Go(Route::Intention { intention: id })),
    })
}

/// A waiting report in a list.
pub(super) fn report_item(scene: &Scene, id: ReportId) -> Option<Block> {
    let view = see_obligation(scene, id.obligation)?;
    let report = view.reports.iter().find(|report| report.report == id)?;
    let text = Text::new("rec-report-line")
        .with("name", scene.who(view.other))
        .with("amount", worth(report.amount, view.form))
        .with("at", scene.date(report.at));
    Some(Block::Item {
        text,
        act: Some(Act::Go(Route::Obligation {
            obligation: id.obligation,
        })),
    })
}

/// With the words somebody wrote to a record, if any.
pub(super) fn quoting(screen: Screen, scene: &Scene, note: Option<NoteId>) -> Screen {
    match note
        .and_then(|note| scene.notes.get(&note))
        .filter(|words| !words.trim().is_empty())
    {
        Some(words) => screen.block(Block::Quote(words.clone())),
        None => screen,
    }
}

/// With the creditor's payment details, the one they prefer first; or the word to ask them in person (M3).
pub(super) fn paying(screen: Screen, scene: &Scene, view: &ObligationView) -> Screen {
    if scene.pay_hidden {
        return screen.line(Text::new("rec-pay-hidden"));
    }
    let entries = scene
        .persons
        .get(&view.creditor)
        .map(|person| person.pay.as_slice())
        .unwrap_or_default();
    if entries.is_empty() {
        return screen.line(Text::new("rec-pay-in-person").with("name", scene.who(view.other)));
    }
    let (first, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.default);
    first.into_iter().chain(rest).fold(
        screen.block(Block::Heading(
            Text::new("rec-pay").with("name", scene.who(view.other)),
        )),
        |screen, entry| {
            let given = |text: &str| Text::new("just").name("it", text);
            screen.block(Block::Field {
                label: given(&entry.label),
                value: given(&entry.text),
            })
        },
    )
}

/// With a choice that is asked about once before it is done (U3).
pub(super) fn grave(screen: Screen, label: &'static str, deed: exodus_ui::Deed) -> Screen {
    screen.choice(
        Text::new(label),
        Act::Ask(Draft::Sure { deed, sure: None }),
        Tone::Grave,
    )
}

/// With the way to the card of the other one, when the reader may open it.
pub(super) fn card_way(screen: Screen, scene: &Scene, other: Who) -> Screen {
    let member = match other {
        Who::Member(member) if view::sight(&scene.ledger, scene.viewer, member).card() => member,
        Who::Member(_) | Who::Someone => return screen,
    };
    let label = Text::new("rec-do-card").with("name", scene.name(member));
    screen.choice(label, Act::Go(Route::Card { member }), Tone::Plain)
}
