//! Something proposed about two obligations: to set them off, or to hand one on.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Something proposed about two obligations: to set them off, or to hand one on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who made it.
    pub by_member: i64,
    /// Who owes the one who made it.
    pub debtor: i64,
    /// Whom the one who made it owes.
    pub creditor: i64,
    /// Whether it waits.
    pub waiting: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
