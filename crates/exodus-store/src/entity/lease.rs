//! Who leads: the tick, a cursor.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who leads: the tick, a cursor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "lease")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// In what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Who.
    pub holder: String,
    /// Until when.
    pub until: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
