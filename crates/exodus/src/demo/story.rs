//! Three months, day by day: who comes, who asks, who promises, who keeps it, who does not.

use std::collections::BTreeMap;

use exodus_app::Reply;
use exodus_core::{Command, Date, Obligation, Timestamp, Zone};
use exodus_ui::{Act, Deed, Draft, Route, Section};

use super::{
    people::PEOPLE,
    plan::{BEGINNING, Deeds, END, Plan},
    village::{Village, Who, answer_on, code_on, somebody},
};
use crate::failure::Failure;

/// The hour of the day at which people have time for it.
const HOUR: i8 = 10;

/// The story while it is told.
pub(super) struct Story<'a> {
    village: &'a mut Village,
    zone: Zone,
    plan: Plan,
    codes: BTreeMap<Who, String>,
    today: Date,
}

/// Lets the three months be lived; `month` is told when one begins.
pub(super) async fn live(village: &mut Village, zone: Zone, month: impl Fn(Date)) -> Result<(), Failure> {
    let mut story = Story {
        village,
        zone,
        plan: Plan::new(),
        codes: BTreeMap::new(),
        today: BEGINNING,
    };
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

impl Story<'_> {
    async fn day(&mut self) -> Result<(), Failure> {
        self.village
            .until(self.zone.instant(self.today.at(HOUR, 0, 0, 0)))
            .await?;
        if self.today.day() == 3 && self.today.month() > BEGINNING.month() {
            self.renewed().await?;
        }
        for deeds in self.plan.on(self.today) {
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
            let Some((member, _, ledger)) = self.village.between(who, who).await? else {
                continue;
            };
            let live = ledger
                .intentions_by(member)
                .filter(|i| i.is_live() && !ledger.is_frozen(i));
            for to in live.filter_map(|intention| places.get(&intention.recipient).copied()) {
                self.plan.keep_it(self.today, who, to);
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
            Deeds::Alarm {
                who,
                amount,
                last,
                reason,
            } => self.alarm(who, amount, last, reason).await,
            Deeds::Leave { who } => self.leave(who).await,
        }
    }

    async fn introduce(&mut self, who: Who) -> Result<(), Failure> {
        let person = somebody(who);
        self.fill_in(
            who,
            None,
            |act| matches!(act, Act::Ask(Draft::About(_))),
            &[person.about],
        )
        .await?;
        if let Some(line) = person.offers {
            let offer = |act: &Act| matches!(act, Act::Ask(Draft::OfferLine { .. }));
            self.fill_in(who, Some(Section::Offers), offer, &[line, "/skip"])
                .await?;
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
            screen = self
                .village
                .pick(who, profile, |act| *act == Act::Go(Route::Profile { section }))
                .await?;
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
        let Some((amount, purpose)) = somebody(who).asks else {
            return Ok(());
        };
        let need = self.village.say(who, "/need").await?;
        let monthly = |act: &Act| matches!(act, Act::Ask(Draft::Monthly { .. }));
        if self.village.pick(who, &need, monthly).await?.is_none() {
            self.village.surprised(who, "could not ask");
            return Ok(());
        }
        self.village
            .answer(who, &[&amount.to_string(), purpose, "yes"])
            .await?;
        self.invite(who).await
    }

    async fn invite(&mut self, who: Who) -> Result<(), Failure> {
        let invite = self.village.say(who, "/invite").await?;
        let new = |act: &Act| {
            matches!(
                act,
                Act::Do(Deed::Ledger {
                    command: Command::MakeLink { .. },
                    ..
                })
            )
        };
        let link = self.village.pick(who, &invite, new).await?;
        match link.as_ref().and_then(code_on) {
            Some(code) => drop(self.codes.insert(who, code)),
            None => self.village.surprised(who, "could not invite"),
        }
        Ok(())
    }

    async fn promise(&mut self, who: Who, to: Who, amount: u64) -> Result<(), Failure> {
        let word = if somebody(who).speaks == "ru" {
            "обещаю"
        } else {
            "give"
        };
        let mut reply = self
            .village
            .say(who, &format!("{word} {amount} {}", somebody(to).name))
            .await?;
        if reply.asking {
            reply = self.village.say(who, "yes").await?;
        }
        if !matches!(
            reply.arranged.menu.route,
            Route::Intention { .. } | Route::Obligation { .. }
        ) {
            self.village.surprised(
                who,
                &format!("could not promise {}: {}", somebody(to).name, answer_on(&reply)),
            );
        }
        Ok(())
    }

    async fn bind(&mut self, who: Who, to: Who) -> Result<(), Failure> {
        let Some((member, recipient, ledger)) = self.village.between(who, to).await? else {
            return Ok(());
        };
        if ledger.is_red(member) {
            return Ok(());
        }
        let intention = ledger
            .intentions_by(member)
            .find(|i| i.is_live() && i.recipient == recipient);
        let Some(intention) = intention.map(|intention| intention.id) else {
            return Ok(());
        };
        let card = self
            .village
            .say(who, &format!("/give {}", somebody(to).name))
            .await?;
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
        let Some((member, creditor, ledger)) = self.village.between(who, to).await? else {
            return Ok(());
        };
        let open = |o: &&Obligation| o.creditor == creditor && o.is_unsettled() && !o.unreported().is_zero();
        if ledger.owed_by(member).find(open).is_none() {
            return Ok(());
        }
        let word = if somebody(who).speaks == "ru" {
            "отдал"
        } else {
            "paid"
        };
        let reply = self
            .village
            .say(who, &format!("{word} {}", somebody(to).name))
            .await?;
        // Of several, the oldest first.
        let go = |act: &Act| matches!(act, Act::Go(Route::Obligation { obligation }) if ledger.obligation(*obligation).as_ref().is_some_and(open));
        let report = |act: &Act| {
            matches!(
                act,
                Act::Do(Deed::Ledger {
                    command: Command::Report { amount: None, .. },
                    ..
                })
            )
        };
        self.done_or(who, reply, go, report).await
    }

    async fn confirm(&mut self, who: Who, from: Who) -> Result<(), Failure> {
        let Some((member, debtor, ledger)) = self.village.between(who, from).await? else {
            return Ok(());
        };
        let waits = |o: &&Obligation| o.debtor == debtor && o.waiting().next().is_some();
        if ledger.owed_to(member).find(waits).is_none() {
            return Ok(());
        }
        let word = if somebody(who).speaks == "ru" {
            "получил от"
        } else {
            "got from"
        };
        let reply = self
            .village
            .say(who, &format!("{word} {}", somebody(from).name))
            .await?;
        let go = |act: &Act| matches!(act, Act::Go(Route::Obligation { obligation }) if ledger.obligation(*obligation).as_ref().is_some_and(waits));
        let confirm = |act: &Act| {
            matches!(
                act,
                Act::Do(Deed::Ledger {
                    command: Command::Confirm { amount: None, .. },
                    ..
                })
            )
        };
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
        self.village.surprised(
            who,
            &format!("could not say that it was done: {}", answer_on(&said)),
        );
        Ok(())
    }

    async fn alarm(&mut self, who: Who, amount: u64, last: Date, reason: &str) -> Result<(), Failure> {
        let need = self.village.say(who, "/need").await?;
        let emergency = |act: &Act| matches!(act, Act::Ask(Draft::Emergency { .. }));
        if self.village.pick(who, &need, emergency).await?.is_none() {
            self.village.surprised(who, "could not call an emergency");
            return Ok(());
        }
        self.village
            .answer(
                who,
                &[&amount.to_string(), &last.to_string(), reason, "/skip", "yes"],
            )
            .await?;
        self.invite(who).await
    }

    async fn leave(&mut self, who: Who) -> Result<(), Failure> {
        let screen = self.village.say(who, "/leave").await?;
        if self
            .village
            .pick(who, &screen, |act| matches!(act, Act::Ask(Draft::Leave(_))))
            .await?
            .is_none()
        {
            self.village.surprised(who, "could not leave");
            return Ok(());
        }
        self.village.say(who, "leave").await.map(drop)
    }
}
