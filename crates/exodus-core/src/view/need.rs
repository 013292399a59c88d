//! Who needs help, in what order, and how a sum could be spread over them (U6, L20).

use alloc::{collections::BTreeSet, vec::Vec};
use core::cmp::Reverse;

use super::{
    Need, Part,
    appeal::totals,
    network::network,
    sight::{is_here, is_invited_by, is_led_to},
};
use crate::{amount::Amount, id::MemberId, ledger::Ledger, member::Member, share::apportion};

/// The people in need whom a member may help: those of their network and those that open links led them to, with a
/// current appeal. Emergencies first, the nearest deadline on top, then what lacks most, intentions counted (U6).
#[must_use]
pub fn in_need(ledger: &Ledger, viewer: MemberId) -> Vec<Need> {
    if !is_here(ledger, viewer) {
        return Vec::new();
    }
    let mut reach = network(ledger, viewer);
    reach.extend(led_to(ledger, viewer));
    let mut needs: Vec<Need> = reach
        .into_iter()
        .filter_map(|member| need(ledger, member))
        .collect();
    needs.sort_by_key(urgency);
    needs
}

/// How a sum could be spread over the appeals in sight (L20): emergencies get up to what they miss, in their order;
/// the rest goes to the monthly ones in proportion to what intentions and missing leave uncovered. Never more than
/// that in all. Left out: who the viewer has an intention for already, or owes something overdue there. Nothing is
/// proposed to somebody who can promise nothing new (M6, C8).
#[must_use]
pub fn spread(ledger: &Ledger, viewer: MemberId, sum: Amount) -> Vec<Part> {
    if !may_promise(ledger, viewer) {
        return Vec::new();
    }
    let overdue_there = |need: &Need| {
        ledger
            .owed_by(viewer)
            .any(|o| o.appeal() == Some(need.appeal) && o.is_overdue())
    };
    let helped = |need: &Need| ledger.intention_of(viewer, need.appeal).is_some();
    let open = in_need(ledger, viewer)
        .into_iter()
        .filter(|need| !helped(need) && !overdue_there(need));
    let (emergencies, monthly): (Vec<Need>, Vec<Need>) = open.partition(|need| need.deadline.is_some());
    let mut rest = sum;
    let mut parts = Vec::new();
    for need in emergencies {
        let amount = rest.min(need.missing);
        rest = rest.less(amount);
        parts.push(Part {
            member: need.member,
            appeal: need.appeal,
            emergency: true,
            amount,
        });
    }
    let uncovered: Vec<Amount> = monthly.iter().map(lacks).collect();
    let shared = rest.min(uncovered.iter().copied().sum());
    for (need, amount) in monthly.iter().zip(apportion(shared, &uncovered)) {
        parts.push(Part {
            member: need.member,
            appeal: need.appeal,
            emergency: false,
            amount,
        });
    }
    parts.retain(|part| !part.amount.is_zero());
    parts
}

/// What a member asks for now, when they ask for anything.
pub(super) fn need(ledger: &Ledger, member: MemberId) -> Option<Need> {
    let appeal = ledger
        .current_appeal(member)
        .filter(|appeal| appeal.takes_help(ledger))?;
    let totals = totals(ledger, appeal);
    Some(Need {
        member,
        status: ledger.status(member),
        appeal: appeal.id,
        intended: totals.intended,
        missing: totals.missing,
        deadline: appeal.deadline(),
    })
}

/// What a list of needs is sorted by (U6).
pub(super) fn urgency(need: &Need) -> impl Ord + use<> {
    (
        need.deadline.is_none(),
        need.deadline,
        Reverse(lacks(need)),
        need.member,
    )
}

/// What intentions leave of what is missing.
fn lacks(need: &Need) -> Amount {
    need.missing.less(need.intended)
}

/// Whether a member is here and may promise anything new: not in an emergency (M6), not suspended (C8).
pub(super) fn may_promise(ledger: &Ledger, member: MemberId) -> bool {
    let free = |row: &Member| row.is_here() && !row.is_red() && row.suspended.is_none();
    ledger.member(member).is_some_and(free)
}

/// Whom open links led a member to (N4), and who invited them to a bond (N6).
fn led_to(ledger: &Ledger, viewer: MemberId) -> BTreeSet<MemberId> {
    let here = |id: &MemberId| *id != viewer && ledger.member(*id).is_some_and(Member::is_here);
    let others = ledger.links_followed_by(viewer).map(|link| link.about);
    let inviting = ledger.bonds_of(viewer).map(|bond| bond.other(viewer));
    let led = |x| is_led_to(ledger, viewer, x) || is_invited_by(ledger, viewer, x);
    others
        .chain(inviting)
        .filter(here)
        .filter(|&x| led(x) && !ledger.is_blocked(viewer, x))
        .collect()
}
