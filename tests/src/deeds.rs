//! What people do, kind by kind: for somebody in a ledger, a command of the kind that makes sense there.
//!
//! A test that must have seen every kind goes through [`DEEDS`] and asks the core itself whether it would be accepted.

use std::collections::BTreeMap;

use exodus_core::{
    Actor, Amount, Appeal, Before, Bond, BondId, Command, CommandId, Envelope, Form, Ledger, LinkId,
    MemberId, NoteId, ReportId, Side, Timestamp, decide,
};
use exodus_store::{Person, Personal, Whose, Work};
use rand::{
    Rng,
    rngs::StdRng,
    seq::{IndexedRandom, IteratorRandom, SliceRandom},
};

use crate::world::account;

/// A kind of thing that people do.
#[derive(Clone, Copy)]
pub struct Deed {
    /// What it is called.
    pub name: &'static str,
    /// How often it comes by itself, beside the others.
    often: u32,
    propose: fn(&Eyes<'_>, &mut StdRng) -> Option<Command>,
}

/// Somebody who looks at the ledger and finds something to do.
struct Eyes<'a> {
    ledger: &'a Ledger,
    now: Timestamp,
    me: MemberId,
}

/// Every kind.
pub const DEEDS: &[Deed] = &[
    deed("ask monthly", 70, |eyes, dice| {
        let row = eyes.ledger.member(eyes.me)?;
        (!row.asks_monthly).then(|| Command::AskMonthly {
            target: amount(dice),
            purpose: note(dice),
            findable: dice.random(),
        })
    }),
    deed("call an emergency", 12, |eyes, dice| {
        Some(Command::CallEmergency {
            target: amount(dice),
            deadline: eyes.in_days(dice.random_range(1..31)),
            reason: note(dice),
            talk: note(dice),
        })
    }),
    deed("change the appeal", 12, |eyes, dice| {
        let mine = eyes.ledger.current_appeal(eyes.me)?;
        Some(Command::ChangeAppeal {
            appeal: mine.id,
            target: Some(amount(dice)),
            deadline: (!mine.is_monthly()).then(|| eyes.in_days(dice.random_range(1..31))),
            purpose: note(dice),
            findable: Some(dice.random()),
        })
    }),
    deed("end the monthly appeal", 4, |eyes, _| {
        eyes.ledger
            .member(eyes.me)?
            .asks_monthly
            .then_some(Command::EndMonthly)
    }),
    deed("end the emergency", 6, |eyes, dice| {
        eyes.ledger.member(eyes.me)?.emergency?;
        let then = if dice.random() {
            Before::Green
        } else {
            Before::Orange
        };
        Some(Command::EndEmergency { then })
    }),
    deed("leave", 1, |_, _| Some(Command::Leave)),
    deed("block", 3, |eyes, dice| {
        let member = eyes.somebody(dice)?;
        Some(Command::Block { member })
    }),
    deed("unblock", 3, |eyes, dice| {
        let member = eyes.ledger.blocks_by(eyes.me).choose(dice)?;
        Some(Command::Unblock { member })
    }),
    deed("vouch", 12, |eyes, dice| {
        let appeal = eyes.appeal(dice, |_| true)?;
        let note = note(dice);
        Some(Command::Vouch { appeal, note })
    }),
    deed("take a vouch back", 3, |eyes, dice| {
        let appeal = eyes.appeal(dice, |appeal| appeal.vouches.contains_key(&eyes.me))?;
        Some(Command::WithdrawVouch { appeal })
    }),
    deed("make a link to oneself", 5, |eyes, dice| {
        Some(Command::MakeLink {
            about: eyes.me,
            max_uses: dice.random::<bool>().then_some(3),
            expires: dice
                .random::<bool>()
                .then(|| eyes.in_days(dice.random_range(1..20))),
        })
    }),
    deed("make a link to another", 8, |eyes, dice| {
        Some(Command::MakeLink {
            about: eyes.somebody(dice)?,
            max_uses: None,
            expires: None,
        })
    }),
    deed("revoke a link", 3, |eyes, dice| {
        let links = eyes
            .ledger
            .links_made_by(eyes.me)
            .chain(eyes.ledger.links_about(eyes.me));
        let link = links.filter(|link| link.is_active()).choose(dice)?.id;
        Some(Command::RevokeLink { link })
    }),
    deed("forbid links", 2, |eyes, _| {
        let forbidden = eyes.ledger.member(eyes.me)?.forbids_links;
        (!forbidden).then_some(Command::ForbidLinks { forbid: true })
    }),
    deed("allow links", 2, |eyes, _| {
        let forbidden = eyes.ledger.member(eyes.me)?.forbids_links;
        forbidden.then_some(Command::ForbidLinks { forbid: false })
    }),
    deed("follow a link", 25, |eyes, dice| {
        let link = eyes.link(dice)?;
        Some(Command::FollowLink { link })
    }),
    deed("intend", 170, |eyes, dice| {
        Some(Command::Intend {
            appeal: eyes.appeal(dice, Appeal::is_monthly)?,
            amount: amount(dice),
            form: form(dice),
            note: note(dice),
        })
    }),
    deed("change an intention", 25, |eyes, dice| {
        Some(Command::ChangeIntention {
            intention: eyes.ledger.intentions_by(eyes.me).choose(dice)?.id,
            amount: amount(dice),
        })
    }),
    deed("take an intention back", 8, |eyes, dice| {
        let intention = eyes.ledger.intentions_by(eyes.me).choose(dice)?.id;
        Some(Command::WithdrawIntention { intention })
    }),
    deed("convert", 100, |eyes, dice| {
        Some(Command::Convert {
            intention: eyes.ledger.intentions_by(eyes.me).choose(dice)?.id,
            amount: None,
        })
    }),
    deed("convert a part", 25, |eyes, dice| {
        let intention = eyes.ledger.intentions_by(eyes.me).choose(dice)?;
        Some(Command::Convert {
            intention: intention.id,
            amount: Some(half(intention.amount)),
        })
    }),
    deed("perform at once", 40, |eyes, dice| {
        Some(Command::PerformAtOnce {
            intention: eyes.ledger.intentions_by(eyes.me).choose(dice)?.id,
            amount: None,
            note: note(dice),
        })
    }),
    deed("ask to convert", 8, |eyes, dice| {
        let intention = eyes.ledger.intentions_for(eyes.me).choose(dice)?.id;
        Some(Command::AskConversion { intention })
    }),
    deed("propose another value", 8, |eyes, dice| {
        let in_kind = eyes
            .ledger
            .intentions_for(eyes.me)
            .filter(|i| i.form != Form::Money);
        Some(Command::ProposeValue {
            intention: in_kind.choose(dice)?.id,
            amount: amount(dice),
        })
    }),
    deed("take the value proposed", 8, |eyes, dice| {
        eyes.answer_value(dice, true)
    }),
    deed("decline the value proposed", 4, |eyes, dice| {
        eyes.answer_value(dice, false)
    }),
    deed("promise", 40, |eyes, dice| {
        Some(Command::Promise {
            appeal: eyes.appeal(dice, |appeal| !appeal.is_monthly())?,
            amount: amount(dice),
            form: form(dice),
            note: note(dice),
        })
    }),
    deed("record help given to an appeal", 8, |eyes, dice| {
        Some(Command::RecordGiven {
            appeal: eyes.appeal(dice, |_| true)?,
            amount: amount(dice),
            form: form(dice),
            note: note(dice),
        })
    }),
    deed("report", 110, |eyes, dice| {
        let obligation = eyes.owed_by_me(dice)?;
        Some(Command::Report {
            obligation,
            amount: None,
            note: note(dice),
        })
    }),
    deed("report a part", 20, |eyes, dice| {
        let obligation = eyes.ledger.obligation(eyes.owed_by_me(dice)?)?;
        Some(Command::Report {
            obligation: obligation.id,
            amount: Some(half(obligation.unreported())),
            note: None,
        })
    }),
    deed("confirm", 110, |eyes, dice| {
        let report = eyes.waiting_for_me(dice)?;
        Some(Command::Confirm { report, amount: None })
    }),
    deed("confirm a part", 15, |eyes, dice| {
        let report = eyes.waiting_for_me(dice)?;
        let reported = eyes
            .ledger
            .obligation(report.obligation)?
            .report(report.nth)?
            .amount;
        let amount = Some(half(reported));
        Some(Command::Confirm { report, amount })
    }),
    deed("say that it did not arrive", 15, |eyes, dice| {
        let report = eyes.waiting_for_me(dice)?;
        Some(Command::Refuse { report })
    }),
    deed("open a confirmation again", 5, |eyes, dice| {
        let answered = eyes.ledger.owed_to(eyes.me).filter(|o| !o.reports.is_empty());
        let obligation = answered.choose(dice)?;
        Some(Command::Reopen {
            report: ReportId {
                obligation: obligation.id,
                nth: dice.random_range(0..u32::try_from(obligation.reports.len()).ok()?),
            },
            reason: note(dice),
        })
    }),
    deed("release", 10, |eyes, dice| {
        let obligation = eyes.owed_to_me(dice)?;
        Some(Command::Release { obligation })
    }),
    deed("ask to perform", 12, |eyes, dice| {
        let obligation = eyes.owed_to_me(dice)?;
        Some(Command::AskPerformance { obligation })
    }),
    deed("remind to confirm", 12, |eyes, dice| {
        let waiting = eyes.ledger.owed_by(eyes.me).flat_map(|o| o.waiting());
        let (report, _) = waiting.choose(dice)?;
        Some(Command::RemindConfirmation { report })
    }),
    deed("offer to do something", 8, |eyes, dice| {
        eyes.offer(dice, Side::Debtor, false)
    }),
    deed("ask to do something", 8, |eyes, dice| {
        eyes.offer(dice, Side::Creditor, false)
    }),
    deed("offer what was done already", 8, |eyes, dice| {
        eyes.offer(dice, Side::Debtor, true)
    }),
    deed("accept an offer", 20, |eyes, dice| eyes.answer_offer(dice, true)),
    deed("decline an offer", 6, |eyes, dice| eyes.answer_offer(dice, false)),
    deed("withdraw an offer", 4, |eyes, dice| {
        let mine = eyes
            .ledger
            .offers_of(eyes.me)
            .filter(|offer| offer.from == eyes.me);
        let offer = mine.choose(dice)?.id;
        Some(Command::WithdrawOffer { offer })
    }),
    deed("invite to stand by each other", 14, |eyes, dice| {
        let to = eyes.somebody(dice)?;
        let gives = dice.random::<bool>().then(|| amount(dice));
        Some(Command::ProposeBond { to, gives })
    }),
    deed("make a personal link", 5, |_, dice| {
        let gives = Some(amount(dice));
        Some(Command::MakePersonalLink { gives, expires: None })
    }),
    deed("accept a bond", 24, |eyes, dice| {
        let mine = eyes.bonds(|bond, me| bond.is_waiting() && bond.to == me);
        let bond = mine.choose(dice)?;
        Some(Command::AcceptBond { bond, gives: None })
    }),
    deed("decline a bond", 4, |eyes, dice| {
        let mine = eyes.bonds(|bond, me| bond.is_waiting() && bond.to == me);
        let bond = mine.choose(dice)?;
        Some(Command::DeclineBond { bond })
    }),
    deed("take an invitation to a bond back", 4, |eyes, dice| {
        let mine = eyes.bonds(|bond, me| bond.is_waiting() && bond.from == me);
        let bond = mine.choose(dice)?;
        Some(Command::WithdrawBond { bond })
    }),
    deed("change a bond", 6, |eyes, dice| {
        let bond = eyes.bonds(|bond, _| bond.is_live()).choose(dice)?;
        let gives = amount(dice);
        Some(Command::ChangeBond { bond, gives })
    }),
    deed("end a bond", 6, |eyes, dice| {
        let bond = eyes.bonds(|bond, _| bond.is_live()).choose(dice)?;
        Some(Command::EndBond { bond })
    }),
    deed("restore a bond", 6, |eyes, dice| {
        let ended = eyes.bonds(|bond, _| bond.is_restorable()).choose(dice)?;
        let to = eyes.ledger.bond(ended)?.other(eyes.me);
        Some(Command::ProposeBond { to, gives: None })
    }),
    deed("ask to be linked", 3, |eyes, dice| {
        let of = eyes.anybody(dice)?;
        Some(Command::AskLinking { of })
    }),
    deed("link accounts", 6, |eyes, _| {
        let from = eyes.ledger.member(eyes.me)?.linking?;
        Some(Command::LinkAccounts { from })
    }),
];

