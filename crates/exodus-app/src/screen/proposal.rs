//! What is proposed about two obligations: to set them off (K1), or to hand one on along the other (K8).

use exodus_core::{
    Command, ObligationId, ProposalEnding, ProposalId, ProposalState, view, view::ProposalView,
};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen};

use super::{
    people::{some_of, ways},
    record::{card_way, see_obligation},
};
use crate::scene::Scene;

/// A proposal as the reader sees it.
pub(super) fn see_proposal(scene: &Scene, id: ProposalId) -> Option<ProposalView> {
    view::proposal(&scene.ledger, scene.viewer, id)
}

/// The screen of a proposal; `None` when there is nothing to show this reader.
pub(crate) fn proposal(scene: &Scene, id: ProposalId) -> Option<Screen> {
    let view = see_proposal(scene, id)?;
    let title = Text::new("proposal-title").keyword("kind", kind(&view));
    let screen = Screen::new(Route::Proposal { proposal: id }, title)
        .line(terms(scene, &view))
        .line(state(scene, &view));
    let screen = answers(&view, screen).offer(
        "proposal-do-record",
        Act::Go(Route::Obligation {
            obligation: view.obligation,
        }),
    );
    let other = if view.mine { view.debtor } else { view.by };
    Some(ways(card_way(screen, scene, other)))
}

const fn kind(view: &ProposalView) -> &'static str {
    if view.of_two { "set-off" } else { "hand-on" }
}

/// Who would owe whom what.
pub(super) fn terms(scene: &Scene, view: &ProposalView) -> Text {
    let id = match (view.of_two, view.mine, view.owes) {
        (true, true, _) => "proposal-set-off-mine",
        (true, false, _) => "proposal-set-off",
        (false, true, _) => "proposal-hand-on-mine",
        (false, false, true) if view.named => "proposal-hand-on-debtor",
        (false, false, false) if view.named => "proposal-hand-on-creditor",
        (false, false, true) => "proposal-naming-debtor",
        (false, false, false) => "proposal-naming-creditor",
    };
    let text = Text::new(id).amount("amount", view.amount.minor());
    let who = |who| scene.who(who);
    match (view.of_two, view.mine) {
        (true, true) => text.with("name", who(view.debtor)),
        (true, false) => text.with("name", who(view.by)),
        (false, true) => text
            .with("debtor", who(view.debtor))
            .with("creditor", who(view.creditor)),
        (false, false) if view.named => {
            let third = if view.owes { view.creditor } else { view.debtor };
            text.with("name", who(view.by)).with("third", who(third))
        }
        (false, false) => text.with("name", who(view.by)),
    }
}

fn state(scene: &Scene, view: &ProposalView) -> Text {
    let word = match view.state {
        ProposalState::Waiting if view.may_answer => "answer",
        ProposalState::Waiting => "wait",
        ProposalState::Agreed { .. } => "agreed",
        ProposalState::Ended { how, .. } => match how {
            ProposalEnding::Declined => "declined",
            ProposalEnding::Withdrawn => "withdrawn",
            ProposalEnding::Expired => "expired",
            ProposalEnding::Fallen => "fallen",
            ProposalEnding::Left => "left",
        },
    };
    Text::new("proposal-state")
        .keyword("state", word)
        .with("until", scene.local(view.expires))
}

/// With what its reader may answer. To owe somebody else from now on can not be undone.
pub(super) fn answers(view: &ProposalView, screen: Screen) -> Screen {
    let proposal = view.proposal;
    let answer = |yes| Deed::plain(Command::AnswerProposal { proposal, yes });
    if view.mine && matches!(view.state, ProposalState::Waiting) {
        let withdraw = Deed::plain(Command::WithdrawProposal { proposal });
        return screen.offer("proposal-do-withdraw", Act::Do(withdraw));
    }
    if !view.may_answer {
        return screen;
    }
    if !view.named {
        return screen
            .main("proposal-do-name", Act::Do(answer(true)))
            .offer("proposal-do-not-name", Act::Do(answer(false)));
    }
    let yes = Act::Ask(Draft::Sure {
        deed: answer(true),
        sure: None,
    });
    screen
        .main("proposal-do-agree", yes)
        .offer("proposal-do-decline", Act::Do(answer(false)))
}

/// A proposal in a list.
pub(super) fn proposal_item(scene: &Scene, id: ProposalId) -> Option<Block> {
    let view = see_proposal(scene, id)?;
    Some(Block::Item {
        text: terms(scene, &view),
        act: Some(Act::Go(Route::Proposal { proposal: id })),
    })
}

/// What could be proposed about something that the reader is owed.
pub(crate) fn propose(scene: &Scene, first: ObligationId) -> Option<Screen> {
    let view = see_obligation(scene, first)?;
    let found = view::proposable(&scene.ledger, scene.viewer, first);
    let title = Text::new("propose-title").with("name", scene.who(view.other));
    let screen = Screen::new(Route::Propose { obligation: first }, title);
    if found.is_empty() {
        return Some(ways(screen.line(Text::new("propose-nothing"))));
    }
    let items = found.into_iter().map(|found| {
        let id = if found.of_two {
            "propose-set-off"
        } else {
            "propose-hand-on"
        };
        let text = Text::new(id)
            .with("name", scene.name(found.creditor))
            .amount("amount", found.amount.minor());
        let text = if found.of_two {
            text
        } else {
            text.with("debtor", scene.who(view.other))
        };
        let (second, amount) = (found.second, None);
        let deed = Deed::plain(Command::Propose {
            first,
            second,
            amount,
        });
        Block::Item {
            text,
            act: Some(Act::Do(deed)),
        }
    });
    let screen = screen.line(Text::new("propose-lead"));
    let screen = some_of(items.collect()).into_iter().fold(screen, Screen::block);
    Some(ways(screen))
}

/// Before agreeing: exactly what follows (U3).
pub(super) fn sure(scene: &Scene, id: ProposalId) -> Option<Text> {
    let view = see_proposal(scene, id).filter(|view| view.may_answer && view.named)?;
    let third: Arg = scene.who(if view.owes { view.creditor } else { view.debtor });
    let text = Text::new(match (view.of_two, view.owes) {
        (true, _) => "proposal-sure-set-off",
        (false, true) => "proposal-sure-debtor",
        (false, false) => "proposal-sure-creditor",
    });
    let text = text
        .amount("amount", view.amount.minor())
        .with("name", scene.who(view.by));
    Some(if view.of_two {
        text
    } else {
        text.with("third", third)
    })
}
