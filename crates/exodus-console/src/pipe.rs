//! Plain mode: lines from a pipe, each echoed, and what comes of it. The same lines give the same text.

use std::{
    io::{self, Write},
    pin::pin,
};

use exodus_i18n::Text;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _};

use crate::{Session, Trouble};

/// Reads lines until the input ends, somebody says good-bye, or `stop` resolves: then a line under way is answered
/// first. Whether every line was answered.
///
/// # Errors
/// When the input cannot be read or the output not be written.
pub async fn pipe(
    session: &mut Session,
    input: impl AsyncBufRead + Unpin,
    output: &mut impl Write,
    stop: impl Future<Output = ()>,
) -> io::Result<bool> {
    let mut stop = pin!(stop);
    let mut lines = input.lines();
    let mut sound = true;
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line?,
            () = &mut stop => None,
        };
        let Some(line) = line else {
            break;
        };
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
