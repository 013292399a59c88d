//! Clearing: consent, the announcement, the run, what it settles (K2–K7; C1, C3.2, L13, L14, M8).

use exodus_core::{
    Actor, Amount, ClearedBy, Command, Fact, MemberId, ObligationId, ObligationState, Period, Refusal,
    ReportId, RunId, SetOff, SettlementKind, notice::Category, period, set_off, view,
};

use crate::village::{Village, date, units};

/// Three who owe each other in a ring, outside any appeal: 50, 30 and 40.
pub(crate) fn ring() -> (Village, [MemberId; 3], [ObligationId; 3]) {
    let mut village = Village::new();
    let people = village.newcomers::<3>();
    let [one, two, three] = people;
    for (owner, other) in [(one, two), (two, three), (three, one)] {
        let appeal = village.orange(owner, units(1000));
        village.intend(other, appeal, units(1));
    }
    let obligations = [
        village.agree(one, two, units(50)),
        village.agree(two, three, units(30)),
        village.agree(three, one, units(40)),
    ];
    (village, people, obligations)
}

fn all_consent(village: &mut Village, people: &[MemberId]) {
    for &member in people {
        village.say(member, Command::ConsentToClearing { consents: true });
    }
}

fn outstanding(village: &Village, obligations: &[ObligationId]) -> Vec<Amount> {
    obligations
        .iter()
        .map(|&id| village.obligation(id).outstanding())
        .collect()
}

fn cleared(village: &Village, obligation: ObligationId) -> Amount {
    village.obligation(obligation).cleared()
}

#[test]
fn k3_a_ring_is_set_off_by_its_smallest() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 26));
    assert_eq!(
        outstanding(&village, &obligations),
        [units(20), units(0), units(10)]
    );
    let closed = village.obligation(obligations[1]);
    assert!(matches!(
        closed.state,
        ObligationState::Fulfilled {
            late: false,
            by_silence: false,
            ..
        }
    ));
    let run = village.ledger.clearing().ran.unwrap();
    assert_eq!((run.obligations, run.total, run.left), (3, 9_000, 0));
    let kinds: Vec<_> = closed
        .settlements
        .iter()
        .map(|row| (row.kind, row.amount))
        .collect();
    assert_eq!(kinds, [(SettlementKind::Cleared { run: run.id }, units(30))]);
    // M8: wholly cleared is fulfilled on time; the other two are still open.
    assert_eq!(village.member(people[1]).reputation.on_time, 1);
    assert_eq!(village.member(people[0]).reputation.on_time, 0);
}

#[test]
fn k2_off_by_default_and_only_with_both_consents() {
    let (mut village, people, obligations) = ring();
    village.say(people[0], Command::ConsentToClearing { consents: true });
    village.say(people[1], Command::ConsentToClearing { consents: true });
    assert_eq!(
        village.ledger.claims().count(),
        1,
        "only what the two owe each other"
    );
    village.until(date(2026, 11, 26));
    assert_eq!(
        outstanding(&village, &obligations),
        [units(50), units(30), units(40)]
    );
    assert!(
        village
            .ledger
            .clearing()
            .ran
            .is_some_and(|run| run.obligations == 0)
    );
}

#[test]
fn k2_a_word_about_one_obligation_stands_over_the_general_choice() {
    let (mut village, people, [first, second, third]) = ring();
    all_consent(&mut village, &people);
    let no = |obligation| Command::ConsentToClear {
        obligation,
        consents: false,
    };
    village.say(people[1], no(second));
    assert!(village.ledger.claim(second).is_none(), "its debtor said no");
    let yes = Command::ConsentToClear {
        obligation: second,
        consents: true,
    };
    village.say(people[1], yes);
    assert_eq!(
        village.obligation(second).consents.debtor,
        None,
        "as the general choice says: no word of its own"
    );
    village.say(people[2], Command::ConsentToClearing { consents: false });
    assert_eq!(
        village
            .ledger
            .claims()
            .map(|claim| claim.obligation)
            .collect::<Vec<_>>(),
        [first]
    );
    for obligation in [second, third] {
        village.say(
            people[2],
            Command::ConsentToClear {
                obligation,
                consents: true,
            },
        );
    }
    assert_eq!(
        village.ledger.claims().count(),
        3,
        "for single obligations, on either side"
    );
    assert_eq!(
        village.try_say(people[2], no(first)),
        Err(Refusal::Unknown),
        "not one of theirs"
    );
}

