//! A chat in which updates wait, and who works them off.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A chat in which updates wait, and who works them off.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "lane")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// Which chat.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chat: String,
    /// The newest update that waits.
    pub newest: i64,
    /// Lanes are served in the order of this.
    pub turn: i64,
    /// Until when whoever took it has it.
    pub lease_until: Option<i64>,
    /// Who took it.
    pub lease_by: Option<String>,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
