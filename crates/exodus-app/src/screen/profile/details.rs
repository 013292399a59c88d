//! Where help can be sent, and *I can offer* (M3).

use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Act, Block, Draft, ProfileChange, Screen, Tone};

use super::{super::card::offer_line, change, given};

/// Lines of *I can offer* at most (M3).
const LINES: usize = 20;

/// Payment entries: each can be removed, or shown first.
pub(super) fn pay(person: &Person, screen: Screen) -> Screen {
    let mut screen = screen.line(Text::new("profile-pay-lead"));
    if person.pay.is_empty() {
        screen = screen.line(Text::new("profile-pay-none"));
    }
    for entry in &person.pay {
        screen = screen.block(Block::Field {
            label: given(&entry.label),
            value: given(&entry.text),
        });
    }
    screen = screen.main(
        "profile-do-pay-add",
        Act::Ask(Draft::Pay {
            label: None,
            text: None,
        }),
    );
    for (place, entry) in (0..).zip(&person.pay) {
        let label = |id: &'static str| Text::new(id).name("label", entry.label.clone());
        if !entry.default && person.pay.len() > 1 {
            screen = screen.choice(
                label("profile-do-pay-first"),
                change(ProfileChange::DefaultPay(place)),
                Tone::Plain,
            );
        }
        screen = screen.choice(
            label("profile-do-pay-remove"),
            change(ProfileChange::RemovePay(place)),
            Tone::Plain,
        );
    }
    screen
}

/// Lines of what the reader can offer; picking one takes it off.
pub(super) fn offers(person: &Person, screen: Screen) -> Screen {
    let mut screen = screen.line(Text::new("profile-offers-lead"));
    for (place, line) in (0..).zip(&person.offers) {
        screen = screen.block(Block::Item {
            text: offer_line(line),
            act: Some(change(ProfileChange::RemoveOffer(place))),
        });
    }
    if !person.offers.is_empty() {
        screen = screen.line(Text::new("profile-offers-pick"));
    }
    if person.offers.len() >= LINES {
        return screen.line(Text::new("profile-offers-full"));
    }
    screen.main(
        "profile-do-offer-add",
        Act::Ask(Draft::OfferLine {
            text: None,
            value: None,
        }),
    )
}
