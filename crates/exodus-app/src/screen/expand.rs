//! *Expand my network*: who is in need in the networks of my network, nearest first, with the way that leads there (N2).

use exodus_core::{
    Command, MemberId,
    network::Found,
    view::{self, Need, Who},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen};

use super::people::{many, need_text, page_of, turn, ways};
use crate::scene::Scene;

/// Name, mark and what is missing; choosing somebody looks at what a link would show (M7).
pub(crate) fn expand(scene: &Scene, page: u32) -> Option<Screen> {
    let found: Vec<(&Found, Need)> = scene
        .seen
        .found
        .iter()
        .filter_map(|found| {
            let need = view::found(&scene.ledger, scene.viewer, found.through, found.member)?;
            Some((found, need))
        })
        .collect();
    let mut screen = Screen::new(
        Route::Expand { page },
        Text::new("expand-title").count("n", many(found.len())),
    );
    screen = screen.line(Text::new(if found.is_empty() {
        "expand-nobody"
    } else {
        "expand-lead"
    }));
    let shown = page_of(&found, page).iter();
    screen
        .blocks
        .extend(shown.map(|(found, need)| row(scene, found, need)));
    let screen = turn(screen, found.len(), page, |page| Route::Expand { page });
    Some(ways(
        screen
            .offer("choice-people", Act::Go(Route::People))
            .offer("choice-give", Act::Go(Route::Give { page: 0 })),
    ))
}

fn row(scene: &Scene, found: &Found, need: &Need) -> Block {
    let member = found.member;
    let looked = view::sight(&scene.ledger, scene.viewer, member).card();
    let act = if looked {
        Act::Go(Route::Card { member })
    } else {
        Act::Do(Deed::plain(Command::Look {
            at: member,
            through: found.through,
        }))
    };
    let needs = need_text(scene, need.deadline, need.intended, need.missing);
    Block::Person {
        status: Some(need.status),
        name: scene.name_text(member),
        details: [Some(needs), way(scene, &found.chain)]
            .into_iter()
            .flatten()
            .collect(),
        act: Some(act),
    }
}

/// Those between the reader and the last of a chain, in a line.
fn way(scene: &Scene, chain: &[MemberId]) -> Option<Text> {
    let links = view::chain(&scene.ledger, scene.viewer, chain, &[]);
    let (_, between) = links.split_last()?;
    let mut names = between.iter().map(|link| named(scene, link.who));
    let first = names.next()?;
    let names = names.fold(first, |first, then| {
        Text::new("chain-then").words("first", first).words("then", then)
    });
    Some(Text::new("expand-way").words("names", names))
}

fn named(scene: &Scene, who: Who) -> Text {
    Text::new("just").with("it", scene.who(who))
}

#[cfg(test)]
mod tests {
    use exodus_core::{AppealId, Command};

    use super::{
        super::tests::stage::{Stage, both, english},
        *,
    };

    /// Me – Bo – Cleo – Dan – Eve: each helps the one before. Cleo is in my network, Dan and Eve are not; Eve is in
    /// Cleo's.
    fn row_of_helpers() -> (Stage, Vec<MemberId>, Vec<AppealId>) {
        let mut stage = Stage::new();
        let names = ["Me", "Bo", "Cleo", "Dan", "Eve"];
        let members: Vec<MemberId> = names.iter().map(|name| stage.person(name)).collect();
        let mut appeals = Vec::new();
        for member in &members {
            let appeal = stage.asks(*member, 300, "Rent");
            let show = Command::ChangeAppeal {
                appeal,
                target: None,
                deadline: None,
                purpose: None,
                findable: Some(true),
            };
            stage.does(*member, show);
            appeals.push(appeal);
        }
        for (nth, appeal) in appeals.iter().enumerate().take(4) {
            let link = stage.link(members[nth], members[nth]);
            stage.does(members[nth + 1], Command::FollowLink { link });
            stage.intends(members[nth + 1], *appeal, 50);
        }
        (stage, members, appeals)
    }

    #[test]
    fn n2_the_nearest_first_with_the_way_there() {
        let (mut stage, members, appeals) = row_of_helpers();
        let scene = stage.scene(members[0]);
        let [english, russian] = both(&scene, expand(&scene, 0));
        assert!(
            english.starts_with(
                "# 🔭 Expand my network: 2 people\nThey are in need and connected with you through others. Whoever you choose, you see what they ask for.\n\
                 • Dan | 🔆 needs monthly support | Intentions ❤️ €50 · missing 🙏 €300 | By way of Bo → Cleo\n\
                 • Eve | 🔆 needs monthly support | Intentions ❤️ €0 · missing 🙏 €300 | By way of Bo → Cleo → a member\n"
            ),
            "{english}"
        );
        assert!(russian.contains("Через: Bo → Cleo → участник"), "{russian}");
        // Who said no is not found, nor who is fine again.
        let hide = Command::ChangeAppeal {
            appeal: appeals[3],
            target: None,
            deadline: None,
            purpose: None,
            findable: Some(false),
        };
        stage.does(members[3], hide);
        stage.does(members[4], Command::EndMonthly);
        let scene = stage.scene(members[0]);
        assert!(english_of(&scene).starts_with("# 🔭 Expand my network\nNobody"));
    }

    fn english_of(scene: &Scene) -> String {
        english(scene, expand(scene, 0))
    }

    #[test]
    fn n2_whoever_was_looked_at_is_found_again_there() {
        let (mut stage, members, _) = row_of_helpers();
        stage.does(
            members[0],
            Command::Look {
                at: members[3],
                through: members[1],
            },
        );
        let scene = stage.scene(members[0]);
        assert!(view::sight(&scene.ledger, members[0], members[3]).link);
        let acts = expand(&scene, 0).expect("a screen").acts();
        assert_eq!(acts[0], Act::Go(Route::Card { member: members[3] }));
        let look = Command::Look {
            at: members[4],
            through: members[2],
        };
        assert_eq!(acts[1], Act::Do(Deed::plain(look)));
    }
}
