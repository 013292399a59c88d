//! An open question: a set of fields, filled in any order; the next question is the first empty one.
//!
//! A draft is the only conversation state. It lies in the store, survives a restart, and any command leaves it.

use exodus_core::{
    Amount, AppealId, Command, Date, Form, IntentionId, MemberId, ObligationId, ReportId, Side,
};
use serde::{Deserialize, Serialize};

use crate::act::{Deed, ProfileChange, Texts};

mod fill;
mod question;

pub use question::form_text;

/// What a question asks for: which parser reads the answer and which words ask it (`ask-KIND` in the locales).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// How much is promised or given.
    Amount,
    /// How much is needed.
    Target,
    /// By when.
    Deadline,
    /// By when an agreement is due.
    Due,
    /// The form of help.
    Form,
    /// A note; may be skipped.
    Note,
    /// What for and for whom; may be skipped.
    Purpose,
    /// Why it is urgent.
    Reason,
    /// A link to talk; may be skipped.
    Talk,
    /// May *expand my network* show it?
    Findable,
    /// Who.
    Person,
    /// Display name.
    Name,
    /// About me.
    About,
    /// A payment entry's label.
    PayLabel,
    /// A payment entry's text.
    PayText,
    /// A line of *I can offer*.
    OfferLine,
    /// Its friendly value; may be skipped.
    OfferValue,
    /// A time zone's name.
    Zone,
    /// Quiet hours, as `22-8`.
    Quiet,
    /// What to look for.
    Query,
    /// The word that confirms leaving.
    LeaveWord,
    /// A linking or invitation code.
    Code,
    /// How often a link may be used; may be skipped.
    Uses,
    /// The last day of a link; may be skipped.
    Expiry,
    /// Yes or no.
    Sure,
}

/// What answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A number: an amount, a day, hours. There a bare number is the answer and no place in a menu.
    Number,
    /// Any words.
    Words,
    /// Certain words only.
    Choice,
}

impl Field {
    /// What answers it.
    pub(crate) const fn reads(self) -> Reads {
        match self {
            Self::Amount
            | Self::Target
            | Self::OfferValue
            | Self::Deadline
            | Self::Due
            | Self::Expiry
            | Self::Uses
            | Self::Quiet => Reads::Number,
            Self::Note
            | Self::Purpose
            | Self::Reason
            | Self::Talk
            | Self::Person
            | Self::Name
            | Self::About
            | Self::PayLabel
            | Self::PayText
            | Self::OfferLine
            | Self::Query
            | Self::Code => Reads::Words,
            Self::Form | Self::Findable | Self::Zone | Self::LeaveWord | Self::Sure => Reads::Choice,
        }
    }
}

/// A value for a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// An amount.
    Amount(Amount),
    /// A date.
    Date(Date),
    /// A form of help.
    Form(Form),
    /// A text that a person wrote, cleaned.
    Text(String),
    /// Somebody.
    Member(MemberId),
    /// Yes or no.
    Yes(bool),
    /// A number.
    Number(u32),
    /// Two full hours.
    Hours(u8, u8),
}

/// Towards what a promise goes, and how binding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Help {
    /// A free intention (monthly), or a binding obligation (emergency): whatever the appeal takes.
    Promise,
    /// Already given; counts when confirmed (L7a).
    Given,
}

