//! How fast Exodus is, measured: commands, replay, a month's roll-over, screens, starts. Prints the tables of
//! `docs/performance.md`, where the commands to run it stand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs
)]

mod clearing;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use exodus_app::{App, Update};
use exodus_core::{Actor, Amount, AppealId, Command, CommandId, Date, Fact, Form, MemberId, Policy};
use exodus_store::{AccountKey, ManualClock, Options, Person, Personal, Random, Store, Whose, Work};
use exodus_tests::world::{FRONT, PLATFORM, settings};
use exodus_ui::Said;
use futures::future::join_all;
use sea_orm::{ConnectionTrait, Database};

/// Commands given at once while a community is made.
const AT_ONCE: usize = 256;
/// People in a circle of the made-up community: one asks, the others help.
const CIRCLE: usize = 10;

static NEXT: AtomicU64 = AtomicU64::new(1);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let what = arguments.first().map_or("all", String::as_str);
    let size = arguments.get(1).and_then(|size| size.parse::<usize>().ok());
    for kind in [Kind::Sqlite, Kind::Postgres] {
        match what {
            "writers" => writers(kind, size.unwrap_or(20_000)).await,
            "replay" => replay(kind, size.unwrap_or(1_000_000)).await,
            "month" => month(kind, size.unwrap_or(100_000)).await,
            "network" => network(kind, size.unwrap_or(100_000)).await,
            "clearing" => clearing::clearing(kind, size.unwrap_or(100_000)).await,
            "all" => {
                writers(kind, 20_000).await;
                replay(kind, size.unwrap_or(200_000)).await;
                month(kind, size.unwrap_or(20_000)).await;
            }
            other => {
                panic!("nothing is measured by {other:?}: writers, replay, month, network, clearing or all")
            }
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Sqlite,
    Postgres,
}

/// A database of its own, gone when dropped.
struct Place {
    store: Store,
    options: Options,
    clock: Arc<ManualClock>,
    _folder: tempfile::TempDir,
}

impl Place {
    async fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match kind {
            Kind::Sqlite => sqlite(folder.path()),
            Kind::Postgres => postgres().await,
        };
        let policy = Policy::default();
        let start = policy.zone.instant(Date::constant(2026, 11, 3).at(12, 0, 0, 0));
        let clock = Arc::new(ManualClock::new(start));
        let mut options = Options::new(url);
        options.policy = policy;
        options.clock = clock.clone();
        options.random = Random::seeded(1);
        options.snapshot = Some(folder.path().join("bench.network"));
        Self {
            store: Store::open(&options).await.unwrap(),
            options,
            clock,
            _folder: folder,
        }
    }
}

fn sqlite(folder: &Path) -> String {
    folder.join("bench.sqlite").to_str().unwrap().to_owned()
}

