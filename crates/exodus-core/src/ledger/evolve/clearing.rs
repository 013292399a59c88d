//! Clearing, and what is proposed about two obligations (K1–K8).

use super::super::{Changes, Ledger};
use crate::{
    amount::Amount,
    event::{ClearedBy, Fact},
    id::{ObligationId, ProposalId},
    proposal::{Answers, Proposal, ProposalState},
    set_off::{Announced, Consent, Run, Settlement, SettlementKind},
    time::{Period, Timestamp},
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_clearing(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::ClearingConsentChanged { member, consents } => {
                self.change_member(member, changes, |row| {
                    row.clearing.consents = consents.then_some(at)
                });
            }
            Fact::ObligationConsentChanged {
                obligation,
                debtor,
                by,
                consent,
                ..
            } => {
                let consent = consent.map(|given| Consent { given, at });
                self.change_obligation(obligation, changes, |row| {
                    if by == debtor {
                        row.consents.debtor = consent;
                    } else {
                        row.consents.creditor = consent;
                    }
                });
            }
            Fact::ClearingAnnounced { period, on } => {
                self.clearing.announced = Some(Announced { period, on });
                changes.clearing = true;
            }
            Fact::ClearingTold { member, period, .. } => {
                self.change_member(member, changes, |row| row.clearing.announced = Some(period));
            }
            Fact::ClearingRan {
                run,
                period,
                ref set_offs,
            } => {
                self.raise_next_number(run.0.saturating_add(1));
                let obligations = u32::try_from(set_offs.len()).unwrap_or(u32::MAX);
                let total: Amount = set_offs.iter().map(|row| row.amount).sum();
                self.clearing.ran = Some(Run {
                    id: run,
                    period,
                    at,
                    obligations,
                    total: total.minor(),
                    left: obligations,
                });
                changes.clearing = true;
                // A part keeps what concerns the obligations it holds.
                let held = set_offs
                    .iter()
                    .filter(|row| self.obligations.contains_key(&row.obligation));
                self.set_offs = held.map(|row| (row.obligation, row.amount)).collect();
            }
            Fact::ObligationCleared {
                obligation,
                debtor,
                creditor,
                by,
                amount,
                period,
                ..
            } => {
                let kind = match by {
                    ClearedBy::Run { run } => {
                        self.set_offs.remove(&obligation);
                        if let Some(ran) = self.clearing.ran.as_mut().filter(|ran| ran.id == run) {
                            ran.left = ran.left.saturating_sub(1);
                            changes.clearing = true;
                        }
                        for member in [debtor, creditor] {
                            self.change_member(member, changes, |row| row.clearing.run = Some(run));
                        }
                        SettlementKind::Cleared { run }
                    }
                    ClearedBy::Agreement { proposal } => SettlementKind::SetOff { proposal },
                };
                self.settle(obligation, kind, amount, at, period, changes);
            }
            Fact::ClearingStated { member, run } => {
                self.change_member(member, changes, |row| row.clearing.stated = Some(run));
            }
            _ => {}
        }
    }

    fn settle(
        &mut self,
        obligation: ObligationId,
        kind: SettlementKind,
        amount: Amount,
        at: Timestamp,
        period: Period,
        changes: &mut Changes,
    ) {
        self.change_obligation(obligation, changes, |row| {
            row.settlements.push(Settlement {
                kind,
                amount,
                at,
                period,
            });
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_proposal(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        match *fact {
            Fact::ProposalMade {
                proposal,
                by,
                debtor,
                creditor,
                first,
                second,
                amount,
                expires,
                named,
            } => {
                self.raise_next_number(proposal.0.saturating_add(1));
                let row = Proposal {
                    id: proposal,
                    by,
                    debtor,
                    creditor,
                    first,
                    second,
                    amount,
                    at,
                    expires,
                    named,
                    from_debtor: Answers::default(),
                    from_creditor: Answers::default(),
                    state: ProposalState::Waiting,
                };
                self.index.add_proposal(&row);
                for member in row.people() {
                    self.stir(member, changes);
                }
                self.proposals.insert(proposal, row);
                changes.proposals.insert(proposal);
            }
            Fact::ProposalAsked { proposal, named, .. } => {
                self.change_proposal(proposal, changes, |row| row.named = named);
            }
            Fact::ProposalNamingAnswered {
                proposal,
                member,
                yes,
            } => {
                self.change_proposal(proposal, changes, |row| {
                    let said = if member == row.debtor {
                        &mut row.from_debtor
                    } else {
                        &mut row.from_creditor
                    };
                    said.naming = Some(yes);
                });
            }
            Fact::ProposalConsented { proposal, member, .. } => {
                self.change_proposal(proposal, changes, |row| {
                    let said = if member == row.debtor {
                        &mut row.from_debtor
                    } else {
                        &mut row.from_creditor
                    };
                    said.agrees = true;
                });
            }
            Fact::ProposalAgreed { proposal, .. } => {
                self.change_proposal(proposal, changes, |row| row.state = ProposalState::Agreed { at });
            }
            Fact::ProposalEnded { proposal, how, .. } => {
                self.change_proposal(proposal, changes, |row| {
                    row.state = ProposalState::Ended { how, at }
                });
            }
            Fact::ObligationTransferred {
                obligation,
                proposal,
                made,
                amount,
                period,
                replaced,
                ..
            } => {
                let kind = SettlementKind::Transferred {
                    proposal,
                    made,
                    replaced,
                };
                self.settle(obligation, kind, amount, at, period, changes);
            }
            _ => {}
        }
    }

    /// When something of a proposal changes, something else may be due next for whoever made it.
    fn change_proposal(&mut self, id: ProposalId, changes: &mut Changes, change: impl FnOnce(&mut Proposal)) {
        if let Some(row) = self.proposals.get_mut(&id) {
            change(row);
            changes.members.insert(row.by);
            changes.proposals.insert(id);
        }
    }
}
