//! Whole exports: a small one word for word, one through a store, and many of random histories against the core's views
//! and against hledger itself.

mod privacy;
mod random;
mod small;
mod stored;
mod sums;

use std::{
    collections::BTreeMap,
    io::Write as _,
    process::{Command, Stdio},
};

use exodus_core::{CommandId, Event, Fact, Ledger, MemberId, Timestamp, view};
use exodus_i18n::{Lang, Voice};
use exodus_store::Entry;

use super::own::Own;

/// What a store would give of a member's entries: `commands` numbers each event's command.
fn entries_of(me: MemberId, events: &[Event], commands: &[u128]) -> Vec<Entry> {
    let concerns = |event: &Event| {
        let subjects = event.fact.subjects();
        let mine = matches!(event.fact, Fact::LinkFollowed { maker, .. } if maker == me);
        mine || subjects.member == me || subjects.other == Some(me)
    };
    let numbered = (1_u64..).zip(events.iter().zip(commands));
    let concerning = numbered.filter(|(_, (event, _))| concerns(event));
    concerning
        .map(|(seq, (event, command))| Entry {
            seq,
            command: CommandId(*command),
            event: event.clone(),
        })
        .collect()
}

/// A member's own, with names of those they see.
fn own_of(
    me: MemberId,
    at: Timestamp,
    whole: &Ledger,
    entries: Vec<Entry>,
    name: fn(MemberId) -> String,
    lang: Lang,
) -> Own {
    let mut own = Own::of(me, at, whole.clone(), entries);
    let seen = whole
        .members()
        .map(|row| row.id)
        .filter(|other| *other != me && view::sight(whole, me, *other).any());
    let names = seen.map(|other| (other, name(other))).collect();
    own.introduce(&names, Voice::new(lang));
    own
}

/// What a plain reading of a journal finds: balances by account. Fails on what is not declared, does not balance, or is
/// asserted wrongly.
fn read_plainly(journal: &str) -> BTreeMap<String, i128> {
    let (mut declared, mut payees, mut balances) = (Vec::new(), Vec::new(), BTreeMap::new());
    let minor = |amount: &str| {
        let (number, unit) = amount.trim().split_once(' ').unwrap();
        assert_eq!(unit, "EUR", "{amount}");
        let (whole, part) = number.split_once('.').unwrap();
        assert_eq!(part.len(), 2, "{amount}");
        format!("{whole}{part}").parse::<i128>().unwrap()
    };
    let mut sum = 0_i128;
    let mut last = String::new();
    for line in journal.lines() {
        if let Some(account) = line.strip_prefix("account ") {
            declared.push(account.to_owned());
        } else if let Some(payee) = line.strip_prefix("payee ") {
            payees.push(payee.to_owned());
        } else if let Some(posting) = line.strip_prefix("    ") {
            let (account, rest) = posting.split_once("  ").unwrap();
            let (amount, assertion) = rest
                .split_once(" = ")
                .map_or((rest, None), |(amount, then)| (amount, Some(then)));
            assert!(declared.iter().any(|known| known == account), "{account}");
            let balance: &mut i128 = balances.entry(account.to_owned()).or_default();
            *balance += minor(amount);
            sum += minor(amount);
            if let Some(then) = assertion {
                assert_eq!(*balance, minor(then), "{line}");
            }
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            assert_eq!(sum, 0, "{line}");
            let (date, rest) = line.split_once(" * ").unwrap();
            assert!(date >= last.as_str(), "{date} after {last}");
            last = date.to_owned();
            let (payee, _) = rest.split_once(" | ").unwrap();
            assert!(payees.iter().any(|known| known == payee), "{payee}");
        }
    }
    assert_eq!(sum, 0);
    balances.retain(|_, balance| *balance != 0);
    balances
}

/// Gives hledger a journal and returns what it says; fails when it complains.
fn hledger(journal: &str, arguments: &[&str]) -> String {
    let program = std::env::var("EXODUS_TEST_HLEDGER")
        .expect("EXODUS_TEST_HLEDGER is not set: run the tests with `tests/run`");
    let mut command = Command::new(program);
    command.env("LC_ALL", "C.UTF-8").args(["-f", "-"]).args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running
        .stdin
        .take()
        .unwrap()
        .write_all(journal.as_bytes())
        .unwrap();
    let output = running.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "hledger {arguments:?}: {complaint}\n{journal}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Balances as hledger counts them.
fn hledger_balances(journal: &str) -> BTreeMap<String, i128> {
    let table = hledger(journal, &["balance", "--flat", "--no-total", "-O", "csv"]);
    let rows = table.lines().skip(1);
    rows.map(|row| {
        let (account, amount) = row.trim_matches('"').split_once("\",\"").unwrap();
        let number = amount.strip_suffix(" EUR").unwrap().replace('.', "");
        (account.to_owned(), number.parse().unwrap())
    })
    .collect()
}
