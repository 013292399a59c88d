//! Who must be told what: from an event and the state after it.
//!
//! A notice names its recipient and what it is about; its words are made when it is delivered, from the event and
//! from what its reader may see at that moment (rule U9).

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{
    appeal::{Appeal, Ending},
    bond::BondEnding,
    event::{CancelReason, Event, Fact, MoveReason},
    id::{AppealId, MemberId, ObligationId},
    ledger::Ledger,
    obligation::{ObligationState, Origin},
    time::Timestamp,
};

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Audience {
    /// One member.
    Member(MemberId),
    /// Everybody in a member's network who is not in the circle of their current appeal (those are told by name).
    /// Whoever delivers works it out.
    Network(MemberId),
}

/// The list of `8-conversations.md`: what a notice is about, and what a member chooses loudness by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(missing_docs, reason = "named as in the specification")]
pub enum Category {
    StatusInNetwork,
    EmergencyInNetwork,
    EmergencyInCircle,
    CircleNews,
    IntentionForMe,
    AskedToConvert,
    ObligationForMe,
    AskedToPerform,
    ReportedAsPerformed,
    Confirmed,
    NotReceived,
    Released,
    Cancelled,
    DueSoon,
    Overdue,
    Summary,
    OfferForMe,
    BondNews,
    InvitationAccepted,
    AccountLinked,
    Security,
}

impl Category {
    /// Every category, in the order they are listed.
    pub const ALL: [Self; 21] = [
        Self::EmergencyInCircle,
        Self::AskedToConvert,
        Self::AskedToPerform,
        Self::ReportedAsPerformed,
        Self::NotReceived,
        Self::Overdue,
        Self::AccountLinked,
        Self::Security,
        Self::EmergencyInNetwork,
        Self::StatusInNetwork,
        Self::CircleNews,
        Self::IntentionForMe,
        Self::ObligationForMe,
        Self::OfferForMe,
        Self::BondNews,
        Self::Confirmed,
        Self::Released,
        Self::Cancelled,
        Self::DueSoon,
        Self::Summary,
        Self::InvitationAccepted,
    ];

    /// Whether a member may not switch it off (marked ! in the specification).
    #[must_use]
    pub const fn is_mandatory(self) -> bool {
        matches!(
            self,
            Self::EmergencyInCircle
                | Self::AskedToConvert
                | Self::AskedToPerform
                | Self::ReportedAsPerformed
                | Self::NotReceived
                | Self::Overdue
                | Self::AccountLinked
                | Self::Security
        )
    }

    /// Whether it goes before everything else and does not wait for quiet hours to end (C10, U9).
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::EmergencyInCircle | Self::EmergencyInNetwork)
    }
}

/// Somebody must be told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Notice {
    /// To whom.
    pub to: Audience,
    /// About what.
    pub category: Category,
}

