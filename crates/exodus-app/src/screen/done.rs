//! The answer to what was just done: "Recorded: …", said from what happened; and what follows before it is done.

mod sure;
#[cfg(test)]
mod tests;

use exodus_core::{Amount, Command, Event, Fact, MemberId, ObligationId};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Deed, ProfileChange};

use super::{
    people::many,
    record::{party, worth},
};
use crate::scene::Scene;

pub(super) use sure::ends_by_block;
pub(crate) use sure::sure;

/// The answer to a deed, from what happened by it.
pub(crate) fn done(scene: &Scene, deed: &Deed, events: &[Event]) -> Text {
    match deed {
        Deed::Ledger { command, .. } => {
            command_done(scene, command, events).unwrap_or_else(|| Text::new(fallback(scene, events)))
        }
        Deed::Profile(change) => Text::new("done-profile").keyword("what", change_word(change)),
        Deed::FollowCode(_) => Text::new("done-followed"),
        Deed::Qr(_) => Text::new("done-qr"),
        Deed::Export(_) => Text::new("done-export"),
        Deed::MakeLinkingCode => Text::new("done-linking-code"),
        Deed::UseLinkingCode(_) => Text::new("linking-asked"),
        Deed::AnswerLinking(yes) => Text::new(if *yes {
            "linking-linked"
        } else {
            "linking-declined"
        }),
        Deed::SpreadAll(_) => spread(scene, events),
        Deed::Connect { .. } | Deed::Reconnect { .. } => Text::new("done-group"),
    }
}

const fn change_word(change: &ProfileChange) -> &'static str {
    match change {
        ProfileChange::Name(_) => "name",
        ProfileChange::About(_) => "about",
        ProfileChange::AddPay(..) | ProfileChange::RemovePay(_) | ProfileChange::DefaultPay(_) => "pay",
        ProfileChange::AddOffer(..) | ProfileChange::RemoveOffer(_) => "offers",
        ProfileChange::Language(_) => "language",
        ProfileChange::Zone(_) => "zone",
        ProfileChange::Quiet(_) => "quiet",
        ProfileChange::Loudness(..) | ProfileChange::NoticesTo(_) => "notices",
        ProfileChange::Currency(_) => "currency",
        ProfileChange::Harmless(_) => "harmless",
        ProfileChange::GiftsCounted(_) => "gifts",
    }
}

/// Nothing happened by the reader's hand: it was so already.
fn fallback(scene: &Scene, events: &[Event]) -> &'static str {
    let by_me = |event: &Event| event.by.member() == Some(scene.viewer);
    if events.iter().any(by_me) {
        "done-done"
    } else {
        "done-nothing"
    }
}

/// How many were promised something at once, and how much in all.
fn spread(scene: &Scene, events: &[Event]) -> Text {
    let amounts: Vec<Amount> = events
        .iter()
        .filter_map(|event| promised(scene.viewer, &event.fact))
        .collect();
    Text::new("done-spread")
        .count("n", many(amounts.len()))
        .amount("amount", amounts.into_iter().sum::<Amount>().minor())
}

fn promised(me: MemberId, fact: &Fact) -> Option<Amount> {
    if let Fact::IntentionRecorded { author, amount, .. }
    | Fact::IntentionChanged {
        author,
        after: amount,
        ..
    } = fact
    {
        return (*author == me).then_some(*amount);
    }
    if let Fact::ObligationMade { debtor, amount, .. } = fact {
        return (*debtor == me).then_some(*amount);
    }
    None
}

