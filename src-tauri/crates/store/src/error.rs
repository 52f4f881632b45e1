//! What can go wrong with what is stored; a variant for each thing a caller does differently.

use paraph_domain::ids::BlobId;
use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use std::io;
use std::path::PathBuf;

/// No variant carries a name, an e-mail address or any other content of a row.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database was written by a newer Paraph. It has not been touched.
    #[error(
        "the database has version {found} and this Paraph knows versions up to {known}: \
         install the newer Paraph again"
    )]
    Newer { found: i64, known: i64 },
    /// The file is no database, not ours, or its pages contradict each other.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The folder or the database may not be written.
    #[error("the data folder cannot be written")]
    NotWritable,
    #[error("the disk is full")]
    DiskFull,
    /// The folder lies on a network share, where SQLite cannot keep its promises.
    #[error("the data folder is on a network share: {0}")]
    NetworkShare(PathBuf),
    /// Another process has been writing for longer than we wait.
    #[error("another program keeps the database busy")]
    Busy,
    /// The row that was to be changed does not exist.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Somebody else changed the row since the caller read it; read it again.
    #[error("the {0} has changed meanwhile")]
    Changed(&'static str),
    /// The draft is being sent or has been sent, so it can be neither edited nor deleted.
    #[error("the draft is being sent or was sent")]
    NotEditing,
    /// The account has sendings under way.
    #[error("the account is in use")]
    InUse,
    /// A stored value is not what this version writes.
    #[error("a stored {what} cannot be read (line {line}, column {column})")]
    Unreadable {
        what: &'static str,
        line: usize,
        column: usize,
    },
    #[error("the blob {0} is missing")]
    BlobMissing(BlobId),
    /// The bytes of a blob are no longer those it was stored with.
    #[error("the blob {0} is damaged")]
    BlobDamaged(BlobId),
    /// A file was written to while it was being copied.
    #[error("the file changed while it was being copied")]
    SourceChanged,
    /// What was to be copied is a folder, a pipe or a device.
    #[error("it is not a file")]
    SourceNotAFile,
    /// A file that was to be copied could not be read.
    #[error("the file could not be read")]
    Source(#[source] io::Error),
    /// SQLite is older than the oldest version free of a known corruption bug.
    #[error("SQLite {0} is too old")]
    OldSqlite(&'static str),
    /// The runtime is shutting down. The change may or may not have been made.
    #[error("Paraph is closing")]
    Closing,
    #[error("the database refused")]
    Sqlite(#[source] rusqlite::Error),
    #[error("the data folder failed")]
    Io(#[source] io::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::NotWritable
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            // The index beside the WAL could not grow.
            Some(ErrorCode::SystemIoFailure) if extended == Some(SQLITE_IOERR_SHMSIZE) => {
                Self::DiskFull
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable
            }
            _ => Self::Io(error),
        }
    }
}
