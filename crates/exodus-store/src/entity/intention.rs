//! A free promise.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A free promise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "intention")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who promises.
    pub author: i64,
    /// To whom.
    pub recipient: i64,
    /// Towards which appeal.
    pub appeal: i64,
    /// Whether it stands.
    pub live: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
