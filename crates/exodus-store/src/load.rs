//! Loading the part of the ledger that a scope names. See `exodus_core::Scope` for what belongs to it.
//!
//! Every statement here is of constant text and loads for all members asked for at once.

mod archive;
mod everything;
mod near;
mod statements;

use std::collections::BTreeSet;

use exodus_core::{AppealId, Ledger, MemberId, Obligation, Scope, Snapshot};
use sea_orm::{ConnectionTrait, QueryResult};
use serde::de::DeserializeOwned;

use crate::{
    Store,
    dialect::{self, list, nat, sql},
    rows::{month_number, record},
    trouble::Trouble,
};
pub use archive::{Archive, ArchiveKind};
pub(crate) use everything::PAGE;

/// Records on their way into a part.
pub(crate) struct Loader<'a, C> {
    db: &'a C,
    ledger: i64,
    pub(crate) found: Snapshot,
}

impl Store {
    /// The part of the ledger that a scope names, as of one moment and without a lock.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn load(&self, scope: &Scope) -> Result<Ledger, Trouble> {
        let tx = dialect::begin_read(self.db()).await?;
        let mut part = Ledger::new(self.base.policy.clone());
        part.raise_next_number(nat(self.base.head(&tx).await?.next_number));
        load_scope(&tx, self.base.ledger, &mut part, scope, &mut BTreeSet::new()).await?;
        tx.commit().await?;
        Ok(part)
    }
}

/// Loads into a part whatever a scope names and the part does not hold whole yet.
pub(crate) async fn load_scope<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &mut Ledger,
    scope: &Scope,
    whole: &mut BTreeSet<MemberId>,
) -> Result<(), Trouble> {
    let mut loader = Loader::new(db, ledger);
    loader.named(part, scope).await?;
    part.absorb(loader.taken());
    let missing: BTreeSet<MemberId> = part.concerned(scope).difference(whole).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut loader = Loader::new(db, ledger);
    loader.members_wholly(part, &missing).await?;
    part.absorb(loader.taken());
    whole.extend(
        missing
            .into_iter()
            .filter(|member| part.member(*member).is_some()),
    );
    Ok(())
}

/// Loads whether a member has any record at all, however old (M1): one of each kind, if there is one.
pub(crate) async fn load_traces<C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    part: &mut Ledger,
    member: MemberId,
) -> Result<(), Trouble> {
    let mut loader = Loader::new(db, ledger);
    let found = &mut loader.found;
    let any = |column: &str| format!("{column} = $2 LIMIT 1");
    found.intentions = one_of(db, ledger, "intention", &any("author"), member).await?;
    found
        .intentions
        .extend(one_of(db, ledger, "intention", &any("recipient"), member).await?);
    found.obligations = one_of(db, ledger, "obligation", &any("debtor"), member).await?;
    found
        .obligations
        .extend(one_of(db, ledger, "obligation", &any("creditor"), member).await?);
    found.offers = one_of(db, ledger, "offer", &any("from_member"), member).await?;
    found
        .offers
        .extend(one_of(db, ledger, "offer", &any("to_member"), member).await?);
    found.bonds = one_of(db, ledger, "bond", &any("from_member"), member).await?;
    found.bonds.extend(
        one_of(
            db,
            ledger,
            "bond",
            "NOT waiting AND to_member = $2 LIMIT 1",
            member,
        )
        .await?,
    );
    found.links = one_of(db, ledger, "link", &any("maker"), member).await?;
    found
        .links
        .extend(one_of(db, ledger, "link", &any("about"), member).await?);
    let people = loader.people(part);
    loader.lightly(part, &people).await?;
    part.absorb(loader.taken());
    Ok(())
}

async fn one_of<T: DeserializeOwned, C: ConnectionTrait>(
    db: &C,
    ledger: i64,
    table: &str,
    condition: &str,
    member: MemberId,
) -> Result<Vec<T>, Trouble> {
    let text = format!("SELECT body FROM {table} WHERE ledger_id = $1 AND {condition}");
    let rows = db
        .query_all_raw(sql(db, text, [ledger.into(), dialect::int(member.0).into()]))
        .await?;
    rows.iter().map(|row| body_of(table, row)).collect()
}

