//! Which account a member chose for notices, where the outbox can ask for it.

use super::prelude::*;

/// Which account a member chose for notices, where the outbox can ask for it.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &["ALTER TABLE account ADD COLUMN chosen BOOLEAN NOT NULL DEFAULT FALSE"];
