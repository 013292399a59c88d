//! What goes wrong on the way, by a seed.

use std::collections::BTreeSet;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// How often what goes wrong, in a hundred requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rates {
    /// The server is in trouble: 500 or 502, nothing was done.
    pub broken: u32,
    /// It was done, and the answer never came.
    pub unheard: u32,
    /// Nothing was done, and no answer came.
    pub lost: u32,
    /// Too many requests, after so many seconds.
    pub flood: u32,
    /// Updates come again though they were acknowledged.
    pub repeated: u32,
}

impl Rates {
    /// A bad day.
    pub const STORMY: Self = Self {
        broken: 4,
        unheard: 4,
        lost: 3,
        flood: 4,
        repeated: 20,
    };
}

/// What befalls one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not done; this is the status.
    Broken(u16),
    /// It is done; the connection ends before the answer.
    Unheard,
    /// It is not done; the connection ends.
    Lost,
    /// It is not done; the chat is to be left alone for so many seconds.
    Flood(u64),
}

/// Draws faults.
pub struct Faults {
    random: StdRng,
    rates: Rates,
    /// Methods that nothing befalls.
    spared: BTreeSet<&'static str>,
}

impl Faults {
    /// The same ones for the same seed and the same requests.
    #[must_use]
    pub fn seeded(seed: u64, rates: Rates) -> Self {
        Self {
            random: StdRng::seed_from_u64(seed),
            rates,
            spared: ["getMe"].into(),
        }
    }

    /// What befalls a request.
    pub(super) fn befalls(&mut self, method: &str) -> Option<Fault> {
        if self.spared.contains(method) {
            return None;
        }
        let Rates {
            broken,
            unheard,
            lost,
            flood,
            ..
        } = self.rates;
        let drawn = self.random.random_range(0..100);
        let after = |before: u32, share: u32| (before..before + share).contains(&drawn);
        if after(0, broken) {
            let status = if self.random.random_bool(0.5) { 500 } else { 502 };
            Some(Fault::Broken(status))
        } else if after(broken, unheard) {
            Some(Fault::Unheard)
        } else if after(broken + unheard, lost) {
            Some(Fault::Lost)
        } else if after(broken + unheard + lost, flood) && method.starts_with("send") {
            Some(Fault::Flood(self.random.random_range(1..=5)))
        } else {
            None
        }
    }

    /// Whether acknowledged updates come again this time.
    pub(super) fn repeats(&mut self) -> bool {
        self.random.random_range(0..100) < self.rates.repeated
    }
}
