//! The key that a person's texts are sealed with, itself sealed with a master key. Deleting it erases them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The key that a person's texts are sealed with, itself sealed with a master key. Deleting it erases them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "person_key")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Whose; 0 for texts that are nobody's yet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: i64,
    /// The name of the master key.
    pub master: String,
    /// The sealed key.
    pub wrapped: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
