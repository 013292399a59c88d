use exodus_core::{AppealId, Form, IntentionId, MemberId, ObligationId, ReportId, Side};
use proptest::prelude::*;

use super::*;
use crate::{
    act::{ProfileChange, Settling},
    draft::{Help, Value},
    route::{Section, Tab},
};
use exodus_core::Amount;

const TODAY: Date = Date::constant(2026, 11, 20);
const DECEMBER_15: Date = Date::constant(2026, 12, 15);

fn hear_text(text: &str, menu: Option<&Menu>, draft: Option<&Draft>) -> Heard {
    let said = Said::Text(text.to_owned());
    hear(&Hearing {
        said: &said,
        menu,
        draft,
        lang: Lang::RU,
        unit: &Unit::eur(),
        today: TODAY,
    })
}

/// Without a menu and a question.
fn alone(text: &str) -> Heard {
    hear_text(text, None, None)
}

/// In answer to a question.
fn answering(draft: &Draft, text: &str) -> Heard {
    hear_text(text, None, Some(draft))
}

fn go(route: Route) -> Heard {
    Heard::Act(Act::Go(route))
}

fn ask(draft: Draft) -> Heard {
    Heard::Act(Act::Ask(draft))
}

fn fill(value: Value) -> Heard {
    Heard::Act(Act::Fill(value))
}

fn wrong(heard: &Heard) -> &str {
    match heard {
        Heard::Wrong(text) => &text.id,
        Heard::Act(_) | Heard::NotUnderstood => "",
    }
}

fn euro(whole: u64) -> Amount {
    Amount::from_minor(whole * 100)
}

fn promise(name: &str, amount: Option<u64>) -> Heard {
    Heard::Act(Act::Name(
        name.to_owned(),
        Draft::help(Help::Promise, amount.map(euro)),
    ))
}

fn settle(what: Settling, name: &str, amount: Option<u64>) -> Heard {
    Heard::Act(Act::NameRecord {
        query: name.to_owned(),
        what,
        amount: amount.map(euro),
    })
}

fn monthly(target: Option<u64>, purpose: Option<&str>) -> Heard {
    ask(Draft::Monthly {
        target: target.map(euro),
        purpose: purpose.map(|words| Some(words.to_owned())),
        findable: None,
    })
}

fn emergency(target: Option<u64>, deadline: Option<Date>, reason: Option<&str>) -> Heard {
    ask(Draft::Emergency {
        target: target.map(euro),
        deadline,
        reason: reason.map(str::to_owned),
        talk: None,
        sure: None,
    })
}

fn menu(entries: &[(&str, Act)]) -> Menu {
    Menu {
        route: Route::Home,
        acts: entries.iter().map(|(_, act)| act.clone()).collect(),
        labels: entries.iter().map(|(label, _)| (*label).to_owned()).collect(),
    }
}

fn three() -> Menu {
    menu(&[
        ("Анна", Act::Find("1".to_owned())),
        ("Help them 🤝", Act::Go(Route::Need)),
        ("← Назад", Act::Back),
    ])
}

fn help_amount() -> Draft {
    Draft::Help {
        help: Help::Promise,
        to: Some(MemberId(1)),
        appeal: Some((AppealId(2), false)),
        amount: None,
        form: Form::Money,
        note: None,
        sure: None,
    }
}

fn convert() -> Draft {
    Draft::Convert {
        intention: IntentionId(1),
        whole: euro(50),
        amount: None,
        sure: None,
    }
}

fn sure() -> Draft {
    Draft::Convert {
        intention: IntentionId(1),
        whole: euro(50),
        amount: Some(euro(50)),
        sure: None,
    }
}

fn emergency_at(target: bool, deadline: bool, reason: bool) -> Draft {
    Draft::Emergency {
        target: target.then(|| euro(500)),
        deadline: deadline.then_some(DECEMBER_15),
        reason: reason.then(|| "fire".to_owned()),
        talk: None,
        sure: None,
    }
}

