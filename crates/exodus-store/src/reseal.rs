//! Sealing what was written before a key was configured.

use sea_orm::{ConnectionTrait, Value};

use crate::{
    dialect::{int, nat, sql},
    store::Base,
    trouble::Trouble,
    vault::Place,
};

/// Rows done at once.
const PAGE: usize = 500;

/// Seals persons' texts that are still plain.
pub(crate) async fn seal_plain<C: ConnectionTrait>(db: &C, base: &Base) -> Result<(), Trouble> {
    loop {
        let text = format!(
            "SELECT member_id, body FROM person WHERE ledger_id = $1 AND body LIKE 'p%' LIMIT {PAGE}"
        );
        let mut plain: Vec<(u64, String, String)> = Vec::new();
        for row in db.query_all_raw(sql(db, text, [base.ledger.into()])).await? {
            plain.push((
                nat(row.try_get_by_index(0)?),
                String::new(),
                row.try_get_by_index(1)?,
            ));
        }
        if plain.is_empty() {
            break;
        }
        base.vault
            .prepare(db, plain.iter().map(|(person, ..)| *person), true)
            .await?;
        for (person, row, kept) in &plain {
            let place = Place {
                table: "person",
                column: "body",
                person: *person,
                row,
            };
            let sealed = base.vault.seal(place, &base.vault.open(place, kept)?)?;
            let values: [Value; 3] = [base.ledger.into(), int(*person).into(), sealed.into()];
            let text = "UPDATE person SET body = $3 WHERE ledger_id = $1 AND member_id = $2";
            db.execute_raw(sql(db, text, values)).await?;
        }
    }
    loop {
        let text = format!(
            "SELECT member_id, id, text FROM note WHERE ledger_id = $1 AND text LIKE 'p%' LIMIT {PAGE}"
        );
        let mut plain: Vec<(u64, String, String)> = Vec::new();
        for row in db.query_all_raw(sql(db, text, [base.ledger.into()])).await? {
            plain.push((
                nat(row.try_get_by_index(0)?),
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            ));
        }
        if plain.is_empty() {
            return Ok(());
        }
        base.vault
            .prepare(db, plain.iter().map(|(person, ..)| *person), true)
            .await?;
        for (person, row, kept) in &plain {
            let place = Place {
                table: "note",
                column: "text",
                person: *person,
                row,
            };
            let sealed = base.vault.seal(place, &base.vault.open(place, kept)?)?;
            let values: [Value; 3] = [base.ledger.into(), row.clone().into(), sealed.into()];
            db.execute_raw(sql(
                db,
                "UPDATE note SET text = $3 WHERE ledger_id = $1 AND id = $2",
                values,
            ))
            .await?;
        }
    }
}
