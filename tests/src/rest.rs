//! Whether a bot rests: nothing waits, nothing is due, nothing is left to be sent.

use exodus_app::{AccountKey, App};
use exodus_core::Timestamp;
use exodus_ui::{Draft, Field, Step};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};

use crate::Place;

/// Looks at a database past the store, while a bot works on it.
pub struct Rest(DatabaseConnection);

impl Rest {
    /// Looks at a place.
    pub async fn of(place: &Place) -> Self {
        Self(place.connect().await)
    }

    /// What is left to do now, apart from what lies at the chat's server; nothing when every update is answered, everything
    /// due is done, every notice is sent.
    ///
    /// # Panics
    /// When the store is in trouble.
    pub async fn left_to_do(&self, app: &App) -> Option<String> {
        let store = app.store();
        let stats = store.stats().await.expect("no trouble");
        if stats.inbox + stats.broadcasts > 0 {
            return Some(format!(
                "{} updates, {} broadcasts",
                stats.inbox, stats.broadcasts
            ));
        }
        let now = store.now();
        let due = store.next_due_at().await.expect("no trouble");
        if due.is_some_and(|at| at <= now) {
            return Some(format!("something was due at {due:?}"));
        }
        let letters = self.letters(now).await;
        (letters > 0).then(|| format!("{letters} letters are being sent, or could be"))
    }

    /// Letters that are being sent, or could be: none of the same recipient is put off before them, and the recipient has
    /// an account that can be written to.
    async fn letters(&self, now: Timestamp) -> i64 {
        let now = now.seconds();
        let query = format!(
            "SELECT count(*) FROM outbox o WHERE o.status < 2 AND (o.lease_until > {now} OR (o.not_before <= {now} \
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.recipient = o.recipient AND e.status = 0 \
             AND (e.id < o.id OR o.status = 1) AND (e.urgent OR NOT o.urgent)) AND (EXISTS (SELECT 1 FROM account a \
             WHERE a.member_id = o.recipient AND a.state = 0) OR NOT EXISTS (SELECT 1 FROM account a \
             WHERE a.member_id = o.recipient))))"
        );
        let row = self
            .0
            .query_one_raw(Statement::from_string(self.0.get_database_backend(), query))
            .await;
        row.expect("no trouble")
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number")
    }

    /// Looks no more.
    ///
    /// # Panics
    /// When the connection does not close.
    pub async fn close(self) {
        self.0.close().await.expect("it closes");
    }
}

/// Whether a number that somebody types now is an answer, and no place in a list.
///
/// # Panics
/// When the store is in trouble.
pub async fn asks_for_a_number(app: &App, account: &AccountKey) -> bool {
    let kept = app.store().session(account).await.expect("no trouble");
    let kept = kept.and_then(|kept| serde_json::from_str::<serde_json::Value>(&kept).ok());
    let draft = kept.and_then(|kept| serde_json::from_value::<Draft>(kept["draft"].clone()).ok());
    let Some(Step::Ask(field)) = draft.map(|draft| draft.step()) else {
        return false;
    };
    matches!(
        field,
        Field::Amount
            | Field::Target
            | Field::OfferValue
            | Field::Deadline
            | Field::Due
            | Field::Expiry
            | Field::Uses
            | Field::Quiet
    )
}
