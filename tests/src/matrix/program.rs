//! The program itself as a bot.

use super::{Account, Gate};
use crate::Program;

/// The bot of an account, over an empty database.
///
/// # Panics
/// When its files can not be written.
#[must_use]
pub fn program(gate: &Gate, account: &Account) -> Program {
    Program::new(|folder| {
        let (password, store) = (folder.join("password"), folder.join("matrix"));
        std::fs::write(&password, &account.password).expect("written");
        format!(
            "[matrix]\nhomeserver = {:?}\nuser = {:?}\npassword_file = {password:?}\nstore = {store:?}\n\
             reactions = {}\n",
            gate.url(),
            account.user,
            account.signs
        )
    })
}
