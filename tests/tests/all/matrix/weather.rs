//! Bad days: a homeserver that is down, that asks to wait, that is in trouble, whose answers never come.

use std::{collections::BTreeSet, time::Duration};

use exodus_tests::{
    Backend,
    matrix::{Asked, Company, Fare, Person, eventually},
    place,
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::sync::Mutex;

/// Anna asks for help, Boris is in her network.
async fn two(company: &mut Company) -> (Person, Person) {
    let anna = company.joins("Anna", None, true).await;
    company.says(&anna, "need 9000 monthly rent").await;
    company.picks(&anna, "No").await;
    let boris = company.joins("Boris", Some(&anna), true).await;
    (anna, boris)
}

/// Intentions that were recorded, in hundredths, each as often as it was.
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

/// How often somebody was told of an intention of an amount.
fn told(company: &Company, who: &Person, cents: i64) -> usize {
    let amount = format!("€{}.{:02}", cents / 100, cents % 100).replace(".00", "");
    let said = [format!("for you: {amount}."), format!("it is {amount}.")];
    let says_so = |text: &str| text.contains("Boris") && said.iter().any(|words| text.contains(words));
    company
        .sight(who)
        .shown
        .iter()
        .filter(|shown| says_so(&shown.plain))
        .count()
}

/// Lets hours pass, so that everything that was put off is tried again.
async fn hours_pass(company: &mut Company) {
    for _ in 0..3 {
        company.place.clock.advance(3_600);
        company.settle().await;
    }
}

fn is_send(asked: &Asked) -> bool {
    asked.path.contains("/send/m.room.")
}

/// O10: while the homeserver is down the bot waits, and goes on where it was: what was said meanwhile is answered once, what
/// was to be told is told once.
#[test]
fn o10_a_homeserver_that_is_down() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        company.says(&boris, "give 50 to anna").await;
        company.picks(&boris, "Make it an obligation").await;
        company.picks(&boris, "Yes").await;
        let before = recorded(&company).await;
        company.gate.shut().await;
        for amount in 1..=3 {
            company.writes(&boris, &format!("give {amount} to anna")).await;
        }
        // Something falls due: a notice that can not be sent now.
        let reminder = exodus_tests::place::berlin(2026, 11, 28, 10);
        company.place.clock.set(reminder);
        eventually("a notice is tried", async || {
            place
                .number("SELECT count(*) FROM outbox WHERE attempts > 0 AND status = 0")
                .await
                > 0
        })
        .await;
        assert_eq!(recorded(&company).await, before, "nobody knows of it yet");
        company.gate.reopen().await;
        hours_pass(&mut company).await;
        assert_eq!(recorded(&company).await[before.len()..], [100, 200, 300]);
        for amount in [100, 200, 300] {
            assert_eq!(told(&company, &anna, amount), 1, "{amount}");
        }
        let waiting = place.number("SELECT count(*) FROM outbox WHERE status = 0").await;
        assert_eq!(waiting, 0, "every notice was told");
        company.end().await;
    });
}

/// U9: asked to wait, the bot waits as long as it was asked to, and says everything after it, once.
#[test]
fn u9_a_homeserver_that_asks_to_wait() {
    const WAIT: u64 = 700;
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let before = company.gate.count();
        let refused = Mutex::new(0);
        company.gate.fare(move |_, path, _| {
            let mut refused = refused.lock().expect("whole");
            let limits = path.contains("/send/m.room.") && *refused < 3;
            *refused += u32::from(limits);
            if limits { Fare::Limited(WAIT) } else { Fare::Well }
        });
        company.writes(&boris, "give 50 to anna").await;
        company.settle().await;
        hours_pass(&mut company).await;
        let asked = company.gate.asked(before);
        let sends: Vec<&Asked> = asked.iter().filter(|asked| is_send(asked)).collect();
        let limited: Vec<&&Asked> = sends.iter().filter(|asked| asked.fare != Fare::Well).collect();
        assert_eq!(limited.len(), 3, "{sends:#?}");
        for refusal in limited {
            let next = sends
                .iter()
                .find(|asked| asked.at > refusal.at)
                .expect("it is tried again");
            let waited = next.at.duration_since(refusal.at);
            assert!(waited >= Duration::from_millis(WAIT), "waited only {waited:?}");
        }
        assert_eq!(told(&company, &anna, 5_000), 1);
        company.end().await;
    });
}

