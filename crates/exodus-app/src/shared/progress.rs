//! Telling shared chats how an appeal comes along: its owner's name and a percentage, nothing else.
//!
//! What was told last is kept, and compared with what is true now, whenever the journal has something new about the owner.
//! So nothing is missed, whatever happens between two looks; only a post that was under way in a crash may come twice.

use std::{sync::Arc, time::Duration};

use exodus_core::{AppealKind, MemberId, Scope, view};
use exodus_i18n::Text;
use exodus_store::{Follower, Trouble};
use exodus_ui::{Block, Route, Screen, arrange};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::{sync::watch, time::sleep};

use crate::{
    App, SendFailure,
    inbound::{Guest, Inbound, Post},
    rooms::Tended,
};

/// How often followers are looked after.
const PAUSE: Duration = Duration::from_secs(3);
/// The longest pause while the database does not answer (O10).
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Followers looked after at once.
const AT_ONCE: u64 = 50;
/// Seconds the lease of whoever looks after them lasts.
const LEASE_SECONDS: u32 = 90;
/// Seconds until the next try after trouble.
const LATER: i64 = 60;
/// Every so many per cent are news.
const STEP: u64 = 25;

/// What is told of an appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    /// Which; `None`: there is none.
    appeal: Option<u64>,
    /// Whether it is an emergency.
    red: bool,
    /// Whole per cent of the target.
    percent: u64,
}

impl Told {
    /// Whether this is news to whoever heard that last, and not a small step.
    fn is_news_after(&self, last: &Self) -> bool {
        self.appeal != last.appeal || self.percent.checked_div(STEP) > last.percent.checked_div(STEP)
    }
}

impl App {
    /// Looks after the chats that follow appeals on a platform, until told to stop. One process does.
    pub(crate) async fn tell_followers(
        &self,
        holder: &str,
        front: &Arc<dyn Inbound>,
        mut stopping: watch::Receiver<bool>,
    ) {
        let platform = front.front_end().platform;
        let lease = format!("followers-{platform}");
        let mut pause = PAUSE;
        loop {
            let round = async {
                if self.store.lease(&lease, holder, LEASE_SECONDS).await? {
                    self.tell_round(platform, &**front).await?;
                }
                Ok::<(), Trouble>(())
            };
            match round.await {
                Ok(()) => pause = PAUSE,
                Err(trouble) => {
                    tracing::warn!(%trouble, "shared chats wait for the database");
                    pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
                }
            }
            tokio::select! {
                () = sleep(pause) => {}
                _ = stopping.wait_for(|stopping| *stopping) => break,
            }
        }
        if let Err(trouble) = self.store.release(&lease, holder).await {
            tracing::debug!(%trouble, "a lease could not be given back; it ends by itself");
        }
    }

    pub(crate) async fn tell_round(&self, platform: &str, front: &dyn Inbound) -> Result<(), Trouble> {
        let (behind, head) = self.store.followers_behind(platform, AT_ONCE).await?;
        let each = behind
            .into_iter()
            .map(|follower| self.tell(follower, head, front));
        join_all(each).await.into_iter().collect()
    }

    async fn tell(&self, mut follower: Follower, head: u64, front: &dyn Inbound) -> Result<(), Trouble> {
        let guests = match self.tend_room(&follower, head, front).await? {
            Ok(Tended::NotARoom) => None,
            Ok(Tended::InOrder(guests)) => Some(guests),
            Ok(Tended::Done) => return Ok(()),
            Err(failure) => return self.put_off(follower, head, failure).await,
        };
        let last: Told = serde_json::from_str(&follower.told).unwrap_or_default();
        let (now, post) = self.progress(follower.member, front).await?;
        // Where nothing was ever asked for, nothing is said.
        let silent = follower.message.is_none() && now.appeal.is_none();
        if silent || (now == last && follower.message.is_some()) {
            return self.looked(follower, head, guests).await;
        }
        let anew =
            now.appeal.is_some() && (now.appeal != last.appeal || follower.news && now.is_news_after(&last));
        let in_place_of = follower.message.clone().filter(|_| !anew);
        match front.post(&follower.chat, in_place_of.as_deref(), &post).await {
            Ok(message) => {
                follower.message = Some(message);
                follower.told = serde_json::to_string(&now)?;
                self.looked(follower, head, guests).await
            }
            Err(failure) => self.put_off(follower, head, failure).await,
        }
    }

