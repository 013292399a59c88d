//! The log: to standard error, without names, texts and tokens.

use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Begins to log. A service says what it does; at a terminal only what is wrong is said.
pub(crate) fn begin(config: &Config, service: bool) {
    let usual = if service { "info" } else { "warn" };
    let level = config.log_level.as_deref().unwrap_or(usual);
    // Statements of the database hold people's words, addresses of requests the tokens of chats, matrix-sdk names people.
    let filter = EnvFilter::new(format!(
        "{level},sqlx=off,sea_orm=off,sea_orm_migration=warn,hyper=off,hyper_util=off,h2=off,reqwest=off,rustls=warn,matrix_sdk=off,matrix_sdk_base=off,\
         matrix_sdk_crypto=off,matrix_sdk_sqlite=off,matrix_sdk_common=off,vodozemac=off,ruma=off"
    ));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let begun = if config.log_json {
        log.json().try_init()
    } else {
        log.with_ansi(false).try_init()
    };
    if let Err(error) = begun {
        eprintln!("exodus: the log can not be written: {error}");
    }
}
