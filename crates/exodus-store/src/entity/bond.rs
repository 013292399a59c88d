//! A bond between two members, from the invitation on.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A bond between two members, from the invitation on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "bond")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who invited.
    pub from_member: i64,
    /// Who was invited.
    pub to_member: i64,
    /// Whether it waits for a word.
    pub waiting: bool,
    /// Whether it stands.
    pub live: bool,
    /// Whether it waits, stands or may be restored.
    pub is_current: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
