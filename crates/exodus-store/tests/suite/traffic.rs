//! The inbox, linking codes, sessions, buttons, settings.

use std::sync::Arc;

use exodus_core::{Actor, Command, MemberId};
use exodus_store::{AccountKey, LinkingTry, Menu, Personal, Received, Trouble, Work};

use crate::place::{Place, both, id, register};

both! {
    an_update_is_kept_once
    a_work_answers_its_update
    codes_are_good_once_and_wrong_ones_are_counted
    buttons_sessions_settings
    tidying_up
}

async fn an_update_is_kept_once(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "1");
    let Received::New(first) = store
        .receive("telegram", "100", &account, "{\"text\":\"a\\u0000\"}")
        .await
        .unwrap()
    else {
        panic!("not new")
    };
    assert_eq!(
        store
            .receive("telegram", "100", &account, "{\"text\":\"a\\u0000\"}")
            .await
            .unwrap(),
        Received::Waiting(first)
    );
    // Telegram's numbers begin anew after an idle week.
    let Received::New(second) = store.receive("telegram", "100", &account, "other").await.unwrap() else {
        panic!("not new")
    };
    let waiting = place.open().await.waiting_inbox(10).await.unwrap();
    assert_eq!(
        waiting.iter().map(|update| update.id).collect::<Vec<_>>(),
        [first, second]
    );
    assert_eq!(waiting[1].payload, "other");
    store.finish_inbox(second, "nothing").await.unwrap();
    assert_eq!(
        store.receive("telegram", "100", &account, "other").await.unwrap(),
        Received::Done(second, "nothing".into())
    );
    assert_eq!(store.waiting_inbox(10).await.unwrap().len(), 1);
    assert_eq!(
        place
            .number("SELECT count(*) FROM inbox WHERE payload LIKE '%other%'")
            .await,
        0
    );
}

async fn a_work_answers_its_update(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "1");
    let Received::New(update) = store.receive("telegram", "1", &account, "x").await.unwrap() else {
        panic!("not new")
    };
    let work = Work {
        inbox: Some(update),
        ..Work::new(id(), Actor::Newcomer, Command::Register { via: None })
    };
    store.transact(work).await.unwrap();
    let Received::Done(_, outcome) = store.receive("telegram", "1", &account, "x").await.unwrap() else {
        panic!("not done")
    };
    assert!(outcome.contains("\"refusal\":null"), "{outcome}");
}

async fn codes_are_good_once_and_wrong_ones_are_counted(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let (first, second) = (
        AccountKey::new("telegram", "1"),
        AccountKey::new("matrix", "@a:x"),
    );
    let expires = store.now().plus_hours(1);
    let personal = vec![
        Personal::AddAccount {
            whose: anna.into(),
            account: first,
        },
        Personal::PutLinkingCode {
            member: anna,
            code_hash: [7; 32],
            expires,
        },
    ];
    store
        .transact(Work::personal(id(), Actor::Member(anna), personal))
        .await
        .unwrap();
    assert_eq!(
        store.try_linking_code(&second, &[8; 32]).await.unwrap(),
        LinkingTry::Wrong { left: 4 }
    );
    assert_eq!(
        store.try_linking_code(&second, &[7; 32]).await.unwrap(),
        LinkingTry::Good(anna)
    );
    for left in [3, 2, 1, 0] {
        assert_eq!(
            store.try_linking_code(&second, &[8; 32]).await.unwrap(),
            LinkingTry::Wrong { left }
        );
    }
    assert_eq!(
        store.try_linking_code(&second, &[7; 32]).await.unwrap(),
        LinkingTry::TooMany
    );
    place.clock.advance(601);
    assert_eq!(
        store.try_linking_code(&second, &[7; 32]).await.unwrap(),
        LinkingTry::Good(anna)
    );
    let take = || {
        let personal = vec![
            Personal::TakeLinkingCode { code_hash: [7; 32] },
            Personal::AddAccount {
                whose: anna.into(),
                account: second.clone(),
            },
        ];
        store.transact(Work::personal(id(), Actor::Newcomer, personal))
    };
    let (one, other) = futures::join!(take(), take());
    assert!(one.is_ok());
    assert!(matches!(other, Err(Trouble::CodeGone)));
    assert_eq!(store.accounts_of(anna).await.unwrap().len(), 2);
}

async fn buttons_sessions_settings(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "1");
    let menu = Menu {
        id: store.random().number(),
        account: account.clone(),
        member: Some(MemberId(1)),
        body: "{\"act\":\"confirm\"}".into(),
        expires: store.now().plus_hours(1),
    };
    store.put_menus(std::slice::from_ref(&menu)).await.unwrap();
    assert_eq!(store.menu(menu.id).await.unwrap(), Some(menu.clone()));
    assert_eq!(store.menu(menu.id ^ 1).await.unwrap(), None);
    store.put_session(&account, Some("one")).await.unwrap();
    store.put_session(&account, Some("two")).await.unwrap();
    assert_eq!(store.session(&account).await.unwrap().as_deref(), Some("two"));
    store.put_session(&account, None).await.unwrap();
    assert_eq!(store.session(&account).await.unwrap(), None);
    store.set_setting("a", "1").await.unwrap();
    store.set_setting("a", "2").await.unwrap();
    assert_eq!(store.setting("a").await.unwrap().as_deref(), Some("2"));
}

async fn tidying_up(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "1");
    let Received::New(update) = store.receive("telegram", "1", &account, "x").await.unwrap() else {
        panic!("not new")
    };
    store.receive("telegram", "2", &account, "x").await.unwrap();
    store.finish_inbox(update, "").await.unwrap();
    place.clock.advance(100);
    assert_eq!(store.tidy(store.now()).await.unwrap(), 1);
    assert_eq!(store.waiting_inbox(10).await.unwrap().len(), 1);
}
