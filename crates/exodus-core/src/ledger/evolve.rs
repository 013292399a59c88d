//! Letting events happen. Total: whatever the event, whatever part is held.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{Changes, Ledger};
use crate::{
    amount::Amount,
    appeal::{Appeal, AppealKind, AppealState, Ending},
    event::{Event, Fact, ReleaseReason},
    id::{AppealId, IntentionId, LinkId, MemberId, ObligationId, OfferId, ReportId},
    intention::{Intention, IntentionState, Revaluation},
    link::Link,
    member::{Member, Reputation},
    obligation::{Closure, ClosureKind, Obligation, ObligationState, Report, ReportState},
    offer::{Offer, OfferState},
    time::Timestamp,
};

impl Ledger {
    /// Lets an event happen.
    pub fn evolve(&mut self, event: &Event) {
        self.evolve_noting(event, &mut Changes::default());
    }

    /// Lets an event happen and notes what it changed.
    pub fn evolve_noting(&mut self, event: &Event, changes: &mut Changes) {
        let at = event.at;
        match &event.fact {
            Fact::Registered { .. }
            | Fact::MemberLeft { .. }
            | Fact::LinkingAsked { .. }
            | Fact::AccountsLinked { .. }
            | Fact::MemberBlocked { .. }
            | Fact::MemberUnblocked { .. }
            | Fact::LinksForbidden { .. }
            | Fact::MonthClosed { .. }
            | Fact::MonthNudged { .. }
            | Fact::MonthSummarised { .. }
            | Fact::MemberSuspended { .. }
            | Fact::SuspensionLifted { .. } => self.evolve_member(&event.fact, at, changes),
            Fact::MonthlyAsked { .. }
            | Fact::EmergencyCalled { .. }
            | Fact::AppealChanged { .. }
            | Fact::MonthlyEnded { .. }
            | Fact::EmergencyEnded { .. }
            | Fact::Vouched { .. }
            | Fact::VouchWithdrawn { .. } => self.evolve_appeal(&event.fact, at, changes),
            Fact::LinkMade { .. }
            | Fact::LinkRevoked { .. }
            | Fact::LinkExpired { .. }
            | Fact::LinkFollowed { .. } => self.evolve_link(&event.fact, at, changes),
            Fact::IntentionRecorded { .. }
            | Fact::IntentionChanged { .. }
            | Fact::IntentionWithdrawn { .. }
            | Fact::IntentionConverted { .. }
            | Fact::IntentionLapsed { .. }
            | Fact::IntentionCancelled { .. }
            | Fact::IntentionRenewed { .. }
            | Fact::IntentionThawed { .. }
            | Fact::ConversionAsked { .. }
            | Fact::ValueProposed { .. }
            | Fact::ValueDeclined { .. } => self.evolve_intention(&event.fact, at, changes),
            Fact::ObligationMade { .. }
            | Fact::DueMoved { .. }
            | Fact::PerformanceAsked { .. }
            | Fact::DebtorReminded { .. }
            | Fact::ObligationFulfilled { .. }
            | Fact::ObligationOverdue { .. }
            | Fact::RenewalDeferred { .. }
            | Fact::ObligationReleased { .. }
            | Fact::ObligationCancelled { .. }
            | Fact::ObligationDefaulted { .. } => self.evolve_obligation(&event.fact, at, changes),
            Fact::PerformanceReported { .. }
            | Fact::PerformanceAnswered { .. }
            | Fact::PerformanceSettledBySilence { .. }
            | Fact::ConfirmationReopened { .. }
            | Fact::ConfirmationReminded { .. } => self.evolve_report(&event.fact, at, changes),
            Fact::OfferMade { .. }
            | Fact::OfferAccepted { .. }
            | Fact::OfferDeclined { .. }
            | Fact::OfferWithdrawn { .. } => self.evolve_offer(&event.fact, at, changes),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_member(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::Registered {
                member,
                period,
                referrer,
                ..
            } => {
                self.raise_next_number(member.0.saturating_add(1));
                let row = Member {
                    id: member,
                    joined: at,
                    referred_by: referrer,
                    monthly: None,
                    emergency: None,
                    asks_monthly: false,
                    period,
                    nudged: None,
                    summarised: None,
                    stirred: None,
                    overdue_streak: 0,
                    suspended: None,
                    forbids_links: false,
                    reputation: Reputation::default(),
                    left: None,
                };
                self.index.add_member(&row);
                self.members.insert(member, row);
                changes.members.insert(member);
            }
            Fact::MemberLeft { member } => {
                self.change_member(member, changes, |row| row.left = Some(at));
                let circles: Vec<_> = self.index.circles_of(member).collect();
                for (appeal, helper) in circles {
                    self.settle_circle(appeal, helper, changes);
                }
            }
            Fact::MemberBlocked { member, other } => {
                self.blocks.insert((member, other));
                changes.blocks.insert((member, other), true);
            }
            Fact::MemberUnblocked { member, other } => {
                self.blocks.remove(&(member, other));
                changes.blocks.insert((member, other), false);
            }
            Fact::LinksForbidden { member, forbid } => {
                self.change_member(member, changes, |row| row.forbids_links = forbid);
            }
            Fact::MonthClosed {
                member,
                period,
                streak,
                ..
            } => {
                self.change_member(member, changes, |row| {
                    row.period = period.next();
                    row.overdue_streak = streak;
                });
                let monthly = self.members.get(&member).and_then(|row| row.monthly);
                if let Some(appeal) = monthly {
                    let helpers: Vec<_> = self.index.circle(appeal).collect();
                    for helper in helpers {
                        self.settle_circle(appeal, helper, changes);
                    }
                }
            }
            Fact::MonthNudged { member, period } => {
                self.change_member(member, changes, |row| row.nudged = Some(period));
            }
            Fact::MonthSummarised { member, period } => {
                self.change_member(member, changes, |row| row.summarised = Some(period));
            }
            Fact::MemberSuspended { member } => {
                self.change_member(member, changes, |row| row.suspended = Some(at));
            }
            Fact::SuspensionLifted { member } => {
                self.change_member(member, changes, |row| {
                    row.suspended = None;
                    row.overdue_streak = 0;
                });
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_appeal(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::MonthlyAsked {
                member,
                appeal,
                target,
                purpose,
                findable,
                ..
            } => {
                self.raise_next_number(appeal.0.saturating_add(1));
                let vouches = self
                    .appeals
                    .get(&appeal)
                    .map(|appeal| appeal.vouches.clone())
                    .unwrap_or_default();
                self.put_appeal(
                    Appeal {
                        id: appeal,
                        owner: member,
                        kind: AppealKind::Monthly,
                        target,
                        state: AppealState::Open,
                        opened: at,
                        purpose,
                        talk: None,
                        findable,
                        vouches,
                    },
                    changes,
                );
                self.change_member(member, changes, |row| {
                    row.monthly = Some(appeal);
                    row.asks_monthly = true;
                });
                self.stir(member, changes);
            }
            Fact::EmergencyCalled {
                member,
                appeal,
                target,
                deadline,
                reason,
                talk,
            } => {
                self.raise_next_number(appeal.0.saturating_add(1));
                self.put_appeal(
                    Appeal {
                        id: appeal,
                        owner: member,
                        kind: AppealKind::Emergency { deadline },
                        target,
                        state: AppealState::Open,
                        opened: at,
                        purpose: reason,
                        talk,
                        findable: false,
                        vouches: BTreeMap::new(),
                    },
                    changes,
                );
                self.change_member(member, changes, |row| row.emergency = Some(appeal));
                self.stir(member, changes);
            }
            Fact::AppealChanged {
                appeal,
                target_after,
                deadline_after,
                purpose,
                findable,
                ..
            } => {
                self.change_appeal(appeal, changes, |row| {
                    row.target = target_after;
                    if let Some(deadline) = deadline_after {
                        row.kind = AppealKind::Emergency { deadline };
                    }
                    row.purpose = purpose.or(row.purpose);
                    row.findable = findable.unwrap_or(row.findable);
                });
            }
            Fact::MonthlyEnded {
                member,
                appeal,
                ending,
            } => {
                self.close_appeal(appeal, ending, at, changes);
                self.change_member(member, changes, |row| row.asks_monthly = false);
            }
            Fact::EmergencyEnded {
                member,
                appeal,
                ending,
                ..
            } => {
                self.close_appeal(appeal, ending, at, changes);
                self.change_member(member, changes, |row| row.emergency = None);
                self.stir(member, changes);
            }
            Fact::Vouched {
                appeal, member, note, ..
            } => {
                self.change_appeal(appeal, changes, |row| {
                    row.vouches.insert(member, note);
                });
            }
            Fact::VouchWithdrawn { appeal, member, .. } => {
                self.change_appeal(appeal, changes, |row| {
                    row.vouches.remove(&member);
                });
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_link(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::LinkMade {
                link,
                about,
                maker,
                max_uses,
                expires,
            } => {
                self.raise_next_number(link.0.saturating_add(1));
                let row = Link {
                    id: link,
                    about,
                    maker,
                    made: at,
                    max_uses,
                    expires,
                    visitors: alloc::collections::BTreeSet::new(),
                    revoked: None,
                    expired: None,
                };
                self.index.add_link(&row);
                self.links.insert(link, row);
                changes.links.insert(link);
            }
            Fact::LinkRevoked { link, .. } => self.change_link(link, changes, |row| row.revoked = Some(at)),
            Fact::LinkExpired { link, .. } => self.change_link(link, changes, |row| row.expired = Some(at)),
            Fact::LinkFollowed { link, visitor, .. } => {
                self.change_link(link, changes, |row| {
                    row.visitors.insert(visitor);
                });
                if self.links.contains_key(&link) {
                    self.index.follow(visitor, link);
                }
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_intention(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        let end = |state| move |row: &mut Intention| row.state = state;
        match *fact {
            Fact::IntentionRecorded {
                intention,
                author,
                appeal,
                recipient,
                amount,
                form,
                note,
            } => {
                self.put_intention(
                    Intention {
                        id: intention,
                        author,
                        appeal,
                        recipient,
                        amount,
                        form,
                        note,
                        recorded: at,
                        state: IntentionState::Live,
                        asked: None,
                        revaluation: None,
                    },
                    changes,
                );
                self.took_part(author, changes);
            }
            Fact::IntentionRenewed {
                intention,
                author,
                appeal,
                recipient,
                amount,
                form,
                note,
                ref from,
            } => {
                for &obligation in from {
                    self.change_obligation(obligation, changes, |row| row.renewed = true);
                }
                self.put_intention(
                    Intention {
                        id: intention,
                        author,
                        appeal,
                        recipient,
                        amount,
                        form,
                        note,
                        recorded: at,
                        state: IntentionState::Live,
                        asked: None,
                        revaluation: None,
                    },
                    changes,
                );
            }
            Fact::IntentionChanged {
                intention,
                author,
                after,
                form,
                note,
                ..
            } => {
                self.change_intention(intention, changes, |row| {
                    row.amount = after;
                    row.form = form;
                    row.note = note;
                    row.recorded = at;
                    row.revaluation = None;
                });
                self.took_part(author, changes);
            }
            Fact::IntentionWithdrawn { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Withdrawn));
            }
            Fact::IntentionLapsed { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Lapsed));
            }
            Fact::IntentionCancelled { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Cancelled));
            }
            Fact::IntentionConverted {
                intention,
                author,
                rest,
                ..
            } => {
                self.change_intention(intention, changes, |row| {
                    if rest.is_zero() {
                        row.state = IntentionState::Converted;
                    } else {
                        row.amount = rest;
                    }
                    row.asked = None;
                    row.revaluation = None;
                });
                self.took_part(author, changes);
            }
            Fact::IntentionThawed { intention, .. } => {
                self.change_intention(intention, changes, |row| row.recorded = at);
            }
            Fact::ConversionAsked { intention, .. } => {
                self.change_intention(intention, changes, |row| row.asked = Some(at));
            }
            Fact::ValueProposed {
                intention, proposed, ..
            } => {
                self.change_intention(intention, changes, |row| {
                    row.revaluation = Some(Revaluation { amount: proposed, at });
                });
            }
            Fact::ValueDeclined { intention, .. } => {
                self.change_intention(intention, changes, |row| row.revaluation = None);
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_obligation(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::ObligationMade {
                obligation,
                debtor,
                creditor,
                amount,
                form,
                note,
                due,
                origin,
            } => {
                self.raise_next_number(obligation.0.saturating_add(1));
                let row = Obligation {
                    id: obligation,
                    debtor,
                    creditor,
                    amount,
                    form,
                    note,
                    due,
                    origin,
                    made: at,
                    reports: Vec::new(),
                    closure: None,
                    state: ObligationState::Open,
                    asked: None,
                    reminded_soon: None,
                    reminded_last: None,
                    due_moved: false,
                    reopened: false,
                    renewed: false,
                    deferred: Amount::ZERO,
                };
                self.index.add_obligation(&row);
                self.obligations.insert(obligation, row);
                self.after_obligation(obligation, changes);
                self.took_part(debtor, changes);
            }
            Fact::DueMoved {
                obligation,
                after,
                reason,
                ..
            } => {
                self.change_obligation(obligation, changes, |row| {
                    row.due = after;
                    row.reminded_soon = None;
                    row.reminded_last = None;
                    row.due_moved |= matches!(reason, crate::event::MoveReason::NotReceived);
                });
            }
            Fact::PerformanceAsked { obligation, .. } => {
                self.change_obligation(obligation, changes, |row| row.asked = Some(at));
            }
            Fact::DebtorReminded { obligation, last, .. } => {
                self.change_obligation(obligation, changes, |row| {
                    if last {
                        row.reminded_last = Some(at);
                    } else {
                        row.reminded_soon = Some(at);
                    }
                });
            }
            Fact::ObligationFulfilled {
                obligation,
                debtor,
                late,
                by_silence,
                ..
            } => {
                self.no_longer_overdue(obligation, changes);
                self.change_obligation(obligation, changes, |row| {
                    row.state = ObligationState::Fulfilled { at, late, by_silence };
                });
                self.change_reputation(debtor, changes, |reputation| {
                    let counter = fulfilled_counter(reputation, late, by_silence);
                    *counter = counter.saturating_add(1);
                });
            }
            Fact::ObligationOverdue {
                obligation,
                debtor,
                since,
                ..
            } => {
                self.change_obligation(obligation, changes, |row| {
                    row.state = ObligationState::Overdue { since }
                });
                self.change_reputation(debtor, changes, |reputation| {
                    reputation.overdue = reputation.overdue.saturating_add(1);
                });
            }
            Fact::RenewalDeferred {
                obligation,
                amount,
                ref from,
                ..
            } => {
                for &kept in from {
                    self.change_obligation(kept, changes, |row| row.renewed = true);
                }
                self.change_obligation(obligation, changes, |row| {
                    row.deferred = row.deferred.plus(amount)
                });
            }
            Fact::ObligationReleased {
                obligation,
                debtor,
                amount,
                reason,
                ..
            } => {
                let kind = match reason {
                    ReleaseReason::Word => ClosureKind::Released,
                    ReleaseReason::Left => ClosureKind::CreditorLeft,
                };
                self.close_obligation(obligation, kind, amount, at, changes);
                let done = self
                    .obligations
                    .get(&obligation)
                    .is_some_and(|row| !row.is_unsettled());
                if done && reason == ReleaseReason::Word {
                    self.change_reputation(debtor, changes, |reputation| {
                        reputation.released = reputation.released.saturating_add(1);
                    });
                }
            }
            Fact::ObligationCancelled {
                obligation, amount, ..
            } => {
                self.close_obligation(obligation, ClosureKind::Cancelled, amount, at, changes);
            }
            Fact::ObligationDefaulted {
                obligation, amount, ..
            } => {
                self.close_obligation(obligation, ClosureKind::Defaulted, amount, at, changes);
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_report(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::PerformanceReported {
                report,
                debtor,
                amount,
                holding,
                note,
                ..
            } => {
                self.change_obligation(report.obligation, changes, |row| {
                    row.reports.push(Report {
                        amount,
                        holding,
                        at,
                        note,
                        reminded: None,
                        system_reminded: None,
                        state: ReportState::Waiting,
                    });
                });
                self.took_part(debtor, changes);
            }
            Fact::PerformanceAnswered {
                report,
                creditor,
                confirmed,
                period,
                ..
            } => {
                self.change_report(report, changes, |row| {
                    row.state = ReportState::Answered {
                        confirmed,
                        at,
                        period,
                    };
                });
                self.took_part(creditor, changes);
            }
            Fact::PerformanceSettledBySilence { report, period, .. } => {
                self.change_report(report, changes, |row| {
                    row.state = ReportState::BySilence { at, period }
                });
            }
            Fact::ConfirmationReopened {
                report,
                debtor,
                reason,
                ..
            } => {
                let was = self.obligations.get(&report.obligation).map(|row| row.state);
                if let Some(ObligationState::Fulfilled { late, by_silence, .. }) = was {
                    self.change_reputation(debtor, changes, |reputation| {
                        let counter = fulfilled_counter(reputation, late, by_silence);
                        *counter = counter.saturating_sub(1);
                    });
                }
                self.change_report(report, changes, |row| {
                    row.state = ReportState::Reopened { at, reason }
                });
                self.change_obligation(report.obligation, changes, |row| {
                    row.reopened = true;
                    if row.is_fulfilled() {
                        row.state = ObligationState::Open;
                    }
                });
            }
            Fact::ConfirmationReminded {
                report, by_system, ..
            } => {
                self.change_report(report, changes, |row| {
                    if by_system {
                        row.system_reminded = Some(at);
                    } else {
                        row.reminded = Some(at);
                    }
                });
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    fn evolve_offer(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::OfferMade {
                offer,
                from,
                to,
                debtor,
                amount,
                form,
                due,
                note,
                given,
            } => {
                self.raise_next_number(offer.0.saturating_add(1));
                let creditor = if debtor == from { to } else { from };
                let row = Offer {
                    id: offer,
                    from,
                    to,
                    debtor,
                    creditor,
                    amount,
                    form,
                    due,
                    note,
                    given,
                    at,
                    state: OfferState::Waiting,
                };
                self.index.add_offer(&row);
                self.offers.insert(offer, row);
                changes.offers.insert(offer);
                self.stir(from, changes);
                self.stir(to, changes);
            }
            Fact::OfferAccepted { offer, .. } => self.end_offer(offer, OfferState::Accepted, changes),
            Fact::OfferDeclined { offer, .. } => self.end_offer(offer, OfferState::Declined, changes),
            Fact::OfferWithdrawn { offer, .. } => self.end_offer(offer, OfferState::Withdrawn, changes),
            _ => {}
        }
    }

    // ---- leaves -------------------------------------------------------------------------------------------------

    fn change_member(&mut self, id: MemberId, changes: &mut Changes, change: impl FnOnce(&mut Member)) {
        if let Some(row) = self.members.get_mut(&id) {
            change(row);
            changes.members.insert(id);
        }
    }

    fn change_reputation(
        &mut self,
        id: MemberId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Reputation),
    ) {
        self.change_member(id, changes, |row| change(&mut row.reputation));
    }

    /// A record of theirs moved.
    fn stir(&mut self, id: MemberId, changes: &mut Changes) {
        self.change_member(id, changes, |row| row.stirred = Some(row.period));
    }

    /// They promised, performed or confirmed: the month counts (M8).
    fn took_part(&mut self, id: MemberId, changes: &mut Changes) {
        self.change_member(id, changes, |row| {
            let reputation = &mut row.reputation;
            if reputation.last_month != Some(row.period) {
                reputation.last_month = Some(row.period);
                reputation.months = reputation.months.saturating_add(1);
            }
        });
    }

    fn put_appeal(&mut self, appeal: Appeal, changes: &mut Changes) {
        changes.appeals.insert(appeal.id);
        self.appeals.insert(appeal.id, appeal);
    }

    fn change_appeal(&mut self, id: AppealId, changes: &mut Changes, change: impl FnOnce(&mut Appeal)) {
        if let Some(row) = self.appeals.get_mut(&id) {
            change(row);
            changes.appeals.insert(id);
        }
    }

    fn close_appeal(&mut self, id: AppealId, ending: Ending, at: Timestamp, changes: &mut Changes) {
        self.change_appeal(id, changes, |row| {
            row.state = AppealState::Closed { at, ending };
            row.vouches.clear();
        });
        let helpers: Vec<_> = self.index.circle(id).collect();
        for helper in helpers {
            self.settle_circle(id, helper, changes);
        }
    }

    fn change_link(&mut self, id: LinkId, changes: &mut Changes, change: impl FnOnce(&mut Link)) {
        if let Some(row) = self.links.get_mut(&id) {
            change(row);
            changes.links.insert(id);
        }
    }

    fn put_intention(&mut self, intention: Intention, changes: &mut Changes) {
        let id = intention.id;
        self.raise_next_number(id.0.saturating_add(1));
        self.index.add_intention(&intention);
        self.intentions.insert(id, intention);
        self.after_intention(id, changes);
    }

    fn change_intention(
        &mut self,
        id: IntentionId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Intention),
    ) {
        if let Some(row) = self.intentions.get_mut(&id) {
            change(row);
            self.after_intention(id, changes);
        }
    }

    fn after_intention(&mut self, id: IntentionId, changes: &mut Changes) {
        let Some(&Intention {
            author,
            appeal,
            recipient,
            ..
        }) = self.intentions.get(&id)
        else {
            return;
        };
        changes.intentions.insert(id);
        self.stir(author, changes);
        self.stir(recipient, changes);
        self.settle_circle(appeal, author, changes);
    }

    fn change_obligation(
        &mut self,
        id: ObligationId,
        changes: &mut Changes,
        change: impl FnOnce(&mut Obligation),
    ) {
        if let Some(row) = self.obligations.get_mut(&id) {
            change(row);
            self.after_obligation(id, changes);
        }
    }

    fn after_obligation(&mut self, id: ObligationId, changes: &mut Changes) {
        let Some(row) = self.obligations.get(&id) else {
            return;
        };
        let (debtor, creditor, appeal) = (row.debtor, row.creditor, row.appeal());
        changes.obligations.insert(id);
        self.stir(debtor, changes);
        self.stir(creditor, changes);
        if let Some(appeal) = appeal {
            self.settle_circle(appeal, debtor, changes);
        }
    }

    fn change_report(&mut self, id: ReportId, changes: &mut Changes, change: impl FnOnce(&mut Report)) {
        self.change_obligation(id.obligation, changes, |row| {
            let report = usize::try_from(id.nth)
                .ok()
                .and_then(|nth| row.reports.get_mut(nth));
            if let Some(report) = report {
                change(report);
            }
        });
    }

    fn no_longer_overdue(&mut self, id: ObligationId, changes: &mut Changes) {
        let debtor = self
            .obligations
            .get(&id)
            .filter(|row| row.is_overdue())
            .map(|row| row.debtor);
        if let Some(debtor) = debtor {
            self.change_reputation(debtor, changes, |reputation| {
                reputation.overdue = reputation.overdue.saturating_sub(1);
            });
        }
    }

    /// Closes so much of an obligation; with nothing outstanding it ends as that closure.
    fn close_obligation(
        &mut self,
        id: ObligationId,
        kind: ClosureKind,
        amount: Amount,
        at: Timestamp,
        changes: &mut Changes,
    ) {
        let ends = self
            .obligations
            .get(&id)
            .is_some_and(|row| row.outstanding() <= amount);
        if ends {
            self.no_longer_overdue(id, changes);
        }
        self.change_obligation(id, changes, |row| {
            let before = row.closed();
            row.closure = Some(Closure {
                kind,
                amount: before.plus(amount),
                at,
            });
            if ends {
                row.state = match kind {
                    ClosureKind::Released | ClosureKind::CreditorLeft => ObligationState::Released { at },
                    ClosureKind::Cancelled => ObligationState::Cancelled { at },
                    ClosureKind::Defaulted => ObligationState::Defaulted { at },
                };
            }
        });
    }

    fn end_offer(&mut self, id: OfferId, state: OfferState, changes: &mut Changes) {
        let Some(row) = self.offers.get_mut(&id) else {
            return;
        };
        row.state = state;
        let (from, to) = (row.from, row.to);
        changes.offers.insert(id);
        self.stir(from, changes);
        self.stir(to, changes);
    }

    /// Puts somebody in a circle or takes them out, as their records there say (invariant 4).
    fn settle_circle(&mut self, appeal: AppealId, helper: MemberId, changes: &mut Changes) {
        let Some(owner) = self.appeals.get(&appeal).map(|row| row.owner) else {
            return;
        };
        let (is_in, belongs) = (
            self.index.is_in_circle(appeal, helper),
            self.holds(appeal, helper),
        );
        match (is_in, belongs) {
            (false, true) => self.index.join(appeal, owner, helper),
            (true, false) => self.index.part(appeal, owner, helper),
            (true, true) | (false, false) => return,
        }
        changes.circles.insert((appeal, helper), (owner, belongs));
    }
}

/// The counter that a fulfilled obligation goes to (M8).
fn fulfilled_counter(reputation: &mut Reputation, late: bool, by_silence: bool) -> &mut u32 {
    match (by_silence, late) {
        (true, _) => &mut reputation.by_silence,
        (false, true) => &mut reputation.late,
        (false, false) => &mut reputation.on_time,
    }
}
