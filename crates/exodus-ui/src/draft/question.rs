//! How a draft asks: the words of its next question, and what can be answered with one tap.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever has no words of its own is asked in the general ones"
)]

use exodus_core::{Amount, Command, Form, Side};
use exodus_i18n::Text;

use crate::{
    act::{Act, Deed},
    draft::{Draft, Field, Help, Step, Value},
    screen::{Choice, Choices, Tone},
};

impl Draft {
    /// The question, with what the draft knows. For what can not be undone it says exactly what follows (U3), as far as that
    /// follows from the draft; where names, amounts and dates of records belong to it, whoever shows it knows better words.
    #[must_use]
    pub fn ask_text(&self, field: Field) -> Text {
        match field {
            Field::Amount => self.ask_amount(),
            Field::Target => match self {
                Self::Monthly { .. } => Text::new("ask-target-monthly"),
                Self::Emergency { .. } => Text::new("ask-target-emergency"),
                _ => Text::new("ask-target"),
            },
            Field::Deadline => Text::new("ask-deadline"),
            Field::Due => Text::new("ask-due"),
            Field::Form => Text::new("ask-form"),
            Field::Note => match self {
                Self::Vouch { .. } => Text::new("ask-note-vouch"),
                Self::Report {
                    amount: Some(amount), ..
                } => Text::new("ask-note-report").amount("amount", amount.minor()),
                _ => Text::new("ask-note"),
            },
            Field::Purpose => match self {
                Self::Monthly {
                    target: Some(target), ..
                } => Text::new("ask-purpose").amount("amount", target.minor()),
                _ => Text::new("ask-purpose-new"),
            },
            Field::Reason => match self {
                Self::Reopen { .. } => Text::new("ask-reason-reopen"),
                _ => Text::new("ask-reason"),
            },
            Field::Talk => Text::new("ask-talk"),
            Field::Findable => Text::new("ask-findable"),
            Field::Person => Text::new("ask-person"),
            Field::Name => Text::new("ask-name"),
            Field::About => Text::new("ask-about"),
            Field::PayLabel => Text::new("ask-pay-label"),
            Field::PayText => match self {
                Self::Pay {
                    label: Some(label), ..
                } => Text::new("ask-pay-text").name("label", label.clone()),
                _ => Text::new("ask-pay-text").name("label", ""),
            },
            Field::OfferLine => Text::new("ask-offer-line"),
            Field::OfferValue => Text::new("ask-offer-value"),
            Field::Zone => Text::new("ask-zone"),
            Field::Quiet => Text::new("ask-quiet"),
            Field::Query => Text::new("ask-query"),
            Field::LeaveWord => Text::new("ask-leave-word"),
            Field::Code => match self {
                Self::LinkingCode(_) => Text::new("ask-code-linking"),
                _ => Text::new("ask-code-invitation"),
            },
            Field::Uses => Text::new("ask-uses"),
            Field::Expiry => Text::new("ask-expiry"),
            Field::Sure => self.ask_sure(),
        }
    }

    fn ask_amount(&self) -> Text {
        let of = |id: &'static str, whole: &Amount| Text::new(id).amount("whole", whole.minor());
        match self {
            Self::Help {
                help: Help::Given, ..
            } => Text::new("ask-amount-given"),
            Self::Help {
                appeal: Some((_, true)),
                ..
            } => Text::new("ask-amount-emergency"),
            Self::Help { .. } => Text::new("ask-amount-help"),
            Self::Change { .. } => Text::new("ask-amount-change"),
            Self::Revalue { .. } => Text::new("ask-amount-value"),
            Self::Convert { whole, .. } => of("ask-amount-convert", whole),
            Self::Report { whole, .. } => of("ask-amount-report", whole),
            Self::ConfirmPart { whole, .. } => of("ask-amount-confirm", whole),
            Self::Offer {
                given: true,
                side: Side::Debtor,
                ..
            } => Text::new("ask-amount-offer-given"),
            Self::Offer {
                given: true,
                side: Side::Creditor,
                ..
            } => Text::new("ask-amount-offer-received"),
            Self::Offer {
                given: false,
                side: Side::Debtor,
                ..
            } => Text::new("ask-amount-offer-mine"),
            Self::Offer {
                given: false,
                side: Side::Creditor,
                ..
            } => Text::new("ask-amount-offer-theirs"),
            Self::Nominal { .. } => Text::new("ask-amount-nominal"),
            Self::Harmless(_) => Text::new("ask-amount-harmless"),
            _ => Text::new("ask-amount"),
        }
    }

    fn ask_sure(&self) -> Text {
        match self {
            Self::Emergency {
                target: Some(target),
                deadline: Some(deadline),
                ..
            } => Text::new("ask-sure-emergency")
                .amount("amount", target.minor())
                .date("deadline", *deadline),
            Self::Sure {
                deed: Deed::Ledger { command, .. },
                ..
            } => Text::new(match command {
                Command::EndMonthly => "ask-sure-end-monthly",
                Command::EndEmergency { .. } => "ask-sure-end-emergency",
                Command::RevokeLink { .. } => "ask-sure-revoke-link",
                Command::EndBond { .. } => "ask-sure-end-bond",
                _ => "ask-sure",
            }),
            _ => Text::new("ask-sure"),
        }
    }

