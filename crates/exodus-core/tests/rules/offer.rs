//! Agreements outside any appeal (L7a).

use exodus_core::{Command, Date, Form, MemberId, ObligationId, OfferId, Policy, Refusal, Side, Status};

use crate::village::{Village, date, units};

/// Two who see each other: the second helps the first.
fn neighbours() -> (Village, MemberId, MemberId) {
    let mut village = Village::new();
    let [one, other] = village.newcomers();
    let appeal = village.orange(one, units(100));
    village.intend(other, appeal, units(1));
    (village, one, other)
}

fn make(to: MemberId, side: Side, due: Option<Date>, given: bool) -> Command {
    Command::MakeOffer {
        to,
        side,
        amount: units(8),
        form: Form::Service,
        due,
        note: None,
        given,
    }
}

#[test]
fn l7a_accepted_it_binds_whoever_would_owe() {
    for side in [Side::Debtor, Side::Creditor] {
        let (mut village, one, other) = neighbours();
        let offer = village.offer(one, other, units(8), side);
        let accept = Command::AnswerOffer { offer, accept: true };
        assert_eq!(village.try_say(one, accept.clone()), Err(Refusal::Unknown));
        let obligation = ObligationId(village.ledger.next_number());
        village.say(other, accept.clone());
        let row = village.obligation(obligation);
        let debtor = if side == Side::Debtor { one } else { other };
        assert_eq!(
            (row.debtor, row.amount, row.form),
            (debtor, units(8), Form::Service)
        );
        assert_eq!(row.due, date(2026, 11, 30), "without a date, this month's end");
        assert_eq!(row.appeal(), None);
        assert_eq!(village.try_say(other, accept), Err(Refusal::NoLonger));
    }
}

#[test]
fn l7a_it_holds_nobody_in_a_circle() {
    let (mut village, one, other) = neighbours();
    village.agree(one, other, units(8));
    assert_eq!(village.ledger.status(other), Status::Green);
    assert_eq!(village.ledger.supports(one).count(), 0);
}

#[test]
fn l7a_declined_or_taken_back_it_is_over() {
    let (mut village, one, other) = neighbours();
    let offer = village.offer(one, other, units(8), Side::Debtor);
    village.say(other, Command::AnswerOffer { offer, accept: false });
    assert_eq!(
        village.try_say(one, Command::WithdrawOffer { offer }),
        Err(Refusal::NoLonger)
    );
    let offer = village.offer(one, other, units(8), Side::Debtor);
    assert_eq!(
        village.try_say(other, Command::WithdrawOffer { offer }),
        Err(Refusal::Unknown)
    );
    village.say(one, Command::WithdrawOffer { offer });
    let accept = Command::AnswerOffer { offer, accept: true };
    assert_eq!(village.try_say(other, accept), Err(Refusal::NoLonger));
}

#[test]
fn l7a_a_date_has_not_passed_and_is_not_too_far() {
    let (mut village, one, other) = neighbours();
    let today = village.today();
    let latest = date(2027, 11, 3);
    let dates = [
        (
            date(2026, 11, 1),
            Err(Refusal::DatePassed {
                date: date(2026, 11, 1),
            }),
        ),
        (today, Ok(())),
        (latest, Ok(())),
        (date(2027, 11, 4), Err(Refusal::DateTooFar { latest })),
    ];
    for (due, expected) in dates {
        let answer = village.try_say(one, make(other, Side::Debtor, Some(due), false));
        assert_eq!(answer.map(|_| ()), expected);
        assert_eq!(Policy::default().check_due(today, due), expected);
    }
    let offer = OfferId(village.ledger.next_number());
    let due = Some(date(2026, 11, 5));
    village.say(one, make(other, Side::Debtor, due, false));
    village.until(date(2026, 11, 6));
    let accept = Command::AnswerOffer { offer, accept: true };
    // Who accepts can give no later day: that is not asked of them. They can still decline.
    let passed = Refusal::OfferPassed {
        date: date(2026, 11, 5),
    };
    assert_eq!(village.try_say(other, accept), Err(passed));
    let decline = Command::AnswerOffer { offer, accept: false };
    village.say(other, decline);
}

#[test]
fn l7a_help_already_given_counts_when_its_receiver_says_so() {
    let (mut village, one, other) = neighbours();
    let offer = OfferId(village.ledger.next_number());
    village.say(other, make(one, Side::Debtor, None, true));
    assert_eq!(village.ledger.owed_by(other).count(), 0);
    village.month();
    let appeal = village.ledger.current_appeal(one).unwrap().id;
    village.intend(other, appeal, units(1));
    village.say(one, Command::AnswerOffer { offer, accept: true });
    let row = village.ledger.owed_by(other).next().unwrap();
    assert!(row.is_fulfilled());
    let reputation = village.member(other).reputation;
    assert_eq!((reputation.on_time, reputation.late), (1, 0));
    village.ledger.invariants().unwrap();
}

#[test]
fn l7a_whoever_sees_the_other_no_more_may_still_decline() {
    let (mut village, one, other) = neighbours();
    let offer = village.offer(other, one, units(8), Side::Debtor);
    village.month();
    let shown = exodus_core::view::offer(&village.ledger, one, offer).unwrap();
    assert_eq!(shown.other, exodus_core::view::Who::Someone, "the tie has lapsed");
    let answer = |accept| Command::AnswerOffer { offer, accept };
    assert_eq!(village.try_say(one, answer(true)), Err(Refusal::Unknown));
    village.say(one, answer(false));
}

#[test]
fn l7a_only_two_who_see_each_other() {
    let mut village = Village::new();
    let [x, visitor] = village.newcomers();
    village.orange(x, units(100));
    let link = village.make_link(x, x);
    village.follow(visitor, link);
    // A link shows X to its visitor, and the visitor to nobody.
    for (from, to) in [(visitor, x), (x, visitor)] {
        assert_eq!(
            village.try_say(from, make(to, Side::Debtor, None, false)),
            Err(Refusal::Unknown)
        );
    }
    assert_eq!(
        village.try_say(x, make(x, Side::Debtor, None, false)),
        Err(Refusal::Oneself)
    );
}
