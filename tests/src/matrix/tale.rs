//! The stories of `tests/stories`, told on Matrix.
//!
//! ```text
//! /as Anna            somebody's room with the bot, which they open when they come
//! /tomorrow, /date …  the clock of the test goes on, stopping wherever something is due
//! ## restart          the bot ends and is started again over the same database, with the same keys
//! a label, a number   that choice, where there is one in what they see: by its sign where the bot puts signs
//! anything else       is written
//! ```
//! Labels are those of one language. So a story is told in its own language first, picking by signs; what was picked then
//! is picked again, by its number, when it is told in another.

use std::sync::Arc;

use exodus_console::Stops;
use exodus_core::{Date, Timestamp, Zone};
use exodus_i18n::read;

use super::{Change, Company, Person, Shown};
use crate::{Place, world::code_in};

/// A line typed takes so many seconds, as at the console.
const LINE: i64 = 60;

/// Messages with choices that somebody looks through for a label.
const IN_SIGHT: usize = 3;

/// What a line was, the first time it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Written.
    Wrote,
    /// The choice at this place was picked, so many messages with choices above the last.
    Picked {
        /// Messages with choices after it.
        above: usize,
        /// Its place among the message's choices, from 0.
        place: usize,
    },
}

/// A story being told.
pub struct Tale {
    /// Everybody.
    pub company: Company,
    people: Vec<Person>,
    current: Option<usize>,
    /// Whether whoever speaks has said nothing yet.
    silent: bool,
    codes: Vec<String>,
    /// What people saw so far.
    pub transcript: String,
    /// What each line was.
    pub done: Vec<Done>,
    before: Option<Vec<Done>>,
}

impl Tale {
    /// Begins one in which newcomers speak this language. `before`: what its lines were when it was told first, with signs;
    /// now it is told without.
    pub async fn begin(place: &Arc<Place>, language: &str, before: Option<Vec<Done>>) -> Self {
        let company = Company::with(place, |account| {
            account.language = language.to_owned();
            account.signs = before.is_none();
        });
        Self {
            company: company.await,
            people: Vec::new(),
            current: None,
            silent: false,
            codes: Vec::new(),
            transcript: String::new(),
            done: Vec::new(),
            before,
        }
    }

