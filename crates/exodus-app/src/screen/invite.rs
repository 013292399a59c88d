//! `/invite`: the links the reader made and those that lead to the reader (N4).

use exodus_core::{
    Command,
    view::{self, LinkView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, Tone};

use super::people::{many, ways};
use crate::scene::Scene;

/// Links of mine, links to me, and new ones.
pub(crate) fn invite(scene: &Scene) -> Option<Screen> {
    let links = view::links(&scene.ledger, scene.viewer);
    Some(draw(scene, &links))
}

fn draw(scene: &Scene, links: &[LinkView]) -> Screen {
    let me = scene.viewer;
    let mut screen = Screen::new(Route::Invite, Text::new("invite-title")).line(Text::new("invite-lead"));
    let active = || links.iter().filter(|link| link.active);
    if active().any(|link| link.mine) {
        screen = screen.block(Block::Heading(Text::new("invite-mine")));
        screen
            .blocks
            .extend(active().filter(|link| link.mine).map(|link| row(scene, link)));
    }
    if active().any(|link| !link.mine) {
        screen = screen.block(Block::Heading(Text::new("invite-to-me")));
        screen
            .blocks
            .extend(active().filter(|link| !link.mine).map(|link| row(scene, link)));
    }
    let forbids = scene.me().is_some_and(|me| me.forbids_links);
    screen = screen.line(Text::new(if forbids {
        "invite-forbidden"
    } else {
        "invite-allowed"
    }));
    let new = Command::MakeLink {
        about: me,
        max_uses: None,
        expires: None,
    };
    let forbid = Deed::plain(Command::ForbidLinks { forbid: !forbids });
    // What forbidding closes stays closed, so it asks once (U3); allowing does not.
    let (turn, turned) = match forbids {
        true => ("invite-choice-allow", Act::Do(forbid)),
        false => (
            "invite-choice-forbid",
            Act::Ask(Draft::Sure {
                deed: forbid,
                sure: None,
            }),
        ),
    };
    let screen = screen
        .choice(
            Text::new("invite-choice-new"),
            Act::Do(Deed::plain(new)),
            Tone::Main,
        )
        .offer(
            "invite-choice-limited",
            Act::Ask(Draft::Link {
                about: me,
                uses: None,
                expires: None,
            }),
        )
        .offer("invite-choice-for-another", Act::Go(Route::Give { page: 0 }))
        .offer("invite-choice-code", Act::Ask(Draft::InvitationCode(None)))
        .offer(turn, turned);
    // Where nobody can be invited by a link there are no groups either.
    let screen = if scene.openings.is_empty() {
        screen
    } else {
        screen.offer("invite-choice-groups", Act::Go(Route::Groups))
    };
    ways(screen)
}

fn row(scene: &Scene, link: &LinkView) -> Block {
    let text = match (link.mine, link.about == scene.viewer) {
        (true, true) => Text::new("invite-row-mine"),
        (true, false) => Text::new("invite-row-for").with("name", scene.who(link.other)),
        (false, _) => Text::new("invite-row-by").with("name", scene.who(link.other)),
    };
    let text = text.words("uses", uses(link));
    let text = match link.expires {
        Some(last) => Text::new("invite-row-until")
            .words("row", text)
            .date("last", last),
        None => text,
    };
    Block::Item {
        text,
        act: Some(Act::Go(Route::Link { link: link.link })),
    }
}

/// How often a link was followed, and may be.
pub(super) fn uses(link: &LinkView) -> Text {
    let uses = many(link.uses);
    match link.max_uses {
        Some(max) => Text::new("link-uses-of")
            .count("uses", uses)
            .count("max", u64::from(max)),
        None => Text::new("link-uses").count("uses", uses),
    }
}

#[cfg(test)]
mod tests {
    use exodus_core::Command;

    use super::{
        super::home::stage::{Stage, both, english},
        invite,
    };

    #[test]
    fn mine_and_others() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        stage.asks(anna, 300, "Rent");
        let bo = stage.friend("Bo", anna);
        stage.link(bo, anna);
        let scene = stage.scene(anna);
        let [annas, russian] = both(&scene, invite(&scene));
        assert!(
            annas.contains(
                "= Your links
• 🔗 To you · followed by 1 person
= Links to you by others
• 🔗 Made by Bo · followed by nobody yet
Others may make links to you when you are in need.
[🔗 New link to me]"
            ),
            "{annas}"
        );
        assert!(
            russian.contains("• 🔗 На вас · открывали: 1 человек"),
            "{russian}"
        );
        let scene = stage.scene(bo);
        assert!(english(&scene, invite(&scene)).contains("• 🔗 To help Anna · followed by nobody yet"));
        stage.does(anna, Command::ForbidLinks { forbid: true });
        let scene = stage.scene(anna);
        let forbidden = english(&scene, invite(&scene));
        assert!(
            !forbidden.contains("Bo") && forbidden.contains("[Let others make links to me]"),
            "{forbidden}"
        );
    }
}
