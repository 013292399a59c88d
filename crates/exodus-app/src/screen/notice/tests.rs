//! Every fact in every category has words for every reader it may reach, or is dropped.
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]

use exodus_core::{Command, Fact, notice::Category};
use exodus_i18n::{Lang, Voice};
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen};

use super::{
    super::record::samples::{
        ANNA, BO, CARA, EVERYBODY, LINK, OBLIGATION, REPORT, event, facts, more_facts, scene, shown, story,
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
                let told = [Category::CircleNews, Category::Summary]
                    .into_iter()
                    .filter_map(|category| notice(&after, &event, category));
                let told: Vec<_> = told.collect();
                if !told.is_empty() {
                    shown(&digest(told));
                }
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
            // A quiet month, a run that nobody awaits or took part in, a proposal that there is not (it was not made here).
            let quiet = matches!(
                fact,
                Fact::MonthSummarised { .. }
                    | Fact::ClearingTold { .. }
                    | Fact::ClearingStated { .. }
                    | Fact::ProposalAsked { .. }
                    | Fact::ProposalConsented { .. }
            );
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

/// What a notice says, without its choices, in a language.
fn read(screen: &Screen, lang: Lang) -> String {
    let voice = Voice::new(lang);
    let texts = screen.blocks.iter().filter_map(|block| match block {
        Block::Line(text) | Block::Strong(text) => Some(voice.say(text).to_string()),
        _ => None,
    });
    std::iter::once(voice.say(&screen.title).to_string())
        .chain(texts)
        .collect::<Vec<_>>()
        .join("\n")
}

fn the(wanted: impl Fn(&Fact) -> bool) -> Fact {
    facts().into_iter().find(wanted).expect("one of every kind")
}

/// U2: nothing comes before a notice, so it has no way back; it leads to what it is about, and home.
#[test]
fn a_notice_leads_to_its_record_and_home() {
    for fact in facts().into_iter().chain(more_facts()) {
        for viewer in EVERYBODY {
            let scene = scene(viewer, &[story(), vec![fact.clone()]].concat());
            for by in [None, Some(ANNA), Some(BO)] {
                let Some(screen) = notice(&scene, &event(by, fact.clone()), Category::CircleNews) else {
                    continue;
                };
                let acts = screen.acts();
                assert!(!acts.contains(&Act::Back), "{fact:?}");
                assert_eq!(acts.last(), Some(&Act::Go(Route::Home)), "{fact:?}");
                let record = super::sees_record(&scene, &screen.route);
                let leads = acts.contains(&Act::Go(screen.route.clone()));
                assert!(leads || !record, "{fact:?} does not lead to {:?}", screen.route);
            }
        }
    }
}

/// C8, C9: what is overdue already is not said to become so; what is reported is not asked for again.
#[test]
fn what_is_overdue_is_called_so() {
    let made = the(|fact| matches!(fact, Fact::ObligationMade { .. }));
    let overdue = the(|fact| matches!(fact, Fact::ObligationOverdue { .. }));
    let suspended = the(|fact| matches!(fact, Fact::MemberSuspended { .. }));
    let reminded = event(None, the(|fact| matches!(fact, Fact::DebtorReminded { .. })));
    let told = |then: &[&Fact], lang| {
        let then: Vec<Fact> = then.iter().map(|fact| (*fact).clone()).collect();
        let screen = notice(&scene(ANNA, &then), &reminded, Category::DueSoon).expect("to be done");
        read(&screen, lang)
    };
    let before = told(&[&made], Lang::RU);
    assert!(
        before.contains("будет просрочено") && before.contains("до 30 ноября"),
        "{before}"
    );
    let after = told(&[&made, &overdue], Lang::RU);
    assert!(!after.contains("будет просрочено"), "{after}");
    assert!(
        after.starts_with("⌛") && after.contains("срок был 30 ноября"),
        "{after}"
    );
    assert!(after.contains("новые обещания приостановятся"), "{after}");
    let again = told(&[&made, &overdue, &suspended], Lang::EN);
    assert!(again.contains("you can promise nothing new for now"), "{again}");
}

/// What an emergency takes binds, and its button says so.
#[test]
fn helping_in_an_emergency_is_called_a_promise() {
    use super::super::tests::stage::Stage;
    let mut stage = Stage::new();
    let anna = stage.person("Anna");
    let bo = stage.friend("Bo", anna);
    for (emergency, label) in [(false, "card-choice-help"), (true, "card-choice-promise")] {
        let (appeal, fact) = if emergency {
            let appeal = stage.alarm(anna, 500, "Fire");
            let row = stage.ledger.appeal(appeal).expect("open").clone();
            let fact = Fact::EmergencyCalled {
                member: anna,
                appeal,
                target: row.target,
                deadline: row.deadline().expect("an emergency"),
                reason: row.purpose,
                talk: row.talk,
            };
            (appeal, fact)
        } else {
            let appeal = stage.asks(anna, 300, "Rent");
            let row = stage.ledger.appeal(appeal).expect("open").clone();
            let fact = Fact::MonthlyAsked {
                member: anna,
                appeal,
                target: row.target,
                purpose: row.purpose,
                findable: false,
                again: false,
            };
            (appeal, fact)
        };
        let screen = notice(
            &stage.scene(bo),
            &event(Some(anna), fact),
            Category::StatusInNetwork,
        );
        let choices = screen.expect("told").choices;
        let helps = choices
            .iter()
            .find(|choice| matches!(choice.act, Act::Ask(Draft::Help { .. })));
        assert_eq!(helps.expect("a way to help").label.id, label, "{appeal:?}");
    }
}

/// U3: closing somebody's link cannot be undone, from a notice neither.
#[test]
fn closing_a_link_asks_from_a_notice_too() {
    let made = the(|fact| matches!(fact, Fact::LinkMade { .. }));
    let screen = notice(
        &scene(BO, std::slice::from_ref(&made)),
        &event(Some(ANNA), made),
        Category::InvitationAccepted,
    );
    let acts = screen.expect("told").acts();
    let closes = |act: &Act| {
        let deed = match act {
            Act::Do(deed) | Act::Ask(Draft::Sure { deed, .. }) => deed,
            _ => return false,
        };
        matches!(
            deed,
            Deed::Ledger {
                command: Command::RevokeLink { .. },
                ..
            }
        )
    };
    let ways: Vec<_> = acts.iter().filter(|act| closes(act)).collect();
    assert!(
        matches!(ways.as_slice(), [Act::Ask(Draft::Sure { .. })]),
        "{ways:?}"
    );
}

/// N4, M7: a link makes no tie between who made it and who follows it; to its maker a stranger is somebody.
#[test]
fn m7_who_follows_a_link_to_another_is_named_only_to_those_who_may_see_them() {
    let followed = |about, maker, visitor| Fact::LinkFollowed {
        link: LINK,
        about,
        maker,
        visitor,
    };
    let read = |viewer, fact: Fact| {
        let event = event(Some(CARA), fact);
        let screen = notice(&scene(viewer, &[]), &event, Category::InvitationAccepted);
        read(&screen.expect("news"), Lang::EN)
    };
    let told = read(ANNA, followed(BO, ANNA, CARA));
    assert!(!told.contains("Cara") && told.contains("link"), "{told}");
}
