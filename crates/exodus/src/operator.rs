//! What an operator asks for. Answers are ids and totals; nobody's name, no words (rule: the operator reads no more
//! than any other member).

use std::{
    fs,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
};

use anyhow::Context as _;
use exodus_app::App;
use exodus_console::PLATFORM;
use exodus_i18n::read::fold;
use exodus_store::AccountKey;
use exodus_ui::act::ExportForm;

use crate::{
    args::{Export, Form},
    config::{Config, Loaded},
    data,
    failure::{Code, Failure},
};

/// `exodus config check`: every problem with its key, or where the configuration comes from.
pub(crate) fn check(loaded: &Loaded) -> Code {
    match &loaded.file {
        Some(path) => println!("file: {}", path.display()),
        None => println!("file: none; everything is as config/exodus.example.toml says"),
    }
    for variable in &loaded.variables {
        println!("environment: {variable}");
    }
    for problem in &loaded.problems {
        println!("wrong: {problem}");
    }
    if !loaded.config.says_where_the_source_is() {
        println!("note: community.source is not set: /help says which version runs, not where its source is");
    }
    if loaded.problems.is_empty() {
        println!("ok");
        Code::Done
    } else {
        Code::Configuration
    }
}

/// `exodus migrate`: opening does it.
pub(crate) async fn migrate(config: &Config) -> Result<(), Failure> {
    let app = data::open(config).await?;
    println!("the schema is up to date");
    Ok(app.store().close().await?)
}

/// `exodus verify`.
pub(crate) async fn verify(config: &Config) -> Result<Code, Failure> {
    let app = data::open(config).await?;
    let watched = io::stderr().is_terminal();
    let mut said = 0;
    let progress = |done: u64, all: u64| {
        let percent = done.saturating_mul(100).checked_div(all).unwrap_or(100);
        if watched && percent != said {
            said = percent;
            eprint!("\r{percent} %");
        }
    };
    let report = app.store().verify(progress).await?;
    if watched {
        eprintln!();
    }
    for difference in &report.differences {
        println!("{} {}: {}", difference.place, difference.id, difference.what);
    }
    let named = u64::try_from(report.differences.len()).unwrap_or(u64::MAX);
    if report.count > named {
        println!("… and {} more", report.count.saturating_sub(named));
    }
    println!(
        "{} entries of the journal, {} differences",
        report.entries, report.count
    );
    app.store().close().await?;
    Ok(if report.ok() { Code::Done } else { Code::Different })
}

/// `exodus cycle status`.
pub(crate) async fn cycle_status(config: &Config) -> Result<(), Failure> {
    /// Members looked at; more is only "more".
    const LOOKED_AT: u64 = 10_000;
    let app = data::open(config).await?;
    let (store, policy) = (app.store(), app.store().policy());
    let now = store.now();
    let period = policy.period(now);
    let late = store.due_members(now, LOOKED_AT).await?.len();
    let next = store.next_due_at().await?;
    let shown = |at| policy.zone.local(at).strftime("%Y-%m-%d %H:%M").to_string();
    println!("now: {} ({})", shown(now), policy.zone.name());
    println!("month: {period}, ends {}", shown(policy.start_of(period.next())));
    println!("members for whom something is due now: {late}");
    println!("next due: {}", next.map_or_else(|| "nothing".to_owned(), shown));
    if late > 0 {
        println!(
            "exodus run, or a console that is open, does what is due; each step takes effect once, however late"
        );
    }
    Ok(store.close().await?)
}

/// `exodus clearing run --dry-run`: changes nothing.
pub(crate) async fn clearing(config: &Config, options: crate::clearing::RunOptions) -> Result<(), Failure> {
    let app = data::open(config).await?;
    let (store, policy) = (app.store(), app.store().policy());
    let found = store.dry_run().await?;
    let state = store.clearing().await?;
    let sum = |minor: u128| format!("{minor} minor units of {}", config.unit.code);
    let next = state.awaited().map(|announced| announced.on.to_string());
    println!("announced: {}", next.unwrap_or_else(|| "no run is".to_owned()));
    if policy.clearing.run == 0 {
        println!("runs are switched off (month.clearing_day = 0)");
    }
    println!("obligations that take part: {}", found.claims);
    println!("members at their ends: {}", found.members);
    println!("owed by them: {}", sum(found.owed));
    println!("would be set off: {}", sum(found.total()));
    println!(
        "obligations reduced: {}, of these closed: {}",
        found.set_offs.len(),
        found.closed()
    );
    if options.rows {
        println!("obligation,debtor,creditor,takes_part,set_off");
        for row in &found.set_offs {
            let (of, amount) = (row.of.minor(), row.amount.minor());
            println!("{},{},{},{of},{amount}", row.obligation, row.debtor, row.creditor);
        }
    }
    Ok(store.close().await?)
}

