//! What a member says about themselves, where they are reached, and whom they know: tables.

use exodus_core::{Status, notice::Category};
use exodus_store::{Loudness, Person};

use super::{
    cell::{Row, Table},
    own::Own,
    words,
};
use crate::linking::{self, Claim};

/// The tables, those without rows too.
pub(super) fn tables(own: &Own) -> Vec<Table> {
    // Everything that is kept of a person is in one of them: whoever adds a field decides here in which.
    let Person {
        name: _,
        language: _,
        about: _,
        zone: _,
        quiet: _,
        display_currency: _,
        harmless_limit: _,
        gifts_counted: _,
        pay: _,
        offers: _,
        loudness: _,
        notify_account: _,
        seen: _,
        list_seen: _,
        extra: _,
    } = &own.person;
    vec![
        Table {
            name: "profile",
            rows: vec![profile(own, &own.person)],
        },
        Table {
            name: "payment_details",
            rows: payment_details(own),
        },
        Table {
            name: "can_offer",
            rows: can_offer(own),
        },
        Table {
            name: "notifications",
            rows: notifications(&own.person),
        },
        Table {
            name: "accounts",
            rows: accounts(own),
        },
        Table {
            name: "linking_asked",
            rows: linking_asked(own),
        },
        Table {
            name: "kept_besides",
            rows: kept_besides(&own.person),
        },
        Table {
            name: "people",
            rows: people(own),
        },
        Table {
            name: "referrals",
            rows: referrals(own),
        },
        Table {
            name: "blocks",
            rows: blocks(own),
        },
    ]
}

fn profile(own: &Own, person: &Person) -> Row {
    let me = own.near.member(own.me);
    let reputation = me.map(|row| row.reputation).unwrap_or_default();
    let (quiet_from, quiet_to) = person.quiet.unzip();
    Row(vec![
        ("name", person.name.as_str().into()),
        (
            "status",
            words::status(me.map_or(Status::Green, exodus_core::Member::status)).into(),
        ),
        ("joined", me.map(|row| row.joined).into()),
        ("left", me.and_then(|row| row.left).into()),
        ("about", person.about.clone().into()),
        ("language", person.language.as_str().into()),
        ("time_zone", person.zone.clone().into()),
        ("quiet_from", quiet_from.map(u32::from).into()),
        ("quiet_to", quiet_to.map(u32::from).into()),
        ("display_currency", person.display_currency.clone().into()),
        (
            "without_harm",
            person
                .harmless_limit
                .map(|minor| own.amount(exodus_core::Amount::from_minor(minor)))
                .into(),
        ),
        ("gifts_counted", person.gifts_counted.into()),
        (
            "list_members_last_seen",
            person.list_seen.as_ref().map(|list| list.whole().members).into(),
        ),
        (
            "list_pool_last_seen",
            person
                .list_seen
                .as_ref()
                .map(|list| own.amount(list.whole().pool))
                .into(),
        ),
        ("forbids_links", me.is_some_and(|row| row.forbids_links).into()),
        ("payment_details_hidden", own.pay_hidden.into()),
        ("fulfilled_on_time", reputation.on_time.into()),
        ("fulfilled_late", reputation.late.into()),
        ("fulfilled_by_silence", reputation.by_silence.into()),
        ("released", reputation.released.into()),
        ("overdue_now", reputation.overdue.into()),
        ("months_taken_part", reputation.months.into()),
        ("suspended_since", me.and_then(|row| row.suspended).into()),
    ])
}

fn payment_details(own: &Own) -> Vec<Row> {
    let shown = own.person.pay.iter().filter(|_| !own.pay_hidden);
    shown
        .map(|entry| {
            Row(vec![
                ("label", entry.label.as_str().into()),
                ("text", entry.text.as_str().into()),
                ("default", entry.default.into()),
            ])
        })
        .collect()
}

fn can_offer(own: &Own) -> Vec<Row> {
    let value = |minor| own.amount(exodus_core::Amount::from_minor(minor));
    let lines = own.person.offers.iter();
    lines
        .map(|line| {
            Row(vec![
                ("text", line.text.as_str().into()),
                ("value", line.value.map(value).into()),
                ("unit", line.value.map_or("", |_| own.unit().code.as_str()).into()),
            ])
        })
        .collect()
}

