//! Interactive mode: line editing, and notices between the prompts.
//!
//! The editor has a thread of its own, since reading a line blocks. It is sent a prompt, and sends the line back. Lines
//! are remembered in memory only, and no answer to a question among them: those are people's own words.

use std::{
    pin::pin,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use exodus_i18n::Text;
use rustyline::{Editor, ExternalPrinter, error::ReadlineError, history::MemHistory};
use tokio::sync::mpsc;

use crate::{Session, pipe::excuse, terminal::AsFound};

/// How often notices are looked for while nobody types.
const LOOK: Duration = Duration::from_secs(3);

/// What the editor read.
enum Typed {
    Line(String),
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-D, or no terminal any more.
    Ended,
}

/// The next line is asked for with this prompt; whether it may be remembered.
struct Prompt {
    text: String,
    remembered: bool,
}

/// Talks until somebody says good-bye, or until `stop` resolves: then a line under way is answered first. However it
/// ends, the terminal is left as it was found.
///
/// # Errors
/// When the terminal cannot be used.
pub async fn talk(
    session: &mut Session,
    colour: bool,
    stop: impl Future<Output = ()>,
) -> rustyline::Result<()> {
    let mut stop = pin!(stop);
    let found = AsFound::now();
    let (ask, prompts) = channel();
    let (typed, mut lines) = mpsc::channel(1);
    let mut editor = Editor::<(), MemHistory>::with_history(rustyline::Config::default(), MemHistory::new())?;
    let mut printer = editor.create_external_printer()?;
    thread::spawn(move || read(&mut editor, &prompts, &typed));
    println!("{}\n", session.say(&Text::new("console-hint")));
    prompt(session, &ask, colour);
    loop {
        tokio::select! {
            line = lines.recv() => {
                match line {
                    Some(Typed::Line(line)) => match session.line(&line).await {
                        Ok(text) if text.is_empty() => {}
                        Ok(text) => println!("\n{text}\n"),
                        Err(trouble) => println!("\n{}\n", excuse(session, &trouble)),
                    },
                    Some(Typed::Interrupted) => println!("{}", session.say(&Text::new("console-quit-hint"))),
                    Some(Typed::Ended) | None => {
                        println!("{}", session.say(&Text::new("console-bye")));
                        return Ok(());
                    }
                }
                if session.ended() {
                    return Ok(());
                }
                prompt(session, &ask, colour);
            }
            () = tokio::time::sleep(LOOK) => match session.poll().await {
                Ok(news) if news.is_empty() => {}
                Ok(news) => drop(printer.print(format!("\n{news}\n\n"))),
                // Said when the next line is typed; meanwhile nobody asked.
                Err(trouble) => tracing::debug!(%trouble, "notices were not looked for"),
            },
            () = &mut stop => {
                found.put_back().await;
                println!("\n{}", session.say(&Text::new("console-bye")));
                return Ok(());
            }
        }
    }
}

fn prompt(session: &Session, ask: &Sender<Prompt>, colour: bool) {
    let name = session.speaker().unwrap_or_default();
    let name = crate::paper::harmless(name, false);
    let text = if colour {
        format!("\u{1b}[1m{name}>\u{1b}[0m ")
    } else {
        format!("{name}> ")
    };
    // Nobody listens any more only when the editor has ended, which is heard of through the lines.
    let _ = ask.send(Prompt {
        text,
        remembered: !session.asking(),
    });
}

fn read(editor: &mut Editor<(), MemHistory>, prompts: &Receiver<Prompt>, typed: &mpsc::Sender<Typed>) {
    for Prompt { text, remembered } in prompts {
        let line = match editor.readline(&text) {
            Ok(line) => {
                if remembered && !line.trim().is_empty() {
                    let _ = editor.add_history_entry(line.as_str());
                }
                Typed::Line(line)
            }
            Err(ReadlineError::Interrupted) => Typed::Interrupted,
            Err(_) => Typed::Ended,
        };
        let ended = matches!(line, Typed::Ended);
        if typed.blocking_send(line).is_err() || ended {
            return;
        }
    }
}
