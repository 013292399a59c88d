//! Somebody is to be told of something.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Somebody is to be told of something.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which community.
    pub ledger_id: i64,
    /// The journal entry it is about.
    pub cause: i64,
    /// Whom to tell.
    pub recipient: i64,
    /// About what: the core's category.
    pub category: String,
    /// What kind of fact it is about.
    pub kind: String,
    /// Whether it goes before everything else.
    pub urgent: bool,
    /// 0 waiting, 1 held for a digest, 2 sent, 3 dropped.
    pub status: i64,
    /// Not to be told earlier.
    pub not_before: i64,
    /// Until when whoever took it has it.
    pub lease_until: Option<i64>,
    /// Who took it.
    pub lease_by: Option<String>,
    /// How often it was taken.
    pub attempts: i64,
    /// When it was put here.
    pub created: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
