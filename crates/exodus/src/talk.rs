//! The console: somebody at this terminal, or lines from a pipe.

use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    sync::Arc,
};

use anyhow::Context as _;
use exodus_app::App;
use exodus_console::{Options, Paper, Play, Session};
use exodus_core::{Date, Timestamp};
use exodus_i18n::Text;
use exodus_store::{Clock as _, ManualClock, SystemClock};

use crate::{args, config::Config, data, failure::Failure, stop::Stop};

/// `exodus console`, and `exodus` alone.
pub(crate) async fn console(config: &Config, options: &args::Console) -> Result<(), Failure> {
    let directory = data::directory()?;
    let language = language(config, options.lang.as_deref())?;
    let name = options.name.clone().unwrap_or_else(login);
    if options.play {
        let path = directory.join("play.db");
        let (app, clock) =
            data::open_play(config, &path, beginning(config, options.from.as_deref())?).await?;
        let mut session = session(&app, Some(clock), language, &directory);
        let start = Text::new("console-start-play").with("at", session.moment());
        greet(&session, &[start], Some(&path));
        return talk(&app, &mut session, &name).await;
    }
    let place = data::place(config)?;
    let app = data::open(config).await?;
    let mut session = session(&app, None, language, &directory);
    if let Some((path, there)) = &place.file {
        let start = Text::new(if *there {
            "console-start-there"
        } else {
            "console-start-made"
        });
        greet(&session, &[start], Some(path));
        if !*there {
            greet(&session, &[Text::new("console-start-connect")], None);
        }
    }
    talk(&app, &mut session, &name).await
}

/// A session on this terminal or pipe.
pub(crate) fn session(
    app: &App,
    clock: Option<Arc<ManualClock>>,
    language: String,
    directory: &Path,
) -> Session {
    let play = clock.map(|clock| Play::new(move |at| clock.set(at)));
    let options = Options {
        paper: Paper { colour: colour() },
        language: Some(language),
        files: Some(directory.join("files")),
        paths: interactive(),
        play,
    };
    Session::new(app.clone(), options)
}

/// Says sentences before anybody speaks, and which file they are about. Beside the text that a pipe is given, which is
/// the same everywhere.
pub(crate) fn greet(session: &Session, sentences: &[Text], path: Option<&Path>) {
    let path = path.map(|path| format!("  {}", path.display()));
    for line in sentences.iter().map(|sentence| session.say(sentence)).chain(path) {
        if interactive() {
            println!("{line}")
        } else {
            eprintln!("{line}")
        }
    }
}

/// Talks as somebody until they say good-bye, the pipe ends, or the program is told to stop.
pub(crate) async fn talk(app: &App, session: &mut Session, name: &str) -> Result<(), Failure> {
    let stop = Stop::listen()?.told();
    session.resume().await?;
    let said = session.speak_as(name).await?;
    if interactive() {
        println!("\n{said}\n");
        exodus_console::talk(session, colour(), stop)
            .await
            .context("the terminal cannot be used")?;
    } else {
        let mut output = io::stdout().lock();
        writeln!(output, "{said}\n").context("the text cannot be written")?;
        let input = tokio::io::BufReader::new(tokio::io::stdin());
        let sound = exodus_console::pipe(session, input, &mut output, stop)
            .await
            .context("the pipe broke")?;
        if !sound {
            return Err(Failure::trouble(
                "not every line could be answered; the log says why",
            ));
        }
    }
    Ok(app.store().close().await?)
}

fn interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Colours where the terminal has them and nobody minds (no-color.org).
fn colour() -> bool {
    let minds = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    interactive() && !minds && !dumb
}

/// What newcomers are taken to speak: as said, as the system is set, as the community's configuration says.
pub(crate) fn language(config: &Config, given: Option<&str>) -> Result<String, Failure> {
    if let Some(given) = given {
        let lang = exodus_i18n::Lang::parse(given);
        return lang.map(|lang| lang.tag().to_owned()).map_err(|error| {
            let known: Vec<_> = exodus_i18n::Lang::all().map(exodus_i18n::Lang::tag).collect();
            Failure::configuration(format!("--lang: {error}; there are: {}", known.join(", ")))
        });
    }
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    let says = set.filter(|set| !(set == "C" || set.starts_with("C.") || set.starts_with("POSIX")));
    Ok(says.unwrap_or_else(|| config.language.tag().to_owned()))
}

/// Who sits here, as the system calls them.
fn login() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok());
    name.filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "me".to_owned())
}

/// When a new ledger to play with begins: ten in the morning of the day given, else now.
fn beginning(config: &Config, from: Option<&str>) -> Result<Timestamp, Failure> {
    let Some(from) = from else {
        return Ok(SystemClock.now());
    };
    let date: Date = from
        .parse()
        .map_err(|_| Failure::configuration(format!("--from: {from:?} is no date such as 2026-11-20")))?;
    Ok(config.policy.zone.instant(date.at(10, 0, 0, 0)))
}
