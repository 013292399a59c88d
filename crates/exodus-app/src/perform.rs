//! Doing what was meant: one transaction, then where to go.

use exodus_core::{Actor, Command, CommandId, Event, Fact, MemberId, NoteId, Refusal};
use exodus_store::{AccountKey, InboxId, Personal, Trouble, Work};
use exodus_ui::{Attachment, Deed, Route, Tab, Texts, route::Section};

use crate::{App, code, export, linking::Given, profile, qr, show::Reader};

/// What came of a deed.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What happened.
    pub(crate) events: Vec<Event>,
    /// Why not.
    pub(crate) refusal: Option<Refusal>,
    /// A word of the application's own.
    pub(crate) word: Option<exodus_i18n::Text>,
    /// Whether the update had been answered before, perhaps by another process: nothing was done.
    pub(crate) repeated: bool,
    /// Where to go.
    pub(crate) route: Option<Route>,
    /// Files to send along.
    pub(crate) attachments: Vec<Attachment>,
    /// A linking code to show once, and until when it is good.
    pub(crate) linking_code: Option<(String, exodus_core::Timestamp)>,
}

/// What a deed comes from: its identity, the update it answers, and where the conversation stands once it is done.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) id: CommandId,
    pub(crate) inbox: Option<InboxId>,
    pub(crate) session: (AccountKey, String),
    /// What is needed to answer the update, should nobody come to it before a crash.
    pub(crate) pending: Option<String>,
}

impl App {
    /// Does it.
    pub(crate) async fn perform(
        &self,
        cause: &Cause,
        reader: &Reader,
        deed: &Deed,
    ) -> Result<Outcome, Trouble> {
        let (me, id) = (reader.member, cause.id);
        match deed {
            Deed::Ledger { command, texts } => self.perform_command(cause, me, command, texts).await,
            Deed::Profile(change) => self.perform_change(cause, reader, change).await,
            Deed::FollowCode(code) => match self.store.link_by_token_hash(&code::hash(code)).await? {
                Some(link) => {
                    let command = Command::FollowLink { link };
                    self.perform_command(cause, me, &command, &Texts::default()).await
                }
                None => Ok(refused(Refusal::Unknown)),
            },
            Deed::Qr(link) => {
                let attachments = self.files_of(reader, deed).await?;
                if attachments.is_empty() {
                    return Ok(refused(Refusal::Unknown));
                }
                Ok(Outcome {
                    attachments,
                    route: Some(Route::Link { link: *link }),
                    ..Outcome::default()
                })
            }
            Deed::Export(_) => {
                let attachments = self.files_of(reader, deed).await?;
                Ok(Outcome {
                    attachments,
                    ..shown(Section::Export)
                })
            }
            Deed::MakeLinkingCode => {
                let drawn = self.make_linking_code(id, me).await?;
                Ok(Outcome {
                    linking_code: Some(drawn),
                    ..shown(Section::Accounts)
                })
            }
            Deed::UseLinkingCode(code) => {
                let given = self.give_linking_code(id, &reader.account, me, code).await?;
                Ok(linked(match given {
                    Given::Asked => Ok("linking-asked"),
                    Given::Wrong => Ok("linking-wrong"),
                    Given::TooMany => Ok("linking-too-many"),
                    Given::Refused(refusal) => Err(refusal),
                }))
            }
            Deed::AnswerLinking(yes) => {
                let answered = self.answer_linking(id, me, *yes).await?;
                Ok(linked(answered.map_or(Ok("linking-gone"), |answered| {
                    answered.map(|yes| if yes { "linking-linked" } else { "linking-declined" })
                })))
            }
            Deed::SpreadAll(parts) => self.perform_spread(cause, me, parts).await,
            Deed::Connect { invitation, news } => {
                let done = self.connect(id, reader, *invitation, *news).await?;
                Ok(grouped(done))
            }
            Deed::Reconnect { platform, chat, news } => {
                let done = self.reconnect(me, platform, chat, *news).await?;
                Ok(grouped(done))
            }
        }
    }

    /// The files that a deed gives; none for one that gives none, or may not.
    pub(crate) async fn files_of(&self, reader: &Reader, deed: &Deed) -> Result<Vec<Attachment>, Trouble> {
        let me = reader.member;
        match deed {
            Deed::Qr(link) => {
                let mine = self.store.load(&exodus_core::Scope::of_members([me])).await?;
                let mine = mine
                    .links_made_by(me)
                    .any(|row| row.id == *link && row.is_active());
                let code = if mine { self.code_of(*link).await? } else { None };
                let openings = self.openings().await?;
                let opening = openings.get(&reader.account.platform);
                let text =
                    code.map(|code| opening.map_or(code.clone(), |link| link.replace("{code}", &code)));
                Ok(text
                    .and_then(|text| qr::of(&text, "exodus-invitation"))
                    .into_iter()
                    .collect())
            }
            Deed::Export(form) => export::files(self, me, *form).await,
            Deed::Ledger { .. }
            | Deed::Profile(_)
            | Deed::FollowCode(_)
            | Deed::MakeLinkingCode
            | Deed::UseLinkingCode(_)
            | Deed::AnswerLinking(_)
            | Deed::SpreadAll(_)
            | Deed::Connect { .. }
            | Deed::Reconnect { .. } => Ok(Vec::new()),
        }
    }