/// What was done by a command: `None` when nothing of the kind happened.
fn command_done(scene: &Scene, command: &Command, events: &[Event]) -> Option<Text> {
    let told = Told { scene, events };
    match *command {
        Command::AskMonthly { target, .. } => {
            Some(Text::new("done-asked-monthly").amount("target", target.minor()))
        }
        Command::CallEmergency { target, deadline, .. } => Some(
            Text::new("done-emergency")
                .amount("target", target.minor())
                .date("deadline", deadline),
        ),
        Command::ChangeAppeal { .. } => told.first(|fact| {
            matches!(fact, Fact::AppealChanged { .. }).then(|| Text::new("done-appeal-changed"))
        }),
        Command::EndMonthly => Some(Text::new("done-fine-again")),
        Command::EndEmergency { .. } => told.first(emergency_ended),
        Command::Leave => Some(Text::new("farewell-line")),
        Command::Block { member } => Some(Text::new("done-blocked").with("name", scene.name(member))),
        Command::Unblock { member } => Some(Text::new("done-unblocked").with("name", scene.name(member))),
        Command::Vouch { .. } => Some(Text::new("done-vouched")),
        Command::WithdrawVouch { .. } => Some(Text::new("done-vouch-withdrawn")),
        Command::MakeLink { .. } => Some(Text::new("done-link-made")),
        Command::RevokeLink { .. } => Some(Text::new("done-link-revoked")),
        Command::ForbidLinks { forbid } => {
            Some(Text::new("done-links-forbidden").keyword("forbid", if forbid { "yes" } else { "no" }))
        }
        Command::FollowLink { .. } => Some(Text::new("done-followed")),
        Command::Intend { .. } | Command::ChangeIntention { .. } => told.first(|fact| told.intended(fact)),
        Command::WithdrawIntention { .. } => told.first(|fact| told.withdrawn(fact)),
        Command::Convert { .. } => told.converted(),
        Command::PerformAtOnce { .. } => told.reported("done-performed"),
        Command::AskConversion { .. } => told.first(|fact| told.asked_to_convert(fact)),
        Command::ProposeValue { .. } => told.first(|fact| told.value_proposed(fact)),
        Command::AnswerValue { .. } => told.first(|fact| told.value_answered(fact)),
        Command::Promise { .. } => told.promised(),
        Command::RecordGiven { .. } => told.reported("done-given"),
        Command::Report { .. } => told.reported("done-reported"),
        Command::Confirm { .. } | Command::Refuse { .. } => told.first(|fact| told.answered(fact)),
        Command::Reopen { .. } => told.first(|fact| told.reopened(fact)),
        Command::Release { .. } => told.first(|fact| told.released(fact)),
        Command::AskPerformance { .. } => told.first(|fact| told.asked_to_perform(fact)),
        Command::RemindConfirmation { .. } => told.first(|fact| told.reminded(fact)),
        Command::MakeOffer { to, amount, form, .. } => {
            Some(told.with("done-offered", to).with("amount", worth(amount, form)))
        }
        Command::AnswerOffer { .. } => told.first(|fact| told.offer_answered(fact)),
        Command::WithdrawOffer { .. } => Some(Text::new("done-offer-withdrawn")),
        Command::ProposeBond { .. } | Command::AcceptBond { .. } => told.first(|fact| told.bonded(fact)),
        Command::DeclineBond { .. } | Command::WithdrawBond { .. } | Command::EndBond { .. } => {
            told.first(|fact| told.unbonded(fact))
        }
        Command::ChangeBond { gives, .. } => told.first(|fact| {
            matches!(fact, Fact::BondChanged { .. })
                .then(|| Text::new("done-bond-changed").amount("amount", gives.minor()))
        }),
        Command::MakePersonalLink { .. } => Some(Text::new("done-personal-link")),
        Command::AskLinking { .. } => Some(Text::new("linking-asked")),
        Command::LinkAccounts { .. } => Some(Text::new("linking-linked")),
        Command::Register { .. }
        | Command::RollOver { .. }
        | Command::Nudge { .. }
        | Command::Summarise { .. }
        | Command::RemindDebtor { .. }
        | Command::RemindCreditor { .. }
        | Command::SettleBySilence { .. }
        | Command::ExpireEmergency { .. }
        | Command::LiftSuspension { .. }
        | Command::ExpireLink { .. } => Some(Text::new("done-done")),
    }
}

