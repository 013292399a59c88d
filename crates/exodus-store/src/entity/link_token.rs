//! The secret of a link: only its hash.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The secret of a link: only its hash.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "link_token")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// The hash, as 64 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Which link.
    pub link: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
