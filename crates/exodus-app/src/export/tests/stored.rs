//! Exports through an application and its store: what is gathered, page by page, and what is kept back.

use std::sync::Arc;

use exodus_core::{Actor, Amount, Command, CommandId, Fact, Form, LinkId, MemberId, NoteId, Timestamp};
use exodus_i18n::Unit;
use exodus_store::{AccountKey, Done, ManualClock, Options, PayEntry, Person, Personal, Random, Store, Work};
use exodus_ui::act::ExportForm;
use serde_json::Value;

use crate::{App, Community, Limits, Settings};

struct World {
    app: App,
    clock: Arc<ManualClock>,
}

impl World {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp::from_seconds(1_793_707_200)));
        let mut options = Options::new(":memory:");
        options.clock = clock.clone();
        options.random = Random::seeded(1);
        let community = Community {
            unit: Unit::default(),
            currencies: Vec::new(),
            support: None,
            source: String::new(),
        };
        let settings = Settings {
            community,
            language: exodus_i18n::Lang::EN,
            rates: Vec::new(),
            limits: Limits::default(),
            link_key: None,
        };
        Self {
            app: App::new(Store::open(&options).await.unwrap(), settings),
            clock,
        }
    }

    async fn say(&self, by: Actor, command: Command, personal: Vec<Personal>) -> Done {
        let id = CommandId(self.app.store().random().number());
        let work = Work {
            personal,
            ..Work::new(id, by, command.clone())
        };
        let done = self.app.store().transact(work).await.unwrap();
        assert_eq!(done.refusal, None, "{command:?}");
        self.clock.advance(60);
        done
    }

    async fn member(&self, name: &str, via: Option<LinkId>) -> MemberId {
        let pay = vec![PayEntry {
            label: "Bank".to_owned(),
            text: format!("account of {name}"),
            default: true,
        }];
        let person = Person {
            name: name.to_owned(),
            language: "en".to_owned(),
            pay,
            ..Person::default()
        };
        let whose = exodus_store::Whose::Registered;
        let account = AccountKey::new("console", name);
        let personal = vec![
            Personal::SetPerson { whose, person },
            Personal::AddAccount { whose, account },
        ];
        let done = self
            .say(Actor::Newcomer, Command::Register { via }, personal)
            .await;
        let registered = |fact: &Fact| {
            if let Fact::Registered { member, .. } = fact {
                Some(*member)
            } else {
                None
            }
        };
        done.events
            .iter()
            .find_map(|(_, event)| registered(&event.fact))
            .unwrap()
    }

    async fn link(&self, by: MemberId, about: MemberId) -> LinkId {
        let command = Command::MakeLink {
            about,
            max_uses: None,
            expires: None,
        };
        let done = self.say(Actor::Member(by), command, Vec::new()).await;
        let made = |fact: &Fact| {
            if let Fact::LinkMade { link, .. } = fact {
                Some(*link)
            } else {
                None
            }
        };
        done.events
            .iter()
            .find_map(|(_, event)| made(&event.fact))
            .unwrap()
    }

    async fn json(&self, member: MemberId) -> Value {
        let files = self.app.export(member, ExportForm::Json).await.unwrap();
        serde_json::from_slice(&files[0].bytes).unwrap()
    }
}

fn words(by: MemberId, id: u128, text: &str) -> Vec<Personal> {
    vec![Personal::PutNote {
        id: NoteId(id),
        whose: by.into(),
        text: text.to_owned(),
    }]
}

