//! Every screen has its ways and its words, and every list comes in pages (U2, U6).
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look at what they are about")]

use std::collections::BTreeSet;

use exodus_core::{
    AppealId, Command, Form, IntentionId, LinkId, MemberId, ObligationId, OfferId, Period, ReportId,
};
use exodus_i18n::{Arg, Lang, Text, Voice};
use exodus_ui::{
    Act, Block, Capabilities, Choice, Relation, Route, SLASH_COMMANDS, Screen, Section, Tab, arrange,
    words::names_label,
};

use super::{
    build,
    record::samples::{ANNA, BOND, EVERYBODY, INTENTION, OBLIGATION, OFFER, november, scene, shown, story},
};
use crate::scene::Scene;

pub(super) mod stage;

use stage::{Stage, euro};

/// A route of every kind, with and without something there.
fn routes() -> Vec<Route> {
    let page = 0;
    let mut routes = vec![
        Route::Welcome,
        Route::Home,
        Route::Need,
        Route::Give { page },
        Route::Spread { amount: 10_000, page },
        Route::Organizer,
        Route::Intention { intention: INTENTION },
        Route::Intention {
            intention: IntentionId(999),
        },
        Route::Obligation {
            obligation: OBLIGATION,
        },
        Route::Obligation {
            obligation: ObligationId(999),
        },
        Route::Offer { offer: OFFER },
        Route::Offer { offer: OfferId(999) },
        Route::RecordHistory {
            record: OBLIGATION.0,
            page,
        },
        Route::RecordHistory { record: 999, page },
        Route::Circle {
            appeal: AppealId(10),
            page,
        },
        Route::Circle {
            appeal: AppealId(999),
            page,
        },
        Route::People,
        Route::Search {
            query: "bread".to_owned(),
            page,
        },
        Route::Invite { page },
        Route::List { page },
        Route::Bonds { page },
        Route::Bond { bond: BOND },
        Route::Link { link: LinkId(15) },
        Route::Link { link: LinkId(999) },
        Route::Blocked { page },
        Route::History { page },
        Route::Summary { period: november() },
        Route::Help,
        Route::Privacy,
        Route::Farewell,
        Route::Groups,
        Route::Connect { invitation: 7 },
    ];
    routes.extend(EVERYBODY.map(|member| Route::Card { member }));
    routes.push(Route::Card {
        member: MemberId(999),
    });
    let tabs = [
        Tab::Mine,
        Tab::ForMe,
        Tab::ToConfirm,
        Tab::Fulfilled,
        Tab::NotKept,
    ];
    routes.extend(tabs.map(|tab| Route::Records { tab, page }));
    let relations = Relation::SIX.into_iter().chain([Relation::Referrals]);
    routes.extend(relations.map(|relation| Route::Relation { relation, page }));
    let sections = [
        Section::Main,
        Section::Pay,
        Section::Offers,
        Section::Language,
        Section::Time,
        Section::Notices,
        Section::Accounts,
        Section::Export,
        Section::Amounts,
        Section::Leave,
    ];
    routes.extend(sections.map(|section| Route::Profile { section }));
    routes
}

/// A route more does not compile until it has its number here, and fails until it is in the list above.
const fn number(route: &Route) -> usize {
    match route {
        Route::Welcome => 0,
        Route::Home => 1,
        Route::Need => 2,
        Route::Give { .. } => 3,
        Route::Spread { .. } => 4,
        Route::Card { .. } => 5,
        Route::Circle { .. } => 6,
        Route::Organizer => 7,
        Route::Records { .. } => 8,
        Route::Intention { .. } => 9,
        Route::Obligation { .. } => 10,
        Route::Offer { .. } => 11,
        Route::RecordHistory { .. } => 12,
        Route::People => 13,
        Route::Relation { .. } => 14,
        Route::Search { .. } => 15,
        Route::Invite { .. } => 16,
        Route::Link { .. } => 17,
        Route::Profile { .. } => 18,
        Route::Blocked { .. } => 19,
        Route::History { .. } => 20,
        Route::Summary { .. } => 21,
        Route::Help => 22,
        Route::Privacy => 23,
        Route::Farewell => 24,
        Route::Groups => 25,
        Route::Connect { .. } => 26,
        Route::List { .. } => 27,
        Route::Bonds { .. } => 28,
        Route::Bond { .. } => 29,
    }
}

