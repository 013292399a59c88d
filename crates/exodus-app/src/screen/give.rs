//! `/give`: people in need in the reader's network, and what the reader can give without harm to themselves (L19).

use exodus_core::{
    Amount,
    view::{self, Need, Neighbour},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen};

use super::people::{many, page_of, person, turn, ways};
use crate::scene::Scene;

/// People in need, emergencies first.
pub(crate) fn give(scene: &Scene, page: u32) -> Option<Screen> {
    let needs = view::in_need(&scene.ledger, scene.viewer);
    Some(draw(scene, &needs, page, without_harm(scene, Amount::ZERO)))
}

fn draw(scene: &Scene, needs: &[Need], page: u32, harm: Option<Text>) -> Screen {
    let mut screen = Screen::new(
        Route::Give { page },
        Text::new("give-title").count("n", many(needs.len())),
    );
    if needs.is_empty() {
        screen = screen.line(Text::new("give-nobody"));
    } else {
        screen.blocks.extend(cannot_promise(scene).map(Block::Strong));
    }
    for &need in page_of(needs, page) {
        let one = Neighbour {
            member: need.member,
            status: need.status,
            need: Some(need),
        };
        screen = screen.block(person(scene, &one, Vec::new()));
    }
    screen = turn(screen, needs.len(), page, |page| Route::Give { page });
    if !needs.is_empty() {
        screen.blocks.extend(harm.map(Block::Line));
        screen = screen.line(Text::new("give-lines"));
    }
    let screen = screen
        .offer("choice-people", Act::Go(Route::People))
        .offer("choice-invite", Act::Go(Route::Invite { page: 0 }));
    ways(screen)
}

/// Why the reader can promise nothing new now, if so (M6, C8).
pub(super) fn cannot_promise(scene: &Scene) -> Option<Text> {
    let me = scene.me()?;
    if me.is_red() {
        Some(Text::new("give-not-in-emergency"))
    } else if me.suspended.is_some() {
        Some(Text::new("give-not-suspended"))
    } else {
        None
    }
}

/// What the reader has promised and given this month and what is left of what they can give without harm, were they to
/// promise so much more; a plain word beyond it, never a refusal (L19). `None` when they set no such amount.
pub(crate) fn without_harm(scene: &Scene, more: Amount) -> Option<Text> {
    let limit = Amount::from_minor(scene.my_profile()?.harmless_limit?);
    let home = view::home(&scene.ledger, scene.viewer, scene.at)?;
    Some(harm(
        home.promised.plus(home.given).plus(more),
        limit,
        !more.is_zero(),
    ))
}

fn harm(taken: Amount, limit: Amount, new: bool) -> Text {
    let (id, rest) = match limit.checked_less(taken) {
        Some(left) if left.is_zero() => ("harm-reached", left),
        Some(left) => ("harm-left", left),
        None => ("harm-beyond", taken.less(limit)),
    };
    Text::new(id)
        .keyword("new", if new { "yes" } else { "no" })
        .amount("taken", taken.minor())
        .amount("limit", limit.minor())
        .amount("rest", rest.minor())
}

#[cfg(test)]
mod tests {
    use exodus_ui::Act;

    use super::{
        super::tests::stage::{Stage, both, english, euro},
        *,
    };

    #[test]
    fn emergencies_first() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let (anna, cleo) = (stage.friend("Anna", bo), stage.friend("Cleo", bo));
        stage.asks(anna, 300, "Rent");
        stage.alarm(cleo, 500, "Fire");
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, give(&scene, 0));
        assert!(
            english.starts_with(
                "# 🤲 2 people need help
• Cleo | 🆘 emergency | Missing 🙏 €500 · 5 days left
• Anna | 🔆 needs monthly support | Intentions ❤️ €0 · missing 🙏 €300
In one line: /give NAME 50."
            ),
            "{english}"
        );
        assert!(
            russian.starts_with(
                "# 🤲 Помощь нужна 2 людям\n• Cleo | 🆘 нужна экстренная помощь | Не хватает 🙏 500 € · осталось 5 дней"
            ),
            "{russian}"
        );
        let first = give(&scene, 0).and_then(|screen| screen.acts().first().cloned());
        assert_eq!(first, Some(Act::Go(Route::Card { member: cleo })));
    }

    #[test]
    fn long_lists_come_in_pages() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        for n in 0..10 {
            let member = stage.friend(&format!("Member {n}"), bo);
            stage.asks(member, 100 + n, "Rent");
        }
        let scene = stage.scene(bo);
        let [first, second] = [0, 7].map(|page| english(&scene, give(&scene, page)));
        assert!(
            first.contains("Page 1 of 2") && first.contains("[Next page ▶]") && !first.contains("Previous"),
            "{first}"
        );
        assert!(
            second.contains("Page 2 of 2") && second.contains("[◀ Previous page]"),
            "{second}"
        );
        assert!(
            second.contains("Member 0") && !second.contains("Member 9"),
            "{second}"
        );
    }

    #[test]
    fn nobody_in_need() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let scene = stage.scene(bo);
        assert!(
            english(&scene, give(&scene, 0))
                .starts_with("# 🤲 Who needs help\nNobody you know here asks for help now.")
        );
    }

    #[test]
    fn in_an_emergency_nothing_new_is_promised() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let anna = stage.friend("Anna", bo);
        stage.asks(anna, 300, "Rent");
        stage.alarm(bo, 100, "Fire");
        let scene = stage.scene(bo);
        assert!(
            english(&scene, give(&scene, 0))
                .contains("! While your own emergency runs you promise nothing new")
        );
    }

    #[test]
    fn without_harm_in_plain_words() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let anna = stage.friend("Anna", bo);
        let appeal = stage.asks(anna, 300, "Rent");
        stage.intends(bo, appeal, 40);
        assert_eq!(without_harm(&stage.scene(bo), Amount::ZERO), None);
        stage.profile(bo, |profile| profile.harmless_limit = Some(euro(100).minor()));
        let scene = stage.scene(bo);
        let say = |more| {
            let text = without_harm(&scene, more).expect("set");
            let screen = Screen::new(Route::Home, text);
            both(&scene, Some(screen))
        };
        assert_eq!(
            say(Amount::ZERO),
            [
                "# Given and promised this month: €40. Of the €100 you can give without harm to yourself, €60 is left.",
                "# Отдано и обещано за месяц: 40 €. Из 100 €, которые вы можете отдать без ущерба для себя, остаётся 60 €."
            ]
        );
        assert!(say(euro(60))[0].ends_with("€100 this month: all you can give without harm to yourself."));
        assert!(say(euro(90))[1].contains("130 € — на 30 € больше тех 100 €"));
    }
}
