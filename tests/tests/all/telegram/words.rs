//! Words that people give, and every length there is: nothing they write breaks, forges or overflows anything.

use exodus_tests::{
    Place,
    telegram::{Company, Person, fake::checks, people::typed, still},
};
use serde_json::{Value, json};

/// Names as somebody with too much time would choose them.
const NAMES: &[&str] = &[
    "<b>bold</b> & <script>alert(1)</script>",
    "</a><a href=\"https://evil.example\">Anna</a>",
    "*stars* _lines_ `ticks` [link](https://evil.example) ||spoiler||",
    "\u{202e}anna\u{202c} \u{2066}x\u{2069} \u{200f}\u{200e}",
    "@everyone /start #tag $USD https://evil.example +79991234567",
    "\u{0}\u{1}\u{7f}\u{feff}",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦👩\u{200d}👩\u{200d}👧\u{200d}👦",
    "Z\u{0310}\u{0311}\u{0312}\u{0313}\u{0314}a\u{0315}\u{0316}lgo",
    "   ",
    "line\nline\r\nline",
    "{ $name } { \"x\" } \u{2068}y\u{2069}",
];

/// U7: whatever somebody is called, nobody sees a button, a mention, a link or markup made of it.
#[test]
fn u7_names_forge_nothing() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let anna = Person::new(1, "Anna", "en");
        company.joins(&anna, None).await;
        company.says(&anna, "need 300 monthly rent").await;
        company.presses(&anna, "No").await;
        for (number, name) in NAMES.iter().enumerate() {
            let who = Person::new(100 + i64::try_from(number).expect("few"), name, "en");
            company.joins(&who, Some(&anna)).await;
            company.says(&who, "give 5 to anna").await;
            company.says(&anna, "/people").await;
        }
        for (_, messages) in [(anna.id, company.fake.shown(anna.id))] {
            for message in messages {
                harmless(&message);
            }
        }
        company.end().await;
    });
}

/// Nothing in a message is a link, a mention or a command that somebody gave; no control of direction is in it.
fn harmless(message: &Value) {
    let text = message["text"]
        .as_str()
        .or(message["caption"].as_str())
        .unwrap_or_default();
    let bidi = |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(bidi), "directions in {text:?}");
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut code = vec![false; units.len()];
    for entity in message["entities"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
    {
        let kind = entity["type"].as_str().expect("a type");
        assert!(
            ["bold", "code", "pre", "blockquote"].contains(&kind),
            "{entity} in {text:?}"
        );
        let number = |name: &str| usize::try_from(entity[name].as_u64().expect("a number")).expect("small");
        if kind == "code" || kind == "pre" {
            code[number("offset")..number("offset") + number("length")].fill(true);
        }
    }
    // Telegram finds these by itself, except in code.
    for found in ["https://evil", "@everyone", "#tag"] {
        let mut from = 0;
        while let Some(at) = text[from..].find(found) {
            let unit = text[..from + at].encode_utf16().count();
            assert!(code[unit], "{found:?} is found by Telegram in {text:?}");
            from += at + found.len();
        }
    }
    for row in exodus_tests::telegram::rows(message.get("reply_markup")) {
        for (label, data) in row {
            assert!(!label.contains(bidi) && !label.contains('\n'), "{label:?}");
            assert!(data.len() <= 64 && !data.contains("evil"), "{data:?}");
        }
    }
}

/// Every field at Telegram's limit and over it: a message of 4096 signs, names of 64, hundreds of words in each question.
#[test]
fn u7_every_length_is_answered() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let first = Person::new(1, &"И".repeat(64), "ru");
        let mut second = Person::new(2, &"🌻".repeat(32), "en");
        company.says(&first, "/start").await;
        company.says(&first, "нужно 300 ежемесячно").await;
        for sign in ["a", "ы", "🌻", " ", "\u{301}", "0", "/", "."] {
            for count in [64, 65, 200, 201, 500, 501, 4095, 4096] {
                let text = sign.repeat(count / sign.encode_utf16().count().max(1));
                company.says(&first, "/cancel").await;
                company.says(&first, "/profile").await;
                if !text.trim().is_empty() {
                    company.presses(&first, "О себе").await;
                    let seen = company.says(&first, &text).await;
                    assert!(!seen.is_empty(), "{count} times {sign:?} is not answered");
                }
            }
        }
        company.says(&second, "/start").await;
        second.name = "x".repeat(64);
        let seen = company.says(&second, &format!("/start {}", "A".repeat(64))).await;
        assert!(!seen.is_empty());
        company.end().await;
    });
}

