//! Three months, day by day: who comes, who asks, who promises, who keeps it, who does not.

use std::collections::BTreeMap;

use exodus_app::Reply;
use exodus_core::{Command, Date, Obligation, Timestamp, Zone};
use exodus_ui::{Act, Deed, Draft, Route, Section};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

use super::{
    people::{CARPENTER, COURIER, Habit, LEAVER, NURSE, PENSIONER, PEOPLE, TEACHER},
    village::{Village, Who, answer_on, code_on, somebody},
};
use crate::failure::Failure;

/// The same story every time.
const SEED: u64 = 1;
/// The day it begins on.
pub(super) const BEGINNING: Date = Date::constant(2026, 9, 1);
/// The day it ends on.
const END: Date = Date::constant(2026, 11, 27);
/// The hour of the day at which people have time for it.
const HOUR: i8 = 10;

/// What somebody does on a day.
#[derive(Clone, Debug)]
enum Deeds {
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
    Alarm { who: Who, amount: u64, last: Date, reason: &'static str },
    /// Leaves.
    Leave { who: Who },
}

/// The story while it is told.
pub(super) struct Story<'a> {
    village: &'a mut Village,
    zone: Zone,
    days: BTreeMap<Date, Vec<Deeds>>,
    codes: BTreeMap<Who, String>,
    random: StdRng,
    today: Date,
}

/// Lets the three months be lived; `month` is told when one begins.
pub(super) async fn live(village: &mut Village, zone: Zone, month: impl Fn(Date)) -> Result<(), Failure> {
    let random = StdRng::seed_from_u64(SEED);
    let mut story = Story { village, zone, days: BTreeMap::new(), codes: BTreeMap::new(), random, today: BEGINNING };
    story.plan();
    while story.today <= END {
        if story.today.day() == 1 {
            month(story.today);
        }
        story.day().await?;
        story.today = story.today.tomorrow().unwrap_or(Date::MAX);
    }
    story.village.until(story.zone.instant(END.at(18, 0, 0, 0))).await
}

