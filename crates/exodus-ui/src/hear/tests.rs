//! What is heard, by subject.

mod answers;
mod anything;
mod choices;
mod commands;
mod promises;

use exodus_core::{Amount, AppealId, Form, IntentionId, MemberId, ObligationId, ReportId, Side};

use super::*;
use crate::{
    act::{ProfileChange, Settling},
    draft::{Help, Value},
    route::{Section, Tab},
};

const TODAY: Date = Date::constant(2026, 11, 20);
const DECEMBER_15: Date = Date::constant(2026, 12, 15);

fn hear_text(text: &str, menu: Option<&Menu>, draft: Option<&Draft>) -> Heard {
    let said = Said::Text(text.to_owned());
    hear(&Hearing {
        said: &said,
        menu,
        draft,
        unit: &Unit::eur(),
        policy: &Policy::default(),
        today: TODAY,
    })
}

/// Without a menu and a question.
fn alone(text: &str) -> Heard {
    hear_text(text, None, None)
}

/// In answer to a question.
fn answering(draft: &Draft, text: &str) -> Heard {
    hear_text(text, None, Some(draft))
}

fn go(route: Route) -> Heard {
    Heard::Act(Act::Go(route))
}

fn ask(draft: Draft) -> Heard {
    Heard::Act(Act::Ask(draft))
}

fn fill(value: Value) -> Heard {
    Heard::Act(Act::Fill(value))
}

fn wrong(heard: &Heard) -> &str {
    match heard {
        Heard::Wrong(text) => &text.id,
        Heard::Act(_) | Heard::NotUnderstood => "",
    }
}

fn euro(whole: u64) -> Amount {
    Amount::from_minor(whole * 100)
}

fn promise(name: &str, amount: Option<u64>) -> Heard {
    Heard::Act(Act::Name(
        name.to_owned(),
        Draft::help(Help::Promise, amount.map(euro)),
    ))
}

fn settle(what: Settling, name: &str, amount: Option<u64>) -> Heard {
    Heard::Act(Act::NameRecord {
        query: name.to_owned(),
        what,
        amount: amount.map(euro),
    })
}

fn monthly(target: Option<u64>, purpose: Option<&str>) -> Heard {
    ask(Draft::Monthly {
        target: target.map(euro),
        purpose: purpose.map(|words| Some(words.to_owned())),
        findable: None,
    })
}

fn emergency(target: Option<u64>, deadline: Option<Date>, reason: Option<&str>) -> Heard {
    ask(Draft::Emergency {
        target: target.map(euro),
        deadline,
        reason: reason.map(str::to_owned),
        talk: None,
        sure: None,
    })
}

/// A menu that shows a number at every place.
fn menu(entries: &[(&str, Act)]) -> Menu {
    Menu {
        route: Route::Home,
        acts: entries.iter().map(|(_, act)| act.clone()).collect(),
        labels: entries.iter().map(|(label, _)| (*label).to_owned()).collect(),
        numbered: u32::try_from(entries.len()).unwrap_or(u32::MAX),
    }
}

fn three() -> Menu {
    menu(&[
        ("Анна", Act::Find("1".to_owned())),
        ("Help them 🤝", Act::Go(Route::Need)),
        ("← Назад", Act::Back),
    ])
}

fn help_amount() -> Draft {
    Draft::Help {
        help: Help::Promise,
        to: Some(MemberId(1)),
        appeal: Some((AppealId(2), false)),
        amount: None,
        form: Some(Form::Money),
        note: None,
        sure: None,
    }
}

fn convert() -> Draft {
    Draft::Convert {
        intention: IntentionId(1),
        whole: euro(50),
        amount: None,
        sure: None,
    }
}

fn sure() -> Draft {
    Draft::Convert {
        intention: IntentionId(1),
        whole: euro(50),
        amount: Some(euro(50)),
        sure: None,
    }
}

fn emergency_at(target: bool, deadline: bool, reason: bool) -> Draft {
    Draft::Emergency {
        target: target.then(|| euro(500)),
        deadline: deadline.then_some(DECEMBER_15),
        reason: reason.then(|| "fire".to_owned()),
        talk: None,
        sure: None,
    }
}
