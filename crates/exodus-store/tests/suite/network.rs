//! The network in memory is what the tables say: after every command, in every process, and after every start.

use std::{fs, sync::Arc};

use exodus_core::{
    Actor, Command, Ledger,
    network::{Network, Record},
};
use exodus_store::{Random, Store, Work};

use crate::{
    place::{Place, both, id, little_network},
    random::Dice,
};

both! {
    n13_two_processes_see_what_the_tables_say
    n13_a_start_goes_on_from_the_snapshot
    n13_a_snapshot_that_is_none_or_of_another_ledger_is_made_anew
    n13_verify_compares_the_network
}

async fn records(store: &Store) -> Vec<Record> {
    store.network(|network, _| network.records()).await.unwrap()
}

async fn expected(store: &Store) -> Vec<Record> {
    Network::of(&store.load_all().await.unwrap()).unwrap().records()
}

/// Commands drawn at random, given through two processes in turn; both see the same after each. Now and then one of them
/// starts anew, from a snapshot or without.
async fn n13_two_processes_see_what_the_tables_say(place: Arc<Place>) {
    let options = |process: usize| {
        let mut options = place.options();
        options.snapshot = (process == 1).then(|| place.path("network"));
        options
    };
    let mut stores = vec![
        Store::open(&options(0)).await.unwrap(),
        Store::open(&options(1)).await.unwrap(),
    ];
    let dice = Dice(Random::seeded(7));
    let mut done_any = 0;
    for step in 0..700 {
        if dice.roll(3) == 0 {
            place.clock.advance(i64::try_from(dice.roll(60_000)).unwrap());
        }
        if dice.roll(40) == 0 {
            let process = usize::try_from(dice.roll(2)).unwrap();
            stores[process].close().await.unwrap();
            stores[process] = Store::open(&options(process)).await.unwrap();
        }
        let process = usize::try_from(dice.roll(2)).unwrap();
        let whole: Ledger = stores[process].load_all().await.unwrap();
        let Some((by, command)) = dice.next(&whole) else {
            continue;
        };
        let done = stores[process]
            .transact(Work::new(id(), by, command.clone()))
            .await
            .unwrap();
        done_any += usize::from(done.refusal.is_none());
        // One of the two may sleep through several commands.
        let awake = [true, dice.roll(3) > 0];
        let expected = expected(&stores[process]).await;
        for (nth, store) in stores.iter().enumerate() {
            if nth == process || awake[1] {
                assert_eq!(
                    records(store).await,
                    expected,
                    "step {step}, process {nth}: {command:?}"
                );
            }
        }
    }
    assert!(done_any > 150, "only {done_any} commands of 700 did anything");
    for store in &stores {
        assert_eq!(records(store).await, expected(store).await);
        let report = store.verify(|_, _| {}).await.unwrap();
        assert!(report.ok(), "{report:?}");
    }
}

async fn n13_a_start_goes_on_from_the_snapshot(place: Arc<Place>) {
    let mut options = place.options();
    let file = place.path("network");
    options.snapshot = Some(file.clone());
    let store = Store::open(&options).await.unwrap();
    let (anna, ..) = little_network(&store).await;
    assert!(!file.exists(), "nobody asked");
    let before = records(&store).await;
    store.close().await.unwrap();
    let kept = fs::read(&file).unwrap();
    // What happens while this process is not there is caught up with.
    let other = place.open().await;
    let register = Work::new(id(), Actor::Newcomer, Command::Register { via: None });
    other.transact(register).await.unwrap();
    let fine = Work::new(id(), Actor::Member(anna), Command::EndMonthly);
    assert_eq!(other.transact(fine).await.unwrap().refusal, None);
    let store = Store::open(&options).await.unwrap();
    let after = records(&store).await;
    assert_ne!(after, before);
    assert_eq!(after, expected(&store).await);
    store.close().await.unwrap();
    assert_ne!(fs::read(&file).unwrap(), kept, "the next start begins here");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

async fn n13_a_snapshot_that_is_none_or_of_another_ledger_is_made_anew(place: Arc<Place>) {
    let mut options = place.options();
    let file = place.path("network");
    options.snapshot = Some(file.clone());
    let store = Store::open(&options).await.unwrap();
    little_network(&store).await;
    let right = records(&store).await;
    store.close().await.unwrap();
    let whole = fs::read(&file).unwrap();
    let mut damaged = whole.clone();
    damaged[200] ^= 1;
    let mut foreign = whole.clone();
    foreign[3] = if foreign[3] == b'0' { b'1' } else { b'0' };
    for bytes in [
        b"".as_slice(),
        b"no snapshot",
        &whole[..whole.len() - 1],
        &damaged,
        &foreign,
    ] {
        fs::write(&file, bytes).unwrap();
        let store = Store::open(&options).await.unwrap();
        assert_eq!(records(&store).await, right);
        assert!(store.verify(|_, _| {}).await.unwrap().ok());
        store.close().await.unwrap();
        assert_eq!(fs::read(&file).unwrap(), whole);
    }
}

/// Verification replays the journal, and neither the network in memory nor the snapshot may say anything else.
async fn n13_verify_compares_the_network(place: Arc<Place>) {
    let mut options = place.options();
    let file = place.path("network");
    options.snapshot = Some(file.clone());
    let store = Store::open(&options).await.unwrap();
    let (_, boris, ..) = little_network(&store).await;
    // Somebody changed the tables by hand, and the network was made of that.
    place
        .raw(&format!("DELETE FROM circle WHERE helper = {boris}"))
        .await;
    records(&store).await;
    store.keep_network().await.unwrap();
    let report = store.verify(|_, _| {}).await.unwrap();
    let places: Vec<_> = report
        .differences
        .iter()
        .map(|found| (found.place, found.id.as_str()))
        .collect();
    assert!(places.contains(&("network", "in memory")), "{places:?}");
    assert!(places.contains(&("network", "snapshot")), "{places:?}");
    assert!(places.iter().any(|(place, _)| *place == "circle"), "{places:?}");
}
