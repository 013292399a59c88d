//! Rooms of circles, through the application, its store and a front end that keeps rooms in memory.

use std::{collections::BTreeMap, sync::Mutex};

use async_trait::async_trait;
use exodus_core::Command;
use exodus_store::Shown;
use exodus_ui::Capabilities;

use super::*;
use crate::{FrontEnd, Place, Read, Reply, deliver::tests::world::World};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    guests: Vec<String>,
    posts: usize,
    closed: bool,
}

/// A front end with rooms.
#[derive(Default)]
struct House {
    rooms: Mutex<BTreeMap<String, Kept>>,
    busy: Mutex<bool>,
}

impl House {
    fn only(&self) -> Option<Kept> {
        let rooms = self.rooms.lock().unwrap();
        assert!(rooms.len() <= 1, "{rooms:?}");
        rooms.values().next().cloned()
    }

    fn change<T>(&self, chat: &str, how: impl FnOnce(&mut Kept) -> T) -> Result<T, SendFailure> {
        if *self.busy.lock().unwrap() {
            return Err(SendFailure::RetryAfter(5));
        }
        let mut rooms = self.rooms.lock().unwrap();
        Ok(how(rooms.entry(chat.to_owned()).or_default()))
    }
}

#[async_trait]
impl Inbound for House {
    fn front_end(&self) -> FrontEnd {
        FrontEnd {
            platform: "test",
            can: Capabilities::default(),
        }
    }

    fn read(&self, _: &str, _: &str) -> Read {
        Read::Nothing
    }

    fn parts(&self, _: &Reply) -> usize {
        1
    }

    async fn answer(
        &self,
        _: &AccountKey,
        _: &Place,
        _: &Reply,
        _: usize,
    ) -> Result<Option<Shown>, SendFailure> {
        Ok(None)
    }

    async fn withdraw(&self, _: &str, _: &str) {}

    async fn acknowledge(&self, _: &Place) {}

    async fn post(&self, chat: &str, _: Option<&str>, _: &Post) -> Result<String, SendFailure> {
        self.change(chat, |room| {
            room.posts += 1;
            room.posts.to_string()
        })
    }

    async fn make_room(&self, wish: &RoomWish) -> Result<String, SendFailure> {
        let chat = format!("!{}", wish.name);
        self.change(&chat, |_| chat.clone())
    }

    async fn settle_room(&self, chat: &str, guests: &[Guest]) -> Result<(), SendFailure> {
        let guests = guests.iter().map(|guest| guest.address.clone()).collect();
        self.change(chat, |room| room.guests = guests)
    }

    async fn close_room(&self, chat: &str, _: &Post) -> Result<(), SendFailure> {
        self.change(chat, |room| room.closed = true)
    }
}

/// Anna asks; Boris and Clara help.
struct Circle {
    world: World,
    house: House,
    appeal: AppealId,
    anna: MemberId,
    boris: MemberId,
    wishes: u128,
}

impl Circle {
    async fn new() -> Self {
        let world = World::new().await;
        let anna = world.member("anna", None).await;
        let link = world.link(anna).await;
        let boris = world.member("boris", Some(link)).await;
        let clara = world.member("clara", Some(link)).await;
        let appeal = world.asks(anna).await;
        world.intends(boris, appeal, 5_000).await;
        world.intends(clara, appeal, 5_000).await;
        world.app.keeps_rooms("test").await.unwrap();
        world.app.keeps_rooms("test").await.unwrap();
        Self {
            world,
            house: House::default(),
            appeal,
            anna,
            boris,
            wishes: 0,
        }
    }

    async fn wishes(&mut self, who: MemberId, name: &str, yes: bool) -> Option<()> {
        self.wishes += 1;
        let reader = Reader {
            member: who,
            account: AccountKey::new("test", name),
        };
        let id = CommandId(1_000_000 + self.wishes);
        self.world
            .app
            .wish_room(id, &reader, self.appeal, yes)
            .await
            .unwrap()
    }

