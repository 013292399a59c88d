//! One suite for both databases: every test runs on SQLite and on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::inconsistent_digit_grouping,
    missing_docs,
    reason = "tests"
)]

mod clearing;
mod deliver;
mod erase;
mod faults;
mod followers;
mod full_disk;
mod keys;
mod lanes;
mod network;
mod place;
mod random;
mod read;
mod traffic;
mod transact;
mod verify;
