//! Picking by button, by number and by label.

use super::*;

#[test]
fn choices_buttons_and_tokens() {
    let three = three();
    let said = |said: Said| {
        hear(&Hearing {
            said: &said,
            menu: Some(&three),
            draft: None,
            unit: &Unit::eur(),
            policy: &Policy::default(),
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

/// U4: on a chat with buttons only people and items have numbers, and only what showed one is picked by typing it.
#[test]
fn a_number_that_was_not_shown_picks_nothing() {
    let shown = |numbered| Menu { numbered, ..three() };
    let said = |text: &str, numbered, draft: Option<&Draft>| hear_text(text, Some(&shown(numbered)), draft);
    assert_eq!(said("1", 1, None), Heard::Act(Act::Find("1".to_owned())));
    assert_eq!(
        said("2", 1, None),
        Heard::Wrong(Text::new("wrong-range").count("n", 1))
    );
    assert_eq!(said("1", 0, None), Heard::NotUnderstood);
    assert_eq!(wrong(&said("1", 0, Some(&sure()))), "wrong-yes-no");
    assert_eq!(
        said("1", 0, Some(&Draft::Name(None))),
        fill(Value::Text("1".to_owned()))
    );
    // Its label and its button do.
    assert_eq!(said("help them", 0, None), go(Route::Need));
    let kept = serde_json::to_string(&shown(2)).expect("json");
    assert_eq!(serde_json::from_str::<Menu>(&kept).expect("json"), shown(2));
}

/// U2, U4: the label of a choice that is not there says that it is gone, and is not taken for a command it begins like.
#[test]
fn the_label_of_a_choice_that_is_gone_is_no_command() {
    for label in [
        "Попросить исполнить сейчас",
        "🔔 попросить исполнить сейчас",
        "Ask to carry it out now",
        "Попросить сделать обязательством",
        "Помочь вещью",
        "Позвать помощников",
        "Да",
    ] {
        assert_eq!(wrong(&alone(label)), "answer-stale", "{label}");
        assert_eq!(
            wrong(&hear_text(label, Some(&three()), None)),
            "answer-stale",
            "{label}"
        );
    }
    // Where it is there, it picks; and whoever is called so, or says a command in as many words, is heard.
    let there = menu(&[("🔔 Попросить исполнить сейчас", Act::Back)]);
    assert_eq!(
        hear_text("Попросить исполнить сейчас", Some(&there), None),
        Heard::Act(Act::Back)
    );
    assert_eq!(alone("Помочь"), go(Route::Give { page: 0 }));
    assert_eq!(alone("Пригласить"), go(Route::Invite { page: 0 }));
    assert_eq!(
        answering(&Draft::Name(None), "Отозвать"),
        fill(Value::Text("Отозвать".to_owned()))
    );
    assert_eq!(wrong(&answering(&help_amount(), "Отозвать")), "wrong-amount");
}
