//! A small export, word for word: Bo intends to help Anna, makes a part binding, carries it out, and is let off the rest.

use exodus_core::{Actor, Amount, Command, Form, IntentionId, MemberId, NoteId, ObligationId, ReportId};
use exodus_i18n::Lang;
use exodus_store::{PayEntry, Person};
use exodus_ui::{Attachment, act::ExportForm};

use super::{entries_of, own_of, random::History};
use crate::export::{own::Own, written};

fn story(lang: Lang) -> Own {
    let mut history = History::of(2);
    let members: Vec<MemberId> = history.ledger.members().map(|row| row.id).collect();
    let (anna, bo) = (members[0], members[1]);
    let units = |units: u64| Amount::from_minor(units * 100);
    let mut commands: Vec<u128> = (0..).take(history.events.len()).collect();
    let mut say = |by: MemberId, command: Command| {
        history.give(Actor::Member(by), command).unwrap();
        history.at = history.at.plus_hours(24);
        commands.resize(history.events.len(), 1000 + commands.len() as u128);
        (
            history.ledger.next_number() - 1,
            history.ledger.clone(),
            history.events.clone(),
            commands.clone(),
            history.at,
        )
    };
    let asks = Command::AskMonthly {
        target: units(100),
        purpose: Some(NoteId(1)),
        findable: false,
    };
    let appeal = exodus_core::AppealId(say(anna, asks).0);
    let note = Some(NoteId(2));
    let intends = Command::Intend {
        appeal,
        amount: units(50),
        form: Form::Money,
        note,
    };
    let intention = IntentionId(say(bo, intends).0);
    let obligation = ObligationId(
        say(
            bo,
            Command::Convert {
                intention,
                amount: Some(units(30)),
            },
        )
        .0,
    );
    say(
        bo,
        Command::Report {
            obligation,
            amount: None,
            note: Some(NoteId(3)),
        },
    );
    let report = ReportId { obligation, nth: 0 };
    say(
        anna,
        Command::Confirm {
            report,
            amount: Some(units(20)),
        },
    );
    let (_, ledger, events, commands, at) = say(anna, Command::Release { obligation });
    let mut own = own_of(
        bo,
        at,
        &ledger,
        entries_of(bo, &events, &commands),
        |_| "Anna".to_owned(),
        lang,
    );
    let notes = [(1, "not Bo's to read"), (2, "with love"), (3, "by hand")];
    let may_read = own.note_ids();
    let notes = notes.into_iter().map(|(id, text)| (NoteId(id), text.to_owned()));
    own.notes = notes.filter(|(id, _)| may_read.contains(id)).collect();
    let pay = vec![PayEntry {
        label: "Bank".to_owned(),
        text: "+49 30".to_owned(),
        default: true,
    }];
    own.person = Person {
        name: "Bo".to_owned(),
        language: lang.tag().to_owned(),
        pay,
        ..Person::default()
    };
    own
}

fn text(file: &Attachment) -> &str {
    std::str::from_utf8(&file.bytes).unwrap()
}

#[test]
fn as_csv() {
    let files = written(&story(Lang::EN), ExportForm::Csv);
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let some = [
        "profile",
        "payment_details",
        "people",
        "referrals",
        "intentions",
        "obligations",
        "reports",
        "links",
        "journal",
    ];
    assert_eq!(names, some.map(|name| format!("{name}.csv")));
    let file = |name: &str| {
        let file = files
            .iter()
            .find(|file| file.name == format!("{name}.csv"))
            .unwrap();
        assert_eq!(file.media_type, "text/csv");
        text(file).strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n")
    };
    assert_eq!(file("payment_details"), "label,text,default\nBank,'+49 30,yes\n");
    assert_eq!(
        file("intentions"),
        "intention,direction,with,amount,unit,form,state,frozen,recorded,asked_to_convert,value_proposed,note\n\
         6,by_me,Anna,20.00,EUR,money,live,no,2026-11-04T12:00:00Z,,,with love\n"
    );
    assert_eq!(
        file("obligations"),
        "obligation,direction,with,amount,settled,cleared,handed_on,let_go,outstanding,awaiting,unit,form,state,frozen,made,due,ended,how,\
         origin,intention,offer,note\n\
         7,i_owe,Anna,30.00,20.00,0.00,0.00,10.00,0.00,0.00,EUR,money,released,no,2026-11-05T12:00:00Z,2026-11-30,\
         2026-11-08T12:00:00Z,,monthly,6,,with love\n"
    );
    assert_eq!(
        file("reports"),
        "obligation,report,direction,with,amount,confirmed,unit,state,reported,answered,note,reason\n\
         7,0,i_owe,Anna,30.00,20.00,EUR,answered,2026-11-06T12:00:00Z,2026-11-07T12:00:00Z,by hand,\n"
    );
    let journal = file("journal");
    let lines: Vec<&str> = journal.lines().collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(
        lines[5],
        "5,2026-11-05T12:00:00Z,intention_converted,me,mine,Anna,6,7,,30.00,,,20.00,EUR,,,,,,,"
    );
    assert_eq!(
        lines[8],
        "8,2026-11-07T12:00:00Z,performance_answered,other,mine,Anna,7,,0,20.00,,30.00,,EUR,,,,,,,"
    );
}

