//! The terminal's own state: as it was found, so it is left.
//!
//! While the editor waits for keys, the terminal echoes nothing and passes every key on at once. The editor undoes that
//! when a line is finished; when the program is told to end, or panics, no line is.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// Ends the mode in which a terminal marks what is pasted.
const PASTE_UNMARKED: &[u8] = b"\x1b[?2004l";
/// How often it is looked whether the editor has begun, and how many times: it takes no longer than this to begin.
const LOOK: Duration = Duration::from_millis(5);
const LOOKS: u32 = 40;

/// How the terminal was; dropped, it is so again.
#[derive(Debug)]
pub(crate) struct AsFound(Option<Termios>);

impl AsFound {
    /// As it is now. Where there is no terminal, there is nothing to be put back.
    pub(crate) fn now() -> Self {
        Self(tcgetattr(io::stdin()).ok())
    }

    /// Puts it back while the editor has a prompt to show: one that has not begun yet would change it afterwards, so it
    /// is waited for.
    pub(crate) async fn put_back(self) {
        for _ in 0..LOOKS {
            if self.is_changed() {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn is_changed(&self) -> bool {
        let now = tcgetattr(io::stdin()).ok();
        match (&self.0, now) {
            (Some(found), Some(now)) => found.local_modes != now.local_modes,
            (None, _) | (_, None) => false,
        }
    }
}

impl Drop for AsFound {
    fn drop(&mut self) {
        if !self.is_changed() {
            return;
        }
        if let Some(found) = &self.0 {
            // Trouble with a terminal is nothing to be said on it.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, found);
            let mut output = io::stdout();
            let _ = output.write_all(PASTE_UNMARKED);
            let _ = output.flush();
        }
    }
}
