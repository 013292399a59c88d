//! Days and times of day: `15`, `15 Dec`, `15 декабря`, `15.12.2026`, `in 10 days`, `завтра`; `22:00`, `22.30`, `10 pm`.

use jiff::{
    Span,
    civil::{Date, Time},
};

use super::words::{WORDS, plain};
use crate::read::fold;

/// Why an input is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is no day of the calendar, or could be two.
    #[error("not a date")]
    NotADate,
    /// It is a day that has gone by.
    #[error("{0} is in the past")]
    Past(Date),
}

/// The input is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time of day")]
pub struct TimeError;

/// Reads a day, today or later. A day without a month or year is the next one of that name.
///
/// # Errors
/// [`DateError::Past`] for a full date before today; [`DateError::NotADate`] for all that is no day.
pub fn date(input: &str, today: Date) -> Result<Date, DateError> {
    let plain = plain(input).ok_or(DateError::NotADate)?;
    let text = fold(&plain).replace(',', " ");
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches('.'))
        .collect();
    let date = named(&words.join(" "), today)
        .or_else(|| counted(&words, today))
        .or_else(|| {
            let said: Vec<&str> = words
                .into_iter()
                .filter(|word| !has(&WORDS.filler, word))
                .collect();
            match said.as_slice() {
                [word] => numeric(word, today),
                [first, second] => in_month(first, second, None, today),
                [first, second, year] => in_month(first, second, Some(year), today),
                _ => None,
            }
        });
    match date {
        Some(date) if date < today => Err(DateError::Past(date)),
        Some(date) => Ok(date),
        None => Err(DateError::NotADate),
    }
}

/// Reads a time of day, to the minute: `22:00`, `22`, `22.30`, `10 pm`.
///
/// # Errors
/// [`TimeError`] if it is none.
pub fn time_of_day(input: &str) -> Result<Time, TimeError> {
    let text = fold(&plain(input).ok_or(TimeError)?);
    let ending = |words: &[String]| {
        words
            .iter()
            .find_map(|word| text.strip_suffix(word.as_str()))
            .map(str::trim_end)
    };
    let (clock, half) = match (ending(&WORDS.before_noon), ending(&WORDS.after_noon)) {
        (Some(clock), _) => (clock, Some(0)),
        (None, Some(clock)) => (clock, Some(12)),
        (None, None) => (text.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, number(minute).ok_or(TimeError)?),
        Some(_) => return Err(TimeError),
        None => (clock, 0),
    };
    let hour = number(hour).filter(|_| hour.len() <= 2).ok_or(TimeError)?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(TimeError),
        None => hour,
    };
    Time::new(hour, minute, 0, 0).map_err(|_| TimeError)
}

fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

/// ASCII digits only, without a sign.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    if digits.chars().all(|c| c.is_ascii_digit()) {
        digits.parse().ok()
    } else {
        None
    }
}

/// `tomorrow`.
fn named(text: &str, today: Date) -> Option<Date> {
    let days = if has(&WORDS.yesterday, text) {
        -1
    } else if has(&WORDS.today, text) {
        0
    } else if has(&WORDS.tomorrow, text) {
        1
    } else if has(&WORDS.after_tomorrow, text) {
        2
    } else {
        return None;
    };
    later(today, Span::new().try_days(days))
}

/// `in 10 days`, `10 days`, `через неделю`.
fn counted(words: &[&str], today: Date) -> Option<Date> {
    let (within, words) = match words {
        [first, rest @ ..] if has(&WORDS.within, first) => (true, rest),
        _ => (false, words),
    };
    let (count, unit) = match words {
        [unit] if within => (1, *unit),
        [one, unit] if has(&WORDS.one, one) => (1, *unit),
        [count, unit] => (number(count)?, *unit),
        [joined] => {
            let (count, unit) = joined.split_at_checked(joined.find(|c: char| !c.is_ascii_digit())?)?;
            (number(count)?, unit)
        }
        _ => return None,
    };
    let span = if has(&WORDS.day, unit) {
        Span::new().try_days(count)
    } else if has(&WORDS.week, unit) {
        Span::new().try_weeks(count)
    } else if has(&WORDS.month, unit) {
        Span::new().try_months(count)
    } else {
        return None;
    };
    later(today, span)
}

fn later(today: Date, span: Result<Span, jiff::Error>) -> Option<Date> {
    today.checked_add(span.ok()?).ok()
}

