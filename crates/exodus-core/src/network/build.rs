//! A network from an edge list, at once: members are numbered by falling number of ties (then by id), rows are counted,
//! placed and sorted. That order keeps those whom most searches meet together in memory, and first in each row, where a
//! search from below looks first (Yasui, Fujisawa, Goto, "NUMA-optimized Parallel Breadth-first Search", IEEE Big Data
//! 2013, section IV).

use alloc::{collections::BTreeMap, vec, vec::Vec};

use super::{
    Full, Network,
    arena::{Arena, capacity, rung_for},
    layer::{FIRST, Layer, Part, Row, SECOND, THIRD},
    members::Members,
};
use crate::{amount::Amount, id::MemberId, member::Status};

/// What is written for an amount that is kept apart.
const LARGE: u32 = u32::MAX;

/// Edges that are becoming a [`Network`]. The same as applying them as records in this order, and much faster.
#[derive(Clone, Debug, Default)]
pub struct Edges {
    members: Members,
    support: Ties,
    bonds: Ties,
    referrals: Ties,
}

#[derive(Clone, Debug, Default)]
struct Ties {
    ties: Vec<Tie>,
    /// Amounts that do not fit: by which tie and which side.
    large: BTreeMap<(u32, bool), u64>,
}

#[derive(Clone, Copy, Debug)]
struct Tie {
    ends: [u32; 2],
    /// What each end gives.
    gives: [u32; 2],
}

impl Ties {
    fn push(&mut self, ends: [u32; 2], gives: [u64; 2]) -> Result<(), Full> {
        let nth = u32::try_from(self.ties.len())
            .ok()
            .filter(|nth| *nth < u32::MAX >> 1)
            .ok_or(Full)?;
        let [one, other] = gives;
        let tie = Tie {
            ends,
            gives: [self.written(nth, false, one), self.written(nth, true, other)],
        };
        self.ties.push(tie);
        Ok(())
    }

    fn written(&mut self, nth: u32, other: bool, amount: u64) -> u32 {
        match u32::try_from(amount) {
            Ok(small) if small != LARGE => small,
            _ => {
                self.large.insert((nth, other), amount);
                LARGE
            }
        }
    }
}

impl Edges {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// None yet, with room for so many ties of support and so many bonds.
    #[must_use]
    pub fn with_capacity(support: usize, bonds: usize) -> Self {
        let mut edges = Self::default();
        edges.support.ties.reserve_exact(support);
        edges.bonds.ties.reserve_exact(bonds);
        edges
    }

    /// A member, with their traffic light; whoever stands in an edge is known anyway, and green.
    ///
    /// # Errors
    /// [`Full`].
    pub fn member(&mut self, member: MemberId, status: Status) -> Result<(), Full> {
        let index = self.members.index_or_insert(member)?;
        self.members.set_status(index, status);
        Ok(())
    }

    /// A tie of support; of several between the same two the last counts. One of somebody to themselves is left out.
    ///
    /// # Errors
    /// [`Full`].
    pub fn support(&mut self, helper: MemberId, recipient: MemberId, amount: Amount) -> Result<(), Full> {
        let ends = self.ends(helper, recipient)?;
        self.support.push(ends, [amount.minor(), 0])
    }

    /// A bond, with what each side promises; of several between the same two the last counts.
    ///
    /// # Errors
    /// [`Full`].
    pub fn bond(
        &mut self,
        one: MemberId,
        other: MemberId,
        one_gives: Amount,
        other_gives: Amount,
    ) -> Result<(), Full> {
        let ends = self.ends(one, other)?;
        self.bonds.push(ends, [one_gives.minor(), other_gives.minor()])
    }

    /// Who invited whom.
    ///
    /// # Errors
    /// [`Full`].
    pub fn referral(&mut self, referrer: MemberId, member: MemberId) -> Result<(), Full> {
        let ends = self.ends(referrer, member)?;
        self.referrals.push(ends, [0, 0])
    }

    fn ends(&mut self, one: MemberId, other: MemberId) -> Result<[u32; 2], Full> {
        Ok([
            self.members.index_or_insert(one)?,
            self.members.index_or_insert(other)?,
        ])
    }

