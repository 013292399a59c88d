//! The inbox, linking codes, sessions, buttons, settings.

use std::sync::Arc;

use exodus_core::{Actor, Command, MemberId};
use exodus_store::{AccountKey, LinkingTry, Menu, Personal, Received, Trouble, Work};

use crate::place::{Place, both, id, little_network, register};

both! {
    an_update_is_kept_once
    a_work_answers_its_update
    codes_are_good_once_and_wrong_ones_are_counted
    buttons_sessions_settings
    tidying_up
    letters_told_are_forgotten_those_that_wait_are_not
    a_conversation_is_changed_as_it_is_then
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
    let anna = register(&store).await;
    let start = store.now();
    let Received::New(update) = store.receive("telegram", "1", &account, "x").await.unwrap() else {
        panic!("not new")
    };
    store.receive("telegram", "2", &account, "x").await.unwrap();
    store.finish_inbox(update, "").await.unwrap();
    // More buttons than are looked at in one go, one of three expired.
    let menus: Vec<Menu> = (0..12_000)
        .map(|n| Menu {
            id: store.random().number(),
            account: account.clone(),
            member: Some(anna),
            body: "{}".into(),
            expires: start.plus_hours(if n % 3 == 0 { 1 } else { 3 }),
        })
        .collect();
    store.put_menus(&menus).await.unwrap();
    let codes = vec![Personal::PutLinkingCode {
        member: anna,
        code_hash: [7; 32],
        expires: start.plus_hours(1),
    }];
    store
        .transact(Work::personal(id(), Actor::Member(anna), codes))
        .await
        .unwrap();
    store.try_linking_code(&account, &[8; 32]).await.unwrap();
    place.clock.advance(2 * 3600);
    let late = Work::new(id(), Actor::Newcomer, Command::Register { via: None });
    store.transact(late.clone()).await.unwrap();

    // Nothing was finished before the start; what expired, expired.
    assert_eq!(store.tidy(start).await.unwrap(), 4_000 + 1 + 1);
    assert_eq!(store.menu(menus[0].id).await.unwrap(), None);
    assert!(store.menu(menus[1].id).await.unwrap().is_some());
    // The update that was answered, and the two commands of then; not the one that waits, nor what came later.
    assert_eq!(store.tidy(start.plus_hours(1)).await.unwrap(), 1 + 2);
    assert_eq!(store.tidy(start.plus_hours(1)).await.unwrap(), 0);
    assert_eq!(store.waiting_inbox(10).await.unwrap().len(), 1);
    assert!(store.transact(late).await.unwrap().repeated);
}

async fn letters_told_are_forgotten_those_that_wait_are_not(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    let letters = store.take("one", &[], 100, 60).await.unwrap();
    let (sent, dropped) = (letters[0].id, letters[1].id);
    store.sent(sent).await.unwrap();
    store.dropped(dropped).await.unwrap();
    let waiting = store.stats().await.unwrap().outbox;
    place.clock.advance(3600);
    let commands = u64::try_from(place.number("SELECT count(*) FROM command").await).unwrap();
    assert_eq!(store.tidy(store.now()).await.unwrap(), 2 + commands);
    assert_eq!(store.stats().await.unwrap().outbox, waiting);
    assert!(waiting > 0);
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

/// What a notice does to a conversation does not undo what its owner does at the same time.
async fn a_conversation_is_changed_as_it_is_then(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "1");
    store
        .change_session(&account, |kept| kept.is_none().then(|| "first".to_owned()))
        .await
        .unwrap();
    store
        .change_session(&account, |kept| {
            assert_eq!(kept, Some("first"));
            None
        })
        .await
        .unwrap();
    assert_eq!(store.session(&account).await.unwrap().as_deref(), Some("first"));
    let counting = (0..20)
        .map(|_| store.change_session(&account, |kept| Some(kept.unwrap_or_default().to_owned() + "x")));
    for done in futures::future::join_all(counting).await {
        done.unwrap();
    }
    let kept = store.session(&account).await.unwrap().unwrap();
    assert_eq!(kept, "first".to_owned() + &"x".repeat(20));
}
