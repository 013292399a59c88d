//! Bonds between members.

use super::prelude::*;

/// Bonds between members.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    "CREATE TABLE bond (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        from_member BIGINT NOT NULL,
        to_member BIGINT NOT NULL,
        waiting BOOLEAN NOT NULL,
        live BOOLEAN NOT NULL,
        is_current BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX bond_from_member ON bond (ledger_id, from_member, is_current)",
    "CREATE INDEX bond_to_member ON bond (ledger_id, to_member, is_current)",
];
