//! Every part of the profile and every kind of news has words.

use exodus_core::{Fact, notice::Category};
use exodus_i18n::Text;
use exodus_ui::{Act, Deed, ProfileChange, Route, Screen, Section, act::Loudness};

use super::{
    super::record::samples::{ANNA, BO, NOW, said, scene, shown, story},
    PARTS, blocked,
    notices::category_name,
    profile,
};
use crate::scene::{LinkingLine, Scene};

fn everywhere(scene: &Scene) {
    for section in PARTS.into_iter().chain([Section::Main]) {
        shown(&profile(scene, section));
    }
    shown(&blocked(scene, 0));
}

#[test]
fn every_part_has_words() {
    let mut scene = scene(
        ANNA,
        &[
            story(),
            vec![Fact::MemberBlocked {
                member: ANNA,
                other: BO,
            }],
        ]
        .concat(),
    );
    everywhere(&scene);
    let line = |code: Option<&str>, claimed: Option<(&str, &str)>| LinkingLine {
        code: code.map(str::to_owned),
        until: NOW.plus_hours(2),
        claimed_by: claimed.map(|(platform, address)| (platform.to_owned(), address.to_owned())),
    };
    scene.linking = Some(line(Some("CODE"), None));
    scene.pay_hidden = true;
    everywhere(&scene);
    scene.pay_hidden = false;
    scene.linking = Some(line(None, Some(("matrix", "@a:b"))));
    let person = scene.persons.get_mut(&ANNA).expect("Anna");
    person.about = Some("I bake.".to_owned());
    person.zone = Some("Europe/Berlin".to_owned());
    person.quiet = Some((22, 8));
    person.harmless_limit = Some(5_000);
    person.gifts_counted = true;
    person.display_currency = Some("USD".to_owned());
    person.notify_account = Some(exodus_store::AccountKey::new("console", "one"));
    everywhere(&scene);
    let person = scene.persons.get_mut(&ANNA).expect("Anna");
    person.pay.clear();
    person.offers = vec![
        exodus_store::OfferLine {
            text: "bread".to_owned(),
            value: None
        };
        20
    ];
    everywhere(&scene);
}

#[test]
fn every_category_has_a_name() {
    Category::ALL
        .into_iter()
        .for_each(|category| said(&category_name(category)));
}

/// What is picked takes effect: what must come is never off, and an emergency waits for no digest.
#[test]
fn every_loudness_that_is_offered_is_kept() {
    for category in Category::ALL {
        for before in [
            exodus_store::Loudness::AtOnce,
            exodus_store::Loudness::Digest,
            exodus_store::Loudness::Off,
        ] {
            let person = exodus_store::Person {
                loudness: [(category, before)].into(),
                ..Default::default()
            };
            let screen = super::notices::notices(&person, Screen::new(Route::Home, Text::new("just")));
            let picked = screen.acts().into_iter().find_map(|act| {
                let Act::Do(Deed::Profile(ProfileChange::Loudness(of, next))) = act else {
                    return None;
                };
                (of == category).then_some(next)
            });
            let Some(picked) = picked else {
                assert!(
                    category.is_mandatory() && category.is_urgent(),
                    "{category:?} has nothing to pick"
                );
                continue;
            };
            let after = match picked {
                Loudness::AtOnce => exodus_store::Loudness::AtOnce,
                Loudness::Digest => exodus_store::Loudness::Digest,
                Loudness::Off => exodus_store::Loudness::Off,
            };
            let person = exodus_store::Person {
                loudness: [(category, after)].into(),
                ..Default::default()
            };
            assert_eq!(crate::deliver::loudness(&person, category), after, "{category:?}");
        }
    }
}
