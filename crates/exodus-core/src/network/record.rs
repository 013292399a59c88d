//! What changes the network, one record at a time.
//!
//! Records say how things are, not how they became so: telling one twice changes nothing, and a tie told again takes its
//! new amounts.

use alloc::vec::Vec;

use super::{
    Full, Hidden, Network,
    layer::{FIRST, SECOND},
    pair,
};
use crate::{amount::Amount, id::MemberId, member::Status};

/// The first of a pair blocks the second.
pub(super) const BLOCKS: u8 = 1;
/// The second blocks the first.
const BLOCKED: u8 = 2;

/// Something that holds between members from now on. Whoever is named is known from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(
    missing_docs,
    reason = "the fields are the members and amounts that each record names"
)]
pub enum Record {
    /// A member, with their traffic light (M4).
    Member { member: MemberId, status: Status },
    /// Whether a member in need may be found by the networks of their network (N2); not unless told.
    Findable { member: MemberId, findable: bool },
    /// A member's bonds rest, or wake (N8a): a bond rests while either side does.
    Rest { member: MemberId, resting: bool },
    /// A member left for good (M11): their support and bonds end, and they are in nobody's network.
    Left { member: MemberId },
    /// A record holds the helper in a circle of the recipient.
    Support {
        helper: MemberId,
        recipient: MemberId,
        amount: Amount,
    },
    /// … and no record does any more.
    SupportEnded { helper: MemberId, recipient: MemberId },
    /// Two stand by each other (N6), each with what they promise the other.
    Bond {
        one: MemberId,
        other: MemberId,
        one_gives: Amount,
        other_gives: Amount,
    },
    /// … and do so no more (N8).
    BondEnded { one: MemberId, other: MemberId },
    /// Who invited whom (N4); kept for ever.
    Referred { referrer: MemberId, member: MemberId },
    /// One blocks another (M9): no tie between the two counts.
    Blocked { by: MemberId, other: MemberId },
    /// … and no more: what was between them counts again.
    Unblocked { by: MemberId, other: MemberId },
    /// Whether something is overdue or defaulted between two members: while so, a referral makes no tie (N1).
    Strained {
        one: MemberId,
        other: MemberId,
        strained: bool,
    },
}

