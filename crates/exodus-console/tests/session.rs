//! Sessions at the terminal, in process, each over a temporary SQLite file.

use std::{
    future::{pending, ready},
    path::Path,
    sync::Arc,
};

use exodus_app::{App, Community, Limits, Settings};
use exodus_console::{CLOCK_SETTING, Options, Paper, Play, Session, pipe};
use exodus_core::{Actor, CommandId, Timestamp, Zone};
use exodus_i18n::Unit;
use exodus_store::{AccountKey, ManualClock, Personal, Random, Reach, Store, Work};
use tempfile::TempDir;

/// 2026-11-20 10:00 in Berlin.
const START: Timestamp = Timestamp::from_seconds(1_795_165_200);

/// A ledger of its own, with a clock that stands still and chance that repeats itself.
struct Ledger {
    folder: TempDir,
    clock: Arc<ManualClock>,
}

impl Ledger {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            clock: Arc::new(ManualClock::new(START)),
        }
    }

    fn files(&self) -> &Path {
        self.folder.path()
    }

    async fn app(&self) -> App {
        let file = self.folder.path().join("ledger.db");
        let mut options = exodus_store::Options::new(file.display().to_string());
        options.clock = Arc::<ManualClock>::clone(&self.clock);
        options.random = Random::seeded(7);
        options.policy.zone = Zone::named("Europe/Berlin").expect("a zone");
        let store = Store::open(&options).await.expect("the store opens");
        let community = Community {
            unit: Unit::eur(),
            currencies: Vec::new(),
            support: None,
            source: "here".to_owned(),
        };
        let settings = Settings {
            community,
            language: exodus_i18n::Lang::EN,
            rates: Vec::new(),
            limits: Limits::default(),
            link_key: None,
        };
        App::new(store, settings)
    }

    async fn session(&self, play: bool) -> Session {
        let clock = Arc::<ManualClock>::clone(&self.clock);
        let options = Options {
            paper: Paper::default(),
            language: Some("en".to_owned()),
            files: Some(self.files().join("files")),
            paths: false,
            play: play.then(|| Play::new(move |at| clock.set(at))),
        };
        Session::new(self.app().await, options)
    }
}

/// Says lines one after another; the last answer.
async fn say(session: &mut Session, lines: &[&str]) -> String {
    let mut said = String::new();
    for line in lines {
        said = session.line(line).await.expect("an answer");
    }
    said
}

/// The text of a whole session.
async fn spoken(session: &mut Session, lines: &str) -> String {
    let mut output = Vec::new();
    assert!(
        pipe(session, lines.as_bytes(), &mut output, pending())
            .await
            .expect("a sound pipe")
    );
    String::from_utf8(output).expect("text")
}

/// Anna asks for 300 a month; her invitation.
async fn anna_asks(session: &mut Session) -> String {
    session.speak_as("Anna").await.expect("Anna speaks");
    say(session, &["/need", "1", "300", "Rent", "yes"]).await;
    let link = say(session, &["/invite", "1"]).await;
    let code = link
        .lines()
        .find(|line| line.starts_with("start "))
        .expect("a code");
    code.to_owned()
}

#[tokio::test]
async fn two_people_in_one_session() {
    let ledger = Ledger::new();
    let mut session = ledger.session(true).await;
    let code = anna_asks(&mut session).await;
    let told = say(&mut session, &["/as Boris", &code]).await;
    assert!(
        told.contains("Anna") && told.contains("✉ to Anna:\n🔗 Boris"),
        "{told}"
    );
    let told = say(&mut session, &["give 50 to Anna"]).await;
    assert!(told.contains("€50") && told.contains("✉ to Anna:"), "{told}");
    assert_eq!(session.speaker(), Some("Boris"));
    let speakers = say(&mut session, &["/as"]).await;
    assert_eq!(speakers, "In this session:\n– Anna\n– Boris (speaks now)");
    // Back to somebody who speaks here already: no screen of theirs is touched.
    assert_eq!(say(&mut session, &["/as anna"]).await, "You speak as Anna.");
}

