//! The Telegram bot, on a server that this project did not write and on a strict one of ours.

mod stories;
