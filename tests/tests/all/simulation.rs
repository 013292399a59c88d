//! A community lives for a year over two processes and one database: updates are doubled, reordered, repeated long
//! after and cut off anywhere, processes are killed. Then nothing is lost, nothing is doubled, and everybody was told
//! everything, once, in order (invariants 1 to 6, O6, U9).
//!
//! `EXODUS_SIM_SEEDS=N` (`tests/run --seeds N`) goes through N seeds; from 10 on with 1,000 members. Everything but the
//! interleaving of the two processes follows from the seed.

mod judge;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use exodus_app::{Outbound, Reply, Update};
use exodus_core::{Actor, Amount, Before, Command, CommandId, Form, Ledger, MemberId, ReportId, Side};
use exodus_store::{Done, Person, Personal, Trouble, Whose, Work};
use exodus_tests::{
    Backend, Cut, Moment, Place, Post,
    crash::Process,
    place::berlin,
    world::{FRONT, account},
};
use exodus_ui::Said;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// What one process is given at a time.
#[derive(Clone, Debug)]
enum Task {
    Work(Work),
    Update(Update),
}

/// A task, and after how many polls it is cut off, if it is.
type Given = (Task, Option<(usize, Moment)>);

/// What came of a task that was not cut off.
enum Came {
    Done(CommandId, Done),
    Reply(String, Reply),
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
    /// Every work ever given, and what was answered first.
    given: BTreeMap<CommandId, (Work, Option<Done>)>,
    /// Updates of the past, to be repeated.
    past: Vec<Update>,
    cut: usize,
    killed: usize,
}

