//! What must be true at the end of a simulated year.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_map::Entry};

use exodus_core::Event;

use super::{Remembered, Simulation};

impl Simulation {
    pub(super) fn judge(&mut self) {
        // Whoever sleeps through a digest or a lease is told by now.
        self.place.clock.advance(3 * 86_400);
        self.rest();
        let process = &self.processes[1];
        process.run(async {
            let store = process.app.store();
            let report = store.verify(|_, _| ()).await.expect("no trouble");
            assert!(report.ok(), "{:#?}", report.differences);

            // Nothing lost, nothing doubled: each work did what was answered, once.
            for (id, Remembered { work, done, .. }) in &self.given {
                let done = done
                    .as_ref()
                    .unwrap_or_else(|| panic!("never answered: {work:?}"));
                if done.refusal.is_some() {
                    continue;
                }
                let kept: Vec<(u64, Event)> = store
                    .events_of_command(*id)
                    .await
                    .expect("no trouble")
                    .into_iter()
                    .map(|e| (e.seq, e.event))
                    .collect();
                assert_eq!(kept, done.events, "{work:?}");
            }
            let waiting = self
                .place
                .number("SELECT count(*) FROM inbox WHERE state = 0")
                .await;
            assert_eq!(waiting, 0, "updates wait for ever");
            self.judge_notices().await;
        });
    }

    /// Every notice is sent, or dropped for a reason that has a name; each person's come in order.
    async fn judge_notices(&self) {
        let mut rows = BTreeMap::new();
        let letters = "SELECT o.id, o.status, o.kind, o.urgent, o.recipient, m.here FROM outbox o \
                       JOIN member m ON m.ledger_id = o.ledger_id AND m.id = o.recipient";
        for row in self.place.rows(letters).await {
            let id: i64 = row.try_get("", "id").unwrap();
            let status: i64 = row.try_get("", "status").unwrap();
            let kind: String = row.try_get("", "kind").unwrap();
            let urgent: bool = row.try_get("", "urgent").unwrap();
            let here: bool = row.try_get("", "here").unwrap();
            rows.insert(u64::try_from(id).unwrap(), (status, kind, urgent, here));
        }
        let mut first: BTreeMap<u64, usize> = BTreeMap::new();
        let mut order: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (nth, sent) in self.post.sent().into_iter().enumerate() {
            if let Entry::Vacant(new) = first.entry(sent.letter) {
                new.insert(nth);
                order.entry(sent.to).or_default().push(sent.letter);
            }
        }
        let mut dropped: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, (status, kind, _, here)) in &rows {
            match status {
                2 => assert!(
                    first.contains_key(id),
                    "letter {id} ({kind}) is called sent and was not"
                ),
                3 => {
                    if *here {
                        *dropped.entry(kind).or_default() += 1;
                        assert!(
                            may_be_dropped(kind).is_some(),
                            "letter {id} ({kind}) was dropped, and nobody knows why"
                        );
                    }
                }
                other => panic!("letter {id} ({kind}) still waits: {other}"),
            }
        }
        for letter in first.keys() {
            let (status, kind, ..) = &rows[letter];
            // Sent just before a crash, and dropped when it was looked at again.
            assert!(
                *status == 2 || may_be_dropped(kind).is_some(),
                "letter {letter} ({kind}) was sent and is {status}"
            );
        }
        for (who, letters) in &order {
            let plain: Vec<u64> = letters.iter().copied().filter(|letter| !rows[letter].2).collect();
            assert!(
                plain.is_sorted_by(|one, next| one < next),
                "out of order for {who}: {plain:?}"
            );
        }
        let summaries = rows
            .values()
            .filter(|(status, kind, ..)| *status == 2 && kind == "month_summarised")
            .count();
        assert!(summaries > 0, "nobody ever got the summary of a month (C4)");
        println!("{} letters sent, dropped: {dropped:?}", first.len());
    }

    /// What happened is of many kinds, else it would prove little: every kind of deed took effect, and time did what
    /// it can do.
    pub(super) fn was_full_of_life(&self) {
        let missing: Vec<&str> = self.tally.missing().map(|deed| deed.name).collect();
        assert!(missing.is_empty(), "nobody ever did: {missing:?}");
        let done = self.given.values().filter_map(|given| given.done.as_ref());
        let facts = done
            .flat_map(|done| &done.events)
            .map(|(_, event)| std::mem::discriminant(&event.fact));
        let kinds: HashSet<_> = facts.collect();
        assert!(kinds.len() > 25, "only {} kinds of facts by people", kinds.len());
        let rows = self.processes[1].run(self.place.rows("SELECT DISTINCT kind FROM journal"));
        let kinds: BTreeSet<String> = rows.iter().map(|row| row.try_get("", "kind").unwrap()).collect();
        for kind in BY_TIME {
            assert!(kinds.contains(*kind), "time never brought {kind}, only {kinds:?}");
        }
        println!("{} kinds of facts", kinds.len());
    }
}

/// What time brings within a year wherever some do not keep their word, some do not answer, and emergencies end.
const BY_TIME: &[&str] = &[
    "month_closed",
    "month_nudged",
    "month_summarised",
    "intention_lapsed",
    "intention_renewed",
    "debtor_reminded",
    "confirmation_reminded",
    "obligation_overdue",
    "member_suspended",
    "performance_settled_by_silence",
    "emergency_ended",
    "clearing_announced",
    "clearing_told",
    "clearing_ran",
];

/// Why a notice about such a fact may have become pointless before it was handed over.
fn may_be_dropped(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "month_summarised" | "month_nudged" => "there is nothing to report any more",
        "debtor_reminded" | "performance_asked" | "obligation_overdue" | "due_moved" => {
            "it is settled by now (C9)"
        }
        "performance_reported" | "confirmation_reminded" => "it is answered by now (C9)",
        "conversion_asked" | "value_proposed" => "it is converted or gone by now (C9)",
        "offer_made" => "it is answered or withdrawn by now",
        "proposal_asked" | "proposal_consented" => "it is answered or over by now",
        "proposal_agreed" | "proposal_ended" => "who is concerned may not be seen any more (M7)",
        "clearing_told" => "the run has been by now",
        "monthly_asked" | "emergency_called" | "appeal_changed" | "monthly_ended" | "emergency_ended" => {
            "the appeal is over, or may not be seen any more (M7)"
        }
        "intention_recorded"
        | "intention_changed"
        | "intention_withdrawn"
        | "intention_cancelled"
        | "obligation_made"
        | "obligation_released"
        | "obligation_cancelled"
        | "obligation_defaulted"
        | "performance_answered"
        | "performance_settled_by_silence"
        | "confirmation_reopened" => "its other side may not be seen any more (M7, M9)",
        "link_made" | "link_followed" | "link_revoked" | "link_expired" | "vouched" => {
            "who did it may not be seen any more (M7)"
        }
        "offer_accepted" | "offer_declined" | "offer_withdrawn" => "who did it may not be seen any more (M7)",
        "member_suspended" | "suspension_lifted" => "it is not so any more",
        _ => return None,
    })
}
