//! The network as its rules are written, without a thought for speed: sets of pairs, and searches that look at all of
//! them.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Amount, MemberId, Status,
    network::{Found, Record, Relations, Ring},
};

#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    status: BTreeMap<MemberId, Status>,
    findable: BTreeSet<MemberId>,
    resting: BTreeSet<MemberId>,
    gone: BTreeSet<MemberId>,
    support: BTreeSet<(MemberId, MemberId)>,
    /// The same the other way round.
    supported_by: BTreeSet<(MemberId, MemberId)>,
    /// Under both.
    bonds: BTreeMap<(MemberId, MemberId), u64>,
    referred: BTreeSet<(MemberId, MemberId)>,
    blocks: BTreeSet<(MemberId, MemberId)>,
    strained: BTreeSet<(MemberId, MemberId)>,
}

type People = BTreeSet<MemberId>;

impl Plain {
    pub(crate) fn apply(&mut self, record: &Record) {
        match *record {
            Record::Member { member, status } => {
                self.status.insert(member, status);
            }
            Record::Findable { member, findable } => {
                self.know(&[member]);
                if findable {
                    self.findable.insert(member);
                } else {
                    self.findable.remove(&member);
                }
            }
            Record::Rest { member, resting } => {
                self.know(&[member]);
                if resting {
                    self.resting.insert(member);
                } else {
                    self.resting.remove(&member);
                }
            }
            Record::Left { member } => {
                self.know(&[member]);
                self.gone.insert(member);
                self.support.retain(|&(a, b)| a != member && b != member);
                self.supported_by.retain(|&(a, b)| a != member && b != member);
                self.bonds.retain(|&(a, b), _| a != member && b != member);
            }
            Record::Support {
                helper, recipient, ..
            } => {
                self.know(&[helper, recipient]);
                if self.two_here(helper, recipient) {
                    self.support.insert((helper, recipient));
                    self.supported_by.insert((recipient, helper));
                }
            }
            Record::SupportEnded { helper, recipient } => {
                self.know(&[helper, recipient]);
                self.support.remove(&(helper, recipient));
                self.supported_by.remove(&(recipient, helper));
            }
            Record::Bond {
                one,
                other,
                one_gives,
                other_gives,
            } => {
                self.know(&[one, other]);
                if self.two_here(one, other) {
                    self.bonds.insert((one, other), one_gives.minor());
                    self.bonds.insert((other, one), other_gives.minor());
                }
            }
            Record::BondEnded { one, other } => {
                self.know(&[one, other]);
                self.bonds.remove(&(one, other));
                self.bonds.remove(&(other, one));
            }
            Record::Referred { referrer, member } => {
                self.know(&[referrer, member]);
                if referrer != member {
                    self.referred.insert((referrer, member));
                }
            }
            Record::Blocked { by, other } => {
                self.know(&[by, other]);
                if by != other {
                    self.blocks.insert((by, other));
                }
            }
            Record::Unblocked { by, other } => {
                self.blocks.remove(&(by, other));
            }
            Record::Strained { one, other, strained } => {
                self.know(&[one, other]);
                let pair = (one.min(other), one.max(other));
                if strained && one != other {
                    self.strained.insert(pair);
                } else {
                    self.strained.remove(&pair);
                }
            }
        }
    }

    fn know(&mut self, members: &[MemberId]) {
        for member in members {
            self.status.entry(*member).or_insert(Status::Green);
        }
    }

    fn two_here(&self, one: MemberId, other: MemberId) -> bool {
        one != other && !self.gone.contains(&one) && !self.gone.contains(&other)
    }

    fn is_here(&self, member: MemberId) -> bool {
        self.status.contains_key(&member) && !self.gone.contains(&member)
    }

    fn apart(&self, one: MemberId, other: MemberId) -> bool {
        self.blocks.contains(&(one, other)) || self.blocks.contains(&(other, one))
    }

    fn supported(&self, member: MemberId) -> People {
        self.with(member, self.support.range(from(member)..).copied())
    }

    fn supporters(&self, member: MemberId) -> People {
        self.with(member, self.supported_by.range(from(member)..).copied())
    }

    fn bonded(&self, member: MemberId) -> People {
        self.with(member, self.bonds.range(from(member)..).map(|(pair, _)| *pair))
    }

    /// The second of the pairs that begin with a member, but for blocks.
    fn with(&self, member: MemberId, pairs: impl Iterator<Item = (MemberId, MemberId)>) -> People {
        pairs
            .take_while(|(one, _)| *one == member)
            .map(|(_, other)| other)
            .filter(|other| !self.apart(member, *other))
            .collect()
    }

    fn live(&self, member: MemberId) -> People {
        if self.resting.contains(&member) {
            return People::new();
        }
        let bonded = self.bonded(member).into_iter();
        bonded.filter(|other| !self.resting.contains(other)).collect()
    }

    fn referrals(&self, member: MemberId) -> People {
        let of = self.referred.iter().filter_map(|&(a, b)| {
            let other = if a == member { b } else { a };
            (a == member || b == member).then_some(other)
        });
        of.filter(|&other| {
            self.two_here(member, other)
                && !self.apart(member, other)
                && !self.strained.contains(&(member.min(other), member.max(other)))
        })
        .collect()
    }

