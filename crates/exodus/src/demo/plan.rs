//! What is to happen on which day: known from the beginning, or from the day on which a promise is made.

use std::collections::BTreeMap;

use exodus_core::Date;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

use super::{
    people::{CARPENTER, COURIER, Habit, LEAVER, NURSE, PENSIONER, PEOPLE, TEACHER},
    village::{Who, somebody},
};

/// The same story every time.
const SEED: u64 = 1;
/// The day it begins on.
pub(super) const BEGINNING: Date = on(9, 1);
/// The day it ends on.
pub(super) const END: Date = on(11, 27);

/// What somebody does on a day.
#[derive(Clone, Debug)]
pub(super) enum Deeds {
    /// Comes, by the invitation of somebody who asks.
    Come { who: Who, by: Option<Who> },
    /// Says what they are, offers and how help reaches them.
    Introduce { who: Who },
    /// Asks for monthly support, and makes an invitation.
    Ask { who: Who },
    /// Follows an invitation to somebody.
    Follow { who: Who, to: Who },
    /// Promises somebody an amount, in whole units.
    Promise { who: Who, to: Who, amount: u64 },
    /// Makes an intention binding.
    Bind { who: Who, to: Who },
    /// Keeps what they promised and says so.
    Keep { who: Who, to: Who },
    /// Says that it arrived.
    Confirm { who: Who, from: Who },
    /// Calls an emergency.
    Alarm {
        who: Who,
        amount: u64,
        last: Date,
        reason: &'static str,
    },
    /// Leaves.
    Leave { who: Who },
}

/// Days and what happens on them.
pub(super) struct Plan {
    days: BTreeMap<Date, Vec<Deeds>>,
    random: StdRng,
}

impl Plan {
    /// Everything that is known from the beginning.
    pub(super) fn new() -> Self {
        let mut plan = Self {
            days: BTreeMap::new(),
            random: StdRng::seed_from_u64(SEED),
        };
        plan.everybody();
        plan
    }

    /// What happens on a day.
    pub(super) fn on(&mut self, day: Date) -> Vec<Deeds> {
        self.days.remove(&day).unwrap_or_default()
    }

    fn everybody(&mut self) {
        let asking: Vec<Who> = (0..PEOPLE.len())
            .filter(|who| somebody(*who).asks.is_some())
            .collect();
        for (nth, who) in asking.iter().enumerate() {
            // The first three know each other; the others come by one of them.
            let by = if nth < 3 {
                None
            } else {
                asking.get(nth % 3).copied()
            };
            let day = after(on(9, 1), nth / 2);
            self.at(day, Deeds::Come { who: *who, by });
            self.at(day, Deeds::Introduce { who: *who });
            self.at(day, Deeds::Ask { who: *who });
        }
        for who in (0..PEOPLE.len()).filter(|who| somebody(*who).asks.is_none()) {
            let helped = self.some(&asking, who);
            let come = after(on(9, 5), self.random_below(9));
            self.at(
                come,
                Deeds::Come {
                    who,
                    by: helped.first().copied(),
                },
            );
            self.at(come, Deeds::Introduce { who });
            for to in helped.iter().copied() {
                let day = after(come, self.random_below(5));
                let amount = self.amount();
                self.help(day, who, to, amount);
            }
        }
        // Who asks gives too.
        for (nth, who) in asking.iter().copied().enumerate() {
            if let Some(to) = asking
                .get((nth + 1) % asking.len())
                .copied()
                .filter(|to| *to != who)
            {
                self.help(after(on(9, 8), nth), who, to, 10);
            }
        }
        self.emergencies(&asking);
        self.at(on(11, 12), Deeds::Leave { who: named(LEAVER) });
        self.unfinished();
    }

    /// What is left for whoever looks in at the end: an emergency that runs, and something of the teacher's to do.
    fn unfinished(&mut self) {
        let (teacher, nurse) = (named(TEACHER), named(NURSE));
        self.at(
            on(11, 24),
            Deeds::Alarm {
                who: nurse,
                amount: 900,
                last: on(12, 12),
                reason: "My mother's flat burned out in the night. She is safe, and has nothing left.",
            },
        );
        let helpers = [("Mia Schneider", 120), ("Ольга Смирнова", 80)];
        for (nth, (name, amount)) in helpers.into_iter().enumerate() {
            let (who, day) = (named(name), after(on(11, 24), nth));
            self.at(day, Deeds::Follow { who, to: nurse });
            self.at(
                day,
                Deeds::Promise {
                    who,
                    to: nurse,
                    amount,
                },
            );
        }
        self.at(
            on(11, 25),
            Deeds::Keep {
                who: named("Mia Schneider"),
                to: nurse,
            },
        );
        self.at(
            on(11, 26),
            Deeds::Follow {
                who: teacher,
                to: nurse,
            },
        );
        let (father, potter) = (named("Samuel Mensah"), named("Hugo Laurent"));
        for (to, amount) in [(father, 30), (potter, 25)] {
            self.at(on(11, 24), Deeds::Follow { who: teacher, to });
            self.at(
                on(11, 24),
                Deeds::Promise {
                    who: teacher,
                    to,
                    amount,
                },
            );
        }
        self.at(
            on(11, 26),
            Deeds::Bind {
                who: teacher,
                to: father,
            },
        );
    }

