//! Saying a text to somebody: in their language, with amounts and dates as they write them.
//!
//! Numbers, amounts and dates reach Fluent as finished words; only counts reach it as numbers, for its plurals.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::{Date, DateTime};

use crate::{
    Also, Arg, Catalogue, Lang, Phrase, Text, Unit,
    phrase::{mark, unmarked},
};

/// Counts from here on are not exact in Fluent's floating-point numbers; they are passed as words.
const EXACT: u64 = 1 << 53;

/// Who is spoken to, as far as wording goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The language.
    pub lang: Lang,
    /// The community's unit of account: what every amount is counted in.
    pub unit: Unit,
    /// A second unit to show amounts in.
    pub also: Option<Also>,
    /// The reader's today: dates of its year are written without the year. Without it, the year is always written.
    pub today: Option<Date>,
}

impl Voice {
    /// A voice of this language, counting in euro, with no second unit and no today.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            unit: Unit::default(),
            also: None,
            today: None,
        }
    }

    /// The same voice counting in this unit.
    #[must_use]
    pub fn in_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    /// The same voice showing amounts in a second unit too.
    #[must_use]
    pub fn showing_also(self, also: Option<Also>) -> Self {
        Self { also, ..self }
    }

    /// The same voice speaking on this day.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self {
            today: Some(today),
            ..self
        }
    }

    /// Says a text. What the language lacks is said in English; what English lacks too is said as its id in brackets.
    #[must_use]
    pub fn say(&self, text: &Text) -> Phrase {
        Phrase::from_marked(&self.marked(text))
    }

    /// `1,234`.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        Catalogue::of(self.lang).number(number, 0)
    }

    /// An amount in minor units of the unit of account, with the second unit in brackets if there is one: `€50 (≈ $54)`.
    /// Whole amounts are written without decimals.
    #[must_use]
    pub fn amount(&self, minor: u64) -> String {
        let amount = self.amount_in(minor, &self.unit);
        let also = self.also.as_ref().filter(|also| also.unit != self.unit);
        match also.and_then(|also| Some(self.amount_in(also.convert(minor, &self.unit)?, &also.unit))) {
            Some(also) => self.shape(
                "format-amount-also",
                [("amount", amount.into()), ("also", also.into())],
            ),
            None => amount,
        }
    }

    /// An amount in minor units of any unit: `€1,234.50`.
    #[must_use]
    pub fn amount_in(&self, minor: u64, unit: &Unit) -> String {
        let decimals = if minor.is_multiple_of(unit.scale()) {
            0
        } else {
            unit.decimals.min(18)
        };
        let scaled = if decimals == 0 {
            minor / unit.scale()
        } else {
            minor
        };
        let number = Catalogue::of(self.lang).number(scaled, decimals);
        let (sign, shape) = (unmarked(&unit.sign), unit.shape().keyword());
        self.shape(
            "format-amount",
            [
                ("number", number.into()),
                ("sign", sign.into()),
                ("shape", shape.into()),
            ],
        )
    }

    /// `60%`.
    #[must_use]
    pub fn percent(&self, percent: u64) -> String {
        self.shape("format-percent", [("number", self.number(percent).into())])
    }

    /// `15 December`, and the year if it is not today's.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let this_year = self.today.is_some_and(|today| today.year() == date.year());
        let id = if this_year {
            "format-date"
        } else {
            "format-date-year"
        };
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.shape(
            id,
            [
                ("day", day.into()),
                ("month", f64::from(date.month()).into()),
                ("year", year.into()),
            ],
        )
    }

    /// `15 December, 14:05`.
    #[must_use]
    pub fn moment(&self, moment: DateTime) -> String {
        let (hour, minute) = (format!("{:02}", moment.hour()), format!("{:02}", moment.minute()));
        let time = self.shape("format-time", [("hour", hour.into()), ("minute", minute.into())]);
        self.shape(
            "format-moment",
            [("date", self.date(moment.date()).into()), ("time", time.into())],
        )
    }

    /// `December 2026`; `month` is 1 to 12.
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        self.shape(
            "format-month",
            [
                ("month", f64::from(month).into()),
                ("year", year.to_string().into()),
            ],
        )
    }

    /// Formats a text, given arguments between marks.
    fn marked(&self, text: &Text) -> String {
        let args = text
            .args
            .iter()
            .map(|(key, arg)| (key.as_ref(), self.value(arg)))
            .collect();
        self.format(&text.id, &args)
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        #[expect(clippy::cast_precision_loss, reason = "below 2^53 it is exact")]
        let words = match arg {
            Arg::Count(count) if *count < EXACT => return FluentValue::from(*count as f64),
            Arg::Count(count) => self.number(*count),
            Arg::Amount(minor) => self.amount(*minor),
            Arg::Percent(percent) => self.percent(*percent),
            Arg::Date(date) => self.date(*date),
            Arg::Moment(moment) => self.moment(*moment),
            Arg::Month { year, month } => self.month(*year, *month),
            Arg::Name(given) => mark(given),
            Arg::Words(text) => self.marked(text),
            Arg::Keyword(word) | Arg::Code(word) => unmarked(word),
        };
        FluentValue::from(words)
    }

    fn shape<const N: usize>(&self, id: &str, args: [(&'static str, FluentValue<'static>); N]) -> String {
        self.format(id, &args.into_iter().collect())
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> String {
        let own = Catalogue::of(self.lang).format(id, args);
        own.or_else(|| Catalogue::of(Lang::EN).format(id, args))
            .unwrap_or_else(|| format!("[{}]", unmarked(id)))
    }
}

