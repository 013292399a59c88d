//! The stories of `tests/stories`, told on Telegram.
//!
//! ```text
//! /as Anna            somebody's private chat; the first one presses Start
//! /tomorrow, /date …  the clock of the test goes on, stopping wherever something is due
//! ## restart          the bot ends and is started again over the same database
//! a label, a number   presses that button, where there is one under what they see
//! anything else       is written
//! ```
//! Labels are those of one language. So a story is told in its own language first; what was pressed then is pressed again,
//! by its place, when it is told in another.

use std::{collections::BTreeMap, sync::Arc};

use exodus_console::Stops;
use exodus_core::{Date, Timestamp, Zone};
use exodus_i18n::read;

use super::{Call, Person, Server, Transcript, bot::Bot, rows};
use crate::{Place, world::code_in};

/// A line typed takes so many seconds, as at the console.
const LINE: i64 = 60;

/// Messages with buttons that somebody looks through for a label.
const IN_SIGHT: usize = 3;

/// What a line was, the first time it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Written.
    Wrote,
    /// The button at this place was pressed, so many messages with buttons above the last.
    Pressed {
        /// Messages with buttons after it.
        above: usize,
        /// Its place among the message's buttons, from 0.
        place: usize,
    },
}

/// A message with buttons, as somebody sees it.
struct Menu {
    id: i64,
    buttons: Vec<(String, String)>,
}

/// A story being told.
pub struct Tale {
    place: Arc<Place>,
    server: Arc<dyn Server>,
    language: String,
    bot: Option<Bot>,
    starts: u64,
    seen: usize,
    people: Vec<Person>,
    current: Option<usize>,
    menus: BTreeMap<i64, Vec<Menu>>,
    codes: Vec<String>,
    transcript: Transcript,
    /// What each line was.
    pub done: Vec<Done>,
    before: Option<Vec<Done>>,
}

impl Tale {
    /// Begins one in which newcomers have apps in this language. `before`: what its lines were when it was told first.
    pub async fn begin(
        place: &Arc<Place>,
        server: Arc<dyn Server>,
        language: &str,
        before: Option<Vec<Done>>,
    ) -> Self {
        let bot = Bot::start(place, 1, &*server).await;
        Self {
            place: Arc::clone(place),
            server,
            language: language.to_owned(),
            bot: Some(bot),
            starts: 1,
            seen: 0,
            people: Vec::new(),
            current: None,
            menus: BTreeMap::new(),
            codes: Vec::new(),
            transcript: Transcript::default(),
            done: Vec::new(),
            before,
        }
    }

