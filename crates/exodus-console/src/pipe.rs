//! Plain mode: lines from a pipe, each echoed, and what comes of it. The same lines give the same text.

use std::io::{self, Write};

use exodus_i18n::Text;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _};

use crate::{Session, Trouble};

/// Reads lines until the input ends or somebody says good-bye. Whether every line was answered.
///
/// # Errors
/// When the input can not be read or the output not be written.
pub async fn pipe(
    session: &mut Session,
    input: impl AsyncBufRead + Unpin,
    output: &mut impl Write,
) -> io::Result<bool> {
    let mut lines = input.lines();
    let mut sound = true;
    while let Some(line) = lines.next_line().await? {
        writeln!(output, "> {}", crate::paper::harmless(line.trim(), false))?;
        match session.line(&line).await {
            Ok(text) if text.is_empty() => writeln!(output)?,
            Ok(text) => writeln!(output, "{text}\n")?,
            Err(trouble) => {
                sound = false;
                writeln!(output, "{}\n", excuse(session, &trouble))?;
            }
        }
        output.flush()?;
        if session.ended() {
            break;
        }
    }
    Ok(sound)
}

/// What is said of trouble to whoever sits at the terminal; the log has the rest.
pub(crate) fn excuse(session: &Session, trouble: &Trouble) -> String {
    tracing::warn!(%trouble, "a line was not answered");
    session.say(&Text::new(if trouble.is_passing() {
        "console-trouble"
    } else {
        "console-fault"
    }))
}
