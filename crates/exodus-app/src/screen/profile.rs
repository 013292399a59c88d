//! `/profile`: what a person says about themselves, how they want to be told, what they take along, and leaving.

mod accounts;
mod amounts;
mod details;
mod notices;
#[cfg(test)]
mod tests;

use exodus_core::view;
use exodus_i18n::{Lang, Text, Voice};
use exodus_store::Person;
use exodus_ui::{Act, Block, Deed, Draft, ProfileChange, Route, Screen, Section, Tone, act::ExportForm};

use super::people::{many, page_of, turn, ways};
use crate::scene::Scene;

pub(super) use accounts::linking_question;

/// A part of the profile.
pub(crate) fn profile(scene: &Scene, section: Section) -> Screen {
    let nobody = Person::default();
    let person = scene.my_profile().unwrap_or(&nobody);
    match section {
        Section::Main => main(person),
        Section::Pay if scene.pay_hidden => parted(start(section).line(Text::new("rec-pay-hidden"))),
        Section::Pay => parted(details::pay(person, start(section))),
        Section::Offers => parted(details::offers(person, start(section))),
        Section::Language => parted(language(person, start(section))),
        Section::Time => parted(time(scene, person, start(section))),
        Section::Notices => parted(notices::notices(person, start(section))),
        Section::Accounts => parted(accounts::accounts(scene, person, start(section))),
        Section::Export => parted(export(start(section))),
        Section::Amounts => parted(amounts::amounts(scene, person, start(section))),
        Section::Leave => parted(leave(scene, start(section))),
    }
}

/// The other parts, in the order in which they are offered; the block list comes before the last two.
const PARTS: [Section; 9] = [
    Section::Pay,
    Section::Offers,
    Section::Language,
    Section::Time,
    Section::Notices,
    Section::Amounts,
    Section::Accounts,
    Section::Export,
    Section::Leave,
];

/// A part, as a word that messages choose by.
const fn section_word(section: Section) -> &'static str {
    match section {
        Section::Main => "main",
        Section::Pay => "pay",
        Section::Offers => "offers",
        Section::Language => "language",
        Section::Time => "time",
        Section::Notices => "notices",
        Section::Accounts => "accounts",
        Section::Export => "export",
        Section::Amounts => "amounts",
        Section::Leave => "leave",
    }
}

/// What a part is called.
pub(super) fn section_title(section: Section) -> Text {
    Text::new("profile-section").keyword("section", section_word(section))
}

fn start(section: Section) -> Screen {
    Screen::new(Route::Profile { section }, section_title(section))
}

/// With the way to the profile, back and home.
fn parted(screen: Screen) -> Screen {
    let main = Route::Profile {
        section: Section::Main,
    };
    ways(screen.offer("choice-profile", Act::Go(main)))
}

/// A change of the reader's own profile.
fn change(change: ProfileChange) -> Act {
    Act::Do(Deed::Profile(change))
}

/// A text somebody gave, as it is.
fn given(text: &str) -> Text {
    Text::new("just").name("it", text)
}

fn main(person: &Person) -> Screen {
    let mut screen = start(Section::Main).field("profile-name", given(&person.name));
    screen = match person.about.as_deref().filter(|about| !about.trim().is_empty()) {
        Some(about) => screen.block(Block::Quote(about.to_owned())),
        None => screen.line(Text::new("profile-about-empty")),
    };
    screen = screen
        .offer("profile-do-name", Act::Ask(Draft::Name(None)))
        .offer("profile-do-about", Act::Ask(Draft::About(None)));
    for section in PARTS {
        if section == Section::Export {
            screen = screen.offer("profile-do-blocked", Act::Go(Route::Blocked { page: 0 }));
        }
        let tone = if section == Section::Leave {
            Tone::Grave
        } else {
            Tone::Plain
        };
        screen = screen.choice(section_title(section), Act::Go(Route::Profile { section }), tone);
    }
    ways(screen)
}

/// Every language there is, in its own words.
fn language(person: &Person, screen: Screen) -> Screen {
    Lang::all().fold(screen, |screen, lang| {
        let own = Voice::new(lang).say(&Text::new("language-name")).to_string();
        let spoken = person.language.eq_ignore_ascii_case(lang.tag());
        let text = Text::new("profile-language")
            .code("name", own)
            .keyword("spoken", yes_word(spoken));
        let act = (!spoken).then(|| change(ProfileChange::Language(lang.tag().to_owned())));
        screen.block(Block::Item { text, act })
    })
}

