//! Serving: stopping, sharing, housekeeping.

use std::sync::Arc;

use exodus_core::{Actor, Command, CommandId};
use exodus_store::{AccountKey, Menu, Received, Work};
use tokio::sync::oneshot;

use crate::{
    Outbound,
    deliver::tests::world::{Front, World},
    serve::{KEPT_DAYS, SCHEDULER},
};

#[tokio::test]
async fn o6_it_serves_until_it_is_told_to_stop_and_gives_its_leases_back() {
    let world = World::new().await;
    let anna = world.member("anna", None).await;
    let boris = world.member("boris", Some(world.link(anna).await)).await;
    world.intends(boris, world.asks(anna).await, 1_000).await;
    let front = Front::of("test");
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = {
        let (app, fronts) = (world.app.clone(), vec![front.clone() as Arc<dyn Outbound>]);
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            app.serve("one".to_owned(), fronts, stopped).await;
        })
    };
    while world.app.store().stats().await.unwrap().outbox > 0 {
        tokio::task::yield_now().await;
    }
    assert!(!front.empty().is_empty());
    assert!(!world.app.store().lease(SCHEDULER, "two", 30).await.unwrap());
    stop.send(()).unwrap();
    serving.await.unwrap();
    assert!(world.app.store().lease(SCHEDULER, "two", 30).await.unwrap());
}

#[tokio::test]
async fn what_is_over_is_forgotten_once_a_day_by_whoever_is_first() {
    let world = World::new().await;
    let store = world.app.store();
    let anna = world.member("anna", None).await;
    let account = AccountKey::new("test", "anna");
    let Received::New(update) = store.receive("test", "1", &account, "x").await.unwrap() else {
        panic!("not new")
    };
    let asks = Work {
        inbox: Some(update),
        ..Work::new(CommandId(1), Actor::Member(anna), Command::EndMonthly)
    };
    assert!(store.transact(asks).await.unwrap().refusal.is_some());
    let menu = Menu {
        id: 1,
        account: account.clone(),
        member: Some(anna),
        body: "{}".to_owned(),
        expires: store.now().plus_days(60),
    };
    store.put_menus(&[menu]).await.unwrap();
    assert_eq!(world.app.tidy("one").await.unwrap(), Some(0));
    // Not twice a day, whoever looks.
    world.clock.advance(86_399);
    assert_eq!(world.app.tidy("two").await.unwrap(), None);
    world.clock.advance(61 * 86_400);
    assert_eq!(world.app.tidy("two").await.unwrap(), Some(1), "the menu");
    // What was answered is known as long as it may come again.
    assert!(matches!(
        store.receive("test", "1", &account, "x").await.unwrap(),
        Received::Done(..)
    ));
    world.clock.advance(i64::from(KEPT_DAYS - 62) * 86_400);
    assert_eq!(world.app.tidy("one").await.unwrap(), Some(0));
    world.clock.advance(2 * 86_400);
    // The update, and the command by which Anna registered.
    assert_eq!(world.app.tidy("one").await.unwrap(), Some(2));
    assert!(store.verify(|_, _| {}).await.unwrap().ok());
    // While another process is at it, or died at it, nobody joins in; later somebody takes over.
    world.clock.advance(2 * 86_400);
    assert!(store.lease("housekeeping", "three", 3_600).await.unwrap());
    assert_eq!(world.app.tidy("one").await.unwrap(), None);
    world.clock.advance(3_601);
    assert_eq!(world.app.tidy("one").await.unwrap(), Some(0));
}
