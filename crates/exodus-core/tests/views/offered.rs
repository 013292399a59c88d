//! What the views offer is what `decide` accepts, over random histories.

use exodus_core::{
    Actor, Amount, Command, CommandId, Envelope, Event, Fact, Form, MemberId, Refusal, ReleaseReason, Side,
    Snapshot, decide,
    view::{self, Leaving, Need},
};
use proptest::prelude::*;

use crate::{
    random::History,
    village::{
        story::{play, story},
        units,
    },
};

/// One viewer who tries things.
struct Trial<'a> {
    history: &'a History,
    viewer: MemberId,
}

impl Trial<'_> {
    fn would(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let envelope = Envelope {
            id: CommandId(0),
            by: Actor::Member(self.viewer),
            at: self.history.at,
            command,
        };
        decide(&self.history.ledger, &envelope)
    }

    /// The flag says what `decide` does.
    fn agrees(&self, may: bool, command: Command) {
        let answer = self.would(command.clone());
        assert_eq!(may, answer.is_ok(), "{}: {command:?}: {answer:?}", self.viewer);
    }

    fn unknown(&self, command: Command) {
        assert_eq!(
            self.would(command.clone()),
            Err(Refusal::Unknown),
            "{}: {command:?}",
            self.viewer
        );
    }

    /// An appeal that is not shown: who sees its owner, and pressed an old button, hears that it takes nothing now (U2);
    /// to anybody else there is no such thing.
    fn does_not_take(&self, owner: MemberId, command: Command) {
        let told = matches!(
            self.would(command.clone()),
            Err(Refusal::AppealClosed | Refusal::NotInCircle)
        );
        if !(told && view::sight(&self.history.ledger, self.viewer, owner).card()) {
            self.unknown(command);
        }
    }

    fn intentions(&self) {
        let History { ledger, at, .. } = self.history;
        for row in ledger.intentions() {
            let (intention, amount) = (row.id, row.amount);
            let Some(view) = view::intention(ledger, self.viewer, intention, *at) else {
                self.unknown(Command::Convert {
                    intention,
                    amount: None,
                });
                self.unknown(Command::AskConversion { intention });
                continue;
            };
            self.agrees(view.may_change, Command::ChangeIntention { intention, amount });
            self.agrees(view.may_change, Command::WithdrawIntention { intention });
            self.agrees(
                view.may_convert,
                Command::Convert {
                    intention,
                    amount: None,
                },
            );
            self.agrees(view.may_ask, Command::AskConversion { intention });
            self.agrees(
                view.may_revalue,
                Command::ProposeValue {
                    intention,
                    amount: units(1),
                },
            );
            let to_answer = view.mine && view.live && view.proposed.is_some();
            self.agrees(
                to_answer,
                Command::AnswerValue {
                    intention,
                    take: false,
                },
            );
        }
    }

    fn obligations(&self) {
        let History { ledger, at, .. } = self.history;
        for obligation in ledger.obligations().map(|row| row.id) {
            let Some(view) = view::obligation(ledger, self.viewer, obligation, *at) else {
                self.unknown(Command::Report {
                    obligation,
                    amount: None,
                    note: None,
                });
                self.unknown(Command::Release { obligation });
                continue;
            };
            self.agrees(
                view.may_report,
                Command::Report {
                    obligation,
                    amount: None,
                    note: None,
                },
            );
            self.agrees(view.may_release, Command::Release { obligation });
            self.agrees(view.may_ask, Command::AskPerformance { obligation });
            for row in view.reports {
                let report = row.report;
                self.agrees(row.may_answer, Command::Confirm { report, amount: None });
                self.agrees(row.may_answer, Command::Refuse { report });
                self.agrees(row.may_remind, Command::RemindConfirmation { report });
                self.agrees(row.may_reopen, Command::Reopen { report, reason: None });
            }
        }
    }

    fn offers_and_links(&self, records: &Snapshot) {
        let ledger = &self.history.ledger;
        for offer in records.offers.iter().map(|row| row.id) {
            let Some(view) = view::offer(ledger, self.viewer, offer) else {
                self.unknown(Command::AnswerOffer { offer, accept: true });
                continue;
            };
            self.agrees(view.may_answer, Command::AnswerOffer { offer, accept: false });
            self.agrees(
                view.waiting && view.from == self.viewer,
                Command::WithdrawOffer { offer },
            );
        }
        for link in records.links.iter().map(|row| row.id) {
            let may = view::link(ledger, self.viewer, link).is_some();
            self.agrees(may, Command::RevokeLink { link });
        }
    }

    fn appeals(&self) {
        let ledger = &self.history.ledger;
        for row in ledger.appeals() {
            let (appeal, amount) = (row.id, units(1));
            let help = if row.is_monthly() {
                Command::Intend {
                    appeal,
                    amount,
                    form: Form::Money,
                    note: None,
                }
            } else {
                Command::Promise {
                    appeal,
                    amount,
                    form: Form::Money,
                    note: None,
                }
            };
            let Some(view) = view::appeal(ledger, self.viewer, appeal) else {
                self.does_not_take(row.owner, help);
                self.does_not_take(row.owner, Command::Vouch { appeal, note: None });
                continue;
            };
            self.agrees(view.may_vouch, Command::Vouch { appeal, note: None });
            let answer = self.would(help);
            let open = view.takes_help && view.owner != self.viewer;
            let shut = matches!(
                answer,
                Err(Refusal::Unknown | Refusal::AppealClosed | Refusal::Oneself)
            );
            assert_eq!(open, !shut, "{answer:?}");
        }
    }

    fn people(&self, x: MemberId) {
        let ledger = &self.history.ledger;
        let card = view::card(ledger, self.viewer, x);
        let (side, amount, form) = (Side::Creditor, units(1), Form::Time);
        let offer = Command::MakeOffer {
            to: x,
            side,
            amount,
            form,
            due: None,
            note: None,
            given: true,
        };
        self.agrees(card.as_ref().is_some_and(|card| card.may_agree), offer);
        let link = self.would(Command::MakeLink {
            about: x,
            max_uses: None,
            expires: None,
        });
        let refused = matches!(
            link,
            Err(Refusal::Unknown | Refusal::NotInNeed | Refusal::LinksForbidden)
        );
        assert_eq!(card.is_some_and(|card| card.may_link), !refused, "{link:?}");
        if x != self.viewer && !ledger.blocks_by(self.viewer).any(|blocked| blocked == x) {
            self.agrees(
                view::sight(ledger, self.viewer, x).any(),
                Command::Block { member: x },
            );
        }
    }
}

