//! The progress of an appeal as a picture: what was promised and kept, as it stood at the end of each day (N12).
//!
//! Nothing keeps how things stood: they are taken back, entry by entry, from how they stand now.

use std::collections::{BTreeMap, BTreeSet};

use exodus_core::{
    Amount, Appeal, AppealId, AppealKind, Date, Event, Fact, IntentionId, Ledger, ObligationId, Origin,
    Period,
    view::{self, AppealView},
};
use exodus_i18n::{Text, Voice};
use exodus_picture::{Day, MonthPicture, Theme, month_svg};
use exodus_store::Trouble;

use crate::{App, scene::Scene, show::Reader};

impl App {
    /// Only its owner and its circle see it: others see no amounts but the totals (M7).
    pub(super) async fn month_svg(
        &self,
        reader: &Reader,
        appeal: AppealId,
        theme: Theme,
    ) -> Result<Option<String>, Trouble> {
        let scope = exodus_core::Scope {
            members: [reader.member].into(),
            appeals: [appeal].into(),
            ..exodus_core::Scope::default()
        };
        let scene = self.scene_of(reader, &scope).await?;
        let seen = view::appeal(&scene.ledger, scene.viewer, appeal).filter(AppealView::is_whole);
        let (Some(seen), Some(row)) = (seen, scene.ledger.appeal(appeal)) else {
            return Ok(None);
        };
        let Some(owner) = scene.ledger.member(row.owner) else {
            return Ok(None);
        };
        let policy = &scene.ledger.policy;
        let (first, last) = span(row, owner.period, policy.date(row.opened));
        let from = policy.zone.instant(first.at(0, 0, 0, 0));
        let entries = self
            .store
            .events_of_member_since(row.owner, from, scene.at.plus_days(1))
            .await?;
        let events: Vec<Event> = entries.into_iter().map(|entry| entry.event).collect();
        let today = policy.date(scene.at).min(last);
        let days = days(&scene.ledger, row, &seen, &events, first, today);
        let voice = self.voice(scene.my_profile());
        Ok(Some(month_svg(&picture(
            &scene,
            &voice,
            &seen,
            (first, last),
            days,
            theme,
        ))))
    }
}

/// The days shown: the month that an appeal's owner lives in, or from an emergency's beginning to its deadline.
fn span(appeal: &Appeal, period: Period, opened: Date) -> (Date, Date) {
    match appeal.kind {
        AppealKind::Monthly => (period.first_day(), period.last_day()),
        AppealKind::Emergency { deadline } => (opened, deadline.max(opened)),
    }
}

/// How things stand with an appeal, record by record.
#[derive(Clone, Debug, Default)]
struct Standing {
    intentions: BTreeMap<IntentionId, Amount>,
    obligations: BTreeMap<ObligationId, Amount>,
    fulfilled: Amount,
}

impl Standing {
    /// Now. What rests, is overdue or defaulted stands apart in the totals, and is not drawn.
    fn now(ledger: &Ledger, appeal: &Appeal, seen: &AppealView) -> Self {
        let intentions = ledger
            .intentions_for(appeal.owner)
            .filter(|row| row.appeal == appeal.id && !ledger.is_frozen(row));
        let open = ledger.owed_to(appeal.owner).filter(|row| {
            row.appeal() == Some(appeal.id)
                && row.is_unsettled()
                && !row.is_overdue()
                && !ledger.is_obligation_frozen(row)
        });
        Self {
            intentions: intentions.map(|row| (row.id, row.amount)).collect(),
            obligations: open.map(|row| (row.id, row.outstanding())).collect(),
            fulfilled: seen.confirmed,
        }
    }

    fn day(&self) -> Day {
        let sum = |amounts: &mut dyn Iterator<Item = &Amount>| amounts.copied().sum::<Amount>().minor();
        Day {
            fulfilled: self.fulfilled.minor(),
            obligations: sum(&mut self.obligations.values()),
            intentions: sum(&mut self.intentions.values()),
        }
    }

    fn owe_more(&mut self, obligation: ObligationId, amount: Amount) {
        let owed = self.obligations.entry(obligation).or_insert(Amount::ZERO);
        *owed = owed.plus(amount);
    }

    fn owe_less(&mut self, obligation: ObligationId, amount: Amount) {
        if let Some(owed) = self.obligations.get_mut(&obligation) {
            *owed = owed.less(amount);
        }
    }

