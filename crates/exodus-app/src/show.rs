//! From a route to what is sent: loads the scene, builds the screen, arranges it for the chat.

use std::collections::BTreeMap;

use exodus_core::{
    AppealId, Event, IntentionId, Ledger, LinkId, MemberId, NoteId, Obligation, ObligationId, OfferId,
    ReportState, Scope,
};
use exodus_i18n::Voice;
use exodus_store::{Account, AccountKey, ArchiveKind, Menu, Person, Trouble};
use exodus_ui::{Act, Arranged, Ask, Draft, Field, Route, Screen, Step, Tab, arrange};

use crate::{
    App, FrontEnd, Reply, code, linking,
    scene::{AccountLine, LinkingLine, Scene},
    screen,
    seen::Seen,
};

/// Days a menu can be pressed.
const MENU_DAYS: u32 = 60;
/// Journal entries on a page; the screens page by the same number.
pub(crate) const HISTORY_PAGE: u64 = 10;

/// Who reads, and from where.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) member: MemberId,
    pub(crate) account: AccountKey,
}

impl App {
    /// The scene for a route.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most routes need nothing of this")]
    pub(crate) async fn scene(&self, reader: &Reader, route: &Route) -> Result<Scene, Trouble> {
        let viewer = reader.member;
        let mut scope = Scope::of_members([viewer]);
        match *route {
            Route::Card { member } | Route::Chain { member } => {
                scope.members.insert(member);
            }
            Route::Circle { appeal, .. } => {
                scope.appeals.insert(appeal);
            }
            Route::Intention { intention } => {
                scope.intentions.insert(intention);
            }
            Route::Obligation { obligation } => {
                scope.obligations.insert(obligation);
            }
            Route::Offer { offer } => {
                scope.offers.insert(offer);
            }
            Route::Proposal { proposal } => {
                scope.proposals.insert(proposal);
            }
            Route::Clearable { obligation } | Route::Propose { obligation } => {
                scope.obligations.insert(obligation);
            }
            Route::Link { link } => {
                scope.links.insert(link);
            }
            Route::RecordHistory { record, .. } => add_record(&mut scope, record),
            _ => {}
        }
        let cleared = match *route {
            Route::Statement { run } => Some(self.statement(viewer, run, &mut scope).await?),
            _ => None,
        };
        let seen = self.seen(viewer, route).await?;
        let mut scene = match seen {
            Some(seen) => self.scene_seen(reader, &scope, route, seen).await?,
            None => self.scene_of(reader, &scope).await?,
        };
        if let Some((plan, cleared)) = cleared {
            (scene.plan, scene.cleared) = (plan, cleared);
        }
        if *route == Route::Clearing {
            self.add_clearing(&mut scene).await?;
        }
        self.add_archive(&mut scene, route).await?;
        self.add_events(&mut scene, route).await?;
        self.add_code(&mut scene, route).await?;
        self.add_words(&mut scene, &scope, route).await?;
        match *route {
            Route::Groups => scene.groups = self.groups(reader, None).await?,
            Route::Connect { invitation } => scene.groups = self.groups(reader, Some(invitation)).await?,
            _ => {}
        }
        Ok(scene)
    }

    /// The scene around a reader with what a scope names, without texts of others.
    pub(crate) async fn scene_of(&self, reader: &Reader, scope: &Scope) -> Result<Scene, Trouble> {
        let ledger = self.store.load_near(reader.member, scope).await?;
        self.scene_on(reader, scope, ledger).await
    }

    /// The scene around a reader with the people that a route shows of what the network says, and nobody else.
    async fn scene_seen(
        &self,
        reader: &Reader,
        scope: &Scope,
        route: &Route,
        seen: Seen,
    ) -> Result<Scene, Trouble> {
        let ledger = match seen.people(route) {
            Some(people) => self.store.load_some(reader.member, scope, &people).await?,
            None => self.store.load_near(reader.member, scope).await?,
        };
        let mut scene = self.scene_on(reader, scope, ledger).await?;
        scene.seen = seen;
        Ok(scene)
    }

    /// The scene with everybody around a reader, and with whom the reader looks at: for finding people by name.
    pub(crate) async fn in_sight(&self, reader: &Reader, route: &Route) -> Result<Scene, Trouble> {
        let mut scope = Scope::of_members([reader.member]);
        if let Route::Card { member } | Route::Chain { member } = *route {
            scope.members.insert(member);
        }
        self.scene_of(reader, &scope).await
    }

