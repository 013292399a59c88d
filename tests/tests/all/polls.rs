//! Each public operation that writes, cut off after n = 0, 1, 2 … polls until it is not cut off any more, each time on
//! something new; then given again. Its effect is there exactly once.

use std::sync::Arc;

use exodus_app::Update;
use exodus_tests::{
    Backend, Cut, Moment, Place, World,
    place::{berlin, run},
    world::{FRONT, text},
};
use exodus_ui::Said;

/// An update that is cut off after so many polls, then comes again, twice. Whether it was cut off.
async fn cut(world: &mut World, update: &Update, polls: usize, moment: Moment) -> bool {
    let app = world.app.clone();
    let cut = Cut::new(app.handle(update, &FRONT), polls, moment)
        .await
        .is_none();
    if polls % 3 == 2 {
        app.resume(&FRONT).await.expect("no trouble");
    }
    world.handle(update).await;
    world.handle(update).await;
    cut
}

fn saying(world: &mut World, who: &str, what: &str) -> Update {
    world.update(who, Said::Text(what.to_owned()), None)
}

/// Anna asks; Boris has an intention and owes her a lot.
async fn little_network(place: &Arc<Place>) -> World {
    let mut world = World::open(place, 1).await;
    world.say("anna", "/start").await;
    world.say("anna", "need 900000 monthly rent").await;
    world.press("anna", "Yes").await;
    world.invite("anna", "boris").await;
    world.say("boris", "give 500000 to anna").await;
    world.press("boris", "A part of it").await;
    world.say("boris", "400000").await;
    world.press("boris", "Yes").await;
    world
}

async fn count(world: &World, kind: &str) -> i64 {
    world
        .place
        .number(&format!("SELECT count(*) FROM journal WHERE kind = '{kind}'"))
        .await
}

async fn sound(world: &World) {
    let report = world.app.store().verify(|_, _| ()).await.expect("no trouble");
    assert!(report.ok(), "{:#?}", report.differences);
    assert_eq!(
        world
            .place
            .number("SELECT count(*) FROM inbox WHERE state = 0")
            .await,
        0
    );
}

async fn handle_at_every_poll(place: Arc<Place>, moment: Moment) {
    let mut world = little_network(&place).await;
    let kinds = [
        "register", "change", "report", "confirm", "link", "profile", "ask",
    ];
    for kind in kinds {
        for n in 0_usize.. {
            assert!(n < 500, "{kind} never ends");
            let fact = match kind {
                "register" => "registered",
                "change" => "intention_changed",
                "report" => "performance_reported",
                "confirm" => "performance_answered",
                "link" => "link_made",
                _ => "",
            };
            let update = match kind {
                "register" => world.update(&format!("newcomer {n}"), Said::Start(None), None),
                "change" => saying(&mut world, "boris", &format!("give {} to anna", 1000 + n)),
                "report" => saying(&mut world, "boris", "paid anna 1"),
                "confirm" => {
                    world.say("boris", "paid anna 1").await;
                    saying(&mut world, "anna", "got 1 from boris")
                }
                "link" => {
                    world.say("boris", "/invite").await;
                    world.pressing("boris", "New link to me")
                }
                "profile" => {
                    world.say("anna", "/profile").await;
                    world.press("anna", "Name").await;
                    saying(&mut world, "anna", &format!("Anna {n}"))
                }
                _ => saying(&mut world, "boris", "need 50 monthly"),
            };
            let before = count(&world, fact).await;
            let was_cut = cut(&mut world, &update, n, moment).await;
            assert_eq!(
                count(&world, fact).await - before,
                i64::from(!fact.is_empty()),
                "{kind} cut off at {n}"
            );
            match kind {
                "report" => {
                    world.say("anna", "got 1 from boris").await;
                }
                "link" => {
                    world.say("boris", "/invite").await;
                    world.press("boris", "#1").await;
                    world.press("boris", "Close the link").await;
                    if exodus_tests::world::place_of(world.shown("boris").unwrap(), "Yes").is_some() {
                        world.press("boris", "Yes").await;
                    }
                }
                "profile" => {
                    let anna = world.member("anna").await;
                    let person = world
                        .app
                        .store()
                        .person(anna)
                        .await
                        .expect("no trouble")
                        .expect("a person");
                    assert_eq!(person.name, format!("Anna {n}"));
                    world.say("anna", "name anna").await;
                }
                "ask" => {
                    let shown = text(world.shown("boris").expect("shown"));
                    assert!(
                        shown.starts_with("€50 every month"),
                        "the question must be asked once, not answered, cut off at {n}:\n{shown}"
                    );
                    world.say("boris", "/cancel").await;
                }
                _ => {}
            }
            if !was_cut {
                break;
            }
        }
    }
    sound(&world).await;
}

