//! The summary of a month (C4): what I gave, received, what lapsed, came back, is overdue, how the network grew.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{Amount, Event, Fact, MemberId, Period, ReportId};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Route, Screen, Tab};

use super::people::{many, ways};
use crate::scene::Scene;

/// The summary of a month that ended.
pub(crate) fn summary(scene: &Scene, period: Period) -> Screen {
    let month = Month::of(scene, period);
    let title = Text::new("summary-title").month("month", period.year(), period.month());
    let mut screen = Screen::new(Route::Summary { period }, title);
    screen
        .blocks
        .extend(month.lines(scene).into_iter().map(Block::Line));
    if month.is_quiet() {
        screen = screen.line(Text::new("summary-quiet"));
    }
    if month.overdue.times > 0 {
        let list = Route::Records {
            tab: Tab::NotKept,
            page: 0,
        };
        screen = screen
            .line(Text::new("summary-way-back"))
            .main("summary-do-overdue", Act::Go(list));
    }
    if month.renewed.times > 0 {
        let list = Route::Records {
            tab: Tab::Mine,
            page: 0,
        };
        screen = screen
            .line(Text::new("summary-renewed-free"))
            .offer("summary-do-mine", Act::Go(list));
    }
    ways(screen)
}

/// What was cleared or handed on in a month: between whom, and how much. It counts as given, but what another obligation took
/// the place of (K8).
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "nothing else settles without a report"
)]
fn set_off(fact: &Fact, period: Period) -> Option<(MemberId, MemberId, Amount)> {
    match *fact {
        Fact::ObligationCleared {
            debtor,
            creditor,
            amount,
            period: of,
            ..
        }
        | Fact::ObligationTransferred {
            debtor,
            creditor,
            amount,
            period: of,
            replaced: false,
            ..
        } if of == period => Some((debtor, creditor, amount)),
        _ => None,
    }
}

/// Whether a month gives a reader something to be told (nobody with nothing to report is written to).
pub(super) fn is_quiet(scene: &Scene, period: Period) -> bool {
    Month::of(scene, period).is_quiet()
}

/// How often, and how much in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    times: u64,
    amount: Amount,
}

impl Sum {
    fn add(&mut self, amount: Amount) {
        self.times = self.times.saturating_add(1);
        self.amount = self.amount.plus(amount);
    }

    fn of(amounts: impl Iterator<Item = Amount>) -> Self {
        let mut sum = Self::default();
        amounts
            .filter(|amount| !amount.is_zero())
            .for_each(|amount| sum.add(amount));
        sum
    }
}

/// A month as its entries tell it, from one member's side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Month {
    gave: Sum,
    received: Sum,
    lapsed: Sum,
    renewed: Sum,
    renewed_for_me: Sum,
    overdue: Sum,
    overdue_for_me: Sum,
    came: BTreeSet<MemberId>,
}

impl Month {
    fn of(scene: &Scene, period: Period) -> Self {
        let me = scene.viewer;
        let mut month = Self::default();
        let (mut gave, mut received) = (
            BTreeMap::<ReportId, Amount>::new(),
            BTreeMap::<ReportId, Amount>::new(),
        );
        let mut cleared: (Vec<Amount>, Vec<Amount>) = (Vec::new(), Vec::new());
        for (_, event) in &scene.events {
            let fact = &event.fact;
            if let Some((report, debtor, creditor, amount)) = arrived(fact, period) {
                if debtor == me {
                    gave.insert(report, amount);
                } else if creditor == me {
                    received.insert(report, amount);
                }
            }
            if let Some((debtor, creditor, amount)) = set_off(fact, period) {
                if debtor == me {
                    cleared.0.push(amount);
                } else if creditor == me {
                    cleared.1.push(amount);
                }
            }
            if let Fact::ConfirmationReopened { report, .. } = fact {
                gave.remove(report);
                received.remove(report);
            }
            month.turned(me, fact, is_of(scene, event, period));
            month.late(me, fact, period);
            if let Some(visitor) = came(scene, event, period) {
                month.came.insert(visitor);
            }
        }
        month.gave = Sum::of(gave.into_values().chain(cleared.0));
        month.received = Sum::of(received.into_values().chain(cleared.1));
        month
    }

    /// What the month's end did with intentions.
    fn turned(&mut self, me: MemberId, fact: &Fact, is_of: bool) {
        if let Fact::IntentionLapsed { author, amount, .. } = fact
            && is_of
            && *author == me
        {
            self.lapsed.add(*amount);
        }
        if let Fact::IntentionRenewed {
            author,
            recipient,
            amount,
            ..
        } = fact
            && is_of
        {
            if *author == me {
                self.renewed.add(*amount);
            } else if *recipient == me {
                self.renewed_for_me.add(*amount);
            }
        }
    }