    /// Whoever looks after followers looks until nothing is new.
    async fn round(&self) {
        for _ in 0..4 {
            self.world.app.tell_round("test", &self.house).await.unwrap();
        }
    }

    fn guests(&self) -> Vec<String> {
        self.house.only().map(|room| room.guests).unwrap_or_default()
    }
}

#[tokio::test]
async fn a_room_holds_its_owner_and_who_helps_and_wants_to_be_there() {
    let mut circle = Circle::new().await;
    let (anna, boris) = (circle.anna, circle.boris);
    assert_eq!(
        circle.wishes(boris, "boris", true).await,
        None,
        "there is no room"
    );
    circle.round().await;
    assert_eq!(circle.house.only(), None);
    assert_eq!(circle.wishes(anna, "anna", true).await, Some(()));
    circle.round().await;
    assert_eq!(circle.guests(), ["anna"]);
    assert_eq!(
        circle.house.only().map(|room| room.posts),
        Some(1),
        "the progress"
    );
    assert_eq!(circle.wishes(boris, "boris", true).await, Some(()));
    circle.round().await;
    assert_eq!(circle.guests(), ["anna", "boris"]);
    assert_eq!(circle.wishes(boris, "boris", false).await, Some(()));
    circle.round().await;
    assert_eq!(circle.guests(), ["anna"]);
}

#[tokio::test]
async fn who_leaves_the_circle_leaves_the_room() {
    let mut circle = Circle::new().await;
    let (anna, boris) = (circle.anna, circle.boris);
    circle.wishes(anna, "anna", true).await;
    circle.wishes(boris, "boris", true).await;
    circle.round().await;
    assert_eq!(circle.guests(), ["anna", "boris"]);
    let ledger = circle.world.app.store().load_all().await.unwrap();
    let intention = ledger
        .intentions()
        .find(|intention| intention.author == boris)
        .unwrap()
        .id;
    circle
        .world
        .does(boris, Command::WithdrawIntention { intention })
        .await;
    circle.round().await;
    assert_eq!(circle.guests(), ["anna"]);
    // Back in the circle, and what was said of the room stands.
    circle.world.intends(boris, circle.appeal, 1_000).await;
    circle.round().await;
    assert_eq!(circle.guests(), ["anna", "boris"]);
}

#[tokio::test]
async fn a_room_ends_with_its_appeal_or_when_its_owner_says_so() {
    for by_owner in [true, false] {
        let mut circle = Circle::new().await;
        let anna = circle.anna;
        circle.wishes(anna, "anna", true).await;
        circle.round().await;
        if by_owner {
            assert_eq!(circle.wishes(anna, "anna", false).await, Some(()));
        } else {
            circle.world.does(anna, Command::EndMonthly).await;
        }
        circle.round().await;
        assert!(circle.house.only().is_some_and(|room| room.closed));
        let store = circle.world.app.store();
        assert!(store.followers_of(anna).await.unwrap().is_empty());
        let person = store.person(anna).await.unwrap().unwrap();
        assert_eq!(room_of(&person), None);
    }
}

#[tokio::test]
async fn what_can_not_be_done_now_is_done_later_and_once() {
    let mut circle = Circle::new().await;
    let anna = circle.anna;
    *circle.house.busy.lock().unwrap() = true;
    circle.wishes(anna, "anna", true).await;
    circle.round().await;
    assert_eq!(circle.house.only(), None);
    *circle.house.busy.lock().unwrap() = false;
    let later = circle.world.app.store().now().plus_hours(1);
    circle.world.clock.set(later);
    circle.round().await;
    assert_eq!(circle.guests(), ["anna"]);
    // The same wish once more is the same room.
    circle.wishes(anna, "anna", true).await;
    circle.round().await;
    assert_eq!(circle.house.only().map(|room| room.posts), Some(1));
}
