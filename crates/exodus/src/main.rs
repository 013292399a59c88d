//! The program `exodus`: configuration, wiring, and the operator's commands.
//!
//! ```text
//! args → config → log → one command → an exit code
//!   talk      console, console --play, demo: somebody at the terminal
//!   network   network: an edge list, no database
//!   serve     run: the scheduler, the delivery, every front end that is configured
//!   clearing  clearing plan, clearing check: on files of anybody's, no ledger
//!   operator  config check, migrate, verify, cycle status, stats, backup, restore, export: ids and totals only
//! ```

mod args;
mod clearing;
mod config;
mod data;
mod demo;
mod failure;
mod log;
mod network;
mod operator;
mod serve;
mod stop;
mod talk;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command, ConfigCommand, CycleCommand};
use config::{Config, Loaded};
use failure::{Code, Failure};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let outcome = runtime.block_on(run(arguments));
            // A thread may still wait for a line that nobody will type.
            runtime.shutdown_background();
            outcome
        }
        Err(error) => Err(anyhow::Error::new(error)
            .context("the program cannot start")
            .into()),
    };
    match outcome {
        Ok(code) => code.into(),
        Err(failure) => failure.report().into(),
    }
}

async fn run(arguments: Arguments) -> Result<Code, Failure> {
    if let Some(Command::Clearing(command)) = &arguments.command
        && !matches!(command, clearing::Command::Run(_))
    {
        return clearing::run(command);
    }
    let loaded = config::load(arguments.config.as_deref());
    let command = arguments
        .command
        .unwrap_or(Command::Console(args::Console::default()));
    if matches!(command, Command::Config(ConfigCommand::Check)) {
        return Ok(operator::check(&loaded));
    }
    if let Command::Network(options) = &command {
        return network::run(options);
    }
    let config = sound(loaded)?;
    log::begin(&config, matches!(command, Command::Run));
    match command {
        Command::Run => serve::run(&config).await?,
        Command::Console(options) => talk::console(&config, &options).await?,
        Command::Demo(options) => demo::open(&config, &options).await?,
        Command::Clearing(clearing::Command::Run(options)) => operator::clearing(&config, options).await?,
        Command::Config(ConfigCommand::Check) | Command::Clearing(_) | Command::Network(_) => {}
        Command::Migrate => operator::migrate(&config).await?,
        Command::Verify => return operator::verify(&config).await,
        Command::Cycle(CycleCommand::Status) => operator::cycle_status(&config).await?,
        Command::Export(options) => operator::export(&config, &options).await?,
        Command::Backup { file } => operator::backup(&config, &file).await?,
        Command::Restore { file } => operator::restore(&config, &file).await?,
        Command::RotateKeys => operator::rotate_keys(&config).await?,
        Command::Stats => operator::stats(&config).await?,
    }
    Ok(Code::Done)
}

/// The configuration, if nothing is wrong with it.
fn sound(loaded: Loaded) -> Result<Config, Failure> {
    if loaded.problems.is_empty() {
        return Ok(loaded.config);
    }
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    Err(Failure::configuration(problems.join("\n")))
}