impl<'a, C: ConnectionTrait> Loader<'a, C> {
    pub(crate) fn new(db: &'a C, ledger: i64) -> Self {
        Self {
            db,
            ledger,
            found: nothing(),
        }
    }

    pub(crate) fn taken(self) -> Snapshot {
        self.found
    }

    /// The records a scope names, as far as the part does not hold them.
    async fn named(&mut self, part: &Ledger, scope: &Scope) -> Result<(), Trouble> {
        let appeals = missing(&scope.appeals, |id| part.appeal(*id).is_some());
        self.appeals_by("id", appeals.map(|id| id.0).collect()).await?;
        let intentions = missing(&scope.intentions, |id| part.intention(*id).is_some());
        self.intentions_by("id", "", intentions.map(|id| id.0).collect())
            .await?;
        let obligations = missing(&scope.obligations, |id| part.obligation(*id).is_some());
        self.obligations_by("id", "", obligations.map(|id| id.0).collect())
            .await?;
        let offers = missing(&scope.offers, |id| part.offer(*id).is_some());
        self.offers_by("id", "", offers.map(|id| id.0).collect()).await?;
        let bonds = missing(&scope.bonds, |id| part.bond(*id).is_some());
        self.bonds_by("id", "", bonds.map(|id| id.0).collect()).await?;
        let links = missing(&scope.links, |id| part.link(*id).is_some());
        self.links_where(&self.any("id", 2), links.map(|id| id.0).collect())
            .await
    }

    /// Everything current with these members at either end, and the people at the other ends.
    async fn members_wholly(&mut self, part: &Ledger, members: &BTreeSet<MemberId>) -> Result<(), Trouble> {
        let ids: Vec<u64> = members.iter().map(|member| member.0).collect();
        self.members_by("id", ids.clone()).await?;
        let since = self.since(part, members);
        self.intentions_by("author", "live", ids.clone()).await?;
        self.intentions_by("recipient", "live", ids.clone()).await?;
        // One month more than counts: the month's summary looks back on it (C4).
        let counting = format!("last_period >= {}", since.saturating_sub(1));
        self.obligations_by("debtor", &counting, ids.clone()).await?;
        self.obligations_by("creditor", &counting, ids.clone()).await?;
        self.offers_by("from_member", "waiting", ids.clone()).await?;
        self.offers_by("to_member", "waiting", ids.clone()).await?;
        self.bonds_by("from_member", "is_current", ids.clone()).await?;
        self.bonds_by("to_member", "is_current", ids.clone()).await?;
        let (about, maker) = (self.any("about", 2), self.any("maker", 2));
        let visited = format!(
            "id IN (SELECT link FROM visit WHERE ledger_id = $1 AND {})",
            self.any("member", 2)
        );
        self.links_where(
            &format!("active AND ({about} OR {maker} OR {visited})"),
            ids.clone(),
        )
        .await?;
        self.blocks_of(ids.clone()).await?;
        let circles = self.circles_of(ids.clone()).await?;
        self.members_by("referred_by", ids.clone()).await?;
        let mut others = self.people(part);
        others.extend(circles.iter().flat_map(|&(_, owner, helper)| [owner, helper]));
        self.lightly(part, &others).await?;
        self.emergencies(part, &ids).await?;
        self.found
            .circles
            .extend(circles.into_iter().map(|(appeal, _, helper)| (appeal, helper)));
        Ok(())
    }

    /// The earliest month any of these members lives in: what counts then or later is current.
    fn since(&self, part: &Ledger, members: &BTreeSet<MemberId>) -> i64 {
        let held = members.iter().filter_map(|member| part.member(*member));
        held.chain(&self.found.members)
            .map(|member| month_number(member.period))
            .min()
            .unwrap_or(0)
    }

