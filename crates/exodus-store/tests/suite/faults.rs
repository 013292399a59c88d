//! Crashes at any await, lost connections, databases that cannot be opened.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use exodus_core::{Actor, Command, Form};
use exodus_store::{AccountKey, OpenError, Options, Store, Work};

use crate::place::{Place, both, id, little_network, minor, must, say};

both! {
    dropped_at_any_await_it_happened_or_not
    a_process_killed_in_a_transaction
    a_newer_database_is_refused
    opening_at_the_same_time
    works_wait_in_vain_after_closing
}

/// Polls a future so many times, then drops it: a crash.
struct Crash<F>(Pin<Box<F>>, u32);

impl<F: Future> Future for Crash<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 == 0 {
            return Poll::Ready(None);
        }
        self.1 -= 1;
        self.0.as_mut().poll(context).map(Some)
    }
}

async fn dropped_at_any_await_it_happened_or_not(place: Arc<Place>) {
    let store = place.open().await;
    let (_, boris, _, appeal, _) = little_network(&store).await;
    let account = AccountKey::new("telegram", "1");
    for polls in 1..40 {
        let command = Command::Intend {
            appeal,
            amount: minor(100 + u64::from(polls)),
            form: Form::Money,
            note: None,
        };
        let work = Work::new(id(), Actor::Member(boris), command);
        Crash(Box::pin(store.transact(work.clone())), polls).await;
        let key = polls.to_string();
        Crash(Box::pin(store.receive("telegram", &key, &account, "x")), polls).await;
        Crash(Box::pin(store.take("one", &[], 10, 0)), polls).await;
        Crash(Box::pin(store.fan_out(1)), polls).await;
        Crash(Box::pin(store.lease("tick", "a", 1)), polls).await;
        Crash(Box::pin(store.put_session(&account, Some("x"))), polls).await;
        Crash(
            Box::pin(store.load_near(boris, &exodus_core::Scope::default())),
            polls,
        )
        .await;
        // Whoever comes back asks again, and it is there once.
        let done = store.transact(work).await.unwrap();
        assert_eq!(done.events.len(), 1);
        store.receive("telegram", &key, &account, "x").await.unwrap();
    }
    assert_eq!(store.waiting_inbox(100).await.unwrap().len(), 39);
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

/// A runtime that goes away with the writer's task in the middle of something.
async fn a_process_killed_in_a_transaction(place: Arc<Place>) {
    let store = place.open().await;
    let (_, boris, _, appeal, _) = little_network(&store).await;
    for round in 0..10_u64 {
        let (place, works) = (
            Arc::clone(&place),
            (0..20)
                .map(|n| {
                    let command = Command::Intend {
                        appeal,
                        amount: minor(1000 * (round + 1) + n),
                        form: Form::Money,
                        note: None,
                    };
                    Work::new(id(), Actor::Member(boris), command)
                })
                .collect::<Vec<_>>(),
        );
        let again = works.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let store = place.open().await;
                let all = futures::future::join_all(works.into_iter().map(|work| store.transact(work)));
                let _ = tokio::time::timeout(std::time::Duration::from_micros(700 * round), all).await;
            });
        })
        .join()
        .unwrap();
        for work in again {
            assert_eq!(store.transact(work).await.unwrap().events.len(), 1);
        }
    }
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

async fn a_newer_database_is_refused(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    store.close().await.unwrap();
    place
        .raw("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_later', 0)")
        .await;
    let refused = Store::open(&place.options()).await.err().unwrap();
    assert!(
        matches!(&refused, OpenError::Newer { migration } if migration == "m29990101_000001_later"),
        "{refused}"
    );
    assert_eq!(
        refused.to_string(),
        "the database belongs to a newer version of this program (it has the migration \"m29990101_000001_later\")"
    );
    // Nothing was touched: without that migration it is the same as before.
    let gone = place
        .raw("DELETE FROM seaql_migrations WHERE version = 'm29990101_000001_later'")
        .await;
    assert_eq!(gone, 1);
    let store = place.open().await;
    assert_eq!(store.stats().await.unwrap().members, 3);
    assert!(store.verify(|_, _| {}).await.unwrap().ok());
}

async fn opening_at_the_same_time(place: Arc<Place>) {
    let options = place.options();
    let opened = futures::future::join_all((0..4).map(|_| Store::open(&options))).await;
    for store in opened {
        little_network(&store.unwrap()).await;
    }
}

async fn works_wait_in_vain_after_closing(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    store.close().await.unwrap();
    let trouble = say(&store, Actor::Member(anna), Command::EndMonthly)
        .await
        .err()
        .unwrap();
    assert!(trouble.is_passing(), "{trouble}");
    must(&place.open().await, anna, Command::EndMonthly).await;
}

#[tokio::test]
async fn what_cannot_be_opened_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| Options::new(directory.path().join(name).display().to_string());
    let refused = Store::open(&at("no/such/exodus.db")).await.err().unwrap();
    assert!(
        matches!(&refused, OpenError::NoDirectory(path) if path.ends_with("no/such")),
        "{refused}"
    );
    std::fs::write(
        directory.path().join("text"),
        "this is no database, and long enough to be seen as none".repeat(50),
    )
    .unwrap();
    let refused = Store::open(&at("text")).await.err().unwrap();
    assert!(matches!(refused, OpenError::NotADatabase(_)), "{refused}");
    drop(Store::open(&at("fixed.db")).await.unwrap());
    let file = directory.path().join("fixed.db");
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let refused = Store::open(&at("fixed.db")).await.err().unwrap();
    assert!(
        matches!(&refused, OpenError::ReadOnly(path) if path.ends_with("fixed.db")),
        "{refused}"
    );
    assert!(
        refused.to_string().ends_with("fixed.db\" may not be written"),
        "{refused}"
    );
    std::fs::create_dir(directory.path().join("folder")).unwrap();
    let refused = Store::open(&at("folder")).await.err().unwrap();
    assert!(
        matches!(&refused, OpenError::NotADatabase(path) if path.ends_with("folder")),
        "{refused}"
    );
    let refused = Store::open(&Options::new("mysql://me:secret@localhost/exodus"))
        .await
        .err()
        .unwrap();
    assert_eq!(refused.to_string(), "not the address of a database: mysql");
    let refused = Store::open(&Options::new("postgres://127.0.0.1:1/none"))
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, OpenError::Unreachable(_)), "{refused}");
}
