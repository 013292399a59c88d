//! Clearing as one member sees it: their choice, what can be set off, proposals, statements (K1–K8).
//!
//! Invariant: of others, nobody is named here whom the viewer may not see anyway, but the two ends of an unsettled record of
//! the viewer's, and who let themselves be named in a proposal.

use alloc::vec::Vec;

use super::{
    Who,
    sight::{is_here, party, sight, who},
};
use crate::{
    amount::Amount,
    event::{ClearedBy, Event, Fact},
    id::{MemberId, ObligationId, ProposalId, RunId},
    ledger::Ledger,
    obligation::Obligation,
    proposal::ProposalState,
    set_off::{Announced, Chains, Run, announcement},
    time::{Period, Timestamp},
};

/// `/clearing`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearingView {
    /// The viewer's general choice (K2).
    pub consents: bool,
    /// The next run: as announced, else when it will be.
    pub next: Option<Announced>,
    /// Whether that was announced.
    pub announced: bool,
    /// The last run.
    pub last: Option<Run>,
    /// Everything of the viewer's that could be cleared, in the order it was made.
    pub rows: Vec<ClearingRow>,
    /// Waiting proposals that the viewer made or is asked about.
    pub proposals: Vec<ProposalId>,
}

/// An obligation that could be cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearingRow {
    /// Which.
    pub obligation: ObligationId,
    /// Whether the viewer owes it.
    pub mine: bool,
    /// The other side.
    pub other: Who,
    /// How much of it.
    pub amount: Amount,
    /// Whether the viewer agrees.
    pub agrees: bool,
    /// Whether both do.
    pub takes_part: bool,
}

/// The viewer's choice, what can be set off, and what is proposed.
#[must_use]
pub fn clearing(ledger: &Ledger, viewer: MemberId, at: Timestamp) -> Option<ClearingView> {
    let row = ledger.member(viewer).filter(|row| row.is_here())?;
    let state = ledger.clearing();
    let mut both: Vec<&Obligation> = ledger.owed_by(viewer).chain(ledger.owed_to(viewer)).collect();
    both.sort_unstable_by_key(|row| row.id);
    let rows = both
        .into_iter()
        .filter(|row| !ledger.free(row).is_zero())
        .map(|row| {
            let mine = row.debtor == viewer;
            ClearingRow {
                obligation: row.id,
                mine,
                other: Who::Member(if mine { row.creditor } else { row.debtor }),
                amount: ledger.free(row),
                agrees: ledger.agrees_to_clear(row, viewer),
                takes_part: ledger.claim(row.id).is_some(),
            }
        });
    let proposals = ledger.proposals_of(viewer).map(|row| row.id);
    Some(ClearingView {
        consents: row.clearing.consents.is_some(),
        next: state.awaited().or_else(|| next_run(ledger, at)),
        announced: state.awaited().is_some(),
        last: state.ran,
        rows: rows.collect(),
        proposals: proposals.collect(),
    })
}

/// The run to come where none is announced: this period's, when there has been none and a day is left, else the next one's.
fn next_run(ledger: &Ledger, at: Timestamp) -> Option<Announced> {
    let policy = &ledger.policy;
    let done = ledger.clearing().announced.map(|announced| announced.period);
    let this = announcement(policy, at).filter(|next| done < Some(next.period));
    this.or_else(|| announcement(policy, policy.start_of(policy.period(at).next())))
}

/// Another obligation that one could be set off against, or handed on along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposable {
    /// What the viewer owes.
    pub second: ObligationId,
    /// To whom.
    pub creditor: MemberId,
    /// Whether that is who owes the viewer: then both are set off (K1), else it is handed on (K8).
    pub of_two: bool,
    /// How much at most.
    pub amount: Amount,
}

/// What could be proposed about an obligation that the viewer is owed, or about one that they owe to somebody who owes them.
/// Those two owe first.
#[must_use]
pub fn proposable(ledger: &Ledger, viewer: MemberId, first: ObligationId) -> Vec<Proposable> {
    let row = ledger
        .obligation(first)
        .filter(|row| row.creditor == viewer && is_here(ledger, viewer));
    let Some(row) = row.filter(|row| !ledger.free(row).is_zero()) else {
        return Vec::new();
    };
    let proposed = |second| {
        let mut mine = ledger.proposals_of(viewer);
        mine.any(|other| other.by == viewer && (other.first, other.second) == (first, second))
    };
    let mine = ledger.owed_by(viewer).filter(|other| !proposed(other.id));
    let mut found: Vec<Proposable> = mine
        .map(|other| Proposable {
            second: other.id,
            creditor: other.creditor,
            of_two: other.creditor == row.debtor,
            amount: ledger.free(row).min(ledger.free(other)),
        })
        .filter(|found| !found.amount.is_zero())
        .collect();
    found.sort_by_key(|found| (!found.of_two, found.second));
    found
}

