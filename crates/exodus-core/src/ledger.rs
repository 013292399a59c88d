//! The state: everything the journal says, and the indexes over it.
//!
//! Invariant: [`Ledger::evolve`] is total and depends on nothing but the state and the event; it never decides and
//! never fails. An event about a record that a loaded part does not hold changes what it does hold.

mod bonds;
mod evolve;
mod index;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

use crate::{
    amount::Amount,
    appeal::{Appeal, AppealState},
    bond::Bond,
    command::{Command, Envelope},
    event::Event,
    id::{AppealId, BondId, IntentionId, LinkId, MemberId, ObligationId, OfferId},
    intention::Intention,
    link::Link,
    member::{Member, Status},
    obligation::{Obligation, ObligationState, Origin},
    offer::Offer,
    policy::Policy,
    refusal::Refusal,
    time::{Period, Timestamp},
};
pub use index::Changes;
use index::Index;

/// The whole state of one community, or the loaded part of it that [`Command::scope`] names.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The community's choices. Not part of the replayed state.
    pub policy: Policy,
    next: u64,
    members: BTreeMap<MemberId, Member>,
    appeals: BTreeMap<AppealId, Appeal>,
    intentions: BTreeMap<IntentionId, Intention>,
    obligations: BTreeMap<ObligationId, Obligation>,
    offers: BTreeMap<OfferId, Offer>,
    bonds: BTreeMap<BondId, Bond>,
    links: BTreeMap<LinkId, Link>,
    blocks: BTreeSet<(MemberId, MemberId)>,
    index: Index,
}

