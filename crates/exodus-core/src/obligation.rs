//! A binding promise from a debtor to a creditor, with the reports made on it.
//!
//! `open ⇄ awaiting → fulfilled`; `open | awaiting | overdue → released | cancelled | defaulted`;
//! `overdue → fulfilled late`. *Awaiting* is open with a report that waits; *frozen* is open while its debtor is in
//! an emergency. Nothing here lets the debtor reduce or withdraw it (rule L8).

use alloc::vec::Vec;

use crate::{
    amount::Amount,
    id::{AppealId, IntentionId, MemberId, NoteId, ObligationId, OfferId, ProposalId, ReportId},
    intention::Form,
    set_off::{Consents, Settlement, SettlementKind},
    time::{Date, Period, Timestamp},
};

/// Where an obligation came from (rule L7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Origin {
    /// Towards an appeal; out of an intention (L4) or directly.
    Appeal {
        /// The appeal.
        appeal: AppealId,
        /// The intention it was converted from.
        intention: Option<IntentionId>,
        /// Whether the appeal is monthly: only then does help come back (C3.2).
        monthly: bool,
    },
    /// Agreed outside any appeal (rule L7a).
    Direct {
        /// The accepted offer.
        offer: OfferId,
    },
    /// Handed on along a chain (rule K8): it takes the place of what somebody in the middle owed.
    HandedOn {
        /// As proposed there.
        proposal: ProposalId,
        /// The monthly appeal that what it took the place of was towards. It does not come back (C3.2).
        appeal: Option<AppealId>,
    },
}

/// How the unreported rest of an obligation ended without being carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ClosureKind {
    /// The creditor let it go (rule L9).
    Released,
    /// The creditor left (rule M11); counts as released, for nobody's reputation.
    CreditorLeft,
    /// A rule that names it let it go (rule C5).
    Cancelled,
    /// The debtor left (rule M11).
    Defaulted,
}

/// A part of an obligation that will not be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Closure {
    /// How it ended.
    pub kind: ClosureKind,
    /// How much of the obligation.
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// Where an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ObligationState {
    /// Binding. Awaiting while a report waits.
    Open,
    /// Past its due date at a roll-over with a part neither confirmed nor awaiting an answer (rule C3.3).
    Overdue {
        /// The first period of lateness: the one that the roll-over began.
        since: Period,
    },
    /// Everything confirmed or otherwise settled.
    Fulfilled {
        /// When.
        at: Timestamp,
        /// Whether after its due date, as judged by the report (rule L11).
        late: bool,
        /// Whether silence settled any of it (rule L12).
        by_silence: bool,
    },
    /// Let go by its creditor (rule L9).
    Released {
        /// When.
        at: Timestamp,
    },
    /// Let go by a rule that names it (rule C5).
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// Closed because its debtor left (rule M11).
    Defaulted {
        /// When.
        at: Timestamp,
    },
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ReportState {
    /// Waits for the creditor's answer.
    Waiting,
    /// Answered: this much arrived, the rest did not (zero: "not received").
    Answered {
        /// How much was confirmed.
        confirmed: Amount,
        /// When.
        at: Timestamp,
        /// The period in which it was confirmed.
        period: Period,
    },
    /// Counts as fulfilled because nobody answered (rule L12), or because the creditor left (M11).
    BySilence {
        /// When.
        at: Timestamp,
        /// The period in which.
        period: Period,
    },
    /// Confirmed by mistake and opened again (rule L16).
    Reopened {
        /// When.
        at: Timestamp,
        /// The creditor's reason, beside the journal.
        reason: Option<NoteId>,
    },
}

/// A debtor's report that part of an obligation was carried out (rule L11).
#[doc(alias("performance", "two-phase transfer"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// How much was carried out.
    pub amount: Amount,
    /// How much of that holds back *overdue*: less than `amount` when a refused part was reported again too late.
    pub holding: Amount,
    /// When it was reported.
    pub at: Timestamp,
    /// The debtor's words, beside the journal.
    pub note: Option<NoteId>,
    /// When the debtor last reminded the creditor (rule L12).
    pub reminded: Option<Timestamp>,
    /// When the system last did.
    pub system_reminded: Option<Timestamp>,
    /// What became of it.
    pub state: ReportState,
}

impl Report {
    /// Whether it waits for an answer.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, ReportState::Waiting)
    }

    /// How much of it is settled.
    #[must_use]
    pub const fn settled(&self) -> Amount {
        match self.state {
            ReportState::Waiting | ReportState::Reopened { .. } => Amount::ZERO,
            ReportState::Answered { confirmed, .. } => confirmed,
            ReportState::BySilence { .. } => self.amount,
        }
    }
}

