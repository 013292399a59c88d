//! Whom and what an entry is about.

use super::Fact;
use crate::id::MemberId;

/// What an entry is about, for looking it up: the members concerned and the record, whose number is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// The member it is first of all about.
    pub member: MemberId,
    /// The other one.
    pub other: Option<MemberId>,
    /// The appeal, intention, obligation, offer or link: its number.
    pub record: Option<u64>,
    /// A second record it ties to the first: the obligation an intention or offer became.
    pub tied: Option<u64>,
}

impl Fact {
    /// Whom and what it is about.
    #[must_use]
    pub fn subjects(&self) -> Subjects {
        let of = |member, other, record, tied| Subjects {
            member,
            other,
            record,
            tied,
        };
        match *self {
            Self::Registered { member, referrer, .. } => of(member, referrer, None, None),
            Self::MonthlyAsked { member, appeal, .. }
            | Self::EmergencyCalled { member, appeal, .. }
            | Self::MonthlyEnded { member, appeal, .. }
            | Self::EmergencyEnded { member, appeal, .. }
            | Self::AppealChanged {
                owner: member,
                appeal,
                ..
            } => of(member, None, Some(appeal.0), None),
            Self::MemberLeft { member }
            | Self::LinksForbidden { member, .. }
            | Self::MonthClosed { member, .. }
            | Self::MonthNudged { member, .. }
            | Self::MonthSummarised { member, .. }
            | Self::MemberSuspended { member }
            | Self::SuspensionLifted { member } => of(member, None, None, None),
            Self::LinkingAsked { member, from } | Self::AccountsLinked { member, from } => {
                of(member, Some(from), None, None)
            }
            Self::MemberBlocked { member, other } | Self::MemberUnblocked { member, other } => {
                of(member, Some(other), None, None)
            }
            Self::Vouched {
                appeal,
                owner,
                member,
                ..
            }
            | Self::VouchWithdrawn {
                appeal,
                owner,
                member,
            } => of(member, Some(owner), Some(appeal.0), None),
            Self::LinkMade {
                link, about, maker, ..
            }
            | Self::LinkRevoked { link, about, maker }
            | Self::LinkExpired { link, about, maker } => of(maker, Some(about), Some(link.0), None),
            Self::LinkFollowed {
                link, about, visitor, ..
            } => of(visitor, Some(about), Some(link.0), None),
            Self::IntentionRecorded {
                intention,
                author,
                recipient,
                ..
            }
            | Self::IntentionChanged {
                intention,
                author,
                recipient,
                ..
            }
            | Self::IntentionWithdrawn {
                intention,
                author,
                recipient,
                ..
            }
            | Self::IntentionLapsed {
                intention,
                author,
                recipient,
                ..
            }
            | Self::IntentionCancelled {
                intention,
                author,
                recipient,
                ..
            }
            | Self::IntentionThawed {
                intention,
                author,
                recipient,
            }
            | Self::ConversionAsked {
                intention,
                author,
                recipient,
            }
            | Self::ValueProposed {
                intention,
                author,
                recipient,
                ..
            }
            | Self::ValueDeclined {
                intention,
                author,
                recipient,
                ..
            } => of(author, Some(recipient), Some(intention.0), None),
            Self::IntentionRenewed {
                intention,
                author,
                recipient,
                ref from,
                ..
            } => of(
                author,
                Some(recipient),
                Some(intention.0),
                from.first().map(|obligation| obligation.0),
            ),
            Self::IntentionConverted {
                intention,
                author,
                recipient,
                obligation,
                ..
            } => of(author, Some(recipient), Some(intention.0), Some(obligation.0)),
            Self::ObligationMade {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::DueMoved {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::PerformanceAsked {
                obligation,
                debtor,
                creditor,
            }
            | Self::DebtorReminded {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::ObligationFulfilled {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::ObligationOverdue {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::RenewalDeferred {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::ObligationReleased {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::ObligationCancelled {
                obligation,
                debtor,
                creditor,
                ..
            }
            | Self::ObligationDefaulted {
                obligation,
                debtor,
                creditor,
                ..
            } => of(debtor, Some(creditor), Some(obligation.0), None),
            Self::PerformanceReported {
                report,
                debtor,
                creditor,
                ..
            }
            | Self::PerformanceAnswered {
                report,
                debtor,
                creditor,
                ..
            }
            | Self::PerformanceSettledBySilence {
                report,
                debtor,
                creditor,
                ..
            }
            | Self::ConfirmationReopened {
                report,
                debtor,
                creditor,
                ..
            }
            | Self::ConfirmationReminded {
                report,
                debtor,
                creditor,
                ..
            } => of(debtor, Some(creditor), Some(report.obligation.0), None),
            Self::PersonalLinkMade { link, maker, .. } => of(maker, None, Some(link.0), None),
            Self::BondProposed {
                bond,
                from,
                to,
                restores,
                ..
            }
            | Self::BondMade {
                bond,
                from,
                to,
                restores,
                ..
            } => of(from, Some(to), Some(bond.0), restores.map(|before| before.0)),
            Self::BondDeclined { bond, from, to } | Self::BondWithdrawn { bond, from, to } => {
                of(from, Some(to), Some(bond.0), None)
            }
            Self::BondChanged {
                bond, member, other, ..
            }
            | Self::BondEnded {
                bond, member, other, ..
            } => of(member, Some(other), Some(bond.0), None),
            Self::OfferMade { offer, from, to, .. }
            | Self::OfferDeclined { offer, from, to }
            | Self::OfferWithdrawn { offer, from, to } => of(from, Some(to), Some(offer.0), None),
            Self::OfferAccepted {
                offer,
                from,
                to,
                obligation,
            } => of(from, Some(to), Some(offer.0), Some(obligation.0)),
        }
    }
}
