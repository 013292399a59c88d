//! One update: received, understood, done, answered.

use exodus_core::{Actor, Command, MemberId, Refusal};
use exodus_i18n::{Lang, Text, read};
use exodus_store::{
    Account, AccountKey, Answered, InboxId, Person, Personal, Queued, Received, Trouble, Whose, Work,
};
use exodus_ui::{Act, Attachment, Deed, Draft, Heard, Hearing, Route, Said, Screen, Step, hear, hear::Menu};
use futures::FutureExt;
use serde::{Deserialize, Serialize};

use crate::{
    App, FrontEnd, Reply, Update,
    app::{Pace, command_id},
    code,
    conversation::Conversation,
    perform::{Cause, Outcome},
    resolve::{self, Found},
    scene::{LinkingLine, Scene},
    screen, shared,
    show::Reader,
};

/// The longest display name (M3).
const NAME: usize = 64;

/// A turn of the conversation under way.
struct Turn<'a> {
    update: &'a Update,
    front: &'a FrontEnd,
    reader: Reader,
    inbox: InboxId,
    conversation: Conversation,
    /// Said above the screen.
    answer: Option<Text>,
    /// A screen of its own, instead of the route's.
    instead: Option<Screen>,
    attachments: Vec<Attachment>,
    /// What the files come from.
    files_by: Option<Deed>,
    linking_code: Option<(String, exodus_core::Timestamp)>,
    /// Whether the update was handled before, and is only answered.
    again: bool,
}

/// What is needed to answer an update that took effect, kept until the answer is given: what it says beside the screen,
/// or the deed whose effect is there already and of which nothing was said yet.
#[derive(Default, Serialize, Deserialize)]
struct Again {
    answer: Option<Text>,
    files_by: Option<Deed>,
    deed: Option<Deed>,
}

impl App {
    /// Receives, handles and answers one update. The same update twice takes effect once: the second time it is shown
    /// what is true now.
    ///
    /// # Errors
    /// [`Trouble`] with the store. The update stays in the inbox and is handled when it comes again, or by
    /// [`App::resume`].
    pub async fn handle(&self, update: &Update, front: &FrontEnd) -> Result<Reply, Trouble> {
        let payload = serde_json::to_string(update).unwrap_or_default();
        match self
            .store
            .receive(front.platform, &update.key, &update.account, &payload)
            .await?
        {
            Received::New(inbox) | Received::Waiting(inbox) => {
                let pace = self.pace(&update.account, self.store.now());
                self.work_off(inbox, update, front, pace).await
            }
            Received::Done(inbox, _) => self.show_again(inbox, update, front, Again::default()).await,
        }
    }

    /// Handles an update that waited in a lane, or says again what was to be answered to it.
    pub(crate) async fn handle_queued(
        &self,
        queued: &Queued,
        update: &Update,
        front: &FrontEnd,
        pace: Pace,
    ) -> Result<Reply, Trouble> {
        match &queued.handled {
            None => self.work_off(queued.id, update, front, pace).await,
            Some(kept) => {
                let again = serde_json::from_str(kept).unwrap_or_default();
                self.show_again(queued.id, update, front, again).await
            }
        }
    }

    /// Handles updates that were received and not finished before a crash, with the replies to be sent.
    ///
    /// # Errors
    /// [`Trouble`] with the store.
    pub async fn resume(&self, front: &FrontEnd) -> Result<Vec<(AccountKey, Reply)>, Trouble> {
        let mut replies = Vec::new();
        for waiting in self.store.waiting_inbox(1000).await? {
            if waiting.account.platform != front.platform {
                continue;
            }
            let Ok(update) = serde_json::from_str::<Update>(&waiting.payload) else {
                self.store.finish_inbox(waiting.id, "unreadable").await?;
                continue;
            };
            let reply = self.work_off(waiting.id, &update, front, Pace::Kept).await?;
            replies.push((update.account, reply));
        }
        Ok(replies)
    }