/// `15`, `15th`, `15.12`, `15.12.2026`, `15.12.26`, `2026-12-15`, and `15/12` where the month is beyond doubt.
fn numeric(word: &str, today: Date) -> Option<Date> {
    if let [year, month, day] = word.split('-').collect::<Vec<_>>().as_slice() {
        return Date::new(
            number(year).filter(|_| year.len() == 4)?,
            number(month)?,
            number(day)?,
        )
        .ok();
    }
    let (day, month, year) = match word.split(['.', '/']).collect::<Vec<_>>().as_slice() {
        [day] => return next_day(day_number(day)?, today),
        [day, month] => (number(day)?, number(month)?, None),
        [day, month, year] => (number(day)?, number(month)?, Some(full_year(year, today)?)),
        _ => return None,
    };
    let (day, month): (i8, i8) = match (word.contains('/'), word.contains('.')) {
        (true, true) => return None,
        // Britain says 15/12 and America 12/15: only a number above 12 tells which.
        (true, false) if month > 12 => (month, day),
        (true, false) if day <= 12 && day != month => return None,
        (true | false, _) => (day, month),
    };
    in_year(day, month, year, today)
}

/// `15 Dec 2026`, `Dec 15`.
fn in_month(first: &str, second: &str, year: Option<&str>, today: Date) -> Option<Date> {
    let year = match year {
        Some(year) => Some(full_year(year, today)?),
        None => None,
    };
    let (day, month) = match (day_number(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (day_number(second)?, month(first)?),
    };
    in_year(day, month, year, today)
}

/// `15`, `15th`, `15-го`.
fn day_number(word: &str) -> Option<i8> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, ending) = word.split_at_checked(end)?;
    let ending = ending.trim_start_matches('-');
    if ending.is_empty() || has(&WORDS.ordinal, ending) {
        number(digits)
    } else {
        None
    }
}

/// A month by its name or at least three letters of it.
fn month(word: &str) -> Option<i8> {
    if word.chars().count() < 3 {
        return None;
    }
    let mut months = WORDS
        .months
        .iter()
        .filter(|(name, _)| name.starts_with(word))
        .map(|(_, month)| *month);
    let month = months.next()?;
    months.all(|other| other == month).then_some(month)
}

/// Four digits, or two of this century.
fn full_year(digits: &str, today: Date) -> Option<i16> {
    let year: i16 = number(digits)?;
    match digits.len() {
        4 => Some(year),
        2 => Some(today.year() / 100 * 100 + year),
        _ => None,
    }
}

/// The next day of this number: the 31st waits for a month that has one.
fn next_day(day: i8, today: Date) -> Option<Date> {
    let first = today.first_of_month();
    (0..12).find_map(|months| {
        let month = later(first, Span::new().try_months(months))?;
        Date::new(month.year(), month.month(), day)
            .ok()
            .filter(|date| *date >= today)
    })
}

