//! A bot and people around it, each with a room of their own with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::json;

use super::{Account, Bot, Change, Gate, People, Person, Seen, Shown, Sight, eventually, soon};
use crate::Place;

/// Somebody's room with the bot.
struct Home {
    person: Person,
    room: String,
    sight: Sight,
}

/// What became of somebody's messages, in order.
pub type News = Vec<(String, Change)>;

/// A bot and the people around it.
pub struct Company {
    /// Its database.
    pub place: Arc<Place>,
    /// Everybody.
    pub people: Arc<People>,
    /// What the bot asks of the homeserver goes through here.
    pub gate: Gate,
    /// The bot's account.
    pub account: Account,
    bot: Option<Bot>,
    starts: u64,
    homes: Vec<Home>,
    /// Events the bot has to be told of.
    sent: Vec<String>,
    /// How much of what the bot asked was looked at.
    looked: usize,
    /// What people saw in other rooms, and nobody asked for yet.
    elsewhere: BTreeMap<String, Vec<Seen>>,
}

impl Company {
    /// A bot that nobody spoke with yet, on an empty database.
    pub async fn new(place: &Arc<Place>) -> Self {
        Self::with(place, |_| ()).await
    }

    /// The same, with an account that is opened otherwise.
    pub async fn with(place: &Arc<Place>, otherwise: impl FnOnce(&mut Account)) -> Self {
        let (people, gate) = (People::here(), Gate::open().await);
        let password = "only for this test";
        let mut account = Account {
            user: people.account("exodus", password).await,
            password: password.to_owned(),
            allowed: Vec::new(),
            language: "en".to_owned(),
            signs: true,
        };
        otherwise(&mut account);
        let bot = Some(Bot::start(place, 1, &gate, &account).await);
        Self {
            place: Arc::clone(place),
            people,
            gate,
            account,
            bot,
            starts: 1,
            homes: Vec::new(),
            sent: Vec::new(),
            looked: 0,
            elsewhere: BTreeMap::new(),
        }
    }

    /// The bot.
    ///
    /// # Panics
    /// When it was stopped.
    #[must_use]
    pub fn bot(&self) -> &Bot {
        self.bot.as_ref().expect("it works")
    }

    /// Lets the bot end as it should.
    ///
    /// # Panics
    /// When it does not.
    pub async fn stop(&mut self) {
        self.bot.take().expect("it works").stop().await;
    }

    /// Ends the bot in the middle of whatever it does.
    ///
    /// # Panics
    /// When it was stopped.
    pub async fn abort(&mut self) {
        self.bot.take().expect("it works").abort().await;
    }

    /// Waits until the bot ends by itself; with what words.
    ///
    /// # Panics
    /// When it does not.
    pub async fn bot_fails(&mut self) -> String {
        self.bot.take().expect("it works").fails().await
    }

    /// Starts it again, over the same database and with the same keys.
    pub async fn start(&mut self) {
        self.starts += 1;
        self.bot = Some(Bot::start(&self.place, self.starts, &self.gate, &self.account).await);
    }

    // ---- rooms --------------------------------------------------------------------------------------------------

    /// Somebody with a client opens a room with the bot; what they saw.
    pub async fn comes(&mut self, display: &str, encrypted: bool) -> (Person, String) {
        let person = self.people.person(display).await;
        let seen = self.opens_a_room(&person, encrypted).await;
        (person, seen)
    }

    /// Somebody opens a room with the bot, and speaks there from now on; what they saw.
    ///
    /// # Panics
    /// When the bot does not come.
    pub async fn opens_a_room(&mut self, person: &Person, encrypted: bool) -> String {
        let bot = self.account.user.clone();
        let room = person.direct(&bot, encrypted).await;
        self.is_at_home(person, &room, encrypted);
        self.came(person, &room).await;
        self.seen(person).await
    }

    /// Somebody's room with the bot is this one from now on.
    pub fn is_at_home(&mut self, person: &Person, room: &str, encrypted: bool) {
        let home = Home {
            person: person.clone(),
            room: room.to_owned(),
            sight: Sight::new(&self.account.user, encrypted),
        };
        match self.homes.iter_mut().find(|home| home.person.user == person.user) {
            Some(old) => *old = home,
            None => self.homes.push(home),
        }
    }

