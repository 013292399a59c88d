//! An invitation.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Whom it leads to.
    pub about: i64,
    /// Who made it.
    pub maker: i64,
    /// Whether it was neither revoked nor has expired.
    pub active: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
