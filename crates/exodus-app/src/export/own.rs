//! Everything of one member's own, gathered to be written.
//!
//! The member's journal entries, replayed by the core, are all of their records: the present and the past ones, with
//! nobody else's among them.

use std::collections::BTreeMap;

use exodus_core::{Amount, Fact, Ledger, LinkId, MemberId, NoteId, Scope, Snapshot, Timestamp, view};
use exodus_i18n::{Lang, Unit, Voice};
use exodus_store::{Account, Entry, Person, Store, Trouble};

use super::{cell::decimal, line::Line, people::People};
use crate::{App, linking};

/// Entries read at once; few in tests, so that they turn pages.
const PAGE: u64 = if cfg!(test) { 5 } else { 1000 };

/// Everything of one member's own.
#[derive(Clone, Debug)]
pub(super) struct Own {
    /// Whose.
    pub(super) me: MemberId,
    /// As of when.
    pub(super) at: Timestamp,
    /// What surrounds them: who is seen now, what is frozen.
    pub(super) near: Ledger,
    /// Their journal entries, oldest first, and what each tells them.
    pub(super) entries: Vec<(Entry, Line)>,
    /// The replay of these entries.
    pub(super) records: Snapshot,
    /// How others are called.
    pub(super) people: People,
    /// Words of these records.
    pub(super) notes: BTreeMap<NoteId, String>,
    /// What they say about themselves.
    pub(super) person: Person,
    /// Their chat accounts.
    pub(super) accounts: Vec<Account>,
    /// Whether payment details are left out: an account was linked less than 72 hours ago (M1, M12).
    pub(super) pay_hidden: bool,
    /// How to speak to them.
    pub(super) voice: Voice,
}

impl Own {
    /// Gathers it.
    pub(super) async fn gather(app: &App, me: MemberId) -> Result<Self, Trouble> {
        let store = app.store();
        let near = store.load_near(me, &Scope::of_members([me])).await?;
        let mut own = Self::of(me, store.now(), near, journal(store, me).await?);
        let mut persons = store.persons(&own.in_sight()).await?;
        own.person = persons.remove(&me).unwrap_or_default();
        let names = persons
            .into_iter()
            .map(|(member, person)| (member, person.name))
            .collect();
        own.introduce(&names, app.voice(Some(&own.person)));
        own.notes = store.notes(&own.note_ids()).await?;
        own.accounts = store.accounts_of(me).await?;
        own.pay_hidden = own
            .accounts
            .iter()
            .any(|account| linking::is_fresh(&own.person, &account.key, own.at));
        Ok(own)
    }

    /// What the entries tell, with everybody under a pseudonym.
    pub(super) fn of(me: MemberId, at: Timestamp, near: Ledger, entries: Vec<Entry>) -> Self {
        let told = entries
            .into_iter()
            .filter_map(|entry| Line::of(me, &entry.event).map(|line| (entry, line)));
        let entries: Vec<(Entry, Line)> = told.collect();
        let mut records = Ledger::new(near.policy.clone());
        for (entry, _) in &entries {
            records.evolve(&entry.event);
        }
        let mut own = Self {
            me,
            at,
            near,
            entries,
            records: records.snapshot(),
            people: People::default(),
            notes: BTreeMap::new(),
            person: Person::default(),
            accounts: Vec::new(),
            pay_hidden: false,
            voice: Voice::new(Lang::default()),
        };
        own.introduce(&BTreeMap::new(), own.voice.clone());
        own
    }

    /// Calls people by these names, and speaks in this voice.
    pub(super) fn introduce(&mut self, names: &BTreeMap<MemberId, String>, voice: Voice) {
        let order = self.entries.iter().filter_map(|(_, line)| line.with);
        self.people = People::new(order, names, &voice);
        self.voice = voice;
    }

    /// Whom the member sees now, of all who occur, and themselves.
    fn in_sight(&self) -> Vec<MemberId> {
        let occur = self.people.all().map(|(member, ..)| member);
        let seen = occur.filter(|member| view::sight(&self.near, self.me, *member).any());
        seen.chain([self.me]).collect()
    }

    /// The words to show. Those of a voucher whom the member does not see are not theirs to read (M8a).
    pub(super) fn note_ids(&self) -> Vec<NoteId> {
        let lines = self.entries.iter().map(|(_, line)| line);
        let may_read = |line: &&Line| {
            let theirs = line.what == "vouched" && line.side == "theirs";
            !theirs || line.with.is_some_and(|member| self.people.is_named(member))
        };
        lines
            .filter(may_read)
            .flat_map(|line| [line.details.note, line.details.talk])
            .flatten()
            .collect()
    }

    /// The unit of account.
    pub(super) const fn unit(&self) -> &Unit {
        &self.voice.unit
    }

    /// An amount as the format writes it.
    pub(super) fn amount(&self, amount: Amount) -> String {
        decimal(amount, self.unit().decimals)
    }

    /// Words of a record, if there are any and they have not been erased.
    pub(super) fn words(&self, note: Option<NoteId>) -> Option<String> {
        self.notes.get(&note?).cloned()
    }

    /// How somebody is called.
    pub(super) fn label(&self, member: MemberId) -> Option<String> {
        self.people.label(member).map(ToOwned::to_owned)
    }

    /// The one of two who is not the member.
    pub(super) fn other(&self, one: MemberId, other: MemberId) -> Option<String> {
        self.label(if one == self.me { other } else { one })
    }
}

/// A member's journal entries as of one moment, oldest first; with them, who followed their links to others.
async fn journal(store: &Store, me: MemberId) -> Result<Vec<Entry>, Trouble> {
    let mut entries: BTreeMap<u64, Entry> = BTreeMap::new();
    let mut before = None;
    loop {
        let page = store.history_of_member(me, before, PAGE).await?;
        before = page.last().map(|entry| entry.seq);
        let more = u64::try_from(page.len()).is_ok_and(|read| read == PAGE);
        entries.extend(page.into_iter().map(|entry| (entry.seq, entry)));
        if !more {
            break;
        }
    }
    let made = |entry: &Entry| {
        let Fact::LinkMade {
            link: LinkId(link),
            maker,
            about,
            ..
        } = entry.event.fact
        else {
            return None;
        };
        (maker == me && about != me).then_some(link)
    };
    let links: Vec<u64> = entries.values().filter_map(made).collect();
    let mut before = None;
    while !links.is_empty() {
        let page = store.history_of_record(&links, before, PAGE).await?;
        before = page.last().map(|entry| entry.seq);
        let more = u64::try_from(page.len()).is_ok_and(|read| read == PAGE);
        entries.extend(page.into_iter().map(|entry| (entry.seq, entry)));
        if !more {
            break;
        }
    }
    Ok(entries.into_values().collect())
}
