//! One who writes without end, and chats that Telegram holds back: nobody else waits for them.

use std::time::Duration;

use exodus_tests::{
    Backend, place,
    telegram::{Bot, Call, Company, Fake, Person, people::typed, still},
};
use serde_json::json;
use tokio::time::Instant;

/// Updates of the one who writes without end.
const WITHOUT_END: usize = 10_000;
/// Everybody else.
const OTHERS: i64 = 20;

/// One user sends 10,000 updates; everyone else is answered meanwhile, each before the one has a handful of answers more.
#[test]
fn one_who_writes_without_end_keeps_nobody_waiting() {
    // Nothing stands still here: who gets how much of the machine is what is looked at.
    place::run(Backend::Sqlite, |place| async move {
        let fake = Fake::start("4242:never-to-be-seen").await;
        let bot = Bot::start(&place, 1, &fake).await;
        let one = Person::new(1, "Endless", "en");
        let others: Vec<Person> = (0..OTHERS)
            .map(|number| Person::new(100 + number, &format!("Other {number}"), "en"))
            .collect();
        let write = |who: &Person, text: &str| fake.message(&who.chat(), Some(&who.user()), typed(text));
        for who in std::iter::once(&one).chain(&others) {
            write(who, "/start");
        }
        patiently("everybody is welcomed", || {
            answers(&fake.calls(0), None).len() == others.len() + 1
        })
        .await;

        for number in 0..WITHOUT_END {
            write(&one, if number % 2 == 0 { "/help" } else { "/home" });
        }
        patiently("all of them are kept", || fake.waiting() == 0).await;
        let before = fake.calls(0).len();
        for who in &others {
            write(who, "/help");
        }
        let given = Instant::now();
        let everybody = |calls: &[Call]| others.iter().all(|who| !answers(calls, Some(who.id)).is_empty());
        patiently("everybody else is answered", || everybody(&fake.calls(before))).await;
        let calls = fake.calls(before);
        let last = calls
            .iter()
            .filter(|call| call.chat().is_some_and(|chat| chat > 1))
            .map(|call| call.at)
            .max();
        let meanwhile = answers(&calls, Some(one.id)).len();
        println!(
            "{OTHERS} others were answered within {:?}",
            last.map(|last| last.duration_since(given))
        );
        assert!(
            meanwhile <= 10,
            "the one got {meanwhile} answers before everybody else had theirs"
        );
        let waiting = bot.app.store().stats().await.expect("no trouble").inbox;
        assert!(
            waiting > 9_000,
            "only {waiting} of {WITHOUT_END} wait: nothing was shown by this"
        );
        assert_eq!(fake.violations(), [""; 0]);
        bot.abort().await;
    });
}

/// What a chat was sent.
fn answers(calls: &[Call], chat: Option<i64>) -> Vec<&Call> {
    let sent = calls
        .iter()
        .filter(|call| call.method == "sendMessage" && call.result().is_some());
    sent.filter(|call| chat.is_none() || call.chat() == chat)
        .collect()
}

/// Waits for something in real time; how long is nobody's affair here.
async fn patiently(what: &str, mut so: impl FnMut() -> bool) {
    for _ in 0..60_000 {
        if so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never comes that {what}");
}

/// Telegram asks to leave one person alone for 30 s: they are, and have their answer after it; everyone else has theirs
/// meanwhile.
#[test]
fn u9_a_chat_that_is_held_back_keeps_nobody_waiting() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let held = Person::new(1, "Held", "en");
        company.joins(&held, None).await;
        let others: Vec<Person> = (0..8)
            .map(|number| Person::new(100 + number, &format!("Other {number}"), "en"))
            .collect();
        for who in &others {
            company.joins(who, None).await;
        }
        let before = company.fake.calls(0).len();
        company.fake.flood(held.id, 30);
        let end = Instant::now() + Duration::from_secs(30);
        for who in std::iter::once(&held).chain(&others) {
            company
                .fake
                .message(&who.chat(), Some(&who.user()), typed("/help"));
        }
        company.settle().await;
        let calls = company.fake.calls(before);
        let of = |who: &Person| {
            calls
                .iter()
                .filter(|call| call.chat() == Some(who.id))
                .collect::<Vec<_>>()
        };
        let answered = |who: &Person| {
            of(who)
                .into_iter()
                .find(|call| call.result().is_some())
                .map(|call| call.at)
        };
        let late = answered(&held).expect("in the end they have their answer");
        assert!(late >= end, "the chat was not left alone");
        assert_eq!(of(&held).len(), 2, "asked once, refused, left alone, asked again");
        for who in &others {
            let at = answered(who).unwrap_or_else(|| panic!("{} has no answer", who.name));
            assert!(at < end, "{} waited for somebody else's chat", who.name);
        }
        company.end().await;
    });
}