#[test]
fn promises_in_a_line() {
    for text in [
        "give 50 to anna",
        "give anna 50",
        "GIVE 50 Anna",
        "/give anna 50",
        "/give@exodus_bot 50 to anna",
        "promise anna 50",
        "promise anna €50",
        "promise 50.00 to anna",
        "promise to anna 50,00 €",
        "I promise 50 € to anna!",
        "i'd like to give 50 euros to anna",
        "I’ll give anna 50",
        "please give anna 50 every month",
        "help anna 50",
        "/помочь 50 anna",
        "дам 50 anna",
    ] {
        let name = if text.contains("Anna") { "Anna" } else { "anna" };
        assert_eq!(alone(text), promise(name, Some(50)), "{text}");
    }
    for text in [
        "обещаю анне 50",
        "обещаю 50 анне",
        "Обещаю анне 50 евро.",
        "помочь анне 50",
        "помогу анне 50 €",
        "дам 50 анне",
        "дам 50 для анне",
        "я хочу помочь анне 50",
        "хочу дать анне 50 каждый месяц",
        "/обещаю анне 50",
        "/give анне 50",
        "пожалуйста, дай 50 анне",
    ] {
        assert_eq!(alone(text), promise("анне", Some(50)), "{text}");
    }
    assert_eq!(
        alone("give 1 000 to Anna Maria"),
        promise("Anna Maria", Some(1000))
    );
    assert_eq!(
        alone("дам 1 000,00 евро анне петровой"),
        promise("анне петровой", Some(1000))
    );
    assert_eq!(alone("promise anna"), promise("anna", None));
    assert_eq!(alone("обещаю анне"), promise("анне", None));
    for text in ["give 50 to anna for rent", "give anna 50 for rent"] {
        let Heard::Act(Act::Name(name, Draft::Help { amount, note, .. })) = alone(text) else {
            panic!("{text}")
        };
        assert_eq!(
            (name.as_str(), amount, note.as_deref()),
            ("anna", Some(euro(50)), Some("for rent")),
            "{text}"
        );
    }
}

#[test]
fn looking_for_somebody_to_help() {
    let find = |name: &str| Heard::Act(Act::Find(name.to_owned()));
    for (text, name) in [
        ("give anna", "anna"),
        ("/give anna", "anna"),
        ("help anna", "anna"),
        ("give to Anna Maria", "Anna Maria"),
        ("помочь анне", "анне"),
        ("помощь анне", "анне"),
        ("/give 🌻 Bo", "🌻 Bo"),
        ("give 2pac", "2pac"),
        ("give R2D2", "R2D2"),
        ("give to", "to"),
    ] {
        assert_eq!(alone(text), find(name), "{text}");
    }
    assert_eq!(alone("give 100"), go(Route::Spread { amount: 10_000 }));
    assert_eq!(alone("/give 100,50 €"), go(Route::Spread { amount: 10_050 }));
    assert_eq!(alone("дам 100"), go(Route::Spread { amount: 10_000 }));
    assert_eq!(alone("give"), go(Route::Give { page: 0 }));
    assert_eq!(alone("Помочь"), go(Route::Give { page: 0 }));
}

#[test]
fn asking_for_help_in_a_line() {
    for text in [
        "need 300 monthly",
        "/need 300 monthly",
        "need 300 every month",
        "need 300 a month",
        "need €300 per month",
        "I need 300 monthly",
        "нужно 300 каждый месяц",
        "нужно 300 в месяц",
        "мне нужно 300 евро ежемесячно",
        "мне нужно 300",
        "need 300",
        "/нужно 300",
    ] {
        assert_eq!(alone(text), monthly(Some(300), None), "{text}");
    }
    assert_eq!(
        alone("need 300 monthly rent and food"),
        monthly(Some(300), Some("rent and food"))
    );
    assert_eq!(
        alone("need 1 000 monthly: rent"),
        monthly(Some(1000), Some("rent"))
    );
    assert_eq!(
        alone("нужно 300 каждый месяц на аренду"),
        monthly(Some(300), Some("на аренду"))
    );
    assert_eq!(alone("need monthly"), monthly(None, None));

    let day = Some(DECEMBER_15);
    for (text, reason) in [
        ("need 300 by 15 Dec surgery", Some("surgery")),
        ("need 300 surgery by 15 Dec", Some("surgery")),
        ("/need 300 by 15 Dec surgery", Some("surgery")),
        ("need 300 by 15 December 2026", None),
        ("need 300 by 15", None),
        ("need 300 before 15 Dec", None),
        ("need by 15 Dec 300 surgery", Some("surgery")),
        ("need 300 15 Dec surgery", Some("surgery")),
        ("need 300 15.12.2026 surgery", Some("surgery")),
        ("need 300 2026-12-15 surgery", Some("surgery")),
        ("need 300 in 25 days surgery", Some("surgery")),
        ("нужно 300 до 15 декабря операция", Some("операция")),
        ("нужно 300 операция до 15 декабря", Some("операция")),
        ("мне нужно 300 евро к 15.12 операция", Some("операция")),
        ("нужно 300 не позже 15 декабря операция", Some("операция")),
        ("нужно 300 через 25 дней операция", Some("операция")),
        ("срочно нужно 300 до 15 декабря", None),
        ("emergency 300 by 15 Dec surgery", Some("surgery")),
        ("беда 300 до 15 декабря операция", Some("операция")),
        ("/emergency 300 by 15 Dec surgery", Some("surgery")),
    ] {
        assert_eq!(alone(text), emergency(Some(300), day, reason), "{text}");
    }
    // 20 is how much, not a day.
    assert_eq!(alone("need 20 by 15 Dec"), emergency(Some(20), day, None));
    assert_eq!(alone("need 20 in 25 days"), emergency(Some(20), day, None));
    assert_eq!(
        alone("need 300 urgently surgery"),
        emergency(Some(300), None, Some("surgery"))
    );
    assert_eq!(alone("нужно 300 срочно"), emergency(Some(300), None, None));
    assert_eq!(alone("sos"), emergency(None, None, None));
    assert_eq!(
        alone("need 300 tomorrow"),
        emergency(Some(300), Some(Date::constant(2026, 11, 21)), None)
    );
    for text in [
        "need",
        "/need",
        "нужна помощь",
        "help me",
        "Помогите!",
        "I need help",
        "I’m fine again",
        "всё хорошо",
    ] {
        assert_eq!(alone(text), go(Route::Need), "{text}");
    }
}

