//! `kill -9` of the program at random moments, while events wait and while messages are being sent.
//!
//! `EXODUS_TEST_KILLS` says how often (`tests/run --kills N`), `EXODUS_TEST_KILLS_SEED` from which seed on.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use exodus_tests::{
    Program,
    matrix::{Account, Gate, People, Person, Sight, program},
    world::code_in,
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// Kills in the usual run.
const KILLS: usize = 30;
/// The longest anything may take.
const LONGEST: Duration = Duration::from_secs(600);
/// Those who write.
const FRIENDS: usize = 4;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

async fn patiently(what: &str, program: &Program, mut so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !so().await {
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(
            begun.elapsed() <= LONGEST,
            "it never comes that {what}:\n{}",
            program.last_words()
        );
    }
}

/// Somebody's room with the bot.
struct Home {
    person: Person,
    room: String,
    sight: Sight,
}

impl Home {
    async fn look(&mut self) {
        for seen in self
            .person
            .look()
            .await
            .iter()
            .filter(|seen| seen.room == self.room)
        {
            self.sight.take(seen);
        }
    }

    async fn hears(&mut self, words: &str) -> bool {
        self.look().await;
        self.sight.shown.iter().any(|shown| shown.plain.contains(words))
    }

    /// Messages that say this.
    fn count(&self, words: &str) -> usize {
        self.sight
            .shown
            .iter()
            .filter(|shown| shown.plain.contains(words))
            .count()
    }
}

