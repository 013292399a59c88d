//! Chat accounts, and linking another one with a code and a second consent (M1).

use exodus_i18n::Text;
use exodus_store::Person;
use exodus_ui::{Act, Block, Deed, Draft, ProfileChange, Screen, Tone};

use super::{change, yes_word};
use crate::scene::Scene;

/// The reader's accounts, where notices go, and the way to link one more.
pub(super) fn accounts(scene: &Scene, person: &Person, mut screen: Screen) -> Screen {
    for (place, account) in (0..).zip(&scene.accounts) {
        let text = Text::new("profile-account")
            .code("platform", account.platform.clone())
            .name("address", account.address.clone())
            .keyword("current", yes_word(account.current))
            .keyword("notices", yes_word(account.notices));
        // With one account there is nothing to choose between.
        let act = (scene.accounts.len() > 1 && !(account.notices && person.notify_account.is_some()))
            .then(|| change(ProfileChange::NoticesTo(Some(place))));
        screen = screen.block(Block::Item { text, act });
    }
    if scene.accounts.len() > 1 {
        screen = screen.line(Text::new("profile-accounts-pick"));
        if person.notify_account.is_some() {
            screen = screen.offer("profile-do-notices-last", change(ProfileChange::NoticesTo(None)));
        }
    }
    linking(scene, screen)
}

/// The code while it waits; then the second consent, on the side that showed it.
fn linking(scene: &Scene, screen: Screen) -> Screen {
    let Some(line) = scene
        .linking
        .as_ref()
        .filter(|line| line.claimed_by.is_some() || scene.at < line.until)
    else {
        return screen
            .line(Text::new("profile-linking-lead"))
            .offer("profile-do-linking-make", Act::Do(Deed::MakeLinkingCode))
            .offer("profile-do-linking-use", Act::Ask(Draft::LinkingCode(None)));
    };
    if let Some((platform, address)) = &line.claimed_by {
        return linking_question(screen, platform, address);
    }
    let screen = screen.line(Text::new("profile-linking-how").with("until", scene.local(line.until)));
    match &line.code {
        Some(code) => screen.block(Block::Code(code.clone())),
        None => screen,
    }
}

/// "Is that you?": the second consent, said with what follows.
pub(in super::super) fn linking_question(screen: Screen, platform: &str, address: &str) -> Screen {
    let question = Text::new("profile-linking-claimed")
        .code("platform", platform)
        .name("address", address);
    screen
        .block(Block::Strong(question))
        .line(Text::new("profile-linking-follows"))
        .choice(
            Text::new("profile-do-linking-yes"),
            Act::Do(Deed::AnswerLinking(true)),
            Tone::Grave,
        )
        .offer("profile-do-linking-no", Act::Do(Deed::AnswerLinking(false)))
}
