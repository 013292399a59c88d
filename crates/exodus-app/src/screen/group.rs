//! Groups that follow one's own appeal: what they are shown, and letting them.

use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Route, Screen, Tone};

use super::people::ways;
use crate::scene::{GroupLine, Scene};

/// The groups there are, each with what it is shown.
pub(crate) fn groups(scene: &Scene) -> Screen {
    let mut screen = Screen::new(Route::Groups, Text::new("groups-title")).line(Text::new("groups-lead"));
    for group in &scene.groups.connected {
        screen = screen.block(Block::Heading(Text::new("just").name("it", group.title.clone())));
        screen = screen.block(Block::Item {
            text: Text::new(if group.news {
                "groups-news"
            } else {
                "groups-progress"
            }),
            act: Some(change(group, Some(!group.news))),
        });
        screen = screen.block(Block::Item {
            text: Text::new("groups-disconnect"),
            act: Some(change(group, None)),
        });
    }
    if scene.groups.connected.is_empty() {
        screen = screen.line(Text::new("groups-none"));
    } else {
        screen = screen.line(Text::new("groups-pick"));
    }
    ways(screen.line(Text::new("groups-how")))
}

fn change(group: &GroupLine, news: Option<bool>) -> Act {
    Act::Do(Deed::Reconnect {
        platform: group.platform.clone(),
        chat: group.chat.clone(),
        news,
    })
}

/// Letting a group follow one's own appeal: how much of it (U3: it says exactly what others will see).
pub(crate) fn connect(scene: &Scene, invitation: u128) -> Screen {
    let route = Route::Connect { invitation };
    let Some(title) = &scene.groups.invited else {
        return ways(Screen::new(route, Text::new("groups-title")).line(Text::new("groups-gone")));
    };
    let title = Text::new("groups-connect").name("group", title.clone());
    let connect = |news| Act::Do(Deed::Connect { invitation, news });
    let screen = Screen::new(route, title)
        .line(Text::new("groups-connect-lead"))
        .choice(Text::new("groups-choice-progress"), connect(false), Tone::Main)
        .choice(Text::new("groups-choice-news"), connect(true), Tone::Plain);
    ways(screen)
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both},
        *,
    };

    #[test]
    fn what_a_group_is_shown_is_chosen_and_changed() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let mut scene = stage.scene(anna);
        let [english, _] = both(&scene, Some(connect(&scene, 7)));
        assert!(english.contains("/connect"), "{english}");
        scene.groups.invited = Some("Neighbours".into());
        let [english, _] = both(&scene, Some(connect(&scene, 7)));
        assert!(
            english.contains("Neighbours") && english.contains("[📊 Progress only]"),
            "{english}"
        );
        scene.groups.connected.push(GroupLine {
            platform: "telegram".into(),
            chat: "-5".into(),
            title: "Neighbours".into(),
            news: true,
        });
        let screen = groups(&scene);
        let acts = screen.acts();
        let [english, russian] = both(&scene, Some(screen));
        assert!(english.contains("= Neighbours"), "{english}");
        assert!(russian.contains("= Neighbours"), "{russian}");
        let Some(Act::Do(Deed::Reconnect { chat, news, .. })) = acts.first() else {
            panic!("{acts:?}")
        };
        assert_eq!((chat.as_str(), *news), ("-5", Some(false)));
    }
}
