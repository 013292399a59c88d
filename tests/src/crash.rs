//! Crashes on demand: a future that is dropped after so many polls, a process whose power fails.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use exodus_app::App;
use futures::{
    future::{Either, select},
    task::AtomicWaker,
};
use tokio::runtime::{Builder, Runtime};

use crate::{Place, world::settings};

/// When in a wait the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Right after something was asked for: the answer never comes, what was asked for may happen all the same.
    Asked,
    /// When the answer is there, before it is looked at.
    Answered,
}

/// A future that is polled so often at most: then it is dropped, and `None` is what comes of it.
pub struct Cut<F> {
    inner: Option<Pin<Box<F>>>,
    polls: usize,
    moment: Moment,
}

impl<F: Future> Cut<F> {
    /// Drops `inner` after so many polls.
    pub fn new(inner: F, polls: usize, moment: Moment) -> Self {
        Self {
            inner: Some(Box::pin(inner)),
            polls,
            moment,
        }
    }
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            self.inner = None;
            return Poll::Ready(None);
        }
        self.polls -= 1;
        let inner = self.inner.as_mut().expect("not polled after its end");
        match inner.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.polls == 0 && self.moment == Moment::Asked => {
                self.inner = None;
                Poll::Ready(None)
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

/// The power that a process lives on: it fails at a wait that was named before.
///
/// A thread of the process goes to sleep exactly when none of its tasks can go on before the outside, which is the
/// database, answers: so waits are counted where a runtime puts its thread to sleep.
#[derive(Default)]
struct Power {
    /// Waits still to come until it fails; zero: it does not fail.
    left: AtomicUsize,
    /// Whether it fails when the answer is there.
    answered: AtomicBool,
    /// Whether this is the wait at which it fails.
    last: AtomicBool,
    failed: AtomicBool,
    waker: AtomicWaker,
}

impl Power {
    fn fails_at(&self, wait: usize, moment: Moment) {
        self.answered.store(moment == Moment::Answered, Ordering::SeqCst);
        self.last.store(false, Ordering::SeqCst);
        self.failed.store(false, Ordering::SeqCst);
        self.left.store(wait, Ordering::SeqCst);
    }

    /// A thread goes to sleep.
    fn sleep(&self) {
        let counted = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if counted == Ok(1) {
            self.last.store(true, Ordering::SeqCst);
            if !self.answered.load(Ordering::SeqCst) {
                self.fail();
            }
        }
    }

    /// A thread wakes up.
    fn wake(&self) {
        if self.last.load(Ordering::SeqCst) {
            self.fail();
        }
    }

    fn fail(&self) {
        self.failed.store(true, Ordering::SeqCst);
        self.waker.wake();
    }

    /// Resolves when it fails.
    async fn failure(&self) {
        std::future::poll_fn(|context| {
            self.waker.register(context.waker());
            if self.failed.load(Ordering::SeqCst) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

/// A process over a database: a runtime, a store, an application. Killed, all of its tasks end where they are and
/// nothing is finished or closed.
pub struct Process {
    runtime: Option<Runtime>,
    power: Arc<Power>,
    /// Its application.
    pub app: App,
}

impl Process {
    /// Starts one as servers run: with a thread of its own, on which its tasks go on whoever waits for them. `number`
    /// names it: each has randomness of its own.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(place: &Arc<Place>, number: u64) -> Self {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1);
        Self::on(builder, place, number)
    }

    /// Starts one that runs on the thread of whoever waits for it and stands still in between: one wait after another,
    /// so that the power can fail at exactly the one that is meant.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start_single(place: &Arc<Place>, number: u64) -> Self {
        Self::on(Builder::new_current_thread(), place, number)
    }

    fn on(mut builder: Builder, place: &Arc<Place>, number: u64) -> Self {
        let power: Arc<Power> = Arc::default();
        let (sleeping, waking) = (Arc::clone(&power), Arc::clone(&power));
        builder
            .on_thread_park(move || sleeping.sleep())
            .on_thread_unpark(move || waking.wake())
            .enable_all();
        let runtime = builder.build().expect("a runtime");
        let store = runtime.block_on(place.open(number));
        Self {
            runtime: Some(runtime),
            power,
            app: App::new(store, settings()),
        }
    }

    /// Lets it do something to the end.
    ///
    /// # Panics
    /// When it was killed.
    pub fn run<F: Future>(&self, what: F) -> F::Output {
        self.runtime.as_ref().expect("alive").block_on(what)
    }

    /// Lets it do something until the power fails, at the `wait`-th time from now on that it has to wait. `None`: it did.
    /// Then nothing is left but to [`kill`](Self::kill) it.
    ///
    /// # Panics
    /// When `wait` is zero, or it was killed.
    pub fn run_until_failure<F: Future>(&self, what: F, wait: usize, moment: Moment) -> Option<F::Output> {
        assert!(wait > 0, "waits are counted from one");
        self.power.fails_at(wait, moment);
        self.run(async {
            let failure = std::pin::pin!(self.power.failure());
            // The failure is looked at first: nothing gets another poll after it.
            match select(failure, std::pin::pin!(what)).await {
                Either::Left(((), _)) => None,
                Either::Right((output, _)) => {
                    self.power.fails_at(0, moment);
                    Some(output)
                }
            }
        })
    }

    /// Kills it: no task gets another poll.
    pub fn kill(mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