#[tokio::test]
async fn the_same_lines_give_the_same_text() {
    let lines = "/need\n1\n300\nRent\nyes\n/invite\n1\n/as Boris\nhello\n/give\n/date 2026-12-02\n/keys\n\n/quit\nnever read\n";
    let mut texts = Vec::new();
    for _ in 0..2 {
        let ledger = Ledger::new();
        let mut session = ledger.session(true).await;
        session.speak_as("Anna").await.expect("Anna speaks");
        texts.push(spoken(&mut session, lines).await);
        assert!(session.ended());
    }
    assert_eq!(texts.first(), texts.last());
    let text = texts.first().expect("a text");
    assert!(text.starts_with("> /need\n🙏 Asking for help\n"), "{text}");
    assert!(
        text.contains("> /as Boris\nNobody is called Boris here yet."),
        "{text}"
    );
    assert!(text.contains("It is 2 December, "), "{text}");
    assert!(
        text.ends_with("> /quit\nEverything is kept. Good-bye!\n\n"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[tokio::test]
async fn words_in_russian_for_who_speaks_russian() {
    let ledger = Ledger::new();
    let mut session = ledger.session(true).await;
    session.speak_as("Анна").await.expect("Анна говорит");
    say(&mut session, &["/language ru"]).await;
    assert_eq!(say(&mut session, &["/завтра"]).await, "Сейчас 21 ноября, 10:02.");
    let new = say(&mut session, &["/как Борис"]).await;
    assert!(
        new.starts_with("Nobody is called Борис"),
        "a newcomer is spoken to as the terminal is set: {new}"
    );
}

#[tokio::test]
async fn a_real_ledger_keeps_its_clock() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    session.speak_as("Anna").await.expect("Anna speaks");
    for line in ["/tomorrow", "/date 2026-12-01", "/hour 9"] {
        let said = say(&mut session, &[line]).await;
        assert!(said.starts_with("This is a real ledger"), "{said}");
    }
    let app = ledger.app().await;
    assert_eq!(app.store().now(), START);
    assert_eq!(app.store().setting(CLOCK_SETTING).await.expect("a setting"), None);
}

#[tokio::test]
async fn the_clock_stops_wherever_something_is_due() {
    let ledger = Ledger::new();
    let mut session = ledger.session(true).await;
    let code = anna_asks(&mut session).await;
    say(&mut session, &["/as Boris", &code, "give 50 to Anna"]).await;
    // The 25th at nine, then the month's end; in this order, each at its time.
    let told = say(&mut session, &["/date 2026-12-02"]).await;
    let places: Vec<Option<usize>> = [
        "— 25 November, 09:00 —",
        "— 1 December, 09:00 —",
        "It is 2 December, ",
    ]
    .iter()
    .map(|moment| told.find(moment))
    .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{told}"
    );
    // It goes on where it was.
    let now = ledger.clock.clone();
    now.set(START);
    let app = ledger.app().await;
    let kept = app
        .store()
        .setting(CLOCK_SETTING)
        .await
        .expect("a setting")
        .expect("it is kept");
    assert!(kept.parse::<i64>().expect("seconds") > START.plus_days(11).seconds());
    let refused = say(&mut ledger.session(true).await, &["/date 1999-01-01"]).await;
    assert!(refused.starts_with("Time only goes forward."), "{refused}");
}

#[tokio::test]
async fn notices_are_answered_by_their_own_numbers() {
    let ledger = Ledger::new();
    let mut session = ledger.session(true).await;
    let code = anna_asks(&mut session).await;
    let told = say(&mut session, &["/as Boris", &code]).await;
    assert!(told.contains("\n/1.1 "), "{told}");
    assert_eq!(
        say(&mut session, &["/1.1"]).await,
        "That notice is for Anna. First: /as Anna"
    );
    let card = say(&mut session, &["/as Anna", "/1.1"]).await;
    assert!(card.starts_with("Boris\n"), "{card}");
    for wrong in ["/9.1", "/1.99", "/1.0"] {
        assert_eq!(
            say(&mut session, &[wrong]).await,
            "There is no such notice, or it has no such choice."
        );
    }
}

#[tokio::test]
async fn notices_wait_for_who_is_not_here() {
    let ledger = Ledger::new();
    let mut session = ledger.session(true).await;
    let code = anna_asks(&mut session).await;
    let mut other = ledger.session(true).await;
    other.speak_as("Boris").await.expect("Boris speaks");
    let told = say(&mut other, &[&code, "give 50 to Anna"]).await;
    assert!(!told.contains('✉'), "{told}");
    let told = say(&mut other, &["/as Anna"]).await;
    assert!(told.contains("✉ to Anna:\n🔗 Boris"), "{told}");
}

#[tokio::test]
async fn o1_a_session_leaves_alone_what_is_for_those_who_speak_in_another() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    let code = anna_asks(&mut session).await;
    let mut other = ledger.session(false).await;
    other.speak_as("Boris").await.expect("Boris speaks");
    say(&mut other, &[&code, "give 50 to Anna"]).await;
    assert_eq!(other.poll().await.expect("nothing"), "");
    // The clock stands still: nobody has put it off.
    let told = session.poll().await.expect("notices");
    assert!(
        told.contains("✉ to Anna:\n🔗 Boris") && told.contains("€50"),
        "{told}"
    );
}