const fn deed(
    name: &'static str,
    often: u32,
    propose: fn(&Eyes<'_>, &mut StdRng) -> Option<Command>,
) -> Deed {
    Deed { name, often, propose }
}

impl Deed {
    /// Something of some kind, as often as it comes by itself.
    pub fn drawn(dice: &mut StdRng) -> &'static Self {
        DEEDS
            .choose_weighted(dice, |deed| deed.often)
            .expect("there are deeds, and they happen")
    }

    /// What somebody could do of this kind, perhaps in vain.
    pub fn tried(&self, ledger: &Ledger, now: Timestamp, me: MemberId, dice: &mut StdRng) -> Option<Command> {
        (self.propose)(&Eyes { ledger, now, me }, dice)
    }

    /// Somebody who can do it, and what they do; or, as long as nobody can, the same of what comes before it.
    pub fn led_to(
        &'static self,
        ledger: &Ledger,
        now: Timestamp,
        dice: &mut StdRng,
    ) -> Option<(&'static Self, MemberId, Command)> {
        if let Some((me, command)) = self.done_by_somebody(ledger, now, dice) {
            return Some((self, me, command));
        }
        let before = before(self.name)?;
        let before = DEEDS.iter().find(|deed| deed.name == before);
        before.expect("a deed").led_to(ledger, now, dice)
    }

    /// Somebody who can do it, and what they do: the core accepts it. Everything due by now must have happened.
    pub fn done_by_somebody(
        &self,
        ledger: &Ledger,
        now: Timestamp,
        dice: &mut StdRng,
    ) -> Option<(MemberId, Command)> {
        let mut everybody: Vec<MemberId> = ledger
            .members()
            .filter(|row| row.is_here())
            .map(|row| row.id)
            .collect();
        everybody.shuffle(dice);
        everybody.into_iter().take(TRIED).find_map(|me| {
            let command = self.tried(ledger, now, me, dice)?;
            let envelope = Envelope {
                id: CommandId(0),
                by: Actor::Member(me),
                at: now,
                command,
            };
            let accepted = decide(ledger, &envelope).is_ok_and(|events| !events.is_empty());
            accepted.then_some((me, envelope.command))
        })
    }
}

