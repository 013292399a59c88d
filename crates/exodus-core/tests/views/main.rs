//! What the views say: amounts (L14), lists (U6), spreading a sum (L20), the organizer, home; and that what they offer
//! is what `decide` accepts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../random/mod.rs"]
mod random;
#[path = "../village/mod.rs"]
mod village;

mod amounts;
mod book;
mod lists;
mod offered;
mod parts;
