//! What is to be said, before any language: a message id with typed arguments.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A message of the catalogue with its arguments; [`Voice::say`](crate::Voice::say) turns it into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[doc(alias = "localized string")]
pub struct Text {
    /// The message, or `message.attribute`.
    pub id: Cow<'static, str>,
    /// Arguments by the names the message uses, without `$`.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// A value to put into a message. The language decides how it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// How many: chooses the plural form, shown with its digits grouped.
    Count(u64),
    /// An amount in minor units of the community's unit of account.
    Amount(u64),
    /// Whole per cent.
    Percent(u64),
    /// A day.
    Date(Date),
    /// A day and a time, already in the reader's time zone.
    Moment(DateTime),
    /// A month of a year.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// Text given by a person: a name, a note, a link. Comes out as a [`Span`](crate::Span) marked `given`.
    Name(String),
    /// Another text, said in the same voice; what people gave in it stays marked.
    Words(Box<Text>),
    /// A word for machines: chooses a variant in the message and is never shown.
    Keyword(String),
    /// Our own text shown as it is: a code, a token, the name of a file.
    Code(String),
}

impl Text {
    /// A message without arguments yet.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Self {
            id: id.into(),
            args: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, key: impl Into<Cow<'static, str>>, arg: Arg) -> Self {
        self.args.push((key.into(), arg));
        self
    }

    /// Adds how many there are.
    #[must_use]
    pub fn count(self, key: impl Into<Cow<'static, str>>, count: u64) -> Self {
        self.with(key, Arg::Count(count))
    }

    /// Adds an amount in minor units.
    #[must_use]
    pub fn amount(self, key: impl Into<Cow<'static, str>>, minor: u64) -> Self {
        self.with(key, Arg::Amount(minor))
    }

    /// Adds whole per cent.
    #[must_use]
    pub fn percent(self, key: impl Into<Cow<'static, str>>, percent: u64) -> Self {
        self.with(key, Arg::Percent(percent))
    }

    /// Adds a day.
    #[must_use]
    pub fn date(self, key: impl Into<Cow<'static, str>>, date: Date) -> Self {
        self.with(key, Arg::Date(date))
    }

    /// Adds a day and a time of the reader's clock.
    #[must_use]
    pub fn moment(self, key: impl Into<Cow<'static, str>>, moment: DateTime) -> Self {
        self.with(key, Arg::Moment(moment))
    }

    /// Adds a month, 1 to 12.
    #[must_use]
    pub fn month(self, key: impl Into<Cow<'static, str>>, year: i16, month: i8) -> Self {
        self.with(key, Arg::Month { year, month })
    }

    /// Adds text that a person gave.
    #[must_use]
    pub fn name(self, key: impl Into<Cow<'static, str>>, given: impl Into<String>) -> Self {
        self.with(key, Arg::Name(given.into()))
    }

    /// Adds another text.
    #[must_use]
    pub fn words(self, key: impl Into<Cow<'static, str>>, text: Self) -> Self {
        self.with(key, Arg::Words(Box::new(text)))
    }

    /// Adds a word that chooses a variant.
    #[must_use]
    pub fn keyword(self, key: impl Into<Cow<'static, str>>, word: impl Into<String>) -> Self {
        self.with(key, Arg::Keyword(word.into()))
    }

    /// Adds text of our own, shown as it is.
    #[must_use]
    pub fn code(self, key: impl Into<Cow<'static, str>>, code: impl Into<String>) -> Self {
        self.with(key, Arg::Code(code.into()))
    }
}

impl From<&'static str> for Text {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_text_survives_storage() {
        let text = Text::new("test-all")
            .count("n", 3)
            .amount("sum", 5000)
            .percent("share", 60)
            .date("due", date(2026, 12, 15))
            .moment("at", date(2026, 12, 15).at(14, 5, 0, 0))
            .month("month", 2026, 12)
            .name("who", "Анна")
            .words("what", Text::new("test-greet").name("who", "Bo"))
            .keyword("kind", "pool")
            .code("token", "abc");
        let json = serde_json::to_string(&text).expect("json");
        assert_eq!(serde_json::from_str::<Text>(&json).expect("json"), text);
    }
}
