//! The append-only history. See `crate::journal`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The append-only history. See `crate::journal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    /// Which community.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ledger_id: i64,
    /// Its number: 1, 2, 3 … without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The version of `body`.
    pub version: i64,
    /// When.
    pub at: i64,
    /// Who did it: 0 a newcomer, 1 a member, 2 time.
    pub by_kind: i64,
    /// The member who did it.
    pub by_member: Option<i64>,
    /// What kind of fact: the name that begins `body`.
    pub kind: String,
    /// Whom it is first of all about.
    pub member: i64,
    /// The other one.
    pub other: Option<i64>,
    /// The record.
    pub record: Option<i64>,
    /// A second record.
    pub tied: Option<i64>,
    /// The command it came from, as 32 hexadecimal digits.
    pub command: String,
    /// The fact, as JSON; the hash covers it byte for byte.
    pub body: String,
    /// The hash of the entry before and of this one, as 64 hexadecimal digits.
    pub hash: String,
}

/// Joined to nothing: rows are loaded by their own columns.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
