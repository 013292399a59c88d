//! How amounts are shown: a currency beside the unit of account, gifts counted, what can be given without harm.

use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Act, Block, Draft, ProfileChange, Screen, Tone};

use super::{change, yes_word};
use crate::scene::Scene;

/// The choices, each with what it is now.
pub(super) fn amounts(scene: &Scene, person: &Person, screen: Screen) -> Screen {
    harmless(person, gifts(person, currency(scene, person, screen)))
}

fn currency(scene: &Scene, person: &Person, screen: Screen) -> Screen {
    if scene.community.currencies.is_empty() {
        return screen;
    }
    let mut screen =
        screen.line(Text::new("profile-currency-lead").code("unit", scene.community.unit.code.clone()));
    for code in &scene.community.currencies {
        let chosen = person.display_currency.as_ref() == Some(code);
        let text = Text::new("profile-currency")
            .code("code", code.clone())
            .keyword("chosen", yes_word(chosen));
        let act = (!chosen).then(|| change(ProfileChange::Currency(Some(code.clone()))));
        screen = screen.block(Block::Item { text, act });
    }
    if person.display_currency.is_some() {
        screen = screen.offer("profile-do-currency-none", change(ProfileChange::Currency(None)));
    }
    screen
}

fn gifts(person: &Person, screen: Screen) -> Screen {
    let counted = person.gifts_counted;
    let label = Text::new("profile-do-gifts").keyword("counted", yes_word(counted));
    screen
        .block(Block::Field {
            label: Text::new("profile-gifts"),
            value: Text::new("profile-gifts-value").keyword("counted", yes_word(counted)),
        })
        .choice(label, change(ProfileChange::GiftsCounted(!counted)), Tone::Plain)
}

/// What can be given in a month without harm: for the reader's eyes only (L19).
fn harmless(person: &Person, screen: Screen) -> Screen {
    let value = match person.harmless_limit {
        Some(limit) => Text::new("just").amount("it", limit),
        None => Text::new("profile-harmless-none"),
    };
    let screen = screen
        .field("profile-harmless", value)
        .line(Text::new("profile-harmless-lead"))
        .offer("profile-do-harmless", Act::Ask(Draft::Harmless(None)));
    if person.harmless_limit.is_some() {
        screen.offer("profile-do-harmless-none", change(ProfileChange::Harmless(None)))
    } else {
        screen
    }
}
