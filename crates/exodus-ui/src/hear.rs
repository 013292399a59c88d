//! From what was said to what was meant.
//!
//! ```text
//! /word …            a command; always wins and leaves the question
//! cancel             leaves the question
//! a number           the answer, where a number or date is asked for; else a place in the menu that showed its number
//! a choice's label   that choice; the label of a choice that is not there says that it is gone
//! anything else      the answer to the open question; without one, a command in words
//! ```
//! Nothing said is ever taken for more than it says: what can be read in two ways is asked again.

mod answer;
mod command;

pub use answer::limit;

use exodus_core::{Date, Policy, Refusal};
use exodus_i18n::{
    Text, Unit,
    read::{self, fold},
};
use serde::{Deserialize, Serialize};

use crate::{
    act::{Act, Deed},
    draft::{Draft, Field, Reads, Step},
    reaction,
    route::Route,
    words::{self, Word},
};

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A line of text.
    Text(String),
    /// A press of a button: the place in the menu, from 0.
    Choice(u32),
    /// A sign put under a message: `2️⃣`, `✅`, `❌` (see [`crate::reaction`]).
    Reaction(String),
    /// `/start`, with the token of a deep link if there was one.
    Start(Option<String>),
}

/// What was last shown, or what the button or reply belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// The screen.
    pub route: Route,
    /// What can be picked, by place.
    pub acts: Vec<Act>,
    /// Their labels as shown, by place; empty where only the number picks.
    pub labels: Vec<String>,
    /// How many of the places, from the first on, showed their number: no other is picked by typing one.
    #[serde(default)]
    pub numbered: u32,
}

/// Everything that hearing depends on.
#[derive(Clone, Copy, Debug)]
pub struct Hearing<'a> {
    /// What was said.
    pub said: &'a Said,
    /// What could be chosen.
    pub menu: Option<&'a Menu>,
    /// The open question.
    pub draft: Option<&'a Draft>,
    /// The community's unit of account.
    pub unit: &'a Unit,
    /// The community's choices: how far ahead dates may lie.
    pub policy: &'a Policy,
    /// Today in the community.
    pub today: Date,
}

/// What was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something to do.
    Act(Act),
    /// A clear word with an example; the question stays open.
    Wrong(Text),
    /// Nothing.
    NotUnderstood,
}

impl From<Result<Act, Text>> for Heard {
    fn from(read: Result<Act, Text>) -> Self {
        match read {
            Ok(act) => Self::Act(act),
            Err(wrong) => Self::Wrong(wrong),
        }
    }
}

/// Understands what was said.
#[must_use]
pub fn hear(hearing: &Hearing<'_>) -> Heard {
    match hearing.said {
        Said::Choice(place) => match hearing.act_at(*place) {
            Some(act) => Heard::Act(act),
            None => Heard::NotUnderstood,
        },
        Said::Reaction(sign) => match hearing.menu.and_then(|menu| reaction::pick(menu, sign)) {
            Some(act) => Heard::Act(act.clone()),
            None => Heard::NotUnderstood,
        },
        Said::Start(None) => Heard::Act(Act::Go(Route::Home)),
        Said::Start(Some(token)) => match token.trim() {
            "" => Heard::Act(Act::Go(Route::Home)),
            token => answer::code(token)
                .map(|code| Act::Do(Deed::FollowCode(code)))
                .into(),
        },
        Said::Text(text) => hearing.text(text),
    }
}

