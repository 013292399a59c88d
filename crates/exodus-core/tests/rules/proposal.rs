//! What somebody in the middle proposes: to set off what two owe each other (K1), to hand on (K8).

use exodus_core::{
    Command, Fact, MemberId, ObligationId, Origin, ProposalEnding, ProposalId, ProposalState, Refusal,
    SettlementKind, notice::Category, view,
};

use super::clearing::ring;
use crate::village::{Village, date, units};

/// Two who owe each other, outside any appeal: 50 and 30. Who is in the middle is the first.
fn two() -> (Village, [MemberId; 2], [ObligationId; 2]) {
    let mut village = Village::new();
    let [me, other] = village.newcomers();
    let (first, second) = village.introduced_both(me, other, |village| {
        (
            village.agree(other, me, units(50)),
            village.agree(me, other, units(30)),
        )
    });
    (village, [me, other], [first, second])
}

fn propose(village: &mut Village, by: MemberId, first: ObligationId, second: ObligationId) -> ProposalId {
    let proposal = ProposalId(village.ledger.next_number());
    village.say(
        by,
        Command::Propose {
            first,
            second,
            amount: None,
        },
    );
    proposal
}

fn answer(proposal: ProposalId, yes: bool) -> Command {
    Command::AnswerProposal { proposal, yes }
}

fn ending(village: &Village, proposal: ProposalId) -> Option<ProposalEnding> {
    match village.ledger.proposal(proposal).unwrap().state {
        ProposalState::Ended { how, .. } => Some(how),
        ProposalState::Waiting | ProposalState::Agreed { .. } => None,
    }
}

#[test]
fn k1_either_of_two_proposes_and_both_are_reduced() {
    let (mut village, [me, other], [first, second]) = two();
    village.letters();
    let proposal = propose(&mut village, me, first, second);
    assert_eq!(village.told(other), [Category::HandOn]);
    assert_eq!(
        village.obligation(first).outstanding(),
        units(50),
        "nothing is set off by itself"
    );
    village.say(other, answer(proposal, true));
    assert_eq!(village.told(me), [Category::HandOn]);
    assert_eq!(village.obligation(first).outstanding(), units(20));
    assert!(village.obligation(second).is_fulfilled());
    assert_eq!(
        village.obligation(second).settlements[0].kind,
        SettlementKind::SetOff { proposal }
    );
    assert_eq!(village.ledger.invariants(), Ok(()));
    assert_eq!(
        village.try_say(other, answer(proposal, true)),
        Err(Refusal::NoLonger)
    );
    // The other way round, whoever wants it.
    let (mut village, [me, other], [first, second]) = two();
    let proposal = propose(&mut village, other, second, first);
    village.say(me, answer(proposal, true));
    assert_eq!(village.obligation(first).outstanding(), units(20));
}

#[test]
fn k1_declined_withdrawn_or_late_nothing_changes() {
    for how in [
        ProposalEnding::Declined,
        ProposalEnding::Withdrawn,
        ProposalEnding::Expired,
    ] {
        let (mut village, [me, other], [first, second]) = two();
        let proposal = propose(&mut village, me, first, second);
        let again = Command::Propose {
            first,
            second,
            amount: None,
        };
        assert_eq!(village.try_say(me, again), Err(Refusal::AlreadyProposed));
        match how {
            ProposalEnding::Declined => village.say(other, answer(proposal, false)),
            ProposalEnding::Withdrawn => village.say(me, Command::WithdrawProposal { proposal }),
            _ => {
                village.hours(71);
                assert_eq!(ending(&village, proposal), None);
                village.hours(1);
                Vec::new()
            }
        };
        assert_eq!(ending(&village, proposal), Some(how));
        assert_eq!(village.obligation(first).outstanding(), units(50));
        assert_eq!(
            village.try_say(other, answer(proposal, true)),
            Err(Refusal::NoLonger)
        );
        propose(&mut village, me, first, second);
    }
}

#[test]
fn k1_k2_exclusions_hold_and_what_has_gone_falls() {
    let (mut village, [me, other], [first, second]) = two();
    village.report(second, units(10));
    let too_much = Command::Propose {
        first,
        second,
        amount: Some(units(25)),
    };
    assert_eq!(
        village.try_say(me, too_much),
        Err(Refusal::AboveOutstanding {
            outstanding: units(20)
        })
    );
    let proposal = propose(&mut village, me, first, second);
    assert_eq!(village.ledger.proposal(proposal).unwrap().amount, units(20));
    assert_eq!(
        village.try_say(me, answer(proposal, true)),
        Err(Refusal::Unknown),
        "who proposes is not asked"
    );
    // Its amount goes: it falls by itself before it can be agreed on.
    village.report(second, units(15));
    assert_eq!(
        village.try_say(other, answer(proposal, true)),
        Err(Refusal::NoLonger)
    );
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Fallen));
    village.red(other, units(10), 5);
    let frozen = Command::Propose {
        first,
        second,
        amount: None,
    };
    assert_eq!(village.try_say(me, frozen), Err(Refusal::NotCleared));
}

