//! `exodus clearing`: what of obligations of any kind can be set off, from a CSV file (rule K9). No ledger, no
//! configuration, nobody's consent: whoever has the file decides what to do with the answer.

mod amount;
mod position;
mod report;
mod table;

use std::{
    io::{IsTerminal as _, Read as _, stderr, stdin},
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use exodus_core::clearing::{self, Plan, Progress};
use indicatif::{ProgressBar, ProgressStyle};

use self::table::{Columns, Table};
use crate::failure::{Code, Failure};

/// What can be asked about obligations in a file.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the largest set-off: every row with what of it is set off and what is left
    ///
    /// FILE is CSV with the columns debtor, creditor, amount and, if wished, id, in any order; others are ignored. It
    /// is answered on standard output, with totals on standard error. docs/reference/clearing.md has the formats.
    Plan(PlanOptions),
    /// Check a set-off, ours or anybody's: that nobody's balance changes, and whether a larger one is possible
    Check(CheckOptions),
    /// Say what the community's own clearing would do if it were run now: ids and totals, nobody's name
    Run(RunOptions),
}

/// How the community's own clearing is run by hand: only to see what it would do. It is run by itself, on its day.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct RunOptions {
    /// Change nothing
    #[arg(long, required = true)]
    dry_run: bool,
    /// Also say what would be set off of each obligation, by its number
    #[arg(long)]
    pub(crate) rows: bool,
}

/// How a plan is made.
#[derive(Debug, Args)]
pub(crate) struct PlanOptions {
    /// The obligations; - reads standard input
    #[arg(value_name = "FILE")]
    obligations: PathBuf,
    /// Also write every party's totals before and after, and its balance, which stays, into a file
    #[arg(long, value_name = "FILE")]
    positions: Option<PathBuf>,
    /// Also write the closed chains that the set-off consists of into a file
    #[arg(long, value_name = "FILE")]
    loops: Option<PathBuf>,
    /// What separates columns, here and in all that is written
    #[arg(long, value_name = "CHARACTER", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
}

/// What is checked.
#[derive(Debug, Args)]
pub(crate) struct CheckOptions {
    /// The obligations; - reads standard input
    #[arg(value_name = "OBLIGATIONS")]
    obligations: PathBuf,
    /// What is set off: debtor, creditor, `set_off` and, if the obligations have it, id
    #[arg(value_name = "SETOFFS")]
    set_offs: PathBuf,
    /// What separates columns in both
    #[arg(long, value_name = "CHARACTER", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n.-".contains(byte) => {
            Ok(*byte)
        }
        _ => Err("one character such as , or ; or \\t is expected".to_owned()),
    }
}

/// Does what is asked.
///
/// # Errors
/// [`Failure`] with the files; [`Command::Run`] is for [`crate::operator`].
pub(crate) fn run(command: &Command) -> Result<Code, Failure> {
    match command {
        Command::Run(_) => Ok(Code::Done),
        Command::Plan(options) => plan(options),
        Command::Check(options) => check(options),
    }
}

fn plan(options: &PlanOptions) -> Result<Code, Failure> {
    let text = read(&options.obligations)?;
    let table = open(
        &options.obligations,
        &text,
        Columns::OBLIGATIONS,
        options.delimiter,
    )?;
    let plan = solve(&table)?;
    // What goes into files first: whoever reads standard output to its end has all.
    if let Some(path) = &options.positions {
        report::positions(path, &table, &plan, options.delimiter)?;
    }
    if let Some(path) = &options.loops {
        report::loops(path, &table, &plan, options.delimiter)?;
    }
    report::set_offs(&table, &plan, options.delimiter)?;
    report::totals(&table, &plan);
    Ok(Code::Done)
}

fn check(options: &CheckOptions) -> Result<Code, Failure> {
    let text = read(&options.obligations)?;
    let table = open(
        &options.obligations,
        &text,
        Columns::OBLIGATIONS,
        options.delimiter,
    )?;
    let found = read(&options.set_offs)?;
    let found = open(&options.set_offs, &found, Columns::SET_OFFS, options.delimiter)?;
    let wrong = table.compare(&found);
    for fault in wrong.iter().take(report::MOST_FAULTS) {
        println!("wrong: {fault}");
    }
    if !wrong.is_empty() {
        println!("{} in all; nothing of it should be carried out", wrong.len());
        return Ok(Code::Different);
    }
    let plan = solve(&table)?;
    Ok(report::verdict(&table, &found, &plan))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if path.as_os_str() == "-" {
        let mut text = Vec::new();
        stdin()
            .read_to_end(&mut text)
            .context("standard input can not be read")?;
        return Ok(text);
    }
    Ok(std::fs::read(path).with_context(|| format!("{} can not be read", path.display()))?)
}

fn open(path: &Path, text: &[u8], columns: Columns, delimiter: u8) -> Result<Table, Failure> {
    Table::read(text, columns, delimiter).map_err(|problem| {
        let name = if path.as_os_str() == "-" {
            "standard input".into()
        } else {
            path.display().to_string()
        };
        Failure::trouble(format!("{name}:{problem}"))
    })
}

/// The largest set-off, with a bar on a terminal while it is looked for.
fn solve(table: &Table) -> Result<Plan, Failure> {
    let bar = if stderr().is_terminal() {
        bar()
    } else {
        ProgressBar::hidden()
    };
    let watch = |progress: Progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.done);
        bar.set_message(format!("pass {}, {} parties open", progress.pass, progress.open));
        ControlFlow::Continue(())
    };
    let plan = clearing::plan_watched(table.parties.count(), &table.obligations, &watch);
    bar.finish_and_clear();
    plan.map_err(|error| match error {
        clearing::Error::PairTooLarge { debtor, creditor } => {
            let (debtor, creditor) = (table.name(debtor), table.name(creditor));
            Failure::trouble(format!(
                "{debtor} owes {creditor} more in all than can be counted ({})",
                u64::MAX
            ))
        }
        clearing::Error::NoSuchParty { .. }
        | clearing::Error::TooMany
        | clearing::Error::Stopped
        | clearing::Error::Fault(_) => Failure::trouble(error),
    })
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_bar} {pos}/{len} {msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
