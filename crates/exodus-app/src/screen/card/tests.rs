//! A card shows what M7 lets its reader see, and offers what they may do.

use exodus_store::{OfferLine, PayEntry};

use super::{
    super::tests::stage::{Stage, both, english, euro},
    card,
};
use crate::resolve;
use exodus_core::{Command, Form, MemberId, ObligationId, Side};
use exodus_ui::{Act, Deed, Draft, Route};

/// Anna asks for 300 and tells of herself; Bo, Cleo and Dan came to her.
fn anna() -> (Stage, MemberId, [MemberId; 3]) {
    let mut stage = Stage::new();
    let anna = stage.person("Anna");
    stage.asks(anna, 300, "Rent for me and my mother");
    stage.profile(anna, |profile| {
        profile.about = Some("Translator, https://anna.example".into());
        let entry = |label: &str, text: &str, default| PayEntry {
            label: label.into(),
            text: text.into(),
            default,
        };
        profile.pay = vec![
            entry("Cash", "on Fridays", false),
            entry("IBAN", "AB12 3456", true),
        ];
        profile.offers = vec![OfferLine {
            text: "English lessons".into(),
            value: Some(euro(20).minor()),
        }];
    });
    let friends = ["Bo", "Cleo", "Dan"].map(|name| stage.friend(name, anna));
    (stage, anna, friends)
}

#[test]
fn for_the_network() {
    let (stage, anna, [bo, ..]) = anna();
    let scene = stage.scene(bo);
    let [english, russian] = both(&scene, card(&scene, anna));
    assert_eq!(
        english,
        "# Anna
🔆 needs monthly support
= Monthly support
> Rent for me and my mother
▓ 0/30000
Intentions ❤️ €0 · missing 🙏 €300
Nobody helps yet.
= About
> Translator, https://anna.example
= Can offer
- English lessons (about €20)
Promises kept: nothing to tell of yet
[❤️ Help]
[🎁 Help with a thing]
[🛠 Help with a service]
[⏰ Help with my time]
[👐 I have already helped]
[🔗 Invite others to help]
[🤝 I will do something for them]
[🤝 They will do something for me]
[👐 I did something for them]
[🛡 Let’s stand by each other]
[🚫 Block]
[← Back]
[Home]"
    );
    assert!(
        russian.contains(
            "= Могу предложить\n- English lessons (примерно 20 €)\nИсполненные обещания: рассказать пока не о чем"
        ),
        "{russian}"
    );
}

#[test]
fn for_the_circle() {
    let (mut stage, anna, [bo, cleo, _]) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.intends(bo, appeal, 50);
    stage.does(
        cleo,
        Command::RecordGiven {
            appeal,
            amount: euro(30),
            form: Form::Money,
            note: None,
        },
    );
    let words = stage.note("We are neighbours");
    stage.does(cleo, Command::Vouch { appeal, note: words });
    let scene = stage.scene(bo);
    let [english, russian] = both(&scene, card(&scene, anna));
    assert!(
        english.contains(
            "Asked for 💰 €300 · promised 🤝 €30 · received 👍 €0
Of what is promised, €30 waits for confirmation ⏳
2 people help.
✔️ 1 person vouches: “I know this to be true”
- Cleo: “We are neighbours”
• ❤️ You intend to give €50
= How to send help
IBAN: AB12 3456
Cash: on Fridays
= About"
        ),
        "{english}"
    );
    assert!(
        english.contains(
            "[✏️ Change the amount]\n[👐 I have already helped]\n[👥 Who helps]\n[✔️ I know this to be true]"
        ),
        "{english}"
    );
    assert!(
        russian.contains("Помогают 2 человека.\n✔️ 1 человек ручается: «Знаю, что это правда»"),
        "{russian}"
    );
    let scene = stage.scene(cleo);
    let cleos = super::super::tests::stage::english(&scene, card(&scene, anna));
    assert!(
        cleos.contains("• 🤝 You promised €30 by 30 November ⏳ waits for confirmation"),
        "{cleos}"
    );
    assert!(cleos.contains("[I no longer vouch]"), "{cleos}");
}

#[test]
fn an_emergency_takes_what_binds() {
    let (mut stage, anna, [bo, ..]) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.intends(bo, appeal, 50);
    stage.alarm(anna, 500, "Fire");
    let scene = stage.scene(bo);
    let screen = english(&scene, card(&scene, anna));
    assert!(
        screen.contains("= Emergency, until 14 November\n> Fire"),
        "{screen}"
    );
    assert!(
        screen.contains("it rests now ❄️") && screen.contains("[🤝 Promise help]"),
        "{screen}"
    );
}

#[test]
fn names_of_helpers_from_three_upward() {
    let (mut stage, anna, friends) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    for friend in friends {
        stage.intends(friend, appeal, 10);
    }
    let eve = stage.friend("Eve", anna);
    let scene = stage.scene(eve);
    let screen = english(&scene, card(&scene, anna));
    assert!(screen.contains("\n3 people help.\n"), "{screen}");

    let bos = stage.asks(friends[0], 100, "Shoes");
    let link = stage.link(friends[0], friends[0]);
    stage.does(eve, Command::FollowLink { link });
    stage.intends(eve, bos, 5);
    let scene = stage.scene(eve);
    let screen = english(&scene, card(&scene, anna));
    assert!(
        screen.contains("\nHelping: Bo and 2 more\n") && !screen.contains("€10"),
        "{screen}"
    );
}

