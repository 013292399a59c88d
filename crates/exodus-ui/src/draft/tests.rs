use exodus_core::{AppealId, Before, Command, Date, IntentionId, LinkId, MemberId, ObligationId, ReportId};
use exodus_i18n::{Lang, Voice};

use super::*;
use crate::act::{Act, Texts};

const DAY: Date = Date::constant(2026, 12, 15);

fn euro(whole: u64) -> Amount {
    Amount::from_minor(whole * 100)
}

fn said(lang: Lang, text: &exodus_i18n::Text) -> String {
    Voice::new(lang)
        .on(Date::constant(2026, 11, 20))
        .say(text)
        .to_string()
}

fn sure(command: Command) -> Draft {
    Draft::Sure {
        deed: Deed::plain(command),
        sure: None,
    }
}

/// Every kind of draft, with nothing known that can be asked.
fn empty() -> Vec<Draft> {
    let (appeal, intention, obligation) = (AppealId(1), IntentionId(2), ObligationId(3));
    let (report, whole, to) = (ReportId { obligation, nth: 0 }, euro(50), MemberId(4));
    let help = |help, emergency| Draft::Help {
        help,
        to: Some(to),
        appeal: Some((appeal, emergency)),
        amount: None,
        form: Some(Form::Money),
        note: None,
        sure: None,
    };
    let offer = |side, given| Draft::Offer {
        to,
        side,
        given,
        amount: None,
        form: None,
        due: None,
        note: None,
    };
    vec![
        help(Help::Promise, false),
        help(Help::Promise, true),
        help(Help::Given, false),
        Draft::Monthly {
            target: None,
            purpose: None,
            findable: None,
        },
        Draft::Emergency {
            target: None,
            deadline: None,
            reason: None,
            talk: None,
            sure: None,
        },
        Draft::Retarget { appeal, target: None },
        Draft::Redate {
            appeal,
            deadline: None,
        },
        Draft::Repurpose {
            appeal,
            purpose: None,
        },
        Draft::Vouch { appeal, note: None },
        Draft::Change {
            intention,
            amount: None,
        },
        Draft::Revalue {
            intention,
            amount: None,
        },
        Draft::Convert {
            intention,
            whole,
            amount: None,
            sure: None,
        },
        Draft::Report {
            obligation,
            whole,
            amount: None,
            note: None,
        },
        Draft::ConfirmPart {
            report,
            whole,
            amount: None,
        },
        Draft::Reopen { report, reason: None },
        offer(Side::Debtor, false),
        offer(Side::Creditor, false),
        offer(Side::Debtor, true),
        offer(Side::Creditor, true),
        Draft::Link {
            about: to,
            uses: None,
            expires: None,
        },
        Draft::Name(None),
        Draft::About(None),
        Draft::Pay {
            label: None,
            text: None,
        },
        Draft::OfferLine {
            text: None,
            value: None,
        },
        Draft::Zone(None),
        Draft::Quiet(None),
        Draft::Harmless(None),
        Draft::Search(None),
        Draft::LinkingCode(None),
        Draft::InvitationCode(None),
        Draft::Leave(None),
        sure(Command::Release { obligation }),
    ]
}

fn value_of(field: Field) -> Value {
    match field {
        Field::Amount | Field::Target | Field::OfferValue => Value::Amount(euro(20)),
        Field::Deadline | Field::Due | Field::Expiry => Value::Date(DAY),
        Field::Form => Value::Form(Form::Service),
        Field::Findable | Field::LeaveWord | Field::Sure => Value::Yes(true),
        Field::Person => Value::Member(MemberId(4)),
        Field::Quiet => Value::Hours(22, 8),
        Field::Uses => Value::Number(3),
        Field::Note
        | Field::Purpose
        | Field::Reason
        | Field::Talk
        | Field::Name
        | Field::About
        | Field::PayLabel
        | Field::PayText
        | Field::OfferLine
        | Field::Zone
        | Field::Query
        | Field::Code => Value::Text("words".to_owned()),
    }
}

