//! Solving the parts, one after another or side by side.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part"
)]

use core::ops::ControlFlow;

use super::{
    Error,
    refine::Room,
    residual::{Part, Residual},
    watch::{Progress, Stopped, Watch},
};

pub(super) fn solve(residual: &mut Residual, watch: &dyn Watch) -> Result<(), Error> {
    let of = residual.heads.len() as u64 / 2;
    let mut done = 0;
    let mut room = Room::default();
    for mut part in residual.parts() {
        let own = part.heads.len() as u64 / 2;
        solve_part(&mut part, &mut room, |open, pass| {
            match watch.progress(Progress { done, of, open, pass }) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Stopped),
            }
        })?;
        done += own;
    }
    Ok(())
}

/// Solves one part: sets off the most there is, and leaves the levels that prove it.
fn solve_part(
    part: &mut Part<'_>,
    room: &mut Room,
    mut between: impl FnMut(u64, u32) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    room.for_part(part);
    let mut one = super::tune(0) as i32;
    let mut pass = 0;
    loop {
        pass += 1;
        for level in part.levels.iter_mut() {
            *level *= one;
        }
        room.saturate(part, one);
        if part.nodes()>1000 { super::lap("saturated"); }
        room.route(part, one, |open| between(open as u64, pass))?;
        if part.nodes()>1000 { super::lap("routed"); }
        let last = one > part.nodes() as i32;
        let patience = if last { usize::MAX } else { part.heads.len() * 8 };
        let ok = room.prove(part, one, patience);
        if part.nodes()>1000 { super::lap(if ok {"proved"} else {"not proved"}); }
        if ok {
            break;
        }
        one *= super::tune(1) as i32;
        if pass >= 3 { one = (part.nodes() as i32 + 1).max(one); }
    }
    let top = part.levels.iter().copied().max().unwrap_or(0);
    for level in part.levels.iter_mut() {
        *level = top - *level;
    }
    Ok(())
}
