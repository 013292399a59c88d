//! Who sees whom: the rows of the table in M7, with M9, M11 and N1.
//!
//! Invariant: whoever is not held, has left, or is blocked in either direction is nobody for the viewer, except for a
//! record that is still to be settled between the two.

use super::{Sight, Who, network::is_related};
use crate::{
    id::MemberId,
    ledger::Ledger,
    member::{Member, Status},
    obligation::Obligation,
};

/// By what rights a viewer sees a member (M7). All rights are absent for somebody who does not exist, has left (M11)
/// or is blocked in either direction (M9), except those of an unsettled obligation between the two.
///
/// Looks at the viewer's and the other's own records, and at nobody else's: a part loaded around the two answers as
/// the whole does.
#[must_use]
pub fn sight(ledger: &Ledger, viewer: MemberId, x: MemberId) -> Sight {
    if !is_here(ledger, viewer) {
        return Sight::default();
    }
    if viewer == x {
        return Sight {
            own: true,
            ..Sight::default()
        };
    }
    let counterparty = unsettled_between(ledger, viewer, x).next().is_some();
    if !is_here(ledger, x) || ledger.is_blocked(viewer, x) {
        return Sight {
            counterparty,
            ..Sight::default()
        };
    }
    Sight {
        own: false,
        circle: ledger
            .current_appeal(x)
            .is_some_and(|appeal| ledger.is_in_circle(appeal.id, viewer)),
        network: is_related(ledger, viewer, x),
        link: is_led_to(ledger, viewer, x) || is_invited_by(ledger, viewer, x),
        counterparty,
    }
}

/// Whether a member is held and has not left.
pub(super) fn is_here(ledger: &Ledger, member: MemberId) -> bool {
    ledger.member(member).is_some_and(Member::is_here)
}

/// What is still to be settled between two members, in the order it was made.
pub(super) fn unsettled_between(
    ledger: &Ledger,
    one: MemberId,
    other: MemberId,
) -> impl Iterator<Item = &Obligation> {
    let owed = ledger
        .owed_by(one)
        .filter(move |obligation| obligation.creditor == other);
    let due = ledger
        .owed_by(other)
        .filter(move |obligation| obligation.creditor == one);
    owed.chain(due).filter(|obligation| obligation.is_unsettled())
}

/// Whether a link that the viewer followed is open: what it opened closes when it is revoked or expires, and while
/// whom it leads to is green (N4).
pub(super) fn is_led_to(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    let followed = || {
        ledger
            .links_about(x)
            .any(|link| link.is_active() && !link.is_personal() && link.visitors.contains(&viewer))
    };
    ledger.status(x) != Status::Green && followed()
}

/// Whether an invitation to a bond by somebody waits for the viewer's word (N6): whoever holds it sees who sent it, green or
/// not. A personal link opens nothing but that.
pub(super) fn is_invited_by(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    ledger.invitation(x, viewer).is_some()
}

/// A person in a list: by name when the viewer may open their card anyway, else "a member".
pub(super) fn who(ledger: &Ledger, viewer: MemberId, x: MemberId) -> Who {
    if sight(ledger, viewer, x).card() {
        Who::Member(x)
    } else {
        Who::Someone
    }
}

/// The other party of a record of the viewer's: by name while it is to be settled (M7, *counterparty*), later only
/// when the viewer may see them anyway (M10, U9).
pub(super) fn party(ledger: &Ledger, viewer: MemberId, x: MemberId, unsettled: bool) -> Who {
    if unsettled {
        Who::Member(x)
    } else {
        who(ledger, viewer, x)
    }
}