    /// Tells all of it; the transcript.
    ///
    /// # Panics
    /// When a line is not answered.
    pub async fn tell(&mut self, lines: &str) -> &str {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            match line.strip_prefix("## ") {
                Some("restart") => {
                    self.write_down("## restart");
                    self.company.stop().await;
                    self.company.start().await;
                }
                Some(heading) => self.write_down(&format!("## {heading}")),
                None => self.line(line).await,
            }
        }
        &self.transcript
    }

    async fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "/as" | "/как" => self.speak_as(rest).await,
            "/tomorrow" => {
                let today = self.zone().date(self.now());
                self.go_on(today.tomorrow().expect("there is a day after")).await;
            }
            "/date" => {
                let today = self.zone().date(self.now());
                self.go_on(read::date(rest, today).unwrap_or_else(|_| panic!("{rest:?} is no date")))
                    .await;
            }
            "/quit" => {}
            _ => self.say(line).await,
        }
    }

    fn zone(&self) -> Zone {
        self.company.bot().app.store().policy().zone.clone()
    }

    fn now(&self) -> Timestamp {
        self.company.place.clock_now()
    }

    // ---- people -------------------------------------------------------------------------------------------------

    /// From now on somebody else speaks.
    async fn speak_as(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        if let Some(known) = self.people.iter().position(|person| person.name == name) {
            self.current = Some(known);
            return;
        }
        let person = self.company.people.person(name).await;
        self.current = Some(self.people.len());
        self.people.push(person.clone());
        self.write_down(&format!("{name} opens a room"));
        let room = person.direct(&self.company.account.user, true).await;
        self.company.is_at_home(&person, &room, true);
        self.company.came(&person, &room).await;
        self.silent = true;
        self.settle().await;
    }

    /// The first word of somebody: a code in their own language, else a greeting that is of none.
    async fn break_silence(&mut self, who: &Person, line: &str) -> Option<String> {
        if !std::mem::take(&mut self.silent) {
            return None;
        }
        if let Some(code) = line.strip_prefix("/start ") {
            let start = if self.company.account.language == "ru" {
                "старт"
            } else {
                "start"
            };
            return Some(format!("{start} {code}"));
        }
        self.write(who, "👋").await;
        self.settle().await;
        None
    }

    /// Somebody picks what the line names, or writes it.
    async fn say(&mut self, line: &str) {
        let mut line = line.to_owned();
        for (place, code) in self.codes.iter().enumerate() {
            line = line.replace(&format!("{{code:{}}}", place + 1), code);
        }
        if let Some(code) = self.codes.last() {
            line = line.replace("{code}", code);
        }
        let Some(who) = self.current.map(|current| self.people[current].clone()) else {
            return;
        };
        if let Some(first) = self.break_silence(&who, &line).await {
            line = first;
        }
        let done = match self.before.as_ref().map(|before| before.get(self.done.len())) {
            Some(done) => *done.expect("it was told with the same lines before"),
            None => self.meant(&who, &line).await,
        };
        self.done.push(done);
        match done {
            Done::Wrote => self.write(&who, &line).await,
            Done::Picked { above, place } => self.pick(&who, above, place).await,
        }
        self.settle().await;
    }

    /// What a person in front of a client does where the story has this line.
    async fn meant(&self, who: &Person, line: &str) -> Done {
        let sight = self.company.sight(who);
        if let Ok(number) = line.parse::<usize>() {
            let there = sight
                .menu()
                .is_some_and(|menu| (1..=menu.choices.len()).contains(&number));
            return if there && !self.company.bot().asks_for_a_number(&who.user).await {
                Done::Picked {
                    above: 0,
                    place: number - 1,
                }
            } else {
                Done::Wrote
            };
        }
        for (above, menu) in sight.menus().take(IN_SIGHT).enumerate() {
            let labelled = menu.choices.iter().position(|label| key(label) == key(line));
            if let Some(place) = labelled.filter(|_| !key(line).is_empty()) {
                return Done::Picked { above, place };
            }
        }
        Done::Wrote
    }

    async fn write(&mut self, who: &Person, words: &str) {
        self.write_down(&format!("{}: {words}", who.name));
        self.company.writes(who, words).await;
    }

    /// By its sign where it has one, else by its number: said to the message, where that is not the last one.
    async fn pick(&mut self, who: &Person, above: usize, place: usize) {
        let menu = self.company.sight(who).menus().nth(above).cloned();
        let menu = menu.unwrap_or_else(|| panic!("{} sees no menu {above} above", who.name));
        let higher = higher(above);
        let number = (place + 1).to_string();
        self.company.place.clock.advance(LINE);
        let room = self.company.room(who).to_owned();
        let event = if let Some((sign, _)) = menu.signs.get(place) {
            self.write_down(&format!("{} puts {sign}{higher}", who.name));
            who.react(&room, &menu.id, sign).await
        } else if above == 0 {
            self.write_down(&format!("{}: {number}", who.name));
            who.write(&room, &number).await
        } else {
            self.write_down(&format!("{} replies: {number}{higher}", who.name));
            who.reply(&room, &menu.id, &number).await
        };
        self.company.expects(&event);
    }

    // ---- what comes of it ---------------------------------------------------------------------------------------

    /// A line of the transcript, with an empty one after it.
    fn write_down(&mut self, line: &str) {
        let line = self.without_secrets(line);
        self.transcript.push_str(&line);
        self.transcript.push_str("\n\n");
    }

    /// Codes are drawn, and so are parts of names: which code it is stands in its place.
    fn without_secrets(&self, text: &str) -> String {
        let mut text = text.replace(&self.company.people.suffix, "");
        for (place, code) in self.codes.iter().enumerate() {
            text = text.replace(code, &format!("{{code:{}}}", place + 1));
        }
        text
    }

    /// Waits until the bot rests; what people saw meanwhile. Whether something came.
    async fn settle(&mut self) -> bool {
        let news = self.company.settle().await;
        let mut came = false;
        for person in self.people.clone() {
            let mut told: Vec<&String> = Vec::new();
            let changes = news.get(&person.user).map(Vec::as_slice).unwrap_or_default();
            for (id, change) in changes {
                if *change == Change::Signed || told.contains(&id) {
                    continue;
                }
                told.push(id);
                let new = changes
                    .iter()
                    .any(|(other, change)| other == id && *change == Change::Came);
                came |= new;
                self.tell_of(&person, id, new);
            }
        }
        came
    }

    fn tell_of(&mut self, person: &Person, id: &str, new: bool) {
        let sight = self.company.sight(person);
        let Some(place) = sight.shown.iter().position(|shown| shown.id == id) else {
            return self.write_down(&format!("✕ {}", person.name));
        };
        let mut shown = sight.shown[place].clone();
        let above = sight.shown[place + 1..]
            .iter()
            .filter(|shown| shown.file.is_none())
            .count();
        if sight.last().is_none_or(|last| last.id != id) {
            // Signs under what is not the last any more are as it happens.
            shown.signs.clear();
        }
        let head = match (&shown.file, new) {
            (Some((kind, name)), _) => format!("→ {}, {kind} {name}", person.name),
            (None, true) => format!("→ {}", person.name),
            (None, false) => format!("↻ {}{}", person.name, higher(above)),
        };
        self.learn(&shown);
        self.write_down(format!("{head}\n{}", shown.looks()).trim_end());
    }

    fn learn(&mut self, shown: &Shown) {
        if let Some(code) = code_in(&shown.plain).filter(|code| !self.codes.contains(code)) {
            self.codes.push(code);
        }
    }

    /// The clock goes on to a day, at the same time of day, stopping wherever something is due or a notice may go.
    async fn go_on(&mut self, to: Date) {
        let zone = self.zone();
        let to = zone.instant(to.to_datetime(zone.local(self.now()).time()));
        self.settle().await;
        let mut stops = Stops::up_to(to);
        loop {
            let next = stops.next(&self.company.bot().app).await.expect("no trouble");
            let Some(next) = next else { break };
            self.company.place.clock.set(next);
            let before = self.transcript.len();
            if self.settle().await {
                stops.fruitful();
                let seen = self.transcript.split_off(before);
                self.at(&zone, next);
                self.transcript.push_str(&seen);
            }
        }
        self.company.place.clock.set(to.max(self.now()));
        self.settle().await;
        self.at(&zone, to);
    }

    fn at(&mut self, zone: &Zone, at: Timestamp) {
        let at = zone.local(at);
        self.write_down(&format!("-- {} {:02}:{:02}", at.date(), at.hour(), at.minute()));
    }
}

fn higher(above: usize) -> String {
    if above == 0 {
        String::new()
    } else {
        format!(", {above} above")
    }
}

/// A label for comparing: without case, and without signs around its words.
fn key(label: &str) -> String {
    label
        .to_lowercase()
        .replace(['\u{a0}', '\u{202f}'], " ")
        .trim_matches(|sign: char| !sign.is_alphanumeric())
        .to_owned()
}
