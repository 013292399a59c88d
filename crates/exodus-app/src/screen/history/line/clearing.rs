//! Lines of clearing and of what is proposed about two obligations (K1–K8).

use exodus_core::{ClearedBy, Event, Fact, MemberId, ProposalEnding};
use exodus_i18n::Text;

use super::{Reader, month, side, yes_word};

impl Reader<'_> {
    /// The line of such an entry; `None` when it is not the reader's to see, or not of clearing.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`line` hands each fact to the part it is about"
    )]
    pub(super) fn of_clearing(&self, event: &Event) -> Option<Text> {
        match event.fact {
            Fact::ClearingConsentChanged { member, consents } => Some(
                self.own(member, "history-clearing-consent")?
                    .keyword("consents", yes_word(consents)),
            ),
            // What one side says of it, the other is not told: whether it takes part stands with the record.
            Fact::ObligationConsentChanged {
                debtor,
                creditor,
                by,
                consent,
                ..
            } => {
                let other = if by == debtor { creditor } else { debtor };
                let consent = consent.map_or("general", yes_word);
                let text = self.own(by, "history-clearing-consent-of")?;
                Some(
                    text.with("name", (self.name)(self.scene, other))
                        .keyword("consent", consent),
                )
            }
            Fact::ClearingTold { member, on, .. } => {
                Some(self.own(member, "history-clearing-told")?.date("on", on))
            }
            Fact::ObligationCleared {
                debtor,
                creditor,
                by: ClearedBy::Run { .. },
                amount,
                period,
                ..
            } => {
                let text = self.sum(debtor, creditor, "history-obligation-cleared", amount)?;
                Some(month(text, period))
            }
            Fact::ObligationCleared {
                debtor,
                creditor,
                amount,
                ..
            } => self.sum(debtor, creditor, "history-obligation-set-off", amount),
            Fact::ClearingStated { member, .. } => self.own(member, "history-clearing-stated"),
            Fact::ProposalMade {
                by,
                debtor,
                creditor,
                amount,
                ..
            } => {
                let text = if debtor == creditor {
                    self.own(by, "history-set-off-proposed")?
                } else {
                    self.own(by, "history-hand-on-proposed")?
                        .with("creditor", (self.name)(self.scene, creditor))
                };
                Some(
                    text.with("name", (self.name)(self.scene, debtor))
                        .amount("amount", amount.minor()),
                )
            }
            Fact::ProposalAsked {
                by, member, named, ..
            } => Some(
                self.own(member, "history-proposal-asked")?
                    .with("name", (self.name)(self.scene, by))
                    .keyword("named", yes_word(named)),
            ),
            Fact::ProposalNamingAnswered { member, yes, .. } => Some(
                self.own(member, "history-proposal-naming")?
                    .keyword("yes", yes_word(yes)),
            ),
            Fact::ProposalConsented { by, member, .. } => {
                self.between(member, by, "history-proposal-consented")
            }
            Fact::ProposalAgreed {
                by, member, amount, ..
            } => Some(
                self.proposal(by, member, "history-proposal-agreed")?
                    .amount("amount", amount.minor()),
            ),
            Fact::ProposalEnded { by, member, how, .. } => {
                let how = match how {
                    ProposalEnding::Declined => "declined",
                    ProposalEnding::Withdrawn => "withdrawn",
                    ProposalEnding::Expired => "expired",
                    ProposalEnding::Fallen => "fallen",
                    ProposalEnding::Left => "left",
                };
                Some(
                    self.proposal(by, member, "history-proposal-ended")?
                        .keyword("how", how),
                )
            }
            Fact::ObligationTransferred {
                debtor,
                creditor,
                amount,
                replaced,
                ..
            } => {
                let text = self.sum(debtor, creditor, "history-obligation-transferred", amount)?;
                Some(text.keyword("replaced", yes_word(replaced)))
            }
            _ => None,
        }
    }

    /// A line of one's own about a proposal: mine, or of somebody's.
    fn proposal(&self, by: MemberId, member: MemberId, id: &'static str) -> Option<Text> {
        let text = self.own(member, id)?;
        Some(
            text.keyword("side", side(by == member))
                .with("name", (self.name)(self.scene, by)),
        )
    }
}