/// The state without its indexes and policy: what is serialised, and what two ledgers are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Snapshot {
    /// The next number to be given to a record.
    pub next: u64,
    /// Everybody.
    pub members: Vec<Member>,
    /// Every appeal.
    pub appeals: Vec<Appeal>,
    /// Every intention.
    pub intentions: Vec<Intention>,
    /// Every obligation.
    pub obligations: Vec<Obligation>,
    /// Every offer.
    pub offers: Vec<Offer>,
    /// Every bond.
    #[cfg_attr(feature = "serde", serde(default))]
    pub bonds: Vec<Bond>,
    /// Every link.
    pub links: Vec<Link>,
    /// Who blocks whom.
    pub blocks: Vec<(MemberId, MemberId)>,
    /// Who is in the circle of which appeal.
    pub circles: Vec<(AppealId, MemberId)>,
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            next: 1,
            members: BTreeMap::new(),
            appeals: BTreeMap::new(),
            intentions: BTreeMap::new(),
            obligations: BTreeMap::new(),
            offers: BTreeMap::new(),
            bonds: BTreeMap::new(),
            links: BTreeMap::new(),
            blocks: BTreeSet::new(),
            index: Index::default(),
        }
    }

    /// A ledger from its records: the inverse of [`Ledger::snapshot`], and the way a server loads a part.
    /// Circles are taken as given, so that a part may hold those of people it does not hold whole.
    #[must_use]
    pub fn from_snapshot(policy: Policy, snapshot: Snapshot) -> Self {
        let mut ledger = Self::new(policy);
        ledger.absorb(snapshot);
        ledger
    }

    /// Adds loaded records to a part. A record already held is kept as it is.
    pub fn absorb(&mut self, snapshot: Snapshot) {
        self.next = self.next.max(snapshot.next);
        for member in snapshot.members {
            self.index.add_member(&member);
            self.members.entry(member.id).or_insert(member);
        }
        for appeal in snapshot.appeals {
            self.appeals.entry(appeal.id).or_insert(appeal);
        }
        for intention in snapshot.intentions {
            self.index.add_intention(&intention);
            self.intentions.entry(intention.id).or_insert(intention);
        }
        for obligation in snapshot.obligations {
            self.index.add_obligation(&obligation);
            self.obligations.entry(obligation.id).or_insert(obligation);
        }
        for offer in snapshot.offers {
            self.index.add_offer(&offer);
            self.offers.entry(offer.id).or_insert(offer);
        }
        for bond in snapshot.bonds {
            self.index.add_bond(&bond);
            self.bonds.entry(bond.id).or_insert(bond);
        }
        for link in snapshot.links {
            self.index.add_link(&link);
            self.links.entry(link.id).or_insert(link);
        }
        self.blocks.extend(snapshot.blocks);
        for (appeal, helper) in snapshot.circles {
            if let Some(owner) = self.appeals.get(&appeal).map(|appeal| appeal.owner) {
                self.index.join(appeal, owner, helper);
            }
        }
    }

    /// All records, in the order of their numbers.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            next: self.next,
            members: self.members.values().cloned().collect(),
            appeals: self.appeals.values().cloned().collect(),
            intentions: self.intentions.values().cloned().collect(),
            obligations: self.obligations.values().cloned().collect(),
            offers: self.offers.values().cloned().collect(),
            bonds: self.bonds.values().cloned().collect(),
            links: self.links.values().cloned().collect(),
            blocks: self.blocks.iter().copied().collect(),
            circles: self.index.circles().collect(),
        }
    }

    /// Decides a command and lets its events happen, after everything that fell due before it for the members it
    /// concerns. What an embedder calls.
    ///
    /// # Errors
    /// The [`Refusal`] of [`crate::decide`]; what had fallen due has happened all the same.
    pub fn apply(&mut self, envelope: &Envelope) -> Result<Vec<Event>, Refusal> {
        let scope = envelope.command.scope(envelope.by);
        let mut events = self.catch_up(&scope, envelope.at, &mut Changes::default());
        let decided = crate::decide(self, envelope)?;
        for event in &decided {
            self.evolve(event);
        }
        events.extend(decided);
        Ok(events)
    }

    /// Lets everything happen that binds and fell due by `at` for the members of a scope: month ends, deadlines,
    /// silences, expiries. Reminders are left to the scheduler. Notes what changed.
    pub fn catch_up(
        &mut self,
        scope: &crate::scope::Scope,
        at: Timestamp,
        changes: &mut Changes,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        let concerned = self.concerned(scope);
        while let Some(command) = crate::period::first_binding(self, &concerned, at) {
            let decided = self.decide_due(command, at);
            if decided.is_empty() {
                break;
            }
            for event in &decided {
                self.evolve_noting(event, changes);
            }
            events.extend(decided);
        }
        events
    }

    fn decide_due(&self, command: Command, at: Timestamp) -> Vec<Event> {
        let id = crate::id::CommandId(0);
        let envelope = Envelope {
            id,
            by: crate::command::Actor::Clock,
            at,
            command,
        };
        crate::decide(self, &envelope).unwrap_or_default()
    }

    /// The members whose records a command decides on: those a scope names, and the parties of the records it names.
    #[must_use]
    pub fn concerned(&self, scope: &crate::scope::Scope) -> BTreeSet<MemberId> {
        let mut members = scope.members.clone();
        let appeals = scope
            .appeals
            .iter()
            .filter_map(|id| self.appeals.get(id))
            .map(|appeal| appeal.owner);
        members.extend(appeals);
        for intention in scope.intentions.iter().filter_map(|id| self.intentions.get(id)) {
            members.extend([intention.author, intention.recipient]);
        }
        for obligation in scope.obligations.iter().filter_map(|id| self.obligations.get(id)) {
            members.extend([obligation.debtor, obligation.creditor]);
        }
        for offer in scope.offers.iter().filter_map(|id| self.offers.get(id)) {
            members.extend([offer.from, offer.to]);
        }
        for bond in scope.bonds.iter().filter_map(|id| self.bonds.get(id)) {
            members.extend([bond.from, bond.to]);
        }
        for link in scope.links.iter().filter_map(|id| self.links.get(id)) {
            members.extend([link.about, link.maker]);
        }
        members
    }

    // ---- records ------------------------------------------------------------------------------------------------

    /// The number the next record will get.
    #[must_use]
    pub const fn next_number(&self) -> u64 {
        self.next
    }

    /// Raises the number the next record will get: a server loads it before any record.
    pub fn raise_next_number(&mut self, next: u64) {
        self.next = self.next.max(next);
    }

    /// The member who registered last.
    #[must_use]
    pub fn newest_member(&self) -> Option<MemberId> {
        self.members.keys().next_back().copied()
    }

    /// A member, here or gone.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id)
    }

    /// An appeal.
    #[must_use]
    pub fn appeal(&self, id: AppealId) -> Option<&Appeal> {
        self.appeals.get(&id)
    }

    /// An intention.
    #[must_use]
    pub fn intention(&self, id: IntentionId) -> Option<&Intention> {
        self.intentions.get(&id)
    }

    /// An obligation.
    #[must_use]
    pub fn obligation(&self, id: ObligationId) -> Option<&Obligation> {
        self.obligations.get(&id)
    }

    /// An offer.
    #[must_use]
    pub fn offer(&self, id: OfferId) -> Option<&Offer> {
        self.offers.get(&id)
    }

    /// A link.
    #[must_use]
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(&id)
    }

    /// Everybody, in the order they came.
    pub fn members(&self) -> impl DoubleEndedIterator<Item = &Member> {
        self.members.values()
    }

    /// Every obligation.
    pub fn obligations(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations.values()
    }

    /// Every intention.
    pub fn intentions(&self) -> impl Iterator<Item = &Intention> {
        self.intentions.values()
    }

    /// Every appeal.
    pub fn appeals(&self) -> impl Iterator<Item = &Appeal> {
        self.appeals.values()
    }

    /// The traffic light of a member (M4). Green for somebody not held here.
    #[must_use]
    pub fn status(&self, member: MemberId) -> Status {
        self.members.get(&member).map_or(Status::Green, Member::status)
    }

    /// Whether a member is in an emergency.
    #[must_use]
    pub fn is_red(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(Member::is_red)
    }

    /// The appeal that speaks for a member now: the emergency while red, else the monthly one while orange.
    #[must_use]
    pub fn current_appeal(&self, member: MemberId) -> Option<&Appeal> {
        let member = self.members.get(&member)?;
        let id = member
            .emergency
            .or(member.monthly.filter(|_| member.asks_monthly))?;
        self.appeals.get(&id).filter(|appeal| appeal.is_open())
    }

    /// Live intentions a member wrote.
    pub fn intentions_by(&self, author: MemberId) -> impl Iterator<Item = &Intention> {
        self.index
            .intentions_by(author)
            .filter_map(|id| self.intentions.get(&id))
            .filter(|i| i.is_live())
    }

    /// Live intentions towards a member.
    pub fn intentions_for(&self, recipient: MemberId) -> impl Iterator<Item = &Intention> {
        self.index
            .intentions_for(recipient)
            .filter_map(|id| self.intentions.get(&id))
            .filter(|i| i.is_live())
    }

    /// The one live intention of an author towards an appeal (L2).
    #[must_use]
    pub fn intention_of(&self, author: MemberId, appeal: AppealId) -> Option<&Intention> {
        self.intentions_by(author)
            .find(|intention| intention.appeal == appeal)
    }

    /// Every obligation held that a member owes or owed.
    pub fn owed_by(&self, debtor: MemberId) -> impl Iterator<Item = &Obligation> {
        self.index
            .owed_by(debtor)
            .filter_map(|id| self.obligations.get(&id))
    }

    /// Every obligation held that a member is or was owed.
    pub fn owed_to(&self, creditor: MemberId) -> impl Iterator<Item = &Obligation> {
        self.index
            .owed_to(creditor)
            .filter_map(|id| self.obligations.get(&id))
    }

    /// Waiting offers a member made or was made.
    pub fn offers_of(&self, member: MemberId) -> impl Iterator<Item = &Offer> {
        self.index
            .offers_of(member)
            .filter_map(|id| self.offers.get(&id))
            .filter(|offer| offer.is_waiting())
    }

    /// Links that lead to a member.
    pub fn links_about(&self, member: MemberId) -> impl Iterator<Item = &Link> {
        self.index
            .links_about(member)
            .filter_map(|id| self.links.get(&id))
    }

    /// Links a member made.
    pub fn links_made_by(&self, member: MemberId) -> impl Iterator<Item = &Link> {
        self.index
            .links_made_by(member)
            .filter_map(|id| self.links.get(&id))
    }

    /// Links a member followed.
    pub fn links_followed_by(&self, member: MemberId) -> impl Iterator<Item = &Link> {
        self.index
            .links_followed_by(member)
            .filter_map(|id| self.links.get(&id))
    }

    /// Members who came by this member's invitation.
    pub fn referred_by(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        self.index.referred_by(member)
    }

    /// Whether one of two blocks the other (M9).
    #[must_use]
    pub fn is_blocked(&self, one: MemberId, other: MemberId) -> bool {
        self.blocks.contains(&(one, other)) || self.blocks.contains(&(other, one))
    }

    /// Whom a member blocks.
    pub fn blocks_by(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        self.blocks
            .range((member, MemberId(0))..=(member, MemberId(u64::MAX)))
            .map(|&(_, other)| other)
    }

    // ---- circles ------------------------------------------------------------------------------------------------

    /// Who helps with an appeal (invariant 4).
    pub fn circle(&self, appeal: AppealId) -> impl Iterator<Item = MemberId> {
        self.index.circle(appeal)
    }

    /// Whether somebody is in the circle of an appeal.
    #[must_use]
    pub fn is_in_circle(&self, appeal: AppealId, helper: MemberId) -> bool {
        self.index.is_in_circle(appeal, helper)
    }

    /// Whom a member supports: a record holds them in a circle of these.
    pub fn supports(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        self.index.supports(member)
    }

    /// Who supports a member.
    pub fn supported_by(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        self.index.supported_by(member)
    }

    /// Whether a record holds a helper in the circle of an appeal: the definition (invariant 4), from the records.
    #[must_use]
    pub fn holds(&self, appeal: AppealId, helper: MemberId) -> bool {
        let Some(appeal) = self.appeals.get(&appeal) else {
            return false;
        };
        let gone = |member| self.members.get(&member).is_some_and(|member| !member.is_here());
        if gone(helper) || gone(appeal.owner) {
            return false;
        }
        let there = || {
            self.owed_by(helper)
                .filter(|obligation| obligation.appeal() == Some(appeal.id))
        };
        if there().any(Obligation::is_overdue) {
            return false;
        }
        let now = self.members.get(&appeal.owner).map(|owner| owner.period);
        self.intention_of(helper, appeal.id).is_some()
            || there().any(|obligation| {
                matches!(obligation.state, ObligationState::Open)
                    || (appeal.is_monthly() && now.is_some_and(|now| obligation.counts_in(now)))
                    || (!appeal.is_monthly() && appeal.is_open() && !obligation.settled().is_zero())
            })
    }

    /// Whether an intention rests: its author or its recipient is in an emergency (M5, M6).
    #[must_use]
    pub fn is_frozen(&self, intention: &Intention) -> bool {
        intention.is_live() && (self.is_red(intention.author) || self.is_red(intention.recipient))
    }

    /// Whether an obligation rests: its debtor is in an emergency (M6).
    #[must_use]
    pub fn is_obligation_frozen(&self, obligation: &Obligation) -> bool {
        matches!(obligation.state, ObligationState::Open) && self.is_red(obligation.debtor)
    }

    /// Help confirmed towards an emergency in all, or towards a monthly appeal in one period (L14).
    #[must_use]
    pub fn confirmed(&self, appeal: &Appeal, period: Period) -> Amount {
        self.towards(appeal, period).map(Obligation::settled).sum()
    }

    /// The obligations that count for an appeal: all of an emergency's, those of one period for a monthly one (L14).
    pub fn towards<'a>(&'a self, appeal: &'a Appeal, period: Period) -> impl Iterator<Item = &'a Obligation> {
        self.owed_to(appeal.owner).filter(move |obligation| {
            obligation.appeal() == Some(appeal.id) && (!appeal.is_monthly() || obligation.period() == period)
        })
    }

    /// Whether anything of a member's is overdue as a debtor.
    #[must_use]
    pub fn has_overdue(&self, member: MemberId) -> bool {
        self.owed_by(member).any(Obligation::is_overdue)
    }

    /// Whether anything of a member's is overdue towards another.
    #[must_use]
    pub fn has_overdue_towards(&self, debtor: MemberId, creditor: MemberId) -> bool {
        self.owed_by(debtor)
            .any(|obligation| obligation.creditor == creditor && obligation.is_overdue())
    }

    /// Whether a member has made or received any record: such an account is not linked to another (M1).
    #[must_use]
    pub fn has_records(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(|row| row.stirred.is_some())
            || self.links_made_by(member).any(Link::is_active)
            || self.has_bond_records(member)
    }
}

