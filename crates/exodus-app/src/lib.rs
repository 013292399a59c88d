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
mod code;
mod conversation;
mod deliver;
mod export;
mod handle;
pub mod inbound;
mod linking;
mod list;
pub mod outbound;
mod perform;
mod profile;
mod qr;
mod resolve;
pub mod scene;
mod screen;
mod serve;
mod settings;
mod shared;
mod show;
mod tick;
pub mod update;
mod work;

pub use app::App;
pub use exodus_store::{AccountKey, RawUpdate, Shown, Trouble};
pub use inbound::{Inbound, Place, Post, Read, Shared, SharedEvent};
pub use outbound::{Outbound, SendFailure};
pub use scene::Community;
pub use settings::{Limits, Settings};
pub use update::{FrontEnd, Reply, Update};