fn emergency_ended(fact: &Fact) -> Option<Text> {
    let Fact::EmergencyEnded { confirmed, .. } = fact else {
        return None;
    };
    Some(Text::new("done-emergency-ended").amount("confirmed", confirmed.minor()))
}

/// What happened, as an answer needs it.
struct Told<'a> {
    scene: &'a Scene,
    events: &'a [Event],
}

impl Told<'_> {
    /// The first fact that the reader brought about and that can be told so.
    fn first(&self, tell: impl Fn(&Fact) -> Option<Text>) -> Option<Text> {
        let mine = self
            .events
            .iter()
            .filter(|event| event.by.member() == Some(self.scene.viewer));
        mine.map(|event| &event.fact).find_map(tell)
    }

    fn with(&self, id: &'static str, member: MemberId) -> Text {
        Text::new(id).with("name", party(self.scene, member))
    }

    /// An obligation's amount, with its form where the obligation is at hand.
    fn amount(&self, obligation: ObligationId, amount: Amount) -> Arg {
        let form = self
            .scene
            .ledger
            .obligation(obligation)
            .map(|row| row.form)
            .unwrap_or_default();
        worth(amount, form)
    }

    fn intended(&self, fact: &Fact) -> Option<Text> {
        if let Fact::IntentionRecorded {
            recipient,
            amount,
            form,
            ..
        } = *fact
        {
            return Some(
                self.with("done-intended", recipient)
                    .with("amount", worth(amount, form)),
            );
        }
        let Fact::IntentionChanged {
            recipient,
            after,
            form,
            ..
        } = *fact
        else {
            return None;
        };
        Some(
            self.with("done-intention-changed", recipient)
                .with("amount", worth(after, form)),
        )
    }

    fn withdrawn(&self, fact: &Fact) -> Option<Text> {
        let Fact::IntentionWithdrawn {
            recipient, amount, ..
        } = *fact
        else {
            return None;
        };
        Some(
            self.with("done-intention-withdrawn", recipient)
                .amount("amount", amount.minor()),
        )
    }

    fn converted(&self) -> Option<Text> {
        let (made, due) = self.events.iter().find_map(|event| made(&event.fact))?;
        self.first(|fact| {
            let Fact::IntentionConverted {
                recipient,
                obligation,
                amount,
                rest,
                ..
            } = *fact
            else {
                return None;
            };
            let id = if rest.is_zero() {
                "done-converted"
            } else {
                "done-converted-rest"
            };
            let text = self
                .with(id, recipient)
                .with("amount", self.amount(obligation, amount))
                .date("due", due);
            let text = if rest.is_zero() {
                text
            } else {
                text.amount("rest", rest.minor())
            };
            (made == obligation).then_some(text)
        })
    }

    fn promised(&self) -> Option<Text> {
        self.first(|fact| {
            let Fact::ObligationMade {
                creditor,
                amount,
                form,
                due,
                ..
            } = *fact
            else {
                return None;
            };
            Some(
                self.with("done-promised", creditor)
                    .with("amount", worth(amount, form))
                    .date("due", due),
            )
        })
    }

    fn reported(&self, id: &'static str) -> Option<Text> {
        self.first(|fact| {
            let Fact::PerformanceReported {
                report,
                creditor,
                amount,
                ..
            } = *fact
            else {
                return None;
            };
            Some(
                self.with(id, creditor)
                    .with("amount", self.amount(report.obligation, amount)),
            )
        })
    }

    fn asked_to_convert(&self, fact: &Fact) -> Option<Text> {
        let Fact::ConversionAsked { author, .. } = *fact else {
            return None;
        };
        Some(self.with("done-conversion-asked", author))
    }

    fn value_proposed(&self, fact: &Fact) -> Option<Text> {
        let Fact::ValueProposed { author, proposed, .. } = *fact else {
            return None;
        };
        Some(
            self.with("done-value-proposed", author)
                .amount("amount", proposed.minor()),
        )
    }

    fn value_answered(&self, fact: &Fact) -> Option<Text> {
        if let Fact::IntentionChanged { after, form, .. } = *fact {
            return Some(Text::new("done-value-taken").with("amount", worth(after, form)));
        }
        let Fact::ValueDeclined { recipient, .. } = *fact else {
            return None;
        };
        Some(self.with("done-value-kept", recipient))
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others have words of their own"
    )]
    fn bonded(&self, fact: &Fact) -> Option<Text> {
        match *fact {
            Fact::BondProposed { to, gives, .. } => Some(
                self.with("done-bond-proposed", to)
                    .amount("amount", gives.minor()),
            ),
            Fact::BondMade {
                from,
                to,
                from_gives,
                to_gives,
                ..
            } => {
                let mine = from == self.scene.viewer;
                let (other, gives) = if mine { (to, from_gives) } else { (from, to_gives) };
                Some(self.with("done-bond-made", other).amount("amount", gives.minor()))
            }
            Fact::BondChanged { after, .. } => {
                Some(Text::new("done-bond-changed").amount("amount", after.minor()))
            }
            _ => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others have words of their own"
    )]
    fn unbonded(&self, fact: &Fact) -> Option<Text> {
        match *fact {
            Fact::BondDeclined { .. } => Some(Text::new("done-bond-declined")),
            Fact::BondWithdrawn { .. } => Some(Text::new("done-bond-withdrawn")),
            Fact::BondEnded { other, .. } => Some(self.with("done-bond-ended", other)),
            _ => None,
        }
    }

    fn answered(&self, fact: &Fact) -> Option<Text> {
        let Fact::PerformanceAnswered {
            report,
            debtor,
            reported,
            confirmed,
            ..
        } = *fact
        else {
            return None;
        };
        let amount = |amount| self.amount(report.obligation, amount);
        Some(if confirmed == reported {
            self.with("done-confirmed", debtor)
                .with("amount", amount(confirmed))
        } else if confirmed.is_zero() {
            self.with("done-refused", debtor).with("amount", amount(reported))
        } else {
            let text = self
                .with("done-confirmed-part", debtor)
                .with("amount", amount(confirmed));
            text.amount("reported", reported.minor())
        })
    }

    fn reopened(&self, fact: &Fact) -> Option<Text> {
        let Fact::ConfirmationReopened { debtor, amount, .. } = *fact else {
            return None;
        };
        Some(
            self.with("done-reopened", debtor)
                .amount("amount", amount.minor()),
        )
    }

    fn released(&self, fact: &Fact) -> Option<Text> {
        let Fact::ObligationReleased { debtor, amount, .. } = *fact else {
            return None;
        };
        Some(
            self.with("done-released", debtor)
                .amount("amount", amount.minor()),
        )
    }

    fn asked_to_perform(&self, fact: &Fact) -> Option<Text> {
        let Fact::PerformanceAsked { debtor, .. } = *fact else {
            return None;
        };
        Some(self.with("done-performance-asked", debtor))
    }

    fn reminded(&self, fact: &Fact) -> Option<Text> {
        let Fact::ConfirmationReminded { creditor, .. } = *fact else {
            return None;
        };
        Some(self.with("done-reminded", creditor))
    }

    fn offer_answered(&self, fact: &Fact) -> Option<Text> {
        if let Fact::OfferDeclined { from, .. } = *fact {
            return Some(self.with("done-offer-declined", from));
        }
        let Fact::OfferAccepted { from, obligation, .. } = *fact else {
            return None;
        };
        let amount = self
            .scene
            .ledger
            .obligation(obligation)
            .map(|row| row.amount)
            .unwrap_or_default();
        Some(
            self.with("done-offer-accepted", from)
                .with("amount", self.amount(obligation, amount)),
        )
    }
}

fn made(fact: &Fact) -> Option<(ObligationId, exodus_core::Date)> {
    let Fact::ObligationMade { obligation, due, .. } = *fact else {
        return None;
    };
    Some((obligation, due))
}
