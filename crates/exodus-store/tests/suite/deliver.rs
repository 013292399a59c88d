//! The outbox and what fills it: broadcasts, order, leases.

use std::sync::Arc;

use exodus_core::{Actor, Command, Fact, Form, MemberId, Scope, Timestamp};
use exodus_store::{AccountKey, Letter, Person, Personal, Reach, Work};

use crate::place::{Place, START, ask, both, id, intend, invite, little_network, minor, must, register, say};

both! {
    notices_are_letters_in_order
    one_letter_of_a_recipient_at_a_time
    a_crash_gives_letters_back
    a_network_is_told_once
    n1_who_is_overdue_or_reached_over_a_block_only_is_not_told
    held_letters_let_others_pass
    u9_the_next_letter_is_the_one_that_may_be_taken
    o1_a_letter_is_taken_where_its_recipient_is_reached
    m1_a_letter_goes_to_the_account_chosen_or_used_last
    leases_are_of_one
}

async fn notices_are_letters_in_order(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    let mut told: Vec<Letter> = Vec::new();
    loop {
        let taken = store.take("one", &[], 10, 60).await.unwrap();
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
    let (one, two) = futures::join!(store.take("one", &[], 100, 60), other.take("two", &[], 100, 60));
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
            .take("one", &[], 100, 60)
            .await
            .unwrap()
            .iter()
            .all(|letter| letter.recipient != annas.recipient)
    );
    place.clock.advance(3600);
    let again = store.take("one", &[], 100, 60).await.unwrap();
    let again = again
        .iter()
        .find(|letter| letter.recipient == annas.recipient)
        .unwrap();
    assert_eq!((again.id, again.attempts), (annas.id, 2));
}

