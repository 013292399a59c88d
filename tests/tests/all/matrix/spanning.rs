//! One story on three front ends: somebody in need on Matrix, a helper on Telegram, another at the console; accounts that are
//! linked, notices that come where they were asked to. Word for word as in `tests/goldens/spanning`.

use std::{fmt::Write as _, sync::Arc};

use exodus_app::App;
use exodus_console::{Options, Session, pipe};
use exodus_tests::{
    Backend, Place,
    matrix::{Company, Person, eventually},
    place, repository,
    story::compare,
    telegram::{self, Call, Fake, people::typed},
    world::{code_in, settings},
};

/// Everybody, each in front of what they use, over one database: a process for each front end.
struct Town {
    place: Arc<Place>,
    matrix: Company,
    fake: Arc<Fake>,
    telegram: telegram::Bot,
    console: App,
    session: Session,
    seen: usize,
    codes: Vec<String>,
    transcript: String,
}

impl Town {
    async fn new(place: &Arc<Place>) -> Self {
        let matrix = Company::new(place).await;
        let fake = Arc::new(Fake::start("4242:never-to-be-seen").await);
        let telegram = telegram::Bot::start(place, 2, &*fake).await;
        let console = App::new(place.open(3).await, settings());
        let options = Options {
            language: Some("en".to_owned()),
            ..Options::default()
        };
        Self {
            place: Arc::clone(place),
            matrix,
            fake,
            telegram,
            session: Session::new(console.clone(), options),
            console,
            seen: 0,
            codes: Vec::new(),
            transcript: String::new(),
        }
    }

    fn write_down(&mut self, text: &str) {
        if let Some(code) = code_in(text).filter(|code| !self.codes.contains(code)) {
            self.codes.push(code);
        }
        let mut text = text
            .replace(&self.matrix.people.suffix, "")
            .replace(['\u{a0}', '\u{202f}'], " ");
        for (number, code) in self.codes.iter().enumerate() {
            text = text.replace(code, &format!("{{code:{}}}", number + 1));
        }
        writeln!(self.transcript, "{}\n", text.trim_end()).expect("written");
    }

    /// Until every process rests; then what came to whom, in a fixed order: Matrix, then Telegram.
    async fn settle(&mut self, everybody: &[&Person]) {
        // What one process does may give another something to do.
        let mut news = self.matrix.settle().await;
        eventually("Telegram's bot rests", async || {
            self.telegram.left_to_do(&*self.fake).await.is_none()
        })
        .await;
        for (user, more) in self.matrix.settle().await {
            news.entry(user).or_default().extend(more);
        }
        for person in everybody {
            let mut told = Vec::new();
            for (id, _) in news.get(&person.user).into_iter().flatten() {
                if !told.contains(id) {
                    told.push(id.clone());
                }
            }
            for id in told {
                let sight = self.matrix.sight(person);
                let is_last = sight.last().is_some_and(|last| last.id == id);
                if let Some(mut shown) = sight.message(&id).cloned() {
                    if !is_last {
                        // Signs under what is not the last any more are as it happens.
                        shown.signs.clear();
                    }
                    let looks = shown.looks();
                    self.write_down(&format!("→ {} (Matrix)\n{looks}", person.name));
                }
            }
        }
        let calls = self.fake.calls(self.seen);
        self.seen += calls.len();
        for call in calls
            .iter()
            .filter(|call| call.result().is_some() && call.chat().is_some())
        {
            let name = if call.chat() == Some(PHONE) {
                "Vera’s phone"
            } else {
                "Boris"
            };
            self.write_down(&format!("→ {name} (Telegram)\n{}", words(call)));
        }
    }

    async fn at_matrix(&mut self, everybody: &[&Person], who: &Person, words: &str) {
        self.write_down(&format!("{} (Matrix): {words}", who.name));
        self.matrix.writes(who, words).await;
        self.settle(everybody).await;
    }

    /// The newest choice with these words, by its sign.
    async fn puts_at_matrix(&mut self, everybody: &[&Person], who: &Person, words: &str) {
        let (message, place) = self.matrix.choice(who, words);
        let sign = self.matrix.sight(who).message(&message).expect("shown").signs[place]
            .0
            .clone();
        self.write_down(&format!("{} (Matrix) puts {sign}, {words}", who.name));
        self.place.clock.advance(60);
        let room = self.matrix.room(who).to_owned();
        let event = who.react(&room, &message, &sign).await;
        self.matrix.expects(&event);
        self.settle(everybody).await;
    }

    async fn at_telegram(&mut self, everybody: &[&Person], who: &telegram::Person, words: &str) {
        self.write_down(&format!("{} (Telegram): {words}", who.name));
        self.place.clock.advance(60);
        self.fake.message(&who.chat(), Some(&who.user()), typed(words));
        self.settle(everybody).await;
    }

