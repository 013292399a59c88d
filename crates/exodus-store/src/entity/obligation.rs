//! A binding promise.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A binding promise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "obligation")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Which.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who owes.
    pub debtor: i64,
    /// Who is owed.
    pub creditor: i64,
    /// Towards which appeal.
    pub appeal: Option<i64>,
    /// Whether anything is still to come.
    pub unsettled: bool,
    /// The last month in which it matters to a circle, counted from year 0; far ahead while unsettled.
    pub last_period: i64,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