/// What must have been done before something else can be.
fn before(deed: &str) -> Option<&'static str> {
    Some(match deed {
        "unblock" => "block",
        "allow links" => "forbid links",
        "revoke a link" | "follow a link" => "make a link to oneself",
        "make a link to another" | "intend" | "end the monthly appeal" | "change the appeal" => "ask monthly",
        "promise" | "end the emergency" => "call an emergency",
        "vouch" | "record help given to an appeal" | "change an intention" | "take an intention back" => {
            "intend"
        }
        "convert" | "convert a part" | "perform at once" | "ask to convert" | "propose another value" => {
            "intend"
        }
        "take a vouch back" => "vouch",
        "take the value proposed" | "decline the value proposed" => "propose another value",
        "report" | "report a part" | "release" | "ask to perform" => "convert",
        "confirm" | "confirm a part" | "say that it did not arrive" | "remind to confirm" => "report",
        "open a confirmation again" => "confirm",
        "accept an offer" | "decline an offer" | "withdraw an offer" => "offer to do something",
        "accept a bond" | "decline a bond" | "take an invitation to a bond back" => {
            "invite to stand by each other"
        }
        "change a bond" | "end a bond" => "accept a bond",
        "restore a bond" => "end a bond",
        "link accounts" => "ask to be linked",
        _ => return None,
    })
}