    /// Waits until the bot has come to a room, and knows that it did.
    ///
    /// # Panics
    /// When it never comes.
    pub async fn came(&mut self, person: &Person, room: &str) {
        let bot = self.account.user.clone();
        let mut events = Vec::new();
        eventually(
            &format!("the bot comes to a room of {}", person.name),
            async || {
                let joined = |seen: &&Seen| {
                    seen.room == room
                        && seen.state_key.as_ref() == Some(&bot)
                        && seen.content["membership"] == "join"
                };
                if person.membership(room, &bot).await.as_deref() == Some("join") {
                    events = person.look().await;
                }
                events.iter().any(|seen| joined(&seen))
            },
        )
        .await;
        let joined = events.iter().filter(|seen| seen.state_key.as_ref() == Some(&bot));
        self.sent.extend(joined.map(|seen| seen.id.clone()));
        self.take(person, &events);
    }

    /// Somebody's room with the bot.
    #[must_use]
    pub fn room(&self, person: &Person) -> &str {
        &self.home(person).room
    }

    /// What somebody sees in their room with the bot.
    #[must_use]
    pub fn sight(&self, person: &Person) -> &Sight {
        &self.home(person).sight
    }

    fn home(&self, person: &Person) -> &Home {
        let home = self.homes.iter().find(|home| home.person.user == person.user);
        home.unwrap_or_else(|| panic!("{} has no room with the bot", person.name))
    }

    fn take(&mut self, person: &Person, events: &[Seen]) -> News {
        let home = self.homes.iter_mut().find(|home| home.person.user == person.user);
        let home = home.expect("they have a room");
        let other = events.iter().filter(|seen| seen.room != home.room);
        self.elsewhere
            .entry(person.user.clone())
            .or_default()
            .extend(other.cloned());
        let here = events.iter().filter(|seen| seen.room == home.room);
        here.filter_map(|seen| home.sight.take(seen)).collect()
    }

    // ---- what people do -----------------------------------------------------------------------------------------

    /// Somebody writes, and the bot answers; what they saw of it.
    pub async fn says(&mut self, who: &Person, words: &str) -> String {
        self.writes(who, words).await;
        self.seen(who).await
    }

    /// Somebody writes, and nobody waits for an answer.
    pub async fn writes(&mut self, who: &Person, words: &str) {
        self.place.clock.advance(60);
        let event = who.write(self.room(who), words).await;
        self.sent.push(event);
    }

    /// Somebody sends an event to their room, and the bot answers; what they saw of it.
    pub async fn sends(&mut self, who: &Person, kind: &str, content: serde_json::Value) -> String {
        self.place.clock.advance(60);
        let event = who.send(self.room(who), kind, content).await;
        self.sent.push(event);
        self.seen(who).await
    }

    /// Somebody puts a sign under a message, and the bot answers; what they saw of it.
    pub async fn puts(&mut self, who: &Person, message: &str, sign: &str) -> String {
        let relation = json!({"rel_type": "m.annotation", "event_id": message, "key": sign});
        self.sends(who, "m.reaction", json!({"m.relates_to": relation}))
            .await
    }

    /// Somebody picks the newest choice with these words by its sign, or by its number where it has none; what they saw.
    ///
    /// # Panics
    /// When there is none.
    pub async fn picks(&mut self, who: &Person, words: &str) -> String {
        let (message, place) = self.choice(who, words);
        let sign = self
            .sight(who)
            .message(&message)
            .and_then(|shown| shown.signs.get(place));
        match sign.map(|(sign, _)| sign.clone()) {
            Some(sign) => self.puts(who, &message, &sign).await,
            None => self.says(who, &(place + 1).to_string()).await,
        }
    }