#[test]
fn settling_in_a_line() {
    for (text, heard) in [
        ("paid anna 50", settle(Settling::Reported, "anna", Some(50))),
        ("I paid 50 to anna", settle(Settling::Reported, "anna", Some(50))),
        (
            "gave anna 50 for bread",
            settle(Settling::Reported, "anna", Some(50)),
        ),
        ("отдал анне 50", settle(Settling::Reported, "анне", Some(50))),
        ("Отдала 50 анне", settle(Settling::Reported, "анне", Some(50))),
        ("перевёл анне 50 €", settle(Settling::Reported, "анне", Some(50))),
        (
            "отдал анне 50 за хлеб",
            settle(Settling::Reported, "анне", Some(50)),
        ),
        ("paid anna", settle(Settling::Reported, "anna", None)),
        ("got 50 from anna", settle(Settling::Received, "anna", Some(50))),
        (
            "received from anna 50",
            settle(Settling::Received, "anna", Some(50)),
        ),
        ("получил 50 от анны", settle(Settling::Received, "анны", Some(50))),
        (
            "я получила от анны 50 евро",
            settle(Settling::Received, "анны", Some(50)),
        ),
        ("/confirm anna", settle(Settling::Received, "anna", None)),
        (
            "paid",
            go(Route::Records {
                tab: Tab::Mine,
                page: 0,
            }),
        ),
        (
            "confirm",
            go(Route::Records {
                tab: Tab::ToConfirm,
                page: 0,
            }),
        ),
        (
            "получил 50",
            go(Route::Records {
                tab: Tab::ToConfirm,
                page: 0,
            }),
        ),
    ] {
        assert_eq!(alone(text), heard, "{text}");
    }
}

