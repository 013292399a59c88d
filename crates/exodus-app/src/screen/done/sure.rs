//! Before what can not be undone: exactly what follows (U3), with the name, amount and date that only a scene knows.

use exodus_core::{Amount, Appeal, Command, Date, IntentionId, MemberId};
use exodus_i18n::Text;
use exodus_ui::{Deed, Draft, draft::Help};

use super::super::{
    invite::by_others,
    people::many,
    record::{see_intention, see_obligation, see_offer, worth},
};
use crate::scene::Scene;

/// What follows when a draft that asks *are you sure?* is answered with yes; `None` where the words of the question itself
/// say everything, or what it is about is not the reader's any more.
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
            return convert(scene, "done-sure-convert", *intention, amount, false);
        }
        let text = convert(scene, "done-sure-convert-part", *intention, amount, false)?;
        return Some(text.amount("rest", rest.minor()));
    }
    if let Draft::Help {
        help,
        to: Some(to),
        appeal: Some((appeal, _)),
        amount: Some(amount),
        form,
        ..
    } = draft
    {
        let (id, given) = match help {
            Help::Promise => ("done-sure-promise", false),
            Help::Given => ("done-sure-given", true),
        };
        scene.ledger.member(*to)?;
        let due = due(scene, scene.ledger.appeal(*appeal), given);
        let text = Text::new(id).with("name", scene.name(*to));
        return Some(text.with("amount", worth(*amount, *form)).date("due", due));
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
        return convert(
            scene,
            "done-sure-perform",
            intention,
            amount.unwrap_or(whole),
            true,
        );
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
    if let Command::Block { member } = *command {
        let text = Text::new("done-sure-block").with("name", scene.name(member));
        return Some(text.words("ends", ends_by_block(scene, member).words()?));
    }
    if let Command::ForbidLinks { forbid: true } = *command {
        return Some(Text::new("done-sure-forbid-links").count("n", many(by_others(scene))));
    }
    None
}

/// What a block would end for good.
pub(in super::super) struct Ends {
    intentions: usize,
    offers: usize,
    bonds: usize,
}

impl Ends {
    /// Whether taking the block back would bring everything back.
    pub(in super::super) const fn is_nothing(&self) -> bool {
        self.intentions == 0 && self.offers == 0 && self.bonds == 0
    }

    fn words(&self) -> Option<Text> {
        let counted = [
            ("ends-intentions", self.intentions),
            ("ends-offers", self.offers),
            ("ends-bonds", self.bonds),
        ];
        let some = counted.into_iter().filter(|(_, n)| *n > 0);
        some.map(|(id, n)| Text::new(id).count("n", many(n)))
            .reduce(|first, next| Text::new("names-two").words("first", first).words("second", next))
    }
}

/// Intentions between the reader and somebody, offers that wait for an answer, and their bond (M9).
pub(in super::super) fn ends_by_block(scene: &Scene, other: MemberId) -> Ends {
    let (ledger, me) = (&scene.ledger, scene.viewer);
    let mine = ledger.intentions_by(me).filter(|row| row.recipient == other);
    let theirs = ledger.intentions_for(me).filter(|row| row.author == other);
    let offers = ledger
        .offers_of(me)
        .filter(|row| row.from == other || row.to == other);
    Ends {
        intentions: mine.chain(theirs).count(),
        offers: offers.count(),
        bonds: usize::from(ledger.bond_between(me, other).is_some()),
    }
}

/// An intention becomes an obligation, reported as given already or not.
fn convert(
    scene: &Scene,
    id: &'static str,
    intention: IntentionId,
    amount: Amount,
    given: bool,
) -> Option<Text> {
    let view = see_intention(scene, intention)?;
    let text = Text::new(id)
        .with("name", scene.who(view.other))
        .with("amount", worth(amount, view.form));
    // Towards the emergency while its recipient is in one (M5).
    let appeal = scene.ledger.current_appeal(view.recipient);
    Some(text.date("due", due(scene, appeal, given)))
}

/// When what is promised towards an appeal now is due: at the deadline of an emergency, else at the end of the month it
/// belongs to; what is given already belongs to the running one (L7).
fn due(scene: &Scene, appeal: Option<&Appeal>, given: bool) -> Date {
    let policy = &scene.ledger.policy;
    let month = || {
        let period = if given {
            policy.period(scene.at)
        } else {
            policy.period_for_promise(policy.date(scene.at))
        };
        period.last_day()
    };
    appeal.and_then(Appeal::deadline).unwrap_or_else(month)
}