/// Goes through all questions of a draft, and gives what is asked to `each`.
fn walk(mut draft: Draft, skipping: bool, mut each: impl FnMut(&Draft, Field)) -> Step {
    for _ in 0..10 {
        let Step::Ask(field) = draft.step() else {
            return draft.step();
        };
        each(&draft, field);
        let may = draft.can_skip(field);
        if skipping && may {
            assert!(draft.skip(), "{draft:?}");
        } else {
            assert!(may || !draft.clone().skip(), "{draft:?}");
            assert!(!draft.clone().fill(field, Value::Member(MemberId(9))) || field == Field::Person);
            assert!(draft.fill(field, value_of(field)), "{draft:?} {field:?}");
        }
        assert_ne!(draft.step(), Step::Ask(field), "{draft:?}");
    }
    panic!("{draft:?} asks for ever")
}

#[test]
fn every_draft_comes_to_an_end() {
    for draft in empty() {
        for skipping in [false, true] {
            let end = walk(draft.clone(), skipping, |_, _| {});
            assert!(matches!(end, Step::Ready(_) | Step::Look(_)), "{draft:?} {end:?}");
        }
    }
}

#[test]
fn every_question_has_words_and_choices() {
    for lang in Lang::all() {
        for draft in empty() {
            walk(draft, false, |draft, field| {
                let words = said(lang, &draft.ask_text(field));
                assert!(
                    !words.contains(['{', '[']) && words.len() > 10,
                    "{lang} {field:?}: {words}"
                );
                assert!(words.contains(['?', '.']), "{lang} {field:?}: {words}");
                let choices = draft.choices();
                for choice in &choices {
                    assert!(
                        !said(lang, &choice.label).contains(['{', '[']),
                        "{lang} {choice:?}"
                    );
                    if let Act::Fill(value) = &choice.act {
                        assert!(draft.clone().fill(field, value.clone()), "{choice:?}");
                    }
                }
                assert_eq!(
                    choices.iter().any(|choice| choice.act == Act::Cancel),
                    field != Field::Sure
                );
                assert_eq!(
                    choices.iter().any(|choice| choice.act == Act::Skip),
                    draft.can_skip(field)
                );
            });
        }
    }
}

/// U3, as far as a draft knows; what needs a record's names and dates is tested where those are.
#[test]
fn what_can_not_be_undone_says_what_follows() {
    let emergency = Draft::Emergency {
        target: Some(euro(500)),
        deadline: Some(DAY),
        reason: Some("fire".to_owned()),
        talk: Some(None),
        sure: None,
    };
    for (draft, english, russian) in [
        (
            emergency,
            "You ask for €500 by 15 December. Everybody in your network is told",
            "Вы просите 500\u{a0}€ до 15 декабря. Об этом сразу узнает вся ваша сеть",
        ),
        (
            sure(Command::EndMonthly),
            "Obligations stay",
            "Обязательства остаются",
        ),
        (
            sure(Command::EndEmergency { then: Before::Green }),
            "ends now",
            "закончится сейчас",
        ),
        (
            sure(Command::RevokeLink { link: LinkId(1) }),
            "for good",
            "навсегда",
        ),
        (
            sure(Command::Unblock { member: MemberId(1) }),
            "cannot be undone",
            "нельзя отменить",
        ),
    ] {
        assert_eq!(draft.step(), Step::Ask(Field::Sure));
        let text = draft.ask_text(Field::Sure);
        for (lang, words) in [(Lang::EN, english), (Lang::RU, russian)] {
            assert!(said(lang, &text).contains(words), "{}", said(lang, &text));
        }
    }
    let mut no = sure(Command::Leave);
    assert!(no.fill(Field::Sure, Value::Yes(false)));
    assert_eq!(no.step(), Step::Declined);
    for (lang, word) in [(Lang::EN, "LEAVE"), (Lang::RU, "УЙТИ")] {
        assert!(said(lang, &Draft::Leave(None).ask_text(Field::LeaveWord)).contains(word));
        assert!(said(lang, &exodus_i18n::Text::new("wrong-leave-word")).contains(word));
    }
}

/// U3: whatever makes an obligation asks once; an intention does not.
#[test]
fn what_binds_asks_first() {
    for (help, emergency, asks) in [
        (Help::Promise, false, false),
        (Help::Promise, true, true),
        (Help::Given, false, true),
        (Help::Given, true, true),
    ] {
        let draft = |sure| Draft::Help {
            help,
            to: Some(MemberId(4)),
            appeal: Some((AppealId(1), emergency)),
            amount: Some(euro(5)),
            form: Some(Form::Money),
            note: None,
            sure,
        };
        let asked = draft(None).step() == Step::Ask(Field::Sure);
        assert_eq!(asked, asks, "{help:?} {emergency}");
        assert_eq!(draft(Some(false)).step() == Step::Declined, asks);
        assert!(matches!(draft(Some(true)).step(), Step::Ready(_)));
    }
}

