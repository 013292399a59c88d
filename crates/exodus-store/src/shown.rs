//! The end of an update: where the conversation stands, what was answered, and which message shows which menu.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    Store,
    dialect::{Present, int, put, sql, storable},
    entity::{menu, session, shown},
    inbox::{Finished, InboxId, finish_all, pending_place},
    journal::{id_text, parse_id},
    people::{menu_row, session_place},
    person::{AccountKey, Menu},
    trouble::Trouble,
};

/// What comes of an update besides what was decided, written in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The update: it is handled now.
    pub inbox: Option<InboxId>,
    /// What its answer says, should it have to be given again.
    pub answer: String,
    /// Where the conversation stands.
    pub session: Option<(AccountKey, String)>,
    /// The buttons of the answer.
    pub menus: Vec<Menu>,
}

/// A message that shows a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// In which chat.
    pub chat: String,
    /// Which message, by the platform's own name.
    pub message: String,
    /// To whom.
    pub account: AccountKey,
    /// The menu.
    pub menu: u128,
    /// Whether it only asks to type, and is withdrawn when that is done.
    pub prompt: bool,
}

impl Store {
    /// Keeps what comes of an update.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn conclude(&self, answered: &Answered) -> Result<(), Trouble> {
        let menus: Result<Vec<_>, _> = answered
            .menus
            .iter()
            .map(|menu| menu_row(&self.base, menu, self.now()))
            .collect();
        let menus = menus?;
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        put::<menu::Entity, _>(tx, &menus, Present::Stays).await?;
        if let Some((account, body)) = &answered.session {
            let row = session::Model {
                ledger_id: self.base.ledger,
                platform: storable(&account.platform),
                address: storable(&account.address),
                body: self.base.vault.seal(session_place(account), body)?,
            };
            put::<session::Entity, _>(tx, &[row], Present::Takes(&[])).await?;
        }
        if let Some(id) = &answered.inbox {
            let finished = Finished {
                id: *id,
                outcome: "shown".to_owned(),
                pending: String::new(),
            };
            finish_all(tx, &self.base, &[finished]).await?;
            let place = id.0.to_string();
            let answer = self.base.vault.seal(pending_place(&place), &answered.answer)?;
            let text = "UPDATE inbox SET outcome = $3 WHERE ledger_id = $1 AND id = $2 AND state = 2";
            let values = [self.base.ledger.into(), int(id.0).into(), answer.into()];
            tx.execute_raw(sql(tx, text, values)).await?;
        }
        writing.commit().await?;
        Ok(())
    }

    /// So many messages and files of an answer were given: they are not given again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn given(&self, id: InboxId, parts: usize) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let text = "UPDATE inbox SET given = $3 WHERE ledger_id = $1 AND id = $2";
        let parts = i64::try_from(parts).unwrap_or(i64::MAX);
        let values = [self.base.ledger.into(), int(id.0).into(), parts.into()];
        writing.tx.execute_raw(sql(&writing.tx, text, values)).await?;
        writing.commit().await?;
        Ok(())
    }

    /// An update in a lane is answered, by these messages, or needs no answer: nothing of it is kept but its name.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn answered(&self, id: InboxId, shown: &[Shown]) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        let tx = &writing.tx;
        let text = "UPDATE inbox SET state = 1, payload = '', outcome = NULL, account = '' \
                    WHERE ledger_id = $1 AND id = $2";
        tx.execute_raw(sql(tx, text, [self.base.ledger.into(), int(id.0).into()]))
            .await?;
        self.put_shown(tx, shown).await?;
        writing.commit().await?;
        Ok(())
    }

    /// Messages that show menus, apart from any update.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn showing(&self, shown: &[Shown]) -> Result<(), Trouble> {
        let writing = self.base.write().await?;
        self.put_shown(&writing.tx, shown).await?;
        writing.commit().await?;
        Ok(())
    }

    /// The menu that a message shows. Whether it is the speaker's is for the caller.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn shown_by(&self, platform: &str, chat: &str, message: &str) -> Result<Option<u128>, Trouble> {
        let key = (
            self.base.ledger,
            platform.to_owned(),
            chat.to_owned(),
            message.to_owned(),
        );
        let row = shown::Entity::find_by_id(key).one(self.db()).await?;
        Ok(row.and_then(|row| parse_id(&row.menu)))
    }

    /// The messages of a chat that only ask to type.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn prompts_in(&self, platform: &str, chat: &str) -> Result<Vec<String>, Trouble> {
        let rows = shown::Entity::find()
            .filter(shown::Column::LedgerId.eq(self.base.ledger))
            .filter(shown::Column::Platform.eq(platform))
            .filter(shown::Column::Chat.eq(chat))
            .filter(shown::Column::Prompt.eq(true))
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(|row| row.message).collect())
    }

    /// A message shows no menu any more: it is not there.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn withdrawn(&self, platform: &str, chat: &str, message: &str) -> Result<(), Trouble> {
        let key = (
            self.base.ledger,
            platform.to_owned(),
            chat.to_owned(),
            message.to_owned(),
        );
        let writing = self.base.write().await?;
        shown::Entity::delete_by_id(key).exec(&writing.tx).await?;
        writing.commit().await?;
        Ok(())
    }

    async fn put_shown<C: ConnectionTrait>(&self, db: &C, shown: &[Shown]) -> Result<(), Trouble> {
        let row = |shown: &Shown| shown::Model {
            ledger_id: self.base.ledger,
            platform: storable(&shown.account.platform),
            chat: storable(&shown.chat),
            message: storable(&shown.message),
            account: storable(&shown.account.address),
            menu: id_text(shown.menu),
            prompt: shown.prompt,
            created: self.now().seconds(),
        };
        let rows: Vec<_> = shown.iter().map(row).collect();
        put::<shown::Entity, _>(db, &rows, Present::Takes(&[])).await?;
        Ok(())
    }
}
