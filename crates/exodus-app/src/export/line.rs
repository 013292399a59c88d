//! One entry of the journal, as the format tells it to a member it concerns.
//!
//! Invariant: what is not the member's to know has no line: an entry they are no party to, and that somebody blocked
//! them (M9), of which neither who ended something nor why gives a hint.

use exodus_core::{Actor, Amount, Date, Event, Fact, Form, MemberId, NoteId, Period};

use super::{kind::kind, words};

/// An entry, flat.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What happened.
    pub(super) what: &'static str,
    /// Who did it: `me`, `other`, `time`; empty where that would tell who blocked whom.
    pub(super) by: &'static str,
    /// Whether the promise, report, offer, link or vouch is `mine` or `theirs`.
    pub(super) side: &'static str,
    /// The other one.
    pub(super) with: Option<MemberId>,
    /// The record's number. Another member's appeal or link has none.
    pub(super) record: Option<u64>,
    /// The number of the obligation that an intention or offer became.
    pub(super) became: Option<u64>,
    /// What else is to say.
    pub(super) details: Details,
}

/// What only some entries have.
#[derive(Clone, Debug, Default)]
pub(super) struct Details {
    /// How much, after what happened.
    pub(super) amount: Option<Amount>,
    /// How much before, where it changed.
    pub(super) before: Option<Amount>,
    /// How much was reported, where that is answered.
    pub(super) reported: Option<Amount>,
    /// How much stays an intention.
    pub(super) rest: Option<Amount>,
    /// In what form.
    pub(super) form: Option<Form>,
    /// Due date, deadline or last day, after what happened.
    pub(super) date: Option<Date>,
    /// The same before.
    pub(super) date_before: Option<Date>,
    /// Which month.
    pub(super) month: Option<Period>,
    /// Which report on the obligation, counted from 0.
    pub(super) report: Option<u32>,
    /// Why or how, in a word of the format.
    pub(super) why: &'static str,
    /// Words given with it.
    pub(super) note: Option<NoteId>,
    /// A link to talk.
    pub(super) talk: Option<NoteId>,
}

impl Line {
    /// The line of an entry, for a member; `None` when it is not theirs to know.
    pub(super) fn of(me: MemberId, event: &Event) -> Option<Self> {
        let fact = &event.fact;
        let subjects = fact.subjects();
        let (side, with) = match (fact, subjects.other) {
            // The account that asks, or that was linked, is nobody else.
            (Fact::LinkingAsked { .. } | Fact::AccountsLinked { .. }, _) => {
                (mine(subjects.member == me), None)
            }
            (Fact::MemberBlocked { member, .. } | Fact::MemberUnblocked { member, .. }, _)
                if *member != me =>
            {
                return None;
            }
            (_, None) if subjects.member != me => return None,
            (_, None) => ("", None),
            (_, Some(other)) if subjects.member == me => ("mine", Some(other).filter(|other| *other != me)),
            (_, Some(other)) if other == me => ("theirs", Some(subjects.member)),
            // Somebody followed a link of mine to a third.
            (Fact::LinkFollowed { maker, .. }, _) if *maker == me => ("theirs", Some(subjects.member)),
            (_, Some(_)) => return None,
        };
        // Vouched for another's appeal, followed another's link.
        let of_owner = matches!(
            fact,
            Fact::Vouched { .. } | Fact::VouchWithdrawn { .. } | Fact::LinkFollowed { .. }
        );
        let of_others = of_owner && side == "mine";
        Some(Self {
            what: kind(fact),
            by: by(me, event),
            side,
            with,
            record: subjects.record.filter(|_| !of_others),
            became: subjects
                .tied
                .filter(|_| !matches!(fact, Fact::IntentionRenewed { .. })),
            details: details(fact, event.by == Actor::Member(me)),
        })
    }
}

const fn mine(mine: bool) -> &'static str {
    if mine { "mine" } else { "theirs" }
}

fn by(me: MemberId, event: &Event) -> &'static str {
    let ends_by_a_block = matches!(
        event.fact,
        Fact::IntentionCancelled { .. }
            | Fact::OfferWithdrawn { .. }
            | Fact::BondWithdrawn { .. }
            | Fact::BondEnded { .. }
    );
    match event.by {
        Actor::Member(member) if member == me => "me",
        Actor::Newcomer if event.fact.subjects().member == me => "me",
        Actor::Member(_) if ends_by_a_block => "",
        Actor::Member(_) | Actor::Newcomer => "other",
        Actor::Clock => "time",
    }
}

