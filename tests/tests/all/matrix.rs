//! The Matrix bot, on a homeserver and with people's clients that this project did not write.

mod files;
mod keys;
mod rooms;
mod shared;
mod signs;
mod spanning;
mod weather;
mod words;
