//! One month between three people, as another program would embed it: the whole ledger in memory, time given by hand.
//!
//! Run it with `cargo run -p exodus-core --example one_month`.

#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "300_00 is 300 euros and no cents"
)]
#![expect(clippy::wildcard_enum_match_arm, reason = "of all facts one is looked for")]

use std::error::Error;

use exodus_core::{
    Actor, Amount, Command, CommandId, Envelope, Event, Fact, Form, Ledger, MemberId, Policy, Timestamp,
    Zone, notice, period, view,
};

/// A community in memory: the ledger, the clock and a counter of commands.
struct Community {
    ledger: Ledger,
    now: Timestamp,
    commands: u128,
}

impl Community {
    /// Gives a command and lets what it decides happen; says who must be told.
    fn give(&mut self, by: Actor, command: Command) -> Result<Vec<Event>, Box<dyn Error>> {
        self.commands += 1;
        let envelope = Envelope {
            id: CommandId(self.commands),
            by,
            at: self.now,
            command,
        };
        let events = self.ledger.apply(&envelope)?;
        for event in &events {
            for told in notice::notices(&self.ledger, event) {
                println!("      → {:?} hears of it ({:?})", told.to, told.category);
            }
        }
        Ok(events)
    }

    fn register(&mut self, via: Option<exodus_core::LinkId>) -> Result<MemberId, Box<dyn Error>> {
        self.give(Actor::Newcomer, Command::Register { via })?;
        self.ledger
            .newest_member()
            .ok_or_else(|| "nobody registered".into())
    }

    /// Lets time pass day by day; what falls due happens.
    fn live_until(&mut self, end: Timestamp) -> Result<(), Box<dyn Error>> {
        while self.now < end {
            self.now = self.now.plus_hours(1);
            for command in period::due(&self.ledger, self.now) {
                println!("   {} {command:?}", self.ledger.policy.date(self.now));
                self.give(Actor::Clock, command)?;
            }
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy {
        zone: Zone::named("Europe/Berlin")?,
        ..Policy::default()
    };
    let start = policy
        .zone
        .instant(exodus_core::Date::constant(2026, 11, 3).at(12, 0, 0, 0));
    let mut community = Community {
        ledger: Ledger::new(policy),
        now: start,
        commands: 0,
    };

    println!("Anna registers, asks for 300 a month and makes a link; Boris and Vera follow it.");
    let anna = community.register(None)?;
    let target = Amount::from_minor(300_00);
    community.give(
        Actor::Member(anna),
        Command::AskMonthly {
            target,
            purpose: None,
            findable: true,
        },
    )?;
    let made = community.give(
        Actor::Member(anna),
        Command::MakeLink {
            about: anna,
            max_uses: None,
            expires: None,
        },
    )?;
    let link = made.iter().find_map(|event| match event.fact {
        Fact::LinkMade { link, .. } => Some(link),
        _ => None,
    });
    let boris = community.register(link)?;
    let vera = community.register(link)?;

    println!("Boris means to give 100 and makes it binding; Vera means to give 50 and leaves it at that.");
    let appeal = community
        .ledger
        .current_appeal(anna)
        .ok_or("Anna asks for nothing")?
        .id;
    for (who, amount) in [(boris, 100_00), (vera, 50_00)] {
        let amount = Amount::from_minor(amount);
        community.give(
            Actor::Member(who),
            Command::Intend {
                appeal,
                amount,
                form: Form::Money,
                note: None,
            },
        )?;
    }
    let intention = community
        .ledger
        .intention_of(boris, appeal)
        .ok_or("Boris means nothing")?
        .id;
    community.give(
        Actor::Member(boris),
        Command::Convert {
            intention,
            amount: None,
        },
    )?;
    let obligation = community
        .ledger
        .owed_by(boris)
        .next()
        .ok_or("Boris owes nothing")?
        .id;

    println!("He reports it carried out; she confirms; the month ends.");
    community.give(
        Actor::Member(boris),
        Command::Report {
            obligation,
            amount: None,
            note: None,
        },
    )?;
    let report = exodus_core::ReportId { obligation, nth: 0 };
    community.give(Actor::Member(anna), Command::Confirm { report, amount: None })?;
    community.live_until(
        community
            .ledger
            .policy
            .zone
            .instant(exodus_core::Date::constant(2026, 12, 2).at(12, 0, 0, 0)),
    )?;

    let card = view::card(&community.ledger, boris, anna).ok_or("Boris does not see Anna")?;
    let appeal = card.appeal.ok_or("Anna asks for nothing")?;
    println!(
        "December: Boris's kept help came back as an intention of {}.",
        appeal.intended.minor()
    );
    println!(
        "Vera's lapsed: in the circle is {:?}.",
        community.ledger.circle(appeal.appeal).collect::<Vec<_>>()
    );
    assert_eq!(appeal.intended, Amount::from_minor(100_00));
    community.ledger.invariants()?;
    Ok(())
}
