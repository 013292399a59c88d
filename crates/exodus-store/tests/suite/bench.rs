//! How fast it is: run by hand with `cargo test --release -p exodus-store -- --ignored --nocapture`.

use std::{sync::Arc, time::Instant};

use exodus_core::{Actor, Command, Form};
use exodus_store::Work;

use crate::place::{Place, ask, both, id, invite, minor, register};

both! {
    #[ignore = "a measurement"]
    writing
    #[ignore = "a measurement"]
    verifying
}

async fn fill(place: &Place, circles: usize, commands: u64) -> (exodus_store::Store, f64) {
    let store = place.open().await;
    let mut helpers = Vec::new();
    for _ in 0..circles {
        let anna = register(&store).await;
        let appeal = ask(&store, anna, 1_000_000).await;
        for _ in 0..4 {
            helpers.push((invite(&store, anna).await, appeal));
        }
    }
    let helpers = Arc::new(helpers);
    let began = Instant::now();
    let writers = 64_u64;
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let (store, helpers) = (store.clone(), Arc::clone(&helpers));
            tokio::spawn(async move {
                for n in 0..commands / writers {
                    let place = usize::try_from(writer * 7919 + n * 31).unwrap() % helpers.len();
                    let (by, appeal) = helpers[place];
                    let command = Command::Intend {
                        appeal,
                        amount: minor(100 + n + writer),
                        form: Form::Money,
                        note: None,
                    };
                    store
                        .transact(Work::new(id(), Actor::Member(by), command))
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seconds = began.elapsed().as_secs_f64();
    (store, seconds)
}

async fn writing(place: Arc<Place>) {
    let commands: u32 = 50_000;
    let (_, seconds) = fill(&place, 250, u64::from(commands)).await;
    println!(
        "postgres {}: {:.0} commands/s",
        place.postgres,
        f64::from(commands) / seconds
    );
}

async fn verifying(place: Arc<Place>) {
    let commands: u32 = std::env::var("EXODUS_BENCH")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(200_000);
    let (store, seconds) = fill(&place, 1000, u64::from(commands)).await;
    println!(
        "postgres {}: {:.0} commands/s",
        place.postgres,
        f64::from(commands) / seconds
    );
    let began = Instant::now();
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok());
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "postgres {}: {} entries verified in {seconds:.2} s",
        place.postgres, report.entries
    );
}
