//! Every fact in every category has words for every reader it may reach, or is dropped.

use exodus_core::{Command, Fact, notice::Category};
use exodus_ui::{Act, Deed};

use super::{
    super::record::samples::{
        ANNA, BO, CARA, EVERYBODY, OBLIGATION, REPORT, event, facts, more_facts, scene, shown, story,
    },
    digest, notice,
};

#[test]
fn every_fact_has_words_for_every_reader() {
    for fact in facts().into_iter().chain(more_facts()) {
        for viewer in EVERYBODY {
            let before = scene(viewer, &story());
            let after = scene(viewer, &[story(), vec![fact.clone()]].concat());
            for by in [None, Some(ANNA), Some(BO), Some(CARA)] {
                let event = event(by, fact.clone());
                for category in Category::ALL {
                    for scene in [&before, &after] {
                        notice(scene, &event, category).iter().for_each(shown);
                    }
                }
                digest(
                    &after,
                    &[(event.clone(), Category::CircleNews), (event, Category::Summary)],
                )
                .iter()
                .for_each(shown);
            }
        }
    }
}

/// Whom `exodus_core::notice::notices` tells something is told it; a quiet month is not summarised.
#[test]
fn who_is_to_be_told_is_told() {
    for fact in facts() {
        let scene_of = |viewer| scene(viewer, &[story(), vec![fact.clone()]].concat());
        let event = event(None, fact.clone());
        for told in exodus_core::notice::notices(&scene_of(ANNA).ledger, &event) {
            let exodus_core::notice::Audience::Member(reader) = told.to else {
                continue;
            };
            let quiet = matches!(fact, Fact::MonthSummarised { .. });
            assert!(
                quiet || notice(&scene_of(reader), &event, told.category).is_some(),
                "{fact:?} for {reader:?}"
            );
        }
    }
}

#[test]
fn one_tap_confirms_from_the_notice() {
    let reported = facts()
        .into_iter()
        .find(|fact| matches!(fact, Fact::PerformanceReported { .. }))
        .expect("one");
    let screen = notice(
        &scene(BO, &story()),
        &event(Some(ANNA), reported),
        Category::ReportedAsPerformed,
    );
    let first = screen.expect("waits").acts().into_iter().next();
    let confirm = Deed::plain(Command::Confirm {
        report: REPORT,
        amount: None,
    });
    assert_eq!(first, Some(Act::Do(confirm)));
}

#[test]
fn nobody_is_reminded_of_what_they_have_done() {
    let all = Fact::PerformanceReported {
        report: REPORT,
        debtor: ANNA,
        creditor: BO,
        amount: exodus_core::Amount::from_minor(5_000),
        holding: exodus_core::Amount::from_minor(5_000),
        note: None,
    };
    let made = facts()
        .into_iter()
        .filter(|fact| matches!(fact, Fact::ObligationMade { .. }));
    let reminded = Fact::DebtorReminded {
        obligation: OBLIGATION,
        debtor: ANNA,
        creditor: BO,
        last: false,
    };
    let reminded = event(None, reminded);
    let open = scene(ANNA, &made.clone().collect::<Vec<_>>());
    assert!(notice(&open, &reminded, Category::DueSoon).is_some());
    let done = scene(ANNA, &made.chain([all]).collect::<Vec<_>>());
    assert!(notice(&done, &reminded, Category::DueSoon).is_none());
}

#[test]
fn a_block_is_not_told() {
    let cancelled = Fact::IntentionCancelled {
        intention: exodus_core::IntentionId(11),
        author: ANNA,
        recipient: BO,
        amount: exodus_core::Amount::from_minor(5_000),
        reason: exodus_core::CancelReason::Blocked,
    };
    let blocked = Fact::MemberBlocked {
        member: ANNA,
        other: BO,
    };
    let told = event(Some(ANNA), blocked.clone());
    assert!(notice(&scene(BO, &[blocked]), &told, Category::Cancelled).is_none());
    let line = super::news_line(&scene(BO, &[]), &event(Some(ANNA), cancelled)).expect("Bo's own record");
    assert!(!format!("{line:?}").contains("blocked"));
}
