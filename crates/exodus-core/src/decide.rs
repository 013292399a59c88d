//! Who may do what: the one place. Pure; the same ledger and envelope always give the same events.
//!
//! Each part decides the commands of one kind of record. [`Case`] carries what all of them need and collects facts.

mod appeal;
mod bond;
mod intention;
mod link;
mod member;
mod month;
mod obligation;
mod offer;
mod own;
mod renewal;

use alloc::vec::Vec;

use crate::{
    amount::Amount,
    command::{Actor, Command, Envelope},
    event::{Event, Fact},
    id::MemberId,
    ledger::Ledger,
    member::Member,
    policy::{Policy, days_after, is_among_last},
    refusal::Refusal,
    time::{Date, Period, Timestamp},
};

/// Decides a command: what happens, or why not. An empty list: it is so already.
///
/// # Errors
/// A [`Refusal`]: the state of affairs that stands against it. What the actor may not see is
/// [`Refusal::Unknown`], whether it exists or not.
pub fn decide(ledger: &Ledger, envelope: &Envelope) -> Result<Vec<Event>, Refusal> {
    let mut case = Case::new(ledger, envelope);
    if envelope.by != Actor::Clock {
        case.months_are_closed(&envelope.command)?;
    }
    case.decide(&envelope.command)?;
    Ok(case
        .facts
        .into_iter()
        .map(|fact| Event {
            at: envelope.at,
            by: envelope.by,
            fact,
        })
        .collect())
}

/// A command under decision.
struct Case<'a> {
    ledger: &'a Ledger,
    by: Actor,
    at: Timestamp,
    today: Date,
    next: u64,
    facts: Vec<Fact>,
}

impl<'a> Case<'a> {
    fn new(ledger: &'a Ledger, envelope: &Envelope) -> Self {
        Self {
            ledger,
            by: envelope.by,
            at: envelope.at,
            today: ledger.policy.date(envelope.at),
            next: ledger.next_number(),
            facts: Vec::new(),
        }
    }

    fn decide(&mut self, command: &Command) -> Result<(), Refusal> {
        match *command {
            Command::Register { via } => self.register(via),
            Command::Leave => self.leave(),
            Command::AskLinking { of } => self.ask_linking(of),
            Command::LinkAccounts { from } => self.link_accounts(from),
            Command::Block { member } => self.block(member),
            Command::Unblock { member } => self.unblock(member),
            Command::AskMonthly {
                target,
                purpose,
                findable,
            } => self.ask_monthly(target, purpose, findable),
            Command::CallEmergency {
                target,
                deadline,
                reason,
                talk,
            } => self.call_emergency(target, deadline, reason, talk),
            Command::ChangeAppeal {
                appeal,
                target,
                deadline,
                purpose,
                findable,
            } => self.change_appeal(appeal, target, deadline, purpose, findable),
            Command::EndMonthly => self.end_monthly(),
            Command::EndEmergency { then } => self.end_emergency_by_word(then),
            Command::ExpireEmergency { appeal } => self.expire_emergency(appeal),
            Command::Vouch { appeal, note } => self.vouch(appeal, note),
            Command::WithdrawVouch { appeal } => self.withdraw_vouch(appeal),
            Command::MakeLink {
                about,
                max_uses,
                expires,
            } => self.make_link(about, max_uses, expires),
            Command::RevokeLink { link } => self.revoke_link(link),
            Command::ForbidLinks { forbid } => self.forbid_links(forbid),
            Command::FollowLink { link } => self.follow_link(link),
            Command::ExpireLink { link } => self.expire_link(link),
            Command::Intend {
                appeal,
                amount,
                form,
                note,
            } => self.intend(appeal, amount, form, note),
            Command::ChangeIntention { intention, amount } => self.change_intention(intention, amount),
            Command::WithdrawIntention { intention } => self.withdraw_intention(intention),
            Command::Convert { intention, amount } => self.convert(intention, amount),
            Command::PerformAtOnce {
                intention,
                amount,
                note,
            } => self.perform_at_once(intention, amount, note),
            Command::AskConversion { intention } => self.ask_conversion(intention),
            Command::ProposeValue { intention, amount } => self.propose_value(intention, amount),
            Command::AnswerValue { intention, take } => self.answer_value(intention, take),
            Command::Promise {
                appeal,
                amount,
                form,
                note,
            } => self.promise(appeal, amount, form, note),
            Command::RecordGiven {
                appeal,
                amount,
                form,
                note,
            } => self.record_given(appeal, amount, form, note),
            Command::Report {
                obligation,
                amount,
                note,
            } => self.report(obligation, amount, note),
            Command::Confirm { report, amount } => self.confirm(report, amount),
            Command::Refuse { report } => self.refuse(report),
            Command::Reopen { report, reason } => self.reopen(report, reason),
            Command::Release { obligation } => self.release(obligation),
            Command::AskPerformance { obligation } => self.ask_performance(obligation),
            Command::RemindConfirmation { report } => self.remind_confirmation(report),
            Command::SettleBySilence { report } => self.settle_by_silence(report),
            Command::RemindDebtor { obligation, last } => self.remind_debtor(obligation, last),
            Command::RemindCreditor { report } => self.remind_creditor(report),
            Command::MakeOffer {
                to,
                side,
                amount,
                form,
                due,
                note,
                given,
            } => self.make_offer(to, side, amount, form, due, note, given),
            Command::AnswerOffer { offer, accept } => self.answer_offer(offer, accept),
            Command::WithdrawOffer { offer } => self.withdraw_offer(offer),
            Command::ProposeBond { to, gives } => self.propose_bond(to, gives),
            Command::AcceptBond { bond, gives } => self.accept_bond(bond, gives),
            Command::DeclineBond { bond } => self.decline_bond(bond),
            Command::WithdrawBond { bond } => self.withdraw_bond(bond),
            Command::EndBond { bond } => self.end_bond(bond),
            Command::ChangeBond { bond, gives } => self.alter_bond(bond, gives),
            Command::MakePersonalLink { gives, expires } => self.make_personal_link(gives, expires),
            Command::RollOver { member, period } => self.roll_over(member, period),
            Command::Nudge { member, period } => self.nudge(member, period),
            Command::Summarise { member, period } => self.summarise(member, period),
            Command::LiftSuspension { member } => self.lift_suspension(member),
        }
    }

