//! What comes in, what goes out, and who does it.

use super::prelude::*;

/// What comes in, what goes out, and who does it.
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
    "CREATE TABLE inbox (
        id BIGSERIAL PRIMARY KEY,
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        update_key TEXT NOT NULL,
        payload_hash TEXT NOT NULL,
        payload TEXT NOT NULL,
        account TEXT NOT NULL,
        received_at BIGINT NOT NULL,
        state BIGINT NOT NULL,
        outcome TEXT
    )",
    "CREATE UNIQUE INDEX inbox_platform_update_key_payload_hash ON inbox (ledger_id, platform, update_key, payload_hash)",
    "CREATE INDEX inbox_id_state ON inbox (ledger_id, id) WHERE state = 0",
    "CREATE TABLE outbox (
        id BIGSERIAL PRIMARY KEY,
        ledger_id BIGINT NOT NULL,
        cause BIGINT NOT NULL,
        recipient BIGINT NOT NULL,
        category TEXT NOT NULL,
        kind TEXT NOT NULL,
        urgent BOOLEAN NOT NULL,
        status BIGINT NOT NULL,
        not_before BIGINT NOT NULL,
        lease_until BIGINT,
        lease_by TEXT,
        attempts BIGINT NOT NULL,
        created BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX outbox_cause_recipient_category ON outbox (ledger_id, cause, recipient, category)",
    "CREATE INDEX outbox_recipient_id ON outbox (ledger_id, recipient, id) WHERE status < 2",
    "CREATE INDEX outbox_not_before_status ON outbox (ledger_id, not_before) WHERE status < 2",
    "CREATE TABLE broadcast (
        id BIGSERIAL PRIMARY KEY,
        ledger_id BIGINT NOT NULL,
        cause BIGINT NOT NULL,
        member BIGINT NOT NULL,
        category TEXT NOT NULL,
        kind TEXT NOT NULL,
        urgent BOOLEAN NOT NULL,
        created BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX broadcast_cause_member_category ON broadcast (ledger_id, cause, member, category)",
    "CREATE TABLE session (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        address TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, platform, address)
    )",
    "CREATE TABLE menu (
        ledger_id BIGINT NOT NULL,
        id TEXT NOT NULL,
        platform TEXT NOT NULL,
        address TEXT NOT NULL,
        member_id BIGINT,
        body TEXT NOT NULL,
        created BIGINT NOT NULL,
        expires BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX menu_member_id ON menu (ledger_id, member_id)",
    "CREATE TABLE lease (
        ledger_id BIGINT NOT NULL,
        name TEXT NOT NULL,
        holder TEXT NOT NULL,
        until BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, name)
    )",
    "CREATE TABLE setting (
        ledger_id BIGINT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (ledger_id, name)
    )",
];