    /// Works an update off. A panic costs this one answer: the update is set aside, nothing else is touched.
    async fn work_off(
        &self,
        inbox: InboxId,
        update: &Update,
        front: &FrontEnd,
        pace: Pace,
    ) -> Result<Reply, Trouble> {
        let turn = std::panic::AssertUnwindSafe(self.turn(inbox, update, front, pace))
            .catch_unwind()
            .await;
        match turn {
            Ok(result) => result,
            Err(_) => {
                tracing::error!(
                    update = inbox.0,
                    "an update could not be handled and was set aside"
                );
                self.store.finish_inbox(inbox, "panicked").await?;
                Err(Trouble::Fault("an update could not be handled".to_owned()))
            }
        }
    }

    async fn turn(
        &self,
        inbox: InboxId,
        update: &Update,
        front: &FrontEnd,
        pace: Pace,
    ) -> Result<Reply, Trouble> {
        let Some(account) = self.store.account(&update.account).await? else {
            return self.welcome(inbox, update, front).await;
        };
        self.touch(&account).await?;
        let mut turn = self.begin(inbox, update, front, &account).await?;
        if pace == Pace::Kept {
            self.understand(&mut turn).await?;
        } else {
            turn.answer = Some(Text::new("refusal-too-fast"));
        }
        self.answer(turn).await
    }

    /// The account is in use: notices go there, also after it had been gone (M1, U9). Written at most once a minute.
    async fn touch(&self, account: &Account) -> Result<(), Trouble> {
        let now = self.store.now();
        if account.active && now.seconds_since(account.last_used) < 60 {
            return Ok(());
        }
        let id = exodus_core::CommandId(self.store.random().number());
        let touched = Personal::TouchAccount {
            account: account.key.clone(),
        };
        let work = Work::personal(id, Actor::Member(account.member), vec![touched]);
        self.store.transact(work).await.map(|_| ())
    }

