//! A shared chat that follows a member's appeal.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A shared chat that follows a member's appeal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "follower")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// Which chat.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chat: String,
    /// Whose appeal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: i64,
    /// What the chat is called; sealed when a key is configured.
    pub title: String,
    /// Whether news are told there, beside the progress.
    pub news: bool,
    /// The message that shows the progress.
    pub message: Option<String>,
    /// What was told there last.
    pub told: String,
    /// The last entry of the journal that was looked at for it.
    pub looked: i64,
    /// Not to be told anything earlier.
    pub not_before: i64,
    /// Since when.
    pub created: i64,
    /// Whether it shall show nothing any more.
    #[serde(default)]
    pub ended: bool,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
