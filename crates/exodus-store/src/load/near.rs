//! What a member can see around them: two steps over support edges, bonds, and referrals.

use std::collections::BTreeSet;

use exodus_core::{AppealId, Ledger, MemberId, Scope};

use super::{Loader, load_scope};
use crate::{Store, dialect, dialect::nat, rows::month_number, trouble::Trouble};

impl Store {
    /// The part that a scope names, the viewer's own, and lightly what surrounds the viewer: whoever is one step away
    /// (in a circle of theirs, or they in theirs, or a referral) with all their circle edges and blocks; whoever is two
    /// steps away; whoever stands by them personally; and of those in need, what the totals of their current appeal are made of.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn load_near(&self, viewer: MemberId, scope: &Scope) -> Result<Ledger, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let ledger = self.base.ledger;
        let mut part = Ledger::new(self.base.policy.clone());
        part.raise_next_number(nat(self.base.head(&tx).await?.next_number));
        let mut scope = scope.clone();
        scope.members.insert(viewer);
        load_scope(&tx, ledger, &mut part, &scope, &mut BTreeSet::new()).await?;

        let mut near: BTreeSet<MemberId> = part.supports(viewer).chain(part.supported_by(viewer)).collect();
        near.extend(part.referred_by(viewer));
        near.extend(part.member(viewer).and_then(|row| row.referred_by));
        let ids: Vec<u64> = near.iter().map(|member| member.0).collect();
        let mut loader = Loader::new(&tx, ledger);
        let edges = loader.circles_of(ids.clone()).await?;
        loader.blocks_of(ids).await?;
        let mut around = near;
        around.extend(edges.iter().flat_map(|&(_, owner, helper)| [owner, helper]));
        around.extend(scope.members.iter().copied());
        around.extend(part.ring(viewer).map(|(other, _)| other));
        loader.lightly(&part, &around).await?;
        let of_edges = edges
            .iter()
            .map(|&(appeal, ..)| appeal)
            .filter(|appeal| part.appeal(*appeal).is_none());
        let known: BTreeSet<AppealId> = loader.found.appeals.iter().map(|appeal| appeal.id).collect();
        let missing: BTreeSet<u64> = of_edges.filter(|id| !known.contains(id)).map(|id| id.0).collect();
        loader.appeals_by("id", missing.into_iter().collect()).await?;
        loader.found.circles = edges
            .into_iter()
            .map(|(appeal, _, helper)| (appeal, helper))
            .collect();
        part.absorb(loader.taken());

        let mut loader = Loader::new(&tx, ledger);
        let current: Vec<(u64, bool, i64)> = around
            .iter()
            .filter_map(|member| {
                let appeal = part.current_appeal(*member)?;
                let month = part.member(*member).map_or(0, |row| month_number(row.period));
                Some((appeal.id.0, appeal.is_monthly(), month))
            })
            .collect();
        let appeals: Vec<u64> = current.iter().map(|&(appeal, ..)| appeal).collect();
        let months = current.iter().filter(|(_, monthly, _)| *monthly);
        let since = months.clone().map(|&(.., month)| month).min().unwrap_or(0);
        let counting = format!("last_period >= {}", since.saturating_sub(1));
        loader.intentions_by("appeal", "live", appeals.clone()).await?;
        loader
            .obligations_by("appeal", &counting, months.map(|&(appeal, ..)| appeal).collect())
            .await?;
        let emergencies = current
            .iter()
            .filter(|(_, monthly, _)| !monthly)
            .map(|&(appeal, ..)| appeal)
            .collect();
        loader.obligations_by("appeal", "", emergencies).await?;
        loader.circles_in(appeals).await?;
        let others = loader.people(&part);
        loader.lightly(&part, &others).await?;
        part.absorb(loader.taken());
        tx.commit().await?;
        Ok(part)
    }
}
