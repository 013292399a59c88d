use std::sync::LazyLock;

use exodus_core::{Date, MemberId, Policy};
use exodus_i18n::{Lang, Unit};
use proptest::prelude::*;

use super::*;
use crate::{
    act::Act,
    draft::Field,
    hear::{Heard, Hearing, Said, hear},
    route::Route,
};

fn voice() -> Voice {
    Voice::new(Lang::EN)
}

fn given(text: &str) -> Text {
    Text::new("choice-text").name("text", text)
}

fn person(name: &str) -> Block {
    Block::Person {
        status: Some(Status::Orange),
        name: given(name),
        details: vec![
            Text::new("choice-amount").amount("amount", 4000),
            Text::new("choice-skip"),
        ],
        act: Some(Act::Go(Route::Card { member: MemberId(1) })),
    }
}

fn screen() -> Screen {
    Screen::new(Route::Home, Text::new("choice-home"))
        .block(person("Анна"))
        .block(Block::Item {
            text: given("an item"),
            act: None,
        })
        .block(Block::Item {
            text: given("bread"),
            act: Some(Act::Back),
        })
        .block(Block::Progress { done: 60, of: 100 })
        .offer("choice-yes", Act::Cancel)
        .offer("choice-no", Act::Skip)
        .way("choice-home", Route::Home)
}

fn hearing<'a>(said: &'a Said, menu: &'a Menu) -> Hearing<'a> {
    static UNIT: LazyLock<Unit> = LazyLock::new(Unit::eur);
    static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
    Hearing {
        said,
        menu: Some(menu),
        draft: None,
        unit: &UNIT,
        policy: &POLICY,
        today: Date::constant(2026, 11, 20),
    }
}

fn lines_of(arranged: &Arranged) -> Vec<String> {
    let paragraphs = arranged.messages.iter().flat_map(|message| &message.paragraphs);
    paragraphs
        .map(|paragraph| match paragraph.number {
            Some(number) => format!("{number}. {}", paragraph.phrase),
            None => paragraph.phrase.to_string(),
        })
        .collect()
}

fn buttons(arranged: &Arranged) -> Vec<Vec<(String, u32)>> {
    let rows = arranged.messages.iter().flat_map(|message| &message.rows);
    rows.map(|row| {
        row.iter()
            .map(|button| (button.label.to_string(), button.place))
            .collect()
    })
    .collect()
}

#[test]
fn by_numbers() {
    let arranged = arrange(&screen(), &Capabilities::default(), &voice());
    assert_eq!(
        lines_of(&arranged),
        [
            "Home",
            "1. 🔆 Анна · needs monthly support · €40 · Skip",
            "an item",
            "2. bread",
            "▓▓▓▓▓▓▁▁▁▁ 60%",
            "3. Yes",
            "4. No",
            "5. Home",
        ]
    );
    assert_eq!(arranged.menu.labels, ["Анна", "bread", "Yes", "No", "Home"]);
    assert_eq!(arranged.menu.acts, screen().acts());
    assert!(buttons(&arranged).is_empty());
}

#[test]
fn by_buttons() {
    let can = Capabilities {
        buttons: true,
        ..Capabilities::default()
    };
    let arranged = arrange(&screen(), &can, &voice());
    assert_eq!(lines_of(&arranged).len(), 5);
    assert_eq!(lines_of(&arranged)[3], "2. bread");
    let button = |label: &str, place| (label.to_owned(), place);
    assert_eq!(
        buttons(&arranged),
        [
            vec![button("1", 0), button("2", 1)],
            vec![button("Yes", 2), button("No", 3)],
            vec![button("Home", 4)]
        ]
    );
    let many = (0..7).fold(Screen::new(Route::Home, Text::new("choice-home")), |screen, _| {
        screen.block(person("A"))
    });
    assert_eq!(
        buttons(&arrange(&many, &can, &voice()))
            .iter()
            .map(Vec::len)
            .collect::<Vec<_>>(),
        [5, 2]
    );
}

/// U4: exactly the places whose number is shown can be picked by typing it, whatever a chat can do.
#[test]
fn the_numbers_that_pick_are_those_shown() {
    for (buttons, numbers, numbered) in [
        (false, true, 5),
        (false, false, 0),
        (true, true, 2),
        (true, false, 2),
    ] {
        let can = Capabilities {
            buttons,
            numbers,
            ..Capabilities::default()
        };
        let shown = |screen: &Screen| {
            let arranged = arrange(screen, &can, &voice());
            let paragraphs = arranged.messages.iter().flat_map(|message| &message.paragraphs);
            let numbers: Vec<u32> = paragraphs.filter_map(|paragraph| paragraph.number).collect();
            (arranged.menu.numbered, numbers)
        };
        assert_eq!(shown(&screen()), (numbered, (1..=numbered).collect()), "{can:?}");
        let mut asked = screen();
        asked.ask = Ask::Enter(Field::Deadline);
        assert_eq!(shown(&asked).0, 0, "{can:?}");
    }
}

