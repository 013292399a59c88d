//! How loudly each kind of news speaks; what is marked ! can not be switched off.

use exodus_core::notice::Category;
use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Block, ProfileChange, Screen, act::Loudness};

use super::change;

/// Every category with its loudness; picking one makes it the next louder or quieter.
pub(super) fn notices(person: &Person, screen: Screen) -> Screen {
    Category::ALL.into_iter().fold(
        screen.line(Text::new("profile-notices-lead")),
        |screen, category| {
            let now = loudness(person, category);
            let text = Text::new("profile-notice")
                .words("what", category_name(category))
                .keyword("must", super::yes_word(category.is_mandatory()))
                .keyword("loudness", loudness_word(now));
            let act = change(ProfileChange::Loudness(
                category,
                next(now, category.is_mandatory()),
            ));
            screen.block(Block::Item { text, act: Some(act) })
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
        Category::BondNews => "category-bond-news",
        Category::InvitationAccepted => "category-invitation-accepted",
        Category::AccountLinked => "category-account-linked",
        Category::Security => "category-security",
    })
}

/// How loudly it speaks now: what can not be off is at once when it was.
fn loudness(person: &Person, category: Category) -> Loudness {
    match person.loudness.get(&category) {
        Some(exodus_store::Loudness::Digest) => Loudness::Digest,
        Some(exodus_store::Loudness::Off) if !category.is_mandatory() => Loudness::Off,
        Some(exodus_store::Loudness::Off | exodus_store::Loudness::AtOnce) | None => Loudness::AtOnce,
    }
}

const fn next(now: Loudness, mandatory: bool) -> Loudness {
    match (now, mandatory) {
        (Loudness::AtOnce, _) => Loudness::Digest,
        (Loudness::Digest, false) => Loudness::Off,
        (Loudness::Digest, true) | (Loudness::Off, _) => Loudness::AtOnce,
    }
}

const fn loudness_word(loudness: Loudness) -> &'static str {
    match loudness {
        Loudness::AtOnce => "at-once",
        Loudness::Digest => "digest",
        Loudness::Off => "off",
    }
}
