//! Crashes at every await: whatever is cut off, and however often, what comes of it is what comes of it undisturbed.
//!
//! One life of three people, which goes through every kind of deed, the scheduler and the delivery, is lived once
//! undisturbed. Then again for n = 0, 1, 2 …: each step is cut off after n polls and given again, as a chat gives an
//! update again that was not acknowledged. The journal, the outbox and what people say of themselves must be the same.

use std::{collections::BTreeMap, sync::Arc};

use exodus_app::{Outbound, Reply, Update};
use exodus_tests::{
    Backend, Cut, Moment, Place, Post,
    crash::Process,
    place::berlin,
    world::{FRONT, account, code_in, place_of, text},
};
use exodus_ui::Said;

/// How a step is disturbed.
#[derive(Clone, Copy, Debug)]
struct Disturbance {
    /// It is cut off after so many polls …
    polls: usize,
    /// … at this moment of the last one.
    moment: Moment,
    /// The whole process dies with it, or only what was under way.
    kills: bool,
}

/// A life under way.
struct Life {
    place: Arc<Place>,
    process: Option<Process>,
    processes: u64,
    disturbance: Option<Disturbance>,
    /// Steps that were cut off.
    cut: usize,
    post: Arc<Post>,
    fronts: Vec<Arc<dyn Outbound>>,
    shown: BTreeMap<String, Reply>,
    updates: u64,
}

impl Life {
    fn of(backend: Backend, disturbance: Option<Disturbance>) -> Self {
        let place = Place::new(backend);
        let post: Arc<Post> = Arc::default();
        let fronts: Vec<Arc<dyn Outbound>> = vec![Arc::<Post>::clone(&post)];
        let process = Some(Process::start(&place, 1));
        let shown = BTreeMap::new();
        Self {
            place,
            process,
            processes: 1,
            disturbance,
            cut: 0,
            post,
            fronts,
            shown,
            updates: 0,
        }
    }

    fn process(&self) -> &Process {
        self.process.as_ref().expect("alive")
    }

    /// Begins something and cuts it off, if that is what happens here. `None`: it was cut off.
    fn begin<'a, F: Future + 'a>(&mut self, what: impl FnOnce(exodus_app::App) -> F) -> Option<F::Output> {
        let app = self.process().app.clone();
        let Some(Disturbance { polls, moment, kills }) = self.disturbance else {
            return Some(self.process().run(what(app)));
        };
        let outcome = self.process().run(Cut::new(what(app), polls, moment));
        if outcome.is_none() {
            self.cut += 1;
            if kills {
                self.process.take().expect("alive").kill();
                self.processes += 1;
                self.process = Some(Process::start(&self.place, self.processes));
            }
        }
        outcome
    }

    /// An update comes, and comes again until it is answered; then once more, as chats do.
    fn update(&mut self, who: &str, said: Said, menu: Option<u128>) -> String {
        self.updates += 1;
        let update = Update {
            key: self.updates.to_string(),
            account: account(who),
            name: who.to_owned(),
            language: Some("en".to_owned()),
            said,
            menu,
        };
        let given = update.clone();
        let begun = self.begin(|app| async move { app.handle(&given, &FRONT).await });
        let app = self.process().app.clone();
        let reply = match begun {
            Some(reply) => reply.expect("no trouble"),
            None if self.updates.is_multiple_of(2) => {
                // What a start does first: it works off what waits.
                self.process().run(app.resume(&FRONT)).expect("no trouble");
                self.process()
                    .run(app.handle(&update, &FRONT))
                    .expect("no trouble")
            }
            None => self
                .process()
                .run(app.handle(&update, &FRONT))
                .expect("no trouble"),
        };
        let before = self
            .process()
            .run(app.store().stats())
            .expect("no trouble")
            .entries;
        let again = self
            .process()
            .run(app.handle(&update, &FRONT))
            .expect("no trouble");
        let after = self
            .process()
            .run(app.store().stats())
            .expect("no trouble")
            .entries;
        assert_eq!(before, after, "the same update again had an effect: {update:?}");
        // The reader of a chat sees both; the later one is on top.
        self.shown.insert(who.to_owned(), again);
        text(&reply)
    }

    fn say(&mut self, who: &str, what: &str) -> String {
        self.update(who, Said::Text(what.to_owned()), None)
    }

    fn press(&mut self, who: &str, label: &str) -> String {
        let shown = &self.shown[who];
        let place =
            place_of(shown, label).unwrap_or_else(|| panic!("no {label:?} for {who} in:\n{}", text(shown)));
        let menu = shown.menu;
        self.update(who, Said::Choice(place), Some(menu))
    }

    /// Somebody opens the first of their records.
    fn mine(&mut self, who: &str) {
        self.say(who, "/organizer");
        self.press(who, "#1");
        self.press(who, "#1");
    }