#[test]
fn u2_every_screen_has_a_way_back_and_a_way_home() {
    let numbers: BTreeSet<usize> = routes().iter().map(number).collect();
    assert_eq!(numbers, (0..30).collect());
    for route in routes() {
        for viewer in EVERYBODY {
            let screen = build(&scene(viewer, &story()), &route);
            let ways = [Act::Back, Act::Go(Route::Home)].map(|way| screen.acts().contains(&way));
            match route {
                // Home leads to everything; whoever is new is led there, and whoever left is not here any more.
                Route::Home | Route::Farewell => assert_eq!(ways, [false, false], "{route:?}"),
                Route::Welcome => assert_eq!(ways, [false, true]),
                _ => assert_eq!(ways, [true, true], "{route:?} for {viewer:?}"),
            }
        }
    }
}

#[test]
fn u2_home_leads_everywhere() {
    let home = build(&scene(ANNA, &story()), &Route::Home);
    // What is not a door of its own is one tap behind another: in the help or in the profile.
    let behind = [
        Route::Help,
        Route::Profile {
            section: Section::Main,
        },
    ];
    let doors: Vec<Act> = behind
        .iter()
        .map(|route| build(&scene(ANNA, &story()), route))
        .chain([home])
        .flat_map(|screen| screen.acts())
        .collect();
    for command in SLASH_COMMANDS {
        let opens = command.opens.clone();
        assert!(
            opens.is_none_or(|route| doors.contains(&Act::Go(route))),
            "/{}",
            command.name
        );
    }
}

/// Labels are said whole on a phone, and are known by their names (see `exodus_ui::words`).
#[test]
fn u6_labels_are_short() {
    const LONGEST: usize = 40;
    let plain = |arg: &Arg| !matches!(arg, Arg::Name(_) | Arg::Words(_));
    let short = |label: &Text, lang| {
        let label = Voice::new(lang).say(label).to_string();
        assert!(label.chars().count() <= LONGEST, "{lang}: {label}");
    };
    for route in routes() {
        for viewer in EVERYBODY {
            for Choice { label, .. } in build(&scene(viewer, &story()), &route).choices {
                let known =
                    names_label(&label.id) || ["just", "profile-section"].contains(&label.id.as_ref());
                assert!(known, "{}", label.id);
                if label.args.iter().all(|(_, arg)| plain(arg)) {
                    Lang::all().for_each(|lang| short(&label, lang));
                }
            }
        }
    }
}

/// Nothing on any screen is too long for a chat that takes 4096 units in a message, or a hundred buttons.
#[test]
fn every_screen_fits_a_chat_with_buttons() {
    let can = Capabilities {
        buttons: true,
        max_chars: 4_096,
        ..Capabilities::default()
    };
    for route in routes() {
        for viewer in EVERYBODY {
            let screen = build(&scene(viewer, &story()), &route);
            shown(&screen);
            for lang in Lang::all() {
                let arranged = arrange(&screen, &can, &Voice::new(lang));
                assert_eq!(arranged.messages.len(), 1, "{lang}: {route:?}");
                let buttons: usize = arranged.messages.iter().flat_map(|m| &m.rows).map(Vec::len).sum();
                assert!(buttons <= 100, "{route:?}");
            }
        }
    }
}

// ---- pages ----------------------------------------------------------------------------------------------------------

/// Goes through all pages of a list, and gives what can be picked on each.
fn pages(scene: &Scene, route: &Route) -> Vec<Vec<Act>> {
    let mut route = route.clone();
    let mut pages: Vec<Vec<Act>> = Vec::new();
    loop {
        let screen = build(scene, &route);
        assert_eq!(screen.route, route);
        let listed = screen.blocks.iter().filter_map(|block| match block {
            Block::Person { act, .. } | Block::Item { act, .. } => act.clone(),
            _ => None,
        });
        pages.push(listed.collect());
        let way = |ids: [&str; 2]| {
            let mut choices = screen.choices.iter();
            choices.find(|choice| ids.contains(&choice.label.id.as_ref()))
        };
        let before = way(["page-choice-before", "page-choice-newer"]);
        assert_eq!(before.is_some(), pages.len() > 1, "{route:?}");
        match way(["page-choice-after", "page-choice-older"]).map(|choice| &choice.act) {
            Some(Act::Go(next)) => route = next.clone(),
            Some(act) => panic!("{act:?}"),
            None => return pages,
        }
    }
}

