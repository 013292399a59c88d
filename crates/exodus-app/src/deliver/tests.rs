//! Delivery through an application, its store and a front end that keeps what it is given.

pub(crate) mod world;

use std::sync::Arc;

use exodus_core::{Command, MemberId};
use exodus_store::{AccountKey, Personal, Work};

use self::world::{Front, World};
use super::*;
use crate::Outbound;

#[test]
fn c10_quiet_hours_over_midnight_end_in_the_morning() {
    let zone = Zone::named("Europe/Berlin").expect("a zone");
    let at = |day, hour| zone.instant(jiff_date(day).at(hour, 30, 0, 0));
    let morning = |day| zone.instant(jiff_date(day).at(8, 0, 0, 0));
    assert_eq!(quiet_until(&zone, (22, 8), at(5, 23)), Some(morning(6)));
    assert_eq!(quiet_until(&zone, (22, 8), at(6, 3)), Some(morning(6)));
    assert_eq!(quiet_until(&zone, (22, 8), at(6, 12)), None);
    assert_eq!(quiet_until(&zone, (8, 8), at(6, 8)), None);
}

#[test]
fn a_digest_comes_in_the_evening_after() {
    let zone = Zone::utc();
    let evening = |day| zone.instant(jiff_date(day).at(19, 0, 0, 0));
    assert_eq!(
        digest_time(&zone, zone.instant(jiff_date(5).at(9, 0, 0, 0))),
        evening(5)
    );
    assert_eq!(
        digest_time(&zone, zone.instant(jiff_date(5).at(19, 0, 0, 0))),
        evening(6)
    );
}

fn jiff_date(day: i8) -> exodus_core::Date {
    exodus_core::Date::constant(2026, 11, day)
}

async fn deliver(world: &World, fronts: &[Arc<dyn Outbound>]) -> usize {
    let mut dealt = 0;
    loop {
        let now = world.app.deliver("here", fronts).await.unwrap();
        if now == 0 {
            return dealt;
        }
        dealt += now;
    }
}

/// Anna asks; Boris and Clara, who came by her link, promise to help.
async fn three(world: &World) -> [MemberId; 3] {
    let anna = world.member("anna", None).await;
    let link = world.link(anna).await;
    let boris = world.member("boris", Some(link)).await;
    let clara = world.member("clara", Some(link)).await;
    let appeal = world.asks(anna).await;
    for (by, amount) in [(boris, 4_000), (clara, 2_000)] {
        world.intends(by, appeal, amount).await;
    }
    [anna, boris, clara]
}

#[tokio::test]
async fn u9_a_notice_that_can_not_be_sent_keeps_nobody_else_waiting() {
    let world = World::new().await;
    let [anna, boris, clara] = three(&world).await;
    let front = Front::of("test");
    let fronts = [front.clone() as Arc<dyn Outbound>];
    deliver(&world, &fronts).await;
    front.empty();
    front.breaks_at(Some("boris"));
    let link = world.link(boris).await;
    world.does(boris, Command::RevokeLink { link }).await;
    world.does(anna, Command::EndMonthly).await;
    assert!(deliver(&world, &fronts).await >= 2);
    let told = front.empty();
    assert!(told.iter().any(|(to, _)| to == "clara"), "{told:?}");
    assert!(told.iter().all(|(to, _)| to != "boris"), "{told:?}");
    // Tried again later, and told once.
    front.breaks_at(None);
    assert_eq!(deliver(&world, &fronts).await, 0);
    world.clock.advance(LONGEST_WAIT);
    deliver(&world, &fronts).await;
    let told = front.empty();
    assert_eq!(told.iter().filter(|(to, _)| to == "boris").count(), 1, "{told:?}");
    assert_eq!(world.app.store().stats().await.unwrap().outbox, 0);
    let _ = clara;
}

