//! A request for help.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A request for help.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Whose.
    pub owner: i64,
    /// Monthly, not an emergency.
    pub monthly: bool,
    /// Whether it is open.
    pub is_open: bool,
    /// Whether *expand my network* may show it.
    pub findable: bool,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