/// People looked at for somebody who can do something.
const TRIED: usize = 300;

impl Eyes<'_> {
    fn in_days(&self, days: u32) -> exodus_core::Date {
        self.ledger.policy.date(self.now.plus_days(days))
    }

    /// Somebody near.
    fn somebody(&self, dice: &mut StdRng) -> Option<MemberId> {
        let (ledger, me) = (self.ledger, self.me);
        let near = ledger
            .member(me)?
            .referred_by
            .into_iter()
            .chain(ledger.referred_by(me))
            .chain(ledger.supports(me))
            .chain(ledger.supported_by(me))
            .chain(ledger.supports(me).flat_map(|other| ledger.supported_by(other)));
        near.filter(|other| *other != me).choose(dice)
    }

    fn anybody(&self, dice: &mut StdRng) -> Option<MemberId> {
        let others = self
            .ledger
            .members()
            .filter(|row| row.is_here() && row.id != self.me);
        others.map(|row| row.id).choose(dice)
    }

    /// Bonds of one's own that fit.
    fn bonds(&self, fit: fn(&Bond, MemberId) -> bool) -> impl Iterator<Item = BondId> {
        let mine = self.ledger.bonds_of(self.me);
        mine.filter(move |bond| fit(bond, self.me)).map(|bond| bond.id)
    }

    /// The appeal of somebody near.
    fn appeal(&self, dice: &mut StdRng, fit: impl Fn(&Appeal) -> bool) -> Option<exodus_core::AppealId> {
        let appeal = (0..8).find_map(|_| {
            let appeal = self.ledger.current_appeal(self.somebody(dice)?)?;
            fit(appeal).then_some(appeal)
        });
        appeal.map(|appeal| appeal.id)
    }

    /// A link to somebody in need.
    fn link(&self, dice: &mut StdRng) -> Option<LinkId> {
        let links = (0..8).find_map(|_| {
            let other = self.anybody(dice)?;
            self.ledger.current_appeal(other)?;
            self.ledger.links_about(other).find(|link| link.is_active())
        });
        links.map(|link| link.id)
    }

    fn owed_by_me(&self, dice: &mut StdRng) -> Option<exodus_core::ObligationId> {
        let open = self.ledger.owed_by(self.me).filter(|o| o.is_unsettled());
        open.choose(dice).map(|o| o.id)
    }

    fn owed_to_me(&self, dice: &mut StdRng) -> Option<exodus_core::ObligationId> {
        let open = self.ledger.owed_to(self.me).filter(|o| o.is_unsettled());
        open.choose(dice).map(|o| o.id)
    }

    fn waiting_for_me(&self, dice: &mut StdRng) -> Option<ReportId> {
        let waiting = self.ledger.owed_to(self.me).flat_map(|o| o.waiting());
        waiting.choose(dice).map(|(report, _)| report)
    }

    fn answer_value(&self, dice: &mut StdRng, take: bool) -> Option<Command> {
        let asked = self
            .ledger
            .intentions_by(self.me)
            .filter(|i| i.revaluation.is_some());
        let intention = asked.choose(dice)?.id;
        Some(Command::AnswerValue { intention, take })
    }

    fn offer(&self, dice: &mut StdRng, side: Side, given: bool) -> Option<Command> {
        Some(Command::MakeOffer {
            to: self.somebody(dice)?,
            side,
            amount: amount(dice),
            form: form(dice),
            due: (!given).then(|| self.in_days(20)),
            note: note(dice),
            given,
        })
    }

    fn answer_offer(&self, dice: &mut StdRng, accept: bool) -> Option<Command> {
        let to_me = self.ledger.offers_of(self.me).filter(|offer| offer.to == self.me);
        let offer = to_me.choose(dice)?.id;
        Some(Command::AnswerOffer { offer, accept })
    }
}