#[test]
fn every_other_command() {
    let code = |code: &str| Heard::Act(Act::Do(Deed::FollowCode(code.to_owned())));
    let link = |code: &str| Heard::Act(Act::Do(Deed::UseLinkingCode(code.to_owned())));
    let name = |name: &str| Heard::Act(Act::Do(Deed::Profile(ProfileChange::Name(name.to_owned()))));
    let search = |query: &str| {
        go(Route::Search {
            query: query.to_owned(),
            page: 0,
        })
    };
    let profile = |section| go(Route::Profile { section });
    for (text, heard) in [
        ("/start", go(Route::Home)),
        ("start", go(Route::Home)),
        ("/start AbC-1_2", code("AbC-1_2")),
        ("start AbC-1_2", code("AbC-1_2")),
        ("start https://t.me/exodus_bot?start=AbC-1_2", code("AbC-1_2")),
        ("start from scratch", Heard::NotUnderstood),
        ("home", go(Route::Home)),
        ("домой", go(Route::Home)),
        ("меню", go(Route::Home)),
        ("/organizer", go(Route::Organizer)),
        ("обещания", go(Route::Organizer)),
        ("/people", go(Route::People)),
        ("люди", go(Route::People)),
        ("/people bread", search("bread")),
        ("find bread", search("bread")),
        ("найти хлеб и соль", search("хлеб и соль")),
        ("find", ask(Draft::Search(None))),
        ("/invite", go(Route::Invite)),
        ("пригласить", go(Route::Invite)),
        ("/profile", profile(Section::Main)),
        ("настройки", profile(Section::Main)),
        ("/language", profile(Section::Language)),
        ("язык", profile(Section::Language)),
        (
            "/language ru",
            Heard::Act(Act::Do(Deed::Profile(ProfileChange::Language("ru".to_owned())))),
        ),
        ("export", profile(Section::Export)),
        ("leave", profile(Section::Leave)),
        ("уйти", profile(Section::Leave)),
        ("/history", go(Route::History { page: 0 })),
        ("/history of mine", go(Route::History { page: 0 })),
        ("history of mine", Heard::NotUnderstood),
        ("история", go(Route::History { page: 0 })),
        ("/help", go(Route::Help)),
        ("help", go(Route::Help)),
        ("?", go(Route::Help)),
        ("помощь", go(Route::Help)),
        ("/privacy", go(Route::Privacy)),
        ("name Anna Petrova", name("Anna Petrova")),
        ("меня зовут Анна", name("Анна")),
        ("/имя Анна", name("Анна")),
        ("name", ask(Draft::Name(None))),
        ("link 123 456", link("123456")),
        ("связать AB12-CD34", link("AB12-CD34")),
        ("link", ask(Draft::LinkingCode(None))),
        ("/cancel", Heard::Act(Act::Cancel)),
        ("/отмена", Heard::Act(Act::Cancel)),
        ("cancel", Heard::Act(Act::Cancel)),
        ("Отмена.", Heard::Act(Act::Cancel)),
        ("не надо", Heard::Act(Act::Cancel)),
        ("back", Heard::Act(Act::Back)),
        ("назад", Heard::Act(Act::Back)),
        ("/nonsense", Heard::NotUnderstood),
        ("/", Heard::NotUnderstood),
        ("/ give 50 anna", Heard::NotUnderstood),
        ("/skip", Heard::NotUnderstood),
        ("", Heard::NotUnderstood),
        (" \u{200b} ", Heard::NotUnderstood),
        ("hello there", Heard::NotUnderstood),
        ("50 €", Heard::NotUnderstood),
        ("7", Heard::NotUnderstood),
    ] {
        assert_eq!(alone(text), heard, "{text}");
    }
    for (text, id) in [
        ("give 0 to anna", "wrong-zero"),
        ("give -5 to anna", "wrong-negative"),
        ("give 1.234 to anna", "wrong-decimals"),
        ("give $50 to anna", "wrong-unit"),
        ("дам 50 долларов анне", "wrong-unit"),
        ("give 99999999999999 to anna", "wrong-too-large"),
        ("give 50k to anna", "wrong-amount"),
        ("need 0 monthly", "wrong-zero"),
        ("need 300 by 15 Dec 2020 surgery", "wrong-past"),
        ("start привет", "wrong-code"),
    ] {
        assert_eq!(wrong(&alone(text)), id, "{text}");
    }
    let long = "а".repeat(65);
    assert_eq!(wrong(&alone(&format!("имя {long}"))), "wrong-too-long");
    assert_eq!(wrong(&alone(&format!("дам 50 {long}"))), "wrong-too-long");
}

#[test]
fn choices_buttons_and_tokens() {
    let three = three();
    let said = |said: Said| {
        hear(&Hearing {
            said: &said,
            menu: Some(&three),
            draft: None,
            lang: Lang::EN,
            unit: &Unit::eur(),
            today: TODAY,
        })
    };
    assert_eq!(said(Said::Choice(0)), Heard::Act(Act::Find("1".to_owned())));
    assert_eq!(said(Said::Choice(2)), Heard::Act(Act::Back));
    assert_eq!(said(Said::Choice(3)), Heard::NotUnderstood);
    assert_eq!(said(Said::Choice(u32::MAX)), Heard::NotUnderstood);
    assert_eq!(said(Said::Start(None)), go(Route::Home));
    assert_eq!(said(Said::Start(Some("  ".to_owned()))), go(Route::Home));
    assert_eq!(
        said(Said::Start(Some("tok_1".to_owned()))),
        Heard::Act(Act::Do(Deed::FollowCode("tok_1".to_owned())))
    );
    assert_eq!(
        wrong(&said(Said::Start(Some("что это".to_owned())))),
        "wrong-code"
    );
}