    // ---- what every part asks -----------------------------------------------------------------------------------

    const fn policy(&self) -> &'a Policy {
        &self.ledger.policy
    }

    /// A number for a new record.
    const fn number(&mut self) -> u64 {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        number
    }

    fn say(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// The member who acts.
    fn actor(&self) -> Result<&'a Member, Refusal> {
        let member = self.by.member().and_then(|id| self.ledger.member(id));
        member
            .filter(|member| member.is_here())
            .ok_or(Refusal::NotAMember)
    }

    fn clock_only(&self) -> Result<(), Refusal> {
        if self.by == Actor::Clock {
            Ok(())
        } else {
            Err(Refusal::ClockOnly)
        }
    }

    /// Whoever keeps the ledger lets earlier months end first; a command never decides on a stale month.
    fn months_are_closed(&self, command: &Command) -> Result<(), Refusal> {
        let now = self.policy().period(self.at);
        let concerned = self.ledger.concerned(&command.scope(self.by));
        let mut here = concerned
            .iter()
            .filter_map(|id| self.ledger.member(*id))
            .filter(|member| member.is_here());
        if here.any(|member| member.period < now) {
            Err(Refusal::MonthNotClosed)
        } else {
            Ok(())
        }
    }

    /// Something new may be promised: not while in an emergency (M6), not while suspended (C8).
    fn may_promise(&self, member: &Member) -> Result<(), Refusal> {
        if member.is_red() {
            Err(Refusal::InEmergency)
        } else if member.suspended.is_some() {
            Err(Refusal::Suspended)
        } else {
            Ok(())
        }
    }

    /// The actor sees the card of a member who is here; else that member is unknown (M7).
    fn sees(&self, actor: MemberId, other: MemberId) -> Result<(), Refusal> {
        let sight = crate::view::sight(self.ledger, actor, other);
        if sight.card() {
            Ok(())
        } else {
            Err(Refusal::Unknown)
        }
    }

    /// Another member, who is here.
    fn another(&self, me: MemberId, other: MemberId) -> Result<&'a Member, Refusal> {
        if me == other {
            return Err(Refusal::Oneself);
        }
        let row = self.ledger.member(other);
        row.filter(|row| row.is_here()).ok_or(Refusal::Unknown)
    }

    /// The last day of the period that something promised today belongs to: the current one, or the next one in the
    /// last days (L7).
    fn end_of_period(&self) -> Date {
        self.policy().period_for_promise(self.today).last_day()
    }

    /// The last day of the current period; with less than three days left, of the next (M6, L11, L16).
    fn end_with_time(&self) -> Date {
        let period = Period::of(self.today);
        let soon = is_among_last(self.today, TIME_LEFT_DAYS);
        if soon {
            period.next().last_day()
        } else {
            period.last_day()
        }
    }

    /// Whether a date leaves three days to carry something out (M6).
    fn leaves_time(&self, date: Date) -> bool {
        date >= days_after(self.today, TIME_LEFT_DAYS)
    }
}

/// Whoever is given time anew is given so many days at least (M6, L11).
const TIME_LEFT_DAYS: u32 = 3;

/// An amount that can stand in a record: above zero and not above the limit.
const fn valid(amount: Amount) -> Result<Amount, Refusal> {
    if amount.is_zero() {
        Err(Refusal::ZeroAmount)
    } else if amount.minor() > Amount::MAX.minor() {
        Err(Refusal::AmountTooLarge)
    } else {
        Ok(amount)
    }
}

/// Refuses what is repeated within 24 hours (L10, L12).
fn not_within_a_day(last: Option<Timestamp>, at: Timestamp) -> Result<(), Refusal> {
    match last.map(|last| last.plus_hours(24)) {
        Some(again) if at < again => Err(Refusal::TooSoon { again }),
        Some(_) | None => Ok(()),
    }
}
