//! Something proposed outside any appeal.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Something proposed outside any appeal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "offer")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who made it.
    pub from_member: i64,
    /// Whose word it waits for.
    pub to_member: i64,
    /// Whether it waits.
    pub waiting: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
