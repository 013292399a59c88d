//! Changes of one's own profile (M3, M13, L19).

use exodus_core::Zone;
use exodus_i18n::Text;
use exodus_store::{Account, OfferLine, PayEntry, Person};
use exodus_ui::{ProfileChange, act};

/// Lines of *I can offer* a person may have (M3).
const OFFER_LINES: usize = 20;
/// Payment entries a person may have.
const PAY_ENTRIES: usize = 20;

/// Changes a profile, or says why not.
pub(crate) fn change(person: &mut Person, change: &ProfileChange, accounts: &[Account]) -> Result<(), Text> {
    match change {
        ProfileChange::Name(name) => person.name.clone_from(name),
        ProfileChange::About(about) => person.about = Some(about.clone()).filter(|about| !about.is_empty()),
        ProfileChange::AddPay(label, text) => {
            if person.pay.len() >= PAY_ENTRIES {
                return Err(too_many(PAY_ENTRIES));
            }
            let default = person.pay.is_empty();
            person.pay.push(PayEntry {
                label: label.clone(),
                text: text.clone(),
                default,
            });
        }
        ProfileChange::RemovePay(place) => {
            remove(&mut person.pay, *place);
            if let Some(first) = person.pay.first_mut() {
                first.default = true;
            }
        }
        ProfileChange::DefaultPay(place) => {
            if let Some(at) = usize::try_from(*place).ok().filter(|at| *at < person.pay.len()) {
                let entry = person.pay.remove(at);
                person.pay.insert(0, entry);
            }
        }
        ProfileChange::AddOffer(text, value) => {
            if person.offers.len() >= OFFER_LINES {
                return Err(too_many(OFFER_LINES));
            }
            person.offers.push(OfferLine {
                text: text.clone(),
                value: value.map(exodus_core::Amount::minor),
            });
        }
        ProfileChange::RemoveOffer(place) => remove(&mut person.offers, *place),
        ProfileChange::Language(tag) => person.language.clone_from(tag),
        ProfileChange::Zone(zone) => {
            let known = zone
                .as_deref()
                .map(Zone::named)
                .transpose()
                .map_err(|unknown| Text::new("wrong-zone").name("zone", unknown.0))?;
            person.zone = known.map(|zone| zone.name().to_owned());
        }
        ProfileChange::Quiet(hours) => person.quiet = *hours,
        ProfileChange::Loudness(category, loudness) => {
            let loudness = match loudness {
                act::Loudness::AtOnce => exodus_store::Loudness::AtOnce,
                act::Loudness::Digest => exodus_store::Loudness::Digest,
                act::Loudness::Off if category.is_mandatory() => {
                    return Err(Text::new("profile-wrong-mandatory"));
                }
                act::Loudness::Off => exodus_store::Loudness::Off,
            };
            person.loudness.insert(*category, loudness);
        }
        ProfileChange::Currency(code) => person.display_currency.clone_from(code),
        ProfileChange::Harmless(amount) => person.harmless_limit = amount.map(exodus_core::Amount::minor),
        ProfileChange::GiftsCounted(counted) => person.gifts_counted = *counted,
        ProfileChange::NoticesTo(place) => {
            let account = place.and_then(|place| accounts.get(usize::try_from(place).ok()?));
            person.notify_account = account.map(|account| account.key.clone());
        }
    }
    for (place, entry) in person.pay.iter_mut().enumerate() {
        entry.default = place == 0;
    }
    Ok(())
}

fn too_many(limit: usize) -> Text {
    Text::new("profile-wrong-too-many").count("limit", u64::try_from(limit).unwrap_or(u64::MAX))
}

fn remove<T>(list: &mut Vec<T>, place: u32) {
    if let Some(at) = usize::try_from(place).ok().filter(|at| *at < list.len()) {
        list.remove(at);
    }
}
