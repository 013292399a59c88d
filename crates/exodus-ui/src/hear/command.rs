//! Commands in words: `give 50 to anna`, `нужно 500 до 15 декабря операция`.
//!
//! Forgiving word order: the amount, the date and the prepositions are taken out wherever they stand; what is left is a name
//! or a purpose.

use exodus_core::{Amount, Date};
use exodus_i18n::{
    Lang, Text,
    read::{self, AmountError, DateError, person_lines, person_text},
};

use super::{
    Heard, Hearing,
    answer::{code, limit},
    wrong_amount, wrong_date, wrong_text,
};
use crate::{
    act::{Act, Deed, ProfileChange, Settling},
    draft::{Draft, Help},
    route::{Route, Section, Tab},
    words::{Said, Word},
};

/// An amount or a date is looked for among so many words at most …
const WORDS: usize = 64;
/// … and has so many itself, …
const WINDOW: usize = 6;
/// … each of them so long, in bytes.
const LONGEST: usize = 64;

impl Hearing<'_> {
    /// A command with what was said after it.
    pub(super) fn commanded(&self, word: Word, rest: &Said<'_>, slash: bool) -> Heard {
        // `/history of mine` opens the history; the same without a slash is just a sentence.
        let bare = rest.0.is_empty();
        let opens = |route: Route| {
            if bare || slash {
                Heard::Act(Act::Go(route))
            } else {
                Heard::NotUnderstood
            }
        };
        match word {
            Word::Start if bare => opens(Route::Home),
            Word::Start if slash || rest.0.len() == 1 => code(&rest.given())
                .map(|code| Act::Do(Deed::FollowCode(code)))
                .into(),
            Word::Need | Word::Emergency => self.need(word, rest.clone(), slash).unwrap_or_else(Heard::Wrong),
            Word::Help if bare => opens(Route::Help),
            Word::Give | Word::Promise | Word::Help => self.give(word, rest.clone()).into(),
            Word::Paid => self.settle(Settling::Reported, rest.clone()).into(),
            Word::Got => self.settle(Settling::Received, rest.clone()).into(),
            Word::Find if bare => Heard::Act(Act::Ask(Draft::Search(None))),
            Word::People if bare => opens(Route::People),
            Word::Find | Word::People => match person_text(&rest.given(), limit::QUERY) {
                Ok(query) => Heard::Act(Act::Go(Route::Search { query, page: 0 })),
                Err(error) => Heard::Wrong(wrong_text(error)),
            },
            Word::Name if bare => Heard::Act(Act::Ask(Draft::Name(None))),
            Word::Name => person_text(&rest.given(), limit::NAME)
                .map(|name| Act::Do(Deed::Profile(ProfileChange::Name(name))))
                .map_err(wrong_text)
                .into(),
            Word::Link if bare => Heard::Act(Act::Ask(Draft::LinkingCode(None))),
            Word::Link => code(&rest.given())
                .map(|code| Act::Do(Deed::UseLinkingCode(code)))
                .into(),
            Word::Language => match Lang::parse(&rest.given()) {
                Ok(lang) => Heard::Act(Act::Do(Deed::Profile(ProfileChange::Language(
                    lang.tag().to_owned(),
                )))),
                Err(_) => opens(Route::Profile {
                    section: Section::Language,
                }),
            },
            Word::Home => opens(Route::Home),
            Word::Organizer => opens(Route::Organizer),
            Word::List => opens(Route::List { page: 0 }),
            Word::Invite => opens(Route::Invite { page: 0 }),
            Word::Profile => opens(Route::Profile {
                section: Section::Main,
            }),
            Word::History => opens(Route::History { page: 0 }),
            Word::Export => opens(Route::Profile {
                section: Section::Export,
            }),
            Word::Leave => opens(Route::Profile {
                section: Section::Leave,
            }),
            Word::Privacy => opens(Route::Privacy),
            Word::Cancel if bare || slash => Heard::Act(Act::Cancel),
            Word::Back if bare || slash => Heard::Act(Act::Back),
            Word::Start
            | Word::Cancel
            | Word::Back
            | Word::Skip
            | Word::Yes
            | Word::No
            | Word::None
            | Word::All
            | Word::Half
            | Word::Unlimited
            | Word::Money
            | Word::Thing
            | Word::Service
            | Word::Time
            | Word::LeaveForGood
            | Word::Towards
            | Word::From
            | Word::Until
            | Word::Within
            | Word::Monthly
            | Word::Urgent
            | Word::Filler => Heard::NotUnderstood,
        }
    }

    /// `need 300 monthly`, `need 300 by 15 Dec surgery`. An amount alone is meant monthly: that can be taken back. Words
    /// alone are just a sentence.
    fn need(&self, word: Word, mut said: Said<'_>, slash: bool) -> Result<Heard, Text> {
        let monthly = said.take(Word::Monthly);
        let urgent = said.take(Word::Urgent) || word == Word::Emergency;
        let deadline = if monthly { None } else { self.take_date(&mut said)? };
        let deadline = deadline.map(|date| self.deadline(date)).transpose()?;
        let target = self.take_amount(&mut said)?;
        let words = said.given();
        let words = words.trim_matches([',', ':', ';', '-', '–', '—', ' ']);
        let written = |max| match words {
            "" => Ok(None),
            words => person_lines(words, max).map(Some).map_err(wrong_text),
        };
        // `ask me tomorrow` is no emergency.
        let dated = deadline.is_some() && (target.is_some() || slash);
        let draft = if urgent || dated {
            Draft::Emergency {
                target,
                deadline,
                reason: written(limit::REASON)?,
                talk: None,
                sure: None,
            }
        } else if monthly || target.is_some() {
            Draft::Monthly {
                target,
                purpose: written(limit::PURPOSE)?.map(Some),
                findable: None,
            }
        } else if words.is_empty() || slash {
            return Ok(Heard::Act(Act::Go(Route::Need)));
        } else {
            return Ok(Heard::NotUnderstood);
        };
        Ok(Heard::Act(Act::Ask(draft)))
    }

    /// `give 50 to anna`, `give anna`, `give 100`, `help anna`, `promise anna 50`.
    fn give(&self, word: Word, mut said: Said<'_>) -> Result<Act, Text> {
        said.take(Word::Monthly);
        let amount = self.take_amount(&mut said)?;
        let name = name(said)?;
        Ok(match (amount, name) {
            (None, None) => Act::Go(Route::Give { page: 0 }),
            (Some(amount), None) => Act::Go(Route::Spread {
                amount: amount.minor(),
                page: 0,
            }),
            (None, Some((name, _))) if word != Word::Promise => Act::Find(name),
            (amount, Some((name, said))) => {
                let mut draft = Draft::help(Help::Promise, amount);
                if let Draft::Help { note, .. } = &mut draft {
                    *note = said;
                }
                Act::Name(name, draft)
            }
        })
    }

    /// `paid anna 50`, `got 50 from anna`; without a name, the list to choose from.
    fn settle(&self, what: Settling, mut said: Said<'_>) -> Result<Act, Text> {
        let amount = self.take_amount(&mut said)?;
        Ok(match (name(said)?, what) {
            (Some((query, _)), what) => Act::NameRecord { query, what, amount },
            (None, Settling::Reported) => Act::Go(Route::Records {
                tab: Tab::Mine,
                page: 0,
            }),
            (None, Settling::Received) => Act::Go(Route::Records {
                tab: Tab::ToConfirm,
                page: 0,
            }),
        })
    }

    /// Takes the first amount out.
    fn take_amount(&self, said: &mut Said<'_>) -> Result<Option<Amount>, Text> {
        let count = said.0.len();
        for (place, text) in windows(said) {
            let dash = said
                .0
                .get(place.start)
                .is_some_and(|token| !token.given.chars().any(|c| !"-–—−".contains(c)));
            if dash || !text.contains(char::is_numeric) {
                continue;
            }
            match read::amount(&text, self.unit) {
                Ok(minor) => {
                    said.0.drain(place);
                    return Ok(Some(Amount::from_minor(minor)));
                }
                Err(AmountError::Empty | AmountError::NotANumber) => {}
                // R2D2 is somebody, not 2 of another unit.
                Err(AmountError::OtherUnit) if text.split_whitespace().any(is_name_with_digits) => {}
                // `50 $` is not 50 of ours, though its first word is.
                Err(
                    error @ (AmountError::Zero
                    | AmountError::Negative
                    | AmountError::OtherUnit
                    | AmountError::TooManyDecimals { .. }
                    | AmountError::TooLarge),
                ) => return Err(wrong_amount(error, self.unit)),
            }
        }
        // `give 50k anna` gives nothing to a 50k Anna.
        let digits = |token: &crate::words::Token<'_>| token.given.starts_with(|c: char| c.is_ascii_digit());
        if count > 1 && said.0.iter().any(digits) {
            return Err(wrong_amount(AmountError::NotANumber, self.unit));
        }
        Ok(None)
    }

    /// Takes the first date out that is one beyond doubt: after `by` or `in`, with the name of a month or of a day, or with
    /// day, month and year. `15.12` may be an amount.
    fn take_date(&self, said: &mut Said<'_>) -> Result<Option<Date>, Text> {
        for (place, text) in windows(said) {
            let until = said
                .at(place.start, Word::Until)
                .filter(|count| *count < place.len());
            let begun = until.is_some() || said.at(place.start, Word::Within).is_some();
            if !(begun || is_date_by_itself(said, &place, &text)) {
                continue;
            }
            let after = until.map(|count| place.start.saturating_add(count)..place.end);
            let after = after
                .and_then(|range| said.0.get(range))
                .map(|tokens| Said(tokens.to_vec()).given());
            let read = [Some(text), after]
                .into_iter()
                .flatten()
                .map(|text| read::date(&text, self.today));
            match read.reduce(|first, second| {
                if first == Err(DateError::NotADate) {
                    second
                } else {
                    first
                }
            }) {
                Some(Ok(date)) => {
                    said.0.drain(place);
                    return Ok(Some(date));
                }
                Some(Err(error @ DateError::Past(_))) => return Err(wrong_date(error, self.today)),
                Some(Err(DateError::NotADate)) | None => {}
            }
        }
        Ok(None)
    }
}

