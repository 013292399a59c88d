//! Clearing in the application: what is due for everybody, statements, and what could be cleared now.

use std::{collections::BTreeSet, sync::Arc};

use exodus_core::{Event, Fact, MemberId, RunId, Scope};
use exodus_store::{RunPlan, Trouble};

use crate::{
    App,
    scene::{Forecast, Scene},
};

/// Members for whom a run is carried out in one go: few enough that nobody waits long for the ledger.
const AT_ONCE: usize = 25;
/// Statements listed on the screen.
const STATEMENTS: u64 = 9;
/// Chains of a statement whose people are looked up: as many as are shown, and one more.
const CHAINS: usize = 9;

impl App {
    /// Announces, makes or carries out the month's clearing, as far as that is due (K7); how much was done. Zero: nothing is
    /// due.
    pub(crate) async fn clear(&self) -> Result<usize, Trouble> {
        let cleared = usize::from(self.store.clear().await?);
        Ok(cleared.saturating_add(self.store.carry_out(AT_ONCE).await?))
    }

    /// What a member's statement of a run is made from; whom its chains lead through are added to what is to be loaded, to
    /// name those whom the member may see.
    pub(crate) async fn statement(
        &self,
        member: MemberId,
        run: RunId,
        scope: &mut Scope,
    ) -> Result<(Option<Arc<RunPlan>>, Vec<Event>), Trouble> {
        let cleared = self.store.cleared_for(member, run).await?;
        if cleared.is_empty() {
            return Ok((None, cleared));
        }
        let Some(plan) = self.store.run_plan(run).await? else {
            return Ok((None, cleared));
        };
        let through = Arc::clone(&plan);
        let people = tokio::task::spawn_blocking(move || {
            let chains = through.chains().through(member);
            chains
                .into_iter()
                .take(CHAINS)
                .flat_map(|chain| chain.members)
                .collect::<BTreeSet<MemberId>>()
        });
        scope
            .members
            .extend(people.await.map_err(|panic| Trouble::Fault(panic.to_string()))?);
        for event in &cleared {
            scope
                .obligations
                .extend(event.fact.subjects().record.map(exodus_core::ObligationId));
        }
        Ok((Some(plan), cleared))
    }

    /// The run that a notice tells of: of its statement, or of that month's nudge (C1).
    #[expect(clippy::wildcard_enum_match_arm, reason = "nothing else tells of a run")]
    pub(crate) async fn run_told_of(&self, event: &Event) -> Result<Option<RunId>, Trouble> {
        match event.fact {
            Fact::ClearingStated { run, .. } => Ok(Some(run)),
            Fact::MonthNudged { period, .. } => {
                let ran = self.store.clearing().await?.ran;
                Ok(ran.filter(|ran| ran.period == period).map(|ran| ran.id))
            }
            _ => Ok(None),
        }
    }

    /// What the screen of clearing shows beside the records: earlier runs, and what could be cleared now.
    pub(crate) async fn add_clearing(&self, scene: &mut Scene) -> Result<(), Trouble> {
        for run in self.store.runs_of(scene.viewer, STATEMENTS).await? {
            let cleared = self.store.cleared_for(scene.viewer, run).await?;
            let period = cleared.iter().find_map(|event| {
                let Fact::ObligationCleared { period, .. } = event.fact else {
                    return None;
                };
                Some(period)
            });
            scene.runs.extend(period.map(|period| (run, period)));
        }
        let could = self.store.could_be_cleared(scene.viewer).await?;
        scene.forecast = could.map_or(Forecast::Unknown, Forecast::Known);
        Ok(())
    }
}