    /// A chat was looked after up to here; a room in which others are to be by now is looked at again.
    async fn looked(
        &self,
        mut follower: Follower,
        head: u64,
        guests: Option<Vec<Guest>>,
    ) -> Result<(), Trouble> {
        let again = match guests {
            Some(guests) => self.others_belong(&follower, &guests).await?,
            None => false,
        };
        follower.looked = if again { 0 } else { head.max(1) };
        self.store.put_follower(&follower).await
    }

    /// A chat could not be told, or looked after: it is gone, has moved, or is tried again later.
    async fn put_off(&self, mut follower: Follower, head: u64, failure: SendFailure) -> Result<(), Trouble> {
        match failure {
            SendFailure::Gone => {
                self.forget_room(&follower, head).await?;
                let (platform, chat) = (&follower.platform, &follower.chat);
                return self.store.drop_followers(platform, chat, None).await;
            }
            SendFailure::Moved(to) => {
                let (platform, chat) = (&follower.platform, &follower.chat);
                return self.store.move_followers(platform, chat, &to).await;
            }
            SendFailure::RetryAfter(seconds) => {
                follower.not_before = self.in_seconds(i64::try_from(seconds).unwrap_or(LATER));
            }
            failure @ (SendFailure::Refused(_) | SendFailure::Trouble(_)) => {
                tracing::warn!(%failure, "a shared chat could not be told; trying again later");
                follower.not_before = self.in_seconds(LATER);
            }
        }
        self.store.put_follower(&follower).await
    }

    /// How a member's appeal stands, and how that is said, in their language.
    async fn progress(&self, member: MemberId, front: &dyn Inbound) -> Result<(Told, Post), Trouble> {
        let scope = Scope::of_members([member]);
        let mut ledger = self.store.load_near(member, &scope).await?;
        ledger.catch_up(&scope, self.store.now(), &mut exodus_core::Changes::default());
        let person = self.store.person(member).await?.unwrap_or_default();
        let voice = self.voice(Some(&person));
        let appeal = ledger
            .current_appeal(member)
            .and_then(|appeal| view::appeal(&ledger, member, appeal.id))
            .filter(|appeal| !appeal.target.is_zero());
        let words = |id: &'static str| Text::new(id).name("who", person.name.clone());
        let mut ways = Vec::new();
        let (told, screen) = match appeal {
            None => (
                Told::default(),
                Screen::new(Route::Home, words("shared-progress-none")),
            ),
            Some(appeal) => {
                let (done, of) = (appeal.target.less(appeal.missing).minor(), appeal.target.minor());
                let red = matches!(appeal.kind, AppealKind::Emergency { .. });
                let percent = u128::from(done).saturating_mul(100).checked_div(u128::from(of));
                let told = Told {
                    appeal: Some(appeal.appeal.0),
                    red,
                    percent: percent
                        .and_then(|percent| u64::try_from(percent).ok())
                        .unwrap_or(0),
                };
                let title = words(if red {
                    "shared-progress-red"
                } else {
                    "shared-progress-orange"
                });
                let link = ledger
                    .links_made_by(member)
                    .find(|link| link.about == member && link.is_active())
                    .map(|link| link.id);
                let code = match link {
                    Some(link) => self.code_of(link).await?,
                    None => None,
                };
                ways.extend(code.map(|code| (voice.say(&Text::new("shared-help")), code)));
                let screen = Screen::new(Route::Home, title).block(Block::Progress { done, of });
                (told, screen)
            }
        };
        let arranged = arrange(&screen, &front.front_end().can, &voice);
        let paragraphs = arranged
            .messages
            .into_iter()
            .flat_map(|message| message.paragraphs);
        let paragraphs = paragraphs.map(|paragraph| paragraph.phrase).collect();
        Ok((told, Post { paragraphs, ways }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_are_a_new_appeal_and_every_quarter() {
        let told = |appeal, percent| Told {
            appeal,
            red: false,
            percent,
        };
        for (now, last, news) in [
            (told(Some(1), 0), told(None, 0), true),
            (told(Some(1), 10), told(Some(1), 0), false),
            (told(Some(1), 25), told(Some(1), 24), true),
            (told(Some(1), 100), told(Some(1), 60), true),
            (told(Some(1), 20), told(Some(1), 60), false),
            (told(None, 0), told(Some(1), 60), true),
            (told(Some(2), 0), told(Some(1), 60), true),
        ] {
            assert_eq!(now.is_news_after(&last), news, "{now:?} after {last:?}");
        }
    }
}
