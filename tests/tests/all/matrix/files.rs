//! Pictures and files that people send.

use exodus_tests::{Backend, matrix::Company, place};
use serde_json::json;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

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
