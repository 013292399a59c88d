//! What a member takes along, hledger accepts, and its balances are those on the screens (M10).

use std::{collections::BTreeMap, process::Command, sync::Arc};

use exodus_tests::{Backend, Place, place::run};

use crate::stories::tell;

/// hledger with a journal; what it prints.
fn hledger(journal: &std::path::Path, arguments: &[&str]) -> String {
    let program = std::env::var_os("EXODUS_TEST_HLEDGER")
        .expect("EXODUS_TEST_HLEDGER is not set: run the tests with `tests/run`, which finds hledger");
    let output = Command::new(program)
        .arg("-f")
        .arg(journal)
        .args(arguments)
        .output()
        .expect("hledger runs");
    assert!(
        output.status.success(),
        "hledger {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// Cents in `€40`, `€7.50`, `EUR 40.00`.
fn cents(amount: &str) -> i64 {
    let plain: String = amount
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.' || *c == '-')
        .collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole: i64 = whole.parse().unwrap_or_else(|_| panic!("{amount}"));
    whole * 100 + format!("{part:0<2}").parse::<i64>().expect("cents")
}

/// Balances by account.
fn balances(journal: &std::path::Path) -> BTreeMap<String, i64> {
    let table = hledger(
        journal,
        &["balance", "--flat", "--no-total", "--empty", "-O", "csv"],
    );
    let rows = table.lines().skip(1);
    rows.map(|row| {
        let (account, amount) = row.trim_matches('"').split_once("\",\"").expect("two columns");
        (account.to_owned(), cents(amount))
    })
    .collect()
}

/// The amounts of a list in the last screen that has this title, by name: `1. Clara → you: €40, by …`.
fn listed(transcript: &str, title: &str, mine: bool) -> BTreeMap<String, i64> {
    let screen = transcript
        .rsplit(&format!("\n{title}\n"))
        .next()
        .expect("the screen is shown");
    let lines = screen
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.contains('❤'));
    let mut amounts: BTreeMap<String, i64> = BTreeMap::new();
    for line in lines {
        let said = line.split_once(". ").expect("a number").1;
        let (who, amount) = said.split_once(": ").expect("who and how much");
        let (from, to) = who.split_once(" → ").expect("from and to");
        let name = if mine { to } else { from };
        // Signs that mean something to hledger become spaces.
        let name = name.replace(['(', ')'], "");
        *amounts.entry(name).or_default() += cents(amount.split([',', ' ']).next().expect("an amount"));
    }
    amounts
}

async fn exported(place: Arc<Place>) {
    let story = tell(&place, "export").await;
    let journal = story.files().join("exodus.journal");
    hledger(&journal, &["check", "--strict"]);
    let balances = balances(&journal);
    for (account, title, mine) in [
        ("obligations:owed to me:", "From others to me", false),
        ("obligations:I owe:", "From me to others", true),
    ] {
        let shown = listed(story.transcript(), title, mine);
        assert!(!shown.is_empty(), "{title}");
        for (name, amount) in shown {
            assert_eq!(
                balances.get(&format!("{account}{name}")),
                Some(&amount),
                "{account}{name} in {balances:#?}"
            );
        }
    }
    let home = story
        .transcript()
        .rsplit("This month: gave ")
        .next()
        .expect("home is shown");
    let (given, received) = home.split_once(" · received ").expect("both");
    let received = received.split(' ').next().expect("an amount");
    let sum = |account: &str| -> i64 {
        balances
            .iter()
            .filter(|(name, _)| name.starts_with(account))
            .map(|(_, sum)| sum)
            .sum()
    };
    assert_eq!(sum("help:given:"), cents(given));
    assert_eq!(sum("help:received:"), cents(received));
}

#[test]
fn m10_hledger_and_the_screens_agree() {
    run(Backend::Sqlite, exported);
}
