//! The open data folder: one connection that writes, a few that read, and the blobs.

use crate::blobs::Blobs;
use crate::connection::{open_reader, open_writer};
use crate::error::Error;
use crate::migrations::MIGRATIONS;
use crate::tables;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Arc, Mutex as BlockingMutex, PoisonError};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

/// Reads that may run at once. The window asks for a handful of lists at a time.
const READERS: usize = 4;

/// The data folder of one Paraph. Clones share it.
///
/// Statements run on tokio's blocking threads, never on an async worker. That, and not a thread of
/// our own, also keeps a paused tokio clock from running ahead of the disk in simulations. Writes
/// take turns in the order in which they were asked for. A write whose future is dropped is still
/// made.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    writer: Arc<Mutex<Connection>>,
    idle_readers: Arc<BlockingMutex<Vec<Connection>>>,
    reader_turns: Arc<Semaphore>,
    blobs: Blobs,
}

impl Store {
    /// Opens the folder, creating what is missing and bringing an older database to the present
    /// schema (after copying it). Checks the whole database. Blocks.
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::Damaged`], [`Error::NotWritable`], [`Error::DiskFull`],
    /// [`Error::NetworkShare`], [`Error::Busy`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        crate::folder::create_private_folder(folder)?;
        crate::folder::refuse_network_share(folder)?;
        let blobs = Blobs::open(&folder.join("blobs"))?;
        let database = folder.join("paraph.db");
        let writer = open_writer(&database, MIGRATIONS)?;
        let readers = (0..READERS)
            .map(|_| open_reader(&database))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            inner: Arc::new(Inner {
                writer: Arc::new(Mutex::new(writer)),
                idle_readers: Arc::new(BlockingMutex::new(readers)),
                reader_turns: Arc::new(Semaphore::new(READERS)),
                blobs,
            }),
        })
    }

    /// The files that drafts are made of.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    pub fn accounts(&self) -> tables::accounts::Accounts<'_> {
        tables::accounts::Accounts { store: self }
    }

    pub fn drafts(&self) -> tables::drafts::Drafts<'_> {
        tables::drafts::Drafts { store: self }
    }

    pub fn outbox(&self) -> tables::outbox::Outbox<'_> {
        tables::outbox::Outbox { store: self }
    }

    pub fn procedures(&self) -> tables::procedures::Procedures<'_> {
        tables::procedures::Procedures { store: self }
    }

    pub fn events(&self) -> tables::events::Events<'_> {
        tables::events::Events { store: self }
    }

    pub fn fetch_status(&self) -> tables::fetch_status::FetchStatuses<'_> {
        tables::fetch_status::FetchStatuses { store: self }
    }

    pub fn archive(&self) -> tables::archive::Archive<'_> {
        tables::archive::Archive { store: self }
    }

    pub fn settings(&self) -> tables::settings::Settings<'_> {
        tables::settings::Settings { store: self }
    }

    pub fn people(&self) -> tables::people::People<'_> {
        tables::people::People { store: self }
    }

    pub fn reminders(&self) -> tables::reminders::Reminders<'_> {
        tables::reminders::Reminders { store: self }
    }

    /// Deletes the blobs that no draft, no history of a draft and no sending refers to and that
    /// were stored before `since`: a file that was just dropped is in no draft yet. Returns how
    /// many went. For the holder of the [`DataLock`](crate::DataLock).
    pub async fn sweep_blobs(&self, since: Timestamp) -> Result<usize, Error> {
        let keep = self.read(tables::blobs_in_use).await?;
        self.inner.blobs.sweep(keep, since).await
    }

    /// Runs `work` in one transaction. What it did is on the disk when this returns `Ok`, and
    /// undone when it returns `Err`.
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, Error> + Send + 'static,
    {
        let mut connection = Arc::clone(&self.inner.writer).lock_owned().await;
        spawn_blocking(move || {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        })
        .await
        .unwrap_or_else(|error| Err(closing(error)))
    }

    /// Runs `work` on a connection that cannot write; everything it reads is of one moment.
    pub(crate) async fn read<T, W>(&self, work: W) -> Result<T, Error>
    where
        T: Send + 'static,
        W: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        let turn = Arc::clone(&self.inner.reader_turns)
            .acquire_owned()
            .await
            .map_err(|_| Error::Closing)?;
        let idle = Arc::clone(&self.inner.idle_readers);
        spawn_blocking(move || {
            let connection = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(connection) = connection else {
                return Err(Error::Closing);
            };
            let mut reader = Reader {
                connection: Some(connection),
                idle,
                _turn: turn,
            };
            let Some(connection) = reader.connection.as_mut() else {
                return Err(Error::Closing);
            };
            let transaction = connection.transaction()?;
            work(&transaction)
        })
        .await
        .unwrap_or_else(|error| Err(closing(error)))
    }

    /// Moves everything from the WAL into the database and empties it, so that what was deleted
    /// is in neither. When another process is in the way, its next checkpoint does it.
    pub(crate) async fn empty_wal(&self) {
        let connection = Arc::clone(&self.inner.writer).lock_owned().await;
        let emptied = spawn_blocking(move || {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
        .await;
        if !matches!(emptied, Ok(Ok(()))) {
            tracing::warn!("deleted rows are still in the write-ahead log");
        }
    }
}

/// A reader goes back to the others however the work ends.
struct Reader {
    connection: Option<Connection>,
    idle: Arc<BlockingMutex<Vec<Connection>>>,
    _turn: OwnedSemaphorePermit,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }
}

/// A blocking thread that did not finish was refused by a runtime that is shutting down, or
/// panicked; a panic goes on in the caller.
pub(crate) fn closing(error: JoinError) -> Error {
    if error.is_panic() {
        std::panic::resume_unwind(error.into_panic());
    }
    Error::Closing
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
