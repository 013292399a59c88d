//! `/invite`: the links the reader made and those that lead to the reader (N4).

use exodus_core::{
    Command,
    view::{self, LinkView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Nominal, Route, Screen, Tone};

use super::{
    people::{many, page_of, turn, ways},
    record::grave,
};
use crate::scene::Scene;

/// Links of mine, links to me, and new ones.
pub(crate) fn invite(scene: &Scene, page: u32) -> Option<Screen> {
    let mut links = view::links(&scene.ledger, scene.viewer);
    links.retain(|link| link.active);
    links.sort_by_key(|link| !link.mine);
    Some(draw(scene, &links, page))
}

/// How many links by others lead to the reader now.
pub(super) fn by_others(scene: &Scene) -> usize {
    let links = view::links(&scene.ledger, scene.viewer);
    links.iter().filter(|link| link.active && !link.mine).count()
}

fn draw(scene: &Scene, links: &[LinkView], page: u32) -> Screen {
    let me = scene.viewer;
    let route = |page| Route::Invite { page };
    let mut screen = Screen::new(route(page), Text::new("invite-title")).line(Text::new("invite-lead"));
    let shown = page_of(links, page);
    for (heading, mine) in [("invite-mine", true), ("invite-to-me", false)] {
        let mut rows = shown.iter().filter(|link| link.mine == mine).peekable();
        if rows.peek().is_some() {
            screen = screen.block(Block::Heading(Text::new(heading)));
            screen.blocks.extend(rows.map(|link| row(scene, link)));
        }
    }
    screen = turn(screen, links.len(), page, route);
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
        .offer(
            "list-choice-invite",
            Act::Ask(Draft::Nominal {
                of: Nominal::Link,
                usual: scene.ledger.policy.nominal,
                amount: None,
            }),
        )
        .offer("invite-choice-for-another", Act::Go(Route::Give { page: 0 }))
        .offer("choice-code", Act::Ask(Draft::InvitationCode(None)));
    // What forbidding closes stays closed, so it asks once then (U3); nothing else does.
    let screen = if forbids {
        screen.offer("invite-choice-allow", Act::Do(forbid))
    } else if by_others(scene) == 0 {
        screen.offer("invite-choice-forbid", Act::Do(forbid))
    } else {
        grave(screen, "invite-choice-forbid", forbid)
    };
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
        (true, true) if link.gives.is_some() => Text::new("invite-row-personal"),
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
        super::tests::stage::{Stage, both, english},
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
        let [annas, russian] = both(&scene, invite(&scene, 0));
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
        assert!(english(&scene, invite(&scene, 0)).contains("• 🔗 To help Anna · followed by nobody yet"));
        stage.does(anna, Command::ForbidLinks { forbid: true });
        let scene = stage.scene(anna);
        let forbidden = english(&scene, invite(&scene, 0));
        assert!(
            !forbidden.contains("Bo") && forbidden.contains("[Let others make links to me]"),
            "{forbidden}"
        );
    }
}