    async fn begin<'a>(
        &self,
        inbox: InboxId,
        update: &'a Update,
        front: &'a FrontEnd,
        account: &Account,
    ) -> Result<Turn<'a>, Trouble> {
        let kept = self.store.session(&update.account).await?;
        Ok(Turn {
            update,
            front,
            reader: Reader {
                member: account.member,
                account: update.account.clone(),
            },
            inbox,
            conversation: Conversation::from_kept(kept.as_deref()),
            answer: None,
            instead: None,
            attachments: Vec::new(),
            files_by: None,
            linking_code: None,
            again: false,
        })
    }

    /// The same update came again, or its answer was not given. Whoever left by it is not registered anew by it.
    async fn show_again(
        &self,
        inbox: InboxId,
        update: &Update,
        front: &FrontEnd,
        again: Again,
    ) -> Result<Reply, Trouble> {
        let Some(account) = self.store.account(&update.account).await? else {
            return Ok(bare(&screen::farewell(), update, front));
        };
        let mut turn = self.begin(inbox, update, front, &account).await?;
        turn.again = true;
        if let Some(deed) = again.deed {
            // Its effect is there: the same work has it happen no second time, and says what happened.
            self.perform_deed(&mut turn, &deed, None).await?;
            return self.answer(turn).await;
        }
        turn.answer = again.answer;
        if let Some(deed) = again.files_by {
            turn.attachments = self.files_of(&turn.reader, &deed).await?;
            turn.files_by = Some(deed);
        }
        self.answer(turn).await
    }

    // ---- first contact ------------------------------------------------------------------------------------------

    /// Registers whoever speaks for the first time (M2), by a link if they followed one (N4).
    async fn welcome(&self, inbox: InboxId, update: &Update, front: &FrontEnd) -> Result<Reply, Trouble> {
        let lang = update.language.as_deref().map_or_else(Lang::default, Lang::guess);
        let token = match &update.said {
            Said::Start(token) => token.as_deref(),
            Said::Text(text) => text.strip_prefix("/start ").map(str::trim),
            Said::Choice(_) => None,
        };
        let via = match token {
            Some(token) => self.store.link_by_token_hash(&code::hash(token)).await?,
            None => None,
        };
        let name = read::person_text(&update.name, NAME).unwrap_or_else(|_| update.account.address.clone());
        let person = Person {
            name,
            language: lang.tag().to_owned(),
            ..Person::default()
        };
        let id = command_id(&[
            "register",
            &update.account.platform,
            &update.account.address,
            &update.key,
        ]);
        let mut work = Work::new(id, Actor::Newcomer, Command::Register { via });
        work.personal.push(Personal::SetPerson {
            whose: Whose::Registered,
            person,
        });
        work.personal.push(Personal::AddAccount {
            whose: Whose::Registered,
            account: update.account.clone(),
        });
        work.inbox = Some(inbox);
        work.session = Some((update.account.clone(), Conversation::at(Route::Welcome).to_kept()));
        // Registered by another update meanwhile: then this one is only answered, and not finished yet.
        match self.store.transact(work).await {
            Ok(_) | Err(Trouble::AccountTaken(_)) => {}
            Err(trouble) => return Err(trouble),
        }
        let account = self.store.account(&update.account).await?;
        let account =
            account.ok_or_else(|| Trouble::Fault("a registered account is not there".to_owned()))?;
        let mut turn = self.begin(inbox, update, front, &account).await?;
        if let Some(invitation) = token.and_then(shared::read_invitation) {
            turn.conversation.go(Route::Connect { invitation });
        }
        if let Some(link) = via {
            let ledger = self
                .store
                .load(&exodus_core::Scope {
                    members: [turn.reader.member].into(),
                    links: [link].into(),
                    ..Default::default()
                })
                .await?;
            let maker = ledger
                .link(link)
                .filter(|link| link.is_personal())
                .map(|link| link.maker);
            let invitation = maker.and_then(|maker| ledger.invitation(maker, turn.reader.member));
            if let Some(invitation) = invitation {
                turn.answer = Some(Text::new("welcome-by-invitation"));
                turn.conversation.go(Route::Bond { bond: invitation.id });
                return self.answer(turn).await;
            }
            let card = ledger.link(link).map(|link| Route::Card { member: link.about });
            let scene = self
                .scene(&turn.reader, card.as_ref().unwrap_or(&Route::Welcome))
                .await?;
            let seen = |member| exodus_core::view::sight(&scene.ledger, scene.viewer, member).card();
            if let Some(Route::Card { member }) =
                card.filter(|card| matches!(card, Route::Card { member } if seen(*member)))
            {
                turn.answer = Some(Text::new("welcome-by-link"));
                turn.conversation.go(Route::Card { member });
            }
        }
        self.answer(turn).await
    }

    // ---- understanding ------------------------------------------------------------------------------------------

    async fn understand(&self, turn: &mut Turn<'_>) -> Result<(), Trouble> {
        if let Said::Start(Some(token)) = &turn.update.said
            && let Some(invitation) = shared::read_invitation(token)
        {
            turn.conversation.go(Route::Connect { invitation });
            return Ok(());
        }
        let pressed = turn.update.menu;
        let menu = self.menu_of(turn, pressed.or(turn.conversation.menu)).await?;
        let today = self.store.policy().date(self.store.now());
        let hearing = Hearing {
            said: &turn.update.said,
            menu: menu.as_ref(),
            draft: turn.conversation.draft.as_ref(),
            unit: &self.settings.community.unit,
            policy: self.store.policy(),
            today,
        };
        match hear(&hearing) {
            Heard::Act(act) => {
                let old = pressed.is_some() && pressed != turn.conversation.menu;
                if old && matches!(act, Act::Fill(_) | Act::Skip) {
                    return turn.stale();
                }
                self.act(turn, act).await
            }
            Heard::Wrong(text) => {
                turn.answer = Some(text);
                Ok(())
            }
            Heard::NotUnderstood => {
                turn.answer = Some(Text::new("answer-not-understood"));
                Ok(())
            }
        }
    }

    /// A menu, if it was shown to this very account. A forged or foreign handle is no menu at all (O9).
    async fn menu_of(&self, turn: &Turn<'_>, id: Option<u128>) -> Result<Option<Menu>, Trouble> {
        let Some(id) = id else { return Ok(None) };
        let kept = self
            .store
            .menu(id)
            .await?
            .filter(|menu| menu.account == turn.reader.account);
        let kept = kept.filter(|menu| menu.expires > self.store.now());
        Ok(kept.and_then(|menu| serde_json::from_str(&menu.body).ok()))
    }

    async fn act(&self, turn: &mut Turn<'_>, act: Act) -> Result<(), Trouble> {
        match act {
            Act::Go(route) => turn.conversation.go(route),
            Act::Back => turn.conversation.back(),
            Act::Cancel => {
                turn.conversation.draft = None;
                turn.answer = Some(Text::new("answer-cancelled"));
            }
            Act::Ask(draft) => self.proceed(turn, draft, None).await?,
            Act::Fill(value) => {
                let Some(before) = turn.conversation.draft.clone() else {
                    return turn.stale();
                };
                let mut draft = before.clone();
                let Step::Ask(field) = draft.step() else {
                    return turn.stale();
                };
                if !draft.fill(field, value) {
                    return turn.stale();
                }
                self.proceed(turn, draft, Some(before)).await?;
            }
            Act::Skip => {
                let Some(before) = turn.conversation.draft.clone() else {
                    return turn.stale();
                };
                let mut draft = before.clone();
                if !draft.skip() {
                    return turn.stale();
                }
                self.proceed(turn, draft, Some(before)).await?;
            }
            Act::Do(deed) => self.perform_deed(turn, &deed, None).await?,
            Act::Name(query, draft) => self.name(turn, &query, draft).await?,
            Act::Find(query) => {
                let scene = self.scene(&turn.reader, &Route::People).await?;
                match resolve::find(&scene, &query) {
                    Found::One(member) => turn.conversation.go(Route::Card { member }),
                    Found::Nobody | Found::Several(_) => {
                        turn.conversation.go(Route::Search { query, page: 0 })
                    }
                }
            }
            Act::NameRecord { query, what, amount } => self.name_record(turn, &query, what, amount).await?,
        }
        Ok(())
    }

    async fn name(&self, turn: &mut Turn<'_>, query: &str, draft: Draft) -> Result<(), Trouble> {
        let scene = self.scene(&turn.reader, &Route::People).await?;
        match resolve::find(&scene, query) {
            Found::Nobody => turn.answer = Some(Text::new("answer-nobody").name("query", query)),
            Found::One(member) => {
                let scene = self.scene(&turn.reader, &Route::Card { member }).await?;
                let draft = resolve::with_person(&scene, draft, member);
                turn.conversation.go(Route::Card { member });
                if matches!(draft.step(), Step::Ask(exodus_ui::Field::Person)) {
                    turn.answer = Some(Text::new("answer-asks-nothing").with("who", scene.name(member)));
                } else {
                    self.proceed(turn, draft, None).await?;
                }
            }
            Found::Several(members) => {
                let act = |member| Act::Ask(resolve::with_person(&scene, draft.clone(), member));
                turn.instead = Some(resolve::which(
                    &scene,
                    turn.conversation.route.clone(),
                    &members,
                    act,
                ));
            }
        }
        Ok(())
    }

    async fn name_record(
        &self,
        turn: &mut Turn<'_>,
        query: &str,
        what: exodus_ui::act::Settling,
        amount: Option<exodus_core::Amount>,
    ) -> Result<(), Trouble> {
        let scene = self.scene(&turn.reader, &Route::People).await?;
        let members = match resolve::find_party(&scene, query) {
            Found::Nobody => {
                turn.answer = Some(Text::new("answer-nobody").name("query", query));
                return Ok(());
            }
            Found::One(member) => vec![member],
            Found::Several(members) => members,
        };
        let acts: Vec<(MemberId, Act)> = members
            .iter()
            .flat_map(|member| {
                resolve::settlings(&scene, *member, what, amount)
                    .into_iter()
                    .map(|act| (*member, act))
            })
            .collect();
        match acts.as_slice() {
            [] => turn.answer = Some(Text::new("answer-nothing-fits").name("query", query)),
            [(_, Act::Do(deed))] => self.perform_deed(turn, deed, None).await?,
            _ => {
                turn.conversation.go(Route::Card {
                    member: members.first().copied().unwrap_or(turn.reader.member),
                });
                turn.answer = Some(Text::new("answer-several-fit"));
            }
        }
        Ok(())
    }

    /// Goes on with a draft: the next question, or the deed.
    async fn proceed(&self, turn: &mut Turn<'_>, draft: Draft, before: Option<Draft>) -> Result<(), Trouble> {
        match draft.step() {
            Step::Ask(_) => {
                turn.conversation.draft = Some(draft);
                self.settle(turn).await?;
            }
            Step::Ready(deed) => self.perform_deed(turn, &deed, before).await?,
            Step::Look(query) => turn.conversation.go(Route::Search { query, page: 0 }),
            Step::Declined => {
                turn.conversation.draft = None;
                turn.answer = Some(Text::new("answer-declined"));
            }
        }
        Ok(())
    }

    /// Does a deed. When what was typed was refused, the question it answered stays open.
    async fn perform_deed(
        &self,
        turn: &mut Turn<'_>,
        deed: &Deed,
        before: Option<Draft>,
    ) -> Result<(), Trouble> {
        let question = turn.conversation.draft.take();
        let place = match turn.update.said {
            Said::Choice(place) => Some(place),
            Said::Text(_) | Said::Start(_) => None,
        };
        let id = match (turn.update.menu, place) {
            (Some(menu), Some(place)) => command_id(&["menu", &format!("{menu:032x}"), &place.to_string()]),
            _ => command_id(&["update", turn.front.platform, &turn.update.key]),
        };
        let session = (turn.reader.account.clone(), turn.conversation.to_kept());
        let again = Again {
            deed: Some(deed.clone()),
            ..Again::default()
        };
        let cause = Cause {
            id,
            inbox: Some(turn.inbox).filter(|_| !turn.again),
            pending: serde_json::to_string(&again).ok(),
            session,
        };
        let outcome = self.perform(&cause, &turn.reader, deed).await?;
        self.after_deed(turn, deed, outcome, before.or(question)).await
    }

    async fn after_deed(
        &self,
        turn: &mut Turn<'_>,
        deed: &Deed,
        outcome: Outcome,
        question: Option<Draft>,
    ) -> Result<(), Trouble> {
        if outcome.repeated {
            return self.take_up(turn).await;
        }
        if let Some(route) = outcome.route {
            turn.conversation.go(route);
        }
        turn.files_by = Some(deed.clone()).filter(|_| !outcome.attachments.is_empty());
        turn.attachments = outcome.attachments;
        turn.linking_code = outcome.linking_code;
        turn.answer = outcome.word;
        let left = matches!(
            deed,
            Deed::Ledger {
                command: Command::Leave,
                ..
            }
        ) && outcome.refusal.is_none();
        if turn.answer.is_none() && !left {
            let scene = self.scene(&turn.reader, &turn.conversation.route).await?;
            turn.answer = Some(match &outcome.refusal {
                Some(refusal) => screen::refusal(&scene, refusal),
                None => screen::done(&scene, deed, &outcome.events),
            });
        }
        if outcome.refusal.is_some_and(|refusal| is_about_input(&refusal)) {
            turn.conversation.draft = question.filter(|draft| matches!(draft.step(), Step::Ask(_)));
        }
        Ok(())
    }

    // ---- answering ----------------------------------------------------------------------------------------------

    /// Keeps where the conversation stands and finishes the update, in one transaction.
    async fn settle(&self, turn: &mut Turn<'_>) -> Result<(), Trouble> {
        let id = command_id(&["session", turn.front.platform, &turn.update.key]);
        let mut work = Work::personal(id, Actor::Member(turn.reader.member), Vec::new());
        work.inbox = Some(turn.inbox);
        work.session = Some((turn.reader.account.clone(), turn.conversation.to_kept()));
        let done = self.store.transact(work).await?;
        if done.repeated {
            self.take_up(turn).await
        } else {
            Ok(())
        }
    }

    /// Another process answered this very update meanwhile: the conversation goes on where that left it.
    async fn take_up(&self, turn: &mut Turn<'_>) -> Result<(), Trouble> {
        let kept = self.store.session(&turn.reader.account).await?;
        turn.conversation = Conversation::from_kept(kept.as_deref());
        Ok(())
    }

    async fn answer(&self, mut turn: Turn<'_>) -> Result<Reply, Trouble> {
        let mut scene = self.scene(&turn.reader, &turn.conversation.route).await?;
        self.add_linking(&mut scene, turn.linking_code.take());
        let screen = match (turn.instead.take(), &turn.conversation.draft) {
            (Some(screen), _) => screen,
            (None, Some(draft)) => self.question(&scene, &turn.conversation.route, draft),
            (None, None) => screen::build(&scene, &turn.conversation.route),
        };
        let again = Again {
            answer: turn.answer.clone(),
            files_by: turn.files_by.take(),
            deed: None,
        };
        let mut screen = screen.answering(turn.answer.take());
        screen.attachments.append(&mut turn.attachments);
        if matches!(turn.conversation.route, Route::List { page: 0 }) && turn.conversation.draft.is_none() {
            self.list_looked_at(&scene, &turn.update.key).await?;
        }
        let voice = self.voice(scene.my_profile());
        let (reply, menu) = self.arranged(&turn.reader, turn.front, &voice, &screen);
        turn.conversation.menu = Some(reply.menu);
        let here = scene.me().is_some_and(exodus_core::Member::is_here);
        let answered = Answered {
            inbox: Some(turn.inbox),
            answer: serde_json::to_string(&again).unwrap_or_default(),
            session: here.then(|| (turn.reader.account.clone(), turn.conversation.to_kept())),
            menus: vec![menu],
        };
        self.store.conclude(&answered).await?;
        Ok(reply)
    }

    fn add_linking(&self, scene: &mut Scene, code: Option<(String, exodus_core::Timestamp)>) {
        if let Some((code, until)) = code {
            scene.linking = Some(LinkingLine {
                code: Some(code),
                until,
                claimed_by: None,
            });
        }
    }
}