    async fn presses_at_telegram(&mut self, everybody: &[&Person], who: &telegram::Person, words: &str) {
        let shown = self.fake.shown(who.id);
        let found = shown.iter().rev().find_map(|message| {
            let rows = telegram::rows(message.get("reply_markup"));
            let button = rows
                .into_iter()
                .flatten()
                .find(|(label, _)| label.contains(words))?;
            Some((message["message_id"].as_i64()?, button.1))
        });
        let (message, data) = found.unwrap_or_else(|| panic!("no button {words:?} in {shown:#?}"));
        self.write_down(&format!("{} (Telegram) presses [{words}]", who.name));
        self.place.clock.advance(60);
        self.fake.press(&who.user(), &who.chat(), message, &data);
        self.settle(everybody).await;
    }

    async fn at_console(&mut self, everybody: &[&Person], line: &str) {
        let mut line = line.to_owned();
        if let Some(code) = self.codes.last() {
            line = line.replace("{code}", code);
        }
        let mut answer = Vec::new();
        let sound = pipe(&mut self.session, format!("{line}\n").as_bytes(), &mut answer).await;
        assert!(
            sound.expect("lines are read and written"),
            "{line:?} is not answered"
        );
        let answer = String::from_utf8(answer).expect("text");
        self.write_down(&format!("(console)\n{answer}"));
        self.settle(everybody).await;
    }

    async fn end(self) {
        self.telegram.abort().await;
        assert_eq!(self.fake.violations(), [""; 0]);
        self.console.store().close().await.expect("it closes");
        self.matrix.end().await;
    }
}

/// The phone of somebody who has two accounts.
const PHONE: i64 = 1_002;

/// What a call says, and its buttons.
fn words(call: &Call) -> String {
    let mut words = telegram::marked::marked(call.words(), call.given.get("entities"));
    for (label, _) in call.rows().into_iter().flatten() {
        write!(words, "\n[{label}]").expect("written");
    }
    words
}

/// M1, U9: a month of help across three front ends, in one community.
#[test]
fn m1_one_story_on_three_front_ends() {
    place::run(Backend::Sqlite, |place| async move {
        let mut town = Town::new(&place).await;
        let boris = telegram::Person::new(1_001, "Boris", "en");

        town.write_down("## Vera, on Matrix, asks for help");
        let vera = town.matrix.people.person("Vera").await;
        let all = [&vera];
        let room = vera.direct(&town.matrix.account.user.clone(), true).await;
        town.matrix.is_at_home(&vera, &room, true);
        town.matrix.came(&vera, &room).await;
        town.settle(&all).await;
        town.at_matrix(&all, &vera, "hello").await;
        town.at_matrix(&all, &vera, "need 300 monthly rent").await;
        town.puts_at_matrix(&all, &vera, "No").await;
        town.at_matrix(&all, &vera, "invite").await;
        town.puts_at_matrix(&all, &vera, "New link to me").await;
        let code = town.codes.last().expect("a code").clone();

        town.write_down("## Boris on Telegram and Clara at the console follow her link");
        town.at_telegram(&all, &boris, &format!("/start {code}")).await;
        town.at_console(&all, "/as Clara").await;
        town.at_console(&all, "/start {code}").await;

        town.write_down("## They promise; she hears of it on Matrix");
        town.at_telegram(&all, &boris, "give 50 to vera").await;
        town.at_console(&all, "give 30 to vera").await;

        town.write_down("## Boris makes it an obligation, and reports it done; she confirms by a sign");
        town.presses_at_telegram(&all, &boris, "Make it an obligation")
            .await;
        town.presses_at_telegram(&all, &boris, "Yes").await;
        town.at_telegram(&all, &boris, "paid vera").await;
        town.puts_at_matrix(&all, &vera, "€50 arrived").await;

        town.write_down("## Vera links a Telegram account, and chooses where notices come");
        let phone = telegram::Person::new(PHONE, "Vera’s phone", "en");
        town.at_matrix(&all, &vera, "profile").await;
        town.puts_at_matrix(&all, &vera, "Accounts").await;
        town.puts_at_matrix(&all, &vera, "Make a code").await;
        let code = town.codes.last().expect("a code").clone();
        town.at_telegram(&all, &phone, "/start").await;
        town.at_telegram(&all, &phone, &format!("link {code}")).await;
        town.puts_at_matrix(&all, &vera, "Yes, that is me").await;
        town.at_matrix(&all, &vera, "profile").await;
        town.puts_at_matrix(&all, &vera, "Accounts").await;
        town.puts_at_matrix(&all, &vera, "telegram: 1002").await;
        town.at_console(&all, "give 35 to vera").await;

        town.write_down("## Her phone is lost to the bot: what comes then comes on Matrix");
        town.fake.block(PHONE);
        town.at_console(&all, "give 40 to vera").await;
        town.place.clock.advance(60);
        town.settle(&all).await;

        town.write_down("## She answers there; Clara has it at the console");
        town.at_matrix(&all, &vera, "organizer").await;
        town.at_console(&all, "/home").await;

        let golden = repository::root().join("tests/goldens/spanning/three_front_ends.txt");
        compare(&golden, &town.transcript);
        town.end().await;
    });
}
