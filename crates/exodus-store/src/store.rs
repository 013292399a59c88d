//! The store itself: connections, the writer, the keys.

use std::sync::Arc;

use exodus_core::{Policy, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::{
    clearing::{Carried, Plans},
    clock::{Clock, Random},
    connection,
    dialect::{self, Present},
    entity,
    forecast::Forecasts,
    migration,
    network::Model,
    options::Options,
    trouble::{OpenError, Trouble},
    vault::Vault,
    work::{Done, Work},
    writer::Writer,
};

/// Members for whom a run of clearing is carried out at once while something waits for it.
const CARRIED_OUT: usize = 50;

/// The records of one community. Cheap to clone: clones share everything.
#[derive(Clone)]
pub struct Store {
    pub(crate) base: Arc<Base>,
    writer: Arc<Writer>,
}

/// What the writer and everybody else share.
pub(crate) struct Base {
    pub(crate) db: DatabaseConnection,
    pub(crate) ledger: i64,
    pub(crate) policy: Policy,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Random,
    pub(crate) vault: Vault,
    pub(crate) max_cached: usize,
    pub(crate) network: Model,
    /// What the last run of clearing set off.
    pub(crate) plans: Plans,
    /// What could be cleared now.
    pub(crate) forecasts: Forecasts,
    /// Within the process one at a time plans a run.
    pub(crate) clearing_turn: Mutex<()>,
    /// Up to where the last run was carried out by this process.
    pub(crate) carried: std::sync::Mutex<Option<Carried>>,
    /// SQLite has one writer: within the process they queue here instead of polling the file.
    one_writer: Arc<Mutex<()>>,
}

/// A transaction that writes. Dropped without [`Writing::commit`], nothing was written.
pub(crate) struct Writing {
    pub(crate) tx: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Writing {
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.tx.commit().await
    }
}

impl Base {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Begins to write, in turn.
    pub(crate) async fn write(&self) -> Result<Writing, DbErr> {
        let sqlite = self.db.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let turn = if sqlite {
            Some(Arc::clone(&self.one_writer).lock_owned().await)
        } else {
            None
        };
        Ok(Writing {
            tx: dialect::begin_write(&self.db).await?,
            _turn: turn,
        })
    }
}

impl Store {
    /// Opens a database, brings its schema up to date and begins to write for whoever asks. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`OpenError`] with the reason.
    pub async fn open(options: &Options) -> Result<Self, OpenError> {
        Self::over(connection::open(options).await?, options).await
    }

    /// As [`Store::open`], over connections that are there.
    pub(crate) async fn over(db: DatabaseConnection, options: &Options) -> Result<Self, OpenError> {
        let name = options.address().name();
        let steps = migration::migrate(&db)
            .await
            .map_err(|error| error.about(&name))?;
        if steps > 0 {
            tracing::info!(steps, "the schema was brought up to date");
        }
        let base = Base {
            vault: Vault::new(
                options.ledger,
                options.master_keys.clone(),
                options.random.clone(),
            ),
            db,
            ledger: options.ledger,
            policy: options.policy.clone(),
            clock: Arc::clone(&options.clock),
            random: options.random.clone(),
            max_cached: options.max_cached,
            network: Model::new(options.snapshot.clone()),
            plans: Plans::default(),
            forecasts: Forecasts::default(),
            clearing_turn: Mutex::new(()),
            carried: std::sync::Mutex::new(None),
            one_writer: Arc::new(Mutex::new(())),
        };
        base.prepare()
            .await
            .map_err(|error| OpenError::from(error).about(&name))?;
        let base = Arc::new(base);
        let writer = Arc::new(Writer::start(Arc::clone(&base), options.max_group));
        Ok(Self { base, writer })
    }

    /// Does a work, in one transaction and at most once: the only way to change the ledger. Works that wait at the same
    /// time share a transaction. Dropping the returned future does not stop what it began. Where a run of clearing comes before
    /// what the work needs, it is made first (K7).
    ///
    /// # Errors
    /// [`Trouble`]: with [`Trouble::Unavailable`] the same work may be tried again.
    pub async fn transact(&self, work: Work) -> Result<Done, Trouble> {
        loop {
            match self.writer.transact(work.clone()).await {
                Err(Trouble::ClearingFirst) => {
                    // An earlier run that is not carried out yet comes before it.
                    if !self.clear().await? {
                        self.carry_out(CARRIED_OUT).await?;
                    }
                }
                done => return done,
            }
        }
    }

    /// Everything due by `done` was done for these members: remembers when time next has something for them.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn settle_due(
        &self,
        members: &[exodus_core::MemberId],
        done: Timestamp,
    ) -> Result<(), Trouble> {
        self.writer.refresh(members.to_vec(), done).await
    }

    /// What time it is.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.base.clock
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.base.now()
    }

    /// Where chance comes from.
    #[must_use]
    pub fn random(&self) -> &Random {
        &self.base.random
    }

    /// The community's choices.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.base.policy
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Trouble::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), Trouble> {
        self.base.db.ping().await.map_err(Trouble::from)
    }

    /// Finishes what waits and lets the connections go.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn close(&self) -> Result<(), Trouble> {
        self.writer.stop().await;
        if let Err(trouble) = self.keep_network().await {
            tracing::warn!(%trouble, "the snapshot of the network could not be written");
        }
        self.base.db.close_by_ref().await.map_err(Trouble::from)
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.writer
    }

    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.base.db
    }

    pub(crate) async fn forget(&self) {
        self.writer.forget().await;
        self.base.network.forget().await;
    }
}

impl Base {
    /// The rows without which nothing works, and whether what is sealed can be opened.
    async fn prepare(&self) -> Result<(), Trouble> {
        let writing = self.write().await?;
        let ledger = entity::ledger::Model {
            id: self.ledger,
            next_number: 1,
            head_seq: 0,
            head_hash: crate::journal::FIRST.to_owned(),
            last_at: 0,
            created: self.now().seconds(),
        };
        dialect::put::<entity::ledger::Entity, _>(&writing.tx, &[ledger], Present::Stays).await?;
        // Others who open it at the same time wait: they are not to make the same key.
        dialect::lock_ledger(&writing.tx, self.ledger).await?;
        self.vault.check(&writing.tx).await?;
        writing.commit().await?;
        Ok(())
    }

    pub(crate) async fn head<C: ConnectionTrait>(&self, db: &C) -> Result<entity::ledger::Model, Trouble> {
        let row = entity::ledger::Entity::find_by_id(self.ledger).one(db).await?;
        row.ok_or_else(|| Trouble::Damaged(format!("ledger {} is gone", self.ledger)))
    }
}
