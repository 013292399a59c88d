//! Notices on their way: from the outbox, as a screen in the reader's language, through the reader's front end (U9).
//!
//! Nobody waits for another's notice: one that can not be made or sent is set aside by itself, for longer each time.

use std::{panic::AssertUnwindSafe, sync::Arc};

use exodus_core::{Event, Fact, Timestamp, Zone, notice::Category};
use exodus_store::{Account, Letter, Loudness, Person, Personal, Trouble, Work};
use exodus_ui::{Route, Screen};
use futures::{FutureExt as _, future::join_all};

use crate::{
    App, Outbound, SendFailure,
    app::command_id,
    conversation::Conversation,
    screen,
    show::{Reader, notes_around, scope_of},
};

/// Letters taken at once.
const AT_ONCE: u64 = 50;
/// Seconds a letter is ours before another process may take it.
const LEASE_SECONDS: u32 = 60;
/// Broadcasts spread out at once.
const BROADCASTS: u64 = 20;
/// The hour of the day, in the reader's zone, at which a digest comes.
const DIGEST_HOUR: i8 = 19;
/// Seconds for which a letter is left to the process that speaks where its reader wants to hear it.
const ELSEWHERE: i64 = 2;
/// The longest time between two tries, in seconds.
const LONGEST_WAIT: i64 = 900;

/// What to do with a letter.
enum Fate {
    Send(Screen),
    /// Not to be told, and why.
    Drop(&'static str),
    Hold(Timestamp),
    Postpone(Timestamp),
}

impl App {
    /// Sends waiting notices through these front ends; how many letters were dealt with.
    ///
    /// # Errors
    /// [`Trouble`] with the database. Letters taken come back when their lease ends.
    pub async fn deliver(&self, holder: &str, fronts: &[Arc<dyn Outbound>]) -> Result<usize, Trouble> {
        match self.store.fan_out(BROADCASTS).await {
            Err(fault) if !fault.is_passing() => {
                tracing::error!(%fault, "a network can not be told of something");
            }
            told => {
                told?;
            }
        }
        let platforms: Vec<&str> = fronts.iter().map(|front| front.front_end().platform).collect();
        let letters = self
            .store
            .take(holder, &platforms, AT_ONCE, LEASE_SECONDS)
            .await?;
        // No two are to the same person: where chats answer slowly, none waits for another.
        let at_once = fronts.iter().map(|front| front.at_once()).max().unwrap_or(1);
        for together in letters.chunks(at_once.max(1)) {
            let each = together
                .iter()
                .map(|letter| self.deliver_alone(holder, fronts, letter));
            for done in join_all(each).await {
                done?;
            }
        }
        Ok(letters.len())
    }

