//! Shared chats that follow a member's appeal: as much of it as its owner chose is told there.

use exodus_core::{MemberId, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Store,
    dialect::{Present, instant, int, nat, put, sql, storable},
    entity::follower,
    trouble::Trouble,
    vault::Place,
};

/// A shared chat that follows a member's appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// On which platform.
    pub platform: String,
    /// Which chat.
    pub chat: String,
    /// Whose appeal.
    pub member: MemberId,
    /// What the chat is called.
    pub title: String,
    /// Whether news are told there, beside the progress.
    pub news: bool,
    /// The message that shows the progress.
    pub message: Option<String>,
    /// What was told there last, in the words of whoever tells it.
    pub told: String,
    /// The last entry of the journal that was looked at for it.
    pub looked: u64,
    /// Not to be told anything earlier.
    pub not_before: Timestamp,
    /// It shall show nothing any more: its last post is to be taken back, and it is forgotten.
    pub ended: bool,
}

/// How followers come to their end: what shows something is to be taken back, of what shows nothing nothing is kept.
pub(crate) const END: [&str; 2] = [
    "DELETE FROM follower WHERE ledger_id = $1 AND message IS NULL",
    "UPDATE follower SET ended = TRUE, title = '', told = '', not_before = 0 WHERE ledger_id = $1",
];

