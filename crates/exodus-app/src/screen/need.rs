//! `/need`: asking for help every month or in an emergency, changing what is asked, and being fine again (M6).

use exodus_core::{
    AppealKind, Before, Command, Member,
    view::{self, AppealView, Home},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Finish, Route, Screen, Subject, Tone};

use super::{
    card::{quote, totals},
    people::{many, status_word, ways},
};
use crate::scene::Scene;

/// What the reader asks for, and what they may ask for.
pub(crate) fn need(scene: &Scene) -> Option<Screen> {
    let home = view::home(&scene.ledger, scene.viewer, scene.at)?;
    Some(draw(scene, &home))
}

fn draw(scene: &Scene, home: &Home) -> Screen {
    let screen = Screen::new(Route::Need, Text::new("need-title"))
        .line(Text::new("home-status").keyword("status", status_word(home.status)));
    ways(match &home.appeal {
        None => green(screen, scene, home),
        Some(appeal) => match appeal.kind {
            AppealKind::Monthly => orange(mine(screen, scene, appeal), home, appeal),
            AppealKind::Emergency { .. } => red(mine(screen, scene, appeal), scene, appeal),
        },
    })
}

fn green(screen: Screen, scene: &Scene, home: &Home) -> Screen {
    let days = u64::from(scene.ledger.policy.emergency_days);
    let about_emergency = Text::new("need-about-emergency").count("days", days);
    if home.suspended.is_some() {
        return screen
            .line(Text::new("need-suspended"))
            .line(about_emergency)
            .choice(Text::new("need-choice-emergency"), emergency(), Tone::Main);
    }
    screen
        .line(Text::new("need-about-monthly"))
        .line(about_emergency)
        .main(
            "need-choice-monthly",
            Act::Ask(Draft::Monthly {
                target: None,
                purpose: None,
                findable: None,
            }),
        )
        .offer("need-choice-emergency", emergency())
}

fn orange(screen: Screen, home: &Home, appeal: &AppealView) -> Screen {
    let findable = if appeal.findable {
        "need-findable"
    } else {
        "need-not-findable"
    };
    let turn = if appeal.findable {
        "need-choice-hide"
    } else {
        "need-choice-show"
    };
    let change = Command::ChangeAppeal {
        appeal: appeal.appeal,
        target: None,
        deadline: None,
        purpose: None,
        findable: Some(!appeal.findable),
    };
    let mut screen = screen.line(Text::new(findable));
    let cancelled = home.organizer.intentions_for_me.len();
    if cancelled > 0 {
        screen = screen.line(Text::new("need-fine-follows").count("n", many(cancelled)));
    }
    changes(screen, appeal)
        .offer(turn, Act::Do(Deed::plain(change)))
        .offer("need-choice-emergency", emergency())
        .choice(
            Text::new("need-choice-fine"),
            sure(Command::EndMonthly),
            Tone::Grave,
        )
}

fn red(screen: Screen, scene: &Scene, appeal: &AppealView) -> Screen {
    let screen = screen.line(Text::new("need-red-rests"));
    let mut screen = changes(screen, appeal).offer(
        "need-choice-deadline",
        Act::Ask(Draft::Redate {
            appeal: appeal.appeal,
            deadline: None,
        }),
    );
    let end = |then| sure(Command::EndEmergency { then });
    if scene.me().is_some_and(|me: &Member| me.asks_monthly) {
        screen = screen.choice(
            Text::new("need-choice-over-monthly"),
            end(Before::Orange),
            Tone::Grave,
        );
    }
    screen.choice(Text::new("need-choice-over"), end(Before::Green), Tone::Grave)
}

/// The reader's own appeal: how it stands and in what words.
fn mine(mut screen: Screen, scene: &Scene, appeal: &AppealView) -> Screen {
    screen.blocks.extend(totals(scene, appeal));
    screen.blocks.extend(quote(scene, appeal.purpose));
    if let Some(talk) = appeal.talk.and_then(|note| scene.notes.get(&note)) {
        let value = Text::new("just").name("it", talk.clone());
        screen = screen.block(Block::Field {
            label: Text::new("card-talk"),
            value,
        });
    }
    screen.main(
        "need-choice-circle",
        Act::Go(Route::Circle {
            appeal: appeal.appeal,
            page: 0,
        }),
    )
}

fn changes(screen: Screen, appeal: &AppealView) -> Screen {
    screen
        .offer("need-choice-invite", Act::Go(Route::Invite { page: 0 }))
        .offer(
            "need-choice-target",
            Act::Ask(Draft::Retarget {
                appeal: appeal.appeal,
                target: None,
            }),
        )
        .offer(
            "need-choice-words",
            Act::Ask(Draft::Repurpose {
                appeal: appeal.appeal,
                purpose: None,
            }),
        )
        .offer(
            "circle-choice-month",
            Act::Do(Deed::Draw(Subject::Month(appeal.appeal), Finish::Light)),
        )
}

const fn emergency() -> Act {
    Act::Ask(Draft::Emergency {
        target: None,
        deadline: None,
        reason: None,
        talk: None,
        sure: None,
    })
}

const fn sure(command: Command) -> Act {
    Act::Ask(Draft::Sure {
        deed: Deed::Ledger {
            command,
            texts: exodus_ui::Texts {
                note: None,
                talk: None,
            },
        },
        sure: None,
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both, english},
        need,
    };

    #[test]
    fn green_orange_red() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        let [green, green_ru] = both(&scene, need(&scene));
        assert!(
            green.contains("deadline within 31 days")
                && green.contains("[🔆 Ask for monthly support]\n[🆘 Call"),
            "{green}"
        );
        assert!(green_ru.contains("срок до 31 дня"), "{green_ru}");

        let appeal = stage.asks(anna, 300, "Rent for me and my mother");
        let bo = stage.friend("Bo", anna);
        stage.intends(bo, appeal, 50);
        let scene = stage.scene(anna);
        let [orange, orange_ru] = both(&scene, need(&scene));
        assert!(
            orange.contains(
                "> Rent for me and my mother
Your request is seen by your own network only.
When you are fine again, 1 intention for you ends; obligations stay.
[👥 Who helps me]
[🔗 Invite helpers]
[💰 Change the amount asked for]
[✏️ Change the words]
[📊 Picture of the month]
[🔭 Let others nearby find it]
[🆘 Call an emergency]
[✅ I’m fine again]
"
            ),
            "{orange}"
        );
        assert!(
            orange_ru.contains("1 намерение помочь вам завершится"),
            "{orange_ru}"
        );

        stage.alarm(anna, 500, "Fire");
        let scene = stage.scene(anna);
        let red = english(&scene, need(&scene));
        assert!(red.contains("Missing 🙏 €500 · 5 days left"), "{red}");
        assert!(red.contains("Talk here: https://talk.example/anna"), "{red}");
        assert!(
            red.contains(
                "[📅 Change the deadline]\n[🔆 It is over: back to monthly support]\n[✅ It is over: I’m fine]"
            ),
            "{red}"
        );
    }

    #[test]
    fn back_to_monthly_support_only_where_there_was_some() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        stage.alarm(anna, 500, "Fire");
        let scene = stage.scene(anna);
        let red = english(&scene, need(&scene));
        assert!(
            red.contains("I’m fine]") && !red.contains("back to monthly"),
            "{red}"
        );
    }
}
