//! A community lives for a year over two processes and one database: updates are doubled, reordered, repeated long
//! after and cut off anywhere, processes are killed in the middle of their work. Then nothing is lost, nothing is
//! doubled, every kind of deed was done, and everybody was told everything, once, in order (invariants 1 to 6, O6, U9).
//!
//! `EXODUS_SIM_SEEDS=N` (`tests/run --seeds N`) goes through N seeds of 1,000 members; otherwise it is a few seeds of a
//! small community. Everything but the interleaving of the two processes follows from the seed.

mod judge;
mod life;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use exodus_app::{Outbound, Reply, Update};
use exodus_core::{CommandId, Ledger, MemberId};
use exodus_store::{Done, Trouble, Work};
use exodus_tests::{Backend, Cut, Moment, Place, Post, crash::Process, deeds::Tally, world::FRONT};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// What one process is given at a time.
#[derive(Clone, Debug)]
enum Task {
    /// Something that somebody does, and of what kind it is.
    Work(&'static str, Work),
    Update(Update),
}

impl Task {
    /// What it is, however often it is given.
    fn name(&self) -> String {
        match self {
            Self::Work(_, work) => format!("{:?}", work.id),
            Self::Update(update) => update.key.clone(),
        }
    }
}

/// A task, and after how many polls it is cut off, if it is.
type Given = (Task, Option<(usize, Moment)>);

/// What came of a task that was not cut off.
#[expect(clippy::large_enum_variant, reason = "they are few and short-lived")]
enum Came {
    Done(CommandId, Done),
    Reply(Update, Reply),
}

/// A work that was given, and what was answered first.
struct Remembered {
    deed: &'static str,
    work: Work,
    done: Option<Done>,
}

struct Simulation {
    place: Arc<Place>,
    processes: Vec<Process>,
    started: u64,
    post: Arc<Post>,
    fronts: Vec<Arc<dyn Outbound>>,
    dice: StdRng,
    people: Vec<MemberId>,
    shown: BTreeMap<String, Reply>,
    updates: u64,
    newcomers: usize,
    given: BTreeMap<CommandId, Remembered>,
    /// Updates of the past, to be repeated.
    past: Vec<Update>,
    /// What took effect, by its kind.
    tally: Tally,
    cut: usize,
    killed: usize,
}

impl Simulation {
    fn new(backend: Backend, seed: u64) -> Self {
        let place = Place::new(backend);
        let post: Arc<Post> = Arc::default();
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Post>::clone(&post)];
        let started = 100_000 * seed + 2;
        let processes = vec![
            Process::start(&place, started - 1),
            Process::start(&place, started),
        ];
        Self {
            place,
            processes,
            started,
            post,
            fronts,
            dice: StdRng::seed_from_u64(seed),
            people: Vec::new(),
            shown: BTreeMap::new(),
            updates: 0,
            newcomers: 0,
            given: BTreeMap::new(),
            past: Vec::new(),
            tally: Tally::default(),
            cut: 0,
            killed: 0,
        }
    }

    fn chance(&mut self, of_a_hundred: u32) -> bool {
        self.dice.random_ratio(of_a_hundred, 100)
    }

    fn id(&mut self) -> CommandId {
        CommandId(self.dice.random())
    }

    fn load(&self) -> Ledger {
        self.processes[0]
            .run(self.processes[0].app.store().load_all())
            .expect("no trouble")
    }

    // ---- how it comes -------------------------------------------------------------------------------------------

    /// Tasks come to two processes at once: some to both, some twice, some cut off; now and then a process dies with
    /// everything it was about to do. What was not answered comes again.
    fn round(&mut self, tasks: Vec<Task>) {
        let mut waiting = tasks;
        while !waiting.is_empty() {
            waiting.shuffle(&mut self.dice);
            let mut parts: [Vec<Given>; 2] = [Vec::new(), Vec::new()];
            for task in &waiting {
                if let Task::Work(deed, work) = task {
                    self.given.entry(work.id).or_insert_with(|| Remembered {
                        deed,
                        work: work.clone(),
                        done: None,
                    });
                }
                let cut = self.chance(8).then(|| {
                    let moment = if self.dice.random() {
                        Moment::Asked
                    } else {
                        Moment::Answered
                    };
                    (self.dice.random_range(0..40), moment)
                });
                let to = self.dice.random_range(0..2);
                parts[to].push((task.clone(), cut));
                if self.chance(5) {
                    parts[1 - to].push((task.clone(), None));
                }
                if self.chance(3) {
                    parts[to].push((task.clone(), None));
                }
            }
            let mut answered: BTreeSet<String> = BTreeSet::new();
            for came in self.both(&parts) {
                answered.insert(self.came(came));
            }
            waiting.retain(|task| !answered.contains(&task.name()));
            self.cut += waiting.len();
        }
    }

