//! Clearing again when little has changed: the last set-off and its prices are kept, changes are worked in, and only
//! what they concern is worked out anew. It is as exact as a plan from nothing, and takes a small part of the time.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "parties are checked where they come in; arcs name arcs and parties; wide excesses hold all sums"
)]

use alloc::{collections::BTreeMap, vec::Vec};

use super::{
    Certificate, Error, MOST_OBLIGATIONS, Obligation, Plan, Unwatched, plan_watched,
    refine::{Interrupted, Room},
    residual::{Head, Part},
    solve::optimise,
    watch::Watch,
    width::Wide,
};
use crate::Amount;

/// What parties owe each other and the largest set-off of it, kept while it changes. Parallel obligations count as one:
/// it knows pairs, a debtor and a creditor.
///
/// [`Standing::set`] says that a pair owes something else from now on; [`Standing::settle`] then finds the largest total
/// again. Which of several set-offs with that total it is depends on what came before; a [`plan`](super::plan) depends
/// on the obligations alone, and looks after closing more of them, which this does not.
#[doc(alias("incremental", "warm start", "reoptimisation"))]
pub struct Standing {
    /// By party, the places of its arcs, and where its room for more ends.
    bounds: Vec<(u32, u32)>,
    limits: Vec<u32>,
    heads: Vec<Head>,
    twins: Vec<u32>,
    amounts: Vec<u64>,
    /// What parties owe themselves.
    own: BTreeMap<u32, u64>,
    /// By party, whole prices that prove the last set-off the largest.
    prices: Vec<i64>,
    room: Room<Wide>,
    /// How many pairs changed since.
    changes: usize,
}

/// The price of a unit of cost while changes are worked in.
const ONE: i32 = 64;
/// With changes to more than such a part of all pairs, it is quicker to begin from nothing.
const FEW: usize = 64;

impl Standing {
    /// Begins with a plan of these obligations.
    ///
    /// # Errors
    /// As [`plan`](super::plan).
    pub fn new(parties: u32, obligations: &[Obligation]) -> Result<Self, Error> {
        Self::new_watched(parties, obligations, &Unwatched)
    }

    /// [`Standing::new`], telling `watch` how far it is.
    ///
    /// # Errors
    /// As [`plan_watched`].
    pub fn new_watched(parties: u32, obligations: &[Obligation], watch: &dyn Watch) -> Result<Self, Error> {
        let plan = plan_watched(parties, obligations, watch)?;
        let mut standing = Self {
            bounds: alloc::vec![(0, 0); parties as usize],
            limits: Vec::new(),
            heads: Vec::new(),
            twins: Vec::new(),
            amounts: Vec::new(),
            own: BTreeMap::new(),
            prices: plan.certificate.levels.iter().map(|level| -level).collect(),
            room: Room::new(),
            changes: 0,
        };
        standing.room.fit(parties as usize);
        standing.fill(obligations, &plan)?;
        Ok(standing)
    }

    /// Lays out pairs with a little room for new ones beside them.
    fn fill(&mut self, obligations: &[Obligation], plan: &Plan) -> Result<(), Error> {
        let mut rows: Vec<u32> = (0..obligations.len() as u32).collect();
        rows.sort_unstable_by_key(|&row| {
            let obligation = obligations[row as usize];
            (obligation.debtor, obligation.creditor)
        });
        let mut pairs = Vec::new();
        for group in rows.chunk_by(|&one, &other| {
            let (one, other) = (obligations[one as usize], obligations[other as usize]);
            (one.debtor, one.creditor) == (other.debtor, other.creditor)
        }) {
            let Obligation { debtor, creditor, .. } = obligations[group[0] as usize];
            let sum = |amount: &dyn Fn(usize) -> Amount| {
                let mut amounts = group.iter().map(|&row| amount(row as usize).minor());
                amounts.try_fold(0_u64, u64::checked_add)
            };
            let amount =
                sum(&|row| obligations[row].amount).ok_or(Error::PairTooLarge { debtor, creditor })?;
            let set_off = sum(&|row| plan.set_offs[row]).unwrap_or(amount);
            if debtor == creditor {
                self.own.insert(debtor, amount);
            } else {
                pairs.push((debtor, creditor, amount, set_off));
            }
        }
        let mut counts = alloc::vec![0_u32; self.bounds.len()];
        for &(debtor, creditor, _, _) in &pairs {
            counts[debtor as usize] += 1;
            counts[creditor as usize] += 1;
        }
        let mut begin = 0_u32;
        for (bounds, count) in self.bounds.iter_mut().zip(counts) {
            *bounds = (begin, begin);
            begin += count + count / 8 + 1;
            self.limits.push(begin);
        }
        self.heads.resize(begin as usize, Head::forth(0));
        self.twins.resize(begin as usize, 0);
        self.amounts.resize(begin as usize, 0);
        for (debtor, creditor, amount, set_off) in pairs {
            let place = self.add(debtor, creditor)?;
            self.put(place, amount - set_off, set_off);
        }
        Ok(())
    }

