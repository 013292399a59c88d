//! Asking the network of trust about one member: bonds, who rests, and who blocks whom.
//!
//! The rows of bonds are walked breadth first from that member, a level at a time, into a [`Network`] that then answers.

use std::collections::BTreeSet;

use exodus_core::{
    Bond, Ledger, MemberId,
    network::{Network, Record, Scratch},
};
use sea_orm::ConnectionTrait;

use crate::{
    Store,
    dialect::{self, list, sql},
    load::{Loader, body_of},
    trouble::Trouble,
};

impl Store {
    /// Asks the network of trust something about a member's reference list, as of one moment.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn with_network<T>(
        &self,
        member: MemberId,
        ask: impl FnOnce(&Network, &mut Scratch) -> T + Send,
    ) -> Result<T, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let part = walk(
            &tx,
            self.base.ledger,
            Ledger::new(self.base.policy.clone()),
            member,
        )
        .await?;
        tx.commit().await?;
        let mut network = Network::of(&part).map_err(|full| Trouble::Fault(full.to_string()))?;
        // Known, though no bond of theirs stands.
        network
            .apply(&Record::Member {
                member,
                status: part.status(member),
            })
            .map_err(|full| Trouble::Fault(full.to_string()))?;
        Ok(ask(&network, &mut Scratch::new()))
    }
}

/// Everyone reachable over bonds that stand, with those bonds and the blocks among them.
async fn walk<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    mut part: Ledger,
    middle: MemberId,
) -> Result<Ledger, Trouble> {
    let mut known = BTreeSet::from([middle]);
    let mut level = known.clone();
    while !level.is_empty() {
        let ids: Vec<u64> = level.iter().map(|member| member.0).collect();
        let mut loader = Loader::new(db, ledger);
        loader.members_by("id", ids.clone()).await?;
        loader.blocks_of(ids.clone()).await?;
        let bonds = live_bonds(db, ledger, &loader, ids).await?;
        level = bonds
            .iter()
            .flat_map(|bond| [bond.from, bond.to])
            .filter(|member| known.insert(*member))
            .collect();
        loader.found.bonds = bonds;
        part.absorb(loader.taken());
    }
    Ok(part)
}

async fn live_bonds<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    loader: &Loader<'_, C>,
    ids: Vec<u64>,
) -> Result<Vec<Bond>, Trouble> {
    let text = format!(
        "SELECT body FROM bond WHERE ledger_id = $1 AND live AND ({} OR {})",
        loader.any("from_member", 2),
        loader.any("to_member", 2)
    );
    let rows = db
        .query_all_raw(sql(db, text, [ledger.into(), list(ids)]))
        .await?;
    rows.iter().map(|row| body_of("bond", row)).collect()
}
