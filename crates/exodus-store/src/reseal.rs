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

/// Texts that may still be plain: table, column, whose they are, and by what their row is named. What else is sealed
/// passes by itself: buttons expire, updates are answered.
const TEXTS: [(&str, &str, &str, &str); 3] = [
    ("person", "body", "member_id", "''"),
    ("note", "text", "member_id", "id"),
    ("session", "body", "CAST(0 AS BIGINT)", "address"),
];

/// Seals texts that are still plain.
pub(crate) async fn seal_plain<C: ConnectionTrait>(db: &C, base: &Base) -> Result<(), Trouble> {
    for (table, column, person, row) in TEXTS {
        let found = format!(
            "SELECT {person}, {row}, {column} FROM {table} WHERE ledger_id = $1 AND {column} LIKE 'p%' LIMIT {PAGE}"
        );
        let sealed = format!(
            "UPDATE {table} SET {column} = $5 \
             WHERE ledger_id = $1 AND {person} = $2 AND {row} = $3 AND {column} = $4"
        );
        loop {
            let rows = db.query_all_raw(sql(db, &found, [base.ledger.into()])).await?;
            let mut plain: Vec<(u64, String, String)> = Vec::with_capacity(rows.len());
            for row in rows {
                let person: i64 = row.try_get_by_index(0)?;
                plain.push((nat(person), row.try_get_by_index(1)?, row.try_get_by_index(2)?));
            }
            if plain.is_empty() {
                break;
            }
            let whose = plain.iter().map(|(person, ..)| *person);
            base.vault.prepare(db, whose, true).await?;
            for (person, row, kept) in plain {
                let place = Place {
                    table,
                    column,
                    person,
                    row: &row,
                };
                let text = base.vault.seal(place, &base.vault.open(place, &kept)?)?;
                let values: [Value; 5] = [
                    base.ledger.into(),
                    int(person).into(),
                    row.as_str().into(),
                    kept.into(),
                    text.into(),
                ];
                db.execute_raw(sql(db, &sealed, values)).await?;
            }
        }
    }
    Ok(())
}
