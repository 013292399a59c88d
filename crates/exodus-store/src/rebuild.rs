//! Dropping the state and making it again from the journal.

use sea_orm::ConnectionTrait;

use crate::{
    Store,
    dialect::{self, Present, int, put, sql},
    entity::{appeal, block, circle, intention, link, member, obligation, offer, visit},
    rows::{self, appeal_row, intention_row, link_row, member_row, obligation_row, offer_row},
    trouble::Trouble,
    verify,
};

/// Rows written at once.
const BATCH: usize = 5_000;

/// The tables that are made again.
const STATE: [&str; 9] = [
    "member",
    "appeal",
    "intention",
    "obligation",
    "offer",
    "link",
    "visit",
    "block",
    "circle",
];

macro_rules! write_rows {
    ($tx:expr, $entity:ident, $rows:expr) => {{
        let mut rows = $rows.peekable();
        while rows.peek().is_some() {
            let batch: Result<Vec<$entity::Model>, Trouble> = rows.by_ref().take(BATCH).collect();
            put::<$entity::Entity, _>($tx, &batch?, Present::Fails).await?;
        }
    }};
}

impl Store {
    /// Makes the state tables again from the journal. Returns how many entries it was made from.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] when the journal itself is not sound: nothing is changed then.
    pub async fn rebuild(&self) -> Result<u64, Trouble> {
        let ledger = self.base.ledger;
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        dialect::lock_ledger(tx, ledger).await?;
        let head = self.base.head(tx).await?;
        let replay = verify::replay(tx, &head, &self.base.policy, |_, _| {}).await?;
        if let Some(first) = replay.report.differences.first() {
            return Err(Trouble::Damaged(format!(
                "{} {}: {}",
                first.place, first.id, first.what
            )));
        }
        for table in STATE {
            tx.execute_raw(sql(
                tx,
                format!("DELETE FROM {table} WHERE ledger_id = $1"),
                [ledger.into()],
            ))
            .await?;
        }
        let (part, now) = (&replay.part, self.now());
        let all = part.snapshot();
        let next = |row: &exodus_core::Member| member_row(ledger, row, rows::next_due(part, row.id, now));
        write_rows!(tx, member, all.members.iter().map(next));
        write_rows!(tx, appeal, all.appeals.iter().map(|row| appeal_row(ledger, row)));
        write_rows!(
            tx,
            intention,
            all.intentions.iter().map(|row| intention_row(ledger, row))
        );
        write_rows!(
            tx,
            obligation,
            all.obligations.iter().map(|row| obligation_row(ledger, row))
        );
        write_rows!(tx, offer, all.offers.iter().map(|row| offer_row(ledger, row)));
        write_rows!(tx, link, all.links.iter().map(|row| link_row(ledger, row)));
        let visit = |(link, member): (u64, u64)| visit::Model {
            ledger_id: ledger,
            link: int(link),
            member: int(member),
        };
        let visits = all
            .links
            .iter()
            .flat_map(|row| row.visitors.iter().map(|visitor| (row.id.0, visitor.0)));
        write_rows!(tx, visit, visits.map(visit).map(Ok));
        let block = |(one, other): &(exodus_core::MemberId, exodus_core::MemberId)| block::Model {
            ledger_id: ledger,
            blocker: int(one.0),
            blocked: int(other.0),
        };
        write_rows!(tx, block, all.blocks.iter().map(block).map(Ok));
        let circle = |(appeal, helper): &(exodus_core::AppealId, exodus_core::MemberId)| circle::Model {
            ledger_id: ledger,
            appeal: int(appeal.0),
            helper: int(helper.0),
            owner: part.appeal(*appeal).map_or(0, |row| int(row.owner.0)),
        };
        write_rows!(tx, circle, all.circles.iter().map(circle).map(Ok));
        writing.commit().await?;
        self.forget().await;
        Ok(replay.report.entries)
    }
}