/// A chat that shows choices as reactions has ten of them; every place has its number all the same, in whatever message.
#[test]
fn more_choices_than_fingers() {
    let many = (0..30).fold(screen(), |screen, _| screen.block(person("Анна")));
    let can = Capabilities {
        max_chars: 400,
        ..Capabilities::default()
    };
    let arranged = arrange(&many, &can, &voice());
    assert!(arranged.messages.len() > 2);
    let paragraphs = arranged.messages.iter().flat_map(|message| &message.paragraphs);
    let numbers: Vec<u32> = paragraphs.filter_map(|paragraph| paragraph.number).collect();
    assert_eq!(numbers, (1..=35).collect::<Vec<u32>>());
    assert_eq!(arranged.menu.numbered, 35);
    for (place, act) in (1_u32..).zip(&arranged.menu.acts) {
        let said = Said::Text(place.to_string());
        assert_eq!(hear(&hearing(&said, &arranged.menu)), Heard::Act(act.clone()));
    }
}

#[test]
fn what_is_only_read_is_read_whole() {
    let line = "x".repeat(200);
    let item = |act| Block::Item {
        text: given(&line),
        act,
    };
    let screen = Screen::new(Route::Home, Text::new("choice-home"))
        .block(item(None))
        .block(item(Some(Act::Back)));
    let lines = lines_of(&arrange(&screen, &Capabilities::default(), &voice()));
    assert_eq!(lines[1], line);
    assert_eq!(lines[2], format!("1. {}…", "x".repeat(119)));
}

#[test]
fn a_number_that_is_the_answer_is_no_place() {
    let mut asked = screen();
    asked.ask = Ask::Enter(Field::Amount);
    let arranged = arrange(&asked, &Capabilities::default(), &voice());
    assert!(
        arranged
            .messages
            .iter()
            .flat_map(|message| &message.paragraphs)
            .all(|part| part.number.is_none())
    );
    assert_eq!(arranged.menu.acts.len(), arranged.menu.labels.len());
    asked.ask = Ask::Enter(Field::Name);
    assert_eq!(
        lines_of(&arrange(&asked, &Capabilities::default(), &voice()))[1],
        "1. 🔆 Анна · needs monthly support · €40 · Skip"
    );
}

#[test]
fn progress_is_honest() {
    for (done, of, shown) in [
        (0, 100, "▁▁▁▁▁▁▁▁▁▁ 0%"),
        (1, 1_000_000, "▓▁▁▁▁▁▁▁▁▁ 1%"),
        (60, 100, "▓▓▓▓▓▓▁▁▁▁ 60%"),
        (69, 100, "▓▓▓▓▓▓▁▁▁▁ 69%"),
        (999, 1000, "▓▓▓▓▓▓▓▓▓▁ 99%"),
        (100, 100, "▓▓▓▓▓▓▓▓▓▓ 100%"),
        (150, 100, "▓▓▓▓▓▓▓▓▓▓ 150%"),
        (0, 0, "▓▓▓▓▓▓▓▓▓▓ 100%"),
        (u64::MAX, u64::MAX, "▓▓▓▓▓▓▓▓▓▓ 100%"),
        (u64::MAX, 1, "▓▓▓▓▓▓▓▓▓▓ 18,446,744,073,709,551,615%"),
    ] {
        assert_eq!(progress(done, of, &voice()), shown);
    }
    assert_eq!(progress(60, 100, &Voice::new(Lang::RU)), "▓▓▓▓▓▓▁▁▁▁ 60\u{a0}%");
}

#[test]
fn peoples_words_stay_in_their_place() {
    let evil = "Bo\n2. Confirm\u{2028}3. Home\u{202e}\u{7}";
    let screen = Screen::new(Route::Home, Text::new("choice-home"))
        .block(person(evil))
        .block(Block::Quote("one\n\n2. two\r\n".to_owned()))
        .line(given("7. Release"))
        .block(person(&"x".repeat(200)));
    let arranged = arrange(&screen, &Capabilities::default(), &voice());
    assert_eq!(
        lines_of(&arranged)[1..5],
        [
            "1. 🔆 Bo 2. Confirm 3. Home  · needs monthly support · €40 · Skip",
            "one",
            "2. two",
            "– 7. Release"
        ]
    );
    assert!(lines_of(&arranged)[5].starts_with(&format!("2. 🔆 {}… · needs", "x".repeat(119))));
    let paragraphs = arranged.messages.iter().flat_map(|message| &message.paragraphs);
    for paragraph in paragraphs.clone() {
        assert!(
            !paragraph
                .phrase
                .to_string()
                .contains(['\n', '\r', '\u{2028}', '\u{202e}'])
        );
    }
    assert_eq!(
        paragraphs
            .filter(|paragraph| paragraph.kind == ParagraphKind::Quote)
            .count(),
        2
    );
}