#[tokio::test]
async fn everything_of_ones_own_is_gathered() {
    let world = World::new().await;
    let anna = world.member("Anna", None).await;
    let own_link = world.link(anna, anna).await;
    let bo = world.member("Bo", Some(own_link)).await;
    let asks = Command::AskMonthly {
        target: Amount::from_minor(10_000),
        purpose: Some(NoteId(1)),
        findable: false,
    };
    world
        .say(Actor::Member(anna), asks, words(anna, 1, "for the children"))
        .await;
    let ledger = world.app.store().load_all().await.unwrap();
    let appeal = ledger.current_appeal(anna).unwrap().id;
    // More entries than fit on a page, on both sides.
    for amount in 1..=12 {
        let amount = Amount::from_minor(amount * 100);
        let intends = Command::Intend {
            appeal,
            amount,
            form: Form::Thing,
            note: Some(NoteId(2)),
        };
        let note = if amount.minor() == 100 {
            words(bo, 2, "a bicycle")
        } else {
            Vec::new()
        };
        world.say(Actor::Member(bo), intends, note).await;
    }
    let vouch = Command::Vouch {
        appeal,
        note: Some(NoteId(3)),
    };
    world
        .say(Actor::Member(bo), vouch, words(bo, 3, "it is true"))
        .await;
    // Bo leads somebody to Anna, whom Bo does not see.
    let led = world.link(bo, anna).await;
    let third = world.member("Third", Some(led)).await;

    let of_bo = world.json(bo).await;
    assert_eq!(of_bo["profile"][0]["name"], "Bo");
    assert_eq!(of_bo["payment_details"][0]["text"], "account of Bo");
    assert_eq!(of_bo["accounts"][0]["address"], "Bo");
    assert_eq!(of_bo["intentions"][0]["amount"], "12.00");
    assert_eq!(of_bo["intentions"][0]["note"], "a bicycle");
    assert_eq!(of_bo["vouches"][0]["words"], "it is true");
    assert_eq!(of_bo["referrals"][0]["direction"], "invited_me");
    assert_eq!(of_bo["referrals"][1]["direction"], "invited_by_me");
    let link = of_bo["links"]
        .as_array()
        .unwrap()
        .iter()
        .find(|link| link["leads_to"] == "Anna")
        .unwrap();
    assert_eq!(
        link["used"], 1,
        "who followed it is known only from the link's own history"
    );
    let journal = of_bo["journal"].as_array().unwrap();
    let changes = journal
        .iter()
        .filter(|entry| entry["what"] == "intention_changed")
        .count();
    assert_eq!(changes, 11);
    assert!(
        journal
            .iter()
            .zip(1..)
            .all(|(entry, number)| entry["number"] == number)
    );

    let of_anna = world.json(anna).await;
    assert_eq!(of_anna["appeals"][0]["purpose"], "for the children");
    assert_eq!(of_anna["intentions"][0]["direction"], "for_me");
    assert_eq!(of_anna["intentions"][0]["note"], "a bicycle");
    assert_eq!(of_anna["vouches"][0]["words"], "it is true");
    assert_eq!(of_anna["appeals"][0]["purpose"], "for the children");
    assert!(!of_bo.to_string().contains("for the children"));
    assert!(
        of_anna["links"]
            .as_array()
            .unwrap()
            .iter()
            .any(|link| link["with"] == "Bo" && link["used"] == 1)
    );

    world
        .say(Actor::Member(anna), Command::Block { member: bo }, Vec::new())
        .await;
    let (of_bo, of_anna) = (world.json(bo).await, world.json(anna).await);
    assert!(!of_bo.to_string().contains("Anna"), "{of_bo}");
    assert!(
        !of_anna.to_string().contains("\"Bo\"") && !of_anna.to_string().contains("it is true"),
        "{of_anna}"
    );
    assert_eq!(of_anna["blocks"][0]["with"], "member 1");

    let files = world.app.export(third, ExportForm::Hledger).await.unwrap();
    assert_eq!(files[0].name, "exodus.journal");
}

#[tokio::test]
async fn m1_payment_details_are_kept_back_for_three_days_after_an_account_was_linked() {
    let world = World::new().await;
    let anna = world.member("Anna", None).await;
    let mut person = world.app.store().person(anna).await.unwrap().unwrap();
    let now = world.app.store().now();
    person
        .extra
        .insert("linked-at:console:Anna".to_owned(), now.seconds().to_string());
    let personal = vec![Personal::SetPerson {
        whose: anna.into(),
        person,
    }];
    let work = Work::personal(CommandId(7), Actor::Member(anna), personal);
    world.app.store().transact(work).await.unwrap();
    let early = world.json(anna).await;
    assert_eq!(early["profile"][0]["payment_details_hidden"], true);
    assert_eq!(early["payment_details"], serde_json::json!([]));
    world.clock.advance(73 * 3600);
    let late = world.json(anna).await;
    assert_eq!(late["profile"][0]["payment_details_hidden"], false);
    assert_eq!(late["payment_details"][0]["text"], "account of Anna");
}

#[tokio::test]
async fn m10_whatever_is_kept_of_a_person_is_exported() {
    let world = World::new().await;
    let anna = world.member("Anna", None).await;
    let bo = world.member("Bo", None).await;
    let now = world.app.store().now();
    let mut person = world.app.store().person(anna).await.unwrap().unwrap();
    person.seen = vec!["first-steps".to_owned()];
    person.extra.insert("colour".to_owned(), "none".to_owned());
    let account = AccountKey::new("matrix", "@bo:example.org");
    let claim = serde_json::json!({ "account": account, "from": bo, "until": now.plus_hours(24) });
    person.extra.insert("linking-claim".to_owned(), claim.to_string());
    let personal = vec![Personal::SetPerson {
        whose: anna.into(),
        person,
    }];
    let work = Work::personal(CommandId(9), Actor::Member(anna), personal);
    world.app.store().transact(work).await.unwrap();
    let all = world.json(anna).await;
    let kept = serde_json::json!([
        { "what": "hint_seen", "value": "first-steps" },
        { "what": "colour", "value": "none" },
    ]);
    assert_eq!(all["kept_besides"], kept);
    let asked = &all["linking_asked"][0];
    assert_eq!(
        (asked["platform"].as_str(), asked["address"].as_str()),
        (Some("matrix"), Some("@bo:example.org"))
    );
    assert!(asked["until"].is_string());
    // Too late to be answered, it is nobody's any more; and nobody's number is ever told.
    world.clock.advance(25 * 3600);
    let all = world.json(anna).await;
    assert_eq!(all["linking_asked"], serde_json::json!([]));
    assert_eq!(all["kept_besides"], kept);
}