    /// The network of these edges.
    ///
    /// # Errors
    /// [`Full`].
    pub fn build(mut self) -> Result<Network, Full> {
        let new_index = self.renumber();
        let lay = |ties: &mut Ties, kind| {
            for tie in &mut ties.ties {
                for end in &mut tie.ends {
                    *end = new_index.get(*end as usize).copied().unwrap_or(*end);
                }
            }
            let laid = lay(ties, new_index.len(), kind);
            *ties = Ties::default();
            laid
        };
        let mut network = Network {
            support: lay(&mut self.support, Kind::Directed)?,
            bonds: lay(&mut self.bonds, Kind::Mutual)?,
            referrals: lay(&mut self.referrals, Kind::Directed)?,
            members: self.members,
            ..Network::default()
        };
        network.find_all_lowest();
        Ok(network)
    }

    /// Numbers members by falling number of ties; returns the new index of each old one.
    fn renumber(&mut self) -> Vec<u32> {
        let mut degrees: Vec<u32> = vec![0; self.members.len()];
        for ties in [&self.support, &self.bonds, &self.referrals] {
            for end in ties.ties.iter().flat_map(|tie| tie.ends) {
                if let Some(degree) = degrees.get_mut(end as usize) {
                    *degree = degree.saturating_add(1);
                }
            }
        }
        let degree = |index: u32| degrees.get(index as usize).copied().unwrap_or(0);
        let mut order: Vec<(u32, MemberId, u32)> = (0..self.members.len() as u32)
            .map(|index| {
                (
                    u32::MAX.wrapping_sub(degree(index)),
                    self.members.id(index),
                    index,
                )
            })
            .collect();
        order.sort_unstable();
        let mut new_index = vec![0; order.len()];
        for (new, &(_, _, old)) in (0_u32..).zip(&order) {
            if let Some(place) = new_index.get_mut(old as usize) {
                *place = new;
            }
        }
        let ids = order.iter().map(|&(_, id, _)| id.0).collect();
        let mark = |index: u32| self.members.marks().get(index as usize).copied().unwrap_or(0);
        let marks = order.iter().map(|&(_, _, old)| mark(old)).collect();
        // Every id stood once before.
        self.members = Members::of(ids, marks).unwrap_or_default();
        new_index
    }
}

impl Network {
    /// Finds every member's lowest nominal.
    pub(super) fn find_all_lowest(&mut self) {
        let lowest = |member: u32| {
            let amounts = self.bonds.part_with_amounts(member, FIRST);
            amounts.map(|(_, gives)| gives).min().unwrap_or(u64::MAX)
        };
        self.lowest = (0..self.bonds.rows() as u32).map(lowest).collect();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Directed,
    Mutual,
}

/// Lays ties out as rows.
fn lay(ties: &Ties, members: usize, kind: Kind) -> Result<Layer, Full> {
    let no_loops = || {
        let numbered = (0_u32..).zip(&ties.ties);
        numbered.filter(|(_, tie)| {
            let [one, other] = tie.ends;
            one != other
        })
    };
    // Where each row begins, by counting; then each end of each tie at its place.
    let mut begins: Vec<usize> = vec![0; members.saturating_add(1)];
    for end in no_loops().flat_map(|(_, tie)| tie.ends) {
        if let Some(count) = begins.get_mut((end as usize).saturating_add(1)) {
            *count = count.saturating_add(1);
        }
    }
    let mut sum: usize = 0;
    for begin in &mut begins {
        sum = sum.saturating_add(*begin);
        *begin = sum;
    }
    let mut entries: Vec<u64> = vec![0; sum];
    let mut next = begins.clone();
    for (nth, tie) in no_loops() {
        let [one, other] = tie.ends;
        for (member, neighbour, side) in [(one, other, 0), (other, one, 1)] {
            let Some(place) = next.get_mut(member as usize) else {
                continue;
            };
            if let Some(entry) = entries.get_mut(*place) {
                *entry = u64::from(neighbour) << 32 | u64::from(nth) << 1 | side;
            }
            *place = place.saturating_add(1);
        }
    }
    drop(next);
    let with_amounts = ties.ties.iter().any(|tie| tie.gives != [0, 0]);
    let mut out = Rows {
        kind,
        ties,
        parts: Default::default(),
        rows: Vec::with_capacity(members),
        rungs: Vec::with_capacity(members),
        slots: Vec::with_capacity(sum),
        beside: Vec::with_capacity(if with_amounts { sum } else { 0 }),
        with_amounts,
        large: BTreeMap::new(),
    };
    for (member, window) in (0_u32..).zip(begins.windows(2)) {
        let &[begin, end] = window else {
            continue;
        };
        let row = entries.get_mut(begin..end).unwrap_or_default();
        row.sort_unstable();
        out.row(member, row)?;
    }
    // Whoever has no tie of this kind and stands at the end needs no row.
    let used = out.rows.iter().rposition(|row| row.len() > 0);
    let used = used.map_or(0, |last| last.saturating_add(1));
    out.rows.truncate(used);
    out.rungs.truncate(used);
    out.rows.shrink_to_fit();
    out.rungs.shrink_to_fit();
    out.slots.shrink_to_fit();
    out.beside.shrink_to_fit();
    let arena = Arena::of(out.slots, out.beside);
    Ok(Layer::of(out.rows, out.rungs, arena, out.large))
}

struct Rows<'a> {
    kind: Kind,
    ties: &'a Ties,
    /// The row under way: who, and what is given; kept for its memory.
    parts: [Vec<(u32, u32)>; 3],
    rows: Vec<Row>,
    rungs: Vec<u8>,
    slots: Vec<u32>,
    beside: Vec<u32>,
    with_amounts: bool,
    large: BTreeMap<(u32, u32), u64>,
}

