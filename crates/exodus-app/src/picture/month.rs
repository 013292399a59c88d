//! The progress of an appeal as a picture: what was promised and kept, as it stood at the end of each day (N12).
//!
//! Nothing keeps how things stood: they are taken back, entry by entry, from how they stand now.

use std::collections::BTreeMap;

use exodus_core::{
    Amount, Appeal, AppealId, AppealKind, Date, Event, Fact, IntentionId, Ledger, Obligation, ObligationId,
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
        let days = days_of(&scene.ledger, row, &events, first, today);
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
    /// The month whose obligations count; all do towards an emergency (L14).
    period: Option<Period>,
    intentions: BTreeMap<IntentionId, Amount>,
    obligations: BTreeMap<ObligationId, Owed>,
}

/// What became of an obligation.
#[derive(Clone, Copy, Debug)]
struct Owed {
    /// The month it is due in.
    period: Period,
    outstanding: Amount,
    settled: Amount,
    /// Overdue or resting: it stands apart, and is not drawn.
    apart: bool,
}

impl Standing {
    fn now(ledger: &Ledger, appeal: &Appeal) -> Self {
        let intentions = ledger
            .intentions_for(appeal.owner)
            .filter(|row| row.appeal == appeal.id && !ledger.is_frozen(row));
        let towards = ledger
            .owed_to(appeal.owner)
            .filter(|row| row.appeal() == Some(appeal.id));
        let owed = |row: &Obligation| Owed {
            period: row.period(),
            outstanding: if row.is_unsettled() {
                row.outstanding()
            } else {
                Amount::ZERO
            },
            settled: row.helped(),
            apart: row.is_overdue() || ledger.is_obligation_frozen(row),
        };
        let owner = ledger.member(appeal.owner).filter(|_| appeal.is_monthly());
        Self {
            period: owner.map(|row| row.period),
            intentions: intentions.map(|row| (row.id, row.amount)).collect(),
            obligations: towards.map(|row| (row.id, owed(row))).collect(),
        }
    }

    fn day(&self) -> Day {
        let counting = || {
            let of_month = |owed: &&Owed| self.period.is_none_or(|period| owed.period == period);
            self.obligations.values().filter(of_month)
        };
        let open = counting().filter(|owed| !owed.apart).map(|owed| owed.outstanding);
        Day {
            fulfilled: counting().map(|owed| owed.settled).sum::<Amount>().minor(),
            obligations: open.sum::<Amount>().minor(),
            intentions: self.intentions.values().copied().sum::<Amount>().minor(),
        }
    }

    fn owed(&mut self, obligation: ObligationId, change: impl FnOnce(&mut Owed)) {
        if let Some(owed) = self.obligations.get_mut(&obligation) {
            change(owed);
        }
    }

    /// How things stood before something about this appeal happened.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most entries change no amount")]
    fn take_back(&mut self, fact: &Fact) {
        let arrived = |amount: Amount| {
            move |owed: &mut Owed| {
                owed.settled = owed.settled.less(amount);
                owed.outstanding = owed.outstanding.plus(amount);
            }
        };
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
            Fact::DueMoved {
                obligation, before, ..
            } => {
                self.owed(obligation, |owed| owed.period = Period::of(before));
            }
            Fact::PerformanceAnswered {
                report, confirmed, ..
            } => {
                self.owed(report.obligation, arrived(confirmed));
            }
            Fact::PerformanceSettledBySilence { report, amount, .. } => {
                self.owed(report.obligation, arrived(amount));
            }
            Fact::ObligationCleared {
                obligation, amount, ..
            }
            | Fact::ObligationTransferred {
                obligation,
                amount,
                replaced: false,
                ..
            } => self.owed(obligation, arrived(amount)),
            // What took the place of this part counts instead of it (K8).
            Fact::ObligationTransferred {
                obligation,
                amount,
                replaced: true,
                ..
            } => self.owed(obligation, |owed| {
                owed.outstanding = owed.outstanding.plus(amount)
            }),
            Fact::ConfirmationReopened { report, amount, .. } => self.owed(report.obligation, |owed| {
                owed.settled = owed.settled.plus(amount);
                owed.outstanding = owed.outstanding.less(amount);
            }),
            Fact::ObligationOverdue { obligation, .. } => self.owed(obligation, |owed| owed.apart = false),
            Fact::ObligationReleased {
                obligation, amount, ..
            }
            | Fact::ObligationCancelled {
                obligation, amount, ..
            }
            | Fact::ObligationDefaulted {
                obligation, amount, ..
            } => {
                self.owed(obligation, |owed| {
                    owed.outstanding = owed.outstanding.plus(amount)
                });
            }
            _ => {}
        }
    }
}

/// How it stood at the end of each day, from the first to today.
pub(super) fn days_of(
    ledger: &Ledger,
    appeal: &Appeal,
    events: &[Event],
    first: Date,
    today: Date,
) -> Vec<Day> {
    let mut standing = Standing::now(ledger, appeal);
    let mut left = events.iter().rev().peekable();
    let mut days = Vec::new();
    let mut day = today;
    while day >= first {
        while let Some(event) = left.next_if(|event| ledger.policy.date(event.at) > day) {
            if is_ours(appeal, &event.fact) {
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

/// Whether an entry is about help for an appeal's owner. Intentions are always towards a monthly one (L1); obligations of
/// other appeals are not among those that stand, so what is said of them changes nothing.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most entries are about no intention"
)]
fn is_ours(appeal: &Appeal, fact: &Fact) -> bool {
    let towards = fact.subjects().other == Some(appeal.owner);
    match fact {
        Fact::IntentionRecorded { .. }
        | Fact::IntentionRenewed { .. }
        | Fact::IntentionChanged { .. }
        | Fact::IntentionWithdrawn { .. }
        | Fact::IntentionLapsed { .. }
        | Fact::IntentionCancelled { .. }
        | Fact::IntentionConverted { .. } => towards && appeal.is_monthly(),
        _ => towards,
    }
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
