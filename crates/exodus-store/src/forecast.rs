//! What could be cleared now: the largest set-off of everything that takes part, kept in memory and brought up to date from the
//! journal whenever somebody asks (K2, and `exodus_core::clearing::Standing`). It decides nothing and can be lost.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Amount, Claim, Fact, Ledger, MemberId, ObligationId,
    clearing::{self, Parties, Standing},
};
use sea_orm::EntityTrait;
use tokio::sync::Mutex;

use crate::{
    Store,
    dialect::{int, nat, sql},
    entity::journal,
    journal as entries,
    load::Loader,
    store::Base,
    trouble::Trouble,
};

/// With so many claims or fewer it is worked out while somebody waits.
const FEW: u64 = 20_000;
/// With more entries than these since, it is worked out from nothing.
const MANY_ENTRIES: i64 = 20_000;

/// What could be cleared, as of an entry of the journal.
pub(crate) struct Forecast {
    seq: i64,
    claims: BTreeMap<ObligationId, Claim>,
    parties: Parties<MemberId>,
    standing: Standing,
}

/// The forecast of this process, and whether it is being worked out.
#[derive(Default)]
pub(crate) struct Forecasts(Mutex<Option<Forecast>>, std::sync::atomic::AtomicBool);

fn fault(error: clearing::Error) -> Trouble {
    Trouble::Fault(format!("what could be cleared: {error}"))
}

impl Forecast {
    fn new(seq: i64, claims: Vec<Claim>) -> Result<Self, Trouble> {
        let parties = Parties::new(claims.iter().flat_map(|claim| [claim.debtor, claim.creditor]));
        let number = |member: MemberId| parties.number(&member).unwrap_or(u32::MAX);
        let owed: Vec<clearing::Obligation> = claims
            .iter()
            .map(|claim| clearing::Obligation {
                debtor: number(claim.debtor),
                creditor: number(claim.creditor),
                amount: claim.amount,
            })
            .collect();
        let standing = Standing::new(parties.count(), &owed).map_err(fault)?;
        Ok(Self {
            seq,
            claims: claims
                .into_iter()
                .map(|claim| (claim.obligation, claim))
                .collect(),
            parties,
            standing,
        })
    }

    /// These obligations are as the part has them now. `false`: somebody new takes part, and it must begin from nothing.
    fn changed(&mut self, part: &Ledger, obligations: &BTreeSet<ObligationId>) -> Result<bool, Trouble> {
        let mut pairs = BTreeSet::new();
        for &id in obligations {
            let before = self.claims.remove(&id);
            let now = part.claim(id);
            if let Some(claim) = now {
                self.claims.insert(id, claim);
            }
            if before != now {
                let both = before.into_iter().chain(now);
                pairs.extend(both.map(|claim| (claim.debtor, claim.creditor)));
            }
        }
        if pairs.is_empty() {
            return Ok(true);
        }
        let mut sums: BTreeMap<(MemberId, MemberId), Amount> =
            pairs.iter().map(|pair| (*pair, Amount::ZERO)).collect();
        for claim in self.claims.values() {
            if let Some(sum) = sums.get_mut(&(claim.debtor, claim.creditor)) {
                *sum = sum.plus(claim.amount);
            }
        }
        for ((debtor, creditor), sum) in sums {
            let ends = (self.parties.number(&debtor), self.parties.number(&creditor));
            let (Some(debtor), Some(creditor)) = ends else {
                return Ok(false);
            };
            self.standing.set(debtor, creditor, sum).map_err(fault)?;
        }
        self.standing.settle().map_err(fault)?;
        Ok(true)
    }

    /// What of a member's debts could be set off, which is as much as of what they are owed.
    fn of(&self, member: MemberId) -> Amount {
        let Some(debtor) = self.parties.number(&member) else {
            return Amount::ZERO;
        };
        let creditors = self.claims.values().filter(|claim| claim.debtor == member);
        let creditors: BTreeSet<MemberId> = creditors.map(|claim| claim.creditor).collect();
        let numbers = creditors
            .iter()
            .filter_map(|creditor| self.parties.number(creditor));
        numbers
            .map(|creditor| self.standing.set_off(debtor, creditor))
            .sum()
    }
}

