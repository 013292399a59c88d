//! The relations of a member over support and bonds, and the network they make (N1).
//!
//! Invariant: a tie between two members who block each other is no tie for anybody, and whoever has left or is not
//! held is in nobody's network.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    Neighbour, Relations,
    need::{need, urgency},
    sight::{is_here, sight},
};
use crate::{id::MemberId, ledger::Ledger, obligation::ObligationState};

/// The six relations and the referrals of a member. Empty for somebody who is not here.
///
/// In a loaded part it tells of the circles that the part holds, and names those whose rows it holds.
#[must_use]
pub fn relations_of(ledger: &Ledger, viewer: MemberId) -> Relations {
    if !is_here(ledger, viewer) {
        return Relations::default();
    }
    let support_me: BTreeSet<MemberId> = supporters(ledger, viewer).collect();
    let i_support: BTreeSet<MemberId> = supported(ledger, viewer).collect();
    let fellows = i_support
        .iter()
        .flat_map(|&member| supporters(ledger, member))
        .collect();
    let also_supported = support_me
        .iter()
        .flat_map(|&member| supported(ledger, member))
        .collect();
    let support_them = support_me
        .iter()
        .flat_map(|&member| supporters(ledger, member))
        .collect();
    let they_support = i_support
        .iter()
        .flat_map(|&member| supported(ledger, member))
        .collect();
    let six = [
        support_me,
        i_support,
        fellows,
        also_supported,
        support_them,
        they_support,
    ];
    let may_see = |member: &MemberId| {
        *member != viewer && is_here(ledger, *member) && !ledger.is_blocked(viewer, *member)
    };
    Relations {
        six: six.map(|members| members.into_iter().filter(may_see).collect()),
        bonded: bonded(ledger, viewer).filter(may_see).collect(),
        referrals: referrals(ledger, viewer).filter(may_see).collect(),
    }
}

/// Everyone a member is related to: the union of the six relations, ring 1 of the reference list, and the referrals.
#[must_use]
pub fn network(ledger: &Ledger, viewer: MemberId) -> BTreeSet<MemberId> {
    let Relations {
        six,
        bonded,
        referrals,
    } = relations_of(ledger, viewer);
    let more = bonded.into_iter().chain(referrals);
    six.into_iter().flatten().chain(more).collect()
}

/// Lines of a list of people: those of `members` whose card the viewer may open, in the order of U6: emergencies
/// first, the nearest deadline on top, then what lacks most, then who asks for nothing.
#[must_use]
pub fn people(ledger: &Ledger, viewer: MemberId, members: &BTreeSet<MemberId>) -> Vec<Neighbour> {
    let seen = members
        .iter()
        .copied()
        .filter(|&member| sight(ledger, viewer, member).card());
    let mut lines: Vec<Neighbour> = seen
        .map(|member| Neighbour {
            member,
            status: ledger.status(member),
            need: need(ledger, member),
        })
        .collect();
    lines.sort_by_key(|line| match &line.need {
        Some(need) => (false, Some(urgency(need)), line.member),
        None => (true, None, line.member),
    });
    lines
}

/// Whether two members who are here and do not block each other are in each other's network: at most two steps apart
/// over support edges in either direction, which is exactly the union of the six relations; or standing by each other
/// personally; or tied by a referral.
pub(super) fn is_related(ledger: &Ledger, one: MemberId, other: MemberId) -> bool {
    let near: BTreeSet<MemberId> = supporters(ledger, one).chain(supported(ledger, one)).collect();
    near.contains(&other)
        || supporters(ledger, other)
            .chain(supported(ledger, other))
            .any(|member| near.contains(&member))
        || bonded(ledger, one).any(|member| member == other)
        || referrals(ledger, one).any(|member| member == other)
}

/// Ring 1 of a member's reference list (N7).
fn bonded(ledger: &Ledger, member: MemberId) -> impl Iterator<Item = MemberId> {
    ledger.ring(member).map(|(other, _)| other)
}

/// Who supports a member, as far as it counts as a tie.
fn supporters(ledger: &Ledger, member: MemberId) -> impl Iterator<Item = MemberId> {
    ledger
        .supported_by(member)
        .filter(move |&helper| is_tie(ledger, member, helper))
}

/// Whom a member supports, as far as it counts as a tie.
fn supported(ledger: &Ledger, member: MemberId) -> impl Iterator<Item = MemberId> {
    ledger
        .supports(member)
        .filter(move |&owner| is_tie(ledger, member, owner))
}

/// Neither blocks the other, and neither is known to have left.
fn is_tie(ledger: &Ledger, one: MemberId, other: MemberId) -> bool {
    let gone = |id| ledger.member(id).is_some_and(|member| !member.is_here());
    !ledger.is_blocked(one, other) && !gone(one) && !gone(other)
}

/// Whom a member referred, and by whom they were; without those between whom something is overdue or defaulted.
fn referrals(ledger: &Ledger, member: MemberId) -> impl Iterator<Item = MemberId> {
    let by = ledger.member(member).and_then(|row| row.referred_by);
    ledger
        .referred_by(member)
        .chain(by)
        .filter(move |&other| !is_strained(ledger, member, other))
}

/// Whether something is overdue or defaulted between two members, as far as held.
fn is_strained(ledger: &Ledger, one: MemberId, other: MemberId) -> bool {
    let owes = |debtor, creditor| {
        ledger.owed_by(debtor).any(|obligation| {
            obligation.creditor == creditor
                && matches!(
                    obligation.state,
                    ObligationState::Overdue { .. } | ObligationState::Defaulted { .. }
                )
        })
    };
    owes(one, other) || owes(other, one)
}
