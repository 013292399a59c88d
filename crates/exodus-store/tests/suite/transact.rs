//! Writing: exactly once, wholly or not at all.

use std::sync::Arc;

use exodus_core::{Actor, Command, CommandId, Fact, Form, MemberId, Refusal, Status};
use exodus_store::{AccountKey, Person, Personal, Trouble, Whose, Work};

use crate::place::{Place, both, id, intend, little_network, minor, must, register, registered, say};

both! {
    registers_with_personal_data
    the_same_command_takes_effect_once
    a_refusal_leaves_nothing_but_its_answer
    an_account_is_one_members
    many_at_once_in_groups
    two_stores_over_one_database
    what_the_cache_decides_equals_what_a_fresh_load_decides
    a_month_passes
    personal_data_alone
}

async fn registers_with_personal_data(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("console", "anna");
    let person = Person {
        name: "Anna".into(),
        language: "ru".into(),
        ..Person::default()
    };
    let work = Work {
        personal: vec![
            Personal::SetPerson {
                whose: Whose::Registered,
                person: person.clone(),
            },
            Personal::AddAccount {
                whose: Whose::Registered,
                account: account.clone(),
            },
        ],
        session: Some((account.clone(), "{\"screen\":1}".into())),
        ..Work::new(id(), Actor::Newcomer, Command::Register { via: None })
    };
    let anna = registered(&store.transact(work).await.unwrap());
    assert_eq!(store.person(anna).await.unwrap(), Some(person));
    assert_eq!(store.account(&account).await.unwrap().unwrap().member, anna);
    assert_eq!(store.accounts_of(anna).await.unwrap().len(), 1);
    assert_eq!(
        store.session(&account).await.unwrap().as_deref(),
        Some("{\"screen\":1}")
    );
    assert!(store.verify(|_, _| {}).await.unwrap().ok());
}

async fn the_same_command_takes_effect_once(place: Arc<Place>) {
    let store = place.open().await;
    let work = Work::new(id(), Actor::Newcomer, Command::Register { via: None });
    let first = store.transact(work.clone()).await.unwrap();
    let again = store.transact(work.clone()).await.unwrap();
    assert!(!first.repeated && again.repeated);
    assert_eq!(first.events, again.events);
    let other = Work::new(id(), Actor::Newcomer, Command::Register { via: None });
    let both = futures::join!(store.transact(other.clone()), store.transact(other));
    assert_eq!(both.0.unwrap().events, both.1.unwrap().events);
    // Another process, and one after a restart, say the same.
    let later = place.open().await.transact(work).await.unwrap();
    assert_eq!((later.repeated, later.events), (true, first.events));
    assert_eq!(store.load_all().await.unwrap().members().count(), 2);
}

async fn a_refusal_leaves_nothing_but_its_answer(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let account = AccountKey::new("console", "anna");
    let work = Work {
        personal: vec![Personal::AddAccount {
            whose: anna.into(),
            account: account.clone(),
        }],
        session: Some((account.clone(), "x".into())),
        ..Work::new(id(), Actor::Member(anna), Command::EndMonthly)
    };
    let done = store.transact(work.clone()).await.unwrap();
    assert_eq!(done.refusal, Some(Refusal::NotAsking));
    assert_eq!(store.account(&account).await.unwrap(), None);
    assert_eq!(store.session(&account).await.unwrap(), None);
    let again = store.transact(work).await.unwrap();
    // Not remembered: pressed again later, it is decided as things are then.
    assert_eq!((again.refusal, again.repeated), (Some(Refusal::NotAsking), false));
}

async fn an_account_is_one_members(place: Arc<Place>) {
    let store = place.open().await;
    let account = AccountKey::new("telegram", "42");
    let newcomer = || Work {
        personal: vec![Personal::AddAccount {
            whose: Whose::Registered,
            account: account.clone(),
        }],
        ..Work::new(id(), Actor::Newcomer, Command::Register { via: None })
    };
    // Two updates of one newcomer at once: one registers, the other is told who it is.
    let (one, other) = futures::join!(store.transact(newcomer()), store.transact(newcomer()));
    let anna = registered(&one.unwrap());
    assert!(matches!(other, Err(Trouble::AccountTaken(member)) if member == anna));
    assert!(matches!(store.transact(newcomer()).await, Err(Trouble::AccountTaken(member)) if member == anna));
    assert_eq!(store.load_all().await.unwrap().members().count(), 1);
}

async fn many_at_once_in_groups(place: Arc<Place>) {
    let store = place.open().await;
    let (_, boris, _, appeal, _) = little_network(&store).await;
    let works = (0..100).map(|n| {
        let (store, panics) = (store.clone(), n == 50);
        async move {
            // One that cannot be done at all disturbs nobody.
            let work = if panics {
                let personal = vec![Personal::SetPerson {
                    whose: Whose::Registered,
                    person: Person::default(),
                }];
                Work::personal(id(), Actor::Member(boris), personal)
            } else {
                let command = Command::Intend {
                    appeal,
                    amount: minor(100 + n),
                    form: Form::Money,
                    note: None,
                };
                Work::new(id(), Actor::Member(boris), command)
            };
            store.transact(work).await
        }
    });
    let outcomes = futures::future::join_all(works).await;
    for (n, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.is_err(), n == 50, "{outcome:?}");
    }
    let all = store.load_all().await.unwrap();
    assert_eq!(all.intention_of(boris, appeal).unwrap().amount, minor(199));
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

