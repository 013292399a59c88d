//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::clearing;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  trouble: the database cannot be used, a file cannot be written …
  2  the command line or the configuration is wrong
  3  verify or clearing check found something wrong

Try it:
  exodus                         talk to it in this terminal, with a ledger of your own
  exodus demo                    look around in a made-up network, and move its clock
  exodus console --as Anna       speak as Anna; /as Boris inside speaks as somebody else
  exodus console --play          a ledger to play with, where /tomorrow is a word
  echo /give | exodus console --as Anna     the same from a pipe, in plain text

Run it for others:
  cp config/exodus.example.toml config/exodus.toml     and say what is different
  exodus config check
  exodus run

The documents in docs/how-to say more.";

/// Direct mutual aid over a network of trust: people promise help to each other, see each other's promises, and keep them.
///
/// Without a command it opens the console, on a file in your data directory.
#[derive(Debug, Parser)]
#[command(name = "exodus", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The configuration file [default: config/exodus.toml, then the one in your configuration directory]
    #[arg(long, global = true, value_name = "FILE", env = "EXODUS_CONFIG")]
    pub(crate) config: Option<PathBuf>,

    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve: every front end that is configured, month ends, reminders, delivery of notices
    ///
    /// Any number of processes may run over one PostgreSQL database; work is shared, never doubled. SIGTERM or Ctrl-C
    /// ends it: what it holds is finished, nothing is lost.
    Run,
    /// Talk to Exodus in this terminal; from a pipe, in plain text
    Console(Console),
    /// The configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Bring the database's schema up to date; every other command does so by itself when it starts
    Migrate,
    /// Replay the journal, compare it with the state, check every invariant, and say what differs
    Verify,
    /// The month
    #[command(subcommand)]
    Cycle(CycleCommand),
    /// Write a console persona's own records into files
    Export(Export),
    /// Write everything into one file, which restores into SQLite and PostgreSQL
    Backup {
        /// The file; it must not be there yet
        file: PathBuf,
    },
    /// Fill an empty database from a backup, and verify it
    Restore {
        /// The file
        file: PathBuf,
    },
    /// Seal everybody's texts with the first of store.master_keys, after a new key was put before the old ones
    RotateKeys,
    /// Totals: how many of what, and nobody's name
    Stats,
    /// Set off obligations of any kind that run in closed chains, from a CSV file
    #[command(subcommand)]
    Clearing(clearing::Command),
    /// Relations, rings, chains and pools of any edge list, and a picture of it; no database is needed
    Network(crate::network::Options),
    /// A made-up network of 40 people over three months, to look around in and play with
    Demo(Demo),
}

/// How the console is opened.
#[derive(Debug, Default, Args)]
pub(crate) struct Console {
    /// Speak as somebody [default: your login name]
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Use a ledger to play with, whose clock you move: /tomorrow, /date 2026-12-01, /hour 9
    #[arg(long)]
    pub(crate) play: bool,
    /// The day on which a new ledger to play with begins, such as 2026-11-20 [default: today]
    #[arg(long, value_name = "DATE", requires = "play")]
    pub(crate) from: Option<String>,
    /// The language of newcomers: en, ru [default: your system's]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,
}

/// What can be done with the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say what is wrong with it, by key; secrets are never printed
    Check,
}

/// What can be asked of the month.
#[derive(Debug, Subcommand)]
pub(crate) enum CycleCommand {
    /// Which month it is, when something is next due, and whether anything is late
    Status,
}

/// What is exported.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Whose records: a persona of the console
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: String,
    /// In what form
    #[arg(long, value_enum)]
    pub(crate) form: Form,
    /// Into which directory
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Form {
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// A journal for hledger
    Hledger,
}

/// How the made-up network is opened.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Begin anew, forgetting what was played
    #[arg(long)]
    pub(crate) new: bool,
    /// Speak as somebody in it
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The language of what the terminal itself says: en, ru [default: your system's]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,
}
