//! Dialogues of `tests/stories`, told at the console over both databases, word for word as in `tests/goldens`.
//!
//! `EXODUS_BLESS=1` writes the goldens anew. Whoever does that reads the difference as a user would.

use std::{path::PathBuf, sync::Arc};

use exodus_tests::{
    Backend, Place,
    place::run,
    repository,
    story::{Story, compare},
};

/// The language of newcomers stands in the first line of a story: `## ru`.
pub(crate) fn lines(name: &str) -> (String, String) {
    let told = repository::read(&repository::root().join(format!("tests/stories/{name}.txt")));
    let (language, lines) = told.split_once('\n').expect("a first line");
    (language.trim_start_matches("## ").to_owned(), lines.to_owned())
}

fn golden(name: &str) -> PathBuf {
    repository::root().join(format!("tests/goldens/{name}.txt"))
}

/// Tells a whole story, and looks at its records afterwards.
pub(crate) async fn tell(place: &Arc<Place>, name: &str) -> Story {
    let (language, lines) = lines(name);
    let mut story = Story::begin(place, &language).await;
    story.tell(&lines).await;
    let report = story.store().verify(|_, _| ()).await.expect("no trouble");
    assert!(report.ok(), "{:#?}", report.differences);
    story
}

fn told(backend: Backend, name: &'static str) {
    run(backend, |place| async move {
        let story = tell(&place, name).await;
        // Everywhere the same: PostgreSQL is held against what SQLite said.
        if backend == Backend::Sqlite || std::env::var_os("EXODUS_BLESS").is_none() {
            compare(&golden(name), story.transcript());
        }
    });
}

macro_rules! stories {
    ($($name:ident)*) => {
        mod on_sqlite { $( #[test] fn $name() { super::told(super::Backend::Sqlite, stringify!($name)); } )* }
        mod on_postgres { $( #[test] fn $name() { super::told(super::Backend::Postgres, stringify!($name)); } )* }

        /// Every file is told, and nothing is told that is no file.
        #[test]
        fn every_story_is_told() {
            for (folder, told) in [("tests/stories", true), ("tests/goldens", false)] {
                let files = std::fs::read_dir(repository::root().join(folder)).expect("a folder");
                let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
                let mut names: Vec<String> = names.filter(|name| name.ends_with(".txt")).collect();
                names.sort();
                let mut expected = vec![$( concat!(stringify!($name), ".txt") ),*];
                expected.sort_unstable();
                assert_eq!(names, expected, "{folder} {told}");
            }
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
