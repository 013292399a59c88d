//! Texts at rest.

use std::sync::Arc;

use exodus_core::{Actor, NoteId};
use exodus_store::{AccountKey, OpenError, Person, Personal, Store, Trouble, Work};

use crate::place::{Place, both, id, register};

both! {
    texts_are_sealed_and_keys_rotate
    plain_texts_are_sealed_later
    a_moved_row_does_not_open
    a_transaction_that_came_to_nothing_takes_no_key_with_it
}

async fn sealed(place: &Place, keys: &[(&str, u8)]) -> Result<Store, OpenError> {
    let mut options = place.options();
    options.random = exodus_store::Random::system();
    options.master_keys = keys
        .iter()
        .map(|(name, byte)| ((*name).to_owned(), [*byte; 32]))
        .collect();
    Store::open(&options).await
}

async fn write(store: &Store, name: &str) -> exodus_core::MemberId {
    let anna = register(store).await;
    let person = Person {
        name: name.into(),
        about: Some("IBAN 12345".into()),
        ..Person::default()
    };
    let personal = vec![
        Personal::SetPerson {
            whose: anna.into(),
            person,
        },
        Personal::PutNote {
            id: NoteId(u128::from(anna.0)),
            whose: anna.into(),
            text: "IBAN 12345".into(),
        },
    ];
    store
        .transact(Work::personal(id(), Actor::Member(anna), personal))
        .await
        .unwrap();
    anna
}

const SEEN: &str = "SELECT (SELECT count(*) FROM person WHERE body LIKE '%IBAN%') \
                    + (SELECT count(*) FROM note WHERE text LIKE '%IBAN%')";

async fn texts_are_sealed_and_keys_rotate(place: Arc<Place>) {
    let store = sealed(&place, &[("old", 1)]).await.unwrap();
    let anna = write(&store, "Anna").await;
    store
        .put_session(&AccountKey::new("x", "y"), Some("IBAN"))
        .await
        .unwrap();
    assert_eq!(place.number(SEEN).await, 0);
    let after = sealed(&place, &[("new", 2), ("old", 1)]).await.unwrap();
    assert_eq!(after.person(anna).await.unwrap().unwrap().name, "Anna");
    assert_eq!(after.rotate_keys().await.unwrap(), 2);
    assert!(matches!(sealed(&place, &[("old", 1)]).await, Err(OpenError::KeyMissing(key)) if key == "new"));
    assert!(matches!(sealed(&place, &[]).await, Err(OpenError::KeyMissing(_))));
    let only = sealed(&place, &[("new", 2)]).await.unwrap();
    assert_eq!(only.notes(&[NoteId(u128::from(anna.0))]).await.unwrap().len(), 1);
    assert_eq!(
        only.session(&AccountKey::new("x", "y")).await.unwrap().as_deref(),
        Some("IBAN")
    );
    // The running store of before goes on with the keys it has.
    write(&store, "Boris").await;
}

async fn plain_texts_are_sealed_later(place: Arc<Place>) {
    let store = place.open().await;
    let anna = write(&store, "Anna").await;
    assert_eq!(place.number(SEEN).await, 2);
    // One address on two platforms.
    for platform in ["telegram", "matrix"] {
        let account = AccountKey::new(platform, "1");
        store
            .put_session(&account, Some(&format!("IBAN of {platform}")))
            .await
            .unwrap();
    }
    let store = sealed(&place, &[("one", 1)]).await.unwrap();
    assert_eq!(store.person(anna).await.unwrap().unwrap().name, "Anna");
    store.rotate_keys().await.unwrap();
    assert_eq!(place.number(SEEN).await, 0);
    let plain = "SELECT count(*) FROM session WHERE body LIKE '%IBAN%'";
    assert_eq!(place.number(plain).await, 0);
    for platform in ["telegram", "matrix"] {
        let session = store.session(&AccountKey::new(platform, "1")).await.unwrap();
        assert_eq!(session.unwrap(), format!("IBAN of {platform}"));
    }
    assert_eq!(store.person(anna).await.unwrap().unwrap().name, "Anna");
    assert_eq!(store.notes(&[NoteId(u128::from(anna.0))]).await.unwrap().len(), 1);
}

async fn a_transaction_that_came_to_nothing_takes_no_key_with_it(place: Arc<Place>) {
    let store = sealed(&place, &[("one", 1)]).await.unwrap();
    let (anna, boris) = (write(&store, "Anna").await, register(&store).await);
    let account = AccountKey::new("telegram", "1");
    let named = |member: exodus_core::MemberId| {
        let person = Person {
            name: "Boris".into(),
            ..Person::default()
        };
        let personal = vec![Personal::SetPerson {
            whose: member.into(),
            person,
        }];
        Work {
            session: Some((account.clone(), "where it stands".into())),
            ..Work::personal(id(), Actor::Member(member), personal)
        }
    };
    place.raw("ALTER TABLE session RENAME TO away").await;
    assert!(store.transact(named(boris)).await.unwrap_err().is_passing());
    place.raw("ALTER TABLE away RENAME TO session").await;
    // What is nobody's is sealed and opened as before, and the first key of Boris's is none.
    store.receive("telegram", "1", &account, "IBAN").await.unwrap();
    assert_eq!(store.waiting_inbox(1).await.unwrap()[0].payload, "IBAN");
    let other = sealed(&place, &[("one", 1)]).await.unwrap();
    other.transact(named(boris)).await.unwrap();
    assert_eq!(store.person(boris).await.unwrap().unwrap().name, "Boris");
    assert_eq!(store.person(anna).await.unwrap().unwrap().name, "Anna");
    store.transact(named(anna)).await.unwrap();
    let session = other.session(&account).await.unwrap();
    assert_eq!(session.as_deref(), Some("where it stands"));
}

async fn a_moved_row_does_not_open(place: Arc<Place>) {
    let store = sealed(&place, &[("one", 1)]).await.unwrap();
    let (anna, boris) = (write(&store, "Anna").await, write(&store, "Boris").await);
    let from = format!("(SELECT body FROM person WHERE member_id = {anna})");
    place
        .raw(&format!(
            "UPDATE person SET body = {from} WHERE member_id = {boris}"
        ))
        .await;
    assert!(matches!(store.person(boris).await, Err(Trouble::Damaged(_))));
    assert!(store.person(anna).await.is_ok());
}
