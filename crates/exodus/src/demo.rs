//! `exodus demo`: a made-up network of forty people over three months, made by the application's own commands with the
//! clock moving day by day. The same story every time.

mod people;
mod plan;
mod story;
mod village;

use std::{fs, path::Path};

use anyhow::Context as _;
use exodus_console::CLOCK_SETTING;
use exodus_core::{Date, Timestamp};
use exodus_i18n::{Lang, Text};

use crate::{args, config::Config, data, failure::Failure, talk};

/// Opens the made-up network, filled first when it is not there, as somebody in it.
pub(crate) async fn open(config: &Config, options: &args::Demo) -> Result<(), Failure> {
    let directory = data::directory()?;
    let path = directory.join("demo.db");
    let language = talk::language(config, options.lang.as_deref())?;
    if options.new {
        data::forget(&path)?;
    }
    if !path.exists() {
        fill(config, &path, &language).await?;
    }
    let (app, clock) = data::open_play(config, &path, story::beginning(&config.policy.zone)).await?;
    let speaker = people::who_speaks(Lang::guess(&language).tag());
    let name = options.name.clone().unwrap_or_else(|| speaker.to_owned());
    let mut session = talk::session(&app, Some(clock), language, &directory);
    let mut sentences = vec![Text::new("console-start-demo").with("at", session.moment())];
    sentences.extend(summary(&app).await?);
    sentences.push(Text::new("console-demo-as").name("name", name.clone()));
    talk::greet(&session, &sentences, Some(&path));
    talk::talk(&app, &mut session, &name).await
}

/// Fills a new file. It takes its name only when it is whole, so that one cut short is begun anew.
async fn fill(config: &Config, path: &Path, language: &str) -> Result<(), Failure> {
    let (backup, partial) = (path.with_extension("backup"), path.with_extension("partial"));
    data::forget(&backup)?;
    data::forget(&partial)?;
    let now = live(config, &backup, language).await?;
    let (app, _) = data::open_at(config, &partial, now).await?;
    app.store().restore(&backup).await?;
    app.store().close().await?;
    drop(app);
    data::forget(&backup)?;
    fs::rename(&partial, path).with_context(|| format!("{} cannot be made", path.display()))?;
    data::forget(&partial)
}

/// Lets the three months be lived in memory, where nobody waits for a disk thousands of times, and writes down what came
/// of it. Returns what time it is then.
async fn live(config: &Config, backup: &Path, language: &str) -> Result<Timestamp, Failure> {
    let zone = config.policy.zone.clone();
    let (app, clock) = data::open_at(config, Path::new(data::MEMORY), story::beginning(&zone)).await?;
    let session = talk::session(&app, None, language.to_owned(), backup);
    let people = u64::try_from(people::PEOPLE.len()).unwrap_or(0);
    talk::greet(
        &session,
        &[Text::new("console-demo-filling").count("people", people)],
        None,
    );
    let mut village = village::Village::new(app.clone(), clock);
    let month = |day: Date| {
        let text = Text::new("console-demo-month").month("month", day.year(), day.month());
        talk::greet(&session, &[text], None);
    };
    story::live(&mut village, zone, month).await?;
    for surprise in &village.surprises {
        // Made-up names only.
        tracing::debug!(surprise, "the story went another way");
    }
    let now = app.store().now();
    app.store()
        .set_setting(CLOCK_SETTING, &now.seconds().to_string())
        .await?;
    app.store().backup(backup).await?;
    app.store().close().await?;
    Ok(now)
}

/// What is there, in a few sentences.
async fn summary(app: &exodus_app::App) -> Result<Vec<Text>, Failure> {
    let stats = app.store().stats().await?;
    Ok(vec![
        Text::new("console-demo-there")
            .count("people", stats.members)
            .count("orange", stats.orange)
            .count("red", stats.red),
        Text::new("console-demo-records")
            .count("kept", stats.settled)
            .count("open", stats.obligations)
            .count("intentions", stats.intentions)
            .count("left", stats.left),
        Text::new("console-demo-stories")
            .name("kept", people::CARPENTER)
            .name("short", people::PENSIONER)
            .name("suspended", people::COURIER),
    ])
}
