//! The six relations and referrals (N1).

use std::collections::BTreeSet;

use exodus_core::{
    Command, MemberId,
    view::{self, Sight},
};

use crate::village::{Village, units};

#[test]
fn n1_the_six_relations() {
    let mut village = Village::new();
    let [me, supporter, supported, fellow, also, second, farther] = village.newcomers();
    let support = |village: &mut Village, helper, owner: MemberId| {
        let current = village.ledger.current_appeal(owner).map(|appeal| appeal.id);
        let appeal = current.unwrap_or_else(|| village.orange(owner, units(100)));
        village.intend(helper, appeal, units(1));
    };
    support(&mut village, supporter, me);
    support(&mut village, me, supported);
    support(&mut village, fellow, supported);
    support(&mut village, supporter, also);
    support(&mut village, second, supporter);
    support(&mut village, supported, farther);
    let relations = view::relations_of(&village.ledger, me);
    let expected =
        [supporter, supported, fellow, also, second, farther].map(|member| BTreeSet::from([member]));
    assert_eq!(relations.six, expected);
    assert_eq!(view::network(&village.ledger, me).len(), 6);
    assert!(
        !view::sight(&village.ledger, second, farther).any(),
        "four steps apart"
    );
}

#[test]
fn n1_a_referral_ties_until_something_is_overdue() {
    let mut village = Village::new();
    let maker = village.newcomer();
    let appeal = village.orange(maker, units(100));
    let link = village.make_link(maker, maker);
    let guest = village.newcomer_via(Some(link));
    village.say(maker, Command::RevokeLink { link });
    assert_eq!(
        view::relations_of(&village.ledger, guest).referrals,
        BTreeSet::from([maker])
    );
    assert_eq!(
        view::relations_of(&village.ledger, maker).referrals,
        BTreeSet::from([guest])
    );
    assert!(view::sight(&village.ledger, guest, maker).network);
    let owed = village.oblige(guest, appeal, units(10));
    village.month();
    assert!(village.ledger.obligation(owed).expect("made").is_overdue());
    let only_the_record = Sight {
        counterparty: true,
        ..Sight::default()
    };
    assert_eq!(view::sight(&village.ledger, guest, maker), only_the_record);
    assert_eq!(view::sight(&village.ledger, maker, guest), only_the_record);
    village.fulfil(owed, units(10));
    assert!(
        view::sight(&village.ledger, guest, maker).network,
        "kept late: the tie is back"
    );
}
