//! A whole network is to be told of something, and was not yet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A whole network is to be told of something, and was not yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "broadcast")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which community.
    pub ledger_id: i64,
    /// The journal entry it is about.
    pub cause: i64,
    /// Whose network.
    pub member: i64,
    /// About what: the core's category.
    pub category: String,
    /// What kind of fact it is about.
    pub kind: String,
    /// Whether it goes before everything else.
    pub urgent: bool,
    /// When it was put here.
    pub created: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
