//! Records, lists and the organizer have words for both sides, and buttons for the one whose turn it is.
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]

use exodus_core::{Command, Fact, ReportId, view};
use exodus_ui::{Act, Block, Deed, Draft, Screen, Tab};

use super::{
    super::{offer::offer, organizer},
    intention, obligation,
    samples::{
        ANNA, BO, CARA, EVERYBODY, INTENTION, OBLIGATION, OFFER, REPORT, facts, more_facts, scene, shown,
        story,
    },
};

fn does(screen: &Screen, command: &Command) -> bool {
    screen
        .acts()
        .iter()
        .any(|act| matches!(act, Act::Do(Deed::Ledger { command: this, .. }) if this == command))
}

fn asks_first(screen: &Screen, command: &Command) -> bool {
    let is = |deed: &Deed| matches!(deed, Deed::Ledger { command: this, .. } if this == command);
    screen
        .acts()
        .iter()
        .any(|act| matches!(act, Act::Ask(Draft::Sure { deed, .. }) if is(deed)))
}

#[test]
fn every_record_has_words_for_whoever_sees_it() {
    let ends = facts().into_iter().chain(more_facts());
    for end in ends {
        let happened = [story(), vec![end]].concat();
        for viewer in EVERYBODY {
            let scene = scene(viewer, &happened);
            let records = [
                intention(&scene, INTENTION),
                obligation(&scene, OBLIGATION),
                offer(&scene, OFFER),
            ];
            records.iter().flatten().for_each(shown);
            shown(&organizer::organizer(&scene));
            for tab in [
                Tab::Mine,
                Tab::ForMe,
                Tab::ToConfirm,
                Tab::Fulfilled,
                Tab::NotKept,
            ] {
                shown(&organizer::records(&scene, tab, 0));
            }
        }
    }
}

#[test]
fn nobody_else_sees_a_record() {
    let scene = scene(CARA, &story());
    assert!(intention(&scene, INTENTION).is_none());
    assert!(obligation(&scene, OBLIGATION).is_none());
    assert!(offer(&scene, OFFER).is_none());
}

#[test]
fn who_owes_reports_and_who_is_owed_answers() {
    let report = Command::Report {
        obligation: OBLIGATION,
        amount: None,
        note: None,
    };
    let confirm = Command::Confirm {
        report: REPORT,
        amount: None,
    };
    let mine = obligation(&scene(ANNA, &story()), OBLIGATION).expect("Anna's own");
    let theirs = obligation(&scene(BO, &story()), OBLIGATION).expect("owed to Bo");
    assert!(does(&mine, &report) && !does(&mine, &confirm));
    assert!(does(&theirs, &confirm) && !does(&theirs, &report));
    assert!(does(&theirs, &Command::Refuse { report: REPORT }));
}

#[test]
fn what_can_not_be_undone_asks_first() {
    let reported = |fact: &Fact| matches!(fact, Fact::PerformanceReported { .. });
    let open: Vec<_> = story().into_iter().filter(|fact| !reported(fact)).collect();
    let release = Command::Release {
        obligation: OBLIGATION,
    };
    let theirs = obligation(&scene(BO, &open), OBLIGATION).expect("owed to Bo");
    assert!(asks_first(&theirs, &release) && !does(&theirs, &release));

    let mine = intention(&scene(ANNA, &open), INTENTION).expect("Anna's own");
    let now = Command::PerformAtOnce {
        intention: INTENTION,
        amount: None,
        note: None,
    };
    assert!(asks_first(&mine, &now) && !does(&mine, &now));
    assert!(
        does(&mine, &Command::WithdrawIntention { intention: INTENTION }),
        "what can be undone does not ask"
    );
}

#[test]
fn the_default_way_to_send_comes_first() {
    let mine = obligation(&scene(ANNA, &story()), OBLIGATION).expect("Anna's own");
    let label = |block: &Block| {
        let Block::Field { label, .. } = block else {
            return None;
        };
        (label.id == "just").then(|| format!("{:?}", label.args))
    };
    let labels: Vec<String> = mine.blocks.iter().filter_map(label).collect();
    assert!(
        labels.first().is_some_and(|label| label.contains("Bank")),
        "{labels:?}"
    );
}

#[test]
fn the_oldest_report_is_answered_first() {
    let again = Fact::PerformanceReported {
        report: ReportId {
            obligation: OBLIGATION,
            nth: 1,
        },
        debtor: ANNA,
        creditor: BO,
        amount: exodus_core::Amount::from_minor(100),
        holding: exodus_core::Amount::from_minor(100),
        note: None,
    };
    let scene = scene(BO, &[story(), vec![again]].concat());
    let view = view::obligation(&scene.ledger, BO, OBLIGATION, scene.at).expect("owed to Bo");
    assert_eq!(view.reports.len(), 2);
    let screen = obligation(&scene, OBLIGATION).expect("owed to Bo");
    assert!(does(
        &screen,
        &Command::Confirm {
            report: REPORT,
            amount: None
        }
    ));
    assert!(!does(
        &screen,
        &Command::Confirm {
            report: ReportId {
                obligation: OBLIGATION,
                nth: 1
            },
            amount: None
        }
    ));
}

#[test]
fn the_files_of_words_are_faultless() {
    let files = ["records.ftl", "notices.ftl", "history.ftl", "profile.ftl"];
    for lang in exodus_i18n::Lang::all() {
        let faults = exodus_i18n::Catalogue::of(lang).faults().iter();
        let own: Vec<_> = faults
            .filter(|fault| files.iter().any(|file| fault.contains(file)))
            .collect();
        assert!(own.is_empty(), "{own:?}");
    }
}

/// C9: what is reported is not asked for again, also when it is overdue.
#[test]
fn overdue_and_reported_waits_for_the_answer() {
    let wanted = |kind: fn(&Fact) -> bool| facts().into_iter().filter(kind).collect::<Vec<_>>();
    let made = wanted(|fact| matches!(fact, Fact::ObligationMade { .. }));
    let overdue = wanted(|fact| matches!(fact, Fact::ObligationOverdue { .. }));
    let all = Fact::PerformanceReported {
        report: REPORT,
        debtor: ANNA,
        creditor: BO,
        amount: exodus_core::Amount::from_minor(5_000),
        holding: exodus_core::Amount::ZERO,
        note: None,
    };
    let strong = |viewer, happened: &[Fact]| {
        let screen = obligation(&scene(viewer, happened), OBLIGATION).expect("theirs");
        let mut strong = screen.blocks.into_iter().filter_map(|block| match block {
            Block::Strong(text) => Some(text.id.into_owned()),
            _ => None,
        });
        strong.next()
    };
    let open = [made.clone(), overdue.clone()].concat();
    let reported = [made, overdue, vec![all]].concat();
    for viewer in [ANNA, BO] {
        assert_eq!(strong(viewer, &open).as_deref(), Some("rec-overdue"));
        assert_eq!(strong(viewer, &reported).as_deref(), Some("rec-overdue-reported"));
    }
}
