//! How often an account gave a wrong code.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How often an account gave a wrong code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "linking_try")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// Which account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// How often.
    pub tries: i64,
    /// Counted from when.
    pub since: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