#[tokio::test]
async fn u9_who_is_gone_is_left_in_peace_and_told_in_order_on_their_return() {
    let world = World::new().await;
    let [anna, boris, _] = three(&world).await;
    let front = Front::of("test");
    let fronts = [front.clone() as Arc<dyn Outbound>];
    deliver(&world, &fronts).await;
    front.empty();
    front.is_gone(Some("anna"));
    let appeal = world.appeal_of(anna).await;
    world.intends(boris, appeal, 5_000).await;
    deliver(&world, &fronts).await;
    world.intends(boris, appeal, 6_000).await;
    let waiting = world.app.store().stats().await.unwrap().outbox;
    assert_eq!(waiting, 2);
    for _ in 0..3 {
        world.clock.advance(86_400);
        assert_eq!(deliver(&world, &fronts).await, 0, "nobody writes to who is gone");
        assert_eq!(world.app.store().next_letter_at().await.unwrap(), None);
    }
    assert_eq!(front.empty(), []);
    front.is_gone(None);
    let account = AccountKey::new("test", "anna");
    let id = command_id(&["anna is back"]);
    let back = Personal::TouchAccount { account };
    let by = exodus_core::Actor::Member(anna);
    world
        .app
        .store()
        .transact(Work::personal(id, by, vec![back]))
        .await
        .unwrap();
    deliver(&world, &fronts).await;
    let letters: Vec<u64> = front.empty().into_iter().map(|(_, letter)| letter).collect();
    assert_eq!(letters.len(), 2);
    assert!(letters.is_sorted());
}

#[tokio::test]
async fn o1_a_notice_goes_by_the_process_that_reaches_its_reader() {
    let world = World::new().await;
    three(&world).await;
    let (here, elsewhere) = (Front::of("test"), Front::of("another"));
    let waiting = world.app.store().stats().await.unwrap().outbox;
    assert!(waiting > 0);
    assert_eq!(
        deliver(&world, &[elsewhere.clone() as Arc<dyn Outbound>]).await,
        0
    );
    assert_eq!(world.app.store().stats().await.unwrap().outbox, waiting);
    // What the other process could not do has cost nobody a second.
    deliver(&world, &[here.clone() as Arc<dyn Outbound>]).await;
    assert_eq!(world.app.store().stats().await.unwrap().outbox, 0);
    assert!(elsewhere.empty().is_empty() && !here.empty().is_empty());
}

#[tokio::test]
async fn a_question_that_was_opened_meanwhile_stays_open() {
    let world = World::new().await;
    three(&world).await;
    let front = Front::of("test");
    let account = AccountKey::new("test", "anna");
    let mut asked = Conversation::at(Route::Home);
    asked.draft = Some(exodus_ui::Draft::Monthly {
        target: None,
        purpose: None,
        findable: None,
    });
    front.meanwhile(world.app.store().clone(), account.clone(), asked.to_kept());
    deliver(&world, &[front.clone() as Arc<dyn Outbound>]).await;
    assert!(front.empty().iter().any(|(to, _)| to == "anna"));
    let kept = world.app.store().session(&account).await.unwrap();
    assert_eq!(Conversation::from_kept(kept.as_deref()), asked);
}

/// C4, U9: what is held for the evening comes in the evening, the month's summary among it.
#[tokio::test]
async fn c4_a_summary_that_waits_for_the_evening_comes_with_the_rest() {
    let world = World::new().await;
    let [anna, boris, _] = three(&world).await;
    let quiet = Person {
        name: "boris".to_owned(),
        language: "en".to_owned(),
        loudness: [
            (Category::Summary, Loudness::Digest),
            (Category::CircleNews, Loudness::Digest),
        ]
        .into(),
        ..Person::default()
    };
    let set = Personal::SetPerson {
        whose: exodus_store::Whose::Member(boris),
        person: quiet,
    };
    let by = exodus_core::Actor::Member(boris);
    let work = Work::personal(command_id(&["quiet"]), by, vec![set]);
    world.app.store().transact(work).await.unwrap();
    let front = Front::of("test");
    let fronts = [front.clone() as Arc<dyn Outbound>];
    world.clock.advance(10 * 3_600);
    deliver(&world, &fronts).await;
    front.words_to("boris");
    // The first of December, ten in the morning.
    world
        .clock
        .set(Zone::utc().instant(exodus_core::Date::constant(2026, 12, 1).at(10, 0, 0, 0)));
    while world.app.tick(100).await.unwrap() > 0 {}
    let appeal = world.appeal_of(anna).await;
    world.intends(boris, appeal, 1_500).await;
    let more = Command::ChangeAppeal {
        appeal,
        target: Some(exodus_core::Amount::from_minor(35_000)),
        deadline: None,
        purpose: None,
        findable: None,
    };
    world.does(anna, more).await;
    deliver(&world, &fronts).await;
    let early = front.words_to("boris");
    assert!(
        early.iter().all(|words| !words.contains("€350")),
        "it is not evening yet: {early:#?}"
    );
    world.clock.advance(10 * 3_600);
    deliver(&world, &fronts).await;
    let words = front.words_to("boris");
    let [evening] = words.as_slice() else {
        panic!("one message: {words:#?}")
    };
    assert!(
        evening.contains("anna has changed") && evening.contains("November"),
        "{evening}"
    );
}