    /// What the month's end found overdue.
    fn late(&mut self, me: MemberId, fact: &Fact, period: Period) {
        if let Fact::ObligationOverdue {
            debtor,
            creditor,
            outstanding,
            since,
            ..
        } = fact
            && *since == period.next()
        {
            if *debtor == me {
                self.overdue.add(*outstanding);
            } else if *creditor == me {
                self.overdue_for_me.add(*outstanding);
            }
        }
    }

    fn is_quiet(&self) -> bool {
        *self == Self::default()
    }

    fn lines(&self, scene: &Scene) -> Vec<Text> {
        let counted = scene.my_profile().is_some_and(|person| person.gifts_counted);
        let shown = if counted { "gifts" } else { "sums" };
        let line = |id, sum: Sum| {
            let text = Text::new(id)
                .count("n", sum.times)
                .amount("amount", sum.amount.minor());
            (sum.times > 0).then(|| text.keyword("shown", shown))
        };
        let lines = [
            line("summary-gave", self.gave),
            line("summary-received", self.received),
            line("summary-lapsed", self.lapsed),
            line("summary-renewed", self.renewed),
            line("summary-renewed-for-me", self.renewed_for_me),
            line("summary-overdue", self.overdue),
            line("summary-overdue-for-me", self.overdue_for_me),
            (!self.came.is_empty()).then(|| Text::new("summary-came").count("n", many(self.came.len()))),
        ];
        lines.into_iter().flatten().collect()
    }
}

/// Help that arrived in a month, by word or by silence: which report, from whom to whom, how much.
fn arrived(fact: &Fact, of: Period) -> Option<(ReportId, MemberId, MemberId, Amount)> {
    if let Fact::PerformanceAnswered {
        report,
        debtor,
        creditor,
        confirmed,
        period,
        ..
    } = *fact
    {
        return (period == of).then_some((report, debtor, creditor, confirmed));
    }
    if let Fact::PerformanceSettledBySilence {
        report,
        debtor,
        creditor,
        amount,
        period,
    } = *fact
    {
        return (period == of).then_some((report, debtor, creditor, amount));
    }
    None
}

/// Who came in a month by the reader's invitation, or by a link to the reader.
fn came(scene: &Scene, event: &Event, period: Period) -> Option<MemberId> {
    let me = scene.viewer;
    if let Fact::Registered {
        member,
        referrer: Some(referrer),
        period: when,
        ..
    } = event.fact
    {
        return (referrer == me && when == period).then_some(member);
    }
    if let Fact::LinkFollowed {
        visitor,
        maker,
        about,
        ..
    } = event.fact
    {
        let here = scene.ledger.policy.period(event.at) == period;
        return (here && visitor != me && (maker == me || about == me)).then_some(visitor);
    }
    None
}

/// Whether an entry of a month's end is of that month's: it happened before the next month ended.
fn is_of(scene: &Scene, event: &Event, period: Period) -> bool {
    let policy = &scene.ledger.policy;
    let (from, until) = (
        policy.start_of(period.next()),
        policy.start_of(period.next().next()),
    );
    (from..until).contains(&event.at)
}

#[cfg(test)]
mod tests {
    use exodus_core::Fact;

    use super::{
        super::record::samples::{ANNA, BO, EVERYBODY, event, facts, november, scene, shown},
        Month, is_quiet, summary,
    };

    #[test]
    fn a_month_has_words_for_everybody() {
        for counted in [false, true] {
            for viewer in EVERYBODY {
                let mut scene = scene(viewer, &[]);
                assert!(is_quiet(&scene, november()));
                shown(&summary(&scene, november()));
                if let Some(person) = scene.persons.get_mut(&viewer) {
                    person.gifts_counted = counted;
                }
                scene.events = (1..)
                    .zip(facts().into_iter().map(|fact| event(None, fact)))
                    .collect();
                // Month ends are told in the month after.
                let december = scene.ledger.policy.start_of(november().next());
                scene.events.iter_mut().for_each(|(_, event)| event.at = december);
                shown(&summary(&scene, november()));
            }
        }
    }

    #[test]
    fn what_was_opened_again_was_not_given() {
        let mut scene = scene(ANNA, &[]);
        let wanted = |fact: &Fact| {
            matches!(
                fact,
                Fact::PerformanceAnswered { .. } | Fact::ConfirmationReopened { .. }
            )
        };
        let events: Vec<_> = facts()
            .into_iter()
            .filter(wanted)
            .map(|fact| event(Some(BO), fact))
            .collect();
        scene.events = (1..).zip(events).take(1).collect();
        assert_eq!(Month::of(&scene, november()).gave.times, 1);
        scene.events = (1..)
            .zip(
                facts()
                    .into_iter()
                    .filter(wanted)
                    .map(|fact| event(Some(BO), fact)),
            )
            .collect();
        assert_eq!(Month::of(&scene, november()).gave.times, 0);
    }
}
