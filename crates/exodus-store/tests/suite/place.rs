//! A database of a test's own, on either server.

use std::sync::Arc;

use exodus_core::{
    Actor, Amount, AppealId, Command, CommandId, Fact, Form, IntentionId, MemberId, ObligationId, Timestamp,
};
use exodus_store::{Done, ManualClock, Options, Random, Store, Trouble, Work};
use sea_orm::{ConnectionTrait, Database};

/// Runs a test on SQLite and on PostgreSQL.
macro_rules! both {
    ($($(#[$meta:meta])* $name:ident)*) => {
        mod on_sqlite { $(
            #[test] $(#[$meta])*
            fn $name() { $crate::place::run(false, super::$name) }
        )* }
        mod on_postgres { $(
            #[test] $(#[$meta])*
            fn $name() { $crate::place::run(true, super::$name) }
        )* }
    };
}
pub(crate) use both;

pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) postgres: bool,
    pub(crate) clock: Arc<ManualClock>,
    directory: tempfile::TempDir,
}

pub(crate) const START: i64 = 1_793_491_200; // 2026-11-01

pub(crate) fn run<F: Future<Output = ()>>(postgres: bool, test: impl FnOnce(Arc<Place>) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let directory = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::new(Timestamp::from_seconds(START)));
    let mut url = directory.path().join("exodus.db").display().to_string();
    let name = format!("exodus_{:032x}", Random::system().number());
    if postgres {
        runtime.block_on(on_server(&format!("CREATE DATABASE {name}")));
        let server = server();
        let (base, _) = server.rsplit_once('/').unwrap();
        url = format!("{base}/{name}");
    }
    let place = Arc::new(Place {
        url,
        postgres,
        clock,
        directory,
    });
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.block_on(test(place))));
    drop(runtime);
    if postgres {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(on_server(&format!("DROP DATABASE {name} WITH (FORCE)")));
    }
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

async fn on_server(statement: &str) {
    let db = Database::connect(server()).await.unwrap();
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
}

fn server() -> String {
    std::env::var("EXODUS_TEST_POSTGRES")
        .expect("EXODUS_TEST_POSTGRES is not set: run the tests with `tests/run`")
}

impl Place {
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::new(&self.url);
        options.clock = self.clock.clone();
        options.random = Random::seeded(1);
        options
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.options()).await.unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }

    /// Straight at the database, past the store.
    pub(crate) async fn raw(&self, statement: &str) -> u64 {
        let url = if self.postgres {
            self.url.clone()
        } else {
            format!("sqlite:{}", self.url)
        };
        let db = Database::connect(url).await.unwrap();
        let rows = db.execute_unprepared(statement).await.unwrap().rows_affected();
        db.close().await.unwrap();
        rows
    }

    /// A number straight from the database.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let url = if self.postgres {
            self.url.clone()
        } else {
            format!("sqlite:{}", self.url)
        };
        let db = Database::connect(url).await.unwrap();
        let statement = sea_orm::Statement::from_string(db.get_database_backend(), query);
        let number = db
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap()
            .try_get_by_index(0)
            .unwrap();
        db.close().await.unwrap();
        number
    }
}

// ---- shorthand ----------------------------------------------------------------------------------------------------

pub(crate) fn id() -> CommandId {
    CommandId(Random::system().number())
}

pub(crate) const fn minor(amount: u64) -> Amount {
    Amount::from_minor(amount)
}

pub(crate) async fn say(store: &Store, by: Actor, command: Command) -> Result<Done, Trouble> {
    store.transact(Work::new(id(), by, command)).await
}

pub(crate) async fn must(store: &Store, by: MemberId, command: Command) -> Done {
    let done = say(store, Actor::Member(by), command.clone()).await.unwrap();
    assert_eq!(done.refusal, None, "{command:?}");
    done
}

pub(crate) fn registered(done: &Done) -> MemberId {
    done.events
        .iter()
        .find_map(|(_, event)| {
            if let Fact::Registered { member, .. } = event.fact {
                Some(member)
            } else {
                None
            }
        })
        .unwrap()
}

pub(crate) async fn register(store: &Store) -> MemberId {
    registered(
        &say(store, Actor::Newcomer, Command::Register { via: None })
            .await
            .unwrap(),
    )
}

/// Registers by a link that `by` makes to themselves.
pub(crate) async fn invite(store: &Store, by: MemberId) -> MemberId {
    let done = must(
        store,
        by,
        Command::MakeLink {
            about: by,
            max_uses: None,
            expires: None,
        },
    )
    .await;
    let link = done.events.iter().find_map(|(_, e)| {
        if let Fact::LinkMade { link, .. } = e.fact {
            Some(link)
        } else {
            None
        }
    });
    registered(
        &say(store, Actor::Newcomer, Command::Register { via: link })
            .await
            .unwrap(),
    )
}

/// One invites another, who agrees: a bond stands between the two.
pub(crate) async fn bond(store: &Store, from: MemberId, to: MemberId) {
    let done = must(store, from, Command::ProposeBond { to, gives: None }).await;
    let proposed = done.events.iter().find_map(|(_, event)| match event.fact {
        Fact::BondProposed { bond, .. } => Some(bond),
        _ => None,
    });
    let bond = proposed.expect("a bond was proposed");
    must(store, to, Command::AcceptBond { bond, gives: None }).await;
}

pub(crate) async fn ask(store: &Store, by: MemberId, target: u64) -> AppealId {
    let command = Command::AskMonthly {
        target: minor(target),
        purpose: None,
        findable: true,
    };
    let done = must(store, by, command).await;
    done.events
        .iter()
        .find_map(|(_, e)| {
            if let Fact::MonthlyAsked { appeal, .. } = e.fact {
                Some(appeal)
            } else {
                None
            }
        })
        .unwrap()
}

pub(crate) async fn intend(store: &Store, by: MemberId, appeal: AppealId, amount: u64) -> IntentionId {
    let command = Command::Intend {
        appeal,
        amount: minor(amount),
        form: Form::Money,
        note: None,
    };
    let done = must(store, by, command).await;
    done.events
        .iter()
        .find_map(|(_, e)| {
            if let Fact::IntentionRecorded { intention, .. } = e.fact {
                Some(intention)
            } else {
                None
            }
        })
        .unwrap()
}

pub(crate) async fn convert(store: &Store, by: MemberId, intention: IntentionId) -> ObligationId {
    let done = must(
        store,
        by,
        Command::Convert {
            intention,
            amount: None,
        },
    )
    .await;
    done.events
        .iter()
        .find_map(|(_, e)| {
            if let Fact::ObligationMade { obligation, .. } = e.fact {
                Some(obligation)
            } else {
                None
            }
        })
        .unwrap()
}

/// Anna asks; Boris and Clara, whom she invited, help: Boris binds himself. (anna, boris, clara, appeal, obligation)
pub(crate) async fn little_network(store: &Store) -> (MemberId, MemberId, MemberId, AppealId, ObligationId) {
    let anna = register(store).await;
    let boris = invite(store, anna).await;
    let clara = invite(store, anna).await;
    let appeal = ask(store, anna, 100_00).await;
    let intention = intend(store, boris, appeal, 40_00).await;
    intend(store, clara, appeal, 20_00).await;
    let obligation = convert(store, boris, intention).await;
    bond(store, clara, anna).await;
    (anna, boris, clara, appeal, obligation)
}
