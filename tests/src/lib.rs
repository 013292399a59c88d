//! The harness of the tests: databases of their own, people by name, time by hand, crashes on demand.
//!
//! ```text
//! Place       a new SQLite file or PostgreSQL database, gone at the end
//! World       an application over it: people speak by name, time goes on, notices are collected
//! Post        what was sent to whom, in order
//! Cut         a future that is dropped after so many polls
//! Process     a process over a Place, whose power fails when it is told to
//! deeds       what people do, kind by kind
//! story       a plain dialogue, line by line through the console
//! Program     the program itself, in a process that can be killed
//! matrix      a homeserver, people with clients of their own, what they see
//! rest        whether a bot rests
//! telegram    servers that speak the Bot API, people who write and press, what they see
//! repository  the files of this repository, for tests about them
//! ```
//! Nothing here looks at the machine's clock, or sleeps but to let sockets and databases work while time stands still.
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests"
)]

pub mod crash;
pub mod deeds;
pub mod matrix;
pub mod place;
pub mod post;
pub mod program;
pub mod repository;
pub mod rest;
pub mod story;
pub mod telegram;
pub mod world;

pub use crash::{Cut, Moment};
pub use place::{Backend, Place};
pub use post::Post;
pub use program::{Program, Running};
pub use world::World;
