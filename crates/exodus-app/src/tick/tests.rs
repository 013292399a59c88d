//! One member's damaged month is nobody else's.

use std::path::Path;

use exodus_core::{MemberId, Period};

use crate::deliver::tests::world::World;

/// A file of its own, gone when dropped.
struct File(std::path::PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes over every occurrence of a text in a file, as a failing disk does.
fn damage(path: &Path, text: &str, by: &str) -> usize {
    let mut bytes = std::fs::read(path).unwrap();
    let mut count = 0;
    let places: Vec<usize> = bytes
        .windows(text.len())
        .enumerate()
        .filter(|(_, window)| *window == text.as_bytes())
        .map(|(place, _)| place)
        .collect();
    for place in places {
        bytes[place..place + by.len()].copy_from_slice(by.as_bytes());
        count += 1;
    }
    std::fs::write(path, bytes).unwrap();
    count
}

async fn lives_in(world: &World, member: MemberId) -> Period {
    let scope = exodus_core::Scope::of_members([member]);
    let part = world.app.store().load(&scope).await.unwrap();
    part.member(member).unwrap().period
}

#[tokio::test]
async fn c3_the_month_of_others_ends_though_one_row_can_not_be_read() {
    let name = format!("exodus-tick-{:032x}.db", exodus_store::Random::system().number());
    let file = File(std::env::temp_dir().join(name));
    let world = World::in_file(&file.0).await;
    let anna = world.member("anna", None).await;
    let boris = world.member("boris", Some(world.link(anna).await)).await;
    world.intends(boris, world.asks(anna).await, 4_242).await;
    let dora = world.member("dora", None).await;
    let egor = world.member("egor", Some(world.link(dora).await)).await;
    world.intends(egor, world.asks(dora).await, 1_000).await;
    let november = lives_in(&world, dora).await;
    world.app.store().close().await.unwrap();
    assert!(damage(&file.0, "\"amount\":4242", "\"amount\":4z42") > 0);

    let world = World::in_file(&file.0).await;
    let december = world
        .app
        .store()
        .policy()
        .start_of(november.next())
        .plus_hours(12);
    world.clock.set(december);
    let mut rounds = 0;
    while world.app.tick(100).await.unwrap() > 0 {
        rounds += 1;
        assert!(rounds < 20, "the scheduler never comes to rest");
    }
    assert_eq!(lives_in(&world, dora).await, november.next());
    assert_eq!(lives_in(&world, egor).await, november.next());
    let ledger = world.app.store();
    let scope = exodus_core::Scope::of_members([anna]);
    assert!(ledger.load(&scope).await.is_err(), "Anna's part can be read");
    // Whoever is concerned is looked at again in an hour, and no earlier.
    assert_eq!(ledger.next_due_at().await.unwrap(), Some(december.plus_hours(1)));
    assert_eq!(world.app.tick(100).await.unwrap(), 0);
    world.clock.advance(3_600);
    assert_eq!(world.app.tick(100).await.unwrap(), 2);
    world.app.store().close().await.unwrap();
}