    pub(crate) fn relations(&self, member: MemberId) -> Relations {
        if !self.is_here(member) {
            return Relations::default();
        }
        let two = |first: People, second: &dyn Fn(MemberId) -> People| -> Vec<MemberId> {
            let found: People = first.into_iter().flat_map(second).collect();
            found
                .into_iter()
                .filter(|other| *other != member && !self.apart(member, *other))
                .collect()
        };
        let one = |people: People| people.into_iter().collect();
        Relations {
            six: [
                one(self.supporters(member)),
                one(self.supported(member)),
                two(self.supported(member), &|other| self.supporters(other)),
                two(self.supporters(member), &|other| self.supported(other)),
                two(self.supporters(member), &|other| self.supporters(other)),
                two(self.supported(member), &|other| self.supported(other)),
            ],
            bonded: one(self.live(member)),
            referrals: one(self.referrals(member)),
        }
    }

    pub(crate) fn network(&self, member: MemberId) -> People {
        let relations = self.relations(member);
        let six = relations.six.into_iter().flatten();
        six.chain(relations.bonded).chain(relations.referrals).collect()
    }

    /// Everyone by distance, over ties that a function tells.
    pub(crate) fn levels(&self, member: MemberId, ties: &dyn Fn(MemberId) -> People) -> Vec<People> {
        if !self.is_here(member) {
            return Vec::new();
        }
        let mut seen = People::from([member]);
        let mut levels = vec![People::from([member])];
        loop {
            let next: People = levels.last().unwrap().iter().flat_map(|one| ties(*one)).collect();
            let next: People = next
                .into_iter()
                .filter(|other| !self.apart(member, *other) && seen.insert(*other))
                .collect();
            if next.is_empty() {
                return levels;
            }
            levels.push(next);
        }
    }

    pub(crate) fn supported_levels(&self, member: MemberId) -> Vec<People> {
        self.levels(member, &|one| self.supported(one))
    }

    pub(crate) fn supporting_levels(&self, member: MemberId) -> Vec<People> {
        self.levels(member, &|one| self.supporters(one))
    }

    pub(crate) fn acquainted_levels(&self, member: MemberId) -> Vec<People> {
        self.levels(member, &|one| self.acquainted(one))
    }

    pub(crate) fn reference_list(&self, member: MemberId) -> Vec<Ring> {
        let levels = self.levels(member, &|one| self.live(one));
        let rings = (0..).zip(levels).skip(1);
        rings
            .map(|(ring, members)| {
                let nominal = |other: &MemberId| {
                    if ring == 1 {
                        return self.bonds[&(*other, member)];
                    }
                    let live = self.live(*other).into_iter();
                    live.map(|third| self.bonds[&(*other, third)]).min().unwrap()
                };
                Ring {
                    pool: members.iter().map(nominal).map(Amount::from_minor).sum(),
                    members: members.into_iter().collect(),
                }
            })
            .collect()
    }

    fn acquainted(&self, member: MemberId) -> People {
        let mut ties = self.supported(member);
        ties.extend(self.supporters(member));
        ties.extend(self.bonded(member));
        ties
    }

    pub(crate) fn chain(&self, from: MemberId, to: MemberId) -> Option<Vec<MemberId>> {
        self.first_shortest(from, to, &|one| self.acquainted(one))
    }

    /// Of the shortest chains the one whose ids come first.
    fn first_shortest(
        &self,
        from: MemberId,
        to: MemberId,
        ties: &dyn Fn(MemberId) -> People,
    ) -> Option<Vec<MemberId>> {
        if !self.is_here(to) {
            return None;
        }
        let levels = self.levels(from, ties);
        let steps = levels.iter().position(|level| level.contains(&to))?;
        // Who of each level lies on a shortest chain, from the end.
        let mut on_chain = vec![People::from([to])];
        for level in levels[..steps].iter().rev() {
            let next = on_chain.last().unwrap();
            let before = level
                .iter()
                .copied()
                .filter(|one| !ties(*one).is_disjoint(next))
                .collect();
            on_chain.push(before);
        }
        let mut chain = vec![from];
        for level in on_chain.iter().rev().skip(1) {
            let tied = ties(*chain.last().unwrap());
            chain.push(*level.intersection(&tied).next().unwrap());
        }
        Some(chain)
    }

    pub(crate) fn expand(&self, member: MemberId) -> Vec<Found> {
        let own = self.network(member);
        let beyond: People = own.iter().flat_map(|one| self.network(*one)).collect();
        let any = |one: MemberId| {
            let mut ties = self.acquainted(one);
            ties.extend(self.referrals(one));
            ties
        };
        let mut found: Vec<Found> = beyond
            .into_iter()
            .filter(|other| *other != member && !own.contains(other) && !self.apart(member, *other))
            .filter(|other| self.status[other] != Status::Green && self.findable.contains(other))
            .filter_map(|other| {
                let chain = self.first_shortest(member, other, &any)?;
                let through = own.iter().find(|one| self.network(**one).contains(&other))?;
                (chain.len() <= 5).then_some(Found {
                    member: other,
                    status: self.status[&other],
                    through: *through,
                    chain,
                })
            })
            .collect();
        found.sort_by_key(|found| (found.chain.len(), found.member));
        found
    }
}

/// Where the pairs that begin with a member begin.
fn from(member: MemberId) -> (MemberId, MemberId) {
    (member, MemberId(0))
}
