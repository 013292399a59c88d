//! Who sees what (M7, M9, M11, N1, N4): the table row by row, and over random histories against a plain formulation.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../random/mod.rs"]
mod random;
#[path = "../village/mod.rs"]
mod village;

mod blocks;
mod histories;
mod links;
mod look;
mod network;
mod records;
mod scene;
mod table;
