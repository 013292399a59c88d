//! Why something was not done: each refusal in words that say what to do.

use exodus_core::{Amount, Refusal};
use exodus_i18n::Text;

use crate::scene::Scene;

/// The words of a refusal.
pub(crate) fn refusal(scene: &Scene, refusal: &Refusal) -> Text {
    let text = Text::new(id(refusal));
    match *refusal {
        Refusal::AmountTooLarge => text.amount("limit", Amount::MAX.minor()),
        Refusal::DatePassed { date } => text.date("date", date),
        Refusal::DateTooSoon { earliest } => text.date("earliest", earliest),
        Refusal::DateTooFar { latest } => text.date("latest", latest),
        Refusal::AboveIntention { intention } => text.amount("intention", intention.minor()),
        Refusal::AboveOutstanding { outstanding } => text.amount("outstanding", outstanding.minor()),
        Refusal::AboveReported { reported } => text.amount("reported", reported.minor()),
        Refusal::TooSoon { again } => text.with("again", scene.local(again)),
        Refusal::TooManyBonds { limit } => text.count("limit", u64::from(limit)),
        Refusal::TooManyInvitations { limit, again } => text
            .count("limit", u64::from(limit))
            .with("again", scene.local(again)),
        Refusal::TooManyLinks { limit } => text.count("limit", u64::from(limit)),
        Refusal::Unknown
        | Refusal::NotAMember
        | Refusal::ClockOnly
        | Refusal::MonthNotClosed
        | Refusal::ZeroAmount
        | Refusal::Oneself
        | Refusal::AlreadyOrange
        | Refusal::AlreadyRed
        | Refusal::NotAsking
        | Refusal::AppealClosed
        | Refusal::TakesIntentions
        | Refusal::TakesObligations
        | Refusal::InEmergency
        | Refusal::Suspended
        | Refusal::OverdueThere
        | Refusal::Frozen
        | Refusal::NoLonger
        | Refusal::ReportWaits
        | Refusal::TooLateToReopen
        | Refusal::NotInKind
        | Refusal::NoValueProposed
        | Refusal::LinksForbidden
        | Refusal::NotInNeed
        | Refusal::NotInCircle
        | Refusal::Blocked
        | Refusal::AlreadyBonded
        | Refusal::BondsFull
        | Refusal::HasRecords
        | Refusal::NoUses => text,
    }
}

const fn id(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown => "refusal-unknown",
        Refusal::NotAMember => "refusal-not-a-member",
        Refusal::ClockOnly => "refusal-clock-only",
        Refusal::MonthNotClosed => "refusal-month-not-closed",
        Refusal::ZeroAmount => "refusal-zero-amount",
        Refusal::AmountTooLarge => "refusal-amount-too-large",
        Refusal::Oneself => "refusal-oneself",
        Refusal::AlreadyOrange => "refusal-already-orange",
        Refusal::AlreadyRed => "refusal-already-red",
        Refusal::NotAsking => "refusal-not-asking",
        Refusal::AppealClosed => "refusal-appeal-closed",
        Refusal::TakesIntentions => "refusal-takes-intentions",
        Refusal::TakesObligations => "refusal-takes-obligations",
        Refusal::DatePassed { .. } => "refusal-date-passed",
        Refusal::DateTooSoon { .. } => "refusal-date-too-soon",
        Refusal::DateTooFar { .. } => "refusal-date-too-far",
        Refusal::InEmergency => "refusal-in-emergency",
        Refusal::Suspended => "refusal-suspended",
        Refusal::OverdueThere => "refusal-overdue-there",
        Refusal::Frozen => "refusal-frozen",
        Refusal::NoLonger => "refusal-no-longer",
        Refusal::AboveIntention { .. } => "refusal-above-intention",
        Refusal::AboveOutstanding { .. } => "refusal-above-outstanding",
        Refusal::AboveReported { .. } => "refusal-above-reported",
        Refusal::TooSoon { .. } => "refusal-too-soon",
        Refusal::ReportWaits => "refusal-report-waits",
        Refusal::TooLateToReopen => "refusal-too-late-to-reopen",
        Refusal::NotInKind => "refusal-not-in-kind",
        Refusal::NoValueProposed => "refusal-no-value-proposed",
        Refusal::LinksForbidden => "refusal-links-forbidden",
        Refusal::NotInNeed => "refusal-not-in-need",
        Refusal::TooManyLinks { .. } => "refusal-too-many-links",
        Refusal::NotInCircle => "refusal-not-in-circle",
        Refusal::Blocked => "refusal-blocked",
        Refusal::AlreadyBonded => "refusal-already-bonded",
        Refusal::TooManyBonds { .. } => "refusal-too-many-bonds",
        Refusal::BondsFull => "refusal-bonds-full",
        Refusal::TooManyInvitations { .. } => "refusal-too-many-invitations",
        Refusal::HasRecords => "refusal-has-records",
        Refusal::NoUses => "refusal-no-uses",
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::record::samples::{ANNA, refusals, said, scene},
        refusal,
    };

    #[test]
    fn every_refusal_has_words() {
        refusals()
            .iter()
            .for_each(|this| said(&refusal(&scene(ANNA, &[]), this)));
    }
}
