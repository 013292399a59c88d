//! Every kind of work while the power fails: at the first, the second, the third … statement that its process sends to
//! the database, each time in a process of its own, until the work is answered. Then it has happened, once (invariant
//! 6, O6).

use std::sync::Arc;

use exodus_app::App;
use exodus_core::{Actor, Command, CommandId, Ledger, MemberId, Timestamp};
use exodus_store::{Done, Personal, Received, Trouble, Whose, Work};
use exodus_tests::{
    Backend, Place,
    crash::Process,
    deeds::{DEEDS, Deed, registration, work},
    place::berlin,
    world::account,
};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// More statements than anything takes.
const MANY: u64 = 500;
/// People.
const PEOPLE: usize = 9;
/// More than happens until every kind was done.
const MUCH: usize = 500;

/// A process that dies and comes back.
struct Failing {
    place: Arc<Place>,
    process: Option<Process>,
    processes: u64,
    dice: StdRng,
    works: u64,
    /// How often it died.
    failures: usize,
}

impl Failing {
    fn new(backend: Backend) -> Self {
        let place = Place::new(backend);
        let process = Process::start_single(&place, 1);
        Self {
            place,
            process: Some(process),
            processes: 1,
            dice: StdRng::seed_from_u64(12),
            works: 0,
            failures: 0,
        }
    }

    fn process(&self) -> &Process {
        self.process.as_ref().expect("alive")
    }

    /// Begins something again and again, the power failing a statement later each time, until it comes to its end.
    fn until_answered<F, T>(&mut self, what: impl Fn(App) -> F) -> T
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        for nth in 1..MANY {
            let process = self.process.take().expect("alive");
            let outcome = process.run_until_failure(what(process.app.clone()), nth);
            if let Some(outcome) = outcome {
                self.process = Some(process);
                return outcome.expect("no trouble");
            }
            process.kill();
            self.failures += 1;
            self.processes += 1;
            self.process = Some(Process::start_single(&self.place, self.processes));
        }
        panic!("it never ends");
    }

    /// A work that came in an update, and what it did: exactly what it says it did.
    fn give(&mut self, mut work: Work) -> Done {
        self.works += 1;
        let (key, from) = (self.works.to_string(), account("somebody"));
        let received = self
            .process()
            .run(self.process().app.store().receive("test", &key, &from, "{}"));
        work.inbox = match received.expect("no trouble") {
            Received::New(inbox) => Some(inbox),
            other @ (Received::Waiting(_) | Received::Done(..)) => panic!("{other:?}"),
        };
        work.session = Some((from, format!("after {key}")));
        let before = self.failures;
        let done = self.until_answered(|app| {
            let work = work.clone();
            async move { app.store().transact(work).await }
        });
        // To begin, to lock, to look whether it was done, to write, to commit.
        assert!(
            self.failures - before >= 5,
            "{} statements: {work:?}",
            self.failures - before
        );
        assert_eq!(done.refusal, None, "{work:?}");
        let store = self.process().app.store();
        let kept = self.process().run(store.events_of_command(work.id));
        let kept: Vec<_> = kept
            .expect("no trouble")
            .into_iter()
            .map(|entry| (entry.seq, entry.event))
            .collect();
        assert_eq!(kept, done.events, "{work:?}");
        done
    }

    /// A work while the power stays.
    fn just_do(&self, work: Work) {
        let store = self.process().app.store();
        self.process().run(store.transact(work)).expect("no trouble");
    }

    fn id(&mut self) -> CommandId {
        CommandId(self.dice.random())
    }

    fn load(&self) -> Ledger {
        self.process()
            .run(self.process().app.store().load_all())
            .expect("no trouble")
    }

    /// Somebody comes, by a link of somebody's if there is one.
    fn come(&mut self, name: &str) -> MemberId {
        let ledger = self.load();
        let links = ledger.members().flat_map(|row| ledger.links_made_by(row.id));
        let via = links.map(|link| link.id).next();
        let registration = registration(self.id(), name, "en", via);
        self.give(registration);
        self.load().newest_member().expect("who came")
    }

    fn month_ends(&mut self) {
        let end = berlin(2026, 12, 2, 9);
        while let Some(next) = self.next_due().filter(|next| *next <= end) {
            let now = self.place.clock_now();
            self.place.clock.set(next.max(now));
            while self.until_answered(|app| async move { app.tick(100).await }) > 0 {}
        }
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.process()
            .run(self.process().app.store().next_due_at())
            .expect("no trouble")
    }

    fn is_sound(&self) {
        let store = self.process().app.store();
        let report = self.process().run(store.verify(|_, _| ())).expect("no trouble");
        assert!(report.ok(), "{:#?}", report.differences);
        let waiting = self.place.number("SELECT count(*) FROM inbox WHERE state = 0");
        assert_eq!(self.process().run(waiting), 0, "an update waits for ever");
    }
}

