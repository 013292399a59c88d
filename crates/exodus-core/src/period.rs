//! What time itself demands, from the state alone: the scheduler's brain.
//!
//! Everything that falls due belongs to one member: month ends, reminders as a debtor, reminders and silences as a
//! creditor, deadlines of one's emergency, last days of links to oneself. So a scheduler keeps one instant per member
//! ([`next_due`]), loads those whose instant has come, and gives the commands of [`due_for`].

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{
    appeal::Appeal,
    command::Command,
    id::{MemberId, RunId},
    ledger::Ledger,
    member::Member,
    obligation::{Obligation, ObligationState, Report},
    policy::{days_after, days_before},
    set_off::{self, Due},
    time::{Date, Period, Timestamp},
};

/// Everything due by an instant, for everybody, in order of time.
#[must_use]
pub fn due(ledger: &Ledger, at: Timestamp) -> Vec<Command> {
    let everybody = ledger.members().flat_map(|member| items(ledger, member));
    let mut commands = in_order(everybody.filter(|item| item.at <= at).collect());
    commands.splice(0..0, due_for_all(ledger, at));
    commands
}

/// What is due by an instant for the whole community: the announcement of a run of clearing, or the run itself (K7), for whoever
/// holds the whole ledger. It comes before anything due for a member.
#[must_use]
pub fn due_for_all(ledger: &Ledger, at: Timestamp) -> Option<Command> {
    match ledger.clearing().due(&ledger.policy, at)? {
        Due::Announcement(period) => Some(Command::AnnounceClearing { period }),
        Due::Run(period) => {
            let claims: Vec<_> = ledger.claims().collect();
            // A month without clearing is better than a month that can not end.
            let set_offs = set_off::plan(&claims).unwrap_or_default();
            Some(Command::RunClearing { period, set_offs })
        }
        Due::CarryingOut(_) => None,
    }
}

/// Everything due by an instant for one member, in order of time.
#[must_use]
pub fn due_for(ledger: &Ledger, member: MemberId, at: Timestamp) -> Vec<Command> {
    let items = ledger
        .member(member)
        .map(|row| items(ledger, row))
        .unwrap_or_default();
    in_order(items.into_iter().filter(|item| item.at <= at).collect())
}

/// The first thing that binds (a month end, a deadline, a silence, an expiry; no reminder) due by an instant for some
/// members.
#[must_use]
pub fn first_binding(ledger: &Ledger, members: &BTreeSet<MemberId>, at: Timestamp) -> Option<Command> {
    let rows = members.iter().filter_map(|id| ledger.member(*id));
    let items = rows
        .flat_map(|row| items(ledger, row))
        .filter(|item| item.binds && item.at <= at);
    items
        .min_by_key(|item| (item.at, item.rank))
        .map(|item| item.command)
}

/// When the next thing falls due for a member, after an instant by which everything due was done.
#[must_use]
pub fn next_due(ledger: &Ledger, member: MemberId, after: Timestamp) -> Option<Timestamp> {
    let row = ledger.member(member)?;
    items(ledger, row)
        .into_iter()
        .map(|item| item.at)
        .filter(|at| *at > after)
        .min()
}

/// Something that falls due.
struct Item {
    at: Timestamp,
    /// Among things due at the same instant, what comes first.
    rank: u8,
    binds: bool,
    command: Command,
}

fn in_order(mut items: Vec<Item>) -> Vec<Command> {
    items.sort_by_key(|item| (item.at, item.rank));
    items.into_iter().map(|item| item.command).collect()
}

