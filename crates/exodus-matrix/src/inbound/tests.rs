use serde_json::json;

use super::*;

const OWN: &str = "@exodus:example.org";
const ANNA: &str = "@anna:example.org";
const BO: &str = "@bo:example.org";

fn private() -> Around {
    Around {
        room: "!room:example.org".into(),
        title: String::new(),
        own: OWN.into(),
        with: Some(ANNA.into()),
        alone: false,
        kept: false,
    }
}

fn shared() -> Around {
    Around {
        title: "Neighbours".into(),
        with: None,
        ..private()
    }
}

fn message(sender: &str, content: Value) -> Value {
    json!({ "type": "m.room.message", "event_id": "$1", "sender": sender, "origin_server_ts": 1, "content": content })
}

fn says(sender: &str, body: &str) -> Value {
    message(sender, json!({ "msgtype": "m.text", "body": body }))
}

fn member(who: &str, by: &str, was: &str, is: &str) -> Value {
    json!({
        "type": "m.room.member", "event_id": "$2", "sender": by, "state_key": who,
        "content": { "membership": is }, "unsigned": { "prev_content": { "membership": was } },
    })
}

/// What is read of an event that was kept; `None` when it was not.
fn heard(around: &Around, event: &Value) -> Option<Read> {
    let row = keep(around, "Anna", event)?;
    assert_eq!(
        (row.key.as_str(), row.chat.as_str()),
        (text_of(event, "event_id")?, around.room.as_str())
    );
    Some(read(&row.payload, OWN, "en"))
}

