//! `/start`, home: one's status, the appeal's progress, what waits for one's word, what is left of the month.

use exodus_core::{
    Obligation, Period, ReportState, Status,
    view::{self, Home, Organizer},
};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Route, Screen, Section, Tab};

use super::{
    card::totals,
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
    screen.blocks.extend(waiting(&home.organizer));
    screen = screen.line(month(home)).line(sums(scene, home));
    if home.in_need > 0 {
        let text = Text::new("home-in-need").count("n", many(home.in_need));
        screen = screen.block(item(text, Route::Give { page: 0 }));
    }
    if home.network == 0 && home.in_need == 0 {
        screen = screen.line(Text::new("home-alone"));
    }
    let give = ("home-choice-give", Act::Go(Route::Give { page: 0 }));
    let need = if home.appeal.is_some() {
        "home-choice-appeal"
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
        .offer("home-choice-organizer", Act::Go(Route::Organizer))
        .offer("home-choice-people", Act::Go(Route::People))
        .offer("home-choice-invite", Act::Go(Route::Invite))
        .offer("home-choice-history", Act::Go(Route::History { page: 0 }))
        .offer(
            "home-choice-profile",
            Act::Go(Route::Profile {
                section: Section::Main,
            }),
        )
        .offer("home-choice-help", Act::Go(Route::Help))
}

/// What waits for the reader's word, the most pressing first. One thing opens itself, several open their list.
fn waiting(organizer: &Organizer) -> Vec<Block> {
    let list = |tab| Route::Records { tab, page: 0 };
    let perform = organizer
        .to_perform
        .iter()
        .map(|&obligation| Route::Obligation { obligation });
    let confirm = organizer.to_confirm.iter().map(|report| Route::Obligation {
        obligation: report.obligation,
    });
    let convert = organizer
        .to_convert
        .iter()
        .map(|&intention| Route::Intention { intention });
    let answer = organizer.to_answer.iter().map(|&offer| Route::Offer { offer });
    let value = organizer
        .to_value
        .iter()
        .map(|&intention| Route::Intention { intention });
    let waiting: Vec<Block> = [
        waits("home-to-perform", perform, list(Tab::Mine)),
        waits("home-to-confirm", confirm, list(Tab::ToConfirm)),
        waits("home-to-convert", convert, list(Tab::Mine)),
        waits("home-to-answer", answer, Route::Organizer),
        waits("home-to-value", value, list(Tab::Mine)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if waiting.is_empty() {
        vec![Block::Line(Text::new("home-nothing-waits"))]
    } else {
        waiting
    }
}

fn waits(id: &'static str, mut each: impl ExactSizeIterator<Item = Route>, list: Route) -> Option<Block> {
    let n = each.len();
    let first = each.next()?;
    Some(item(
        Text::new(id).count("n", many(n)),
        if n == 1 { first } else { list },
    ))
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
        home,
        stage::{Stage, both, english, euro},
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
[🙏 My appeal]
[📒 My promises]
[👥 People]
[🔗 Invite]
[🕰 History]
[👤 Profile]
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
• 👍 1 исполнение ждёт подтверждения: дошло ли?
Идёт ноябрь 2026: остался 21 день
За месяц: отдано 0 € · получено 0 € · ещё обещано 0 €
[🤲 Помочь]
[🙏 Мой сбор]
[📒 Органайзер]
[👥 Люди]
[🔗 Пригласить]
[🕰 История]
[👤 Профиль]
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

/// A small community for tests of screens: people, what they did, and what a screen says of it.
#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]
pub(super) mod stage {
    use std::collections::{BTreeMap, BTreeSet};

    use exodus_core::{
        Actor, Amount, AppealId, Command, CommandId, Date, Envelope, Form, Ledger, LinkId, MemberId, NoteId,
        Policy, Timestamp,
    };
    use exodus_i18n::{Arg, Catalogue, Lang, Text, Unit, Voice};
    use exodus_store::Person;
    use exodus_ui::{Act, Block, Deed, Draft, Screen, Step};

    use crate::{
        scene::{Community, Scene},
        screen::people::status_word,
    };

    /// 2026-11-10, noon.
    const START: i64 = 1_794_312_000;

    pub(in crate::screen) struct Stage {
        pub(in crate::screen) ledger: Ledger,
        pub(in crate::screen) persons: BTreeMap<MemberId, Person>,
        pub(in crate::screen) notes: BTreeMap<NoteId, String>,
        commands: u128,
    }

    impl Stage {
        pub(in crate::screen) fn new() -> Self {
            let ledger = Ledger::new(Policy::default());
            Self {
                ledger,
                persons: BTreeMap::new(),
                notes: BTreeMap::new(),
                commands: 0,
            }
        }

        pub(in crate::screen) fn at(&self) -> Timestamp {
            Timestamp::from_seconds(START)
        }

        fn apply(&mut self, by: Actor, command: Command) {
            self.commands += 1;
            let envelope = Envelope {
                id: CommandId(self.commands),
                by,
                at: self.at(),
                command,
            };
            self.ledger
                .apply(&envelope)
                .unwrap_or_else(|refusal| panic!("{:?}: {refusal}", envelope.command));
        }

        pub(in crate::screen) fn does(&mut self, who: MemberId, command: Command) {
            self.apply(Actor::Member(who), command);
        }

        /// Somebody new, invited by nobody.
        pub(in crate::screen) fn person(&mut self, name: &str) -> MemberId {
            self.joins(name, None)
        }

        /// Somebody new who followed a link to another.
        pub(in crate::screen) fn friend(&mut self, name: &str, of: MemberId) -> MemberId {
            let link = self.link(of, of);
            self.joins(name, Some(link))
        }

        fn joins(&mut self, name: &str, via: Option<LinkId>) -> MemberId {
            self.apply(Actor::Newcomer, Command::Register { via });
            let member = self.ledger.newest_member().expect("just registered");
            self.persons.insert(
                member,
                Person {
                    name: name.into(),
                    language: "en".into(),
                    ..Person::default()
                },
            );
            member
        }

        pub(in crate::screen) fn link(&mut self, maker: MemberId, about: MemberId) -> LinkId {
            let link = LinkId(self.ledger.next_number());
            self.does(
                maker,
                Command::MakeLink {
                    about,
                    max_uses: None,
                    expires: None,
                },
            );
            link
        }

        pub(in crate::screen) fn note(&mut self, words: &str) -> Option<NoteId> {
            let note = NoteId(self.notes.len() as u128);
            self.notes.insert(note, words.into());
            Some(note)
        }

        pub(in crate::screen) fn asks(&mut self, who: MemberId, target: u64, words: &str) -> AppealId {
            let purpose = self.note(words);
            self.does(
                who,
                Command::AskMonthly {
                    target: euro(target),
                    purpose,
                    findable: false,
                },
            );
            self.ledger.current_appeal(who).expect("asks").id
        }

        pub(in crate::screen) fn alarm(&mut self, who: MemberId, target: u64, words: &str) -> AppealId {
            let (reason, talk) = (self.note(words), self.note("https://talk.example/anna"));
            let deadline = Date::constant(2026, 11, 14);
            self.does(
                who,
                Command::CallEmergency {
                    target: euro(target),
                    deadline,
                    reason,
                    talk,
                },
            );
            self.ledger.current_appeal(who).expect("asks").id
        }

        pub(in crate::screen) fn intends(&mut self, who: MemberId, appeal: AppealId, amount: u64) {
            self.does(
                who,
                Command::Intend {
                    appeal,
                    amount: euro(amount),
                    form: Form::Money,
                    note: None,
                },
            );
        }

        pub(in crate::screen) fn profile(&mut self, who: MemberId, change: impl FnOnce(&mut Person)) {
            change(self.persons.get_mut(&who).expect("a person"));
        }

        /// What `viewer` has before them.
        pub(in crate::screen) fn scene(&self, viewer: MemberId) -> Scene {
            Scene {
                viewer,
                at: self.at(),
                ledger: self.ledger.clone(),
                persons: self.persons.clone(),
                notes: self.notes.clone(),
                events: Vec::new(),
                more: false,
                codes: BTreeMap::new(),
                openings: BTreeMap::new(),
                groups: crate::scene::Groups::default(),
                accounts: Vec::new(),
                pay_hidden: false,
                linking: None,
                community: Community {
                    unit: Unit::default(),
                    currencies: Vec::new(),
                    support: Some("@anna".into()),
                    source: "https://example.org/exodus".into(),
                },
            }
        }
    }

    /// So many euro.
    pub(in crate::screen) const fn euro(euro: u64) -> Amount {
        Amount::from_minor(euro * 100)
    }

    /// A screen as plain lines, in a language. Every text in it must exist in every language with what it needs, and
    /// every command it offers must be accepted.
    pub(in crate::screen) fn say(scene: &Scene, screen: &Screen, lang: Lang) -> String {
        let voice = Voice::new(lang).on(scene.ledger.policy.date(scene.at));
        let say = |text: &Text| {
            check(text);
            voice.say(text).to_string()
        };
        let mut lines = vec![format!("# {}", say(&screen.title))];
        for block in &screen.blocks {
            lines.push(match block {
                Block::Line(text) => say(text),
                Block::Strong(text) => format!("! {}", say(text)),
                Block::Field { label, value } => format!("{}: {}", say(label), say(value)),
                Block::Heading(text) => format!("= {}", say(text)),
                Block::Progress { done, of } => format!("▓ {done}/{of}"),
                Block::Person {
                    status,
                    name,
                    details,
                    act,
                } => {
                    let light = status
                        .map(|status| Text::new("person-status").keyword("status", status_word(status)));
                    let parts = [Some(say(name)), light.as_ref().map(&say)].into_iter().flatten();
                    let parts: Vec<String> = parts.chain(details.iter().map(&say)).collect();
                    format!("{} {}", if act.is_some() { "•" } else { "-" }, parts.join(" | "))
                }
                Block::Item { text, act } => {
                    format!("{} {}", if act.is_some() { "•" } else { "-" }, say(text))
                }
                Block::Quote(words) => format!("> {words}"),
                Block::Code(code) => format!("` {code}"),
            });
        }
        lines.extend(
            screen
                .choices
                .iter()
                .map(|choice| format!("[{}]", say(&choice.label))),
        );
        for command in screen.acts().into_iter().filter_map(command) {
            let envelope = Envelope {
                id: CommandId(0),
                by: Actor::Member(scene.viewer),
                at: scene.at,
                command,
            };
            let decided = scene.ledger.clone().apply(&envelope);
            assert!(decided.is_ok(), "offered and refused: {envelope:?}, {decided:?}");
        }
        lines.join("\n").replace('\u{a0}', " ")
    }

    /// The command that an act comes to, with ten euro where it asks how much.
    fn command(act: Act) -> Option<Command> {
        let deed = match act {
            Act::Do(deed) | Act::Ask(Draft::Sure { deed, .. }) => deed,
            Act::Ask(Draft::Help {
                help,
                to,
                appeal,
                form,
                ..
            }) => {
                let (amount, note, sure) = (Some(euro(10)), None, Some(true));
                match (Draft::Help {
                    help,
                    to,
                    appeal,
                    amount,
                    form,
                    note,
                    sure,
                })
                .step()
                {
                    Step::Ready(deed) => deed,
                    step => panic!("asks for more: {step:?}"),
                }
            }
            _ => return None,
        };
        match deed {
            Deed::Ledger { command, .. } => Some(command),
            _ => None,
        }
    }

    /// A text exists in every language, with the arguments it needs there.
    fn check(text: &Text) {
        let given: BTreeSet<String> = text.args.iter().map(|(key, _)| key.to_string()).collect();
        for lang in Lang::all() {
            let message = Catalogue::of(lang).messages().get(text.id.as_ref());
            let message = message.unwrap_or_else(|| panic!("{lang} lacks {}", text.id));
            assert!(
                message.variables.is_subset(&given),
                "{lang}: {} needs {:?}",
                text.id,
                message.variables
            );
        }
        for (_, arg) in &text.args {
            if let Arg::Words(words) = arg {
                check(words);
            }
        }
    }

    /// What is said in both languages, one after the other.
    pub(in crate::screen) fn both(scene: &Scene, screen: Option<Screen>) -> [String; 2] {
        let screen = screen.expect("a screen");
        [say(scene, &screen, Lang::EN), say(scene, &screen, Lang::RU)]
    }

    /// What stands in any screen of a text, in English.
    pub(in crate::screen) fn english(scene: &Scene, screen: Option<Screen>) -> String {
        let [english, _russian] = both(scene, screen);
        english
    }
}
