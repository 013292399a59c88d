//! Screens, one file each: from a scene to what is shown. A screen can be rebuilt from its route alone.

mod bond;
mod card;
mod circle;
mod done;
mod farewell;
mod give;
mod group;
mod help;
mod history;
mod home;
mod invite;
mod link;
mod list;
mod need;
mod notice;
mod offer;
mod organizer;
mod people;
mod profile;
mod record;
mod refusal;
mod search;
mod spread;
mod summary;
#[cfg(test)]
mod tests;
mod welcome;

use exodus_ui::{Route, Screen};

pub(crate) use self::{
    done::{done, sure},
    farewell::farewell,
    give::without_harm,
    help::unknown,
    notice::{digest, notice},
    organizer::{is_in, records_up_to},
    refusal::refusal,
};
use crate::scene::Scene;

/// The screen at a route, for the scene's reader. What the reader may not see is shown as what is not there.
pub(crate) fn build(scene: &Scene, route: &Route) -> Screen {
    let screen = match route {
        Route::Welcome => welcome::welcome(scene),
        Route::Home => home::home(scene),
        Route::Need => need::need(scene),
        Route::Give { page } => give::give(scene, *page),
        Route::Spread { amount, page } => spread::spread(scene, *amount, *page),
        Route::Card { member } => card::card(scene, *member),
        Route::Circle { appeal, page } => circle::circle(scene, *appeal, *page),
        Route::Organizer => Some(organizer::organizer(scene)),
        Route::Records { tab, page } => Some(organizer::records(scene, *tab, *page)),
        Route::Intention { intention } => record::intention(scene, *intention),
        Route::Obligation { obligation } => record::obligation(scene, *obligation),
        Route::Offer { offer } => offer::offer(scene, *offer),
        Route::RecordHistory { record, page } => history::record_history(scene, *record, *page),
        Route::People => people::people(scene),
        Route::Relation { relation, page } => people::relation(scene, *relation, *page),
        Route::Search { query, page } => search::search(scene, query, *page),
        Route::Invite { page } => invite::invite(scene, *page),
        Route::Link { link } => link::link(scene, *link),
        Route::List { page } => list::list(scene, *page),
        Route::Bonds { page } => Some(bond::bonds(scene, *page)),
        Route::Bond { bond } => bond::bond(scene, *bond),
        Route::Profile { section } => Some(profile::profile(scene, *section)),
        Route::Blocked { page } => Some(profile::blocked(scene, *page)),
        Route::History { page } => Some(history::history(scene, *page)),
        Route::Summary { period } => Some(summary::summary(scene, *period)),
        Route::Help => help::help(scene),
        Route::Privacy => Some(help::privacy()),
        Route::Groups => Some(group::groups(scene)),
        Route::Connect { invitation } => Some(group::connect(scene, *invitation)),
        Route::Farewell => Some(farewell::farewell()),
    };
    screen.unwrap_or_else(|| unknown(route.clone()))
}
