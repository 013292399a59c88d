//! How many stand by a member and with how much, ring by ring (N7): what to show, and what to keep to say later how it
//! changed.

use alloc::vec::Vec;

use crate::amount::Amount;

/// A ring, beyond the first, with fewer members than this is not shown by itself (N7).
const FEW: u64 = 3;

/// How many, and with how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tally {
    /// Members.
    pub members: u64,
    /// Their nominal amounts together.
    pub pool: Amount,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            members: self.members.saturating_add(other.members),
            pool: self.pool.plus(other.pool),
        }
    }
}

/// The size and pool of a member's reference list. Small, whatever the list's size: keep the one that was last shown, and
/// [`Standing::since`] says what changed (N7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Standing {
    /// The first is of personal bonds. No ring is empty.
    pub rings: Vec<Tally>,
}

/// How a tally changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Difference {
    /// So many more members, or fewer.
    pub members: i64,
    /// So many minor units more in the pool, or fewer.
    pub pool: i128,
}

/// How a standing changed: the size of the list and its pool, per ring and in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Change {
    /// As many as the longer of the two has rings.
    pub rings: Vec<Difference>,
    /// In all.
    pub whole: Difference,
}

impl Change {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rings.iter().all(|ring| *ring == Difference::default())
    }
}

/// How many stand in a band of rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Size {
    /// So many, with so much.
    Exactly(Tally),
    /// "A few": a number, or an amount, would say too much about one person.
    Few,
}

/// Rings that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Band {
    /// The nearest ring of it, from 1.
    pub from: usize,
    /// The farthest.
    pub to: usize,
    /// How many.
    pub size: Size,
}

impl Standing {
    /// The personal bonds: ring 1.
    #[must_use]
    pub fn personal(&self) -> Tally {
        self.rings.first().copied().unwrap_or_default()
    }

    /// The whole list.
    #[must_use]
    pub fn whole(&self) -> Tally {
        self.rings.iter().copied().fold(Tally::default(), Tally::plus)
    }

    /// What changed since an earlier standing of the same member.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Change {
        let rings = self.rings.len().max(earlier.rings.len());
        let ring = |standing: &Self, nth: usize| standing.rings.get(nth).copied().unwrap_or_default();
        Change {
            rings: (0..rings)
                .map(|nth| difference(ring(earlier, nth), ring(self, nth)))
                .collect(),
            whole: difference(earlier.whole(), self.whole()),
        }
    }

    /// The rings as they may be shown: one of fewer than three members, beyond the first, together with the next, or as
    /// "a few" where none follows (N7).
    #[must_use]
    pub fn bands(&self) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::new();
        let mut open: Option<(usize, Tally)> = None;
        for (ring, tally) in (1..).zip(&self.rings) {
            let (from, together) = open.map_or((ring, *tally), |(from, sum)| (from, sum.plus(*tally)));
            if ring > 1 && together.members < FEW {
                open = Some((from, together));
            } else {
                open = None;
                bands.push(Band {
                    from,
                    to: ring,
                    size: Size::Exactly(together),
                });
            }
        }
        if let Some((from, _)) = open {
            bands.push(Band {
                from,
                to: self.rings.len(),
                size: Size::Few,
            });
        }
        bands
    }
}

fn difference(before: Tally, after: Tally) -> Difference {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Difference {
        members: signed(after.members).saturating_sub(signed(before.members)),
        pool: i128::from(after.pool.minor()).saturating_sub(i128::from(before.pool.minor())),
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn standing(rings: &[(u64, u64)]) -> Standing {
        let rings = rings.iter().map(|&(members, pool)| Tally {
            members,
            pool: Amount::from_minor(pool),
        });
        Standing {
            rings: rings.collect(),
        }
    }

    fn shown(rings: &[(u64, u64)]) -> Vec<(usize, usize, Option<u64>)> {
        let bands = standing(rings).bands().into_iter();
        bands
            .map(|band| match band.size {
                Size::Exactly(tally) => (band.from, band.to, Some(tally.members)),
                Size::Few => (band.from, band.to, None),
            })
            .collect()
    }

    #[test]
    fn n7_a_small_ring_is_shown_with_the_next_or_as_a_few() {
        assert_eq!(shown(&[]), []);
        assert_eq!(shown(&[(1, 100)]), [(1, 1, Some(1))]);
        assert_eq!(shown(&[(1, 100), (2, 200)]), [(1, 1, Some(1)), (2, 2, None)]);
        assert_eq!(
            shown(&[(4, 1), (2, 1), (5, 1)]),
            [(1, 1, Some(4)), (2, 3, Some(7))]
        );
        assert_eq!(
            shown(&[(4, 1), (1, 1), (1, 1), (1, 1), (9, 1), (2, 1)]),
            [(1, 1, Some(4)), (2, 4, Some(3)), (5, 5, Some(9)), (6, 6, None)]
        );
    }

    #[test]
    fn n7_what_changed_is_said_per_ring_and_in_all() {
        let change = standing(&[(3, 300), (5, 250)]).since(&standing(&[(4, 400), (5, 200), (1, 10)]));
        let difference = |members, pool| Difference { members, pool };
        assert_eq!(
            change,
            Change {
                rings: vec![difference(-1, -100), difference(0, 50), difference(-1, -10)],
                whole: difference(-2, -60),
            }
        );
        assert!(standing(&[(3, 3)]).since(&standing(&[(3, 3)])).is_nothing());
    }
}
