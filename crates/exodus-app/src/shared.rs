//! Chats that others read too: the way to the private chat, and as much of an appeal as its owner chose to show there.
//!
//! A command in such a chat is answered with a way to the private chat and nothing else. `/connect` makes an invitation: a
//! handle that only whoever typed it can use, in private, to let the chat follow their own appeal.

mod progress;

use exodus_core::{Actor, Command, CommandId, MemberId};
use exodus_i18n::{Lang, Text, Voice};
use exodus_store::{AccountKey, Follower, Menu, Personal, Queued, Trouble, Work};
use serde::{Deserialize, Serialize};

use crate::{
    App, SendFailure, code,
    inbound::{Inbound, Post, Shared, SharedEvent},
    rooms,
    scene::{GroupLine, Groups},
    show::Reader,
};

/// Hours an invitation to connect a chat is good for.
const INVITATION_HOURS: u32 = 24;
/// How a deep link begins that carries such an invitation. No code of an invitation to a person has a dash in it.
const INVITATION: &str = "g-";
/// The word that asks for one.
const CONNECT: &str = "connect";

/// What an invitation stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invited {
    platform: String,
    chat: String,
    title: String,
}

/// The invitation that a deep link carries, if it carries one.
pub(crate) fn read_invitation(token: &str) -> Option<u128> {
    let digits = token.strip_prefix(INVITATION)?;
    u128::from_str_radix(digits, 16)
        .ok()
        .filter(|_| digits.len() == 32)
}

impl App {
    /// Something happened in a shared chat.
    pub(crate) async fn in_shared(
        &self,
        shared: &Shared,
        front: &dyn Inbound,
        queued: &Queued,
    ) -> Result<(), Trouble> {
        let platform = front.front_end().platform;
        let post = match &shared.what {
            SharedEvent::Left => return self.store.drop_followers(platform, &shared.chat, None).await,
            SharedEvent::Moved { to } => {
                return self.store.move_followers(platform, &shared.chat, to).await;
            }
            SharedEvent::Came => return self.tell_anew(platform, &shared.chat).await,
            SharedEvent::Met => met(),
            SharedEvent::Joined { language } => {
                let words = Text::new("shared-joined").code("connect", front.command(CONNECT));
                say(language.as_deref(), words, "")
            }
            SharedEvent::Anonymous { language } => {
                say(language.as_deref(), Text::new("shared-anonymous"), "")
            }
            SharedEvent::Command {
                account,
                language,
                word,
            } if word == CONNECT => {
                let invitation = self.invite_to_connect(account, shared, platform).await?;
                say(language.as_deref(), Text::new("shared-connect"), &invitation)
            }
            SharedEvent::Command { language, .. } => {
                say(language.as_deref(), Text::new("shared-command"), "")
            }
        };
        match front.post(&shared.chat, None, &post).await {
            Ok(_) => {}
            Err(SendFailure::Gone) => self.store.drop_followers(platform, &shared.chat, None).await?,
            Err(SendFailure::Moved(to)) => self.store.move_followers(platform, &shared.chat, &to).await?,
            // A word in a group is not worth waiting for: whoever asked asks again.
            Err(
                failure @ (SendFailure::RetryAfter(_) | SendFailure::Refused(_) | SendFailure::Trouble(_)),
            ) => {
                tracing::warn!(update = queued.id.0, %failure, "a shared chat could not be answered");
            }
        }
        Ok(())
    }

    /// What a chat was told is told once more, for those who have not seen it.
    async fn tell_anew(&self, platform: &str, chat: &str) -> Result<(), Trouble> {
        for follower in self.store.followers_in(platform, chat).await? {
            let anew = Follower {
                message: None,
                looked: 0,
                ..follower
            };
            self.store.put_follower(&anew).await?;
        }
        Ok(())
    }

    /// Makes an invitation to connect a chat, for one account only.
    async fn invite_to_connect(
        &self,
        account: &AccountKey,
        shared: &Shared,
        platform: &str,
    ) -> Result<String, Trouble> {
        let invited = Invited {
            platform: platform.to_owned(),
            chat: shared.chat.clone(),
            title: shared.title.chars().take(64).collect(),
        };
        let id = self.store.random().number();
        let kept = Menu {
            id,
            account: account.clone(),
            member: None,
            body: serde_json::to_string(&invited)?,
            expires: self.store.now().plus_hours(INVITATION_HOURS),
        };
        self.store.put_menus(&[kept]).await?;
        Ok(format!("{INVITATION}{id:032x}"))
    }

