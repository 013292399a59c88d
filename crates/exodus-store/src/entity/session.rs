//! Where a conversation stands: the open question and the last screen.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a conversation stands: the open question and the last screen.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// With which account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// JSON, sealed when a key is configured.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