fn time(scene: &Scene, person: &Person, screen: Screen) -> Screen {
    let zone = person
        .zone
        .clone()
        .unwrap_or_else(|| scene.ledger.policy.zone.name().to_owned());
    let whose = if person.zone.is_some() { "own" } else { "community" };
    let screen = screen
        .field(
            "profile-zone",
            Text::new("profile-zone-value")
                .code("zone", zone)
                .keyword("whose", whose),
        )
        .field("profile-now", Text::new("just").with("it", scene.local(scene.at)));
    let screen = match person.quiet {
        Some((from, to)) => screen.field("profile-quiet", hours(from, to)),
        None => screen.field("profile-quiet", Text::new("profile-quiet-none")),
    };
    let screen = screen
        .line(Text::new("profile-quiet-urgent"))
        .offer("profile-do-zone", Act::Ask(Draft::Zone(None)));
    let screen = if person.zone.is_some() {
        screen.offer("profile-do-zone-community", change(ProfileChange::Zone(None)))
    } else {
        screen
    };
    let screen = screen.offer("profile-do-quiet", Act::Ask(Draft::Quiet(None)));
    if person.quiet.is_some() {
        screen.offer("profile-do-quiet-none", change(ProfileChange::Quiet(None)))
    } else {
        screen
    }
}

fn hours(from: u8, to: u8) -> Text {
    let hour = |hour: u8| format!("{hour:02}:00");
    Text::new("profile-quiet-hours")
        .code("from", hour(from))
        .code("to", hour(to))
}

/// Whom the reader blocks, to take a block back: the one list where a blocked member's name is shown, to who said it.
pub(crate) fn blocked(scene: &Scene, page: u32) -> Screen {
    let blocked: Vec<_> = scene.ledger.blocks_by(scene.viewer).collect();
    let route = |page| Route::Blocked { page };
    let lead = if blocked.is_empty() {
        "profile-blocked-none"
    } else {
        "profile-blocked-lead"
    };
    let screen = Screen::new(route(page), Text::new("profile-do-blocked")).line(Text::new(lead));
    let screen = page_of(&blocked, page).iter().fold(screen, |screen, &member| {
        let unblock = Act::Do(Deed::plain(exodus_core::Command::Unblock { member }));
        screen.block(Block::Item {
            text: scene.name_text(member),
            act: Some(unblock),
        })
    });
    parted(turn(screen, blocked.len(), page, route))
}

fn export(screen: Screen) -> Screen {
    screen
        .line(Text::new("profile-export-lead"))
        .offer("profile-do-export-csv", Act::Do(Deed::Export(ExportForm::Csv)))
        .offer("profile-do-export-json", Act::Do(Deed::Export(ExportForm::Json)))
        .offer(
            "profile-do-export-hledger",
            Act::Do(Deed::Export(ExportForm::Hledger)),
        )
}

/// Exactly what leaving does (M11); then a word is asked for.
fn leave(scene: &Scene, screen: Screen) -> Screen {
    let what = view::leaving(&scene.ledger, scene.viewer);
    let count = |id, n: usize| (n > 0).then(|| Text::new(id).count("n", many(n)));
    let sum = |id, amount: exodus_core::Amount| {
        (!amount.is_zero()).then(|| Text::new(id).amount("amount", amount.minor()))
    };
    let lines = [
        count("profile-leave-my-intentions", what.my_intentions),
        count("profile-leave-intentions-for-me", what.intentions_for_me),
        sum("profile-leave-released", what.released),
        sum("profile-leave-defaulted", what.defaulted),
        count("profile-leave-by-silence", what.by_silence),
        count("profile-leave-bonds", what.bonds),
    ];
    let screen = screen.block(Block::Strong(Text::new("profile-leave-lead")));
    let screen = lines.into_iter().flatten().fold(screen, Screen::line);
    screen
        .line(Text::new("profile-leave-erased"))
        .line(Text::new("profile-leave-anew"))
        .offer(
            "profile-do-export-first",
            Act::Go(Route::Profile {
                section: Section::Export,
            }),
        )
        .choice(
            Text::new("profile-do-leave"),
            Act::Ask(Draft::Leave(None)),
            Tone::Grave,
        )
}

/// Yes or no, as a word that messages choose by.
const fn yes_word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
