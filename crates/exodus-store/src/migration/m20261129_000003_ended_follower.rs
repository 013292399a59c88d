//! A shared chat that shall show nothing any more: its last post is still to be taken back.

use super::prelude::*;

/// A shared chat that shall show nothing any more: its last post is still to be taken back.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &["ALTER TABLE follower ADD COLUMN ended BOOLEAN NOT NULL DEFAULT FALSE"];
