//! What a chat server sent, kept before it is acknowledged.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a chat server sent, kept before it is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "inbox")]
pub struct Model {
    /// Which.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which community.
    pub ledger_id: i64,
    /// From which platform.
    pub platform: String,
    /// The platform's own name for it.
    pub update_key: String,
    /// Its hash: platforms begin their numbers anew.
    pub payload_hash: String,
    /// What was sent; emptied when done with.
    pub payload: String,
    /// From which account.
    pub account: String,
    /// When.
    pub received_at: i64,
    /// 0 waiting, 1 done.
    pub state: i64,
    /// What became of it, as JSON.
    pub outcome: Option<String>,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
