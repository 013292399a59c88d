//! A run of clearing is one entry: whole or not at all, whoever is killed when; what it set off is settled before anything
//! else can happen (K3–K7).

use std::sync::Arc;

use exodus_core::{
    Actor, Command, Fact, Form, MemberId, ObligationId, Period, Refusal, Side,
    set_off::{Due, check},
};
use exodus_store::{Store, Trouble, Work};

use crate::place::{Place, both, id, minor, must, register};

both! {
    a_ring_is_set_off_and_carried_out
    what_is_not_carried_out_yet_is_settled_before_anything_else
    a_run_in_the_middle_is_verified_rebuilt_and_backed_up
    the_run_comes_before_the_roll_over_after_downtime
    somebody_writes_all_the_time
    two_processes_run_it_once
    what_could_be_cleared_follows_the_journal
    cut_off_anywhere_it_is_whole_or_has_not_been
}

const DAY: i64 = 86_400;

/// What somebody's command did, which must be accepted.
async fn facts(store: &Store, by: MemberId, command: Command) -> Vec<Fact> {
    let done = must(store, by, command).await;
    done.events.into_iter().map(|(_, event)| event.fact).collect()
}

/// A ring of so many people, outside any appeal, each owing the next; everybody agrees to clearing.
async fn ring(store: &Store, people: usize) -> (Vec<MemberId>, Vec<ObligationId>) {
    let mut members = Vec::new();
    for _ in 0..people {
        members.push(register(store).await);
    }
    for &member in &members {
        let ask = Command::AskMonthly {
            target: minor(1000_00),
            purpose: None,
            findable: false,
        };
        facts(store, member, ask).await;
    }
    let mut obligations = Vec::new();
    for nth in 0..people {
        let (debtor, creditor) = (members[nth], members[(nth + 1) % people]);
        for (one, other) in [(debtor, creditor), (creditor, debtor)] {
            let link = Command::MakeLink {
                about: one,
                max_uses: None,
                expires: None,
            };
            let made = facts(store, one, link).await;
            let link = made.iter().find_map(|fact| match fact {
                Fact::LinkMade { link, .. } => Some(*link),
                _ => None,
            });
            facts(store, other, Command::FollowLink { link: link.unwrap() }).await;
        }
        let offer = Command::MakeOffer {
            to: creditor,
            side: Side::Debtor,
            amount: minor(10_00 * (nth as u64 + 3)),
            form: Form::Money,
            due: None,
            note: None,
            given: false,
        };
        let made = facts(store, debtor, offer).await;
        let offer = made.iter().find_map(|fact| match fact {
            Fact::OfferMade { offer, .. } => Some(*offer),
            _ => None,
        });
        let answer = Command::AnswerOffer {
            offer: offer.unwrap(),
            accept: true,
        };
        let made = facts(store, creditor, answer).await;
        obligations.extend(made.iter().find_map(|fact| match fact {
            Fact::ObligationMade { obligation, .. } => Some(*obligation),
            _ => None,
        }));
    }
    for &member in &members {
        facts(store, member, Command::ConsentToClearing { consents: true }).await;
    }
    (members, obligations)
}

/// From the 1st of November to the first instant of the 25th, announced on the 22nd.
async fn until_the_run(place: &Place, store: &Store) {
    place.clock.advance(21 * DAY + 60);
    assert!(store.clear().await.unwrap(), "announced");
    assert!(!store.clear().await.unwrap(), "once");
    place.clock.advance(3 * DAY);
}

async fn outstanding(store: &Store, obligations: &[ObligationId]) -> Vec<u64> {
    let all = store.load_all().await.unwrap();
    let of = |id: &ObligationId| all.obligation(*id).unwrap().outstanding().minor();
    obligations.iter().map(of).collect()
}

async fn is_sound(store: &Store) {
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}

async fn a_ring_is_set_off_and_carried_out(place: Arc<Place>) {
    let store = place.open().await;
    let (members, obligations) = ring(&store, 4).await;
    let dry = store.dry_run().await.unwrap();
    assert_eq!(
        (dry.claims, dry.members, dry.total(), dry.closed()),
        (4, 4, 120_00, 1)
    );
    check(&dry.set_offs).unwrap();
    until_the_run(&place, &store).await;
    assert!(store.clear().await.unwrap());
    let run = store.clearing().await.unwrap().ran.unwrap();
    assert_eq!((run.obligations, run.total, run.left), (4, 120_00, 4));
    is_sound(&store).await;
    assert_eq!(store.carry_out(100).await.unwrap(), 4);
    assert_eq!(store.carry_out(100).await.unwrap(), 0);
    assert_eq!(outstanding(&store, &obligations).await, [0, 10_00, 20_00, 30_00]);
    is_sound(&store).await;
    // The stored result is checked once more, from the journal (K4), and is where it is looked for.
    let plan = store.run_plan(run.id).await.unwrap().unwrap();
    check(plan.set_offs()).unwrap();
    for member in members {
        assert_eq!(store.cleared_for(member, run.id).await.unwrap().len(), 2);
        assert_eq!(store.runs_of(member, 9).await.unwrap(), [run.id]);
        assert_eq!(plan.chains().through(member).len(), 1);
    }
}

