//! Members by index: the graph counts them 0, 1, 2 …, the ledger by numbers with gaps (see `MemberId`).

use alloc::vec::Vec;

use super::{Full, arena::NONE};
use crate::{id::MemberId, member::Status};

const STATUS: u8 = 0b0011;
const RESTING: u8 = 0b0100;
const GONE: u8 = 0b1000;
const FINDABLE: u8 = 0b1_0000;

/// Who is in the graph: both ways between ids and indices, and what is known of each.
///
/// The way from an id to its index is a hash table with linear probing, at most three quarters full, whose hash is a
/// multiplication (Fibonacci hashing: Knuth, The Art of Computer Programming 3, section 6.4). O(1).
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    ids: Vec<u64>,
    marks: Vec<u8>,
    /// Indices, `NONE` where free; a power of two of them.
    table: Vec<u32>,
}

impl Members {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    #[inline]
    pub(super) fn id(&self, index: u32) -> MemberId {
        MemberId(self.ids.get(index as usize).copied().unwrap_or(u64::MAX))
    }

    pub(super) fn ids(&self) -> &[u64] {
        &self.ids
    }

    pub(super) fn marks(&self) -> &[u8] {
        &self.marks
    }

    pub(super) fn index(&self, id: MemberId) -> Option<u32> {
        self.probe(id.0).ok()
    }

    /// The index of an id, or the place in the table where it belongs.
    fn probe(&self, id: u64) -> Result<u32, usize> {
        let mask = self.table.len().wrapping_sub(1);
        if self.table.is_empty() {
            return Err(0);
        }
        // The high bits of the product are the well mixed ones.
        let shift = (self.table.len() as u64).leading_zeros().saturating_add(1);
        let hash = id.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut place = hash.checked_shr(shift).unwrap_or(0) as usize & mask;
        while let Some(&index) = self.table.get(place) {
            if index == NONE {
                break;
            }
            if self.ids.get(index as usize) == Some(&id) {
                return Ok(index);
            }
            place = place.wrapping_add(1) & mask;
        }
        Err(place)
    }

    /// The index of an id, given to it now if it has none.
    pub(super) fn index_or_insert(&mut self, id: MemberId) -> Result<u32, Full> {
        if let Ok(index) = self.probe(id.0) {
            return Ok(index);
        }
        let index = u32::try_from(self.ids.len()).map_err(|_| Full)?;
        if index == NONE {
            return Err(Full);
        }
        if self.ids.len().saturating_mul(4) >= self.table.len().saturating_mul(3) {
            self.rehash(self.ids.len().saturating_add(1));
        }
        self.ids.push(id.0);
        self.marks.push(0);
        if let Err(place) = self.probe(id.0)
            && let Some(here) = self.table.get_mut(place)
        {
            *here = index;
        }
        Ok(index)
    }

    /// Makes the table anew, for so many members at up to three quarters.
    fn rehash(&mut self, members: usize) {
        let wanted = members.saturating_mul(4).div_ceil(3).max(8).next_power_of_two();
        self.table.clear();
        self.table.resize(wanted, NONE);
        for index in 0..self.ids.len() {
            let id = self.ids.get(index).copied().unwrap_or(0);
            if let Err(place) = self.probe(id)
                && let Some(here) = self.table.get_mut(place)
            {
                *here = index as u32;
            }
        }
    }

    /// Members in that order. `None` if an id stands twice, a mark is unknown, or there are too many.
    pub(super) fn of(ids: Vec<u64>, marks: Vec<u8>) -> Option<Self> {
        let known = marks
            .iter()
            .all(|&mark| mark & !(STATUS | RESTING | GONE | FINDABLE) == 0 && mark & STATUS != STATUS);
        if ids.len() != marks.len() || ids.len() >= NONE as usize || !known {
            return None;
        }
        let mut members = Self {
            ids,
            marks,
            table: Vec::new(),
        };
        members.rehash(members.ids.len());
        let each_once = members
            .ids
            .iter()
            .zip(0_u32..)
            .all(|(&id, index)| members.probe(id) == Ok(index));
        each_once.then_some(members)
    }

    #[inline]
    fn mark(&self, index: u32) -> u8 {
        self.marks.get(index as usize).copied().unwrap_or(0)
    }

    fn set(&mut self, index: u32, mark: u8) -> bool {
        match self.marks.get_mut(index as usize) {
            Some(here) if *here != mark => {
                *here = mark;
                true
            }
            _ => false,
        }
    }

    pub(super) fn status(&self, index: u32) -> Status {
        match self.mark(index) & STATUS {
            1 => Status::Orange,
            2 => Status::Red,
            _ => Status::Green,
        }
    }

    pub(super) fn set_status(&mut self, index: u32, status: Status) -> bool {
        let bits = match status {
            Status::Green => 0,
            Status::Orange => 1,
            Status::Red => 2,
        };
        self.set(index, self.mark(index) & !STATUS | bits)
    }

    pub(super) fn is_resting(&self, index: u32) -> bool {
        self.mark(index) & RESTING != 0
    }

    pub(super) fn set_resting(&mut self, index: u32, resting: bool) -> bool {
        let bits = if resting { RESTING } else { 0 };
        self.set(index, self.mark(index) & !RESTING | bits)
    }

    pub(super) fn is_findable(&self, index: u32) -> bool {
        self.mark(index) & FINDABLE != 0
    }

    pub(super) fn set_findable(&mut self, index: u32, findable: bool) -> bool {
        let bits = if findable { FINDABLE } else { 0 };
        self.set(index, self.mark(index) & !FINDABLE | bits)
    }

    pub(super) fn is_gone(&self, index: u32) -> bool {
        self.mark(index) & GONE != 0
    }

    pub(super) fn set_gone(&mut self, index: u32) -> bool {
        self.set(index, self.mark(index) | GONE)
    }

    pub(super) fn bytes(&self) -> usize {
        let ids = self.ids.capacity().saturating_mul(size_of::<u64>());
        let table = self.table.capacity().saturating_mul(size_of::<u32>());
        ids.saturating_add(table).saturating_add(self.marks.capacity())
    }
}