impl Network {
    /// Lets a record hold. Returns whether it changed anything; a tie of somebody to themselves, or with somebody who
    /// left, never does.
    ///
    /// # Errors
    /// [`Full`], and nothing has changed but that members may be known now.
    pub fn apply(&mut self, record: &Record) -> Result<bool, Full> {
        match *record {
            Record::Member { member, status } => {
                let known = self.members.len();
                let member = self.members.index_or_insert(member)?;
                Ok(self.members.set_status(member, status) || self.members.len() > known)
            }
            Record::Findable { member, findable } => {
                let member = self.members.index_or_insert(member)?;
                Ok(self.members.set_findable(member, findable))
            }
            Record::Rest { member, resting } => {
                let member = self.members.index_or_insert(member)?;
                self.rest(member, resting)
            }
            Record::Left { member } => {
                let member = self.members.index_or_insert(member)?;
                self.leave(member);
                Ok(self.members.set_gone(member))
            }
            Record::Support {
                helper,
                recipient,
                amount,
            } => {
                let Some((helper, recipient)) = self.two(helper, recipient)? else {
                    return Ok(false);
                };
                match self.hidden_between(helper, recipient) {
                    Some(hidden) => {
                        let place = if helper < recipient {
                            &mut hidden.support
                        } else {
                            &mut hidden.back
                        };
                        Ok(place.replace(amount.minor()) != Some(amount.minor()))
                    }
                    None => self.support.point(helper, recipient, amount.minor()),
                }
            }
            Record::SupportEnded { helper, recipient } => {
                let Some((helper, recipient)) = self.two(helper, recipient)? else {
                    return Ok(false);
                };
                Ok(match self.hidden_between(helper, recipient) {
                    Some(hidden) if helper < recipient => hidden.support.take().is_some(),
                    Some(hidden) => hidden.back.take().is_some(),
                    None => self.support.unpoint(helper, recipient),
                })
            }
            Record::Bond {
                one,
                other,
                one_gives,
                other_gives,
            } => {
                let Some((one, other)) = self.two(one, other)? else {
                    return Ok(false);
                };
                let (one_gives, other_gives) = (one_gives.minor(), other_gives.minor());
                match self.hidden_between(one, other) {
                    Some(hidden) => {
                        let bond = if one < other {
                            (one_gives, other_gives)
                        } else {
                            (other_gives, one_gives)
                        };
                        Ok(hidden.bond.replace(bond) != Some(bond))
                    }
                    None => self.tie(one, other, one_gives, other_gives),
                }
            }
            Record::BondEnded { one, other } => {
                let Some((one, other)) = self.two(one, other)? else {
                    return Ok(false);
                };
                Ok(match self.hidden_between(one, other) {
                    Some(hidden) => hidden.bond.take().is_some(),
                    None => self.untie(one, other).is_some(),
                })
            }
            Record::Referred { referrer, member } => {
                let referrer = self.members.index_or_insert(referrer)?;
                let member = self.members.index_or_insert(member)?;
                if referrer == member {
                    return Ok(false);
                }
                self.referrals.point(referrer, member, 0)
            }
            Record::Blocked { by, other } => {
                let by = self.members.index_or_insert(by)?;
                let other = self.members.index_or_insert(other)?;
                Ok(by != other && self.block(by, other))
            }
            Record::Unblocked { by, other } => match (self.members.index(by), self.members.index(other)) {
                (Some(by), Some(other)) => self.unblock(by, other),
                _ => Ok(false),
            },
            Record::Strained { one, other, strained } => {
                let one = self.members.index_or_insert(one)?;
                let other = self.members.index_or_insert(other)?;
                Ok(match strained {
                    true if one != other => self.strained.insert(pair(one, other)),
                    true => false,
                    false => self.strained.remove(&pair(one, other)),
                })
            }
        }
    }

    /// Two different members who are here.
    fn two(&mut self, one: MemberId, other: MemberId) -> Result<Option<(u32, u32)>, Full> {
        let one = self.members.index_or_insert(one)?;
        let other = self.members.index_or_insert(other)?;
        let gone = self.members.is_gone(one) || self.members.is_gone(other);
        Ok((one != other && !gone).then_some((one, other)))
    }

    /// Where ties of two who block each other are kept.
    fn hidden_between(&mut self, one: u32, other: u32) -> Option<&mut Hidden> {
        self.blocks
            .contains_key(&(one, other))
            .then(|| self.hidden.entry(pair(one, other)).or_default())
    }

    // ---- bonds ------------------------------------------------------------------------------------------------------

    fn tie(&mut self, one: u32, other: u32, one_gives: u64, other_gives: u64) -> Result<bool, Full> {
        let part = self.part_of_bond(one, other);
        let (here, there) = (self.bonds.find(one, other), self.bonds.find(other, one));
        if here == Some((part, one_gives)) && there == Some((part, other_gives)) {
            return Ok(false);
        }
        if here.is_none() {
            self.bonds.has_room(one, other)?;
        }
        self.bonds.put(one, part, other, one_gives);
        self.bonds.put(other, part, one, other_gives);
        self.find_lowest(one);
        self.find_lowest(other);
        Ok(true)
    }

    fn untie(&mut self, one: u32, other: u32) -> Option<(u64, u64)> {
        let (_, one_gives) = self.bonds.find(one, other)?;
        let (_, other_gives) = self.bonds.find(other, one)?;
        self.bonds.take(one, other);
        self.bonds.take(other, one);
        self.find_lowest(one);
        self.find_lowest(other);
        Some((one_gives, other_gives))
    }