    /// How things stood before an entry about this appeal.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most entries change no amount")]
    fn take_back(&mut self, fact: &Fact) {
        match *fact {
            Fact::IntentionRecorded { intention, .. } | Fact::IntentionRenewed { intention, .. } => {
                self.intentions.remove(&intention);
            }
            Fact::IntentionChanged {
                intention, before, ..
            } => {
                self.intentions.insert(intention, before);
            }
            Fact::IntentionWithdrawn {
                intention, amount, ..
            }
            | Fact::IntentionLapsed {
                intention, amount, ..
            }
            | Fact::IntentionCancelled {
                intention, amount, ..
            } => {
                self.intentions.insert(intention, amount);
            }
            Fact::IntentionConverted {
                intention,
                amount,
                rest,
                ..
            } => {
                self.intentions.insert(intention, amount.plus(rest));
            }
            Fact::ObligationMade { obligation, .. } => {
                self.obligations.remove(&obligation);
            }
            Fact::PerformanceAnswered {
                report, confirmed, ..
            } => {
                self.fulfilled = self.fulfilled.less(confirmed);
                self.owe_more(report.obligation, confirmed);
            }
            Fact::PerformanceSettledBySilence { report, amount, .. } => {
                self.fulfilled = self.fulfilled.less(amount);
                self.owe_more(report.obligation, amount);
            }
            Fact::ConfirmationReopened { report, amount, .. } => {
                self.fulfilled = self.fulfilled.plus(amount);
                self.owe_less(report.obligation, amount);
            }
            Fact::ObligationOverdue {
                obligation,
                outstanding,
                ..
            } => self.owe_more(obligation, outstanding),
            Fact::ObligationReleased {
                obligation, amount, ..
            }
            | Fact::ObligationCancelled {
                obligation, amount, ..
            }
            | Fact::ObligationDefaulted {
                obligation, amount, ..
            } => self.owe_more(obligation, amount),
            _ => {}
        }
    }
}

/// How it stood at the end of each day, from the first to today.
fn days(
    ledger: &Ledger,
    appeal: &Appeal,
    seen: &AppealView,
    events: &[Event],
    first: Date,
    today: Date,
) -> Vec<Day> {
    let ours = Ours::of(ledger, appeal, events);
    let mut standing = Standing::now(ledger, appeal, seen);
    let mut left = events.iter().rev().peekable();
    let mut days = Vec::new();
    let mut day = today;
    while day >= first {
        while let Some(event) = left.next_if(|event| ledger.policy.date(event.at) > day) {
            if ours.has(&event.fact) {
                standing.take_back(&event.fact);
            }
        }
        days.push(standing.day());
        match day.yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    days.reverse();
    days
}

/// Which records are towards an appeal. Intentions are always towards a monthly one (L1).
struct Ours {
    monthly: bool,
    owner: exodus_core::MemberId,
    obligations: BTreeSet<ObligationId>,
}

impl Ours {
    fn of(ledger: &Ledger, appeal: &Appeal, events: &[Event]) -> Self {
        let held = ledger.owed_to(appeal.owner);
        let held = held
            .filter(|row| row.appeal() == Some(appeal.id))
            .map(|row| row.id);
        let made = events.iter().filter_map(|event| match event.fact {
            Fact::ObligationMade {
                obligation,
                origin: Origin::Appeal { appeal: towards, .. },
                ..
            } if towards == appeal.id => Some(obligation),
            _ => None,
        });
        Self {
            monthly: appeal.is_monthly(),
            owner: appeal.owner,
            obligations: held.chain(made).collect(),
        }
    }

    fn has(&self, fact: &Fact) -> bool {
        let subjects = fact.subjects();
        if subjects.other != Some(self.owner) {
            return false;
        }
        let record = subjects.record.map(ObligationId);
        record.is_some_and(|id| self.obligations.contains(&id)) || (self.monthly && is_intentions(fact))
    }
}

const fn is_intentions(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::IntentionRecorded { .. }
            | Fact::IntentionRenewed { .. }
            | Fact::IntentionChanged { .. }
            | Fact::IntentionWithdrawn { .. }
            | Fact::IntentionLapsed { .. }
            | Fact::IntentionCancelled { .. }
            | Fact::IntentionConverted { .. }
    )
}

fn picture(
    scene: &Scene,
    voice: &Voice,
    seen: &AppealView,
    (first, last): (Date, Date),
    days: Vec<Day>,
    theme: Theme,
) -> MonthPicture {
    let say = |text: Text| voice.say(&text).to_string();
    let stands = days.last().copied().unwrap_or_default();
    let title = match (seen.kind, seen.owner == scene.viewer) {
        (AppealKind::Monthly, own) => {
            let id = if own { "month-title-mine" } else { "month-title" };
            Text::new(id).month("month", first.year(), first.month())
        }
        (AppealKind::Emergency { .. }, true) => Text::new("month-title-emergency-mine"),
        (AppealKind::Emergency { .. }, false) => Text::new("month-title-emergency"),
    };
    let mut labels = Vec::new();
    let mut day = first;
    while day <= last {
        labels.push(day.day().to_string());
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    let part = |id: &'static str, amount: u64| say(Text::new(id).amount("amount", amount));
    MonthPicture {
        title: say(title.with("name", scene.name(seen.owner))),
        subtitle: say(Text::new("month-missing").amount("missing", seen.missing.minor())),
        target: seen.target.minor(),
        target_label: say(Text::new("month-target").amount("amount", seen.target.minor())),
        days,
        labels,
        fulfilled: part("month-fulfilled", stands.fulfilled),
        obligations: part("month-obligations", stands.obligations),
        intentions: part("month-intentions", stands.intentions),
        theme,
    }
}
