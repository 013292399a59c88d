//! The outbox and what fills it: broadcasts, order, leases.

use std::sync::Arc;

use exodus_core::{Command, Fact, Form};
use exodus_store::Letter;

use crate::place::{Place, ask, both, intend, invite, little_network, minor, must, register};

both! {
    notices_are_letters_in_order
    one_letter_of_a_recipient_at_a_time
    a_crash_gives_letters_back
    a_network_is_told_once
    held_letters_let_others_pass
    leases_are_of_one
}

async fn notices_are_letters_in_order(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    let mut told: Vec<Letter> = Vec::new();
    loop {
        let taken = store.take("one", 10, 60).await.unwrap();
        if taken.is_empty() {
            break;
        }
        for letter in taken {
            store.sent(letter.id).await.unwrap();
            told.push(letter);
        }
    }
    let annas: Vec<_> = told.iter().filter(|letter| letter.recipient == anna).collect();
    assert!(annas.len() >= 3, "{told:?}");
    assert!(annas.is_sorted_by_key(|letter| letter.id));
    for letter in &told {
        let entry = store.event(letter.cause).await.unwrap().unwrap();
        assert_eq!(entry.seq, letter.cause);
    }
    assert_eq!(store.next_letter_at().await.unwrap(), None);
}

async fn one_letter_of_a_recipient_at_a_time(place: Arc<Place>) {
    let (store, other) = (place.open().await, place.open().await);
    little_network(&store).await;
    let (one, two) = futures::join!(store.take("one", 100, 60), other.take("two", 100, 60));
    let taken: Vec<_> = one.unwrap().into_iter().chain(two.unwrap()).collect();
    let mut recipients: Vec<_> = taken.iter().map(|letter| letter.recipient).collect();
    recipients.sort();
    let count = recipients.len();
    recipients.dedup();
    assert_eq!(recipients.len(), count, "{taken:?}");
    let annas = taken
        .iter()
        .find(|letter| letter.recipient == recipients[0])
        .unwrap();
    // Postponed: whatever is behind it waits too.
    let until = store.now().plus_hours(1);
    store.postpone(annas.id, until).await.unwrap();
    assert!(
        store
            .take("one", 100, 60)
            .await
            .unwrap()
            .iter()
            .all(|letter| letter.recipient != annas.recipient)
    );
    place.clock.advance(3600);
    let again = store.take("one", 100, 60).await.unwrap();
    let again = again
        .iter()
        .find(|letter| letter.recipient == annas.recipient)
        .unwrap();
    assert_eq!((again.id, again.attempts), (annas.id, 2));
}

async fn a_crash_gives_letters_back(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    let taken = store.take("one", 1, 60).await.unwrap();
    assert_eq!(taken.len(), 1);
    assert!(
        store
            .take("two", 1, 60)
            .await
            .unwrap()
            .iter()
            .all(|letter| letter.id != taken[0].id)
    );
    place.clock.advance(61);
    let again = store.take("two", 10, 60).await.unwrap();
    assert!(
        again
            .iter()
            .any(|letter| letter.id == taken[0].id && letter.attempts == 2)
    );
    store.dropped(taken[0].id).await.unwrap();
    place.clock.advance(61);
    assert!(
        store
            .take("two", 10, 60)
            .await
            .unwrap()
            .iter()
            .all(|letter| letter.id != taken[0].id)
    );
}

async fn a_network_is_told_once(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, _, _) = little_network(&store).await;
    let dora = invite(&store, boris).await;
    let eva = invite(&store, clara).await;
    let stranger = register(&store).await;
    // Boris helps Anna, Dora helps Boris: Dora is two steps from Anna. Eva helps Clara, but is blocked by Anna.
    let appeal = ask(&store, boris, 10_00).await;
    intend(&store, dora, appeal, 1_00).await;
    let appeal = ask(&store, clara, 10_00).await;
    intend(&store, eva, appeal, 1_00).await;
    place
        .raw(&format!(
            "INSERT INTO block (ledger_id, blocker, blocked) VALUES (1, {anna}, {eva})"
        ))
        .await;
    while store.fan_out(10).await.unwrap() > 0 {}
    place.raw("DELETE FROM outbox").await;
    must(&store, anna, Command::EndMonthly).await;
    let done = must(
        &store,
        anna,
        Command::AskMonthly {
            target: minor(5),
            purpose: None,
            findable: false,
        },
    )
    .await;
    let cause = done
        .events
        .iter()
        .find(|(_, e)| matches!(e.fact, Fact::MonthlyAsked { .. }))
        .unwrap()
        .0;
    assert!(store.fan_out(10).await.unwrap() > 0);
    assert_eq!(store.fan_out(10).await.unwrap(), 0);
    let told = |member| format!("SELECT count(*) FROM outbox WHERE cause = {cause} AND recipient = {member}");
    assert_eq!(place.number(&told(dora)).await, 1);
    assert_eq!(place.number(&told(clara)).await, 1);
    // Boris's obligation keeps him in the circle of the appeal that opened again: he is told by name or not at all.
    assert!(place.number(&told(boris)).await <= 1);
    assert_eq!(place.number(&told(eva)).await, 0);
    assert_eq!(place.number(&told(stranger)).await, 0);
    assert_eq!(place.number(&told(anna)).await, 0);
}

async fn held_letters_let_others_pass(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, ..) = little_network(&store).await;
    let first = store
        .take("one", 100, 60)
        .await
        .unwrap()
        .into_iter()
        .find(|letter| letter.recipient == anna)
        .unwrap();
    store.hold(first.id, store.now().plus_hours(5)).await.unwrap();
    let second = store
        .take("one", 100, 60)
        .await
        .unwrap()
        .into_iter()
        .find(|letter| letter.recipient == anna)
        .unwrap();
    assert!(second.id > first.id);
    store.hold(second.id, store.now().plus_hours(5)).await.unwrap();
    let offer = Command::MakeOffer {
        to: anna,
        side: exodus_core::Side::Debtor,
        amount: minor(5),
        form: Form::Time,
        due: None,
        note: None,
        given: false,
    };
    must(&store, boris, offer).await;
    loop {
        let rest: Vec<_> = store.take("one", 100, 60).await.unwrap();
        if rest.is_empty() {
            break;
        }
        for letter in rest {
            store.sent(letter.id).await.unwrap();
        }
    }
    place.clock.advance(5 * 3600);
    let mut due = store.take("one", 100, 60).await.unwrap();
    due.retain(|letter| letter.recipient == anna);
    assert_eq!(due.iter().map(|letter| letter.id).collect::<Vec<_>>(), [first.id]);
    let with = store.take_held(anna, "one", 60).await.unwrap();
    assert_eq!(
        with.iter().map(|letter| letter.id).collect::<Vec<_>>(),
        [second.id]
    );
}

async fn leases_are_of_one(place: Arc<Place>) {
    let store = place.open().await;
    assert!(store.lease("tick", "a", 30).await.unwrap());
    assert!(!store.lease("tick", "b", 30).await.unwrap());
    assert!(store.lease("tick", "a", 30).await.unwrap());
    place.clock.advance(31);
    assert!(store.lease("tick", "b", 30).await.unwrap());
    store.release("tick", "a").await.unwrap();
    assert!(!store.lease("tick", "a", 30).await.unwrap());
    store.release("tick", "b").await.unwrap();
    assert!(store.lease("tick", "a", 30).await.unwrap());
}
