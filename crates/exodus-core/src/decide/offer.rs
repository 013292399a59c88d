//! Agreements outside any appeal (L7a).

use super::{Case, valid};
use crate::{
    amount::Amount,
    command::Side,
    event::Fact,
    id::{MemberId, NoteId, ObligationId, OfferId},
    intention::Form,
    obligation::Origin,
    offer::Offer,
    refusal::Refusal,
    time::Date,
};

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
        self.another(me.id, to)?;
        self.sees(me.id, to)?;
        self.sees(to, me.id)?;
        let amount = valid(amount)?;
        let due = if given {
            self.today
        } else {
            due.unwrap_or_else(|| self.end_of_period())
        };
        self.policy().check_due(self.today, due)?;
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

    pub(super) fn answer_offer(&mut self, offer: OfferId, accept: bool) -> Result<(), Refusal> {
        let row = self.offer_for_me(offer)?;
        let (from, to) = (row.from, row.to);
        if accept {
            self.sees(to, from)?;
            self.accept_offer(row)
        } else {
            self.say(Fact::OfferDeclined { offer, from, to });
            Ok(())
        }
    }

    fn accept_offer(&mut self, row: &Offer) -> Result<(), Refusal> {
        if !row.given {
            if row.due < self.today {
                return Err(Refusal::OfferPassed { date: row.due });
            }
            let debtor = self.ledger.member(row.debtor).ok_or(Refusal::Unknown)?;
            let may = self.may_promise(debtor);
            if debtor.id == row.to {
                may?;
            } else {
                may.map_err(|_| Refusal::OtherMayNotPromise)?;
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
            let report = self.report_whole(obligation, debtor, creditor, amount, None);
            let period = self.policy().period(self.at);
            let (reported, confirmed) = (amount, amount);
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
        let row = self.my_offer(offer)?;
        let (from, to) = (row.from, row.to);
        self.say(Fact::OfferWithdrawn { offer, from, to });
        Ok(())
    }
}
