//! The outbox: who must be told, taken by whoever delivers, in order for each recipient, emergencies first (rule U9).
//!
//! A letter is waiting, held for a digest, sent or dropped. Whoever takes one has it for a while; a crash gives it back.
//! Nobody has two letters of one recipient, and none is taken before an earlier one of the same recipient, unless it is
//! urgent or the earlier one is held.

use exodus_core::{MemberId, Timestamp, notice::Category};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Value};

use crate::{
    Store,
    dialect::{among_texts, instant, int, nat, sql, storable, texts},
    person::AccountKey,
    trouble::Trouble,
};

/// Somebody is to be told of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which.
    pub id: u64,
    /// The journal entry it is about.
    pub cause: u64,
    /// Whom to tell.
    pub recipient: MemberId,
    /// About what.
    pub category: Category,
    /// The kind of fact it is about, in the journal's words.
    pub kind: String,
    /// Whether it goes before everything else.
    pub urgent: bool,
    /// How often it was taken, this time included.
    pub attempts: u32,
    /// When it was put here.
    pub created: Timestamp,
}

const WAITING: i64 = 0;
const HELD: i64 = 1;
const SENT: i64 = 2;
const DROPPED: i64 = 3;

/// The name of a category in the database: the core's own.
pub(crate) fn category_name(category: Category) -> Result<String, Trouble> {
    let name = serde_json::to_value(category)?;
    name.as_str()
        .map(ToOwned::to_owned)
        .ok_or_else(|| Trouble::Fault("a category has no name".to_owned()))
}

fn category_named(name: &str) -> Result<Category, Trouble> {
    serde_json::from_value(name.into())
        .map_err(|_| Trouble::Damaged(format!("a letter of the category {name:?}")))
}

/// Letters behind which a letter stands at an instant, leases apart: an earlier one of the same recipient, unless it is
/// held or this one is urgent; what is due goes before a digest, an emergency before everything. Once a letter stands
/// behind none of them it is behind them no more until one of them comes or falls due.
fn behind(at: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM outbox e WHERE e.ledger_id = o.ledger_id AND e.recipient = o.recipient \
            AND e.status < 2 AND e.id <> o.id AND ( \
                (e.status = 0 AND o.status = 0 AND e.id < o.id AND (e.urgent OR NOT o.urgent)) \
                OR (e.not_before <= {at} AND ( \
                    (e.status = 0 AND o.status = 1) \
                    OR (e.status = 1 AND o.status = 1 AND e.id < o.id) \
                    OR (e.status = 0 AND e.urgent AND NOT o.urgent)))))"
    )
}

/// Until when letters of the same recipient are somebody's.
const LEASED: &str = "(SELECT max(e.lease_until) FROM outbox e \
    WHERE e.ledger_id = o.ledger_id AND e.recipient = o.recipient AND e.status < 2)";

/// Seconds a letter waits for the account its recipient wants it on (M1), before whoever reaches another of theirs may
/// take it: nobody may be at the first, for long.
const PATIENCE: i64 = 300;

/// The accounts of a letter's recipient.
const ACCOUNTS: &str = "FROM account a WHERE a.ledger_id = o.ledger_id AND a.member_id = o.recipient";

/// Whether a letter's recipient has an account that can be written to, or no account at all: whoever is taken then has
/// left, and their letter is dropped.
fn reachable() -> String {
    format!("(EXISTS (SELECT 1 {ACCOUNTS} AND a.state = 0) OR NOT EXISTS (SELECT 1 {ACCOUNTS}))")
}

/// Whether a letter is for whoever reaches the accounts that fulfil a condition: for them that reach the account it
/// should go to, the chosen one, else the one used last; after a while for them that reach any; for anybody when there
/// is none.
fn ours(reached: &str, now: &str) -> String {
    format!(
        "(NOT EXISTS (SELECT 1 {ACCOUNTS}) \
          OR (SELECT {reached} {ACCOUNTS} AND a.state = 0 \
              ORDER BY a.chosen DESC, a.last_used DESC, a.platform, a.address LIMIT 1) \
          OR (o.not_before <= {now} - {PATIENCE} AND EXISTS (SELECT 1 {ACCOUNTS} AND a.state = 0 AND {reached})))"
    )
}

/// Accounts that somebody can write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody's on a platform.
    Platform(String),
    /// These alone.
    Accounts(Vec<AccountKey>),
}

impl Reach {
    /// Whether that account is among them.
    #[must_use]
    pub fn holds(&self, account: &AccountKey) -> bool {
        match self {
            Self::Platform(platform) => *platform == account.platform,
            Self::Accounts(accounts) => accounts.contains(account),
        }
    }

    /// In words: a platform has no space in its name.
    fn words(&self) -> Vec<String> {
        match self {
            Self::Platform(platform) => vec![storable(platform)],
            Self::Accounts(accounts) => accounts
                .iter()
                .map(|account| storable(&format!("{} {}", account.platform, account.address)))
                .collect(),
        }
    }
}

