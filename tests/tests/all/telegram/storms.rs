//! Bad days, by a seed: servers in trouble, answers that never come, updates that come again, chats held back.

use exodus_tests::{
    repository,
    telegram::{Company, Faults, Person, Rates, still},
};

/// Amounts that were recorded, each as often as it was.
async fn recorded(company: &Company) -> Vec<i64> {
    let rows = company
        .place
        .rows("SELECT body FROM journal WHERE kind LIKE 'intention%' ORDER BY seq")
        .await;
    let bodies = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).expect("a body"));
    bodies
        .filter_map(|body| {
            let event: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            let (_, fact) = event.as_object()?.iter().next()?;
            fact.get("after").or(fact.get("amount"))?.as_i64()
        })
        .collect()
}

/// U9, O10: on a bad day every command takes effect once, every answer and every notice arrives.
#[test]
fn u9_on_a_bad_day_nothing_is_lost_and_nothing_is_done_twice() {
    for seed in 1..=4 {
        still::run(async |place| {
            let mut company = Company::new(&place).await;
            let anna = Person::new(1, "Anna", "en");
            company.joins(&anna, None).await;
            company.says(&anna, "need 300 monthly rent").await;
            company.presses(&anna, "No").await;
            let people: Vec<Person> = (0..4)
                .map(|number| Person::new(100 + number, &format!("Friend {number}"), "en"))
                .collect();
            for who in &people {
                company.joins(who, Some(&anna)).await;
            }
            let before = company.fake.calls(0).len();
            company.fake.befall(Some(Faults::seeded(seed, Rates::STORMY)));
            let mut amounts = Vec::new();
            for round in 0..10 {
                for (number, who) in people.iter().enumerate() {
                    let cents = 100 + round * 10 + i64::try_from(number).expect("few");
                    amounts.push(cents);
                    let text = format!("give {}.{:02} to anna", cents / 100, cents % 100);
                    company.fake.message(
                        &who.chat(),
                        Some(&who.user()),
                        exodus_tests::telegram::people::typed(&text),
                    );
                }
                company.place.clock.advance(60);
                company.settle().await;
            }
            // The weather clears; what was put off comes due.
            company.fake.befall(None);
            for _ in 0..30 {
                company.place.clock.advance(60);
                company.settle().await;
            }
            let mut done = recorded(&company).await;
            done.sort_unstable();
            assert_eq!(
                done, amounts,
                "seed {seed}: a command took effect twice, or never"
            );
            let calls = company.fake.calls(before);
            for (number, cents) in amounts.iter().enumerate() {
                let who = &people[number % people.len()];
                let words = format!("€{}.{:02}", cents / 100, cents % 100).replace(".00", "");
                let answered = calls.iter().any(|call| {
                    call.chat() == Some(who.id) && call.result().is_some() && call.words().contains(&words)
                });
                assert!(answered, "seed {seed}: {} never heard of {words}", who.name);
            }
            let letters = place
                .number("SELECT count(*) FROM outbox WHERE recipient = 1 AND category = 'IntentionForMe'")
                .await;
            let sent = place.number("SELECT count(*) FROM outbox WHERE recipient = 1 AND category = 'IntentionForMe' AND status = 2").await;
            assert_eq!(
                (letters, sent),
                (40, 40),
                "seed {seed}: letters, and how many of them were sent"
            );
            let told = calls.iter().filter(|call| {
                call.chat() == Some(anna.id) && call.result().is_some() && call.method == "sendMessage"
            });
            let unheard = calls
                .iter()
                .filter(|call| call.chat() == Some(anna.id) && !call.heard)
                .count();
            let told = told.count();
            assert!(
                (40..=40 + unheard).contains(&told),
                "seed {seed}: {told} notices, {unheard} answers unheard"
            );
            company.end().await;
        });
    }
}

/// The words of every part that speaks of the token: none of them writes it anywhere.
#[test]
fn no_file_of_the_repository_holds_a_token() {
    for path in repository::files(&[".rs", ".toml", ".md", ".ftl", ".txt", ".json"]) {
        let text = repository::read(&path);
        let looks_like_one = |word: &str| {
            word.split_once(':').is_some_and(|(id, secret)| {
                (8..=10).contains(&id.len())
                    && id.chars().all(|sign| sign.is_ascii_digit())
                    && secret.len() == 35
            })
        };
        let found = text
            .split(|sign: char| sign.is_whitespace() || "\"'`()".contains(sign))
            .find(|word| looks_like_one(word));
        assert_eq!(found, None, "{}", repository::short(&path));
    }
}