#[test]
fn numbers_and_labels_pick() {
    let three = three();
    let said = |text: &str| hear_text(text, Some(&three), None);
    let need = go(Route::Need);
    for text in [
        "2",
        " 2 ",
        "2.",
        "2)",
        "#2",
        "№2",
        "２",
        "2\u{fe0f}\u{20e3}",
        "help them",
        "HELP THEM 🤝",
        "«Help them»",
    ] {
        assert_eq!(said(text), need, "{text}");
    }
    assert_eq!(said("анна"), Heard::Act(Act::Find("1".to_owned())));
    assert_eq!(said("назад"), Heard::Act(Act::Back));
    for text in ["0", "4", "50", "99999999999999999999999999"] {
        assert_eq!(
            said(text),
            Heard::Wrong(Text::new("wrong-range").count("n", 3)),
            "{text}"
        );
    }
    // A label that is a word of a command is what is meant; a command that is no label, too.
    let help = menu(&[("Help", Act::Find("x".to_owned()))]);
    assert_eq!(
        hear_text("help", Some(&help), None),
        Heard::Act(Act::Find("x".to_owned()))
    );
    assert_eq!(hear_text("/help", Some(&help), None), go(Route::Help));
    assert_eq!(
        hear_text("give 50 anna", Some(&help), None),
        promise("anna", Some(50))
    );
    // Nobody can be called so that nobody can cancel.
    let cancel = menu(&[("Cancel", Act::Find("x".to_owned()))]);
    assert_eq!(hear_text("cancel", Some(&cancel), None), Heard::Act(Act::Cancel));
    let twins = menu(&[
        ("Bo", Act::Find("1".to_owned())),
        ("bo ", Act::Find("2".to_owned())),
    ]);
    assert_eq!(wrong(&hear_text("BO", Some(&twins), None)), "wrong-which");
    assert_eq!(
        hear_text("2", Some(&twins), None),
        Heard::Act(Act::Find("2".to_owned()))
    );
    let same = menu(&[("Bo", Act::Back), ("bo", Act::Back), ("", Act::Cancel)]);
    assert_eq!(hear_text("bo", Some(&same), None), Heard::Act(Act::Back));
    assert_eq!(hear_text("", Some(&same), None), Heard::NotUnderstood);
    assert_eq!(hear_text("1", Some(&menu(&[])), None), Heard::NotUnderstood);
}

#[test]
fn amounts_answer() {
    let three = three();
    for text in ["50", "50.00", "50,00", "€50", "50 €", "50 евро", "50."] {
        assert_eq!(
            answering(&help_amount(), text),
            fill(Value::Amount(euro(50))),
            "{text}"
        );
    }
    // A number answers, whatever the menu; a label picks.
    assert_eq!(
        hear_text("2", Some(&three), Some(&help_amount())),
        fill(Value::Amount(euro(2)))
    );
    assert_eq!(
        hear_text("help them", Some(&three), Some(&help_amount())),
        go(Route::Need)
    );
    for (text, id) in [
        ("0", "wrong-zero"),
        ("-5", "wrong-negative"),
        ("1.234", "wrong-decimals"),
        ("50 $", "wrong-unit"),
        ("999999999999999", "wrong-too-large"),
        ("fifty", "wrong-amount"),
        ("пятьдесят", "wrong-amount"),
        ("give 50", "wrong-amount"),
        ("skip", "wrong-amount"),
        ("", "wrong-amount"),
        ("\u{200b}", "wrong-amount"),
    ] {
        assert_eq!(wrong(&answering(&help_amount(), text)), id, "{text}");
    }
    for (text, heard) in [
        ("50", fill(Value::Amount(euro(50)))),
        ("all", fill(Value::Amount(euro(50)))),
        ("всё", fill(Value::Amount(euro(50)))),
        ("half", fill(Value::Amount(euro(25)))),
        ("половину", fill(Value::Amount(euro(25)))),
        (
            "50.01",
            Heard::Wrong(Text::new("wrong-above").amount("whole", 5000)),
        ),
    ] {
        assert_eq!(answering(&convert(), text), heard, "{text}");
    }
    let harmless = Draft::Harmless(None);
    let none = Heard::Act(Act::Do(Deed::Profile(ProfileChange::Harmless(None))));
    for text in ["none", "без суммы", "нет"] {
        assert_eq!(answering(&harmless, text), none, "{text}");
    }
    let value = Draft::OfferLine {
        text: Some("bread".to_owned()),
        value: None,
    };
    assert_eq!(answering(&value, "5"), fill(Value::Amount(euro(5))));
    for text in ["skip", "-", "пропустить", "no", "нет", "/skip"] {
        assert_eq!(answering(&value, text), Heard::Act(Act::Skip), "{text}");
    }
}