/// Who must be told of an event, given the state after the whole command. Whoever did it is not told: they see the
/// answer. What a month's end did is told in its summary (C4), not piece by piece.
#[must_use]
pub fn notices(ledger: &Ledger, event: &Event) -> Vec<Notice> {
    let mut notices = Vec::new();
    let actor = event.by.member();
    let mut tell = |member: MemberId, category| {
        let here = ledger.member(member).is_none_or(crate::member::Member::is_here);
        if here && actor != Some(member) {
            notices.push(Notice {
                to: Audience::Member(member),
                category,
            });
        }
    };
    // Of what happens in somebody's circle, those hear who see it: not who blocked the owner or was blocked (M9).
    let circle = |appeal: AppealId| -> Vec<MemberId> {
        let owner = ledger.appeal(appeal).map(|appeal| appeal.owner);
        let sees = |helper: &MemberId| owner.is_some_and(|owner| !ledger.is_blocked(owner, *helper));
        ledger.circle(appeal).filter(sees).collect()
    };
    match event.fact {
        Fact::MonthlyAsked { member, .. } => {
            notices.push(Notice {
                to: Audience::Network(member),
                category: Category::StatusInNetwork,
            });
        }
        Fact::EmergencyCalled { member, .. } => {
            for helper in circle_of_member(ledger, member) {
                tell(helper, Category::EmergencyInCircle);
            }
            notices.push(Notice {
                to: Audience::Network(member),
                category: Category::EmergencyInNetwork,
            });
        }
        Fact::AppealChanged {
            appeal,
            target_before,
            target_after,
            deadline_before,
            deadline_after,
            ..
        } => {
            // Where the change ended it, its end is told.
            let goes_on = ledger.appeal(appeal).is_some_and(Appeal::is_open);
            if goes_on && (target_before, deadline_before) != (target_after, deadline_after) {
                let moved = |helper| deadline_after > deadline_before && owes_openly(ledger, helper, appeal);
                for helper in circle(appeal) {
                    tell(
                        helper,
                        if moved(helper) {
                            Category::DueSoon
                        } else {
                            Category::CircleNews
                        },
                    );
                }
            }
        }
        Fact::MonthlyEnded {
            member,
            appeal,
            ending,
        } => {
            if ending != Ending::Left {
                // Whose intention ended with it hears of that.
                let told: BTreeSet<MemberId> = ledger.cancelled_at(member, event.at).collect();
                let others = circle(appeal).into_iter().filter(|helper| !told.contains(helper));
                others.for_each(|helper| tell(helper, Category::CircleNews));
            }
        }
        Fact::EmergencyEnded {
            member,
            appeal,
            ending,
            ..
        } => {
            if ending != Ending::Left {
                tell(member, Category::EmergencyInCircle);
                helpers_left(ledger, member, appeal)
                    .into_iter()
                    .for_each(|helper| tell(helper, Category::CircleNews));
            }
        }
        Fact::Vouched { owner, .. } => tell(owner, Category::CircleNews),
        Fact::LinkMade { about, .. } => tell(about, Category::InvitationAccepted),
        Fact::LinkRevoked { maker, .. } | Fact::LinkExpired { maker, .. } => {
            tell(maker, Category::InvitationAccepted)
        }
        Fact::LinkFollowed {
            about,
            maker,
            visitor,
            ..
        } => {
            for reader in BTreeSet::from([about, maker])
                .into_iter()
                .filter(|reader| *reader != visitor)
            {
                tell(reader, Category::InvitationAccepted);
            }
        }
        Fact::IntentionRecorded {
            author,
            appeal,
            recipient,
            ..
        } => {
            tell(recipient, Category::IntentionForMe);
            circle(appeal)
                .into_iter()
                .filter(|helper| *helper != author)
                .for_each(|helper| tell(helper, Category::CircleNews));
        }
        Fact::LinkingAsked { member, .. } => tell(member, Category::Security),
        Fact::AccountsLinked { member, .. } => {
            notices.push(Notice {
                to: Audience::Member(member),
                category: Category::AccountLinked,
            });
        }
        Fact::IntentionChanged { recipient, .. }
        | Fact::IntentionWithdrawn { recipient, .. }
        | Fact::ValueDeclined { recipient, .. } => tell(recipient, Category::IntentionForMe),
        Fact::IntentionCancelled {
            author,
            recipient,
            reason,
            ..
        } => {
            if reason != CancelReason::Blocked {
                tell(author, Category::Cancelled);
                tell(recipient, Category::Cancelled);
            }
        }
        Fact::ConversionAsked { author, .. } => tell(author, Category::AskedToConvert),
        Fact::ValueProposed {
            intention, author, ..
        } => {
            // A proposal taken back leaves nothing to answer.
            if ledger
                .intention(intention)
                .is_some_and(|row| row.revaluation.is_some())
            {
                tell(author, Category::IntentionForMe);
            }
        }
        Fact::IntentionRenewed { author, ref from, .. } => {
            // What came back at the month's end is in its summary.
            if from.iter().any(|id| ended_at(ledger, *id, event.at)) {
                tell(author, Category::IntentionForMe);
            }
        }
        Fact::ObligationMade {
            obligation,
            debtor,
            creditor,
            origin,
            ..
        } => {
            let reported = ledger
                .obligation(obligation)
                .is_some_and(|row| row.reports.iter().any(|r| r.at == event.at));
            if let Origin::Appeal { appeal, monthly, .. } = origin {
                if !reported {
                    tell(creditor, Category::ObligationForMe);
                }
                // A monthly appeal's circle heard of the intention.
                if !monthly {
                    let others = circle(appeal).into_iter().filter(|helper| *helper != debtor);
                    others.for_each(|helper| tell(helper, Category::CircleNews));
                }
            }
        }
        Fact::DueMoved { debtor, reason, .. } => {
            // Of a later deadline the circle hears; of what follows from an answer the answer tells.
            if reason == MoveReason::Thawed {
                tell(debtor, Category::DueSoon);
            }
        }
        Fact::PerformanceReported { report, creditor, .. } => {
            if !is_given_and_accepted(ledger, report.obligation, event) {
                tell(creditor, Category::ReportedAsPerformed);
            }
        }
        Fact::PerformanceAnswered {
            report,
            debtor,
            reported,
            confirmed,
            ..
        } => {
            if !is_given_and_accepted(ledger, report.obligation, event) {
                tell(
                    debtor,
                    if confirmed < reported {
                        Category::NotReceived
                    } else {
                        Category::Confirmed
                    },
                );
            }
        }
        Fact::PerformanceSettledBySilence { debtor, creditor, .. } => {
            tell(debtor, Category::Confirmed);
            tell(creditor, Category::Confirmed);
        }
        Fact::ConfirmationReopened { debtor, .. } => tell(debtor, Category::NotReceived),
        Fact::PerformanceAsked { debtor, .. } => tell(debtor, Category::AskedToPerform),
        Fact::ConfirmationReminded { creditor, .. } => tell(creditor, Category::ReportedAsPerformed),
        Fact::DebtorReminded { debtor, last, .. } => {
            tell(
                debtor,
                if last {
                    Category::Overdue
                } else {
                    Category::DueSoon
                },
            );
        }
        Fact::ObligationOverdue { debtor, creditor, .. } => {
            tell(debtor, Category::Overdue);
            tell(creditor, Category::Overdue);
        }
        // Nothing of it: the rest had ended before, and what was reported on it arrived.
        Fact::ObligationReleased { amount, .. }
        | Fact::ObligationCancelled { amount, .. }
        | Fact::ObligationDefaulted { amount, .. }
            if amount.is_zero() => {}
        Fact::ObligationReleased { debtor, .. } => tell(debtor, Category::Released),
        Fact::ObligationCancelled { debtor, .. } => tell(debtor, Category::Cancelled),
        Fact::ObligationDefaulted { creditor, .. } => tell(creditor, Category::Cancelled),
        Fact::OfferMade { to, .. } => tell(to, Category::OfferForMe),
        Fact::OfferAccepted { from, .. } | Fact::OfferDeclined { from, .. } => {
            tell(from, Category::OfferForMe)
        }
        Fact::OfferWithdrawn { from, to, .. } => {
            // Who was blocked is not told (M9).
            if !ledger.is_blocked(from, to) {
                tell(from, Category::OfferForMe);
                tell(to, Category::OfferForMe);
            }
        }
        // Who followed a personal link stands before the invitation, and its maker hears that it was followed.
        Fact::BondProposed { to, link, .. } => {
            if link.is_none() {
                tell(to, Category::BondNews);
            }
        }
        Fact::BondMade { from, to, .. } => {
            tell(from, Category::BondNews);
            tell(to, Category::BondNews);
        }
        Fact::BondDeclined { from, .. } => tell(from, Category::BondNews),
        Fact::BondWithdrawn { from, to, .. } => {
            // Who was blocked is not told (M9).
            if !ledger.is_blocked(from, to) {
                tell(from, Category::BondNews);
                tell(to, Category::BondNews);
            }
        }
        Fact::BondChanged { other, .. } => tell(other, Category::BondNews),
        Fact::BondEnded { other, ending, .. } => {
            if ending != BondEnding::Blocked {
                tell(other, Category::BondNews);
            }
        }
        Fact::MonthNudged { member, .. } => tell(member, Category::DueSoon),
        Fact::MonthSummarised { member, .. } => tell(member, Category::Summary),
        Fact::MemberSuspended { member } | Fact::SuspensionLifted { member } => {
            tell(member, Category::Overdue)
        }
        Fact::Registered { .. }
        | Fact::MemberLeft { .. }
        | Fact::MemberBlocked { .. }
        | Fact::MemberUnblocked { .. }
        | Fact::VouchWithdrawn { .. }
        | Fact::LinksForbidden { .. }
        | Fact::PersonalLinkMade { .. }
        | Fact::IntentionConverted { .. }
        | Fact::IntentionLapsed { .. }
        | Fact::IntentionThawed { .. }
        | Fact::RenewalDeferred { .. }
        | Fact::ObligationFulfilled { .. }
        | Fact::MonthClosed { .. } => {}
    }
    notices
}

