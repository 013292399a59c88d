//! Stories: plain dialogues, line by line through the plain mode of the console.
//!
//! ```text
//! ## words            a heading, for whoever reads the story
//! ## restart          the program ends here and is started again over the same database
//! /as Anna            as somebody types it at the terminal
//! /start {code}       {code} is the last code that was shown; {code:2} the second that was shown
//! ```

use std::{fmt::Write as _, path::Path, sync::Arc};

use exodus_app::App;
use exodus_console::{Options, Play, Session, pipe};
use exodus_store::{ManualClock, Store};

use crate::{
    Place,
    world::{code_in, settings},
};

/// A story being told.
pub struct Story {
    place: Arc<Place>,
    language: String,
    app: App,
    session: Session,
    codes: Vec<String>,
    starts: u64,
    transcript: String,
}

impl Story {
    /// Begins one in which newcomers speak this language.
    pub async fn begin(place: &Arc<Place>, language: &str) -> Self {
        let app = App::new(place.open(1).await, settings());
        let session = session(place, language, &app);
        let place = Arc::clone(place);
        let (codes, transcript) = (Vec::new(), String::new());
        Self {
            place,
            language: language.to_owned(),
            app,
            session,
            codes,
            starts: 1,
            transcript,
        }
    }

    /// Tells all of it; the transcript.
    ///
    /// # Panics
    /// When a line is not answered.
    pub async fn tell(&mut self, lines: &str) -> &str {
        for line in lines.lines() {
            match line.strip_prefix("## ") {
                Some("restart") => {
                    self.heading("restart");
                    self.restart().await;
                }
                Some(heading) => self.heading(heading),
                None if line.trim().is_empty() => {}
                None => self.line(line).await,
            }
        }
        &self.transcript
    }

    fn heading(&mut self, words: &str) {
        writeln!(self.transcript, "## {words}\n").expect("written");
    }

    async fn line(&mut self, line: &str) {
        let mut typed = line.to_owned();
        for (place, code) in self.codes.iter().enumerate() {
            typed = typed.replace(&format!("{{code:{}}}", place + 1), code);
        }
        if let Some(code) = self.codes.last() {
            typed = typed.replace("{code}", code);
        }
        let mut answer = Vec::new();
        typed.push('\n');
        let sound = pipe(
            &mut self.session,
            typed.as_bytes(),
            &mut answer,
            std::future::pending(),
        )
        .await
        .expect("lines are read and written");
        let answer = String::from_utf8(answer).expect("text");
        assert!(sound, "{line:?} was not answered:\n{answer}");
        // The first line is the echo.
        let said = answer.split_once('\n').map_or("", |(_, said)| said);
        if let Some(code) = code_in(said).filter(|code| !self.codes.contains(code)) {
            self.codes.push(code);
        }
        self.transcript.push_str(&answer);
    }

    async fn restart(&mut self) {
        self.starts += 1;
        self.app.store().close().await.expect("it closes");
        self.app = App::new(self.place.open(self.starts).await, settings());
        self.session = session(&self.place, &self.language, &self.app);
        self.session.resume().await.expect("no trouble");
    }

    /// Its records.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// Where its files go.
    #[must_use]
    pub fn files(&self) -> std::path::PathBuf {
        self.place.path("files")
    }

    /// What was said so far.
    #[must_use]
    pub fn transcript(&self) -> &str {
        &self.transcript
    }
}

fn session(place: &Arc<Place>, language: &str, app: &App) -> Session {
    let clock = Arc::<ManualClock>::clone(&place.clock);
    let options = Options {
        language: Some(language.to_owned()),
        files: Some(place.path("files")),
        play: Some(Play::new(move |at| clock.set(at))),
        ..Options::default()
    };
    Session::new(app.clone(), options)
}

/// Compares a transcript with its golden, or writes it when `EXODUS_BLESS=1`.
///
/// # Panics
/// When they differ: the first line that does, with those around it.
pub fn compare(golden: &Path, transcript: &str) {
    if std::env::var_os("EXODUS_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(golden, transcript).expect("the golden is written");
        return;
    }
    let kept = std::fs::read_to_string(golden).unwrap_or_default();
    if kept == transcript {
        return;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), transcript.lines().collect());
    let place = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let around = |lines: &[&str]| {
        let (from, to) = (
            place.saturating_sub(8).min(lines.len()),
            (place + 8).min(lines.len()),
        );
        lines[from..to].join("\n")
    };
    panic!(
        "{} differs from line {} on.\n--- was\n{}\n--- is\n{}\n---\nEXODUS_BLESS=1 writes it anew; then read the difference.",
        golden.display(),
        place + 1,
        around(&old),
        around(&new)
    );
}
