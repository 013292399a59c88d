//! Asking for help in a line, and every other command.

use super::*;

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
    // U4: what only begins like a request is a sentence; after a slash it is meant as the command.
    for text in [
        "надо подумать",
        "прошу прощения",
        "ask me tomorrow",
        "help me understand",
    ] {
        assert_eq!(alone(text), Heard::NotUnderstood, "{text}");
    }
    assert_eq!(alone("/need rent"), go(Route::Need));
}

/// M6: a day that an emergency cannot end on is refused when it is said, before anything else is asked.
#[test]
fn an_emergency_ends_within_its_limits() {
    let asked = emergency_at(true, false, false);
    let changed = Draft::Redate {
        appeal: AppealId(1),
        deadline: None,
    };
    let said = |text: &str| {
        [
            answering(&asked, text),
            answering(&changed, text),
            alone(&format!("need 300 by {text} surgery")),
        ]
    };
    for (text, day) in [("21 Nov 2026", 21), ("today", 20), ("20 Nov 2026", 20)] {
        let refused = said(text)
            .iter()
            .all(|heard| wrong(heard) == "refusal-date-too-soon");
        assert_eq!(refused, day == 20, "{text}");
    }
    let latest = Date::constant(2026, 12, 21);
    for heard in said("22 Dec 2026") {
        assert_eq!(
            heard,
            Heard::Wrong(Text::new("refusal-date-too-far").date("latest", latest))
        );
    }
    assert_eq!(answering(&asked, "21 Dec"), fill(Value::Date(latest)));
    assert_eq!(
        alone("нужно 300 до 21 декабря"),
        emergency(Some(300), Some(latest), None)
    );
    // An agreement may last a year, and a link as long as one likes.
    let offer = Draft::Offer {
        to: MemberId(1),
        side: Side::Debtor,
        given: false,
        amount: Some(euro(5)),
        form: Some(Form::Time),
        due: None,
        note: None,
    };
    let year = Date::constant(2027, 11, 20);
    assert_eq!(answering(&offer, "20 Nov 2027"), fill(Value::Date(year)));
    assert_eq!(wrong(&answering(&offer, "22 Nov 2027")), "refusal-date-too-far");
    let link = Draft::Link {
        about: MemberId(1),
        uses: Some(None),
        expires: None,
    };
    let spring = Date::constant(2027, 4, 1);
    assert_eq!(answering(&link, "1 April 2027"), fill(Value::Date(spring)));
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
        ("/invite", go(Route::Invite { page: 0 })),
        ("пригласить", go(Route::Invite { page: 0 })),
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