    /// What an invitation stands for, if it is this account's and still good (O9).
    pub(crate) async fn invited(&self, account: &AccountKey, id: u128) -> Result<Option<Invited>, Trouble> {
        let kept = self.store.menu(id).await?;
        let good = kept.filter(|kept| kept.account == *account && kept.expires > self.store.now());
        Ok(good.and_then(|kept| serde_json::from_str(&kept.body).ok()))
    }

    /// The chats that follow a member's appeal, and the one they are asked about.
    pub(crate) async fn groups(&self, reader: &Reader, invitation: Option<u128>) -> Result<Groups, Trouble> {
        let invited = match invitation {
            Some(id) => self.invited(&reader.account, id).await?,
            None => None,
        };
        let person = self.store.person(reader.member).await?.unwrap_or_default();
        let room = rooms::room_of(&person);
        let followers = self.store.followers_of(reader.member).await?;
        // The room of one's own circle is changed elsewhere.
        let followers = followers
            .into_iter()
            .filter(|follower| room.as_ref().is_none_or(|room| !room.is(follower)));
        let line = |follower: Follower| GroupLine {
            platform: follower.platform,
            chat: follower.chat,
            title: follower.title,
            news: follower.news,
        };
        Ok(Groups {
            connected: followers.map(line).collect(),
            invited: invited.map(|invited| invited.title),
        })
    }

    /// Lets a chat follow a member's appeal; `None` when the invitation is not good any more. Helpers come by a link of
    /// the member's own, which is made when there is none (N4).
    pub(crate) async fn connect(
        &self,
        id: CommandId,
        reader: &Reader,
        invitation: u128,
        news: bool,
    ) -> Result<Option<()>, Trouble> {
        let Some(invited) = self.invited(&reader.account, invitation).await? else {
            return Ok(None);
        };
        let me = reader.member;
        let ledger = self.store.load(&exodus_core::Scope::of_members([me])).await?;
        let linked = ledger
            .links_made_by(me)
            .any(|link| link.about == me && link.is_active());
        if !linked {
            let id = CommandId(id.0.wrapping_add(1));
            let link = Command::MakeLink {
                about: me,
                max_uses: None,
                expires: None,
            };
            let mut work = Work::new(id, Actor::Member(me), link);
            let code = code::of_link(&self.link_key().await?, id);
            work.personal.push(Personal::PutLinkToken {
                token_hash: code::hash(&code),
            });
            // Refused, there is no button to help, and the progress is shown all the same.
            self.store.transact(work).await?;
        }
        let follower = Follower {
            platform: invited.platform,
            chat: invited.chat,
            member: me,
            title: invited.title,
            news,
            message: None,
            told: String::new(),
            looked: 0,
            not_before: self.store.now(),
        };
        self.store.put_follower(&follower).await?;
        Ok(Some(()))
    }

    /// A chat follows a member's appeal in another way, or no longer; `None` when it did not.
    pub(crate) async fn reconnect(
        &self,
        member: MemberId,
        platform: &str,
        chat: &str,
        news: Option<bool>,
    ) -> Result<Option<()>, Trouble> {
        let followers = self.store.followers_of(member).await?;
        let Some(mut follower) = followers
            .into_iter()
            .find(|follower| follower.platform == platform && follower.chat == chat)
        else {
            return Ok(None);
        };
        match news {
            None => self.store.drop_followers(platform, chat, Some(member)).await?,
            Some(news) => {
                follower.news = news;
                self.store.put_follower(&follower).await?;
            }
        }
        Ok(Some(()))
    }
}

/// Whose language nobody knows is greeted in all of them.
fn met() -> Post {
    let greeting = |lang| Voice::new(lang).say(&Text::new("shared-met"));
    Post {
        paragraphs: Lang::all().map(greeting).collect(),
        ways: Vec::new(),
    }
}

fn say(language: Option<&str>, words: Text, payload: &str) -> Post {
    let voice = Voice::new(language.map_or_else(Lang::default, Lang::guess));
    Post {
        paragraphs: vec![voice.say(&words)],
        ways: vec![(voice.say(&Text::new("shared-way")), payload.to_owned())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_to_connect_is_no_code_of_a_person() {
        let token = format!("{INVITATION}{:032x}", 42);
        assert!(token.len() <= 64);
        assert_eq!(read_invitation(&token), Some(42));
        for other in [
            "",
            "g-",
            "g-42",
            "k7w2",
            "g-zz",
            "0000000000000000000000000000002a",
        ] {
            assert_eq!(read_invitation(other), None, "{other}");
        }
    }
}