/// An obligation.
#[doc(alias("commitment", "debt", "payable"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Obligation {
    /// Which.
    pub id: ObligationId,
    /// Who owes.
    pub debtor: MemberId,
    /// Who is owed.
    pub creditor: MemberId,
    /// How much was promised.
    pub amount: Amount,
    /// In what form.
    pub form: Form,
    /// The promise's words, beside the journal.
    pub note: Option<NoteId>,
    /// The last day on which it is on time.
    pub due: Date,
    /// Where it came from.
    pub origin: Origin,
    /// When it was made.
    pub made: Timestamp,
    /// The reports on it, in order.
    pub reports: Vec<Report>,
    /// The most of it that was ever reported or settled at one time: what lies above was never reported (rule L11).
    pub reported: Amount,
    /// The part that will not be carried out.
    pub closure: Option<Closure>,
    /// Where it stands.
    pub state: ObligationState,
    /// When its creditor last asked to carry it out now (rule L10).
    pub asked: Option<Timestamp>,
    /// When its debtor was reminded that it is due soon (rule C2).
    pub reminded_soon: Option<Timestamp>,
    /// When its debtor was last given the last reminder (rule C8).
    pub reminded_last: Option<Timestamp>,
    /// Whether "not received" has already moved its due date (once only, rule L11).
    pub due_moved: bool,
    /// Whether a confirmation on it was opened again (once only, rule L16).
    pub reopened: bool,
    /// Whether it came back as an intention (rule C3.2; once only).
    pub renewed: bool,
    /// Kept help of the same helper that waits while this one is overdue, and comes back together with it (C3.2).
    pub deferred: Amount,
    /// What was settled of it without being carried out, in order (rule L13).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub settlements: Vec<Settlement>,
    /// What its two sides said about clearing it (rule K2).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Consents::is_empty"))]
    pub consents: Consents,
}

impl Obligation {
    /// Carried out: confirmed, or settled by silence.
    #[must_use]
    pub fn performed(&self) -> Amount {
        self.reports.iter().map(Report::settled).sum()
    }

    /// Set off against what others owe, by a run or by the word of two (K1, K5).
    #[must_use]
    pub fn cleared(&self) -> Amount {
        let cleared = |row: &&Settlement| !matches!(row.kind, SettlementKind::Transferred { .. });
        self.settlements
            .iter()
            .filter(cleared)
            .map(|row| row.amount)
            .sum()
    }

    /// Handed on (K8).
    #[must_use]
    pub fn transferred(&self) -> Amount {
        let transferred = |row: &&Settlement| matches!(row.kind, SettlementKind::Transferred { .. });
        self.settlements
            .iter()
            .filter(transferred)
            .map(|row| row.amount)
            .sum()
    }

    /// The part whose place another obligation took in its creditor's appeal: it counts there no more (K8).
    #[must_use]
    pub fn replaced(&self) -> Amount {
        let replaced =
            |row: &&Settlement| matches!(row.kind, SettlementKind::Transferred { replaced: true, .. });
        self.settlements
            .iter()
            .filter(replaced)
            .map(|row| row.amount)
            .sum()
    }

    /// Settled in whatever way: performed, cleared or transferred (L13).
    #[must_use]
    pub fn settled(&self) -> Amount {
        self.performed()
            .plus(self.settlements.iter().map(|row| row.amount).sum())
    }

    /// What counts as help in its creditor's appeal (L14): settled, without what another obligation took the place of.
    #[must_use]
    pub fn helped(&self) -> Amount {
        self.settled().less(self.replaced())
    }

    /// What will not be carried out: released, cancelled or defaulted.
    #[must_use]
    pub fn closed(&self) -> Amount {
        self.closure.map_or(Amount::ZERO, |closure| closure.amount)
    }

    /// What is still owed: amount less what is settled, less what was let go (invariant 1).
    #[must_use]
    pub fn outstanding(&self) -> Amount {
        self.amount.less(self.settled()).less(self.closed())
    }

    /// Reported and not answered yet.
    #[must_use]
    pub fn awaiting(&self) -> Amount {
        self.reports
            .iter()
            .filter(|report| report.is_waiting())
            .map(|report| report.amount)
            .sum()
    }

    /// Of what is awaiting, the part that holds back *overdue* (rule L11).
    #[must_use]
    pub fn holding(&self) -> Amount {
        self.reports
            .iter()
            .filter(|report| report.is_waiting())
            .map(|report| report.holding)
            .sum()
    }

    /// Owed and not reported.
    #[must_use]
    pub fn unreported(&self) -> Amount {
        self.outstanding().less(self.awaiting())
    }

    /// Whether anything is still to come: open, awaiting or overdue.
    #[must_use]
    pub const fn is_unsettled(&self) -> bool {
        matches!(
            self.state,
            ObligationState::Open | ObligationState::Overdue { .. }
        )
    }

    /// Whether it is overdue.
    #[must_use]
    pub const fn is_overdue(&self) -> bool {
        matches!(self.state, ObligationState::Overdue { .. })
    }

    /// Whether it was fulfilled.
    #[must_use]
    pub const fn is_fulfilled(&self) -> bool {
        matches!(self.state, ObligationState::Fulfilled { .. })
    }

    /// The period it belongs to: the one in which it is due (rule L7).
    #[must_use]
    pub fn period(&self) -> Period {
        Period::of(self.due)
    }

    /// The appeal it is towards.
    #[must_use]
    pub const fn appeal(&self) -> Option<AppealId> {
        match self.origin {
            Origin::Appeal { appeal, .. } => Some(appeal),
            Origin::Direct { .. } => None,
            Origin::HandedOn { appeal, .. } => appeal,
        }
    }

    /// The report with that number.
    #[must_use]
    pub fn report(&self, nth: u32) -> Option<&Report> {
        self.reports.get(usize::try_from(nth).ok()?)
    }

    /// The waiting reports, with their names.
    pub fn waiting(&self) -> impl Iterator<Item = (ReportId, &Report)> {
        (0..)
            .zip(&self.reports)
            .filter(|(_, report)| report.is_waiting())
            .map(|(nth, report)| {
                (
                    ReportId {
                        obligation: self.id,
                        nth,
                    },
                    report,
                )
            })
    }
}