    /// From now on, `debtor` owes `creditor` so much in all; until [`Standing::settle`], what is set off is not in
    /// order.
    ///
    /// # Errors
    /// [`Error::NoSuchParty`] and [`Error::TooMany`]; nothing has changed then.
    pub fn set(&mut self, debtor: u32, creditor: u32, amount: Amount) -> Result<(), Error> {
        let parties = self.bounds.len() as u32;
        for party in [debtor, creditor] {
            if party >= parties {
                return Err(Error::NoSuchParty {
                    row: 0,
                    party,
                    parties,
                });
            }
        }
        let amount = amount.minor();
        if debtor == creditor {
            self.own.insert(debtor, amount);
            return Ok(());
        }
        let place = match self.find(debtor, creditor) {
            Some(place) => place,
            None if amount == 0 => return Ok(()),
            None => self.add(debtor, creditor)?,
        };
        self.changes += 1;
        let before = self.amounts[self.twins[place] as usize];
        let mut set_off = before.min(amount);
        // More of it is worth setting off at these prices: all of it, and where that leads is settled later.
        if self.prices[debtor as usize] - self.prices[creditor as usize] < 1 {
            set_off = amount;
        }
        self.put(place, amount - set_off, set_off);
        let change = i128::from(set_off) - i128::from(before);
        self.room.excess[debtor as usize] -= change;
        self.room.excess[creditor as usize] += change;
        Ok(())
    }

    /// Finds the largest set-off again.
    ///
    /// # Errors
    /// [`Error::TooMany`] or [`Error::PairTooLarge`] when it had to begin from nothing, and what it then could not
    /// take.
    pub fn settle(&mut self) -> Result<(), Error> {
        self.settle_watched(&Unwatched)
    }

    /// [`Standing::settle`], telling `watch` how far it is. Stopped, it can be settled later.
    ///
    /// # Errors
    /// As [`Standing::settle`], and [`Error::Stopped`].
    pub fn settle_watched(&mut self, watch: &dyn Watch) -> Result<(), Error> {
        if self.changes > self.heads.len() / 2 / FEW {
            let pairs: Vec<Obligation> = self.pairs().map(|(obligation, _)| obligation).collect();
            *self = Self::new_watched(self.bounds.len() as u32, &pairs, watch)?;
            return Ok(());
        }
        match self.work_in(watch) {
            Ok(()) => self.changes = 0,
            Err(Interrupted::Stopped) => return Err(Error::Stopped),
            // Prices ran beyond 60 bits, which takes more work than there is time in the world.
            Err(Interrupted::OutOfRange) => return Err(Error::TooMany),
        }
        Ok(())
    }

    fn work_in(&mut self, watch: &dyn Watch) -> Result<(), Interrupted> {
        let pairs = self.heads.len() / 2;
        let mut part = Part {
            bounds: &self.bounds,
            heads: &mut self.heads,
            twins: &self.twins,
            amounts: &mut self.amounts,
            levels: &mut [],
        };
        let room = &mut self.room;
        // Differences are what counts; so they never run away.
        let top = self.prices.iter().max().copied().unwrap_or(0);
        for (fine, whole) in room.prices.iter_mut().zip(&mut self.prices) {
            *whole -= top;
            *fine = *whole * i64::from(ONE);
        }
        let tell = |open: u64, pass: u32| {
            let of = pairs as u64;
            super::watch::go_on(
                watch,
                super::Progress {
                    done: 0,
                    of,
                    open,
                    pass,
                },
            )
        };
        room.touched = Some(Vec::new());
        let worked = room
            .route(&mut part, ONE.into(), |open| tell(open as u64, 1))
            .and_then(|()| {
                if !room.make_whole_again(&part, ONE, &mut self.prices) {
                    optimise(&mut part, room, tell)?;
                    self.prices.clone_from(&room.prices);
                }
                Ok(())
            });
        if worked.is_err() {
            // The excess that is left is kept, and whatever is cheap at the prices from before is used up.
            room.touched = None;
            room.prices.clone_from(&self.prices);
            room.saturate(&mut part);
        }
        worked
    }

    /// The total that is set off, in minor units.
    #[must_use]
    pub fn total(&self) -> u128 {
        self.pairs().map(|(_, set_off)| u128::from(set_off.minor())).sum()
    }

