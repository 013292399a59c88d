//! The journal and its head.

use super::prelude::*;

/// The journal and its head.
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
    "CREATE TABLE ledger (
        id BIGINT NOT NULL,
        next_number BIGINT NOT NULL,
        head_seq BIGINT NOT NULL,
        head_hash TEXT NOT NULL,
        last_at BIGINT NOT NULL,
        created BIGINT NOT NULL,
        PRIMARY KEY (id)
    )",
    "CREATE TABLE journal (
        ledger_id BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        version BIGINT NOT NULL,
        at BIGINT NOT NULL,
        by_kind BIGINT NOT NULL,
        by_member BIGINT,
        kind TEXT NOT NULL,
        member BIGINT NOT NULL,
        other BIGINT,
        record BIGINT,
        tied BIGINT,
        command TEXT NOT NULL,
        body TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (ledger_id, seq)
    )",
    "CREATE INDEX journal_member_seq ON journal (ledger_id, member, seq)",
    "CREATE INDEX journal_other_seq ON journal (ledger_id, other, seq) WHERE other IS NOT NULL",
    "CREATE INDEX journal_record_seq ON journal (ledger_id, record, seq) WHERE record IS NOT NULL",
    "CREATE INDEX journal_tied_seq ON journal (ledger_id, tied, seq) WHERE tied IS NOT NULL",
    "CREATE TABLE command (
        ledger_id BIGINT NOT NULL,
        id TEXT NOT NULL,
        first_seq BIGINT,
        last_seq BIGINT,
        at BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
];
