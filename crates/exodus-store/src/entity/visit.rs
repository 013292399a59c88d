//! Who followed which link.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who followed which link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "visit")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// The link.
    #[sea_orm(primary_key, auto_increment = false)]
    pub link: i64,
    /// Who followed it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