async fn two_stores_over_one_database(place: Arc<Place>) {
    let (one, two) = (place.open().await, place.open().await);
    let (anna, boris, clara, appeal, _) = little_network(&one).await;
    let mut tasks = Vec::new();
    for n in 0..40_u64 {
        let store = if n % 2 == 0 { one.clone() } else { two.clone() };
        let by = if n % 3 == 0 { boris } else { clara };
        tasks.push(tokio::spawn(async move {
            let command = Command::Intend {
                appeal,
                amount: minor(1000 + n),
                form: Form::Money,
                note: None,
            };
            store
                .transact(Work::new(id(), Actor::Member(by), command))
                .await
                .unwrap()
        }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap().refusal, None);
    }
    must(&two, anna, Command::EndMonthly).await;
    let report = one.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
    assert_eq!(two.load_all().await.unwrap().status(anna), Status::Green);
}

/// The same commands to a store that keeps its part and to one opened anew for each: the same journals.
async fn what_the_cache_decides_equals_what_a_fresh_load_decides(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, appeal, obligation) = little_network(&store).await;
    let commands: Vec<(MemberId, Command)> = vec![
        (
            boris,
            Command::Report {
                obligation,
                amount: Some(minor(10_00)),
                note: None,
            },
        ),
        (
            anna,
            Command::Confirm {
                report: exodus_core::ReportId { obligation, nth: 0 },
                amount: None,
            },
        ),
        (
            anna,
            Command::ChangeAppeal {
                appeal,
                target: Some(minor(50_00)),
                deadline: None,
                purpose: None,
                findable: None,
            },
        ),
        (
            clara,
            Command::MakeOffer {
                to: boris,
                side: exodus_core::Side::Debtor,
                amount: minor(5_00),
                form: Form::Time,
                due: None,
                note: None,
                given: false,
            },
        ),
        (clara, Command::Block { member: boris }),
        (
            anna,
            Command::CallEmergency {
                target: minor(500_00),
                deadline: "2026-11-20".parse().unwrap(),
                reason: None,
                talk: None,
            },
        ),
        (boris, Command::Leave),
        (
            anna,
            Command::EndEmergency {
                then: exodus_core::Before::Orange,
            },
        ),
        (anna, Command::Leave),
    ];
    let mut whole = store.load_all().await.unwrap();
    for (by, command) in commands {
        let fresh = place.open().await;
        let part = fresh.load(&command.scope(Actor::Member(by))).await.unwrap();
        let envelope = |command| exodus_core::Envelope {
            id: id(),
            by: Actor::Member(by),
            at: store.now(),
            command,
        };
        let (on_part, on_whole) = (
            exodus_core::decide(&part, &envelope(command.clone())),
            exodus_core::decide(&whole, &envelope(command.clone())),
        );
        assert_eq!(on_part, on_whole, "{command:?}");
        let done = say(&store, Actor::Member(by), command.clone()).await.unwrap();
        assert_eq!(done.refusal, on_whole.as_ref().err().copied(), "{command:?}");
        assert_eq!(
            done.events.iter().map(|(_, e)| e.clone()).collect::<Vec<_>>(),
            on_whole.unwrap_or_default()
        );
        for (_, event) in &done.events {
            whole.evolve(event);
        }
        assert_eq!(
            store.load_all().await.unwrap().snapshot(),
            whole.snapshot(),
            "{command:?}"
        );
    }
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

async fn a_month_passes(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, _, appeal, _) = little_network(&store).await;
    assert!(store.next_due_at().await.unwrap().is_some());
    for _ in 0..20 {
        let at = store.next_due_at().await.unwrap().unwrap();
        place.clock.set(at.max(store.now()));
        let due = store.due_members(store.now(), 100).await.unwrap();
        for member in &due {
            let part = store
                .load(&exodus_core::Scope::of_members([*member]))
                .await
                .unwrap();
            for command in exodus_core::period::due_for(&part, *member, store.now()) {
                say(&store, Actor::Clock, command).await.unwrap();
            }
        }
        store.settle_due(&due, store.now()).await.unwrap();
        assert!(
            store
                .due_members(store.now(), 100)
                .await
                .unwrap()
                .iter()
                .all(|member| !due.contains(member))
        );
    }
    let all = store.load_all().await.unwrap();
    assert!(all.member(anna).unwrap().period > exodus_core::Period::of("2026-11-01".parse().unwrap()));
    // A command later on first lets happen what has fallen due, for those it concerns.
    place.clock.advance(86_400 * 70);
    let done = say(
        &store,
        Actor::Member(boris),
        Command::Vouch { appeal, note: None },
    )
    .await
    .unwrap();
    assert!(
        done.events
            .iter()
            .any(|(_, event)| matches!(event.fact, Fact::MonthClosed { .. })),
        "{done:?}"
    );
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

async fn personal_data_alone(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let account = AccountKey::new("matrix", "@anna:example.org");
    let personal = vec![
        Personal::AddAccount {
            whose: anna.into(),
            account: account.clone(),
        },
        Personal::SetAccountState {
            account: account.clone(),
            active: false,
        },
    ];
    store
        .transact(Work::personal(CommandId(7), Actor::Member(anna), personal))
        .await
        .unwrap();
    assert!(!store.account(&account).await.unwrap().unwrap().active);
    place.clock.advance(60);
    let touch = vec![Personal::TouchAccount {
        account: account.clone(),
    }];
    store
        .transact(Work::personal(id(), Actor::Member(anna), touch))
        .await
        .unwrap();
    let seen = store.account(&account).await.unwrap().unwrap();
    assert!(seen.active);
    assert_eq!(seen.last_used, store.now());
    let appeal = crate::place::ask(&store, anna, 10).await;
    let boris = crate::place::invite(&store, anna).await;
    intend(&store, boris, appeal, 5).await;
}
