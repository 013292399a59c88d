//! A room for the circle of an appeal, on a platform whose front end can keep one (the specification calls it a circle room).
//!
//! Its owner wishes it; each helper who wants to be there says so first, because whoever joins is seen with their account. Who
//! belongs there is what the ledger says of the circle, each time there is something new about its owner; so nothing is missed
//! while nobody looks. It follows the appeal as a shared chat does, and ends with it.
//!
//! The wish lies in its owner's profile and the consent in the helper's: both go when the person goes.

use exodus_core::{Actor, AppealId, CommandId, Ledger, MemberId, Timestamp};
use exodus_i18n::Text;
use exodus_store::{AccountKey, Follower, Person, Personal, Trouble, Work};
use serde::{Deserialize, Serialize};

use crate::{
    App, SendFailure,
    inbound::{Guest, Inbound, Post, RoomWish},
    scene::{RoomLine, Scene},
    show::Reader,
};

/// The setting that names the platforms whose front ends keep rooms.
const PLATFORMS: &str = "room-platforms";
/// Where a wish lies in its owner's profile.
const ROOM: &str = "circle-room";
/// Where a consent lies in a helper's profile, by the room's own name.
const GUEST: &str = "circle-guest:";
/// What stands for the chat of a room that is not made yet.
const WISHED: &str = "wished:";

/// A room that its owner wishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Room {
    /// For which appeal.
    appeal: AppealId,
    /// Its owner's account there.
    account: AccountKey,
    /// Its own name: another room for the same appeal is another one.
    name: String,
    /// The chat, once there is one.
    chat: Option<String>,
    /// Whether its owner wants it no more.
    ends: bool,
}

/// A helper's consent: with which account, and when it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Consent {
    account: AccountKey,
    at: Timestamp,
}

impl Room {
    /// What is known of it in the followers' table.
    fn follower(&self) -> String {
        let wished = || format!("{WISHED}{}", self.name);
        self.chat.clone().unwrap_or_else(wished)
    }

    /// What has to be loaded to know who belongs there.
    fn scope(&self, owner: MemberId) -> exodus_core::Scope {
        exodus_core::Scope {
            appeals: [self.appeal].into(),
            ..exodus_core::Scope::of_members([owner])
        }
    }

    /// Whether a follower is this room.
    pub(crate) fn is(&self, follower: &Follower) -> bool {
        follower.platform == self.account.platform && follower.chat == self.follower()
    }

    fn consent_of(&self, person: &Person) -> Option<Consent> {
        let kept = person.extra.get(&format!("{GUEST}{}", self.name))?;
        serde_json::from_str(kept).ok()
    }
}

/// The room a person wishes.
pub(crate) fn room_of(person: &Person) -> Option<Room> {
    serde_json::from_str(person.extra.get(ROOM)?).ok()
}

/// What becomes of a follower that is a room.
pub(crate) enum Tended {
    /// It is not one.
    NotARoom,
    /// It is in order, these are there, and it is told what is new.
    InOrder(Vec<Guest>),
    /// It has been looked after, and there is nothing to tell it.
    Done,
}

impl App {
    /// Says that the front end of a platform keeps rooms.
    ///
    /// # Errors
    /// [`Trouble`] with the store.
    pub async fn keeps_rooms(&self, platform: &str) -> Result<(), Trouble> {
        let mut platforms = self.room_platforms().await?;
        if platforms.iter().any(|known| known == platform) {
            return Ok(());
        }
        platforms.push(platform.to_owned());
        let kept = serde_json::to_string(&platforms)?;
        self.store.set_setting(PLATFORMS, &kept).await
    }

    async fn room_platforms(&self) -> Result<Vec<String>, Trouble> {
        let kept = self.store.setting(PLATFORMS).await?;
        Ok(kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default())
    }

    /// What the reader is shown of an appeal's room: its owner always, who helps once there is one.
    pub(crate) async fn room_line(
        &self,
        scene: &Scene,
        appeal: AppealId,
    ) -> Result<Option<RoomLine>, Trouble> {
        let platforms = self.room_platforms().await?;
        let Some(owner) = scene.ledger.appeal(appeal).map(|row| row.owner) else {
            return Ok(None);
        };
        let room = scene.persons.get(&owner).and_then(room_of);
        let room = room.filter(|room| room.appeal == appeal && !room.ends);
        let own = owner == scene.viewer;
        let helps = || scene.ledger.circle(appeal).any(|helper| helper == scene.viewer);
        if platforms.is_empty() || !own && (room.is_none() || !helps()) {
            return Ok(None);
        }
        let wanted = room.as_ref().map(|room| room.account.platform.as_str());
        let there = |platform: &str| match wanted {
            Some(wanted) => wanted == platform,
            None => platforms.iter().any(|known| known == platform),
        };
        let mut accounts = scene.accounts.iter().filter(|line| there(&line.platform));
        let account = accounts
            .clone()
            .find(|line| line.current)
            .or_else(|| accounts.next());
        let mine = scene.my_profile();
        let inside = room
            .as_ref()
            .is_some_and(|room| own || mine.is_some_and(|person| room.consent_of(person).is_some()));
        Ok(Some(RoomLine {
            account: account.map(|line| AccountKey::new(&line.platform, &line.address)),
            own,
            inside,
        }))
    }

