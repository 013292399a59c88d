//! How the program ends, and what it says when something stands in its way: always what to do about it.

use std::{fmt, process::ExitCode};

use exodus_store::{OpenError, Trouble};

/// Exit codes, as `--help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Done.
    Done,
    /// Trouble.
    Trouble,
    /// The command line or the configuration is wrong.
    Configuration,
    /// Verification found differences.
    Different,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(match code {
            Code::Done => 0_u8,
            Code::Trouble => 1,
            Code::Configuration => 2,
            Code::Different => 3,
        })
    }
}

/// Why a command could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    code: Code,
    error: anyhow::Error,
}

impl Failure {
    /// Something about the configuration or the command line.
    pub(crate) fn configuration(what: impl fmt::Display + fmt::Debug + Send + Sync + 'static) -> Self {
        Self {
            code: Code::Configuration,
            error: anyhow::Error::msg(what),
        }
    }

    /// Anything else.
    pub(crate) fn trouble(what: impl fmt::Display + fmt::Debug + Send + Sync + 'static) -> Self {
        Self {
            code: Code::Trouble,
            error: anyhow::Error::msg(what),
        }
    }

    /// Says it, and with which code to end.
    pub(crate) fn report(&self) -> Code {
        eprintln!("exodus: {:#}", self.error);
        if self.code == Code::Configuration {
            eprintln!("See config/exodus.example.toml, exodus --help, docs/how-to/configure.md");
        }
        self.code
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self {
            code: Code::Trouble,
            error,
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let advice = match &trouble {
            Trouble::Unavailable(why) if why.contains("disk is full") => {
                "make room and do the same again; nothing that was confirmed is lost"
            }
            Trouble::Unavailable(_) => {
                "nothing was lost; look whether the database runs and its disk has room, then try again"
            }
            Trouble::Damaged(_) => "run exodus verify, and restore a backup if it finds differences",
            Trouble::KeyMissing(_) => "add it to store.master_keys",
            Trouble::Backup(_) => "nothing was changed",
            Trouble::ClearingFirst => "do the same again",
            Trouble::Fault(_) | Trouble::AccountTaken(_) | Trouble::CodeGone => {
                "please report it; nothing was changed"
            }
        };
        Self {
            code: Code::Trouble,
            error: anyhow::anyhow!("{trouble}\n{advice}"),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let advice = match &error {
            OpenError::NoDirectory(_) => "make the directory, or set store.url to another place",
            OpenError::ReadOnly(_) => {
                "see who owns the file and its directory, and whether both may be written (chmod u+w), or set store.url to another place"
            }
            OpenError::DiskFull => "make room and start again; nothing that was confirmed is lost",
            OpenError::NotADatabase(_) => "set store.url to another file, or restore a backup into a new one",
            OpenError::Newer { .. } => {
                "use the newer version of exodus, or restore a backup that was made with this one into an empty database"
            }
            OpenError::Unreachable(_) => {
                "see whether the server runs and store.url (or store.url_file) is right"
            }
            OpenError::KeyMissing(_) => "add it to store.master_keys, as { name = …, file = … }",
            // Its text would repeat the address, and with it perhaps a password.
            OpenError::BadAddress(_) => {
                return Self::configuration(
                    "store.url is no address of a database: expected postgres://… or the path of an SQLite file",
                );
            }
            OpenError::Other(_) => "nothing was changed",
        };
        Self {
            code: Code::Trouble,
            error: anyhow::anyhow!("{error}\n{advice}"),
        }
    }
}
