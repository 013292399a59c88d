//! Exodus in a terminal: for trying it out, for operators, for tests.
//!
//! ```text
//! Session     one line in, its answer and the notices it led to out, as text; several people may speak in turn
//! talk        interactive: line editing, colours, notices between the prompts
//! pipe        plain: lines from a pipe, each echoed, deterministic text
//! ```
//! A person at the terminal is a *persona*: an account of the platform `console`, whose address is the name, folded. A
//! member who also has an account in another chat does not speak here: whoever sits at the terminal could be anybody.
//!
//! Nothing here decides anything: a line becomes an [`Update`](exodus_app::Update), what comes back is printed.

mod files;
mod letters;
mod own;
mod paper;
mod pipe;
mod play;
mod session;
mod talk;
mod terminal;

pub use letters::Letterbox;
pub use paper::Paper;
pub use pipe::pipe;
pub use play::{CLOCK_SETTING, Play, Stops, settle};
pub use session::{Options, Session};
pub use talk::talk;

use exodus_app::{AccountKey, FrontEnd, Trouble};
use exodus_ui::Capabilities;

/// The platform's name, in accounts and updates.
pub const PLATFORM: &str = "console";

/// What a terminal can do.
#[must_use]
pub const fn front_end(colour: bool) -> FrontEnd {
    let can = Capabilities {
        buttons: false,
        numbers: true,
        edits: false,
        files: true,
        // A QR picture is drawn with characters instead.
        pictures: false,
        page: 10,
        max_chars: 100_000,
        colour,
    };
    FrontEnd {
        platform: PLATFORM,
        can,
    }
}
