//! What a button stands for.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a button stands for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "menu")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which, as 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// On which platform.
    pub platform: String,
    /// For which account.
    pub address: String,
    /// For which member.
    pub member_id: Option<i64>,
    /// JSON, sealed when a key is configured.
    pub body: String,
    /// Since when.
    pub created: i64,
    /// Until when it is good.
    pub expires: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
