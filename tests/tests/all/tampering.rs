//! Whoever changes the records past the store is found out, and what they changed is named (O4).

use std::sync::Arc;

use exodus_store::Difference;
use exodus_tests::{Backend, Place, World, place::run};

/// Anna asks, Boris promises 40 of 60.
async fn little_network(place: &Arc<Place>) -> World {
    let mut world = World::open(place, 1).await;
    world.say("anna", "/start").await;
    world.say("anna", "need 300 monthly rent").await;
    world.press("anna", "Yes").await;
    world.invite("anna", "boris").await;
    world.say("boris", "give 60 to anna").await;
    world.press("boris", "A part of it").await;
    world.say("boris", "40").await;
    world.press("boris", "Yes").await;
    world
}

/// What verification names after a statement that changed exactly one row.
async fn found(place: Arc<Place>, statement: &str) -> Vec<Difference> {
    let world = little_network(&place).await;
    let before = world.app.store().verify(|_, _| ()).await.expect("no trouble");
    assert!(before.ok(), "{:#?}", before.differences);
    world.app.store().close().await.expect("it closes");
    assert_eq!(place.raw(statement).await, 1, "{statement}");
    let report = place.open(2).await.verify(|_, _| ()).await.expect("no trouble");
    assert!(!report.ok(), "not found: {statement}");
    report.differences
}

fn names(differences: &[Difference], place: &str, id: &str, what: &str) -> bool {
    differences
        .iter()
        .any(|found| found.place == place && found.id == id && found.what.contains(what))
}

macro_rules! on_both {
    ($($name:ident: $statement:expr => $check:expr;)*) => { $(
        mod $name {
            use super::*;

            fn tampered(backend: Backend) {
                run(backend, |place| async move {
                    let differences = found(place, $statement).await;
                    let check: fn(&[Difference]) -> bool = $check;
                    assert!(check(&differences), "{differences:#?}");
                });
            }

            #[test]
            fn on_sqlite() {
                tampered(Backend::Sqlite);
            }

            #[test]
            fn on_postgres() {
                tampered(Backend::Postgres);
            }
        }
    )* };
}

on_both! {
    o4_an_amount_in_a_state_row:
        "UPDATE obligation SET body = replace(body, '4000', '3000')"
        => |found| names(found, "obligation", &found[0].id, "3000") && names(found, "obligation", &found[0].id, "4000");
    o4_an_amount_in_the_journal:
        "UPDATE journal SET body = replace(body, '4000', '3000') WHERE kind = 'obligation_made'"
        => |found| found.iter().any(|one| one.place == "journal" && one.what.contains("hash"));
    o4_a_journal_row_is_gone:
        "DELETE FROM journal WHERE kind = 'intention_converted'"
        => |found| found.iter().any(|one| one.place == "journal" && one.what.contains("is missing"));
    o4_the_last_journal_row_is_gone:
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"
        => |found| found.iter().any(|one| one.place == "ledger" && one.what.contains("last entry"));
    o4_a_broken_hash:
        "UPDATE journal SET hash = '00' || substr(hash, 3) WHERE seq = 3"
        => |found| names(found, "journal", "3", "hash");
    o4_an_obligation_out_of_nothing:
        "DELETE FROM circle"
        => |found| found.iter().any(|one| one.place == "circle" && one.what == "is missing");
    o4_a_member_in_another_light:
        "UPDATE member SET status = 2 WHERE status = 1"
        => |found| found.iter().any(|one| one.place == "member" && one.what.contains("status is 2 and should be 1"));
}