impl Obligation {
    /// Whether help on it counts as given in a period or later: it holds its debtor in the circle of a monthly appeal
    /// (invariant 4).
    #[must_use]
    pub fn counts_in(&self, period: Period) -> bool {
        if self.settled().is_zero() {
            return false;
        }
        self.period() >= period
            || self.reports.iter().any(|report| match report.state {
                crate::obligation::ReportState::Answered {
                    confirmed,
                    period: when,
                    ..
                } => !confirmed.is_zero() && when >= period,
                crate::obligation::ReportState::BySilence { period: when, .. } => when >= period,
                crate::obligation::ReportState::Waiting | crate::obligation::ReportState::Reopened { .. } => {
                    false
                }
            })
    }

    /// Whether it is towards an emergency.
    #[must_use]
    pub const fn is_of_emergency(&self) -> bool {
        matches!(self.origin, Origin::Appeal { monthly: false, .. })
    }

    /// Whether it is towards a monthly appeal.
    #[must_use]
    pub const fn is_monthly(&self) -> bool {
        matches!(self.origin, Origin::Appeal { monthly: true, .. })
    }

    /// The last period in which it matters to anybody's circle: `None` while it is unsettled.
    #[must_use]
    pub fn last_period(&self) -> Option<Period> {
        if self.is_unsettled() {
            return None;
        }
        let confirmed = self.reports.iter().filter_map(|report| match report.state {
            crate::obligation::ReportState::Answered { period, .. }
            | crate::obligation::ReportState::BySilence { period, .. } => Some(period),
            crate::obligation::ReportState::Waiting | crate::obligation::ReportState::Reopened { .. } => None,
        });
        confirmed.chain([self.period()]).max()
    }
}

impl Appeal {
    /// Whether it takes new help now: open, and not a monthly one resting while its owner is red (M5).
    #[must_use]
    pub fn takes_help(&self, ledger: &Ledger) -> bool {
        matches!(self.state, AppealState::Open) && !(self.is_monthly() && ledger.is_red(self.owner))
    }
}
