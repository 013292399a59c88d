//! The Matrix bot, on a homeserver and with people's clients that this project did not write.

mod circles;
mod files;
mod keys;
mod kills;
mod rooms;
mod shared;
mod signs;
mod spanning;
mod stories;
mod weather;
mod words;
