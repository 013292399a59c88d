//! What a community has set.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a community has set.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// To what.
    pub value: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