async fn a_crash_gives_letters_back(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    let taken = store.take("one", &[], 1, 60).await.unwrap();
    assert_eq!(taken.len(), 1);
    assert!(
        store
            .take("two", &[], 1, 60)
            .await
            .unwrap()
            .iter()
            .all(|letter| letter.id != taken[0].id)
    );
    place.clock.advance(61);
    let again = store.take("two", &[], 10, 60).await.unwrap();
    assert!(
        again
            .iter()
            .any(|letter| letter.id == taken[0].id && letter.attempts == 2)
    );
    store.dropped(taken[0].id).await.unwrap();
    place.clock.advance(61);
    assert!(
        store
            .take("two", &[], 10, 60)
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

/// The community lives on until an instant: everything due is done.
async fn live_until(place: &Place, store: &exodus_store::Store, until: Timestamp) {
    while let Some(at) = store.next_due_at().await.unwrap().filter(|at| *at <= until) {
        place.clock.set(at.max(store.now()));
        let due = store.due_members(store.now(), 100).await.unwrap();
        for member in &due {
            let part = store.load(&Scope::of_members([*member])).await.unwrap();
            for command in exodus_core::period::due_for(&part, *member, store.now()) {
                say(store, Actor::Clock, command).await.unwrap();
            }
        }
        store.settle_due(&due, store.now()).await.unwrap();
    }
    place.clock.set(until);
}

/// Whom a member's network tells of their asking again.
async fn told_of_asking(place: &Place, store: &exodus_store::Store, member: MemberId) -> Vec<i64> {
    while store.fan_out(10).await.unwrap() > 0 {}
    place.raw("DELETE FROM outbox").await;
    let done = must(
        store,
        member,
        Command::AskMonthly {
            target: minor(5),
            purpose: None,
            findable: false,
        },
    )
    .await;
    assert!(!done.events.is_empty());
    while store.fan_out(10).await.unwrap() > 0 {}
    let mut told = Vec::new();
    let next =
        |after: i64| format!("SELECT coalesce(min(recipient), 0) FROM outbox WHERE recipient > {after}");
    let mut after = 0;
    loop {
        after = place.number(&next(after)).await;
        if after == 0 {
            return told;
        }
        told.push(after);
    }
}

async fn n1_who_is_overdue_or_reached_over_a_block_only_is_not_told(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, _, obligation) = little_network(&store).await;
    let number = |member: MemberId| i64::try_from(member.0).unwrap();
    // Dora helps Boris only.
    let dora = invite(&store, boris).await;
    let appeal = ask(&store, boris, 10_00).await;
    intend(&store, dora, appeal, 1_00).await;
    must(&store, anna, Command::EndMonthly).await;
    let told = told_of_asking(&place, &store, anna).await;
    let all = [number(boris), number(clara), number(dora)];
    assert_eq!(told, all, "Boris, who is in the circle, is told by name");

    // Boris does not keep it: no support, and their referral makes no tie until it is settled. Over him nobody is near.
    live_until(&place, &store, Timestamp::from_seconds(START).plus_days(32)).await;
    let ledger = store.load_all().await.unwrap();
    assert!(ledger.obligation(obligation).unwrap().is_overdue());
    must(&store, anna, Command::EndMonthly).await;
    let told = told_of_asking(&place, &store, anna).await;
    assert_eq!(told, [number(clara)]);

    // Kept late, the tie is there again; a block takes it away, and with it everybody behind it.
    must(
        &store,
        boris,
        Command::Report {
            obligation,
            amount: None,
            note: None,
        },
    )
    .await;
    let report = exodus_core::ReportId { obligation, nth: 0 };
    must(&store, anna, Command::Confirm { report, amount: None }).await;
    must(&store, anna, Command::EndMonthly).await;
    let told = told_of_asking(&place, &store, anna).await;
    assert!(told.contains(&number(clara)), "{told:?}");
    let near = store.load_near(anna, &Scope::default()).await.unwrap();
    assert!(exodus_core::view::network(&near, anna).contains(&boris));
    must(&store, anna, Command::Block { member: boris }).await;
    must(&store, anna, Command::EndMonthly).await;
    let told = told_of_asking(&place, &store, anna).await;
    assert_eq!(told, [number(clara)]);
}

async fn u9_the_next_letter_is_the_one_that_may_be_taken(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, appeal, _) = little_network(&store).await;
    while store.fan_out(10).await.unwrap() > 0 {}
    // Only Anna's letters are looked at.
    place
        .raw(&format!("DELETE FROM outbox WHERE recipient <> {anna}"))
        .await;
    let start = store.now();
    assert!(place.number("SELECT count(*) FROM outbox").await >= 3);
    assert!(store.next_letter_at().await.unwrap().unwrap() <= start);
    let take = async || store.take("one", &[], 10, 60).await.unwrap();
    let first = take().await;
    assert_eq!(first.len(), 1);
    // Somebody has the first: what is behind it waits for its lease.
    let lease = Timestamp::from_seconds(start.seconds() + 60);
    assert_eq!(store.next_letter_at().await.unwrap(), Some(lease));
    assert_eq!(take().await, []);
    // It is postponed: what is behind it is not due before it is.
    let later = start.plus_hours(5);
    store.postpone(first[0].id, later).await.unwrap();
    assert_eq!(store.next_letter_at().await.unwrap(), Some(later));
    assert_eq!(take().await, []);
    // An emergency goes past it.
    must(
        &store,
        clara,
        Command::Intend {
            appeal,
            amount: minor(21_00),
            form: Form::Money,
            note: None,
        },
    )
    .await;
    assert_eq!(store.next_letter_at().await.unwrap(), Some(later));
    place
        .raw("UPDATE outbox SET urgent = NOT urgent WHERE id = (SELECT max(id) FROM outbox)")
        .await;
    assert!(store.next_letter_at().await.unwrap().unwrap() <= start);
    let urgent = take().await;
    assert_eq!(urgent.len(), 1);
    store.sent(urgent[0].id).await.unwrap();
    // Held for a digest, a letter lets others pass.
    store.hold(first[0].id, later).await.unwrap();
    assert!(store.next_letter_at().await.unwrap().unwrap() <= start);
    loop {
        let next = take().await;
        if next.is_empty() {
            break;
        }
        for letter in next {
            store.sent(letter.id).await.unwrap();
        }
    }
    assert_eq!(store.next_letter_at().await.unwrap(), Some(later));
    place.clock.set(later);
    let digest = take().await;
    assert_eq!(
        digest.iter().map(|letter| letter.id).collect::<Vec<_>>(),
        [first[0].id]
    );
    store.sent(first[0].id).await.unwrap();
    assert_eq!(store.next_letter_at().await.unwrap(), None);
    let _ = boris;
}

/// Everybody on these platforms.
fn on(platforms: &[&str]) -> Vec<Reach> {
    let reach = platforms
        .iter()
        .map(|platform| Reach::Platform((*platform).to_owned()));
    reach.collect()
}

