//! What people of the simulation do.

use exodus_app::Update;
use exodus_core::{Ledger, MemberId};
use exodus_tests::{
    deeds::{Deed, registration, work},
    place::berlin,
    world::account,
};
use exodus_ui::Said;
use rand::{
    Rng,
    seq::{IndexedRandom, SliceRandom},
};

use super::{Simulation, Task};

/// Of so many people one never says that they performed, and one never answers who says so: some promises are not kept
/// for months, some reports are settled by silence.
const PEOPLE_PER_HABIT: u64 = 9;
/// Kinds of deeds that are seen to on one day.
const AT_ONCE: usize = 5;

impl Simulation {
    /// So many people, each invited by one who is there already, all in one go per generation.
    pub(super) fn settle_in(&mut self, members: usize) {
        while self.people.len() < members {
            let generation = (self.people.len().max(1)).min(members - self.people.len());
            let ledger = self.load();
            let mut works = Vec::new();
            for nth in 0..generation {
                let number = self.people.len() + nth;
                let inviting = self.people.choose(&mut self.dice).copied();
                let via = inviting.and_then(|member| ledger.links_made_by(member).map(|link| link.id).next());
                let language = if number.is_multiple_of(2) { "ru" } else { "en" };
                let (id, name) = (self.id(), format!("p{number:04}"));
                works.push(Task::Work("register", registration(id, &name, language, via)));
            }
            self.round(works);
            let ledger = self.load();
            let new: Vec<MemberId> = ledger
                .members()
                .map(|member| member.id)
                .filter(|id| !self.people.contains(id))
                .collect();
            let works = new.iter().map(|member| {
                let link = exodus_core::Command::MakeLink {
                    about: *member,
                    max_uses: None,
                    expires: None,
                };
                Task::Work("invite", work(self.id(), *member, link))
            });
            let works = works.collect();
            self.round(works);
            self.people.extend(new);
        }
    }

    /// So many months, in which so much is begun on a day.
    pub(super) fn live(&mut self, months: u32, daily: usize) {
        let (begin, end) = (
            self.place.clock_now(),
            berlin(2026, 11, 2, 9).plus_days(months * 31),
        );
        while self.place.clock_now() < end {
            let ledger = self.load();
            self.people = ledger
                .members()
                .filter(|row| row.is_here())
                .map(|row| row.id)
                .collect();
            let mut tasks = Vec::new();
            for _ in 0..daily {
                if self.chance(80) {
                    tasks.extend(self.draw(&ledger));
                } else {
                    tasks.push(Task::Update(self.speak()));
                }
            }
            if !self.past.is_empty() && self.chance(30) {
                let old = self.past.choose(&mut self.dice).expect("there is one").clone();
                self.repeat(&old);
            }
            self.round(tasks);
            if self.place.clock_now() > begin.plus_days(40) {
                // Twice on one day: some of it can only be done soon after what comes before it.
                self.what_did_not_come_by_itself();
                self.what_did_not_come_by_itself();
            }
            self.pass();
        }
    }

    /// What somebody does with the records there are; some of it makes no sense.
    fn draw(&mut self, ledger: &Ledger) -> Option<Task> {
        let (deed, now) = (Deed::drawn(&mut self.dice), self.place.clock_now());
        // Most people cannot do most things: a few are asked.
        let (me, command) = (0..6).find_map(|_| {
            let me = *self.people.choose(&mut self.dice)?;
            let asked = wants(me, deed.name).then(|| deed.tried(ledger, now, me, &mut self.dice));
            Some((me, asked??))
        })?;
        Some(Task::Work(deed.name, work(self.id(), me, command)))
    }

    /// Kinds of deeds that did not take effect so far: whoever can do one of them does it, or what comes before it.
    fn what_did_not_come_by_itself(&mut self) {
        let missing: Vec<&'static Deed> = self.tally.missing().collect();
        if missing.is_empty() {
            return;
        }
        let (ledger, now) = (self.load(), self.place.clock_now());
        let mut tasks = Vec::new();
        for deed in missing {
            if let Some((deed, me, command)) = deed.led_to(&ledger, now, &mut self.dice) {
                tasks.push(Task::Work(deed.name, work(self.id(), me, command)));
            }
        }
        tasks.shuffle(&mut self.dice);
        tasks.truncate(AT_ONCE);
        self.round(tasks);
    }

    /// What somebody says in their chat.
    fn speak(&mut self) -> Update {
        let (who, other) = (self.somebody(), self.somebody());
        let choices = self
            .shown
            .get(&who)
            .map(|reply| (reply.menu, reply.arranged.menu.acts.len()));
        let (said, menu) = match (self.dice.random_range(0..12), choices) {
            (0..=4, Some((menu, count))) if count > 0 => (
                Said::Choice(self.dice.random_range(0..u32::try_from(count).unwrap())),
                Some(menu),
            ),
            (5, _) => (
                Said::Text(format!("give {} to {other}", self.dice.random_range(1..100))),
                None,
            ),
            (6, _) => (Said::Text(format!("paid {other}")), None),
            (7, _) => (Said::Text(format!("got from {other}")), None),
            (8, _) => (Said::Text("/organizer".to_owned()), None),
            (9, _) => (Said::Text("need 50 monthly".to_owned()), None),
            _ => (Said::Start(None), None),
        };
        self.updates += 1;
        Update {
            key: self.updates.to_string(),
            account: account(&who),
            name: who,
            language: Some("en".to_owned()),
            said,
            menu,
        }
    }

    /// Somebody of those who settled in, rarely somebody new.
    fn somebody(&mut self) -> String {
        if self.chance(4) {
            self.newcomers += 1;
            return format!("new {}", self.newcomers);
        }
        format!("p{:04}", self.dice.random_range(0..self.people.len()))
    }
}

/// Whether such a deed is somebody's habit.
fn wants(me: MemberId, deed: &str) -> bool {
    let performs = me.0 % PEOPLE_PER_HABIT != 4;
    let answers = me.0 % PEOPLE_PER_HABIT != 7;
    match deed {
        "report" | "report a part" | "perform at once" => performs,
        "confirm" | "confirm a part" | "say that it did not arrive" | "release" => answers,
        _ => true,
    }
}
