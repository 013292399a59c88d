//! Rooms that others read too: nothing is kept of what they say, and signs there do nothing.

use exodus_tests::{
    Backend,
    matrix::{Company, Person, Seen, eventually},
    place,
};
use serde_json::json;

/// A shared room, as its people and the tests see it.
struct Shared {
    room: String,
    boris: Person,
}

/// Anna asks for help; there is a room with her, somebody who is nobody to the bot, and the bot.
async fn with_room(company: &mut Company, encrypted: bool) -> Shared {
    let anna = company.joins("Anna", None, true).await;
    company.says(&anna, "need 300 monthly for my operation").await;
    company.picks(&anna, "No").await;
    company.says(&anna, "profile").await;
    company.picks(&anna, "How to send me help").await;
    company.picks(&anna, "Add").await;
    company.says(&anna, "Bank").await;
    company.says(&anna, "DE02120300000000202051").await;
    let boris = company.people.person("Boris").await;
    let bot = company.account.user.clone();
    let room = anna
        .room(&[&boris.user, &bot], encrypted, json!({"name": "Friends"}))
        .await;
    boris.join(&room).await;
    eventually("the bot comes", async || {
        anna.membership(&room, &bot).await.as_deref() == Some("join")
    })
    .await;
    anna.look().await;
    boris.look().await;
    company.settle().await;
    Shared { room, boris }
}

impl Shared {
    /// Somebody writes there; what the bot says to it there.
    async fn said(&self, company: &mut Company, who: &Person, words: &str) -> Vec<Seen> {
        let event = who.write(&self.room, words).await;
        company.expects(&event);
        company.settle().await;
        let seen = self.boris.look().await;
        let of_bot = seen
            .into_iter()
            .filter(|seen| seen.sender == company.account.user);
        of_bot.filter(|seen| seen.kind == "m.room.message").collect()
    }
}

/// What others say to each other is kept nowhere, neither before it is worked off nor after.
#[test]
fn nothing_is_kept_of_what_others_say() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let shared = with_room(&mut company, false).await;
        let secret = "zanzibar-confidential";
        for content in [
            json!({"msgtype": "m.text", "body": secret}),
            json!({"msgtype": "m.text", "body": format!("a\n!exodus {secret}")}),
            json!({"msgtype": "m.image", "body": secret, "url": "mxc://exodus.test/none"}),
        ] {
            let event = shared.boris.send(&shared.room, "m.room.message", content).await;
            eventually("the bot knows of it", async || company.gate.acknowledged(&event)).await;
            let query = format!("SELECT count(*) FROM inbox WHERE payload LIKE '%{secret}%'");
            assert_eq!(
                place.number(&query).await,
                0,
                "what others say to each other is kept"
            );
        }
        company.settle().await;
        let setting = format!("SELECT count(*) FROM setting WHERE value LIKE '%{secret}%'");
        assert_eq!(place.number(&setting).await, 0);
        company.end().await;
    });
}

/// A sign in a shared room does nothing, whatever it stands under.
#[test]
fn signs_in_a_shared_room_do_nothing() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::new(&place).await;
        let shared = with_room(&mut company, false).await;
        let answer = shared.said(&mut company, &shared.boris, "!exodus").await;
        let (entries, count) = (company.entries().await, company.gate.count());
        for sign in ["1️⃣", "✅", "🔟"] {
            let event = shared.boris.react(&shared.room, &answer[0].id, sign).await;
            company.expects(&event);
        }
        company.settle().await;
        assert_eq!(company.entries().await, entries);
        let sent = company.gate.asked(count);
        assert!(sent.iter().all(|asked| asked.sends_to().is_none()), "{sent:#?}");
        company.end().await;
    });
}
