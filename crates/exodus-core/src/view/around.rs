//! What a picture of one's network may show (N11): who stands there, who helps whom, and how much where one may know.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{Around, Edge, Helpers, appeal, appeal::NAMES_FROM, card::helps_names, sight::sight};
use crate::{amount::Amount, id::MemberId, ledger::Ledger};

/// Of these people those whose card the viewer may open, and the ties of help among them and the viewer that the viewer
/// could read from those cards: one's own; every helper in circles one is in; the names of helpers, and of whom somebody
/// helps, from three upward. Amounts are those that the viewer may see.
#[must_use]
pub fn around(ledger: &Ledger, viewer: MemberId, people: &[MemberId]) -> Around {
    let seen: Vec<MemberId> = people
        .iter()
        .copied()
        .filter(|&member| member != viewer && sight(ledger, viewer, member).card())
        .collect();
    let all: BTreeSet<MemberId> = seen.iter().copied().chain([viewer]).collect();
    let mut edges = Vec::new();
    for &recipient in &all {
        let readable = readable_helpers(ledger, viewer, recipient);
        for helper in ledger
            .supported_by(recipient)
            .filter(|helper| all.contains(helper))
        {
            if ledger.is_blocked(helper, recipient) {
                continue;
            }
            let own = helper == viewer || recipient == viewer;
            let read = readable.iter().find(|(member, _)| *member == helper);
            let named = || {
                let sight = sight(ledger, viewer, helper);
                ledger.supports(helper).count() >= NAMES_FROM
                    && helps_names(ledger, viewer, helper, sight).contains(&recipient)
            };
            let amount = match read {
                Some((_, amount)) => *amount,
                None if own => Some(between(ledger, helper, recipient)),
                None => None,
            };
            if own || read.is_some() || named() {
                edges.push(Edge {
                    helper,
                    recipient,
                    amount,
                });
            }
        }
    }
    Around { people: seen, edges }
}

/// Helpers that the viewer can read from somebody's card, with amounts where those stand there.
fn readable_helpers(
    ledger: &Ledger,
    viewer: MemberId,
    recipient: MemberId,
) -> Vec<(MemberId, Option<Amount>)> {
    let current = ledger.current_appeal(recipient).map(|row| row.id);
    let view = current.and_then(|id| appeal(ledger, viewer, id));
    match view.map(|view| view.helpers) {
        Some(Helpers::All(helpers)) => helpers
            .into_iter()
            .filter_map(|helper| {
                let super::Who::Member(member) = helper.who else {
                    return None;
                };
                let amount = helper.intended.plus(helper.promised).plus(helper.confirmed);
                Some((member, Some(amount)))
            })
            .collect(),
        Some(Helpers::Names { names, .. }) => names.into_iter().map(|member| (member, None)).collect(),
        Some(Helpers::Count(_)) | None => Vec::new(),
    }
}

/// What one has promised another towards their appeals and not carried out yet, as the two of them know.
fn between(ledger: &Ledger, helper: MemberId, recipient: MemberId) -> Amount {
    let intended = ledger
        .intentions_by(helper)
        .filter(|intention| intention.recipient == recipient)
        .map(|intention| intention.amount);
    let owed = ledger
        .owed_by(helper)
        .filter(|row| row.creditor == recipient && row.appeal().is_some() && row.is_unsettled())
        .map(crate::obligation::Obligation::outstanding);
    intended.chain(owed).sum()
}
