//! Time and chance come in here and nowhere else, so that tests can say what they are.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use exodus_core::Timestamp;
use rand::{RngCore, SeedableRng, TryRngCore, rngs::OsRng, rngs::StdRng};

/// What time it is.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time comes from")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows this instant.
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.seconds()))
    }

    /// Sets it.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.seconds(), Ordering::SeqCst);
    }

    /// Moves it on by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.load(Ordering::SeqCst))
    }
}

impl<C: Clock> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// Where keys, nonces, tokens and names of notes come from.
#[derive(Clone, Debug, Default)]
pub struct Random(Option<Arc<Mutex<StdRng>>>);

impl Random {
    /// The operating system's randomness.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }

    /// The same numbers every time: for tests only.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// Random bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness: nothing secret can be made then.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Some(seeded) => seeded
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill_bytes(&mut bytes),
            None => assert!(
                OsRng.try_fill_bytes(&mut bytes).is_ok(),
                "the operating system gives no randomness"
            ),
        }
        bytes
    }

    /// A random number of 128 bits: the name of a note, the handle of a button.
    #[must_use]
    pub fn number(&self) -> u128 {
        u128::from_be_bytes(self.bytes())
    }
}