/// An open question with what is known so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Draft {
    /// Offer help to somebody in need; the application puts the appeal in when it knows the person.
    Help {
        /// Promise, or already given.
        help: Help,
        /// Whom.
        to: Option<MemberId>,
        /// Their appeal: its id, and whether it is an emergency.
        appeal: Option<(AppealId, bool)>,
        /// How much.
        amount: Option<Amount>,
        /// In what form; money unless said otherwise.
        form: Form,
        /// A note, if wished: the outer `None` is "not asked", which is enough.
        note: Option<String>,
        /// Yes to what can not be undone: an obligation, in an emergency or for help already given.
        sure: Option<bool>,
    },
    /// Ask for monthly support.
    Monthly {
        /// How much.
        target: Option<Amount>,
        /// What for; the inner `None`: skipped.
        #[serde(with = "answered")]
        purpose: Option<Option<String>>,
        /// May others find it?
        findable: Option<bool>,
    },
    /// Call an emergency.
    Emergency {
        /// How much.
        target: Option<Amount>,
        /// By when.
        deadline: Option<Date>,
        /// Why.
        reason: Option<String>,
        /// A link to talk; the inner `None`: skipped.
        #[serde(with = "answered")]
        talk: Option<Option<String>>,
        /// Yes: everybody in the network is told.
        sure: Option<bool>,
    },
    /// Change one's appeal: the target.
    Retarget {
        /// Which.
        appeal: AppealId,
        /// The new target.
        target: Option<Amount>,
    },
    /// Change one's emergency: the deadline.
    Redate {
        /// Which.
        appeal: AppealId,
        /// The new deadline.
        deadline: Option<Date>,
    },
    /// Change one's appeal: the words.
    Repurpose {
        /// Which.
        appeal: AppealId,
        /// The new words.
        purpose: Option<String>,
    },
    /// Vouch for an appeal (M8a).
    Vouch {
        /// Which.
        appeal: AppealId,
        /// In one's own words; the inner `None`: skipped.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Change an intention.
    Change {
        /// Which.
        intention: IntentionId,
        /// The new amount.
        amount: Option<Amount>,
    },
    /// Answer help in kind with another value.
    Revalue {
        /// Which intention.
        intention: IntentionId,
        /// The value.
        amount: Option<Amount>,
    },
    /// Convert an intention, or a part.
    Convert {
        /// Which.
        intention: IntentionId,
        /// All of it, for the suggestion.
        whole: Amount,
        /// How much.
        amount: Option<Amount>,
        /// Yes: it can not be taken back.
        sure: Option<bool>,
    },
    /// Report a part of an obligation.
    Report {
        /// Which.
        obligation: ObligationId,
        /// All that can be reported.
        whole: Amount,
        /// How much.
        amount: Option<Amount>,
        /// A note; the inner `None`: skipped.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Confirm less than was reported.
    ConfirmPart {
        /// Which.
        report: ReportId,
        /// What was reported.
        whole: Amount,
        /// How much arrived.
        amount: Option<Amount>,
    },
    /// Open a confirmation again.
    Reopen {
        /// Which.
        report: ReportId,
        /// Why.
        reason: Option<String>,
    },
    /// Propose an agreement outside any appeal (L7a).
    Offer {
        /// To whom.
        to: MemberId,
        /// Which side is mine.
        side: Side,
        /// Whether it was already given.
        given: bool,
        /// How much.
        amount: Option<Amount>,
        /// In what form.
        form: Option<Form>,
        /// By when.
        due: Option<Date>,
        /// What.
        #[serde(with = "answered")]
        note: Option<Option<String>>,
    },
    /// Make a link (N4).
    Link {
        /// To whom it leads.
        about: MemberId,
        /// The inner `None`: unlimited.
        #[serde(with = "answered")]
        uses: Option<Option<u32>>,
        /// The inner `None`: for good.
        #[serde(with = "answered")]
        expires: Option<Option<Date>>,
    },
    /// Change the display name.
    Name(Option<String>),
    /// Change "about me".
    About(Option<String>),
    /// A payment entry.
    Pay {
        /// Its label.
        label: Option<String>,
        /// Its text.
        text: Option<String>,
    },
    /// A line of *I can offer*.
    OfferLine {
        /// What.
        text: Option<String>,
        /// Its friendly value; the inner `None`: skipped.
        #[serde(with = "answered")]
        value: Option<Option<Amount>>,
    },
    /// Time zone.
    Zone(Option<String>),
    /// Quiet hours.
    Quiet(Option<(u8, u8)>),
    /// What I can give without harm.
    Harmless(Option<Amount>),
    /// Look for somebody.
    Search(Option<String>),
    /// A linking code from the other account.
    LinkingCode(Option<String>),
    /// An invitation's code.
    InvitationCode(Option<String>),
    /// Leave: the word that confirms it.
    Leave(Option<bool>),
    /// Are you sure? (U3)
    Sure {
        /// To do what.
        deed: Deed,
        /// The answer.
        sure: Option<bool>,
    },
}

/// Where a draft stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next question.
    Ask(Field),
    /// Everything is known.
    Ready(Deed),
    /// Everything is known: look for this.
    Look(String),
    /// The answer to "are you sure?" was no.
    Declined,
}