/// A long list of people with the longest names there are stays within what a message may hold.
#[test]
fn u6_long_lists_come_in_pages() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let anna = Person::new(1, "Anna", "en");
        company.joins(&anna, None).await;
        let code = {
            company.says(&anna, "/invite").await;
            let shown = company.presses(&anna, "New link to me").await;
            exodus_tests::world::code_in(&shown).expect("a code")
        };
        for number in 0..25 {
            let name = format!("{}{number:02}", "🌻W".repeat(20));
            let who = Person::new(100 + number, &name, "en");
            company.says(&who, &format!("/start {code}")).await;
            company.says(&who, "need 100 monthly").await;
            company.presses(&who, "Skip").await;
            company.presses(&who, "No").await;
        }
        for command in ["/people", "/give", "/give 60", "/home", "/history", "/organizer"] {
            let seen = company.says(&anna, command).await;
            assert!(!seen.is_empty(), "{command}");
        }
        for message in company.fake.shown(anna.id) {
            let given = message.as_object().expect("an object");
            assert_eq!(checks::text(given, "text", "entities"), Ok(()));
            assert_eq!(checks::keyboard(given), Ok(()));
        }
        company.end().await;
    });
}

/// What is newer than the program: kept, read as far as it goes, and never in anybody's way.
#[test]
fn updates_that_nobody_knows_yet() {
    still::run(async |place: std::sync::Arc<Place>| {
        let mut company = Company::new(&place).await;
        let anna = Person::new(1, "Anna", "en");
        company.joins(&anna, None).await;
        let message = |more: Value| {
            let mut message = json!({"message_id": 900, "date": 0, "chat": anna.chat(), "from": anna.user()});
            let fields = message.as_object_mut().expect("an object");
            fields.extend(more.as_object().expect("an object").clone());
            json!({ "message": message })
        };
        let odd = [
            json!({}),
            json!({"telepathy": {"from": anna.user(), "thought": "help"}}),
            json!({"message": null}),
            json!({"message": "text"}),
            json!({"callback_query": {}}),
            json!({"callback_query": {"id": "no-such-press", "from": anna.user(), "chat_instance": "1"}}),
            json!({"edited_message": {"message_id": 3, "date": 0, "chat": anna.chat(), "from": anna.user(), "text": "/leave"}}),
            json!({"poll": {"id": "1"}}),
            json!({"my_chat_member": {"chat": anna.chat(), "from": anna.user(), "date": 0}}),
            message(json!({"hologram": {"size": 3}})),
            message(json!({"sticker": {"file_id": "x"}})),
            message(json!({"text": ""})),
            message(json!({"text": 5})),
            message(json!({"text": "/home", "entities": [{"type": "aura", "offset": 0, "length": 5}]})),
            message(json!({"rich_message": {"blocks": [{"type": "paragraph", "text": "help"}]}})),
            json!({"message": {"message_id": i64::MAX, "date": -1, "chat": {"id": 1, "type": "moon"}, "text": "/leave"}}),
        ];
        let before = company.entries().await;
        for update in odd {
            company.fake.give_unchecked(update.clone());
            company.settle().await;
            assert_eq!(
                company.bot.app.store().stats().await.expect("no trouble").inbox,
                0,
                "{update} waits for ever"
            );
        }
        assert_eq!(company.entries().await, before, "something was done");
        let answered = |text: &str| text.contains("Welcome") || text.lines().count() > 3;
        let seen = company.says(&anna, "/home").await;
        assert!(answered(&seen), "{seen}");
        // A command with an entity nobody knows is a command all the same.
        company.fake.give_unchecked(json!({"message": {
            "message_id": 901, "date": 0, "chat": anna.chat(), "from": anna.user(), "novelty": true, "text": "/invite",
            "entities": [{"type": "aura", "offset": 0, "length": 7, "colour": "blue"}],
        }}));
        let calls = company.settle().await;
        assert!(
            calls.iter().any(|call| call.words().contains("Invitations")),
            "{calls:#?}"
        );
        company.end().await;
    });
}

/// U5: commands and descriptions are registered in every language, for private chats and groups.
#[test]
fn u5_commands_are_registered_in_both_languages() {
    still::run(async |place| {
        let company = Company::new(&place).await;
        still::until("everything is registered", async || {
            company.fake.profile().len() >= 15
        })
        .await;
        let profile = company.fake.profile();
        for language in ["*", "en", "ru"] {
            for what in [
                "setMyDescription default",
                "setMyShortDescription default",
                "setMyCommands all_private_chats",
            ] {
                assert!(
                    profile.contains_key(&format!("{what} {language}")),
                    "{what} {language}: {:?}",
                    profile.keys()
                );
            }
        }
        let described = |language: &str| {
            profile[&format!("setMyCommands all_private_chats {language}")]["commands"].clone()
        };
        let names = |language: &str| {
            let commands = described(language);
            let commands = commands.as_array().expect("commands").iter();
            commands
                .map(|command| command["command"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names("en"), names("ru"));
        assert_ne!(described("en"), described("ru"));
        assert_eq!(typed("/home")["entities"][0]["length"], 5);
        company.end().await;
    });
}