    /// The scene of a loaded part.
    pub(crate) async fn scene_on(
        &self,
        reader: &Reader,
        scope: &Scope,
        mut ledger: Ledger,
    ) -> Result<Scene, Trouble> {
        let viewer = reader.member;
        let at = self.store.now();
        // What binds and has fallen due is shown as done, though the scheduler may not have come to it.
        ledger.catch_up(scope, at, &mut exodus_core::Changes::default());
        let everybody: Vec<MemberId> = ledger.members().map(|member| member.id).collect();
        let persons = self.store.persons(&everybody).await?;
        let accounts = self.store.accounts_of(viewer).await?;
        let own = persons.get(&viewer).cloned().unwrap_or_default();
        let claim = linking::claim_of(&own, at);
        let linking = claim.map(|claim| LinkingLine {
            code: None,
            until: claim.until,
            claimed_by: Some((claim.account.platform, claim.account.address)),
        });
        Ok(Scene {
            viewer,
            at,
            pay_hidden: linking::is_fresh(&own, &reader.account, at),
            accounts: account_lines(&accounts, &own, &reader.account),
            ledger,
            persons,
            notes: BTreeMap::new(),
            seen: Seen::default(),
            events: Vec::new(),
            more: false,
            codes: BTreeMap::new(),
            openings: BTreeMap::new(),
            groups: crate::scene::Groups::default(),
            linking,
            community: self.settings.community.clone(),
            forecast: crate::scene::Forecast::default(),
            runs: Vec::new(),
            plan: None,
            cleared: Vec::new(),
        })
    }

    /// Past records, newest first: of an archive, up to the page that is shown and one more, on both sides; for the
    /// organizer, the newest, which show whether there are any.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most routes need nothing of this")]
    async fn add_archive(&self, scene: &mut Scene, route: &Route) -> Result<(), Trouble> {
        let (tab, wanted) = match *route {
            Route::Organizer => (None, 0),
            Route::Records {
                tab: tab @ (Tab::Fulfilled | Tab::NotKept),
                page,
            } => (Some(tab), screen::records_up_to(page)),
            _ => return Ok(()),
        };
        for kind in [ArchiveKind::Owing, ArchiveKind::Owed] {
            let mut found = 0_usize;
            for page in 0_u64.. {
                let archive = self.store.load_archive(scene.viewer, kind, page).await?;
                let belongs = |id: &&u64| tab.is_some_and(|tab| screen::is_in(&archive.ledger, **id, tab));
                found = found.saturating_add(archive.ids.iter().filter(belongs).count());
                scene.ledger.absorb(archive.ledger.snapshot());
                if !archive.more || found >= wanted {
                    break;
                }
            }
        }
        self.add_persons(scene).await
    }

    /// Profiles of those who came with the archive.
    async fn add_persons(&self, scene: &mut Scene) -> Result<(), Trouble> {
        let missing = scene
            .ledger
            .members()
            .map(|member| member.id)
            .filter(|id| !scene.persons.contains_key(id));
        let missing: Vec<_> = missing.collect();
        scene.persons.extend(self.store.persons(&missing).await?);
        Ok(())
    }

