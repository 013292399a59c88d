//! Numbering parties: whatever they are called, in order, without gaps.

use alloc::vec::Vec;

/// Parties in ascending order, each once; a party's number is its place. So the numbers, and with them the plan, do
/// not depend on the order in which obligations came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties<P>(Vec<P>);

impl<P: Ord> Parties<P> {
    /// Numbers those that occur.
    pub fn new(occurring: impl IntoIterator<Item = P>) -> Self {
        let mut all: Vec<P> = occurring.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// How many there are; `u32::MAX` also stands for more, which no plan takes.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The number of a party.
    #[must_use]
    pub fn number(&self, party: &P) -> Option<u32> {
        let place = self.0.binary_search(party).ok()?;
        u32::try_from(place).ok()
    }

    /// The party of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&P> {
        self.0.get(usize::try_from(number).ok()?)
    }

    /// All of them, by number.
    pub fn iter(&self) -> core::slice::Iter<'_, P> {
        self.0.iter()
    }
}

impl<'a, P: Ord> IntoIterator for &'a Parties<P> {
    type Item = &'a P;
    type IntoIter = core::slice::Iter<'a, P>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
