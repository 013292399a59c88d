//! Who is in the circle of which appeal: the support edges of the network.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who is in the circle of which appeal: the support edges of the network.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "circle")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// The appeal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub appeal: i64,
    /// Who helps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub helper: i64,
    /// Whose appeal it is.
    pub owner: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
