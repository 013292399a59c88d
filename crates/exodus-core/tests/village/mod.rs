//! A village: a few people, a ledger, and a clock moved by hand. Everything happens through commands.

#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod plain;
pub(crate) mod story;

use exodus_core::{
    Actor, Amount, AppealId, Command, CommandId, Date, Envelope, Event, Fact, Form, IntentionId, Ledger,
    LinkId, Member, MemberId, NoteId, Obligation, ObligationId, OfferId, Policy, Refusal, ReportId, Side,
    Timestamp,
    notice::{Audience, Category, notices},
    period,
};

/// Whole units as an amount.
pub(crate) const fn units(units: u64) -> Amount {
    Amount::from_minor(units * 100)
}

pub(crate) struct Village {
    pub(crate) ledger: Ledger,
    pub(crate) at: Timestamp,
    /// Everything that happened.
    pub(crate) journal: Vec<Event>,
    /// Everything that somebody was told by name since they were read last.
    letters: Vec<Letter>,
    commands: u128,
}

/// Somebody was told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) on: Date,
    pub(crate) to: MemberId,
    pub(crate) category: Category,
    pub(crate) fact: Fact,
}

impl Village {
    /// Nobody yet; ten o'clock on 2 November 2026.
    pub(crate) fn new() -> Self {
        let policy = Policy::default();
        let at = policy.zone.instant(date(2026, 11, 2).at(10, 0, 0, 0));
        Self {
            ledger: Ledger::new(policy),
            at,
            journal: Vec::new(),
            letters: Vec::new(),
            commands: 0,
        }
    }

    /// As a ledger stands at an instant.
    pub(crate) fn at(ledger: Ledger, at: Timestamp) -> Self {
        Self {
            ledger,
            at,
            ..Self::new()
        }
    }

    pub(crate) fn envelope(&mut self, by: Actor, command: Command) -> Envelope {
        self.commands += 1;
        Envelope {
            id: CommandId(self.commands),
            by,
            at: self.at,
            command,
        }
    }

    /// Gives a command, and delivers what follows from it.
    fn give(&mut self, by: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let envelope = self.envelope(by, command);
        let events = self.ledger.apply(&envelope)?;
        for event in &events {
            let by_name = notices(&self.ledger, event)
                .into_iter()
                .filter_map(|notice| match notice.to {
                    Audience::Member(to) => Some((to, notice.category)),
                    Audience::Network(_) => None,
                });
            let on = self.ledger.policy.date(self.at);
            self.letters.extend(by_name.map(|(to, category)| Letter {
                on,
                to,
                category,
                fact: event.fact.clone(),
            }));
        }
        self.journal.extend(events.iter().cloned());
        Ok(events)
    }

    /// What was told since this was asked last.
    pub(crate) fn letters(&mut self) -> Vec<Letter> {
        std::mem::take(&mut self.letters)
    }

    /// Of what somebody was told since letters were read last: the loudness, in order.
    pub(crate) fn told(&mut self, to: MemberId) -> Vec<Category> {
        let letters = self.letters();
        letters
            .into_iter()
            .filter(|letter| letter.to == to)
            .map(|letter| letter.category)
            .collect()
    }

    pub(crate) fn try_say(&mut self, by: MemberId, command: Command) -> Result<Vec<Event>, Refusal> {
        self.give(Actor::Member(by), command)
    }

    /// Something that time demands, which must be accepted.
    pub(crate) fn clock(&mut self, command: Command) -> Vec<Event> {
        self.give(Actor::Clock, command).expect("it is time")
    }

    /// A command that must be accepted.
    pub(crate) fn say(&mut self, by: MemberId, command: Command) -> Vec<Event> {
        self.try_say(by, command.clone())
            .unwrap_or_else(|refusal| panic!("{command:?} by {by}: {refusal}"))
    }

    /// What the decision would be, without letting it happen.
    pub(crate) fn would(&self, by: MemberId, command: Command) -> Result<Vec<Event>, Refusal> {
        let envelope = Envelope {
            id: CommandId(u128::MAX),
            by: Actor::Member(by),
            at: self.at,
            command,
        };
        exodus_core::decide(&self.ledger, &envelope)
    }

    /// The number the next record will get.
    fn next(&self) -> u64 {
        self.ledger.next_number()
    }

    /// A day passes, and the clock does what is due; so many times.
    pub(crate) fn days(&mut self, days: u32) {
        for _ in 0..days {
            self.at = self.at.plus_days(1);
            self.tick();
        }
    }

    pub(crate) fn hours(&mut self, hours: u32) {
        self.at = self.at.plus_hours(hours);
        self.tick();
    }

