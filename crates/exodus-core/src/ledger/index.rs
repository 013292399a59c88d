//! Indexes over the records, all derived: who wrote, owes, is owed, leads to whom; and the support edges.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::{
    bond::Bond,
    id::{AppealId, BondId, IntentionId, LinkId, MemberId, ObligationId, OfferId},
    intention::Intention,
    link::Link,
    member::Member,
    obligation::Obligation,
    offer::Offer,
};

/// What an event changed: what a store has to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Members changed.
    pub members: BTreeSet<MemberId>,
    /// Appeals changed.
    pub appeals: BTreeSet<AppealId>,
    /// Intentions changed.
    pub intentions: BTreeSet<IntentionId>,
    /// Obligations changed.
    pub obligations: BTreeSet<ObligationId>,
    /// Offers changed.
    pub offers: BTreeSet<OfferId>,
    /// Bonds changed.
    pub bonds: BTreeSet<BondId>,
    /// Links changed.
    pub links: BTreeSet<LinkId>,
    /// Blocks made (`true`) or taken back.
    pub blocks: BTreeMap<(MemberId, MemberId), bool>,
    /// Circles joined (`true`) or left, with the appeal's owner.
    pub circles: BTreeMap<(AppealId, MemberId), (MemberId, bool)>,
}

#[derive(Clone, Debug)]
struct Many<K, V>(BTreeMap<K, BTreeSet<V>>);

impl<K, V> Default for Many<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy, V: Ord + Copy> Many<K, V> {
    fn add(&mut self, key: K, value: V) {
        self.0.entry(key).or_default().insert(value);
    }

    fn remove(&mut self, key: K, value: V) {
        if let Some(values) = self.0.get_mut(&key) {
            values.remove(&value);
            if values.is_empty() {
                self.0.remove(&key);
            }
        }
    }

    fn of(&self, key: K) -> impl Iterator<Item = V> {
        self.0.get(&key).into_iter().flatten().copied()
    }

    fn has(&self, key: K, value: V) -> bool {
        self.0.get(&key).is_some_and(|values| values.contains(&value))
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    by_author: Many<MemberId, IntentionId>,
    by_recipient: Many<MemberId, IntentionId>,
    by_debtor: Many<MemberId, ObligationId>,
    by_creditor: Many<MemberId, ObligationId>,
    offers: Many<MemberId, OfferId>,
    bonds: Many<MemberId, BondId>,
    links_about: Many<MemberId, LinkId>,
    links_by: Many<MemberId, LinkId>,
    links_followed: Many<MemberId, LinkId>,
    referred: Many<MemberId, MemberId>,
    circles: Many<AppealId, MemberId>,
    /// helper → (recipient, appeal), and the other way round.
    supports: Many<MemberId, (MemberId, AppealId)>,
    supported: Many<MemberId, (MemberId, AppealId)>,
}

impl Index {
    pub(super) fn add_member(&mut self, member: &Member) {
        if let Some(referrer) = member.referred_by {
            self.referred.add(referrer, member.id);
        }
    }

    pub(super) fn add_intention(&mut self, intention: &Intention) {
        self.by_author.add(intention.author, intention.id);
        self.by_recipient.add(intention.recipient, intention.id);
    }

    pub(super) fn add_obligation(&mut self, obligation: &Obligation) {
        self.by_debtor.add(obligation.debtor, obligation.id);
        self.by_creditor.add(obligation.creditor, obligation.id);
    }

    pub(super) fn add_offer(&mut self, offer: &Offer) {
        self.offers.add(offer.from, offer.id);
        self.offers.add(offer.to, offer.id);
    }

    pub(super) fn add_bond(&mut self, bond: &Bond) {
        self.bonds.add(bond.from, bond.id);
        self.bonds.add(bond.to, bond.id);
    }

    pub(super) fn bonds_of(&self, member: MemberId) -> impl Iterator<Item = BondId> {
        self.bonds.of(member)
    }

    pub(super) fn add_link(&mut self, link: &Link) {
        self.links_about.add(link.about, link.id);
        self.links_by.add(link.maker, link.id);
        for visitor in &link.visitors {
            self.links_followed.add(*visitor, link.id);
        }
    }

    pub(super) fn intentions_by(&self, member: MemberId) -> impl Iterator<Item = IntentionId> {
        self.by_author.of(member)
    }

    pub(super) fn intentions_for(&self, member: MemberId) -> impl Iterator<Item = IntentionId> {
        self.by_recipient.of(member)
    }

    pub(super) fn owed_by(&self, member: MemberId) -> impl Iterator<Item = ObligationId> {
        self.by_debtor.of(member)
    }

    pub(super) fn owed_to(&self, member: MemberId) -> impl Iterator<Item = ObligationId> {
        self.by_creditor.of(member)
    }

    pub(super) fn offers_of(&self, member: MemberId) -> impl Iterator<Item = OfferId> {
        self.offers.of(member)
    }

    pub(super) fn links_about(&self, member: MemberId) -> impl Iterator<Item = LinkId> {
        self.links_about.of(member)
    }

    pub(super) fn links_made_by(&self, member: MemberId) -> impl Iterator<Item = LinkId> {
        self.links_by.of(member)
    }

    pub(super) fn follow(&mut self, visitor: MemberId, link: LinkId) {
        self.links_followed.add(visitor, link);
    }

    pub(super) fn links_followed_by(&self, member: MemberId) -> impl Iterator<Item = LinkId> {
        self.links_followed.of(member)
    }

    pub(super) fn referred_by(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        self.referred.of(member)
    }

    pub(super) fn join(&mut self, appeal: AppealId, owner: MemberId, helper: MemberId) {
        self.circles.add(appeal, helper);
        self.supports.add(helper, (owner, appeal));
        self.supported.add(owner, (helper, appeal));
    }

    pub(super) fn part(&mut self, appeal: AppealId, owner: MemberId, helper: MemberId) {
        self.circles.remove(appeal, helper);
        self.supports.remove(helper, (owner, appeal));
        self.supported.remove(owner, (helper, appeal));
    }

    pub(super) fn circle(&self, appeal: AppealId) -> impl Iterator<Item = MemberId> {
        self.circles.of(appeal)
    }

    pub(super) fn is_in_circle(&self, appeal: AppealId, helper: MemberId) -> bool {
        self.circles.has(appeal, helper)
    }

    pub(super) fn circles(&self) -> impl Iterator<Item = (AppealId, MemberId)> {
        self.circles
            .0
            .iter()
            .flat_map(|(&appeal, helpers)| helpers.iter().map(move |&helper| (appeal, helper)))
    }

    /// The circles a member is in, and those of their own appeals.
    pub(super) fn circles_of(&self, member: MemberId) -> impl Iterator<Item = (AppealId, MemberId)> {
        let in_others = self.supports.of(member).map(move |(_, appeal)| (appeal, member));
        in_others.chain(self.supported.of(member).map(|(helper, appeal)| (appeal, helper)))
    }

    pub(super) fn supports(&self, helper: MemberId) -> impl Iterator<Item = MemberId> {
        distinct(self.supports.of(helper).map(|(owner, _)| owner))
    }

    pub(super) fn supported_by(&self, owner: MemberId) -> impl Iterator<Item = MemberId> {
        distinct(self.supported.of(owner).map(|(helper, _)| helper))
    }
}

/// Drops repetitions from a sorted sequence.
fn distinct(sorted: impl Iterator<Item = MemberId>) -> impl Iterator<Item = MemberId> {
    let mut last = None;
    sorted.filter(move |&member| last.replace(member) != Some(member))
}