    /// The newest notice to somebody is answered by its button.
    fn press_notice(&mut self, who: &str, label: &str) -> String {
        let sent = self.post.sent();
        let notice = sent
            .iter()
            .rev()
            .find(|sent| sent.to == who && place_of(&sent.reply, label).is_some());
        let notice = notice.unwrap_or_else(|| {
            let got: Vec<&String> = sent
                .iter()
                .rev()
                .filter(|sent| sent.to == who)
                .map(|sent| &sent.text)
                .collect();
            panic!("{who} got no notice with {label:?}, but {got:#?}")
        });
        let (place, menu) = (place_of(&notice.reply, label).expect("found"), notice.reply.menu);
        self.update(who, Said::Choice(place), Some(menu))
    }

    /// Time goes on; what is due is done and what is to be told is told, each cut off first.
    fn later(&mut self, hours: u32) {
        let to = self.place.clock_now().plus_hours(hours);
        loop {
            self.begin(|app| async move { app.tick(100).await.map(drop) });
            let app = self.process().app.clone();
            while self.process().run(app.tick(100)).expect("no trouble") > 0 {}
            let fronts = self.fronts.clone();
            self.begin(|app| async move { app.deliver("one", &fronts).await.map(drop) });
            // What was taken and not sent comes back after a minute.
            self.place.clock.advance(61);
            let app = self.process().app.clone();
            while self
                .process()
                .run(app.deliver("two", &self.fronts))
                .expect("no trouble")
                > 0
            {}
            let now = self.place.clock_now();
            if now >= to {
                return;
            }
            let due = self.process().run(app.store().next_due_at()).expect("no trouble");
            let letter = self
                .process()
                .run(app.store().next_letter_at())
                .expect("no trouble");
            let next = [due, letter].into_iter().flatten().filter(|at| *at > now).min();
            self.place.clock.set(next.filter(|next| *next < to).unwrap_or(to));
        }
    }

    /// Everything that must be the same, however often it was disturbed.
    fn remains(&self) -> Remains {
        self.process().run(async {
            let store = self.process().app.store();
            let report = store.verify(|_, _| ()).await.expect("no trouble");
            assert!(report.ok(), "{:?}: {:#?}", self.disturbance, report.differences);
            let mut journal = Vec::new();
            for row in self
                .place
                .rows("SELECT kind, body, at FROM journal ORDER BY seq")
                .await
            {
                let (kind, body, at): (String, String, i64) = (
                    row.try_get("", "kind").unwrap(),
                    row.try_get("", "body").unwrap(),
                    row.try_get("", "at").unwrap(),
                );
                journal.push(format!("{at} {kind} {}", without_notes(&body)));
            }
            let mut outbox = Vec::new();
            let letters =
                "SELECT cause, recipient, category, status FROM outbox ORDER BY cause, recipient, category";
            for row in self.place.rows(letters).await {
                let (cause, recipient, category, status): (i64, i64, String, i64) = (
                    row.try_get("", "cause").unwrap(),
                    row.try_get("", "recipient").unwrap(),
                    row.try_get("", "category").unwrap(),
                    row.try_get("", "status").unwrap(),
                );
                outbox.push(format!("{cause} to {recipient}: {category} {status}"));
            }
            let mut people = Vec::new();
            for who in ["anna", "boris", "clara"] {
                if let Some(account) = store.account(&account(who)).await.expect("no trouble") {
                    people.push(store.person(account.member).await.expect("no trouble"));
                }
            }
            let notes = self.place.number("SELECT count(*) FROM note").await;
            let waiting = self
                .place
                .number("SELECT count(*) FROM inbox WHERE state = 0")
                .await;
            assert_eq!(waiting, 0, "an update waits for ever");
            // A letter may go out twice, never two for one.
            let mut sent: Vec<_> = self
                .post
                .sent()
                .into_iter()
                .map(|sent| (sent.letter, sent.to))
                .collect();
            sent.sort();
            sent.dedup();
            let sent = sent.len();
            Remains {
                journal,
                outbox,
                people,
                notes,
                sent,
            }
        })
    }
}

/// What remains of a life.
#[derive(Debug, PartialEq)]
struct Remains {
    journal: Vec<String>,
    outbox: Vec<String>,
    people: Vec<Option<exodus_store::Person>>,
    notes: i64,
    sent: usize,
}

/// A fact without the names of texts, which are drawn at random each time.
fn without_notes(body: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(body).expect("JSON");
    forget(&mut value);
    value.to_string()
}

