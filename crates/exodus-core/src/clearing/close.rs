//! Among equal totals, one that closes more obligations completely (rule K3).
//!
//! Obligations set off in part have a reduced cost of zero: shifting amounts along a cycle of them, forth on some and
//! back on others, changes no total. So they are gathered into a forest, one by one; whatever would close a cycle is
//! shifted until one of the cycle is wholly set off or not at all, in the direction that closes more of them. What is
//! left is a vertex of the face of optimal circulations. Trees are kept by parent, and the shallower one is turned
//! around when two are joined.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "nodes and arcs of one part; counts of nodes fit"
)]

use alloc::vec::Vec;

use super::{refine::Room, residual::Part, width::Width};

const NONE: u32 = u32::MAX;
/// Climbing ends after so many steps for every arc there is. Ordinary networks need less than one; this is for chains
/// of a million.
const EFFORT: usize = 64;

/// The ways from both ends of an arc to the root, or to where they meet: places of arcs that lead upwards.
#[derive(Default)]
struct Ways {
    from: Vec<u32>,
    to: Vec<u32>,
}

/// What shifting along a cycle one way would do.
struct Shift<A> {
    amount: A,
    closed: usize,
    ended: usize,
}

impl<W: Width> Room<W> {
    /// Gathers what is set off in part into a forest.
    pub(super) fn close(&mut self, part: &mut Part<'_, W>) {
        // By node, the place of the arc to its parent.
        let up = &mut self.current;
        up.fill(NONE);
        let mut ways = Ways::default();
        let mut left = part.heads.len() * EFFORT;
        for node in 0..part.nodes() {
            for place in part.arcs_of(node) {
                if part.heads[place].is_back() {
                    break;
                }
                if part.heads[place].in_part() {
                    join(part, up, &mut ways, place);
                    let steps = ways.from.len() + ways.to.len();
                    if steps > left {
                        return;
                    }
                    left -= steps;
                }
            }
        }
    }
}

/// Adds an arc to the forest, or shifts along the cycle that it closes.
fn join<W: Width>(part: &mut Part<'_, W>, up: &mut [u32], ways: &mut Ways, place: usize) {
    let (from, to) = (part.from(place), part.heads[place].to());
    if climb(part, up, ways, from, to) {
        shift(part, ways, place);
        for way in [&ways.from, &ways.to] {
            for &step in way {
                if !part.heads[step as usize].in_part() {
                    up[part.from(step as usize)] = NONE;
                }
            }
        }
        if !part.heads[place].in_part() {
            return;
        }
        climb(part, up, ways, from, to);
    }
    // Turn the shallower tree around, so that its end of the arc becomes its root.
    let twin = part.twins[place];
    let (way, mut node, mut arc) = if ways.from.len() <= ways.to.len() {
        (&ways.from, from, place as u32)
    } else {
        (&ways.to, to, twin)
    };
    for &step in way {
        let parent = part.heads[step as usize].to();
        up[node] = arc;
        arc = part.twins[step as usize];
        node = parent;
    }
    up[node] = arc;
}

/// Climbs from both ends to the roots. True when it is the same one; then the ways end where they meet.
fn climb<W: Width>(part: &Part<'_, W>, up: &[u32], ways: &mut Ways, from: usize, to: usize) -> bool {
    let rise = |mut node: usize, way: &mut Vec<u32>| {
        way.clear();
        while up[node] != NONE {
            way.push(up[node]);
            node = part.heads[up[node] as usize].to();
        }
        node
    };
    if rise(from, &mut ways.from) != rise(to, &mut ways.to) {
        return false;
    }
    while let (Some(one), Some(other)) = (ways.from.last(), ways.to.last())
        && one == other
    {
        ways.from.pop();
        ways.to.pop();
    }
    true
}

/// Shifts along a cycle: forth through the arc, up from its head, down to its tail; or the other way round.
fn shift<W: Width>(part: &mut Part<'_, W>, ways: &Ways, place: usize) {
    let forth = || {
        let down = ways.from.iter().map(|&step| part.twins[step as usize]);
        core::iter::once(place as u32)
            .chain(ways.to.iter().copied())
            .chain(down)
    };
    let round: Vec<u32> = forth().collect();
    let back: Vec<u32> = round.iter().map(|&step| part.twins[step as usize]).collect();
    let (one, other) = (look(part, &round), look(part, &back));
    let (way, shift) = if (other.closed, other.ended) > (one.closed, one.ended) {
        (back, other)
    } else {
        (round, one)
    };
    for step in way {
        part.push(step as usize, shift.amount);
    }
}

fn look<W: Width>(part: &Part<'_, W>, way: &[u32]) -> Shift<W::Amount> {
    let amounts = || way.iter().map(|&step| part.amounts[step as usize]);
    let amount = amounts().min().unwrap_or_default();
    let ends = |step: &&u32| part.amounts[**step as usize] == amount;
    Shift {
        amount,
        closed: way
            .iter()
            .filter(ends)
            .filter(|step| !part.heads[**step as usize].is_back())
            .count(),
        ended: way.iter().filter(ends).count(),
    }
}
