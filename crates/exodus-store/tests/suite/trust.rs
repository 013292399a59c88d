//! The network of trust, asked through the rows of bonds: the same answers as from the whole ledger.

use std::sync::Arc;

use exodus_core::{Command, MemberId, network::Network};

use crate::place::{Place, bond, both, invite, must, register};

both! {
    n7_a_reference_list_walked_over_rows_is_that_of_the_whole
    n1_who_stands_by_somebody_is_in_their_sight
}

async fn n7_a_reference_list_walked_over_rows_is_that_of_the_whole(place: Arc<Place>) {
    let store = place.open().await;
    let first = register(&store).await;
    let mut people = vec![first];
    for nth in 0..9 {
        // Each is invited by somebody before them, so that rings have different sizes.
        let by = people[nth / 2];
        let guest = invite(&store, by).await;
        bond(&store, guest, by).await;
        people.push(guest);
    }
    let alone = register(&store).await;
    let ended = store
        .load_all()
        .await
        .unwrap()
        .bond_between(people[8], people[3])
        .map(|row| row.id);
    must(&store, people[8], Command::EndBond { bond: ended.unwrap() }).await;
    must(&store, people[1], Command::Block { member: people[4] }).await;
    let whole = Network::of(&store.load_all().await.unwrap()).unwrap();
    people.push(alone);
    for member in people {
        let (list, standing) = store
            .with_network(member, |network, scratch| {
                let list = network.reference_list(scratch, member, None);
                (list, network.standing(scratch, member, None))
            })
            .await
            .unwrap();
        let mut scratch = exodus_core::network::Scratch::new();
        assert_eq!(list, whole.reference_list(&mut scratch, member, None), "{member}");
        assert_eq!(standing, whole.standing(&mut scratch, member, None));
    }
    let nobody = MemberId(9_999);
    let list = store
        .with_network(nobody, |network, scratch| {
            network.reference_list(scratch, nobody, None)
        })
        .await;
    assert!(list.unwrap().is_empty());
}

async fn n1_who_stands_by_somebody_is_in_their_sight(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let boris = invite(&store, anna).await;
    let clara = invite(&store, boris).await;
    bond(&store, boris, clara).await;
    let part = store
        .load_near(clara, &exodus_core::Scope::default())
        .await
        .unwrap();
    let ring = exodus_core::view::ring(&part, clara);
    assert_eq!(
        ring.iter().map(|backer| backer.member).collect::<Vec<_>>(),
        [boris]
    );
    assert!(exodus_core::view::network(&part, clara).contains(&boris));
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}
