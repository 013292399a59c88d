//! The state tables, which the journal can make again.

use super::prelude::*;

/// The state tables, which the journal can make again.
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
    "CREATE TABLE member (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        status BIGINT NOT NULL,
        here BOOLEAN NOT NULL,
        referred_by BIGINT,
        period BIGINT NOT NULL,
        next_due BIGINT,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX member_referred_by ON member (ledger_id, referred_by) WHERE referred_by IS NOT NULL",
    "CREATE INDEX member_next_due ON member (ledger_id, next_due) WHERE next_due IS NOT NULL",
    "CREATE TABLE appeal (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        owner BIGINT NOT NULL,
        monthly BOOLEAN NOT NULL,
        is_open BOOLEAN NOT NULL,
        findable BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE TABLE intention (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        author BIGINT NOT NULL,
        recipient BIGINT NOT NULL,
        appeal BIGINT NOT NULL,
        live BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX intention_author_live ON intention (ledger_id, author) WHERE live",
    "CREATE INDEX intention_recipient_live ON intention (ledger_id, recipient) WHERE live",
    "CREATE INDEX intention_appeal_live ON intention (ledger_id, appeal) WHERE live",
    "CREATE TABLE obligation (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        debtor BIGINT NOT NULL,
        creditor BIGINT NOT NULL,
        appeal BIGINT,
        unsettled BOOLEAN NOT NULL,
        last_period BIGINT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX obligation_debtor_last_period ON obligation (ledger_id, debtor, last_period)",
    "CREATE INDEX obligation_creditor_last_period ON obligation (ledger_id, creditor, last_period)",
    "CREATE INDEX obligation_appeal_last_period ON obligation (ledger_id, appeal, last_period)",
    "CREATE TABLE offer (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        from_member BIGINT NOT NULL,
        to_member BIGINT NOT NULL,
        waiting BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX offer_from_member_id ON offer (ledger_id, from_member, id)",
    "CREATE INDEX offer_to_member_id ON offer (ledger_id, to_member, id)",
    "CREATE TABLE link (
        ledger_id BIGINT NOT NULL,
        id BIGINT NOT NULL,
        about BIGINT NOT NULL,
        maker BIGINT NOT NULL,
        active BOOLEAN NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (ledger_id, id)
    )",
    "CREATE INDEX link_about_active ON link (ledger_id, about) WHERE active",
    "CREATE INDEX link_maker_active ON link (ledger_id, maker) WHERE active",
    "CREATE TABLE visit (
        ledger_id BIGINT NOT NULL,
        link BIGINT NOT NULL,
        member BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, link, member)
    )",
    "CREATE INDEX visit_member ON visit (ledger_id, member)",
    "CREATE TABLE block (
        ledger_id BIGINT NOT NULL,
        blocker BIGINT NOT NULL,
        blocked BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, blocker, blocked)
    )",
    "CREATE INDEX block_blocked ON block (ledger_id, blocked)",
    "CREATE TABLE circle (
        ledger_id BIGINT NOT NULL,
        appeal BIGINT NOT NULL,
        helper BIGINT NOT NULL,
        owner BIGINT NOT NULL,
        PRIMARY KEY (ledger_id, appeal, helper)
    )",
    "CREATE INDEX circle_helper ON circle (ledger_id, helper)",
    "CREATE INDEX circle_owner ON circle (ledger_id, owner)",
];