    /// Until the first day of the next month.
    pub(crate) fn month(&mut self) {
        let period = self.ledger.policy.period(self.at);
        while self.ledger.policy.period(self.at) == period {
            self.days(1);
        }
    }

    /// Day by day, until a date has come.
    pub(crate) fn until(&mut self, date: Date) {
        while self.today() < date {
            self.days(1);
        }
    }

    pub(crate) fn today(&self) -> Date {
        self.ledger.policy.date(self.at)
    }

    pub(crate) fn tick(&mut self) {
        for _ in 0..20 {
            let mut moved = false;
            for command in period::due(&self.ledger, self.at) {
                moved |= self
                    .give(Actor::Clock, command)
                    .is_ok_and(|events| !events.is_empty());
            }
            if !moved {
                return;
            }
        }
        panic!("time never comes to rest");
    }

    // ---- people -------------------------------------------------------------------------------------------------

    pub(crate) fn newcomer(&mut self) -> MemberId {
        self.newcomer_via(None)
    }

    pub(crate) fn newcomer_via(&mut self, via: Option<LinkId>) -> MemberId {
        let member = MemberId(self.next());
        self.give(Actor::Newcomer, Command::Register { via })
            .expect("anybody may register");
        member
    }

    pub(crate) fn newcomers<const N: usize>(&mut self) -> [MemberId; N] {
        core::array::from_fn(|_| self.newcomer())
    }

    pub(crate) fn orange(&mut self, member: MemberId, target: Amount) -> AppealId {
        self.say(
            member,
            Command::AskMonthly {
                target,
                purpose: Some(NoteId(70)),
                findable: true,
            },
        );
        self.ledger.current_appeal(member).expect("orange").id
    }

    pub(crate) fn red(&mut self, member: MemberId, target: Amount, days: u32) -> AppealId {
        let deadline = self.ledger.policy.date(self.at.plus_days(days));
        let (reason, talk) = (Some(NoteId(80)), Some(NoteId(81)));
        self.say(
            member,
            Command::CallEmergency {
                target,
                deadline,
                reason,
                talk,
            },
        );
        self.ledger.current_appeal(member).expect("red").id
    }

    pub(crate) fn block(&mut self, by: MemberId, member: MemberId) {
        self.say(by, Command::Block { member });
    }

    // ---- ties ---------------------------------------------------------------------------------------------------

    pub(crate) fn make_link(&mut self, maker: MemberId, about: MemberId) -> LinkId {
        let link = LinkId(self.next());
        self.say(
            maker,
            Command::MakeLink {
                about,
                max_uses: None,
                expires: None,
            },
        );
        link
    }

    pub(crate) fn follow(&mut self, visitor: MemberId, link: LinkId) {
        self.say(visitor, Command::FollowLink { link });
    }

    /// Lets somebody see the owner of an appeal for as long as `then` takes, by a link revoked after it.
    pub(crate) fn introduced<T>(
        &mut self,
        visitor: MemberId,
        owner: MemberId,
        then: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let link = self.make_link(owner, owner);
        self.follow(visitor, link);
        let result = then(self);
        self.say(owner, Command::RevokeLink { link });
        result
    }

    /// Lets two see each other for as long as `then` takes: each asks for help, and sends the other a link.
    pub(crate) fn introduced_both<T>(
        &mut self,
        one: MemberId,
        other: MemberId,
        then: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let green = [one, other].map(|member| !self.member(member).asks_monthly);
        for (member, green) in [one, other].into_iter().zip(green) {
            if green {
                self.orange(member, units(1000));
            }
        }
        let result = self.introduced(one, other, |village| village.introduced(other, one, then));
        for (member, green) in [one, other].into_iter().zip(green) {
            if green {
                self.say(member, Command::EndMonthly);
            }
        }
        result
    }

    fn owner(&self, appeal: AppealId) -> MemberId {
        self.ledger.appeal(appeal).expect("an appeal").owner
    }

    /// An intention by somebody who need not have been in sight before.
    pub(crate) fn intend(&mut self, author: MemberId, appeal: AppealId, amount: Amount) -> IntentionId {
        self.intend_in(author, appeal, amount, Form::Money)
    }

    pub(crate) fn intend_in(
        &mut self,
        author: MemberId,
        appeal: AppealId,
        amount: Amount,
        form: Form,
    ) -> IntentionId {
        let owner = self.owner(appeal);
        self.introduced(author, owner, |village| {
            let intention = IntentionId(village.next());
            village.say(
                author,
                Command::Intend {
                    appeal,
                    amount,
                    form,
                    note: None,
                },
            );
            intention
        })
    }

