//! A chat account and the member it points to.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A chat account and the member it points to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// The platform's name for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// Whose.
    pub member_id: i64,
    /// Since when.
    pub created: i64,
    /// When it was used last.
    pub last_used: i64,
    /// 0 active, 1 gone: it cannot be written to.
    pub state: i64,
    /// Whether its member chose it for notices: what they say of it themselves, for the outbox to ask.
    #[serde(default)]
    pub chosen: bool,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
