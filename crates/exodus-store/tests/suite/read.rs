//! Parts, archives, history.

use std::sync::Arc;

use exodus_core::{Command, Scope};
use exodus_store::ArchiveKind;

use crate::place::{Place, ask, both, convert, intend, invite, little_network, minor, must, register};

both! {
    near_is_two_steps
    archives_have_pages
    history_is_found
    totals
}

async fn near_is_two_steps(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, appeal, obligation) = little_network(&store).await;
    let dora = invite(&store, clara).await;
    let other = ask(&store, clara, 10_00).await;
    intend(&store, dora, other, 3_00).await;
    let eva = register(&store).await;
    // Boris sees Anna's helpers, Clara two steps away with her totals, not Eva.
    let part = store.load_near(boris, &Scope::default()).await.unwrap();
    assert!(part.is_in_circle(appeal, clara) && part.is_in_circle(appeal, boris));
    assert_eq!(part.current_appeal(clara).unwrap().id, other);
    assert_eq!(
        part.intentions_for(clara)
            .map(|row| row.amount)
            .sum::<exodus_core::Amount>(),
        minor(3_00)
    );
    assert_eq!(part.intentions_for(anna).count(), 1);
    assert!(part.obligation(obligation).is_some());
    assert!(part.member(dora).is_some());
    assert!(part.member(eva).is_none());
}

async fn archives_have_pages(place: Arc<Place>) {
    let store = place.open().await;
    let anna = register(&store).await;
    let boris = invite(&store, anna).await;
    let appeal = ask(&store, anna, 1_000_000).await;
    let mut made = Vec::new();
    for n in 0..55 {
        let intention = intend(&store, boris, appeal, 100 + n).await;
        let obligation = convert(&store, boris, intention).await;
        must(&store, anna, Command::Release { obligation }).await;
        made.push(obligation.0);
    }
    made.reverse();
    let first = store.load_archive(boris, ArchiveKind::Owing, 0).await.unwrap();
    assert_eq!((first.ids.as_slice(), first.more), (&made[..50], true));
    let second = store.load_archive(anna, ArchiveKind::Owed, 1).await.unwrap();
    assert_eq!((second.ids.as_slice(), second.more), (&made[50..], false));
    assert_eq!(second.ledger.obligations().count(), 5);
    assert!(second.ledger.member(boris).is_some());
}

async fn history_is_found(place: Arc<Place>) {
    let store = place.open().await;
    let (anna, boris, clara, _, obligation) = little_network(&store).await;
    let all = store.history_of_member(anna, None, 100).await.unwrap();
    assert!(all.len() > 6 && all.is_sorted_by_key(|entry| std::cmp::Reverse(entry.seq)));
    let page = store.history_of_member(anna, Some(all[2].seq), 2).await.unwrap();
    assert_eq!(page, all[3..5]);
    let of = store.history_of_record(&[obligation.0], None, 100).await.unwrap();
    assert_eq!(of.len(), 2, "{of:?}");
    let made = store.beginning_of_record(obligation.0).await.unwrap();
    assert_eq!(made.as_ref(), of.first(), "not the intention that it came of");
    assert_eq!(store.beginning_of_record(100_000).await.unwrap(), None);
    assert_eq!(store.event(of[0].seq).await.unwrap().as_ref(), Some(&of[0]));
    assert_eq!(store.event(100_000).await.unwrap(), None);
    assert_eq!(store.events_of_command(of[0].command).await.unwrap().len(), 2);
    let now = store.now();
    assert!(
        store
            .events_of_member_since(clara, now, now)
            .await
            .unwrap()
            .is_empty()
    );
    let since = store
        .events_of_member_since(boris, now, now.plus_hours(1))
        .await
        .unwrap();
    assert!(since.is_sorted_by_key(|entry| entry.seq) && !since.is_empty());
}

async fn totals(place: Arc<Place>) {
    let store = place.open().await;
    little_network(&store).await;
    let stats = store.stats().await.unwrap();
    assert_eq!((stats.members, stats.orange, stats.red, stats.left), (3, 1, 0, 0));
    assert_eq!(
        (stats.obligations, stats.intentions, stats.edges, stats.appeals),
        (1, 1, 2, 1)
    );
    assert!(stats.entries >= 9 && stats.outbox > 0);
}