#[test]
fn k2_what_is_frozen_reported_overdue_or_of_an_emergency_takes_no_part() {
    let (mut village, people, [first, second, third]) = ring();
    all_consent(&mut village, &people);
    let report = village.report(first, units(20));
    assert_eq!(
        village.ledger.claim(first).unwrap().amount,
        units(30),
        "what is not reported"
    );
    village.say(people[1], Command::Refuse { report });
    assert_eq!(village.ledger.claim(first).unwrap().amount, units(50));
    village.red(people[0], units(100), 30);
    assert!(
        village.ledger.claim(first).is_none(),
        "its debtor is in an emergency"
    );
    assert!(
        village.ledger.claim(third).is_some(),
        "what is owed to them is due"
    );
    let appeal = village.ledger.current_appeal(people[0]).unwrap().id;
    let promised = village.promise(people[1], appeal, units(5));
    assert!(village.ledger.claim(promised).is_none(), "towards an emergency");
    let consent = Command::ConsentToClear {
        obligation: promised,
        consents: true,
    };
    assert_eq!(village.try_say(people[1], consent), Err(Refusal::NotCleared));
    // Overdue after the month's end: the run of November cleared nothing, for the ring is broken.
    village.until(date(2026, 12, 2));
    assert!(village.obligation(second).is_overdue());
    assert!(village.ledger.claim(second).is_none());
}

#[test]
fn k7_announced_on_the_22nd_and_run_on_the_25th() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 21));
    village.letters();
    assert_eq!(village.ledger.clearing().awaited(), None);
    village.until(date(2026, 11, 22));
    let announced = village.ledger.clearing().awaited().unwrap();
    assert_eq!(
        (announced.period, announced.on),
        (Period::of(date(2026, 11, 1)), date(2026, 11, 25))
    );
    let letters = village.letters();
    for member in people {
        assert!(
            letters
                .iter()
                .any(|letter| letter.to == member && letter.category == Category::Clearing)
        );
    }
    village.until(date(2026, 11, 24));
    assert_eq!(cleared(&village, obligations[0]), units(0));
    village.until(date(2026, 11, 25));
    assert_eq!(cleared(&village, obligations[0]), units(30));
    assert_eq!(village.ledger.clearing().awaited(), None);
    village.until(date(2026, 11, 30));
    assert_eq!(cleared(&village, obligations[0]), units(30), "once a month");
}

#[test]
fn k7_never_on_the_day_it_is_announced() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    // The system slept until the 25th.
    village.at = village
        .ledger
        .policy
        .zone
        .instant(date(2026, 11, 25).at(12, 0, 0, 0));
    village.tick();
    assert_eq!(
        village.ledger.clearing().awaited().unwrap().on,
        date(2026, 11, 26)
    );
    assert_eq!(cleared(&village, obligations[0]), units(0));
    village.days(1);
    assert_eq!(cleared(&village, obligations[0]), units(30));
}

#[test]
fn k7_no_day_left_no_run() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.at = village
        .ledger
        .policy
        .zone
        .instant(date(2026, 11, 30).at(12, 0, 0, 0));
    village.tick();
    assert_eq!(village.ledger.clearing().announced, None);
    village.days(2);
    assert_eq!(cleared(&village, obligations[0]), units(0));
}

#[test]
fn k7_always_before_the_roll_over_also_after_downtime() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 23));
    // Down from here until the 4th of December: a member comes before the scheduler does.
    village.at = village
        .ledger
        .policy
        .zone
        .instant(date(2026, 12, 4).at(12, 0, 0, 0));
    let word = Command::ConsentToClearing { consents: false };
    assert_eq!(
        village.try_say(people[0], word.clone()),
        Err(Refusal::ClearingFirst)
    );
    assert_eq!(village.member(people[0]).period, Period::of(date(2026, 11, 1)));
    village.tick();
    assert_eq!(cleared(&village, obligations[0]), units(30));
    let settled = village.obligation(obligations[1]).settlements[0];
    assert_eq!(
        settled.period,
        Period::of(date(2026, 11, 1)),
        "in the month it was announced for"
    );
    assert!(village.obligation(obligations[1]).is_fulfilled());
    assert_eq!(village.member(people[0]).period, Period::of(date(2026, 12, 1)));
    village.say(people[0], word);
}

#[test]
fn k7_consent_withdrawn_in_time_is_heard() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 24));
    village.say(people[0], Command::ConsentToClearing { consents: false });
    village.until(date(2026, 11, 27));
    assert_eq!(
        outstanding(&village, &obligations),
        [units(50), units(30), units(40)]
    );
}

/// The run as it would be planned now.
fn planned(village: &Village) -> Vec<SetOff> {
    set_off::plan(&village.ledger.claims().collect::<Vec<_>>()).unwrap()
}