    /// An obligation towards an emergency.
    pub(crate) fn promise(&mut self, debtor: MemberId, appeal: AppealId, amount: Amount) -> ObligationId {
        let owner = self.owner(appeal);
        self.introduced(debtor, owner, |village| {
            let obligation = ObligationId(village.next());
            village.say(
                debtor,
                Command::Promise {
                    appeal,
                    amount,
                    form: Form::Money,
                    note: None,
                },
            );
            obligation
        })
    }

    /// An obligation out of an intention.
    pub(crate) fn convert(
        &mut self,
        author: MemberId,
        intention: IntentionId,
        amount: Amount,
    ) -> ObligationId {
        let obligation = ObligationId(self.next());
        self.say(
            author,
            Command::Convert {
                intention,
                amount: Some(amount),
            },
        );
        obligation
    }

    /// An intention, converted at once.
    pub(crate) fn oblige(&mut self, debtor: MemberId, appeal: AppealId, amount: Amount) -> ObligationId {
        let intention = self.intend(debtor, appeal, amount);
        self.convert(debtor, intention, amount)
    }

    pub(crate) fn report(&mut self, obligation: ObligationId, amount: Amount) -> ReportId {
        let row = self.ledger.obligation(obligation).expect("an obligation");
        let (debtor, nth) = (row.debtor, u32::try_from(row.reports.len()).expect("few"));
        self.say(
            debtor,
            Command::Report {
                obligation,
                amount: Some(amount),
                note: None,
            },
        );
        ReportId { obligation, nth }
    }

    pub(crate) fn confirm(&mut self, report: ReportId) {
        let creditor = self
            .ledger
            .obligation(report.obligation)
            .expect("an obligation")
            .creditor;
        self.say(creditor, Command::Confirm { report, amount: None });
    }

    /// So much of it arrived.
    pub(crate) fn confirm_part(&mut self, report: ReportId, amount: Amount) {
        let creditor = self.obligation(report.obligation).creditor;
        let amount = Some(amount);
        self.say(creditor, Command::Confirm { report, amount });
    }

    /// Not received.
    pub(crate) fn refuse(&mut self, report: ReportId) {
        let creditor = self.obligation(report.obligation).creditor;
        self.say(creditor, Command::Refuse { report });
    }

    pub(crate) fn release(&mut self, obligation: ObligationId) {
        let creditor = self.obligation(obligation).creditor;
        self.say(creditor, Command::Release { obligation });
    }

    /// Help given towards an appeal and recorded afterwards: the obligation it makes.
    pub(crate) fn record(&mut self, giver: MemberId, appeal: AppealId, amount: Amount) -> ReportId {
        let owner = self.owner(appeal);
        self.introduced(giver, owner, |village| {
            let obligation = ObligationId(village.next());
            let (form, note) = (Form::Money, None);
            village.say(
                giver,
                Command::RecordGiven {
                    appeal,
                    amount,
                    form,
                    note,
                },
            );
            ReportId { obligation, nth: 0 }
        })
    }

    pub(crate) fn obligation(&self, id: ObligationId) -> &Obligation {
        self.ledger.obligation(id).expect("an obligation")
    }

    pub(crate) fn member(&self, id: MemberId) -> &Member {
        self.ledger.member(id).expect("a member")
    }

    /// The amount of the live intention of somebody towards an appeal.
    pub(crate) fn intended(&self, author: MemberId, appeal: AppealId) -> Option<Amount> {
        self.ledger.intention_of(author, appeal).map(|row| row.amount)
    }

    /// Help given and confirmed.
    pub(crate) fn fulfil(&mut self, obligation: ObligationId, amount: Amount) {
        let report = self.report(obligation, amount);
        self.confirm(report);
    }

    pub(crate) fn offer(&mut self, from: MemberId, to: MemberId, amount: Amount, side: Side) -> OfferId {
        let offer = OfferId(self.next());
        let (form, given) = (Form::Service, false);
        self.say(
            from,
            Command::MakeOffer {
                to,
                side,
                amount,
                form,
                due: None,
                note: None,
                given,
            },
        );
        offer
    }

    /// A direct agreement: the debtor will do something for the creditor (L7a).
    pub(crate) fn agree(&mut self, debtor: MemberId, creditor: MemberId, amount: Amount) -> ObligationId {
        let offer = self.offer(debtor, creditor, amount, Side::Debtor);
        let obligation = ObligationId(self.next());
        self.say(creditor, Command::AnswerOffer { offer, accept: true });
        obligation
    }

    pub(crate) fn vouch(&mut self, member: MemberId, appeal: AppealId) {
        self.say(
            member,
            Command::Vouch {
                appeal,
                note: Some(NoteId(u128::from(member.0))),
            },
        );
    }
}

pub(crate) fn date(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("a date")
}
