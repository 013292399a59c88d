//! Promises, requests and settlements in a line.

use super::*;

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
            (name.as_str(), amount, note.flatten().as_deref()),
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
    assert_eq!(
        alone("give 100"),
        go(Route::Spread {
            amount: 10_000,
            page: 0
        })
    );
    assert_eq!(
        alone("/give 100,50 €"),
        go(Route::Spread {
            amount: 10_050,
            page: 0
        })
    );
    assert_eq!(
        alone("дам 100"),
        go(Route::Spread {
            amount: 10_000,
            page: 0
        })
    );
    assert_eq!(alone("give"), go(Route::Give { page: 0 }));
    assert_eq!(alone("Помочь"), go(Route::Give { page: 0 }));
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
