//! Lanes of updates: kept once, in order, fairly, by whoever is there; answered after they were handled.

use std::{collections::BTreeMap, sync::Arc};

use exodus_core::{Actor, Command};
use exodus_store::{AccountKey, Answered, Lane, Menu, Personal, RawUpdate, Shown, Store, Work};

use crate::place::{Place, both, id, register};

both! {
    an_update_is_kept_once_with_its_cursor
    a_lane_is_in_order_and_nobody_elses
    ten_thousand_updates_of_one_keep_nobody_waiting
    an_update_that_comes_while_its_lane_is_left_is_not_lost
    a_crash_gives_lanes_back
    handled_and_not_answered_is_said_again
    what_a_message_shows
    restored_updates_wait_in_their_lanes
}

fn update(chat: &str, key: u64) -> RawUpdate {
    RawUpdate {
        key: key.to_string(),
        sign: format!("{chat} {key}"),
        chat: chat.to_owned(),
        account: chat.to_owned(),
        payload: format!("{{\"said\":\"{key}\"}}"),
    }
}

async fn take(store: &Store, holder: &str, limit: u64) -> Vec<Lane> {
    store.take_lanes("telegram", holder, limit, 6).await.unwrap()
}

/// Takes the one lane there is, looks at its first update, and gives it back.
async fn first_key(store: &Store) -> Option<String> {
    let lanes = take(store, "looks", 10).await;
    let mut key = None;
    for lane in &lanes {
        key = store.next_in(lane).await.unwrap().map(|queued| queued.key);
        store.leave_lane(lane, "looks").await.unwrap();
    }
    key
}

async fn an_update_is_kept_once_with_its_cursor(place: Arc<Place>) {
    let store = place.open().await;
    let updates = [update("7", 1), update("7", 2), update("8", 3)];
    let kept = store.enqueue("telegram", &updates, Some(("cursor", "4"))).await;
    assert_eq!(kept.unwrap(), 3);
    assert_eq!(store.setting("cursor").await.unwrap().as_deref(), Some("4"));
    let again = place.open().await;
    assert_eq!(again.enqueue("telegram", &updates, None).await.unwrap(), 0);
    // The same number with another content is another update: numbers begin anew.
    let renumbered = RawUpdate {
        sign: "other".into(),
        ..update("7", 1)
    };
    assert_eq!(again.enqueue("telegram", &[renumbered], None).await.unwrap(), 1);
    assert_eq!(place.number("SELECT count(*) FROM inbox").await, 4);
    // What another front end received is not waiting for whoever works at once.
    assert!(store.waiting_inbox(10).await.unwrap().is_empty());
    assert!(store.take_lanes("matrix", "a", 10, 6).await.unwrap().is_empty());
}

async fn a_lane_is_in_order_and_nobody_elses(place: Arc<Place>) {
    let (one, other) = (place.open().await, place.open().await);
    let updates: Vec<_> = (0..6).map(|n| update(["7", "8"][n % 2], n as u64)).collect();
    one.enqueue("telegram", &updates, None).await.unwrap();
    let mine = take(&one, "one", 1).await;
    let theirs = take(&other, "other", 10).await;
    assert_eq!(
        (mine[0].chat.as_str(), theirs[0].chat.as_str(), theirs.len()),
        ("7", "8", 1)
    );
    assert!(take(&other, "other", 10).await.is_empty());
    let mut keys = Vec::new();
    while let Some(queued) = one.next_in(&mine[0]).await.unwrap() {
        assert_eq!(queued.payload, format!("{{\"said\":\"{}\"}}", queued.key));
        one.answered(queued.id, &[]).await.unwrap();
        keys.push(queued.key);
    }
    assert_eq!(keys, ["0", "2", "4"]);
    one.leave_lane(&mine[0], "one").await.unwrap();
    assert_eq!(place.number("SELECT count(*) FROM lane").await, 1);
    // Nothing of what was said is kept once it is answered.
    let empty = "SELECT count(*) FROM inbox WHERE state = 1 AND payload = '' AND account = ''";
    assert_eq!(place.number(empty).await, 3);
}

async fn ten_thousand_updates_of_one_keep_nobody_waiting(place: Arc<Place>) {
    let store = place.open().await;
    let flood: Vec<_> = (0..10_000).map(|n| update("7", n)).collect();
    for updates in flood.chunks(1000) {
        store.enqueue("telegram", updates, None).await.unwrap();
    }
    let others: Vec<_> = (0..20).map(|n| update(&format!("1{n}"), 20_000 + n)).collect();
    store.enqueue("telegram", &others, None).await.unwrap();
    // One lane at a time, one update in each: everybody has had a turn before the flood has its second.
    let mut turns: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..=others.len() {
        let lanes = take(&store, "one", 1).await;
        let queued = store.next_in(&lanes[0]).await.unwrap().unwrap();
        store.answered(queued.id, &[]).await.unwrap();
        store.leave_lane(&lanes[0], "one").await.unwrap();
        *turns.entry(lanes[0].chat.clone()).or_default() += 1;
    }
    assert_eq!(turns.len(), others.len() + 1);
    assert!(turns.values().all(|turns| *turns == 1), "{turns:?}");
    assert_eq!(first_key(&store).await.as_deref(), Some("1"));
}

