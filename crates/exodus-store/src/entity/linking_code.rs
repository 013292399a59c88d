//! A one-time code by which a second account becomes the same member's.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A one-time code by which a second account becomes the same member's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "linking_code")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// The hash of the code, as 64 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// Whose.
    pub member_id: i64,
    /// Until when it is good.
    pub expires: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