    fn emergencies(&mut self, asking: &[Who]) {
        let (carpenter, pensioner) = (named(CARPENTER), named(PENSIONER));
        // The carpenter's helpers know him from helping the same people; those who do not, ask and are sent his link.
        self.at(
            on(10, 6),
            Deeds::Alarm {
                who: carpenter,
                amount: 600,
                last: on(10, 24),
                reason: "A saw, two fingers, six weeks without work. The operation went well.",
            },
        );
        self.at(
            on(11, 3),
            Deeds::Alarm {
                who: pensioner,
                amount: 2_400,
                last: on(11, 22),
                reason: "Буря сняла половину крыши. До снега нужно перекрыть.",
            },
        );
        for (red, day, amounts) in [
            (carpenter, on(10, 7), &[100, 80, 120, 100, 60, 80, 100, 60][..]),
            (pensioner, on(11, 4), &[150, 100, 200, 120][..]),
        ] {
            let mut able: Vec<Who> = (0..PEOPLE.len())
                .filter(|who| *who != red && !asking.contains(who) && somebody(*who).habit == Habit::Steady)
                .filter(|who| ![named(LEAVER), carpenter].contains(who))
                .collect();
            for (nth, amount) in amounts.iter().enumerate() {
                let Some(who) = able.choose(&mut self.random).copied() else {
                    break;
                };
                able.retain(|other| *other != who);
                let promised = after(day, nth / 2);
                self.at(promised, Deeds::Follow { who, to: red });
                self.at(
                    promised,
                    Deeds::Promise {
                        who,
                        to: red,
                        amount: *amount,
                    },
                );
                let kept = after(promised, 2 + nth / 2);
                self.at(kept, Deeds::Keep { who, to: red });
                self.at(after(kept, 1), Deeds::Confirm { who: red, from: who });
            }
        }
    }

    /// Two or three of those who ask, the carpenter's and the teacher's among them always the same.
    fn some(&mut self, asking: &[Who], who: Who) -> Vec<Who> {
        let fixed: &[&str] = match somebody(who).name {
            TEACHER => &["Maria Lopez", "Sofia Rossi", PENSIONER],
            CARPENTER => &["Maria Lopez", "Helen Murphy"],
            COURIER => &["Samuel Mensah", "Hugo Laurent"],
            _ => &[],
        };
        if fixed.is_empty() {
            let count = self.random.random_range(2..=3);
            asking.choose_multiple(&mut self.random, count).copied().collect()
        } else {
            fixed.iter().map(|name| named(name)).collect()
        }
    }

    /// Follows an invitation and promises, then as people do.
    fn help(&mut self, day: Date, who: Who, to: Who, amount: u64) {
        self.at(day, Deeds::Follow { who, to });
        self.at(day, Deeds::Promise { who, to, amount });
        self.keep_it(day, who, to);
    }

    /// What becomes of a promise in its month, by its author's habit.
    pub(super) fn keep_it(&mut self, promised: Date, who: Who, to: Who) {
        let bound = after(promised, 2 + self.random_below(6));
        let kept = after(bound, 1 + self.random_below(5));
        match somebody(who).habit {
            Habit::Steady if self.random.random_ratio(1, 8) => return,
            Habit::Steady => self.at(kept, Deeds::Keep { who, to }),
            Habit::Late => {
                let next_month = kept.last_of_month().tomorrow().unwrap_or(kept);
                let kept = after(next_month, 3);
                self.at(kept, Deeds::Keep { who, to });
                self.at(after(kept, 2), Deeds::Confirm { who: to, from: who });
            }
            Habit::Forgetful => {}
        }
        self.at(bound, Deeds::Bind { who, to });
        // Now and then nobody answers a report.
        if !self.random.random_ratio(1, 25) {
            let confirmed = after(kept, self.random_below(4));
            self.at(confirmed, Deeds::Confirm { who: to, from: who });
        }
    }

    fn at(&mut self, day: Date, deeds: Deeds) {
        self.days.entry(day).or_default().push(deeds);
    }

    fn random_below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    fn amount(&mut self) -> u64 {
        [20, 25, 30, 40, 50, 60]
            .choose(&mut self.random)
            .copied()
            .unwrap_or(30)
    }
}

fn named(name: &str) -> Who {
    PEOPLE.iter().position(|person| person.name == name).unwrap_or(0)
}

/// The date so many days after another.
fn after(day: Date, days: usize) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

const fn on(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}
