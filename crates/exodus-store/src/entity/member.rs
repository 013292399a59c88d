//! A member of the ledger, as the journal made them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A member of the ledger, as the journal made them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// 0 green, 1 orange, 2 red.
    pub status: i64,
    /// Whether they have not left.
    pub here: bool,
    /// Who invited them.
    pub referred_by: Option<i64>,
    /// The month they live in, counted from year 0.
    pub period: i64,
    /// When time next has something for them; kept for the scheduler, no part of the state.
    pub next_due: Option<i64>,
    /// The core's record, as JSON.
    pub body: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
