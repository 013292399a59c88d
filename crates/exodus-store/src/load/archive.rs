//! What is over: a member's settled records, page by page.

use std::collections::BTreeSet;

use exodus_core::{Ledger, MemberId};
use sea_orm::ConnectionTrait;

use super::Loader;
use crate::{
    Store,
    dialect::{self, int, nat, sql},
    trouble::Trouble,
};

/// Records on a page.
const PAGE: usize = 50;

/// Which archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// Settled obligations of theirs.
    Owing,
    /// Settled obligations towards them.
    Owed,
}

/// A page of an archive.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The records, and the people they are between.
    pub ledger: Ledger,
    /// Their numbers, newest first.
    pub ids: Vec<u64>,
    /// Whether there are older ones.
    pub more: bool,
}

impl Store {
    /// A page of a member's archive, newest first; the first page is 0.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn load_archive(
        &self,
        member: MemberId,
        kind: ArchiveKind,
        page: u64,
    ) -> Result<Archive, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let side = match kind {
            ArchiveKind::Owing => "debtor",
            ArchiveKind::Owed => "creditor",
        };
        let skip = int(page).saturating_mul(i64::try_from(PAGE).unwrap_or(i64::MAX));
        let text = format!(
            "SELECT id FROM obligation WHERE ledger_id = $1 AND {side} = $2 AND NOT unsettled \
             ORDER BY id DESC LIMIT {} OFFSET $3",
            PAGE + 1
        );
        let values = [self.base.ledger.into(), int(member.0).into(), skip.into()];
        let mut ids = Vec::new();
        for row in tx.query_all_raw(sql(&tx, text, values)).await? {
            ids.push(nat(row.try_get_by_index(0)?));
        }
        let more = ids.len() > PAGE;
        ids.truncate(PAGE);
        let mut part = Ledger::new(self.base.policy.clone());
        let mut loader = Loader::new(&tx, self.base.ledger);
        loader.obligations_by("id", "", ids.clone()).await?;
        let mut people: BTreeSet<MemberId> = loader.people(&part);
        people.insert(member);
        loader.lightly(&part, &people).await?;
        part.absorb(loader.taken());
        tx.commit().await?;
        Ok(Archive {
            ledger: part,
            ids,
            more,
        })
    }
}
