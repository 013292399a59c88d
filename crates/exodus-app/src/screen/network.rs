//! `/network`: one's network counted, and its pictures (N11).

use exodus_core::network::Size;
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Finish, Route, Screen, Subject, Whom};

use super::people::{many, ways};
use crate::scene::Scene;

/// What there is to draw, and the pictures of it.
pub(crate) fn network(scene: &Scene, whom: Whom) -> Option<Screen> {
    let seen = &scene.seen;
    let mut screen = Screen::new(Route::Network { whom }, Text::new(title(whom)))
        .line(Text::new("people-network").count("n", many(seen.network.len())));
    if !seen.in_need.is_empty() {
        let text = Text::new("home-in-need").count("n", many(seen.in_need.len()));
        screen = screen.block(Block::Item {
            text,
            act: Some(Act::Go(Route::Give { page: 0 })),
        });
    }
    screen.blocks.extend(list(scene).map(Block::Line));
    let draw = |whom, finish| Act::Do(Deed::Draw(Subject::Network(whom), finish));
    screen = screen
        .main("network-choice-draw", draw(whom, Finish::Light))
        .offer("network-choice-dark", draw(whom, Finish::Dark))
        .offer("network-choice-svg", draw(whom, Finish::Svg));
    for (other, label) in [
        (Whom::All, "network-choice-all"),
        (Whom::InNeed, "network-choice-in-need"),
        (Whom::Circle, "network-choice-circle"),
        (Whom::List, "network-choice-list"),
    ] {
        let there = other != Whom::List || !seen.list.rings.is_empty();
        if other != whom && there {
            screen = screen.offer(label, draw(other, Finish::Light));
        }
    }
    let screen = screen
        .offer("choice-people", Act::Go(Route::People))
        .offer("people-choice-expand", Act::Go(Route::Expand { page: 0 }));
    Some(ways(screen))
}

/// What a picture is called.
pub(crate) const fn title(whom: Whom) -> &'static str {
    match whom {
        Whom::All => "network-title-all",
        Whom::InNeed => "network-title-in-need",
        Whom::Circle => "network-title-circle",
        Whom::List => "network-title-list",
    }
}

/// The reference list in a line: personal bonds, and whoever stands behind them (N7).
fn list(scene: &Scene) -> Option<Text> {
    let standing = &scene.seen.list;
    let personal = standing.personal().members;
    let farther = standing
        .bands()
        .iter()
        .skip(1)
        .fold(0_u64, |sum, band| match band.size {
            Size::Exactly(tally) => sum.saturating_add(tally.members),
            Size::Few => sum,
        });
    let text = Text::new("network-list")
        .count("bonds", personal)
        .count("farther", farther);
    (personal > 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both},
        *,
    };

    #[test]
    fn n11_every_picture_is_one_tap_away() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let bo = stage.friend("Bo", anna);
        stage.intends(bo, appeal, 50);
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, network(&scene, Whom::All));
        assert_eq!(
            english,
            "# 🕸 My network\nYour network: 1 person\n• 🙏 1 person in your network asks for help\n[🖼 Show the picture]\n[🌙 In dark colours]\n[📐 As SVG]\n\
             [Only those in need]\n[Only my circle]\n[👥 People]\n[🔭 Expand my network]\n[← Back]\n[Home]"
        );
        assert!(
            russian.starts_with("# 🕸 Моя сеть\nВаша сеть: 1 человек"),
            "{russian}"
        );
    }
}
