//! Deciding on a loaded part gives what deciding on the whole gives, over random histories; and the state tables are
//! always what the journal says.

use std::sync::Arc;

use exodus_core::{
    Actor, AppealId, Before, BondId, Changes, Command, Envelope, Form, IntentionId, Ledger, LinkId, MemberId,
    ObligationId, OfferId, ReportId, Side,
};
use exodus_store::{Random, Work};

use crate::place::{Place, both, id, minor};

both! { parts_decide_as_the_whole }

struct Dice(Random);

impl Dice {
    fn roll(&self, sides: u64) -> u64 {
        u64::from_be_bytes(self.0.bytes()) % sides.max(1)
    }

    fn one_of<T: Copy>(&self, items: &[T]) -> Option<T> {
        items
            .get(usize::try_from(self.roll(items.len() as u64)).unwrap())
            .copied()
    }

    fn command(&self, all: &Ledger) -> Option<(Actor, Command)> {
        let members: Vec<MemberId> = all
            .members()
            .filter(|row| row.is_here())
            .map(|row| row.id)
            .collect();
        let anyone = || self.one_of(&members);
        let by = anyone();
        let pick = |ids: Vec<u64>| {
            // Mostly what is recent.
            let recent = ids.len().saturating_sub(12);
            self.one_of(if self.roll(4) > 0 { &ids[recent..] } else { &ids })
        };
        let appeal = || {
            let open = |row: &&exodus_core::Appeal| row.is_open() || self.roll(8) == 0;
            pick(all.appeals().filter(open).map(|row| row.id.0).collect()).map(AppealId)
        };
        let intention = || pick(all.intentions().map(|row| row.id.0).collect()).map(IntentionId);
        let obligation = || pick(all.obligations().map(|row| row.id.0).collect()).map(ObligationId);
        let snapshot = || all.snapshot();
        let amount = minor(1 + self.roll(50) * 100);
        let form = Form::Money;
        let report = || {
            let obligation = obligation()?;
            let reports = all.obligation(obligation)?.reports.len() as u64;
            Some(ReportId {
                obligation,
                nth: u32::try_from(self.roll(reports.max(1))).ok()?,
            })
        };
        let day =
            |ahead: u64| exodus_core::Date::new(2026, 11, 1 + i8::try_from(ahead % 28).unwrap()).unwrap();
        // Whoever may do it does it, three times out of four.
        let or = |one: Option<MemberId>| if self.roll(4) > 0 { one.or(by) } else { by };
        let (by, command) = match self.roll(42) {
            0 => {
                let links = snapshot().links;
                let via = self.one_of(&links.iter().map(|row| row.id).collect::<Vec<LinkId>>());
                return (members.len() < 14).then_some((Actor::Newcomer, Command::Register { via }));
            }
            1 | 2 => (
                by,
                Command::AskMonthly {
                    target: minor(100_00),
                    purpose: None,
                    findable: true,
                },
            ),
            3 if self.roll(2) == 0 => (
                by,
                Command::CallEmergency {
                    target: minor(200_00),
                    deadline: day(self.roll(28)),
                    reason: None,
                    talk: None,
                },
            ),
            4 => (by, Command::EndMonthly),
            5 => (
                by,
                Command::EndEmergency {
                    then: if self.roll(2) == 0 {
                        Before::Green
                    } else {
                        Before::Orange
                    },
                },
            ),
            6 if self.roll(20) == 0 => (by, Command::Leave),
            7 if self.roll(8) == 0 => (by, Command::Block { member: anyone()? }),
            8 => (by, Command::Unblock { member: anyone()? }),
            9 => (
                by,
                Command::Vouch {
                    appeal: appeal()?,
                    note: None,
                },
            ),
            10 => (
                by,
                Command::MakeLink {
                    about: if self.roll(2) == 0 { by? } else { anyone()? },
                    max_uses: None,
                    expires: None,
                },
            ),
            11 | 12 => (
                by,
                Command::FollowLink {
                    link: self.one_of(&snapshot().links.iter().map(|row| row.id).collect::<Vec<_>>())?,
                },
            ),
            3 | 6 | 7 | 13..=17 => (
                by,
                Command::Intend {
                    appeal: appeal()?,
                    amount,
                    form,
                    note: None,
                },
            ),
            18..=20 => {
                let intention = intention()?;
                let author = all.intention(intention).map(|row| row.author);
                let amount = (self.roll(2) == 0).then_some(amount);
                (or(author), Command::Convert { intention, amount })
            }
            21 => {
                let intention = intention()?;
                (
                    or(all.intention(intention).map(|row| row.author)),
                    Command::PerformAtOnce {
                        intention,
                        amount: None,
                        note: None,
                    },
                )
            }
            22 => (
                by,
                Command::WithdrawIntention {
                    intention: intention()?,
                },
            ),
            23 => (
                by,
                Command::Promise {
                    appeal: appeal()?,
                    amount,
                    form,
                    note: None,
                },
            ),
            24 => (
                by,
                Command::RecordGiven {
                    appeal: appeal()?,
                    amount,
                    form,
                    note: None,
                },
            ),
            25..=27 => {
                let obligation = obligation()?;
                (
                    or(all.obligation(obligation).map(|row| row.debtor)),
                    Command::Report {
                        obligation,
                        amount: None,
                        note: None,
                    },
                )
            }
            28..=30 => {
                let report = report()?;
                (
                    or(all.obligation(report.obligation).map(|row| row.creditor)),
                    Command::Confirm { report, amount: None },
                )
            }
            31 => {
                let report = report()?;
                let by = or(all.obligation(report.obligation).map(|row| row.creditor));
                (
                    by,
                    if self.roll(2) == 0 {
                        Command::Refuse { report }
                    } else {
                        Command::Reopen { report, reason: None }
                    },
                )
            }
            32 => {
                let obligation = obligation()?;
                (
                    or(all.obligation(obligation).map(|row| row.creditor)),
                    Command::Release { obligation },
                )
            }
            33 => (
                by,
                Command::MakeOffer {
                    to: anyone()?,
                    side: if self.roll(2) == 0 {
                        Side::Debtor
                    } else {
                        Side::Creditor
                    },
                    amount,
                    form,
                    due: None,
                    note: None,
                    given: self.roll(2) == 0,
                },
            ),
            34 => {
                let offer = pick(snapshot().offers.iter().map(|row| row.id.0).collect()).map(OfferId)?;
                (
                    or(all.offer(offer).map(|row| row.to)),
                    Command::AnswerOffer {
                        offer,
                        accept: self.roll(3) > 0,
                    },
                )
            }
            35 => (
                by,
                Command::ProposeBond {
                    to: anyone()?,
                    gives: None,
                },
            ),
            36..=38 => {
                let waiting = snapshot()
                    .bonds
                    .iter()
                    .filter(|row| row.is_waiting())
                    .map(|row| row.id.0)
                    .collect();
                let bond = pick(waiting).map(BondId)?;
                let answer = match self.roll(4) {
                    0 => Command::DeclineBond { bond },
                    _ => Command::AcceptBond { bond, gives: None },
                };
                (or(all.bond(bond).map(|row| row.to)), answer)
            }
            39 => {
                let bond = pick(snapshot().bonds.iter().map(|row| row.id.0).collect()).map(BondId)?;
                let by = or(all.bond(bond).map(|row| row.from));
                let command = match self.roll(3) {
                    0 => Command::EndBond { bond },
                    1 => Command::ChangeBond { bond, gives: amount },
                    _ => Command::ProposeBond {
                        to: all.bond(bond).map(|row| row.to)?,
                        gives: None,
                    },
                };
                (by, command)
            }
            40 => (
                by,
                Command::MakePersonalLink {
                    gives: None,
                    expires: None,
                },
            ),
            _ => {
                let link = self.one_of(&snapshot().links.iter().map(|row| row.id).collect::<Vec<_>>())?;
                (by, Command::RevokeLink { link })
            }
        };
        Some((Actor::Member(by?), command))
    }
}

