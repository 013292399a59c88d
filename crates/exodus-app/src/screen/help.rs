//! `/help` and `/privacy`; and the one answer about everything that is not there for its reader (M7).

use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, SLASH_COMMANDS, Screen, Section, Tone};

use super::{people::ways, profile::section_title};
use crate::scene::Scene;

/// How it goes in short, every command, whom to turn to, where the source is (O3, O12).
pub(crate) fn help(scene: &Scene) -> Option<Screen> {
    let mut screen = Screen::new(Route::Help, Text::new("help-title"))
        .line(Text::new("help-lead"))
        .line(Text::new("help-lines"));
    for command in SLASH_COMMANDS {
        let text = Text::new("help-command")
            .code("name", command.name)
            .words("about", Text::new(command.about));
        screen = screen.block(Block::Item {
            text,
            act: command.opens.clone().map(Act::Go),
        });
    }
    if let Some(support) = &scene.community.support {
        screen = screen.field("help-support", Text::new("just").name("it", support.clone()));
    }
    let screen = screen
        .line(Text::new("help-free"))
        .field(
            "help-source",
            Text::new("just").code("it", scene.community.source.clone()),
        )
        .offer("choice-privacy", Act::Go(Route::Privacy));
    Some(ways(screen))
}

/// What is kept, who sees what, how to take it along and how to erase it.
pub(crate) fn privacy() -> Screen {
    let profile = |section| Act::Go(Route::Profile { section });
    let mut screen = Screen::new(Route::Privacy, Text::new("privacy-title"));
    for (heading, lines) in PRIVACY {
        screen = screen.block(Block::Heading(Text::new(*heading)));
        for line in *lines {
            screen = screen.line(Text::new(*line));
        }
    }
    let screen = screen
        .choice(
            section_title(Section::Export),
            profile(Section::Export),
            Tone::Plain,
        )
        .offer("profile-do-blocked", Act::Go(Route::Blocked { page: 0 }))
        .choice(
            section_title(Section::Leave),
            profile(Section::Leave),
            Tone::Grave,
        );
    ways(screen)
}

/// What `/privacy` says, heading by heading.
const PRIVACY: &[(&str, &[&str])] = &[
    (
        "privacy-kept",
        &["privacy-profile", "privacy-journal", "privacy-chat"],
    ),
    (
        "privacy-seen",
        &[
            "privacy-circle",
            "privacy-network",
            "privacy-invited",
            "privacy-bonded",
            "privacy-party",
            "privacy-nobody",
            "privacy-operator",
        ],
    ),
    (
        "privacy-yours",
        &["privacy-export", "privacy-block", "privacy-erase"],
    ),
];

/// The one answer about what is not there for its reader, whether it exists or not.
pub(crate) fn unknown(route: Route) -> Screen {
    ways(Screen::new(route, Text::new("unknown")).line(Text::new("unknown.line")))
}

#[cfg(test)]
mod tests {
    use exodus_i18n::{Catalogue, Lang};

    use super::{
        super::tests::stage::{Stage, both},
        *,
    };

    #[test]
    fn commands_support_and_source() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        let [english, russian] = both(&scene, help(&scene));
        assert!(
            english.contains("• /give — ") && english.contains("- /cancel — "),
            "{english}"
        );
        assert!(
            english.contains("Whom to turn to: @anna")
                && english.contains("Source: https://example.org/exodus"),
            "{english}"
        );
        assert!(russian.contains("К кому обратиться: @anna"), "{russian}");
    }

    #[test]
    fn privacy_and_nothing_here() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let scene = stage.scene(anna);
        let [english, russian] = both(&scene, Some(privacy()));
        assert!(
            english.contains("= Who sees it") && russian.contains("= Кто это видит"),
            "{english}\n{russian}"
        );
        let [english, russian] = both(&scene, Some(unknown(Route::Home)));
        assert!(
            english.starts_with("# Nothing here\nThere is nothing like that here for you."),
            "{english}"
        );
        assert!(russian.starts_with("# Здесь ничего нет\n"), "{russian}");
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let ours = |lang| {
            let messages = Catalogue::of(lang)
                .messages()
                .iter()
                .filter(|(_, message)| message.file == "network.ftl");
            messages
                .map(|(id, message)| (id.clone(), message.variables.clone()))
                .collect::<Vec<_>>()
        };
        for lang in Lang::all() {
            assert_eq!(ours(lang), ours(Lang::EN), "{lang}");
            let faults = Catalogue::of(lang)
                .faults()
                .iter()
                .filter(|fault| fault.contains("network.ftl"));
            assert_eq!(faults.collect::<Vec<_>>(), Vec::<&String>::new());
        }
    }
}
