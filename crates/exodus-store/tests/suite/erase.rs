//! Leaving: the ledger stays true, nothing personal stays.

use std::sync::Arc;

use exodus_core::{Actor, Command, NoteId};
use exodus_store::{AccountKey, Person, Personal, Received, Work};

use crate::place::{Place, both, id, little_network, must};

both! {
    who_leaves_is_erased
    accounts_move
}

async fn who_leaves_is_erased(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, ..) = little_network(&store).await;
    let account = AccountKey::new("telegram", "secret-address");
    let personal = vec![
        Personal::SetPerson {
            whose: boris.into(),
            person: Person {
                name: "Boris Secret".into(),
                ..Person::default()
            },
        },
        Personal::AddAccount {
            whose: boris.into(),
            account: account.clone(),
        },
        Personal::PutNote {
            id: NoteId(77),
            whose: boris.into(),
            text: "secret words".into(),
        },
    ];
    store
        .transact(Work::personal(id(), Actor::Member(boris), personal))
        .await
        .unwrap();
    assert_eq!(
        store.notes(&[NoteId(77)]).await.unwrap()[&NoteId(77)],
        "secret words"
    );
    let Received::New(update) = store.receive("telegram", "9", &account, "leave").await.unwrap() else {
        panic!("new")
    };
    let work = Work {
        inbox: Some(update),
        session: Some((account.clone(), "secret".into())),
        ..Work::new(id(), Actor::Member(boris), Command::Leave)
    };
    assert_eq!(store.transact(work).await.unwrap().refusal, None);
    assert_eq!(store.person(boris).await.unwrap(), None);
    assert_eq!(store.account(&account).await.unwrap(), None);
    assert_eq!(store.session(&account).await.unwrap(), None);
    assert!(store.notes(&[NoteId(77)]).await.unwrap().is_empty());
    let path = place.path("after.backup");
    store.backup(&path).await.unwrap();
    assert!(
        !std::fs::read_to_string(path)
            .unwrap()
            .to_lowercase()
            .contains("secret")
    );
    assert!(store.verify(|_, _| {}).await.unwrap().ok());
    must(&store, anna, Command::EndMonthly).await;
}

async fn accounts_move(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, ..) = little_network(&store).await;
    let account = AccountKey::new("telegram", "5");
    let add = vec![Personal::AddAccount {
        whose: boris.into(),
        account: account.clone(),
    }];
    store
        .transact(Work::personal(id(), Actor::Member(boris), add))
        .await
        .unwrap();
    let work = vec![Personal::MoveAccounts {
        from: boris,
        to: anna,
    }];
    store
        .transact(Work::personal(id(), Actor::Member(anna), work))
        .await
        .unwrap();
    assert_eq!(store.account(&account).await.unwrap().unwrap().member, anna);
    let work = vec![Personal::MoveAccount {
        account: account.clone(),
        to: boris,
    }];
    store
        .transact(Work::personal(id(), Actor::Member(anna), work))
        .await
        .unwrap();
    assert_eq!(store.account(&account).await.unwrap().unwrap().member, boris);
}
