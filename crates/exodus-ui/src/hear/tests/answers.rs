//! Answers to open questions.

use super::*;

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