/// When the story begins.
pub(super) fn beginning(zone: &Zone) -> Timestamp {
    zone.instant(BEGINNING.at(HOUR, 0, 0, 0))
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

impl Story<'_> {
    // ---- what is known from the beginning ---------------------------------------------------------------------------

    fn plan(&mut self) {
        let asking: Vec<Who> = (0..PEOPLE.len()).filter(|who| somebody(*who).asks.is_some()).collect();
        for (nth, who) in asking.iter().enumerate() {
            // The first three know each other; the others come by one of them.
            let by = if nth < 3 { None } else { asking.get(nth % 3).copied() };
            let day = after(on(9, 1), nth / 2);
            self.at(day, Deeds::Come { who: *who, by });
            self.at(day, Deeds::Introduce { who: *who });
            self.at(day, Deeds::Ask { who: *who });
        }
        for who in (0..PEOPLE.len()).filter(|who| somebody(*who).asks.is_none()) {
            let helped = self.some(&asking, who);
            let come = after(on(9, 5), self.random_below(9));
            self.at(come, Deeds::Come { who, by: helped.first().copied() });
            self.at(come, Deeds::Introduce { who });
            for to in helped.iter().copied() {
                let day = after(come, self.random_below(5));
                let amount = self.amount();
                self.help(day, who, to, amount);
            }
        }
        // Who asks gives too.
        for (nth, who) in asking.iter().copied().enumerate() {
            if let Some(to) = asking.get((nth + 1) % asking.len()).copied().filter(|to| *to != who) {
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
        self.at(on(11, 24), Deeds::Alarm {
            who: nurse,
            amount: 900,
            last: on(12, 12),
            reason: "My mother's flat burned out in the night. She is safe, and has nothing left.",
        });
        let helpers = [("Mia Schneider", 120), ("Ольга Смирнова", 80)];
        for (nth, (name, amount)) in helpers.into_iter().enumerate() {
            let (who, day) = (named(name), after(on(11, 24), nth));
            self.at(day, Deeds::Follow { who, to: nurse });
            self.at(day, Deeds::Promise { who, to: nurse, amount });
        }
        self.at(on(11, 25), Deeds::Keep { who: named("Mia Schneider"), to: nurse });
        self.at(on(11, 26), Deeds::Follow { who: teacher, to: nurse });
        let (father, potter) = (named("Samuel Mensah"), named("Hugo Laurent"));
        for (to, amount) in [(father, 30), (potter, 25)] {
            self.at(on(11, 24), Deeds::Follow { who: teacher, to });
            self.at(on(11, 24), Deeds::Promise { who: teacher, to, amount });
        }
        self.at(on(11, 26), Deeds::Bind { who: teacher, to: father });
    }

    fn emergencies(&mut self, asking: &[Who]) {
        let (carpenter, pensioner) = (named(CARPENTER), named(PENSIONER));
        // The carpenter's helpers know him from helping the same people; those who do not, ask and are sent his link.
        self.at(on(10, 6), Deeds::Alarm {
            who: carpenter,
            amount: 600,
            last: on(10, 24),
            reason: "A saw, two fingers, six weeks without work. The operation went well.",
        });
        self.at(on(11, 3), Deeds::Alarm {
            who: pensioner,
            amount: 2_400,
            last: on(11, 22),
            reason: "Буря сняла половину крыши. До снега нужно перекрыть.",
        });
        for (red, day, amounts) in
            [(carpenter, on(10, 7), &[100, 80, 120, 100, 60, 80, 100, 60][..]), (pensioner, on(11, 4), &[150, 100, 200, 120][..])]
        {
            let mut able: Vec<Who> = (0..PEOPLE.len())
                .filter(|who| *who != red && !asking.contains(who) && somebody(*who).habit == Habit::Steady)
                .filter(|who| ![named(LEAVER), carpenter].contains(who))
                .collect();
            for (nth, amount) in amounts.iter().enumerate() {
                let Some(who) = able.choose(&mut self.random).copied() else { break };
                able.retain(|other| *other != who);
                let promised = after(day, nth / 2);
                self.at(promised, Deeds::Follow { who, to: red });
                self.at(promised, Deeds::Promise { who, to: red, amount: *amount });
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
    fn keep_it(&mut self, promised: Date, who: Who, to: Who) {
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
        [20, 25, 30, 40, 50, 60].choose(&mut self.random).copied().unwrap_or(30)
    }

    // ---- day by day -------------------------------------------------------------------------------------------------

    async fn day(&mut self) -> Result<(), Failure> {
        self.village.until(self.zone.instant(self.today.at(HOUR, 0, 0, 0))).await?;
        if self.today.day() == 3 && self.today.month() > BEGINNING.month() {
            self.renewed().await?;
        }
        for deeds in self.days.remove(&self.today).unwrap_or_default() {
            self.happen(deeds).await?;
        }
        self.village.settle().await
    }

    /// What came back with the month goes on as before.
    async fn renewed(&mut self) -> Result<(), Failure> {
        let mut places = BTreeMap::new();
        for who in 0..PEOPLE.len() {
            places.extend(self.village.member(who).await?.map(|member| (member, who)));
        }
        for who in places.values().copied() {
            let Some((member, _, ledger)) = self.village.between(who, who).await? else { continue };
            let live = ledger.intentions_by(member).filter(|i| i.is_live() && !ledger.is_frozen(i));
            for to in live.filter_map(|intention| places.get(&intention.recipient).copied()) {
                self.keep_it(self.today, who, to);
            }
        }
        Ok(())
    }

    async fn happen(&mut self, deeds: Deeds) -> Result<(), Failure> {
        match deeds {
            Deeds::Come { who, by } => {
                let code = by.and_then(|by| self.codes.get(&by).cloned());
                self.village.come(who, code.as_deref()).await.map(drop)
            }
            Deeds::Introduce { who } => self.introduce(who).await,
            Deeds::Ask { who } => self.ask(who).await,
            Deeds::Follow { who, to } => match self.codes.get(&to).cloned() {
                Some(code) => self.village.come(who, Some(&code)).await.map(drop),
                None => Ok(()),
            },
            Deeds::Promise { who, to, amount } => self.promise(who, to, amount).await,
            Deeds::Bind { who, to } => self.bind(who, to).await,
            Deeds::Keep { who, to } => self.keep(who, to).await,
            Deeds::Confirm { who, from } => self.confirm(who, from).await,
            Deeds::Alarm { who, amount, last, reason } => self.alarm(who, amount, last, reason).await,
            Deeds::Leave { who } => self.leave(who).await,
        }
    }

    async fn introduce(&mut self, who: Who) -> Result<(), Failure> {
        let person = somebody(who);
        self.fill_in(who, None, |act| matches!(act, Act::Ask(Draft::About(_))), &[person.about]).await?;
        if let Some(line) = person.offers {
            let offer = |act: &Act| matches!(act, Act::Ask(Draft::OfferLine { .. }));
            self.fill_in(who, Some(Section::Offers), offer, &[line, "/skip"]).await?;
        }
        if let Some((label, text)) = person.pay {
            let pay = |act: &Act| matches!(act, Act::Ask(Draft::Pay { .. }));
            self.fill_in(who, Some(Section::Pay), pay, &[label, text]).await?;
        }
        Ok(())
    }

    /// Finds a question in the profile, or in a section of it, and answers it.
    async fn fill_in(
        &mut self,
        who: Who,
        section: Option<Section>,
        question: impl Fn(&Act) -> bool,
        answers: &[&str],
    ) -> Result<(), Failure> {
        let mut screen = Some(self.village.say(who, "/profile").await?);
        if let (Some(section), Some(profile)) = (section, &screen) {
            screen = self.village.pick(who, profile, |act| *act == Act::Go(Route::Profile { section })).await?;
        }
        let asked = match &screen {
            Some(screen) => self.village.pick(who, screen, question).await?,
            None => None,
        };
        match asked {
            Some(_) => drop(self.village.answer(who, answers).await?),
            None => self.village.surprised(who, "could not introduce themselves"),
        }
        Ok(())
    }

    async fn ask(&mut self, who: Who) -> Result<(), Failure> {
        let Some((amount, purpose)) = somebody(who).asks else { return Ok(()) };
        let need = self.village.say(who, "/need").await?;
        let monthly = |act: &Act| matches!(act, Act::Ask(Draft::Monthly { .. }));
        if self.village.pick(who, &need, monthly).await?.is_none() {
            self.village.surprised(who, "could not ask");
            return Ok(());
        }
        self.village.answer(who, &[&amount.to_string(), purpose, "yes"]).await?;
        self.invite(who).await
    }

    async fn invite(&mut self, who: Who) -> Result<(), Failure> {
        let invite = self.village.say(who, "/invite").await?;
        let new = |act: &Act| matches!(act, Act::Do(Deed::Ledger { command: Command::MakeLink { .. }, .. }));
        let link = self.village.pick(who, &invite, new).await?;
        match link.as_ref().and_then(code_on) {
            Some(code) => drop(self.codes.insert(who, code)),
            None => self.village.surprised(who, "could not invite"),
        }
        Ok(())
    }

    async fn promise(&mut self, who: Who, to: Who, amount: u64) -> Result<(), Failure> {
        let word = if somebody(who).speaks == "ru" { "обещаю" } else { "give" };
        let mut reply = self.village.say(who, &format!("{word} {amount} {}", somebody(to).name)).await?;
        if reply.asking {
            reply = self.village.say(who, "yes").await?;
        }
        if !matches!(reply.arranged.menu.route, Route::Intention { .. } | Route::Obligation { .. }) {
            self.village.surprised(who, &format!("could not promise {}: {}", somebody(to).name, answer_on(&reply)));
        }
        Ok(())
    }

    async fn bind(&mut self, who: Who, to: Who) -> Result<(), Failure> {
        let Some((member, recipient, ledger)) = self.village.between(who, to).await? else { return Ok(()) };
        if ledger.is_red(member) {
            return Ok(());
        }
        let intention = ledger.intentions_by(member).find(|i| i.is_live() && i.recipient == recipient);
        let Some(intention) = intention.map(|intention| intention.id) else { return Ok(()) };
        let card = self.village.say(who, &format!("/give {}", somebody(to).name)).await?;
        let there = |act: &Act| *act == Act::Go(Route::Intention { intention });
        let Some(screen) = self.village.pick(who, &card, there).await? else {
            self.village.surprised(who, "could not find an intention");
            return Ok(());
        };
        let convert = |act: &Act| matches!(act, Act::Ask(Draft::Convert { amount: Some(_), .. }));
        match self.village.pick(who, &screen, convert).await? {
            Some(_) => drop(self.village.say(who, "yes").await?),
            None => self.village.surprised(who, "could not make it binding"),
        }
        Ok(())
    }

    async fn keep(&mut self, who: Who, to: Who) -> Result<(), Failure> {
        let Some((member, creditor, ledger)) = self.village.between(who, to).await? else { return Ok(()) };
        let open = |o: &&Obligation| o.creditor == creditor && o.is_unsettled() && !o.unreported().is_zero();
        if ledger.owed_by(member).find(open).is_none() {
            return Ok(());
        }
        let word = if somebody(who).speaks == "ru" { "отдал" } else { "paid" };
        let reply = self.village.say(who, &format!("{word} {}", somebody(to).name)).await?;
        // Of several, the oldest first.
        let go = |act: &Act| matches!(act, Act::Go(Route::Obligation { obligation }) if ledger.obligation(*obligation).as_ref().is_some_and(open));
        let report = |act: &Act| matches!(act, Act::Do(Deed::Ledger { command: Command::Report { amount: None, .. }, .. }));
        self.done_or(who, reply, go, report).await
    }

    async fn confirm(&mut self, who: Who, from: Who) -> Result<(), Failure> {
        let Some((member, debtor, ledger)) = self.village.between(who, from).await? else { return Ok(()) };
        let waits = |o: &&Obligation| o.debtor == debtor && o.waiting().next().is_some();
        if ledger.owed_to(member).find(waits).is_none() {
            return Ok(());
        }
        let word = if somebody(who).speaks == "ru" { "получил от" } else { "got from" };
        let reply = self.village.say(who, &format!("{word} {}", somebody(from).name)).await?;
        let go = |act: &Act| matches!(act, Act::Go(Route::Obligation { obligation }) if ledger.obligation(*obligation).as_ref().is_some_and(waits));
        let confirm = |act: &Act| matches!(act, Act::Do(Deed::Ledger { command: Command::Confirm { amount: None, .. }, .. }));
        self.done_or(who, reply, go, confirm).await
    }

    /// What was said is done when an obligation is shown; else it is found on the card, and done there.
    async fn done_or(
        &mut self,
        who: Who,
        said: Reply,
        record: impl Fn(&Act) -> bool,
        deed: impl Fn(&Act) -> bool,
    ) -> Result<(), Failure> {
        if matches!(said.arranged.menu.route, Route::Obligation { .. }) {
            return Ok(());
        }
        if let Some(screen) = self.village.pick(who, &said, record).await?
            && self.village.pick(who, &screen, deed).await?.is_some()
        {
            return Ok(());
        }
        self.village.surprised(who, &format!("could not say that it was done: {}", answer_on(&said)));
        Ok(())
    }

    async fn alarm(&mut self, who: Who, amount: u64, last: Date, reason: &str) -> Result<(), Failure> {
        let need = self.village.say(who, "/need").await?;
        let emergency = |act: &Act| matches!(act, Act::Ask(Draft::Emergency { .. }));
        if self.village.pick(who, &need, emergency).await?.is_none() {
            self.village.surprised(who, "could not call an emergency");
            return Ok(());
        }
        self.village.answer(who, &[&amount.to_string(), &last.to_string(), reason, "/skip", "yes"]).await?;
        self.invite(who).await
    }

    async fn leave(&mut self, who: Who) -> Result<(), Failure> {
        let screen = self.village.say(who, "/leave").await?;
        if self.village.pick(who, &screen, |act| matches!(act, Act::Ask(Draft::Leave(_)))).await?.is_none() {
            self.village.surprised(who, "could not leave");
            return Ok(());
        }
        self.village.say(who, "leave").await.map(drop)
    }
}
