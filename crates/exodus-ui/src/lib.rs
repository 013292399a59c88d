//! Screens, questions and choices of Exodus as data, with no word of any chat platform in them.
//!
//! ```text
//! what was said + the last menu + the open question ──hear──▶ Act
//! Screen + what this chat can do ──arrange──▶ messages, buttons, numbers, pages
//! ```
//! A screen says **what is asked**, not which widget. Everything here is pure: no clock, no store, no network. Text
//! exists only after localisation; before it there are message ids and typed arguments ([`exodus_i18n::Text`]).

pub mod act;
pub mod arrange;
pub mod draft;
pub mod hear;
pub mod route;
pub mod screen;
pub mod words;

pub use act::{Act, Deed, ProfileChange, Settling, Texts};
pub use arrange::{Arranged, Button, Capabilities, Message, Paragraph, ParagraphKind, arrange, status_text};
pub use draft::{Draft, Field, Nominal, Step, Value, form_text};
pub use hear::{Heard, Hearing, Menu, Said, hear};
pub use route::{Relation, Route, Section, Tab};
pub use screen::{Ask, Attachment, Block, Choice, Choices, Screen, Tone};
pub use words::{SLASH_COMMANDS, SlashCommand};
