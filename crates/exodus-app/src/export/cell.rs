//! Tables, as CSV and JSON both write them: rows of named cells.

use exodus_core::{Amount, Date, Timestamp, Zone};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

/// Records of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name: the CSV file's without the ending, the key in JSON.
    pub(super) name: &'static str,
    /// The records; all have the same columns.
    pub(super) rows: Vec<Row>,
}

/// One record: columns in order, with their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row(pub(super) Vec<(&'static str, Cell)>);

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// There is none.
    Nothing,
    /// Words, a date, an amount: what JSON has no better type for.
    Text(String),
    /// A whole number.
    Number(u64),
    /// Yes or no.
    Truth(bool),
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, cell) in &self.0 {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A word; the empty one is no value.
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

/// `2026-12-15`.
impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

/// `2026-12-15T09:30:00Z`.
impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Self {
        Self::Text(format!("{}Z", Zone::utc().local(at)))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// An amount in whole units with a decimal point: `50.00`; with no decimals `50`.
pub(super) fn decimal(amount: Amount, decimals: u8) -> String {
    signed(i128::from(amount.minor()), decimals)
}

/// The same with a sign where it is below nothing.
pub(super) fn signed(minor: i128, decimals: u8) -> String {
    let places = usize::from(decimals);
    let digits = format!(
        "{:0>width$}",
        minor.unsigned_abs(),
        width = places.saturating_add(1)
    );
    let (whole, part) = digits.split_at(digits.len().saturating_sub(places));
    let sign = if minor < 0 { "-" } else { "" };
    if part.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_a_decimal_point_and_all_their_decimals() {
        let written = |minor, decimals| decimal(Amount::from_minor(minor), decimals);
        assert_eq!(written(5000, 2), "50.00");
        assert_eq!(written(5, 2), "0.05");
        assert_eq!(written(0, 2), "0.00");
        assert_eq!(written(123, 0), "123");
        assert_eq!(written(1, 3), "0.001");
        assert_eq!(written(u64::MAX, 2), "184467440737095516.15");
        assert_eq!(signed(-5, 1), "-0.5");
    }

    #[test]
    fn instants_are_universal_time() {
        assert_eq!(
            Cell::from(Timestamp::from_seconds(1_793_707_200)),
            Cell::Text("2026-11-03T12:00:00Z".to_owned())
        );
    }
}
