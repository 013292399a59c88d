//! Bad days: a homeserver that is in trouble.

use exodus_tests::{
    Backend,
    matrix::{Company, Fare, Person, eventually},
    place,
};

/// Anna asks for help, Boris is in her network.
async fn two(company: &mut Company) -> (Person, Person) {
    let anna = company.joins("Anna", None, true).await;
    company.says(&anna, "need 9000 monthly rent").await;
    company.picks(&anna, "No").await;
    let boris = company.joins("Boris", Some(&anna), true).await;
    (anna, boris)
}

/// One whose room does not take anything keeps nobody else waiting.
#[test]
fn u9_a_room_that_takes_nothing_keeps_nobody_waiting() {
    place::run(Backend::Sqlite, |place| async move {
        let mut company = Company::with(&place, |account| account.signs = false).await;
        let (anna, boris) = two(&mut company).await;
        let room = company.room(&anna).to_owned();
        let part = room.trim_start_matches('!').to_owned();
        company.gate.fare(move |_, path, _| {
            let there = path.contains(&part) && path.contains("/send/");
            if there { Fare::Trouble(500) } else { Fare::Well }
        });
        let said = anna.write(&room, "help").await;
        eventually("the bot knows of it", async || company.gate.acknowledged(&said)).await;
        for _ in 0..3 {
            let event = boris.write(company.room(&boris), "profile").await;
            eventually("Boris is answered", async || {
                let seen = boris.look().await;
                let answered = seen.iter().any(|seen| {
                    seen.content["body"]
                        .as_str()
                        .is_some_and(|body| body.contains("Name: Boris"))
                });
                answered && company.gate.acknowledged(&event)
            })
            .await;
        }
        company.gate.clear_up();
        company.expects(&said);
        company.place.clock.advance(600);
        let seen = company.seen(&anna).await;
        assert!(seen.contains("/need") || seen.contains("need"), "{seen}");
        company.end().await;
    });
}
