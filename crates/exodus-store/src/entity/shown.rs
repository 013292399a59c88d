//! Which message of a chat shows which menu.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Which message of a chat shows which menu.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "shown")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// On which platform.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    /// In which chat.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chat: String,
    /// Which message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message: String,
    /// To which account.
    pub account: String,
    /// The menu, as 32 hexadecimal digits.
    pub menu: String,
    /// Whether it only asks to type, and is withdrawn when that is done.
    pub prompt: bool,
    /// Since when.
    pub created: i64,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
