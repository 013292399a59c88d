//! Dropping the state and making it again from the journal.

use sea_orm::ConnectionTrait;

use crate::{
    Store,
    dialect::{self, Present, int, put, sql},
    entity::{appeal, block, bond, circle, intention, link, member, obligation, offer, visit},
    rows::{self, appeal_row, bond_row, intention_row, link_row, member_row, obligation_row, offer_row},
    trouble::Trouble,
    verify::{
        self,
        compare::{self, Edge},
    },
};

/// Rows written at once.
const BATCH: usize = 5_000;

/// The tables that are made again.
const STATE: [&str; 10] = [
    "member",
    "appeal",
    "intention",
    "obligation",
    "offer",
    "bond",
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
        let next = |row: &exodus_core::Member| member_row(ledger, row, rows::next_due(part, row.id, now));
        write_rows!(tx, member, part.members().map(next));
        write_rows!(tx, appeal, part.appeals().map(|row| appeal_row(ledger, row)));
        write_rows!(
            tx,
            intention,
            part.intentions().map(|row| intention_row(ledger, row))
        );
        write_rows!(
            tx,
            obligation,
            part.obligations().map(|row| obligation_row(ledger, row))
        );
        write_rows!(tx, offer, compare::offers(part).map(|row| offer_row(ledger, row)));
        write_rows!(tx, bond, part.bonds().map(|row| bond_row(ledger, row)));
        write_rows!(tx, link, compare::links(part).map(|row| link_row(ledger, row)));
        let visit = |[link, member, _]: Edge| visit::Model {
            ledger_id: ledger,
            link: int(link),
            member: int(member),
        };
        write_rows!(tx, visit, compare::visits(part).map(visit).map(Ok));
        let block = |[blocker, blocked, _]: Edge| block::Model {
            ledger_id: ledger,
            blocker: int(blocker),
            blocked: int(blocked),
        };
        write_rows!(tx, block, compare::blocks(part).map(block).map(Ok));
        let circle = |[appeal, helper, owner]: Edge| circle::Model {
            ledger_id: ledger,
            appeal: int(appeal),
            helper: int(helper),
            owner: int(owner),
        };
        write_rows!(tx, circle, compare::circles(part).map(circle).map(Ok));
        writing.commit().await?;
        self.forget().await;
        Ok(replay.report.entries)
    }
}
