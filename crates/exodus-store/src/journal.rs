//! The journal's rows: versioned records of their own, chained by hash.
//!
//! The hash of an entry is BLAKE3 over the hash before it and everything the entry says: its number, version, time,
//! actor, command and body. The columns to look it up by are derived from the body; `verify` derives them again.

pub(crate) mod v1;

use exodus_core::{Actor, CommandId, Event, Fact, MemberId, Timestamp};
use serde::de::Error as _;

use crate::{
    dialect::{int, nat},
    entity::journal,
    trouble::Trouble,
};

/// The hash before the first entry.
pub(crate) const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The version in which entries are written now.
const VERSION: i64 = 1;

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// The command it came from.
    pub command: CommandId,
    /// What happened.
    pub event: Event,
}

/// Chains entries onto a head.
pub(crate) struct Chain {
    pub(crate) ledger: i64,
    pub(crate) seq: i64,
    pub(crate) hash: String,
}

impl Chain {
    /// The row for the next entry.
    pub(crate) fn append(&mut self, command: CommandId, event: &Event) -> Result<journal::Model, Trouble> {
        let body = serde_json::to_string(&v1::Fact::from(&event.fact))?;
        let (by_kind, by_member) = actor_columns(event.by);
        let subjects = event.fact.subjects();
        let mut row = journal::Model {
            ledger_id: self.ledger,
            seq: self.seq.saturating_add(1),
            version: VERSION,
            at: event.at.seconds(),
            by_kind,
            by_member,
            kind: kind_of(&body).to_owned(),
            member: int(subjects.member.0),
            other: subjects.other.map(|member| int(member.0)),
            record: subjects.record.map(int),
            tied: subjects.tied.map(int),
            command: id_text(command.0),
            body,
            hash: String::new(),
        };
        row.hash = hash_of(&self.hash, &row);
        self.seq = row.seq;
        self.hash.clone_from(&row.hash);
        Ok(row)
    }
}

/// The hash of a row that follows an entry with that hash.
pub(crate) fn hash_of(before: &str, row: &journal::Model) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut say = |bytes: &[u8]| {
        hasher.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(bytes);
    };
    say(before.as_bytes());
    for number in [
        row.ledger_id,
        row.seq,
        row.version,
        row.at,
        row.by_kind,
        row.by_member.unwrap_or(-1),
    ] {
        say(&number.to_be_bytes());
    }
    for text in [&row.kind, &row.command, &row.body] {
        say(text.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// What a row says.
pub(crate) fn read(row: &journal::Model) -> Result<Entry, Trouble> {
    let damaged = |what: String| Trouble::Damaged(format!("journal entry {}: {what}", row.seq));
    let fact: Fact = match row.version {
        1 => {
            let fact: v1::Fact =
                serde_json::from_str(&row.body).map_err(|error| damaged(error.to_string()))?;
            fact.into()
        }
        version => return Err(damaged(format!("version {version} is unknown"))),
    };
    let by = actor(row.by_kind, row.by_member).ok_or_else(|| damaged("its actor is unknown".to_owned()))?;
    let command = parse_id(&row.command).ok_or_else(|| damaged("its command has no id".to_owned()))?;
    let event = Event {
        at: Timestamp::from_seconds(row.at),
        by,
        fact,
    };
    Ok(Entry {
        seq: nat(row.seq),
        command: CommandId(command),
        event,
    })
}

/// The columns of a row that its body does not agree with.
pub(crate) fn wrong_columns(row: &journal::Model, event: &Event) -> Vec<&'static str> {
    let subjects = event.fact.subjects();
    let mut wrong = Vec::new();
    if row.kind != kind_of(&row.body) {
        wrong.push("kind");
    }
    if row.member != int(subjects.member.0) {
        wrong.push("member");
    }
    if row.other != subjects.other.map(|member| int(member.0)) {
        wrong.push("other");
    }
    if row.record != subjects.record.map(int) {
        wrong.push("record");
    }
    if row.tied != subjects.tied.map(int) {
        wrong.push("tied");
    }
    wrong
}

/// The name of a fact: what its body begins with.
pub(crate) fn kind_of(body: &str) -> &str {
    body.split('"').nth(1).unwrap_or_default()
}

const fn actor_columns(by: Actor) -> (i64, Option<i64>) {
    match by {
        Actor::Newcomer => (0, None),
        #[expect(clippy::cast_possible_wrap, reason = "ids stay far below 2^63")]
        Actor::Member(member) => (1, Some(member.0 as i64)),
        Actor::Clock => (2, None),
    }
}

fn actor(kind: i64, member: Option<i64>) -> Option<Actor> {
    match (kind, member) {
        (0, None) => Some(Actor::Newcomer),
        (1, Some(member)) => Some(Actor::Member(MemberId(nat(member)))),
        (2, None) => Some(Actor::Clock),
        _ => None,
    }
}

/// 128 bits as 32 hexadecimal digits.
pub(crate) fn id_text(id: u128) -> String {
    format!("{id:032x}")
}

/// 128 bits from 32 hexadecimal digits.
pub(crate) fn parse_id(text: &str) -> Option<u128> {
    u128::from_str_radix(text, 16).ok()
}

/// Reads a text as something with a text form.
pub(crate) fn parsed<'de, T, D>(deserializer: D, what: &'static str) -> Result<T, D::Error>
where
    T: std::str::FromStr,
    D: serde::Deserializer<'de>,
{
    struct Parse<T>(&'static str, std::marker::PhantomData<T>);
    impl<T: std::str::FromStr> serde::de::Visitor<'_> for Parse<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse()
                .map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }
    deserializer
        .deserialize_str(Parse(what, std::marker::PhantomData))
        .map_err(D::Error::custom)
}

#[cfg(test)]
mod tests;
