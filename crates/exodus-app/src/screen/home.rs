//! `/start`, home: one's status, the appeal's progress, what waits for one's word, what is left of the month.

use exodus_core::{
    Obligation, Period, ReportState, Status,
    view::{self, Home},
};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Route, Screen, Section, Tab};

use super::{
    card::totals,
    organizer::waiting,
    people::{many, status_word},
};
use crate::scene::Scene;

/// Home.
pub(crate) fn home(scene: &Scene) -> Option<Screen> {
    let home = view::home(&scene.ledger, scene.viewer, scene.at)?;
    Some(draw(scene, &home))
}

fn draw(scene: &Scene, home: &Home) -> Screen {
    let title = Text::new("home-title").with("name", scene.name(scene.viewer));
    let mut screen = Screen::new(Route::Home, title)
        .line(Text::new("home-status").keyword("status", status_word(home.status)));
    if home.suspended.is_some() {
        screen = screen
            .block(Block::Strong(Text::new("home-suspended")))
            .block(item(
                Text::new("home-see-overdue"),
                Route::Records {
                    tab: Tab::NotKept,
                    page: 0,
                },
            ));
    }
    if let Some(appeal) = &home.appeal {
        screen.blocks.extend(totals(scene, appeal));
    }
    let waiting = waiting(&home.organizer);
    if waiting.is_empty() {
        screen = screen.line(Text::new("home-nothing-waits"));
    }
    screen.blocks.extend(waiting);
    screen = screen.line(month(home)).line(sums(scene, home));
    if home.in_need > 0 {
        let text = Text::new("home-in-need").count("n", many(home.in_need));
        screen = screen.block(item(text, Route::Give { page: 0 }));
    }
    if scene.seen.network.is_empty() && home.in_need == 0 {
        screen = screen.line(Text::new("home-alone"));
    }
    let give = ("home-choice-give", Act::Go(Route::Give { page: 0 }));
    let need = if home.appeal.is_some() {
        "choice-appeal"
    } else {
        "home-choice-need"
    };
    let need = (need, Act::Go(Route::Need));
    let (first, second) = if home.status == Status::Red {
        (need, give)
    } else {
        (give, need)
    };
    screen
        .main(first.0, first.1)
        .offer(second.0, second.1)
        .offer("choice-organizer", Act::Go(Route::Organizer))
        .offer("choice-people", Act::Go(Route::People))
        .offer("choice-invite", Act::Go(Route::Invite { page: 0 }))
        .offer("choice-history", Act::Go(Route::History { page: 0 }))
        .offer(
            "choice-profile",
            Act::Go(Route::Profile {
                section: Section::Main,
            }),
        )
        .offer("home-choice-help", Act::Go(Route::Help))
}

fn item(text: Text, route: Route) -> Block {
    Block::Item {
        text,
        act: Some(Act::Go(route)),
    }
}

fn month(home: &Home) -> Text {
    let month = Arg::Month {
        year: home.period.year(),
        month: home.period.month(),
    };
    Text::new("home-month")
        .with("month", month)
        .count("days", u64::from(home.days_left))
}

/// What the reader gave, received and promised this month: in sums, or as gifts counted (M13).
fn sums(scene: &Scene, home: &Home) -> Text {
    if scene.my_profile().is_some_and(|profile| profile.gifts_counted) {
        let promised = home
            .organizer
            .my_intentions
            .len()
            .saturating_add(home.organizer.my_obligations.len());
        return Text::new("home-gifts")
            .count("given", gifts(scene.ledger.owed_by(scene.viewer), home.period))
            .count("received", gifts(scene.ledger.owed_to(scene.viewer), home.period))
            .count("promised", many(promised));
    }
    Text::new("home-sums")
        .amount("given", home.given.minor())
        .amount("received", home.received.minor())
        .amount("promised", home.promised.minor())
}

/// How many times something arrived on these obligations in a period.
fn gifts<'a>(obligations: impl Iterator<Item = &'a Obligation>, month: Period) -> u64 {
    let arrived = |state: &ReportState| match *state {
        ReportState::Answered {
            confirmed, period, ..
        } => period == month && !confirmed.is_zero(),
        ReportState::BySilence { period, .. } => period == month,
        ReportState::Waiting | ReportState::Reopened { .. } => false,
    };
    many(
        obligations
            .flat_map(|obligation| &obligation.reports)
            .filter(|report| arrived(&report.state))
            .count(),
    )
}

#[cfg(test)]
mod tests {
    use exodus_core::{Command, Form, MemberId, ReportId};