impl Hearing<'_> {
    fn act_at(&self, place: u32) -> Option<Act> {
        self.menu?.acts.get(usize::try_from(place).ok()?).cloned()
    }

    /// The open question, as long as it asks something.
    fn question(&self) -> Option<(&Draft, Field)> {
        let draft = self.draft?;
        match draft.step() {
            Step::Ask(field) => Some((draft, field)),
            Step::Ready(_) | Step::Look(_) | Step::Declined => None,
        }
    }

    fn text(&self, text: &str) -> Heard {
        let said = words::Said::of(text);
        if let Some(first) = said.0.first().and_then(|token| token.given.strip_prefix('/')) {
            return self.slash(first, &said);
        }
        if said.is(Word::Cancel) {
            return Heard::Act(Act::Cancel);
        }
        let number = number(text);
        match self.question() {
            Some((draft, field)) => self.answer(draft, field, text, &said, number),
            None => match number {
                Some(number) => self.numbered(number).unwrap_or(Heard::NotUnderstood),
                None => self.labelled(text).unwrap_or_else(|| self.command(text, &said)),
            },
        }
    }

    /// `/give@exodus_bot 50 anna`.
    fn slash(&self, first: &str, said: &words::Said<'_>) -> Heard {
        let name = first.split('@').next().unwrap_or_default();
        let rest = said.after(1);
        let named = words::Said::of(name);
        if named.is(Word::Skip) {
            return match self.question() {
                Some((draft, field)) if draft.can_skip(field) => Heard::Act(Act::Skip),
                Some(_) => Heard::Wrong(Text::new("wrong-needed")),
                None => Heard::NotUnderstood,
            };
        }
        match named.bare_command() {
            Some(word) => self.commanded(word, &rest, true),
            None => Heard::NotUnderstood,
        }
    }

    /// A command in words, when no question is open.
    fn command(&self, text: &str, said: &words::Said<'_>) -> Heard {
        // A choice that was there once begins like a command at times, and means no more than it says.
        if said.bare_command().is_none() && words::is_label(text) {
            return Heard::Wrong(Text::new("answer-stale"));
        }
        let mut said = said.clone();
        let mut urgent = false;
        loop {
            // `I will …`, `urgently: need …`
            if let Some((word, count)) = said.command().filter(|(word, _)| !urgent || *word == Word::Need) {
                let word = if urgent { Word::Emergency } else { word };
                return self.commanded(word, &said.after(count), false);
            }
            if let Some(count) = said.at(0, Word::Filler) {
                said = said.after(count);
            } else if let Some(count) = said.at(0, Word::Urgent).filter(|_| !urgent) {
                urgent = true;
                said = said.after(count);
            } else {
                return Heard::NotUnderstood;
            }
        }
    }

    /// An answer to the open question.
    fn answer(
        &self,
        draft: &Draft,
        field: Field,
        text: &str,
        said: &words::Said<'_>,
        number: Option<Option<usize>>,
    ) -> Heard {
        let (numeric, free) = (field.reads() == Reads::Number, field.reads() == Reads::Words);
        if let Some(number) = number.filter(|_| !numeric) {
            match self.numbered(number) {
                // A card number or a code is an answer, though no place in the menu.
                Some(Heard::Wrong(_)) if free => {}
                Some(heard) => return heard,
                None => {}
            }
        }
        let skip = said.is(Word::Skip);
        if draft.can_skip(field) && (skip || said.is(Word::No) || said.is(Word::None)) {
            return Heard::Act(Act::Skip);
        }
        if skip && free {
            return Heard::Wrong(Text::new("wrong-needed"));
        }
        if number.is_none()
            && let Some(heard) = self.labelled(text)
        {
            return heard;
        }
        match self.read(draft, field, text, said) {
            Ok(act) => Heard::Act(act),
            Err(wrong) => match said.bare_command().filter(|_| !free) {
                Some(word) => self.commanded(word, &words::Said(Vec::new()), false),
                None => Heard::Wrong(wrong),
            },
        }
    }

    /// The choice with this number, from 1; `None` where no number was shown.
    fn numbered(&self, number: Option<usize>) -> Option<Heard> {
        let menu = self.menu.filter(|menu| menu.numbered > 0)?;
        let shown = menu.acts.iter().take(usize::try_from(menu.numbered).ok()?);
        let act = number.and_then(|number| shown.clone().nth(number.checked_sub(1)?));
        let range = || Text::new("wrong-range").count("n", u64::try_from(shown.len()).unwrap_or(u64::MAX));
        Some(act.map_or_else(|| Heard::Wrong(range()), |act| Heard::Act(act.clone())))
    }

    /// A day on which an emergency may end (M6).
    fn deadline(&self, date: Date) -> Result<Date, Text> {
        let checked = self.policy.check_deadline(self.today, date);
        checked.map(|()| date).map_err(wrong_day)
    }

    /// A day on which what two members agree on may be due (L7a).
    fn due(&self, date: Date) -> Result<Date, Text> {
        let checked = self.policy.check_due(self.today, date);
        checked.map(|()| date).map_err(wrong_day)
    }

    /// The choice with this label. Where several read the same, only the number can decide.
    fn labelled(&self, text: &str) -> Option<Heard> {
        /// No label is longer, in bytes.
        const LONGEST: usize = 600;
        let menu = self.menu.filter(|_| text.len() <= LONGEST)?;
        let key = label_key(text);
        let labelled = menu
            .acts
            .iter()
            .zip(&menu.labels)
            .filter(|(_, label)| label_key(label) == key);
        let mut acts = labelled.map(|(act, _)| act).filter(|_| !key.is_empty());
        let act = acts.next()?;
        Some(if acts.all(|other| other == act) {
            Heard::Act(act.clone())
        } else {
            Heard::Wrong(Text::new("wrong-which"))
        })
    }
}

