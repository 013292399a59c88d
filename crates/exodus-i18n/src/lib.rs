//! The words of Exodus: what is to be said becomes what is read, in the reader's language.
//!
//! ```text
//! Text   message id + typed arguments, no language yet     made by screens, notices and refusals
//! Voice  the reader's language, unit of account, today     made from the reader's profile
//! Phrase spans of text, each ours or given by a person     what chat adapters escape and send
//! ```
//!
//! ```
//! use exodus_i18n::{Lang, Text, Voice};
//!
//! let text = Text::new("format-days").count("n", 3);
//! assert_eq!(Voice::new(Lang::EN).say(&text).to_string(), "3 days");
//! assert_eq!(Voice::new(Lang::RU).say(&text).to_string(), "3 дня");
//! ```
//!
//! **Languages** are the folders of `locales/`; the build embeds them and nothing in the code counts them. How a language writes
//! dates and amounts, and which words it is read by ([`read`]), stands in its `format.ftl`; how it groups digits comes from
//! ICU4X. Messages whose ids begin with `format-` or `read-` belong to this crate.
//!
//! **Given text** ([`Arg::Name`]) is never mixed up with ours: it comes out as a [`Span`] of its own, so that an adapter can take
//! links and mentions out of it.
//!
//! **Reading** is the way back: [`read`] turns what people type into amounts, dates, times, names.

mod catalogue;
mod lang;
mod phrase;
pub mod read;
mod text;
mod unit;
mod voice;

pub use catalogue::{Catalogue, Message};
pub use lang::{Lang, UnknownLang};
pub use phrase::{Phrase, Span};
pub use text::{Arg, Text};
pub use unit::{Also, Unit};
pub use voice::Voice;
