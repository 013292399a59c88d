//! The way to somebody: a chain of acquaintance as its viewer may see it (N3), and whom it leads to beyond one's own
//! network (N2).

use alloc::vec::Vec;

use super::{
    Link, Need, Stand,
    need::need,
    sight::{may_look, sight, who},
};
use crate::{id::MemberId, ledger::Ledger};

/// Somebody in need beyond the viewer's network, as *expand my network* shows them: name, mark, what is missing (M7);
/// whether or not the viewer has looked. `None` for whoever is not to be found, or is in the viewer's network or circle.
#[must_use]
pub fn found(ledger: &Ledger, viewer: MemberId, through: MemberId, x: MemberId) -> Option<Need> {
    let sight = sight(ledger, viewer, x);
    let beyond = !sight.own && !sight.network && !sight.circle;
    need(ledger, x).filter(|_| beyond && may_look(ledger, viewer, through, x))
}

/// A chain that begins with the viewer, link by link. Names are those that the viewer may see; of a tie is said what it is
/// only if the viewer is one of its ends or helps the appeal it belongs to. `bonded`: with whom the viewer has a bond.
#[must_use]
pub fn chain(ledger: &Ledger, viewer: MemberId, chain: &[MemberId], bonded: &[MemberId]) -> Vec<Link> {
    let before = chain.iter();
    let after = chain.iter().skip(1);
    before
        .zip(after)
        .map(|(&from, &to)| Link {
            who: who(ledger, viewer, to),
            stand: stand(ledger, viewer, from, to, bonded),
        })
        .collect()
}

/// How the second stands to the first, if the viewer may know.
fn stand(
    ledger: &Ledger,
    viewer: MemberId,
    from: MemberId,
    to: MemberId,
    bonded: &[MemberId],
) -> Option<Stand> {
    let own = viewer == from || viewer == to;
    // Whose appeal it is, the viewer must be in the circle of it.
    let knows = |helper: MemberId, recipient: MemberId| {
        own || ledger.current_appeal(recipient).is_some_and(|appeal| {
            ledger.is_in_circle(appeal.id, viewer) && ledger.is_in_circle(appeal.id, helper)
        })
    };
    let helps = |helper: MemberId, recipient: MemberId| {
        ledger.supports(helper).any(|supported| supported == recipient) && knows(helper, recipient)
    };
    let invited = |by: MemberId, whom: MemberId| {
        own && ledger.member(whom).is_some_and(|row| row.referred_by == Some(by))
    };
    match (helps(from, to), helps(to, from)) {
        (true, true) => Some(Stand::Mutual),
        (true, false) => Some(Stand::Helped),
        (false, true) => Some(Stand::Helps),
        (false, false) if viewer == from && bonded.contains(&to) => Some(Stand::Bond),
        (false, false) if invited(from, to) || invited(to, from) => Some(Stand::Invitation),
        (false, false) => None,
    }
}
