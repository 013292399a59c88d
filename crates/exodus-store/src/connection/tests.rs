//! A full disk: SQLite itself refuses to grow its file above a number of pages, as it does when the file system has no
//! room. The number is moved while the store runs, so that it strikes at every place of a transaction.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, reason = "tests")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use exodus_core::{Actor, Amount, AppealId, Command, CommandId, Fact, Form, MemberId};
use sea_orm::{Database, sqlx::Executor as _};

use super::{file, sound};
use crate::{
    AccountKey, Options, Person, Personal, Random, Received, Store, Trouble, Work,
    dialect::{self, sql},
};
use sea_orm::ConnectionTrait as _;

/// A store on a disk of so many pages.
struct Disk {
    pages: Arc<AtomicI64>,
    store: Store,
    _directory: tempfile::TempDir,
}

/// No limit.
const ROOM: i64 = 0x3fff_ffff;

impl Disk {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("exodus.db");
        let pages = Arc::new(AtomicI64::new(ROOM));
        let mut to = file(&path, 4);
        let limit = Arc::clone(&pages);
        to.map_sqlx_sqlite_pool_opts(move |pool| {
            let (new, idle) = (Arc::clone(&limit), Arc::clone(&limit));
            sound(pool)
                .after_connect(move |connection, _| {
                    let pragma = limited(&new);
                    Box::pin(async move {
                        connection
                            .execute(sea_orm::sqlx::AssertSqlSafe(pragma))
                            .await
                            .map(drop)
                    })
                })
                .before_acquire(move |connection, _| {
                    let pragma = limited(&idle);
                    Box::pin(async move {
                        connection.execute(sea_orm::sqlx::AssertSqlSafe(pragma)).await?;
                        Ok(true)
                    })
                })
        });
        let mut options = Options::new(path.display().to_string());
        options.random = Random::seeded(1);
        options.master_keys = vec![("one".to_owned(), [1; 32])];
        let store = Store::over(Database::connect(to).await.unwrap(), &options)
            .await
            .unwrap();
        Self {
            pages,
            store,
            _directory: directory,
        }
    }

    /// From now on there is room for so many pages more than there are.
    async fn fills_up(&self, left: i64) {
        self.pages.store(ROOM, Ordering::SeqCst);
        let db = self.store.db();
        let row = db.query_one_raw(sql(db, "PRAGMA page_count", [])).await.unwrap();
        let count: i64 = row.unwrap().try_get_by_index(0).unwrap();
        self.pages.store(count + left, Ordering::SeqCst);
    }

    fn has_room(&self) {
        self.pages.store(ROOM, Ordering::SeqCst);
    }

    async fn count(&self, of: &str) -> i64 {
        let db = self.store.db();
        let row = db
            .query_one_raw(sql(db, format!("SELECT count(*) FROM {of}"), []))
            .await
            .unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    }
}

fn limited(pages: &AtomicI64) -> String {
    format!("PRAGMA max_page_count = {}", pages.load(Ordering::SeqCst))
}

fn id(store: &Store) -> CommandId {
    CommandId(store.random().number())
}

async fn does(store: &Store, by: Actor, command: Command) -> Vec<Fact> {
    let done = store.transact(Work::new(id(store), by, command)).await.unwrap();
    assert_eq!(done.refusal, None);
    done.events.into_iter().map(|(_, event)| event.fact).collect()
}

/// Anna, who asks, and Boris, who came by her link.
async fn two(store: &Store) -> (MemberId, MemberId, AppealId) {
    let registers = async |via| {
        let facts = does(store, Actor::Newcomer, Command::Register { via }).await;
        let of = |fact: &Fact| match fact {
            Fact::Registered { member, .. } => Some(*member),
            _ => None,
        };
        facts.iter().find_map(of).unwrap()
    };
    let anna = registers(None).await;
    let links = Command::MakeLink {
        about: anna,
        max_uses: None,
        expires: None,
    };
    let made = |fact: &Fact| match fact {
        Fact::LinkMade { link, .. } => Some(*link),
        _ => None,
    };
    let link = does(store, Actor::Member(anna), links)
        .await
        .iter()
        .find_map(made);
    let boris = registers(link).await;
    let asks = Command::AskMonthly {
        target: Amount::from_minor(100_000),
        purpose: None,
        findable: false,
    };
    let asked = |fact: &Fact| match fact {
        Fact::MonthlyAsked { appeal, .. } => Some(*appeal),
        _ => None,
    };
    let facts = does(store, Actor::Member(anna), asks).await;
    (anna, boris, facts.iter().find_map(asked).unwrap())
}

fn is_full(trouble: &Trouble) -> bool {
    trouble.is_passing() && trouble.to_string().ends_with("the disk is full")
}

/// A work that writes into every kind of table, with words long enough to need room.
fn work(store: &Store, boris: MemberId, appeal: AppealId, nth: u64) -> Work {
    let note = exodus_core::NoteId(u128::from(nth));
    let person = Person {
        name: "Boris".to_owned(),
        about: Some(format!("{nth} ").repeat(200)),
        ..Person::default()
    };
    let command = Command::Intend {
        appeal,
        amount: Amount::from_minor(100 + nth),
        form: Form::Money,
        note: Some(note),
    };
    Work {
        personal: vec![
            Personal::SetPerson {
                whose: boris.into(),
                person,
            },
            Personal::PutNote {
                id: note,
                whose: boris.into(),
                text: format!("{nth} ").repeat(1_500),
            },
        ],
        session: Some((AccountKey::new("test", "boris"), "x".repeat(3_000))),
        ..Work::new(id(store), Actor::Member(boris), command)
    }
}