async fn an_update_that_comes_while_its_lane_is_left_is_not_lost(place: Arc<Place>) {
    let (one, other) = (place.open().await, place.open().await);
    one.enqueue("telegram", &[update("7", 1)], None).await.unwrap();
    for key in 2..12 {
        let lanes = take(&one, "one", 1).await;
        let queued = one.next_in(&lanes[0]).await.unwrap().unwrap();
        one.answered(queued.id, &[]).await.unwrap();
        assert!(one.next_in(&lanes[0]).await.unwrap().is_none());
        let updates = [update("7", key)];
        let (left, kept) = futures::join!(
            one.leave_lane(&lanes[0], "one"),
            other.enqueue("telegram", &updates, None)
        );
        left.unwrap();
        assert_eq!(kept.unwrap(), 1);
        assert_eq!(first_key(&one).await, Some(key.to_string()));
    }
}

async fn a_crash_gives_lanes_back(place: Arc<Place>) {
    let store = place.open().await;
    store.enqueue("telegram", &[update("7", 1)], None).await.unwrap();
    assert_eq!(take(&store, "one", 10).await.len(), 1);
    place.clock.advance(5);
    assert_eq!(store.keep_lanes("one", 6).await.unwrap(), 1);
    place.clock.advance(5);
    assert!(take(&store, "other", 10).await.is_empty());
    place.clock.advance(2);
    assert_eq!(take(&store, "other", 10).await.len(), 1);
    // Whoever had it has it no more, and gives back nothing.
    assert_eq!(store.keep_lanes("one", 6).await.unwrap(), 0);
    store.leave_lanes("one").await.unwrap();
    assert!(take(&store, "third", 10).await.is_empty());
    store.leave_lanes("other").await.unwrap();
    assert_eq!(take(&store, "third", 10).await.len(), 1);
}

async fn handled_and_not_answered_is_said_again(place: Arc<Place>) {
    let store = place.open().await;
    store.enqueue("telegram", &[update("7", 1)], None).await.unwrap();
    let lanes = take(&store, "one", 1).await;
    let queued = store.next_in(&lanes[0]).await.unwrap().unwrap();
    assert_eq!((queued.handled.as_deref(), queued.given), (None, 0));
    let work = || Work {
        inbox: Some(queued.id),
        pending: Some("registered".into()),
        ..Work::new(id(), Actor::Newcomer, Command::Register { via: None })
    };
    assert!(!store.transact(work()).await.unwrap().repeated);
    // Its effect is there. Whatever comes of it a second time finds that.
    assert!(store.transact(work()).await.unwrap().repeated);
    assert_eq!(place.number("SELECT count(*) FROM member").await, 1);
    let handled = store.next_in(&lanes[0]).await.unwrap().unwrap();
    assert_eq!(
        (handled.handled.as_deref(), handled.payload.as_str()),
        (Some("registered"), "{\"said\":\"1\"}")
    );
    let account = AccountKey::new("telegram", "7");
    let menu = Menu {
        id: 42,
        account: account.clone(),
        member: None,
        body: "{}".into(),
        expires: store.now().plus_hours(1),
    };
    let answered = Answered {
        inbox: Some(queued.id),
        answer: "recorded".into(),
        session: Some((account.clone(), "home".into())),
        menus: vec![menu],
    };
    store.conclude(&answered).await.unwrap();
    store.given(queued.id, 1).await.unwrap();
    let again = place.open().await.next_in(&lanes[0]).await.unwrap().unwrap();
    assert_eq!((again.handled.as_deref(), again.given), (Some("recorded"), 1));
    assert_eq!(store.session(&account).await.unwrap().as_deref(), Some("home"));
    assert!(store.menu(42).await.unwrap().is_some());
    store.answered(queued.id, &[]).await.unwrap();
    assert!(store.next_in(&lanes[0]).await.unwrap().is_none());
    assert_eq!(
        place
            .number("SELECT count(*) FROM inbox WHERE outcome IS NULL AND payload = ''")
            .await,
        1
    );
}

async fn what_a_message_shows(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let account = AccountKey::new("telegram", "7");
    let add = Personal::AddAccount {
        whose: anna.into(),
        account: account.clone(),
    };
    store
        .transact(Work::personal(id(), Actor::Member(anna), vec![add]))
        .await
        .unwrap();
    let shown = |message: &str, menu, prompt| Shown {
        chat: "7".into(),
        message: message.into(),
        account: account.clone(),
        menu,
        prompt,
    };
    store
        .showing(&[shown("1", 10, false), shown("2", 11, true)])
        .await
        .unwrap();
    store.showing(&[shown("1", 12, false)]).await.unwrap();
    let by = |message: &'static str| store.shown_by("telegram", "7", message);
    assert_eq!(by("1").await.unwrap(), Some(12));
    assert_eq!(by("2").await.unwrap(), Some(11));
    assert_eq!(by("3").await.unwrap(), None);
    assert_eq!(store.shown_by("telegram", "8", "1").await.unwrap(), None);
    assert_eq!(store.prompts_in("telegram", "7").await.unwrap(), ["2"]);
    store.withdrawn("telegram", "7", "2").await.unwrap();
    assert!(store.prompts_in("telegram", "7").await.unwrap().is_empty());
    // Who leaves leaves nothing (M11).
    store
        .transact(Work::new(id(), Actor::Member(anna), Command::Leave))
        .await
        .unwrap();
    assert_eq!(place.number("SELECT count(*) FROM shown").await, 0);
}

async fn restored_updates_wait_in_their_lanes(place: Arc<Place>) {
    let store = place.open().await;
    store.enqueue("telegram", &[update("7", 1)], None).await.unwrap();
    place.raw("DELETE FROM lane").await;
    assert!(take(&store, "one", 10).await.is_empty());
    store.open_lanes().await.unwrap();
    assert_eq!(first_key(&store).await.as_deref(), Some("1"));
}