/// The day of that year, or the next one: 29 February waits for a leap year.
fn in_year(day: i8, month: i8, year: Option<i16>, today: Date) -> Option<Date> {
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => (0..=8).find_map(|years| {
            let date = Date::new(today.year().checked_add(years)?, month, day).ok()?;
            (date >= today).then_some(date)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    const TODAY: Date = day(2026, 11, 20);

    #[test]
    fn what_people_type() {
        for (input, expected) in [
            ("20", TODAY),
            ("25", day(2026, 11, 25)),
            ("15", day(2026, 12, 15)),
            ("10", day(2026, 12, 10)),
            ("31", day(2026, 12, 31)),
            ("15th", day(2026, 12, 15)),
            ("the 15th", day(2026, 12, 15)),
            ("15-го", day(2026, 12, 15)),
            ("15 числа", day(2026, 12, 15)),
            ("15 Dec", day(2026, 12, 15)),
            ("15 Dec.", day(2026, 12, 15)),
            ("15 December", day(2026, 12, 15)),
            ("15th of December", day(2026, 12, 15)),
            ("Dec 15", day(2026, 12, 15)),
            ("Dec 15, 2027", day(2027, 12, 15)),
            ("by 15 DEC 2026", day(2026, 12, 15)),
            ("15 декабря", day(2026, 12, 15)),
            ("до 15 декабря", day(2026, 12, 15)),
            ("15 ДЕК", day(2026, 12, 15)),
            ("15 дек.", day(2026, 12, 15)),
            ("15 декабря 2026 г.", day(2026, 12, 15)),
            ("15 декабря 2027 года", day(2027, 12, 15)),
            ("1 мая", day(2027, 5, 1)),
            ("1 may", day(2027, 5, 1)),
            ("3 март", day(2027, 3, 3)),
            ("1 sept", day(2027, 9, 1)),
            ("20 nov", TODAY),
            ("19 nov", day(2027, 11, 19)),
            ("29 feb", day(2028, 2, 29)),
            ("15.12", day(2026, 12, 15)),
            ("15.12.", day(2026, 12, 15)),
            ("5.1", day(2027, 1, 5)),
            ("15.12.2026", day(2026, 12, 15)),
            ("15.12.26", day(2026, 12, 15)),
            ("15/12", day(2026, 12, 15)),
            ("12/15", day(2026, 12, 15)),
            ("12/12/2026", day(2026, 12, 12)),
            ("2026-12-15", day(2026, 12, 15)),
            ("in 10 days", day(2026, 11, 30)),
            ("10 days", day(2026, 11, 30)),
            ("10d", day(2026, 11, 30)),
            ("in 1 day", day(2026, 11, 21)),
            ("in a week", day(2026, 11, 27)),
            ("2 weeks", day(2026, 12, 4)),
            ("in a month", day(2026, 12, 20)),
            ("через 10 дней", day(2026, 11, 30)),
            ("через 2 дня", day(2026, 11, 22)),
            ("10 дней", day(2026, 11, 30)),
            ("через неделю", day(2026, 11, 27)),
            ("через месяц", day(2026, 12, 20)),
            ("0 days", TODAY),
            ("today", TODAY),
            ("Сегодня", TODAY),
            ("tomorrow", day(2026, 11, 21)),
            ("завтра", day(2026, 11, 21)),
            ("послезавтра", day(2026, 11, 22)),
            ("the day after tomorrow", day(2026, 11, 22)),
            ("\u{661}\u{665}", day(2026, 12, 15)),
        ] {
            assert_eq!(date(input, TODAY), Ok(expected), "{input:?}");
        }
        assert_eq!(date("31", day(2026, 1, 31)), Ok(day(2026, 1, 31)));
        assert_eq!(date("30", day(2026, 1, 31)), Ok(day(2026, 3, 30)));
        assert_eq!(date("in a month", day(2026, 1, 31)), Ok(day(2026, 2, 28)));
    }

    #[test]
    fn what_is_no_day() {
        for input in [
            "",
            " ",
            "0",
            "32",
            "99999999999",
            "-5",
            "soon",
            "скоро",
            "31 April",
            "30 февраля",
            "29.02.2027",
            "15.13",
            "15 ма",
            "15 ju",
            "Dec",
            "декабрь",
            "3/4",
            "15.12/2026",
            "2026-13-01",
            "26-12-15",
            "15.12.026",
            "in days of",
            "in 99999999999 days",
            "in 10000000 days",
            "9999999 years",
            "15 15",
            "Dec Dec",
            "1.2.3.4",
            "½",
            "15 Dec 2026 at noon",
            "32 Dec",
        ] {
            assert_eq!(date(input, TODAY), Err(DateError::NotADate), "{input:?}");
        }
    }

    #[test]
    fn what_has_gone_by() {
        for (input, past) in [
            ("19.11.2026", day(2026, 11, 19)),
            ("2026-11-19", day(2026, 11, 19)),
            ("15 Dec 2025", day(2025, 12, 15)),
            ("15 декабря 1999", day(1999, 12, 15)),
            ("yesterday", day(2026, 11, 19)),
            ("вчера", day(2026, 11, 19)),
        ] {
            assert_eq!(date(input, TODAY), Err(DateError::Past(past)), "{input:?}");
        }
    }

    #[test]
    fn times_of_day() {
        for (input, hour, minute) in [
            ("22:00", 22, 0),
            ("22", 22, 0),
            ("22.30", 22, 30),
            ("9:05", 9, 5),
            ("09:05", 9, 5),
            ("0", 0, 0),
            ("10pm", 22, 0),
            ("10:30 PM", 22, 30),
            ("12 am", 0, 0),
            ("12 pm", 12, 0),
            ("10 вечера", 22, 0),
            ("7 утра", 7, 0),
        ] {
            assert_eq!(
                time_of_day(input),
                Ok(Time::constant(hour, minute, 0, 0)),
                "{input:?}"
            );
        }
        for input in [
            "", "24", "24:00", "22:60", "22:0", "22:000", "-1", "noon", "13 pm", "0 am", "1:2:3", "022",
            "22:+5", "pm",
        ] {
            assert_eq!(time_of_day(input), Err(TimeError), "{input:?}");
        }
    }
}