    /// Tells all of it, and ends the bot; the transcript.
    ///
    /// # Panics
    /// When a line is not answered.
    pub async fn tell(&mut self, lines: &str) -> &str {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            match line.strip_prefix("## ") {
                Some("restart") => {
                    self.transcript.line("## restart");
                    self.bot.take().expect("it works").stop().await;
                    self.starts += 1;
                    self.bot = Some(Bot::start(&self.place, self.starts, &*self.server).await);
                }
                Some(heading) => self.transcript.line(&format!("## {heading}")),
                None => self.line(line).await,
            }
        }
        &self.transcript.text
    }

    /// Codes are drawn: which one it is stands in their place.
    fn hide_codes(&mut self, from: usize) {
        let mut seen = self.transcript.text.split_off(from);
        for (place, code) in self.codes.iter().enumerate() {
            seen = seen.replace(code, &format!("{{code:{}}}", place + 1));
        }
        self.transcript.text.push_str(&seen);
    }

    /// Ends the bot.
    pub async fn end(mut self) {
        self.bot.take().expect("it works").stop().await;
    }

    /// The bot.
    ///
    /// # Panics
    /// When it was stopped.
    #[must_use]
    pub fn bot(&self) -> &Bot {
        self.bot.as_ref().expect("it works")
    }

    async fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "/as" | "/как" => self.speak_as(rest).await,
            "/tomorrow" => {
                let today = self.zone().date(self.place.clock_now());
                self.go_on(today.tomorrow().expect("there is a day after")).await;
            }
            "/date" => {
                let today = self.zone().date(self.place.clock_now());
                self.go_on(read::date(rest, today).unwrap_or_else(|_| panic!("{rest:?} is no date")))
                    .await;
            }
            "/quit" => {}
            _ => self.say(line).await,
        }
    }

    fn zone(&self) -> Zone {
        self.bot().app.store().policy().zone.clone()
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
        let id = 1_001 + i64::try_from(self.people.len()).expect("few");
        self.transcript.introduce(id, name);
        self.people.push(Person::new(id, name, &self.language));
        self.current = Some(self.people.len() - 1);
        if self.people.len() == 1 {
            self.write("/start").await;
        }
    }

    /// Somebody presses what the line names, or writes it.
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
        self.place.clock.advance(LINE);
        let done = match self.before.as_ref().map(|before| before.get(self.done.len())) {
            Some(done) => *done.expect("it was told with the same lines before"),
            None => self.meant(&who, &line).await,
        };
        self.done.push(done);
        match done {
            Done::Wrote => self.write(&line).await,
            Done::Pressed { above, place } => {
                let menus = self.menus.get(&who.id).map(Vec::as_slice).unwrap_or_default();
                let menu = menus.iter().rev().nth(above);
                let button = menu.and_then(|menu| Some((menu.id, menu.buttons.get(place)?.clone())));
                let (message, (label, data)) = button
                    .unwrap_or_else(|| panic!("{} sees no button {above}/{place} for {line:?}", who.name));
                self.transcript.line(&format!("{} presses [{label}]", who.name));
                self.server.press(&who, message, &data).await;
                self.settle(who.id).await;
            }
        }
    }

    /// What a person at a phone does where the story has this line.
    async fn meant(&self, who: &Person, line: &str) -> Done {
        let menus = self.menus.get(&who.id).map(Vec::as_slice).unwrap_or_default();
        if let Ok(number) = line.parse::<usize>() {
            // A place in the last screen's menu: what has a button is pressed, what has none is typed.
            let end = format!(".{}", number.saturating_sub(1));
            let named = |menu: &Menu| menu.buttons.iter().position(|(_, data)| data.ends_with(&end));
            return match menus.last().and_then(named) {
                Some(place) if number > 0 && !self.bot().asks_for_a_number(who).await => {
                    Done::Pressed { above: 0, place }
                }
                _ => Done::Wrote,
            };
        }
        for (above, menu) in menus.iter().rev().take(IN_SIGHT).enumerate() {
            let labelled = menu.buttons.iter().position(|(label, _)| key(label) == key(line));
            if let Some(place) = labelled.filter(|_| !key(line).is_empty()) {
                return Done::Pressed { above, place };
            }
        }
        Done::Wrote
    }

    async fn write(&mut self, text: &str) {
        let who = self.people[self.current.expect("somebody speaks")].clone();
        let before = self.transcript.text.len();
        self.transcript.line(&format!("{}: {text}", who.name));
        self.hide_codes(before);
        self.server.write(&who, text).await;
        self.settle(who.id).await;
    }

    // ---- what comes of it ---------------------------------------------------------------------------------------

    /// Time passes until the bot rests; what people saw meanwhile.
    async fn settle(&mut self, pressed_in: i64) -> bool {
        let bot = self.bot.as_ref().expect("it works");
        bot.settle(&*self.server).await;
        let calls = self.server.calls(self.seen).await;
        self.seen += calls.len();
        for call in &calls {
            self.look(call);
        }
        let before = self.transcript.text.len();
        self.transcript.calls(&calls, pressed_in);
        self.hide_codes(before);
        calls.iter().any(|call| call.method.starts_with("send"))
    }

    fn look(&mut self, call: &Call) {
        let (Some(chat), Some(result)) = (call.chat(), call.result()) else {
            return;
        };
        let menus = self.menus.entry(chat).or_default();
        let buttons: Vec<_> = rows(call.given.get("reply_markup"))
            .into_iter()
            .flatten()
            .collect();
        let edited = call.given.get("message_id").and_then(serde_json::Value::as_i64);
        if let Some(id) = edited {
            let known = menus.iter().position(|menu| menu.id == id);
            match known {
                Some(known) if call.method == "deleteMessage" || buttons.is_empty() => {
                    drop(menus.remove(known))
                }
                Some(known) => menus[known].buttons = buttons,
                None if buttons.is_empty() => {}
                None => {
                    menus.push(Menu { id, buttons });
                    menus.sort_by_key(|menu| menu.id);
                }
            }
        } else if let Some(id) = result["message_id"].as_i64().filter(|_| !buttons.is_empty()) {
            menus.push(Menu { id, buttons });
        }
        if let Some(code) = code_in(call.words()).filter(|code| !self.codes.contains(code)) {
            self.codes.push(code);
        }
    }

    /// The clock goes on to a day, at the same time of day, stopping wherever something is due or a notice may go.
    async fn go_on(&mut self, to: Date) {
        let zone = self.zone();
        let now = zone.local(self.place.clock_now());
        let to = zone.instant(to.to_datetime(now.time()));
        self.settle(0).await;
        let mut stops = Stops::up_to(to);
        loop {
            let next = stops.next(&self.bot().app).await.expect("no trouble");
            let Some(next) = next else { break };
            self.place.clock.set(next);
            let before = self.transcript.text.len();
            if self.settle(0).await {
                stops.fruitful();
                let seen = self.transcript.text.split_off(before);
                self.at(&zone, next);
                self.transcript.text.push_str(&seen);
            }
        }
        self.place.clock.set(to.max(self.place.clock_now()));
        self.settle(0).await;
        self.at(&zone, to);
    }

    fn at(&mut self, zone: &Zone, at: Timestamp) {
        let at = zone.local(at);
        self.transcript
            .line(&format!("-- {} {:02}:{:02}", at.date(), at.hour(), at.minute()));
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
