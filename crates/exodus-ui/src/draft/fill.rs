//! Filling a draft: the answer to the question asked, or to one asked later.

use exodus_core::{Amount, Form};

use super::{Draft, Field, Help, Step, Value};

impl Draft {
    /// Puts a value into the first empty field of that kind. `false`, and nothing happens, when there is none or the
    /// value is of another type. The form of help, which is never empty, is replaced.
    pub fn fill(&mut self, field: Field, value: Value) -> bool {
        match (field, value, self) {
            (
                Field::Amount,
                Value::Amount(value),
                Self::Help { amount, .. }
                | Self::Change { amount, .. }
                | Self::Revalue { amount, .. }
                | Self::Convert { amount, .. }
                | Self::Report { amount, .. }
                | Self::ConfirmPart { amount, .. }
                | Self::Offer { amount, .. }
                | Self::Nominal { amount, .. }
                | Self::Harmless(amount),
            )
            | (
                Field::Target,
                Value::Amount(value),
                Self::Monthly { target: amount, .. }
                | Self::Emergency { target: amount, .. }
                | Self::Retarget { target: amount, .. },
            ) => put(amount, value),
            (
                Field::Deadline,
                Value::Date(value),
                Self::Emergency { deadline: date, .. } | Self::Redate { deadline: date, .. },
            )
            | (Field::Due, Value::Date(value), Self::Offer { due: date, .. }) => put(date, value),
            (Field::Form, Value::Form(value), Self::Help { form, .. }) => {
                *form = value;
                true
            }
            (Field::Form, Value::Form(value), Self::Offer { form, .. }) => put(form, value),
            (
                Field::Note,
                Value::Text(value),
                Self::Vouch { note, .. } | Self::Report { note, .. } | Self::Offer { note, .. },
            )
            | (Field::Purpose, Value::Text(value), Self::Monthly { purpose: note, .. })
            | (Field::Talk, Value::Text(value), Self::Emergency { talk: note, .. }) => put(note, Some(value)),
            (Field::Note, Value::Text(value), Self::Help { note: text, .. })
            | (Field::Purpose, Value::Text(value), Self::Repurpose { purpose: text, .. })
            | (
                Field::Reason,
                Value::Text(value),
                Self::Emergency { reason: text, .. } | Self::Reopen { reason: text, .. },
            )
            | (Field::Name, Value::Text(value), Self::Name(text))
            | (Field::About, Value::Text(value), Self::About(text))
            | (Field::PayLabel, Value::Text(value), Self::Pay { label: text, .. })
            | (
                Field::PayText | Field::OfferLine,
                Value::Text(value),
                Self::Pay { text, .. } | Self::OfferLine { text, .. },
            )
            | (Field::Zone, Value::Text(value), Self::Zone(text))
            | (Field::Query, Value::Text(value), Self::Search(text))
            | (Field::Code, Value::Text(value), Self::LinkingCode(text) | Self::InvitationCode(text)) => {
                put(text, value)
            }
            (Field::Findable, Value::Yes(value), Self::Monthly { findable: yes, .. })
            | (
                Field::Sure,
                Value::Yes(value),
                Self::Help { sure: yes, .. }
                | Self::Emergency { sure: yes, .. }
                | Self::Convert { sure: yes, .. }
                | Self::Sure { sure: yes, .. },
            )
            | (Field::LeaveWord, Value::Yes(value), Self::Leave(yes)) => put(yes, value),
            (Field::Person, Value::Member(value), Self::Help { to, .. }) => put(to, value),
            (Field::OfferValue, Value::Amount(amount), Self::OfferLine { value, .. }) => {
                put(value, Some(amount))
            }
            (Field::Quiet, Value::Hours(from, to), Self::Quiet(hours)) => put(hours, (from, to)),
            (Field::Uses, Value::Number(value), Self::Link { uses, .. }) => put(uses, Some(value)),
            (Field::Expiry, Value::Date(value), Self::Link { expires, .. }) => put(expires, Some(value)),
            _ => false,
        }
    }

    /// Whether this field may be left out.
    #[must_use]
    pub const fn can_skip(&self, field: Field) -> bool {
        match field {
            Field::Note | Field::Talk | Field::OfferValue | Field::Uses | Field::Expiry | Field::About => {
                true
            }
            // New words for an appeal are the whole point of asking for them.
            Field::Purpose => matches!(self, Self::Monthly { .. }),
            Field::Amount
            | Field::Target
            | Field::Deadline
            | Field::Due
            | Field::Form
            | Field::Reason
            | Field::Findable
            | Field::Person
            | Field::Name
            | Field::PayLabel
            | Field::PayText
            | Field::OfferLine
            | Field::Zone
            | Field::Quiet
            | Field::Query
            | Field::LeaveWord
            | Field::Code
            | Field::Sure => false,
        }
    }

    /// Leaves the field that is asked for out, when it may be: about me becomes empty, everything else is not said.
    /// `false`, and nothing happens, when it may not.
    pub fn skip(&mut self) -> bool {
        let Step::Ask(field) = self.step() else {
            return false;
        };
        match (field, self) {
            (
                Field::Note,
                Self::Vouch { note, .. } | Self::Report { note, .. } | Self::Offer { note, .. },
            )
            | (Field::Purpose, Self::Monthly { purpose: note, .. })
            | (Field::Talk, Self::Emergency { talk: note, .. }) => put(note, None),
            (Field::About, Self::About(about)) => put(about, String::new()),
            (Field::OfferValue, Self::OfferLine { value, .. }) => put(value, None),
            (Field::Uses, Self::Link { uses, .. }) => put(uses, None),
            (Field::Expiry, Self::Link { expires, .. }) => put(expires, None),
            _ => false,
        }
    }

    /// A promise, or help already given, about which nothing is known but the amount and whom, if that.
    #[must_use]
    pub const fn help(help: Help, amount: Option<Amount>) -> Self {
        Self::Help {
            help,
            to: None,
            appeal: None,
            amount,
            form: Form::Money,
            note: None,
            sure: None,
        }
    }

    /// All of what can be converted, performed, reported or confirmed here, when that is what it is about.
    #[must_use]
    pub const fn whole(&self) -> Option<Amount> {
        match self {
            Self::Convert { whole, .. } | Self::Report { whole, .. } | Self::ConfirmPart { whole, .. } => {
                Some(*whole)
            }
            Self::Help { .. }
            | Self::Monthly { .. }
            | Self::Emergency { .. }
            | Self::Retarget { .. }
            | Self::Redate { .. }
            | Self::Repurpose { .. }
            | Self::Vouch { .. }
            | Self::Change { .. }
            | Self::Revalue { .. }
            | Self::Reopen { .. }
            | Self::Offer { .. }
            | Self::Link { .. }
            | Self::Nominal { .. }
            | Self::Name(_)
            | Self::About(_)
            | Self::Pay { .. }
            | Self::OfferLine { .. }
            | Self::Zone(_)
            | Self::Quiet(_)
            | Self::Harmless(_)
            | Self::Search(_)
            | Self::LinkingCode(_)
            | Self::InvitationCode(_)
            | Self::Leave(_)
            | Self::Sure { .. } => None,
        }
    }
}

fn put<T>(field: &mut Option<T>, value: T) -> bool {
    let empty = field.is_none();
    if empty {
        *field = Some(value);
    }
    empty
}
