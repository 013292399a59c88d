//! Bonds as either side sees them, and ring 1 of the reference list (N6, N7, N8).

use alloc::vec::Vec;

use super::{
    Who,
    need::may_promise,
    sight::{is_here, party, sight},
};
use crate::{
    amount::Amount,
    bond::Bond,
    id::{BondId, MemberId},
    ledger::Ledger,
    member::Status,
    time::Timestamp,
};

/// A bond, or an invitation to one, as one of the two sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the viewer may do with it, one flag each"
)]
pub struct BondView {
    /// Which.
    pub bond: BondId,
    /// The other one: by name while it stands, later as the viewer may see them; an invitation names who sent it.
    pub other: Who,
    /// Whether the viewer sent the invitation.
    pub mine: bool,
    /// What the viewer gives, nominally, as far as they have said.
    pub gives: Option<Amount>,
    /// What the other gives.
    pub takes: Option<Amount>,
    /// When it was proposed.
    pub made: Timestamp,
    /// Since when it stands.
    pub since: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Whether it waits for a word.
    pub waiting: bool,
    /// Whether it stands.
    pub live: bool,
    /// Whether it stands and rests (N8a).
    pub resting: bool,
    /// Whether it restores one that ended before (N8).
    pub restores: bool,
    /// The viewer may accept it.
    pub may_accept: bool,
    /// The viewer may decline it.
    pub may_decline: bool,
    /// The viewer may take their invitation back.
    pub may_withdraw: bool,
    /// The viewer may end it.
    pub may_end: bool,
    /// The viewer may propose to restore it.
    pub may_restore: bool,
}

/// Somebody who stands by the viewer personally: ring 1 (N7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backer {
    /// Who.
    pub member: MemberId,
    /// Mark and word.
    pub status: Status,
    /// The bond.
    pub bond: BondId,
    /// What they promised the viewer, nominally.
    pub gives: Amount,
    /// Whether they have kept a promise before: fulfilled an obligation, on time or late (M8).
    pub kept: bool,
}

/// A bond, to one of the two who is here.
#[must_use]
pub fn bond(ledger: &Ledger, viewer: MemberId, id: BondId) -> Option<BondView> {
    let row = ledger.bond(id).filter(|row| row.is_of(viewer))?;
    if !is_here(ledger, viewer) {
        return None;
    }
    let other = row.other(viewer);
    let mine = row.from == viewer;
    let named = row.is_live() || (row.is_waiting() && !mine);
    let free = is_here(ledger, other) && !ledger.is_blocked(viewer, other);
    let bonded = ledger.bond_between(viewer, other).is_some();
    let (since, ended) = times(row);
    Some(BondView {
        bond: id,
        other: party(ledger, viewer, other, named && free),
        mine,
        gives: row.gives(viewer),
        takes: row.gives(other),
        made: row.made,
        since,
        ended,
        waiting: row.is_waiting(),
        live: row.is_live(),
        resting: row.is_live() && !ledger.is_awake(row),
        restores: row.restores.is_some(),
        may_accept: row.is_waiting() && !mine && free && may_promise(ledger, viewer),
        may_decline: row.is_waiting() && !mine,
        may_withdraw: row.is_waiting() && mine,
        may_end: row.is_live(),
        may_restore: row.is_restorable()
            && free
            && !bonded
            && may_promise(ledger, viewer)
            && ledger.invitation(viewer, other).is_none()
            && ledger.invitation(other, viewer).is_none(),
    })
}

fn times(row: &Bond) -> (Option<Timestamp>, Option<Timestamp>) {
    match row.state {
        crate::bond::BondState::Live { since } => (Some(since), None),
        crate::bond::BondState::Ended { at, .. } => (None, Some(at)),
        crate::bond::BondState::Waiting
        | crate::bond::BondState::Declined
        | crate::bond::BondState::Withdrawn => (None, None),
    }
}

/// The current bonds of a member: invitations for their word first, then what stands, what they sent, and what ended and
/// may be restored; each in the order they were made.
#[must_use]
pub fn bonds(ledger: &Ledger, viewer: MemberId) -> Vec<BondView> {
    let current = ledger.bonds_of(viewer).filter(|row| row.is_current());
    let mut bonds: Vec<BondView> = current.filter_map(|row| bond(ledger, viewer, row.id)).collect();
    bonds.sort_by_key(|bond| {
        let rank = match (bond.waiting, bond.mine, bond.live) {
            (true, false, _) => 0_u8,
            (_, _, true) => 1,
            (true, true, _) => 2,
            (false, ..) => 3,
        };
        (rank, bond.bond)
    });
    bonds
}

/// Ring 1 of the viewer's reference list, in order of the members' numbers (N7). Empty for somebody who is not here.
#[must_use]
pub fn ring(ledger: &Ledger, viewer: MemberId) -> Vec<Backer> {
    if !is_here(ledger, viewer) {
        return Vec::new();
    }
    let mut ring: Vec<Backer> = ledger
        .ring(viewer)
        .filter_map(|(member, bond)| {
            let row = ledger.member(member)?;
            Some(Backer {
                member,
                status: row.status(),
                bond: bond.id,
                gives: bond.gives(member)?,
                kept: row.reputation.on_time.saturating_add(row.reputation.late) > 0,
            })
        })
        .collect();
    ring.sort_by_key(|backer| backer.member);
    ring
}

/// The bond between the viewer and somebody that waits or stands, if there is one.
pub(super) fn between(ledger: &Ledger, viewer: MemberId, x: MemberId) -> Option<BondId> {
    let mut between = ledger.bonds_between(viewer, x);
    between
        .find(|bond| bond.is_live() || bond.is_waiting())
        .map(|bond| bond.id)
}

/// Whether the viewer may invite somebody to a bond: they see them, promise something new, and nothing of the kind is
/// between the two.
pub(super) fn may_bond(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    viewer != x
        && sight(ledger, viewer, x).card()
        && may_promise(ledger, viewer)
        && between(ledger, viewer, x).is_none()
}
