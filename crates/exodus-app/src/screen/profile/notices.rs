//! How loudly each kind of news speaks; what is marked ! can not be switched off.

use exodus_core::notice::Category;
use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Block, ProfileChange, Screen, act::Loudness};

use super::change;
use crate::deliver;

/// Every category with its loudness; picking one makes it the next louder or quieter.
pub(super) fn notices(person: &Person, screen: Screen) -> Screen {
    Category::ALL.into_iter().fold(
        screen.line(Text::new("profile-notices-lead")),
        |screen, category| {
            let now = loudness_shown(deliver::loudness(person, category));
            let text = Text::new("profile-notice")
                .words("what", category_name(category))
                .keyword("must", super::yes_word(category.is_mandatory()))
                .keyword("loudness", loudness_word(now));
            let next = next(now, category);
            let act = (next != now).then(|| change(ProfileChange::Loudness(category, next)));
            screen.block(Block::Item { text, act })
        },
    )
}

/// What a category is called.
pub(super) fn category_name(category: Category) -> Text {
    Text::new(match category {
        Category::StatusInNetwork => "category-status-in-network",
        Category::EmergencyInNetwork => "category-emergency-in-network",
        Category::EmergencyInCircle => "category-emergency-in-circle",
        Category::CircleNews => "category-circle-news",
        Category::IntentionForMe => "category-intention-for-me",
        Category::AskedToConvert => "category-asked-to-convert",
        Category::ObligationForMe => "category-obligation-for-me",
        Category::AskedToPerform => "category-asked-to-perform",
        Category::ReportedAsPerformed => "category-reported-as-performed",
        Category::Confirmed => "category-confirmed",
        Category::NotReceived => "category-not-received",
        Category::Released => "category-released",
        Category::Cancelled => "category-cancelled",
        Category::DueSoon => "category-due-soon",
        Category::Overdue => "category-overdue",
        Category::Summary => "category-summary",
        Category::OfferForMe => "category-offer-for-me",
        Category::InvitationAccepted => "category-invitation-accepted",
        Category::Clearing => "category-clearing",
        Category::HandOn => "category-hand-on",
        Category::AccountLinked => "category-account-linked",
        Category::Security => "category-security",
    })
}

const fn loudness_shown(loudness: exodus_store::Loudness) -> Loudness {
    match loudness {
        exodus_store::Loudness::AtOnce => Loudness::AtOnce,
        exodus_store::Loudness::Digest => Loudness::Digest,
        exodus_store::Loudness::Off => Loudness::Off,
    }
}

/// The next one that there is for this category: an emergency waits for no digest, what is mandatory is never off.
const fn next(now: Loudness, category: Category) -> Loudness {
    let (digest, off) = (!category.is_urgent(), !category.is_mandatory());
    match now {
        Loudness::AtOnce if digest => Loudness::Digest,
        Loudness::AtOnce | Loudness::Digest if off => Loudness::Off,
        Loudness::AtOnce | Loudness::Digest | Loudness::Off => Loudness::AtOnce,
    }
}

const fn loudness_word(loudness: Loudness) -> &'static str {
    match loudness {
        Loudness::AtOnce => "at-once",
        Loudness::Digest => "digest",
        Loudness::Off => "off",
    }
}
