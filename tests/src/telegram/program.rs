//! The program itself as a bot.

use super::Server;
use crate::Program;

/// The bot of a server, over an empty database.
///
/// # Panics
/// When its files can not be written.
#[must_use]
pub fn program(server: &dyn Server) -> Program {
    Program::new(|folder| {
        let token = folder.join("token");
        std::fs::write(&token, server.token()).expect("written");
        format!(
            "[telegram]\ntoken_file = {token:?}\napi_url = {:?}\n",
            server.url()
        )
    })
}