    /// The amount that is meant unless another is said.
    const fn usual(&self) -> Option<Amount> {
        if let Self::Nominal { usual, .. } = self {
            Some(*usual)
        } else {
            None
        }
    }

    /// What people answer most often to the question that is asked now, the likeliest first. Where amounts are asked
    /// for: all of it and half of it.
    #[must_use]
    pub fn suggestions(&self) -> Vec<Value> {
        let Step::Ask(field) = self.step() else {
            return Vec::new();
        };
        match field {
            Field::Amount if self.usual().is_some() => self.usual().map(Value::Amount).into_iter().collect(),
            Field::Amount => {
                let whole = self.whole().filter(|whole| !whole.is_zero());
                let half = whole
                    .map(|whole| Amount::from_minor(whole.minor() / 2))
                    .filter(|half| !half.is_zero());
                whole.into_iter().chain(half).map(Value::Amount).collect()
            }
            Field::Findable | Field::Sure => vec![Value::Yes(true), Value::Yes(false)],
            Field::Form => [Form::Money, Form::Thing, Form::Service, Form::Time]
                .map(Value::Form)
                .to_vec(),
            Field::Quiet => vec![Value::Hours(22, 8), Value::Hours(23, 7)],
            Field::Uses => [1, 10].map(Value::Number).to_vec(),
            Field::Target
            | Field::Deadline
            | Field::Due
            | Field::Note
            | Field::Purpose
            | Field::Reason
            | Field::Talk
            | Field::Person
            | Field::Name
            | Field::About
            | Field::PayLabel
            | Field::PayText
            | Field::OfferLine
            | Field::OfferValue
            | Field::Zone
            | Field::Query
            | Field::LeaveWord
            | Field::Code
            | Field::Expiry => Vec::new(),
        }
    }

    /// The choices of the question that is asked now: the suggestions, leaving it out when that may be, and cancelling (to
    /// "are you sure?", no is enough).
    #[must_use]
    pub fn choices(&self) -> Choices {
        let Step::Ask(field) = self.step() else {
            return Vec::new();
        };
        let mut choices: Choices = Vec::new();
        for (at, value) in self.suggestions().into_iter().enumerate() {
            let tone = match (field, at) {
                (Field::Sure, 0) => Tone::Grave,
                (_, 0) => Tone::Main,
                _ => Tone::Plain,
            };
            let label = match (&value, at) {
                (Value::Amount(_), 0) if self.usual().is_some() => value.label(),
                (Value::Amount(whole), 0) => Text::new("choice-all").amount("amount", whole.minor()),
                (Value::Amount(half), _) => Text::new("choice-half").amount("amount", half.minor()),
                _ => value.label(),
            };
            choices.push(Choice {
                label,
                act: Act::Fill(value),
                tone,
            });
        }
        if self.can_skip(field) {
            let label = match field {
                Field::About => "choice-empty",
                Field::Uses => "choice-unlimited",
                Field::Expiry => "choice-for-good",
                _ => "choice-skip",
            };
            choices.push(Choice {
                label: Text::new(label),
                act: Act::Skip,
                tone: Tone::Plain,
            });
        }
        if field != Field::Sure {
            choices.push(Choice {
                label: Text::new("choice-cancel"),
                act: Act::Cancel,
                tone: Tone::Way,
            });
        }
        choices
    }
}

impl Value {
    /// Its label as a choice. A text or a member labels itself poorly: whoever offers those has better words.
    #[must_use]
    pub fn label(&self) -> Text {
        match self {
            Self::Amount(amount) => Text::new("choice-amount").amount("amount", amount.minor()),
            Self::Date(date) => Text::new("choice-date").date("date", *date),
            Self::Form(form) => form_text(*form),
            Self::Text(text) => Text::new("choice-text").name("text", text.clone()),
            Self::Member(member) => Text::new("choice-member").count("number", member.0),
            Self::Yes(true) => Text::new("choice-yes"),
            Self::Yes(false) => Text::new("choice-no"),
            Self::Number(number) => Text::new("choice-number").count("number", u64::from(*number)),
            Self::Hours(from, to) => Text::new("choice-hours")
                .count("from", u64::from(*from))
                .count("to", u64::from(*to)),
        }
    }
}

/// The name of a form of help: `form-money` and so on.
#[must_use]
pub const fn form_text(form: Form) -> Text {
    let id = match form {
        Form::Money => "form-money",
        Form::Thing => "form-thing",
        Form::Service => "form-service",
        Form::Time => "form-time",
    };
    Text {
        id: std::borrow::Cow::Borrowed(id),
        args: Vec::new(),
    }
}