fn is_name_with_digits(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.contains(char::is_numeric)
}

/// Every few words that stand together, with their places: from the first word on, the longest first.
fn windows(said: &Said<'_>) -> Vec<(std::ops::Range<usize>, String)> {
    let count = said.0.len().min(WORDS);
    let places = (0..count).flat_map(|start| {
        (start.saturating_add(1)..=start.saturating_add(WINDOW).min(count))
            .rev()
            .map(move |end| start..end)
    });
    let texts = places.filter_map(|place| {
        let tokens = said.0.get(place.clone())?;
        tokens
            .iter()
            .all(|token| token.given.len() <= LONGEST)
            .then(|| (place, Said(tokens.to_vec()).given()))
    });
    texts.collect()
}

/// Whether words that do not begin with `by` can be nothing but a date: no preposition is among them (in `20 by 15 Dec`, 20 is
/// no day), and they have a word of three letters or all of day, month and year.
fn is_date_by_itself(said: &Said<'_>, place: &std::ops::Range<usize>, text: &str) -> bool {
    let mut places = place.clone();
    let parted = places.any(|at| {
        said.at(at, Word::Until)
            .or_else(|| said.at(at, Word::Within))
            .is_some()
    });
    let signs = text.chars().filter(|c| matches!(c, '.' | '-' | '/')).count();
    let full = signs == 2
        && text
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | '-' | '/'));
    let worded = text
        .split_whitespace()
        .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
    !parted && (full || worded)
}

/// The name that is left, without prepositions; and what was said after one, `for rent`.
fn name(mut said: Said<'_>) -> Result<Option<(String, Option<String>)>, Text> {
    said.strip(Word::Towards);
    said.strip(Word::From);
    let parts = |place: &usize| {
        said.at(*place, Word::Towards)
            .or_else(|| said.at(*place, Word::From))
            .is_some()
    };
    let end = (1..said.0.len()).find(parts).unwrap_or(said.0.len());
    let note = person_text(&said.after(end).given(), limit::NOTE).ok();
    said.0.truncate(end);
    let given = said.given();
    match given.trim_matches([',', '.', '!', '?', ':', ';', '-', '–', '—', ' ']) {
        "" => Ok(None),
        name => person_text(name, limit::NAME)
            .map(|name| Some((name, note)))
            .map_err(wrong_text),
    }
}
