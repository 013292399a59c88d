//! One community: the head of its journal, and the row whose lock orders everything written to it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One community: the head of its journal, and the row whose lock orders everything written to it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "ledger")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The number its next record gets.
    pub next_number: i64,
    /// The number of its last journal entry; 0 before the first.
    pub head_seq: i64,
    /// The hash of that entry.
    pub head_hash: String,
    /// When that entry was made: time never runs backwards.
    pub last_at: i64,
    /// When it began.
    pub created: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
