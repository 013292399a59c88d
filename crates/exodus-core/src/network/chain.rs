//! The shortest chain of acquaintance between two members (N3): breadth first from both ends, always the end with fewer
//! ties to look at (Pohl, "Bi-directional search", Machine Intelligence 6, 1971).
//!
//! Of several shortest chains the answer is the one whose ids come first, so that it depends on nothing but the records.
//! From the near end, members of a level stand in the order of the chains that lead to them: children of one parent
//! together, by id. Then the first in that order who is tied to the far side is on the answer. From the far end only the
//! levels are kept; the rest of the chain takes the lowest id of each.

use alloc::vec::Vec;

use super::{Network, Scratch};
use crate::id::MemberId;

/// Which ties a chain may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// Support in either direction, and bonds, resting or not (N3).
    Acquaintance,
    /// Referrals too: what makes networks meet (N2).
    Any,
}

/// Levels below this size are compared one by one with somebody's row.
const FEW: usize = 16;

/// One side of the search that is under way.
#[derive(Clone, Copy)]
struct Level {
    begin: usize,
    end: usize,
}

impl Network {
    /// The shortest chain from one member to another, both at its ends, never through or to somebody between whom and
    /// `from` there is a block. `None` where none leads, and when either is unknown or has left.
    #[must_use]
    pub fn chain(&self, scratch: &mut Scratch, from: MemberId, to: MemberId) -> Option<Vec<MemberId>> {
        let (from, to) = (self.here(from)?, self.here(to)?);
        let chain = self.chain_over(scratch, from, to, Links::Acquaintance)?;
        Some(chain.into_iter().map(|index| self.members.id(index)).collect())
    }

    pub(super) fn chain_over(
        &self,
        scratch: &mut Scratch,
        from: u32,
        to: u32,
        links: Links,
    ) -> Option<Vec<u32>> {
        if from == to {
            return Some([from].into());
        }
        if self.blocks.contains_key(&(from, to)) {
            return None;
        }
        let members = self.members.len();
        scratch.begin(members);
        scratch.begin_other(members);
        scratch.parents.resize(scratch.queue.len(), 0);
        self.begin_at(scratch, from);
        scratch.other.set(to);
        scratch.other_queue.push(to);
        let mut search = Search {
            network: self,
            links,
            from,
            scratch,
            ahead: Level { begin: 0, end: 1 },
            behind: [Level { begin: 0, end: 1 }].into(),
        };
        let (place, meeting) = search.meet()?;
        // What was reached is forgotten by the next search.
        let mut chain = search.way_to(place);
        search.way_from(meeting, &mut chain);
        Some(chain)
    }

    /// Rows of those tied to a member, and the rest of them one by one.
    fn ties_of(&self, member: u32, links: Links) -> ([&[u32]; 2], impl Iterator<Item = u32>) {
        let rows = [self.support.all(member), self.bonds.all(member)];
        let referrals = (links == Links::Any).then(|| self.referral_ties(member));
        (rows, referrals.into_iter().flatten())
    }

    fn are_tied(&self, one: u32, other: u32, links: Links) -> bool {
        self.support.find(one, other).is_some()
            || self.bonds.find(one, other).is_some()
            || links == Links::Any && self.referral_ties(one).any(|tied| tied == other)
    }
}

struct Search<'a, 's> {
    network: &'a Network,
    links: Links,
    from: u32,
    scratch: &'s mut Scratch,
    /// The last level from the near end, in `queue`, with `parents` beside it.
    ahead: Level,
    /// All levels from the far end, in `other_queue`.
    behind: Vec<Level>,
}

impl Search<'_, '_> {
    /// Where in the queue the last one on the near side stands, and the first on the far side they are tied to.
    fn meet(&mut self) -> Option<(usize, u32)> {
        loop {
            let behind = *self.behind.last()?;
            let near = self.scratch.queue.get(self.ahead.begin..self.ahead.end)?;
            let far = self.scratch.other_queue.get(behind.begin..behind.end)?;
            if near.is_empty() || far.is_empty() {
                return None;
            }
            if self.work(near) <= self.work(far) {
                if let Some(found) = self.go_ahead(true) {
                    return Some(found);
                }
            } else if self.go_behind(behind) {
                return self.go_ahead(false);
            }
        }
    }

    /// How many ties a level has.
    fn work(&self, level: &[u32]) -> usize {
        level.iter().fold(0, |sum, &member| {
            let ([support, bonds], _) = self.network.ties_of(member, self.links);
            sum.saturating_add(support.len()).saturating_add(bonds.len())
        })
    }