impl Draft {
    /// The first empty field, or the deed when there is none.
    #[must_use]
    pub fn step(&self) -> Step {
        match self {
            Self::Help {
                help,
                to,
                appeal,
                amount,
                form,
                note,
                sure,
            } => {
                let (Some(_), Some((appeal, emergency))) = (to, appeal) else {
                    return Step::Ask(Field::Person);
                };
                let Some(amount) = *amount else {
                    return Step::Ask(Field::Amount);
                };
                let (appeal, form, note_id) = (*appeal, *form, None);
                let command = match (help, *emergency, sure) {
                    (Help::Promise, false, _) => Command::Intend {
                        appeal,
                        amount,
                        form,
                        note: note_id,
                    },
                    (Help::Promise, true, None) | (Help::Given, _, None) => return Step::Ask(Field::Sure),
                    (Help::Promise, true, Some(false)) | (Help::Given, _, Some(false)) => {
                        return Step::Declined;
                    }
                    (Help::Promise, true, Some(true)) => Command::Promise {
                        appeal,
                        amount,
                        form,
                        note: note_id,
                    },
                    (Help::Given, _, Some(true)) => Command::RecordGiven {
                        appeal,
                        amount,
                        form,
                        note: note_id,
                    },
                };
                ready(command, note.clone(), None)
            }
            Self::Monthly { target: None, .. } | Self::Emergency { target: None, .. } => {
                Step::Ask(Field::Target)
            }
            Self::Monthly { purpose: None, .. } => Step::Ask(Field::Purpose),
            Self::Monthly { findable: None, .. } => Step::Ask(Field::Findable),
            Self::Monthly {
                target: Some(target),
                purpose: Some(purpose),
                findable: Some(findable),
            } => ready(
                Command::AskMonthly {
                    target: *target,
                    purpose: None,
                    findable: *findable,
                },
                purpose.clone(),
                None,
            ),
            Self::Emergency { deadline: None, .. } => Step::Ask(Field::Deadline),
            Self::Emergency { reason: None, .. } => Step::Ask(Field::Reason),
            Self::Emergency { talk: None, .. } => Step::Ask(Field::Talk),
            Self::Emergency { sure: None, .. } => Step::Ask(Field::Sure),
            Self::Emergency {
                sure: Some(false), ..
            } => Step::Declined,
            Self::Emergency {
                target: Some(target),
                deadline: Some(deadline),
                reason,
                talk: Some(talk),
                sure: Some(true),
            } => ready(
                Command::CallEmergency {
                    target: *target,
                    deadline: *deadline,
                    reason: None,
                    talk: None,
                },
                reason.clone(),
                talk.clone(),
            ),
            Self::Retarget { target: None, .. } => Step::Ask(Field::Target),
            Self::Retarget { appeal, target } => ready(change_appeal(*appeal, *target, None), None, None),
            Self::Redate { deadline: None, .. } => Step::Ask(Field::Deadline),
            Self::Redate { appeal, deadline } => ready(change_appeal(*appeal, None, *deadline), None, None),
            Self::Repurpose { purpose: None, .. } => Step::Ask(Field::Purpose),
            Self::Repurpose { appeal, purpose } => {
                ready(change_appeal(*appeal, None, None), purpose.clone(), None)
            }
            Self::Vouch { note: None, .. } => Step::Ask(Field::Note),
            Self::Vouch {
                appeal,
                note: Some(note),
            } => ready(
                Command::Vouch {
                    appeal: *appeal,
                    note: None,
                },
                note.clone(),
                None,
            ),
            Self::Change { amount: None, .. }
            | Self::Revalue { amount: None, .. }
            | Self::Convert { amount: None, .. }
            | Self::Report { amount: None, .. }
            | Self::ConfirmPart { amount: None, .. }
            | Self::Offer { amount: None, .. } => Step::Ask(Field::Amount),
            Self::Change {
                intention,
                amount: Some(amount),
            } => ready(
                Command::ChangeIntention {
                    intention: *intention,
                    amount: *amount,
                },
                None,
                None,
            ),
            Self::Revalue {
                intention,
                amount: Some(amount),
            } => ready(
                Command::ProposeValue {
                    intention: *intention,
                    amount: *amount,
                },
                None,
                None,
            ),
            Self::Convert { sure: None, .. } => Step::Ask(Field::Sure),
            Self::Convert {
                sure: Some(false), ..
            } => Step::Declined,
            Self::Convert {
                intention, amount, ..
            } => ready(
                Command::Convert {
                    intention: *intention,
                    amount: *amount,
                },
                None,
                None,
            ),
            Self::Report { note: None, .. } => Step::Ask(Field::Note),
            Self::Report {
                obligation,
                amount,
                note: Some(note),
                ..
            } => ready(
                Command::Report {
                    obligation: *obligation,
                    amount: *amount,
                    note: None,
                },
                note.clone(),
                None,
            ),
            Self::ConfirmPart { report, amount, .. } => ready(
                Command::Confirm {
                    report: *report,
                    amount: *amount,
                },
                None,
                None,
            ),
            Self::Reopen { reason: None, .. } => Step::Ask(Field::Reason),
            Self::Reopen { report, reason } => ready(
                Command::Reopen {
                    report: *report,
                    reason: None,
                },
                reason.clone(),
                None,
            ),
            Self::Offer { form: None, .. } => Step::Ask(Field::Form),
            Self::Offer {
                due: None,
                given: false,
                ..
            } => Step::Ask(Field::Due),
            Self::Offer { note: None, .. } => Step::Ask(Field::Note),
            Self::Offer {
                to,
                side,
                given,
                amount: Some(amount),
                form: Some(form),
                due,
                note: Some(note),
            } => {
                let command = Command::MakeOffer {
                    to: *to,
                    side: *side,
                    amount: *amount,
                    form: *form,
                    due: *due,
                    note: None,
                    given: *given,
                };
                ready(command, note.clone(), None)
            }
            Self::Link { uses: None, .. } => Step::Ask(Field::Uses),
            Self::Link { expires: None, .. } => Step::Ask(Field::Expiry),
            Self::Link {
                about,
                uses: Some(uses),
                expires: Some(expires),
            } => ready(
                Command::MakeLink {
                    about: *about,
                    max_uses: *uses,
                    expires: *expires,
                },
                None,
                None,
            ),
            Self::Name(None) => Step::Ask(Field::Name),
            Self::Name(Some(name)) => profile(ProfileChange::Name(name.clone())),
            Self::About(None) => Step::Ask(Field::About),
            Self::About(Some(about)) => profile(ProfileChange::About(about.clone())),
            Self::Pay { label: None, .. } => Step::Ask(Field::PayLabel),
            Self::Pay { text: None, .. } => Step::Ask(Field::PayText),
            Self::Pay {
                label: Some(label),
                text: Some(text),
            } => profile(ProfileChange::AddPay(label.clone(), text.clone())),
            Self::OfferLine { text: None, .. } => Step::Ask(Field::OfferLine),
            Self::OfferLine { value: None, .. } => Step::Ask(Field::OfferValue),
            Self::OfferLine {
                text: Some(text),
                value: Some(value),
            } => profile(ProfileChange::AddOffer(text.clone(), *value)),
            Self::Zone(None) => Step::Ask(Field::Zone),
            Self::Zone(zone) => profile(ProfileChange::Zone(zone.clone())),
            Self::Quiet(None) => Step::Ask(Field::Quiet),
            Self::Quiet(hours) => profile(ProfileChange::Quiet(*hours)),
            Self::Harmless(None) => Step::Ask(Field::Amount),
            Self::Harmless(amount) => profile(ProfileChange::Harmless(*amount)),
            Self::Search(None) => Step::Ask(Field::Query),
            Self::Search(Some(query)) => Step::Look(query.clone()),
            Self::LinkingCode(None) | Self::InvitationCode(None) => Step::Ask(Field::Code),
            Self::LinkingCode(Some(code)) => Step::Ready(Deed::UseLinkingCode(code.clone())),
            Self::InvitationCode(Some(code)) => Step::Ready(Deed::FollowCode(code.clone())),
            Self::Leave(None) => Step::Ask(Field::LeaveWord),
            Self::Leave(Some(true)) => ready(Command::Leave, None, None),
            Self::Leave(Some(false))
            | Self::Sure {
                sure: Some(false), ..
            } => Step::Declined,
            Self::Sure { sure: None, .. } => Step::Ask(Field::Sure),
            Self::Sure {
                deed,
                sure: Some(true),
            } => Step::Ready(deed.clone()),
        }
    }
}