    /// Each process works off its part, at the same time as the other. One that dies while it does so is replaced by a
    /// new one; nobody hears what it would have answered.
    fn both(&mut self, parts: &[Vec<Given>; 2]) -> Vec<Came> {
        let failures = self.failures();
        let came: Vec<Option<Vec<Came>>> = std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .processes
                .iter()
                .zip(parts)
                .zip(failures)
                .map(|((process, part), failure)| {
                    scope.spawn(move || perhaps_dying(process, work_off(process, part), failure))
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        let mut all = Vec::new();
        for (which, came) in came.into_iter().enumerate() {
            match came {
                Some(came) => all.extend(came),
                None => self.replace(which),
            }
        }
        all
    }

    /// For each process after how many polls of what it does it dies, if it does.
    fn failures(&mut self) -> [Option<usize>; 2] {
        [(); 2].map(|()| self.chance(3).then(|| self.dice.random_range(0..20)))
    }

    /// What was answered; the name of the task. What was accepted is answered the same for ever. What was refused is
    /// judged anew: one process may have refused what the other accepts a moment later.
    fn came(&mut self, came: Came) -> String {
        match came {
            Came::Done(id, done) => {
                let given = self.given.get_mut(&id).expect("it was given");
                match given.done.as_ref().filter(|before| before.refusal.is_none()) {
                    Some(before) if done.refusal.is_none() => {
                        assert_eq!(before.events, done.events, "{:?}", given.work);
                    }
                    Some(before) => panic!("{:?}: {before:?}, then {done:?}", given.work),
                    None => {
                        if done.refusal.is_none() && !done.events.is_empty() {
                            self.tally.count(given.deed);
                        }
                        given.done = Some(done);
                    }
                }
                format!("{id:?}")
            }
            Came::Reply(update, reply) => {
                let name = update.key.clone();
                self.shown.insert(update.account.address.clone(), reply);
                self.past.push(update);
                name
            }
        }
    }

    /// The power of one of them failed: another takes its place, and does first what every start does.
    fn replace(&mut self, which: usize) {
        self.killed += 1;
        self.started += 1;
        let dead = self.processes.remove(which);
        dead.kill();
        let new = Process::start(&self.place, self.started);
        let replies = new.run(new.app.resume(&FRONT)).expect("no trouble");
        self.shown.extend(
            replies
                .into_iter()
                .map(|(account, reply)| (account.address, reply)),
        );
        self.processes.insert(which, new);
    }

    /// Time goes on: what is due is done and told by both processes, now and then cut off.
    fn pass(&mut self) {
        // Time goes fast where nothing falls due, and day by day around the month's end.
        let now = self.place.clock_now();
        let date = exodus_tests::place::policy().date(now);
        self.place.clock.advance(if (3..23).contains(&date.day()) {
            3 * 86_400
        } else {
            86_400
        });
        let mut polls = || {
            if self.chance(10) {
                self.dice.random_range(0..60)
            } else {
                usize::MAX
            }
        };
        let cuts = [(polls(), polls()), (polls(), polls())];
        let failures = self.failures();
        let fronts = &self.fronts;
        let died: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .processes
                .iter()
                .zip(cuts)
                .zip(failures)
                .enumerate()
                .map(|(nth, ((process, (tick, deliver)), failure))| {
                    let holder = format!("process {nth} of {}", self.started);
                    let both = async move {
                        let _ = Cut::new(process.app.tick(200), tick, Moment::Asked).await;
                        let delivery = process.app.deliver(&holder, fronts);
                        let _ = Cut::new(delivery, deliver, Moment::Answered).await;
                    };
                    scope.spawn(move || perhaps_dying(process, both, failure).is_none())
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        for (which, died) in died.into_iter().enumerate() {
            if died {
                self.replace(which);
            }
        }
        self.place.clock.advance(120);
        self.rest();
    }

    /// Until nothing is due and nothing can be told.
    fn rest(&self) {
        let process = &self.processes[0];
        process.run(async {
            for _ in 0..10_000 {
                let ticked = process.app.tick(500).await.expect("no trouble");
                let delivered = process
                    .app
                    .deliver("the last", &self.fronts)
                    .await
                    .expect("no trouble");
                if ticked + delivered == 0 {
                    return;
                }
            }
            panic!("time never comes to rest");
        });
    }

    /// An update of long ago comes again: the journal does not grow by it.
    fn repeat(&self, old: &Update) {
        let process = &self.processes[1];
        process.run(async {
            let before = process.app.store().stats().await.expect("no trouble").entries;
            process.app.handle(old, &FRONT).await.expect("no trouble");
            let after = process.app.store().stats().await.expect("no trouble").entries;
            assert_eq!(before, after, "{old:?} took effect again");
        });
    }
}

/// Runs something to the end, or until the process dies after so many polls of it, while other tasks of the process are
/// anywhere.
fn perhaps_dying<F: Future>(process: &Process, what: F, failure: Option<usize>) -> Option<F::Output> {
    process.run(Cut::new(what, failure.unwrap_or(usize::MAX), Moment::Asked))
}

async fn work_off(process: &Process, part: &[Given]) -> Vec<Came> {
    // All at once, as a server does it.
    let mut tasks = Vec::new();
    for (task, cut) in part.iter().cloned() {
        let app = process.app.clone();
        tasks.push(tokio::spawn(async move {
            let (polls, moment) = cut.unwrap_or((usize::MAX, Moment::Asked));
            match task {
                Task::Work(_, work) => {
                    let id = work.id;
                    let outcome = Cut::new(app.store().transact(work), polls, moment).await?;
                    Some(outcome.map(|done| Came::Done(id, done)))
                }
                Task::Update(update) => {
                    let outcome = Cut::new(app.handle(&update, &FRONT), polls, moment).await?;
                    Some(outcome.map(|reply| Came::Reply(update, reply)))
                }
            }
        }));
    }
    let mut came = Vec::new();
    for task in tasks {
        match task.await.expect("no panic") {
            Some(Ok(one)) => came.push(one),
            // To be tried again.
            None | Some(Err(Trouble::Unavailable(_) | Trouble::AccountTaken(_))) => {}
            Some(Err(trouble)) => panic!("{trouble}"),
        }
    }
    came
}

/// How many seeds, and how large the community is.
struct Size {
    seeds: u64,
    members: usize,
    /// What is begun on a day.
    daily: usize,
}

impl Size {
    fn asked_for() -> Self {
        let seeds = std::env::var("EXODUS_SIM_SEEDS").ok();
        match seeds.and_then(|seeds| seeds.parse().ok()) {
            Some(seeds) => Self {
                seeds,
                members: 1_000,
                daily: 60,
            },
            None => Self {
                seeds: 3,
                members: 30,
                daily: 4,
            },
        }
    }
}

fn simulated(backend: Backend, first_seed: u64) {
    let size = Size::asked_for();
    let (mut cut, mut killed) = (0, 0);
    for seed in first_seed..first_seed + size.seeds {
        let mut simulation = Simulation::new(backend, seed);
        simulation.settle_in(size.members);
        simulation.live(12, size.daily);
        simulation.judge();
        simulation.was_full_of_life();
        println!(
            "seed {seed}: {} works, {} updates, {} cut off, {} killed",
            simulation.given.len(),
            simulation.updates,
            simulation.cut,
            simulation.killed
        );
        cut += simulation.cut;
        killed += simulation.killed;
    }
    assert!(cut > 10 && killed > 3, "too little went wrong");
}

#[test]
fn a_year_on_sqlite() {
    simulated(Backend::Sqlite, 1);
}

#[test]
fn a_year_on_postgres() {
    simulated(Backend::Postgres, 101);
}
