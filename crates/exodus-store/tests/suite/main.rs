//! One suite for both databases: every test runs on SQLite and on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    clippy::inconsistent_digit_grouping,
    missing_docs,
    reason = "tests"
)]

mod deliver;
mod erase;
mod faults;
mod followers;
mod full_disk;
mod keys;
mod lanes;
mod place;
mod random;
mod read;
mod traffic;
mod transact;
mod trust;
mod verify;
