//! An application with people in it.

use std::{collections::BTreeMap, sync::Arc};

use exodus_app::{App, Community, FrontEnd, Limits, Outbound, Reply, Settings, Update};
use exodus_console::Stops;
use exodus_core::{Ledger, MemberId, Timestamp};
use exodus_i18n::Unit;
use exodus_store::AccountKey;
use exodus_ui::{Capabilities, Said};

use crate::{Place, Post};

/// The platform that tests speak from.
pub const PLATFORM: &str = "test";

/// A chat with buttons, files and everything.
pub const FRONT: FrontEnd = FrontEnd {
    platform: PLATFORM,
    can: Capabilities {
        buttons: true,
        numbers: true,
        edits: true,
        files: true,
        pictures: true,
        page: 10,
        max_chars: 4_000,
        colour: false,
    },
};

/// The settings of all tests.
#[must_use]
pub fn settings() -> Settings {
    let community = Community {
        unit: Unit::default(),
        currencies: Vec::new(),
        support: Some("help@exodus.example".to_owned()),
        source: "https://exodus.example/source".to_owned(),
    };
    Settings {
        community,
        language: exodus_i18n::Lang::EN,
        rates: Vec::new(),
        limits: Limits {
            commands_per_minute: u32::MAX,
        },
        link_key: Some([7; 32]),
    }
}

/// A reply as a person reads it, a line for each paragraph and choice.
#[must_use]
pub fn text(reply: &Reply) -> String {
    let mut lines = Vec::new();
    for message in &reply.arranged.messages {
        lines.extend(message.paragraphs.iter().map(|paragraph| match paragraph.number {
            Some(number) => format!("{number}. {}", paragraph.phrase),
            None => paragraph.phrase.to_string(),
        }));
        lines.extend(
            message
                .rows
                .iter()
                .flatten()
                .map(|button| format!("[{}]", button.label)),
        );
    }
    // A reader sees no difference between one space and another.
    lines.join("\n").replace(['\u{a0}', '\u{202f}'], " ")
}

/// An application over a database, and people who speak with it.
pub struct World {
    /// Its database.
    pub place: Arc<Place>,
    /// The application.
    pub app: App,
    /// What was sent.
    pub post: Arc<Post>,
    fronts: Vec<Arc<dyn Outbound>>,
    last: BTreeMap<String, Reply>,
    updates: u64,
    process: u64,
}

impl World {
    /// A process over a database.
    pub async fn open(place: &Arc<Place>, process: u64) -> Self {
        let app = App::new(place.open(process).await, settings());
        Self::of(place, app, Arc::default(), process)
    }

