//! Intentions.

use super::super::{Changes, Ledger};
use crate::{
    amount::Amount,
    event::Fact,
    id::{AppealId, IntentionId, MemberId, NoteId},
    intention::{Form, Intention, IntentionState, Revaluation},
    time::Timestamp,
};

impl Ledger {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "evolve_noting hands each fact to the part it is about"
    )]
    pub(super) fn evolve_intention(&mut self, fact: &Fact, at: Timestamp, changes: &mut Changes) {
        let end = |state| {
            move |row: &mut Intention| {
                row.state = state;
                row.changed = Some(at);
            }
        };
        match *fact {
            Fact::IntentionRecorded {
                intention,
                author,
                appeal,
                recipient,
                amount,
                form,
                note,
            } => {
                self.put_intention(
                    new(intention, (author, appeal, recipient), amount, form, note, at),
                    changes,
                );
                self.took_part(author, changes);
            }
            Fact::IntentionRenewed {
                intention,
                author,
                appeal,
                recipient,
                amount,
                form,
                note,
                ref from,
            } => {
                for &obligation in from {
                    self.change_obligation(obligation, changes, |row| row.renewed = true);
                }
                self.put_intention(
                    new(intention, (author, appeal, recipient), amount, form, note, at),
                    changes,
                );
            }
            Fact::IntentionChanged {
                intention,
                author,
                after,
                form,
                note,
                ..
            } => {
                self.change_intention(intention, changes, |row| {
                    row.amount = after;
                    row.form = form;
                    row.note = note;
                    row.recorded = at;
                    row.changed = Some(at);
                    row.revaluation = None;
                });
                self.took_part(author, changes);
            }
            Fact::IntentionWithdrawn { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Withdrawn));
            }
            Fact::IntentionLapsed { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Lapsed));
            }
            Fact::IntentionCancelled { intention, .. } => {
                self.change_intention(intention, changes, end(IntentionState::Cancelled));
            }
            Fact::IntentionConverted {
                intention,
                author,
                rest,
                ..
            } => {
                self.change_intention(intention, changes, |row| {
                    if rest.is_zero() {
                        row.state = IntentionState::Converted;
                    } else {
                        row.amount = rest;
                    }
                    row.changed = Some(at);
                    row.asked = None;
                    row.revaluation = None;
                });
                self.took_part(author, changes);
            }
            Fact::IntentionThawed { intention, .. } => {
                self.change_intention(intention, changes, |row| row.recorded = at);
            }
            Fact::ConversionAsked { intention, .. } => {
                self.change_intention(intention, changes, |row| row.asked = Some(at));
            }
            Fact::ValueProposed {
                intention, proposed, ..
            } => {
                self.change_intention(intention, changes, |row| {
                    let other = proposed != row.amount;
                    row.revaluation = other.then_some(Revaluation { amount: proposed, at });
                });
            }
            Fact::ValueDeclined { intention, .. } => {
                self.change_intention(intention, changes, |row| row.revaluation = None);
            }
            _ => {}
        }
    }

    /// The authors of intentions towards a member that were cancelled at an instant.
    pub(crate) fn cancelled_at(&self, recipient: MemberId, at: Timestamp) -> impl Iterator<Item = MemberId> {
        self.index
            .intentions_for(recipient)
            .filter_map(|id| self.intentions.get(&id))
            .filter(move |row| row.state == IntentionState::Cancelled && row.changed == Some(at))
            .map(|row| row.author)
    }
}

/// A new one, live: its author, the appeal, and whose that is.
const fn new(
    id: IntentionId,
    (author, appeal, recipient): (MemberId, AppealId, MemberId),
    amount: Amount,
    form: Form,
    note: Option<NoteId>,
    at: Timestamp,
) -> Intention {
    Intention {
        id,
        author,
        appeal,
        recipient,
        amount,
        form,
        note,
        made: at,
        changed: None,
        recorded: at,
        state: IntentionState::Live,
        asked: None,
        revaluation: None,
    }
}
