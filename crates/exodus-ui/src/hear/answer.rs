//! Reading the answer to an open question, by what it asks for.

use exodus_core::{Amount, Date, Form};
use exodus_i18n::{
    Text,
    read::{self, person_lines, person_text},
};

use super::{Hearing, wrong_amount, wrong_date, wrong_text};
use crate::{
    act::{Act, Deed, ProfileChange},
    draft::{Draft, Field, Value},
    words::{Said, Word},
};

/// The most characters that people's words may have, as a reader counts them.
pub mod limit {
    /// A display name, or a name looked for.
    pub const NAME: usize = 64;
    /// About me.
    pub const ABOUT: usize = 500;
    /// A note to a promise, a report, a vouch.
    pub const NOTE: usize = 200;
    /// What an appeal is for.
    pub const PURPOSE: usize = 500;
    /// Why it is urgent, or why something is opened again.
    pub const REASON: usize = 500;
    /// A link to talk.
    pub const TALK: usize = 200;
    /// A line of *I can offer*.
    pub const OFFER_LINE: usize = 120;
    /// The label of a way to be helped.
    pub const PAY_LABEL: usize = 64;
    /// Its text.
    pub const PAY_TEXT: usize = 500;
    /// The name of a time zone.
    pub const ZONE: usize = 64;
    /// What is looked for.
    pub const QUERY: usize = 64;
    /// A code, in bytes.
    pub const CODE: usize = 128;
}

impl Hearing<'_> {
    /// What the words say in answer to the question, or what is wrong with them.
    pub(super) fn read(&self, draft: &Draft, field: Field, text: &str, said: &Said<'_>) -> Result<Act, Text> {
        let line = |max| person_text(text, max).map(Value::Text).map_err(wrong_text);
        let lines = |max| person_lines(text, max).map(Value::Text).map_err(wrong_text);
        let value = match field {
            Field::Amount
                if matches!(draft, Draft::Harmless(_)) && (said.is(Word::None) || said.is(Word::No)) =>
            {
                return Ok(Act::Do(Deed::Profile(ProfileChange::Harmless(None))));
            }
            Field::Amount => self.read_amount(draft, text, said)?,
            Field::Target => Value::Amount(self.amount(text)?),
            Field::OfferValue => Value::Amount(self.amount(text)?),
            Field::Expiry | Field::Uses if said.is(Word::Unlimited) => return Ok(Act::Skip),
            Field::Deadline => Value::Date(self.deadline(self.date(text)?)?),
            Field::Due => Value::Date(self.due(self.date(text)?)?),
            Field::Expiry => Value::Date(self.date(text)?),
            Field::Form => Value::Form(form(said).ok_or_else(|| Text::new("wrong-form"))?),
            Field::Findable | Field::Sure => Value::Yes(yes(said).ok_or_else(|| Text::new("wrong-yes-no"))?),
            Field::LeaveWord if said.is(Word::LeaveForGood) => Value::Yes(true),
            Field::LeaveWord if said.is(Word::No) => Value::Yes(false),
            Field::LeaveWord => return Err(Text::new("wrong-leave-word")),
            Field::Uses => Value::Number(uses(text).ok_or_else(|| Text::new("wrong-uses"))?),
            Field::Quiet if said.is(Word::None) || said.is(Word::No) => {
                return Ok(Act::Do(Deed::Profile(ProfileChange::Quiet(None))));
            }
            Field::Quiet => {
                let (from, to) = hours(text).ok_or_else(|| Text::new("wrong-quiet"))?;
                Value::Hours(from, to)
            }
            Field::Person => {
                let name = person_text(text, limit::NAME).map_err(wrong_text)?;
                return Ok(Act::Name(name, draft.clone()));
            }
            Field::Name => line(limit::NAME)?,
            Field::Talk => line(limit::TALK)?,
            Field::PayLabel => line(limit::PAY_LABEL)?,
            Field::OfferLine => line(limit::OFFER_LINE)?,
            Field::Zone => line(limit::ZONE)?,
            Field::Query => line(limit::QUERY)?,
            Field::Note => lines(limit::NOTE)?,
            Field::Purpose => lines(limit::PURPOSE)?,
            Field::Reason => lines(limit::REASON)?,
            Field::About => lines(limit::ABOUT)?,
            Field::PayText => lines(limit::PAY_TEXT)?,
            Field::Code => Value::Text(code(text)?),
        };
        Ok(Act::Fill(value))
    }

    fn date(&self, text: &str) -> Result<Date, Text> {
        read::date(text, self.today).map_err(|error| wrong_date(error, self.today))
    }

    fn amount(&self, text: &str) -> Result<Amount, Text> {
        read::amount(text, self.unit)
            .map(Amount::from_minor)
            .map_err(|error| wrong_amount(error, self.unit))
    }

    /// An amount, `all` or `half`, not above what there is.
    fn read_amount(&self, draft: &Draft, text: &str, said: &Said<'_>) -> Result<Value, Text> {
        let Some(whole) = draft.whole() else {
            return self.amount(text).map(Value::Amount);
        };
        let amount = if said.is(Word::All) {
            whole
        } else if said.is(Word::Half) {
            Amount::from_minor(whole.minor() / 2)
        } else {
            self.amount(text)?
        };
        if amount.is_zero() || amount > whole {
            return Err(Text::new("wrong-above").amount("whole", whole.minor()));
        }
        Ok(Value::Amount(amount))
    }
}

