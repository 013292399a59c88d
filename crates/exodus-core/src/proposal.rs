//! What somebody in the middle proposes about two obligations: to set them off against each other (K1), or to hand one on
//! along the other (K8).
//!
//! `waiting → agreed | ended`. Whoever proposes is owed the *first* by its debtor and owes the *second* to its creditor. Where
//! those two are one person, the two owe each other and both obligations shrink; else the debtor helps the creditor instead.

use crate::{
    amount::Amount,
    id::{MemberId, ObligationId, ProposalId},
    time::Timestamp,
};

/// What somebody who is asked has said so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Answers {
    /// Whether they may be named to the other (asked first where the two may not see each other).
    pub naming: Option<bool>,
    /// Whether they agree to the proposal itself.
    pub agrees: bool,
}

/// How a proposal ended without being agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ProposalEnding {
    /// Somebody who was asked said no.
    Declined,
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Not everybody agreed in time.
    Expired,
    /// Its amounts have gone.
    Fallen,
    /// One of them left.
    Left,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ProposalState {
    /// Waits for answers.
    Waiting,
    /// Done.
    Agreed {
        /// When.
        at: Timestamp,
    },
    /// Came to nothing.
    Ended {
        /// How.
        how: ProposalEnding,
        /// When.
        at: Timestamp,
    },
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Proposal {
    /// Which.
    pub id: ProposalId,
    /// Who proposes it: owed the first, owing the second.
    pub by: MemberId,
    /// Who owes whoever proposes.
    pub debtor: MemberId,
    /// To whom whoever proposes owes; for a set-off of two the same as `debtor`.
    pub creditor: MemberId,
    /// What the debtor owes.
    pub first: ObligationId,
    /// What is owed to the creditor.
    pub second: ObligationId,
    /// How much of both.
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
    /// Until when it can be agreed on.
    pub expires: Timestamp,
    /// Whether debtor and creditor know of each other here.
    pub named: bool,
    /// What the debtor said.
    pub from_debtor: Answers,
    /// What the creditor said.
    pub from_creditor: Answers,
    /// Where it stands.
    pub state: ProposalState,
}

impl Proposal {
    /// Whether it waits for answers.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, ProposalState::Waiting)
    }

    /// Whether it is a set-off between two who owe each other (K1).
    #[must_use]
    pub fn is_of_two(&self) -> bool {
        self.debtor == self.creditor
    }

    /// Everybody whom it is about: who proposes it, and who is asked.
    pub fn people(&self) -> impl Iterator<Item = MemberId> {
        let third = (!self.is_of_two()).then_some(self.creditor);
        [self.by, self.debtor].into_iter().chain(third)
    }

    /// Who is asked.
    pub fn asked(&self) -> impl Iterator<Item = MemberId> {
        self.people().skip(1)
    }

    /// What somebody who is asked has said.
    #[must_use]
    pub fn said(&self, member: MemberId) -> Option<Answers> {
        if member == self.debtor {
            Some(self.from_debtor)
        } else if member == self.creditor {
            Some(self.from_creditor)
        } else {
            None
        }
    }
}