/// A proposal as one of those whom it is about sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer is and may do, one flag each"
)]
pub struct ProposalView {
    /// Which.
    pub proposal: ProposalId,
    /// Who made it.
    pub by: Who,
    /// Who owes the one who made it.
    pub debtor: Who,
    /// To whom the one who made it owes.
    pub creditor: Who,
    /// Whether it sets off what two owe each other (K1).
    pub of_two: bool,
    /// The obligation of the viewer's that it is about: what they owe, or are owed; what whoever made it is owed.
    pub obligation: ObligationId,
    /// How much.
    pub amount: Amount,
    /// Until when.
    pub expires: Timestamp,
    /// Whether the viewer made it.
    pub mine: bool,
    /// Whether the viewer is its debtor: would owe to the creditor.
    pub owes: bool,
    /// Whether it is asked with names: else first whether the viewer may be named.
    pub named: bool,
    /// Whether the viewer has said what they were asked last.
    pub answered: bool,
    /// Where it stands.
    pub state: ProposalState,
    /// Whether the viewer may answer now.
    pub may_answer: bool,
}

/// A proposal, for those whom it is about.
#[must_use]
pub fn proposal(ledger: &Ledger, viewer: MemberId, id: ProposalId) -> Option<ProposalView> {
    let row = ledger
        .proposal(id)
        .filter(|row| row.people().any(|one| one == viewer))?;
    if !is_here(ledger, viewer) {
        return None;
    }
    let mine = row.by == viewer;
    let waiting = row.is_waiting();
    let other = |member: MemberId| {
        let known = member == viewer || mine || member == row.by;
        let unsettled = waiting && (known || row.named);
        // Blocked in either direction, somebody is named only where a record of both is to be settled (M9).
        if known || !ledger.is_blocked(viewer, member) {
            party(ledger, viewer, member, unsettled || member == viewer)
        } else {
            Who::Someone
        }
    };
    let said = row.said(viewer).unwrap_or_default();
    let answered = if row.named {
        said.agrees
    } else {
        said.naming.is_some()
    };
    Some(ProposalView {
        proposal: id,
        by: other(row.by),
        debtor: other(row.debtor),
        creditor: other(row.creditor),
        of_two: row.is_of_two(),
        obligation: if viewer == row.creditor && !row.is_of_two() {
            row.second
        } else {
            row.first
        },
        amount: row.amount,
        expires: row.expires,
        mine,
        owes: viewer == row.debtor,
        named: row.named,
        answered,
        state: row.state,
        may_answer: waiting && !mine && !answered,
    })
}

/// What a run did for one member (K6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which run.
    pub run: RunId,
    /// Of which period.
    pub period: Period,
    /// Each obligation of the viewer's that it reduced.
    pub rows: Vec<StatementRow>,
    /// By which closed chains, the largest first, each beginning with the viewer: whom each owed, and how much was set off on
    /// every step.
    pub chains: Vec<(Vec<Who>, Amount)>,
}

/// What a run did to one obligation of the viewer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Which.
    pub obligation: ObligationId,
    /// Whether the viewer owed it.
    pub mine: bool,
    /// With whom.
    pub other: Who,
    /// What was owed before.
    pub before: Amount,
    /// What was set off.
    pub cleared: Amount,
    /// What was left.
    pub left: Amount,
}

impl Statement {
    /// Before, set off and left of what the viewer owed (`mine`), or was owed.
    #[must_use]
    pub fn sums(&self, mine: bool) -> [Amount; 3] {
        let rows = || self.rows.iter().filter(move |row| row.mine == mine);
        [
            rows().map(|row| row.before).sum(),
            rows().map(|row| row.cleared).sum(),
            rows().map(|row| row.left).sum(),
        ]
    }
}

/// A member's statement of a run, from what the journal says of their own obligations; nothing where it did nothing for them.
#[must_use]
pub fn statement<'a>(
    ledger: &Ledger,
    viewer: MemberId,
    run: RunId,
    events: impl IntoIterator<Item = &'a Event>,
    chains: &Chains,
) -> Option<Statement> {
    is_here(ledger, viewer).then_some(())?;
    let mut rows = Vec::new();
    let mut of = None;
    for event in events {
        let Fact::ObligationCleared {
            obligation,
            debtor,
            creditor,
            by: ClearedBy::Run { run: by },
            before,
            amount,
            period,
        } = event.fact
        else {
            continue;
        };
        if by != run || (debtor != viewer && creditor != viewer) {
            continue;
        }
        let mine = debtor == viewer;
        let other = if mine { creditor } else { debtor };
        let unsettled = ledger
            .obligation(obligation)
            .is_some_and(Obligation::is_unsettled);
        of = Some(period);
        rows.push(StatementRow {
            obligation,
            mine,
            other: party(ledger, viewer, other, unsettled),
            before,
            cleared: amount,
            left: before.less(amount),
        });
    }
    rows.sort_by_key(|row| (!row.mine, row.obligation));
    let name = |&member: &MemberId| {
        if member == viewer || sight(ledger, viewer, member).counterparty {
            Who::Member(member)
        } else {
            who(ledger, viewer, member)
        }
    };
    let named = |chain: &crate::set_off::Chain| (chain.members.iter().map(name).collect(), chain.amount);
    Some(Statement {
        run,
        period: of?,
        rows,
        chains: chains.through(viewer).iter().map(named).collect(),
    })
}
