//! The room of an appeal's circle: wishing it, joining it, and what that shows of oneself (U3).

use exodus_core::AppealId;
use exodus_i18n::Text;
use exodus_ui::{Act, Deed, Route, Screen, Tone};

use super::people::ways;
use crate::scene::Scene;

/// What a room would be, and the choice.
pub(crate) fn room(scene: &Scene, appeal: AppealId) -> Option<Screen> {
    let line = scene.room.as_ref()?;
    let title = if line.own { "room-mine" } else { "room-of-circle" };
    let mut screen = Screen::new(Route::Room { appeal }, Text::new(title));
    let lead = match (line.own, line.inside) {
        (true, false) => "room-lead-make",
        (true, true) => "room-lead-made",
        (false, false) => "room-lead-join",
        (false, true) => "room-lead-joined",
    };
    screen = screen.line(Text::new(lead));
    let choose = |yes| Act::Do(Deed::Room { appeal, yes });
    screen = match (&line.account, line.inside) {
        (Some(account), false) => screen
            .line(Text::new("room-account").code("account", account.address.clone()))
            .choice(
                Text::new(if line.own {
                    "room-choice-make"
                } else {
                    "room-choice-join"
                }),
                choose(true),
                Tone::Main,
            ),
        (None, false) => screen.line(Text::new("room-no-account")),
        (_, true) => screen.choice(
            Text::new(if line.own {
                "room-choice-close"
            } else {
                "room-choice-leave"
            }),
            choose(false),
            Tone::Plain,
        ),
    };
    Some(ways(screen))
}

/// The way to it, where there is one.
pub(super) fn way(scene: &Scene, screen: Screen, appeal: AppealId) -> Screen {
    if scene.room.is_some() {
        screen.offer("circle-choice-room", Act::Go(Route::Room { appeal }))
    } else {
        screen
    }
}

#[cfg(test)]
mod tests {
    use exodus_store::AccountKey;

    use super::{
        super::tests::stage::{Stage, both},
        *,
    };
    use crate::scene::RoomLine;

    #[test]
    fn joining_says_that_it_shows_ones_account() {
        let mut stage = Stage::new();
        let anna = stage.person("Anna");
        let appeal = stage.asks(anna, 300, "Rent");
        let mut scene = stage.scene(anna);
        assert_eq!(room(&scene, appeal), None);
        let account = Some(AccountKey::new("matrix", "@anna:example.org"));
        for (own, inside, choice) in [
            (true, false, "[🏠 Open the room]"),
            (true, true, "[✖️ Close the room]"),
            (false, false, "[🚪 Join]"),
            (false, true, "[✖️ Leave the room]"),
        ] {
            scene.room = Some(RoomLine {
                account: account.clone(),
                own,
                inside,
            });
            let [english, russian] = both(&scene, room(&scene, appeal));
            assert!(english.contains(choice), "{english}");
            assert_eq!(english.contains("@anna:example.org"), !inside, "{english}");
            assert_eq!(russian.contains("@anna:example.org"), !inside, "{russian}");
        }
        scene.room = Some(RoomLine {
            account: None,
            own: false,
            inside: false,
        });
        let [english, _] = both(&scene, room(&scene, appeal));
        assert!(!english.contains("[🚪 Join]"), "{english}");
    }
}
