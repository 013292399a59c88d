//! `exodus run`: the scheduler and the delivery, and every front end that is configured.

use crate::{config::Config, data, failure::Failure, stop::Stop};

/// Serves until told to stop.
pub(crate) async fn run(config: &Config) -> Result<(), Failure> {
    let stop = Stop::listen()?;
    let app = data::open(config).await?;
    let place = data::place(config)?;
    match place.file {
        Some((path, _)) => tracing::info!(file = %path.display(), "the ledger is open"),
        None => tracing::info!("the ledger is open"),
    }
    // No chat is part of this version. What is said at the console is said there.
    tracing::info!("front ends: none is configured; month ends, reminders and notices are looked after");
    let holder = format!("{}-{:032x}", std::process::id(), app.store().random().number());
    let stop = async {
        stop.told().await;
        tracing::info!("stopping: what is under way is finished");
    };
    app.serve(holder, Vec::new(), stop).await;
    app.store().close().await?;
    tracing::info!("stopped");
    Ok(())
}
