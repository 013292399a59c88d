//! Where a conversation stands: the last screen, the way there, the open question. It lies in the store.

use exodus_ui::{Draft, Route};
use serde::{Deserialize, Serialize};

/// How many screens back one can go.
const TRAIL: usize = 12;

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Conversation {
    /// The last screen.
    pub(crate) route: Route,
    /// The screens before it, the nearest last.
    #[serde(default)]
    pub(crate) trail: Vec<Route>,
    /// The open question.
    #[serde(default)]
    pub(crate) draft: Option<Draft>,
    /// The menu last shown.
    #[serde(default)]
    pub(crate) menu: Option<u128>,
}

impl Conversation {
    /// One that begins at a screen.
    pub(crate) const fn at(route: Route) -> Self {
        Self {
            route,
            trail: Vec::new(),
            draft: None,
            menu: None,
        }
    }

    /// What was kept, or home when it can not be read any more.
    pub(crate) fn from_kept(kept: Option<&str>) -> Self {
        kept.and_then(|kept| serde_json::from_str(kept).ok())
            .unwrap_or(Self::at(Route::Home))
    }

    /// To be kept.
    pub(crate) fn to_kept(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Goes to a screen and leaves any open question.
    pub(crate) fn go(&mut self, route: Route) {
        self.draft = None;
        if route == Route::Home {
            self.trail.clear();
        } else if self.route != route && !is_next_page(&self.route, &route) {
            self.trail.push(self.route.clone());
            let extra = self.trail.len().saturating_sub(TRAIL);
            self.trail.drain(..extra);
        }
        self.route = route;
    }

    /// Goes back to the screen before.
    pub(crate) fn back(&mut self) {
        self.draft = None;
        self.route = self.trail.pop().unwrap_or(Route::Home);
    }
}

/// Whether two routes are pages of one list: then going back leads out of the list, not through its pages.
fn is_next_page(one: &Route, other: &Route) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && matches!(
            one,
            Route::Give { .. }
                | Route::Circle { .. }
                | Route::Records { .. }
                | Route::Relation { .. }
                | Route::Search { .. }
                | Route::History { .. }
                | Route::RecordHistory { .. }
        )
}
