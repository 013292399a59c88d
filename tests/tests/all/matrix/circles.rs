//! Circle rooms: kept by the bot on the owner's wish, in step with the circle, closed at the end of the appeal.

use exodus_app::{AccountKey, App, Update};
use exodus_tests::{
    Backend,
    matrix::{Company, Person, Seen, eventually},
    place,
    world::{FRONT, settings},
};
use exodus_ui::Said;

/// Anna asks for help and wishes a room; Boris and Clara help.
async fn helped(company: &mut Company) -> [Person; 3] {
    let anna = company.joins("Anna", None, true).await;
    company.says(&anna, "need 300 monthly rent").await;
    company.picks(&anna, "No").await;
    let boris = company.joins("Boris", Some(&anna), true).await;
    let clara = company.joins("Clara", Some(&anna), true).await;
    company.says(&boris, "give 50 to anna").await;
    company.says(&clara, "give 30 to anna").await;
    company.says(&anna, "organizer").await;
    to_the_room(company, &anna, None).await;
    company.picks(&anna, "Open the room").await;
    [anna, boris, clara]
}

/// Goes to where the room is wished, or joined.
async fn to_the_room(company: &mut Company, who: &Person, whose: Option<&str>) {
    match whose {
        None => {
            company.says(who, "home").await;
            company.picks(who, "My request").await;
            company.picks(who, "Who helps me").await;
        }
        Some(owner) => {
            company.says(who, &format!("give {owner}")).await;
            company.picks(who, "Who helps").await;
        }
    }
    company.picks(who, "circle’s room").await;
}

/// Waits until somebody is invited to a room that is none of their own; which it is.
async fn invited(company: &mut Company, who: &Person) -> String {
    let mut found = None;
    eventually(&format!("{} is invited", who.name), async || {
        let seen = company.elsewhere(who).await;
        found = seen
            .iter()
            .find(|seen| seen.kind == "invitation")
            .map(|seen| seen.room.clone());
        found.is_some()
    })
    .await;
    found.expect("a room")
}

fn words(seen: &[Seen], bot: &str) -> Vec<String> {
    let of_bot = seen
        .iter()
        .filter(|seen| seen.sender == bot && seen.kind == "m.room.message");
    of_bot
        .map(|seen| seen.content["body"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A room is private and encrypted; who helps comes if they want to, who leaves the circle leaves it, also after a time in
/// which the bot was down; who is in no circle never sees it; it ends with the appeal.
#[test]
fn m7_a_circle_room_is_in_step_with_the_circle() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let bot = company.account.user.clone();
        let [anna, boris, clara] = helped(&mut company).await;
        let room = invited(&mut company, &anna).await;
        anna.join(&room).await;
        let state = anna
            .request("GET", &format!("/rooms/{room}/state"), serde_json::Value::Null)
            .await;
        let state = state.as_array().expect("a state");
        let is = |kind: &str, key: &str, value: &str| {
            state
                .iter()
                .any(|event| event["type"] == kind && event["content"][key] == value)
        };
        assert!(is("m.room.encryption", "algorithm", "m.megolm.v1.aes-sha2"));
        assert!(is("m.room.history_visibility", "history_visibility", "joined"));
        assert!(is("m.room.join_rules", "join_rule", "invite"));
        assert_eq!(
            boris.membership(&room, &boris.user).await,
            None,
            "who has not said yes is not invited"
        );

        // Boris wants to be there, Clara does not.
        to_the_room(&mut company, &boris, Some("anna")).await;
        company.picks(&boris, "Join").await;
        assert_eq!(invited(&mut company, &boris).await, room);
        boris.join(&room).await;
        assert_eq!(anna.membership(&room, &clara.user).await, None);
        assert_eq!(anna.membership(&room, &boris.user).await.as_deref(), Some("join"));

        // They talk with each other; the bot tells how it is coming along, to nobody else.
        boris.look().await;
        anna.look().await;
        boris.write(&room, "I am glad to be here").await;
        company.says(&boris, "give 60 to anna").await;
        company.place.clock.advance(3_600);
        company.settle().await;
        let seen = company.elsewhere(&anna).await;
        assert!(
            seen.iter()
                .any(|seen| seen.content["body"] == "I am glad to be here"),
            "{seen:#?}"
        );

        // While the bot is down Boris takes his promise back, as one with another front end could.
        company.stop().await;
        let elsewhere = App::new(place.open(9).await, settings());
        for (number, words) in ["give anna", "Take it back"].into_iter().enumerate() {
            let update = Update {
                key: format!("elsewhere-{number}"),
                account: AccountKey::new("matrix", &boris.user),
                name: "Boris".to_owned(),
                language: None,
                said: Said::Text(words.to_owned()),
                menu: None,
            };
            elsewhere.handle(&update, &FRONT).await.expect("no trouble");
        }
        elsewhere.store().close().await.expect("it closes");
        company.start().await;
        eventually("Boris is put out", async || {
            company.place.clock.advance(60);
            anna.membership(&room, &boris.user).await.as_deref() == Some("leave")
        })
        .await;

        // The appeal ends, and the room with it.
        company.says(&anna, "need").await;
        company.picks(&anna, "fine").await;
        eventually("the room is closed", async || {
            company.place.clock.advance(60);
            anna.membership(&room, &bot).await.as_deref() == Some("leave")
        })
        .await;
        let last = words(&company.elsewhere(&anna).await, &bot);
        assert!(last.iter().any(|words| words.contains("has ended")), "{last:?}");
        company.end().await;
    });
}