impl Default for Voice {
    fn default() -> Self {
        Self::new(Lang::EN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use jiff::civil::date;

    fn en() -> Voice {
        Voice::new(Lang::EN).on(date(2026, 11, 20))
    }

    fn ru() -> Voice {
        Voice::new(Lang::RU).on(date(2026, 11, 20))
    }

    fn iso(code: &str) -> Unit {
        Unit::iso(code).expect("a known code")
    }

    fn say(voice: &Voice, text: &Text) -> String {
        voice.say(text).to_string()
    }

    #[test]
    fn counts_choose_plurals_and_are_grouped() {
        for (n, english, russian) in [
            (0, "nobody", "никого"),
            (1, "1 person", "1 человек"),
            (2, "2 people", "2 человека"),
            (5, "5 people", "5 человек"),
            (11, "11 people", "11 человек"),
            (21, "21 people", "21 человек"),
            (22, "22 people", "22 человека"),
            (101, "101 people", "101 человек"),
            (1_002, "1,002 people", "1\u{a0}002 человека"),
            (1_234_567, "1,234,567 people", "1\u{a0}234\u{a0}567 человек"),
            (
                u64::MAX,
                "18,446,744,073,709,551,615 people",
                "18\u{a0}446\u{a0}744\u{a0}073\u{a0}709\u{a0}551\u{a0}615 человека",
            ),
        ] {
            let text = Text::new("test-people").count("n", n);
            assert_eq!(say(&en(), &text), english);
            assert_eq!(say(&ru(), &text), russian);
        }
        for (n, english, russian) in [
            (1, "1 day", "1 день"),
            (3, "3 days", "3 дня"),
            (5, "5 days", "5 дней"),
            (111, "111 days", "111 дней"),
        ] {
            let text = Text::new("format-days").count("n", n);
            assert_eq!(
                (say(&en(), &text).as_str(), say(&ru(), &text).as_str()),
                (english, russian)
            );
        }
    }

    #[test]
    fn amounts_as_a_native_writes_them() {
        let hours = Unit::custom("h", "h", 1);
        for (unit, minor, english, russian) in [
            (Unit::eur(), 5000, "€50", "50\u{a0}€"),
            (Unit::eur(), 0, "€0", "0\u{a0}€"),
            (Unit::eur(), 5, "€0.05", "0,05\u{a0}€"),
            (Unit::eur(), 123_450, "€1,234.50", "1\u{a0}234,50\u{a0}€"),
            (
                Unit::eur(),
                100_000_000,
                "€1,000,000",
                "1\u{a0}000\u{a0}000\u{a0}€",
            ),
            (iso("USD"), 199, "$1.99", "1,99\u{a0}$"),
            (iso("CHF"), 5000, "CHF\u{a0}50", "50\u{a0}CHF"),
            (iso("PLN"), 5050, "50.50\u{a0}zł", "50,50\u{a0}zł"),
            (iso("JPY"), 5000, "¥5,000", "5\u{a0}000\u{a0}¥"),
            (iso("KWD"), 1_500, "KWD\u{a0}1.500", "1,500\u{a0}KWD"),
            (hours.clone(), 30, "3\u{a0}h", "3\u{a0}h"),
            (hours, 35, "3.5\u{a0}h", "3,5\u{a0}h"),
        ] {
            assert_eq!(en().in_unit(unit.clone()).amount(minor), english);
            assert_eq!(ru().in_unit(unit).amount(minor), russian);
        }
        assert_eq!(en().amount(u64::MAX), "€184,467,440,737,095,516.15");
        let fine = Unit::custom("x", "x", 200);
        assert_eq!(en().in_unit(fine).amount(1), "0.000000000000000001\u{a0}x");
    }

    #[test]
    fn a_second_unit_is_for_information() {
        let also = Also {
            unit: iso("USD"),
            numerator: 108,
            denominator: 100,
        };
        assert_eq!(en().showing_also(Some(also.clone())).amount(5000), "€50 (≈ $54)");
        assert_eq!(
            ru().showing_also(Some(also.clone())).amount(5000),
            "50\u{a0}€ (≈ 54\u{a0}$)"
        );
        let same = Also {
            unit: Unit::eur(),
            ..also.clone()
        };
        assert_eq!(en().showing_also(Some(same)).amount(5000), "€50");
        let broken = Also {
            denominator: 0,
            ..also
        };
        assert_eq!(en().showing_also(Some(broken)).amount(5000), "€50");
    }

    #[test]
    fn dates_as_a_native_writes_them() {
        let day = date(2026, 12, 15);
        assert_eq!(en().date(day), "15 December");
        assert_eq!(ru().date(day), "15 декабря");
        let next = date(2027, 5, 1);
        assert_eq!(en().date(next), "1 May 2027");
        assert_eq!(ru().date(next), "1 мая 2027");
        assert_eq!(Voice::new(Lang::EN).date(day), "15 December 2026");
        assert_eq!(en().moment(day.at(14, 5, 59, 0)), "15 December, 14:05");
        assert_eq!(ru().moment(next.at(9, 0, 0, 0)), "1 мая 2027, 09:00");
        assert_eq!(en().month(2026, 12), "December 2026");
        assert_eq!(ru().month(2026, 12), "декабрь 2026");
        for month in 1..=12 {
            for voice in [en(), ru()] {
                assert!(!voice.month(2026, month).contains(['{', '[']));
                assert!(month == 12 || voice.month(2026, month) != voice.month(2026, 12));
            }
        }
        assert_eq!(
            (en().percent(60), ru().percent(60)),
            ("60%".to_owned(), "60\u{a0}%".to_owned())
        );
    }

    #[test]
    fn arguments_of_every_kind() {
        let text = Text::new("test-sum")
            .name("who", "Анна")
            .amount("sum", 5000)
            .date("due", date(2026, 12, 15));
        assert_eq!(say(&en(), &text), "Анна promised €50 by 15 December");
        assert_eq!(say(&ru(), &text), "Анна обещает 50\u{a0}€ до 15 декабря");
        assert_eq!(
            say(&ru(), &Text::new("test-kind").keyword("kind", "pool")),
            "касса"
        );
        assert_eq!(
            say(&ru(), &Text::new("test-kind").keyword("kind", "unheard")),
            "что-то"
        );
        assert_eq!(
            say(&en(), &Text::new("test-code").code("code", "{ $x }<b>")),
            "Your code: { $x }<b>"
        );
        let when = Text::new("test-when")
            .moment("at", date(2026, 12, 15).at(14, 5, 0, 0))
            .month("month", 2027, 1);
        assert_eq!(say(&en(), &when), "15 December, 14:05 / January 2027");
        assert_eq!(
            say(&ru(), &Text::new("test-attribute.title").name("who", "Bo")),
            "Название Bo"
        );
    }

    #[test]
    fn given_text_stays_apart() {
        let span = |text: &str, given| Span {
            text: text.to_owned(),
            given,
        };
        let greeting = Text::new("test-greet").name("who", "@all\u{E0F1} <b>");
        assert_eq!(
            en().say(&greeting).0,
            [span("Hello, ", false), span("@all <b>", true), span("!", false)]
        );
        let nested = Text::new("test-nested")
            .words("what", greeting)
            .percent("share", 60);
        assert_eq!(
            ru().say(&nested).0,
            [
                span("Заметка: Здравствуйте, ", false),
                span("@all <b>", true),
                span("! (60\u{a0}%)", false),
            ]
        );
        // A name that looks like a plural category or a variant chooses nothing.
        let one = Text::new("test-kind").name("kind", "pool");
        assert_eq!(say(&en(), &one), "something");
    }

    #[test]
    fn what_is_missing_falls_back() {
        assert_eq!(
            say(&ru(), &Text::new("test-only-english").amount("sum", 5000)),
            "English: 50\u{a0}€"
        );
        assert_eq!(
            say(&ru(), &Text::new("test-nowhere").count("n", 1)),
            "[test-nowhere]"
        );
        assert_eq!(
            say(&ru(), &Text::new("test-greet.nothing")),
            "[test-greet.nothing]"
        );
        assert_eq!(say(&ru(), &Text::new("")), "[]");
        assert_eq!(say(&en(), &Text::new("test-greet")), "Hello, {$who}!");
    }
}
