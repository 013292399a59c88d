//! Verification, rebuilding, backups.

use std::sync::Arc;

use exodus_core::{Actor, Command};
use exodus_store::{AccountKey, Person, Personal, Store, Trouble, Work};

use crate::place::{Place, both, id, little_network, must};

both! {
    what_is_changed_by_hand_is_found_and_named
    the_journal_is_chained
    state_is_made_again
    a_backup_goes_into_an_empty_database
}

async fn named(store: &Store) -> Vec<(&'static str, String, String)> {
    let report = store.verify(|_, _| {}).await.unwrap();
    report
        .differences
        .into_iter()
        .map(|difference| (difference.place, difference.id, difference.what))
        .collect()
}

async fn what_is_changed_by_hand_is_found_and_named(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, _, appeal, obligation) = little_network(&store).await;
    assert_eq!(named(&store).await, []);
    let flip = |from: &str, to: &str| {
        format!(
            "UPDATE obligation SET body = replace(body, '\"amount\":{from}', '\"amount\":{to}') WHERE id = {obligation}"
        )
    };
    assert_eq!(place.raw(&flip("4000", "4001")).await, 1);
    let found = named(&store).await;
    assert_eq!(
        found,
        [(
            "obligation",
            obligation.to_string(),
            "amount is 4001 and should be 4000".to_owned()
        )]
    );
    place.raw(&flip("4001", "4000")).await;
    place
        .raw(&format!("DELETE FROM circle WHERE helper = {boris}"))
        .await;
    place
        .raw(&format!(
            "INSERT INTO block (ledger_id, blocker, blocked) VALUES (1, {anna}, {boris})"
        ))
        .await;
    place
        .raw(&format!(
            "UPDATE appeal SET findable = NOT findable WHERE id = {appeal}"
        ))
        .await;
    place.raw(&format!("DELETE FROM member WHERE id = {boris}")).await;
    let found = named(&store).await;
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found.contains(&("circle", format!("{appeal} {boris} {anna}"), "is missing".into())),
        "{found:?}"
    );
    assert!(
        found.contains(&("block", format!("{anna} {boris}"), "is not in the journal".into())),
        "{found:?}"
    );
    assert!(
        found.contains(&("member", boris.to_string(), "is missing".into())),
        "{found:?}"
    );
}

async fn the_journal_is_chained(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    let last = place.number("SELECT head_seq FROM ledger").await;
    let of = |found: &[(&'static str, String, String)], place: &str| {
        found
            .iter()
            .filter(|(at, ..)| *at == place)
            .map(|(_, id, _)| id.clone())
            .collect::<Vec<_>>()
    };
    let seq = place
        .number("SELECT seq FROM journal WHERE kind = 'intention_recorded' ORDER BY seq LIMIT 1")
        .await;
    let was = "\"amount\":4000";
    place
        .raw(&format!(
            "UPDATE journal SET body = replace(body, '{was}', '\"amount\":4009') WHERE seq = {seq}"
        ))
        .await;
    let found = named(&store).await;
    assert_eq!(of(&found, "journal"), [seq.to_string()], "{found:?}");
    place
        .raw(&format!(
            "UPDATE journal SET body = replace(body, '\"amount\":4009', '{was}') WHERE seq = {seq}"
        ))
        .await;
    assert_eq!(named(&store).await, []);
    place
        .raw(&format!(
            "UPDATE journal SET member = member + 1 WHERE seq = {seq}"
        ))
        .await;
    assert_eq!(of(&named(&store).await, "journal"), [seq.to_string()]);
    place
        .raw(&format!(
            "UPDATE journal SET member = member - 1 WHERE seq = {seq}"
        ))
        .await;
    place
        .raw(&format!("UPDATE journal SET hash = 'x' WHERE seq = {last}"))
        .await;
    assert_eq!(of(&named(&store).await, "journal"), [last.to_string()]);
    place
        .raw(&format!("DELETE FROM journal WHERE seq = {last}"))
        .await;
    assert!(!of(&named(&store).await, "ledger").is_empty());
    place.raw(&format!("DELETE FROM journal WHERE seq = {seq}")).await;
    let found = named(&store).await;
    assert!(
        found.contains(&("journal", seq.to_string(), "is missing".into())),
        "{found:?}"
    );
    assert!(matches!(store.rebuild().await, Err(Trouble::Damaged(_))));
}

async fn state_is_made_again(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, ..) = little_network(&store).await;
    must(&store, anna, Command::Block { member: boris }).await;
    let before = store.load_all().await.unwrap().snapshot();
    for table in [
        "member",
        "appeal",
        "intention",
        "obligation",
        "offer",
        "bond",
        "link",
        "visit",
        "block",
        "circle",
    ] {
        place.raw(&format!("DELETE FROM {table}")).await;
    }
    assert!(!named(&store).await.is_empty());
    store.rebuild().await.unwrap();
    assert_eq!(named(&store).await, []);
    assert_eq!(store.load_all().await.unwrap().snapshot(), before);
    must(&store, anna, Command::EndMonthly).await;
    assert_eq!(named(&store).await, []);
}

async fn a_backup_goes_into_an_empty_database(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, ..) = little_network(&store).await;
    let account = AccountKey::new("telegram", "1");
    let personal = vec![
        Personal::SetPerson {
            whose: anna.into(),
            person: Person {
                name: "Anna".into(),
                ..Person::default()
            },
        },
        Personal::AddAccount {
            whose: anna.into(),
            account: account.clone(),
        },
    ];
    store
        .transact(Work::personal(id(), Actor::Member(anna), personal))
        .await
        .unwrap();
    store.receive("telegram", "1", &account, "x").await.unwrap();
    let file = place.path("all.backup");
    store.backup(&file).await.unwrap();
    assert!(matches!(store.restore(&file).await, Err(Trouble::Backup(why)) if why.contains("not empty")));

    // Into an SQLite file, whatever it came from; and back out: the same.
    let mut options = place.options();
    options.url = place.path("other.db").display().to_string();
    let other = Store::open(&options).await.unwrap();
    let whole = std::fs::read_to_string(&file).unwrap();
    let damaged = place.path("damaged.backup");
    std::fs::write(&damaged, whole.replacen("4000", "4001", 1)).unwrap();
    assert!(matches!(other.restore(&damaged).await, Err(Trouble::Backup(_))));
    std::fs::write(&damaged, &whole[..whole.len() - 100]).unwrap();
    assert!(matches!(other.restore(&damaged).await, Err(Trouble::Backup(_))));
    assert_eq!(other.stats().await.unwrap().members, 0);
    other.restore(&file).await.unwrap();
    assert_eq!(named(&other).await, []);
    assert_eq!(other.person(anna).await.unwrap().unwrap().name, "Anna");
    assert_eq!(other.stats().await.unwrap(), store.stats().await.unwrap());
    let again = place.path("again.backup");
    other.backup(&again).await.unwrap();
    assert_eq!(std::fs::read_to_string(again).unwrap(), whole);
    must(&other, anna, Command::EndMonthly).await;

    // And into the database it came from, emptied.
    if place.postgres {
        for table in whole
            .lines()
            .skip(1)
            .filter_map(|line| line.split('"').nth(1))
            .collect::<std::collections::BTreeSet<_>>()
        {
            if table != "hash" {
                place.raw(&format!("DELETE FROM {table}")).await;
            }
        }
        let store = place.open().await;
        store.restore(&file).await.unwrap();
        assert_eq!(named(&store).await, []);
        must(&store, anna, Command::EndMonthly).await;
        store.receive("telegram", "2", &account, "x").await.unwrap();
    }
}