#[test]
fn commands_leave_a_question() {
    for draft in [
        help_amount(),
        sure(),
        Draft::Name(None),
        emergency_at(true, true, false),
        Draft::Search(None),
    ] {
        for (text, heard) in [
            ("/cancel", Heard::Act(Act::Cancel)),
            ("cancel", Heard::Act(Act::Cancel)),
            ("Отмена", Heard::Act(Act::Cancel)),
            ("/home", go(Route::Home)),
            ("/give 50 anna", promise("anna", Some(50))),
            ("/помочь анне", Heard::Act(Act::Find("анне".to_owned()))),
            ("/nonsense", Heard::NotUnderstood),
        ] {
            assert_eq!(answering(&draft, text), heard, "{text}");
        }
    }
    // A bare word leaves it where it can be no answer, and is one where it can.
    assert_eq!(answering(&help_amount(), "home"), go(Route::Home));
    assert_eq!(answering(&sure(), "помощь"), go(Route::Help));
    assert_eq!(answering(&help_amount(), "give"), go(Route::Give { page: 0 }));
    assert_eq!(
        answering(&Draft::Name(None), "Home"),
        fill(Value::Text("Home".to_owned()))
    );
    assert_eq!(
        answering(&Draft::Search(None), "help"),
        fill(Value::Text("help".to_owned()))
    );
    // A draft that asks nothing more is no question.
    let done = Draft::Name(Some("Anna".to_owned()));
    assert_eq!(hear_text("home", None, Some(&done)), go(Route::Home));
}

#[test]
fn dates_answer() {
    let draft = emergency_at(true, false, false);
    for text in [
        "15",
        "15 Dec",
        "15 декабря",
        "in 25 days",
        "через 25 дней",
        "2026-12-15",
    ] {
        assert_eq!(answering(&draft, text), fill(Value::Date(DECEMBER_15)), "{text}");
    }
    assert_eq!(
        hear_text("15", Some(&three()), Some(&draft)),
        fill(Value::Date(DECEMBER_15))
    );
    assert_eq!(
        hear_text("2", Some(&three()), Some(&draft)),
        fill(Value::Date(Date::constant(2026, 12, 2)))
    );
    for (text, id) in [
        ("soon", "wrong-date"),
        ("", "wrong-date"),
        ("31 February", "wrong-date"),
        ("15 Dec 2020", "wrong-past"),
        ("вчера", "wrong-past"),
        ("skip", "wrong-date"),
    ] {
        assert_eq!(wrong(&answering(&draft, text)), id, "{text}");
    }
    let link = Draft::Link {
        about: MemberId(1),
        uses: Some(None),
        expires: None,
    };
    assert_eq!(answering(&link, "15 Dec"), fill(Value::Date(DECEMBER_15)));
    for text in ["skip", "бессрочно", "for good", "no"] {
        assert_eq!(answering(&link, text), Heard::Act(Act::Skip), "{text}");
    }
}

