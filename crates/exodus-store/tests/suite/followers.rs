//! Shared chats that follow an appeal.

use std::sync::Arc;

use exodus_core::{Actor, Amount, Command, MemberId};
use exodus_store::{Follower, Store, Work};

use crate::place::{Place, both, id, register};

both! {
    a_follower_is_behind_until_it_was_looked_after
    a_group_moves_and_goes
    m11_what_ended_stays_ended_and_is_taken_back
}

fn follower(store: &Store, chat: &str, member: MemberId) -> Follower {
    Follower {
        platform: "telegram".into(),
        chat: chat.into(),
        member,
        title: "Neighbours".into(),
        news: true,
        message: None,
        told: String::new(),
        looked: 0,
        not_before: store.now(),
        ended: false,
    }
}

async fn asks(store: &Store, member: MemberId) {
    let command = Command::AskMonthly {
        target: Amount::from_minor(30_000),
        purpose: None,
        findable: false,
    };
    store
        .transact(Work::new(id(), Actor::Member(member), command))
        .await
        .unwrap();
}

async fn a_follower_is_behind_until_it_was_looked_after(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, bo) = (register(&store).await, register(&store).await);
    let mut group = follower(&store, "-5", anna);
    store.put_follower(&group).await.unwrap();
    let behind = || async { store.followers_behind("telegram", 10).await.unwrap() };
    let (found, head) = behind().await;
    assert_eq!(found, [group.clone()]);
    group.looked = head;
    group.message = Some("100".into());
    group.told = "{}".into();
    store.put_follower(&group).await.unwrap();
    assert!(behind().await.0.is_empty());
    asks(&store, bo).await;
    assert!(behind().await.0.is_empty());
    asks(&store, anna).await;
    let (found, head) = behind().await;
    assert_eq!(found, [group.clone()]);
    // Held for a while by its platform.
    group.not_before = store.now().plus_hours(1);
    store.put_follower(&group).await.unwrap();
    assert!(behind().await.0.is_empty());
    place.clock.advance(3600);
    assert_eq!(behind().await.0.len(), 1);
    assert!(store.followers_behind("matrix", 10).await.unwrap().0.is_empty());
    group.looked = head;
    store.put_follower(&group).await.unwrap();
    assert!(behind().await.0.is_empty());
}

async fn a_group_moves_and_goes(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, bo) = (register(&store).await, register(&store).await);
    for member in [anna, bo] {
        let told = Follower {
            message: Some("100".into()),
            looked: 5,
            ..follower(&store, "-5", member)
        };
        store.put_follower(&told).await.unwrap();
    }
    store.move_followers("telegram", "-5", "-1005").await.unwrap();
    assert!(store.followers_in("telegram", "-5").await.unwrap().is_empty());
    let moved = store.followers_in("telegram", "-1005").await.unwrap();
    assert_eq!(moved.len(), 2);
    // Its messages are not there any more under the new name: it is told anew.
    assert!(
        moved
            .iter()
            .all(|follower| follower.message.is_none() && follower.looked == 0)
    );
    store
        .drop_followers("telegram", "-1005", Some(anna))
        .await
        .unwrap();
    assert!(store.followers_of(anna).await.unwrap().is_empty());
    assert_eq!(store.followers_of(bo).await.unwrap().len(), 1);
    // Who leaves leaves nothing (M11): where nothing is shown, there is nothing to take back.
    store
        .transact(Work::new(id(), Actor::Member(bo), Command::Leave))
        .await
        .unwrap();
    assert_eq!(place.number("SELECT count(*) FROM follower").await, 0);
}

async fn m11_what_ended_stays_ended_and_is_taken_back(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, bo) = (register(&store).await, register(&store).await);
    let shown = |member| Follower {
        message: Some("100".into()),
        looked: 1_000,
        ..follower(&store, "-5", member)
    };
    let ended = async || {
        let found = store.followers_behind("telegram", 10).await.unwrap().0;
        found
            .into_iter()
            .map(|found| (found.member, found.ended, found.title))
            .collect::<Vec<_>>()
    };
    store.put_follower(&shown(anna)).await.unwrap();
    store.put_follower(&shown(bo)).await.unwrap();
    assert_eq!(ended().await, []);
    store.end_follower("telegram", "-5", anna).await.unwrap();
    assert!(store.followers_of(anna).await.unwrap().is_empty());
    assert_eq!(ended().await, [(anna, true, String::new())]);
    // Who follows is not forgotten.
    store.forget_follower("telegram", "-5", bo).await.unwrap();
    assert_eq!(store.followers_of(bo).await.unwrap().len(), 1);
    // A post that was under way says where it is, and brings nothing back.
    let posted = Follower {
        message: Some("101".into()),
        ..shown(anna)
    };
    assert!(store.told_follower(&posted).await.unwrap());
    assert_eq!(ended().await, [(anna, true, String::new())]);
    store.forget_follower("telegram", "-5", anna).await.unwrap();
    assert!(!store.told_follower(&posted).await.unwrap());
    assert_eq!(ended().await, []);
    // What somebody who left had shown is to be taken back; the group's name is gone at once.
    store
        .transact(Work::new(id(), Actor::Member(bo), Command::Leave))
        .await
        .unwrap();
    assert_eq!(ended().await, [(bo, true, String::new())]);
    assert_eq!(
        place
            .number("SELECT count(*) FROM follower WHERE title <> ''")
            .await,
        0
    );
}