/// A screen without anybody's conversation around it.
fn bare(screen: &Screen, update: &Update, front: &FrontEnd) -> Reply {
    let lang = update.language.as_deref().map_or_else(Lang::default, Lang::guess);
    let voice = exodus_i18n::Voice::new(lang);
    Reply {
        arranged: exodus_ui::arrange(screen, &front.can, &voice),
        menu: 0,
        lang,
        asking: false,
        hint: None,
        urgent: false,
    }
}

/// A word to whom nothing better can be said: their update could not be handled.
pub(crate) fn mishap(update: &Update, front: &FrontEnd) -> Reply {
    bare(&Screen::new(Route::Home, Text::new("mishap")), update, front)
}

impl Turn<'_> {
    /// What was pressed no longer applies: it says so, and shows what is true now (U2).
    fn stale(&mut self) -> Result<(), Trouble> {
        self.answer = Some(Text::new("answer-stale"));
        Ok(())
    }
}

/// Whether what was typed was wrong, so that the question stays open (U4).
const fn is_about_input(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::ZeroAmount
            | Refusal::AmountTooLarge
            | Refusal::DatePassed { .. }
            | Refusal::DateTooSoon { .. }
            | Refusal::DateTooFar { .. }
            | Refusal::AboveIntention { .. }
            | Refusal::AboveOutstanding { .. }
            | Refusal::AboveReported { .. }
            | Refusal::NoUses
    )
}