    /// Looks on from the near side, in the order of chains, until somebody is tied to the far side. `further`: those
    /// newly seen become the next level.
    fn go_ahead(&mut self, further: bool) -> Option<(usize, u32)> {
        let Level { begin, end } = self.ahead;
        let mut tail = end;
        let mut group = begin;
        while group < end {
            let parent = self.scratch.parents.get(group).copied();
            let of_one = self.scratch.parents.get(group..end).unwrap_or(&[]).iter();
            let count = of_one.take_while(|&&other| Some(other) == parent).count();
            let next = group.saturating_add(count.max(1));
            self.put_in_order(group, next);
            for place in group..next {
                let member = self.scratch.queue.get(place).copied()?;
                let (rows, rest) = self.network.ties_of(member, self.links);
                let mut met = false;
                let mut look = |other: u32| {
                    met |= self.scratch.other.has(other);
                    if further {
                        let new = self.scratch.seen.add(other);
                        if let (Some(here), Some(parent)) = (
                            self.scratch.queue.get_mut(tail),
                            self.scratch.parents.get_mut(tail),
                        ) {
                            (*here, *parent) = (other, place as u32);
                        }
                        tail = tail.wrapping_add(usize::from(new));
                    }
                };
                rows.into_iter().flatten().for_each(|&other| look(other));
                rest.for_each(look);
                // What is seen must be known to the next search, which forgets it.
                if further && let Some(last) = self.scratch.levels.last_mut() {
                    *last = tail as u32;
                }
                if met && let Some(meeting) = self.meeting_of(member) {
                    return Some((place, meeting));
                }
            }
            group = next;
        }
        self.ahead = Level {
            begin: end,
            end: tail,
        };
        None
    }

    /// Of those a member is tied to, the lowest id on the far side.
    fn meeting_of(&self, member: u32) -> Option<u32> {
        let (rows, rest) = self.network.ties_of(member, self.links);
        let tied = rows.into_iter().flatten().copied().chain(rest);
        tied.filter(|&other| self.scratch.other.has(other) && !self.is_apart(other))
            .min_by_key(|&other| self.network.members.id(other))
    }

    /// Whether `from` must not meet somebody. Asked only of those both sides have seen.
    fn is_apart(&self, other: u32) -> bool {
        self.network.blocks.contains_key(&(self.from, other))
    }

    /// Looks on from the far side. Returns whether the sides meet; then the level is not kept.
    fn go_behind(&mut self, level: Level) -> bool {
        let end = self.scratch.other_queue.len();
        for place in level.begin..level.end {
            let Some(&member) = self.scratch.other_queue.get(place) else {
                return false;
            };
            let (rows, rest) = self.network.ties_of(member, self.links);
            for other in rows.into_iter().flatten().copied().chain(rest) {
                if self.scratch.seen.has(other) {
                    if self.is_apart(other) {
                        continue;
                    }
                    for &undone in self.scratch.other_queue.get(end..).unwrap_or(&[]) {
                        self.scratch.other.unset(undone);
                    }
                    self.scratch.other_queue.truncate(end);
                    return true;
                }
                if self.scratch.other.add(other) {
                    self.scratch.other_queue.push(other);
                }
            }
        }
        self.behind.push(Level {
            begin: end,
            end: self.scratch.other_queue.len(),
        });
        false
    }

    /// Puts those of one parent in order of id.
    fn put_in_order(&mut self, from: usize, to: usize) {
        let Some(group) = self
            .scratch
            .queue
            .get_mut(from..to)
            .filter(|group| group.len() > 1)
        else {
            return;
        };
        let keys = &mut self.scratch.keys;
        keys.clear();
        keys.extend(
            group
                .iter()
                .map(|&member| (self.network.members.id(member), member)),
        );
        keys.sort_unstable();
        for (place, &(_, member)) in group.iter_mut().zip(keys.iter()) {
            *place = member;
        }
    }

    /// The near side's part of the chain.
    fn way_to(&self, place: usize) -> Vec<u32> {
        let mut way = Vec::new();
        let mut at = place;
        loop {
            way.extend(self.scratch.queue.get(at));
            if at == 0 {
                break;
            }
            at = self.scratch.parents.get(at).map_or(0, |&parent| parent as usize);
        }
        way.reverse();
        way
    }

    /// The far side's part: from where the sides meet, always to the lowest id one level nearer to the end.
    fn way_from(&mut self, meeting: u32, chain: &mut Vec<u32>) {
        chain.push(meeting);
        let mut at = meeting;
        self.behind.pop();
        while let Some(Level { begin, end }) = self.behind.pop() {
            let level = self.scratch.other_queue.get(begin..end).unwrap_or(&[]);
            let id = |&other: &u32| self.network.members.id(other);
            let next = if level.len() <= FEW {
                let tied = level.iter().copied();
                tied.filter(|&other| self.network.are_tied(at, other, self.links))
                    .min_by_key(id)
            } else {
                self.scratch.before.resize(self.network.members.len());
                self.scratch.before.words.fill(0);
                for &other in level {
                    self.scratch.before.set(other);
                }
                let (rows, rest) = self.network.ties_of(at, self.links);
                let tied = rows.into_iter().flatten().copied().chain(rest);
                tied.filter(|&other| self.scratch.before.has(other))
                    .min_by_key(id)
            };
            let Some(next) = next else {
                return;
            };
            chain.push(next);
            at = next;
        }
    }
}
