//! Rooms that come and go: invitations, upgrades, people who come in.

use exodus_tests::{
    Backend,
    matrix::{Company, Person, eventually},
    place,
};
use serde_json::json;

/// Anna asks for help, Boris is in her network; both in encrypted rooms.
async fn two(company: &mut Company) -> (Person, Person) {
    let anna = company.joins("Anna", None, true).await;
    company.says(&anna, "need 300 monthly rent").await;
    company.picks(&anna, "No").await;
    let boris = company.joins("Boris", Some(&anna), true).await;
    (anna, boris)
}

/// What of this kind somebody was told in all.
fn told(company: &Company, who: &Person, words: &str) -> usize {
    let shown = company.sight(who).shown.iter();
    shown.filter(|shown| shown.plain.contains(words)).count()
}

/// Only who is allowed may invite the bot: a stranger is refused without a word, and is nobody to it afterwards.
#[test]
fn a_stranger_s_invitation_is_refused() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| {
            account.signs = false;
            account.allowed = vec!["elsewhere.example".to_owned()];
        })
        .await;
        let bot = company.account.user.clone();
        let stranger = company.people.person("Stranger").await;
        for encrypted in [true, false] {
            let room = stranger.direct(&bot, encrypted).await;
            eventually("the invitation is refused", async || {
                stranger.membership(&room, &bot).await.as_deref() == Some("leave")
            })
            .await;
            let seen = stranger.look().await;
            assert!(
                seen.iter()
                    .all(|seen| seen.sender != bot || seen.kind == "m.room.member"),
                "{seen:#?}"
            );
        }
        // Whoever is allowed by name is welcome.
        company.stop().await;
        company.account.allowed.push(stranger.user.clone());
        company.start().await;
        company.opens_a_room(&stranger, true).await;
        let seen = company.says(&stranger, "hello").await;
        assert!(seen.contains("Welcome, Stranger"), "{seen}");
        assert_eq!(place.number("SELECT count(*) FROM account").await, 1);
        company.end().await;
    });
}

/// A room that is upgraded is followed: the talk goes on in the new one.
#[test]
fn an_upgraded_room_is_followed() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let bot = company.account.user.clone();
        let old = company.room(&anna).to_owned();
        let new = anna.act(&old, "upgrade", json!({"new_version": "11"})).await;
        let new = new["replacement_room"].as_str().expect("a room").to_owned();
        // As clients do for whoever was in the old one.
        anna.act(&new, "invite", json!({"user_id": bot})).await;
        company.is_at_home(&anna, &new, true);
        company.came(&anna, &new).await;
        company.settle().await;
        let seen = company.says(&anna, "profile").await;
        assert!(seen.contains("Name: Anna"), "{seen}");
        company.says(&boris, "give 50 to anna").await;
        assert_eq!(told(&company, &anna, "Boris"), 1, "told in the new room");
        eventually("the old room is left", async || {
            anna.membership(&old, &bot).await.as_deref() == Some("leave")
        })
        .await;
        company.end().await;
    });
}

/// Somebody comes into a private room: from then on nothing private is said there.
#[test]
fn m7_nothing_private_is_said_where_others_have_come_in() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let eve = company.people.person("Eve").await;
        let bot = company.account.user.clone();
        let room = company.room(&anna).to_owned();
        anna.act(&room, "invite", json!({"user_id": eve.user})).await;
        eve.join(&room).await;
        eve.look().await;
        let before = company.gate.count();
        for words in ["profile", "home", "organizer", "history", "1", "need 70 monthly"] {
            let event = anna.write(&room, words).await;
            company.expects(&event);
        }
        company.says(&boris, "give 50 to anna").await;
        company.place.clock.advance(600);
        company.settle().await;
        let seen = eve.look().await;
        let of_bot = seen.iter().filter(|seen| seen.sender == bot);
        let words: Vec<&str> = of_bot.filter_map(|seen| seen.content["body"].as_str()).collect();
        for private in ["rent", "300", "Boris", "Anna", "€"] {
            assert!(
                words.iter().all(|words| !words.contains(private)),
                "{private:?}: {words:?}"
            );
        }
        let sent = company.gate.asked(before);
        let there = sent
            .iter()
            .filter(|asked| asked.sends_to().as_ref() == Some(&room));
        assert!(there.count() <= 1, "{sent:#?}");
        company.end().await;
    });
}

/// Somebody has two rooms with the bot: an answer comes where something was said, a notice into one of them alone.
#[test]
fn two_rooms_of_one_person() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let first = company.room(&anna).to_owned();
        company.opens_a_room(&anna, true).await;
        let second = company.room(&anna).to_owned();
        let seen = company.says(&anna, "profile").await;
        assert!(seen.contains("Name: Anna"), "{seen}");
        let before = company.gate.count();
        company.says(&boris, "give 50 to anna").await;
        let sent = company.gate.asked(before);
        let to = |room: &str| {
            sent.iter()
                .filter(|asked| asked.sends_to().as_deref() == Some(room))
                .count()
        };
        assert_eq!(to(&first) + to(&second), 1, "{sent:#?}");
        assert_eq!(place.number("SELECT count(*) FROM account").await, 2);
        company.end().await;
    });
}