fn forget(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                if matches!(name.as_str(), "note" | "purpose" | "reason" | "talk") && field.is_string() {
                    *field = "…".into();
                } else {
                    forget(field);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

/// A life that goes through every kind of deed.
fn live(life: &mut Life) {
    // Profile, appeal, invitations.
    life.update("anna", Said::Start(None), None);
    life.say("anna", "/profile");
    life.press("anna", "About");
    life.say("anna", "A teacher, https://anna.example");
    life.say("anna", "need 300 monthly rent");
    life.press("anna", "Yes");
    life.say("anna", "/invite");
    life.press("anna", "New link to me");
    // Where one is after a crash is where one was: the link is found again in its list.
    life.say("anna", "/invite");
    let code = code_in(&life.press("anna", "#1")).expect("a code");
    life.press("anna", "QR");
    life.update("boris", Said::Start(Some(code.clone())), None);
    life.update("clara", Said::Start(Some(code)), None);
    life.later(1);
    // Intentions: recorded, changed, taken back, given another value, spread.
    life.say("boris", "give 50 to anna for rent");
    life.mine("boris");
    life.press("boris", "Change the amount");
    life.say("boris", "60");
    life.say("clara", "give 30 to anna");
    life.mine("clara");
    life.press("clara", "Take it back");
    life.say("clara", "/give 20");
    life.press("clara", "Record");
    life.later(1);
    life.press_notice("anna", "Ask to make it binding");
    life.later(1);
    // Obligations: in part, reported, refused, reported, confirmed, opened again, confirmed; released.
    life.mine("boris");
    life.press("boris", "A part of it");
    life.say("boris", "40");
    life.press("boris", "Yes");
    life.say("boris", "paid anna 25");
    life.later(1);
    life.press_notice("anna", "Not received");
    if place_of(&life.shown["anna"], "Yes").is_some() {
        life.press("anna", "Yes");
    }
    life.say("boris", "paid anna 25");
    life.say("anna", "got 25 from boris");
    life.mine("anna");
    life.press("anna", "Confirmed by mistake");
    life.say("anna", "It was another gift");
    life.later(1);
    life.say("boris", "paid anna 25");
    life.say("anna", "got 25 from boris");
    life.mine("anna");
    life.press("anna", "Ask to carry it out now");
    life.later(1);
    life.mine("anna");
    life.press("anna", "Release");
    life.press("anna", "Yes");
    life.say("clara", "/give anna");
    life.press("clara", "I know this to be true");
    life.say("clara", "We are neighbours");
    life.later(24);
    // A direct agreement, an emergency that succeeds.
    life.say("clara", "/give boris");
    life.say("clara", "/give anna");
    life.press("clara", "I did something for them");
    life.say("clara", "15");
    life.press("clara", "A service");
    life.press("clara", "Skip");
    life.later(1);
    life.press_notice("anna", "Accept");
    life.say("anna", "emergency 80 in 5 days the roof");
    life.press("anna", "Skip");
    life.press("anna", "Yes");
    life.later(1);
    life.say("boris", "promise anna 50");
    life.press("boris", "Yes");
    life.say("clara", "promise anna 60");
    life.press("clara", "Yes");
    life.say("clara", "paid anna");
    life.say("anna", "got from clara");
    life.say("boris", "paid anna 20");
    life.say("anna", "got from boris");
    life.later(1);
    // The month ends.
    life.place.clock.set(berlin(2026, 11, 29, 8));
    life.later(72);
    // Export, language, block, and leaving.
    life.say("clara", "/export");
    life.press("clara", "CSV");
    life.say("clara", "/language ru");
    life.say("clara", "/language en");
    life.say("clara", "/give anna");
    life.press("clara", "Block");
    life.say("anna", "/leave");
    life.press("anna", "Leave");
    life.say("anna", "LEAVE");
    life.later(1);
}

fn lived(backend: Backend, disturbance: Option<Disturbance>) -> (Remains, usize) {
    let mut life = Life::of(backend, disturbance);
    live(&mut life);
    let remains = life.remains();
    (remains, life.cut)
}

/// Every step of a life cut off after every number of polls, until none is cut off any more.
fn every_poll(backend: Backend, moment: Moment, kills: bool, polls: impl Iterator<Item = usize>) {
    let (undisturbed, _) = lived(backend, None);
    assert!(undisturbed.journal.len() > 40, "{undisturbed:#?}");
    for polls in polls {
        let disturbance = Disturbance { polls, moment, kills };
        let (disturbed, cut) = lived(backend, Some(disturbance));
        for (was, is) in undisturbed.journal.iter().zip(&disturbed.journal) {
            assert_eq!(was, is, "{disturbance:?}");
        }
        assert_eq!(undisturbed, disturbed, "{disturbance:?}");
        if cut == 0 {
            return;
        }
    }
}

/// All of them where there is time for it (`tests/run --seeds 10`), else some.
fn some(some: &[usize]) -> Vec<usize> {
    let all = std::env::var("EXODUS_SIM_SEEDS")
        .is_ok_and(|seeds| seeds.parse::<u32>().is_ok_and(|seeds| seeds >= 10));
    if all { (0..1000).collect() } else { some.to_vec() }
}

#[test]
fn invariant_6_cut_off_anywhere_on_sqlite() {
    every_poll(
        Backend::Sqlite,
        Moment::Asked,
        false,
        some(&[1, 5, 10, 17, 30]).into_iter(),
    );
}

#[test]
fn invariant_6_cut_off_anywhere_on_postgres() {
    every_poll(
        Backend::Postgres,
        Moment::Answered,
        false,
        some(&[2, 7, 13, 22]).into_iter(),
    );
}

#[test]
fn o6_killed_anywhere_on_sqlite() {
    every_poll(Backend::Sqlite, Moment::Asked, true, [4, 9, 16].into_iter());
}

#[test]
fn o6_killed_anywhere_on_postgres() {
    every_poll(Backend::Postgres, Moment::Answered, true, [6, 13].into_iter());
}
