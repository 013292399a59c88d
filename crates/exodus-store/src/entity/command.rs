//! What became of a command: the same one, delivered again, has the same answer.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What became of a command: the same one, delivered again, has the same answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "command")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which, as 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Its first journal entry, if there is any.
    pub first_seq: Option<i64>,
    /// Its last.
    pub last_seq: Option<i64>,
    /// When.
    pub at: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