#[tokio::test]
async fn m1_whoever_has_another_chat_is_told_there() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    let code = anna_asks(&mut session).await;
    let app = ledger.app().await;
    let store = app.store();
    let console = AccountKey::new("console", "anna");
    let anna = store.account(&console).await.expect("an answer").expect("Anna");
    let account = AccountKey::new("telegram", "123");
    let link = Personal::AddAccount {
        whose: anna.member.into(),
        account: account.clone(),
    };
    let by = Actor::Member(anna.member);
    store
        .transact(Work::personal(CommandId(1), by, vec![link]))
        .await
        .expect("linked");
    let told = say(&mut session, &["/as Boris", &code, "give 50 to Anna"]).await;
    assert!(!told.contains("to Anna:"), "{told}");
    // It waits for whoever reaches the other chat, though the console was used last.
    let reach = [Reach::Accounts(vec![account])];
    let letters = store.take("telegram", &reach, 10, 60).await.expect("letters");
    assert!(
        letters.iter().any(|letter| letter.recipient == anna.member),
        "{letters:?}"
    );
}

#[tokio::test]
async fn whoever_has_another_chat_does_not_speak_here() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    session.speak_as("Anna").await.expect("Anna speaks");
    let app = ledger.app().await;
    let anna = app
        .store()
        .account(&AccountKey::new("console", "anna"))
        .await
        .expect("an answer")
        .expect("Anna");
    let account = AccountKey::new("telegram", "123");
    let link = Personal::AddAccount {
        whose: anna.member.into(),
        account,
    };
    app.store()
        .transact(Work::personal(
            CommandId(1),
            Actor::Member(anna.member),
            vec![link],
        ))
        .await
        .expect("linked");
    let refused = say(&mut session, &["/profile"]).await;
    assert!(
        refused.starts_with("Anna also has an account in another chat."),
        "{refused}"
    );
    let mut again = ledger.session(false).await;
    let refused = again.speak_as("anna").await.expect("an answer");
    assert!(
        refused.contains("also has an account in another chat"),
        "{refused}"
    );
    assert_eq!(again.speaker(), None);
}

#[tokio::test]
async fn words_of_people_can_not_steer_the_terminal() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    session.speak_as("An\u{1b}[31mna\u{7}").await.expect("a name");
    let purpose = "Rent\u{1b}]0;root\u{7}\u{9b}2J\u{202e}";
    say(&mut session, &["/need", "1", "300", purpose, "yes"]).await;
    let text = spoken(&mut session, "/need\n\u{1b}[2J\u{9b}x\n/start\n").await;
    assert!(text.contains("│ Rent"), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}'));
}

#[tokio::test]
async fn names_that_are_none() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    assert!(
        say(&mut session, &["hello"])
            .await
            .starts_with("Nobody speaks yet")
    );
    assert!(say(&mut session, &["/as"]).await.starts_with("Nobody speaks yet"));
    let long = format!("/as {}", "n".repeat(65));
    for name in [long.as_str(), "/as \u{200b}"] {
        assert!(
            say(&mut session, &[name])
                .await
                .starts_with("That cannot be a name"),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn an_export_becomes_files() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    session.speak_as("Anna").await.expect("Anna speaks");
    let said = say(&mut session, &["/export", "1"]).await;
    let saved: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("Saved: "))
        .collect();
    assert!(!saved.is_empty(), "{said}");
    for name in saved {
        assert!(ledger.files().join("files").join(name).is_file(), "{name}");
    }
}

#[tokio::test]
async fn trouble_is_said_and_the_conversation_goes_on() {
    let ledger = Ledger::new();
    let app = ledger.app().await;
    let mut session = Session::new(app.clone(), Options::default());
    session.speak_as("Anna").await.expect("Anna speaks");
    app.store().close().await.expect("the database goes away");
    let mut output = Vec::new();
    let sound = pipe(&mut session, "/need\n/quit\n".as_bytes(), &mut output, pending())
        .await
        .expect("a sound pipe");
    let text = String::from_utf8(output).expect("text");
    assert!(!sound && text.contains("The database does not answer."), "{text}");
    assert_eq!(
        text.lines().filter(|line| line.starts_with("> ")).count(),
        2,
        "{text}"
    );
}

#[tokio::test]
async fn whoever_is_told_to_stop_reads_no_further() {
    let ledger = Ledger::new();
    let mut session = ledger.session(false).await;
    session.speak_as("Anna").await.expect("Anna speaks");
    let (_keyboard, nobody_types) = tokio::io::duplex(16);
    let mut output = Vec::new();
    let sound = pipe(
        &mut session,
        tokio::io::BufReader::new(nobody_types),
        &mut output,
        ready(()),
    );
    assert!(sound.await.expect("a sound pipe"));
    assert!(output.is_empty() && !session.ended());
}