impl Store {
    /// A chat follows an appeal from now on, or in another way than before.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn put_follower(&self, follower: &Follower) -> Result<(), Trouble> {
        let row = follower::Model {
            ledger_id: self.base.ledger,
            platform: storable(&follower.platform),
            chat: storable(&follower.chat),
            member_id: int(follower.member.0),
            title: self
                .base
                .vault
                .seal(title_place(&follower.chat), &storable(&follower.title))?,
            news: follower.news,
            message: follower.message.as_deref().map(storable),
            told: storable(&follower.told),
            looked: int(follower.looked),
            not_before: follower.not_before.seconds(),
            created: self.now().seconds(),
            ended: follower.ended,
        };
        let writing = self.base.write().await?;
        let present = Present::Takes(&[
            "title",
            "news",
            "message",
            "told",
            "looked",
            "not_before",
            "ended",
        ]);
        put::<follower::Entity, _>(&writing.tx, &[row], present).await?;
        writing.commit().await?;
        Ok(())
    }

    /// What was told to a chat, and when it is looked after again; nothing else of it changes. Whether it still follows:
    /// what was undone meanwhile stays undone.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn told_follower(&self, follower: &Follower) -> Result<bool, Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "UPDATE follower SET message = $5, told = $6, looked = $7, not_before = $8 \
                    WHERE ledger_id = $1 AND platform = $2 AND chat = $3 AND member_id = $4";
        let values = [
            self.base.ledger.into(),
            storable(&follower.platform).into(),
            storable(&follower.chat).into(),
            int(follower.member.0).into(),
            follower.message.as_deref().map(storable).into(),
            storable(&follower.told).into(),
            int(follower.looked).into(),
            follower.not_before.seconds().into(),
        ];
        let done = tx.execute_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// A chat shall show nothing of a member's appeal any more. Where nothing was shown yet, it is forgotten at once.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn end_follower(&self, platform: &str, chat: &str, member: MemberId) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        for what in END {
            let text = format!("{what} AND member_id = $2 AND platform = $3 AND chat = $4");
            let values = [
                self.base.ledger.into(),
                int(member.0).into(),
                platform.into(),
                chat.into(),
            ];
            tx.execute_raw(sql(tx, text, values)).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// What a chat showed is taken back: unless it follows again by now, it is forgotten.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn forget_follower(&self, platform: &str, chat: &str, member: MemberId) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "DELETE FROM follower \
                    WHERE ledger_id = $1 AND platform = $2 AND chat = $3 AND member_id = $4 AND ended";
        let values = [
            self.base.ledger.into(),
            platform.into(),
            chat.into(),
            int(member.0).into(),
        ];
        tx.execute_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        Ok(())
    }

    /// The chats that follow a member's appeal, the oldest first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn followers_of(&self, member: MemberId) -> Result<Vec<Follower>, Trouble> {
        let rows = follower::Entity::find()
            .filter(follower::Column::LedgerId.eq(self.base.ledger))
            .filter(follower::Column::MemberId.eq(int(member.0)))
            .filter(follower::Column::Ended.eq(false))
            .order_by_asc(follower::Column::Created)
            .order_by_asc(follower::Column::Chat)
            .all(self.db())
            .await?;
        self.followers(rows).await
    }

    /// The appeals that a chat follows, the oldest first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn followers_in(&self, platform: &str, chat: &str) -> Result<Vec<Follower>, Trouble> {
        let rows = follower::Entity::find()
            .filter(follower::Column::LedgerId.eq(self.base.ledger))
            .filter(follower::Column::Platform.eq(platform))
            .filter(follower::Column::Chat.eq(chat))
            .order_by_asc(follower::Column::Created)
            .order_by_asc(follower::Column::MemberId)
            .all(self.db())
            .await?;
        self.followers(rows).await
    }

    /// Followers that shall show nothing any more, and those of members about whom something is in the journal that was not looked at for them, and the end of the
    /// journal up to which it is looked at now.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn followers_behind(
        &self,
        platform: &str,
        limit: u64,
    ) -> Result<(Vec<Follower>, u64), Trouble> {
        let db = self.db();
        // The end first: what is written meanwhile is found the next time.
        let head = nat(self.base.head(db).await?.head_seq);
        let about = |column: &str| {
            format!(
                "EXISTS (SELECT 1 FROM journal j WHERE j.ledger_id = $1 AND j.{column} = f.member_id AND j.seq > f.looked)"
            )
        };
        let text = format!(
            "SELECT f.* FROM follower f WHERE f.ledger_id = $1 AND f.platform = $2 AND f.not_before <= $3 \
             AND (f.ended OR f.looked = 0 OR {} OR {}) ORDER BY f.looked, f.chat LIMIT $4",
            about("member"),
            about("other")
        );
        let values = [
            self.base.ledger.into(),
            platform.into(),
            self.now().seconds().into(),
            int(limit).into(),
        ];
        let rows = follower::Entity::find()
            .from_raw_sql(sql(db, text, values))
            .all(db)
            .await?;
        Ok((self.followers(rows).await?, head))
    }

    /// A chat follows a member's appeal no longer; without a member, nobody's.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn drop_followers(
        &self,
        platform: &str,
        chat: &str,
        member: Option<MemberId>,
    ) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "DELETE FROM follower WHERE ledger_id = $1 AND platform = $2 AND chat = $3 \
                    AND ($4 < 0 OR member_id = $4)";
        let member = member.map_or(-1, |member| int(member.0));
        let values = [
            self.base.ledger.into(),
            platform.into(),
            chat.into(),
            member.into(),
        ];
        tx.execute_raw(sql(tx, text, values)).await?;
        writing.commit().await?;
        Ok(())
    }

    /// A chat has another name from now on: groups become supergroups.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn move_followers(&self, platform: &str, from: &str, to: &str) -> Result<(), Trouble> {
        let titles = self.followers_in(platform, from).await?;
        for follower in titles {
            let moved = Follower {
                chat: to.to_owned(),
                message: None,
                looked: 0,
                ..follower
            };
            self.put_follower(&moved).await?;
        }
        self.drop_followers(platform, from, None).await
    }

    async fn followers(&self, rows: Vec<follower::Model>) -> Result<Vec<Follower>, Trouble> {
        if !rows.is_empty() {
            self.base.vault.prepare(self.db(), [0], false).await?;
        }
        let of = |row: follower::Model| {
            Ok(Follower {
                title: if row.ended {
                    String::new()
                } else {
                    self.base.vault.open(title_place(&row.chat), &row.title)?
                },
                platform: row.platform,
                chat: row.chat,
                member: MemberId(nat(row.member_id)),
                news: row.news,
                message: row.message,
                told: row.told,
                looked: nat(row.looked),
                not_before: instant(row.not_before),
                ended: row.ended,
            })
        };
        rows.into_iter().map(of).collect()
    }
}

fn title_place(chat: &str) -> Place<'_> {
    Place {
        table: "follower",
        column: "title",
        person: 0,
        row: chat,
    }
}
