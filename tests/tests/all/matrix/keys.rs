//! Keys: the bot is a device that others can trust, one process at a time, and trusts whom it should.

use exodus_tests::{
    Backend,
    matrix::{Company, Gate, eventually},
    place,
};
use serde_json::{Value, json};

/// The bot signs its one device with an identity of its own, and keeps both: through restarts, and when it is cut off.
#[test]
fn the_bot_is_one_verified_device() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let anna = company.joins("Anna", None, true).await;
        let bot = company.account.user.clone();
        let identity = anna.identity(&bot).await;
        let devices = identity["devices"].as_object().expect("devices");
        assert_eq!(devices.len(), 1, "{identity}");
        assert!(devices.values().all(|signed| *signed == true), "{identity}");
        assert!(identity["master"].is_string(), "{identity}");
        for clean in [true, false] {
            if clean {
                company.stop().await;
            } else {
                company.abort().await;
            }
            company.start().await;
            let seen = company.says(&anna, "profile").await;
            assert!(seen.contains("Anna"), "{seen}");
            assert_eq!(
                anna.identity(&bot).await,
                identity,
                "the same device, the same identity"
            );
        }
        company.end().await;
    });
}

/// What keeps the account is readable by nobody else, and neither the password nor the token is in the database.
#[test]
fn what_keeps_the_account_is_kept_apart() {
    use std::os::unix::fs::PermissionsExt as _;
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let anna = company.joins("Anna", None, true).await;
        company.says(&anna, "need 300 monthly rent").await;
        company.stop().await;
        let store = place.path("matrix");
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&store), 0o700);
        let session = std::fs::read_to_string(store.join("session.json")).expect("a session");
        let session: Value = serde_json::from_str(&session).expect("JSON");
        let token = session["token"].as_str().expect("a token").to_owned();
        let recovery = std::fs::read_to_string(store.join("recovery-key")).expect("a recovery key");
        for file in ["key", "session.json", "recovery-key"] {
            assert_eq!(mode(&store.join(file)), 0o600, "{file}");
        }
        let database = std::fs::read(&place.url).expect("a database");
        for secret in [company.account.password.as_str(), &token, recovery.trim()] {
            let holds = database
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!holds, "a secret of the account is in the database");
        }
    });
}

/// A device that its owner's identity has not signed may be anybody's: it reads nothing of what is private, and what it says
/// is not taken for its owner's word. In a room without encryption nobody can tell, and the owner is heard.
#[test]
fn an_unsigned_device_reads_nothing_and_is_not_heard() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let carl = company.people.careless("Carl").await;
        let bot = company.account.user.clone();
        let room = carl.direct(&bot, true).await;
        eventually("the bot comes", async || {
            carl.membership(&room, &bot).await.as_deref() == Some("join")
        })
        .await;
        carl.look().await;
        let said = carl.write(&room, "need 300 monthly rent").await;
        eventually("the bot knows of it", async || company.gate.acknowledged(&said)).await;
        company.bot().settle(&company.gate, &[said]).await;
        let seen = carl.look().await;
        let from_bot = seen
            .iter()
            .filter(|seen| seen.sender == bot && seen.kind == "m.room.message");
        assert_eq!(from_bot.count(), 0, "it read something: {seen:#?}");
        assert_eq!(
            place.number("SELECT count(*) FROM appeal").await,
            0,
            "it was heard"
        );

        company.opens_a_room(&carl, false).await;
        let seen = company.says(&carl, "hello").await;
        assert!(seen.contains("Welcome, Carl"), "{seen}");
        company.end().await;
    });
}

/// One process at a time is the bot; the other takes over when the first ends.
#[test]
fn o1_one_process_at_a_time_is_the_bot() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let anna = company.joins("Anna", None, true).await;
        // Another process over the same database and the same keys, by another way: it asks nothing while the first is there.
        let other = Gate::open().await;
        let second = exodus_tests::matrix::Bot::start(&place, 2, &other, &company.account).await;
        company.says(&anna, "help").await;
        assert_eq!(other.count(), 0, "{:?}", other.asked(0));
        company.stop().await;
        let said = anna.write(company.room(&anna), "profile").await;
        eventually("the second is the bot", async || other.acknowledged(&said)).await;
        second.settle(&other, &[said]).await;
        let seen = anna.look().await;
        let answers = seen.iter().filter(|seen| {
            seen.content["body"]
                .as_str()
                .is_some_and(|body| body.contains("Name: Anna"))
        });
        assert_eq!(answers.count(), 1, "{seen:#?}");
        second.stop().await;
    });
}

/// A homeserver that forgot the session says so; the bot ends with words on what to do, and asks no more.
#[test]
fn o10_a_session_that_ended_ends_the_bot() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        company.joins("Anna", None, true).await;
        company.stop().await;
        let session = place.path("matrix").join("session.json");
        let kept = std::fs::read_to_string(&session).expect("a session");
        let mut kept: Value = serde_json::from_str(&kept).expect("JSON");
        kept["token"] = json!("never-given-to-anybody");
        std::fs::write(&session, kept.to_string()).expect("written");
        company.start().await;
        let failure = company.bot_fails().await;
        assert!(failure.contains("session"), "{failure}");
        assert!(!failure.contains("never-given"), "{failure}");
    });
}
