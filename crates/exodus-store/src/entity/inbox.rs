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
    /// 0 waiting, 1 done, 2 handled and not answered yet.
    pub state: i64,
    /// What became of it, as JSON; of one that is not answered yet, what its answer says, sealed when a key is configured.
    pub outcome: Option<String>,
    /// The chat in whose lane it waits; empty when whoever received it works it off at once.
    #[serde(default)]
    pub chat: String,
    /// How many messages and files of its answer were given.
    #[serde(default)]
    pub given: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