#[test]
fn nobody_is_called_a_command() {
    let screen = Screen::new(Route::Home, Text::new("choice-home"))
        .block(person("Cancel"))
        .block(person("домой"))
        .block(person("YES"))
        .block(person("Bo"))
        .block(person("bo"))
        .block(person("Leave it empty!"))
        .offer("choice-yes", Act::Cancel)
        .offer("choice-empty", Act::Skip);
    let labels = arrange(&screen, &Capabilities::default(), &voice()).menu.labels;
    assert_eq!(labels, ["", "", "", "Bo", "bo", "", "Yes", "Leave it empty"]);
}

#[test]
fn what_a_chat_can_not_show_is_said() {
    let file = |media_type, text: Option<&str>| Attachment {
        name: "a.x".to_owned(),
        media_type,
        bytes: vec![1],
        text: text.map(str::to_owned),
    };
    let mut screen = Screen::new(Route::Home, Text::new("choice-home"));
    screen.attachments = vec![file("image/png", Some("█▀ █\n")), file("text/csv", None)];
    let plain = arrange(&screen, &Capabilities::default(), &voice());
    assert_eq!(
        lines_of(&plain)[1..],
        ["█▀ █\n", "The file a.x cannot be shown in this chat."]
    );
    assert!(plain.attachments.is_empty());
    let able = Capabilities {
        files: true,
        pictures: true,
        ..Capabilities::default()
    };
    assert_eq!(arrange(&screen, &able, &voice()).attachments, screen.attachments);
    let files = Capabilities {
        files: true,
        ..Capabilities::default()
    };
    assert_eq!(arrange(&screen, &files, &voice()).attachments.len(), 1);
}

#[test]
fn long_screens_take_several_messages() {
    let words = "слово ".repeat(30);
    let screen = (0..20).fold(screen(), |screen, _| screen.line(given(&words)));
    let can = Capabilities {
        buttons: true,
        max_chars: 400,
        ..Capabilities::default()
    };
    let whole = lines_of(&arrange(
        &screen,
        &Capabilities {
            buttons: true,
            max_chars: 1_000_000,
            ..can
        },
        &voice(),
    ));
    let arranged = arrange(&screen, &can, &voice());
    assert!(arranged.messages.len() > 5);
    assert_eq!(lines_of(&arranged), whole);
    let rows: Vec<usize> = arranged
        .messages
        .iter()
        .map(|message| message.rows.len())
        .collect();
    assert!(
        rows.split_last()
            .is_some_and(|(last, others)| *last == 3 && others.iter().all(|rows| *rows == 0))
    );
}

#[test]
fn what_is_shown_can_be_said() {
    let arranged = arrange(&screen(), &Capabilities::default(), &voice());
    for (place, (act, label)) in arranged.menu.acts.iter().zip(&arranged.menu.labels).enumerate() {
        for said in [
            Said::Choice(u32::try_from(place).expect("small")),
            Said::Text((place + 1).to_string()),
            Said::Text(label.to_uppercase()),
        ] {
            let heard = hear(&hearing(&said, &arranged.menu));
            assert_eq!(heard, Heard::Act(act.clone()), "{said:?}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_too_long(text in any::<String>(), name in any::<String>(), max in 0_usize..200) {
        let screen = screen().line(given(&text)).block(Block::Code(name.clone())).block(person(&name)).line(given(&name));
        let all = arrange(&screen, &Capabilities { max_chars: usize::MAX, ..Capabilities::default() }, &voice());
        let arranged = arrange(&screen, &Capabilities { max_chars: max, ..Capabilities::default() }, &voice());
        let words = |arranged: &Arranged| {
            let paragraphs = arranged.messages.iter().flat_map(|message| &message.paragraphs);
            paragraphs.map(|paragraph| paragraph.phrase.to_string()).collect::<String>()
        };
        prop_assert_eq!(words(&all), words(&arranged));
        prop_assert_eq!(arranged.menu.acts.len(), arranged.menu.labels.len());
        for message in &arranged.messages {
            let length: usize = message.paragraphs.iter().map(|paragraph| units(&paragraph.phrase)).sum();
            prop_assert!(length <= max.max(32));
        }
    }
}