async fn postgres() -> String {
    let server = std::env::var("EXODUS_TEST_POSTGRES")
        .expect("EXODUS_TEST_POSTGRES is not set: run this through `tests/run --servers-only`");
    let name = format!(
        "bench_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let connection = Database::connect(&server).await.unwrap();
    connection
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    let (front, _) = server.rsplit_once('/').unwrap();
    format!("{front}/{name}")
}

fn id() -> CommandId {
    CommandId(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

fn minor(amount: usize) -> Amount {
    Amount::from_minor(u64::try_from(amount).unwrap())
}

/// Gives many commands at once and returns what they made.
async fn give(store: &Store, works: Vec<Work>) -> Vec<Vec<Fact>> {
    let mut made = Vec::with_capacity(works.len());
    let mut works = works.into_iter().peekable();
    while works.peek().is_some() {
        let group: Vec<_> = works
            .by_ref()
            .take(AT_ONCE)
            .map(|work| store.transact(work))
            .collect();
        for done in join_all(group).await {
            let done = done.unwrap();
            assert_eq!(done.refusal, None);
            made.push(done.events.into_iter().map(|(_, event)| event.fact).collect());
        }
    }
    made
}

fn registration(via: Option<exodus_core::LinkId>) -> Work {
    let id = id();
    let mut work = Work::new(id, Actor::Newcomer, Command::Register { via });
    let name = format!("Member {}", id.0);
    let person = Person {
        name: name.clone(),
        language: "en".to_owned(),
        ..Person::default()
    };
    work.personal.push(Personal::SetPerson {
        whose: Whose::Registered,
        person,
    });
    work.personal.push(Personal::AddAccount {
        whose: Whose::Registered,
        account: AccountKey::new(PLATFORM, name),
    });
    work
}

fn registered(facts: &[Fact]) -> MemberId {
    facts
        .iter()
        .find_map(|fact| match fact {
            Fact::Registered { member, .. } => Some(*member),
            _ => None,
        })
        .unwrap()
}

/// One of the made-up community.
struct Helper {
    member: MemberId,
    appeal: AppealId,
}

/// A community in circles: in each one asks, the others came by their link and intend to help; most convert, report
/// and are confirmed.
async fn community(store: &Store, members: usize) -> (Vec<MemberId>, Vec<Helper>) {
    let circles = members / CIRCLE;
    let by = |member| Actor::Member(member);
    let owners: Vec<MemberId> = give(store, (0..circles).map(|_| registration(None)).collect())
        .await
        .iter()
        .map(|f| registered(f))
        .collect();
    let ask = Command::AskMonthly {
        target: minor(100_000),
        purpose: None,
        findable: true,
    };
    let asked = give(
        store,
        owners
            .iter()
            .map(|owner| Work::new(id(), by(*owner), ask.clone()))
            .collect(),
    )
    .await;
    let appeals: Vec<AppealId> = asked
        .iter()
        .flatten()
        .filter_map(|fact| match fact {
            Fact::MonthlyAsked { appeal, .. } => Some(*appeal),
            _ => None,
        })
        .collect();
    let link = |owner| Command::MakeLink {
        about: owner,
        max_uses: None,
        expires: None,
    };
    let links = give(
        store,
        owners
            .iter()
            .map(|owner| Work::new(id(), by(*owner), link(*owner)))
            .collect(),
    )
    .await;
    let links: Vec<_> = links
        .iter()
        .flatten()
        .filter_map(|fact| match fact {
            Fact::LinkMade { link, .. } => Some(*link),
            _ => None,
        })
        .collect();
    let comers = links
        .iter()
        .flat_map(|link| (1..CIRCLE).map(|_| registration(Some(*link))))
        .collect();
    let comers: Vec<MemberId> = give(store, comers)
        .await
        .iter()
        .map(|facts| registered(facts))
        .collect();
    let helpers: Vec<Helper> = comers
        .iter()
        .zip(
            appeals
                .iter()
                .flat_map(|appeal| std::iter::repeat_n(*appeal, CIRCLE - 1)),
        )
        .map(|(member, appeal)| Helper {
            member: *member,
            appeal,
        })
        .collect();
    let intend = |helper: &Helper| {
        let (appeal, amount, form) = (helper.appeal, minor(1_000), Form::Money);
        Work::new(
            id(),
            by(helper.member),
            Command::Intend {
                appeal,
                amount,
                form,
                note: None,
            },
        )
    };
    let intentions = give(store, helpers.iter().map(intend).collect()).await;
    let intentions = intentions.iter().flatten().filter_map(|fact| match fact {
        Fact::IntentionRecorded {
            intention, author, ..
        } => Some((*intention, *author)),
        _ => None,
    });
    let convert = intentions.step_by(2).map(|(intention, author)| {
        Work::new(
            id(),
            by(author),
            Command::PerformAtOnce {
                intention,
                amount: None,
                note: None,
            },
        )
    });
    let reports = give(store, convert.collect()).await;
    let confirm = reports.iter().flatten().filter_map(|fact| match fact {
        Fact::PerformanceReported { report, creditor, .. } => Some(Work::new(
            id(),
            by(*creditor),
            Command::Confirm {
                report: *report,
                amount: None,
            },
        )),
        _ => None,
    });
    give(store, confirm.step_by(2).collect()).await;
    (owners.into_iter().chain(comers).collect(), helpers)
}

/// Changes of intentions, one command after another by so many writers at once.
async fn changes(store: &Store, helpers: &Arc<Vec<Helper>>, writers: usize, commands: usize) -> f64 {
    let began = Instant::now();
    let tasks = (0..writers).map(|writer| {
        let (store, helpers) = (store.clone(), Arc::clone(helpers));
        tokio::spawn(async move {
            for n in 0..commands / writers {
                let helper = helpers.get((writer * 7_919 + n * 31) % helpers.len()).unwrap();
                let (appeal, amount, form) = (helper.appeal, minor(100 + n * writers + writer), Form::Money);
                let command = Command::Intend {
                    appeal,
                    amount,
                    form,
                    note: None,
                };
                store
                    .transact(Work::new(id(), Actor::Member(helper.member), command))
                    .await
                    .unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let commands = u32::try_from(commands / writers * writers).unwrap();
    f64::from(commands) / began.elapsed().as_secs_f64()
}

async fn writers(kind: Kind, commands: usize) {
    for (writers, commands) in [(1, commands / 10), (64, commands)] {
        let place = Place::new(kind).await;
        let (_, helpers) = community(&place.store, 2_000).await;
        let speed = changes(&place.store, &Arc::new(helpers), writers, commands).await;
        println!("{kind:?}, {writers} writers: {speed:.0} commands/s ({commands} commands, 2,000 members)");
    }
}

async fn replay(kind: Kind, entries: usize) {
    let place = Place::new(kind).await;
    let (_, helpers) = community(&place.store, 10_000).await;
    let helpers = Arc::new(helpers);
    let made = usize::try_from(place.store.stats().await.unwrap().entries).unwrap();
    changes(&place.store, &helpers, 64, entries.saturating_sub(made)).await;
    let before = peak_memory();
    let began = Instant::now();
    let report = place.store.verify(|_, _| {}).await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    assert!(report.ok(), "{:?}", report.differences.first());
    let (entries, grown) = (report.entries, peak_memory().saturating_sub(before));
    println!(
        "{kind:?}: {entries} journal entries replayed and verified in {seconds:.1} s, {grown} MB more at the peak"
    );
}

/// The most memory this process has had, in megabytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap_or("VmHWM: 0");
    line.split_whitespace()
        .nth(1)
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

async fn month(kind: Kind, members: usize) {
    let place = Place::new(kind).await;
    let began = Instant::now();
    let (everybody, _) = community(&place.store, members).await;
    println!(
        "{kind:?}: a community of {} made in {:.0} s",
        everybody.len(),
        began.elapsed().as_secs_f64()
    );
    let app = App::new(place.store.clone(), settings());
    screens(kind, &app, &everybody, &LINES).await;
    for (day, hour) in [(25, 9), (27, 9), (29, 9)] {
        let at = place
            .store
            .policy()
            .zone
            .instant(Date::constant(2026, 11, day).at(hour, 0, 0, 0));
        place.clock.set(at);
        while app.tick(200).await.unwrap() > 0 {}
    }
    place.clock.set(
        place
            .store
            .policy()
            .zone
            .instant(Date::constant(2026, 12, 1).at(0, 0, 1, 0)),
    );
    // Meanwhile somebody new registers again and again: how long they wait is how long the ledger is held.
    let stop = Arc::new(AtomicBool::new(false));
    let probe = tokio::spawn({
        let (store, stop) = (place.store.clone(), Arc::clone(&stop));
        async move {
            let mut longest = Duration::ZERO;
            while !stop.load(Ordering::Relaxed) {
                let began = Instant::now();
                store.transact(registration(None)).await.unwrap();
                longest = longest.max(began.elapsed());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            longest
        }
    });
    let began = Instant::now();
    let mut looked_at = 0;
    loop {
        let done = app.tick(200).await.unwrap();
        if done == 0 {
            break;
        }
        looked_at += done;
    }
    let seconds = began.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    let longest = probe.await.unwrap();
    println!(
        "{kind:?}: roll-over of {looked_at} members in {seconds:.1} s; a command meanwhile waited at most {longest:.0?}"
    );
    assert!(place.store.verify(|_, _| {}).await.unwrap().ok());
}

/// What is typed for each screen that is measured.
const LINES: [&str; 6] = ["/home", "/give", "/people", "/organizer", "/history", "/profile"];

/// A community whose circles are woven together: whoever asks also helps three others. How long a start takes, from the
/// tables and from a snapshot; how much memory the network takes; the screens it is seen through.
async fn network(kind: Kind, members: usize) {
    let mut place = Place::new(kind).await;
    let (everybody, _) = community(&place.store, members).await;
    let owners = &everybody[..members / CIRCLE];
    weave(&place.store, owners).await;
    place.store.close().await.unwrap();
    for from in ["the tables", "a snapshot"] {
        let before = resident();
        let began = Instant::now();
        place.store = Store::open(&place.options).await.unwrap();
        let memory = place.store.network(|network, _| network.memory()).await.unwrap();
        let seconds = began.elapsed().as_secs_f64();
        let grown = resident().saturating_sub(before);
        println!(
            "{kind:?}: {} members, open and ready from {from} in {seconds:.2} s; the network holds {} KB, the process {grown} MB more",
            everybody.len(),
            (memory.graph + memory.amounts) / 1024
        );
        if from == "the tables" {
            let began = Instant::now();
            place.store.close().await.unwrap();
            println!(
                "{kind:?}: stopped, with the snapshot written, in {:.2} s",
                began.elapsed().as_secs_f64()
            );
        }
    }
    let app = App::new(place.store.clone(), settings());
    let seen = ["/home", "/people", "/give", "/network", "expand my network"];
    screens(kind, &app, owners, &seen).await;
    screens(kind, &app, &everybody[owners.len()..], &seen).await;
    let entries = place.store.stats().await.unwrap().entries;
    let began = Instant::now();
    assert!(place.store.verify(|_, _| {}).await.unwrap().ok());
    println!(
        "{kind:?}: {entries} entries and the network verified in {:.1} s",
        began.elapsed().as_secs_f64()
    );
}

/// Each of those who ask helps three others of them, far apart.
async fn weave(store: &Store, owners: &[MemberId]) {
    let by = |member| Actor::Member(member);
    let link = |owner: &MemberId| {
        let make = Command::MakeLink {
            about: *owner,
            max_uses: None,
            expires: None,
        };
        Work::new(id(), by(*owner), make)
    };
    let links = give(store, owners.iter().map(link).collect()).await;
    let links: Vec<_> = links
        .iter()
        .flatten()
        .filter_map(|fact| match fact {
            Fact::LinkMade { link, .. } => Some(*link),
            _ => None,
        })
        .collect();
    let appeals: Vec<AppealId> = {
        let all = store.load_all().await.unwrap();
        owners
            .iter()
            .map(|owner| all.current_appeal(*owner).unwrap().id)
            .collect()
    };
    for step in [1, 17, 291] {
        let other = |nth: usize| (nth + step) % owners.len();
        let follow = |(nth, owner): (usize, &MemberId)| {
            Work::new(
                id(),
                by(*owner),
                Command::FollowLink {
                    link: links[other(nth)],
                },
            )
        };
        give(store, owners.iter().enumerate().map(follow).collect()).await;
        let intend = |(nth, owner): (usize, &MemberId)| {
            let (appeal, amount, form) = (appeals[other(nth)], minor(500 * step), Form::Money);
            let intend = Command::Intend {
                appeal,
                amount,
                form,
                note: None,
            };
            Work::new(id(), by(*owner), intend)
        };
        give(store, owners.iter().enumerate().map(intend).collect()).await;
    }
}

/// The memory this process has now, in megabytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or("VmRSS: 0");
    let kilobytes = line
        .split_whitespace()
        .nth(1)
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

async fn screens(kind: Kind, app: &App, everybody: &[MemberId], lines: &[&str]) {
    for line in lines {
        let mut times = Vec::new();
        for member in everybody.iter().step_by(everybody.len() / 50) {
            let account = app.store().accounts_of(*member).await.unwrap().remove(0).key;
            let update = Update {
                key: NEXT.fetch_add(1, Ordering::Relaxed).to_string(),
                account,
                name: String::new(),
                language: None,
                said: Said::Text((*line).to_owned()),
                menu: None,
            };
            let began = Instant::now();
            app.handle(&update, &FRONT).await.unwrap();
            times.push(began.elapsed());
        }
        times.sort_unstable();
        let (median, worst) = (times.get(times.len() / 2).unwrap(), times.last().unwrap());
        println!(
            "{kind:?}: {line} with {} members: median {median:.1?}, worst of {} {worst:.1?}",
            everybody.len(),
            times.len()
        );
    }
}

/// So many obligations for each member of a community that clears: most within circles, some between them, so that they run
/// in circles through everybody.
const OBLIGATIONS_PER_MEMBER: usize = 3;