#[test]
fn invariant_6_handle_at_every_poll_on_sqlite() {
    run(Backend::Sqlite, |place| {
        handle_at_every_poll(place, Moment::Asked)
    });
}

#[test]
fn invariant_6_handle_at_every_poll_on_postgres() {
    run(Backend::Postgres, |place| {
        handle_at_every_poll(place, Moment::Answered)
    });
}

/// Every month end is cut off at another poll; each month closes once for each member.
async fn tick_at_every_poll(place: Arc<Place>) {
    let world = little_network(&place).await;
    let mut month = 0_i64;
    for n in 0_usize.. {
        month += 1;
        let (year, of_year) = (
            2026 + i16::try_from((10 + month) / 12).unwrap(),
            i8::try_from((10 + month) % 12 + 1).unwrap(),
        );
        let moment = if n % 2 == 0 {
            Moment::Asked
        } else {
            Moment::Answered
        };
        place.clock.set(berlin(year, of_year, 1, 0));
        let cut = Cut::new(world.app.tick(100), n, moment).await.is_none();
        while world.app.tick(100).await.expect("no trouble") > 0 {}
        assert_eq!(count(&world, "month_closed").await, 2 * month, "cut off at {n}");
        if !cut {
            break;
        }
    }
    let twice = "SELECT count(*) FROM (SELECT member, body FROM journal WHERE kind IN ('month_closed', 'month_summarised', \
                 'obligation_overdue', 'month_nudged') GROUP BY member, body HAVING count(*) > 1) AS twice";
    assert_eq!(place.number(twice).await, 0, "a month's step was done twice");
    sound(&world).await;
}

#[test]
fn c3_tick_at_every_poll_on_sqlite() {
    run(Backend::Sqlite, tick_at_every_poll);
}

#[test]
fn c3_tick_at_every_poll_on_postgres() {
    run(Backend::Postgres, tick_at_every_poll);
}

/// A delivery is cut off at every poll: each letter goes out, in order, and is settled.
async fn deliver_at_every_poll(place: Arc<Place>) {
    let mut world = little_network(&place).await;
    world.settle().await;
    for n in 0_usize.. {
        let moment = if n % 2 == 0 {
            Moment::Asked
        } else {
            Moment::Answered
        };
        world.say("boris", "paid anna 1").await;
        world.say("anna", "got 1 from boris").await;
        world.say("boris", &format!("give {} to anna", 1000 + n)).await;
        world.post.empty();
        let cut = Cut::new(world.app.deliver("first", world.fronts()), n, moment)
            .await
            .is_none();
        place.clock.advance(61);
        world.settle().await;
        let sent = world.post.empty();
        for who in ["anna", "boris"] {
            let mut letters: Vec<u64> = sent
                .iter()
                .filter(|sent| sent.to == who)
                .map(|sent| sent.letter)
                .collect();
            letters.dedup();
            assert!(
                letters.is_sorted_by(|one, next| one < next),
                "out of order for {who}, cut off at {n}: {letters:?}"
            );
        }
        assert_eq!(
            place.number("SELECT count(*) FROM outbox WHERE status < 2").await,
            0,
            "cut off at {n}"
        );
        if !cut {
            break;
        }
    }
}

#[test]
fn u9_deliver_at_every_poll_on_sqlite() {
    run(Backend::Sqlite, deliver_at_every_poll);
}

#[test]
fn u9_deliver_at_every_poll_on_postgres() {
    run(Backend::Postgres, deliver_at_every_poll);
}
