//! Crashes on demand: a future that is dropped after so many polls, a process whose power fails.

use std::{
    cell::RefCell,
    pin::Pin,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use exodus_app::App;
use futures::{
    future::{Either, select},
    task::AtomicWaker,
};
use tokio::runtime::{Builder, Runtime};
use tracing::{Dispatch, Event, Metadata, Subscriber, dispatcher::set_global_default, span};

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

/// The power that a process lives on: it fails while a statement that was named before is under way.
///
/// Statements are counted by the spans that sea-orm opens around each, `BEGIN` and `COMMIT` among them.
#[derive(Default)]
struct Power {
    begun: AtomicU64,
    /// The statement at which it fails; zero: it does not fail.
    fails_at: AtomicU64,
    failed: AtomicBool,
    waker: AtomicWaker,
}

impl Power {
    fn fails_at(&self, statement: u64) {
        self.begun.store(0, Ordering::SeqCst);
        self.failed.store(false, Ordering::SeqCst);
        self.fails_at.store(statement, Ordering::SeqCst);
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

thread_local! {
    /// The power that the process of this thread lives on, while statements are counted.
    static POWER: RefCell<Option<Arc<Power>>> = const { RefCell::new(None) };
}

/// Looks on at the statements of every thread, for those that count them.
struct Meter;

impl Meter {
    /// Begins to look on, once for all.
    fn install() {
        static INSTALLED: Once = Once::new();
        INSTALLED.call_once(|| {
            set_global_default(Dispatch::new(Self)).expect("nobody else looks on");
        });
    }

    fn with(what: impl FnOnce(&Power)) {
        POWER.with_borrow(|power| {
            if let Some(power) = power {
                what(power);
            }
        });
    }
}

impl Subscriber for Meter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.name().starts_with("sea_orm.")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        let mut nth = u64::MAX;
        Self::with(|power| nth = power.begun.fetch_add(1, Ordering::SeqCst) + 1);
        span::Id::from_u64(nth)
    }

    /// The statement was sent, and whoever sent it waits.
    fn exit(&self, span: &span::Id) {
        Self::with(|power| {
            if span.into_u64() == power.fails_at.load(Ordering::SeqCst) {
                power.failed.store(true, Ordering::SeqCst);
                power.waker.wake();
            }
        });
    }

    fn enter(&self, _: &span::Id) {}
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {}
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

    /// Starts one that runs on the thread of whoever waits for it and stands still in between: one task after another,
    /// so that its power can fail at exactly the statement that is meant.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start_single(place: &Arc<Place>, number: u64) -> Self {
        let mut builder = Builder::new_current_thread();
        // Whether the power failed is looked at after every poll of a task.
        builder.event_interval(1);
        Self::on(builder, place, number)
    }

    fn on(mut builder: Builder, place: &Arc<Place>, number: u64) -> Self {
        let runtime = builder.enable_all().build().expect("a runtime");
        let store = runtime.block_on(place.open(number));
        Self {
            runtime: Some(runtime),
            power: Arc::default(),
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

    /// Lets a process of [`start_single`](Self::start_single) do something until its power fails: when the `nth` statement
    /// from now on was sent to the database and is not answered. `None`: it failed; then nothing is left but to
    /// [`kill`](Self::kill) it.
    ///
    /// # Panics
    /// When `nth` is zero, or it was killed.
    pub fn run_until_failure<F: Future>(&self, what: F, nth: u64) -> Option<F::Output> {
        assert!(nth > 0, "statements are counted from one");
        Meter::install();
        self.power.fails_at(nth);
        POWER.set(Some(Arc::clone(&self.power)));
        let outcome = self.run(async {
            let failure = std::pin::pin!(self.power.failure());
            // The failure is looked at first: nothing gets another poll after it.
            match select(failure, std::pin::pin!(what)).await {
                Either::Left(((), _)) => None,
                Either::Right((output, _)) => Some(output),
            }
        });
        POWER.set(None);
        outcome
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