#[test]
fn k8_handed_on_with_the_consent_of_all_three() {
    let (mut village, [a, b, c], [first, second, _]) = ring();
    let proposal = propose(&mut village, b, first, second);
    assert!(
        village.ledger.proposal(proposal).unwrap().named,
        "the two see each other"
    );
    village.letters();
    village.say(c, answer(proposal, true));
    assert_eq!(village.obligation(second).outstanding(), units(30), "not yet");
    assert_eq!(village.told(b), [Category::HandOn]);
    let made = ObligationId(village.ledger.next_number());
    village.say(a, answer(proposal, true));
    assert_eq!(village.obligation(first).outstanding(), units(20));
    assert!(village.obligation(second).is_fulfilled());
    let row = village.obligation(made);
    assert_eq!((row.debtor, row.creditor, row.amount), (a, c, units(30)));
    assert_eq!(
        row.origin,
        Origin::HandedOn {
            proposal,
            appeal: None
        }
    );
    let earlier = village.obligation(first).due.min(village.obligation(second).due);
    assert_eq!(row.due, earlier);
    assert_eq!(village.ledger.invariants(), Ok(()));
    let transferred = |replaced| SettlementKind::Transferred {
        proposal,
        made,
        replaced,
    };
    assert_eq!(village.obligation(first).settlements[0].kind, transferred(false));
    assert_eq!(village.obligation(second).settlements[0].kind, transferred(true));
}

#[test]
fn k8_one_refusal_or_three_days_and_nothing_changes() {
    let (mut village, [a, b, c], [first, second, _]) = ring();
    let proposal = propose(&mut village, b, first, second);
    village.say(a, answer(proposal, true));
    village.letters();
    village.say(c, answer(proposal, false));
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Declined));
    assert_eq!(village.told(b), [Category::HandOn]);
    let proposal = propose(&mut village, b, first, second);
    village.say(a, answer(proposal, true));
    village.hours(72);
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Expired));
    assert_eq!(village.obligation(first).outstanding(), units(50));
}

/// A owes B 50 and B owes C 30, each towards the other's monthly appeal: two steps away, A and C see each other.
fn helpers() -> (Village, [MemberId; 3], [ObligationId; 2]) {
    let mut village = Village::new();
    let [a, b, c] = village.newcomers();
    let of_b = village.orange(b, units(100));
    let first = village.oblige(a, of_b, units(50));
    let of_c = village.orange(c, units(100));
    let second = village.oblige(b, of_c, units(30));
    (village, [a, b, c], [first, second])
}

/// Where the two outside may not see each other: they owe outside any appeal, which ties nobody.
fn apart() -> (Village, [MemberId; 3], [ObligationId; 2]) {
    let mut village = Village::new();
    let [a, b, c] = village.newcomers();
    let first = village.introduced_both(a, b, |village| village.agree(a, b, units(50)));
    let second = village.introduced_both(b, c, |village| village.agree(b, c, units(30)));
    assert!(!view::sight(&village.ledger, a, c).any());
    (village, [a, b, c], [first, second])
}

#[test]
fn k8_where_they_may_not_see_each_other_they_are_asked_without_a_name_first() {
    let (mut village, [a, b, c], [first, second]) = apart();
    let proposal = propose(&mut village, b, first, second);
    let seen = view::proposal(&village.ledger, a, proposal).unwrap();
    assert_eq!((seen.named, seen.creditor), (false, view::Who::Someone));
    let seen = view::proposal(&village.ledger, c, proposal).unwrap();
    assert_eq!((seen.debtor, seen.by), (view::Who::Someone, view::Who::Member(b)));
    village.say(a, answer(proposal, true));
    assert_eq!(
        view::proposal(&village.ledger, c, proposal).unwrap().debtor,
        view::Who::Someone
    );
    assert_eq!(
        village.obligation(second).outstanding(),
        units(30),
        "to be named is not to agree"
    );
    village.letters();
    village.say(c, answer(proposal, true));
    // Now both know, and are asked.
    assert_eq!(village.told(a), [Category::HandOn]);
    assert_eq!(
        view::proposal(&village.ledger, a, proposal).unwrap().creditor,
        view::Who::Member(c)
    );
    village.say(c, answer(proposal, true));
    village.say(a, answer(proposal, true));
    assert!(village.obligation(second).is_fulfilled());
    assert!(view::sight(&village.ledger, a, c).counterparty, "A owes C now");
}