impl Rows<'_> {
    /// Adds the row of a member from its sorted entries: neighbour, number of the tie, which end of it the member is.
    fn row(&mut self, member: u32, entries: &[u64]) -> Result<(), Full> {
        for part in &mut self.parts {
            part.clear();
        }
        for same in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let Some(&last) = same.last() else {
                continue;
            };
            let neighbour = (last >> 32) as u32;
            let (part, given_in): (Part, Option<u64>) = match self.kind {
                Kind::Mutual => (FIRST, Some(last)),
                Kind::Directed => {
                    let out = same.iter().rev().find(|&&entry| entry & 1 == 0).copied();
                    let back = same.iter().any(|&entry| entry & 1 == 1);
                    let part = match (out, back) {
                        (Some(_), true) => SECOND,
                        (Some(_), false) => FIRST,
                        (None, _) => THIRD,
                    };
                    (part, out)
                }
            };
            let gives = given_in.map_or(0, |entry| self.gives(member, neighbour, entry));
            if let Some(part) = self.parts.get_mut(part) {
                part.push((neighbour, gives));
            }
        }
        let start = u32::try_from(self.slots.len()).map_err(|_| Full)?;
        let mut row = Row { start, ends: [0; 3] };
        let mut len: u32 = 0;
        for (part, end) in self.parts.iter().zip(&mut row.ends) {
            len = len.saturating_add(part.len() as u32);
            *end = len;
            self.slots.extend(part.iter().map(|&(neighbour, _)| neighbour));
            if self.with_amounts {
                self.beside.extend(part.iter().map(|&(_, gives)| gives));
            }
        }
        let rung = rung_for(len);
        let end = self
            .slots
            .len()
            .saturating_add(capacity(rung).saturating_sub(len) as usize);
        if u32::try_from(end).is_err() {
            return Err(Full);
        }
        self.slots.resize(end, 0);
        if self.with_amounts {
            self.beside.resize(end, 0);
        }
        self.rows.push(row);
        self.rungs.push(rung);
        Ok(())
    }

    /// What the member gives over a tie, as it is written beside the slot.
    fn gives(&mut self, member: u32, neighbour: u32, entry: u64) -> u32 {
        let nth = (entry as u32) >> 1;
        let other_end = entry & 1 == 1;
        let Some(tie) = self.ties.ties.get(nth as usize) else {
            return 0;
        };
        let [one, other] = tie.gives;
        let written = if other_end { other } else { one };
        if written == LARGE
            && let Some(&amount) = self.ties.large.get(&(nth, other_end))
        {
            self.large.insert((member, neighbour), amount);
        }
        written
    }
}
