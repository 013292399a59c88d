//! A member's card, and what leaving will do (M7, M8, M11).

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    Card, Leaving, Sight,
    appeal::{NAMES_FROM, appeal, is_named},
    bond,
    sight::{is_here, sight, unsettled_between},
};
use crate::{
    id::MemberId,
    ledger::Ledger,
    member::{Member, Status},
    obligation::Obligation,
};

/// A member's card, as far as the viewer may see it. `None` for whom the viewer may not see, as for nobody; and for a
/// mere counterparty, who sees the record only (M7).
#[must_use]
pub fn card(ledger: &Ledger, viewer: MemberId, x: MemberId) -> Option<Card> {
    let sight = sight(ledger, viewer, x);
    let row = ledger.member(x).filter(|_| sight.card())?;
    let current = ledger.current_appeal(x).map(|appeal| appeal.id);
    let asked = current.into_iter().chain(row.monthly);
    Some(Card {
        member: x,
        sight,
        status: row.status(),
        suspended: row.suspended.is_some() && (sight.own || row.is_red()),
        about: true,
        pay: sight.own || (sight.circle && row.status() != Status::Green),
        offers: true,
        appeal: current.and_then(|id| appeal(ledger, viewer, id)),
        reputation: Some(row.reputation),
        helps: Some(ledger.supports(x).count()),
        helps_names: helps_names(ledger, viewer, x, sight),
        my_intention: asked
            .filter_map(|id| ledger.intention_of(viewer, id))
            .map(|intention| intention.id)
            .next(),
        between: unsettled_between(ledger, viewer, x)
            .map(|obligation| obligation.id)
            .collect(),
        may_agree: may_agree(ledger, viewer, x),
        may_link: may_link(row, sight),
        bond: bond::between(ledger, viewer, x),
        may_bond: bond::may_bond(ledger, viewer, x),
    })
}

/// What leaving will do (M11). All zero for somebody who is not here.
#[must_use]
pub fn leaving(ledger: &Ledger, member: MemberId) -> Leaving {
    if !is_here(ledger, member) {
        return Leaving::default();
    }
    let owed_to_me = || {
        ledger
            .owed_to(member)
            .filter(|obligation| obligation.is_unsettled())
    };
    let owed_by_me = ledger
        .owed_by(member)
        .filter(|obligation| obligation.is_unsettled());
    Leaving {
        my_intentions: ledger.intentions_by(member).count(),
        intentions_for_me: ledger.intentions_for(member).count(),
        released: owed_to_me().map(Obligation::unreported).sum(),
        defaulted: owed_by_me.map(Obligation::unreported).sum(),
        by_silence: owed_to_me().map(|obligation| obligation.waiting().count()).sum(),
        bonds: ledger.bond_count(member),
    }
}

/// Whom X helps, by the rule for helpers' names: those the viewer may see anyway, from three upward, and not through a
/// link (M7, N4). X sees all but those blocked.
fn helps_names(ledger: &Ledger, viewer: MemberId, x: MemberId, sight: Sight) -> Vec<MemberId> {
    let helped: BTreeSet<MemberId> = ledger.supports(x).collect();
    if sight.own || (sight.network && helped.len() >= NAMES_FROM) {
        helped
            .into_iter()
            .filter(|&member| is_named(ledger, viewer, member))
            .collect()
    } else {
        Vec::new()
    }
}

/// Two members who see each other may agree on something outside any appeal (L7a).
fn may_agree(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    viewer != x && sight(ledger, viewer, x).card() && sight(ledger, x, viewer).card()
}

/// A link to oneself, or to a member in need in one's network who does not forbid it (N4).
fn may_link(row: &Member, sight: Sight) -> bool {
    sight.own || (sight.network && row.status() != Status::Green && !row.forbids_links)
}