    /// The newest choice with these words: its message and its place, from zero.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn choice(&self, who: &Person, words: &str) -> (String, usize) {
        let sight = self.sight(who);
        let place = |shown: &Shown| shown.choices.iter().position(|choice| choice.contains(words));
        let found = sight
            .menus()
            .find_map(|shown| Some((shown.id.clone(), place(shown)?)));
        found.unwrap_or_else(|| panic!("{} sees no choice {words:?} in {:#?}", who.name, sight.shown))
    }

    /// The bot has to be told of an event before it rests.
    pub fn expects(&mut self, event: &str) {
        self.sent.push(event.to_owned());
    }

    /// Somebody joins, by another's invitation if there is one.
    ///
    /// # Panics
    /// When they can not.
    pub async fn joins(&mut self, name: &str, by: Option<&Person>, encrypted: bool) -> Person {
        let code = match by {
            Some(by) => Some(self.code(by).await),
            None => None,
        };
        let (person, _) = self.comes(name, encrypted).await;
        let words = code.map_or_else(|| "hello".to_owned(), |code| format!("start {code}"));
        let welcome = self.says(&person, &words).await;
        assert!(welcome.contains("Welcome"), "{welcome}");
        person
    }

    /// Somebody joins without an invitation with a word of theirs, and is welcomed with these words.
    ///
    /// # Panics
    /// When they are not.
    pub async fn joins_as(&mut self, name: &str, word: &str, welcome: &str) -> Person {
        let (person, _) = self.comes(name, true).await;
        let seen = self.says(&person, word).await;
        assert!(seen.contains(welcome), "{seen}");
        person
    }

    /// A new invitation to somebody; its code.
    ///
    /// # Panics
    /// When that fails.
    pub async fn code(&mut self, of: &Person) -> String {
        self.says(of, "invite").await;
        let shown = self.picks(of, "New link to me").await;
        crate::world::code_in(&shown).unwrap_or_else(|| panic!("no code in {shown}"))
    }

    // ---- what they see ------------------------------------------------------------------------------------------

    /// Waits until the bot rests; what somebody saw meanwhile.
    pub async fn seen(&mut self, who: &Person) -> String {
        let news = self.settle().await;
        let mut seen = String::new();
        for (id, _) in news.get(&who.user).into_iter().flatten() {
            let shown = self.sight(who).message(id);
            let looks = shown.map(Shown::looks).unwrap_or_default();
            if !seen.contains(&looks) {
                seen.push_str(&looks);
            }
        }
        seen
    }

    /// Waits until the bot rests, and everybody has seen what it said; what became of whose messages.
    ///
    /// # Panics
    /// When it never rests, or somebody never sees it.
    pub async fn settle(&mut self) -> BTreeMap<String, News> {
        let mut all: BTreeMap<String, News> = BTreeMap::new();
        let mut sealed: BTreeSet<String> = BTreeSet::new();
        let mut wanting = None;
        let whole = soon(async || {
            self.bot
                .as_ref()
                .expect("it works")
                .settle(&self.gate, &self.sent)
                .await;
            let asked = self.gate.asked(self.looked);
            self.looked += asked.len();
            let rooms: BTreeSet<String> = asked.iter().filter_map(super::Asked::sends_to).collect();
            let late =
                |home: &Home| self.account.signs && home.sight.last().is_some_and(|last| !last.is_whole());
            let touched = self.homes.iter().filter(|home| {
                rooms.contains(&home.room) || sealed.contains(&home.person.user) || late(home)
            });
            let touched: Vec<Person> = touched.map(|home| home.person.clone()).collect();
            for person in touched {
                let events = person.look().await;
                if events.iter().any(|seen| seen.kind == "m.room.encrypted") {
                    sealed.insert(person.user.clone());
                } else {
                    sealed.remove(&person.user);
                }
                let news = self.take(&person, &events);
                all.entry(person.user.clone()).or_default().extend(news);
            }
            let late =
                |home: &&Home| self.account.signs && home.sight.last().is_some_and(|last| !last.is_whole());
            wanting = self
                .homes
                .iter()
                .find(late)
                .map(|home| home.sight.last().cloned());
            sealed.is_empty() && wanting.is_none()
        })
        .await;
        assert!(whole, "not everything is seen: {sealed:?} {wanting:#?}");
        self.sent.clear();
        all
    }

    /// What somebody saw in other rooms since this was asked last.
    pub async fn elsewhere(&mut self, person: &Person) -> Vec<Seen> {
        let events = person.look().await;
        self.take(person, &events);
        self.elsewhere.remove(&person.user).unwrap_or_default()
    }

    /// How many entries the journal has.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn entries(&self) -> u64 {
        self.bot().app.store().stats().await.expect("no trouble").entries
    }

    /// Ends the bot. The records are sound.
    ///
    /// # Panics
    /// When it is not so.
    pub async fn end(mut self) {
        let report = self
            .bot()
            .app
            .store()
            .verify(|_, _| ())
            .await
            .expect("no trouble");
        assert!(report.ok(), "{:#?}", report.differences);
        self.stop().await;
    }
}
