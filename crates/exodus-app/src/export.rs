//! Exports (M10): all of a member's own records as files for tables (CSV), for programs (JSON) and for accounting
//! (hledger).
//!
//! ```text
//! store ─▶ Own ─┬─▶ tables ─┬─▶ csv      one file for each kind of record
//!               │           └─▶ json     one file, the same tables
//!               └─▶ bookings ──▶ hledger one journal
//! ```
//! Invariants
//! - Everything is derived from the member's own journal entries, read as of one moment: what is present, what is past
//!   and how it came about can not contradict each other.
//! - Others are named only if the member sees them now, else by one pseudonym each. No export holds the number of another
//!   member, of their appeal or of their link: two members can not find out by comparing files whom both of them know.
//!
//! The formats are described in `docs/reference/export.md`.

mod account;
mod booking;
mod cell;
mod csv;
mod hledger;
mod json;
mod kind;
mod line;
mod own;
mod people;
mod profile;
mod records;
mod words;

#[cfg(test)]
mod tests;

use exodus_core::MemberId;
use exodus_store::Trouble;
use exodus_ui::{Attachment, act::ExportForm};

use crate::App;
use own::Own;

/// The files of an export.
pub(crate) async fn files(app: &App, member: MemberId, form: ExportForm) -> Result<Vec<Attachment>, Trouble> {
    let own = Own::gather(app, member).await?;
    Ok(written(&own, form))
}

impl App {
    /// All of a member's own records (M10). The files of a form are described in `docs/reference/export.md`.
    ///
    /// # Errors
    /// [`Trouble`] with the store.
    pub async fn export(&self, member: MemberId, form: ExportForm) -> Result<Vec<Attachment>, Trouble> {
        files(self, member, form).await
    }
}

/// What was gathered, in a form.
fn written(own: &Own, form: ExportForm) -> Vec<Attachment> {
    let tables = || {
        let mut tables = profile::tables(own);
        tables.extend(records::tables(own));
        tables
    };
    match form {
        ExportForm::Csv => csv::files(&tables()),
        ExportForm::Json => vec![json::file(own, &tables())],
        ExportForm::Hledger => vec![hledger::file(own)],
    }
}

fn attachment(name: impl Into<String>, media_type: &'static str, bytes: Vec<u8>) -> Attachment {
    Attachment {
        name: name.into(),
        media_type,
        bytes,
        text: None,
    }
}