    /// The owner wishes a room, or no longer; a helper wants to be in it, or no longer. `None` when there is nothing to wish.
    pub(crate) async fn wish_room(
        &self,
        id: CommandId,
        reader: &Reader,
        appeal: AppealId,
        yes: bool,
    ) -> Result<Option<()>, Trouble> {
        let scene = self.scene(reader, &exodus_ui::Route::Room { appeal }).await?;
        let Some(line) = &scene.room else {
            return Ok(None);
        };
        let Some(owner) = scene.ledger.appeal(appeal).map(|row| row.owner) else {
            return Ok(None);
        };
        let mut me = self.store.person(reader.member).await?.unwrap_or_default();
        let room = scene.persons.get(&owner).and_then(room_of);
        let room = room.filter(|room| room.appeal == appeal && !room.ends);
        let room = match (line.own, yes, room, &line.account) {
            (true, true, Some(room), _) => room,
            (true, true, None, Some(account)) => {
                let room = Room {
                    appeal,
                    account: account.clone(),
                    // The same wish, heard again after a crash, is the same room.
                    name: format!("{:032x}", id.0),
                    chat: None,
                    ends: false,
                };
                me.extra.insert(ROOM.to_owned(), serde_json::to_string(&room)?);
                room
            }
            (true, false, Some(room), _) => {
                let ending = Room {
                    ends: true,
                    ..room.clone()
                };
                me.extra.insert(ROOM.to_owned(), serde_json::to_string(&ending)?);
                room
            }
            (false, true, Some(room), Some(account)) => {
                let consent = Consent {
                    account: account.clone(),
                    at: self.store.now(),
                };
                me.extra
                    .insert(format!("{GUEST}{}", room.name), serde_json::to_string(&consent)?);
                room
            }
            (false, false, Some(room), _) => {
                me.extra.remove(&format!("{GUEST}{}", room.name));
                room
            }
            (_, _, None, _) | (false, true, Some(_), None) => return Ok(None),
        };
        self.keep_person(id, reader.member, me).await?;
        // Whoever looks after rooms looks at it anew.
        let follower = Follower {
            platform: room.account.platform.clone(),
            chat: room.follower(),
            member: owner,
            title: String::new(),
            news: true,
            message: None,
            told: String::new(),
            looked: 0,
            not_before: self.store.now(),
        };
        let known = self.store.followers_of(owner).await?;
        let known = known.into_iter().find(|known| known.chat == follower.chat);
        let follower = known.map_or(follower, |known| Follower { looked: 0, ..known });
        self.store.put_follower(&follower).await?;
        Ok(Some(()))
    }

    /// Looks after a follower that is a room: makes it, lets in and puts out who has to be, ends it.
    pub(crate) async fn tend_room(
        &self,
        follower: &Follower,
        head: u64,
        front: &dyn Inbound,
    ) -> Result<Result<Tended, SendFailure>, Trouble> {
        let owner = follower.member;
        let Some(person) = self.store.person(owner).await? else {
            return Ok(Ok(Tended::NotARoom));
        };
        let room = room_of(&person).filter(|room| room.is(follower));
        let Some(room) = room else {
            if follower.chat.starts_with(WISHED) {
                // The wish was taken back, or the room is there already.
                self.store
                    .drop_followers(&follower.platform, &follower.chat, None)
                    .await?;
                return Ok(Ok(Tended::Done));
            }
            return Ok(Ok(Tended::NotARoom));
        };
        let scope = room.scope(owner);
        let mut ledger = self.store.load_near(owner, &scope).await?;
        ledger.catch_up(&scope, self.store.now(), &mut exodus_core::Changes::default());
        let voice = self.voice(Some(&person));
        if room.ends || is_over(&ledger, owner, room.appeal) {
            if let Some(chat) = &room.chat {
                let words = Text::new("room-last-word").name("who", person.name.clone());
                let word = Post {
                    paragraphs: vec![voice.say(&words)],
                    ways: Vec::new(),
                };
                match front.close_room(chat, &word).await {
                    // Gone is as good as closed.
                    Ok(()) | Err(SendFailure::Gone | SendFailure::Refused(_)) => {}
                    Err(failure) => return Ok(Err(failure)),
                }
            }
            self.forget_room(follower, head).await?;
            return Ok(Ok(Tended::Done));
        }
        let Some(chat) = &room.chat else {
            let say = |id| {
                voice
                    .say(&Text::new(id).name("who", person.name.clone()))
                    .to_string()
            };
            let wish = RoomWish {
                name: room.name.clone(),
                title: say("room-title"),
                topic: say("room-topic"),
            };
            return Ok(match front.make_room(&wish).await {
                Ok(chat) => {
                    let made = Room {
                        chat: Some(chat.clone()),
                        ..room.clone()
                    };
                    self.keep_room(owner, &room, &made).await?;
                    self.store
                        .move_followers(&follower.platform, &follower.chat, &chat)
                        .await?;
                    Ok(Tended::Done)
                }
                Err(failure) => Err(failure),
            });
        };
        let guests = self.guests(&ledger, &room).await?;
        let settled = front.settle_room(chat, &guests).await;
        Ok(settled.map(|()| Tended::InOrder(guests)))
    }

