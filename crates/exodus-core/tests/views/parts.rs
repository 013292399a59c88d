//! A loaded part that does not hold everything, over random histories.

use std::collections::BTreeSet;

use exodus_core::{
    AppealId, Ledger, MemberId,
    view::{self, Who},
};
use proptest::prelude::*;

use crate::village::{
    story::{play, story},
    units,
};

/// A ledger that lost some of its records.
fn holed(ledger: &Ledger, mut lost: u64) -> Ledger {
    let mut keeps = move || {
        lost = lost
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        lost >> 62 != 0
    };
    let mut snapshot = ledger.snapshot();
    snapshot.members.retain(|_| keeps());
    snapshot.appeals.retain(|_| keeps());
    snapshot.intentions.retain(|_| keeps());
    snapshot.obligations.retain(|_| keeps());
    snapshot.offers.retain(|_| keeps());
    snapshot.links.retain(|_| keeps());
    snapshot.circles.retain(|_| keeps());
    Ledger::from_snapshot(ledger.policy.clone(), snapshot)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_with_holes_answers_and_names_only_whom_it_holds(story in story(), lost in any::<u64>()) {
        let history = play(&story);
        let ledger = holed(&history.ledger, lost);
        let everybody: BTreeSet<MemberId> = history.ledger.members().map(|row| row.id).collect();
        let held = |member: MemberId| ledger.member(member).is_some();
        for &viewer in &everybody {
            prop_assert_eq!(view::home(&ledger, viewer, history.at).is_some(),
                ledger.member(viewer).is_some_and(|row| row.is_here()));
            prop_assert!(view::network(&ledger, viewer).into_iter().all(held));
            prop_assert!(view::in_need(&ledger, viewer).into_iter().all(|need| held(need.member)));
            prop_assert!(view::people(&ledger, viewer, &everybody).into_iter().all(|line| held(line.member)));
            let _ = view::spread(&ledger, viewer, units(100));
            let _ = view::leaving(&ledger, viewer);
            let _ = view::links(&ledger, viewer);
            for &x in &everybody {
                prop_assert!(view::card(&ledger, viewer, x).is_none() || held(x));
            }
            for id in 0..ledger.next_number() {
                let _ = view::appeal(&ledger, viewer, AppealId(id));
                let _ = view::intention(&ledger, viewer, exodus_core::IntentionId(id), history.at);
                let _ = view::offer(&ledger, viewer, exodus_core::OfferId(id));
                let record = view::obligation(&ledger, viewer, exodus_core::ObligationId(id), history.at);
                prop_assert!(record.is_none_or(|record| held(viewer) && record.other != Who::Member(viewer)));
            }
        }
    }
}