impl Store {
    /// How much of what a member owes could be set off if the run were made now, which is as much as of what they are owed.
    /// `None`: that is being worked out, and known in a moment.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn could_be_cleared(&self, member: MemberId) -> Result<Option<Amount>, Trouble> {
        let forecasts = &self.base.forecasts;
        // Whoever is working it out holds it.
        let Ok(mut kept) = forecasts.0.try_lock() else {
            return Ok(None);
        };
        if let Some(forecast) = kept.take()
            && let Some(forecast) = self.brought_up(forecast).await?
        {
            return Ok(Some(kept.insert(forecast).of(member)));
        }
        if self.stats_of_unsettled().await? <= FEW {
            let (seq, claims) = self.claims().await?;
            let forecast = blocking(move || Forecast::new(int(seq), claims)).await??;
            return Ok(Some(kept.insert(forecast).of(member)));
        }
        drop(kept);
        if !forecasts.1.swap(true, std::sync::atomic::Ordering::SeqCst) {
            let store = self.clone();
            tokio::spawn(async move { store.work_out().await });
        }
        Ok(None)
    }

    async fn work_out(self) {
        let worked_out = async {
            let (seq, claims) = self.claims().await?;
            blocking(move || Forecast::new(int(seq), claims)).await?
        };
        match worked_out.await {
            Ok(forecast) => *self.base.forecasts.0.lock().await = Some(forecast),
            Err(trouble) => tracing::warn!(%trouble, "what could be cleared is not known"),
        }
        self.base
            .forecasts
            .1
            .store(false, std::sync::atomic::Ordering::SeqCst);
    }

    /// The forecast as of now; `None`: it has to begin from nothing.
    async fn brought_up(&self, mut forecast: Forecast) -> Result<Option<Forecast>, Trouble> {
        let (db, ledger) = (self.db(), self.base.ledger);
        let head = self.base.head(db).await?.head_seq;
        if head == forecast.seq {
            return Ok(Some(forecast));
        }
        if head.saturating_sub(forecast.seq) > MANY_ENTRIES {
            return Ok(None);
        }
        let text = "SELECT * FROM journal WHERE ledger_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq";
        let rows = journal::Entity::find()
            .from_raw_sql(sql(db, text, [ledger.into(), forecast.seq.into(), head.into()]))
            .all(db)
            .await?;
        let (mut obligations, mut members) = (BTreeSet::new(), BTreeSet::new());
        for row in &rows {
            let fact = entries::read(row)?.event.fact;
            let subjects = fact.subjects();
            obligations.extend(subjects.record.into_iter().chain(subjects.tied));
            if changes_a_member(&fact) {
                members.insert(subjects.member.0);
            }
        }
        let part = loaded(&self.base, db, &obligations, &members).await?;
        let touched = part.obligations().map(|row| row.id);
        let gone = obligations.iter().map(|id| ObligationId(*id));
        let touched: BTreeSet<ObligationId> = touched.chain(gone).collect();
        blocking(move || {
            forecast.seq = head;
            Ok(forecast.changed(&part, &touched)?.then_some(forecast))
        })
        .await?
    }

    async fn stats_of_unsettled(&self) -> Result<u64, Trouble> {
        use sea_orm::ConnectionTrait;
        let db = self.db();
        let text = "SELECT count(*) FROM obligation WHERE ledger_id = $1 AND unsettled";
        let row = db.query_one_raw(sql(db, text, [self.base.ledger.into()])).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(nat(count))
    }
}

/// Obligations by their numbers, and all that is unsettled of these members, with both ends of each.
async fn loaded<C: sea_orm::ConnectionTrait>(
    base: &Base,
    db: &C,
    obligations: &BTreeSet<u64>,
    members: &BTreeSet<u64>,
) -> Result<Ledger, Trouble> {
    let mut part = Ledger::new(base.policy.clone());
    let mut loader = Loader::new(db, base.ledger);
    loader
        .obligations_by("id", "", obligations.iter().copied().collect())
        .await?;
    for end in ["debtor", "creditor"] {
        loader
            .obligations_by(end, "unsettled", members.iter().copied().collect())
            .await?;
    }
    let people = loader.people(&part);
    loader.lightly(&part, &people).await?;
    part.absorb(loader.taken());
    Ok(part)
}

/// Whether what takes part of a member's may be another after this.
const fn changes_a_member(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::EmergencyCalled { .. }
            | Fact::EmergencyEnded { .. }
            | Fact::MemberLeft { .. }
            | Fact::ClearingConsentChanged { .. }
    )
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|panic| Trouble::Fault(panic.to_string()))
}