impl Store {
    /// Takes up to `limit` letters to deliver, for so many seconds: of those who are reached so; urgent ones first, then
    /// the oldest. A letter goes to the account its recipient chose, else to the one used last (M1), and to another only
    /// when nobody took it for five minutes. A recipient whose every account is gone keeps their letters until one
    /// returns (U9).
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn take(
        &self,
        lease_by: &str,
        reach: &[Reach],
        limit: u64,
        lease_seconds: u32,
    ) -> Result<Vec<Letter>, Trouble> {
        let words: Vec<String> = reach.iter().flat_map(Reach::words).collect();
        let reached = format!(
            "({} OR {})",
            among_texts(self.db(), "a.platform", 5),
            among_texts(self.db(), "(a.platform || ' ' || a.address)", 5)
        );
        let condition = format!(
            "o.status < 2 AND o.not_before <= $3 AND coalesce({LEASED}, 0) <= $3 AND NOT {} AND {} \
             ORDER BY o.urgent DESC, o.id LIMIT {limit}",
            behind("$3"),
            ours(&reached, "$3")
        );
        self.take_where(lease_by, lease_seconds, &condition, texts(&words))
            .await
    }

    /// Takes what is held for a digest of one recipient, due or not, to be told with a letter that was taken.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn take_held(
        &self,
        recipient: MemberId,
        lease_by: &str,
        lease_seconds: u32,
    ) -> Result<Vec<Letter>, Trouble> {
        let condition = "o.recipient = $5 AND o.status = 1 AND (o.lease_until IS NULL OR o.lease_until <= $3) ORDER BY o.id";
        self.take_where(lease_by, lease_seconds, condition, int(recipient.0).into())
            .await
    }

    async fn take_where(
        &self,
        lease_by: &str,
        lease_seconds: u32,
        condition: &str,
        fifth: Value,
    ) -> Result<Vec<Letter>, Trouble> {
        let now = self.now().seconds();
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let postgres = tx.get_database_backend() == DbBackend::Postgres;
        if postgres {
            // One at a time, so that two do not take two letters of one recipient, each unseen by the other.
            let lock = sql(
                tx,
                "SELECT pg_advisory_xact_lock($1, 0)",
                [i32::try_from(self.base.ledger).unwrap_or(0).into()],
            );
            tx.query_one_raw(lock).await?;
        }
        let skip = if postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
        let text = format!(
            "UPDATE outbox SET lease_by = $2, lease_until = $4, attempts = attempts + 1 \
             WHERE id IN (SELECT o.id FROM outbox o WHERE o.ledger_id = $1 AND {condition}{skip}) \
             RETURNING id, cause, recipient, category, kind, urgent, attempts, created"
        );
        let until = now.saturating_add(i64::from(lease_seconds));
        let values = [
            self.base.ledger.into(),
            lease_by.into(),
            now.into(),
            until.into(),
            fifth,
        ];
        let rows = tx.query_all_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        let mut letters: Vec<Letter> = rows.iter().map(letter).collect::<Result<_, _>>()?;
        letters.sort_by_key(|letter| (!letter.urgent, letter.id));
        Ok(letters)
    }

    /// It was delivered.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn sent(&self, id: u64) -> Result<(), Trouble> {
        self.settle(id, SENT, None).await
    }

    /// It is not to be delivered: its reader may not see it any more, or wants to hear nothing.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn dropped(&self, id: u64) -> Result<(), Trouble> {
        self.settle(id, DROPPED, None).await
    }

    /// Not before then; later ones of the same recipient wait behind it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn postpone(&self, id: u64, until: Timestamp) -> Result<(), Trouble> {
        self.settle(id, WAITING, Some(until)).await
    }

    /// Held for a digest then; later ones of the same recipient go past it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn hold(&self, id: u64, until: Timestamp) -> Result<(), Trouble> {
        self.settle(id, HELD, Some(until)).await
    }

    async fn settle(&self, id: u64, status: i64, until: Option<Timestamp>) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "UPDATE outbox SET status = $3, lease_by = NULL, lease_until = NULL, \
                    not_before = CASE WHEN $4 < 0 THEN not_before ELSE $4 END \
                    WHERE ledger_id = $1 AND id = $2 AND status < 2";
        let until = until.map_or(-1, Timestamp::seconds);
        let values = [
            self.base.ledger.into(),
            int(id).into(),
            status.into(),
            until.into(),
        ];
        tx.execute_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        Ok(())
    }

    /// When a letter may next be taken by somebody, if any waits: perhaps now. Those behind another wait for it, those
    /// to whom no account leads any more wait for its return.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn next_letter_at(&self) -> Result<Option<Timestamp>, Trouble> {
        let db = self.db();
        let text = format!(
            "SELECT min(CASE WHEN leased > not_before THEN leased ELSE not_before END) FROM ( \
                SELECT o.not_before, {LEASED} AS leased FROM outbox o \
                WHERE o.ledger_id = $1 AND o.status < 2 AND NOT {} AND {}) AS free",
            behind("o.not_before"),
            reachable()
        );
        let row = db.query_one_raw(sql(db, text, [self.base.ledger.into()])).await?;
        let at: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        Ok(at.map(instant))
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    cause: i64,
    recipient: i64,
    category: String,
    kind: String,
    urgent: bool,
    attempts: i64,
    created: i64,
}

fn letter(row: &QueryResult) -> Result<Letter, Trouble> {
    let row = Row::from_query_result(row, "")?;
    Ok(Letter {
        id: nat(row.id),
        cause: nat(row.cause),
        recipient: MemberId(nat(row.recipient)),
        category: category_named(&row.category)?,
        kind: row.kind,
        urgent: row.urgent,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        created: instant(row.created),
    })
}
