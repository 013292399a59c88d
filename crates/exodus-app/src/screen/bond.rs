//! One bond, or an invitation to one: what each side gives, where it stands, what can be done; and all of the reader's (N6,
//! N8).

use exodus_core::{
    Amount, BondId, Command,
    view::{self, BondView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Nominal, Route, Screen, Tone};

use super::{
    people::{page_of, turn, ways},
    record::{card_way, grave},
};
use crate::scene::Scene;

/// The screen of a bond; `None` when the reader is neither side.
pub(crate) fn bond(scene: &Scene, id: BondId) -> Option<Screen> {
    let view = view::bond(&scene.ledger, scene.viewer, id)?;
    let title = Text::new("bond-title").with("name", scene.who(view.other));
    let screen = Screen::new(Route::Bond { bond: id }, title);
    let screen = answers(scene, &view, terms(scene, &view, screen));
    let screen = card_way(screen, scene, view.other);
    Some(ways(
        screen.offer("choice-list", Act::Go(Route::List { page: 0 })),
    ))
}

/// What each gives, and where it stands.
pub(super) fn terms(scene: &Scene, view: &BondView, screen: Screen) -> Screen {
    let named = |id: &'static str| Text::new(id).with("name", scene.who(view.other));
    let zero = Amount::ZERO;
    let (gives, takes) = (view.gives.unwrap_or(zero), view.takes.unwrap_or(zero));
    let screen = if view.waiting && view.mine {
        screen.line(named("bond-invited").amount("gives", gives.minor()))
    } else if view.waiting {
        screen.line(named("bond-invites").amount("takes", takes.minor()))
    } else if let Some(since) = view.since {
        screen.line(
            named("bond-live")
                .amount("gives", gives.minor())
                .amount("takes", takes.minor())
                .with("since", scene.date(since)),
        )
    } else if let Some(ended) = view.ended {
        screen.line(Text::new("bond-ended").with("at", scene.date(ended)))
    } else {
        screen.line(Text::new("bond-over"))
    };
    let mut screen = screen;
    if view.waiting && view.restores {
        screen = screen.line(Text::new("bond-restores"));
    }
    if view.resting {
        screen = screen.block(Block::Strong(Text::new("bond-resting")));
    }
    if view.may_restore {
        screen = screen.line(Text::new("bond-restorable"));
    }
    if view.waiting || view.live {
        screen = screen.line(Text::new("bond-nominal"));
    }
    screen
}

/// With what its reader may do.
pub(super) fn answers(scene: &Scene, view: &BondView, screen: Screen) -> Screen {
    let bond = view.bond;
    let tell = |command| Act::Do(Deed::plain(command));
    let ask = |of, usual: Option<Amount>| {
        Act::Ask(Draft::Nominal {
            of,
            usual: usual.unwrap_or(scene.ledger.policy.nominal),
            amount: None,
        })
    };
    let mut screen = screen;
    if view.may_accept {
        let label = Text::new("bond-do-accept").amount("amount", view.takes.unwrap_or_default().minor());
        screen = screen
            .choice(label, tell(Command::AcceptBond { bond, gives: None }), Tone::Main)
            .offer("bond-do-accept-other", ask(Nominal::Accept(bond), view.takes));
    }
    if view.may_decline {
        screen = screen.offer("bond-do-decline", tell(Command::DeclineBond { bond }));
    }
    if view.may_withdraw {
        screen = screen
            .offer("bond-do-change", ask(Nominal::Change(bond), view.gives))
            .offer("bond-do-withdraw", tell(Command::WithdrawBond { bond }));
    }
    if view.may_end {
        screen = screen.offer("bond-do-change", ask(Nominal::Change(bond), view.gives));
        screen = grave(screen, "bond-do-end", Deed::plain(Command::EndBond { bond }));
    }
    let other = scene.ledger.bond(bond).map(|row| row.other(scene.viewer));
    if let Some(to) = other.filter(|_| view.may_restore) {
        let gives = view.gives;
        screen = screen.main("bond-do-restore", tell(Command::ProposeBond { to, gives }));
    }
    screen
}

/// Everything of the reader's: what waits for their word, what stands, what they sent, what may be restored.
pub(crate) fn bonds(scene: &Scene, page: u32) -> Screen {
    let all = view::bonds(&scene.ledger, scene.viewer);
    let mut screen = Screen::new(Route::Bonds { page }, Text::new("bonds-title"));
    if all.is_empty() {
        screen = screen.line(Text::new("bonds-none"));
    }
    screen
        .blocks
        .extend(page_of(&all, page).iter().map(|view| item(scene, view)));
    let screen = turn(screen, all.len(), page, |page| Route::Bonds { page });
    ways(screen.offer("choice-list", Act::Go(Route::List { page: 0 })))
}

/// A bond in a list.
pub(super) fn item(scene: &Scene, view: &BondView) -> Block {
    let state = match (view.waiting, view.mine, view.live, view.resting) {
        (true, false, ..) => "answer",
        (true, true, ..) => "wait",
        (false, _, true, true) => "resting",
        (false, _, true, false) => "live",
        (false, _, false, _) => "ended",
    };
    let text = Text::new("bonds-row")
        .with("name", scene.who(view.other))
        .keyword("state", state);
    Block::Item {
        text,
        act: Some(Act::Go(Route::Bond { bond: view.bond })),
    }
}

#[cfg(test)]
mod tests {
    use exodus_core::{BondId, Command, LinkId};

    use super::{
        super::tests::stage::{Stage, both, english, euro},
        bond, bonds,
    };

    #[test]
    fn n6_an_invitation_is_answered_and_a_bond_is_ended_and_restored() {
        let mut stage = Stage::new();
        let [anna, bo] = ["Anna", "Bo"].map(|name| stage.person(name));
        let link = LinkId(stage.ledger.next_number());
        let gives = Some(euro(80));
        stage.does(anna, Command::MakePersonalLink { gives, expires: None });
        let id = BondId(stage.ledger.next_number());
        stage.does(bo, Command::FollowLink { link });
        let scene = stage.scene(bo);
        let [asked, russian] = both(&scene, bond(&scene, id));
        assert!(
            asked.starts_with(
                "# 🛡 You and Anna
Anna: “I am ready to help you if needed, nominally with €80, and count on the same from you.”
A nominal amount says how ready somebody is. It is no debt: nothing falls due by it.
[🛡 Yes, for €80]
[✏️ Yes, with another amount]
[No, thank you]"
            ),
            "{asked}"
        );
        assert!(
            russian.contains("Anna: «Если понадобится, помогу, условно на 80 €"),
            "{russian}"
        );
        let scene = stage.scene(anna);
        let waits = english(&scene, bond(&scene, id));
        assert!(
            waits.contains("You invited a member") && waits.contains("[Take the invitation back]"),
            "{waits}"
        );
        stage.does(
            bo,
            Command::AcceptBond {
                bond: id,
                gives: None,
            },
        );
        let scene = stage.scene(anna);
        let [stands, russian] = both(&scene, bond(&scene, id));
        assert!(
            stands.contains("You stand by each other since 10 Nov"),
            "{stands}"
        );
        assert!(stands.contains("[✖️ Stand by each other no longer]"), "{stands}");
        assert!(
            russian.contains("С вашей стороны условно 80 €. Bo: 80 €."),
            "{russian}"
        );
        stage.does(anna, Command::EndBond { bond: id });
        let scene = stage.scene(bo);
        let [ended, russian] = both(&scene, bond(&scene, id));
        assert!(
            ended.contains("[🛡 Restore it]") && !ended.contains("Anna"),
            "{ended}"
        );
        assert!(
            russian.contains("Её можно вернуть, если вы оба этого хотите."),
            "{russian}"
        );
        let [all, _] = both(&scene, Some(bonds(&scene, 0)));
        assert!(all.contains("• ✖️ a member: ended"), "{all}");
        let scene = stage.scene(stage.ledger.newest_member().expect("Bo"));
        assert!(bond(&scene, BondId(9_999)).is_none());
    }
}
