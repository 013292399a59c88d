//! Solving the parts: one after another, or side by side with the feature `parallel`. No part knows of another, so the
//! solution is the same.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts of arcs, and levels within a part, fit"
)]

use core::sync::atomic::{AtomicUsize, Ordering};

use super::{
    refine::{Interrupted, Room},
    residual::{Part, Residual},
    watch::{Progress, Stopped, Watch, go_on},
    width::{Price, Width},
};

/// The price of a unit of cost in the first pass, and by how much it grows from pass to pass.
const FINER: i32 = 8;
/// How often a whole price is mended before it is left to the next pass.
const PATIENCE: u32 = 4;

/// Solves all parts; `ends` says where each one's nodes end.
pub(super) fn solve<W: Width>(
    residual: &mut Residual<W>,
    ends: &[u32],
    watch: &dyn Watch,
) -> Result<(), Interrupted> {
    let tally = Tally {
        watch,
        of: residual.heads.len() / 2,
        done: AtomicUsize::new(0),
    };
    let parts = residual.parts(ends);
    #[cfg(feature = "parallel")]
    if parts.len() > 1 && tally.of > side_by_side::WORTHWHILE {
        return side_by_side::solve(parts, &tally);
    }
    let mut room = Room::new();
    for mut part in parts {
        solve_part(&mut part, &mut room, |open, pass| tally.say(open, pass))?;
        tally.add(&part);
    }
    Ok(())
}

/// How far all parts together are.
struct Tally<'a> {
    watch: &'a dyn Watch,
    of: usize,
    done: AtomicUsize,
}

impl Tally<'_> {
    fn say(&self, open: u64, pass: u32) -> Result<(), Stopped> {
        let progress = Progress {
            done: self.done.load(Ordering::Relaxed) as u64,
            of: self.of as u64,
            open,
            pass,
        };
        go_on(self.watch, progress)
    }

    fn add<W: Width>(&self, part: &Part<'_, W>) {
        self.done.fetch_add(part.heads.len() / 2, Ordering::Relaxed);
    }
}

/// Solves one part: sets off the most there is, and leaves the levels that prove it.
fn solve_part<W: Width>(
    part: &mut Part<'_, W>,
    room: &mut Room<W>,
    between: impl FnMut(u64, u32) -> Result<(), Stopped>,
) -> Result<(), Interrupted> {
    room.fit(part.nodes());
    optimise(part, room, between)?;
    room.close(part);
    let top = room.prices.iter().max().copied().unwrap_or_default();
    for (level, price) in part.levels.iter_mut().zip(&room.prices) {
        let height: i64 = (top - *price).into();
        *level = u32::try_from(height).map_err(|_| Interrupted::OutOfRange)?;
    }
    Ok(())
}

/// From whatever is set off, and whole prices of some worth, to an optimum and whole prices that prove it.
pub(super) fn optimise<W: Width>(
    part: &mut Part<'_, W>,
    room: &mut Room<W>,
    mut between: impl FnMut(u64, u32) -> Result<(), Stopped>,
) -> Result<(), Interrupted> {
    // A circulation optimal up to ε is optimal when a unit of cost is more than ε times the nodes: then the prices need
    // no patience to be mended, and the loop ends.
    let finest = i32::try_from(part.nodes() + 1).unwrap_or(i32::MAX);
    let (mut one, mut pass) = (1, 0);
    while room.saturate(part) {
        pass += 1;
        one = FINER.saturating_mul(one).min(finest);
        for price in &mut room.prices {
            *price = price.times(one).ok_or(Interrupted::OutOfRange)?;
        }
        room.route(part, W::Price::from(one), |open| between(open as u64, pass))?;
        let patience = if one == finest { u32::MAX } else { PATIENCE };
        room.make_whole(part, one, patience)?;
    }
    Ok(())
}

#[cfg(feature = "parallel")]
mod side_by_side {
    //! The largest parts first, each taken by whichever thread is free.

    extern crate std;

    use alloc::vec::Vec;
    use core::{
        cmp::Reverse,
        num::NonZero,
        sync::atomic::{AtomicBool, Ordering},
    };
    use std::{sync::Mutex, thread};

    use super::{Interrupted, Part, Room, Stopped, Tally, Width, solve_part};

    /// With fewer pairs of parties, starting threads takes longer than they save.
    pub(super) const WORTHWHILE: usize = 10_000;

    pub(super) fn solve<W: Width>(mut parts: Vec<Part<'_, W>>, tally: &Tally<'_>) -> Result<(), Interrupted> {
        parts.sort_by_key(|part| Reverse(part.heads.len()));
        let threads = thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(parts.len());
        let (waiting, ended) = (Mutex::new(parts.into_iter()), AtomicBool::new(false));
        let work = || {
            let mut room = Room::new();
            loop {
                let next = waiting.lock().map_or(None, |mut waiting| waiting.next());
                let Some(mut part) = next else { return Ok(()) };
                let solved = solve_part(&mut part, &mut room, |open, pass| {
                    if ended.load(Ordering::Relaxed) {
                        return Err(Stopped);
                    }
                    tally.say(open, pass)
                });
                tally.add(&part);
                if let Err(interrupted) = solved {
                    // What the others find is of no use any more.
                    ended.store(true, Ordering::Relaxed);
                    return Err(interrupted);
                }
            }
        };
        let outcomes: Vec<Result<(), Interrupted>> = thread::scope(|scope| {
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            handles
                .into_iter()
                .map(|handle| handle.join().unwrap_or(Err(Interrupted::OutOfRange)))
                .collect()
        });
        // Being out of range makes the others stop; so it is what counts.
        match outcomes
            .iter()
            .find(|outcome| matches!(outcome, Err(Interrupted::OutOfRange)))
        {
            Some(out_of_range) => *out_of_range,
            None => outcomes.into_iter().collect(),
        }
    }
}
