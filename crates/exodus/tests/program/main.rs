//! The built program, from outside: what it prints, how it ends.
#![allow(clippy::string_slice, reason = "tests")]

mod computer;
mod console;
mod demo;
mod operator;
mod service;
mod terminal;
mod trouble;
