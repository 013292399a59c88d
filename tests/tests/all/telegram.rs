//! The Telegram bot, on a server that this project did not write and on a strict one of ours.

mod buttons;
mod crowds;
mod first;
mod groups;
mod kills;
mod stories;
mod storms;
mod words;
