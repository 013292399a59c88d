//! Clearing of mutual obligations: what is owed in closed chains is set off, and nobody's balance changes.
//!
//! Given obligations `(debtor, creditor, amount)`, [`plan`] finds how much of each can be set off so that every party
//! is owed less by exactly what it owes less (rule K4) and the **total is the largest there is** (rule K3): a maximum
//! circulation below the amounts (Fleischman, Dini, Littera 2020, JRFM 13(12):295; Fleischman, Dini 2021, JRFM
//! 14(9):452). It comes with a [`Certificate`] that this is the largest, which [`verify`] checks in one pass without
//! knowing how the plan was found; every plan is checked so before it is handed out.
//!
//! Nothing here knows members, consent or a ledger (rule K9): parties are numbers `0, 1, 2 …` of the caller's choice.
//! [`Parties`] numbers anything that can be ordered.
//!
//! # How it is found
//! ```text
//! obligations → strongly connected parts (what leads out of one can never return)      network, components
//!             → for each: a minimum-cost circulation with cost −1 per unit set off      residual, refine, update
//!               by cost scaling, ended as soon as whole-number prices prove it          prove
//!             → among equal totals, one that closes more obligations completely         close
//!             → set-offs by row, levels by party, checked                                certificate
//! ```
//! # What is promised
//! * The total is the largest possible, exactly, for any `u64` amounts: nothing overflows, nothing is rounded.
//! * The same obligations give the same plan, in whatever order the rows come; which of several rows that agree in
//!   debtor, creditor and amount is set off is decided by their order alone.
//! * Of parallel obligations the smallest are closed first: as many as the pair's set-off can close.
//! * Pairs of parties whose obligation is set off in part form no cycle, so they are fewer than the parties: wherever
//!   they did, amounts were shifted along the cycle, in the direction that closes more, until one was closed or freed.
//!   (Where chains of many thousands of them meet, this ends after a fixed amount of work.) Closing *as many as
//!   possible* would be a minimum edge-cost flow (Garey, Johnson 1979, ND32), which is NP-hard.
//!
//! # Example
//! ```
//! use exodus_core::{Amount, clearing::{self, Obligation}};
//!
//! let owes = |debtor, creditor, amount| Obligation { debtor, creditor, amount: Amount::from_minor(amount) };
//! let obligations = [owes(0, 1, 50), owes(1, 2, 30), owes(2, 0, 40)];
//! let plan = clearing::plan(3, &obligations)?;
//! assert_eq!(plan.set_offs, [30, 30, 30].map(Amount::from_minor));
//! assert_eq!(clearing::verify(3, &obligations, &plan.set_offs, &plan.certificate)?, 90);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod certificate;
mod close;
mod components;
mod loops;
mod network;
mod parties;
mod prove;
mod refine;
mod residual;
mod solve;
mod standing;
mod update;
mod watch;
mod width;

use alloc::vec::Vec;

pub use certificate::{Certificate, Flaw, bound, settled, verify};
pub use loops::{Loop, loops};
pub use parties::Parties;
pub use standing::Standing;
pub use watch::{Progress, Unwatched, Watch};

use self::{
    network::Network,
    refine::Interrupted,
    width::{Narrow, Wide, Width},
};
use crate::Amount;

/// What one party owes another. Parties are numbers below the count given beside; several obligations between the
/// same two, obligations to oneself and of nothing are all in order.
#[doc(alias("edge", "arc", "invoice", "debt"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Obligation {
    /// Who owes.
    pub debtor: u32,
    /// Whom.
    pub creditor: u32,
    /// How much is outstanding, in minor units: any `u64`.
    pub amount: Amount,
}

/// What is set off.
#[doc(alias("circulation", "netting", "multilateral set-off"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// By how much each obligation is reduced, in the order of the obligations.
    pub set_offs: Vec<Amount>,
    /// Their sum, in minor units.
    pub total: u128,
    /// Why no larger total is possible.
    pub certificate: Certificate,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// An obligation names a party that there is not.
    #[error("obligation {row} names party {party}, but there are only {parties}")]
    NoSuchParty {
        /// Which obligation, from 0.
        row: usize,
        /// The party it names.
        party: u32,
        /// How many parties there are.
        parties: u32,
    },
    /// All that two parties owe one another in one direction is above `u64::MAX`.
    #[error("together, party {debtor} owes party {creditor} more than {}", u64::MAX)]
    PairTooLarge {
        /// Who owes.
        debtor: u32,
        /// Whom.
        creditor: u32,
    },
    /// More than 2²⁹ − 1 obligations, or more than 2²⁹ parties.
    #[error("more than {} obligations or {} parties", MOST_OBLIGATIONS, MOST_PARTIES)]
    TooMany,
    /// Whoever watches said stop.
    #[error("stopped")]
    Stopped,
    /// The plan did not pass its own check: a fault of this module, and nothing may be done with it.
    #[error("the plan found does not pass the check: {0}")]
    Fault(Flaw),
}

/// Most obligations that one plan takes: two residual arcs each have 30-bit numbers.
pub const MOST_OBLIGATIONS: usize = (1 << 29) - 1;
/// Most parties.
pub const MOST_PARTIES: u32 = 1 << 29;

/// The largest set-off of `obligations` between parties `0..parties`, checked.
///
/// # Errors
/// See [`Error`]; amounts as such are never too large, only the sum of parallel obligations can be.
pub fn plan(parties: u32, obligations: &[Obligation]) -> Result<Plan, Error> {
    plan_watched(parties, obligations, &Unwatched)
}

/// [`plan`], telling `watch` how far it is; `watch` may end it.
///
/// # Errors
/// As [`plan`], and [`Error::Stopped`].
pub fn plan_watched(parties: u32, obligations: &[Obligation], watch: &dyn Watch) -> Result<Plan, Error> {
    let large = Amount::from_minor(u32::MAX.into());
    if obligations.iter().all(|obligation| obligation.amount <= large)
        && let Some(plan) = plan_in::<Narrow>(parties, obligations, watch)?
    {
        return Ok(plan);
    }
    // Wide numbers hold everything that passed the checks before.
    plan_in::<Wide>(parties, obligations, watch)?.ok_or(Error::TooMany)
}

/// A plan worked out in numbers of one width; nothing where they do not fit.
fn plan_in<W: Width>(
    parties: u32,
    obligations: &[Obligation],
    watch: &dyn Watch,
) -> Result<Option<Plan>, Error> {
    let network = Network::new(parties, obligations)?;
    let Some((rows, mut residual)) = network.residual::<W>(obligations)? else {
        return Ok(None);
    };
    match solve::solve(&mut residual, rows.ends(), watch) {
        Ok(()) => {}
        Err(Interrupted::Stopped) => return Err(Error::Stopped),
        Err(Interrupted::OutOfRange) => return Ok(None),
    }
    let (set_offs, certificate) = rows.outcome(obligations, residual);
    let total = verify(parties, obligations, &set_offs, &certificate).map_err(Error::Fault)?;
    Ok(Some(Plan {
        set_offs,
        total,
        certificate,
    }))
}
