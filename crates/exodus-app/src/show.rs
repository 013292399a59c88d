//! From a route to what is sent: loads the scene, builds the screen, arranges it for the chat.

use std::collections::BTreeMap;

use exodus_core::{AppealId, Event, Ledger, LinkId, MemberId, NoteId, Obligation, ReportState, Scope};
use exodus_i18n::Voice;
use exodus_store::{Account, AccountKey, ArchiveKind, Menu, Person, Trouble};
use exodus_ui::{Act, Arranged, Ask, Draft, Field, Route, Screen, Step, Tab, arrange};

use crate::{
    App, FrontEnd, Reply, code, linking,
    scene::{AccountLine, LinkingLine, Scene},
    screen,
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
            Route::Card { member } => {
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
            Route::Link { link } => {
                scope.links.insert(link);
            }
            Route::Bond { bond } => {
                scope.bonds.insert(bond);
            }
            _ => {}
        }
        let mut scene = self.scene_of(reader, &scope).await?;
        self.add_archive(&mut scene, route).await?;
        self.add_events(&mut scene, route).await?;
        self.add_code(&mut scene, route).await?;
        self.add_words(&mut scene, route).await?;
        match *route {
            Route::List { .. } => scene.list = self.reference_list(&scene).await?,
            Route::Groups => scene.groups = self.groups(reader, None).await?,
            Route::Connect { invitation } => scene.groups = self.groups(reader, Some(invitation)).await?,
            _ => {}
        }
        Ok(scene)
    }

    /// The scene around a reader with what a scope names, without texts of others.
    pub(crate) async fn scene_of(&self, reader: &Reader, scope: &Scope) -> Result<Scene, Trouble> {
        let viewer = reader.member;
        let mut ledger = self.store.load_near(viewer, scope).await?;
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
            events: Vec::new(),
            more: false,
            codes: BTreeMap::new(),
            openings: BTreeMap::new(),
            list: crate::scene::ReferenceList::default(),
            groups: crate::scene::Groups::default(),
            linking,
            community: self.settings.community.clone(),
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

    /// Rows and profiles of whom the entries are about.
    async fn add_parties(&self, scene: &mut Scene) -> Result<(), Trouble> {
        let subjects = scene.events.iter().map(|(_, event)| event.fact.subjects());
        let parties: std::collections::BTreeSet<MemberId> = subjects
            .flat_map(|subjects| [Some(subjects.member), subjects.other])
            .flatten()
            .collect();
        let missing: Vec<_> = parties
            .into_iter()
            .filter(|id| scene.ledger.member(*id).is_none())
            .collect();
        if !missing.is_empty() {
            let rows = self.store.load(&Scope::of_members(missing)).await?;
            scene.ledger.absorb(rows.snapshot());
        }
        self.add_persons(scene).await
    }

    /// The code of the link shown, for who made it.
    async fn add_code(&self, scene: &mut Scene, route: &Route) -> Result<(), Trouble> {
        let Route::Link { link } = *route else {
            return Ok(());
        };
        scene.openings = self.openings().await?;
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
        let history = self.store.history_of_record(&[link.0], None, 1000).await?;
        let Some(made) = history.last() else {
            return Ok(None);
        };
        let code = code::of_link(&self.link_key().await?, made.command);
        let known = self.store.link_by_token_hash(&code::hash(&code)).await?;
        Ok((known == Some(link)).then_some(code))
    }

    /// Texts of the records around the reader and of the appeal shown.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most routes need nothing of this")]
    async fn add_words(&self, scene: &mut Scene, route: &Route) -> Result<(), Trouble> {
        let mut wanted = notes_around(&scene.ledger, scene.viewer);
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