    async fn perform_command(
        &self,
        cause: &Cause,
        me: MemberId,
        command: &Command,
        texts: &Texts,
    ) -> Result<Outcome, Trouble> {
        let mut work = Work::new(cause.id, Actor::Member(me), command.clone());
        work.inbox = cause.inbox;
        work.session = Some(cause.session.clone());
        work.pending = cause.pending.clone();
        for (slot, text) in [(Slot::Note, &texts.note), (Slot::Talk, &texts.talk)] {
            if let (Some(text), Some(command)) = (text, work.command.as_mut()) {
                let note = NoteId(self.store.random().number());
                if put_note(command, slot, note) {
                    work.personal.push(Personal::PutNote {
                        id: note,
                        whose: me.into(),
                        text: text.clone(),
                    });
                }
            }
        }
        if matches!(
            command,
            Command::MakeLink { .. } | Command::MakePersonalLink { .. }
        ) {
            let code = code::of_link(&self.link_key().await?, cause.id);
            work.personal.push(Personal::PutLinkToken {
                token_hash: code::hash(&code),
            });
        }
        let done = self.store.transact(work).await?;
        let repeated = done.repeated && done.events.is_empty();
        let events: Vec<Event> = done.events.into_iter().map(|(_, event)| event).collect();
        let own = events
            .iter()
            .filter(|event| event.by != Actor::Clock)
            .cloned()
            .collect::<Vec<_>>();
        let stays = done.refusal.is_some() || repeated;
        let route = if stays { None } else { after(command, &own, me) };
        Ok(Outcome {
            repeated,
            events: own,
            refusal: done.refusal,
            route,
            ..Outcome::default()
        })
    }

    async fn perform_change(
        &self,
        cause: &Cause,
        reader: &Reader,
        change: &exodus_ui::ProfileChange,
    ) -> Result<Outcome, Trouble> {
        let me = reader.member;
        let accounts = self.store.accounts_of(me).await?;
        let Some(mut person) = self.store.person(me).await? else {
            return Ok(refused(Refusal::NotAMember));
        };
        if let Err(word) = profile::change(&mut person, change, &accounts) {
            return Ok(Outcome {
                word: Some(word),
                ..Outcome::default()
            });
        }
        let personal = vec![Personal::SetPerson {
            whose: me.into(),
            person,
        }];
        let mut work = Work::personal(cause.id, Actor::Member(me), personal);
        work.inbox = cause.inbox;
        work.session = Some(cause.session.clone());
        work.pending = cause.pending.clone();
        self.store.transact(work).await?;
        Ok(Outcome::default())
    }

    /// Several intentions at once, as proposed (L20): each stands or is refused by itself.
    async fn perform_spread(
        &self,
        cause: &Cause,
        me: MemberId,
        parts: &[(MemberId, exodus_core::Amount)],
    ) -> Result<Outcome, Trouble> {
        let ledger = self
            .store
            .load_near(me, &exodus_core::Scope::of_members([me]))
            .await?;
        let mut outcome = Outcome {
            route: Some(Route::Records {
                tab: Tab::Mine,
                page: 0,
            }),
            ..Outcome::default()
        };
        for (nth, (member, amount)) in (1_u128..).zip(parts) {
            let Some(appeal) = ledger
                .current_appeal(*member)
                .filter(|appeal| appeal.is_monthly())
            else {
                continue;
            };
            let form = exodus_core::Form::Money;
            let command = Command::Intend {
                appeal: appeal.id,
                amount: *amount,
                form,
                note: None,
            };
            let last = usize::try_from(nth).is_ok_and(|nth| nth == parts.len());
            let part = Cause {
                id: CommandId(cause.id.0.wrapping_add(nth)),
                inbox: cause.inbox.filter(|_| last),
                session: cause.session.clone(),
                pending: cause.pending.clone(),
            };
            let one = self
                .perform_command(&part, me, &command, &Texts::default())
                .await?;
            outcome.repeated |= one.repeated;
            outcome.events.extend(one.events);
            outcome.refusal = outcome.refusal.or(one.refusal);
        }
        if !outcome.events.is_empty() {
            outcome.refusal = None;
        }
        Ok(outcome)
    }
}