/// Every entry stands on exactly one page, eight on each but the last.
fn paged(scene: &Scene, route: &Route, entries: usize) {
    let pages = pages(scene, route);
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    let whole = entries / 8;
    let mut expected = vec![8; whole];
    expected.extend(Some(entries % 8).filter(|rest| *rest > 0));
    assert_eq!(sizes, expected, "{route:?}");
    let all: Vec<&Act> = pages.iter().flatten().collect();
    let doubled = all
        .iter()
        .enumerate()
        .find(|(at, act)| all.iter().skip(at + 1).any(|other| other == *act));
    assert!(doubled.is_none(), "{route:?} shows {doubled:?} twice");
    // A page that is not there any more is the last one.
    let beyond = build(scene, &beyond(route));
    assert!(!beyond.blocks.is_empty(), "{route:?}");
}

fn beyond(route: &Route) -> Route {
    let mut route = route.clone();
    match &mut route {
        Route::Give { page }
        | Route::Spread { page, .. }
        | Route::Circle { page, .. }
        | Route::Records { page, .. }
        | Route::Relation { page, .. }
        | Route::Search { page, .. }
        | Route::Invite { page }
        | Route::Blocked { page } => *page = 1000,
        other => panic!("{other:?} has no pages"),
    }
    route
}

#[test]
fn u6_long_lists_come_in_pages() {
    const MANY: usize = 21;
    let page = 0;
    let mut stage = Stage::new();
    let me = stage.person("Me");
    let mine = stage.asks(me, 5_000, "Rent");
    let friends: Vec<MemberId> = (0..MANY)
        .map(|n| stage.friend(&format!("Member {n}"), me))
        .collect();
    for friend in &friends {
        let appeal = stage.asks(*friend, 100, "Rent");
        stage.intends(me, appeal, 5);
        let help = |amount| Command::RecordGiven {
            appeal: mine,
            amount: euro(amount),
            form: Form::Money,
            note: None,
        };
        // One is confirmed, one waits for it.
        let first = ObligationId(stage.ledger.next_number());
        stage.does(*friend, help(10));
        stage.does(
            me,
            Command::Confirm {
                report: ReportId {
                    obligation: first,
                    nth: 0,
                },
                amount: None,
            },
        );
        stage.does(*friend, help(20));
        stage.link(me, me);
        stage.link(*friend, me);
    }
    let scene = stage.scene(me);
    for tab in [Tab::Mine, Tab::ForMe, Tab::ToConfirm, Tab::Fulfilled] {
        paged(&scene, &Route::Records { tab, page }, MANY);
    }
    paged(&scene, &Route::Give { page }, MANY);
    paged(&scene, &Route::Circle { appeal: mine, page }, MANY);
    let relation = Relation::Referrals;
    paged(&scene, &Route::Relation { relation, page }, MANY);
    let relation = Relation::SupportMe;
    paged(&scene, &Route::Relation { relation, page }, MANY);
    let query = "Member".to_owned();
    paged(&scene, &Route::Search { query, page }, MANY);
    // One link by which they came, one each of mine and of theirs.
    paged(&scene, &Route::Invite { page }, 3 * MANY);

    for friend in &friends {
        stage.does(me, Command::Block { member: *friend });
    }
    paged(&stage.scene(me), &Route::Blocked { page }, MANY);

    let mut stage = Stage::new();
    let me = stage.person("Me");
    for n in 0..MANY {
        let friend = stage.friend(&format!("Member {n}"), me);
        stage.asks(friend, 100, "Rent");
    }
    paged(
        &stage.scene(me),
        &Route::Spread {
            amount: 210_000,
            page,
        },
        MANY,
    );
}

/// More than fits is counted where a list is only a part of a screen.
#[test]
fn u6_a_card_shows_some_of_what_is_between_two() {
    let mut stage = Stage::new();
    let anna = stage.person("Anna");
    let appeal = stage.asks(anna, 300, "Rent");
    let bo = stage.friend("Bo", anna);
    for _ in 0..11 {
        stage.does(
            bo,
            Command::RecordGiven {
                appeal,
                amount: euro(5),
                form: Form::Time,
                note: None,
            },
        );
    }
    let scene = stage.scene(bo);
    let screen = stage::english(&scene, Some(build(&scene, &Route::Card { member: anna })));
    assert_eq!(screen.matches("You promised €5").count(), 8, "{screen}");
    assert!(screen.contains("\nAnd 3 more.\n"), "{screen}");
}

/// The summary of a month long gone, and one to come, are quiet and no fault.
#[test]
fn any_month_can_be_asked_for() {
    let stage = Stage::new();
    for year in [1970, 2026, 9999] {
        let period = Period::of(exodus_core::Date::constant(year, 1, 1));
        let screen: Screen = build(&stage.scene(MemberId(1)), &Route::Summary { period });
        shown(&screen);
    }
}