/// What an entry says beside whom it concerns.
fn details(fact: &Fact, by_me: bool) -> Details {
    let none = Details::default();
    let sum = |amount: Amount| Details {
        amount: Some(amount),
        ..Details::default()
    };
    match *fact {
        Fact::MonthlyAsked { target, purpose, .. } => Details {
            note: purpose,
            ..sum(target)
        },
        Fact::EmergencyCalled {
            target,
            deadline,
            reason,
            talk,
            ..
        } => Details {
            date: Some(deadline),
            note: reason,
            talk,
            ..sum(target)
        },
        Fact::AppealChanged {
            target_before,
            target_after,
            deadline_before,
            deadline_after,
            purpose,
            findable,
            ..
        } => Details {
            before: Some(target_before),
            date: deadline_after,
            date_before: deadline_before,
            why: findable.map_or("", |findable| if findable { "findable" } else { "not_findable" }),
            note: purpose,
            ..sum(target_after)
        },
        Fact::MonthlyEnded { ending, .. } => Details {
            why: words::ending(ending),
            ..none
        },
        Fact::EmergencyEnded {
            ending, confirmed, ..
        } => Details {
            why: words::ending(ending),
            ..sum(confirmed)
        },
        Fact::Vouched { note, .. } => Details { note, ..none },
        Fact::LinkMade { expires, .. } => Details {
            date: expires,
            ..none
        },
        Fact::IntentionRecorded {
            amount, form, note, ..
        }
        | Fact::IntentionRenewed {
            amount, form, note, ..
        } => Details {
            form: Some(form),
            note,
            ..sum(amount)
        },
        Fact::IntentionChanged {
            before,
            after,
            form,
            note,
            ..
        } => Details {
            before: Some(before),
            form: Some(form),
            note,
            ..sum(after)
        },
        Fact::IntentionConverted { amount, rest, .. } => Details {
            rest: Some(rest),
            ..sum(amount)
        },
        Fact::IntentionLapsed { amount, reason, .. } => Details {
            why: words::lapse(reason),
            ..sum(amount)
        },
        Fact::IntentionCancelled { amount, reason, .. } => Details {
            why: words::cancel(reason, by_me),
            ..sum(amount)
        },
        Fact::ValueProposed { before, proposed, .. } => Details {
            before: Some(before),
            ..sum(proposed)
        },
        Fact::ObligationMade {
            amount,
            form,
            note,
            due,
            origin,
            ..
        } => Details {
            form: Some(form),
            date: Some(due),
            why: words::origin(origin),
            note,
            ..sum(amount)
        },
        Fact::DueMoved {
            before,
            after,
            reason,
            ..
        } => Details {
            date: Some(after),
            date_before: Some(before),
            why: words::moved(reason),
            ..none
        },
        Fact::PerformanceReported {
            report, amount, note, ..
        } => Details {
            report: Some(report.nth),
            note,
            ..sum(amount)
        },
        Fact::PerformanceAnswered {
            report,
            reported,
            confirmed,
            ..
        } => Details {
            report: Some(report.nth),
            reported: Some(reported),
            ..sum(confirmed)
        },
        Fact::PerformanceSettledBySilence { report, amount, .. } => Details {
            report: Some(report.nth),
            ..sum(amount)
        },
        Fact::ConfirmationReopened {
            report,
            amount,
            reason,
            ..
        } => Details {
            report: Some(report.nth),
            note: reason,
            ..sum(amount)
        },
        Fact::ConfirmationReminded {
            report, by_system, ..
        } => Details {
            report: Some(report.nth),
            why: if by_system { "system" } else { "debtor" },
            ..none
        },
        Fact::DebtorReminded { last, .. } => Details {
            why: if last { "last" } else { "soon" },
            ..none
        },
        Fact::ObligationFulfilled { late, by_silence, .. } => Details {
            why: words::fulfilled(late, by_silence),
            ..none
        },
        Fact::ObligationOverdue { outstanding, .. } => sum(outstanding),
        Fact::ObligationReleased { amount, reason, .. } => Details {
            why: words::release(reason),
            ..sum(amount)
        },
        Fact::OfferMade {
            amount,
            form,
            due,
            note,
            given,
            ..
        } => Details {
            form: Some(form),
            date: Some(due),
            note,
            why: if given { "given" } else { "" },
            ..sum(amount)
        },
        Fact::PersonalLinkMade { gives, expires, .. } => Details {
            date: expires,
            ..sum(gives)
        },
        Fact::BondMade { from_gives, .. } => sum(from_gives),
        Fact::BondChanged { before, after, .. } => Details {
            before: Some(before),
            ..sum(after)
        },
        Fact::BondProposed { gives: amount, .. }
        | Fact::IntentionWithdrawn { amount, .. }
        | Fact::RenewalDeferred { amount, .. }
        | Fact::ValueDeclined { proposed: amount, .. }
        | Fact::ObligationCancelled { amount, .. }
        | Fact::ObligationDefaulted { amount, .. } => sum(amount),
        Fact::MonthClosed { period, .. }
        | Fact::MonthNudged { period, .. }
        | Fact::MonthSummarised { period, .. } => Details {
            month: Some(period),
            ..none
        },
        Fact::Registered { .. }
        | Fact::MemberLeft { .. }
        | Fact::LinkingAsked { .. }
        | Fact::AccountsLinked { .. }
        | Fact::MemberBlocked { .. }
        | Fact::MemberUnblocked { .. }
        | Fact::VouchWithdrawn { .. }
        | Fact::LinkRevoked { .. }
        | Fact::LinkExpired { .. }
        | Fact::LinkFollowed { .. }
        | Fact::LinksForbidden { .. }
        | Fact::IntentionThawed { .. }
        | Fact::ConversionAsked { .. }
        | Fact::PerformanceAsked { .. }
        | Fact::BondDeclined { .. }
        | Fact::BondWithdrawn { .. }
        | Fact::BondEnded { .. }
        | Fact::OfferAccepted { .. }
        | Fact::OfferDeclined { .. }
        | Fact::OfferWithdrawn { .. }
        | Fact::MemberSuspended { .. }
        | Fact::SuspensionLifted { .. } => none,
    }
}
