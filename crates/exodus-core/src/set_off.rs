//! Clearing as members know it (K1–K7): who consents, what takes part, the month's run and what it settles.
//!
//! [`crate::clearing`] finds set-offs between numbers; here they are obligations of members. A run is *one* entry of the
//! journal, [`crate::Fact::ClearingRan`], which names every set-off: from then on it has happened, whole. What it does to an
//! obligation is carried out member by member (see `docs/adr/0016-a-run-is-one-entry.md`): before anything else can happen to
//! a member, whatever a run set off for them is settled.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{
    amount::Amount,
    clearing,
    id::{MemberId, ObligationId, ProposalId, RunId},
    member::Member,
    obligation::{Obligation, ObligationState},
    policy::{Policy, days_after},
    time::{Date, Period, Timestamp},
};

/// A word about clearing: yes or no, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Consent {
    /// Whether it may be cleared.
    pub given: bool,
    /// Since when this is their word.
    pub at: Timestamp,
}

/// What both sides said about clearing a single obligation; nothing: their general choice holds (K2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Consents {
    /// Its debtor.
    pub debtor: Option<Consent>,
    /// Its creditor.
    pub creditor: Option<Consent>,
}

impl Consents {
    /// Whether neither said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a member said about clearing in general, and has been told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MemberClearing {
    /// "My obligations may be cleared": since when; nothing: they may not (K2).
    pub consents: Option<Timestamp>,
    /// The last period whose run was announced to them (K7).
    pub announced: Option<Period>,
    /// The last run that set something off for them.
    pub run: Option<RunId>,
    /// The last run whose statement they were given (K6).
    pub stated: Option<RunId>,
}

impl MemberClearing {
    /// Whether nothing was ever said or told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a part of an obligation was settled without being carried out (L13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SettlementKind {
    /// Set off by a run (K5).
    Cleared {
        /// By which.
        run: RunId,
    },
    /// Set off by the word of two who owe each other (K1).
    SetOff {
        /// As proposed there.
        proposal: ProposalId,
    },
    /// Handed on (K8): what its debtor owes goes to another now, or another owes it now.
    Transferred {
        /// As proposed there.
        proposal: ProposalId,
        /// The obligation that took its place.
        made: ObligationId,
        /// Whether that one takes its place in the creditor's appeal: then this part counts there no more.
        replaced: bool,
    },
}

/// A part of an obligation that was settled without being carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settlement {
    /// How.
    pub kind: SettlementKind,
    /// How much.
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
    /// In which period it counts as help (C3.2, L14).
    pub period: Period,
}

/// The run of a period as announced (K7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Announced {
    /// Of which period.
    pub period: Period,
    /// The day on which it runs.
    pub on: Date,
}

/// A run of clearing that has happened (K5).
#[doc(alias("netting cycle", "settlement run"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// Of which period.
    pub period: Period,
    /// When.
    pub at: Timestamp,
    /// How many obligations it reduced.
    pub obligations: u32,
    /// By how much in all, minor units.
    pub total: u64,
    /// On how many of them it is still to be carried out.
    pub left: u32,
}

/// Where the community stands with clearing: one for the whole ledger, held by every part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Clearing {
    /// The last run announced.
    pub announced: Option<Announced>,
    /// The last run.
    pub ran: Option<Run>,
}

impl Clearing {
    /// The run that is announced and has not been yet.
    #[must_use]
    pub fn awaited(&self) -> Option<Announced> {
        let ran = self.ran.map(|run| run.period);
        self.announced.filter(|announced| ran < Some(announced.period))
    }

    /// What is due for the whole community by an instant: a run to be carried out, a run that was announced, the
    /// announcement of the next.
    #[must_use]
    pub fn due(&self, policy: &Policy, at: Timestamp) -> Option<Due> {
        if let Some(run) = self.ran.filter(|run| run.left > 0) {
            return Some(Due::CarryingOut(run.id));
        }
        if let Some(announced) = self.awaited() {
            return (policy.zone.start_of(announced.on) <= at).then_some(Due::Run(announced.period));
        }
        let announced = announcement(policy, at)?;
        let new = self.announced.map(|before| before.period) < Some(announced.period);
        let begun = policy.zone.start_of(announce_day(policy, announced.period)?) <= at;
        (new && begun).then_some(Due::Announcement(announced.period))
    }