    fn part_of_bond(&self, one: u32, other: u32) -> usize {
        if self.members.is_resting(one) || self.members.is_resting(other) {
            SECOND
        } else {
            FIRST
        }
    }

    /// Finds a member's lowest nominal again, after one of their bonds changed.
    pub(super) fn find_lowest(&mut self, member: u32) {
        let lowest = self
            .bonds
            .part_with_amounts(member, FIRST)
            .map(|(_, gives)| gives)
            .min();
        let (at, lowest) = (member as usize, lowest.unwrap_or(u64::MAX));
        if at >= self.lowest.len() {
            if at >= self.lowest.capacity() {
                let len = self.lowest.len();
                self.lowest
                    .reserve_exact((len >> 4).max(64).max(at.saturating_add(1).saturating_sub(len)));
            }
            self.lowest.resize(at.saturating_add(1), u64::MAX);
        }
        if let Some(here) = self.lowest.get_mut(at) {
            *here = lowest;
        }
    }

    fn rest(&mut self, member: u32, resting: bool) -> Result<bool, Full> {
        let changed = self.members.set_resting(member, resting);
        if changed {
            let bonded: Vec<u32> = self.bonds.all(member).to_vec();
            for other in bonded {
                if let (Some((_, gives)), Some((_, takes))) =
                    (self.bonds.find(member, other), self.bonds.find(other, member))
                {
                    self.tie(member, other, gives, takes)?;
                }
            }
        }
        Ok(changed)
    }

    // ---- blocks, leaving --------------------------------------------------------------------------------------------

    fn block(&mut self, by: u32, other: u32) -> bool {
        let first = !self.blocks.contains_key(&(by, other));
        let changed = self.mark_block(by, other);
        if first {
            let (low, high) = pair(by, other);
            let hidden = Hidden {
                support: self.support.arrow(low, high),
                back: self.support.arrow(high, low),
                bond: self.untie(low, high),
            };
            self.support.take(low, high);
            self.support.take(high, low);
            if hidden != Hidden::default() {
                self.hidden.insert((low, high), hidden);
            }
        }
        changed
    }

    /// Notes a block under both. Returns whether it is new.
    pub(super) fn mark_block(&mut self, by: u32, other: u32) -> bool {
        let here = self.blocks.entry((by, other)).or_default();
        let new = *here & BLOCKS == 0;
        *here |= BLOCKS;
        *self.blocks.entry((other, by)).or_default() |= BLOCKED;
        new
    }

    fn unblock(&mut self, by: u32, other: u32) -> Result<bool, Full> {
        let Some(&marks) = self
            .blocks
            .get(&(by, other))
            .filter(|&&marks| marks & BLOCKS != 0)
        else {
            return Ok(false);
        };
        if marks & BLOCKED != 0 {
            self.blocks.insert((by, other), BLOCKED);
            self.blocks.insert((other, by), BLOCKS);
            return Ok(true);
        }
        self.support.has_room(by, other)?;
        self.bonds.has_room(by, other)?;
        self.blocks.remove(&(by, other));
        self.blocks.remove(&(other, by));
        let (low, high) = pair(by, other);
        let hidden = self.hidden.remove(&(low, high)).unwrap_or_default();
        if let Some(amount) = hidden.support {
            self.support.point(low, high, amount)?;
        }
        if let Some(amount) = hidden.back {
            self.support.point(high, low, amount)?;
        }
        if let Some((low_gives, high_gives)) = hidden.bond {
            self.tie(low, high, low_gives, high_gives)?;
        }
        Ok(true)
    }

    fn leave(&mut self, member: u32) {
        let supported: Vec<u32> = self.support.all(member).to_vec();
        for other in supported {
            self.support.take(member, other);
            self.support.take(other, member);
        }
        let bonded: Vec<u32> = self.bonds.all(member).to_vec();
        for other in bonded {
            self.untie(member, other);
        }
        let apart: Vec<u32> = self.apart_from(member).collect();
        for other in apart {
            self.hidden.remove(&pair(member, other));
        }
    }
}