    /// What is set off of all that `debtor` owes `creditor`.
    #[must_use]
    pub fn set_off(&self, debtor: u32, creditor: u32) -> Amount {
        if debtor == creditor {
            return Amount::from_minor(self.own.get(&debtor).copied().unwrap_or(0));
        }
        let there = [debtor, creditor]
            .iter()
            .all(|party| (*party as usize) < self.bounds.len());
        let place = if there { self.find(debtor, creditor) } else { None };
        Amount::from_minor(place.map_or(0, |place| self.amounts[self.twins[place] as usize]))
    }

    /// Every pair, what is owed in all and what of it is set off; by debtor.
    pub fn pairs(&self) -> impl Iterator<Item = (Obligation, Amount)> {
        let between = (0..).zip(&self.bounds).flat_map(move |(debtor, &(begin, end))| {
            (begin as usize..end as usize)
                .filter(|&place| !self.heads[place].is_back())
                .map(move |place| {
                    let set_off = self.amounts[self.twins[place] as usize];
                    let amount = self.amounts[place] + set_off;
                    (debtor, self.heads[place].to() as u32, amount, set_off)
                })
        });
        let own = self
            .own
            .iter()
            .map(|(&party, &amount)| (party, party, amount, amount));
        between.chain(own).filter(|(_, _, amount, _)| *amount > 0).map(
            |(debtor, creditor, amount, set_off)| {
                let obligation = Obligation {
                    debtor,
                    creditor,
                    amount: Amount::from_minor(amount),
                };
                (obligation, Amount::from_minor(set_off))
            },
        )
    }

    /// Why no larger total is possible, for [`verify`](super::verify) over [`Standing::pairs`].
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        let top = self.prices.iter().max().copied().unwrap_or(0);
        Certificate {
            levels: self.prices.iter().map(|price| top - price).collect(),
        }
    }

    /// The place of the obligation of a pair, looked for where fewer arcs are.
    fn find(&self, debtor: u32, creditor: u32) -> Option<usize> {
        let places = |party: u32| {
            let (begin, end) = self.bounds[party as usize];
            begin as usize..end as usize
        };
        let leads = |place: &usize, to: u32, back: bool| {
            self.heads[*place].to() == to as usize && self.heads[*place].is_back() == back
        };
        if places(debtor).len() <= places(creditor).len() {
            places(debtor).find(|place| leads(place, creditor, false))
        } else {
            let back = places(creditor).find(|place| leads(place, debtor, true));
            back.map(|place| self.twins[place] as usize)
        }
    }

    /// Adds arcs of nothing between two who had none, and gives the place of the obligation.
    fn add(&mut self, debtor: u32, creditor: u32) -> Result<usize, Error> {
        for party in [debtor, creditor] {
            if self.bounds[party as usize].1 == self.limits[party as usize] {
                self.move_away(party)?;
            }
        }
        let (forth, back) = (self.bounds[debtor as usize].1, self.bounds[creditor as usize].1);
        self.bounds[debtor as usize].1 += 1;
        self.bounds[creditor as usize].1 += 1;
        self.heads[forth as usize] = Head::forth(creditor);
        self.heads[back as usize] = Head::back(debtor);
        self.twins[forth as usize] = back;
        self.twins[back as usize] = forth;
        self.put(forth as usize, 0, 0);
        Ok(forth as usize)
    }

    /// Moves a party's arcs to the end, with room for as many again.
    fn move_away(&mut self, party: u32) -> Result<(), Error> {
        let (begin, end) = self.bounds[party as usize];
        let (places, to) = (begin as usize..end as usize, self.heads.len());
        let room = places.len() * 2 + 2;
        if to + room > MOST_OBLIGATIONS * 2 {
            return Err(Error::TooMany);
        }
        self.heads.extend_from_within(places.clone());
        self.twins.extend_from_within(places.clone());
        self.amounts.extend_from_within(places.clone());
        for place in to..self.heads.len() {
            let twin = self.twins[place] as usize;
            self.twins[twin] = place as u32;
        }
        self.bounds[party as usize] = (to as u32, self.heads.len() as u32);
        self.heads.resize(to + room, Head::forth(0));
        self.twins.resize(to + room, 0);
        self.amounts.resize(to + room, 0);
        self.limits[party as usize] = (to + room) as u32;
        Ok(())
    }

    /// Writes what is left and what is set off.
    fn put(&mut self, place: usize, left: u64, set_off: u64) {
        let twin = self.twins[place] as usize;
        self.amounts[place] = left;
        self.amounts[twin] = set_off;
        self.heads[place] = self.heads[place].marked(left > 0, set_off > 0);
        self.heads[twin] = self.heads[twin].marked(set_off > 0, left > 0);
    }
}