#[test]
fn payment_details_wait_for_a_freshly_linked_account() {
    let (mut stage, anna, [bo, ..]) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.intends(bo, appeal, 50);
    let mut scene = stage.scene(bo);
    scene.pay_hidden = true;
    let screen = english(&scene, card(&scene, anna));
    assert!(
        screen.contains("72 hours after it was linked") && !screen.contains("AB12"),
        "{screen}"
    );
}

#[test]
fn what_is_beyond_need_is_said_plainly() {
    let (mut stage, anna, [bo, cleo, _]) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.does(
        bo,
        Command::RecordGiven {
            appeal,
            amount: euro(300),
            form: Form::Thing,
            note: None,
        },
    );
    let scene = stage.scene(cleo);
    let screen = english(&scene, card(&scene, anna));
    assert!(
        screen.contains("Nothing is missing any more.") && screen.contains("[❤️ Help]"),
        "{screen}"
    );
}

#[test]
fn ones_own() {
    let (stage, anna, _) = anna();
    let scene = stage.scene(anna);
    let screen = english(&scene, card(&scene, anna));
    assert!(
        screen.contains("[🙏 My request]") && !screen.contains("Block") && !screen.contains("Help]"),
        "{screen}"
    );
}

#[test]
fn nobody_for_who_may_not_see_them_and_unblocking_for_who_blocked_them() {
    let (mut stage, anna, [bo, ..]) = anna();
    let stranger = stage.person("Stranger");
    assert_eq!(card(&stage.scene(stranger), anna), None);
    stage.does(bo, Command::Block { member: anna });
    assert_eq!(card(&stage.scene(anna), bo), None);
    let scene = stage.scene(bo);
    let [english, russian] = both(&scene, card(&scene, anna));
    assert!(
        english.starts_with("# Anna is blocked") && english.contains("[Unblock]"),
        "{english}"
    );
    assert!(russian.contains("[Разблокировать]"), "{russian}");
}

/// M7, M9: whoever still has something to settle with somebody they may not see is shown that, by name and mark, whatever
/// the reason; it is no answer to whether they are blocked, or ask for help.
#[test]
fn a_counterparty_sees_what_is_to_be_settled_and_nothing_else() {
    let (mut stage, anna, [bo, cleo, _]) = anna();
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.intends(bo, appeal, 50);
    let obligation = ObligationId(stage.ledger.next_number());
    stage.does(
        cleo,
        Command::MakeOffer {
            to: anna,
            side: Side::Creditor,
            amount: euro(20),
            form: Form::Time,
            due: None,
            note: None,
            given: false,
        },
    );
    let offer = exodus_core::OfferId(obligation.0);
    stage.does(anna, Command::AnswerOffer { offer, accept: true });
    stage.does(anna, Command::Block { member: cleo });
    for (reader, other, who) in [(cleo, anna, "Anna"), (anna, cleo, "Cleo")] {
        let scene = stage.scene(reader);
        let [english, _] = both(&scene, card(&scene, other));
        assert!(english.contains("€20 (time) by 30 November"), "{english}");
        assert!(
            english.contains(who) && !english.contains("Rent") && !english.contains("Translator"),
            "{english}"
        );
        assert_eq!(english.contains("Unblock"), reader == anna, "{english}");
        let draft = resolve::with_person(&scene, Draft::help(exodus_ui::draft::Help::Promise, None), other);
        let asks_for_nothing = matches!(draft, Draft::Help { appeal: None, .. });
        assert!(asks_for_nothing, "{draft:?}");
    }
    let found = |stage: &Stage, reader, name: &str| {
        let scene = stage.scene(reader);
        [resolve::find(&scene, name), resolve::find_party(&scene, name)]
            .map(|found| matches!(found, resolve::Found::One(_)))
    };
    // Named, they are as unknown as who does not exist, but where something is to be reported or confirmed.
    assert_eq!(found(&stage, cleo, "anna"), [false, true]);
    assert_eq!(found(&stage, cleo, "nobody"), [false, false]);
    stage.does(anna, Command::Block { member: bo });
    assert_eq!(
        card(&stage.scene(bo), anna),
        None,
        "nothing is to be settled with Bo"
    );
    assert_eq!(found(&stage, bo, "anna"), [false, false]);
}

/// U3: a block is taken back with one tap; what it ends is not, so it asks then and says what.
#[test]
fn a_block_asks_when_something_ends_by_it() {
    let (mut stage, anna, [bo, ..]) = anna();
    let block = Deed::plain(Command::Block { member: anna });
    let asked = Act::Ask(Draft::Sure {
        deed: block.clone(),
        sure: None,
    });
    let blocks = |stage: &Stage| {
        let screen = card(&stage.scene(bo), anna).expect("a card");
        let choice = screen
            .choices
            .iter()
            .find(|choice| choice.label.id == "card-choice-block");
        choice.expect("a way to block").act.clone()
    };
    assert_eq!(blocks(&stage), Act::Do(block));
    let appeal = stage.ledger.current_appeal(anna).expect("asks").id;
    stage.intends(bo, appeal, 50);
    assert_eq!(blocks(&stage), asked);
    let scene = stage.scene(bo);
    let Act::Ask(draft) = asked else {
        panic!("a question")
    };
    let words = super::super::sure(&scene, &draft).expect("words");
    let [english, russian] = both(&scene, Some(exodus_ui::Screen::new(Route::Home, words)));
    assert!(
        english.ends_with("This ends for good, even if you take the block back: 1 intention."),
        "{english}"
    );
    assert!(
        russian.contains("(Anna)") && russian.ends_with(": 1 намерение."),
        "{russian}"
    );
}
