//! Random histories: commands that people and time could give, drawn from what the ledger holds, with a share that
//! makes no sense. Everything comes from one list of numbers, so that proptest can shrink it.

use exodus_core::{
    Actor, Amount, Before, Command, CommandId, Envelope, Event, Form, Ledger, LinkId, MemberId, OfferId,
    Policy, Refusal, ReportId, Side, Timestamp, Zone, period,
};

/// The instant every history begins: 3 November 2026, 12:00 UTC.
pub(crate) const START: Timestamp = Timestamp::from_seconds(1_793_707_200);

/// A history under way.
pub(crate) struct History {
    /// The state.
    pub(crate) ledger: Ledger,
    /// Everything that happened.
    pub(crate) events: Vec<Event>,
    /// Now.
    pub(crate) at: Timestamp,
    number: u128,
}

/// One step's dice.
pub(crate) type Dice = (u8, u8, u8, u16, u8);

impl History {
    /// A community of so many people.
    pub(crate) fn of(people: usize) -> Self {
        let policy = Policy {
            zone: Zone::named("Europe/Berlin").unwrap(),
            ..Policy::default()
        };
        let mut history = Self {
            ledger: Ledger::new(policy),
            events: Vec::new(),
            at: START,
            number: 0,
        };
        for nth in 0..people {
            let via = (nth % 4 != 3)
                .then(|| history.any_link(u8::try_from(nth).unwrap()))
                .flatten();
            history.give(Actor::Newcomer, Command::Register { via }).unwrap();
            let newest = history.ledger.newest_member().unwrap();
            let link = Command::MakeLink {
                about: newest,
                max_uses: None,
                expires: None,
            };
            history.give(Actor::Member(newest), link).unwrap();
        }
        history
    }

    /// Wraps a command.
    pub(crate) fn envelope(&mut self, by: Actor, command: Command) -> Envelope {
        self.number += 1;
        Envelope {
            id: CommandId(self.number),
            by,
            at: self.at,
            command,
        }
    }

    /// Gives a command.
    pub(crate) fn give(&mut self, by: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let envelope = self.envelope(by, command);
        let scope = envelope.command.scope(envelope.by);
        let due = self
            .ledger
            .catch_up(&scope, self.at, &mut exodus_core::Changes::default());
        self.events.extend(due);
        let decided = exodus_core::decide(&self.ledger, &envelope)?;
        for event in &decided {
            self.ledger.evolve(event);
        }
        self.events.extend(decided.clone());
        Ok(decided)
    }

    /// The scheduler wakes: everything due now happens.
    pub(crate) fn tick(&mut self) {
        for _ in 0..100 {
            let due = period::due(&self.ledger, self.at);
            let before = self.events.len();
            for command in due {
                let _ = self.give(Actor::Clock, command);
            }
            if self.events.len() == before {
                return;
            }
        }
        panic!("time never comes to rest");
    }

    fn member(&self, die: u8) -> MemberId {
        let all: Vec<_> = self.ledger.members().map(|member| member.id).collect();
        all[usize::from(die) % all.len()]
    }

