//! What can go wrong: trouble (try again), faults (a bug, a damaged row) and reasons not to open at all.

use exodus_core::MemberId;
use sea_orm::{DbErr, RuntimeErr, SqlxSqliteError, sqlx};

/// Why something could not be done now. A refusal is none of these: see [`crate::Done::refusal`].
#[derive(Clone, Debug, thiserror::Error)]
pub enum Trouble {
    /// The database can not be reached or is overloaded, or its disk is full (then the text is `DISK_FULL`). Nothing
    /// was done, or it was and the same id will say so: try again.
    #[error("the database does not take this now: {0}")]
    Unavailable(String),
    /// A row that can not be read: what and where.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A bug: this work, and only it, was left out.
    #[error("a fault in the program: {0}")]
    Fault(String),
    /// The chat account is a member's already; another process was faster. Look again who speaks.
    #[error("the account is a member's already")]
    AccountTaken(MemberId),
    /// The one-time code was used already, or is no longer good.
    #[error("the code is not good any more")]
    CodeGone,
    /// The period's run of clearing comes first: nothing was done, and [`crate::Store::transact`] makes it.
    #[error("the period's clearing comes first")]
    ClearingFirst,
    /// A text is sealed with a master key that is not configured.
    #[error("the master key {0:?} is not configured")]
    KeyMissing(String),
    /// A backup could not be written, or is none.
    #[error("the backup: {0}")]
    Backup(String),
}

impl Trouble {
    /// Whether the same may simply be tried again.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<DbErr> for Trouble {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "sea-orm may add errors; whatever they are, trying again is safe"
    )]
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Json(_) | DbErr::TryIntoErr { .. } | DbErr::Type(_) => Self::Damaged(error.to_string()),
            _ => match cause(&error) {
                Cause::Full => Self::Unavailable(DISK_FULL.to_owned()),
                Cause::Malformed => Self::Damaged(error.to_string()),
                Cause::ReadOnly | Cause::Else => Self::Unavailable(error.to_string()),
            },
        }
    }
}

/// What trouble says when there is no room left.
pub(crate) const DISK_FULL: &str = "the disk is full";

/// What an error of the database comes from, as far as it makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Full,
    ReadOnly,
    Malformed,
    Else,
}

/// By the code that the database itself gives: texts change from version to version and from language to language.
fn cause(error: &DbErr) -> Cause {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return Cause::Else;
    };
    let sqlx::Error::Database(error) = &**error else {
        return Cause::Else;
    };
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<SqlxSqliteError>().is_none() {
        return match &*code {
            "53100" => Cause::Full,
            "25006" => Cause::ReadOnly,
            _ => Cause::Else,
        };
    }
    let code = code.parse::<i32>().unwrap_or_default();
    // The last eight bits are the error, those before them say more about it: https://sqlite.org/rescode.html
    match code & 0xff {
        // A full disk, too, is met first where readers and writers share what is new (SQLITE_IOERR_SHMSIZE).
        10 if code == 4874 => Cause::Full,
        13 => Cause::Full,
        // A file or a directory that may not be written can be opened, but not what SQLite needs beside it.
        8 | 14 => Cause::ReadOnly,
        11 | 26 => Cause::Malformed,
        _ => Cause::Else,
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such directory.
    #[error("the directory {0:?} for the database does not exist")]
    NoDirectory(String),
    /// The file, or its directory, may not be written.
    #[error("the database {0:?} may not be written")]
    ReadOnly(String),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// It is no database.
    #[error("{0:?} is not a database")]
    NotADatabase(String),
    /// It belongs to a newer version of the program.
    #[error("the database belongs to a newer version of this program (it has the migration {migration:?})")]
    Newer {
        /// The first migration this program does not know.
        migration: String,
    },
    /// The server can not be reached or does not let us in.
    #[error("the database does not answer: {0}")]
    Unreachable(String),
    /// Texts are sealed with a master key that is not configured.
    #[error("texts are sealed with the master key {0:?}, which is not configured")]
    KeyMissing(String),
    /// The address is neither a path nor of PostgreSQL: what it begins with.
    #[error("not the address of a database: {0}")]
    BadAddress(String),
    /// Anything else.
    #[error("the database can not be used: {0}")]
    Other(String),
}

impl From<Trouble> for OpenError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::KeyMissing(key) => Self::KeyMissing(key),
            Trouble::Unavailable(text) if text == DISK_FULL => Self::DiskFull,
            Trouble::Unavailable(text) => Self::Other(text),
            Trouble::Damaged(_)
            | Trouble::Fault(_)
            | Trouble::AccountTaken(_)
            | Trouble::CodeGone
            | Trouble::ClearingFirst
            | Trouble::Backup(_) => Self::Other(trouble.to_string()),
        }
    }
}

impl From<DbErr> for OpenError {
    fn from(error: DbErr) -> Self {
        let known = match cause(&error) {
            Cause::Full => Self::DiskFull,
            Cause::ReadOnly => Self::ReadOnly(String::new()),
            Cause::Malformed => Self::NotADatabase(String::new()),
            Cause::Else => Self::Other(error.to_string()),
        };
        if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
            known.or_unreachable()
        } else {
            known
        }
    }
}

impl OpenError {
    /// The same with the name of what it is about: a file, or the name a server knows the database by.
    pub(crate) fn about(self, name: &str) -> Self {
        if matches!(self, Self::ReadOnly(_)) {
            Self::ReadOnly(name.to_owned())
        } else if matches!(self, Self::NotADatabase(_)) {
            Self::NotADatabase(name.to_owned())
        } else {
            self
        }
    }

    /// What is not known better is that the server was not reached.
    pub(crate) fn or_unreachable(self) -> Self {
        if let Self::Other(text) = self {
            Self::Unreachable(text)
        } else {
            self
        }
    }
}
