//! Several processes over one database: work is shared, never doubled (O1).

use std::{collections::BTreeMap, sync::Arc};

use exodus_app::{App, SendFailure};
use exodus_tests::{
    Backend, Place, Post, World,
    place::run,
    world::{FRONT, settings},
};
use exodus_ui::Said;

/// Twelve people around Anna.
async fn village(place: &Arc<Place>) -> World {
    let mut world = World::open(place, 1).await;
    world.say("anna", "/start").await;
    world.say("anna", "need 300 monthly rent").await;
    world.press("anna", "Yes").await;
    let code = world.code("anna").await;
    for n in 0..12 {
        world.say(&format!("friend {n}"), &format!("/start {code}")).await;
    }
    world
}

/// Each of the twelve promises her something.
async fn all_give(world: &mut World) {
    for n in 0..12 {
        world
            .say(&format!("friend {n}"), &format!("give {} to anna", 10 + n))
            .await;
    }
}

/// The application of another process over the same database.
async fn other_process(place: &Arc<Place>) -> App {
    App::new(place.open(2).await, settings())
}

async fn count(place: &Place, kind: &str) -> i64 {
    place
        .number(&format!("SELECT count(*) FROM journal WHERE kind = '{kind}'"))
        .await
}

async fn sound(world: &World) {
    let report = world.app.store().verify(|_, _| ()).await.expect("no trouble");
    assert!(report.ok(), "{:#?}", report.differences);
}

async fn two_share_the_outbox(place: Arc<Place>) {
    let mut world = village(&place).await;
    let other = World::of(&place, other_process(&place).await, Arc::default(), 2);
    all_give(&mut world).await;
    world.say("anna", "emergency 500 in 5 days fire").await;
    world.press("anna", "Skip").await;
    world.press("anna", "Yes").await;
    // Both at once, until nothing is left.
    loop {
        let (one, two) = tokio::join!(
            world.app.deliver("one", world.fronts()),
            other.app.deliver("two", other.fronts()),
        );
        if one.expect("no trouble") + two.expect("no trouble") == 0 {
            break;
        }
    }
    let (one, two) = (world.post.sent(), other.post.sent());
    assert!(
        !one.is_empty() && !two.is_empty(),
        "both take part: {} and {}",
        one.len(),
        two.len()
    );
    let mut times: BTreeMap<u64, u32> = BTreeMap::new();
    for sent in one.iter().chain(&two) {
        *times.entry(sent.letter).or_default() += 1;
    }
    assert!(
        times.values().all(|times| *times == 1),
        "a notice went out twice: {times:?}"
    );
    let sent = place.number("SELECT count(*) FROM outbox WHERE status = 2").await;
    assert_eq!(i64::try_from(times.len()).unwrap(), sent);
    assert_eq!(
        place.number("SELECT count(*) FROM outbox WHERE status < 2").await,
        0
    );
}

#[test]
fn o1_two_processes_share_the_outbox_on_postgres() {
    run(Backend::Postgres, two_share_the_outbox);
}

#[test]
fn o1_two_processes_share_the_outbox_on_sqlite() {
    run(Backend::Sqlite, two_share_the_outbox);
}

/// The same update at two processes at the same moment, as after a change of leadership: it takes effect once.
async fn two_handle_the_same(place: Arc<Place>) {
    let mut world = village(&place).await;
    let other = other_process(&place).await;
    for n in 0..12 {
        let who = format!("friend {n}");
        let before = world.app.store().stats().await.expect("no trouble").entries;
        let update = world.update(&who, Said::Text(format!("give {} to anna", 10 + n)), None);
        let (one, two) = tokio::join!(world.app.handle(&update, &FRONT), other.handle(&update, &FRONT));
        one.expect("no trouble");
        two.expect("no trouble");
        let after = world.app.store().stats().await.expect("no trouble").entries;
        assert_eq!(after, before + 1, "{who}");
        // And a question is not answered by the very words that asked it.
        let update = world.update(&who, Said::Text("need 50 monthly".to_owned()), None);
        let (one, two) = tokio::join!(world.app.handle(&update, &FRONT), other.handle(&update, &FRONT));
        one.expect("no trouble");
        two.expect("no trouble");
        let shown = world.say(&who, "no").await;
        assert!(shown.starts_with("May people who do not know you yet"), "{shown}");
    }
    // The same newcomer at both.
    let update = world.update("newcomer", Said::Start(None), None);
    let (one, two) = tokio::join!(world.app.handle(&update, &FRONT), other.handle(&update, &FRONT));
    one.expect("no trouble");
    two.expect("no trouble");
    assert_eq!(count(&place, "registered").await, 14);
    sound(&world).await;
}

