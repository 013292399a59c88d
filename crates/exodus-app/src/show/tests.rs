//! What is loaded for a screen.

use exodus_core::{Actor, Amount, Command, Fact, Form, MemberId};
use exodus_store::Personal;
use exodus_ui::Block;

use super::*;
use crate::deliver::tests::world::World;

/// Boris's intention with words, and its number.
async fn worded(world: &World, boris: MemberId, appeal: AppealId) -> IntentionId {
    let note = NoteId(42);
    let words = Personal::PutNote {
        id: note,
        whose: boris.into(),
        text: "a winter coat".to_owned(),
    };
    let intend = Command::Intend {
        appeal,
        amount: Amount::from_minor(3_000),
        form: Form::Thing,
        note: Some(note),
    };
    let done = world.say(Actor::Member(boris), intend, vec![words]).await;
    let found = done.events.iter().find_map(|(_, event)| {
        let Fact::IntentionRecorded { intention, .. } = event.fact else {
            return None;
        };
        Some(intention)
    });
    found.unwrap()
}

fn has_words(screen: &Screen) -> bool {
    let words = |block: &Block| matches!(block, Block::Quote(text) if text == "a winter coat");
    screen.blocks.iter().any(words)
}

#[tokio::test]
async fn l17_a_record_that_is_over_keeps_its_words_and_its_way_back() {
    let world = World::new().await;
    let anna = world.member("anna", None).await;
    let link = world.link(anna).await;
    let boris = world.member("boris", Some(link)).await;
    let appeal = world.asks(anna).await;
    let intention = worded(&world, boris, appeal).await;
    world.does(boris, Command::WithdrawIntention { intention }).await;
    for (member, name) in [(boris, "boris"), (anna, "anna")] {
        let reader = Reader {
            member,
            account: AccountKey::new("test", name),
        };
        let (record, page) = (intention.0, 0);
        let shown = async |route: Route| {
            let scene = world.app.scene(&reader, &route).await.unwrap();
            screen::build(&scene, &route)
        };
        let history = shown(Route::RecordHistory { record, page }).await;
        assert!(has_words(&history), "{name}: {history:?}");
        let back = Act::Go(Route::Intention { intention });
        assert!(
            history.choices.iter().any(|choice| choice.act == back),
            "{name}: {history:?}"
        );
        let record = shown(Route::Intention { intention }).await;
        assert!(has_words(&record), "{name}: {record:?}");
        let journal = shown(Route::History { page }).await;
        let opens = |block: &Block| matches!(block, Block::Item { act: Some(act), .. } if *act == back);
        assert!(journal.blocks.iter().any(opens), "{name}: {journal:?}");
    }
}

#[tokio::test]
async fn n4_a_link_that_many_followed_can_still_be_shown() {
    let world = World::new().await;
    let anna = world.member("anna", None).await;
    let id = exodus_core::CommandId(7);
    let code = code::of_link(&world.app.link_key().await.unwrap(), id);
    let make = Command::MakeLink {
        about: anna,
        max_uses: None,
        expires: None,
    };
    let mut work = exodus_store::Work::new(id, Actor::Member(anna), make);
    work.personal.push(Personal::PutLinkToken {
        token_hash: code::hash(&code),
    });
    world.app.store().transact(work).await.unwrap();
    let ledger = world.app.store().load_all().await.unwrap();
    let link = ledger.links_made_by(anna).next().unwrap().id;
    for number in 0..1_001 {
        world.member(&format!("visitor {number}"), Some(link)).await;
    }
    assert_eq!(world.app.code_of(link).await.unwrap(), Some(code));
}
