//! Random histories, drawn for these tests.

pub(super) use crate::random::History;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// A history of so many steps, and the number of each event's command.
pub(super) fn history(seed: u64, people: usize, steps: usize) -> (History, Vec<u128>) {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut history = History::of(people);
    let mut commands: Vec<u128> = (1..).take(history.events.len()).collect();
    for step in 0..steps {
        history.pass(dice.random());
        if dice.random_bool(0.4) {
            history.tick();
        }
        let (by, command) = history.draw(dice.random());
        let _ = history.give(by, command);
        commands.resize(history.events.len(), 1_000_000 + step as u128);
    }
    (history, commands)
}
