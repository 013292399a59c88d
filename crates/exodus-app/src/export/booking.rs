//! A member's records as double entries: where every promise stands, and how it came there.
//!
//! ```text
//! promised ─▶ intended ─▶ owed ─▶ helped
//!     (−)         └──▶ ended ◀──┘
//! ```
//! At any moment each record stands in places with its amounts, as the core counts them; what an event moves is the
//! difference. So the balances are the sums that the chat shows, and *promised*, where all of it comes from, is the sum
//! of the others below zero.

use std::collections::BTreeMap;

use exodus_core::{
    ClosureKind, Date, Fact, Intention, IntentionId, IntentionState, Ledger, MemberId, Obligation,
    ObligationId, Origin, Snapshot,
};

use super::own::Own;

/// Whose promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The member's own.
    Mine,
    /// Another's, to the member.
    Theirs,
}

/// How a promise ended without being carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// An intention taken back.
    Withdrawn,
    /// An intention not converted in time.
    Lapsed,
    /// Ended by no act of its author's.
    Cancelled,
    /// An obligation let go by its creditor, or because they left.
    Released,
    /// An obligation whose debtor left.
    Defaulted,
    /// An obligation, or part of one, whose place another took (K8).
    HandedOn,
}

/// Where amounts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Outstanding.
    Owed(Side),
    /// Intended.
    Intended(Side),
    /// Confirmed, by word or by silence.
    Helped(Side),
    /// Set off against what others owe (K1, K5).
    Cleared(Side),
    /// Neither given nor owed any more.
    Ended(Side, End),
    /// Where promises come from.
    Promised(Side),
}

/// An account: a place, and the other one.
pub(super) type Account = (Place, MemberId);

/// An amount moved, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// Where.
    pub(super) place: Place,
    /// How much came there; below zero: went away.
    pub(super) amount: i128,
    /// What stands there afterwards, where it is to be asserted.
    pub(super) then: Option<i128>,
}

/// What happened at once between the member and another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Booking {
    /// When, in the community's time zone; never before the booking before.
    pub(super) date: Date,
    /// The other one.
    pub(super) with: MemberId,
    /// What happened: message ids.
    pub(super) what: Vec<&'static str>,
    /// Numbers of the records concerned.
    pub(super) records: Vec<u64>,
    /// What moved; the sum is zero.
    pub(super) postings: Vec<Posting>,
}

/// What moves between the member and another while one command happens.
#[derive(Default)]
struct Moving {
    what: Vec<&'static str>,
    records: Vec<u64>,
    moved: BTreeMap<Place, i128>,
}

/// Everything that moved, in the order it happened.
pub(super) fn bookings(own: &Own) -> Vec<Booking> {
    let policy = &own.near.policy;
    let (mut ledger, mut balances, mut bookings) = (Ledger::new(policy.clone()), BTreeMap::new(), Vec::new());
    let mut date = Date::MIN;
    let one_command = |(one, _): &(_, _), (next, _): &(_, _)| same_command(one, next);
    for entries in own.entries.chunk_by(one_command) {
        let mut moving: BTreeMap<MemberId, Moving> = BTreeMap::new();
        for (entry, _) in entries {
            date = date.max(policy.date(entry.event.at));
            let subjects = entry.event.fact.subjects();
            let touched: Vec<u64> = subjects.record.into_iter().chain(subjects.tied).collect();
            let before = standing_of(own.me, &ledger, &touched);
            ledger.evolve(&entry.event);
            for ((place, with), amount) in difference(before, standing_of(own.me, &ledger, &touched)) {
                let moving = moving.entry(with).or_default();
                moving.add(place, amount);
                push_new(&mut moving.what, what(&entry.event.fact));
                subjects
                    .record
                    .into_iter()
                    .for_each(|record| push_new(&mut moving.records, record));
            }
        }
        for (with, moving) in moving {
            let postings = moving.settle(with, &mut balances);
            if !postings.is_empty() {
                bookings.push(Booking {
                    date,
                    with,
                    what: moving.what,
                    records: moving.records,
                    postings,
                });
            }
        }
    }
    bookings
}

/// What stands where at the end, from the records themselves.
pub(super) fn balances(own: &Own) -> BTreeMap<Account, i128> {
    let Snapshot {
        intentions,
        obligations,
        ..
    } = &own.records;
    let of_intentions = intentions
        .iter()
        .filter_map(|row| standing_of_intention(own.me, row));
    let of_obligations = obligations
        .iter()
        .flat_map(|row| standing_of_obligation(own.me, row));
    let mut balances = BTreeMap::new();
    for ((place, with), amount) in of_intentions.chain(of_obligations) {
        *balances.entry((place, with)).or_default() += amount;
        *balances.entry((Place::Promised(place.side()), with)).or_default() -= amount;
    }
    balances
}

fn same_command(one: &exodus_store::Entry, next: &exodus_store::Entry) -> bool {
    (one.command, one.event.at) == (next.command, next.event.at)
}

