//! The dialogues of `tests/stories` on Matrix, word for word as in `tests/goldens/matrix`, in both languages.
//!
//! Each is told in its own language first, picking choices by their signs, then in the other, by their numbers, from a bot
//! that puts no signs. `EXODUS_BLESS=1` writes the goldens anew. Whoever does that reads the difference as a user would.

use exodus_tests::{
    Backend,
    matrix::{Tale, tale::Done},
    place, repository,
    story::compare,
};

use crate::stories::lines;

/// Tells a story in one language; what its lines were.
fn told(name: &'static str, language: &'static str, before: Option<Vec<Done>>) -> Vec<Done> {
    let (send, done) = std::sync::mpsc::channel();
    place::run(Backend::Sqlite, |place| async move {
        let (_, lines) = lines(name);
        let mut tale = Tale::begin(&place, language, before).await;
        let transcript = tale.tell(&lines).await.to_owned();
        send.send(std::mem::take(&mut tale.done)).expect("waited for");
        tale.company.end().await;
        let golden = format!("tests/goldens/matrix/{name}.{language}.txt");
        compare(&repository::root().join(golden), &transcript);
    });
    done.recv().expect("it was told")
}

fn in_both_languages(name: &'static str) {
    let (own, _) = lines(name);
    let (own, other) = if own == "ru" { ("ru", "en") } else { ("en", "ru") };
    let done = told(name, own, None);
    told(name, other, Some(done));
}

macro_rules! stories {
    ($($name:ident)*) => {
        mod told { $( #[test] fn $name() { super::in_both_languages(stringify!($name)); } )* }

        /// Every story is told on Matrix too, in both languages.
        #[test]
        fn every_story_is_told_on_matrix() {
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
            assert_eq!(names("tests/goldens/matrix"), goldens);
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
}