/// Decides a run at the first instant of the 25th, without letting it happen.
fn decided(village: &Village, set_offs: Vec<SetOff>) -> Result<usize, Refusal> {
    let period = Period::of(date(2026, 11, 1));
    let envelope = exodus_core::Envelope {
        id: exodus_core::CommandId(1),
        by: Actor::Clock,
        at: village.ledger.policy.zone.start_of(date(2026, 11, 25)),
        command: Command::RunClearing { period, set_offs },
    };
    exodus_core::decide(&village.ledger, &envelope).map(|events| events.len())
}

#[test]
fn k4_k5_a_plan_that_is_unsound_or_stale_is_not_applied() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 24));
    let plan = planned(&village);
    assert_eq!(decided(&village, plan.clone()), Ok(1));
    let tampered = |change: &dyn Fn(&mut Vec<SetOff>)| {
        let mut plan = plan.clone();
        change(&mut plan);
        plan
    };
    let unsound = [
        tampered(&|plan| plan[0].amount = units(29)),
        tampered(&|plan| plan.iter_mut().for_each(|row| row.amount = units(31))),
        tampered(&|plan| plan.truncate(2)),
        tampered(&|plan| plan.push(plan[0])),
        tampered(&|plan| plan.swap(0, 1)),
        tampered(&|plan| plan[1].of = units(40)),
        tampered(&|plan| plan[0].creditor = plan[0].debtor),
        tampered(&|plan| plan.iter_mut().for_each(|row| row.amount = units(0))),
    ];
    for plan in unsound {
        assert_eq!(decided(&village, plan), Err(Refusal::ClearingChanged));
    }
    // Something changed since the snapshot: computed again, it is less.
    village.report(obligations[2], units(25));
    assert_eq!(decided(&village, plan), Err(Refusal::ClearingChanged));
    let again = planned(&village);
    assert_eq!(
        again.iter().map(|row| row.amount).collect::<Vec<_>>(),
        [units(15); 3]
    );
    assert_eq!(decided(&village, again), Ok(1));
}

#[test]
fn k5_a_run_binds_before_anything_else_can_happen() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 24));
    village.at = village.ledger.policy.zone.start_of(date(2026, 11, 25));
    // The run alone, and nothing carried out yet.
    let command = period::due_for_all(&village.ledger, village.at).unwrap();
    village.clock(command);
    assert_eq!(village.ledger.clearing().ran.unwrap().left, 3);
    assert_eq!(village.ledger.invariants(), Ok(()));
    // Who owes 30 can not report them any more: they are cleared first.
    let report = Command::Report {
        obligation: obligations[1],
        amount: None,
        note: None,
    };
    assert_eq!(village.try_say(people[1], report), Err(Refusal::NoLonger));
    assert_eq!(cleared(&village, obligations[1]), units(30));
    assert_eq!(
        village.ledger.clearing().ran.unwrap().left,
        0,
        "the two of them are at an end of all three"
    );
}

#[test]
fn k6_every_participant_is_given_their_statement() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 26));
    let run = village.ledger.clearing().ran.unwrap().id;
    let set_offs = village.journal.iter().find_map(|event| match &event.fact {
        Fact::ClearingRan { set_offs, .. } => Some(set_offs.clone()),
        _ => None,
    });
    let chains = set_off::Chains::of(&set_offs.unwrap());
    let statement =
        |viewer| view::statement(&village.ledger, viewer, run, &village.journal, &chains).unwrap();
    let mine = statement(people[0]);
    assert_eq!(mine.sums(true), [units(50), units(30), units(20)]);
    assert_eq!(mine.sums(false), [units(40), units(30), units(10)]);
    assert_eq!(
        mine.rows.iter().map(|row| row.obligation).collect::<Vec<_>>(),
        [obligations[0], obligations[2]]
    );
    let names: Vec<_> = people.map(view::Who::Member).to_vec();
    assert_eq!(mine.chains, [(names, units(30))], "me → two → three → me");
    let told = village
        .journal
        .iter()
        .filter(|event| matches!(event.fact, Fact::ClearingStated { .. } | Fact::MonthNudged { .. }));
    assert_eq!(
        told.count(),
        3,
        "each in one message: with the nudge where something is unfinished (C1), else by itself"
    );
    assert!(
        people
            .iter()
            .all(|&member| village.member(member).clearing.stated == Some(run))
    );
    let stranger = village.newcomer();
    assert_eq!(
        view::statement(&village.ledger, stranger, run, &village.journal, &chains),
        None
    );
}

