//! Where the community stands with clearing; what is proposed about two obligations; finding what is unsettled.

use super::prelude::*;

/// Where the community stands with clearing; what is proposed about two obligations; finding what is unsettled.
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
    "CREATE TABLE clearing (
        ledger_id BIGINT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id)
    )",
    "CREATE TABLE proposal (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        by_member BIGINT NOT NULL,
        debtor BIGINT NOT NULL,
        creditor BIGINT NOT NULL,
        waiting BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX proposal_by_member ON proposal (ledger_id, by_member) WHERE waiting",
    "CREATE INDEX proposal_debtor ON proposal (ledger_id, debtor) WHERE waiting",
    "CREATE INDEX proposal_creditor ON proposal (ledger_id, creditor) WHERE waiting",
    "CREATE INDEX obligation_unsettled ON obligation (ledger_id, id) WHERE unsettled",
];
