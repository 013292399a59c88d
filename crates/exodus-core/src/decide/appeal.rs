//! Asking for help: monthly, in an emergency, and being fine again (M5, M6, M8a, C5–C7).

use alloc::vec::Vec;

use super::{Case, valid};
use crate::{
    amount::Amount,
    appeal::{Appeal, Before, Ending},
    event::{CancelReason, Fact, MoveReason},
    id::{AppealId, MemberId, NoteId, ObligationId},
    member::Member,
    obligation::{ObligationState, ReportState},
    refusal::Refusal,
    time::Date,
};

impl Case<'_> {
    pub(super) fn ask_monthly(
        &mut self,
        target: Amount,
        purpose: Option<NoteId>,
        findable: bool,
    ) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.is_red() {
            return Err(Refusal::AlreadyRed);
        }
        if me.asks_monthly {
            return Err(Refusal::AlreadyOrange);
        }
        if me.suspended.is_some() {
            return Err(Refusal::Suspended);
        }
        let target = valid(target)?;
        let again = me.monthly.is_some();
        let appeal = me.monthly.unwrap_or_else(|| AppealId(self.number()));
        self.say(Fact::MonthlyAsked {
            member: me.id,
            appeal,
            target,
            purpose,
            findable,
            again,
        });
        Ok(())
    }

    pub(super) fn call_emergency(
        &mut self,
        target: Amount,
        deadline: Date,
        reason: Option<NoteId>,
        talk: Option<NoteId>,
    ) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.is_red() {
            return Err(Refusal::AlreadyRed);
        }
        let target = valid(target)?;
        self.policy().check_deadline(self.today, deadline)?;
        let appeal = AppealId(self.number());
        self.say(Fact::EmergencyCalled {
            member: me.id,
            appeal,
            target,
            deadline,
            reason,
            talk,
        });
        Ok(())
    }

    pub(super) fn change_appeal(
        &mut self,
        appeal: AppealId,
        target: Option<Amount>,
        deadline: Option<Date>,
        purpose: Option<NoteId>,
        findable: Option<bool>,
    ) -> Result<(), Refusal> {
        let me = self.actor()?;
        let row = self
            .ledger
            .appeal(appeal)
            .filter(|row| row.owner == me.id)
            .ok_or(Refusal::Unknown)?;
        if !row.is_open() {
            return Err(Refusal::AppealClosed);
        }
        let target_after = target.map_or(Ok(row.target), valid)?;
        let deadline_before = row.deadline();
        let deadline_after = match (deadline_before, deadline) {
            (Some(before), Some(new)) if new != before => {
                self.policy().check_deadline(self.today, new)?;
                Some(new)
            }
            (before, _) => before,
        };
        let changes_findable = findable.is_some_and(|findable| findable != row.findable);
        if target_after == row.target
            && deadline_after == deadline_before
            && purpose.is_none()
            && !changes_findable
        {
            return Ok(());
        }
        self.say(Fact::AppealChanged {
            appeal,
            owner: me.id,
            target_before: row.target,
            target_after,
            deadline_before,
            deadline_after,
            purpose,
            findable,
        });
        if let Some(later) = deadline_after.filter(|after| Some(*after) > deadline_before) {
            self.move_due_dates(row, later);
        }
        if !row.is_monthly() && self.confirmed_by_word(appeal) >= target_after {
            self.end_emergency(me, row, Ending::Reached, before_of(me), None, Amount::ZERO);
        }
        Ok(())
    }

    /// A later deadline moves due dates, an earlier one does not (C7).
    fn move_due_dates(&mut self, appeal: &Appeal, later: Date) {
        let open = self
            .ledger
            .owed_to(appeal.owner)
            .filter(|o| o.appeal() == Some(appeal.id));
        let open = open.filter(|o| matches!(o.state, ObligationState::Open) && o.due < later);
        let open: Vec<_> = open.map(|o| (o.id, o.debtor, o.due)).collect();
        for (obligation, debtor, before) in open {
            let creditor = appeal.owner;
            let reason = MoveReason::Deadline;
            self.say(Fact::DueMoved {
                obligation,
                debtor,
                creditor,
                before,
                after: later,
                reason,
            });
        }
    }

    pub(super) fn end_monthly(&mut self) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.is_red() {
            return Err(Refusal::AlreadyRed);
        }
        let appeal = me.monthly.filter(|_| me.asks_monthly).ok_or(Refusal::NotAsking)?;
        self.become_green(me.id, appeal);
        Ok(())
    }

    /// Intentions in the member's favour are cancelled; obligations stay (M6).
    fn become_green(&mut self, member: MemberId, appeal: AppealId) {
        self.cancel_intentions(
            self.ledger.intentions_for(member).collect(),
            CancelReason::NotNeeded,
        );
        self.say(Fact::MonthlyEnded {
            member,
            appeal,
            ending: Ending::Ended,
        });
    }

    pub(super) fn end_emergency_by_word(&mut self, then: Before) -> Result<(), Refusal> {
        let me = self.actor()?;
        let appeal = me
            .emergency
            .and_then(|id| self.ledger.appeal(id))
            .ok_or(Refusal::NotAsking)?;
        self.end_emergency(me, appeal, Ending::Ended, then, None, Amount::ZERO);
        Ok(())
    }

    pub(super) fn expire_emergency(&mut self, appeal: AppealId) -> Result<(), Refusal> {
        self.clock_only()?;
        let row = self.ledger.appeal(appeal).ok_or(Refusal::Unknown)?;
        let over = row
            .deadline()
            .is_some_and(|deadline| self.policy().zone.end_of(deadline) <= self.at);
        let owner = self.ledger.member(row.owner).ok_or(Refusal::Unknown)?;
        if row.is_open() && over {
            self.end_emergency(owner, row, Ending::Expired, before_of(owner), None, Amount::ZERO);
        }
        Ok(())
    }

    /// Help confirmed by somebody's word: what counts towards C5. Silence does not (L12).
    pub(super) fn confirmed_by_word(&self, appeal: AppealId) -> Amount {
        let Some(row) = self.ledger.appeal(appeal) else {
            return Amount::ZERO;
        };
        let towards = self
            .ledger
            .owed_to(row.owner)
            .filter(|o| o.appeal() == Some(appeal));
        let words = towards.flat_map(|o| &o.reports).map(|report| match report.state {
            ReportState::Answered { confirmed, .. } => confirmed,
            ReportState::Waiting | ReportState::BySilence { .. } | ReportState::Reopened { .. } => {
                Amount::ZERO
            }
        });
        words.sum()
    }

    /// Red ends (C5, C6, M6). `just_answered` is an obligation whose report was answered in this very decision, with
    /// the refused part of it; `just_confirmed` is what that answer confirmed.
    pub(super) fn end_emergency(
        &mut self,
        owner: &Member,
        appeal: &Appeal,
        ending: Ending,
        then: Before,
        just_answered: Option<(ObligationId, Amount)>,
        just_confirmed: Amount,
    ) {
        let then = if owner.asks_monthly { then } else { Before::Green };
        let confirmed = self.confirmed_by_word(appeal.id).plus(just_confirmed);
        self.say(Fact::EmergencyEnded {
            member: owner.id,
            appeal: appeal.id,
            ending,
            confirmed,
            then,
        });
        if ending == Ending::Reached {
            self.cancel_unreported(appeal, just_answered);
        }
        self.thaw(owner.id, then);
        if let Some(monthly) = owner
            .monthly
            .filter(|_| owner.asks_monthly && then == Before::Green)
        {
            self.become_green(owner.id, monthly);
        }
    }

    /// What is outstanding and not reported is cancelled: the target is reached (C5).
    fn cancel_unreported(&mut self, appeal: &Appeal, just_answered: Option<(ObligationId, Amount)>) {
        let open = self
            .ledger
            .owed_to(appeal.owner)
            .filter(|o| o.appeal() == Some(appeal.id) && o.is_unsettled());
        let open: Vec<_> = open.map(|o| (o.id, o.debtor, o.unreported())).collect();
        for (obligation, debtor, unreported) in open {
            let refused = just_answered
                .filter(|(answered, _)| *answered == obligation)
                .map(|(_, refused)| refused);
            let amount = unreported.plus(refused.unwrap_or_default());
            if !amount.is_zero() {
                self.say(Fact::ObligationCancelled {
                    obligation,
                    debtor,
                    creditor: appeal.owner,
                    amount,
                });
            }
        }
    }

    /// What an emergency froze thaws: obligations keep a due date at least three days ahead, else they are due at the
    /// end of the period; intentions count as recorded today (M6).
    fn thaw(&mut self, member: MemberId, then: Before) {
        let owed = self
            .ledger
            .owed_by(member)
            .filter(|o| matches!(o.state, ObligationState::Open));
        let owed: Vec<_> = owed
            .filter(|o| !self.leaves_time(o.due))
            .map(|o| (o.id, o.creditor, o.due))
            .collect();
        for (obligation, creditor, before) in owed {
            let (after, reason) = (self.end_with_time(), MoveReason::Thawed);
            self.say(Fact::DueMoved {
                obligation,
                debtor: member,
                creditor,
                before,
                after,
                reason,
            });
        }
        let mine = self
            .ledger
            .intentions_by(member)
            .filter(|i| !self.ledger.is_red(i.recipient));
        let mut thawed: Vec<_> = mine.map(|i| (i.id, i.author, i.recipient)).collect();
        if then == Before::Orange {
            let for_me = self
                .ledger
                .intentions_for(member)
                .filter(|i| !self.ledger.is_red(i.author));
            thawed.extend(for_me.map(|i| (i.id, i.author, i.recipient)));
        }
        for (intention, author, recipient) in thawed {
            self.say(Fact::IntentionThawed {
                intention,
                author,
                recipient,
            });
        }
    }

    pub(super) fn vouch(&mut self, appeal: AppealId, note: Option<NoteId>) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self.ledger.appeal(appeal).ok_or(Refusal::Unknown)?;
        if row.owner == me {
            return Err(Refusal::Oneself);
        }
        self.sees(me, row.owner)?;
        if !row.is_open() {
            return Err(Refusal::AppealClosed);
        }
        if !crate::view::knows_appeal(self.ledger, me, row) {
            return Err(Refusal::NotInCircle);
        }
        if row.vouches.get(&me) == Some(&note) {
            return Ok(());
        }
        self.say(Fact::Vouched {
            appeal,
            owner: row.owner,
            member: me,
            note,
        });
        Ok(())
    }

    pub(super) fn withdraw_vouch(&mut self, appeal: AppealId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .appeal(appeal)
            .filter(|row| row.vouches.contains_key(&me))
            .ok_or(Refusal::Unknown)?;
        self.say(Fact::VouchWithdrawn {
            appeal,
            owner: row.owner,
            member: me,
        });
        Ok(())
    }
}

/// The status a member in an emergency returns to.
pub(super) const fn before_of(member: &Member) -> Before {
    if member.asks_monthly {
        Before::Orange
    } else {
        Before::Green
    }
}