    /// Whether others are to be in a room now than a moment ago: a consent is in no journal.
    pub(crate) async fn others_belong(&self, follower: &Follower, guests: &[Guest]) -> Result<bool, Trouble> {
        let person = self.store.person(follower.member).await?;
        let room = person.as_ref().and_then(room_of).filter(|room| room.is(follower));
        let Some(room) = room.filter(|room| !room.ends) else {
            return Ok(true);
        };
        let scope = room.scope(follower.member);
        let ledger = self.store.load_near(follower.member, &scope).await?;
        Ok(self.guests(&ledger, &room).await? != guests)
    }

    /// Who is to be in a room: its owner, and who helps and said yes, each with an account that is still theirs.
    async fn guests(&self, ledger: &Ledger, room: &Room) -> Result<Vec<Guest>, Trouble> {
        let mut guests = Vec::new();
        let owner = ledger.appeal(room.appeal).map(|row| row.owner);
        for member in owner.into_iter().chain(ledger.circle(room.appeal)) {
            let consent = if Some(member) == owner {
                Some(Consent {
                    account: room.account.clone(),
                    at: Timestamp::from_seconds(0),
                })
            } else {
                let person = self.store.person(member).await?;
                person.as_ref().and_then(|person| room.consent_of(person))
            };
            let Some(consent) = consent else { continue };
            let account = self.store.account(&consent.account).await?;
            if account.is_some_and(|account| account.member == member) {
                guests.push(Guest {
                    address: consent.account.address,
                    since: consent.at,
                });
            }
        }
        Ok(guests)
    }

    /// A follower is no more; if it is a room, neither is the wish for it.
    pub(crate) async fn forget_room(&self, follower: &Follower, head: u64) -> Result<(), Trouble> {
        let owner = follower.member;
        if let Some(mut person) = self.store.person(owner).await?
            && room_of(&person).is_some_and(|room| room.is(follower))
        {
            person.extra.remove(ROOM);
            let id = crate::app::command_id(&["room-ends", &follower.chat, &head.to_string()]);
            self.keep_person(id, owner, person).await?;
        }
        self.store
            .drop_followers(&follower.platform, &follower.chat, None)
            .await
    }

    /// A room is kept as it is now, unless its owner changed it meanwhile.
    async fn keep_room(&self, owner: MemberId, was: &Room, now: &Room) -> Result<(), Trouble> {
        let Some(mut person) = self.store.person(owner).await? else {
            return Ok(());
        };
        let Some(kept) = room_of(&person).filter(|kept| kept.name == was.name) else {
            return Ok(());
        };
        let now = Room {
            ends: kept.ends,
            ..now.clone()
        };
        person.extra.insert(ROOM.to_owned(), serde_json::to_string(&now)?);
        let id = crate::app::command_id(&["room-is", &now.name]);
        self.keep_person(id, owner, person).await
    }

    async fn keep_person(&self, id: CommandId, member: MemberId, person: Person) -> Result<(), Trouble> {
        let set = Personal::SetPerson {
            whose: member.into(),
            person,
        };
        let work = Work::personal(id, Actor::Member(member), vec![set]);
        self.store.transact(work).await.map(drop)
    }
}

/// Whether an appeal has ended. One that rests while its owner is red has not.
fn is_over(ledger: &Ledger, owner: MemberId, appeal: AppealId) -> bool {
    let here = ledger.member(owner).is_some_and(exodus_core::Member::is_here);
    !here || ledger.appeal(appeal).is_none_or(|row| !row.is_open())
}

#[cfg(test)]
mod tests;
