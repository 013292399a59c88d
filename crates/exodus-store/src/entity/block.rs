//! Who blocks whom.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who blocks whom.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "block")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Who blocks.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocker: i64,
    /// Whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blocked: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