async fn what_is_not_carried_out_yet_is_settled_before_anything_else(place: Arc<Place>) {
    let store = place.open().await;
    let (members, obligations) = ring(&store, 4).await;
    until_the_run(&place, &store).await;
    assert!(store.clear().await.unwrap());
    store.close().await.unwrap();
    // Killed there: another process knows nothing but what is stored.
    let store = place.open().await;
    let report = Command::Report {
        obligation: obligations[0],
        amount: None,
        note: None,
    };
    let done = store
        .transact(Work::new(id(), Actor::Member(members[0]), report))
        .await
        .unwrap();
    assert_eq!(done.refusal, Some(Refusal::NoLonger), "it is cleared");
    let cleared = done
        .events
        .iter()
        .filter(|(_, event)| matches!(event.fact, Fact::ObligationCleared { .. }));
    assert_eq!(cleared.count(), 3, "all that the two of them are an end of");
    assert_eq!(store.clearing().await.unwrap().ran.unwrap().left, 1);
    is_sound(&store).await;
    while store.carry_out(1).await.unwrap() > 0 {}
    assert_eq!(outstanding(&store, &obligations).await, [0, 10_00, 20_00, 30_00]);
    is_sound(&store).await;
}

async fn a_run_in_the_middle_is_verified_rebuilt_and_backed_up(place: Arc<Place>) {
    let store = place.open().await;
    let (_, obligations) = ring(&store, 5).await;
    until_the_run(&place, &store).await;
    assert!(store.clear().await.unwrap());
    store.carry_out(2).await.unwrap();
    let before = store.load_all().await.unwrap().snapshot();
    assert!(!before.set_offs.is_empty(), "still to be carried out");
    store.rebuild().await.unwrap();
    assert_eq!(store.load_all().await.unwrap().snapshot(), before);
    is_sound(&store).await;
    let file = place.path("backup");
    store.backup(&file).await.unwrap();
    while store.carry_out(1).await.unwrap() > 0 {}
    let after = outstanding(&store, &obligations).await;
    store.close().await.unwrap();
    let mut options = place.options();
    options.url = place.path("other.db").display().to_string();
    let elsewhere = Store::open(&options).await.unwrap();
    elsewhere.restore(&file).await.unwrap();
    assert_eq!(elsewhere.load_all().await.unwrap().snapshot(), before);
    while elsewhere.carry_out(1).await.unwrap() > 0 {}
    assert_eq!(outstanding(&elsewhere, &obligations).await, after);
    is_sound(&elsewhere).await;
    elsewhere.close().await.unwrap();
}

async fn the_run_comes_before_the_roll_over_after_downtime(place: Arc<Place>) {
    let store = place.open().await;
    let (members, obligations) = ring(&store, 3).await;
    place.clock.advance(22 * DAY);
    assert!(store.clear().await.unwrap());
    // Down until the 6th of December. The first to come is a member, not the scheduler.
    place.clock.advance(13 * DAY);
    let word = Command::ConsentToClearing { consents: false };
    let done = store
        .transact(Work::new(id(), Actor::Member(members[0]), word))
        .await
        .unwrap();
    assert_eq!(done.refusal, None);
    let run = store.clearing().await.unwrap().ran.unwrap();
    assert_eq!(
        run.period,
        Period::of(exodus_core::Date::new(2026, 11, 1).unwrap())
    );
    while store.carry_out(9).await.unwrap() > 0 {}
    assert_eq!(outstanding(&store, &obligations).await, [0, 10_00, 20_00]);
    is_sound(&store).await;
}

