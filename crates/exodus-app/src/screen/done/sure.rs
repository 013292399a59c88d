//! Before what can not be undone: exactly what follows (U3), with the name, amount and date that only a scene knows.

use exodus_core::{Amount, Command, IntentionId, MemberId};
use exodus_i18n::Text;
use exodus_ui::{Deed, Draft};

use super::super::record::{see_intention, see_obligation, see_offer, worth};
use crate::scene::Scene;

/// What follows when a draft that asks *are you sure?* is answered with yes; `None` where the general words of the
/// question say everything, or what it is about is not the reader's any more.
pub(crate) fn sure(scene: &Scene, draft: &Draft) -> Option<Text> {
    if let Draft::Convert {
        intention,
        whole,
        amount,
        ..
    } = draft
    {
        let amount = amount.unwrap_or(*whole);
        let rest = whole.less(amount);
        if rest.is_zero() {
            return convert(scene, "done-sure-convert", *intention, amount);
        }
        let text = convert(scene, "done-sure-convert-part", *intention, amount)?;
        return Some(text.amount("rest", rest.minor()));
    }
    let Draft::Sure {
        deed: Deed::Ledger { command, .. },
        ..
    } = draft
    else {
        return None;
    };
    grave(scene, command)
}

fn grave(scene: &Scene, command: &Command) -> Option<Text> {
    if let Command::PerformAtOnce {
        intention, amount, ..
    } = *command
    {
        let whole = see_intention(scene, intention)?.amount;
        return convert(scene, "done-sure-perform", intention, amount.unwrap_or(whole));
    }
    if let Command::Release { obligation } = *command {
        let view = see_obligation(scene, obligation)?;
        let text = Text::new("done-sure-release").with("name", scene.who(view.other));
        return Some(text.with("amount", worth(view.outstanding, view.form)));
    }
    if let Command::AnswerOffer { offer, accept: true } = *command {
        let view = see_offer(scene, offer)?;
        let text = Text::new("done-sure-accept").with("name", scene.who(view.other));
        return Some(
            text.with("amount", worth(view.amount, view.form))
                .date("due", view.due),
        );
    }
    None
}

/// An intention becomes an obligation: towards the emergency while its recipient is in one (M5), else for the month.
fn convert(scene: &Scene, id: &'static str, intention: IntentionId, amount: Amount) -> Option<Text> {
    let view = see_intention(scene, intention)?;
    let text = Text::new(id)
        .with("name", scene.who(view.other))
        .with("amount", worth(amount, view.form));
    Some(text.date("due", due(scene, view.recipient)))
}

fn due(scene: &Scene, recipient: MemberId) -> exodus_core::Date {
    let policy = &scene.ledger.policy;
    let emergency = scene
        .ledger
        .current_appeal(recipient)
        .and_then(exodus_core::Appeal::deadline);
    emergency.unwrap_or_else(|| policy.period_for_promise(policy.date(scene.at)).last_day())
}
