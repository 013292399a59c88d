//! Expand my network (N2): members in need in the networks of a member's network who may be found, nearest first, each
//! with the chain that leads there. Helping one of them makes two networks meet.

use alloc::vec::Vec;

use super::{Network, Scratch, chain::Links};
use crate::{id::MemberId, member::Status};

/// The most ties between a member and somebody in the network of their network: two and two.
const FARTHEST: usize = 4;

/// Somebody in need, not in one's network yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// Who.
    pub member: MemberId,
    /// Orange or red.
    pub status: Status,
    /// Whose network they are in, of the member's network; of several, the one whose id comes first. Not always on the
    /// chain: that is the shortest way, and a network reaches two steps over support.
    pub through: MemberId,
    /// The shortest way there over support, bonds and referrals, both at its ends. At most four ties.
    pub chain: Vec<MemberId>,
}

impl Network {
    /// The nearest `limit` members in need in the networks of a member's network, who are not in theirs; nearest first,
    /// then by id. Somebody to whom every way leads through a member that `member` blocks, or is blocked by, is left out.
    #[must_use]
    pub fn expand(&self, scratch: &mut Scratch, member: MemberId, limit: usize) -> Vec<Found> {
        let Some(middle) = self.here(member) else {
            return Vec::new();
        };
        let (near, wanted) = self.in_need_beyond(scratch, middle);
        let mut found = Vec::new();
        for level in self.by_distance(scratch, middle, wanted, limit) {
            let mut nearest: Vec<(MemberId, u32)> = level
                .into_iter()
                .map(|index| (self.members.id(index), index))
                .collect();
            nearest.sort_unstable();
            for (id, index) in nearest {
                if found.len() >= limit {
                    return found;
                }
                if let Some(chain) = self.chain_over(scratch, middle, index, Links::Any)
                    && let Some(through) = self.meeting_network(scratch, &near, index)
                {
                    found.push(Found {
                        member: id,
                        status: self.members.status(index),
                        through,
                        chain: chain.into_iter().map(|on_it| self.members.id(on_it)).collect(),
                    });
                }
            }
        }
        found
    }

    /// Of those sorted, the one with the lowest id in whose network somebody is: being in each other's is mutual.
    fn meeting_network(&self, scratch: &mut Scratch, near: &[u32], other: u32) -> Option<MemberId> {
        self.network_of(scratch, other);
        let theirs = scratch.queue.get(1..scratch.reached()).unwrap_or(&[]);
        let both = theirs.iter().filter(|one| near.binary_search(one).is_ok());
        both.map(|&one| self.members.id(one)).min()
    }

    /// The network of one in the middle, sorted; and members in need in the networks of those, but not in that, who may
    /// be found, in no order.
    fn in_need_beyond(&self, scratch: &mut Scratch, middle: u32) -> (Vec<u32>, Vec<u32>) {
        self.network_of(scratch, middle);
        let own: Vec<u32> = scratch.queue.get(..scratch.reached()).unwrap_or(&[]).to_vec();
        // All their networks at once: one search that begins at all of them.
        scratch.begin(self.members.len());
        let near = own.get(1..).unwrap_or(&[]);
        scratch.start_all(near);
        self.spread_support(scratch, 2);
        for &one in near {
            for &other in self.bonds.first(one) {
                scratch.append(other);
            }
            for other in self.referral_ties(one) {
                scratch.append(other);
            }
        }
        let reached = scratch.queue.get(near.len()..scratch.reached()).unwrap_or(&[]);
        let mut wanted: Vec<u32> = reached
            .iter()
            .copied()
            .filter(|&other| {
                other != middle
                    && self.members.status(other) != Status::Green
                    && self.members.is_findable(other)
                    && !self.members.is_gone(other)
                    && !self.blocks.contains_key(&(middle, other))
            })
            .collect();
        let mut near = near.to_vec();
        near.sort_unstable();
        // The one search asks of no pair whether they block each other; whoever blocks, or is blocked by, anybody is
        // looked at again, from their side.
        wanted.retain(|&other| {
            self.apart_from(other).next().is_none() || self.meeting_network(scratch, &near, other).is_some()
        });
        (near, wanted)
    }

    /// Those wanted, by how many ties away from the middle they are, as far as four; no more levels than `limit` needs.
    fn by_distance(
        &self,
        scratch: &mut Scratch,
        middle: u32,
        mut wanted: Vec<u32>,
        limit: usize,
    ) -> Vec<Vec<u32>> {
        wanted.sort_unstable();
        let mut levels = Vec::new();
        let mut count: usize = 0;
        scratch.begin(self.members.len());
        self.begin_at(scratch, middle);
        while scratch.levels.len() <= FARTHEST && count < limit.min(wanted.len()) {
            let end = scratch.reached();
            let last = scratch.levels.len().saturating_sub(1);
            let level: Vec<u32> = scratch.level(last).to_vec();
            scratch.levels.push(end as u32);
            for one in level {
                let rows = [self.support.all(one), self.bonds.all(one)];
                let rows = rows.into_iter().flatten().copied();
                for other in rows.chain(self.referral_ties(one)) {
                    scratch.append(other);
                }
            }
            let reached = scratch.queue.get(end..scratch.reached()).unwrap_or(&[]);
            if reached.is_empty() {
                break;
            }
            let found: Vec<u32> = reached
                .iter()
                .copied()
                .filter(|other| wanted.binary_search(other).is_ok())
                .collect();
            count = count.saturating_add(found.len());
            levels.push(found);
        }
        levels
    }
}
