//! Kept help comes back as an intention: at the month's end (C3.2), or at the moment when it is fulfilled late (L18).
//!
//! While something of a helper's is overdue there, what they kept waits with that obligation
//! ([`Obligation::deferred`]) and comes back together with it. No promise grows by waiting: what comes back is never
//! more than what was kept of one month.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{Case, month::falls_overdue};
use crate::{
    amount::Amount,
    event::Fact,
    id::{AppealId, IntentionId, MemberId, ObligationId},
    member::Member,
    obligation::Obligation,
    time::{Period, Timestamp},
};

impl Case<'_> {
    /// C3.2: help that was kept comes back, one intention per helper.
    pub(super) fn renew(&mut self, row: &Member, appeal: AppealId, closing: Period, boundary: Timestamp) {
        let mut kept: BTreeMap<MemberId, Vec<&Obligation>> = BTreeMap::new();
        let belongs = |o: &&Obligation| {
            o.is_monthly()
                && o.appeal() == Some(appeal)
                && o.period() == closing
                && !o.renewed
                && !o.settled().is_zero()
        };
        for obligation in self.ledger.owed_to(row.id).filter(belongs) {
            kept.entry(obligation.debtor).or_default().push(obligation);
        }
        let is_late = |o: &Obligation| o.is_overdue() || falls_overdue(self.ledger, o, boundary);
        for (helper, mut obligations) in kept {
            let Some(last) = obligations.iter().rfind(|o| o.is_fulfilled()).copied() else {
                continue;
            };
            if !self.may_come_back(helper, row.id) {
                continue;
            }
            let mut there = self.ledger.owed_by(helper).filter(|o| o.appeal() == Some(appeal));
            let late = there.find(|o| is_late(o));
            obligations.retain(|o| !is_late(o));
            let amount = obligations.iter().map(|o| o.settled().plus(o.deferred)).sum();
            let from = obligations.iter().map(|o| o.id).collect();
            if let Some(late) = late {
                self.wait_with(late, row, closing, amount, from);
            } else if !self.keeps_intention(helper, appeal) {
                self.come_back(last, appeal, amount, from);
            }
        }
    }

    /// An obligation fulfilled after the end of its period comes back at that moment, unless its helper already has an
    /// intention there (C3.2, L18); so does what waited with one that was let go. `kept`: how much of it was carried
    /// out in all.
    pub(super) fn come_back_late(&mut self, row: &Obligation, kept: Amount) {
        let Some(appeal) = row.appeal().filter(|_| row.is_monthly() && !row.renewed) else {
            return;
        };
        let Some(creditor) = self.ledger.member(row.creditor) else {
            return;
        };
        let late = row.period() < creditor.period && creditor.asks_monthly;
        if !late || !self.may_come_back(row.debtor, row.creditor) {
            return;
        }
        let amount = kept.plus(row.deferred);
        let mut there = self
            .ledger
            .owed_by(row.debtor)
            .filter(|o| o.appeal() == Some(appeal));
        let from = alloc::vec![row.id];
        if let Some(other) = there.find(|o| o.id != row.id && o.is_overdue()) {
            self.wait_with(other, creditor, row.period(), amount, from);
        } else if self.ledger.intention_of(row.debtor, appeal).is_none() {
            self.come_back(row, appeal, amount, from);
        }
    }

    /// Both are here, and neither blocks the other.
    fn may_come_back(&self, helper: MemberId, recipient: MemberId) -> bool {
        let here = self.ledger.member(helper).is_some_and(Member::is_here);
        here && !self.ledger.is_blocked(helper, recipient)
    }

    /// In the form, and with the words, of one of the obligations that it comes from.
    fn come_back(&mut self, like: &Obligation, appeal: AppealId, amount: Amount, from: Vec<ObligationId>) {
        let intention = IntentionId(self.number());
        self.say(Fact::IntentionRenewed {
            intention,
            author: like.debtor,
            appeal,
            recipient: like.creditor,
            amount: amount.min(Amount::MAX),
            form: like.form,
            note: like.note,
            from,
        });
    }

    /// What was kept of a period waits with an overdue obligation. What belongs to the same month as that one adds to
    /// it, as long as no later month has ended; of different months the most that was kept in one comes back.
    fn wait_with(
        &mut self,
        overdue: &Obligation,
        creditor: &Member,
        period: Period,
        kept: Amount,
        from: Vec<ObligationId>,
    ) {
        let same = overdue.period() == period && creditor.period <= period.next();
        let amount = if same {
            kept
        } else {
            kept.less(overdue.amount).less(overdue.deferred)
        };
        self.say(Fact::RenewalDeferred {
            obligation: overdue.id,
            debtor: overdue.debtor,
            creditor: creditor.id,
            amount,
            from,
        });
    }

    /// Whether a live intention of the helper's is still there after this decision's lapses.
    fn keeps_intention(&self, helper: MemberId, appeal: AppealId) -> bool {
        let lapsed = |id: IntentionId| {
            self.facts
                .iter()
                .any(|fact| matches!(fact, Fact::IntentionLapsed { intention, .. } if *intention == id))
        };
        self.ledger
            .intention_of(helper, appeal)
            .is_some_and(|intention| !lapsed(intention.id))
    }
}