    /// One letter. A fault in it, a panic too, costs this letter only: it is tried again later.
    async fn deliver_alone(
        &self,
        holder: &str,
        fronts: &[Arc<dyn Outbound>],
        letter: &Letter,
    ) -> Result<(), Trouble> {
        let delivered = AssertUnwindSafe(self.deliver_one(holder, fronts, letter))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Trouble::Fault("a notice could not be made".to_owned())));
        match delivered {
            Err(fault) if !fault.is_passing() => {
                tracing::error!(letter = letter.id, %fault, "a notice is set aside");
                self.later(letter).await
            }
            delivered => delivered,
        }
    }

    async fn deliver_one(
        &self,
        holder: &str,
        fronts: &[Arc<dyn Outbound>],
        letter: &Letter,
    ) -> Result<(), Trouble> {
        let Some(person) = self.store.person(letter.recipient).await? else {
            return self.drop_letter(letter, "the reader left").await;
        };
        let accounts = self.store.accounts_of(letter.recipient).await?;
        let first = in_turn(&person, &accounts).next();
        if first.is_some_and(|account| self.stands_by(&account.key.platform)) {
            let until = self.in_seconds(ELSEWHERE);
            return self.store.postpone(letter.id, until).await;
        }
        let Some((account, front)) = way_to(&person, &accounts, fronts) else {
            // Since it was taken, or for good: no account leads here.
            return self.later(letter).await;
        };
        let reader = Reader {
            member: letter.recipient,
            account: account.key.clone(),
        };
        match self.fate(&reader, &person, letter).await? {
            Fate::Drop(why) => self.drop_letter(letter, why).await,
            Fate::Hold(until) => self.store.hold(letter.id, until).await,
            Fate::Postpone(until) => self.store.postpone(letter.id, until).await,
            Fate::Send(screen) => {
                let mut sent = vec![letter.id];
                let screen = if loudness(&person, letter.category) == Loudness::Digest {
                    let (screen, more) = self.digest(holder, &reader, letter, screen).await?;
                    sent.extend(more);
                    screen
                } else {
                    screen
                };
                self.send(&reader, &person, front, letter, &screen, &sent).await
            }
        }
    }

    /// What to do with a letter now: what may no longer be shown is dropped; quiet hours and digests wait.
    async fn fate(&self, reader: &Reader, person: &Person, letter: &Letter) -> Result<Fate, Trouble> {
        let now = self.store.now();
        let loud = loudness(person, letter.category);
        if loud == Loudness::Off {
            return Ok(Fate::Drop("the reader wants to hear nothing of it"));
        }
        let policy = self.store.policy();
        let own = person.zone.as_deref().and_then(|name| Zone::named(name).ok());
        let zone = own.as_ref().unwrap_or(&policy.zone);
        if loud == Loudness::Digest {
            let time = digest_time(zone, letter.created);
            if time > now {
                return Ok(Fate::Hold(time));
            }
        }
        if let Some(until) = person
            .quiet
            .filter(|_| !letter.urgent)
            .and_then(|hours| quiet_until(zone, hours, now))
        {
            return Ok(Fate::Postpone(until));
        }
        let Some(entry) = self.store.event(letter.cause).await? else {
            let cause = letter.cause;
            return Err(Trouble::Damaged(format!("journal entry {cause} is gone")));
        };
        let nothing = Fate::Drop("there is nothing to tell the reader any more");
        Ok(self
            .notice(reader, &entry.event, letter.category)
            .await?
            .map_or(nothing, Fate::Send))
    }

    async fn drop_letter(&self, letter: &Letter, why: &str) -> Result<(), Trouble> {
        tracing::debug!(letter = letter.id, category = ?letter.category, why, "a notice is dropped");
        self.store.dropped(letter.id).await
    }

    /// Tries again later, the later the more often it was tried.
    async fn later(&self, letter: &Letter) -> Result<(), Trouble> {
        let wait = 1_i64
            .checked_shl(letter.attempts.min(10))
            .unwrap_or(LONGEST_WAIT)
            .min(LONGEST_WAIT);
        self.store.postpone(letter.id, self.in_seconds(wait)).await
    }

    async fn notice(
        &self,
        reader: &Reader,
        event: &Event,
        category: Category,
    ) -> Result<Option<Screen>, Trouble> {
        if let Fact::MonthSummarised { period, .. } = event.fact {
            let scene = self.scene(reader, &Route::Summary { period }).await?;
            return Ok(screen::notice(&scene, event, category));
        }
        let mut scope = scope_of(event);
        scope.members.insert(reader.member);
        let record = event.fact.subjects().record;
        scope.obligations.extend(record.map(exodus_core::ObligationId));
        scope.intentions.extend(record.map(exodus_core::IntentionId));
        scope.offers.extend(record.map(exodus_core::OfferId));
        scope.links.extend(record.map(exodus_core::LinkId));
        scope.appeals.extend(record.map(exodus_core::AppealId));
        let mut scene = self.scene_of(reader, &scope).await?;
        let mut wanted = notes_around(&scene.ledger, reader.member);
        let appeal = scene
            .ledger
            .member(event.fact.subjects().member)
            .and_then(|row| row.emergency.or(row.monthly));
        wanted.extend(
            appeal
                .into_iter()
                .flat_map(|appeal| crate::show::notes_of_appeal(&scene.ledger, appeal)),
        );
        scene.notes = self.store.notes(&wanted).await?;
        Ok(screen::notice(&scene, event, category))
    }

    /// Everything held for a reader's digest, together.
    async fn digest(
        &self,
        holder: &str,
        reader: &Reader,
        first: &Letter,
        alone: Screen,
    ) -> Result<(Screen, Vec<u64>), Trouble> {
        let held = self.store.take_held(reader.member, holder, LEASE_SECONDS).await?;
        let mut told = Vec::new();
        for letter in std::iter::once(first).chain(held.iter().filter(|letter| letter.id != first.id)) {
            if let Some(entry) = self.store.event(letter.cause).await? {
                told.push((entry.event, letter.category));
            }
        }
        let ids: Vec<u64> = held
            .iter()
            .map(|letter| letter.id)
            .filter(|id| *id != first.id)
            .collect();
        if ids.is_empty() {
            return Ok((alone, ids));
        }
        let scope = told.iter().fold(
            exodus_core::Scope::of_members([reader.member]),
            |mut scope, (event, _)| {
                scope.extend(scope_of(event));
                scope
            },
        );
        let scene = self.scene_of(reader, &scope).await?;
        Ok((screen::digest(&scene, &told).unwrap_or(alone), ids))
    }

    async fn send(
        &self,
        reader: &Reader,
        person: &Person,
        front: &Arc<dyn Outbound>,
        letter: &Letter,
        screen: &Screen,
        sent: &[u64],
    ) -> Result<(), Trouble> {
        let voice = self.voice(Some(person));
        let mut reply = self.present(reader, &front.front_end(), &voice, screen).await?;
        reply.urgent = letter.urgent;
        match front.send(&reader.account, letter.id, &reply).await {
            Ok(()) => {
                for id in sent {
                    self.store.sent(*id).await?;
                }
                // What the reader does meanwhile stands: a question that was opened is not closed by a notice.
                let keep = |kept: Option<&str>| {
                    let mut conversation = kept.map_or(Conversation::at(Route::Home), |kept| {
                        Conversation::from_kept(Some(kept))
                    });
                    conversation.menu = Some(reply.menu);
                    conversation.draft.is_none().then(|| conversation.to_kept())
                };
                self.store.change_session(&reader.account, keep).await
            }
            Err(SendFailure::Gone) => {
                let account = reader.account.clone();
                let id = command_id(&[
                    "gone",
                    &account.platform,
                    &account.address,
                    &letter.id.to_string(),
                ]);
                let gone = Personal::SetAccountState {
                    account,
                    active: false,
                };
                let by = exodus_core::Actor::Member(reader.member);
                self.store.transact(Work::personal(id, by, vec![gone])).await?;
                self.store.postpone(letter.id, self.store.now()).await
            }
            Err(SendFailure::Refused(why)) => {
                tracing::error!(letter = letter.id, %why, "a notice was refused by the platform and is dropped");
                self.store.dropped(letter.id).await
            }
            Err(SendFailure::RetryAfter(seconds)) => {
                let wait = i64::try_from(seconds).unwrap_or(LONGEST_WAIT).max(1);
                self.store.postpone(letter.id, self.in_seconds(wait)).await
            }
            Err(trouble @ (SendFailure::Trouble(_) | SendFailure::Moved(_))) => {
                tracing::warn!(letter = letter.id, %trouble, "a notice could not be sent; trying again later");
                self.later(letter).await
            }
        }
    }

    pub(crate) fn in_seconds(&self, seconds: i64) -> Timestamp {
        Timestamp::from_seconds(self.store.now().seconds().saturating_add(seconds))
    }
}

