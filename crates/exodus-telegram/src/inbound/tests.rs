use serde_json::json;

use super::*;

const BOT: &str = "exodus_bot";

fn from() -> Value {
    json!({ "id": 7, "is_bot": false, "first_name": "Anna", "last_name": "Berg", "language_code": "ru" })
}

fn private(message: Value) -> Value {
    let mut whole = json!({
        "message_id": 5, "date": 1, "from": from(),
        "chat": { "id": 7, "type": "private", "first_name": "Anna" },
    });
    merge(&mut whole, message);
    json!({ "update_id": 100, "message": whole })
}

fn group(message: Value) -> Value {
    let mut whole = json!({
        "message_id": 5, "date": 1, "from": from(),
        "chat": { "id": -50, "type": "group", "title": "Neighbours" },
    });
    merge(&mut whole, message);
    json!({ "update_id": 100, "message": whole })
}

fn merge(whole: &mut Value, more: Value) {
    let Value::Object(more) = more else { return };
    for (key, value) in more {
        whole[key] = value;
    }
}

fn read_it(update: &Value) -> Read {
    read("100", &update.to_string(), BOT)
}

fn heard(update: &Value) -> (Update, Place) {
    match read_it(update) {
        Read::Said(update, place) => (update, place),
        other @ (Read::Shared(_) | Read::Gone(_) | Read::Nothing) => panic!("{other:?}"),
    }
}

fn shared(update: &Value) -> Option<SharedEvent> {
    match read_it(update) {
        Read::Shared(shared) => Some(shared.what),
        Read::Said(..) | Read::Gone(_) | Read::Nothing => None,
    }
}

#[test]
fn what_somebody_says() {
    let (update, place) = heard(&private(json!({ "text": "50 Anna" })));
    assert_eq!(update.said, Said::Text("50 Anna".to_owned()));
    assert_eq!(update.account, AccountKey::new("telegram", "7"));
    assert_eq!(
        (update.name.as_str(), update.language.as_deref()),
        ("Anna Berg", Some("ru"))
    );
    assert_eq!(
        (place.chat.as_str(), place.message, place.press),
        ("7", None, None)
    );
    for (text, said) in [
        ("/start", Said::Start(None)),
        ("/start k7w2", Said::Start(Some("k7w2".to_owned()))),
        ("/start@Exodus_Bot  k7w2 ", Said::Start(Some("k7w2".to_owned()))),
        (
            "/start@other_bot k7w2",
            Said::Text("/start@other_bot k7w2".to_owned()),
        ),
        ("/give 50", Said::Text("/give 50".to_owned())),
        ("/", Said::Text("/".to_owned())),
    ] {
        assert_eq!(heard(&private(json!({ "text": text }))).0.said, said, "{text}");
    }
    let reply = private(json!({ "text": "2", "reply_to_message": { "message_id": 3 } }));
    assert_eq!(heard(&reply).1.regarding.as_deref(), Some("3"));
}

#[test]
fn presses() {
    let press = |data: &str| {
        json!({ "update_id": 1, "callback_query": {
            "id": "99", "from": from(), "chat_instance": "x", "data": data,
            "message": { "message_id": 5, "date": 0, "chat": { "id": 7, "type": "private" } },
        }})
    };
    let (update, place) = heard(&press("AAAAAAAAAAAAAAAAAAAAKg.3"));
    assert_eq!((update.said, update.menu), (Said::Choice(3), Some(42)));
    assert_eq!(
        (
            place.chat.as_str(),
            place.message.as_deref(),
            place.press.as_deref()
        ),
        ("7", Some("5"), Some("99"))
    );
    for forged in ["", "1", "AAAA.1", "'; DROP TABLE menu"] {
        let (update, _) = heard(&press(forged));
        assert_eq!((update.said, update.menu), (Said::Choice(u32::MAX), Some(0)));
    }
    // Telegram leaves the message out when it is too old.
    let mut old = press("AAAAAAAAAAAAAAAAAAAAKg.3");
    old["callback_query"]
        .as_object_mut()
        .expect("a press")
        .remove("message");
    let (_, place) = heard(&old);
    assert_eq!((place.chat.as_str(), place.message), ("7", None));
}

#[test]
fn what_is_newer_than_this_program_is_read_as_far_as_it_goes() {
    let newer = private(json!({
        "text": "/give 50",
        "entities": [{ "type": "hologram", "offset": 0, "length": 5, "depth": 3 }],
        "something_new": { "deep": [1, 2, 3] },
    }));
    assert_eq!(heard(&newer).0.said, Said::Text("/give 50".to_owned()));
    let other = private(json!({ "hologram": { "file_id": "x" } }));
    assert_eq!(heard(&other).0.said, Said::Text(String::new()));
    let caption = private(json!({ "photo": [], "caption": "50 anna" }));
    assert_eq!(heard(&caption).0.said, Said::Text("50 anna".to_owned()));
    assert_eq!(read_it(&private(json!({ "pinned_message": {} }))), Read::Nothing);
    for strange in [
        json!({ "update_id": 1, "thought": { "from": from(), "text": "hm" } }),
        json!({ "update_id": 1, "message": "text" }),
        json!({ "update_id": 1, "message": { "chat": 5, "from": [] } }),
        json!({ "update_id": 1, "callback_query": { "id": 5, "from": { "id": "seven" } } }),
        json!({ "update_id": 1, "my_chat_member": null }),
        json!([1, 2, 3]),
        json!(null),
    ] {
        assert_eq!(read_it(&strange), Read::Nothing, "{strange}");
    }
    assert_eq!(read("1", "not json", BOT), Read::Nothing);
}

