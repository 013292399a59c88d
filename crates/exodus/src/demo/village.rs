//! Hands and a calendar: somebody says something, picks something; days go by. Everything goes through the application,
//! as from any chat.

use std::sync::Arc;

use anyhow::Context as _;
use exodus_app::{App, FrontEnd, Outbound, Reply, Update};
use exodus_console::{Letterbox, PLATFORM, Stops, front_end, settle};
use exodus_core::{Ledger, MemberId, Scope, Timestamp};
use exodus_i18n::read::fold;
use exodus_store::{AccountKey, ManualClock};
use exodus_ui::{Act, ParagraphKind, Said};

use super::people::{PEOPLE, Somebody};
use crate::failure::Failure;

/// Who does the delivering in it.
const HOLDER: &str = "demo";
/// Seconds that saying something takes.
const MOMENT: i64 = 20;

/// Somebody's place in [`PEOPLE`].
pub(super) type Who = usize;

/// The made-up network while it is played.
pub(super) struct Village {
    app: App,
    clock: Arc<ManualClock>,
    front: FrontEnd,
    letterbox: Arc<Letterbox>,
    fronts: Vec<Arc<dyn Outbound>>,
    updates: u64,
    /// Whether somebody could not do what the story has them do, and what.
    pub(super) surprises: Vec<String>,
}

impl Village {
    pub(super) fn new(app: App, clock: Arc<ManualClock>) -> Self {
        let front = front_end(false);
        let letterbox = Arc::new(Letterbox::of_everybody(front));
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Letterbox>::clone(&letterbox)];
        Self {
            app,
            clock,
            front,
            letterbox,
            fronts,
            updates: 0,
            surprises: Vec::new(),
        }
    }

    /// Lets time go by until an instant. Everybody reads what they get.
    pub(super) async fn until(&mut self, to: Timestamp) -> Result<(), Failure> {
        let mut stops = Stops::up_to(to);
        while let Some(next) = stops.next(&self.app).await? {
            self.pass_to(next);
            settle(&self.app, HOLDER, &self.fronts).await?;
            if !self.letterbox.empty().is_empty() {
                stops.fruitful();
            }
        }
        self.pass_to(to);
        Ok(())
    }

    /// Moves the clock on, never back.
    fn pass_to(&self, to: Timestamp) {
        if to > self.app.store().now() {
            self.clock.set(to);
        }
    }

    /// Hands over what was caused by what people did.
    pub(super) async fn settle(&mut self) -> Result<(), Failure> {
        settle(&self.app, HOLDER, &self.fronts).await?;
        self.letterbox.empty();
        Ok(())
    }

    /// Somebody says something.
    pub(super) async fn say(&mut self, who: Who, text: &str) -> Result<Reply, Failure> {
        self.act(who, Said::Text(text.to_owned()), None).await
    }

    /// Somebody answers questions, one after another.
    pub(super) async fn answer(&mut self, who: Who, answers: &[&str]) -> Result<Reply, Failure> {
        let mut last = None;
        for answer in answers {
            last = Some(self.say(who, answer).await?);
        }
        Ok(last.context("nothing was answered")?)
    }

    /// Somebody comes, perhaps by an invitation.
    pub(super) async fn come(&mut self, who: Who, code: Option<&str>) -> Result<Reply, Failure> {
        self.act(who, Said::Start(code.map(str::to_owned)), None).await
    }

    /// Somebody picks what does this from a screen; `None` when there is no such choice.
    pub(super) async fn pick(
        &mut self,
        who: Who,
        screen: &Reply,
        wanted: impl Fn(&Act) -> bool,
    ) -> Result<Option<Reply>, Failure> {
        let place = screen.arranged.menu.acts.iter().position(wanted);
        match place.and_then(|place| u32::try_from(place).ok()) {
            Some(place) => self
                .act(who, Said::Choice(place), Some(screen.menu))
                .await
                .map(Some),
            None => Ok(None),
        }
    }

    async fn act(&mut self, who: Who, said: Said, menu: Option<u128>) -> Result<Reply, Failure> {
        self.updates = self.updates.saturating_add(1);
        let person = somebody(who);
        let update = Update {
            key: format!("demo-{}", self.updates),
            account: account(who),
            name: person.name.to_owned(),
            language: Some(person.speaks.to_owned()),
            said,
            menu,
        };
        let now = self.app.store().now().seconds().saturating_add(MOMENT);
        self.pass_to(Timestamp::from_seconds(now));
        Ok(self.app.handle(&update, &self.front).await?)
    }

    /// Who somebody is in the ledger, while they are there.
    pub(super) async fn member(&self, who: Who) -> Result<Option<MemberId>, Failure> {
        Ok(self
            .app
            .store()
            .account(&account(who))
            .await?
            .map(|account| account.member))
    }

    /// Two people, and the part of the ledger around the first; `None` when one of them is not there.
    pub(super) async fn between(
        &self,
        who: Who,
        other: Who,
    ) -> Result<Option<(MemberId, MemberId, Ledger)>, Failure> {
        let (Some(member), Some(other)) = (self.member(who).await?, self.member(other).await?) else {
            return Ok(None);
        };
        Ok(Some((
            member,
            other,
            self.app.store().load(&Scope::of_members([member])).await?,
        )))
    }

    /// Notes that somebody could not do something.
    pub(super) fn surprised(&mut self, who: Who, what: &str) {
        self.surprises.push(format!("{}: {what}", somebody(who).name));
    }
}

/// The account somebody speaks from.
pub(super) fn account(who: Who) -> AccountKey {
    AccountKey::new(PLATFORM, fold(somebody(who).name))
}

/// Who that is. Places come from [`PEOPLE`] only.
pub(super) fn somebody(who: Who) -> &'static Somebody {
    PEOPLE.get(who).unwrap_or(&PEOPLE[0])
}

/// The code on a screen, without the word before it.
pub(super) fn code_on(reply: &Reply) -> Option<String> {
    let mut paragraphs = reply
        .arranged
        .messages
        .iter()
        .flat_map(|message| &message.paragraphs);
    let code = paragraphs
        .find(|paragraph| paragraph.kind == ParagraphKind::Code)?
        .phrase
        .to_string();
    code.split_whitespace().last().map(str::to_owned)
}

/// The words above everything on a screen: what came of what was done.
pub(super) fn answer_on(reply: &Reply) -> String {
    let paragraphs = reply
        .arranged
        .messages
        .iter()
        .flat_map(|message| &message.paragraphs);
    let mut answers = paragraphs.filter(|paragraph| paragraph.kind == ParagraphKind::Answer);
    answers
        .next()
        .map(|answer| answer.phrase.to_string())
        .unwrap_or_default()
}
