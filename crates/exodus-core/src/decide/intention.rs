//! Free promises (L1–L6).

use alloc::vec::Vec;

use super::{Case, not_within_a_day, valid};
use crate::{
    amount::Amount,
    appeal::Appeal,
    event::{CancelReason, Fact},
    id::{AppealId, IntentionId, MemberId, NoteId, ObligationId},
    intention::{Form, Intention},
    member::Member,
    obligation::Origin,
    refusal::Refusal,
    time::Date,
};

impl<'a> Case<'a> {
    /// The appeal, if the actor may see it and may help with it now.
    fn appeal_in_sight(&self, appeal: AppealId) -> Result<(&'a Member, &'a Appeal), Refusal> {
        let me = self.actor()?;
        let row = self.ledger.appeal(appeal).ok_or(Refusal::Unknown)?;
        if row.owner == me.id {
            return Err(Refusal::Oneself);
        }
        self.sees(me.id, row.owner)?;
        if row.takes_help(self.ledger) {
            Ok((me, row))
        } else {
            Err(Refusal::AppealClosed)
        }
    }

    pub(super) fn intend(
        &mut self,
        appeal: AppealId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let (me, row) = self.appeal_in_sight(appeal)?;
        if !row.is_monthly() {
            return Err(Refusal::TakesObligations);
        }
        let (author, recipient) = (me.id, row.owner);
        let amount = valid(amount)?;
        if let Some(intention) = self.ledger.intention_of(author, appeal) {
            return self.change(intention, amount, form, note.or(intention.note), false);
        }
        self.may_promise(me)?;
        if self.is_overdue_there(author, appeal) {
            return Err(Refusal::OverdueThere);
        }
        let intention = IntentionId(self.number());
        self.say(Fact::IntentionRecorded {
            intention,
            author,
            appeal,
            recipient,
            amount,
            form,
            note,
        });
        Ok(())
    }

    fn is_overdue_there(&self, debtor: MemberId, appeal: AppealId) -> bool {
        self.ledger
            .owed_by(debtor)
            .any(|o| o.appeal() == Some(appeal) && o.is_overdue())
    }

    /// While it rests it may become less, not more: that would be a new promise (M5, M6).
    fn change(
        &mut self,
        intention: &Intention,
        after: Amount,
        form: Form,
        note: Option<NoteId>,
        revalued: bool,
    ) -> Result<(), Refusal> {
        if after > intention.amount {
            self.may_promise(self.actor()?)?;
            if self.ledger.is_frozen(intention) {
                return Err(Refusal::Frozen);
            }
        }
        if after == intention.amount && form == intention.form && note == intention.note && !revalued {
            return Ok(());
        }
        self.say(Fact::IntentionChanged {
            intention: intention.id,
            author: intention.author,
            recipient: intention.recipient,
            before: intention.amount,
            after,
            form,
            note,
            revalued,
        });
        Ok(())
    }

    pub(super) fn change_intention(&mut self, id: IntentionId, amount: Amount) -> Result<(), Refusal> {
        let row = self.my_intention(id)?;
        self.change(row, valid(amount)?, row.form, row.note, false)
    }

    pub(super) fn withdraw_intention(&mut self, id: IntentionId) -> Result<(), Refusal> {
        let row = self.my_intention(id)?;
        let (author, recipient, amount) = (row.author, row.recipient, row.amount);
        self.say(Fact::IntentionWithdrawn {
            intention: id,
            author,
            recipient,
            amount,
        });
        Ok(())
    }

    pub(super) fn convert(&mut self, id: IntentionId, amount: Option<Amount>) -> Result<(), Refusal> {
        let row = self.my_intention(id)?;
        self.may_promise(self.actor()?)?;
        self.make_obligation_of(row, amount, false).map(|_| ())
    }

    pub(super) fn perform_at_once(
        &mut self,
        id: IntentionId,
        amount: Option<Amount>,
        note: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let row = self.my_intention(id)?;
        let (obligation, amount) = self.make_obligation_of(row, amount, true)?;
        self.report_whole(obligation, row.author, row.recipient, amount, note);
        Ok(())
    }