#[test]
fn as_json() {
    let files = written(&story(Lang::EN), ExportForm::Json);
    assert_eq!(
        (files.len(), files[0].name.as_str(), files[0].media_type),
        (1, "exodus.json", "application/json")
    );
    let json: serde_json::Value = serde_json::from_slice(&files[0].bytes).unwrap();
    assert_eq!(
        (&json["format"], &json["version"]),
        (&"exodus-export".into(), &1.into())
    );
    assert_eq!(
        json["unit"],
        serde_json::json!({ "code": "EUR", "sign": "€", "decimals": 2 })
    );
    assert_eq!(
        (&json["made"], &json["time_zone"]),
        (&"2026-11-09T12:00:00Z".into(), &"Europe/Berlin".into())
    );
    assert_eq!(
        json["people"],
        serde_json::json!([{ "person": "Anna", "name": "Anna" }])
    );
    assert_eq!(
        json["payment_details"][0]["text"], "+49 30",
        "nothing is defused in JSON"
    );
    assert_eq!(
        json["reports"],
        serde_json::json!([{
            "obligation": 7, "report": 0, "direction": "i_owe", "with": "Anna", "amount": "30.00", "confirmed": "20.00",
            "unit": "EUR", "state": "answered", "reported": "2026-11-06T12:00:00Z", "answered": "2026-11-07T12:00:00Z",
            "note": "by hand", "reason": null,
        }])
    );
    assert_eq!(
        json["appeals"],
        serde_json::json!([]),
        "another's appeal is not Bo's"
    );
    assert!(!text(&files[0]).contains("not Bo's to read"));
}

#[test]
fn as_a_journal() {
    let files = written(&story(Lang::EN), ExportForm::Hledger);
    assert_eq!(
        (files.len(), files[0].name.as_str(), files[0].media_type),
        (1, "exodus.journal", "text/plain")
    );
    assert_eq!(text(&files[0]), ENGLISH);
    let russian = written(&story(Lang::RU), ExportForm::Hledger);
    assert!(
        text(&russian[0]).contains(
            "2026-11-07 * Anna | подтверждено  ; record:7\n    помощь:оказана:Anna      20.00 EUR\n"
        )
    );
}

#[test]
fn hledger_accepts_it_in_both_languages() {
    for lang in [Lang::EN, Lang::RU] {
        let files = written(&story(lang), ExportForm::Hledger);
        super::hledger(text(&files[0]), &["check", "--strict"]);
        assert_eq!(
            super::hledger_balances(text(&files[0])),
            super::read_plainly(text(&files[0]))
        );
    }
}

const ENGLISH: &str = "\
; Exodus: the records of Bo on 9 November 2026, in EUR.
; Every entry moves a promise on: promised → intentions → obligations → help; or to where it ended.
; Balances are what the chat shows. Only \"promised\" is below zero: all the others come from there.
; Whom you do not see now is called \"member\" with a number, the same in the whole file.

decimal-mark .
commodity 1000.00 EUR
tag record
payee Anna
payee Exodus
account ended:mine:released:Anna
account help:given:Anna
account intentions:mine:Anna
account obligations:I owe:Anna
account promised:by me:Anna

2026-11-04 * Anna | intention  ; record:6
    intentions:mine:Anna   50.00 EUR
    promised:by me:Anna   -50.00 EUR

2026-11-05 * Anna | made binding  ; record:6, record:7
    obligations:I owe:Anna   30.00 EUR = 30.00 EUR
    intentions:mine:Anna    -30.00 EUR

2026-11-07 * Anna | confirmed  ; record:7
    help:given:Anna          20.00 EUR
    obligations:I owe:Anna  -20.00 EUR = 10.00 EUR

2026-11-08 * Anna | released  ; record:7
    ended:mine:released:Anna   10.00 EUR
    obligations:I owe:Anna    -10.00 EUR = 0.00 EUR

2026-11-09 * Exodus | as in the chat
    ended:mine:released:Anna  0.00 EUR = 10.00 EUR
    help:given:Anna           0.00 EUR = 20.00 EUR
    intentions:mine:Anna      0.00 EUR = 20.00 EUR
    obligations:I owe:Anna    0.00 EUR = 0.00 EUR
    promised:by me:Anna       0.00 EUR = -50.00 EUR
";