#[test]
fn amounts_are_suggested() {
    let report = |whole| Draft::Report {
        obligation: ObligationId(1),
        whole: Amount::from_minor(whole),
        amount: None,
        note: None,
    };
    let amounts = |minor: &[u64]| {
        minor
            .iter()
            .map(|minor| Value::Amount(Amount::from_minor(*minor)))
            .collect::<Vec<_>>()
    };
    assert_eq!(report(5000).suggestions(), amounts(&[5000, 2500]));
    assert_eq!(report(1).suggestions(), amounts(&[1]));
    assert_eq!(report(0).suggestions(), []);
    assert_eq!(Draft::Name(Some("done".to_owned())).suggestions(), []);
    assert!(Draft::Name(Some("done".to_owned())).choices().is_empty());
}

#[test]
fn what_is_known_is_not_asked_or_overwritten() {
    let mut draft = Draft::help(Help::Promise, Some(euro(50)));
    assert_eq!(draft.step(), Step::Ask(Field::Person));
    assert!(!draft.fill(Field::Amount, Value::Amount(euro(70))));
    assert!(draft.fill(Field::Form, Value::Form(Form::Time)));
    assert!(draft.fill(Field::Note, Value::Text("hi".to_owned())));
    assert!(draft.fill(Field::Person, Value::Member(MemberId(1))));
    if let Draft::Help { appeal, .. } = &mut draft {
        *appeal = Some((AppealId(7), false));
    }
    let command = Command::Intend {
        appeal: AppealId(7),
        amount: euro(50),
        form: Form::Time,
        note: None,
    };
    let texts = Texts {
        note: Some("hi".to_owned()),
        talk: None,
    };
    assert_eq!(draft.step(), Step::Ready(Deed::Ledger { command, texts }));
}

#[test]
fn drafts_survive_storage() {
    for draft in empty() {
        let json = serde_json::to_string(&draft).expect("json");
        assert_eq!(serde_json::from_str::<Draft>(&json).expect("json"), draft);
    }
    // What was skipped stays skipped.
    let skipped = Draft::Vouch {
        appeal: AppealId(1),
        note: Some(None),
    };
    let json = serde_json::to_string(&skipped).expect("json");
    assert_eq!(serde_json::from_str::<Draft>(&json).expect("json"), skipped);
}

#[test]
fn l1_help_in_kind_is_asked_what_it_is() {
    for (help, form, asks) in [
        (Help::Promise, Form::Money, false),
        (Help::Promise, Form::Thing, true),
        (Help::Promise, Form::Service, true),
        (Help::Given, Form::Time, true),
        (Help::Given, Form::Money, false),
    ] {
        let mut draft = Draft::Help {
            help,
            to: Some(MemberId(4)),
            appeal: Some((AppealId(1), false)),
            amount: None,
            form: None,
            note: None,
            sure: Some(true),
        };
        assert_eq!(draft.step(), Step::Ask(Field::Form));
        assert!(draft.fill(Field::Form, Value::Form(form)));
        assert_eq!(draft.step(), Step::Ask(Field::Amount));
        assert!(draft.fill(Field::Amount, Value::Amount(euro(30))));
        assert_eq!(draft.step() == Step::Ask(Field::Note), asks, "{help:?} {form:?}");
        let mut silent = draft.clone();
        assert_eq!(silent.skip(), asks);
        assert!(matches!(silent.step(), Step::Ready(_)));
        if !asks {
            continue;
        }
        assert_eq!(draft.ask_text(Field::Note).id, "ask-note-help");
        assert!(draft.fill(Field::Note, Value::Text("a winter coat".to_owned())));
        let Step::Ready(Deed::Ledger { texts, .. }) = draft.step() else {
            panic!("{draft:?}")
        };
        assert_eq!(texts.note.as_deref(), Some("a winter coat"));
        let json = serde_json::to_string(&silent).expect("json");
        assert_eq!(serde_json::from_str::<Draft>(&json).expect("json"), silent);
    }
}