/// `exodus stats`.
pub(crate) async fn stats(config: &Config) -> Result<(), Failure> {
    let app = data::open(config).await?;
    let stats = app.store().stats().await?;
    for (name, count) in [
        ("members", stats.members),
        ("members who left", stats.left),
        ("asking for monthly support", stats.orange),
        ("in an emergency", stats.red),
        ("open appeals", stats.appeals),
        ("live intentions", stats.intentions),
        ("unsettled obligations", stats.obligations),
        ("settled obligations", stats.settled),
        ("support ties", stats.edges),
        ("entries of the journal", stats.entries),
        ("updates waiting", stats.inbox),
        ("notices waiting", stats.outbox),
        ("networks still to be told", stats.broadcasts),
    ] {
        println!("{name}: {count}");
    }
    Ok(app.store().close().await?)
}

/// `exodus backup FILE`.
pub(crate) async fn backup(config: &Config, file: &Path) -> Result<(), Failure> {
    if file.exists() {
        return Err(Failure::trouble(format!(
            "{} is there already; name another file",
            file.display()
        )));
    }
    let app = data::open(config).await?;
    app.store().backup(file).await?;
    println!("everything is in {}", file.display());
    Ok(app.store().close().await?)
}

/// `exodus restore FILE`.
pub(crate) async fn restore(config: &Config, file: &Path) -> Result<(), Failure> {
    if !file.is_file() {
        return Err(Failure::trouble(format!("{} is no file", file.display())));
    }
    let app = data::open(config).await?;
    app.store().restore(file).await?;
    let stats = app.store().stats().await?;
    println!(
        "restored and verified: {} members, {} entries of the journal",
        stats.members, stats.entries
    );
    Ok(app.store().close().await?)
}

/// `exodus rotate-keys`.
pub(crate) async fn rotate_keys(config: &Config) -> Result<(), Failure> {
    let Some((name, _)) = config.master_keys.first() else {
        return Err(Failure::configuration(
            "store.master_keys names no key to seal with",
        ));
    };
    let app = data::open(config).await?;
    let count = app.store().rotate_keys().await?;
    println!("sealed with the key {name:?}: {count} more people");
    Ok(app.store().close().await?)
}

/// `exodus export`: of a persona of the console only; whoever uses another chat asks for it there.
pub(crate) async fn export(config: &Config, options: &Export) -> Result<(), Failure> {
    let app = data::open(config).await?;
    let member = persona(&app, &options.name).await?;
    let form = match options.form {
        Form::Csv => ExportForm::Csv,
        Form::Json => ExportForm::Json,
        Form::Hledger => ExportForm::Hledger,
    };
    let files = app.export(member, form).await?;
    fs::create_dir_all(&options.to).with_context(|| format!("{} cannot be made", options.to.display()))?;
    for file in files {
        let path = options
            .to
            .join(Path::new(&file.name).file_name().unwrap_or_default());
        write_new(&path, &file.bytes).with_context(|| format!("{} cannot be written", path.display()))?;
        println!("{}", path.display());
    }
    Ok(app.store().close().await?)
}

async fn persona(app: &App, name: &str) -> Result<exodus_core::MemberId, Failure> {
    let key = AccountKey::new(PLATFORM, fold(name));
    let account = app.store().account(&key).await?;
    let account =
        account.ok_or_else(|| Failure::trouble(format!("nobody is called {name:?} at the console")))?;
    let accounts = app.store().accounts_of(account.member).await?;
    if accounts.iter().any(|account| account.key.platform != PLATFORM) {
        return Err(Failure::trouble(
            "this member also has an account in another chat: the export is asked for there",
        ));
    }
    Ok(account.member)
}

/// Writes a file that is not there yet, for its owner's eyes.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(bytes)
}
