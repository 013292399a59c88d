//! Who is named, and what is told to nobody.

use exodus_core::{Actor, Command, Form, MemberId, view};
use exodus_i18n::Lang;
use exodus_ui::act::ExportForm;

use super::{
    entries_of, own_of,
    random::{History, history},
};
use crate::export::{
    cell::{Row, Table},
    own::Own,
    written,
};

fn name(member: MemberId) -> String {
    format!("Name{}Ends", member.0)
}

/// All files of all forms, as one text.
fn everything(own: &Own) -> String {
    let forms = [ExportForm::Csv, ExportForm::Json, ExportForm::Hledger];
    let files = forms.into_iter().flat_map(|form| written(own, form));
    files.map(|file| String::from_utf8(file.bytes).unwrap()).collect()
}

#[test]
fn only_who_is_seen_now_is_named() {
    let mut hidden = 0;
    for seed in 100..124 {
        let (history, commands) = history(seed, 16, 150);
        let whole = &history.ledger;
        for me in whole.members().map(|row| row.id) {
            let own = own_of(
                me,
                history.at,
                whole,
                entries_of(me, &history.events, &commands),
                name,
                Lang::EN,
            );
            let text = everything(&own);
            for other in whole.members().map(|row| row.id).filter(|other| *other != me) {
                let occurs = own.people.label(other).is_some();
                let seen = view::sight(whole, me, other).any();
                assert_eq!(
                    text.contains(&name(other)),
                    occurs && seen,
                    "seed {seed}: {other:?} for {me:?}"
                );
                hidden += u32::from(occurs && !seen);
            }
        }
    }
    assert!(hidden > 10, "only {hidden} pseudonyms");
}

#[test]
fn rows_of_a_table_have_the_same_columns_and_the_reference_names_them() {
    const REFERENCE: &str = include_str!("../../../../../docs/reference/export.md");
    let (history, commands) = history(5, 8, 300);
    for me in history.ledger.members().map(|row| row.id) {
        let own = own_of(
            me,
            history.at,
            &history.ledger,
            entries_of(me, &history.events, &commands),
            name,
            Lang::EN,
        );
        let mut tables = crate::export::profile::tables(&own);
        tables.extend(crate::export::records::tables(&own));
        for Table { name, rows } in &tables {
            let columns = |row: &Row| row.0.iter().map(|(column, _)| *column).collect::<Vec<_>>();
            assert!(
                rows.windows(2).all(|rows| columns(&rows[0]) == columns(&rows[1])),
                "{name}"
            );
            let described = REFERENCE
                .lines()
                .find(|line| line.starts_with(&format!("| `{name}` |")));
            for column in rows.first().map(columns).unwrap_or_default() {
                assert!(
                    described.unwrap().contains(&format!("`{column}`")),
                    "{name}: {column}"
                );
            }
        }
        let told = own.entries.iter().map(|(_, line)| line.what);
        told.for_each(|what| assert!(REFERENCE.contains(&format!("`{what}`")), "{what}"));
    }
}

/// Two members, the first of whom asks monthly and whom the second supports, with an offer between them.
fn two() -> (History, MemberId, MemberId) {
    let mut history = History::of(2);
    let members: Vec<MemberId> = history.ledger.members().map(|row| row.id).collect();
    let (first, second) = (members[0], members[1]);
    let amount = exodus_core::Amount::from_minor(5000);
    let asks = Command::AskMonthly {
        target: amount,
        purpose: None,
        findable: false,
    };
    history.give(Actor::Member(first), asks).unwrap();
    let appeal = history.ledger.current_appeal(first).unwrap().id;
    let intends = Command::Intend {
        appeal,
        amount,
        form: Form::Money,
        note: None,
    };
    history.give(Actor::Member(second), intends).unwrap();
    let offer = Command::MakeOffer {
        to: first,
        side: exodus_core::Side::Debtor,
        amount,
        form: Form::Service,
        due: None,
        note: None,
        given: false,
    };
    history.give(Actor::Member(second), offer).unwrap();
    (history, first, second)
}

#[test]
fn m9_a_block_is_told_to_nobody_but_who_said_it() {
    let (mut history, first, second) = two();
    history
        .give(Actor::Member(first), Command::Block { member: second })
        .unwrap();
    let commands = vec![0; history.events.len()];
    let export = |me| {
        let entries = entries_of(me, &history.events, &commands);
        everything(&own_of(me, history.at, &history.ledger, entries, name, Lang::EN))
    };
    let (of_first, of_second) = (export(first), export(second));
    assert!(of_first.contains("blocked"));
    // The names of tables in JSON are always there.
    let of_second = of_second.replace("\"blocks\": []", "");
    assert!(!of_second.contains("block"), "{of_second}");
    assert!(
        of_second.contains("intention_cancelled,,mine,member 1"),
        "{of_second}"
    );
    assert!(
        of_second.contains("offer_withdrawn,,mine,member 1"),
        "{of_second}"
    );
    assert!(!of_second.contains(&name(first)) && !of_first.contains(&name(second)));
}

#[test]
fn no_number_of_another_member_or_of_their_appeal_is_exported() {
    let (history, first, second) = two();
    let commands = vec![0; history.events.len()];
    let appeal = history.ledger.current_appeal(first).unwrap().id;
    let own = own_of(
        second,
        history.at,
        &history.ledger,
        entries_of(second, &history.events, &commands),
        name,
        Lang::EN,
    );
    let json = written(&own, ExportForm::Json).remove(0);
    let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
    let mut numbers = Vec::new();
    gather(&json, &mut numbers);
    assert!(!numbers.contains(&("record", appeal.0)) && numbers.iter().all(|(key, _)| *key != "appeal"));
    let keys = ["member", "debtor", "creditor", "author", "recipient"];
    assert!(numbers.iter().all(|(key, _)| !keys.contains(key)), "{numbers:?}");
}

fn gather<'a>(value: &'a serde_json::Value, numbers: &mut Vec<(&'a str, u64)>) {
    if let Some(map) = value.as_object() {
        for (key, value) in map {
            numbers.extend(value.as_u64().map(|number| (key.as_str(), number)));
            gather(value, numbers);
        }
    }
    value
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|value| gather(value, numbers));
}