/// Every kind of deed, after what must come before it.
fn every_deed(backend: Backend) {
    let mut life = Failing::new(backend);
    for nth in 0..PEOPLE {
        let member = life.come(&format!("p{nth}"));
        let link = Command::MakeLink {
            about: member,
            max_uses: None,
            expires: None,
        };
        // Two know nobody and have done nothing: they can still become another's second account.
        if nth + 2 < PEOPLE {
            let link = work(life.id(), member, link);
            life.just_do(link);
        }
    }
    // Who has done nothing comes first, what ends things last: whoever left does nothing any more.
    let mut left: Vec<&'static Deed> = DEEDS.iter().collect();
    left.sort_by_key(|deed| match deed.name {
        "ask to be linked" | "link accounts" => 0,
        "leave" => 4,
        "block" | "forbid links" => 3,
        name if name.starts_with("end") => 2,
        _ => 1,
    });
    for _ in 0..MUCH {
        let Some(next) = left.first().copied() else {
            break;
        };
        let (ledger, now) = (life.load(), life.place.clock_now());
        let found = next.led_to(&ledger, now, &mut life.dice);
        let (deed, me, command) = found.unwrap_or_else(|| panic!("nobody can do: {}", next.name));
        let work = work(life.id(), me, command);
        let before = left.len();
        left.retain(|left| left.name != deed.name);
        if left.len() < before {
            life.give(work);
        } else {
            life.just_do(work);
        }
    }
    let left: Vec<&str> = left.iter().map(|deed| deed.name).collect();
    assert!(left.is_empty(), "nobody could ever do: {left:?}");
    life.month_ends();
    life.is_sound();
    println!("{} works, the power failed {} times", life.works, life.failures);
}

/// What is written beside the journal alone.
fn everything_personal(backend: Backend) {
    let mut life = Failing::new(backend);
    let anna = life.come("anna");
    let person = life
        .process()
        .run(life.process().app.store().person(anna))
        .expect("no trouble")
        .expect("Anna");
    let mut other = person.clone();
    other.name = "Anna Berg".to_owned();
    let expires = life.place.clock_now().plus_hours(1);
    for personal in [
        Personal::SetPerson {
            whose: Whose::Member(anna),
            person: other.clone(),
        },
        Personal::AddAccount {
            whose: Whose::Member(anna),
            account: account("annas other"),
        },
        Personal::TouchAccount {
            account: account("anna"),
        },
        Personal::SetAccountState {
            account: account("anna"),
            active: false,
        },
        Personal::PutLinkingCode {
            member: anna,
            code_hash: [7; 32],
            expires,
        },
        Personal::TakeLinkingCode { code_hash: [7; 32] },
        Personal::ErasePerson(anna),
    ] {
        let erased = matches!(personal, Personal::ErasePerson(_));
        let work = Work::personal(life.id(), Actor::Member(anna), vec![personal]);
        life.give(work);
        let store = life.process().app.store();
        let kept = life.process().run(store.person(anna)).expect("no trouble");
        assert_eq!(kept, (!erased).then(|| other.clone()));
    }
    life.is_sound();
}

#[test]
fn o6_every_deed_at_every_statement_on_sqlite() {
    every_deed(Backend::Sqlite);
}

#[test]
fn o6_every_deed_at_every_statement_on_postgres() {
    every_deed(Backend::Postgres);
}

#[test]
fn o6_everything_personal_at_every_statement_on_sqlite() {
    everything_personal(Backend::Sqlite);
}

#[test]
fn o6_everything_personal_at_every_statement_on_postgres() {
    everything_personal(Backend::Postgres);
}