#[test]
fn texts_answer_up_to_their_limits() {
    let text = |text: &str| fill(Value::Text(text.to_owned()));
    let long = |max: usize| "ж".repeat(max);
    let report = Draft::Report {
        obligation: ObligationId(1),
        whole: euro(5),
        amount: Some(euro(5)),
        note: None,
    };
    let reopen = Draft::Reopen {
        report: ReportId {
            obligation: ObligationId(1),
            nth: 0,
        },
        reason: None,
    };
    let vouch = Draft::Vouch {
        appeal: AppealId(1),
        note: None,
    };
    let monthly = Draft::Monthly {
        target: Some(euro(5)),
        purpose: None,
        findable: None,
    };
    let pay_text = Draft::Pay {
        label: Some("Bank".to_owned()),
        text: None,
    };
    for (draft, max) in [
        (Draft::Name(None), 64),
        (Draft::About(None), 500),
        (report.clone(), 200),
        (vouch, 200),
        (monthly.clone(), 500),
        (emergency_at(true, true, false), 500),
        (reopen.clone(), 500),
        (
            Draft::OfferLine {
                text: None,
                value: None,
            },
            120,
        ),
        (
            Draft::Pay {
                label: None,
                text: None,
            },
            64,
        ),
        (pay_text.clone(), 500),
        (Draft::Search(None), 64),
        (Draft::Zone(None), 64),
    ] {
        assert_eq!(answering(&draft, &long(max)), text(&long(max)), "{draft:?}");
        let count = u64::try_from(max).unwrap_or(0);
        assert_eq!(
            answering(&draft, &long(max + 1)),
            Heard::Wrong(Text::new("wrong-too-long").count("max", count))
        );
        for nothing in ["", " ", "\u{200b}", "\u{202e}"] {
            assert_eq!(
                wrong(&answering(&draft, nothing)),
                "wrong-empty",
                "{draft:?} {nothing:?}"
            );
        }
    }
    for skippable in [
        &report,
        &monthly,
        &emergency_at(true, true, true),
        &Draft::About(None),
    ] {
        for said in ["skip", "Пропустить", "-", "/skip", "/пропустить", "no", "нет"] {
            assert_eq!(
                answering(skippable, said),
                Heard::Act(Act::Skip),
                "{said} {skippable:?}"
            );
        }
    }
    for needed in [&reopen, &pay_text, &Draft::Name(None)] {
        assert_eq!(wrong(&answering(needed, "skip")), "wrong-needed", "{needed:?}");
    }
    // A number that is no place in the menu is an answer; one that is, picks.
    assert_eq!(
        hear_text("5536913999999999", Some(&three()), Some(&pay_text)),
        text("5536913999999999")
    );
    assert_eq!(
        hear_text("3", Some(&three()), Some(&pay_text)),
        Heard::Act(Act::Back)
    );
    assert_eq!(answering(&Draft::About(None), "one\ntwo"), text("one\ntwo"));
    assert_eq!(answering(&Draft::Name(None), "one\ntwo"), text("one two"));
    assert_eq!(answering(&Draft::LinkingCode(None), " 482 913 "), text("482913"));
    assert_eq!(
        answering(&Draft::InvitationCode(None), "https://t.me/b?start=x_Y-1"),
        text("x_Y-1")
    );
    assert_eq!(
        wrong(&answering(&Draft::InvitationCode(None), "не код")),
        "wrong-code"
    );
    let who = Draft::help(Help::Promise, Some(euro(50)));
    assert_eq!(
        answering(&who, "Анна"),
        Heard::Act(Act::Name("Анна".to_owned(), who.clone()))
    );
}

#[test]
fn small_answers() {
    for text in ["yes", "Да", "да!", "ok", "ага", "YES"] {
        assert_eq!(answering(&sure(), text), fill(Value::Yes(true)), "{text}");
    }
    for text in ["no", "нет", "Нет."] {
        assert_eq!(answering(&sure(), text), fill(Value::Yes(false)), "{text}");
    }
    for text in ["maybe", "", "5", "skip"] {
        assert_eq!(wrong(&answering(&sure(), text)), "wrong-yes-no", "{text}");
    }
    let yes_no = menu(&[
        ("Да", Act::Fill(Value::Yes(true))),
        ("Нет", Act::Fill(Value::Yes(false))),
    ]);
    assert_eq!(
        hear_text("2", Some(&yes_no), Some(&sure())),
        fill(Value::Yes(false))
    );
    assert_eq!(
        wrong(&hear_text("3", Some(&yes_no), Some(&sure()))),
        "wrong-range"
    );

    let offer = Draft::Offer {
        to: MemberId(1),
        side: Side::Debtor,
        given: false,
        amount: Some(euro(5)),
        form: None,
        due: None,
        note: None,
    };
    for (text, form) in [
        ("money", Form::Money),
        ("вещь", Form::Thing),
        ("a service", Form::Service),
        ("Время", Form::Time),
    ] {
        assert_eq!(answering(&offer, text), fill(Value::Form(form)), "{text}");
    }
    assert_eq!(wrong(&answering(&offer, "love")), "wrong-form");

    let quiet = Draft::Quiet(None);
    for text in [
        "22-8",
        "22–8",
        "22 - 8",
        "22:00-08:00",
        "22 8",
        "22 to 8",
        "from 22 to 8",
        "с 22 до 8",
        "10 pm to 8 am",
        "10pm - 8am",
        "с 10 вечера до 8 утра",
        "from 22 until 8",
    ] {
        assert_eq!(answering(&quiet, text), fill(Value::Hours(22, 8)), "{text}");
    }
    for text in ["22", "22-22", "25-8", "22:30-8", "night", "22-8-9", ""] {
        assert_eq!(wrong(&answering(&quiet, text)), "wrong-quiet", "{text}");
    }
    for text in ["none", "без них", "нет"] {
        assert_eq!(
            answering(&quiet, text),
            Heard::Act(Act::Do(Deed::Profile(ProfileChange::Quiet(None)))),
            "{text}"
        );
    }

    let link = Draft::Link {
        about: MemberId(1),
        uses: None,
        expires: None,
    };
    for text in ["10", "10 times", "10 раз", "× 10"] {
        assert_eq!(answering(&link, text), fill(Value::Number(10)), "{text}");
    }
    for text in ["0", "-3", "1.5", "many", "99999999999"] {
        assert_eq!(wrong(&answering(&link, text)), "wrong-uses", "{text}");
    }
    assert_eq!(answering(&link, "unlimited"), Heard::Act(Act::Skip));

    let leave = Draft::Leave(None);
    for text in ["LEAVE", "leave", "УЙТИ", "уйти"] {
        assert_eq!(answering(&leave, text), fill(Value::Yes(true)), "{text}");
    }
    for text in ["yes", "да", "5", "leave now", ""] {
        assert_eq!(wrong(&answering(&leave, text)), "wrong-leave-word", "{text}");
    }
    assert_eq!(answering(&leave, "нет"), fill(Value::Yes(false)));
}