    /// The same people over an application that is there.
    #[must_use]
    pub fn of(place: &Arc<Place>, app: App, post: Arc<Post>, process: u64) -> Self {
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Post>::clone(&post)];
        Self {
            place: Arc::clone(place),
            app,
            post,
            fronts,
            last: BTreeMap::new(),
            updates: 0,
            process,
        }
    }

    /// An update, as the platform would number it.
    pub fn update(&mut self, who: &str, said: Said, menu: Option<u128>) -> Update {
        self.updates += 1;
        Update {
            key: format!("{}-{}", self.process, self.updates),
            account: account(who),
            name: who.to_owned(),
            language: Some("en".to_owned()),
            said,
            menu,
        }
    }

    /// Somebody's update is handled.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn handle(&mut self, update: &Update) -> Reply {
        let reply = self
            .app
            .handle(update, &FRONT)
            .await
            .unwrap_or_else(|trouble| panic!("{update:?}: {trouble}"));
        self.last.insert(update.account.address.clone(), reply.clone());
        reply
    }

    /// Somebody says something; what is answered.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn say(&mut self, who: &str, what: &str) -> String {
        let said = match what.strip_prefix("/start") {
            Some("") => Said::Start(None),
            Some(code) if code.starts_with(' ') => Said::Start(Some(code.trim().to_owned())),
            Some(_) | None => Said::Text(what.to_owned()),
        };
        let update = self.update(who, said, None);
        text(&self.handle(&update).await)
    }

    /// The update of somebody pressing the button that has these words in its label.
    ///
    /// # Panics
    /// When there is none.
    pub fn pressing(&mut self, who: &str, label: &str) -> Update {
        let reply = self
            .last
            .get(who)
            .unwrap_or_else(|| panic!("{who} was shown nothing yet"))
            .clone();
        let place =
            place_of(&reply, label).unwrap_or_else(|| panic!("no {label:?} for {who} in:\n{}", text(&reply)));
        self.update(who, Said::Choice(place), Some(reply.menu))
    }

    /// Somebody presses the button that has these words in its label; what is answered.
    ///
    /// # Panics
    /// When there is none, or the store is in trouble.
    pub async fn press(&mut self, who: &str, label: &str) -> String {
        let update = self.pressing(who, label);
        text(&self.handle(&update).await)
    }

    /// What somebody was shown last.
    #[must_use]
    pub fn shown(&self, who: &str) -> Option<&Reply> {
        self.last.get(who)
    }

    /// They look at something else now.
    pub fn show(&mut self, who: &str, reply: Reply) {
        self.last.insert(who.to_owned(), reply);
    }

    /// Everything due now is done, and every notice that may go is handed over.
    ///
    /// # Panics
    /// When the store is in trouble, or it never ends.
    pub async fn settle(&self) {
        for _ in 0..10_000 {
            let ticked = self.app.tick(500).await.expect("no trouble");
            let delivered = self.app.deliver("world", &self.fronts).await.expect("no trouble");
            if ticked + delivered == 0 {
                return;
            }
        }
        panic!("there is always something due at {:?}", self.app.store().now());
    }

    /// Time goes on to an instant, stopping wherever something is due or a notice may go.
    ///
    /// # Panics
    /// When the store is in trouble, or it never ends.
    pub async fn travel(&self, to: Timestamp) {
        self.settle().await;
        let mut stops = Stops::up_to(to);
        for _ in 0..100_000 {
            let Some(next) = stops.next(&self.app).await.expect("no trouble") else {
                self.place.clock.set(to.max(self.app.store().now()));
                return self.settle().await;
            };
            self.place.clock.set(next);
            let before = self.post.sent().len();
            self.settle().await;
            if self.post.sent().len() > before {
                stops.fruitful();
            }
        }
        panic!("time does not pass");
    }

    /// Who somebody is.
    ///
    /// # Panics
    /// When they did not register.
    pub async fn member(&self, who: &str) -> MemberId {
        let known = self.app.store().account(&account(who)).await.expect("no trouble");
        known.unwrap_or_else(|| panic!("{who} is not registered")).member
    }

    /// Everything.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn ledger(&self) -> Ledger {
        self.app.store().load_all().await.expect("no trouble")
    }

    /// The front ends of this process.
    #[must_use]
    pub fn fronts(&self) -> &[Arc<dyn Outbound>] {
        &self.fronts
    }

    /// Somebody registers by an invitation of another's.
    ///
    /// # Panics
    /// When that fails.
    pub async fn invite(&mut self, by: &str, whom: &str) {
        let code = self.code(by).await;
        self.say(whom, &format!("/start {code}")).await;
    }

    /// A new invitation to somebody; its code.
    ///
    /// # Panics
    /// When that fails.
    pub async fn code(&mut self, of: &str) -> String {
        self.say(of, "/invite").await;
        let shown = self.press(of, "New link").await;
        code_in(&shown).unwrap_or_else(|| panic!("no code in:\n{shown}"))
    }
}

/// The account of somebody.
#[must_use]
pub fn account(who: &str) -> AccountKey {
    AccountKey::new(PLATFORM, who)
}

/// The place of a choice whose label has these words; `#3` is the third, whatever its label.
#[must_use]
pub fn place_of(reply: &Reply, words: &str) -> Option<u32> {
    if let Some(number) = words
        .strip_prefix('#')
        .and_then(|number| number.parse::<u32>().ok())
    {
        let count = reply.arranged.menu.acts.len();
        return number
            .checked_sub(1)
            .filter(|place| usize::try_from(*place).is_ok_and(|place| place < count));
    }
    let labels = &reply.arranged.menu.labels;
    let plain = |label: &String| label.replace(['\u{a0}', '\u{202f}'], " ");
    let exact = labels.iter().position(|label| plain(label) == words);
    let place = exact.or_else(|| labels.iter().position(|label| plain(label).contains(words)))?;
    u32::try_from(place).ok()
}

/// The last code of an invitation, or of linking, in a text.
#[must_use]
pub fn code_in(text: &str) -> Option<String> {
    let signs = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase());
    let digits = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .rfind(|word| matches!(word.len(), 26 | 8) && signs(word) && digits(word))
        .map(str::to_owned)
}
