//! A runtime whose time stands still until a test lets some pass: whatever waits for seconds waits for none of ours.
//!
//! Sockets and databases work for real meanwhile. A little real time and a larger piece of the runtime's go by together,
//! so that pauses, paces and timeouts have their proportions.

use std::{sync::Arc, time::Duration};

use tokio::{runtime::Builder, task::spawn_blocking};

use crate::{Backend, Place};

/// What goes by in the runtime …
pub const STEP: Duration = Duration::from_millis(50);
/// … while so much goes by outside it, for sockets and databases.
const REAL: Duration = Duration::from_millis(1);
/// Steps until something is taken to never happen: more than half an hour of the runtime's time.
const STEPS: usize = 40_000;

/// Runs a test in such a runtime, with a database of its own.
///
/// # Panics
/// When the test does.
pub fn run<F: Future<Output = ()>>(test: impl FnOnce(Arc<Place>) -> F) {
    let place = Place::new(Backend::Sqlite);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        // While something blocks, tokio moves no time by itself.
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let anchor = spawn_blocking(move || ended.recv().is_err());
        test(Arc::clone(&place)).await;
        drop(end);
        assert!(anchor.await.expect("it ends"));
    });
    runtime.shutdown_background();
}

/// Lets a step of time pass.
///
/// # Panics
/// When the runtime ends.
pub async fn step() {
    spawn_blocking(|| std::thread::sleep(REAL))
        .await
        .expect("it ends");
    tokio::time::advance(STEP).await;
}

/// Lets time pass until something is so, but not for ever; whether it came.
pub async fn soon(mut so: impl AsyncFnMut() -> bool) -> bool {
    for _ in 0..STEPS {
        if so().await {
            return true;
        }
        step().await;
    }
    false
}

/// Lets time pass until something is so.
///
/// # Panics
/// When it never is.
pub async fn until(what: &str, so: impl AsyncFnMut() -> bool) {
    assert!(soon(so).await, "it never comes that {what}");
}