    /// Converts (L4). While the recipient is in an emergency it becomes an obligation towards that (M5). What is
    /// performed at once is due in this period, even in its last days.
    fn make_obligation_of(
        &mut self,
        row: &Intention,
        amount: Option<Amount>,
        at_once: bool,
    ) -> Result<(ObligationId, Amount), Refusal> {
        let amount = valid(amount.unwrap_or(row.amount))?;
        let rest = row.amount.checked_less(amount).ok_or(Refusal::AboveIntention {
            intention: row.amount,
        })?;
        let recipient = self.ledger.member(row.recipient).ok_or(Refusal::Unknown)?;
        let emergency = recipient.emergency.and_then(|id| self.ledger.appeal(id));
        let (appeal, due) = match emergency {
            Some(emergency) => (emergency.id, emergency.deadline().unwrap_or(self.today)),
            None => (row.appeal, self.due_of_monthly(at_once)),
        };
        let obligation = ObligationId(self.number());
        let (intention, author, recipient) = (row.id, row.author, row.recipient);
        self.say(Fact::IntentionConverted {
            intention,
            author,
            recipient,
            obligation,
            amount,
            rest,
        });
        self.say(Fact::ObligationMade {
            obligation,
            debtor: author,
            creditor: recipient,
            amount,
            form: row.form,
            note: row.note,
            due,
            origin: Origin::Appeal {
                appeal,
                intention: Some(intention),
                monthly: emergency.is_none(),
            },
        });
        Ok((obligation, amount))
    }

    /// A monthly obligation is due at the end of its period, or of the next when made in the last days (L7).
    fn due_of_monthly(&self, given_now: bool) -> Date {
        if given_now {
            self.policy().period(self.at).last_day()
        } else {
            self.end_of_period()
        }
    }

    pub(super) fn ask_conversion(&mut self, id: IntentionId) -> Result<(), Refusal> {
        let row = self.intention_for_me(id)?;
        if self.ledger.is_red(row.author) {
            return Err(Refusal::Frozen);
        }
        not_within_a_day(row.asked, self.at)?;
        let (author, recipient) = (row.author, row.recipient);
        self.say(Fact::ConversionAsked {
            intention: id,
            author,
            recipient,
        });
        Ok(())
    }

    /// Proposing the author's own value takes an earlier proposal back.
    pub(super) fn propose_value(&mut self, id: IntentionId, amount: Amount) -> Result<(), Refusal> {
        let row = self.intention_for_me(id)?;
        if row.form == Form::Money {
            return Err(Refusal::NotInKind);
        }
        let proposed = valid(amount)?;
        let (author, recipient, before) = (row.author, row.recipient, row.amount);
        let stands = row.revaluation.map_or(before, |standing| standing.amount);
        if stands != proposed {
            self.say(Fact::ValueProposed {
                intention: id,
                author,
                recipient,
                before,
                proposed,
            });
        }
        Ok(())
    }

    pub(super) fn answer_value(&mut self, id: IntentionId, take: bool) -> Result<(), Refusal> {
        let row = self.my_intention(id)?;
        let proposed = row.revaluation.ok_or(Refusal::NoValueProposed)?.amount;
        if take {
            return self.change(row, proposed, row.form, row.note, true);
        }
        let (author, recipient) = (row.author, row.recipient);
        self.say(Fact::ValueDeclined {
            intention: id,
            author,
            recipient,
            proposed,
        });
        Ok(())
    }

    pub(super) fn promise(
        &mut self,
        appeal: AppealId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let (me, row) = self.appeal_in_sight(appeal)?;
        let due = row.deadline().ok_or(Refusal::TakesIntentions)?;
        let amount = valid(amount)?;
        self.may_promise(me)?;
        self.oblige(me.id, row, (amount, form, note), due);
        Ok(())
    }

    pub(super) fn record_given(
        &mut self,
        appeal: AppealId,
        amount: Amount,
        form: Form,
        note: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let (me, row) = self.appeal_in_sight(appeal)?;
        let due = row.deadline().unwrap_or_else(|| self.due_of_monthly(true));
        let amount = valid(amount)?;
        let obligation = self.oblige(me.id, row, (amount, form, note), due);
        self.report_whole(obligation, me.id, row.owner, amount, None);
        Ok(())
    }

    /// An obligation towards an appeal that was no intention before.
    fn oblige(
        &mut self,
        debtor: MemberId,
        towards: &Appeal,
        (amount, form, note): (Amount, Form, Option<NoteId>),
        due: Date,
    ) -> ObligationId {
        let obligation = ObligationId(self.number());
        self.say(Fact::ObligationMade {
            obligation,
            debtor,
            creditor: towards.owner,
            amount,
            form,
            note,
            due,
            origin: Origin::Appeal {
                appeal: towards.id,
                intention: None,
                monthly: towards.is_monthly(),
            },
        });
        obligation
    }

    /// Intentions end by no act of their authors'.
    pub(super) fn cancel_intentions(&mut self, live: Vec<&Intention>, reason: CancelReason) {
        for intention in live {
            self.say(Fact::IntentionCancelled {
                intention: intention.id,
                author: intention.author,
                recipient: intention.recipient,
                amount: intention.amount,
                reason,
            });
        }
    }
}