fn ready(command: Command, note: Option<String>, talk: Option<String>) -> Step {
    Step::Ready(Deed::Ledger {
        command,
        texts: Texts { note, talk },
    })
}

const fn profile(change: ProfileChange) -> Step {
    Step::Ready(Deed::Profile(change))
}

const fn change_appeal(appeal: AppealId, target: Option<Amount>, deadline: Option<Date>) -> Command {
    Command::ChangeAppeal {
        appeal,
        target,
        deadline,
        purpose: None,
        findable: None,
    }
}

/// A field that may be skipped, in storage: `null` is not asked yet, `[]` is skipped, `[value]` is said. JSON knows one `null`
/// only, and a skipped question must not be asked for ever.
mod answered {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::option_option, clippy::ref_option, reason = "what serde passes")]
    pub(super) fn serialize<T: Serialize, S: Serializer>(
        field: &Option<Option<T>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        field
            .as_ref()
            .map(|said| said.iter().collect::<Vec<_>>())
            .serialize(to)
    }

    #[expect(clippy::option_option, reason = "what serde wants")]
    pub(super) fn deserialize<'de, T, D>(from: D) -> Result<Option<Option<T>>, D::Error>
    where
        T: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Option::<Vec<T>>::deserialize(from)?.map(|said| said.into_iter().next()))
    }
}

#[cfg(test)]
mod tests;