    /// Journal entries for the routes that tell history.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most routes need nothing of this")]
    async fn add_events(&self, scene: &mut Scene, route: &Route) -> Result<(), Trouble> {
        let wanted = |page: u32| {
            (u64::from(page).saturating_add(1))
                .saturating_mul(HISTORY_PAGE)
                .saturating_add(1)
        };
        let (mut entries, page) = match *route {
            Route::History { page } => (
                self.store
                    .history_of_member(scene.viewer, None, wanted(page))
                    .await?,
                page,
            ),
            Route::RecordHistory { record, page } => (
                self.store
                    .history_of_record(&[record], None, wanted(page))
                    .await?,
                page,
            ),
            Route::Summary { period } => {
                let from = scene.ledger.policy.start_of(period);
                let entries = self
                    .store
                    .events_of_member_since(scene.viewer, from, scene.at)
                    .await?;
                scene.events = entries
                    .into_iter()
                    .map(|entry| (entry.seq, entry.event))
                    .collect();
                self.add_parties(scene).await?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        let skipped = usize::try_from(u64::from(page).saturating_mul(HISTORY_PAGE)).unwrap_or(usize::MAX);
        entries.drain(..skipped.min(entries.len()));
        let shown = usize::try_from(HISTORY_PAGE).unwrap_or(usize::MAX);
        scene.more = entries.len() > shown;
        entries.truncate(shown);
        scene.events = entries
            .into_iter()
            .map(|entry| (entry.seq, entry.event))
            .collect();
        self.add_parties(scene).await
    }

    /// Rows and profiles of whom the entries are about, and the records they are about.
    async fn add_parties(&self, scene: &mut Scene) -> Result<(), Trouble> {
        let subjects = scene.events.iter().map(|(_, event)| event.fact.subjects());
        let parties: std::collections::BTreeSet<MemberId> = subjects
            .flat_map(|subjects| [Some(subjects.member), subjects.other])
            .flatten()
            .collect();
        let missing = parties
            .into_iter()
            .filter(|id| scene.ledger.member(*id).is_none());
        let mut scope = Scope::of_members(missing);
        let records = scene.events.iter().map(|(_, event)| event.fact.subjects());
        for record in records
            .flat_map(|subjects| [subjects.record, subjects.tied])
            .flatten()
        {
            if !is_there(&scene.ledger, record) {
                add_record(&mut scope, record);
            }
        }
        if scope != Scope::default() {
            let rows = self.store.load(&scope).await?;
            scene.ledger.absorb(rows.snapshot());
            scene
                .ledger
                .catch_up(&scope, scene.at, &mut exodus_core::Changes::default());
        }
        self.add_persons(scene).await
    }

    /// Where links lead, where they are shown; and the code of the one shown, for who made it.
    async fn add_code(&self, scene: &mut Scene, route: &Route) -> Result<(), Trouble> {
        if matches!(route, Route::Invite { .. } | Route::Link { .. }) {
            scene.openings = self.openings().await?;
        }
        let Route::Link { link } = *route else {
            return Ok(());
        };
        let mine = scene
            .ledger
            .link(link)
            .is_some_and(|row| row.maker == scene.viewer);
        if mine && let Some(code) = self.code_of(link).await? {
            scene.codes.insert(link, code);
        }
        Ok(())
    }

    /// A link's code, made again; `None` when the key has changed since.
    pub(crate) async fn code_of(&self, link: LinkId) -> Result<Option<String>, Trouble> {
        let Some(made) = self.store.beginning_of_record(link.0).await? else {
            return Ok(None);
        };
        let code = code::of_link(&self.link_key().await?, made.command);
        let known = self.store.link_by_token_hash(&code::hash(&code)).await?;
        Ok((known == Some(link)).then_some(code))
    }

    /// Texts of the records around the reader and of the appeal shown.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most routes need nothing of this")]
    async fn add_words(&self, scene: &mut Scene, scope: &Scope, route: &Route) -> Result<(), Trouble> {
        let mut wanted = notes_around(&scene.ledger, scene.viewer);
        wanted.extend(notes_of_records(&scene.ledger, scope));
        let shown = match *route {
            Route::Card { member } => scene
                .ledger
                .member(member)
                .and_then(|row| row.emergency.or(row.monthly)),
            Route::Circle { appeal, .. } => Some(appeal),
            _ => None,
        };
        wanted.extend(
            shown
                .into_iter()
                .flat_map(|appeal| notes_of_appeal(&scene.ledger, appeal)),
        );
        scene.notes = self.store.notes(&wanted).await?;
        Ok(())
    }

    /// The question of a draft, as a screen.
    pub(crate) fn question(&self, scene: &Scene, route: &Route, draft: &Draft) -> Screen {
        let Step::Ask(field) = draft.step() else {
            return screen::build(scene, route);
        };
        let words = screen::sure(scene, draft).filter(|_| field == Field::Sure);
        let mut asked = Screen::new(route.clone(), words.unwrap_or_else(|| draft.ask_text(field)));
        asked.ask = if field == Field::Sure {
            Ask::Confirm
        } else {
            Ask::Enter(field)
        };
        if matches!(
            (field, draft),
            (Field::Amount, Draft::Help { .. } | Draft::Offer { .. })
        ) {
            let left = screen::without_harm(scene, exodus_core::Amount::ZERO);
            asked.blocks.extend(left.map(exodus_ui::Block::Line));
        }
        asked.choices = draft.choices();
        asked
    }

    /// Arranges a screen, keeps its menu, and gives the reply.
    pub(crate) async fn present(
        &self,
        reader: &Reader,
        front: &FrontEnd,
        voice: &Voice,
        screen: &Screen,
    ) -> Result<Reply, Trouble> {
        let (reply, menu) = self.arranged(reader, front, voice, screen);
        self.store.put_menus(&[menu]).await?;
        Ok(reply)
    }

    /// Arranges a screen; its menu is to be kept before anybody sees it.
    pub(crate) fn arranged(
        &self,
        reader: &Reader,
        front: &FrontEnd,
        voice: &Voice,
        screen: &Screen,
    ) -> (Reply, Menu) {
        let arranged: Arranged = arrange(screen, &front.can, voice);
        let menu = self.store.random().number();
        let kept = Menu {
            id: menu,
            account: reader.account.clone(),
            member: Some(reader.member),
            body: serde_json::to_string(&arranged.menu).unwrap_or_default(),
            expires: self.store.now().plus_days(MENU_DAYS),
        };
        let reply = Reply {
            arranged,
            menu,
            lang: voice.lang,
            asking: !matches!(screen.ask, Ask::Choose),
            hint: hint(screen, voice),
            urgent: false,
        };
        (reply, kept)
    }
}

/// What a typed answer most often is; nothing where one taps rather than types.
fn hint(screen: &Screen, voice: &Voice) -> Option<String> {
    let Ask::Enter(field) = screen.ask else {
        return None;
    };
    if matches!(field, Field::Findable | Field::Form | Field::Sure) {
        return None;
    }
    let likely = screen.choices.first();
    let likely = likely.filter(|choice| matches!(choice.act, Act::Fill(_)));
    Some(
        likely
            .map(|choice| voice.say(&choice.label).to_string())
            .unwrap_or_default(),
    )
}

fn account_lines(accounts: &[Account], own: &Person, current: &AccountKey) -> Vec<AccountLine> {
    let chosen = own
        .notify_account
        .as_ref()
        .or(accounts.first().map(|account| &account.key));
    let line = |account: &Account| AccountLine {
        platform: account.key.platform.clone(),
        address: account.key.address.clone(),
        current: account.key == *current,
        notices: Some(&account.key) == chosen,
    };
    accounts.iter().map(line).collect()
}

/// Texts of the records that a member is a party to.
pub(crate) fn notes_around(ledger: &Ledger, member: MemberId) -> Vec<NoteId> {
    let intentions = ledger
        .intentions_by(member)
        .chain(ledger.intentions_for(member))
        .filter_map(|i| i.note);
    let obligations = ledger
        .owed_by(member)
        .chain(ledger.owed_to(member))
        .flat_map(notes_of_obligation);
    let offers = ledger.offers_of(member).filter_map(|offer| offer.note);
    let mut notes: Vec<_> = intentions.chain(obligations).chain(offers).collect();
    let row = ledger.member(member);
    for appeal in row
        .into_iter()
        .flat_map(|row| [row.monthly, row.emergency])
        .flatten()
    {
        notes.extend(notes_of_appeal(ledger, appeal));
    }
    notes
}

/// Texts of the records that a scope names, whether they are over or not.
fn notes_of_records(ledger: &Ledger, scope: &Scope) -> Vec<NoteId> {
    let intentions = scope
        .intentions
        .iter()
        .filter_map(|id| ledger.intention(*id)?.note);
    let obligations = scope.obligations.iter().filter_map(|id| ledger.obligation(*id));
    let offers = scope.offers.iter().filter_map(|id| ledger.offer(*id)?.note);
    intentions
        .chain(obligations.flat_map(notes_of_obligation))
        .chain(offers)
        .collect()
}

/// Names a record by its number: whichever of the three it is.
fn add_record(scope: &mut Scope, record: u64) {
    scope.intentions.insert(IntentionId(record));
    scope.obligations.insert(ObligationId(record));
    scope.offers.insert(OfferId(record));
}

/// Whether a record of that number is loaded.
fn is_there(ledger: &Ledger, record: u64) -> bool {
    ledger.intention(IntentionId(record)).is_some()
        || ledger.obligation(ObligationId(record)).is_some()
        || ledger.offer(OfferId(record)).is_some()
}

fn notes_of_obligation(obligation: &Obligation) -> impl Iterator<Item = NoteId> {
    let reports = obligation.reports.iter().flat_map(|report| {
        let reason = match report.state {
            ReportState::Reopened { reason, .. } => reason,
            ReportState::Waiting | ReportState::Answered { .. } | ReportState::BySilence { .. } => None,
        };
        [report.note, reason]
    });
    reports.chain([obligation.note]).flatten()
}

pub(crate) fn notes_of_appeal(ledger: &Ledger, appeal: AppealId) -> Vec<NoteId> {
    let Some(row) = ledger.appeal(appeal) else {
        return Vec::new();
    };
    row.vouches
        .values()
        .copied()
        .chain([row.purpose, row.talk])
        .flatten()
        .collect()
}

/// The scope of what an event is about, for whoever is told of it.
pub(crate) fn scope_of(event: &Event) -> Scope {
    let subjects = event.fact.subjects();
    Scope::of_members([subjects.member].into_iter().chain(subjects.other))
}

#[cfg(test)]
mod tests;