#[test]
fn k6_names_only_of_those_the_reader_may_see() {
    let mut village = Village::new();
    // Four in a ring; who is two steps away is not known to each other.
    let people = village.newcomers::<4>();
    let mut obligations = Vec::new();
    for nth in 0..4 {
        let (debtor, creditor) = (people[nth], people[(nth + 1) % 4]);
        obligations.push(village.introduced_both(debtor, creditor, |village| {
            village.agree(debtor, creditor, units(10))
        }));
    }
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 26));
    assert_eq!(outstanding(&village, &obligations), [units(0); 4]);
    let run = village.ledger.clearing().ran.unwrap().id;
    let set_offs = village.journal.iter().find_map(|event| match &event.fact {
        Fact::ClearingRan { set_offs, .. } => Some(set_offs.clone()),
        _ => None,
    });
    let chains = set_off::Chains::of(&set_offs.unwrap());
    let mine = view::statement(&village.ledger, people[0], run, &village.journal, &chains).unwrap();
    let someone = view::Who::Someone;
    // Nothing ties them any more: all is settled.
    assert_eq!(
        mine.chains,
        [(
            vec![view::Who::Member(people[0]), someone, someone, someone],
            units(10)
        )]
    );
    assert!(mine.rows.iter().all(|row| row.other == someone));
}

#[test]
fn c3_2_and_l14_what_is_cleared_counts_as_help_and_comes_back() {
    let mut village = Village::new();
    let [one, two] = village.newcomers();
    let (of_one, of_two) = (village.orange(one, units(100)), village.orange(two, units(100)));
    let first = village.oblige(two, of_one, units(30));
    let second = village.oblige(one, of_two, units(50));
    all_consent(&mut village, &[one, two]);
    village.until(date(2026, 11, 26));
    assert_eq!(
        [cleared(&village, first), cleared(&village, second)],
        [units(30), units(30)]
    );
    let seen = view::appeal(&village.ledger, one, of_one).unwrap();
    assert_eq!(
        (seen.confirmed, seen.promised, seen.missing),
        (units(30), units(0), units(70))
    );
    let seen = view::appeal(&village.ledger, two, of_two).unwrap();
    assert_eq!(
        (seen.confirmed, seen.promised, seen.missing),
        (units(30), units(20), units(50))
    );
    assert!(
        village.ledger.is_in_circle(of_one, two),
        "help cleared in the current period holds them"
    );
    village.month();
    let back = village.ledger.intention_of(two, of_one).unwrap();
    assert_eq!(back.amount, units(30));
    assert_eq!(
        village.ledger.intention_of(one, of_two),
        None,
        "part of that one is overdue, or still open"
    );
}

#[test]
fn l13_a_report_after_clearing_is_of_what_is_left() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 26));
    let report = |amount| Command::Report {
        obligation: obligations[0],
        amount: Some(amount),
        note: None,
    };
    let most = units(20);
    assert_eq!(
        village.try_say(people[0], report(units(21))),
        Err(Refusal::AboveOutstanding { outstanding: most })
    );
    village.say(people[0], report(most));
    let report = ReportId {
        obligation: obligations[0],
        nth: 0,
    };
    village.say(people[1], Command::Confirm { report, amount: None });
    let row = village.obligation(obligations[0]);
    assert_eq!(
        (row.performed(), row.cleared(), row.settled()),
        (units(20), units(30), units(50))
    );
    assert!(row.is_fulfilled());
    // L16: the confirmation can be opened again; what is cleared stays.
    village.say(people[1], Command::Reopen { report, reason: None });
    assert_eq!(village.obligation(obligations[0]).outstanding(), units(20));
    assert_eq!(village.ledger.invariants(), Ok(()));
}

#[test]
fn k7_only_the_clock_runs_it() {
    let (mut village, people, _) = ring();
    let period = Period::of(date(2026, 11, 1));
    for command in [
        Command::AnnounceClearing { period },
        Command::RunClearing {
            period,
            set_offs: Vec::new(),
        },
        Command::CarryOutClearing { member: people[0] },
        Command::TellClearing {
            member: people[0],
            period,
        },
        Command::StateClearing {
            member: people[0],
            run: RunId(1),
        },
    ] {
        assert_eq!(village.try_say(people[0], command), Err(Refusal::ClockOnly));
    }
}

#[test]
fn k5_each_settlement_names_the_run_and_what_was_there_before() {
    let (mut village, people, obligations) = ring();
    all_consent(&mut village, &people);
    village.until(date(2026, 11, 26));
    let run = village.ledger.clearing().ran.unwrap().id;
    let facts: Vec<_> = village
        .journal
        .iter()
        .filter_map(|event| match event.fact {
            Fact::ObligationCleared {
                obligation,
                by,
                before,
                amount,
                ..
            } => Some((obligation, by, before, amount)),
            _ => None,
        })
        .collect();
    let by = ClearedBy::Run { run };
    let mut expected = vec![
        (obligations[0], by, units(50), units(30)),
        (obligations[1], by, units(30), units(30)),
        (obligations[2], by, units(40), units(30)),
    ];
    let mut facts = facts;
    facts.sort_by_key(|fact| fact.0);
    expected.sort_by_key(|fact| fact.0);
    assert_eq!(facts, expected);
}