/// The account notices go to: the chosen one, else the one used last that a front end here can reach.
fn way_to<'a>(
    person: &Person,
    accounts: &'a [Account],
    fronts: &'a [Arc<dyn Outbound>],
) -> Option<(&'a Account, &'a Arc<dyn Outbound>)> {
    in_turn(person, accounts)
        .filter_map(|account| {
            let front = fronts
                .iter()
                .find(|front| front.front_end().platform == account.key.platform)?;
            Some((account, front))
        })
        .next()
}

/// The accounts that can be written to: the chosen one first, then those used last.
fn in_turn<'a>(person: &Person, accounts: &'a [Account]) -> impl Iterator<Item = &'a Account> {
    let chosen = person.notify_account.clone();
    let first = accounts
        .iter()
        .filter(move |account| Some(&account.key) == chosen.as_ref());
    first.chain(accounts).filter(|account| account.active)
}

/// How loudly a person hears of a category; the mandatory ones are never off.
fn loudness(person: &Person, category: Category) -> Loudness {
    let chosen = person.loudness.get(&category).copied().unwrap_or_default();
    if category.is_mandatory() || category.is_urgent() && chosen == Loudness::Digest {
        Loudness::AtOnce
    } else {
        chosen
    }
}

/// The digest that follows an instant.
fn digest_time(zone: &Zone, created: Timestamp) -> Timestamp {
    let date = zone.date(created);
    let today = zone.instant(date.at(DIGEST_HOUR, 0, 0, 0));
    if today > created {
        today
    } else {
        zone.instant(zone.date(created.plus_days(1)).at(DIGEST_HOUR, 0, 0, 0))
    }
}

/// When quiet hours that hold now end (C10).
fn quiet_until(zone: &Zone, (from, to): (u8, u8), now: Timestamp) -> Option<Timestamp> {
    let local = zone.local(now);
    let hour = u8::try_from(local.hour()).ok()?;
    let quiet = if from <= to {
        (from..to).contains(&hour)
    } else {
        hour >= from || hour < to
    };
    let to_hour = i8::try_from(to).ok()?.clamp(0, 23);
    let ends_today = hour < to;
    let day = if ends_today {
        local.date()
    } else {
        zone.date(now.plus_days(1))
    };
    (quiet && from != to).then(|| zone.instant(day.at(to_hour, 0, 0, 0)))
}

#[cfg(test)]
pub(crate) mod tests;