async fn somebody_writes_all_the_time(place: Arc<Place>) {
    let store = place.open().await;
    let (members, obligations) = ring(&store, 6).await;
    until_the_run(&place, &store).await;
    let writing = {
        let (store, members, obligations) = (store.clone(), members.clone(), obligations.clone());
        tokio::spawn(async move {
            for nth in 0..60_usize {
                let (debtor, obligation) = (members[nth % 6], obligations[nth % 6]);
                let report = Command::Report {
                    obligation,
                    amount: Some(minor(10)),
                    note: None,
                };
                store
                    .transact(Work::new(id(), Actor::Member(debtor), report))
                    .await
                    .unwrap();
            }
        })
    };
    assert!(store.clear().await.unwrap());
    writing.await.unwrap();
    while store.carry_out(2).await.unwrap() > 0 {}
    let run = store.clearing().await.unwrap().ran.unwrap();
    assert_eq!((run.obligations, run.left), (6, 0));
    assert!(
        run.total > 0 && run.total.is_multiple_of(6),
        "the same off each of the six"
    );
    is_sound(&store).await;
}

async fn two_processes_run_it_once(place: Arc<Place>) {
    let (one, other) = (place.open().await, place.open().await);
    let (_, obligations) = ring(&one, 4).await;
    until_the_run(&place, &one).await;
    let (first, second) = tokio::join!(one.clear(), other.clear());
    assert!(first.unwrap() || second.unwrap());
    let (first, second) = tokio::join!(one.carry_out(9), other.carry_out(9));
    assert!(first.unwrap() + second.unwrap() >= 4);
    assert_eq!(outstanding(&one, &obligations).await, [0, 10_00, 20_00, 30_00]);
    let runs = place
        .number("SELECT count(*) FROM journal WHERE kind = 'clearing_ran'")
        .await;
    let cleared = place
        .number("SELECT count(*) FROM journal WHERE kind = 'obligation_cleared'")
        .await;
    assert_eq!((runs, cleared), (1, 4));
    is_sound(&one).await;
}

async fn what_could_be_cleared_follows_the_journal(place: Arc<Place>) {
    let store = place.open().await;
    let (members, obligations) = ring(&store, 4).await;
    let could = async |member| store.could_be_cleared(member).await.unwrap();
    assert_eq!(could(members[0]).await, Some(minor(30_00)));
    let report = Command::Report {
        obligation: obligations[2],
        amount: Some(minor(40_00)),
        note: None,
    };
    facts(&store, members[2], report).await;
    assert_eq!(
        could(members[0]).await,
        Some(minor(10_00)),
        "what is reported takes no part"
    );
    facts(&store, members[1], Command::ConsentToClearing { consents: false }).await;
    assert_eq!(could(members[0]).await, Some(minor(0)));
    facts(&store, members[1], Command::ConsentToClearing { consents: true }).await;
    assert_eq!(could(members[3]).await, Some(minor(10_00)));
    until_the_run(&place, &store).await;
    assert!(store.clear().await.unwrap());
    while store.carry_out(9).await.unwrap() > 0 {}
    for &member in &members {
        assert_eq!(
            could(member).await,
            Some(minor(0)),
            "running again clears nothing more"
        );
    }
    assert_eq!(store.dry_run().await.unwrap().total(), 0);
}

/// The run is begun again and again and dropped after one poll more each time: then either all of it has happened or nothing.
async fn cut_off_anywhere_it_is_whole_or_has_not_been(place: Arc<Place>) {
    let store = place.open().await;
    let (_, obligations) = ring(&store, 4).await;
    until_the_run(&place, &store).await;
    let mut polls = 0_usize;
    loop {
        let mut clearing = Box::pin(store.clear());
        let mut done = None;
        for _ in 0..=polls {
            let once =
                std::future::poll_fn(|context| std::task::Poll::Ready(clearing.as_mut().poll(context)));
            if let std::task::Poll::Ready(outcome) = once.await {
                done = Some(outcome);
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(3)).await;
        }
        drop(clearing);
        let ran = store.clearing().await.unwrap().ran;
        let entries = place
            .number("SELECT count(*) FROM journal WHERE kind = 'clearing_ran'")
            .await;
        assert_eq!(entries, i64::from(ran.is_some()), "after {polls} polls");
        is_sound(&store).await;
        match done {
            Some(Ok(_)) if ran.is_some() => break,
            Some(Err(trouble)) => assert!(matches!(trouble, Trouble::Unavailable(_)), "{trouble}"),
            Some(Ok(_)) | None if ran.is_some() => break,
            Some(Ok(_)) | None => {}
        }
        polls += 1;
        assert!(polls < 1000, "it never ends");
    }
    assert!(polls > 2, "it was cut off {polls} times only");
    assert_eq!(
        store
            .clearing()
            .await
            .unwrap()
            .due(store.policy(), store.now())
            .map(|due| matches!(due, Due::CarryingOut(_))),
        Some(true)
    );
    while store.carry_out(1).await.unwrap() > 0 {}
    assert_eq!(outstanding(&store, &obligations).await, [0, 10_00, 20_00, 30_00]);
    is_sound(&store).await;
}
