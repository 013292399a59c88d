//! News of bonds: an invitation, with its answers; and that one ended, with the way to restore it (N6, N8).

use exodus_core::{BondId, Event, view};
use exodus_ui::{Route, Screen};

use super::{super::bond, news};
use crate::scene::Scene;

/// Somebody invites the reader; nothing to tell once it is answered or taken back.
pub(super) fn proposed(scene: &Scene, event: &Event, id: BondId) -> Option<Screen> {
    let view = view::bond(&scene.ledger, scene.viewer, id).filter(|view| view.waiting)?;
    let screen = news(scene, event, Route::Bond { bond: id })?;
    Some(bond::answers(scene, &view, bond::terms(scene, &view, screen)))
}

/// A bond of the reader's ended.
pub(super) fn ended(scene: &Scene, event: &Event, id: BondId) -> Option<Screen> {
    let screen = news(scene, event, Route::Bond { bond: id })?;
    Some(match view::bond(&scene.ledger, scene.viewer, id) {
        Some(view) => bond::answers(scene, &view, screen),
        None => screen,
    })
}