impl Trial<'_> {
    fn bonds(&self, records: &exodus_core::Snapshot) {
        for row in &records.bonds {
            let Some(view) = view::bond(&self.history.ledger, self.viewer, row.id) else {
                continue;
            };
            let (bond, gives) = (row.id, None);
            self.agrees(view.may_accept, Command::AcceptBond { bond, gives });
            self.agrees(view.may_decline, Command::DeclineBond { bond });
            self.agrees(view.may_withdraw, Command::WithdrawBond { bond });
            self.agrees(view.may_end, Command::EndBond { bond });
            let to = row.other(self.viewer);
            if view.may_restore {
                self.agrees(true, Command::ProposeBond { to, gives });
            }
        }
    }
}

/// What leaving does, from its events.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other facts move nothing that was shown"
)]
fn left(events: &[Event], leaver: MemberId) -> Leaving {
    let mut sum = Leaving::default();
    for event in events {
        match event.fact {
            Fact::IntentionCancelled { author, .. } if author == leaver => sum.my_intentions += 1,
            Fact::IntentionCancelled { .. } => sum.intentions_for_me += 1,
            Fact::ObligationReleased {
                amount,
                reason: ReleaseReason::Left,
                ..
            } => {
                sum.released = sum.released.plus(amount);
            }
            Fact::ObligationDefaulted { amount, .. } => sum.defaulted = sum.defaulted.plus(amount),
            Fact::PerformanceSettledBySilence { .. } => sum.by_silence += 1,
            Fact::BondEnded { .. } => sum.bonds += 1,
            _ => {}
        }
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_views_offer_is_what_decide_accepts(story in story()) {
        let history = play(&story);
        let records = history.ledger.snapshot();
        for viewer in history.ledger.members().filter(|row| row.is_here()).map(|row| row.id) {
            let trial = Trial { history: &history, viewer };
            trial.intentions();
            trial.obligations();
            trial.offers_and_links(&records);
            trial.bonds(&records);
            trial.appeals();
            history.ledger.members().for_each(|x| trial.people(x.id));
        }
    }

    #[test]
    fn m11_leaving_does_what_was_shown(story in story()) {
        let history = play(&story);
        for viewer in history.ledger.members().filter(|row| row.is_here()).map(|row| row.id) {
            let events = Trial { history: &history, viewer }.would(Command::Leave).expect("anybody may leave");
            prop_assert_eq!(view::leaving(&history.ledger, viewer), left(&events, viewer));
        }
    }

    #[test]
    fn l20_parts_add_up_and_can_be_promised(story in story(), sum in 0_u64..500_000) {
        let history = play(&story);
        let ledger = &history.ledger;
        for viewer in ledger.members().map(|row| row.id) {
            let (parts, needs) = (view::spread(ledger, viewer, Amount::from_minor(sum)), view::in_need(ledger, viewer));
            let uncovered = |need: &Need| match need.deadline {
                Some(_) => need.missing,
                None => need.missing.less(need.intended),
            };
            prop_assert!(parts.iter().map(|part| part.amount).sum::<Amount>() <= Amount::from_minor(sum));
            for part in parts {
                let need = needs.iter().find(|need| need.appeal == part.appeal).expect("in need, and in sight");
                prop_assert!(!part.amount.is_zero() && part.amount <= uncovered(need));
                let (appeal, amount, form, note) = (part.appeal, part.amount, Form::Money, None);
                let trial = Trial { history: &history, viewer };
                trial.agrees(true, if part.emergency {
                    Command::Promise { appeal, amount, form, note }
                } else {
                    Command::Intend { appeal, amount, form, note }
                });
            }
        }
    }
}