#[test]
fn k8_a_refusal_to_be_named_looks_like_silence() {
    let seen_by_others = |refuses: bool| {
        let (mut village, [a, b, c], [first, second]) = apart();
        let proposal = propose(&mut village, b, first, second);
        village.letters();
        if refuses {
            village.say(a, answer(proposal, false));
            assert_eq!(village.try_say(a, answer(proposal, true)), Err(Refusal::NoLonger));
        }
        village.say(c, answer(proposal, true));
        let mut seen = vec![
            view::proposal(&village.ledger, b, proposal).unwrap(),
            view::proposal(&village.ledger, c, proposal).unwrap(),
        ];
        village.hours(72);
        seen.extend([b, c].map(|viewer| view::proposal(&village.ledger, viewer, proposal).unwrap()));
        let told: Vec<_> = village
            .letters()
            .into_iter()
            .filter(|letter| letter.to != a)
            .collect();
        let about_b = village.journal.iter().filter(|event| {
            let subjects = event.fact.subjects();
            subjects.member == b || subjects.other == Some(b)
        });
        (
            seen,
            told,
            about_b.map(|event| event.fact.clone()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(seen_by_others(true), seen_by_others(false));
}

#[test]
fn k8_m9_who_blocks_is_never_named_to_whom_they_block() {
    let (mut village, [a, b, c], [first, second]) = apart();
    village.introduced_both(a, c, |village| village.block(a, c));
    let proposal = propose(&mut village, b, first, second);
    for member in [a, c] {
        village.say(member, answer(proposal, true));
    }
    assert!(!village.ledger.proposal(proposal).unwrap().named);
    village.hours(72);
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Expired));
}

#[test]
fn k8_counting_in_appeals_and_coming_back() {
    let (mut village, [a, b, c], [first, second]) = helpers();
    let (of_b, of_c) = (
        village.ledger.current_appeal(b).unwrap().id,
        village.ledger.current_appeal(c).unwrap().id,
    );
    let proposal = propose(&mut village, b, first, second);
    village.say(c, answer(proposal, true));
    let made = ObligationId(village.ledger.next_number());
    village.say(a, answer(proposal, true));
    // In B's appeal the transferred amount counts as confirmed.
    let seen = view::appeal(&village.ledger, b, of_b).unwrap();
    assert_eq!(
        (seen.confirmed, seen.promised, seen.missing),
        (units(30), units(20), units(50))
    );
    // In C's, A → C takes the place of B → C, and only what A performs counts.
    let seen = view::appeal(&village.ledger, c, of_c).unwrap();
    assert_eq!(
        (seen.confirmed, seen.promised, seen.missing),
        (units(0), units(30), units(70))
    );
    assert!(village.ledger.is_in_circle(of_c, a) && village.ledger.is_in_circle(of_c, b));
    let report = village.report(made, units(30));
    village.say(c, Command::Confirm { report, amount: None });
    let seen = view::appeal(&village.ledger, c, of_c).unwrap();
    assert_eq!((seen.confirmed, seen.missing), (units(30), units(70)));
    let report = village.report(first, units(20));
    village.say(b, Command::Confirm { report, amount: None });
    village.month();
    // Both old parts come back as if performed, A → C does not.
    assert_eq!(
        village.ledger.intention_of(a, of_b).map(|row| row.amount),
        Some(units(50))
    );
    assert_eq!(
        village.ledger.intention_of(b, of_c).map(|row| row.amount),
        Some(units(30))
    );
    assert_eq!(village.ledger.intention_of(a, of_c), None);
}

#[test]
fn k8_what_is_excluded_is_not_handed_on_and_who_can_promise_nothing_takes_nothing_on() {
    let (mut village, [a, b, c], [first, second, _]) = ring();
    let proposal = propose(&mut village, b, first, second);
    village.red(a, units(10), 5);
    assert_eq!(
        village.try_say(a, answer(proposal, true)),
        Err(Refusal::NoLonger),
        "what A owes is frozen"
    );
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Fallen));
    let again = Command::Propose {
        first,
        second,
        amount: None,
    };
    assert_eq!(village.try_say(b, again), Err(Refusal::NotCleared));
    let not_mine = Command::Propose {
        first: second,
        second: first,
        amount: None,
    };
    assert_eq!(village.try_say(c, not_mine), Err(Refusal::Unknown));
}

#[test]
fn m11_m9_leaving_or_blocking_ends_it() {
    let (mut village, [a, b, c], [first, second, _]) = ring();
    let proposal = propose(&mut village, b, first, second);
    village.letters();
    village.say(a, Command::Leave);
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Left));
    assert!(village.told(c).contains(&Category::HandOn));
    let (mut village, [a, b, _], [first, second, _]) = ring();
    let proposal = propose(&mut village, b, first, second);
    village.letters();
    village.block(b, a);
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Fallen));
    assert_eq!(village.told(a), [], "who is blocked is not told");
}

#[test]
fn k8_the_proposal_falls_when_a_run_takes_its_amounts() {
    let (mut village, people, [first, second, _]) = ring();
    for member in people {
        village.say(member, Command::ConsentToClearing { consents: true });
    }
    village.until(date(2026, 11, 24));
    let proposal = propose(&mut village, people[1], first, second);
    village.until(date(2026, 11, 26));
    assert_eq!(ending(&village, proposal), Some(ProposalEnding::Fallen));
    let kinds = village
        .journal
        .iter()
        .filter(|event| matches!(event.fact, Fact::ObligationTransferred { .. }));
    assert_eq!(kinds.count(), 0);
}
