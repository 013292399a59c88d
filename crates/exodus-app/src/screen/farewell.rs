//! After leaving: the last words (M11).

use exodus_i18n::Text;
use exodus_ui::{Route, Screen};

/// Thanks, and what remains.
pub(crate) fn farewell() -> Screen {
    Screen::new(Route::Farewell, Text::new("farewell-title")).line(Text::new("farewell-line"))
}
