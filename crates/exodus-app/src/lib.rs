//! The use cases of Exodus: what happens between a chat update and its answer.
//!
//! ```text
//! update → inbox → hear → perform (one transaction) → show → reply
//! tick: what is due → commands, like anyone else's        deliver: outbox → screen → front end
//! ```
//! Nothing above the store's `transact` changes the ledger; nothing below `arrange` knows the domain. Commit first,
//! speak second: an answer that can not be sent never undoes a decision. To the one who acted, the answer; to everyone
//! else, the outbox.

pub mod app;
mod clearing;
mod code;
mod conversation;
mod deliver;
mod export;
mod handle;
pub mod inbound;
mod linking;
pub mod outbound;
mod perform;
mod picture;
mod profile;
mod qr;
/// The random histories of the core's own tests, with the command of every event.
#[cfg(test)]
#[path = "../../exodus-core/tests/random/mod.rs"]
mod random;
mod resolve;
pub mod scene;
mod screen;
mod seen;
mod serve;
mod settings;
mod shared;
mod show;
mod tick;
pub mod update;
mod work;

pub use app::App;
pub use exodus_store::{AccountKey, RawUpdate, Reach, Shown, Trouble};
pub use inbound::{Inbound, Place, Post, Read, Shared, SharedEvent};
pub use outbound::{Outbound, SendFailure};
pub use scene::Community;
pub use seen::Seen;
pub use settings::{Limits, Settings};
pub use update::{FrontEnd, Reply, Update};
