//! One entity per table, written by hand; every table names its community.

pub mod account;
pub mod appeal;
pub mod block;
pub mod broadcast;
pub mod circle;
pub mod command;
pub mod inbox;
pub mod intention;
pub mod journal;
pub mod lease;
pub mod ledger;
pub mod link;
pub mod link_token;
pub mod linking_code;
pub mod linking_try;
pub mod member;
pub mod menu;
pub mod note;
pub mod obligation;
pub mod offer;
pub mod outbox;
pub mod person;
pub mod person_key;
pub mod session;
pub mod setting;
pub mod visit;
