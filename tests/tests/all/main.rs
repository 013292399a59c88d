//! All tests over the whole of Exodus, in one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

mod accounting;
mod crashes;
mod locales;
mod matrix;
mod polls;
mod repository;
mod sharing;
mod simulation;
mod statements;
mod stories;
mod tampering;
mod telegram;
