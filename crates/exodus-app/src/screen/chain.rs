//! How one is connected with somebody: the shortest chain of acquaintance (N3).

use exodus_core::{
    MemberId,
    view::{self, Link, Stand, Who},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen};

use super::people::ways;
use crate::scene::Scene;

/// The chain to a member in sight, link by link.
pub(crate) fn chain(scene: &Scene, member: MemberId) -> Option<Screen> {
    let sight = view::sight(&scene.ledger, scene.viewer, member);
    if sight.own || !sight.card() {
        return None;
    }
    let seen = &scene.seen;
    let bonded = &seen.relations.bonded;
    let links = view::chain(&scene.ledger, scene.viewer, &seen.chain, bonded);
    let title = Text::new("chain-title").with("name", scene.name(member));
    let mut screen = Screen::new(Route::Chain { member }, title);
    screen = match links.len() {
        0 => screen.line(Text::new("chain-none")),
        _ => screen.line(Text::new("chain-you")),
    };
    let rows = links.iter().enumerate();
    screen
        .blocks
        .extend(rows.map(|(nth, link)| row(scene, link, nth == 0)));
    Some(ways(
        screen.offer("circle-choice-card", Act::Go(Route::Card { member })),
    ))
}

/// Somebody on the chain; `first`: right after the reader.
fn row(scene: &Scene, link: &Link, first: bool) -> Block {
    let member = match link.who {
        Who::Member(member) => Some(member),
        Who::Someone => None,
    };
    Block::Person {
        status: member.map(|member| scene.ledger.status(member)),
        name: Text::new("chain-step").with("who", scene.who(link.who)),
        details: link.stand.map(|how| stand(how, first)).into_iter().collect(),
        act: member.map(|member| Act::Go(Route::Card { member })),
    }
}

/// How somebody stands to the one before, who is the reader or another.
fn stand(stand: Stand, to_reader: bool) -> Text {
    Text::new(match (stand, to_reader) {
        (Stand::Helps, true) => "chain-helps-you",
        (Stand::Helped, true) => "chain-you-help",
        (Stand::Mutual, true) => "chain-mutual-you",
        (Stand::Helps, false) => "chain-helps",
        (Stand::Helped, false) => "chain-helped",
        (Stand::Mutual, false) => "chain-mutual",
        (Stand::Bond, _) => "chain-bond",
        (Stand::Invitation, _) => "chain-invitation",
    })
}

#[cfg(test)]
mod tests {
    use exodus_core::Command;

    use super::{
        super::tests::stage::{Stage, both},
        *,
    };
    use crate::seen::Seen;

    #[test]
    fn n3_names_one_may_see_and_ties_one_knows_of() {
        let mut stage = Stage::new();
        let (me, anna) = (stage.person("Me"), stage.person("Anna"));
        let appeal = stage.asks(anna, 300, "Rent");
        let bo = stage.friend("Bo", anna);
        let link = stage.link(anna, anna);
        stage.does(me, Command::FollowLink { link });
        stage.intends(me, appeal, 50);
        stage.intends(bo, appeal, 50);
        // Bo asks too; Cleo helps him, and I do not.
        let second = stage.asks(bo, 100, "Books");
        let cleo = stage.friend("Cleo", bo);
        stage.intends(cleo, second, 10);
        let mut scene = stage.scene(me);
        scene.seen = Seen::for_tests(&stage.ledger, me, Some(bo));
        let [english, russian] = both(&scene, chain(&scene, bo));
        assert!(
            english.starts_with(
                "# 🧭 How you and Bo are connected\nYou\n\
                 • ↓ Anna | 🔆 needs monthly support | you help them\n\
                 • ↓ Bo | 🔆 needs monthly support | helps the one above\n"
            ),
            "{english}"
        );
        assert!(
            russian.starts_with("# 🧭 Как вы связаны: Bo\nВы\n") && russian.contains(" | вы помогаете\n"),
            "{russian}"
        );
        // Cleo is not in sight: there is no chain to whom one may not see.
        scene.seen = Seen::for_tests(&stage.ledger, me, Some(cleo));
        assert_eq!(chain(&scene, cleo), None);
    }
}