#[test]
fn what_is_enormous_or_odd_is_only_text() {
    let huge = "я".repeat(50_000);
    let words = "give 50 ".repeat(12_000);
    let towers = format!("/give {}", "a\u{301}".repeat(30_000));
    let numbers = "9".repeat(100_000);
    let menu = three();
    let drafts = [
        None,
        Some(help_amount()),
        Some(Draft::About(None)),
        Some(Draft::Quiet(None)),
        Some(sure()),
    ];
    for text in [
        &huge,
        &words,
        &towers,
        &numbers,
        &format!("/{huge}"),
        &format!("need 300 by {words}"),
    ] {
        for draft in &drafts {
            let _ = hear_text(text, Some(&menu), draft.as_ref());
        }
    }
}

/// One draft for every field, and some of what is asked in other words.
fn drafts() -> Vec<Draft> {
    vec![
        help_amount(),
        convert(),
        sure(),
        Draft::help(Help::Given, None),
        emergency_at(false, false, false),
        emergency_at(true, false, false),
        emergency_at(true, true, false),
        emergency_at(true, true, true),
        Draft::Monthly {
            target: Some(euro(5)),
            purpose: None,
            findable: None,
        },
        Draft::Monthly {
            target: Some(euro(5)),
            purpose: Some(None),
            findable: None,
        },
        Draft::About(None),
        Draft::Pay {
            label: None,
            text: None,
        },
        Draft::OfferLine {
            text: Some("x".to_owned()),
            value: None,
        },
        Draft::Zone(None),
        Draft::Quiet(None),
        Draft::Harmless(None),
        Draft::Search(None),
        Draft::LinkingCode(None),
        Draft::Leave(None),
        Draft::Link {
            about: MemberId(1),
            uses: None,
            expires: None,
        },
        Draft::Link {
            about: MemberId(1),
            uses: Some(None),
            expires: None,
        },
    ]
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "/?(give|need|paid|got|дам|нужно|обещаю|получил|link|start|имя|find)( (50|1 000|€5|anna|анне|to|от|by|до|15|Dec|15 декабря|every month|-|🌻)){0,6}",
        "[ 0-9a🌻👩❤\u{200d}\u{fe0f}\u{301}\u{202e}\u{200b}\n/.,@-]{0,16}",
    ]
}

proptest! {
    #[test]
    fn nothing_said_panics_and_what_fills_fits(text in typed()) {
        let menu = three();
        let _ = hear_text(&text, Some(&menu), None);
        let _ = alone(&text);
        for draft in drafts() {
            if let Heard::Act(act) = hear_text(&text, None, Some(&draft)) {
                let Step::Ask(field) = draft.step() else { panic!("a question") };
                let mut filled = draft.clone();
                match act {
                    Act::Fill(value) => prop_assert!(filled.fill(field, value), "{:?}", draft),
                    Act::Skip => prop_assert!(filled.skip(), "{:?}", draft),
                    Act::Go(_)
                    | Act::Ask(_)
                    | Act::Do(_)
                    | Act::Cancel
                    | Act::Name(..)
                    | Act::Find(_)
                    | Act::NameRecord { .. }
                    | Act::Back => continue,
                }
                prop_assert_ne!(filled.step(), Step::Ask(field));
            }
        }
    }
}
