//! Crashes on demand: a future that is dropped after so many polls, a process that is gone.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use exodus_app::App;

use crate::{Place, world::settings};

/// When in a poll the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Right after it asked for something: the answer never comes, what it asked for may happen all the same.
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

/// A process over a database: a runtime, a store, an application. Killed, all of its tasks end where they are and
/// nothing is finished or closed.
pub struct Process {
    runtime: Option<tokio::runtime::Runtime>,
    /// Its application.
    pub app: App,
}

impl Process {
    /// Starts one. `number` names it: each has randomness of its own.
    ///
    /// # Panics
    /// When it can not be started.
    #[must_use]
    pub fn start(place: &Arc<Place>, number: u64) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let runtime = runtime.expect("a runtime");
        let store = runtime.block_on(place.open(number));
        Self {
            runtime: Some(runtime),
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
