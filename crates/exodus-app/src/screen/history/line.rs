//! What happened, in one line, as one of those concerned would tell it.
//!
//! Invariant: whoever is no party to a fact has no line of it; a block is told to nobody but who said it (M9).

use exodus_core::{
    Amount, Before, CancelReason, Date, Ending, Event, Fact, Form, LapseReason, MemberId, MoveReason, Origin,
    Period, ReleaseReason,
};
use exodus_i18n::Text;

use super::{
    super::record::{side, worth},
    Naming,
};
use crate::scene::Scene;

/// Who reads, and how others are named to them.
pub(super) struct Reader<'a> {
    /// What is known around the reader.
    pub(super) scene: &'a Scene,
    /// How others are named.
    pub(super) name: Naming,
}

impl Reader<'_> {
    /// The line of an entry; `None` when it is not the reader's to see.
    pub(super) fn line(&self, event: &Event) -> Option<Text> {
        match event.fact {
            Fact::Registered {
                member,
                referrer: None,
                ..
            } => self.own(member, "history-registered"),
            Fact::Registered {
                member,
                referrer: Some(referrer),
                ..
            } => self.between(member, referrer, "history-registered-by"),
            Fact::MonthlyAsked { member, target, .. } => Some(
                self.own(member, "history-monthly-asked")?
                    .amount("target", target.minor()),
            ),
            Fact::EmergencyCalled {
                member,
                target,
                deadline,
                ..
            } => {
                let text = self.own(member, "history-emergency-called")?;
                Some(text.amount("target", target.minor()).date("deadline", deadline))
            }
            Fact::AppealChanged { owner, .. } => self.own(owner, "").map(|_| appeal_changed(&event.fact)),
            Fact::MonthlyEnded { member, ending, .. } => Some(
                self.own(member, "history-monthly-ended")?
                    .keyword("ending", ending_word(ending)),
            ),
            Fact::EmergencyEnded {
                member,
                ending,
                confirmed,
                then,
                ..
            } => {
                let text = self
                    .own(member, "history-emergency-ended")?
                    .keyword("ending", ending_word(ending));
                Some(
                    text.amount("confirmed", confirmed.minor())
                        .keyword("then", before_word(then)),
                )
            }
            Fact::MemberLeft { member } => self.own(member, "history-left"),
            Fact::LinkingAsked { member, .. } => self.own(member, "history-linking-asked"),
            Fact::AccountsLinked { member, .. } => self.own(member, "history-accounts-linked"),
            Fact::MemberBlocked { member, other } => Some(
                self.own(member, "history-blocked")?
                    .with("name", self.scene.name(other)),
            ),
            Fact::MemberUnblocked { member, other } => Some(
                self.own(member, "history-unblocked")?
                    .with("name", self.scene.name(other)),
            ),
            Fact::Vouched { owner, member, .. } => self.between(member, owner, "history-vouched"),
            Fact::VouchWithdrawn { owner, member, .. } => {
                self.between(member, owner, "history-vouch-withdrawn")
            }
            Fact::LinkMade { about, maker, .. } => {
                self.link(maker, about, "history-link-made-own", "history-link-made")
            }
            Fact::LinkRevoked { about, maker, .. } => {
                self.link(maker, about, "history-link-revoked-own", "history-link-revoked")
            }
            Fact::LinkExpired { about, maker, .. } => {
                self.link(maker, about, "history-link-expired-own", "history-link-expired")
            }
            Fact::LinkFollowed {
                about,
                maker,
                visitor,
                ..
            } => self.between(visitor, about, "history-link-followed").or_else(|| {
                let text = self.own(maker, "history-link-of-mine-followed")?;
                Some(text.with("name", (self.name)(self.scene, visitor)))
            }),
            Fact::LinksForbidden { member, forbid } => Some(
                self.own(member, "history-links-forbidden")?
                    .keyword("forbid", yes_word(forbid)),
            ),
            Fact::IntentionRecorded {
                author,
                recipient,
                amount,
                form,
                ..
            } => self.worth(author, recipient, "history-intention-recorded", amount, form),
            Fact::IntentionChanged {
                author,
                recipient,
                before,
                after,
                form,
                revalued,
                ..
            } => {
                let id = if revalued {
                    "history-intention-revalued"
                } else {
                    "history-intention-changed"
                };
                let text = self.between(author, recipient, id)?;
                Some(
                    text.amount("before", before.minor())
                        .with("after", worth(after, form)),
                )
            }
            Fact::IntentionWithdrawn {
                author,
                recipient,
                amount,
                ..
            } => self.sum(author, recipient, "history-intention-withdrawn", amount),
            Fact::IntentionConverted {
                author,
                recipient,
                amount,
                rest,
                ..
            } if rest.is_zero() => self.sum(author, recipient, "history-intention-converted", amount),
            Fact::IntentionConverted {
                author,
                recipient,
                amount,
                rest,
                ..
            } => {
                let text = self.sum(author, recipient, "history-intention-converted-part", amount)?;
                Some(text.amount("rest", rest.minor()))
            }
            Fact::IntentionLapsed {
                author,
                recipient,
                amount,
                reason,
                ..
            } => {
                let text = self.sum(author, recipient, "history-intention-lapsed", amount)?;
                let reason = match reason {
                    LapseReason::MonthEnded => "month",
                    LapseReason::FellOut => "overdue",
                };
                Some(text.keyword("reason", reason))
            }
            Fact::IntentionCancelled {
                author,
                recipient,
                amount,
                reason,
                ..
            } => {
                let text = self.sum(author, recipient, "history-intention-cancelled", amount)?;
                Some(text.keyword("reason", self.cancel_word(event, reason)))
            }
            Fact::IntentionRenewed {
                author,
                recipient,
                amount,
                form,
                ..
            } => self.worth(author, recipient, "history-intention-renewed", amount, form),
            Fact::RenewalDeferred {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-renewal-deferred", amount),
            Fact::IntentionThawed {
                author, recipient, ..
            } => self.between(author, recipient, "history-intention-thawed"),
            Fact::ConversionAsked {
                author, recipient, ..
            } => self.between(author, recipient, "history-conversion-asked"),
            Fact::ValueProposed {
                author,
                recipient,
                before,
                proposed,
                ..
            } => {
                let text = self.between(author, recipient, "history-value-proposed")?;
                Some(
                    text.amount("before", before.minor())
                        .amount("proposed", proposed.minor()),
                )
            }
            Fact::ValueDeclined {
                author,
                recipient,
                proposed,
                ..
            } => Some(
                self.between(author, recipient, "history-value-declined")?
                    .amount("proposed", proposed.minor()),
            ),
            Fact::ObligationMade {
                debtor,
                creditor,
                amount,
                form,
                due,
                origin,
                ..
            } => {
                let text = self.worth(debtor, creditor, "history-obligation-made", amount, form)?;
                Some(text.date("due", due).keyword("origin", origin_word(origin)))
            }
            Fact::DueMoved {
                debtor,
                creditor,
                before,
                after,
                reason,
                ..
            } => self.due_moved(debtor, creditor, (before, after), reason),
            Fact::PerformanceReported {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-reported", amount),
            Fact::PerformanceAnswered {
                debtor,
                creditor,
                reported,
                confirmed,
                ..
            } if confirmed == reported => self.sum(debtor, creditor, "history-confirmed", confirmed),
            Fact::PerformanceAnswered {
                debtor,
                creditor,
                reported,
                confirmed,
                ..
            } if confirmed.is_zero() => self.sum(debtor, creditor, "history-not-received", reported),
            Fact::PerformanceAnswered {
                debtor,
                creditor,
                reported,
                confirmed,
                ..
            } => {
                let text = self.sum(debtor, creditor, "history-confirmed-part", confirmed)?;
                Some(text.amount("reported", reported.minor()))
            }
            Fact::PerformanceSettledBySilence {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-by-silence", amount),
            Fact::ConfirmationReopened {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-reopened", amount),
            Fact::PerformanceAsked { debtor, creditor, .. } => {
                self.between(debtor, creditor, "history-performance-asked")
            }
            Fact::ConfirmationReminded {
                debtor,
                creditor,
                by_system,
                ..
            } => {
                let text = self.between(debtor, creditor, "history-confirmation-reminded")?;
                Some(text.keyword("by", if by_system { "system" } else { "debtor" }))
            }
            Fact::DebtorReminded {
                debtor,
                creditor,
                last,
                ..
            } => Some(
                self.between(debtor, creditor, "history-debtor-reminded")?
                    .keyword("last", yes_word(last)),
            ),
            Fact::ObligationFulfilled {
                debtor,
                creditor,
                late,
                by_silence,
                ..
            } => {
                let how = match (by_silence, late) {
                    (true, _) => "silence",
                    (false, true) => "late",
                    (false, false) => "on-time",
                };
                Some(
                    self.between(debtor, creditor, "history-obligation-fulfilled")?
                        .keyword("how", how),
                )
            }
            Fact::ObligationOverdue {
                debtor,
                creditor,
                outstanding,
                ..
            } => self.sum(debtor, creditor, "history-obligation-overdue", outstanding),
            Fact::ObligationReleased {
                debtor,
                creditor,
                amount,
                reason,
                ..
            } => {
                let text = self.sum(debtor, creditor, "history-obligation-released", amount)?;
                let reason = match reason {
                    ReleaseReason::Word => "word",
                    ReleaseReason::Left => "left",
                };
                Some(text.keyword("reason", reason))
            }
            Fact::ObligationCancelled {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-obligation-cancelled", amount),
            Fact::ObligationDefaulted {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-obligation-defaulted", amount),
            Fact::OfferMade {
                from,
                to,
                debtor,
                amount,
                form,
                due,
                given,
                ..
            } => {
                let text = self.worth(from, to, offer_id(from == debtor, given), amount, form)?;
                Some(if given { text } else { text.date("due", due) })
            }
            Fact::OfferAccepted { from, to, .. } => self.between(from, to, "history-offer-accepted"),
            Fact::OfferDeclined { from, to, .. } => self.between(from, to, "history-offer-declined"),
            Fact::OfferWithdrawn { from, to, .. } => self.between(from, to, "history-offer-withdrawn"),
            Fact::PersonalLinkMade { .. }
            | Fact::BondProposed { .. }
            | Fact::BondMade { .. }
            | Fact::BondDeclined { .. }
            | Fact::BondWithdrawn { .. }
            | Fact::BondChanged { .. }
            | Fact::BondEnded { .. } => self.of_bond(event),
            Fact::MonthClosed {
                member,
                period,
                overdue,
                ..
            } => {
                let text = month(self.own(member, "history-month-closed")?, period);
                Some(text.count("overdue", u64::from(overdue)))
            }
            Fact::MonthNudged { member, period } => {
                Some(month(self.own(member, "history-month-nudged")?, period))
            }
            Fact::MonthSummarised { member, period } => {
                Some(month(self.own(member, "history-month-summarised")?, period))
            }
            Fact::MemberSuspended { member } => self.own(member, "history-suspended"),
            Fact::SuspensionLifted { member } => self.own(member, "history-suspension-lifted"),
        }
    }

    /// A line of one's own.
    pub(super) fn own(&self, member: MemberId, id: &'static str) -> Option<Text> {
        (member == self.scene.viewer).then(|| Text::new(id))
    }

    /// A line between two: from the one's side or from the other's, with the name of whoever is not the reader.
    pub(super) fn between(&self, one: MemberId, other: MemberId, id: &'static str) -> Option<Text> {
        let mine = one == self.scene.viewer;
        let named = if mine { other } else { one };
        let text = || {
            Text::new(id)
                .keyword("side", side(mine))
                .with("name", (self.name)(self.scene, named))
        };
        (mine || other == self.scene.viewer).then(text)
    }

    /// The same with an amount.
    pub(super) fn sum(
        &self,
        one: MemberId,
        other: MemberId,
        id: &'static str,
        amount: Amount,
    ) -> Option<Text> {
        Some(self.between(one, other, id)?.amount("amount", amount.minor()))
    }

    /// The same with an amount and its form.
    fn worth(
        &self,
        one: MemberId,
        other: MemberId,
        id: &'static str,
        amount: Amount,
        form: Form,
    ) -> Option<Text> {
        Some(self.between(one, other, id)?.with("amount", worth(amount, form)))
    }

    /// A link to oneself, or between who made it and whom it leads to.
    fn link(
        &self,
        maker: MemberId,
        about: MemberId,
        own: &'static str,
        between: &'static str,
    ) -> Option<Text> {
        if maker == about {
            self.own(maker, own)
        } else {
            self.between(maker, about, between)
        }
    }

    fn due_moved(
        &self,
        debtor: MemberId,
        creditor: MemberId,
        (before, after): (Date, Date),
        reason: MoveReason,
    ) -> Option<Text> {
        let text = self.between(debtor, creditor, "history-due-moved")?;
        let reason = match reason {
            MoveReason::Thawed => "thawed",
            MoveReason::NotReceived => "not-received",
            MoveReason::Reopened => "reopened",
            MoveReason::Deadline => "deadline",
        };
        Some(
            text.date("before", before)
                .date("after", after)
                .keyword("reason", reason),
        )
    }

    /// Why an intention ended. That somebody blocked somebody is said to nobody but them.
    fn cancel_word(&self, event: &Event, reason: CancelReason) -> &'static str {
        match reason {
            CancelReason::NotNeeded => "not-needed",
            CancelReason::Left => "left",
            CancelReason::Blocked if event.by.member() == Some(self.scene.viewer) => "blocked",
            CancelReason::Blocked => "ended",
        }
    }
}

/// What changed in one's own appeal: the amount, the last day, both; else the words or who may find it.
fn appeal_changed(fact: &Fact) -> Text {
    let Fact::AppealChanged {
        target_before,
        target_after,
        deadline_before,
        deadline_after,
        findable,
        ..
    } = fact
    else {
        return Text::new("history-appeal-words");
    };
    let target = (target_before != target_after).then_some((*target_before, *target_after));
    let deadline = deadline_before
        .zip(*deadline_after)
        .filter(|(before, after)| before != after);
    let amounts = |text: Text, (before, after): (Amount, Amount)| {
        text.amount("before", before.minor())
            .amount("after", after.minor())
    };
    match (target, deadline, findable) {
        (Some(target), Some((from, to)), _) => amounts(Text::new("history-appeal-both"), target)
            .date("from", from)
            .date("to", to),
        (Some(target), None, _) => amounts(Text::new("history-appeal-target"), target),
        (None, Some((from, to)), _) => Text::new("history-appeal-deadline")
            .date("from", from)
            .date("to", to),
        (None, None, Some(findable)) => {
            Text::new("history-appeal-findable").keyword("findable", yes_word(*findable))
        }
        (None, None, None) => Text::new("history-appeal-words"),
    }
}

fn month(text: Text, period: Period) -> Text {
    text.month("month", period.year(), period.month())
}

const fn offer_id(giver: bool, given: bool) -> &'static str {
    match (given, giver) {
        (false, true) => "history-offer-give",
        (false, false) => "history-offer-ask",
        (true, true) => "history-offer-given",
        (true, false) => "history-offer-received",
    }
}

/// How an appeal ended, as a word that messages choose by.
pub(in super::super) const fn ending_word(ending: Ending) -> &'static str {
    match ending {
        Ending::Reached => "reached",
        Ending::Expired => "expired",
        Ending::Ended => "ended",
        Ending::Left => "left",
    }
}

const fn before_word(before: Before) -> &'static str {
    match before {
        Before::Green => "green",
        Before::Orange => "orange",
    }
}

const fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Appeal { monthly: true, .. } => "monthly",
        Origin::Appeal { monthly: false, .. } => "emergency",
        Origin::Direct { .. } => "direct",
    }
}

const fn yes_word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