#[test]
fn invariant_6_the_same_update_at_two_processes_on_postgres() {
    run(Backend::Postgres, two_handle_the_same);
}

#[test]
fn invariant_6_the_same_update_at_two_processes_on_sqlite() {
    run(Backend::Sqlite, two_handle_the_same);
}

/// Both wake at the month's end: it ends once.
async fn two_end_the_month(place: Arc<Place>) {
    let mut world = village(&place).await;
    let other = other_process(&place).await;
    all_give(&mut world).await;
    place.clock.set(exodus_tests::place::berlin(2026, 12, 1, 10));
    loop {
        let (one, two) = tokio::join!(world.app.tick(5), other.tick(5));
        if one.expect("no trouble") + two.expect("no trouble") == 0 {
            break;
        }
    }
    assert_eq!(count(&place, "month_closed").await, 13);
    assert_eq!(count(&place, "intention_lapsed").await, 12);
    sound(&world).await;
}

#[test]
fn c3_two_processes_end_the_month_once_on_postgres() {
    run(Backend::Postgres, two_end_the_month);
}

#[test]
fn c3_two_processes_end_the_month_once_on_sqlite() {
    run(Backend::Sqlite, two_end_the_month);
}

/// A chat in bad weather: what it asks to wait is waited, nothing is lost, nothing overtakes (U9).
async fn bad_weather(place: Arc<Place>) {
    let mut world = village(&place).await;
    world.settle().await;
    world.post.empty();
    world.post.fare(|_, tried| match tried % 4 {
        0 => Err(SendFailure::RetryAfter(30)),
        1 => Err(SendFailure::Trouble("the line is down".to_owned())),
        _ => Ok(()),
    });
    all_give(&mut world).await;
    let until = place.clock_now().plus_hours(24);
    world.travel(until).await;
    let letters: Vec<u64> = world
        .post
        .sent()
        .iter()
        .filter(|sent| sent.to == "anna")
        .map(|sent| sent.letter)
        .collect();
    let waiting = place
        .rows("SELECT kind, status, attempts, not_before, lease_until FROM outbox WHERE status < 2")
        .await;
    let waiting: Vec<String> = waiting
        .iter()
        .map(|row| {
            format!(
                "{:?}",
                (
                    row.try_get::<String>("", "kind"),
                    row.try_get::<i64>("", "not_before")
                )
            )
        })
        .collect();
    assert_eq!(letters.len(), 12, "{waiting:#?} at {:?}", place.clock_now());
    assert!(letters.is_sorted_by(|one, next| one < next), "{letters:?}");
    assert_eq!(
        place.number("SELECT count(*) FROM outbox WHERE status < 2").await,
        0
    );
}

#[test]
fn u9_bad_weather_loses_nothing() {
    run(Backend::Sqlite, bad_weather);
}

/// Whoever blocked the bot is written to again when they return, and has missed nothing (U9).
async fn gone_and_back(place: Arc<Place>) {
    let mut world = village(&place).await;
    world.settle().await;
    world.post.empty();
    world.post.fare(|_, _| Err(SendFailure::Gone));
    world.say("friend 1", "give 50 to anna").await;
    world.settle().await;
    assert!(world.post.sent().is_empty());
    world.post.clear_up();
    world.say("anna", "/home").await;
    let post: Arc<Post> = Arc::clone(&world.post);
    world.travel(place.clock_now().plus_hours(2)).await;
    let told: Vec<String> = post
        .sent()
        .into_iter()
        .filter(|sent| sent.to == "anna")
        .map(|sent| sent.text)
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("€50"), "{told:?}");
}

#[test]
fn u9_who_blocked_the_bot_misses_nothing() {
    run(Backend::Sqlite, gone_and_back);
}
