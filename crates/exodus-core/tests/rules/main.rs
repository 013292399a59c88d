//! What is decided, rule by rule: given a village, when somebody says something or time passes, then this and no more
//! happens (M1–M11, L1–L18, C1–C9, N4–N10, O9).

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "tests"
)]

// Of the village the stories draw on random histories.
#[path = "../random/mod.rs"]
#[allow(dead_code, reason = "only the stories of the village use it")]
mod random;
#[path = "../village/mod.rs"]
mod village;

mod bond;
mod breaches;
mod emergency;
mod frozen;
mod intention;
mod link;
mod member;
mod notice;
mod obligation;
mod offer;
mod reminder;
mod renewal;
mod report;
mod rollover;
mod suspension;
mod unknown;
