//! The records of Exodus in PostgreSQL or SQLite: the only crate that knows SQL.
//!
//! ```text
//! Store::open(&Options)            the schema is brought up to date, under a lock
//!   .receive(…)                    an update is a row before it is acknowledged
//!   .transact(Work)                decide, journal, state, notices, personal data, the update's outcome: ONE transaction
//!   .load(&Scope), .load_near(…)   the part of the ledger a question is about
//!   .fan_out(…), .take(…), .sent() who must be told
//!   .verify(…), .rebuild()         the state is only ever what the journal says
//! ```
//!
//! Invariants
//! - The journal is written first and only ever appended to; a state table can be dropped and made again from it.
//! - Nothing personal is in the journal, and nothing of the ledger is anywhere else.
//! - Every method may be dropped at any await: it has then happened wholly or not at all.

mod backup;
mod broadcast;
mod clock;
mod connection;
mod dialect;
mod due;
pub mod entity;
mod follower;
mod history;
mod inbox;
mod journal;
mod lane;
mod lease;
mod load;
mod migration;
mod options;
mod outbox;
mod people;
mod person;
mod rebuild;
mod reseal;
mod rows;
mod save;
mod shown;
mod stats;
mod store;
mod tidy;
mod trouble;
mod trust;
mod vault;
mod verify;
mod work;
mod writer;

pub use clock::{Clock, ManualClock, Random, SystemClock};
pub use follower::Follower;
pub use inbox::{InboxId, Incoming, Received};
pub use journal::Entry;
pub use lane::{Lane, Queued, RawUpdate};
pub use load::{Archive, ArchiveKind};
pub use options::Options;
pub use outbox::Letter;
pub use people::LinkingTry;
pub use person::{Account, AccountKey, Loudness, Menu, OfferLine, PayEntry, Person};
pub use shown::{Answered, Shown};
pub use stats::Stats;
pub use store::Store;
pub use trouble::{OpenError, Trouble};
pub use verify::{Difference, Report};
pub use work::{Done, Personal, Whose, Work};