    /// Whoever is at an end of what was found.
    fn people(&self, part: &Ledger) -> BTreeSet<MemberId> {
        let found = &self.found;
        let mut people = BTreeSet::new();
        people.extend(
            found
                .intentions
                .iter()
                .flat_map(|row| [row.author, row.recipient]),
        );
        people.extend(
            found
                .obligations
                .iter()
                .flat_map(|row| [row.debtor, row.creditor]),
        );
        people.extend(found.offers.iter().flat_map(|row| [row.from, row.to]));
        people.extend(found.bonds.iter().flat_map(|row| [row.from, row.to]));
        people.extend(found.links.iter().flat_map(|row| [row.about, row.maker]));
        people.extend(found.blocks.iter().flat_map(|&(one, other)| [one, other]));
        people.extend(found.members.iter().filter_map(|row| row.referred_by));
        people.extend(found.members.iter().map(|row| row.id));
        people.retain(|member| part.member(*member).is_none());
        people
    }

    /// The rows of these people and their appeals, and the appeals of what was found.
    async fn lightly(&mut self, part: &Ledger, people: &BTreeSet<MemberId>) -> Result<(), Trouble> {
        let known: BTreeSet<MemberId> = self.found.members.iter().map(|member| member.id).collect();
        let missing = people
            .iter()
            .filter(|id| !known.contains(id) && part.member(**id).is_none());
        self.members_by("id", missing.map(|id| id.0).collect()).await?;
        let mut appeals: BTreeSet<AppealId> = BTreeSet::new();
        let held = people.iter().filter_map(|id| part.member(*id));
        for member in held.chain(&self.found.members) {
            appeals.extend(member.monthly);
            appeals.extend(member.emergency);
        }
        appeals.extend(self.found.obligations.iter().filter_map(Obligation::appeal));
        appeals.extend(self.found.intentions.iter().map(|intention| intention.appeal));
        appeals.retain(|appeal| part.appeal(*appeal).is_none());
        self.appeals_by("id", appeals.into_iter().map(|appeal| appeal.0).collect())
            .await
    }

    /// What was settled towards an emergency that is open counts however old it is.
    async fn emergencies(&mut self, part: &Ledger, members: &[u64]) -> Result<(), Trouble> {
        let held = members.iter().filter_map(|id| part.member(MemberId(*id)));
        let open: BTreeSet<AppealId> = held
            .chain(&self.found.members)
            .filter_map(|member| member.emergency)
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let text = format!(
            "SELECT body FROM obligation WHERE ledger_id = $1 AND NOT unsettled AND {} AND ({} OR {})",
            self.any("appeal", 2),
            self.any("debtor", 3),
            self.any("creditor", 3)
        );
        let values = [
            self.ledger.into(),
            list(open.into_iter().map(|id| id.0)),
            list(members.iter().copied()),
        ];
        for row in self.db.query_all_raw(sql(self.db, text, values)).await? {
            self.found
                .obligations
                .push(body_of::<Obligation>("obligation", &row)?);
        }
        Ok(())
    }
}

fn missing<'a, I>(ids: &'a BTreeSet<I>, held: impl Fn(&I) -> bool + 'a) -> impl Iterator<Item = &'a I> {
    ids.iter().filter(move |id| !held(id))
}

/// A snapshot of nothing.
pub(crate) const fn nothing() -> Snapshot {
    Snapshot {
        next: 1,
        members: Vec::new(),
        appeals: Vec::new(),
        intentions: Vec::new(),
        obligations: Vec::new(),
        offers: Vec::new(),
        bonds: Vec::new(),
        links: Vec::new(),
        blocks: Vec::new(),
        circles: Vec::new(),
    }
}

pub(crate) fn body_of<T: DeserializeOwned>(table: &str, row: &QueryResult) -> Result<T, Trouble> {
    let body: String = row.try_get_by_index(0)?;
    record(table, &body)
}

pub(crate) fn member_at(row: &QueryResult, column: usize) -> Result<MemberId, Trouble> {
    let id: i64 = row.try_get_by_index(column)?;
    Ok(MemberId(nat(id)))
}
