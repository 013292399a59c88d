//! Updates of chats wait in lanes; which message shows which menu; shared rooms that follow an appeal.

use super::prelude::*;

/// Updates of chats wait in lanes; which message shows which menu; shared rooms that follow an appeal.
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
    "ALTER TABLE inbox ADD COLUMN chat TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inbox ADD COLUMN given BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX inbox_chat_id ON inbox (ledger_id, platform, chat, id) WHERE state <> 1",
    "CREATE TABLE lane (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        chat TEXT NOT NULL,
        newest BIGINT NOT NULL,
        turn BIGINT NOT NULL,
        lease_until BIGINT,
        lease_by TEXT,
        PRIMARY KEY (ledger_id, platform, chat)
    )",
    "CREATE INDEX lane_turn ON lane (ledger_id, platform, turn)",
    "CREATE INDEX lane_lease_by ON lane (ledger_id, lease_by)",
    "CREATE TABLE shown (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        chat TEXT NOT NULL,
        message TEXT NOT NULL,
        account TEXT NOT NULL,
        menu TEXT NOT NULL,
        prompt BOOLEAN NOT NULL,
        created BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, platform, chat, message)
    )",
    "CREATE INDEX shown_prompt ON shown (ledger_id, platform, chat) WHERE prompt",
    "CREATE INDEX shown_account ON shown (ledger_id, platform, account)",
    "CREATE INDEX shown_created ON shown (ledger_id, created)",
    "CREATE TABLE follower (
        ledger_id BIGINT NOT NULL,
        platform TEXT NOT NULL,
        chat TEXT NOT NULL,
        member_id BIGINT NOT NULL,
        title TEXT NOT NULL,
        news BOOLEAN NOT NULL,
        message TEXT,
        told TEXT NOT NULL,
        looked BIGINT NOT NULL,
        not_before BIGINT NOT NULL,
        created BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, platform, chat, member_id)
    )",
    "CREATE INDEX follower_member_id ON follower (ledger_id, member_id)",
];