/// The same with a group: a word there is not worth waiting for, and nobody waits for it.
#[test]
fn u9_a_group_that_is_held_back_keeps_nobody_waiting() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let anna = Person::new(1, "Anna", "en");
        company.joins(&anna, None).await;
        let group = exodus_tests::telegram::people::group(-7, "Friends");
        let other = exodus_tests::telegram::people::group(-8, "Others");
        for group in [&group, &other] {
            company
                .fake
                .message(group, Some(&anna.user()), json!({"text": "hello"}));
        }
        company.settle().await;
        let before = company.fake.calls(0).len();
        company.fake.flood(-7, 30);
        let end = Instant::now() + Duration::from_secs(30);
        for _ in 0..5 {
            company
                .fake
                .message(&group, Some(&anna.user()), typed("/help@exodus_test_bot"));
        }
        company
            .fake
            .message(&other, Some(&anna.user()), typed("/help@exodus_test_bot"));
        company
            .fake
            .message(&anna.chat(), Some(&anna.user()), typed("/help"));
        company.settle().await;
        for chat in [-8, anna.id] {
            let calls = company.fake.calls(before);
            let call = calls
                .iter()
                .find(|call| call.chat() == Some(chat) && call.result().is_some());
            let at = call.unwrap_or_else(|| panic!("{chat} has no answer")).at;
            assert!(at < end, "{chat} waited for the group");
        }
        let early = company.fake.calls(before);
        let early = early
            .iter()
            .filter(|call| call.chat() == Some(-7) && call.at < end)
            .count();
        assert!(early <= 1, "the group was not left alone: {early} calls");
        company.end().await;
    });
}

/// U9: who blocked the bot is marked and not written to; whoever returns has everything.
#[test]
fn u9_who_blocked_the_bot_is_left_alone_until_they_return() {
    still::run(async |place| {
        let mut company = Company::new(&place).await;
        let [anna, boris] = [Person::new(1, "Anna", "en"), Person::new(2, "Boris", "en")];
        company.joins(&anna, None).await;
        company.says(&anna, "need 300 monthly rent").await;
        company.presses(&anna, "No").await;
        company.joins(&boris, Some(&anna)).await;
        company.fake.block(anna.id);
        let before = company.fake.calls(0).len();
        for amount in 1..=5 {
            company.says(&boris, &format!("give {amount} to anna")).await;
        }
        let calls = company.fake.calls(before);
        let tried = calls.iter().filter(|call| call.chat() == Some(anna.id)).count();
        assert!(tried <= 1, "written to {tried} times after she blocked the bot");
        company.fake.reopen(anna.id);
        company.says(&anna, "/home").await;
        // Letters that waited are tried again within an hour.
        for _ in 0..70 {
            company.place.clock.advance(60);
            company.settle().await;
        }
        let shown = company.fake.shown(anna.id);
        let texts = shown.iter().filter_map(|message| message["text"].as_str());
        let told: Vec<&str> = texts
            .filter(|text| text.contains("Boris") && text.contains("for you"))
            .collect();
        assert_eq!(told.len(), 5, "notices were lost, or told twice: {told:#?}");
        company.end().await;
    });
}
