//! Persons, their accounts and words, apart from the journal.

use super::prelude::*;

/// Persons, their accounts and words, apart from the journal.
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
    "CREATE TABLE person (
        ledger_id BIGINT NOT NULL,
        member_id BIGINT NOT NULL,
        language TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, member_id)
    )",
    "CREATE TABLE person_key (
        ledger_id BIGINT NOT NULL,
        member_id BIGINT NOT NULL,
        master TEXT NOT NULL,
        wrapped TEXT NOT NULL,
        PRIMARY KEY (ledger_id, member_id)
    )",
    "CREATE TABLE account (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        address TEXT NOT NULL,
        member_id BIGINT NOT NULL,
        created BIGINT NOT NULL,
        last_used BIGINT NOT NULL,
        state BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, platform, address)
    )",
    "CREATE INDEX account_member_id ON account (ledger_id, member_id)",
    "CREATE TABLE note (
        ledger_id BIGINT NOT NULL,
        id TEXT NOT NULL,
        member_id BIGINT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX note_member_id ON note (ledger_id, member_id)",
    "CREATE TABLE link_token (
        ledger_id BIGINT NOT NULL,
        token_hash TEXT NOT NULL,
        link BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, token_hash)
    )",
    "CREATE INDEX link_token_link ON link_token (ledger_id, link)",
    "CREATE TABLE linking_code (
        ledger_id BIGINT NOT NULL,
        code_hash TEXT NOT NULL,
        member_id BIGINT NOT NULL,
        expires BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, code_hash)
    )",
    "CREATE INDEX linking_code_member_id ON linking_code (ledger_id, member_id)",
    "CREATE TABLE linking_try (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        address TEXT NOT NULL,
        tries BIGINT NOT NULL,
        since BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, platform, address)
    )",
];