/// What differs from *at once*.
fn notifications(person: &Person) -> Vec<Row> {
    let loud = |loudness| match loudness {
        Loudness::AtOnce => "at_once",
        Loudness::Digest => "daily_digest",
        Loudness::Off => "off",
    };
    let chosen = person.loudness.iter();
    chosen
        .map(|(category, loudness)| {
            Row(vec![
                ("category", category_word(*category).into()),
                ("loudness", loud(*loudness).into()),
            ])
        })
        .collect()
}

/// The category's name as the specification writes it: `intention_for_me`.
fn category_word(category: Category) -> String {
    let name = serde_json::to_value(category).unwrap_or_default();
    let mut word = String::new();
    for c in name.as_str().unwrap_or_default().chars() {
        if c.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

fn accounts(own: &Own) -> Vec<Row> {
    let accounts = own.accounts.iter();
    accounts
        .map(|account| {
            Row(vec![
                ("platform", account.key.platform.as_str().into()),
                ("address", account.key.address.as_str().into()),
                ("linked", account.created.into()),
                ("last_used", account.last_used.into()),
                ("active", account.active.into()),
                (
                    "chosen_for_notices",
                    (own.person.notify_account.as_ref() == Some(&account.key)).into(),
                ),
            ])
        })
        .collect()
}

/// A chat account that gave the member's code and waits for their word (M1).
fn linking_asked(own: &Own) -> Vec<Row> {
    let claim = linking::claim_of(&own.person, own.at);
    let row = |claim: Claim| {
        Row(vec![
            ("platform", claim.account.platform.into()),
            ("address", claim.account.address.into()),
            ("until", claim.until.into()),
        ])
    };
    claim.map(row).into_iter().collect()
}

/// What is kept for the member and is told by no other table, each as it is kept: hints seen, notes of the program's own.
fn kept_besides(person: &Person) -> Vec<Row> {
    let row = |what: &str, value: &str| Row(vec![("what", what.into()), ("value", value.into())]);
    let hints = person.seen.iter().map(|hint| row("hint_seen", hint));
    // A claim names somebody else, by a number too.
    let is_claim = |value: &str| serde_json::from_str::<Claim>(value).is_ok();
    let extra = person.extra.iter().filter(|(_, value)| !is_claim(value));
    hints.chain(extra.map(|(what, value)| row(what, value))).collect()
}

/// Everybody who occurs: how the other tables call them, and their own name for themselves, where it may be known.
fn people(own: &Own) -> Vec<Row> {
    let all = own.people.all();
    all.map(|(_, label, name)| {
        Row(vec![
            ("person", label.into()),
            ("name", name.unwrap_or_default().into()),
        ])
    })
    .collect()
}

/// By whom the member was invited, and whom they invited (N4).
fn referrals(own: &Own) -> Vec<Row> {
    let registered = own.entries.iter().filter(|(_, line)| line.what == "registered");
    let referred = registered.filter_map(|(entry, line)| Some((entry, line, line.with?)));
    referred
        .map(|(entry, line, other)| {
            Row(vec![
                ("with", own.label(other).into()),
                (
                    "direction",
                    if line.side == "mine" {
                        "invited_me"
                    } else {
                        "invited_by_me"
                    }
                    .into(),
                ),
                ("at", entry.event.at.into()),
            ])
        })
        .collect()
}

/// Whom the member blocked, and until when.
fn blocks(own: &Own) -> Vec<Row> {
    let blocked = own
        .entries
        .iter()
        .enumerate()
        .filter(|(_, (_, line))| line.what == "blocked");
    blocked
        .map(|(place, (entry, line))| {
            let later = own.entries.iter().skip(place);
            let until = later
                .filter(|(_, other)| other.what == "unblocked" && other.with == line.with)
                .map(|(end, _)| end);
            Row(vec![
                ("with", line.with.and_then(|other| own.label(other)).into()),
                ("from", entry.event.at.into()),
                ("until", until.map(|end| end.event.at).next().into()),
            ])
        })
        .collect()
}
