//! One link: its code and the ways to pass it on, how often it was followed, and closing it (N4, N5).

use exodus_core::{
    Command, LinkId,
    view::{self, LinkView},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen};

use super::{invite::uses, people::ways, record::grave};
use crate::scene::Scene;

/// A link that the reader made, or that leads to them. Only its maker is shown the code.
pub(crate) fn link(scene: &Scene, link: LinkId) -> Option<Screen> {
    let link = view::link(&scene.ledger, scene.viewer, link)?;
    Some(draw(scene, &link))
}

fn draw(scene: &Scene, link: &LinkView) -> Screen {
    let title = match link.about == scene.viewer {
        true if link.gives.is_some() => Text::new("link-title-personal"),
        true => Text::new("link-title-mine"),
        false => Text::new("link-title").with("name", scene.who(link.other)),
    };
    let mut screen = Screen::new(Route::Link { link: link.link }, title);
    if !link.mine {
        screen = screen.line(Text::new("link-by").with("name", scene.who(link.other)));
    }
    if let Some(gives) = link.gives {
        screen = screen.line(Text::new("link-personal").amount("gives", gives.minor()));
    }
    screen = screen.field("link-made", Text::new("just").with("it", scene.date(link.made)));
    screen = screen.field("link-followed", uses(link));
    if let Some(last) = link.expires {
        screen = screen.field("link-last-day", Text::new("just").date("it", last));
    }
    if !link.active {
        return ways(
            screen
                .block(Block::Strong(Text::new(
                    if link.gives.is_some() && link.uses > 0 {
                        "link-used"
                    } else {
                        "link-closed"
                    },
                )))
                .offer("link-choice-links", Act::Go(Route::Invite { page: 0 })),
        );
    }
    if let Some(code) = scene.codes.get(&link.link).filter(|_| link.mine) {
        screen = screen
            .line(Text::new("link-ways"))
            .block(Block::Code(format!("start {code}")));
        for opening in scene.openings.values().filter(|link| link.contains("{code}")) {
            screen = screen.block(Block::Code(opening.replace("{code}", code)));
        }
        screen = screen.main("link-choice-qr", Act::Do(Deed::Qr(link.link)));
    }
    let revoke = Deed::plain(Command::RevokeLink { link: link.link });
    let screen = grave(screen, "link-choice-revoke", revoke)
        .offer("link-choice-links", Act::Go(Route::Invite { page: 0 }));
    ways(screen)
}

#[cfg(test)]
mod tests {
    use exodus_core::{Command, Date};

    use super::{
        super::tests::stage::{Stage, both, english},
        *,
    };

    #[test]
    fn its_maker_passes_it_on() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        stage.asks(anna, 300, "Rent");
        let bo = stage.friend("Bo", anna);
        let link_id = LinkId(stage.ledger.next_number());
        let expires = Some(Date::constant(2026, 12, 15));
        stage.does(
            bo,
            Command::MakeLink {
                about: anna,
                max_uses: Some(3),
                expires,
            },
        );
        let mut scene = stage.scene(bo);
        scene.codes.insert(link_id, "k7w2".into());
        let [english, russian] = both(&scene, link(&scene, link_id));
        assert_eq!(
            english,
            "# Link to help Anna
Made: 10 November
Followed: by 0 of 3
Last day: 15 December
Pass this line on. Whoever sends it to Exodus in any chat comes by this link:
` start k7w2
[🔳 QR picture]
[✖️ Close the link]
[🔗 All links]
[← Back]
[Home]"
        );
        assert!(
            russian.contains("Открывали: 0 из 3\nПоследний день: 15 декабря"),
            "{russian}"
        );
        let mut scene = stage.scene(anna);
        scene.codes.insert(link_id, "k7w2".into());
        let annas = super::super::tests::stage::english(&scene, link(&scene, link_id));
        assert!(
            annas.contains("# Link to you\nMade by Bo") && !annas.contains("k7w2"),
            "{annas}"
        );
    }

    #[test]
    fn closed() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let id = stage.link(anna, anna);
        stage.does(anna, Command::RevokeLink { link: id });
        let scene = stage.scene(anna);
        let screen = english(&scene, link(&scene, id));
        assert!(
            screen.contains("! This link is closed.") && !screen.contains("Close the link"),
            "{screen}"
        );
        let stranger = stage.person("Stranger");
        assert_eq!(link(&stage.scene(stranger), id), None);
    }
}
