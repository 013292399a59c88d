//! What must be loaded to decide a command.
//!
//! A scope names members and records. Whoever loads it takes, for every member named and every party of every record
//! named (as [`crate::Ledger::concerned`] says), *everything that is current with that member at either end*: their
//! row and appeals; live intentions by and for them; unsettled obligations they owe or are owed, settled ones that
//! still count in their period or a later one (see [`crate::Obligation::last_period`]) and all towards an emergency
//! that is open; waiting offers; bonds that wait, stand or may be restored; open links by and about them and open links they followed; blocks by and of them; referrals;
//! the circles they are in and have. Of the people at the other ends: their rows and appeals. And the appeals that any of
//! these records are towards, open or not.
//! Deciding on that part gives the same answer as on the whole.

use alloc::collections::BTreeSet;

use crate::{
    command::{Actor, Command},
    id::{AppealId, BondId, IntentionId, LinkId, MemberId, ObligationId, OfferId},
};

/// What must be loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// These members.
    pub members: BTreeSet<MemberId>,
    /// These appeals and their owners.
    pub appeals: BTreeSet<AppealId>,
    /// These intentions and both parties.
    pub intentions: BTreeSet<IntentionId>,
    /// These obligations and both parties.
    pub obligations: BTreeSet<ObligationId>,
    /// These offers and both parties.
    pub offers: BTreeSet<OfferId>,
    /// These bonds and both sides.
    pub bonds: BTreeSet<BondId>,
    /// These links, who made them and to whom they lead.
    pub links: BTreeSet<LinkId>,
}

impl Scope {
    /// Just these members.
    pub fn of_members(members: impl IntoIterator<Item = MemberId>) -> Self {
        Self {
            members: members.into_iter().collect(),
            ..Self::default()
        }
    }

    /// This and that.
    pub fn extend(&mut self, other: Self) {
        self.members.extend(other.members);
        self.appeals.extend(other.appeals);
        self.intentions.extend(other.intentions);
        self.obligations.extend(other.obligations);
        self.offers.extend(other.offers);
        self.bonds.extend(other.bonds);
        self.links.extend(other.links);
    }
}

impl Command {
    /// What must be loaded to decide this command given by that actor.
    #[must_use]
    pub fn scope(&self, by: Actor) -> Scope {
        let mut scope = Scope::of_members(by.member());
        match *self {
            Self::Register { via } => scope.links.extend(via),
            Self::AskMonthly { .. }
            | Self::CallEmergency { .. }
            | Self::EndMonthly
            | Self::EndEmergency { .. }
            | Self::Leave
            | Self::ForbidLinks { .. }
            | Self::MakePersonalLink { .. } => {}
            Self::ChangeAppeal { appeal, .. }
            | Self::Vouch { appeal, .. }
            | Self::WithdrawVouch { appeal }
            | Self::Intend { appeal, .. }
            | Self::Promise { appeal, .. }
            | Self::RecordGiven { appeal, .. }
            | Self::ExpireEmergency { appeal } => {
                scope.appeals.insert(appeal);
            }
            Self::AskLinking { of: member }
            | Self::LinkAccounts { from: member }
            | Self::Block { member }
            | Self::Unblock { member }
            | Self::MakeLink { about: member, .. }
            | Self::MakeOffer { to: member, .. }
            | Self::ProposeBond { to: member, .. }
            | Self::RollOver { member, .. }
            | Self::Nudge { member, .. }
            | Self::Summarise { member, .. }
            | Self::LiftSuspension { member } => {
                scope.members.insert(member);
            }
            Self::RevokeLink { link } | Self::FollowLink { link } | Self::ExpireLink { link } => {
                scope.links.insert(link);
            }
            Self::ChangeIntention { intention, .. }
            | Self::WithdrawIntention { intention }
            | Self::Convert { intention, .. }
            | Self::PerformAtOnce { intention, .. }
            | Self::AskConversion { intention }
            | Self::ProposeValue { intention, .. }
            | Self::AnswerValue { intention, .. } => {
                scope.intentions.insert(intention);
            }
            Self::Report { obligation, .. }
            | Self::Release { obligation }
            | Self::AskPerformance { obligation }
            | Self::RemindDebtor { obligation, .. } => {
                scope.obligations.insert(obligation);
            }
            Self::Confirm { report, .. }
            | Self::Refuse { report }
            | Self::Reopen { report, .. }
            | Self::RemindConfirmation { report }
            | Self::RemindCreditor { report }
            | Self::SettleBySilence { report } => {
                scope.obligations.insert(report.obligation);
            }
            Self::AcceptBond { bond, .. }
            | Self::DeclineBond { bond }
            | Self::WithdrawBond { bond }
            | Self::EndBond { bond }
            | Self::ChangeBond { bond, .. } => {
                scope.bonds.insert(bond);
            }
            Self::AnswerOffer { offer, .. } | Self::WithdrawOffer { offer } => {
                scope.offers.insert(offer);
            }
        }
        scope
    }
}