/// Everybody in the circles of a member's appeals who sees them.
fn circle_of_member(ledger: &Ledger, member: MemberId) -> BTreeSet<MemberId> {
    ledger
        .supported_by(member)
        .filter(|helper| !ledger.is_blocked(member, *helper))
        .collect()
}

/// Who helped an emergency that has ended, less those told that theirs was cancelled.
fn helpers_left(ledger: &Ledger, owner: MemberId, appeal: AppealId) -> BTreeSet<MemberId> {
    let towards = ledger
        .owed_to(owner)
        .filter(|obligation| obligation.appeal() == Some(appeal));
    towards
        .filter(|obligation| obligation.closure.is_none())
        .map(|obligation| obligation.debtor)
        .collect()
}

/// Whether somebody has an open obligation towards an appeal.
fn owes_openly(ledger: &Ledger, debtor: MemberId, appeal: AppealId) -> bool {
    let mut there = ledger.owed_by(debtor).filter(|row| row.appeal() == Some(appeal));
    there.any(|row| matches!(row.state, ObligationState::Open))
}

/// Whether an obligation was fulfilled, or let go, at an instant.
fn ended_at(ledger: &Ledger, obligation: ObligationId, instant: Timestamp) -> bool {
    ledger.obligation(obligation).is_some_and(|row| match row.state {
        ObligationState::Fulfilled { at, .. } | ObligationState::Released { at } => at == instant,
        ObligationState::Open
        | ObligationState::Overdue { .. }
        | ObligationState::Cancelled { .. }
        | ObligationState::Defaulted { .. } => false,
    })
}

/// Whether this is help already given that was recorded and accepted in one: the offer's answer tells of it (L7a).
fn is_given_and_accepted(ledger: &Ledger, obligation: ObligationId, event: &Event) -> bool {
    let row = ledger.obligation(obligation);
    row.is_some_and(|row| {
        matches!(row.origin, Origin::Direct { .. }) && row.made == event.at && row.is_fulfilled()
    })
}
