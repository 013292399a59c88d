//! What a person says about themselves. Erased when they leave.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a person says about themselves. Erased when they leave.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: i64,
    /// Their language.
    pub language: String,
    /// Everything else: JSON, sealed when a key is configured.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
