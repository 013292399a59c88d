//! The dialogues of `tests/stories` on Telegram, word for word as in `tests/goldens/telegram`, in both languages.
//!
//! Each is told in its own language first, then in the other, on both servers: what people see must be the same on both.
//! `EXODUS_BLESS=1` writes the goldens anew, from the strict server. Whoever does that reads the difference as a user would.

use std::sync::Arc;

use exodus_tests::{
    repository,
    story::compare,
    telegram::{Borrowed, Fake, Server, Tale, still, tale::Done},
};

use crate::stories::lines;

/// Tells a story in one language; what its lines were.
fn told(
    server: &'static str,
    name: &'static str,
    language: &'static str,
    before: Option<Vec<Done>>,
) -> Vec<Done> {
    let mut done = Vec::new();
    still::run(async |place| {
        let token = format!("7{}:{name}-{language}", std::process::id());
        let server_: Arc<dyn Server> = match server {
            "strict" => Arc::new(Fake::start(&token).await),
            _ => Arc::new(Borrowed::of(&token)),
        };
        let (_, lines) = lines(name);
        let mut tale = Tale::begin(&place, Arc::clone(&server_), language, before).await;
        let transcript = tale.tell(&lines).await.to_owned();
        let report = tale
            .bot()
            .app
            .store()
            .verify(|_, _| ())
            .await
            .expect("no trouble");
        assert!(report.ok(), "{:#?}", report.differences);
        assert_eq!(server_.violations(), [""; 0], "no server would have taken these");
        // The borrowed server is held against what people see on the strict one.
        if server == "strict" || std::env::var_os("EXODUS_BLESS").is_none() {
            let golden = format!("tests/goldens/telegram/{name}.{language}.txt");
            compare(&repository::root().join(golden), &transcript);
        }
        done = std::mem::take(&mut tale.done);
        tale.end().await;
    });
    done
}

fn in_both_languages(server: &'static str, name: &'static str) {
    let (own, _) = lines(name);
    let (own, other) = if own == "ru" { ("ru", "en") } else { ("en", "ru") };
    let done = told(server, name, own, None);
    told(server, name, other, Some(done));
}

macro_rules! stories {
    ($($name:ident)*) => {
        mod on_the_strict_server { $( #[test] fn $name() { super::in_both_languages("strict", stringify!($name)); } )* }
        mod on_telegram_test_api { $( #[test] fn $name() { super::in_both_languages("borrowed", stringify!($name)); } )* }

        /// Every story is told on Telegram too, in both languages.
        #[test]
        fn every_story_is_told_on_telegram() {
            let names = |folder: &str| {
                let files = std::fs::read_dir(repository::root().join(folder)).expect("a folder");
                let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
                let mut names: Vec<String> = names.filter(|name| name.ends_with(".txt")).collect();
                names.sort();
                names
            };
            let told = [$( stringify!($name) ),*];
            let mut stories = told.map(|name| format!("{name}.txt"));
            stories.sort();
            assert_eq!(names("tests/stories"), stories);
            let mut goldens = Vec::from(told.map(|name| ["en", "ru"].map(|language| format!("{name}.{language}.txt"))).concat());
            goldens.sort();
            assert_eq!(names("tests/goldens/telegram"), goldens);
        }
    };
}

stories! {
    two_months
    bad_input
    small_things
    two_personas
    export
    a_way_back
    a_way_back_ru
    bonds
}