/// What came of connecting a group, or not.
fn grouped(done: Option<()>) -> Outcome {
    match done {
        None => refused(Refusal::Unknown),
        Some(()) => Outcome {
            route: Some(Route::Groups),
            ..Outcome::default()
        },
    }
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome {
        refusal: Some(refusal),
        ..Outcome::default()
    }
}

/// Nothing but where to go: a part of the profile.
fn shown(section: Section) -> Outcome {
    Outcome {
        route: Some(Route::Profile { section }),
        ..Outcome::default()
    }
}

/// What came of linking accounts (M1), said where accounts are shown.
fn linked(word: Result<&'static str, Refusal>) -> Outcome {
    match word {
        Ok(word) => Outcome {
            word: Some(exodus_i18n::Text::new(word)),
            ..shown(Section::Accounts)
        },
        Err(refusal) => refused(refusal),
    }
}

#[derive(Clone, Copy)]
enum Slot {
    Note,
    Talk,
}

/// Puts a text's id where the command names it; whether it has such a place.
fn put_note(command: &mut Command, slot: Slot, id: NoteId) -> bool {
    let place = match (slot, command) {
        (
            Slot::Note,
            Command::AskMonthly { purpose: note, .. }
            | Command::CallEmergency { reason: note, .. }
            | Command::ChangeAppeal { purpose: note, .. }
            | Command::Vouch { note, .. }
            | Command::Intend { note, .. }
            | Command::PerformAtOnce { note, .. }
            | Command::Promise { note, .. }
            | Command::RecordGiven { note, .. }
            | Command::Report { note, .. }
            | Command::Reopen { reason: note, .. }
            | Command::MakeOffer { note, .. },
        )
        | (Slot::Talk, Command::CallEmergency { talk: note, .. }) => note,
        _ => return false,
    };
    *place = Some(id);
    true
}

/// Where to go when it is done; `None`: where one was.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most commands lead to what they made, or nowhere"
)]
fn after(command: &Command, events: &[Event], me: MemberId) -> Option<Route> {
    let bonded = events.iter().find_map(|event| match event.fact {
        Fact::BondProposed { bond, .. } | Fact::BondMade { bond, .. } | Fact::BondChanged { bond, .. } => {
            Some(Route::Bond { bond })
        }
        _ => None,
    });
    let made = bonded.or_else(|| events.iter().find_map(|event| made(&event.fact, me)));
    match command {
        Command::AskMonthly { .. }
        | Command::CallEmergency { .. }
        | Command::ChangeAppeal { .. }
        | Command::EndMonthly
        | Command::EndEmergency { .. } => Some(Route::Need),
        Command::WithdrawIntention { .. } => Some(Route::Records {
            tab: Tab::Mine,
            page: 0,
        }),
        Command::ChangeIntention { intention, .. } | Command::AnswerValue { intention, .. } => {
            Some(Route::Intention {
                intention: *intention,
            })
        }
        Command::AnswerOffer { .. } | Command::WithdrawOffer { .. } => made.or(Some(Route::Organizer)),
        Command::RevokeLink { .. } | Command::ForbidLinks { .. } => Some(Route::Invite { page: 0 }),
        Command::Report { obligation, .. }
        | Command::Release { obligation }
        | Command::AskPerformance { obligation } => Some(Route::Obligation {
            obligation: *obligation,
        }),
        Command::Confirm { report, .. } | Command::Refuse { report } | Command::Reopen { report, .. } => {
            Some(Route::Obligation {
                obligation: report.obligation,
            })
        }
        Command::DeclineBond { .. } | Command::WithdrawBond { .. } | Command::EndBond { .. } => {
            Some(Route::List { page: 0 })
        }
        Command::Block { .. } => Some(Route::Blocked { page: 0 }),
        Command::Leave => Some(Route::Farewell),
        _ => made,
    }
}

/// The screen of what was made.
#[expect(clippy::wildcard_enum_match_arm, reason = "most facts make nothing")]
const fn made(fact: &Fact, me: MemberId) -> Option<Route> {
    match *fact {
        Fact::ObligationMade { obligation, .. } => Some(Route::Obligation { obligation }),
        Fact::LinkMade { link, .. } | Fact::PersonalLinkMade { link, .. } => Some(Route::Link { link }),
        Fact::LinkFollowed { about, visitor, .. } if visitor.0 == me.0 => Some(Route::Card { member: about }),
        Fact::IntentionRecorded { intention, .. } => Some(Route::Intention { intention }),
        Fact::OfferMade { offer, .. } => Some(Route::Offer { offer }),
        _ => None,
    }
}