    /// What the dice say somebody does. Mostly it is the right person for a record that is there.
    pub(crate) fn draw(&self, dice: Dice) -> (Actor, Command) {
        let (kind, who, whom, amount, extra) = dice;
        let (me, other) = (self.member(who), self.member(whom));
        let amount = Amount::from_minor(u64::from(amount % 30) * 1000);
        let some_amount = (extra % 4 == 0).then_some(amount);
        let form = [Form::Money, Form::Thing, Form::Service, Form::Time][usize::from(extra) % 4];
        let day = |days: u8| self.ledger.policy.date(self.at.plus_days(u32::from(days)));
        let wrong = whom % 16 == 0;
        let as_one = |right: MemberId| Actor::Member(if wrong { me } else { right });
        let nth = |count: usize| usize::from(who) % count.max(1);
        let live: Vec<_> = self
            .ledger
            .intentions()
            .filter(|i| i.is_live() || wrong)
            .collect();
        let owed: Vec<_> = self
            .ledger
            .obligations()
            .filter(|o| o.is_unsettled() || wrong)
            .collect();
        let waiting: Vec<_> = owed
            .iter()
            .flat_map(|o| o.waiting().map(|(id, _)| (id, o.debtor, o.creditor)))
            .collect();
        let answered: Vec<_> = self
            .ledger
            .obligations()
            .flat_map(|o| (0..u32::try_from(o.reports.len()).unwrap()).map(|nth| (o.id, nth, o.creditor)))
            .map(|(obligation, nth, creditor)| (ReportId { obligation, nth }, creditor))
            .collect();
        let appeals: Vec<_> = self.ledger.appeals().filter(|a| a.is_open()).collect();
        let emergencies: Vec<_> = appeals.iter().filter(|a| !a.is_monthly()).collect();
        let offers: Vec<_> = self
            .ledger
            .members()
            .flat_map(|m| self.ledger.offers_of(m.id))
            .collect();
        let vouches: Vec<_> = appeals
            .iter()
            .flat_map(|a| a.vouches.keys().map(|who| (a.id, *who)))
            .collect();
        let unused = self
            .ledger
            .members()
            .rfind(|m| m.left.is_none() && !self.ledger.has_records(m.id));
        let fresh = unused.map_or(other, |m| m.id);
        let bonds: Vec<_> = self.ledger.bonds().filter(|b| b.is_current() || wrong).collect();
        let invitations: Vec<_> = bonds.iter().filter(|b| b.is_waiting()).collect();
        let nominal = some_amount.filter(|amount| !amount.is_zero());
        match kind % 60 {
            0 if extra < 40 => (
                Actor::Newcomer,
                Command::Register {
                    via: self.any_link(extra),
                },
            ),
            1 | 2 => (
                as_one(me),
                Command::AskMonthly {
                    target: amount,
                    purpose: None,
                    findable: extra % 2 == 0,
                },
            ),
            3 if extra < 120 => {
                let deadline = day(extra % 36);
                (
                    as_one(me),
                    Command::CallEmergency {
                        target: amount,
                        deadline,
                        reason: None,
                        talk: None,
                    },
                )
            }
            4 if !appeals.is_empty() => {
                let appeal = appeals[nth(appeals.len())];
                let deadline = (extra % 2 == 0).then(|| day(extra % 30));
                let target = some_amount;
                (
                    as_one(appeal.owner),
                    Command::ChangeAppeal {
                        appeal: appeal.id,
                        target,
                        deadline,
                        purpose: None,
                        findable: None,
                    },
                )
            }
            5 if extra < 40 => (as_one(me), Command::EndMonthly),
            6 if extra < 60 => (
                as_one(me),
                Command::EndEmergency {
                    then: if extra % 2 == 0 {
                        Before::Orange
                    } else {
                        Before::Green
                    },
                },
            ),
            7 if extra < 16 => (as_one(me), Command::Leave),
            8 if extra > 205 => {
                let asked = self
                    .ledger
                    .members()
                    .rfind(|m| m.is_here() && m.linking.is_some());
                let (to, from) = asked
                    .and_then(|m| Some((m.id, m.linking?)))
                    .unwrap_or((me, fresh));
                (as_one(to), Command::LinkAccounts { from })
            }
            8 if extra > 145 => (as_one(fresh), Command::AskLinking { of: other }),
            8 if extra < 30 => (as_one(me), Command::Block { member: other }),
            9 if extra < 120 => {
                let blocker = self
                    .ledger
                    .members()
                    .find(|m| self.ledger.blocks_by(m.id).next().is_some());
                let me = blocker.map_or(me, |m| m.id);
                let member = self.ledger.blocks_by(me).next().unwrap_or(other);
                (as_one(me), Command::Unblock { member })
            }
            10 if extra < 60 => (
                as_one(me),
                Command::MakeLink {
                    about: me,
                    max_uses: None,
                    expires: (extra % 2 == 0).then(|| day(extra % 20)),
                },
            ),
            11 if extra < 60 => (
                as_one(me),
                Command::MakeLink {
                    about: other,
                    max_uses: Some(3),
                    expires: None,
                },
            ),
            12 if self.any_link(extra).is_some() => (
                as_one(me),
                Command::FollowLink {
                    link: self.any_link(extra).unwrap(),
                },
            ),
            13 if extra < 40 && self.any_link(extra).is_some() => (
                as_one(me),
                Command::RevokeLink {
                    link: self.any_link(extra).unwrap(),
                },
            ),
            14 if extra < 40 => (
                as_one(me),
                Command::ForbidLinks {
                    forbid: extra % 3 == 0,
                },
            ),
            15..=19 if !appeals.is_empty() => {
                let appeal = appeals[usize::from(extra) % appeals.len()].id;
                (
                    as_one(me),
                    Command::Intend {
                        appeal,
                        amount,
                        form,
                        note: None,
                    },
                )
            }
            20 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (
                    as_one(i.author),
                    Command::ChangeIntention {
                        intention: i.id,
                        amount,
                    },
                )
            }
            21 if !live.is_empty() && extra < 90 => {
                let i = live[nth(live.len())];
                (as_one(i.author), Command::WithdrawIntention { intention: i.id })
            }
            22..=24 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (
                    as_one(i.author),
                    Command::Convert {
                        intention: i.id,
                        amount: some_amount,
                    },
                )
            }
            25 | 26 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (
                    as_one(i.author),
                    Command::PerformAtOnce {
                        intention: i.id,
                        amount: some_amount,
                        note: None,
                    },
                )
            }
            27 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (as_one(i.recipient), Command::AskConversion { intention: i.id })
            }
            28 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (
                    as_one(i.recipient),
                    Command::ProposeValue {
                        intention: i.id,
                        amount,
                    },
                )
            }
            29 if !live.is_empty() => {
                let i = live.iter().find(|i| i.revaluation.is_some()).unwrap_or(&live[0]);
                (
                    as_one(i.author),
                    Command::AnswerValue {
                        intention: i.id,
                        take: extra % 2 == 0,
                    },
                )
            }
            30..=32 if !emergencies.is_empty() => {
                let appeal = emergencies[usize::from(extra) % emergencies.len()].id;
                (
                    as_one(me),
                    Command::Promise {
                        appeal,
                        amount,
                        form,
                        note: None,
                    },
                )
            }
            33 if !appeals.is_empty() => {
                let appeal = appeals[usize::from(extra) % appeals.len()].id;
                (
                    as_one(me),
                    Command::RecordGiven {
                        appeal,
                        amount,
                        form,
                        note: None,
                    },
                )
            }
            34..=37 if !owed.is_empty() => {
                let o = owed[nth(owed.len())];
                (
                    as_one(o.debtor),
                    Command::Report {
                        obligation: o.id,
                        amount: some_amount,
                        note: None,
                    },
                )
            }
            38..=41 if !waiting.is_empty() => {
                let (report, _, creditor) = waiting[nth(waiting.len())];
                (
                    as_one(creditor),
                    Command::Confirm {
                        report,
                        amount: some_amount,
                    },
                )
            }
            42 if !waiting.is_empty() => {
                let (report, debtor, creditor) = waiting[nth(waiting.len())];
                match extra % 3 {
                    0 => (as_one(debtor), Command::RemindConfirmation { report }),
                    _ => (as_one(creditor), Command::Refuse { report }),
                }
            }
            43 if !owed.is_empty() => {
                let o = owed[nth(owed.len())];
                (as_one(o.creditor), Command::AskPerformance { obligation: o.id })
            }
            44 if !owed.is_empty() && extra < 100 => {
                let o = owed[nth(owed.len())];
                (as_one(o.creditor), Command::Release { obligation: o.id })
            }
            45 if !answered.is_empty() => {
                let (report, creditor) = answered[answered.len() - 1 - nth(answered.len().min(4))];
                (as_one(creditor), Command::Reopen { report, reason: None })
            }
            46 => {
                let side = if extra % 2 == 0 {
                    Side::Debtor
                } else {
                    Side::Creditor
                };
                let (due, given) = (Some(day(extra % 40)), extra % 5 == 0);
                (
                    as_one(me),
                    Command::MakeOffer {
                        to: other,
                        side,
                        amount,
                        form,
                        due,
                        note: None,
                        given,
                    },
                )
            }
            47 | 48 if !offers.is_empty() => {
                let offer = offers[nth(offers.len())];
                match extra % 4 {
                    0 => (as_one(offer.from), Command::WithdrawOffer { offer: offer.id }),
                    1 => (
                        as_one(offer.to),
                        Command::AnswerOffer {
                            offer: offer.id,
                            accept: false,
                        },
                    ),
                    _ => (
                        as_one(offer.to),
                        Command::AnswerOffer {
                            offer: offer.id,
                            accept: true,
                        },
                    ),
                }
            }
            49 if !vouches.is_empty() => {
                let (appeal, who) = vouches[nth(vouches.len())];
                (as_one(who), Command::WithdrawVouch { appeal })
            }
            50 if !live.is_empty() => {
                let i = live[nth(live.len())];
                (
                    as_one(i.author),
                    Command::Vouch {
                        appeal: i.appeal,
                        note: None,
                    },
                )
            }
            9 | 14 | 51 if !emergencies.is_empty() => {
                let appeal = emergencies[usize::from(extra) % emergencies.len()].id;
                (
                    as_one(me),
                    Command::Promise {
                        appeal,
                        amount,
                        form,
                        note: None,
                    },
                )
            }
            52 | 53 => (
                as_one(me),
                Command::ProposeBond {
                    to: other,
                    gives: nominal,
                },
            ),
            54 | 55 if !invitations.is_empty() => {
                let bond = invitations[nth(invitations.len())];
                match extra % 8 {
                    0 => (as_one(bond.to), Command::DeclineBond { bond: bond.id }),
                    1 => (as_one(bond.from), Command::WithdrawBond { bond: bond.id }),
                    _ => (
                        as_one(bond.to),
                        Command::AcceptBond {
                            bond: bond.id,
                            gives: nominal,
                        },
                    ),
                }
            }
            56 if !bonds.is_empty() => {
                let bond = bonds[nth(bonds.len())];
                (
                    as_one(if extra % 2 == 0 { bond.from } else { bond.to }),
                    Command::ChangeBond {
                        bond: bond.id,
                        gives: amount,
                    },
                )
            }
            57 if !bonds.is_empty() => {
                let bond = bonds[nth(bonds.len())];
                let (one, to) = if extra % 2 == 0 {
                    (bond.from, bond.to)
                } else {
                    (bond.to, bond.from)
                };
                let command = if bond.is_live() && extra < 120 {
                    Command::EndBond { bond: bond.id }
                } else {
                    Command::ProposeBond { to, gives: nominal }
                };
                (as_one(one), command)
            }
            58 => (
                as_one(me),
                Command::MakePersonalLink {
                    gives: nominal,
                    expires: (extra % 3 == 0).then(|| day(extra % 20)),
                },
            ),
            _ if extra % 2 == 0 && !appeals.is_empty() => {
                let appeal = appeals[usize::from(extra) % appeals.len()].id;
                (
                    as_one(me),
                    Command::Intend {
                        appeal,
                        amount,
                        form,
                        note: None,
                    },
                )
            }
            _ => (
                as_one(me),
                Command::AnswerOffer {
                    offer: OfferId(u64::from(extra)),
                    accept: true,
                },
            ),
        }
    }

    fn any_link(&self, die: u8) -> Option<LinkId> {
        let mut links: Vec<_> = self
            .ledger
            .members()
            .flat_map(|m| self.ledger.links_made_by(m.id))
            .map(|l| l.id)
            .collect();
        links.sort_unstable();
        (!links.is_empty()).then(|| links[usize::from(die) % links.len()])
    }

    /// Lets time pass as the dice say: mostly hours, sometimes days, rarely more than a month.
    pub(crate) fn pass(&mut self, die: u8) {
        self.at = match die % 16 {
            0..=7 => self.at,
            8..=11 => self.at.plus_hours(u32::from(die % 7)),
            12..=14 => self.at.plus_days(u32::from(die / 16 % 4)),
            _ => self.at.plus_days(u32::from(die / 16 % 8 * 5)),
        };
    }
}
