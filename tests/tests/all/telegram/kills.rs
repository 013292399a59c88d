//! `kill -9` of the program at random moments, while updates wait and while messages are being sent.
//!
//! `EXODUS_TEST_KILLS` says how often (`tests/run --kills N`), `EXODUS_TEST_KILLS_SEED` from which seed on.

use std::time::{Duration, Instant};

use exodus_tests::{
    Program,
    telegram::{Call, Fake, Person, people::typed, program},
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// Kills in the usual run.
const KILLS: usize = 30;
/// The longest anything may take: everything is told to one person, one message a second.
const LONGEST: Duration = Duration::from_secs(1200);
/// Those who write.
const FRIENDS: i64 = 6;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

async fn patiently(what: &str, program: &Program, mut so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !so().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if begun.elapsed() > LONGEST {
            panic!("it never comes that {what}:\n{}", program.last_words());
        }
    }
}

/// Sends that were done: to whom, and what they say.
fn done(calls: &[Call]) -> impl Iterator<Item = (i64, &str)> {
    let done = calls.iter().filter(|call| call.result().is_some());
    done.filter_map(|call| Some((call.chat()?, call.words())))
}

fn write(fake: &Fake, who: &Person, text: &str) {
    fake.message(&who.chat(), Some(&who.user()), typed(text));
}

/// Presses the newest button with these words.
fn press(fake: &Fake, who: &Person, words: &str) -> bool {
    let shown = fake.shown(who.id);
    let found = shown.iter().rev().find_map(|message| {
        let rows = exodus_tests::telegram::rows(message.get("reply_markup"));
        let button = rows
            .into_iter()
            .flatten()
            .find(|(label, _)| label.contains(words))?;
        Some((message["message_id"].as_i64()?, button.1))
    });
    if let Some((message, data)) = &found {
        fake.press(&who.user(), &who.chat(), *message, data);
    }
    found.is_some()
}

/// U9, O10: every command took effect once, no answer and no notice is lost, and only what was on its way may come twice.
/// The token is in no line of the log, at its most talkative, and nowhere in the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u9_killed_at_random_nothing_is_lost_and_nothing_is_done_twice() {
    let kills =
        from_environment("EXODUS_TEST_KILLS").map_or(KILLS, |kills| usize::try_from(kills).expect("few"));
    let seed = from_environment("EXODUS_TEST_KILLS_SEED").unwrap_or(1);
    let mut random = StdRng::seed_from_u64(seed);
    let fake = Fake::start("424242:never-to-be-seen-anywhere-4c9e").await;
    let program = program(&fake);
    let mut running = Some(program.start());

    // Anna asks for help, her friends come by her link.
    let anna = Person::new(1, "Anna", "en");
    let friends: Vec<Person> = (0..FRIENDS)
        .map(|n| Person::new(100 + n, &format!("Friend {n}"), "en"))
        .collect();
    write(&fake, &anna, "/start");
    let heard = |who: &Person, words: &str| {
        done(&fake.calls(0)).any(|(chat, said)| chat == who.id && said.contains(words))
    };
    patiently("Anna is welcomed", &program, async || heard(&anna, "Welcome")).await;
    write(&fake, &anna, "need 9000 monthly rent");
    patiently("Anna is asked", &program, async || press(&fake, &anna, "No")).await;
    patiently("Anna's need is recorded", &program, async || {
        heard(&anna, "Recorded")
    })
    .await;
    write(&fake, &anna, "/invite");
    patiently("Anna is shown her links", &program, async || {
        press(&fake, &anna, "New link to me")
    })
    .await;
    patiently("Anna has a link", &program, async || {
        heard(&anna, "The link is ready")
    })
    .await;
    let code = done(&fake.calls(0))
        .filter_map(|(_, said)| exodus_tests::world::code_in(said))
        .last()
        .expect("a code");
    for who in &friends {
        write(&fake, who, &format!("/start {code}"));
    }
    patiently("all are welcomed", &program, async || {
        friends.iter().all(|who| heard(who, "Welcome"))
    })
    .await;
    let told = |words: &str| {
        done(&fake.calls(0))
            .filter(|(chat, said)| *chat == anna.id && said.contains(words))
            .count()
    };
    patiently("Anna is told of all", &program, async || {
        told("followed a link") >= friends.len()
    })
    .await;

    // Promises, each of an amount of its own, and kills in between.
    let from = fake.calls(0).len();
    let mut promised: Vec<(i64, i64)> = Vec::new();
    for _ in 0..kills {
        for _ in 0..random.random_range(1..=2) {
            let who = &friends[random.random_range(0..friends.len())];
            let cents = 1_001 + i64::try_from(promised.len()).expect("few");
            promised.push((who.id, cents));
            write(
                &fake,
                who,
                &format!("give {}.{:02} to anna", cents / 100, cents % 100),
            );
        }
        // From before it has fetched anything to after everything is answered.
        tokio::time::sleep(Duration::from_millis(random.random_range(0..900))).await;
        running.take().expect("it runs").kill();
        running = Some(program.start());
    }
    let begun = Instant::now();
    patiently("all updates are acknowledged", &program, async || {
        fake.waiting() == 0
    })
    .await;
    patiently("all updates are answered", &program, async || {
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
    for (who, cents) in &promised {
        let entries = format!(
            "SELECT count(*) FROM journal WHERE (kind = 'intention_recorded' AND body LIKE '%\"amount\":{cents},%') \
             OR (kind = 'intention_changed' AND body LIKE '%\"after\":{cents},%')"
        );
        assert_eq!(
            program.number(&entries).await,
            1,
            "seed {seed}: {who} promised {cents}"
        );
    }
    // Each was answered, and told to Anna.
    let calls = fake.calls(from);
    // Killed between the effect and its words, the answer is the screen as it is now; there is one all the same.
    let mut again = 0;
    for who in &friends {
        let commands = promised.iter().filter(|(id, _)| *id == who.id).count();
        let to_them = done(&calls).filter(|(chat, said)| *chat == who.id && !said.contains("wants to help"));
        let answers = to_them.count();
        assert!(
            answers >= commands,
            "seed {seed}: {} said {commands} things and had {answers} answers",
            who.name
        );
        again += answers - commands;
    }
    let letters = "SELECT count(*) FROM outbox WHERE category = 'IntentionForMe' AND status = 2";
    let letters = usize::try_from(program.number(letters).await).expect("few");
    assert_eq!(
        letters,
        promised.len(),
        "seed {seed}: a notice was dropped, or doubled"
    );
    let told = done(&calls)
        .filter(|(chat, said)| *chat == anna.id && said.contains("intention") && said.contains("for you"));
    let told = told.count();
    assert!(told >= letters, "seed {seed}: {letters} notices, {told} told");
    again += told - letters;
    println!("{again} messages came twice");
    // A kill finds at most one message on its way in each chat.
    let most = kills * (friends.len() + 1);
    assert!(
        again <= most,
        "seed {seed}: {again} messages came twice, at {kills} kills"
    );
    assert_eq!(fake.violations(), [""; 0]);

    // The token.
    drop(running);
    let secret = "never-to-be-seen";
    let logged = std::fs::read_to_string(&program.log).expect("a log");
    assert!(
        logged.contains("Telegram knows the bot"),
        "the log says something"
    );
    assert!(!logged.contains(secret), "the token is in the log");
    for file in std::fs::read_dir(program.database.parent().expect("a folder")).expect("a folder") {
        let file = file.expect("a file").path();
        let holds = std::fs::read(&file)
            .expect("a file")
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(!holds || name == "token", "the token is in {name}");
    }
}
