//! Time by hand, for playing: it stands still until somebody moves it, and on the way stops wherever something is due.

use std::{fmt, sync::Arc};

use exodus_app::{App, Outbound};
use exodus_core::{Date, Timestamp, Zone};
use exodus_i18n::{Text, read};

use crate::Trouble;

/// The setting of a play ledger that holds what time it is there, in seconds since 1970.
pub const CLOCK_SETTING: &str = "play-clock";

/// How far the clock goes at once, in days.
const FARTHEST: u32 = 366;
/// Goes at most in which everything due is done.
const GOES: usize = 1_000;
/// Members looked at in one go.
const AT_ONCE: usize = 1_000;
/// Six hours.
const LONGEST_PATIENCE: i64 = 21_600;
/// A line typed takes so many seconds of a play ledger's time.
pub(crate) const LINE: i64 = 60;

/// A clock that can be moved.
#[derive(Clone)]
pub struct Play(Arc<dyn Fn(Timestamp) + Send + Sync>);

impl fmt::Debug for Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Play")
    }
}

impl Play {
    /// The clock that is set so; it is the one the application's store goes by.
    pub fn new(set: impl Fn(Timestamp) + Send + Sync + 'static) -> Self {
        Self(Arc::new(set))
    }

    /// Moves the clock on, never back. The instant is written down before it comes, so that a restart never finds
    /// records younger than its clock.
    ///
    /// # Errors
    /// [`Trouble`], and then the clock stays.
    pub async fn set(&self, app: &App, to: Timestamp) -> Result<(), Trouble> {
        if to > app.store().now() {
            app.store()
                .set_setting(CLOCK_SETTING, &to.seconds().to_string())
                .await?;
            (self.0)(to);
        }
        Ok(())
    }
}

/// Does everything that is due now, and hands over what waits to be told. `holder` names who does it.
///
/// # Errors
/// [`Trouble`].
pub async fn settle(app: &App, holder: &str, fronts: &[Arc<dyn Outbound>]) -> Result<(), Trouble> {
    for _ in 0..GOES {
        if app.tick(AT_ONCE).await? == 0 {
            break;
        }
    }
    for _ in 0..GOES {
        if app.deliver(holder, fronts).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// The instants on the way to another at which something is due or a notice may go, in order: never jumped over, so
/// that time moved by hand does what time by itself does.
#[derive(Clone, Copy, Debug)]
pub struct Stops {
    to: Timestamp,
    /// How long nobody looks after notices that could not be handed over, in seconds: longer each time in vain.
    patience: i64,
}

impl Stops {
    /// Those up to an instant.
    #[must_use]
    pub const fn up_to(to: Timestamp) -> Self {
        Self { to, patience: 1 }
    }

    /// The next one after now.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn next(&mut self, app: &App) -> Result<Option<Timestamp>, Trouble> {
        let now = app.store().now();
        let due = app.store().next_due_at().await?.filter(|at| *at > now);
        let soonest = Timestamp::from_seconds(now.seconds().saturating_add(self.patience));
        let letter = app.store().next_letter_at().await?.map(|at| at.max(soonest));
        let next = [due, letter]
            .into_iter()
            .flatten()
            .min()
            .filter(|at| *at <= self.to);
        if next.is_some() && next == letter {
            self.patience = self.patience.saturating_mul(4).min(LONGEST_PATIENCE);
        }
        Ok(next)
    }

    /// The last one was not in vain.
    pub const fn fruitful(&mut self) {
        self.patience = 1;
    }
}

/// Where a clock that shows `now` is to be moved, or why not.
pub(crate) enum Move {
    /// On by a day.
    Tomorrow,
    /// To a date.
    Date(String),
    /// To the next such hour.
    Hour(String),
}

impl Move {
    /// The instant meant.
    pub(crate) fn instant(&self, now: Timestamp, zone: &Zone) -> Result<Timestamp, Text> {
        let local = zone.local(now);
        let (today, time) = (local.date(), local.time());
        let to = match self {
            Self::Tomorrow => zone.instant(day_after(today).to_datetime(time)),
            Self::Date(given) => {
                let date = read::date(given, today).map_err(|error| match error {
                    read::DateError::Past(_) => Text::new("console-clock-forward").moment("at", local),
                    read::DateError::NotADate => {
                        Text::new("console-clock-date").code("example", day_after(today).to_string())
                    }
                })?;
                zone.instant(date.to_datetime(time))
            }
            Self::Hour(given) => {
                let hour = read::time_of_day(given).ok().filter(|time| time.minute() == 0);
                let hour = hour.ok_or_else(|| Text::new("console-clock-hour"))?;
                let later_today = zone.instant(today.to_datetime(hour));
                if later_today > now {
                    later_today
                } else {
                    zone.instant(day_after(today).to_datetime(hour))
                }
            }
        };
        if to <= now {
            Err(Text::new("console-clock-forward").moment("at", local))
        } else if to > now.plus_days(FARTHEST) {
            Err(Text::new("console-clock-far").count("days", u64::from(FARTHEST)))
        } else {
            Ok(to)
        }
    }
}

fn day_after(date: Date) -> Date {
    date.tomorrow().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-20 14:30 in Berlin.
    const NOW: Timestamp = Timestamp::from_seconds(1_795_181_400);

    fn moved(to: &Move) -> Result<String, String> {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        to.instant(NOW, &zone)
            .map(|at| zone.local(at).to_string())
            .map_err(|text| text.id.into_owned())
    }

    #[test]
    fn time_goes_forward_as_said() {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        assert_eq!(zone.local(NOW).to_string(), "2026-11-20T14:30:00");
        let date = |text: &str| Move::Date(text.to_owned());
        let hour = |text: &str| Move::Hour(text.to_owned());
        for (to, at) in [
            (Move::Tomorrow, Ok("2026-11-21T14:30:00")),
            (date("2026-12-01"), Ok("2026-12-01T14:30:00")),
            (date("1 Dec"), Ok("2026-12-01T14:30:00")),
            (date("2026-11-20"), Err("console-clock-forward")),
            (date("2026-11-19"), Err("console-clock-forward")),
            (date("2031-01-01"), Err("console-clock-far")),
            (date("soon"), Err("console-clock-date")),
            (hour("16"), Ok("2026-11-20T16:00:00")),
            (hour("9"), Ok("2026-11-21T09:00:00")),
            (hour("9:30"), Err("console-clock-hour")),
            (hour("25"), Err("console-clock-hour")),
            (hour(""), Err("console-clock-hour")),
        ] {
            assert_eq!(moved(&to), at.map(str::to_owned).map_err(str::to_owned));
        }
    }
}