/// U9, O10: every command took effect once, no answer and no notice is lost, and none comes twice. Neither the password nor
/// the token is in the log, at its most talkative, or in the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_killed_at_random_nothing_is_lost_and_nothing_is_done_twice() {
    let kills =
        from_environment("EXODUS_TEST_KILLS").map_or(KILLS, |kills| usize::try_from(kills).expect("few"));
    let seed = from_environment("EXODUS_TEST_KILLS_SEED").unwrap_or(1);
    let mut random = StdRng::seed_from_u64(seed);
    let (people, gate) = (People::here(), Gate::open().await);
    let password = "never-to-be-seen-anywhere";
    let account = Account {
        user: people.account("exodus", password).await,
        password: password.to_owned(),
        allowed: Vec::new(),
        language: "en".to_owned(),
        signs: false,
    };
    let program = program(&gate, &account);
    let mut running = Some(program.start());

    // Anna asks for help, her friends come by her link.
    let mut homes = Vec::new();
    for number in 0..=FRIENDS {
        let name = if number == 0 {
            "Anna".to_owned()
        } else {
            format!("Friend {number}")
        };
        let person = people.person(&name).await;
        let room = person.direct(&account.user, true).await;
        let sight = Sight::new(&account.user, true);
        homes.push(Home { person, room, sight });
    }
    for home in &mut homes {
        patiently("all are greeted", &program, async || home.hears("Hello").await).await;
    }
    let (anna, friends) = homes.split_first_mut().expect("Anna");
    for (words, answer) in [
        ("hello", "Welcome"),
        ("need 9000 monthly rent", "1."),
        ("no", "Recorded"),
        ("invite", "New link to me"),
        ("New link to me", "The link is ready"),
    ] {
        anna.person.write(&anna.room, words).await;
        patiently(words, &program, async || anna.hears(answer).await).await;
    }
    let code = anna
        .sight
        .shown
        .iter()
        .filter_map(|shown| code_in(&shown.plain))
        .next_back()
        .expect("a code");
    for home in friends.iter_mut() {
        home.person.write(&home.room, &format!("start {code}")).await;
        patiently("the link is followed", &program, async || {
            home.hears("Welcome").await
        })
        .await;
    }
    patiently("Anna is told of all", &program, async || {
        anna.look().await;
        anna.count("followed a link") == FRIENDS
    })
    .await;

    // Promises, each of an amount of its own, and kills in between.
    let before: Vec<usize> = friends.iter().map(|home| home.sight.shown.len()).collect();
    let (mut promised, mut events): (BTreeMap<i64, usize>, Vec<String>) = (BTreeMap::new(), Vec::new());
    for _ in 0..kills {
        for _ in 0..random.random_range(1..=2) {
            let number = random.random_range(0..FRIENDS);
            let cents = 1_001 + i64::try_from(promised.len()).expect("few");
            promised.insert(cents, number);
            let home = &mut friends[number];
            let words = format!("give {}.{:02} to anna", cents / 100, cents % 100);
            events.push(home.person.write(&home.room, &words).await);
        }
        // From before it has asked for anything to after everything is answered.
        tokio::time::sleep(Duration::from_millis(random.random_range(0..2_500))).await;
        running.take().expect("it runs").kill();
        running = Some(program.start());
    }
    let begun = Instant::now();
    patiently("all events are known", &program, async || {
        events.iter().all(|event| gate.acknowledged(event))
    })
    .await;
    patiently("all events are answered", &program, async || {
        program
            .number("SELECT count(*) FROM inbox WHERE state <> 1")
            .await
            == 0
    })
    .await;
    patiently("all letters are sent", &program, async || {
        program
            .number("SELECT count(*) FROM outbox WHERE status < 2")
            .await
            == 0
    })
    .await;
    println!(
        "{kills} kills, {} commands; at rest {:?} after the last",
        promised.len(),
        begun.elapsed()
    );

    // Each took effect once.
    for (cents, number) in &promised {
        let entries = format!(
            "SELECT count(*) FROM journal WHERE (kind = 'intention_recorded' AND body LIKE '%\"amount\":{cents},%') \
             OR (kind = 'intention_changed' AND body LIKE '%\"after\":{cents},%')"
        );
        assert_eq!(
            program.number(&entries).await,
            1,
            "seed {seed}: friend {number} promised {cents}"
        );
    }
    // Each was answered once, whatever was cut off in between.
    for (number, home) in friends.iter_mut().enumerate() {
        let commands = promised.values().filter(|of| **of == number).count();
        patiently("a friend sees the answers", &program, async || {
            home.look().await;
            home.sight.shown.len() - before[number] >= commands
        })
        .await;
        let answers = home.sight.shown.iter().skip(before[number]);
        let answers = answers
            .filter(|shown| !shown.plain.contains("wants to help"))
            .count();
        assert_eq!(answers, commands, "seed {seed}: answers to {}", home.person.name);
    }
    // Anna was told of each once.
    anna.look().await;
    for (cents, number) in &promised {
        let amount = format!("€{}.{:02}", cents / 100, cents % 100);
        let told = anna
            .sight
            .shown
            .iter()
            .filter(|shown| shown.plain.contains("ntention"))
            .count();
        let of_it = anna.sight.shown.iter().filter(|shown| {
            shown.plain.contains(&amount) && shown.plain.contains(&format!("Friend {}", number + 1))
        });
        assert!(
            told >= promised.len(),
            "seed {seed}: {told} of {}",
            promised.len()
        );
        assert!(of_it.count() >= 1, "seed {seed}: {amount} was not told");
    }
    let letters = "SELECT count(*) FROM outbox WHERE category = 'IntentionForMe' AND status = 2";
    let letters = usize::try_from(program.number(letters).await).expect("few");
    assert_eq!(
        letters,
        promised.len(),
        "seed {seed}: a notice was dropped, or doubled"
    );
    assert_eq!(
        anna.count("for you"),
        letters,
        "seed {seed}: a notice was lost, or came twice"
    );

    // One device, whatever was cut off; secrets are nowhere.
    let identity = anna.person.identity(&account.user).await;
    let devices = identity["devices"].as_object().expect("devices");
    assert!(
        devices.len() == 1 && devices.values().all(|signed| *signed == true),
        "{identity}"
    );
    drop(running);
    let session = std::fs::read_to_string(program.folder().join("matrix/session.json")).expect("a session");
    let session: serde_json::Value = serde_json::from_str(&session).expect("JSON");
    let logged = std::fs::read_to_string(&program.log).expect("a log");
    assert!(logged.contains("Matrix knows the bot"), "the log says something");
    for secret in [password, session["token"].as_str().expect("a token")] {
        assert!(!logged.contains(secret), "a secret is in the log");
        let database = std::fs::read(&program.database).expect("a database");
        let holds = database
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!holds, "a secret is in the database");
    }
    for private in ["rent", "Anna", "Friend 1"] {
        let lines: Vec<&str> = logged
            .lines()
            .filter(|line| line.contains(private))
            .take(3)
            .collect();
        assert!(lines.is_empty(), "what people say is in the log: {lines:#?}");
    }
}
