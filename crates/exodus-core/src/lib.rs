//! The trust graph, the two-tier ledger and the monthly cycle of Exodus.
//!
//! People who know each other promise help, see each other's promises and keep them. This crate is the whole
//! model and nothing else: no input or output, no clock, no randomness, no chat. Time comes in with every
//! command, ids are counted by the ledger itself, and the same commands always give the same state.
//!
//! ```text
//!                    asks for help                      promises freely
//!   Member ───────────────────────▶ Appeal ◀─────────────────────────── Intention  (its author may change it
//!   green · orange · red            monthly: a target each month             │       or take it back)
//!      ▲                            emergency: target and deadline           │ converts, whole or in part
//!      │ creditor                                                            ▼
//!      └──────────────────────────────────────────────────────────────── Obligation (its debtor can not take
//!           confirms, answers "not received", releases                       │       it back)
//!                                                                            │ reports
//!                                                                            ▼
//!                                                                        Report ──▶ confirmed: settled
//! ```
//!
//! # How it is used
//! ```text
//! decide(&Ledger, &Envelope) -> Result<Vec<Event>, Refusal>   pure: who may do what
//! Ledger::evolve(&mut Ledger, &Event)                         total: never fails, never decides
//! period::due(&Ledger, Timestamp) -> Vec<Command>             what time itself demands
//! view::…(&Ledger, viewer, …)                                 answers, already limited to what the viewer may see
//! notice::notices(&Ledger, &Envelope, &[Event])               who must be told what
//! Ledger::invariants(&Ledger) -> Result<(), Breach>           what holds at every moment
//! ```
//! An embedder keeps a whole [`Ledger`] in memory and, if wished, serialises it with serde (feature `serde`). A
//! server loads the part that [`Command::scope`] names: deciding on that part and on the whole gives the same answer.
//!
//! # Example
//! ```
//! use exodus_core::{Actor, Amount, Command, CommandId, Envelope, Form, Ledger, Policy, Timestamp, decide};
//!
//! # fn main() -> Result<(), exodus_core::Refusal> {
//! let mut ledger = Ledger::new(Policy::default());
//! let mut say = |ledger: &mut Ledger, n: u128, by: Actor, command: Command| {
//!     let at = Timestamp::from_seconds(1_793_491_200); // 2026-11-01
//!     ledger.apply(&Envelope { id: CommandId(n), by, at, command })
//! };
//! say(&mut ledger, 1, Actor::Newcomer, Command::Register { via: None })?;
//! let anna = ledger.newest_member().expect("just registered");
//! say(&mut ledger, 2, Actor::Member(anna), Command::AskMonthly {
//!     target: Amount::from_minor(100_00), purpose: None, findable: false,
//! })?;
//! assert_eq!(ledger.status(anna), exodus_core::Status::Orange);
//! # Ok(())
//! # }
//! ```
#![no_std]
#![cfg_attr(not(test), deny(clippy::float_arithmetic, clippy::arithmetic_side_effects))]
extern crate alloc;

mod amount;
mod appeal;
mod command;
mod decide;
mod event;
mod id;
mod intention;
mod invariants;
mod ledger;
mod link;
mod member;
pub mod network;
pub mod notice;
mod obligation;
mod offer;
pub mod period;
mod policy;
mod refusal;
mod scope;
mod share;
mod time;
pub mod view;

pub use amount::Amount;
pub use appeal::{Appeal, AppealKind, AppealState, Before, Ending};
pub use command::{Actor, Command, Envelope, Side};
pub use decide::decide;
pub use event::{CancelReason, Event, Fact, LapseReason, MoveReason, ReleaseReason, Subjects};
pub use id::{AppealId, CommandId, IntentionId, LinkId, MemberId, NoteId, ObligationId, OfferId, ReportId};
pub use intention::{Form, Intention, IntentionState, Revaluation};
pub use invariants::Breach;
pub use ledger::{Changes, Ledger, Snapshot};
pub use link::Link;
pub use member::{Member, Reputation, Status};
pub use obligation::{Closure, ClosureKind, Obligation, ObligationState, Origin, Report, ReportState};
pub use offer::{Offer, OfferState};
pub use policy::{Policy, UnknownZone, Zone};
pub use refusal::Refusal;
pub use scope::Scope;
pub use share::apportion;
pub use time::{Date, Period, Timestamp};