/// Everything that is or will be due for a member, as the state is now.
fn items(ledger: &Ledger, row: &Member) -> Vec<Item> {
    let mut items = Vec::new();
    if !row.is_here() {
        return items;
    }
    let member = row.id;
    let mut add = |at, rank, binds, command| {
        items.push(Item {
            at,
            rank,
            binds,
            command,
        })
    };
    let emergency = row.emergency.and_then(|id| ledger.appeal(id));
    if let Some((appeal, deadline)) = emergency.and_then(|appeal| Some((appeal.id, appeal.deadline()?))) {
        add(
            ledger.policy.zone.end_of(deadline),
            0,
            true,
            Command::ExpireEmergency { appeal },
        );
    }
    for link in ledger.links_about(member).filter(|link| link.is_active()) {
        if let Some(date) = link.expires {
            add(
                ledger.policy.zone.end_of(date),
                1,
                true,
                Command::ExpireLink { link: link.id },
            );
        }
    }
    for obligation in ledger
        .owed_to(member)
        .filter(|obligation| obligation.is_unsettled())
    {
        for (report, waiting) in obligation.waiting() {
            let silent = waiting.at.plus_days(ledger.policy.silence_days);
            add(silent, 2, true, Command::SettleBySilence { report });
            if let Some(at) = creditor_reminder_due(ledger, obligation, waiting) {
                add(at, 5, false, Command::RemindCreditor { report });
            }
        }
    }
    if let Some(since) = row.suspended.filter(|_| !ledger.has_overdue(member)) {
        add(since, 3, true, Command::LiftSuspension { member });
    }
    add(
        ledger.policy.start_of(row.period.next()),
        4,
        true,
        Command::RollOver {
            member,
            period: row.period,
        },
    );
    for obligation in ledger
        .owed_by(member)
        .filter(|obligation| obligation.is_unsettled())
    {
        let id = obligation.id;
        if let Some(at) = soon_reminder_due(ledger, obligation) {
            add(
                at,
                6,
                false,
                Command::RemindDebtor {
                    obligation: id,
                    last: false,
                },
            );
        }
        if let Some(at) = last_reminder_due(ledger, obligation) {
            add(
                at,
                7,
                false,
                Command::RemindDebtor {
                    obligation: id,
                    last: true,
                },
            );
        }
    }
    if let Some((at, period)) = nudge_due(ledger, member) {
        add(at, 8, false, Command::Nudge { member, period });
    }
    if let Some((at, period)) = summary_due(ledger, member) {
        add(at, 9, false, Command::Summarise { member, period });
    }
    if let Some(ran) = ledger.clearing().ran
        && ledger.to_carry_out(member).next().is_some()
    {
        add(ran.at, 0, true, Command::CarryOutClearing { member });
    }
    for proposal in ledger.proposals_of(member).filter(|row| row.by == member) {
        let at = if ledger.stands(proposal) {
            proposal.expires
        } else {
            proposal.at
        };
        add(
            at,
            2,
            true,
            Command::LapseProposal {
                proposal: proposal.id,
            },
        );
    }
    if let Some((at, period)) = announcement_due(ledger, member) {
        add(at, 8, false, Command::TellClearing { member, period });
    }
    if let Some((at, run)) = statement_due(ledger, member) {
        add(at, 10, false, Command::StateClearing { member, run });
    }
    items
}

/// The announcement of a run (K7): when, and of which month; for whoever had agreed by then to have something cleared that can
/// be, whatever the other side says.
pub(crate) fn announcement_due(ledger: &Ledger, member: MemberId) -> Option<(Timestamp, Period)> {
    let row = ledger.member(member).filter(|row| row.is_here())?;
    let told = row.clearing.announced >= Some(row.period);
    let period = if told { row.period.next() } else { row.period };
    let day = set_off::announce_day(&ledger.policy, period)?;
    let at = ledger.policy.reminder_time(day);
    let agreed = |o: &Obligation| {
        let word = if o.debtor == member {
            o.consents.debtor
        } else {
            o.consents.creditor
        };
        word.map_or(row.clearing.consents, |word| word.given.then_some(word.at))
    };
    let mut both = ledger.owed_by(member).chain(ledger.owed_to(member));
    let any =
        both.any(|o| o.made < at && agreed(o).is_some_and(|since| since < at) && !ledger.free(o).is_zero());
    any.then_some((at, period))
}

/// The statement of the last run that set something off for a member (K6): in the morning after it.
pub(crate) fn statement_due(ledger: &Ledger, member: MemberId) -> Option<(Timestamp, RunId)> {
    let row = ledger.member(member).filter(|row| row.is_here())?;
    let run = row
        .clearing
        .run
        .filter(|_| row.clearing.run > row.clearing.stated)?;
    let ran = ledger.clearing().ran.filter(|ran| ran.id == run);
    let at = ran.map_or(row.joined, |ran| {
        ledger.policy.reminder_time(ledger.policy.date(ran.at))
    });
    Some((at, run))
}

/// Whether the debtor has anything left to do that may be asked for: not reported, not frozen.
fn is_to_do(ledger: &Ledger, obligation: &Obligation) -> bool {
    obligation.is_unsettled() && !obligation.unreported().is_zero() && !ledger.is_red(obligation.debtor)
}

/// Three days before the due date the debtor is reminded (C2), if it was made before that.
pub(crate) fn soon_reminder_due(ledger: &Ledger, obligation: &Obligation) -> Option<Timestamp> {
    let policy = &ledger.policy;
    let at = policy.reminder_time(days_before(obligation.due, policy.due_soon_days));
    let open = matches!(obligation.state, ObligationState::Open);
    let unspoken = obligation.reminded_soon.is_none() && obligation.reminded_last.is_none();
    (open && unspoken && obligation.made < at && is_to_do(ledger, obligation)).then_some(at)
}

/// The last reminder (C8): on the day before the due date; when it was made or moved later than that, on the day before
/// the last of a month. So it always comes more than a day before the roll-over that it warns of. What that roll-over
/// let be, and what is overdue already, is spoken of once a month: of what is overdue only while its debtor can still
/// be suspended for it.
pub(crate) fn last_reminder_due(ledger: &Ledger, obligation: &Obligation) -> Option<Timestamp> {
    if !is_to_do(ledger, obligation) {
        return None;
    }
    let policy = &ledger.policy;
    let debtor = ledger.member(obligation.debtor)?;
    if obligation.is_overdue() && debtor.suspended.is_some() {
        return None;
    }
    let before_end_of = |period: Period| policy.reminder_time(days_before(period.last_day(), 1));
    match obligation.reminded_last {
        None if obligation.is_overdue() => Some(before_end_of(debtor.period)),
        None => {
            let day_before = policy.reminder_time(days_before(obligation.due, 1));
            let period = obligation.period().max(debtor.period);
            let candidates = [day_before, before_end_of(period)];
            let fits = |at: &Timestamp| obligation.made < *at && policy.period(*at) >= debtor.period;
            Some(
                candidates
                    .into_iter()
                    .find(fits)
                    .unwrap_or_else(|| before_end_of(period.next())),
            )
        }
        Some(last) => {
            let said = last >= policy.start_of(debtor.period);
            let period = if said { debtor.period.next() } else { debtor.period };
            Some(before_end_of(period))
        }
    }
}

