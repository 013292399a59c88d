//! What changes between the snapshot and the decision (K5).

use std::sync::Arc;

use exodus_core::{Date, Form, LinkId, OfferId, Policy, Side};

use super::*;
use crate::{ManualClock, Options, Random};

/// Two who owe each other 50 and 30 and agree to clearing, on the day of the run.
struct Two {
    store: Store,
    members: [MemberId; 2],
    obligations: [ObligationId; 2],
    _folder: tempfile::TempDir,
}

async fn facts(store: &Store, by: Actor, command: Command) -> Vec<Fact> {
    let id = CommandId(store.random().number());
    let done = store.transact(Work::new(id, by, command.clone())).await.unwrap();
    assert_eq!(done.refusal, None, "{command:?}");
    done.events.into_iter().map(|(_, event)| event.fact).collect()
}

async fn next(store: &Store) -> u64 {
    store.load_all().await.unwrap().next_number()
}

impl Two {
    async fn on_the_day() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::new(folder.path().join("two.sqlite").display().to_string());
        let zone = Policy::default().zone;
        let noon = |day| zone.instant(Date::constant(2026, 11, day).at(12, 0, 0, 0));
        let clock = Arc::new(ManualClock::new(noon(2)));
        options.clock = clock.clone();
        options.random = Random::seeded(3);
        let store = Store::open(&options).await.unwrap();
        let mut members = [MemberId::NOBODY; 2];
        for member in &mut members {
            *member = MemberId(next(&store).await);
            facts(&store, Actor::Newcomer, Command::Register { via: None }).await;
            let (target, purpose, findable) = (Amount::from_minor(900), None, false);
            let ask = Command::AskMonthly {
                target,
                purpose,
                findable,
            };
            facts(&store, Actor::Member(*member), ask).await;
        }
        let [one, other] = members;
        for (about, visitor) in [(one, other), (other, one)] {
            let link = LinkId(next(&store).await);
            let (max_uses, expires) = (None, None);
            let make = Command::MakeLink {
                about,
                max_uses,
                expires,
            };
            facts(&store, Actor::Member(about), make).await;
            facts(&store, Actor::Member(visitor), Command::FollowLink { link }).await;
        }
        let mut obligations = [ObligationId(0); 2];
        for (place, (debtor, creditor, amount)) in
            [(one, other, 50), (other, one, 30)].into_iter().enumerate()
        {
            let offer = OfferId(next(&store).await);
            let make = Command::MakeOffer {
                to: creditor,
                side: Side::Debtor,
                amount: Amount::from_minor(amount),
                form: Form::Money,
                due: None,
                note: None,
                given: false,
            };
            facts(&store, Actor::Member(debtor), make).await;
            obligations[place] = ObligationId(next(&store).await);
            let accept = Command::AnswerOffer { offer, accept: true };
            facts(&store, Actor::Member(creditor), accept).await;
        }
        for member in members {
            let consent = Command::ConsentToClearing { consents: true };
            facts(&store, Actor::Member(member), consent).await;
        }
        clock.set(noon(22));
        assert!(store.clear().await.unwrap());
        clock.set(noon(25));
        Self {
            store,
            members,
            obligations,
            _folder: folder,
        }
    }

    /// A run planned now and decided after something else.
    async fn run_after(&self, by: usize, command: Command) -> bool {
        let tx = dialect::begin_read(self.store.db()).await.unwrap();
        let taking = taking(&tx, &self.store.base).await.unwrap();
        tx.commit().await.unwrap();
        let (seq, part, set_offs) = prepared(taking, self.store.policy().clone());
        assert_eq!(set_offs.len(), 2);
        facts(&self.store, Actor::Member(self.members[by]), command).await;
        let writing = self.store.base.write().await.unwrap();
        let period = self.store.policy().period(self.store.now());
        let decided = self.store.decide_run(writing, period, seq, part, set_offs);
        decided.await.unwrap()
    }
}

fn report(obligation: ObligationId) -> Command {
    Command::Report {
        obligation,
        amount: Some(Amount::from_minor(10)),
        note: None,
    }
}

#[tokio::test]
async fn k5_what_it_is_about_has_changed_and_it_is_computed_again() {
    let two = Two::on_the_day().await;
    let [first, second] = two.obligations;
    assert!(!two.run_after(0, report(first)).await, "an obligation");
    assert!(
        !two.run_after(
            1,
            Command::ConsentToClear {
                obligation: second,
                consents: false
            }
        )
        .await,
        "a consent"
    );
    facts(
        &two.store,
        Actor::Member(two.members[1]),
        Command::ConsentToClear {
            obligation: second,
            consents: true,
        },
    )
    .await;
    assert!(
        !two.run_after(1, Command::ConsentToClearing { consents: false })
            .await,
        "a general consent"
    );
    facts(
        &two.store,
        Actor::Member(two.members[1]),
        Command::ConsentToClearing { consents: true },
    )
    .await;
    let emergency = Command::CallEmergency {
        target: Amount::from_minor(100),
        deadline: Date::constant(2026, 12, 1),
        reason: None,
        talk: None,
    };
    assert!(!two.run_after(0, emergency).await, "somebody's state");
    assert_eq!(two.store.clearing().await.unwrap().ran, None);
}

#[tokio::test]
async fn k5_what_it_is_not_about_may_change() {
    let two = Two::on_the_day().await;
    let forbid = Command::ForbidLinks { forbid: true };
    assert!(two.run_after(0, forbid).await);
    let run = two.store.clearing().await.unwrap().ran.unwrap();
    assert_eq!((run.obligations, run.total), (2, 60));
    assert!(two.store.verify(|_, _| {}).await.unwrap().ok());
}

#[tokio::test]
async fn k5_where_something_changes_all_the_time_it_is_planned_under_the_lock() {
    let two = Two::on_the_day().await;
    let period = two.store.policy().period(two.store.now());
    assert!(two.store.run_within(period).await.unwrap());
    assert_eq!(two.store.clearing().await.unwrap().ran.unwrap().total, 60);
    assert!(two.store.run_within(period).await.unwrap(), "once");
    assert!(two.store.verify(|_, _| {}).await.unwrap().ok());
}