fn said_to_us(around: &Around, event: &Value) -> Said {
    match heard(around, event) {
        Some(Read::Said(update, _)) => update.said,
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_in_a_private_room_are_said_to_us() {
    for (body, expected) in [
        ("give anna 50", Said::Text("give anna 50".into())),
        ("  2 ", Said::Text("2".into())),
        ("/give", Said::Text("/give".into())),
        ("!give 50", Said::Text("/give 50".into())),
        ("!exodus", Said::Start(None)),
        ("!exodus give 50", Said::Text("give 50".into())),
        ("!exodusgive", Said::Text("/exodusgive".into())),
        ("!!", Said::Text("!!".into())),
        ("start k7w2", Said::Text("start k7w2".into())),
        ("", Said::Text(String::new())),
    ] {
        assert_eq!(said_to_us(&private(), &says(ANNA, body)), expected, "{body}");
    }
    let picture = message(
        ANNA,
        json!({ "msgtype": "m.image", "body": "cat.png", "url": "mxc://x/y" }),
    );
    assert_eq!(said_to_us(&private(), &picture), Said::Text(String::new()));
}

#[test]
fn a_newcomers_name_and_language_are_seen() {
    let Some(Read::Said(update, place)) = heard(&private(), &says(ANNA, "Привет")) else {
        panic!("nothing")
    };
    assert_eq!(update.language.as_deref(), Some("ru"));
    assert_eq!(
        (update.name.as_str(), update.account.address.as_str()),
        ("Anna", ANNA)
    );
    assert_eq!(
        (place.chat.as_str(), place.said.as_deref()),
        ("!room:example.org", Some("$1"))
    );
    let Some(Read::Said(update, _)) = heard(&private(), &says(ANNA, "50")) else {
        panic!("nothing")
    };
    assert_eq!(update.language.as_deref(), Some("en"));
}

#[test]
fn an_answer_belongs_to_what_it_answers() {
    let reply = message(
        ANNA,
        json!({
            "msgtype": "m.text",
            "body": "> <@exodus:example.org> Whom?\n> 1. Bo\n\n1",
            "m.relates_to": { "m.in_reply_to": { "event_id": "$menu" } },
        }),
    );
    let Some(Read::Said(update, place)) = heard(&private(), &reply) else {
        panic!("nothing")
    };
    assert_eq!(update.said, Said::Text("1".into()));
    assert_eq!((place.regarding.as_deref(), place.message), (Some("$menu"), None));
    // Without an answer, a line like that is what somebody said.
    assert_eq!(
        said_to_us(&private(), &says(ANNA, "> 50")),
        Said::Text("> 50".into())
    );
}

#[test]
fn a_sign_picks_from_the_message_it_is_under() {
    let sign = |key: &str, sender: &str| {
        json!({
            "type": "m.reaction", "event_id": "$3", "sender": sender,
            "content": { "m.relates_to": { "rel_type": "m.annotation", "event_id": "$menu", "key": key } },
        })
    };
    let Some(Read::Said(update, place)) = heard(&private(), &sign("2️⃣", ANNA)) else {
        panic!("nothing")
    };
    assert_eq!(update.said, Said::Reaction("2️⃣".into()));
    assert_eq!(
        (
            place.message.as_deref(),
            place.regarding.as_deref(),
            place.press.as_deref()
        ),
        (Some("$menu"), Some("$menu"), Some("$3"))
    );
    assert_eq!(heard(&private(), &sign("❤️", ANNA)), None);
    assert_eq!(heard(&private(), &sign("1️⃣", OWN)), None);
    assert_eq!(heard(&shared(), &sign("1️⃣", ANNA)), None);
}

#[test]
fn nobody_answers_notices_corrections_or_oneself() {
    let notice = message(ANNA, json!({ "msgtype": "m.notice", "body": "give" }));
    let correction = message(
        ANNA,
        json!({
            "msgtype": "m.text", "body": "* 60",
            "m.new_content": { "msgtype": "m.text", "body": "60" },
            "m.relates_to": { "rel_type": "m.replace", "event_id": "$0" },
        }),
    );
    let empty = message(ANNA, json!({}));
    for event in [notice, correction, empty, says(OWN, "give"), says(BO, "give")] {
        assert_eq!(heard(&private(), &event), None, "{event}");
    }
}

#[test]
fn in_a_shared_room_only_a_call_is_kept() {
    for (body, word) in [
        ("!exodus", ""),
        ("!exodus connect", "connect"),
        ("!exodus /Connect now", "connect"),
    ] {
        let Some(Read::Shared(Shared { title, what, .. })) = heard(&shared(), &says(BO, body)) else {
            panic!("nothing")
        };
        let SharedEvent::Command {
            account, word: heard, ..
        } = what
        else {
            panic!("{what:?}")
        };
        assert_eq!(
            (title.as_str(), account.address.as_str(), heard.as_str()),
            ("Neighbours", BO, word)
        );
    }
    for body in ["give 50", "/give", "exodus", "!exodusx", "!give"] {
        assert_eq!(keep(&shared(), "Bo", &says(BO, body)), None, "{body}");
    }
}

#[test]
fn coming_and_going() {
    let came = member(OWN, OWN, "invite", "join");
    assert!(matches!(
        heard(&private(), &came),
        Some(Read::Shared(Shared {
            what: SharedEvent::Met,
            ..
        }))
    ));
    assert!(matches!(
        heard(&shared(), &came),
        Some(Read::Shared(Shared {
            what: SharedEvent::Joined { .. },
            ..
        }))
    ));
    // A new name or picture of ours is no coming.
    assert_eq!(heard(&private(), &member(OWN, OWN, "join", "join")), None);
    for is in ["leave", "ban"] {
        let put_out = member(OWN, ANNA, "join", is);
        let gone = Some(Read::Gone(AccountKey::new(PLATFORM, ANNA)));
        assert_eq!(heard(&private(), &put_out), gone);
        assert!(matches!(
            heard(&shared(), &put_out),
            Some(Read::Shared(Shared {
                what: SharedEvent::Left,
                ..
            }))
        ));
        let alone = Around {
            alone: true,
            ..shared()
        };
        assert_eq!(heard(&alone, &member(ANNA, ANNA, "join", is)), gone);
    }
    assert_eq!(heard(&private(), &member(OWN, OWN, "join", "leave")), None);
    assert_eq!(heard(&shared(), &member(BO, BO, "join", "leave")), None);
    assert_eq!(heard(&private(), &member(ANNA, ANNA, "leave", "join")), None);
    // Into a room that we keep somebody comes who has not seen what was told there.
    let kept = Around {
        kept: true,
        ..shared()
    };
    assert!(matches!(
        heard(&kept, &member(BO, BO, "invite", "join")),
        Some(Read::Shared(Shared {
            what: SharedEvent::Came,
            ..
        }))
    ));
    assert_eq!(heard(&kept, &member(BO, BO, "join", "join")), None);
    assert_eq!(heard(&kept, &member(OWN, OWN, "", "join")), None);
}

#[test]
fn a_shared_room_moves() {
    let moved = json!({
        "type": "m.room.tombstone", "event_id": "$4", "sender": BO, "state_key": "",
        "content": { "body": "moved", "replacement_room": "!new:example.org" },
    });
    let Some(Read::Shared(Shared { what, .. })) = heard(&shared(), &moved) else {
        panic!("nothing")
    };
    assert_eq!(
        what,
        SharedEvent::Moved {
            to: "!new:example.org".into()
        }
    );
    assert_eq!(heard(&private(), &moved), None);
}

#[test]
fn nothing_makes_reading_fail() {
    for payload in ["", "{}", "[]", "{\"room\":1}", "null"] {
        assert_eq!(read(payload, OWN, "en"), Read::Nothing);
    }
    for event in [
        json!({}),
        json!({ "type": "m.room.message", "event_id": "$1", "sender": ANNA }),
        json!({ "type": 5, "event_id": "$1", "sender": ANNA, "content": {} }),
        json!({ "type": "m.reaction", "event_id": "$1", "sender": ANNA, "content": { "m.relates_to": 1 } }),
        json!({ "type": "m.room.message", "event_id": "$1", "sender": ANNA, "content": { "msgtype": 1, "body": [] } }),
    ] {
        assert_eq!(heard(&private(), &event), None, "{event}");
    }
    // Redacted before we saw it.
    assert_eq!(keep(&private(), "", &message(ANNA, json!({}))), None);
}