async fn parts_decide_as_the_whole(place: Arc<Place>) {
    let seeds = std::env::var("EXODUS_SIM_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let store = place.open().await;
    let mut whole = Ledger::new(store.policy().clone());
    for seed in 0..seeds {
        let dice = Dice(Random::seeded(seed + 11));
        let mut done_any = 0;
        for step in 0..600 {
            if dice.roll(3) == 0 {
                place.clock.advance(i64::try_from(dice.roll(60_000)).unwrap());
            }
            let links: Vec<LinkId> = whole.snapshot().links.iter().map(|row| row.id).collect();
            let members: Vec<MemberId> = whole
                .members()
                .filter(|row| row.is_here())
                .map(|row| row.id)
                .collect();
            let link = |about| {
                (
                    Actor::Member(about),
                    Command::MakeLink {
                        about,
                        max_uses: None,
                        expires: None,
                    },
                )
            };
            let next = match members.len() {
                0 => Some((Actor::Newcomer, Command::Register { via: None })),
                few @ 1..8 if links.len() < few => dice.one_of(&members).map(link),
                1..8 => Some((
                    Actor::Newcomer,
                    Command::Register {
                        via: dice.one_of(&links),
                    },
                )),
                _ => dice.command(&whole),
            };
            let Some((by, command)) = next else { continue };
            let scope = command.scope(by);
            let envelope = Envelope {
                id: id(),
                by,
                at: store.now(),
                command: command.clone(),
            };
            let decided = |mut ledger: Ledger| {
                let mut events = ledger.catch_up(&scope, store.now(), &mut Changes::default());
                let decided = exodus_core::decide(&ledger, &envelope);
                let refusal = decided.as_ref().err().copied();
                events.extend(decided.unwrap_or_default());
                (events, refusal)
            };
            let on_whole = decided(whole.clone());
            let on_part = decided(store.load(&scope).await.unwrap());
            assert_eq!(on_part, on_whole, "step {step}: {by:?} {command:?}");
            let done = store
                .transact(Work::new(envelope.id, by, command.clone()))
                .await
                .unwrap();
            let events: Vec<_> = done.events.into_iter().map(|(_, event)| event).collect();
            assert_eq!(
                (events.clone(), done.refusal),
                on_whole,
                "step {step}, with the kept part: {by:?} {command:?}"
            );
            done_any += usize::from(done.refusal.is_none());
            events.iter().for_each(|event| whole.evolve(event));
            if step % 100 == 99 {
                assert_eq!(store.load_all().await.unwrap().snapshot(), whole.snapshot());
                let report = store.verify(|_, _| {}).await.unwrap();
                assert!(report.ok(), "{report:?}");
            }
        }
        assert!(done_any > 150, "only {done_any} commands of 600 did anything");
    }
}
