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
        link: is_led_to(ledger, viewer, x) || has_looked(ledger, viewer, x),
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
            .any(|link| link.is_active() && link.visitors.contains(&viewer))
    };
    ledger.status(x) != Status::Green && followed()
}

/// Whether the viewer chose to look at what *expand my network* found (N2): open while the appeal is, and may be found.
fn has_looked(ledger: &Ledger, viewer: MemberId, x: MemberId) -> bool {
    ledger
        .current_appeal(x)
        .is_some_and(|appeal| appeal.findable && appeal.found_by.contains(&viewer))
}

/// Whether *expand my network* shows somebody to a viewer (M7, N2): they are in need, said yes when asked, and are in the
/// network of somebody of the viewer's network.
///
/// Looks at the records of these three and at nobody else's.
#[must_use]
pub fn may_look(ledger: &Ledger, viewer: MemberId, through: MemberId, x: MemberId) -> bool {
    let findable = ledger.current_appeal(x).is_some_and(|appeal| appeal.findable);
    let related =
        |one, other| one != other && !ledger.is_blocked(one, other) && is_related(ledger, one, other);
    findable
        && viewer != x
        && [viewer, through, x]
            .into_iter()
            .all(|member| is_here(ledger, member))
        && !ledger.is_blocked(viewer, x)
        && related(viewer, through)
        && related(through, x)
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
