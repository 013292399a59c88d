//! What can be done from a card: helping, vouching, inviting others to help, agreements, a block.

use exodus_core::{
    Amount, AppealKind, Command, Form, MemberId, Obligation, Side,
    view::{AppealView, Card, Helpers, IntentionView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, draft::Help};

use super::super::{
    done::ends_by_block,
    give::{cannot_promise, without_harm},
    record::grave,
};
use crate::scene::Scene;

/// Helping: with money, in kind, as already given; or changing the intention there is (L2).
pub(super) fn help(
    mut screen: Screen,
    scene: &Scene,
    member: MemberId,
    appeal: &AppealView,
    intention: Option<&IntentionView>,
) -> Screen {
    let emergency = matches!(appeal.kind, AppealKind::Emergency { .. });
    let ask = |help, form| {
        Act::Ask(Draft::Help {
            help,
            to: Some(member),
            appeal: Some((appeal.appeal, emergency)),
            amount: None,
            form,
            note: None,
            sure: None,
        })
    };
    let promise = |form| ask(Help::Promise, form);
    let overdue = scene.ledger.owed_by(scene.viewer);
    let overdue = overdue
        .filter(|obligation| obligation.appeal() == Some(appeal.appeal))
        .any(Obligation::is_overdue);
    let cannot = cannot_promise(scene).or_else(|| overdue.then(|| Text::new("give-not-overdue-here")));
    let there = intention.filter(|intention| intention.appeal == appeal.appeal);
    screen
        .blocks
        .extend(without_harm(scene, Amount::ZERO).map(Block::Line));
    if appeal.missing.is_zero() {
        screen = screen.line(Text::new("card-covered"));
    }
    if let Some(why) = cannot {
        screen = screen.block(Block::Strong(why));
    } else if let Some(there) = there {
        screen = screen.main(
            "rec-do-change",
            Act::Ask(Draft::Change {
                intention: there.intention,
                amount: None,
            }),
        );
    } else {
        screen = screen
            .main(help_label(emergency), promise(Form::Money))
            .offer("card-choice-thing", promise(Form::Thing))
            .offer("card-choice-service", promise(Form::Service))
            .offer("card-choice-time", promise(Form::Time));
    }
    screen.offer("card-choice-given", ask(Help::Given, Form::Money))
}

/// The button that helps: what it makes in an emergency binds, and is called a promise.
pub(in super::super) const fn help_label(emergency: bool) -> &'static str {
    if emergency {
        "card-choice-promise"
    } else {
        "card-choice-help"
    }
}

/// One's own card, as others see it.
pub(super) fn own(screen: Screen) -> Screen {
    screen.offer("choice-appeal", Act::Go(Route::Need)).offer(
        "choice-profile",
        Act::Go(Route::Profile {
            section: exodus_ui::Section::Main,
        }),
    )
}

/// Everything else between the reader and somebody: the circle, vouching, a help link, agreements, a block.
pub(super) fn between_us(mut screen: Screen, scene: &Scene, card: &Card) -> Screen {
    if let Some(appeal) = &card.appeal {
        let id = appeal.appeal;
        if !matches!(appeal.helpers, Helpers::Count(_)) {
            screen = screen.offer(
                "card-choice-circle",
                Act::Go(Route::Circle { appeal: id, page: 0 }),
            );
        }
        if appeal.vouching {
            screen = screen.offer("card-choice-unvouch", tell(Command::WithdrawVouch { appeal: id }));
        } else if appeal.may_vouch {
            screen = screen.offer(
                "card-choice-vouch",
                Act::Ask(Draft::Vouch {
                    appeal: id,
                    note: None,
                }),
            );
        }
    }
    if card.may_link {
        let link = Command::MakeLink {
            about: card.member,
            max_uses: None,
            expires: None,
        };
        screen = screen.offer("card-choice-link", tell(link));
    }
    if card.may_agree {
        let agree = |side, given| {
            let (amount, form, due, note) = (None, None, None, None);
            Act::Ask(Draft::Offer {
                to: card.member,
                side,
                given,
                amount,
                form,
                due,
                note,
            })
        };
        screen = screen
            .offer("card-choice-i-do", agree(Side::Debtor, false))
            .offer("card-choice-they-do", agree(Side::Creditor, false))
            .offer("card-choice-i-did", agree(Side::Debtor, true));
    }
    if let Some(bond) = card.bond {
        screen = screen.offer("card-choice-bond", Act::Go(Route::Bond { bond }));
    } else if card.may_bond {
        let propose = Command::ProposeBond {
            to: card.member,
            gives: None,
        };
        screen = screen.offer("card-choice-propose-bond", tell(propose));
    }
    let block = Deed::plain(Command::Block { member: card.member });
    // A block can be taken back; what ends by it does not come back with it, so it asks once then (U3).
    if ends_by_block(scene, card.member).is_nothing() {
        screen.offer("card-choice-block", Act::Do(block))
    } else {
        grave(screen, "card-choice-block", block)
    }
}

pub(super) fn tell(command: Command) -> Act {
    Act::Do(Deed::plain(command))
}