#[test]
fn every_update_with_a_number_is_kept_in_a_lane() {
    let lane = |update: &Value| raw(update).map(|(_, raw)| (raw.chat, raw.account));
    let of = |chat: &str, account: &str| Some((chat.to_owned(), account.to_owned()));
    assert_eq!(lane(&private(json!({ "text": "x" }))), of("7", "7"));
    assert_eq!(lane(&group(json!({ "text": "/x" }))), of("-50", "7"));
    assert_eq!(
        lane(&json!({ "update_id": 1, "thought": { "from": from() } })),
        of("7", "7")
    );
    assert_eq!(lane(&json!({ "update_id": 1, "thought": 5 })), of("-", ""));
    assert_eq!(lane(&json!({ "update_id": 1 })), of("-", ""));
    assert_eq!(lane(&json!({ "message": {} })), None);
    let sign = |update: &Value| raw(update).map(|(_, raw)| raw.sign);
    let one = private(json!({ "text": "x" }));
    assert_eq!(sign(&one), sign(&one.clone()));
    assert_ne!(
        sign(&one),
        sign(&private(json!({ "text": "x", "message_id": 6 })))
    );
}

#[test]
fn nothing_that_others_say_in_a_group_is_kept() {
    let kept = |update: &Value| raw(update).map(|(_, raw)| raw.payload).unwrap_or_default();
    assert!(!kept(&group(json!({ "text": "my secret" }))).contains("secret"));
    assert!(!kept(&group(json!({ "caption": "my secret", "photo": [] }))).contains("secret"));
    assert!(kept(&group(json!({ "text": "/connect" }))).contains("/connect"));
    assert!(kept(&private(json!({ "text": "mine" }))).contains("mine"));
}

#[test]
fn groups() {
    let command = |word: &str| {
        Some(SharedEvent::Command {
            account: AccountKey::new("telegram", "7"),
            language: Some("ru".to_owned()),
            word: word.to_owned(),
        })
    };
    assert_eq!(shared(&group(json!({ "text": "/connect" }))), command("connect"));
    assert_eq!(
        shared(&group(json!({ "text": "/HELP@exodus_bot now" }))),
        command("help")
    );
    assert_eq!(shared(&group(json!({ "text": "/help@other_bot" }))), None);
    assert_eq!(shared(&group(json!({ "text": "hello /help" }))), None);
    let anonymous = group(json!({
        "text": "/connect", "from": { "id": 1_087_968_824, "is_bot": true, "first_name": "Group" },
        "sender_chat": { "id": -50, "type": "supergroup" },
    }));
    assert_eq!(
        shared(&anonymous),
        Some(SharedEvent::Anonymous { language: None })
    );
    let channel = group(json!({ "text": "/connect", "sender_chat": { "id": -1, "type": "channel" } }));
    assert!(matches!(shared(&channel), Some(SharedEvent::Anonymous { .. })));
    let mut news = group(json!({ "text": "/connect" }));
    news["message"]["chat"]["type"] = json!("channel");
    assert_eq!(shared(&news), None);
    let to = |to: &str| Some(SharedEvent::Moved { to: to.to_owned() });
    assert_eq!(
        shared(&group(json!({ "migrate_to_chat_id": -1005 }))),
        to("-1005")
    );
    let moved = read_it(&group(json!({ "migrate_from_chat_id": -49 })));
    assert!(
        matches!(moved, Read::Shared(Shared { ref chat, .. }) if chat == "-49"),
        "{moved:?}"
    );
}

#[test]
fn let_in_put_out_blocked() {
    let change = |kind: &str, was: &str, is: &str| {
        json!({ "update_id": 1, "my_chat_member": {
            "chat": { "id": -50, "type": kind, "title": "Neighbours" }, "from": from(), "date": 1,
            "old_chat_member": { "status": was }, "new_chat_member": { "status": is },
        }})
    };
    assert!(matches!(
        shared(&change("supergroup", "left", "member")),
        Some(SharedEvent::Joined { .. })
    ));
    assert_eq!(shared(&change("group", "member", "administrator")), None);
    assert_eq!(
        shared(&change("group", "member", "kicked")),
        Some(SharedEvent::Left)
    );
    assert_eq!(
        read_it(&change("private", "member", "kicked")),
        Read::Gone(AccountKey::new("telegram", "7"))
    );
    assert_eq!(read_it(&change("private", "kicked", "member")), Read::Nothing);
}
