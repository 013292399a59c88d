//! The journal's balances are the sums of the core's views, whatever happened.

use std::collections::BTreeMap;

use exodus_core::{Amount, Ledger, MemberId, Obligation, view};
use exodus_i18n::Lang;

use super::{entries_of, hledger, hledger_balances, own_of, random::history, read_plainly};
use crate::export::{hledger as journal, own::Own};

/// Names that try to break the format, some of them the same.
fn wicked(member: MemberId) -> String {
    const NAMES: [&str; 8] = [
        "Anna",
        "Anna",
        "(virtual)",
        "[balanced] ; a comment",
        "a  b:c | d",
        "* ! 2026-01-01",
        "Ёж\n    assets:x  1 EUR",
        "= 5 EUR",
    ];
    NAMES[usize::try_from(member.0).unwrap() % NAMES.len()].to_owned()
}

fn minor(amount: Amount) -> i128 {
    amount.minor().into()
}

/// Sums by account, from the core's rows and views alone.
fn expected(own: &Own, whole: &Ledger) -> BTreeMap<String, i128> {
    let me = own.me;
    let accounts = crate::export::account::Accounts::new(&own.people, &own.voice);
    let mut sums = BTreeMap::new();
    let mut add = |root: &str, with: MemberId, amount: Amount| {
        *sums
            .entry(format!("{root}:{}", accounts.person(with)))
            .or_insert(0) += minor(amount);
    };
    let organizer = view::organizer(whole, me);
    for id in organizer
        .my_obligations
        .iter()
        .chain(&organizer.obligations_for_me)
    {
        let shown = view::obligation(whole, me, *id, own.at).unwrap();
        if shown.mine {
            add("obligations:I owe", shown.creditor, shown.outstanding);
        } else {
            add("obligations:owed to me", shown.debtor, shown.outstanding);
        }
    }
    for id in organizer.my_intentions.iter().chain(&organizer.intentions_for_me) {
        let shown = view::intention(whole, me, *id, own.at).unwrap();
        let (root, with) = if shown.mine {
            ("mine", shown.recipient)
        } else {
            ("for me", shown.author)
        };
        add(&format!("intentions:{root}"), with, shown.amount);
    }
    for row in whole.owed_by(me) {
        add("help:given", row.creditor, row.performed());
        add("cleared:mine", row.creditor, row.cleared());
    }
    for row in whole.owed_to(me) {
        add("help:received", row.debtor, row.performed());
        add("cleared:for me", row.debtor, row.cleared());
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// The balances of the accounts that say how things are now.
fn of_now(balances: &BTreeMap<String, i128>) -> BTreeMap<String, i128> {
    let roots = ["obligations:", "intentions:", "help:", "cleared:"];
    let now = balances
        .iter()
        .filter(|(account, _)| roots.iter().any(|root| account.starts_with(root)));
    now.map(|(account, balance)| (account.clone(), *balance))
        .collect()
}

fn closed<'a>(rows: impl Iterator<Item = &'a Obligation>) -> i128 {
    rows.map(|row| minor(row.closed())).sum()
}

fn sum_of(balances: &BTreeMap<String, i128>, root: &str, ends: &[&str]) -> i128 {
    let fits = |account: &str| {
        ends.iter()
            .any(|end| account.starts_with(&format!("{root}:{end}:")))
    };
    balances
        .iter()
        .filter(|(account, _)| fits(account))
        .map(|(_, balance)| balance)
        .sum()
}

#[test]
fn balances_are_what_the_views_say_for_random_histories() {
    for seed in 0..60 {
        let (history, commands) = history(seed, 6, 150);
        let whole = &history.ledger;
        for me in whole.members().map(|row| row.id) {
            let entries = entries_of(me, &history.events, &commands);
            let own = own_of(me, history.at, whole, entries, wicked, Lang::EN);
            let balances = read_plainly(&journal::text(&own));
            if whole.member(me).unwrap().is_here() {
                assert_eq!(of_now(&balances), expected(&own, whole), "seed {seed}, {me:?}");
            }
            let ends = ["released", "defaulted"];
            let cancelled = |mine: bool| {
                let rows = whole
                    .intentions()
                    .filter(|row| row.state == exodus_core::IntentionState::Cancelled);
                let rows = rows.filter(|row| {
                    if mine {
                        row.author == me
                    } else {
                        row.recipient == me
                    }
                });
                rows.map(|row| minor(row.amount)).sum::<i128>()
            };
            let all = [ends.as_slice(), &["cancelled"]].concat();
            assert_eq!(
                sum_of(&balances, "ended:mine", &all),
                closed(whole.owed_by(me)) + cancelled(true),
                "seed {seed}"
            );
            assert_eq!(
                sum_of(&balances, "ended:for me", &all),
                closed(whole.owed_to(me)) + cancelled(false),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn the_replay_of_ones_own_entries_is_every_record_one_is_a_party_to() {
    for seed in 0..40 {
        let (history, commands) = history(seed, 6, 150);
        let all = history.ledger.snapshot();
        for me in history.ledger.members().map(|row| row.id) {
            let own = Own::of(
                me,
                history.at,
                history.ledger.clone(),
                entries_of(me, &history.events, &commands),
            );
            let mine = &own.records;
            let party = |one: MemberId, other: MemberId| one == me || other == me;
            let obligations = all
                .obligations
                .iter()
                .filter(|row| party(row.debtor, row.creditor));
            // What the other side says of clearing it is in nobody else's entries.
            let seen = |row: &Obligation| {
                let mut row = row.clone();
                if row.debtor != me {
                    row.consents.debtor = None;
                }
                if row.creditor != me {
                    row.consents.creditor = None;
                }
                row
            };
            assert_eq!(mine.obligations, obligations.map(seen).collect::<Vec<_>>());
            let intentions = all
                .intentions
                .iter()
                .filter(|row| party(row.author, row.recipient));
            assert_eq!(mine.intentions, intentions.cloned().collect::<Vec<_>>());
            let offers = all.offers.iter().filter(|row| party(row.from, row.to));
            assert_eq!(mine.offers, offers.cloned().collect::<Vec<_>>());
            let links = all.links.iter().filter(|row| party(row.maker, row.about));
            assert_eq!(mine.links, links.cloned().collect::<Vec<_>>());
            let appeals = all.appeals.iter().filter(|row| row.owner == me).cloned();
            // Whoever looked is not told to whom they looked at (N2).
            let appeals = appeals.map(|row| exodus_core::Appeal {
                found_by: [].into(),
                ..row
            });
            assert_eq!(mine.appeals, appeals.collect::<Vec<_>>());
            let row = history.ledger.member(me).unwrap();
            assert_eq!(
                mine.members.iter().find(|row| row.id == me).unwrap().reputation,
                row.reputation
            );
        }
    }
}

#[test]
fn hledger_accepts_journals_of_random_histories_and_finds_the_same_balances() {
    for (seed, lang) in [(1, Lang::EN), (2, Lang::RU), (3, Lang::EN)] {
        let (history, commands) = history(seed, 8, 300);
        let rows: Vec<MemberId> = history.ledger.members().map(|row| row.id).collect();
        for me in rows {
            let entries = entries_of(me, &history.events, &commands);
            let own = own_of(me, history.at, &history.ledger, entries, wicked, lang);
            let text = journal::text(&own);
            hledger(&text, &["check", "--strict"]);
            hledger(
                &text,
                &["check", "accounts", "commodities", "payees", "ordereddates"],
            );
            assert_eq!(
                hledger_balances(&text),
                read_plainly(&text),
                "seed {seed}, {me:?}"
            );
        }
    }
}

#[test]
fn hledger_accepts_every_unit_and_an_empty_journal() {
    use exodus_i18n::Unit;
    let (history, commands) = history(7, 5, 80);
    let me = history.ledger.members().next().unwrap().id;
    let units = [
        ("h", 1),
        ("XOF", 0),
        ("KWD", 3),
        ("time; bank \"hours\" 2", 2),
        ("Ч", 2),
    ];
    for (code, decimals) in units {
        let entries = entries_of(me, &history.events, &commands);
        let mut own = own_of(me, history.at, &history.ledger, entries, wicked, Lang::EN);
        own.voice = own.voice.clone().in_unit(Unit::custom(code, code, decimals));
        hledger(&journal::text(&own), &["check", "--strict"]);
    }
    let own = own_of(me, history.at, &history.ledger, Vec::new(), wicked, Lang::EN);
    hledger(&journal::text(&own), &["check", "--strict"]);
}
