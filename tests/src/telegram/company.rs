//! A bot on the strict server and people around it, for tests that look at what comes of what they do.

use std::sync::Arc;

use serde_json::Value;

use super::{Bot, Call, Fake, Person, marked::marked, rows};
use crate::Place;

/// A bot and the people around it.
pub struct Company {
    /// Its database.
    pub place: Arc<Place>,
    /// The server.
    pub fake: Arc<Fake>,
    /// The bot.
    pub bot: Bot,
    seen: usize,
}

impl Company {
    /// A bot that nobody spoke with yet, on an empty database.
    pub async fn new(place: &Arc<Place>) -> Self {
        let fake = Arc::new(Fake::start("4242:never-to-be-seen").await);
        let bot = Bot::start(place, 1, &*fake).await;
        let place = Arc::clone(place);
        let mut company = Self {
            place,
            fake,
            bot,
            seen: 0,
        };
        company.settle().await;
        company
    }

    /// Time passes until the bot rests; what it called meanwhile.
    pub async fn settle(&mut self) -> Vec<Call> {
        self.bot.settle(&*self.fake).await;
        let calls = self.fake.calls(self.seen);
        self.seen += calls.len();
        calls
    }

    /// Somebody writes, and time passes; what they saw of it.
    pub async fn says(&mut self, who: &Person, text: &str) -> String {
        self.place.clock.advance(60);
        self.fake
            .message(&who.chat(), Some(&who.user()), super::people::typed(text));
        let calls = self.settle().await;
        seen_by(who, &calls)
    }

    /// Somebody presses the newest button with these words, and time passes; what they saw of it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn presses(&mut self, who: &Person, words: &str) -> String {
        let (message, data) = self.button(who, words);
        self.presses_raw(who, message, &data).await
    }

    /// Somebody's app says that a button with this data was pressed; what they saw of it, toasts with a `·`.
    pub async fn presses_raw(&mut self, who: &Person, message: i64, data: &str) -> String {
        self.place.clock.advance(60);
        self.fake.press(&who.user(), &who.chat(), message, data);
        let calls = self.settle().await;
        seen_by(who, &calls)
    }

    /// The newest button with these words: its message and its data.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn button(&self, who: &Person, words: &str) -> (i64, String) {
        let shown = self.fake.shown(who.id);
        let found = shown.iter().rev().find_map(|message| {
            let all = rows(message.get("reply_markup"));
            let button = all
                .into_iter()
                .flatten()
                .find(|(label, _)| label.contains(words))?;
            Some((message["message_id"].as_i64()?, button.1))
        });
        found.unwrap_or_else(|| panic!("{} sees no button {words:?} in {shown:#?}", who.name))
    }

    /// Somebody joins, by another's invitation if there is one.
    ///
    /// # Panics
    /// When they can not.
    pub async fn joins(&mut self, who: &Person, by: Option<&Person>) {
        let start = match by {
            None => "/start".to_owned(),
            Some(by) => {
                self.says(by, "/invite").await;
                let shown = self.presses(by, "New link to me").await;
                let code = crate::world::code_in(&shown).unwrap_or_else(|| panic!("no code in {shown}"));
                format!("/start {code}")
            }
        };
        let welcome = self.says(who, &start).await;
        assert!(welcome.contains("Welcome"), "{welcome}");
    }

    /// How many entries the journal has.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn entries(&self) -> u64 {
        self.bot.app.store().stats().await.expect("no trouble").entries
    }

    /// Ends the bot. Nothing was sent that no server would have taken, and the records are sound.
    ///
    /// # Panics
    /// When it is not so.
    pub async fn end(self) {
        let report = self.bot.app.store().verify(|_, _| ()).await.expect("no trouble");
        assert!(report.ok(), "{:#?}", report.differences);
        self.bot.stop().await;
        assert_eq!(self.fake.violations(), [""; 0]);
    }
}

/// What somebody saw of some calls: texts with their marks, buttons, toasts.
#[must_use]
pub fn seen_by(who: &Person, calls: &[Call]) -> String {
    let mut seen = String::new();
    for call in calls.iter().filter(|call| call.result().is_some()) {
        if call.method == "answerCallbackQuery" {
            let toast = call.given.get("text").and_then(Value::as_str).unwrap_or_default();
            seen.push_str(&format!("· {toast}\n"));
        } else if call.chat() == Some(who.id) {
            seen.push_str(&marked(call.words(), call.given.get("entities")));
            for (label, _) in call.rows().into_iter().flatten() {
                seen.push_str(&format!("\n[{label}]"));
            }
            seen.push('\n');
        }
    }
    seen
}