/// The instant from which a roll-over finds an obligation overdue: the end of its due date (C3.3); towards an emergency
/// three days after that one's deadline at the earliest (C7).
pub(crate) fn overdue_from(ledger: &Ledger, obligation: &Obligation) -> Timestamp {
    let zone = &ledger.policy.zone;
    let due = zone.end_of(obligation.due);
    if !obligation.is_of_emergency() {
        return due;
    }
    let appeal = obligation.appeal().and_then(|id| ledger.appeal(id));
    let deadline = appeal.and_then(Appeal::deadline).unwrap_or(obligation.due);
    due.max(zone.end_of(days_after(deadline, 3)))
}

/// The 1st on which an open obligation becomes overdue unless it is carried out or reported before, and its debtor is
/// given the last reminder in time (C3.3, C7, C8). `None` while it is frozen, and for what is not open.
#[must_use]
pub fn overdue_on(ledger: &Ledger, obligation: &Obligation) -> Option<Date> {
    let open = matches!(obligation.state, ObligationState::Open) && !ledger.is_obligation_frozen(obligation);
    let debtor = ledger.member(obligation.debtor).filter(|_| open)?;
    let (policy, from) = (&ledger.policy, overdue_from(ledger, obligation));
    let within = policy.period(from);
    let found = if policy.start_of(within) < from {
        within.next()
    } else {
        within
    };
    Some(found.max(debtor.period.next()).first_day())
}

/// The creditor is reminded of an unanswered report after five days and then weekly (L12), and three days before the
/// month's end (C2), though not twice within two days.
pub(crate) fn creditor_reminder_due(
    ledger: &Ledger,
    obligation: &Obligation,
    report: &Report,
) -> Option<Timestamp> {
    if !report.is_waiting()
        || ledger
            .member(obligation.creditor)
            .is_none_or(|creditor| !creditor.is_here())
    {
        return None;
    }
    let policy = &ledger.policy;
    let regular = match report.system_reminded {
        None => report.at.plus_days(policy.confirm_reminder_days),
        Some(last) => last.plus_days(policy.confirm_reminder_again_days),
    };
    let last_word = report.system_reminded.unwrap_or(report.at);
    let period = ledger.member(obligation.creditor)?.period;
    let end = policy.reminder_time(days_before(period.last_day(), policy.due_soon_days));
    let before_end = (last_word.plus_days(2) <= end).then_some(end);
    before_end.into_iter().chain([regular]).min()
}

/// The 25th (C1): when, and for which month. Once it has come, only for somebody who had something unfinished by then.
pub(crate) fn nudge_due(ledger: &Ledger, member: MemberId) -> Option<(Timestamp, Period)> {
    let row = ledger.member(member).filter(|row| row.is_here())?;
    let period = if row.nudged >= Some(row.period) {
        row.period.next()
    } else {
        row.period
    };
    let day = period
        .first_day()
        .with()
        .day(ledger.policy.nudge_day.clamp(1, 28))
        .build()
        .ok()?;
    let at = ledger.policy.reminder_time(day);
    has_unfinished(ledger, row, at).then_some((at, period))
}

/// Whether anything is theirs to do before the month ends, since before an instant.
fn has_unfinished(ledger: &Ledger, row: &Member, since: Timestamp) -> bool {
    let member = row.id;
    ledger
        .intentions_by(member)
        .any(|i| i.recorded < since && !ledger.is_frozen(i))
        || ledger
            .owed_by(member)
            .any(|o| o.made < since && is_to_do(ledger, o))
        || ledger
            .owed_to(member)
            .any(|o| o.waiting().any(|(_, report)| report.at < since))
        || ledger
            .offers_of(member)
            .any(|offer| offer.to == member && offer.at < since)
}

/// The month's summary (C4): when, and of which month; only for somebody with something to report.
pub(crate) fn summary_due(ledger: &Ledger, member: MemberId) -> Option<(Timestamp, Period)> {
    let row = ledger.member(member).filter(|row| row.is_here())?;
    let closed = row.period.previous();
    let done = row.summarised >= Some(closed) || Period::of(ledger.policy.date(row.joined)) > closed;
    let stirred = row.stirred >= Some(closed) || row.reputation.overdue > 0;
    let at = ledger.policy.reminder_time(row.period.first_day());
    (!done && stirred).then_some((at, closed))
}