/// A label for comparing: folded, without signs around its words.
pub(crate) fn label_key(label: &str) -> String {
    let folded = words::folded(label);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if words.is_empty() {
        folded
    } else {
        words.to_owned()
    }
}

/// `3`, `3.`, `3)`, `#3`, `3️⃣`: `Some(None)` is a number too large to be anything's place.
fn number(text: &str) -> Option<Option<usize>> {
    let text = fold(text.trim_start().trim_start_matches(['#', '№']));
    let digits = text.trim_end_matches(['.', ')', '\u{20e3}']);
    let all = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    all.then(|| digits.parse().ok())
}

/// Why an amount can not be taken, in words with an example.
fn wrong_amount(error: read::AmountError, unit: &Unit) -> Text {
    use read::AmountError::{Empty, Negative, NotANumber, OtherUnit, TooLarge, TooManyDecimals, Zero};
    let example = |id: &'static str| Text::new(id).amount("example", unit.scale().saturating_mul(50));
    match error {
        Empty | NotANumber => example("wrong-amount"),
        Zero => example("wrong-zero"),
        Negative => example("wrong-negative"),
        OtherUnit => example("wrong-unit"),
        TooManyDecimals { decimals } => example("wrong-decimals").count("n", u64::from(decimals)),
        TooLarge => example("wrong-too-large"),
    }
}

/// Why a date can not be taken, in words with an example.
fn wrong_date(error: read::DateError, today: Date) -> Text {
    const TEN_DAYS: std::time::Duration = std::time::Duration::from_secs(10 * 24 * 60 * 60);
    let example = today.saturating_add(TEN_DAYS);
    match error {
        read::DateError::NotADate => Text::new("wrong-date").date("example", example),
        read::DateError::Past(past) => Text::new("wrong-past")
            .date("past", past)
            .date("example", example),
    }
}

/// Why a day that was read can not be taken.
fn wrong_day(refusal: Refusal) -> Text {
    if let Refusal::DateTooSoon { earliest } = refusal {
        return Text::new("refusal-date-too-soon").date("earliest", earliest);
    }
    if let Refusal::DateTooFar { latest } = refusal {
        return Text::new("refusal-date-too-far").date("latest", latest);
    }
    if let Refusal::DatePassed { date } = refusal {
        return Text::new("refusal-date-passed").date("date", date);
    }
    Text::new("refusal-unknown")
}

/// Why a text can not be taken.
fn wrong_text(error: read::TextError) -> Text {
    match error {
        read::TextError::Empty => Text::new("wrong-empty"),
        read::TextError::TooLong { max } => {
            Text::new("wrong-too-long").count("max", u64::try_from(max).unwrap_or(u64::MAX))
        }
    }
}

#[cfg(test)]
mod tests;