fn yes(said: &Said<'_>) -> Option<bool> {
    if said.is(Word::Yes) {
        Some(true)
    } else {
        said.is(Word::No).then_some(false)
    }
}

fn form(said: &Said<'_>) -> Option<Form> {
    let forms = [
        (Word::Money, Form::Money),
        (Word::Thing, Form::Thing),
        (Word::Service, Form::Service),
        (Word::Time, Form::Time),
    ];
    forms
        .into_iter()
        .find(|(word, _)| said.is(*word))
        .map(|(_, form)| form)
}

/// A number of times, above zero: `10`, `10 times`, `×10`.
fn uses(text: &str) -> Option<u32> {
    let text = read::fold(text);
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-' && c != '.' && c != ',');
    let whole = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|number| whole && *number > 0)
}

/// `22-8`, `22:00 – 08:00`, `from 10 pm to 8 am`, `с 22 до 8`: two different full hours.
fn hours(text: &str) -> Option<(u8, u8)> {
    /// Nobody needs more to say two hours.
    const LONGEST: usize = 80;
    let text = read::fold(text).replace(['–', '—', '−', '/'], "-");
    let said = Said::of(&text);
    let parted = match text.split_once('-').filter(|_| text.len() <= LONGEST) {
        Some((from, to)) => Some((from.to_owned(), to.to_owned())),
        None if text.len() <= LONGEST => {
            // Parted by a word or a space: the one place at which both sides are hours.
            (1..said.0.len()).find_map(|place| {
                let side = |tokens: &[crate::words::Token<'_>]| Said(tokens.to_vec()).given();
                let (from, to) = said.0.split_at_checked(place)?;
                let (from, to) = (side(from), side(to));
                (hour(&from).is_some() && hour(&to).is_some()).then_some((from, to))
            })
        }
        None => None,
    };
    let (from, to) = parted?;
    let (from, to) = (hour(&from)?, hour(&to)?);
    (from != to).then_some((from, to))
}

/// A full hour, after a preposition or not.
fn hour(text: &str) -> Option<u8> {
    let mut said = Said::of(text);
    said.strip(Word::From);
    said.strip(Word::Until);
    said.strip(Word::Towards);
    let time = read::time_of_day(&said.given()).ok()?;
    u8::try_from(time.hour()).ok().filter(|_| time.minute() == 0)
}

/// A code as it was shown, or the link it came in: `https://t.me/bot?start=CODE`.
pub(super) fn code(text: &str) -> Result<String, Text> {
    let typed: String = text.split_whitespace().collect();
    let code = typed
        .rsplit_once("start=")
        .map_or(typed.as_str(), |(_, code)| code);
    let code = code
        .split(['&', '#'])
        .next()
        .unwrap_or_default()
        .trim_matches(['.', ',', '"', '«', '»', '`']);
    let sound = !code.is_empty()
        && code.len() <= limit::CODE
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if sound {
        Ok(code.to_owned())
    } else {
        Err(Text::new("wrong-code"))
    }
}
