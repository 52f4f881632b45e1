//! Which single process works the outbox and the sync.

use crate::error::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// Held by the one process that sends and follows; others only enqueue. The operating system
/// lets go of it when the process ends, however that happens. The lock file has no content, so
/// nothing in it can be stale.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Takes the lock on a data folder. None when another process (or another `DataLock` of this
    /// one) holds it. Creates the folder if it is missing. Does not wait.
    pub fn try_acquire(folder: &Path) -> Result<Option<Self>, Error> {
        crate::folder::create_private_folder(folder)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("paraph.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
