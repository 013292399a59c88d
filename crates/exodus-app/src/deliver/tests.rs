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

#[tokio::test]
async fn u9_what_another_process_says_elsewhere_is_left_to_it() {
    let world = World::new().await;
    let [anna, boris, _] = three(&world).await;
    let (here, there) = (Front::of("test"), Front::of("other"));
    let fronts = [here.clone() as Arc<dyn Outbound>];
    deliver(&world, &fronts).await;
    here.empty();
    // Anna has a second account, and wants to hear everything there.
    let store = world.app.store();
    let account = AccountKey::new("other", "anna");
    let mut person = store.person(anna).await.unwrap().unwrap();
    person.notify_account = Some(account.clone());
    let personal = vec![
        Personal::AddAccount {
            whose: anna.into(),
            account,
        },
        Personal::SetPerson {
            whose: anna.into(),
            person,
        },
    ];
    let by = exodus_core::Actor::Member(anna);
    let id = command_id(&["anna has two accounts"]);
    store.transact(Work::personal(id, by, personal)).await.unwrap();
    world.app.stand_by("other");
    let appeal = world.appeal_of(anna).await;
    world.intends(boris, appeal, 5_000).await;
    deliver(&world, &fronts).await;
    assert_eq!(here.empty(), [], "another process tells her");
    // This process takes its place.
    world.app.join(&(there.clone() as Arc<dyn Outbound>));
    world.clock.advance(ELSEWHERE);
    let fronts = world.app.fronts(&fronts);
    deliver(&world, &fronts).await;
    assert_eq!((here.empty().len(), there.empty().len()), (0, 1));
}