    use super::{
        super::tests::stage::{Stage, both, english, euro},
        home,
    };

    /// Anna asks for 300; Bo intends 50; Dan says he gave 30.
    fn month() -> (Stage, MemberId, MemberId, MemberId) {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let (bo, dan) = (stage.friend("Bo", anna), stage.friend("Dan", anna));
        stage.intends(bo, appeal, 50);
        stage.does(
            dan,
            Command::RecordGiven {
                appeal,
                amount: euro(30),
                form: Form::Money,
                note: None,
            },
        );
        (stage, anna, bo, dan)
    }

    #[test]
    fn in_need() {
        let (stage, anna, ..) = month();
        let scene = stage.scene(anna);
        let [english, russian] = both(&scene, home(&scene));
        assert_eq!(
            english,
            "# Anna
🔆 You ask for monthly support.
▓ 3000/30000
Intentions ❤️ €50 · missing 🙏 €270
Asked for 💰 €300 · promised 🤝 €30 · received 👍 €0
Of what is promised, €30 waits for confirmation ⏳
• 👍 1 gift to confirm: did it arrive?
November 2026: 21 days left
This month: gave €0 · received €0 · still promised €0
[🤲 Help somebody]
[🙏 My request]
[📒 Organizer]
[👥 People]
[🔗 Invite]
[📜 My journal]
[👤 My profile]
[❓ Help]"
        );
        assert_eq!(
            russian,
            "# Anna
🔆 Вам нужна ежемесячная поддержка.
▓ 3000/30000
Намерения ❤️ 50 € · не хватает 🙏 270 €
Запрошено 💰 300 € · обещано 🤝 30 € · получено 👍 0 €
Из обещанного ждёт подтверждения ⏳ 30 €
• 👍 1 исполнение ждёт вашего ответа: помощь пришла?
Идёт ноябрь 2026: остался 21 день
За месяц: отдано 0 € · получено 0 € · ещё обещано 0 €
[🤲 Помочь]
[🙏 Мой сбор]
[📒 Органайзер]
[👥 Люди]
[🔗 Пригласить]
[📜 Мой журнал]
[👤 Мой профиль]
[❓ Справка]"
        );
    }

    #[test]
    fn ready_to_help() {
        let (stage, _, bo, _) = month();
        let scene = stage.scene(bo);
        let screen = english(&scene, home(&scene));
        assert!(screen.contains("Nothing waits for you."), "{screen}");
        assert!(
            screen.contains("still promised €50\n• 🙏 1 person in your network asks for help\n[🤲"),
            "{screen}"
        );
        assert!(screen.contains("[🙏 Ask for help]"), "{screen}");
    }

    #[test]
    fn alone() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        assert!(english(&scene, home(&scene)).contains("Your network is empty so far."));
    }

    #[test]
    fn gifts_are_counted_when_wished() {
        let (mut stage, anna, _, dan) = month();
        let obligation = stage.ledger.obligations().next().expect("Dan's").id;
        stage.does(
            anna,
            Command::Confirm {
                report: ReportId { obligation, nth: 0 },
                amount: None,
            },
        );
        for member in [anna, dan] {
            stage.profile(member, |profile| profile.gifts_counted = true);
        }
        let [mine, theirs] = [anna, dan].map(|member| {
            let scene = stage.scene(member);
            both(&scene, home(&scene))
        });
        assert!(
            mine[0].contains("This month you helped nobody yet and were helped once; promises still open: 0"),
            "{mine:?}"
        );
        assert!(
            theirs[0].contains("This month you helped once and were not helped;"),
            "{theirs:?}"
        );
        assert!(
            theirs[1].contains("В этом месяце вы помогли 1 раз, вам пока не помогали;"),
            "{theirs:?}"
        );
    }

    #[test]
    fn one_thing_opens_itself_and_more_open_their_list() {
        use exodus_ui::{Act, Route, Tab};
        let (mut stage, anna, bo, _) = month();
        let first = |stage: &Stage| home(&stage.scene(anna)).expect("home").acts().first().cloned();
        assert!(matches!(first(&stage), Some(Act::Go(Route::Obligation { .. }))));
        let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
        stage.does(
            bo,
            Command::RecordGiven {
                appeal,
                amount: euro(5),
                form: Form::Time,
                note: None,
            },
        );
        assert_eq!(
            first(&stage),
            Some(Act::Go(Route::Records {
                tab: Tab::ToConfirm,
                page: 0
            }))
        );
    }
}
