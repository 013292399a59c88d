//! The first words to somebody new (M2, U8): what this is, in whose hands it is, and in which language.

use exodus_i18n::{Lang, Text, Voice};
use exodus_ui::{Act, Deed, Draft, ProfileChange, Route, Screen, Tone};

use crate::scene::Scene;

/// What Exodus is, in five short lines.
pub(crate) fn welcome(scene: &Scene) -> Option<Screen> {
    let profile = scene.my_profile()?;
    let mut screen = Screen::new(
        Route::Welcome,
        Text::new("welcome-title").with("name", scene.name(scene.viewer)),
    );
    for line in [
        "welcome-people",
        "welcome-promises",
        "welcome-direct",
        "welcome-month",
        "welcome-private",
    ] {
        screen = screen.line(Text::new(line));
    }
    screen = screen.main("welcome-choice-home", Act::Go(Route::Home));
    for (label, act) in languages(&profile.language) {
        screen = screen.choice(label, act, Tone::Plain);
    }
    let screen = screen
        .offer("welcome-choice-name", Act::Ask(Draft::Name(None)))
        .offer("choice-code", Act::Ask(Draft::InvitationCode(None)))
        .offer("choice-privacy", Act::Go(Route::Privacy));
    Some(screen)
}

/// A choice for every language but the one spoken, each called as it calls itself.
pub(crate) fn languages(spoken: &str) -> impl Iterator<Item = (Text, Act)> {
    Lang::all().filter(move |lang| lang.tag() != spoken).map(|lang| {
        let own_name = Voice::new(lang).say(&Text::new("language-name")).to_string();
        let change = ProfileChange::Language(lang.tag().to_owned());
        (
            Text::new("just").code("it", own_name),
            Act::Do(Deed::Profile(change)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both},
        *,
    };

    #[test]
    fn five_lines_and_every_other_language() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        let screen = welcome(&scene).expect("a screen");
        assert_eq!(screen.blocks.len(), 5);
        let [english, russian] = both(&scene, Some(screen));
        assert!(
            english.starts_with("# Welcome, Anna!\nExodus is where people who know each other"),
            "{english}"
        );
        assert!(english.contains("[🏠 Let’s begin]\n[Русский]\n"), "{english}");
        assert!(russian.contains("[🏠 Начнём]\n[Русский]\n"), "{russian}");
        assert_eq!(languages("ru").count(), Lang::all().count() - 1);
    }
}
