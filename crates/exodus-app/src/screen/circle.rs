//! The circle of an appeal: everyone who helps with it, with amounts and states for those who help too (M7).

use exodus_core::{
    AppealId, MemberId,
    view::{self, AppealView, Helper, Helpers, Who},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen};

use super::{
    card::totals,
    people::{many, page_of, turn, ways},
    room,
};
use crate::scene::Scene;

/// Who helps.
pub(crate) fn circle(scene: &Scene, appeal: AppealId, page: u32) -> Option<Screen> {
    let appeal = view::appeal(&scene.ledger, scene.viewer, appeal)?;
    Some(draw(scene, &appeal, page))
}

fn draw(scene: &Scene, appeal: &AppealView, page: u32) -> Screen {
    let (own, route) = (appeal.owner == scene.viewer, |page| Route::Circle {
        appeal: appeal.appeal,
        page,
    });
    let title = match own {
        true => Text::new("circle-title-mine"),
        false => Text::new("circle-title").with("name", scene.name(appeal.owner)),
    };
    let mut screen = Screen::new(route(page), title);
    screen.blocks.extend(totals(scene, appeal));
    let shown = match &appeal.helpers {
        Helpers::All(helpers) => {
            let shown = page_of(helpers, page)
                .iter()
                .map(|helper| with_amounts(scene, helper));
            screen.blocks.extend(shown);
            helpers.len()
        }
        Helpers::Names { names, others } => {
            screen.blocks.extend(
                page_of(names, page)
                    .iter()
                    .map(|name| row(scene, Who::Member(*name), Vec::new())),
            );
            if *others > 0 {
                screen = screen.line(Text::new("circle-others").count("n", many(*others)));
            }
            names.len()
        }
        Helpers::Count(n) => {
            screen = screen.line(Text::new("card-helpers").count("n", many(*n)));
            0
        }
    };
    if matches!(&appeal.helpers, Helpers::All(helpers) if helpers.is_empty()) {
        screen = screen.line(Text::new("card-helpers").count("n", 0));
    }
    screen = turn(screen, shown, page, route);
    screen = room::way(scene, screen, appeal.appeal);
    ways(match own {
        true => screen.offer("choice-appeal", Act::Go(Route::Need)),
        false => screen.offer(
            "circle-choice-card",
            Act::Go(Route::Card { member: appeal.owner }),
        ),
    })
}

/// A helper with every amount there is of theirs.
fn with_amounts(scene: &Scene, helper: &Helper) -> Block {
    let amounts = [
        (
            if helper.frozen {
                "circle-intended-frozen"
            } else {
                "circle-intended"
            },
            helper.intended,
        ),
        (
            if helper.frozen {
                "circle-promised-frozen"
            } else {
                "circle-promised"
            },
            helper.promised,
        ),
        ("circle-awaiting", helper.awaiting),
        ("circle-confirmed", helper.confirmed),
        ("circle-overdue", helper.overdue),
    ];
    let amounts = amounts.into_iter().filter(|(_, amount)| !amount.is_zero());
    row(
        scene,
        helper.who,
        amounts
            .map(|(id, amount)| Text::new(id).amount("amount", amount.minor()))
            .collect(),
    )
}

/// Somebody in the circle: with their light and a way to their card when the reader sees them anyway.
fn row(scene: &Scene, who: Who, details: Vec<Text>) -> Block {
    let seen = |member: &MemberId| view::sight(&scene.ledger, scene.viewer, *member).any();
    let member = match who {
        Who::Member(member) => Some(member).filter(seen),
        Who::Someone => None,
    };
    let name = match who {
        Who::Member(member) if member == scene.viewer => Text::new("circle-you"),
        Who::Member(_) | Who::Someone => Text::new("just").with("it", scene.who(who)),
    };
    Block::Person {
        status: member.map(|member| scene.ledger.status(member)),
        name,
        details,
        act: member.map(|member| Act::Go(Route::Card { member })),
    }
}

#[cfg(test)]
mod tests {
    use exodus_core::{Command, Form};

    use super::{
        super::tests::stage::{Stage, both, english, euro},
        circle,
    };

    #[test]
    fn amounts_for_who_helps_and_nothing_for_others() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let (bo, cleo) = (stage.friend("Bo", anna), stage.friend("Cleo", anna));
        let stranger = stage.person("Stranger");
        stage.intends(bo, appeal, 50);
        stage.does(
            cleo,
            Command::RecordGiven {
                appeal,
                amount: euro(30),
                form: Form::Money,
                note: None,
            },
        );
        let scene = stage.scene(bo);
        let [english, russian] = both(&scene, circle(&scene, appeal, 0));
        assert!(english.starts_with("# Who helps Anna\n▓ 3000/30000"), "{english}");
        assert!(
            english.contains("• you | ✅ ready to help | ❤️ intends €50\n• Cleo | ✅ ready to help | 🤝 promised €30 | ⏳ of that, €30 waits for confirmation\n[👤 The card]"),
            "{english}"
        );
        assert!(
            russian.contains("• вы | ✅ может помочь | ❤️ намерение 50 €"),
            "{russian}"
        );
        assert_eq!(circle(&stage.scene(stranger), appeal, 0), None);
    }

    #[test]
    fn nobody_yet() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let scene = stage.scene(anna);
        assert!(english(&scene, circle(&scene, appeal, 0)).contains("Nobody helps yet.\n[🙏 My request]"));
    }
}