    /// When something will be due for the whole community, after an instant by which everything due was done.
    #[must_use]
    pub fn next_due(&self, policy: &Policy, after: Timestamp) -> Option<Timestamp> {
        if let Some(announced) = self.awaited() {
            return Some(policy.zone.start_of(announced.on)).filter(|at| *at > after);
        }
        let period = policy.period(after);
        let starts = [period, period.next()].map(|period| announce_day(policy, period));
        let starts = starts.into_iter().flatten().map(|day| policy.zone.start_of(day));
        starts.filter(|at| *at > after).min()
    }
}

/// What is due for the whole community.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The period's run is to be announced.
    Announcement(Period),
    /// The period's run is to be made.
    Run(Period),
    /// That run is still to be carried out for somebody.
    CarryingOut(RunId),
}

/// The day on which a period's run is announced, where the community clears at all.
pub(crate) fn announce_day(policy: &Policy, period: Period) -> Option<Date> {
    let days = policy.clearing;
    (days.run > 0).then_some(())?;
    period
        .first_day()
        .with()
        .day(days.announced.clamp(1, 27))
        .build()
        .ok()
}

/// The run that can be announced at an instant: on its day, never on the day of the announcement, always before the month
/// ends (K7). Nothing where no day is left.
#[must_use]
pub fn announcement(policy: &Policy, at: Timestamp) -> Option<Announced> {
    let today = policy.date(at);
    let period = Period::of(today);
    let run = policy.clearing.run;
    (run > 0).then_some(())?;
    let day = period.first_day().with().day(run.clamp(2, 28)).build().ok()?;
    let on = day.max(days_after(today, 1));
    (on <= period.last_day()).then_some(Announced { period, on })
}

/// How much of an obligation may be set off at all (K2): what is open, neither reported nor overdue nor frozen, and not
/// towards an emergency; between two who are here.
#[must_use]
pub fn free(obligation: &Obligation, debtor: &Member, creditor: &Member) -> Amount {
    let open = matches!(obligation.state, ObligationState::Open) && !obligation.is_of_emergency();
    if open && !debtor.is_red() && debtor.is_here() && creditor.is_here() {
        obligation.unreported()
    } else {
        Amount::ZERO
    }
}

/// Whether one side agrees to clearing an obligation: by a word about it, else by their general choice (K2).
#[must_use]
pub fn agrees(obligation: &Obligation, side: &Member) -> bool {
    let own = if side.id == obligation.debtor {
        obligation.consents.debtor
    } else {
        obligation.consents.creditor
    };
    own.map_or(side.clearing.consents.is_some(), |consent| consent.given)
}

/// An obligation that takes part, with how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// Which.
    pub obligation: ObligationId,
    /// Who owes.
    pub debtor: MemberId,
    /// Whom.
    pub creditor: MemberId,
    /// How much may be set off.
    pub amount: Amount,
}

/// What of an obligation takes part in clearing: nothing without both consents (K2).
#[must_use]
pub fn claim(obligation: &Obligation, debtor: &Member, creditor: &Member) -> Option<Claim> {
    let amount = free(obligation, debtor, creditor);
    let agreed = !amount.is_zero() && agrees(obligation, debtor) && agrees(obligation, creditor);
    agreed.then_some(Claim {
        obligation: obligation.id,
        debtor: obligation.debtor,
        creditor: obligation.creditor,
        amount,
    })
}

/// What a run does to one obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SetOff {
    /// Which.
    pub obligation: ObligationId,
    /// Who owes.
    pub debtor: MemberId,
    /// Whom.
    pub creditor: MemberId,
    /// How much of it took part.
    pub of: Amount,
    /// How much of that is set off.
    pub amount: Amount,
}

/// The largest set-off of these claims (K3), in the order of the obligations; what is not reduced is not in it. It depends
/// on the claims alone, in whatever order they come.
///
/// # Errors
/// [`clearing::Error`]: more claims than a plan takes, or a fault of the engine, which nothing may be done with.
pub fn plan(claims: &[Claim]) -> Result<Vec<SetOff>, clearing::Error> {
    let mut claims = claims.to_vec();
    claims.sort_unstable();
    let parties = parties(claims.iter().map(|claim| (claim.debtor, claim.creditor)));
    let number = |member: MemberId| parties.number(&member).unwrap_or(u32::MAX);
    let owed: Vec<clearing::Obligation> = claims
        .iter()
        .map(|claim| clearing::Obligation {
            debtor: number(claim.debtor),
            creditor: number(claim.creditor),
            amount: claim.amount,
        })
        .collect();
    let plan = clearing::plan(parties.count(), &owed)?;
    let reduced = claims
        .iter()
        .zip(plan.set_offs)
        .filter(|(_, amount)| !amount.is_zero());
    Ok(reduced
        .map(|(claim, amount)| SetOff {
            obligation: claim.obligation,
            debtor: claim.debtor,
            creditor: claim.creditor,
            of: claim.amount,
            amount,
        })
        .collect())
}

