//! What happened with a bond, in one line (N6, N8).

use exodus_core::{BondEnding, Event, Fact};
use exodus_i18n::Text;

use super::line::Reader;

impl Reader<'_> {
    /// The line of an entry about a bond. That somebody blocked somebody is said to nobody but them (M9).
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others have lines of their own"
    )]
    pub(super) fn of_bond(&self, event: &Event) -> Option<Text> {
        match event.fact {
            Fact::PersonalLinkMade { maker, gives, .. } => Some(
                self.own(maker, "history-personal-link")?
                    .amount("amount", gives.minor()),
            ),
            Fact::BondProposed {
                from,
                to,
                gives,
                restores,
                ..
            } => {
                let id = if restores.is_some() {
                    "history-bond-restoring"
                } else {
                    "history-bond-proposed"
                };
                self.sum(from, to, id, gives)
            }
            Fact::BondMade {
                from,
                to,
                from_gives,
                to_gives,
                restores,
                ..
            } => {
                let id = if restores.is_some() {
                    "history-bond-restored"
                } else {
                    "history-bond-made"
                };
                let text = self.between(from, to, id)?;
                let mine = from == self.scene.viewer;
                let (gives, takes) = if mine {
                    (from_gives, to_gives)
                } else {
                    (to_gives, from_gives)
                };
                Some(text.amount("gives", gives.minor()).amount("takes", takes.minor()))
            }
            Fact::BondDeclined { from, to, .. } => self.between(from, to, "history-bond-declined"),
            Fact::BondWithdrawn { from, to, .. } => self.between(from, to, "history-bond-withdrawn"),
            Fact::BondChanged {
                member,
                other,
                before,
                after,
                ..
            } => Some(
                self.between(member, other, "history-bond-changed")?
                    .amount("before", before.minor())
                    .amount("after", after.minor()),
            ),
            Fact::BondEnded {
                member,
                other,
                ending,
                ..
            } => {
                let id = match ending {
                    BondEnding::Left => "history-bond-left",
                    BondEnding::Blocked if member != self.scene.viewer => "history-bond-over",
                    BondEnding::Word | BondEnding::Blocked => "history-bond-ended",
                };
                self.between(member, other, id)
            }
            _ => None,
        }
    }
}
