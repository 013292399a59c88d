//! Agreements outside any appeal (L7a).

use super::{Case, valid};
use crate::{
    amount::Amount,
    command::Side,
    event::Fact,
    id::{MemberId, NoteId, ObligationId, OfferId, ReportId},
    intention::Form,
    obligation::Origin,
    offer::Offer,
    policy::days_after,
    refusal::Refusal,
    time::Date,
};

/// An agreement may be due at most so many days ahead.
const FARTHEST_DUE_DAYS: u32 = 366;

impl Case<'_> {
    #[expect(clippy::too_many_arguments, reason = "the fields of one command")]
    pub(super) fn make_offer(
        &mut self,
        to: MemberId,
        side: Side,
        amount: Amount,
        form: Form,
        due: Option<Date>,
        note: Option<NoteId>,
        given: bool,
    ) -> Result<(), Refusal> {
        let me = self.actor()?;
        if me.id == to {
            return Err(Refusal::Oneself);
        }
        self.sees(me.id, to)?;
        self.sees(to, me.id)?;
        let amount = valid(amount)?;
        let due = if given {
            self.today
        } else {
            due.unwrap_or_else(|| self.end_of_period())
        };
        self.check_due(due)?;
        let debtor = match side {
            Side::Debtor => me.id,
            Side::Creditor => to,
        };
        if !given && debtor == me.id {
            self.may_promise(me)?;
        }
        let offer = OfferId(self.number());
        self.say(Fact::OfferMade {
            offer,
            from: me.id,
            to,
            debtor,
            amount,
            form,
            due,
            note,
            given,
        });
        Ok(())
    }

    fn check_due(&self, due: Date) -> Result<(), Refusal> {
        let latest = days_after(self.today, FARTHEST_DUE_DAYS);
        if due < self.today {
            Err(Refusal::DatePassed { date: due })
        } else if due > latest {
            Err(Refusal::DateTooFar { latest })
        } else {
            Ok(())
        }
    }

    pub(super) fn answer_offer(&mut self, offer: OfferId, accept: bool) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .offer(offer)
            .filter(|row| row.to == me)
            .ok_or(Refusal::Unknown)?;
        if !row.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        if accept {
            self.sees(me, row.from)?;
            self.accept_offer(row)
        } else {
            self.say(Fact::OfferDeclined {
                offer,
                from: row.from,
                to: me,
            });
            Ok(())
        }
    }

    fn accept_offer(&mut self, row: &Offer) -> Result<(), Refusal> {
        if !row.given {
            self.check_due(row.due)?;
            let debtor = self.ledger.member(row.debtor).ok_or(Refusal::Unknown)?;
            let may = self.may_promise(debtor);
            if debtor.id == row.to {
                may?;
            } else {
                may.map_err(|_| Refusal::Frozen)?;
            }
        }
        let obligation = ObligationId(self.number());
        let (debtor, creditor, amount) = (row.debtor, row.creditor, row.amount);
        self.say(Fact::OfferAccepted {
            offer: row.id,
            from: row.from,
            to: row.to,
            obligation,
        });
        self.say(Fact::ObligationMade {
            obligation,
            debtor,
            creditor,
            amount,
            form: row.form,
            note: row.note,
            due: row.due,
            origin: Origin::Direct { offer: row.id },
        });
        if row.given {
            let report = ReportId { obligation, nth: 0 };
            let period = self.policy().period(self.at);
            let (reported, confirmed, holding, note) = (amount, amount, amount, None);
            self.say(Fact::PerformanceReported {
                report,
                debtor,
                creditor,
                amount,
                holding,
                note,
            });
            self.say(Fact::PerformanceAnswered {
                report,
                debtor,
                creditor,
                reported,
                confirmed,
                period,
            });
            self.say(Fact::ObligationFulfilled {
                obligation,
                debtor,
                creditor,
                late: false,
                by_silence: false,
            });
        }
        Ok(())
    }

    pub(super) fn withdraw_offer(&mut self, offer: OfferId) -> Result<(), Refusal> {
        let me = self.actor()?.id;
        let row = self
            .ledger
            .offer(offer)
            .filter(|row| row.from == me)
            .ok_or(Refusal::Unknown)?;
        if !row.is_waiting() {
            return Err(Refusal::NoLonger);
        }
        self.say(Fact::OfferWithdrawn {
            offer,
            from: me,
            to: row.to,
        });
        Ok(())
    }
}
