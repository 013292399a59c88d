//! Whoever watches a long run: told how far it is, asked whether to go on.

use core::ops::ControlFlow;

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Pairs of parties whose part of the network is finished.
    pub done: u64,
    /// All pairs of parties that can take part.
    pub of: u64,
    /// In the part being worked on: parties that still owe or are owed more than they set off, now.
    pub open: u64,
    /// How many passes the part being worked on has begun.
    pub pass: u32,
}

/// Is told how far a run is, now and then, and says whether it goes on. With the feature `parallel`, by several threads.
pub trait Watch: Sync {
    /// Called between steps; `Break` ends the run with [`Error::Stopped`](super::Error::Stopped).
    fn progress(&self, progress: Progress) -> ControlFlow<()>;
}

impl<F: Fn(Progress) -> ControlFlow<()> + Sync> Watch for F {
    fn progress(&self, progress: Progress) -> ControlFlow<()> {
        self(progress)
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Tells whoever watches, and hears whether to go on.
pub(super) fn go_on(watch: &dyn Watch, progress: Progress) -> Result<(), Stopped> {
    match watch.progress(progress) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stopped),
    }
}

/// Whoever watches said stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stopped;