fn parties(ends: impl Iterator<Item = (MemberId, MemberId)>) -> clearing::Parties<MemberId> {
    clearing::Parties::new(ends.flat_map(|(debtor, creditor)| [debtor, creditor]))
}

/// Why set-offs can not be those of a run (K4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// An obligation is named twice, reduced by nothing, or by more than took part.
    #[error("obligation {0}: named twice, reduced by nothing, or by more than took part")]
    Obligation(ObligationId),
    /// What a member owes is reduced by another sum than what they are owed.
    #[error("member {0}: what they owe is reduced by another sum than what they are owed")]
    Balance(MemberId),
}

/// Checks set-offs by themselves (K4): each obligation once, by no more than took part, and for every member as much off what
/// they owe as off what they are owed.
///
/// # Errors
/// [`Unsound`], with the first that is wrong.
pub fn check(set_offs: &[SetOff]) -> Result<(), Unsound> {
    let mut last = None;
    let mut balances: BTreeMap<MemberId, i128> = BTreeMap::new();
    for row in set_offs {
        if last >= Some(row.obligation) || row.amount.is_zero() || row.amount > row.of {
            return Err(Unsound::Obligation(row.obligation));
        }
        last = Some(row.obligation);
        let amount = i128::from(row.amount.minor());
        let owes = balances.entry(row.debtor).or_default();
        *owes = owes.saturating_sub(amount);
        let owed = balances.entry(row.creditor).or_default();
        *owed = owed.saturating_add(amount);
    }
    match balances.into_iter().find(|(_, balance)| *balance != 0) {
        Some((member, _)) => Err(Unsound::Balance(member)),
        None => Ok(()),
    }
}

/// A closed chain that a run set off: each owes the next, the last one the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Who, in order, nobody twice.
    pub members: Vec<MemberId>,
    /// How much on each step.
    pub amount: Amount,
}

/// The closed chains of a run, found by member (K6). Made from the run's own entry, the same every time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chains {
    chains: Vec<Chain>,
    by_member: BTreeMap<MemberId, Vec<usize>>,
}

impl Chains {
    /// Takes a run's set-offs apart into closed chains; nothing where they are none of a run.
    #[must_use]
    pub fn of(set_offs: &[SetOff]) -> Self {
        let parties = parties(set_offs.iter().map(|row| (row.debtor, row.creditor)));
        let number = |member: MemberId| parties.number(&member).unwrap_or(u32::MAX);
        let owed: Vec<clearing::Obligation> = set_offs
            .iter()
            .map(|row| clearing::Obligation {
                debtor: number(row.debtor),
                creditor: number(row.creditor),
                amount: row.amount,
            })
            .collect();
        let amounts: Vec<Amount> = set_offs.iter().map(|row| row.amount).collect();
        let mut chains = Self::default();
        for found in clearing::loops(parties.count(), &owed, &amounts).unwrap_or_default() {
            let debtors = found.rows.iter().filter_map(|&row| set_offs.get(row));
            let members: Vec<MemberId> = debtors.map(|row| row.debtor).collect();
            let place = chains.chains.len();
            for &member in &members {
                chains.by_member.entry(member).or_default().push(place);
            }
            let amount = found.amount;
            chains.chains.push(Chain { members, amount });
        }
        chains
    }

    /// Those that lead through a member, the largest first, each beginning with them.
    #[must_use]
    pub fn through(&self, member: MemberId) -> Vec<Chain> {
        let places = self.by_member.get(&member).into_iter().flatten();
        let chains = places.filter_map(|&place| self.chains.get(place));
        let mut through: Vec<Chain> = chains
            .map(|chain| {
                let mut chain = chain.clone();
                let begin = chain.members.iter().position(|one| *one == member);
                chain.members.rotate_left(begin.unwrap_or(0));
                chain
            })
            .collect();
        through.sort_by_key(|chain| core::cmp::Reverse(chain.amount));
        through
    }
}
