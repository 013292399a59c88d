//! The whole table over random histories, against a plain formulation of it.

use std::collections::BTreeSet;

use exodus_core::{
    Actor, AppealId, Command, Ledger, MemberId, Status,
    view::{self, Helpers, Sight, Who},
};
use proptest::prelude::*;

use crate::{
    scene::{id, named},
    village::{
        plain::Plain,
        story::{play, story},
        units,
    },
};

/// Every member that an answer mentions, whatever the field: read off its debug form.
fn mentioned(answer: &impl std::fmt::Debug) -> BTreeSet<MemberId> {
    let text = format!("{answer:?}");
    let ids = text
        .split("MemberId(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next()?.parse().ok());
    ids.map(MemberId).collect()
}

fn check_pair(ledger: &Ledger, plain: &Plain, viewer: MemberId, x: MemberId, visible: &BTreeSet<MemberId>) {
    let sight = plain.sight(viewer, x);
    assert_eq!(view::sight(ledger, viewer, x), sight, "{viewer} looks at {x}");
    let card = view::card(ledger, viewer, x);
    assert_eq!(card.is_some(), sight.card());
    let Some(card) = card else { return };
    let helps_now = card
        .appeal
        .as_ref()
        .is_some_and(|appeal| plain.in_circle(appeal.appeal, viewer));
    assert_eq!(
        card.pay,
        sight.own || (helps_now && plain.status(x) != Status::Green),
        "payment details"
    );
    let supported = plain.records.circles.iter().filter(|(_, helper)| *helper == x);
    let supported: BTreeSet<MemberId> = supported.map(|&(appeal, _)| plain.appeal(appeal).owner).collect();
    assert_eq!(card.helps, Some(supported.len()));
    let may_name = sight.own || (sight.network && supported.len() >= 3);
    assert!(card.helps_names.is_empty() || may_name);
    assert!(card.helps_names.iter().all(|name| visible.contains(name)));
    assert_eq!(card.appeal.is_some(), plain.status(x) != Status::Green);
    if let Some(bond) = card.bond.and_then(|id| ledger.bond(id)) {
        assert!(!card.may_bond && bond.is_of(viewer) && bond.is_of(x));
    }
}

fn check_appeal(
    ledger: &Ledger,
    plain: &Plain,
    viewer: MemberId,
    id: AppealId,
    visible: &BTreeSet<MemberId>,
) {
    let row = plain.appeal(id);
    let sight = plain.sight(viewer, row.owner);
    let helps = plain.in_circle(id, viewer) && row.is_open() && sight.card();
    let shown = sight.own || helps || (sight.card() && plain.current(row.owner) == Some(id));
    let Some(answer) = view::appeal(ledger, viewer, id) else {
        assert!(!shown, "appeal {id} for {viewer}");
        return;
    };
    assert!(shown, "appeal {id} for {viewer}");
    let circle: BTreeSet<MemberId> = plain
        .records
        .circles
        .iter()
        .filter(|(appeal, _)| *appeal == id)
        .map(|&(_, helper)| helper)
        .collect();
    match &answer.helpers {
        Helpers::All(all) => {
            assert!(sight.own || helps, "amounts are for the owner and the circle");
            assert!(
                named(&answer.helpers)
                    .iter()
                    .all(|&name| !plain.blocked(viewer, name))
            );
            assert!(sight.own || named(&answer.helpers).is_subset(&circle));
            assert!(all.len() >= circle.len(), "every helper");
        }
        Helpers::Names { names, others } => {
            assert!(sight.network && circle.len() >= 3 && names.len() + others == circle.len());
            assert!(
                names
                    .iter()
                    .all(|name| visible.contains(name) && circle.contains(name))
            );
        }
        Helpers::Count(count) => {
            assert_eq!(*count, circle.len());
            assert!(circle.len() < 3 || !sight.network);
        }
    }
    let apart = [
        answer.promised,
        answer.awaiting,
        answer.confirmed,
        answer.frozen,
        answer.overdue,
    ];
    assert!(answer.is_whole() || apart.iter().all(|amount| amount.is_zero()));
    let gone = |member: &MemberId| ledger.member(*member).is_some_and(|row| row.left.is_some());
    let vouches = row.vouches.keys().filter(|member| !gone(member)).count();
    assert_eq!(answer.vouchers.len(), vouches);
    for voucher in &answer.vouchers {
        match voucher.who {
            Who::Member(member) => assert!(visible.contains(&member)),
            Who::Someone => assert_eq!(voucher.note, None),
        }
    }
    assert!(!answer.findable || sight.own);
    let in_the_circle_with = if answer.is_whole() {
        circle
    } else {
        BTreeSet::new()
    };
    let overdue = plain
        .records
        .obligations
        .iter()
        .filter(|o| sight.own && o.appeal() == Some(id) && o.is_overdue());
    let debtors: BTreeSet<MemberId> = overdue.map(|row| row.debtor).collect();
    for name in mentioned(&answer) {
        assert!(visible.contains(&name) || in_the_circle_with.contains(&name) || debtors.contains(&name));
    }
}

fn check_lists(ledger: &Ledger, plain: &Plain, viewer: MemberId, visible: &BTreeSet<MemberId>) {
    let network: BTreeSet<MemberId> = visible
        .iter()
        .copied()
        .filter(|&x| plain.sight(viewer, x).network)
        .collect();
    assert_eq!(view::network(ledger, viewer), network);
    assert!(mentioned(&view::relations_of(ledger, viewer)).is_subset(&network));
    let everybody = plain.records.members.iter().map(|row| row.id).collect();
    let people = view::people(ledger, viewer, &everybody);
    assert_eq!(
        &people.iter().map(|line| line.member).collect::<BTreeSet<_>>(),
        visible
    );
    let mut needy: BTreeSet<MemberId> = visible.clone();
    needy.retain(|&x| x != viewer && plain.status(x) != Status::Green);
    let needs = view::in_need(ledger, viewer);
    assert_eq!(
        needs.iter().map(|need| need.member).collect::<BTreeSet<_>>(),
        needy
    );
    assert!(mentioned(&view::spread(ledger, viewer, units(1000))).is_subset(&needy));
}

fn check_records(ledger: &Ledger, plain: &Plain, viewer: MemberId, at: exodus_core::Timestamp) {
    let here = plain.here(viewer);
    let visible = |x| plain.sight(viewer, x).card();
    for row in &plain.records.intentions {
        let answer = view::intention(ledger, viewer, row.id, at);
        assert_eq!(
            answer.is_some(),
            here && [row.author, row.recipient].contains(&viewer)
        );
        let other = answer.and_then(|answer| id(answer.other));
        assert!(other.is_none_or(visible));
        assert!(other.is_some() || !row.is_live() || !here || ![row.author, row.recipient].contains(&viewer));
    }
    for row in &plain.records.obligations {
        let answer = view::obligation(ledger, viewer, row.id, at);
        assert_eq!(
            answer.is_some(),
            here && [row.debtor, row.creditor].contains(&viewer)
        );
        let Some(answer) = answer else { continue };
        assert_eq!(answer.pay, row.debtor == viewer && row.is_unsettled());
        let other = if row.debtor == viewer {
            row.creditor
        } else {
            row.debtor
        };
        assert_eq!(
            id(answer.other),
            Some(other).filter(|&x| row.is_unsettled() || visible(x))
        );
    }
    for row in &plain.records.offers {
        let answer = view::offer(ledger, viewer, row.id);
        assert_eq!(answer.is_some(), here && [row.from, row.to].contains(&viewer));
        assert!(answer.and_then(|answer| id(answer.other)).is_none_or(visible));
    }
    for row in &plain.records.bonds {
        let answer = view::bond(ledger, viewer, row.id);
        assert_eq!(answer.is_some(), here && [row.from, row.to].contains(&viewer));
        let live = matches!(row.state, exodus_core::BondState::Live { .. });
        assert!(
            answer
                .and_then(|answer| id(answer.other))
                .is_none_or(|x| live || visible(x)),
            "the other side of a bond is named while it stands, else only if in sight"
        );
    }
    for backer in view::ring(ledger, viewer) {
        assert!(here && plain.sight(viewer, backer.member).network);
    }
    for row in &plain.records.links {
        let answer = view::link(ledger, viewer, row.id);
        assert_eq!(answer.is_some(), here && [row.maker, row.about].contains(&viewer));
        let maker_is_told =
            |x| row.about == viewer && x == row.maker && plain.here(x) && !plain.blocked(viewer, x);
        assert!(
            answer
                .and_then(|answer| id(answer.other))
                .is_none_or(|x| visible(x) || maker_is_told(x))
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn m7_nothing_is_shown_that_the_table_forbids(story in story()) {
        let history = play(&story);
        let ledger = &history.ledger;
        let plain = Plain::new(ledger.snapshot());
        let members: Vec<MemberId> = ledger.members().map(|row| row.id).collect();
        for &viewer in &members {
            let visible = plain.visible(viewer);
            for &x in &members {
                check_pair(ledger, &plain, viewer, x, &visible);
            }
            for appeal in ledger.appeals() {
                check_appeal(ledger, &plain, viewer, appeal.id, &visible);
            }
            check_lists(ledger, &plain, viewer, &visible);
            check_records(ledger, &plain, viewer, history.at);
        }
    }

    #[test]
    fn m7_whom_the_ledger_does_not_hold_nobody_sees(story in story()) {
        let history = play(&story);
        let (ledger, nobody) = (&history.ledger, MemberId(u64::MAX));
        for viewer in ledger.members().map(|row| row.id) {
            for (one, other) in [(viewer, nobody), (nobody, viewer)] {
                prop_assert_eq!(view::sight(ledger, one, other), Sight::default());
                prop_assert_eq!(view::card(ledger, one, other), None);
            }
        }
        prop_assert_eq!(view::home(ledger, nobody, history.at), None);
        prop_assert_eq!(view::organizer(ledger, nobody), view::Organizer::default());
        prop_assert!(view::network(ledger, nobody).is_empty());
    }

    #[test]
    fn m9_after_a_block_only_counterparty_records_are_left(
        story in story(), die in any::<u8>()
    ) {
        let mut history = play(&story);
        let rows = history.ledger.members().filter(|row| row.is_here());
        let here: Vec<MemberId> = rows.map(|row| row.id).collect();
        let pairs = here.iter().flat_map(|&one| here.iter().map(move |&other| (one, other)));
        let sees = |(one, other)| one != other && view::sight(&history.ledger, one, other).any();
        let pairs: Vec<(MemberId, MemberId)> = pairs.filter(|&pair| sees(pair)).collect();
        let Some(&(one, other)) = pairs.get(usize::from(die) % pairs.len().max(1)) else { return Ok(()) };
        history.give(Actor::Member(one), Command::Block { member: other }).expect("in sight");
        for (viewer, x) in [(one, other), (other, one)] {
            let sight = view::sight(&history.ledger, viewer, x);
            prop_assert_eq!(sight, Sight { counterparty: sight.counterparty, ..Sight::default() });
            prop_assert_eq!(view::card(&history.ledger, viewer, x), None);
            prop_assert!(!mentioned(&view::relations_of(&history.ledger, viewer)).contains(&x));
            prop_assert!(!mentioned(&view::in_need(&history.ledger, viewer)).contains(&x));
            for member in &here {
                let card = view::card(&history.ledger, viewer, *member);
                prop_assert!(!mentioned(&card).contains(&x), "neither on anybody else's card");
            }
        }
    }
}