#[tokio::test]
async fn o6_a_full_disk_is_said_leaves_nothing_half_and_is_gone_on_from() {
    let disk = Disk::new().await;
    let store = &disk.store;
    let (_, boris, appeal) = two(store).await;
    let account = AccountKey::new("test", "boris");
    let mut refused = 0;
    for nth in 0..60_u64 {
        let work = work(store, boris, appeal, nth);
        let (commands, notes) = (disk.count("command").await, disk.count("note").await);
        disk.fills_up(i64::try_from(nth % 12).unwrap()).await;
        let outcome = store.transact(work.clone()).await;
        let written = i64::from(outcome.is_ok());
        match outcome {
            Ok(done) => assert_eq!(done.refusal, None),
            Err(trouble) => {
                assert!(is_full(&trouble), "{trouble}");
                refused += 1;
            }
        }
        // It happened, or nothing of it did; what there was can be read all the same.
        assert_eq!(disk.count("command").await, commands + written);
        assert_eq!(disk.count("note").await, notes + written);
        let report = store.verify(|_, _| {}).await.unwrap();
        assert!(report.ok(), "{report:?}");
        // Said again when there is room, it takes effect once.
        disk.has_room();
        let done = store.transact(work).await.unwrap();
        assert_eq!((done.repeated, done.events.len()), (written == 1, 1));
        assert_eq!(disk.count("command").await, commands + 1);
        assert_eq!(disk.count("note").await, notes + 1);
    }
    assert!(refused > 10, "the disk was full only {refused} times");
    assert_eq!(store.notes(&[exodus_core::NoteId(59)]).await.unwrap().len(), 1);
    let person = store.person(boris).await.unwrap().unwrap();
    assert!(person.about.unwrap().starts_with("59 "));
    // Nobody came by an update that was not kept.
    assert_eq!(store.waiting_inbox(10).await.unwrap().len(), 0);
    assert_eq!(store.session(&account).await.unwrap().unwrap().len(), 3_000);
}

#[tokio::test]
async fn o10_a_full_disk_keeps_no_update_and_no_letter_from_going_on_later() {
    let disk = Disk::new().await;
    let store = &disk.store;
    let (_, boris, appeal) = two(store).await;
    store.transact(work(store, boris, appeal, 1)).await.unwrap();
    let account = AccountKey::new("test", "boris");
    let long = "x".repeat(20_000);
    // More often than there are connections: none of them is lost to it.
    for round in 0..12 {
        disk.fills_up(0).await;
        let key = format!("full {round}");
        let trouble = store.receive("test", &key, &account, &long).await.unwrap_err();
        assert!(is_full(&trouble), "{trouble}");
        let trouble = store.put_session(&account, Some(&long)).await.unwrap_err();
        assert!(is_full(&trouble), "{trouble}");
        let trouble = store.set_setting(&key, &long).await.unwrap_err();
        assert!(is_full(&trouble), "{trouble}");
        let trouble = store
            .transact(work(store, boris, appeal, 2 + round))
            .await
            .unwrap_err();
        assert!(is_full(&trouble), "{trouble}");
        assert_eq!(store.waiting_inbox(10).await.unwrap().len(), 0);
        assert_eq!(store.session(&account).await.unwrap().unwrap().len(), 3_000);
    }
    disk.has_room();
    let Received::New(update) = store.receive("test", "room", &account, &long).await.unwrap() else {
        panic!("not new")
    };
    assert_eq!(store.waiting_inbox(10).await.unwrap()[0].payload, long);
    store.finish_inbox(update, "").await.unwrap();
    let letters = store.take("one", &[], 10, 60).await.unwrap();
    assert!(!letters.is_empty());
    for letter in letters {
        store.sent(letter.id).await.unwrap();
    }
    assert!(store.verify(|_, _| {}).await.unwrap().ok());
}

/// What SQLite undid by itself leaves the connection as if inside a transaction; whoever came next would be answered,
/// and their rows be lost.
#[tokio::test]
async fn nobody_gets_a_connection_inside_a_transaction() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("some.db");
    let mut to = file(&path, 1);
    to.map_sqlx_sqlite_pool_opts(sound);
    let db = Database::connect(to).await.unwrap();
    db.execute_unprepared("CREATE TABLE kept (number INTEGER NOT NULL)")
        .await
        .unwrap();
    db.execute_unprepared(
        "CREATE TRIGGER undone BEFORE INSERT ON kept WHEN NEW.number < 0 BEGIN SELECT RAISE(ROLLBACK, 'no'); END",
    )
    .await
    .unwrap();
    for number in 1..4 {
        let undone = dialect::begin_write(&db).await.unwrap();
        assert!(
            undone
                .execute_unprepared("INSERT INTO kept VALUES (-1)")
                .await
                .is_err()
        );
        drop(undone);
        let given_up = dialect::begin_write(&db).await.unwrap();
        given_up
            .execute_unprepared("INSERT INTO kept VALUES (0)")
            .await
            .unwrap();
        drop(given_up);
        let done = dialect::begin_write(&db).await.unwrap();
        done.execute_unprepared("INSERT INTO kept VALUES (1)")
            .await
            .unwrap();
        done.commit().await.unwrap();
        // Seen from outside.
        let other = Database::connect(file(&path, 1)).await.unwrap();
        let row = other
            .query_one_raw(sql(&other, "SELECT count(*) FROM kept", []))
            .await;
        let count: i64 = row.unwrap().unwrap().try_get_by_index(0).unwrap();
        assert_eq!(count, number);
        other.close().await.unwrap();
    }
}