async fn o1_a_letter_is_taken_where_its_recipient_is_reached(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    let telegram = AccountKey::new("telegram", "1");
    let does = async |personal: Vec<Personal>| {
        let work = Work::personal(id(), Actor::Member(anna), personal);
        store.transact(work).await.unwrap();
    };
    does(vec![Personal::AddAccount {
        whose: anna.into(),
        account: telegram.clone(),
    }])
    .await;
    let annas = async |reach: &[Reach]| {
        let taken = store.take("one", reach, 100, 0).await.unwrap();
        taken.iter().filter(|letter| letter.recipient == anna).count()
    };
    assert_eq!(annas(&on(&["matrix", "telegram"])).await, 1);
    assert_eq!(annas(&on(&["console"])).await, 0);
    assert_eq!(annas(&[]).await, 0);
    // Who reaches certain accounts only takes the letters for those only.
    let only = |account: &AccountKey| [Reach::Accounts(vec![account.clone()])];
    assert_eq!(annas(&only(&telegram)).await, 1);
    assert_eq!(annas(&only(&AccountKey::new("telegram", "2"))).await, 0);
    place
        .raw(&format!("DELETE FROM outbox WHERE recipient <> {anna}"))
        .await;
    assert!(store.next_letter_at().await.unwrap().is_some());
    does(vec![Personal::SetAccountState {
        account: telegram.clone(),
        active: false,
    }])
    .await;
    assert_eq!(annas(&on(&["telegram"])).await, 0);
    assert_eq!(store.next_letter_at().await.unwrap(), None);
    does(vec![Personal::TouchAccount { account: telegram }]).await;
    assert_eq!(annas(&on(&["telegram"])).await, 1);
    // Who left is nobody's to reach: whoever takes the letter drops it.
    must(&store, anna, Command::Leave).await;
    assert_eq!(annas(&[]).await, 1);
}

async fn m1_a_letter_goes_to_the_account_chosen_or_used_last(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    let (telegram, matrix) = (
        AccountKey::new("telegram", "1"),
        AccountKey::new("matrix", "@a:x"),
    );
    let does = async |personal: Personal| {
        let work = Work::personal(id(), Actor::Member(anna), vec![personal]);
        store.transact(work).await.unwrap();
    };
    for account in [&telegram, &matrix] {
        does(Personal::AddAccount {
            whose: anna.into(),
            account: account.clone(),
        })
        .await;
        place.clock.advance(1);
    }
    let annas = async |platform: &str| {
        let taken = store.take("one", &on(&[platform]), 100, 0).await.unwrap();
        taken.iter().filter(|letter| letter.recipient == anna).count()
    };
    let taken = async || (annas("telegram").await, annas("matrix").await);
    place
        .raw(&format!(
            "UPDATE outbox SET not_before = {}",
            store.now().seconds()
        ))
        .await;
    let touch = |account: &AccountKey| Personal::TouchAccount {
        account: account.clone(),
    };
    does(touch(&matrix)).await;
    assert_eq!(taken().await, (0, 1), "used last");
    place.clock.advance(1);
    does(touch(&telegram)).await;
    assert_eq!(taken().await, (1, 0), "used last");
    let choose = |account: Option<&AccountKey>| Personal::SetPerson {
        whose: anna.into(),
        person: Person {
            notify_account: account.cloned(),
            ..Person::default()
        },
    };
    does(choose(Some(&matrix))).await;
    assert_eq!(taken().await, (0, 1), "chosen");
    assert!(
        store
            .accounts_of(anna)
            .await
            .unwrap()
            .iter()
            .any(|account| account.chosen)
    );
    // Whom the chosen one does not reach any more is told on the other.
    let state = |active| Personal::SetAccountState {
        account: matrix.clone(),
        active,
    };
    does(state(false)).await;
    assert_eq!(taken().await, (1, 0), "the chosen one is gone");
    does(state(true)).await;
    assert_eq!(taken().await, (0, 1), "the chosen one is back");
    // Nobody fetched it for five minutes: it goes to any that is reached.
    place.clock.advance(298);
    assert_eq!(taken().await, (0, 1));
    place.clock.advance(1);
    assert_eq!(taken().await, (1, 1));
    place
        .raw(&format!(
            "UPDATE outbox SET not_before = {}",
            store.now().seconds()
        ))
        .await;
    does(choose(None)).await;
    assert_eq!(taken().await, (1, 0), "used last again");
    // A choice is the member's: it does not go over with the account.
    does(choose(Some(&matrix))).await;
    does(Personal::MoveAccount {
        account: matrix.clone(),
        to: anna,
    })
    .await;
    let accounts = store.accounts_of(anna).await.unwrap();
    assert!(accounts.iter().all(|account| !account.chosen), "{accounts:?}");
}

async fn held_letters_let_others_pass(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, ..) = little_network(&store).await;
    let first = store
        .take("one", &[], 100, 60)
        .await
        .unwrap()
        .into_iter()
        .find(|letter| letter.recipient == anna)
        .unwrap();
    store.hold(first.id, store.now().plus_hours(5)).await.unwrap();
    let second = store
        .take("one", &[], 100, 60)
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
        let rest: Vec<_> = store.take("one", &[], 100, 60).await.unwrap();
        if rest.is_empty() {
            break;
        }
        for letter in rest {
            store.sent(letter.id).await.unwrap();
        }
    }
    place.clock.advance(5 * 3600);
    let mut due = store.take("one", &[], 100, 60).await.unwrap();
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
