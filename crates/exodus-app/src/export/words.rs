//! The words of the format for what is one of a few: the same in every language, never renamed.

use exodus_core::{
    AppealState, BondState, CancelReason, Ending, Form, IntentionState, LapseReason, MoveReason,
    ObligationState, OfferState, Origin, ReleaseReason, ReportState, Status,
};

pub(super) const fn form(form: Form) -> &'static str {
    match form {
        Form::Money => "money",
        Form::Thing => "thing",
        Form::Service => "service",
        Form::Time => "time",
    }
}

pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Green => "green",
        Status::Orange => "orange",
        Status::Red => "red",
    }
}

pub(super) const fn appeal_kind(monthly: bool) -> &'static str {
    if monthly { "monthly" } else { "emergency" }
}

pub(super) const fn appeal_state(state: AppealState) -> &'static str {
    match state {
        AppealState::Open => "open",
        AppealState::Closed { .. } => "closed",
    }
}

pub(super) const fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Reached => "reached",
        Ending::Expired => "expired",
        Ending::Ended => "ended",
        Ending::Left => "left",
    }
}

pub(super) const fn intention_state(state: IntentionState) -> &'static str {
    match state {
        IntentionState::Live => "live",
        IntentionState::Withdrawn => "withdrawn",
        IntentionState::Converted => "converted",
        IntentionState::Lapsed => "lapsed",
        IntentionState::Cancelled => "cancelled",
    }
}

pub(super) const fn obligation_state(state: ObligationState) -> &'static str {
    match state {
        ObligationState::Open => "open",
        ObligationState::Overdue { .. } => "overdue",
        ObligationState::Fulfilled { .. } => "fulfilled",
        ObligationState::Released { .. } => "released",
        ObligationState::Cancelled { .. } => "cancelled",
        ObligationState::Defaulted { .. } => "defaulted",
    }
}

pub(super) const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Appeal { monthly, .. } => appeal_kind(monthly),
        Origin::Direct { .. } => "direct",
    }
}

pub(super) const fn report_state(state: ReportState) -> &'static str {
    match state {
        ReportState::Waiting => "waiting",
        ReportState::Answered { .. } => "answered",
        ReportState::BySilence { .. } => "by_silence",
        ReportState::Reopened { .. } => "reopened",
    }
}

pub(super) const fn bond_state(state: BondState) -> &'static str {
    match state {
        BondState::Waiting => "waiting",
        BondState::Declined => "declined",
        BondState::Withdrawn => "withdrawn",
        BondState::Live { .. } => "live",
        BondState::Ended { .. } => "ended",
    }
}

pub(super) const fn offer_state(state: OfferState) -> &'static str {
    match state {
        OfferState::Waiting => "waiting",
        OfferState::Accepted => "accepted",
        OfferState::Declined => "declined",
        OfferState::Withdrawn => "withdrawn",
    }
}

pub(super) const fn lapse(reason: LapseReason) -> &'static str {
    match reason {
        LapseReason::MonthEnded => "month_ended",
        LapseReason::FellOut => "overdue",
    }
}

/// Why an intention was cancelled. That one blocked the other is said to nobody but who did it (M9).
pub(super) const fn cancel(reason: CancelReason, by_me: bool) -> &'static str {
    match reason {
        CancelReason::NotNeeded => "not_needed",
        CancelReason::Left => "left",
        CancelReason::Blocked if by_me => "blocked",
        CancelReason::Blocked => "ended",
    }
}

pub(super) const fn moved(reason: MoveReason) -> &'static str {
    match reason {
        MoveReason::Thawed => "thawed",
        MoveReason::NotReceived => "not_received",
        MoveReason::Reopened => "reopened",
        MoveReason::Deadline => "deadline",
    }
}

pub(super) const fn release(reason: ReleaseReason) -> &'static str {
    match reason {
        ReleaseReason::Word => "word",
        ReleaseReason::Left => "left",
    }
}

/// How an obligation was fulfilled.
pub(super) const fn fulfilled(late: bool, by_silence: bool) -> &'static str {
    match (by_silence, late) {
        (true, _) => "by_silence",
        (false, true) => "late",
        (false, false) => "on_time",
    }
}