fn amount(dice: &mut StdRng) -> Amount {
    Amount::from_minor(dice.random_range(1..60) * 500)
}

fn half(amount: Amount) -> Amount {
    Amount::from_minor(amount.minor() / 2)
}

fn form(dice: &mut StdRng) -> Form {
    [Form::Money, Form::Thing, Form::Service, Form::Time][dice.random_range(0..4)]
}

fn note(dice: &mut StdRng) -> Option<NoteId> {
    dice.random::<bool>().then(|| NoteId(dice.random()))
}

/// A work of somebody's with what the application does beside the command: words, secrets of links, accounts moved.
pub fn work(id: CommandId, me: MemberId, command: Command) -> Work {
    let mut work = Work::new(id, Actor::Member(me), command);
    let notes = work.command.iter().flat_map(notes_of);
    let notes = notes.map(|id| Personal::PutNote {
        id,
        whose: me.into(),
        text: format!("Words of {me:?}"),
    });
    work.personal = notes.collect();
    match work.command {
        Some(Command::MakeLink { .. } | Command::MakePersonalLink { .. }) => {
            work.personal.push(Personal::PutLinkToken {
                token_hash: [id.0.to_le_bytes(); 2].concat().try_into().expect("32 bytes"),
            })
        }
        Some(Command::LinkAccounts { from }) => {
            work.personal.push(Personal::MoveAccounts { from, to: me });
        }
        _ => {}
    }
    work
}

