//! The next question of a draft: its first empty field; or the deed, when nothing is left to ask.

use exodus_core::{Amount, AppealId, Command, Date};

use super::{Draft, Field, Help, Nominal, Step};
use crate::act::{Deed, ProfileChange, Texts};

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
            | Self::Offer { amount: None, .. }
            | Self::Nominal { amount: None, .. } => Step::Ask(Field::Amount),
            Self::Nominal {
                of,
                amount: Some(amount),
                ..
            } => ready(nominal(*of, *amount), None, None),
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

const fn nominal(of: Nominal, gives: Amount) -> Command {
    match of {
        Nominal::Link => Command::MakePersonalLink {
            gives: Some(gives),
            expires: None,
        },
        Nominal::Accept(bond) => Command::AcceptBond {
            bond,
            gives: Some(gives),
        },
        Nominal::Change(bond) => Command::ChangeBond { bond, gives },
    }
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
