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
//! Ledger::apply(&mut Ledger, &Envelope)                       what fell due, then the command: decided and evolved
//! period::due(&Ledger, Timestamp) -> Vec<Command>             what time itself demands
//! view::…(&Ledger, viewer, …)                                 answers, already limited to what the viewer may see
//! notice::notices(&Ledger, &Event) -> Vec<Notice>             who must be told, when the whole command has happened
//! Ledger::invariants(&Ledger) -> Result<(), Breach>           what holds at every moment
//! ```
//! An embedder keeps a whole [`Ledger`] in memory and, if wished, serialises its [`Snapshot`] with serde (feature
//! `serde`). A server loads the part that [`Command::scope`] names: deciding on that part and on the whole gives the same
//! answer.
//!
//! What is left to whoever keeps the ledger: the clock (give the commands of [`period::due`] when their time comes), the
//! texts that [`NoteId`]s name, and that a command delivered twice is given once (by its [`CommandId`]): the ledger
//! remembers records, not commands.
//!
//! # Example
//! Anna asks for 100 a month; Boris, who came by her link, means to give 40.
//! ```
//! use exodus_core::{
//!     Actor, Amount, Command, CommandId, Envelope, Form, Ledger, LinkId, Policy, Refusal, Status, Timestamp, view,
//! };
//!
//! # fn main() -> Result<(), Refusal> {
//! let mut ledger = Ledger::new(Policy::default());
//! let at = Timestamp::from_seconds(1_793_491_200); // 1 November 2026
//! let mut commands = 0;
//! let mut say = |ledger: &mut Ledger, by: Actor, command: Command| {
//!     commands += 1;
//!     ledger.apply(&Envelope { id: CommandId(commands), by, at, command })
//! };
//!
//! say(&mut ledger, Actor::Newcomer, Command::Register { via: None })?;
//! let anna = ledger.newest_member().expect("just registered");
//! let target = Amount::from_minor(100_00);
//! say(&mut ledger, Actor::Member(anna), Command::AskMonthly { target, purpose: None, findable: false })?;
//! assert_eq!(ledger.status(anna), Status::Orange);
//!
//! let link = LinkId(ledger.next_number());
//! say(&mut ledger, Actor::Member(anna), Command::MakeLink { about: anna, max_uses: None, expires: None })?;
//! say(&mut ledger, Actor::Newcomer, Command::Register { via: Some(link) })?;
//! let boris = ledger.newest_member().expect("just registered");
//!
//! let appeal = ledger.current_appeal(anna).expect("orange").id;
//! let (amount, form, note) = (Amount::from_minor(40_00), Form::Money, None);
//! say(&mut ledger, Actor::Member(boris), Command::Intend { appeal, amount, form, note })?;
//!
//! // Intentions are shown beside what is missing and never reduce it (rule L14).
//! let seen = view::appeal(&ledger, boris, appeal).expect("in the circle");
//! assert_eq!((seen.intended, seen.missing), (amount, target));
//! // Nobody can tell a stranger from somebody who does not exist (rule M7).
//! say(&mut ledger, Actor::Newcomer, Command::Register { via: None })?;
//! let stranger = ledger.newest_member().expect("just registered");
//! let help = Command::Intend { appeal, amount, form, note };
//! assert_eq!(say(&mut ledger, Actor::Member(stranger), help), Err(Refusal::Unknown));
//! # Ok(())
//! # }
//! ```
//! `examples/one_month.rs` lives a whole month between three people.
#![no_std]
#![cfg_attr(not(test), deny(clippy::float_arithmetic, clippy::arithmetic_side_effects))]
extern crate alloc;

mod amount;
mod appeal;
mod bond;
pub mod clearing;
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
pub use bond::{Bond, BondEnding, BondState, Invitations};
pub use command::{Actor, Command, Envelope, Side};
pub use decide::decide;
pub use event::{CancelReason, Event, Fact, LapseReason, MoveReason, ReleaseReason, Subjects};
pub use id::{
    AppealId, BondId, CommandId, IntentionId, LinkId, MemberId, NoteId, ObligationId, OfferId, ReportId,
};
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
