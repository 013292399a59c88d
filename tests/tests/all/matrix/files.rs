//! Pictures and files: sent as such, sealed in encrypted rooms, and whole.

use exodus_tests::{
    Backend,
    matrix::{Company, Person, Shown},
    place,
};
use serde_json::{Value, json};

/// Files and pictures that somebody was sent.
fn files<'a>(company: &'a Company, who: &Person) -> Vec<&'a Shown> {
    let shown = company.sight(who).shown.iter();
    shown.filter(|shown| shown.file.is_some()).collect()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// M10: one's records as files, the invitation as a picture; in an encrypted room the homeserver sees neither.
#[test]
fn m10_files_are_whole_and_sealed_where_the_room_is() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        for (name, encrypted) in [("Anna", true), ("Paul", false)] {
            let who = company.joins(name, None, encrypted).await;
            company.says(&who, "need 300 monthly rent").await;
            company.picks(&who, "No").await;
            company.says(&who, "invite").await;
            company.picks(&who, "New link to me").await;
            company.picks(&who, "QR picture").await;
            for format in 1..=3 {
                company.says(&who, "export").await;
                company.says(&who, &format.to_string()).await;
            }
            let files = files(&company, &who);
            let kinds: Vec<_> = files
                .iter()
                .map(|shown| shown.file.clone().expect("a file"))
                .collect();
            assert!(kinds.iter().any(|(kind, _)| kind == "picture"), "{kinds:?}");
            for ending in [".csv", ".json", ".journal"] {
                assert!(
                    kinds.iter().any(|(_, name)| name.ends_with(ending)),
                    "{ending}: {kinds:?}"
                );
            }
            for shown in files {
                let (kind, name) = shown.file.as_ref().expect("a file");
                let bytes = who.file(&shown.content).await;
                let size = shown.content["info"]["size"].as_u64().expect("a size");
                assert_eq!(size, bytes.len() as u64, "{name}");
                if kind == "picture" {
                    assert!(bytes.starts_with(PNG), "{name}");
                } else if name.ends_with(".json") {
                    serde_json::from_slice::<Value>(&bytes).expect("JSON");
                } else {
                    let text = String::from_utf8(bytes).expect("text");
                    assert!(!text.is_empty(), "{name}");
                    assert!(text.contains("300") || !name.ends_with(".journal"), "{name}");
                }
                if encrypted {
                    // What the homeserver keeps says nothing to it.
                    let sealed = who.file(&json!({"url": shown.content["file"]["url"]})).await;
                    assert!(
                        !sealed.starts_with(PNG) && std::str::from_utf8(&sealed).is_err(),
                        "{name} is not sealed"
                    );
                }
            }
        }
        company.end().await;
    });
}

/// What is no text is answered that it was not understood; nothing waits for ever.
#[test]
fn what_is_no_text_is_answered() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let anna = company.joins("Anna", None, true).await;
        let entries = company.entries().await;
        let address = anna.upload("cat.png", "image/png", PNG).await;
        for (kind, content) in [
            (
                "m.room.message",
                json!({"msgtype": "m.image", "body": "cat.png", "url": address}),
            ),
            (
                "m.room.message",
                json!({"msgtype": "m.location", "body": "here", "geo_uri": "geo:52,13"}),
            ),
            (
                "m.room.message",
                json!({"msgtype": "m.new.thing", "body": "home"}),
            ),
            ("m.room.message", json!({"msgtype": "m.text", "body": ""})),
            ("m.sticker", json!({"body": "cat", "url": address, "info": {}})),
        ] {
            let seen = company.sends(&anna, kind, content.clone()).await;
            assert!(!seen.is_empty(), "{content} is not answered");
        }
        for (kind, content) in [
            ("m.room.message", json!({})),
            ("m.room.message", json!({"msgtype": 5, "body": ["home"]})),
            ("org.example.novelty", json!({"body": "home"})),
            ("m.poll.start", json!({"m.text": "home"})),
        ] {
            company.sends(&anna, kind, content).await;
        }
        assert_eq!(company.entries().await, entries, "something was done");
        let seen = company.says(&anna, "profile").await;
        assert!(seen.contains("Name: Anna"), "{seen}");
        company.end().await;
    });
}