/// The homeserver's own limit, for the bot's account alone: everything arrives, in its order, only later.
#[test]
fn u9_the_homeserver_s_own_limit() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let bot = company.account.user.clone();
        company.people.allow(&bot, Some(1)).await;
        let before = company.gate.count();
        for amount in 1..=6 {
            company.writes(&boris, &format!("give {amount} to anna")).await;
        }
        company.settle().await;
        hours_pass(&mut company).await;
        let limited = company
            .gate
            .asked(before)
            .iter()
            .filter(|asked| asked.status == Some(429))
            .count();
        assert!(limited > 0, "the limit was never met");
        assert_eq!(
            recorded(&company).await,
            (1..=6).map(|amount| amount * 100).collect::<Vec<_>>()
        );
        for amount in 1..=6 {
            assert_eq!(told(&company, &anna, amount * 100), 1, "{amount}");
        }
        company.people.allow(&bot, None).await;
        company.end().await;
    });
}

/// U9, O10: on a bad day every command takes effect once, every answer and every notice comes once: what is sent again has
/// the name it had.
#[test]
fn u9_on_a_bad_day_nothing_is_lost_and_nothing_comes_twice() {
    for seed in 1..=2 {
        place::run(Backend::Sqlite, |place| async move {
            let mut company = Company::with(&place, |account| account.signs = false).await;
            let (anna, boris) = two(&mut company).await;
            let shown = company.sight(&boris).shown.len();
            let (before, dice) = (company.gate.count(), Mutex::new(StdRng::seed_from_u64(seed)));
            company.gate.fare(move |_, path, _| {
                // The client's own keys and sync go on as they can; what is said fares badly.
                if !path.contains("/send/") && !path.contains("/sync") {
                    return Fare::Well;
                }
                match dice.lock().expect("whole").random_range(0..10) {
                    0 | 1 => Fare::Unheard,
                    2 => Fare::Trouble(502),
                    3 => Fare::Limited(50),
                    _ => Fare::Well,
                }
            });
            for amount in 1..=12 {
                company.writes(&boris, &format!("give {amount} to anna")).await;
                if amount % 4 == 0 {
                    company.settle().await;
                }
            }
            company.gate.clear_up();
            hours_pass(&mut company).await;
            assert_eq!(
                recorded(&company).await,
                (1..=12).map(|amount| amount * 100).collect::<Vec<_>>(),
                "seed {seed}"
            );
            for amount in 1..=12 {
                assert_eq!(told(&company, &anna, amount * 100), 1, "seed {seed}: {amount}");
            }
            let answers = company.sight(&boris).shown.len() - shown;
            assert_eq!(answers, 12, "seed {seed}: an answer to each");
            let asked = company.gate.asked(before);
            let unheard = asked
                .iter()
                .filter(|asked| is_send(asked) && asked.fare == Fare::Unheard);
            let unheard: BTreeSet<&str> = unheard.map(|asked| asked.path.as_str()).collect();
            assert!(!unheard.is_empty(), "seed {seed}: nothing was lost");
            for path in unheard {
                let times = asked.iter().filter(|asked| asked.path == path).count();
                assert!(times > 1, "seed {seed}: {path} was never sent again");
            }
            company.end().await;
        });
    }
}

/// One whose room does not take anything keeps nobody else waiting.
#[test]
fn u9_a_room_that_takes_nothing_keeps_nobody_waiting() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let room = company.room(&anna).to_owned();
        let part = room.trim_start_matches('!').to_owned();
        company.gate.fare(move |_, path, _| {
            let there = path.contains(&part) && path.contains("/send/");
            if there { Fare::Trouble(500) } else { Fare::Well }
        });
        let said = anna.write(&room, "help").await;
        eventually("the bot knows of it", async || company.gate.acknowledged(&said)).await;
        for _ in 0..3 {
            let event = boris.write(company.room(&boris), "profile").await;
            eventually("Boris is answered", async || {
                let seen = boris.look().await;
                let answered = seen.iter().any(|seen| {
                    seen.content["body"]
                        .as_str()
                        .is_some_and(|body| body.contains("Name: Boris"))
                });
                answered && company.gate.acknowledged(&event)
            })
            .await;
        }
        company.gate.clear_up();
        company.expects(&said);
        company.place.clock.advance(600);
        let seen = company.seen(&anna).await;
        assert!(seen.contains("/need") || seen.contains("need"), "{seen}");
        company.end().await;
    });
}