/// The work that registers somebody, by a link if they followed one.
#[must_use]
pub fn registration(id: CommandId, name: &str, language: &str, via: Option<LinkId>) -> Work {
    let mut work = Work::new(id, Actor::Newcomer, Command::Register { via });
    let person = Person {
        name: name.to_owned(),
        language: language.to_owned(),
        ..Person::default()
    };
    work.personal.push(Personal::SetPerson {
        whose: Whose::Registered,
        person,
    });
    work.personal.push(Personal::AddAccount {
        whose: Whose::Registered,
        account: account(name),
    });
    work
}

/// The words a command names.
fn notes_of(command: &Command) -> Vec<NoteId> {
    let (one, other) = match command {
        Command::AskMonthly { purpose: note, .. }
        | Command::ChangeAppeal { purpose: note, .. }
        | Command::Vouch { note, .. }
        | Command::Intend { note, .. }
        | Command::PerformAtOnce { note, .. }
        | Command::Promise { note, .. }
        | Command::RecordGiven { note, .. }
        | Command::Report { note, .. }
        | Command::Reopen { reason: note, .. }
        | Command::MakeOffer { note, .. } => (*note, None),
        Command::CallEmergency { reason, talk, .. } => (*reason, *talk),
        _ => (None, None),
    };
    one.into_iter().chain(other).collect()
}

/// How often each kind took effect.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<&'static str, usize>);

impl Tally {
    /// It took effect.
    pub fn count(&mut self, deed: &'static str) {
        *self.0.entry(deed).or_default() += 1;
    }

    /// What never did.
    pub fn missing(&self) -> impl Iterator<Item = &'static Deed> + '_ {
        DEEDS.iter().filter(|deed| !self.0.contains_key(deed.name))
    }
}
