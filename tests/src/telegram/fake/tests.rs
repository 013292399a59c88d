use std::time::Duration;

use serde_json::{Value, json};

use super::{Fake, Faults, Rates};
use crate::telegram::{Person, people::group};

/// A bot that calls by hand.
struct Hand {
    fake: Fake,
    client: reqwest::Client,
}

impl Hand {
    async fn new() -> Self {
        let (fake, client) = (Fake::start("7:secret").await, reqwest::Client::new());
        Self { fake, client }
    }

    async fn call(&self, method: &str, given: Value) -> Result<Value, reqwest::Error> {
        let url = format!("{}/bot7:secret/{method}", self.fake.url());
        let text = self
            .client
            .post(url)
            .body(given.to_string())
            .send()
            .await?
            .text()
            .await?;
        Ok(serde_json::from_str(&text).expect("JSON"))
    }

    async fn done(&self, method: &str, given: Value) -> Value {
        self.call(method, given).await.expect("an answer")
    }

    async fn updates(&self, offset: i64) -> Vec<i64> {
        let answer = self
            .done("getUpdates", json!({"offset": offset, "timeout": 0}))
            .await;
        let updates = answer["result"].as_array().expect("updates").iter();
        updates
            .map(|update| update["update_id"].as_i64().expect("a number"))
            .collect()
    }
}

fn anna() -> Person {
    Person::new(5, "Anna", "en")
}

#[tokio::test]
async fn updates_wait_until_they_are_acknowledged() {
    let hand = Hand::new().await;
    let anna = anna();
    for text in ["a", "b"] {
        hand.fake
            .message(&anna.chat(), Some(&anna.user()), json!({ "text": text }));
    }
    assert_eq!(hand.updates(0).await, [1, 2]);
    assert_eq!(hand.updates(0).await, [1, 2]);
    assert_eq!(hand.updates(2).await, [2]);
    assert_eq!(hand.fake.waiting(), 1);
    assert_eq!(hand.updates(3).await, [0; 0]);
    let unknown = format!("{}/bot7:other/getMe", hand.fake.url());
    assert_eq!(
        hand.client
            .post(unknown)
            .send()
            .await
            .expect("an answer")
            .status(),
        401
    );
}

#[tokio::test]
async fn what_telegram_would_refuse_is_refused_and_kept() {
    let hand = Hand::new().await;
    let anna = anna();
    let send = |text: &str| json!({"chat_id": 5, "text": text});
    let refused = hand.done("sendMessage", send("a")).await;
    assert_eq!(refused["description"], "Bad Request: chat not found");
    hand.fake
        .message(&anna.chat(), Some(&anna.user()), json!({"text": "hi"}));
    let sent = hand.done("sendMessage", send("a")).await;
    let id = sent["result"]["message_id"].clone();
    let edit = |text: &str| json!({"chat_id": 5, "message_id": id, "text": text});
    assert_eq!(hand.done("editMessageText", edit("b")).await["ok"], true);
    let same = hand.done("editMessageText", edit("b")).await;
    assert!(
        same["description"]
            .as_str()
            .expect("text")
            .contains("message is not modified")
    );
    assert_eq!(
        hand.fake.violations(),
        [""; 0],
        "these are no faults of the caller's"
    );
    assert_eq!(
        hand.done("sendMessage", send(&"a".repeat(4097))).await["error_code"],
        400
    );
    assert_eq!(
        hand.done("sendMessage", json!({"chat_id": 5, "words": "a"}))
            .await["error_code"],
        400
    );
    assert_eq!(hand.done("sendNothing", json!({})).await["error_code"], 404);
    assert_eq!(hand.fake.violations().len(), 3, "{:#?}", hand.fake.violations());
}

#[tokio::test]
async fn chats_close_and_move() {
    let hand = Hand::new().await;
    let (anna, group) = (anna(), group(-7, "Friends"));
    hand.fake
        .message(&group, Some(&anna.user()), json!({"text": "hi"}));
    let send = |chat: i64| json!({"chat_id": chat, "text": "a"});
    hand.fake.kick(-7);
    assert_eq!(hand.done("sendMessage", send(-7)).await["error_code"], 403);
    hand.fake.reopen(-7);
    assert_eq!(hand.done("sendMessage", send(-7)).await["ok"], true);
    hand.fake.migrate(&group, &anna.user(), -1_000_000_000_007);
    let moved = hand.done("sendMessage", send(-7)).await;
    assert_eq!(moved["parameters"]["migrate_to_chat_id"], -1_000_000_000_007_i64);
    assert_eq!(
        hand.done("sendMessage", send(-1_000_000_000_007)).await["ok"],
        true
    );
}

/// Time moves by hand here; nothing waits for real.
#[tokio::test(start_paused = true)]
async fn floods_pass() {
    let hand = Hand::new().await;
    let anna = anna();
    hand.fake
        .message(&anna.chat(), Some(&anna.user()), json!({"text": "hi"}));
    hand.fake.flood(5, 30);
    let send = || hand.done("sendMessage", json!({"chat_id": 5, "text": "a"}));
    assert_eq!(send().await["parameters"]["retry_after"], 30);
    tokio::time::advance(Duration::from_secs(29)).await;
    assert_eq!(send().await["parameters"]["retry_after"], 1);
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(send().await["ok"], true);
    for _ in 1..30 {
        assert_eq!(send().await["ok"], true);
    }
    assert_eq!(send().await["error_code"], 429, "31 in a second");
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(send().await["ok"], true);
    hand.fake.press(&anna.user(), &anna.chat(), 2, "x");
    tokio::time::advance(Duration::from_secs(151)).await;
    let answer = hand
        .done("answerCallbackQuery", json!({"callback_query_id": "press-1"}))
        .await;
    assert_eq!(answer["error_code"], 400);
}

#[tokio::test]
async fn faults_are_the_same_for_the_same_seed() {
    let mut seen = Vec::new();
    for seed in [1, 1, 2] {
        let hand = Hand::new().await;
        hand.fake
            .message(&anna().chat(), Some(&anna().user()), json!({"text": "hi"}));
        hand.fake.pace(false);
        hand.fake.befall(Some(Faults::seeded(
            seed,
            Rates {
                repeated: 0,
                ..Rates::STORMY
            },
        )));
        let mut outcomes = Vec::new();
        for _ in 0..100 {
            let answer = hand.call("sendMessage", json!({"chat_id": 5, "text": "a"})).await;
            outcomes.push(answer.ok().map(|answer| answer["error_code"].as_u64()));
        }
        let kept = hand.fake.shown(5).len();
        let heard = outcomes.iter().filter(|outcome| **outcome == Some(None)).count();
        assert!(
            outcomes.contains(&None) && outcomes.contains(&Some(Some(429))),
            "{outcomes:?}"
        );
        assert!(kept > heard && heard > 70, "{kept} kept, {heard} heard");
        seen.push(outcomes);
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
}
