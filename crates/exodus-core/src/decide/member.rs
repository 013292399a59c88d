//! Taking part, leaving, blocking (M2, M9, M11).

use alloc::vec::Vec;

use super::Case;
use crate::{
    appeal::{Before, Ending},
    bond::BondEnding,
    command::Actor,
    event::{CancelReason, Fact},
    id::{LinkId, MemberId},
    obligation::{ClosureKind, Obligation},
    offer::Offer,
    refusal::Refusal,
};

impl Case<'_> {
    /// Whoever takes part already does so: a link is for them to follow.
    pub(super) fn register(&mut self, via: Option<LinkId>) -> Result<(), Refusal> {
        if self.by != Actor::Newcomer {
            return self.actor().map(|_| ());
        }
        let link = via.and_then(|id| self.ledger.link(id)).filter(|link| {
            let room = link
                .max_uses
                .is_none_or(|most| u32::try_from(link.visitors.len()).is_ok_and(|uses| uses < most));
            link.is_active() && room
        });
        let member = MemberId(self.number());
        self.say(Fact::Registered {
            member,
            period: self.policy().period(self.at),
            referrer: link.map(|link| link.maker),
            link: link.map(|link| link.id),
        });
        if let Some(link) = link {
            self.say_followed(link, member);
            if let Some(gives) = link.gives {
                self.say_proposed(link.maker, member, gives, Some(link.id));
            }
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let intentions = self
            .ledger
            .intentions_by(me)
            .chain(self.ledger.intentions_for(me));
        self.cancel_intentions(intentions.collect(), CancelReason::Left);
        let owed_to_me: Vec<&Obligation> = self.ledger.owed_to(me).filter(|o| o.is_unsettled()).collect();
        for obligation in owed_to_me {
            self.release_as_leaver(obligation);
        }
        let owed_by_me: Vec<&Obligation> = self.ledger.owed_by(me).filter(|o| o.is_unsettled()).collect();
        for obligation in owed_by_me {
            let rest = obligation.unreported();
            if !rest.is_zero() {
                self.say(Fact::ObligationDefaulted {
                    obligation: obligation.id,
                    debtor: me,
                    creditor: obligation.creditor,
                    amount: rest,
                });
            }
        }
        self.end_offers(self.ledger.offers_of(me).collect());
        self.end_bonds(me, None, BondEnding::Left);
        let links = self
            .ledger
            .links_made_by(me)
            .chain(self.ledger.links_about(me))
            .filter(|link| link.is_active());
        let links: alloc::collections::BTreeSet<_> =
            links.map(|link| (link.id, link.about, link.maker)).collect();
        for (link, about, maker) in links {
            self.say(Fact::LinkRevoked { link, about, maker });
        }
        let row = self.actor()?;
        if let Some(appeal) = row.emergency {
            let confirmed = self.confirmed_by_word(appeal);
            let then = Before::Green;
            self.say(Fact::EmergencyEnded {
                member: me,
                appeal,
                ending: Ending::Left,
                confirmed,
                then,
            });
        }
        if let Some(appeal) = row.monthly.filter(|_| row.asks_monthly) {
            self.say(Fact::MonthlyEnded {
                member: me,
                appeal,
                ending: Ending::Left,
            });
        }
        self.say(Fact::MemberLeft { member: me });
        Ok(())
    }

    /// What waits for a word waits no more.
    fn end_offers(&mut self, waiting: Vec<&Offer>) {
        for offer in waiting {
            let (offer, from, to) = (offer.id, offer.from, offer.to);
            self.say(Fact::OfferWithdrawn { offer, from, to });
        }
    }

    /// Reports that wait for the leaver count as fulfilled by silence; the rest is released (M11).
    fn release_as_leaver(&mut self, obligation: &Obligation) {
        let (debtor, creditor) = (obligation.debtor, obligation.creditor);
        let period = self
            .ledger
            .member(creditor)
            .map_or_else(|| self.policy().period(self.at), |row| row.period);
        for (report, row) in obligation.waiting() {
            let amount = row.amount;
            self.say(Fact::PerformanceSettledBySilence {
                report,
                debtor,
                creditor,
                amount,
                period,
            });
        }
        let rest = obligation.unreported();
        if let Some(closure) = obligation.closure {
            self.close_further(obligation, closure.kind, rest);
        } else if rest.is_zero() {
            let late = self.is_late(obligation, None);
            self.say(Fact::ObligationFulfilled {
                obligation: obligation.id,
                debtor,
                creditor,
                late,
                by_silence: true,
            });
        } else {
            self.close_further(obligation, ClosureKind::CreditorLeft, rest);
        }
    }

    pub(super) fn ask_linking(&mut self, of: MemberId) -> Result<(), Refusal> {
        let from = self.actor()?.id;
        if self.ledger.has_records(from) {
            return Err(Refusal::HasRecords);
        }
        let member = self.another(from, of)?.id;
        self.say(Fact::LinkingAsked { member, from });
        Ok(())
    }

    /// Only whoever asked last is linked, and only while they have no records: how long the question stands is for
    /// whoever keeps the codes.
    pub(super) fn link_accounts(&mut self, from: MemberId) -> Result<(), Refusal> {
        let row = self.actor()?;
        let me = row.id;
        self.another(me, from)?;
        if row.linking != Some(from) {
            return Err(Refusal::Unknown);
        }
        if self.ledger.has_records(from) {
            return Err(Refusal::HasRecords);
        }
        self.end_bonds(from, None, BondEnding::Left);
        self.say(Fact::AccountsLinked { member: me, from });
        self.say(Fact::MemberLeft { member: from });
        Ok(())
    }

    pub(super) fn block(&mut self, other: MemberId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        if me == other {
            return Err(Refusal::Oneself);
        }
        if self.ledger.blocks_by(me).any(|blocked| blocked == other) {
            return Ok(());
        }
        if !crate::view::sight(self.ledger, me, other).any() {
            return Err(Refusal::Unknown);
        }
        self.say(Fact::MemberBlocked { member: me, other });
        let mine = self.ledger.intentions_by(me).filter(|i| i.recipient == other);
        let theirs = self.ledger.intentions_for(me).filter(|i| i.author == other);
        self.cancel_intentions(mine.chain(theirs).collect(), CancelReason::Blocked);
        let offers = self.ledger.offers_of(me);
        let between = offers.filter(|offer| offer.from == other || offer.to == other);
        self.end_offers(between.collect());
        self.end_bonds(me, Some(other), BondEnding::Blocked);
        Ok(())
    }

    pub(super) fn unblock(&mut self, other: MemberId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        if self.ledger.blocks_by(me).any(|blocked| blocked == other) {
            self.say(Fact::MemberUnblocked { member: me, other });
        }
        Ok(())
    }
}