impl Place {
    const fn side(self) -> Side {
        match self {
            Self::Owed(side)
            | Self::Intended(side)
            | Self::Helped(side)
            | Self::Cleared(side)
            | Self::Ended(side, _)
            | Self::Promised(side) => side,
        }
    }
}

impl Moving {
    fn add(&mut self, place: Place, amount: i128) {
        *self.moved.entry(place).or_default() += amount;
        *self.moved.entry(Place::Promised(place.side())).or_default() -= amount;
    }

    /// The postings of what really moved: first where it went, then where it came from.
    fn settle(&self, with: MemberId, balances: &mut BTreeMap<Account, i128>) -> Vec<Posting> {
        let mut postings = Vec::new();
        for (&place, &amount) in self.moved.iter().filter(|(_, amount)| **amount != 0) {
            let balance = balances.entry((place, with)).or_default();
            *balance += amount;
            let then = matches!(place, Place::Owed(_)).then_some(*balance);
            postings.push(Posting { place, amount, then });
        }
        postings.sort_by_key(|posting| posting.amount < 0);
        postings
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Where records stand, by their numbers.
fn standing_of(me: MemberId, ledger: &Ledger, records: &[u64]) -> BTreeMap<Account, i128> {
    let mut standing = BTreeMap::new();
    for &record in records {
        let intention = ledger
            .intention(IntentionId(record))
            .and_then(|row| standing_of_intention(me, row));
        let obligation = ledger.obligation(ObligationId(record));
        let obligation = obligation
            .into_iter()
            .flat_map(|row| standing_of_obligation(me, row));
        for (account, amount) in intention.into_iter().chain(obligation) {
            *standing.entry(account).or_default() += amount;
        }
    }
    standing
}

fn difference(before: BTreeMap<Account, i128>, after: BTreeMap<Account, i128>) -> BTreeMap<Account, i128> {
    let mut difference = after;
    for (account, amount) in before {
        *difference.entry(account).or_default() -= amount;
    }
    difference.retain(|_, amount| *amount != 0);
    difference
}

/// Where an intention stands. A converted one stands as its obligations.
fn standing_of_intention(me: MemberId, row: &Intention) -> Option<(Account, i128)> {
    let (side, with) = seen_from(me, row.author, row.recipient);
    let place = match row.state {
        IntentionState::Live => Place::Intended(side),
        IntentionState::Withdrawn => Place::Ended(side, End::Withdrawn),
        IntentionState::Lapsed => Place::Ended(side, End::Lapsed),
        IntentionState::Cancelled => Place::Ended(side, End::Cancelled),
        IntentionState::Converted => return None,
    };
    Some(((place, with), i128::from(row.amount.minor())))
}

/// Where the parts of an obligation stand.
fn standing_of_obligation(me: MemberId, row: &Obligation) -> [(Account, i128); 5] {
    let (side, with) = seen_from(me, row.debtor, row.creditor);
    let end = row.closure.map_or(End::Released, |closure| match closure.kind {
        ClosureKind::Released | ClosureKind::CreditorLeft => End::Released,
        ClosureKind::Cancelled => End::Cancelled,
        ClosureKind::Defaulted => End::Defaulted,
    });
    let parts = [
        (Place::Owed(side), row.outstanding()),
        (Place::Helped(side), row.performed()),
        (Place::Cleared(side), row.cleared()),
        (Place::Ended(side, End::HandedOn), row.transferred()),
        (Place::Ended(side, end), row.closed()),
    ];
    parts.map(|(place, amount)| ((place, with), i128::from(amount.minor())))
}

fn seen_from(me: MemberId, one: MemberId, other: MemberId) -> (Side, MemberId) {
    if one == me {
        (Side::Mine, other)
    } else {
        (Side::Theirs, one)
    }
}

/// What moved amounts: a message's id.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "nothing else moves amounts; if it did, it would be called a change"
)]
const fn what(fact: &Fact) -> &'static str {
    match fact {
        Fact::IntentionRecorded { .. } => "export-what-intended",
        Fact::IntentionWithdrawn { .. } => "export-what-withdrawn",
        Fact::IntentionConverted { .. }
        | Fact::ObligationMade {
            origin: Origin::Appeal {
                intention: Some(_), ..
            },
            ..
        } => "export-what-converted",
        Fact::IntentionLapsed { .. } => "export-what-lapsed",
        Fact::IntentionCancelled { .. } | Fact::ObligationCancelled { .. } => "export-what-cancelled",
        Fact::IntentionRenewed { .. } => "export-what-renewed",
        Fact::ObligationMade {
            origin: Origin::HandedOn { .. },
            ..
        }
        | Fact::ObligationTransferred { .. } => "export-what-handed-on",
        Fact::ObligationCleared { .. } => "export-what-cleared",
        Fact::ObligationMade { .. } => "export-what-promised",
        Fact::PerformanceAnswered { .. } => "export-what-confirmed",
        Fact::PerformanceSettledBySilence { .. } => "export-what-silence",
        Fact::ConfirmationReopened { .. } => "export-what-reopened",
        Fact::ObligationReleased { .. } => "export-what-released",
        Fact::ObligationDefaulted { .. } => "export-what-defaulted",
        _ => "export-what-changed",
    }
}