impl Simulation {
    fn new(backend: Backend, seed: u64) -> Self {
        let place = Place::new(backend);
        let post: Arc<Post> = Arc::default();
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Post>::clone(&post)];
        let started = 1000 * seed + 2;
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
            given: BTreeMap::new(),
            past: Vec::new(),
            cut: 0,
            killed: 0,
        }
    }

    fn chance(&mut self, of_a_hundred: u32) -> bool {
        self.dice.random_ratio(of_a_hundred, 100)
    }

    // ---- people -------------------------------------------------------------------------------------------------

    /// So many people, each invited by one who is there already, all in one go per generation.
    fn settle_in(&mut self, members: usize) {
        while self.people.len() < members {
            let generation = (self.people.len().max(1)).min(members - self.people.len());
            let ledger = self.load();
            let mut works = Vec::new();
            for nth in 0..generation {
                let number = self.people.len() + nth;
                let links: Vec<_> = (!self.people.is_empty())
                    .then(|| self.people[self.dice.random_range(0..self.people.len())])
                    .into_iter()
                    .flat_map(|member| {
                        ledger
                            .links_made_by(member)
                            .map(|link| link.id)
                            .collect::<Vec<_>>()
                    })
                    .collect();
                let via = links.first().copied();
                let name = format!("p{number:04}");
                let language = if number.is_multiple_of(2) { "ru" } else { "en" }.to_owned();
                let person = Person {
                    name: name.clone(),
                    language,
                    ..Person::default()
                };
                let mut work = Work::new(self.id(), Actor::Newcomer, Command::Register { via });
                work.personal.push(Personal::SetPerson {
                    whose: Whose::Registered,
                    person,
                });
                work.personal.push(Personal::AddAccount {
                    whose: Whose::Registered,
                    account: account(&name),
                });
                works.push(Task::Work(work));
            }
            self.round(works);
            let ledger = self.load();
            let new: Vec<_> = ledger
                .members()
                .map(|member| member.id)
                .filter(|id| !self.people.contains(id))
                .collect();
            let works = new.iter().map(|member| {
                let link = Command::MakeLink {
                    about: *member,
                    max_uses: None,
                    expires: None,
                };
                Task::Work(Work::new(self.id(), Actor::Member(*member), link))
            });
            let works = works.collect();
            self.round(works);
            self.people.extend(new);
        }
    }

    fn id(&mut self) -> CommandId {
        CommandId(self.dice.random())
    }

    fn load(&self) -> Ledger {
        self.processes[0]
            .run(self.processes[0].app.store().load_all())
            .expect("no trouble")
    }

    // ---- what people do -----------------------------------------------------------------------------------------

    /// What somebody does with the records there are; some of it makes no sense.
    fn draw(&mut self, ledger: &Ledger) -> Option<(MemberId, Command)> {
        let me = self.people[self.dice.random_range(0..self.people.len())];
        let row = ledger.member(me).filter(|row| row.is_here())?;
        let amount = Amount::from_minor(self.dice.random_range(1..60) * 500);
        let form = [Form::Money, Form::Thing, Form::Service, Form::Time][self.dice.random_range(0..4)];
        let near: Vec<MemberId> = row
            .referred_by
            .into_iter()
            .chain(ledger.referred_by(me))
            .chain(ledger.supports(me))
            .chain(ledger.supports(me).flat_map(|other| ledger.supported_by(other)))
            .filter(|other| *other != me)
            .collect();
        let other = (!near.is_empty()).then(|| near[self.dice.random_range(0..near.len())]);
        let appeal = other.and_then(|other| ledger.current_appeal(other));
        let owed: Vec<_> = ledger
            .owed_by(me)
            .filter(|o| o.is_unsettled())
            .map(|o| o.id)
            .collect();
        let due: Vec<_> = ledger
            .owed_to(me)
            .filter(|o| o.is_unsettled())
            .map(|o| o.id)
            .collect();
        let waiting: Vec<ReportId> = ledger
            .owed_to(me)
            .flat_map(|o| o.waiting().map(|(id, _)| id))
            .collect();
        let live: Vec<_> = ledger.intentions_by(me).map(|i| i.id).collect();
        let pick = |list: &[_], dice: &mut StdRng| {
            (!list.is_empty()).then(|| list[dice.random_range(0..list.len())])
        };
        let dice = &mut self.dice;
        let command = match dice.random_range(0..100) {
            0..=9 => Command::AskMonthly {
                target: amount,
                purpose: None,
                findable: true,
            },
            10 => {
                let deadline = ledger
                    .policy
                    .date(self.place.clock_now().plus_days(dice.random_range(1..31)));
                Command::CallEmergency {
                    target: amount,
                    deadline,
                    reason: None,
                    talk: None,
                }
            }
            11 if dice.random_ratio(1, 3) => Command::EndMonthly,
            12 => Command::EndEmergency { then: Before::Green },
            13..=34 => match appeal? {
                appeal if appeal.is_monthly() => Command::Intend {
                    appeal: appeal.id,
                    amount,
                    form,
                    note: None,
                },
                appeal => Command::Promise {
                    appeal: appeal.id,
                    amount,
                    form,
                    note: None,
                },
            },
            35..=46 => Command::Convert {
                intention: pick(&live, dice)?,
                amount: None,
            },
            47..=51 => Command::PerformAtOnce {
                intention: pick(&live, dice)?,
                amount: None,
                note: None,
            },
            52..=54 => Command::ChangeIntention {
                intention: pick(&live, dice)?,
                amount,
            },
            55 => Command::WithdrawIntention {
                intention: pick(&live, dice)?,
            },
            56..=69 => {
                let obligation = owed.get(dice.random_range(0..owed.len().max(1))).copied()?;
                Command::Report {
                    obligation,
                    amount: None,
                    note: None,
                }
            }
            70..=85 => {
                let report = waiting.get(dice.random_range(0..waiting.len().max(1))).copied()?;
                if dice.random_ratio(1, 8) {
                    Command::Refuse { report }
                } else {
                    Command::Confirm { report, amount: None }
                }
            }
            86 | 87 => Command::Release {
                obligation: due.first().copied()?,
            },
            88 | 89 => Command::AskPerformance {
                obligation: due.last().copied()?,
            },
            90..=92 => {
                let side = if dice.random() {
                    Side::Debtor
                } else {
                    Side::Creditor
                };
                let due = Some(ledger.policy.date(self.place.clock_now().plus_days(20)));
                Command::MakeOffer {
                    to: other?,
                    side,
                    amount,
                    form,
                    due,
                    note: None,
                    given: false,
                }
            }
            93..=95 => {
                let offer = ledger.offers_of(me).find(|offer| offer.to == me)?.id;
                Command::AnswerOffer {
                    offer,
                    accept: dice.random(),
                }
            }
            96 => Command::Vouch {
                appeal: appeal?.id,
                note: None,
            },
            97 if dice.random_ratio(1, 4) => Command::Block { member: other? },
            98 if dice.random_ratio(1, 8) => Command::Leave,
            _ => Command::AnswerOffer {
                offer: exodus_core::OfferId(dice.random_range(0..5000)),
                accept: true,
            },
        };
        Some((me, command))
    }

    /// What somebody says in their chat.
    fn speak(&mut self) -> Update {
        let number = self.dice.random_range(0..self.people.len());
        let (who, other) = (
            format!("p{number:04}"),
            format!("p{:04}", self.dice.random_range(0..self.people.len())),
        );
        let choices = self
            .shown
            .get(&who)
            .map(|reply| (reply.menu, reply.arranged.menu.acts.len()));
        let (said, menu) = match (self.dice.random_range(0..12), choices) {
            (0..=4, Some((menu, count))) if count > 0 => (
                Said::Choice(self.dice.random_range(0..u32::try_from(count).unwrap())),
                Some(menu),
            ),
            (5, _) => (
                Said::Text(format!("give {} to {other}", self.dice.random_range(1..100))),
                None,
            ),
            (6, _) => (Said::Text(format!("paid {other}")), None),
            (7, _) => (Said::Text(format!("got from {other}")), None),
            (8, _) => (Said::Text("/organizer".to_owned()), None),
            (9, _) => (Said::Text("need 50 monthly".to_owned()), None),
            _ => (Said::Start(None), None),
        };
        self.updates += 1;
        Update {
            key: self.updates.to_string(),
            account: account(&who),
            name: who,
            language: Some("en".to_owned()),
            said,
            menu,
        }
    }

    // ---- how it comes -------------------------------------------------------------------------------------------

    /// Tasks come to two processes at once: some to both, some twice, some cut off. What was cut off comes again.
    fn round(&mut self, tasks: Vec<Task>) {
        let mut waiting = tasks;
        while !waiting.is_empty() {
            waiting.shuffle(&mut self.dice);
            let mut parts: [Vec<Given>; 2] = [Vec::new(), Vec::new()];
            for task in &waiting {
                if let Task::Work(work) = task {
                    self.given.entry(work.id).or_insert_with(|| (work.clone(), None));
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
            let came = self.both(&parts);
            let mut answered: BTreeSet<String> = BTreeSet::new();
            for came in came {
                match came {
                    Came::Done(id, done) => {
                        answered.insert(format!("{id:?}"));
                        let (work, before) = self.given.get_mut(&id).expect("it was given");
                        // What was accepted is answered the same for ever. What was refused is judged anew: one
                        // process may have refused what the other accepts a moment later.
                        match before.as_ref().filter(|before| before.refusal.is_none()) {
                            Some(before) if done.refusal.is_none() => {
                                assert_eq!(before.events, done.events, "{work:?}")
                            }
                            Some(_) => {}
                            None => *before = Some(done),
                        }
                    }
                    Came::Reply(key, reply) => {
                        answered.insert(key.clone());
                        let update = waiting.iter().find_map(|task| match task {
                            Task::Update(update) if update.key == key => Some(update.clone()),
                            Task::Update(_) | Task::Work(_) => None,
                        });
                        if let Some(update) = update {
                            self.shown.insert(update.account.address.clone(), reply);
                            self.past.push(update);
                        }
                    }
                }
            }
            waiting.retain(|task| {
                !answered.contains(&match task {
                    Task::Work(work) => format!("{:?}", work.id),
                    Task::Update(update) => update.key.clone(),
                })
            });
            self.cut += waiting.len();
            if self.chance(4) {
                self.kill_one();
            }
        }
    }

    /// Each process works off its part, at the same time as the other.
    fn both(&self, parts: &[Vec<Given>; 2]) -> Vec<Came> {
        std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .processes
                .iter()
                .zip(parts)
                .map(|(process, part)| scope.spawn(move || process.run(work_off(process, part))))
                .collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().expect("no panic"))
                .collect()
        })
    }

    fn kill_one(&mut self) {
        self.killed += 1;
        self.started += 1;
        let which = self.dice.random_range(0..2);
        let new = Process::start(&self.place, self.started);
        std::mem::replace(&mut self.processes[which], new).kill();
        let replies = self.processes[which]
            .run(self.processes[which].app.resume(&FRONT))
            .expect("no trouble");
        self.shown.extend(
            replies
                .into_iter()
                .map(|(account, reply)| (account.address, reply)),
        );
    }

    /// A day goes by: what is due is done and told by both processes, now and then cut off.
    fn day(&mut self) {
        // Time goes fast where nothing falls due, and day by day around the month's end.
        let now = self.place.clock_now();
        let date = exodus_tests::place::policy().date(now);
        self.place.clock.advance(if (3..23).contains(&date.day()) {
            3 * 86_400
        } else {
            86_400
        });
        let cuts: Vec<usize> = (0..4)
            .map(|_| {
                if self.chance(10) {
                    self.dice.random_range(0..60)
                } else {
                    usize::MAX
                }
            })
            .collect();
        let fronts = &self.fronts;
        std::thread::scope(|scope| {
            for (nth, process) in self.processes.iter().enumerate() {
                let cuts = &cuts;
                scope.spawn(move || {
                    process.run(async {
                        let _ = Cut::new(process.app.tick(200), cuts[nth], Moment::Asked).await;
                        let holder = format!("process {nth}");
                        let _ = Cut::new(
                            process.app.deliver(&holder, fronts),
                            cuts[2 + nth],
                            Moment::Answered,
                        )
                        .await;
                    });
                });
            }
        });
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

    fn live(&mut self, months: u32, each: usize) {
        let end = berlin(2026, 11, 2, 9).plus_days(months * 31);
        while self.place.clock_now() < end {
            let ledger = self.load();
            let mut tasks = Vec::new();
            for _ in 0..each {
                if self.chance(80) {
                    if let Some((me, command)) = self.draw(&ledger) {
                        tasks.push(Task::Work(Work::new(self.id(), Actor::Member(me), command)));
                    }
                } else {
                    tasks.push(Task::Update(self.speak()));
                }
            }
            if !self.past.is_empty() && self.chance(30) {
                let old = self.past[self.dice.random_range(0..self.past.len())].clone();
                self.repeat(&old);
            }
            self.round(tasks);
            self.day();
        }
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

async fn work_off(process: &Process, part: &[Given]) -> Vec<Came> {
    // All at once, as a server does it.
    let mut tasks = Vec::new();
    for (task, cut) in part.iter().cloned() {
        let app = process.app.clone();
        tasks.push(tokio::spawn(async move {
            let (polls, moment) = cut.unwrap_or((usize::MAX, Moment::Asked));
            match task {
                Task::Work(work) => {
                    let id = work.id;
                    let outcome = Cut::new(app.store().transact(work), polls, moment).await?;
                    Some(outcome.map(|done| Came::Done(id, done)))
                }
                Task::Update(update) => {
                    let outcome = Cut::new(app.handle(&update, &FRONT), polls, moment).await?;
                    Some(outcome.map(|reply| Came::Reply(update.key, reply)))
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

fn simulated(backend: Backend, first_seed: u64) {
    let seeds: u64 = std::env::var("EXODUS_SIM_SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(1);
    let (members, each) = if seeds >= 10 { (1_000, 150) } else { (60, 14) };
    for seed in first_seed..first_seed + seeds {
        let mut simulation = Simulation::new(backend, seed);
        simulation.settle_in(members);
        simulation.live(12, each);
        simulation.judge();
        simulation.was_full_of_life();
        println!(
            "seed {seed}: {} works, {} updates, {} cut off, {} killed",
            simulation.given.len(),
            simulation.updates,
            simulation.cut,
            simulation.killed
        );
        assert!(
            simulation.cut > 10 && simulation.killed > 0,
            "too little went wrong"
        );
    }
}

#[test]
fn a_year_on_sqlite() {
    simulated(Backend::Sqlite, 1);
}

#[test]
fn a_year_on_postgres() {
    simulated(Backend::Postgres, 101);
}
